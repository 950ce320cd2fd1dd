//! The scopes of a program as CPython's symbol table shows them to scripts.
//!
//! CPython has blocks that Argil needs none for (annotations of a function that has none, say), merges the names of inlined
//! comprehensions into the block around, and tells how each name is used in the bits of a number.

use super::{Binding, CONDITIONAL, MODULE, Scope, ScopeId, ScopeKind, ScopeTree, Symbol, TYPE_PARAMS};
use crate::codegen::annotations_are_text;
use crate::source::{LineIndex, SyntaxError};
use crate::{Mode, parse, parse_expression, parse_interactive};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// What the block of a generic function's type parameters gets its defaults as.
const DEFAULTS: &str = ".defaults";

/// The bits that say how a block uses a name.
pub mod flags {
    /// It is declared `global`.
    pub const GLOBAL: u32 = 1;
    /// It is assigned or defined.
    pub const LOCAL: u32 = 1 << 1;
    /// It is a parameter.
    pub const PARAM: u32 = 1 << 2;
    /// It is declared `nonlocal`.
    pub const NONLOCAL: u32 = 1 << 3;
    /// It is read.
    pub const USE: u32 = 1 << 4;
    /// It is free in a block within, and known to this class or to a block that sees one.
    pub const FREE_CLASS: u32 = 1 << 6;
    /// It is imported.
    pub const IMPORT: u32 = 1 << 7;
    /// It is annotated.
    pub const ANNOT: u32 = 1 << 8;
    /// A comprehension's `for` binds it.
    pub const COMP_ITER: u32 = 1 << 9;
    /// It is a type parameter.
    pub const TYPE_PARAM: u32 = 1 << 10;
    /// It is a cell in an inlined comprehension.
    pub const COMP_CELL: u32 = 1 << 11;
    /// What makes a name belong to a block, as scripts know it.
    pub const BOUND: u32 = LOCAL | PARAM | IMPORT;
}

/// The number that stands above the bits, and says what the name means.
pub mod meaning {
    /// How far up it stands.
    pub const SHIFT: u32 = 12;
    /// What it consists of, there.
    pub const MASK: u32 = 15;
    /// A name of the block.
    pub const LOCAL: u32 = 1;
    /// Declared `global`.
    pub const GLOBAL_EXPLICIT: u32 = 2;
    /// Global or built-in.
    pub const GLOBAL_IMPLICIT: u32 = 3;
    /// A variable of a block around.
    pub const FREE: u32 = 4;
    /// A variable that blocks within share.
    pub const CELL: u32 = 5;
}

/// What kind of block a table describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// A function, lambda or generator expression.
    Function,
    /// A class.
    Class,
    /// The whole text.
    Module,
    /// What evaluates annotations.
    Annotation,
    /// What evaluates a type alias.
    TypeAlias,
    /// What makes type parameters.
    TypeParameters,
    /// What evaluates the bound or default of a type parameter.
    TypeVariable,
}

/// A block and its names.
#[derive(Debug)]
pub struct SymbolTable {
    /// What kind of block it is.
    pub kind: TableKind,
    /// What it is called.
    pub name: Rc<str>,
    /// The line that it begins in; 0 for a module.
    pub line: u32,
    /// Whether a function is around.
    pub is_nested: bool,
    /// Names and what is known of them, in the order of their first uses.
    pub symbols: Vec<(Rc<str>, u32)>,
    /// The parameters.
    pub parameters: Vec<Rc<str>>,
    /// The blocks within.
    pub children: Vec<SymbolTable>,
    /// The variables that this block and those within have from blocks around.
    free: HashSet<Rc<str>>,
    /// The variables that blocks within have from blocks around them.
    inner: HashSet<Rc<str>>,
    /// It can be called: it is neither a class nor a module.
    is_callable: bool,
}

/// The symbol table of a text.
///
/// # Errors
/// What is wrong with the text or with what it says of its names.
pub fn symbol_table(source: &str, mode: Mode) -> Result<SymbolTable, SyntaxError> {
    let tree = match mode {
        Mode::Eval => ScopeTree::of_expression(&parse_expression(source)?)?,
        Mode::Exec | Mode::Single => {
            let module = if mode == Mode::Exec { parse(source)? } else { parse_interactive(source, false)? };
            ScopeTree::of_module(&module, annotations_are_text(&module)?)?
        }
    };
    Ok(Maker::new(&tree, LineIndex::new(source)).table(MODULE, false))
}

