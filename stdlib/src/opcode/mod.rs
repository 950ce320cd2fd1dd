//! `_opcode`: what the library's `opcode` and `dis` say of CPython's instructions. Argil's own are others, which `argil dis`
//! lists; these modules are there for what else they hold, and for tools that know the numbers.

mod table;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::code::CodeObject;
use argil_interp::types::list::List;
use argil_interp::value::Value;

use table::{Effect, ROWS, Row};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_opcode", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// The operators that one instruction stands for, by its argument.
const BINARY: &[(&str, &str)] = &[
    ("NB_ADD", "+"),
    ("NB_AND", "&"),
    ("NB_FLOOR_DIVIDE", "//"),
    ("NB_LSHIFT", "<<"),
    ("NB_MATRIX_MULTIPLY", "@"),
    ("NB_MULTIPLY", "*"),
    ("NB_REMAINDER", "%"),
    ("NB_OR", "|"),
    ("NB_POWER", "**"),
    ("NB_RSHIFT", ">>"),
    ("NB_SUBTRACT", "-"),
    ("NB_TRUE_DIVIDE", "/"),
    ("NB_XOR", "^"),
    ("NB_INPLACE_ADD", "+="),
    ("NB_INPLACE_AND", "&="),
    ("NB_INPLACE_FLOOR_DIVIDE", "//="),
    ("NB_INPLACE_LSHIFT", "<<="),
    ("NB_INPLACE_MATRIX_MULTIPLY", "@="),
    ("NB_INPLACE_MULTIPLY", "*="),
    ("NB_INPLACE_REMAINDER", "%="),
    ("NB_INPLACE_OR", "|="),
    ("NB_INPLACE_POWER", "**="),
    ("NB_INPLACE_RSHIFT", ">>="),
    ("NB_INPLACE_SUBTRACT", "-="),
    ("NB_INPLACE_TRUE_DIVIDE", "/="),
    ("NB_INPLACE_XOR", "^="),
    ("NB_SUBSCR", "[]"),
];

const INTRINSICS_OF_ONE: &[&str] = &[
    "INTRINSIC_1_INVALID",
    "INTRINSIC_PRINT",
    "INTRINSIC_IMPORT_STAR",
    "INTRINSIC_STOPITERATION_ERROR",
    "INTRINSIC_ASYNC_GEN_WRAP",
    "INTRINSIC_UNARY_POSITIVE",
    "INTRINSIC_LIST_TO_TUPLE",
    "INTRINSIC_TYPEVAR",
    "INTRINSIC_PARAMSPEC",
    "INTRINSIC_TYPEVARTUPLE",
    "INTRINSIC_SUBSCRIPT_GENERIC",
    "INTRINSIC_TYPEALIAS",
];

const INTRINSICS_OF_TWO: &[&str] = &[
    "INTRINSIC_2_INVALID",
    "INTRINSIC_PREP_RERAISE_STAR",
    "INTRINSIC_TYPEVAR_WITH_BOUND",
    "INTRINSIC_TYPEVAR_WITH_CONSTRAINTS",
    "INTRINSIC_SET_FUNCTION_TYPE_PARAMS",
    "INTRINSIC_SET_TYPEPARAM_DEFAULT",
];

const SPECIAL_METHODS: &[&str] = &["__enter__", "__exit__", "__aenter__", "__aexit__"];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    for name in ["ENABLE_SPECIALIZATION", "ENABLE_SPECIALIZATION_FT"] {
        cx.define(module, name, cx.int(0));
    }
    Ok(())
}

fn row(opcode: i64) -> Option<&'static Row> {
    ROWS.binary_search_by_key(&opcode, |row| row.0).ok().map(|at| &ROWS[at])
}

fn has(opcode: i64, letter: char) -> Res<bool> {
    Ok(row(opcode).is_some_and(|row| row.2.contains(letter)))
}

fn names<'h>(cx: &'h Ctx, names: &[&str]) -> Value<'h> {
    let names: Vec<Value<'h>> = names.iter().map(|name| cx.str(name)).collect();
    Value::of(List::from_values(cx, &names))
}

