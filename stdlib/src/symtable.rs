//! `_symtable`: what the compiler finds out about the names of a text.

use argil_compiler::Mode;
use argil_compiler::table::{SymbolTable, TableKind, flags, meaning, symbol_table};
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native_of_fields;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::identity::identity;
use argil_interp::run::compile::name_of_file;
use argil_interp::run::text_of;
use argil_interp::traceback::syntax;
use argil_interp::types::code::SourceFile;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_symtable", source: ModuleSource::Native { functions: FUNCTIONS, init } };

const CONSTANTS: &[(&str, u32)] = &[
    ("USE", flags::USE),
    ("DEF_GLOBAL", flags::GLOBAL),
    ("DEF_NONLOCAL", flags::NONLOCAL),
    ("DEF_LOCAL", flags::LOCAL),
    ("DEF_PARAM", flags::PARAM),
    ("DEF_TYPE_PARAM", flags::TYPE_PARAM),
    ("DEF_FREE_CLASS", flags::FREE_CLASS),
    ("DEF_IMPORT", flags::IMPORT),
    ("DEF_BOUND", flags::BOUND),
    ("DEF_ANNOT", flags::ANNOT),
    ("DEF_COMP_ITER", flags::COMP_ITER),
    ("DEF_COMP_CELL", flags::COMP_CELL),
    ("TYPE_FUNCTION", number(TableKind::Function)),
    ("TYPE_CLASS", number(TableKind::Class)),
    ("TYPE_MODULE", number(TableKind::Module)),
    ("TYPE_ANNOTATION", number(TableKind::Annotation)),
    ("TYPE_TYPE_ALIAS", number(TableKind::TypeAlias)),
    ("TYPE_TYPE_PARAMETERS", number(TableKind::TypeParameters)),
    ("TYPE_TYPE_VARIABLE", number(TableKind::TypeVariable)),
    ("LOCAL", meaning::LOCAL),
    ("GLOBAL_EXPLICIT", meaning::GLOBAL_EXPLICIT),
    ("GLOBAL_IMPLICIT", meaning::GLOBAL_IMPLICIT),
    ("FREE", meaning::FREE),
    ("CELL", meaning::CELL),
    ("SCOPE_OFF", meaning::SHIFT),
    ("SCOPE_MASK", meaning::MASK),
];

const fn number(kind: TableKind) -> u32 {
    match kind {
        TableKind::Function => 0,
        TableKind::Class => 1,
        TableKind::Module => 2,
        TableKind::Annotation => 3,
        TableKind::TypeAlias => 4,
        TableKind::TypeParameters => 5,
        TableKind::TypeVariable => 6,
    }
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Entry>(module, &NativeClass::nameless("builtins.symtable entry", &[METHODS]));
    let cx: &Ctx = cx;
    CONSTANTS.iter().for_each(|&(name, value)| cx.define(module, name, cx.uint(value.into())));
    Ok(())
}

/// A `symtable entry`: a block and its names. Nothing changes it.
struct Entry {
    kind: Field,
    name: Field,
    line: Field,
    is_nested: Field,
    symbols: Field,
    parameters: Field,
    children: Field,
}

native_of_fields!(Entry { kind, name, line, is_nested, symbols, parameters, children });

/// The entry of a table. Tables lie as deep in each other as the parser lets blocks lie.
fn entry(cx: &mut Ctx, table: &SymbolTable) -> Res<Slot> {
    let children = cx.root(Value::of(List::with_capacity(cx, table.children.len())));
    for child in &table.children {
        cx.scope(|cx| {
            let child = entry(cx, child)?;
            if let Some(list) = cx.get(children).cast::<List>() {
                list.push(cx, cx.get(child));
            }
            Ok(())
        })?;
    }
    let of = |value: Value<'_>| Field::of(cx.root(value));
    let symbols = Dict::alloc(cx);
    for (name, used) in &table.symbols {
        symbols.set_name(cx, cx.intern(name), cx.uint((*used).into()));
    }
    let parameters: Vec<Value<'_>> = table.parameters.iter().map(|name| cx.intern(name)).collect();
    let state = Entry {
        kind: of(cx.uint(number(table.kind).into())),
        name: of(cx.intern(&table.name)),
        line: of(cx.uint(table.line.into())),
        is_nested: of(cx.int(table.is_nested.into())),
        symbols: of(Value::of(symbols)),
        parameters: of(Value::of(List::from_values(cx, &parameters))),
        children: Field::of(children),
    };
    Ok(cx.new_of_native_class(state))
}

natives! {
    static FUNCTIONS = {
        /// Return symbol and scope dictionaries used internally by compiler.
        call fn symtable(cx; source: Slot, filename: Slot, startstr: String) -> Slot {
            let filename = name_of_file(cx, filename)?;
            let mode = match &*startstr {
                "exec" => Mode::Exec,
                "eval" => Mode::Eval,
                "single" => Mode::Single,
                _ => return Err(cx.value_error("symtable() arg 3 must be 'exec' or 'eval' or 'single'")),
            };
            let text = text_of(cx, source, "symtable", &filename)?;
            let table = match symbol_table(&text, mode) {
                Ok(table) => table,
                Err(error) => {
                    let file = SourceFile { name: filename, text: Some(text.clone()) };
                    return Err(syntax::raise(cx, &error, &file, &text));
                }
            };
            entry(cx, &table)
        }
    }
}

natives! {
    static METHODS = {
        get fn id(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.int(identity(self_))) }

        get fn name(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.state::<Entry>(cx.root(self_))?.name.get_or_none(cx)) }

        get fn symbols(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Entry>(cx.root(self_))?.symbols.get_or_none(cx))
        }

        get fn varnames(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Entry>(cx.root(self_))?.parameters.get_or_none(cx))
        }

        get fn children(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Entry>(cx.root(self_))?.children.get_or_none(cx))
        }

        get fn nested(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Entry>(cx.root(self_))?.is_nested.get_or_none(cx))
        }

        get fn r#type(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.state::<Entry>(cx.root(self_))?.kind.get_or_none(cx)) }

        get fn lineno(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.state::<Entry>(cx.root(self_))?.line.get_or_none(cx)) }

        fn __repr__(cx; self_: Value<'h>) -> String {
            let entry = cx.state::<Entry>(cx.root(self_))?;
            let name = entry.name.get_or_none(cx).as_str().unwrap_or_default();
            let line = entry.line.get_or_none(cx).as_small_int().unwrap_or_default();
            Ok(format!("<symtable entry {name}({}), line {line}>", identity(self_)))
        }
    }
}