struct Maker<'a> {
    tree: &'a ScopeTree,
    lines: LineIndex,
    children: Vec<Vec<ScopeId>>,
    /// Names that some block declares as global.
    globals: HashSet<Rc<str>>,
}

impl<'a> Maker<'a> {
    fn new(tree: &'a ScopeTree, lines: LineIndex) -> Self {
        let mut children = vec![Vec::new(); tree.scopes.len()];
        let mut globals = HashSet::new();
        for (id, scope) in tree.scopes.iter().enumerate() {
            if let Some(parent) = scope.parent {
                children[parent].push(id);
            }
            let is_within_module = scope.comprehension.is_some() && owner(tree, id) == MODULE;
            let declared = scope.symbols.iter().filter(|symbol| {
                symbol.uses.global || (is_within_module && symbol.uses.walrus && !symbol.uses.iteration)
            });
            globals.extend(declared.map(|symbol| symbol.name.clone()));
        }
        Maker { tree, lines, children, globals }
    }

    fn table(&self, id: ScopeId, is_nested: bool) -> SymbolTable {
        let scope = self.tree.scope(id);
        let is_callable = !matches!(scope.kind, ScopeKind::Module | ScopeKind::Class);
        let mut table = SymbolTable {
            kind: kind(scope),
            name: scope.name.clone(),
            line: if id == MODULE { 0 } else { self.lines.line(scope.start) },
            is_nested,
            symbols: Vec::new(),
            parameters: Vec::new(),
            children: Vec::new(),
            free: HashSet::new(),
            inner: HashSet::new(),
            is_callable,
        };
        self.own_symbols(id, &mut table);
        let mut annotation = scope.first_annotation.filter(|_| !self.tree.annotations_are_text);
        for &child in &self.children[id] {
            if let Some((start, _)) = annotation.take_if(|(_, next)| *next <= child) {
                table.children.push(no_annotations(self.lines.line(start), true, false));
            }
            self.child(child, &mut table);
        }
        if let Some((start, _)) = annotation {
            table.children.push(no_annotations(self.lines.line(start), true, false));
        }
        self.close(scope, &mut table);
        table
    }

    /// The symbols that the block itself uses.
    fn own_symbols(&self, id: ScopeId, table: &mut SymbolTable) {
        let scope = self.tree.scope(id);
        let local = meaning::LOCAL << meaning::SHIFT;
        let is_class_of_generic = scope.kind == ScopeKind::TypeParameters && scope.symbol(TYPE_PARAMS).is_some();
        let class_dict = || ("__classdict__".into(), flags::USE | meaning::FREE << meaning::SHIFT);
        if scope.kind == ScopeKind::TypeParameters && scope.sees_class {
            table.symbols.push(class_dict());
        }
        if is_class_of_generic {
            let cell = scope.symbol(TYPE_PARAMS).map_or(local, |symbol| means(self.tree, id, symbol) << meaning::SHIFT);
            table.symbols.push((TYPE_PARAMS.into(), flags::LOCAL | flags::USE | cell));
            table.symbols.push((".generic_base".into(), flags::LOCAL | flags::USE | local));
        }
        if scope.kind == ScopeKind::Class && scope.symbol(TYPE_PARAMS).is_some() {
            table.symbols.push(("__type_params__".into(), flags::LOCAL | local));
        }
        if scope.kind == ScopeKind::TypeParameters && !is_class_of_generic && self.makes_function(id) {
            table.symbols.push((DEFAULTS.into(), flags::PARAM | local));
            table.parameters.push(DEFAULTS.into());
        }
        let early: HashMap<&str, u32> = scope.early.iter().rev().map(|(name, rank)| (&**name, *rank)).collect();
        let mut symbols: Vec<&Symbol> = scope.symbols.iter().collect();
        symbols.sort_by_key(|symbol| early.get(&*symbol.name).copied().unwrap_or(symbol.rank));
        for symbol in symbols {
            if &*symbol.name == DEFAULTS {
                continue;
            }
            let name = &symbol.name;
            let mut used = flags_of(symbol);
            if id == MODULE && self.globals.contains(name) {
                used |= flags::GLOBAL;
            }
            if symbol.uses.parameter {
                table.parameters.push(name.clone());
            }
            if used == 0 || (is_class_of_generic && &**name == TYPE_PARAMS) {
                continue;
            }
            let mut means = means(self.tree, id, symbol);
            if id == MODULE {
                means = match used {
                    _ if used & flags::GLOBAL != 0 => meaning::GLOBAL_EXPLICIT,
                    _ if used & flags::BOUND != 0 => meaning::LOCAL,
                    _ => meaning::GLOBAL_IMPLICIT,
                };
            }
            if means == meaning::FREE {
                table.free.insert(name.clone());
            }
            table.symbols.push((name.clone(), used | means << meaning::SHIFT));
            if &**name == ".format" && scope.sees_class {
                table.symbols.push(class_dict());
            }
        }
        if scope.sees_class {
            table.free.insert("__classdict__".into());
        }
    }