/// How an instruction changes the height of the stack; None if no compiler may use it.
fn effect(opcode: i64, argument: i64, jump: Option<bool>) -> Option<i64> {
    let row = row(opcode)?;
    let argument = if row.2.contains('a') { argument } else { 0 };
    match row.3 {
        Effect::None => None,
        Effect::Plain(effect) => Some(effect),
        Effect::Linear(effect, each) => each.checked_mul(argument)?.checked_add(effect),
        Effect::Odd(effect, more) => Some(effect + more * (argument & 1)),
        Effect::Jump(effect) => Some(if jump == Some(false) { 0 } else { effect }),
        Effect::Starred => Some((argument & 0xff) + (argument >> 8)),
    }
}

natives! {
    static FUNCTIONS = {
        /// Compute the stack effect of the opcode.
        call fn stack_effect(cx; opcode: i32, oparg: Option<i64> = None; ; jump: Option<Slot> = None) -> i64 {
            let jump = match jump.map_or(Value::NONE, |jump| cx.get(jump)) {
                Value::NONE => None,
                Value::TRUE => Some(true),
                Value::FALSE => Some(false),
                _ => return Err(cx.value_error("stack_effect: jump must be False, True or None")),
            };
            effect(opcode.into(), oparg.unwrap_or(0), jump)
                .ok_or_else(|| cx.value_error("invalid opcode or oparg"))
        }
        /// Return True if opcode is valid, False otherwise.
        fn is_valid(cx; ; opcode: i32) -> bool { Ok(row(opcode.into()).is_some()) }
        /// Return True if the opcode uses its oparg, False otherwise.
        fn has_arg(cx; ; opcode: i32) -> bool { has(opcode.into(), 'a') }
        /// Return True if the opcode accesses a constant, False otherwise.
        fn has_const(cx; ; opcode: i32) -> bool { has(opcode.into(), 'c') }
        /// Return True if the opcode accesses an attribute by name, False otherwise.
        fn has_name(cx; ; opcode: i32) -> bool { has(opcode.into(), 'n') }
        /// Return True if the opcode has a jump target, False otherwise.
        fn has_jump(cx; ; opcode: i32) -> bool { has(opcode.into(), 'j') }
        /// Return True if the opcode accesses a free variable, False otherwise.
        ///
        /// A variable counts as free here if scopes around it or within it share it; global and built-in names do not.
        fn has_free(cx; ; opcode: i32) -> bool { has(opcode.into(), 'f') }
        /// Return True if the opcode accesses a local variable, False otherwise.
        fn has_local(cx; ; opcode: i32) -> bool { has(opcode.into(), 'l') }
        /// Return True if the opcode sets an exception handler, False otherwise.
        fn has_exc(cx; ; opcode: i32) -> bool { has(opcode.into(), 'e') }
        /// Return the specialization stats
        fn get_specialization_stats(cx) -> () { Ok(()) }
        /// Return array of symbols of binary ops.
        ///
        /// Indexed by the BINARY_OP oparg value.
        fn get_nb_ops(cx) -> Value<'h> {
            let pairs: Vec<Value<'h>> =
                BINARY.iter().map(|(name, sign)| cx.tuple(&[cx.str(name), cx.str(sign)])).collect();
            Ok(Value::of(List::from_values(cx, &pairs)))
        }
        /// Return a list of names of the unary intrinsics.
        fn get_intrinsic1_descs(cx) -> Value<'h> { Ok(names(cx, INTRINSICS_OF_ONE)) }
        /// Return a list of names of the binary intrinsics.
        fn get_intrinsic2_descs(cx) -> Value<'h> { Ok(names(cx, INTRINSICS_OF_TWO)) }
        /// Return a list of special method names.
        fn get_special_method_names(cx) -> Value<'h> { Ok(names(cx, SPECIAL_METHODS)) }
        /// Return the executor object at offset in code if exists, None otherwise.
        fn get_executor(cx; ; code: Value<'h>, offset: i32) -> () {
            let _ = offset;
            if code.cast::<CodeObject>().is_none() {
                let got = cx.type_name(code);
                return Err(cx.type_error(format!("expected a code object, not '{got}'")));
            }
            Err(cx.raise(Builtin::ValueError, "no executor at given byte offset"))
        }
    }
}