    /// Whether the type parameters of block `id` are those of a function.
    fn makes_function(&self, id: ScopeId) -> bool {
        let start = self.tree.scope(id).start;
        self.children[id]
            .iter()
            .map(|&child| self.tree.scope(child))
            .any(|child| child.kind == ScopeKind::Function && child.start == start)
    }

    /// Adds a block within: as a table, or as names of this one.
    fn child(&self, id: ScopeId, table: &mut SymbolTable) {
        let scope = self.tree.scope(id);
        if scope.kind == ScopeKind::Annotations && self.tree.annotations_are_text && &*scope.name == "__annotate__" {
            return;
        }
        let is_nested = table.is_nested || table.is_callable;
        let mut child = self.table(id, is_nested);
        let around = scope.parent.map(|parent| self.tree.scope(parent));
        if scope.kind == ScopeKind::Comprehension && !around.is_some_and(|around| around.sees_class) {
            return merge(&mut child, table);
        }
        if scope.kind == ScopeKind::Comprehension {
            let param = flags::PARAM | meaning::LOCAL << meaning::SHIFT;
            child.symbols.insert(0, (".0".into(), param));
            child.parameters.push(".0".into());
        }
        let is_defined = scope.kind == ScopeKind::Function && scope.comprehension.is_none() && &*scope.name != "lambda";
        let has_annotations =
            table.children.last().is_some_and(|last| last.kind == TableKind::Annotation && last.line == child.line);
        if is_defined && !has_annotations && !self.tree.annotations_are_text {
            let sees_class = around.is_some_and(Scope::looks_into_class);
            let none = no_annotations(child.line, child.is_nested, sees_class);
            table.inner.extend(none.free.iter().cloned());
            table.children.push(none);
        }
        table.inner.extend(child.free.iter().cloned());
        table.children.push(child);
    }

    /// What follows for the block from those within.
    fn close(&self, scope: &Scope, table: &mut SymbolTable) {
        let mut inner: Vec<Rc<str>> = table.inner.drain().collect();
        inner.sort();
        let sees_class = scope.kind == ScopeKind::Class || scope.sees_class;
        for name in inner {
            let is_of_class = matches!(&*name, "__class__" | "__classdict__" | CONDITIONAL);
            if scope.kind == ScopeKind::Class && is_of_class {
                continue;
            }
            match table.symbols.iter_mut().find(|(known, _)| *known == name) {
                Some((_, used)) => {
                    let means = *used >> meaning::SHIFT;
                    let is_own = table.is_callable && matches!(means, meaning::LOCAL | meaning::CELL);
                    if is_own {
                        *used = *used & ((1 << meaning::SHIFT) - 1) | meaning::CELL << meaning::SHIFT;
                        continue;
                    }
                    if sees_class {
                        *used |= flags::FREE_CLASS;
                    }
                }
                None if scope.kind == ScopeKind::Module => continue,
                None => table.symbols.push((name.clone(), meaning::FREE << meaning::SHIFT)),
            }
            if scope.kind != ScopeKind::Module {
                table.free.insert(name);
            }
        }
    }
}

/// Merges the names of an inlined comprehension into the block around.
fn merge(comprehension: &mut SymbolTable, table: &mut SymbolTable) {
    for (name, used) in std::mem::take(&mut comprehension.symbols) {
        let (mut bits, mut means) = (used & ((1 << meaning::SHIFT) - 1), used >> meaning::SHIFT);
        let is_own = bits & flags::BOUND != 0;
        let is_cell = (is_own && means == meaning::CELL) || bits & flags::COMP_CELL != 0;
        let cell = if is_cell { flags::COMP_CELL } else { 0 };
        match table.symbols.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => {
                *known |= cell;
                if table.is_callable
                    && bits & flags::BOUND == 0
                    && matches!(means, meaning::LOCAL | meaning::FREE | meaning::CELL)
                {
                    *known |= bits & flags::USE;
                }
                if is_cell && table.is_callable && *known >> meaning::SHIFT == meaning::LOCAL {
                    *known = *known & ((1 << meaning::SHIFT) - 1) | meaning::CELL << meaning::SHIFT;
                }
            }
            None => {
                bits |= cell;
                if means == meaning::CELL && !table.is_callable {
                    means = meaning::LOCAL;
                }
                if means == meaning::FREE && table.kind == TableKind::Class && &*name == "__class__" {
                    means = meaning::GLOBAL_IMPLICIT;
                }
                if means == meaning::FREE {
                    table.free.insert(name.clone());
                }
                table.symbols.push((name, bits | means << meaning::SHIFT));
            }
        }
    }
    table.inner.extend(comprehension.free.drain());
    let mut children = std::mem::take(&mut comprehension.children);
    table.children.append(&mut children);
}

/// A block of annotations with nothing in it: of a function that has none, or of its variables, whose annotations nobody needs.
fn no_annotations(line: u32, is_nested: bool, sees_class: bool) -> SymbolTable {
    let local = meaning::LOCAL << meaning::SHIFT;
    let mut symbols = vec![(Rc::from(".format"), flags::PARAM | flags::USE | local)];
    let mut free = HashSet::new();
    if sees_class {
        symbols.push(("__classdict__".into(), flags::USE | meaning::FREE << meaning::SHIFT));
        free.insert("__classdict__".into());
    }
    SymbolTable {
        kind: TableKind::Annotation,
        name: "__annotate__".into(),
        line,
        is_nested,
        symbols,
        parameters: vec![".format".into()],
        children: Vec::new(),
        free,
        inner: HashSet::new(),
        is_callable: true,
    }
}

fn kind(scope: &Scope) -> TableKind {
    match scope.kind {
        ScopeKind::Module => TableKind::Module,
        ScopeKind::Class => TableKind::Class,
        ScopeKind::Function | ScopeKind::Comprehension => TableKind::Function,
        ScopeKind::TypeParameters => TableKind::TypeParameters,
        ScopeKind::Annotations => match scope.restricted {
            Some(super::ANNOTATION) => TableKind::Annotation,
            Some("a type alias") => TableKind::TypeAlias,
            _ => TableKind::TypeVariable,
        },
    }
}

/// The nearest block around that is no comprehension.
fn owner(tree: &ScopeTree, id: ScopeId) -> ScopeId {
    let mut at = id;
    while tree.scope(at).comprehension.is_some() {
        at = tree.scope(at).parent.unwrap_or(MODULE);
    }
    at
}

/// What a symbol of block `id` means.
fn means(tree: &ScopeTree, id: ScopeId, symbol: &Symbol) -> u32 {
    match symbol.binding {
        Binding::Local => meaning::LOCAL,
        Binding::Cell => meaning::CELL,
        Binding::Free => meaning::FREE,
        Binding::GlobalExplicit => meaning::GLOBAL_EXPLICIT,
        Binding::GlobalImplicit => meaning::GLOBAL_IMPLICIT,
        Binding::Outer => {
            let found =
                tree.scope(id).parent.and_then(|parent| Some((parent, tree.scope(parent).symbol(&symbol.name)?)));
            found.map_or(meaning::GLOBAL_IMPLICIT, |(parent, symbol)| means(tree, parent, symbol))
        }
    }
}

fn flags_of(symbol: &Symbol) -> u32 {
    let uses = symbol.uses;
    let bits = [
        (uses.global, flags::GLOBAL),
        (uses.assigned, flags::LOCAL),
        (uses.parameter, flags::PARAM),
        (uses.nonlocal, flags::NONLOCAL),
        (uses.used, flags::USE),
        (uses.imported, flags::IMPORT),
        (uses.annotated, flags::ANNOT),
        (uses.iteration, flags::COMP_ITER),
        (uses.type_parameter, flags::TYPE_PARAM),
    ];
    bits.iter().filter(|(is_so, _)| *is_so).map(|(_, bit)| bit).sum()
}
