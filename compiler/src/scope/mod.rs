//! Scope analysis: what each name means in each block of a program.
//!
//! Two passes, as in CPython's symbol table. [`collect`] walks the tree and notes how each block uses each name;
//! [`resolve`] then decides, outermost blocks first, which names are local, global, free, or cells that inner functions
//! share. A comprehension is a block of its own although its code is inlined into the enclosing function (PEP 709): its
//! variables hide outer ones, and all its other names mean what they mean outside. In a class body they skip
//! the class, as the body of a nested function would.

mod collect;
mod mangle;
mod resolve;
pub mod table;

pub(crate) use mangle::Privacy;

use crate::ast::{Arg, Arguments, Expr, Module};
use crate::source::{Span, SyntaxError};
use std::collections::HashMap;
use std::rc::Rc;

/// Index of a scope in its [`ScopeTree`].
pub(crate) type ScopeId = usize;

/// The scope of the whole module.
pub(crate) const MODULE: ScopeId = 0;

/// The variable that holds the tuple of a generic class's type parameters until its body has stored it.
pub(crate) const TYPE_PARAMS: &str = ".type_params";

/// The variable that holds the numbers of those annotations whose statements have run, where not all need to run.
pub(crate) const CONDITIONAL: &str = "__conditional_annotations__";

/// What errors call a block of annotations.
pub(crate) const ANNOTATION: &str = "an annotation";

/// What kind of block a scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    Module,
    Class,
    /// A function, a lambda or a generator expression.
    Function,
    /// A list, set or dict comprehension, inlined into the enclosing block.
    Comprehension,
    /// A function that evaluates annotations, a type alias, or a type parameter's bound or default.
    Annotations,
    /// The function that makes type parameters, and what is generic in them.
    TypeParameters,
}

/// How a block uses a name.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Uses {
    /// It is a parameter.
    pub parameter: bool,
    /// It is bound here: assigned, imported, defined, deleted.
    pub bound: bool,
    /// It is read here.
    pub read: bool,
    /// It is read by what stands in the block itself, not only by comprehensions within.
    pub used: bool,
    /// An assignment, a definition or their like binds it: neither an import nor what makes it a parameter.
    pub assigned: bool,
    /// It is imported.
    pub imported: bool,
    /// It is declared `global`.
    pub global: bool,
    /// It is declared `nonlocal`.
    pub nonlocal: bool,
    /// It has an annotation here.
    pub annotated: bool,
    /// A comprehension's `for` binds it.
    pub iteration: bool,
    /// An assignment expression binds it, so that an operand read in place could change before its use.
    pub walrus: bool,
    /// It is a type parameter.
    pub type_parameter: bool,
    /// It may become unbound again: by `del`, or at the end of `except … as`.
    pub deleted: bool,
}

impl Uses {
    /// What stands in the block itself reads it.
    fn note_read(&mut self) {
        (self.read, self.used) = (true, true);
    }
}

/// What a name means in a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// A local variable, or an entry of the class's name space.
    Local,
    /// A local variable that inner functions share.
    Cell,
    /// A variable of an enclosing function.
    Free,
    /// A global that the block declares.
    GlobalExplicit,
    /// A global or built-in by default.
    GlobalImplicit,
    /// In a comprehension: what it means in the block around.
    Outer,
}

/// A name in a scope.
#[derive(Clone, Debug)]
pub(crate) struct Symbol {
    pub name: Rc<str>,
    pub uses: Uses,
    pub binding: Binding,
    /// Its place in the order in which names appear.
    rank: u32,
    /// Where it is declared `nonlocal`.
    declared: Span,
}

/// A block and its names.
#[derive(Debug)]
pub(crate) struct Scope {
    pub kind: ScopeKind,
    /// What it is called: after what is defined, or after its kind.
    pub name: Rc<str>,
    /// Where what opens it begins.
    pub start: u32,
    pub parent: Option<ScopeId>,
    /// What names stand for here.
    pub privacy: Privacy,
    /// The names, in the order in which they first appear: a function's parameters come first.
    pub symbols: Vec<Symbol>,
    index: HashMap<Rc<str>, usize>,
    /// How many names were ranked.
    ranks: u32,
    /// Names that CPython meets before the walk does, with their ranks.
    early: Vec<(Rc<str>, u32)>,
    /// For a function: where the first annotation of a variable stands, and the number of the next scope there.
    first_annotation: Option<(u32, ScopeId)>,
    /// Variables of enclosing functions that this block or one within it uses.
    pub free: Vec<Rc<str>>,
    /// For a comprehension or generator expression, what an error calls it.
    pub comprehension: Option<&'static str>,
    /// Where assignment expressions, `yield` and `await` are not allowed, what an error calls the block.
    pub restricted: Option<&'static str>,
    /// Names are looked for first in the name space of the class around, although this is no part of its body.
    pub sees_class: bool,
    /// Contains `yield`.
    pub generator: bool,
    /// An `async def`; or a comprehension or generator expression with `await` or `async for`.
    pub awaits: bool,
    /// A class whose methods use `__class__`.
    pub needs_class_cell: bool,
    /// A class with blocks within that look names up in its name space.
    pub needs_class_namespace: bool,
    /// A class or module with annotations that count only once their statements have run.
    pub has_conditional_annotations: bool,
    /// Makes functions that have no free variables.
    pub makes_plain_functions: bool,
    /// Makes functions that have some.
    pub makes_closures: bool,
}

impl Scope {
    /// The symbol called `name`.
    pub fn symbol(&self, name: &str) -> Option<&Symbol> {
        self.index.get(name).map(|&at| &self.symbols[at])
    }

    /// Whether names mean something else here than in comprehensions within: those do not see a class's name space.
    fn looks_into_class(&self) -> bool {
        self.kind == ScopeKind::Class || self.sees_class
    }

    fn symbol_mut(&mut self, name: &Rc<str>) -> &mut Symbol {
        let at = *self.index.entry(name.clone()).or_insert_with(|| {
            self.ranks += 1;
            self.symbols.push(Symbol {
                name: name.clone(),
                rank: self.ranks,
                uses: Uses::default(),
                binding: Binding::GlobalImplicit,
                declared: Span::default(),
            });
            self.symbols.len() - 1
        });
        &mut self.symbols[at]
    }

    /// A target that the walk comes to later appears here, as CPython sees it.
    fn mention(&mut self, name: &Rc<str>) {
        if !self.index.contains_key(name) {
            self.ranks += 1;
            self.early.push((name.clone(), self.ranks));
        }
    }

    /// Adds `name` to the free variables, once.
    fn add_free(&mut self, name: &Rc<str>) {
        if let Err(at) = self.free.binary_search(name) {
            self.free.insert(at, name.clone());
        }
    }

    /// A function's own variables, parameters first: the order of their registers.
    pub fn own_variables(&self) -> impl Iterator<Item = &Symbol> {
        self.symbols.iter().filter(|symbol| matches!(symbol.binding, Binding::Local | Binding::Cell))
    }
}

/// Which scope of several that begin at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// A function, class, comprehension or type alias.
    Body,
    Annotations,
    TypeParameters,
    /// Of a type parameter.
    Bound,
    /// Of a type parameter.
    Default,
}

/// The scopes of a program.
#[derive(Debug)]
pub(crate) struct ScopeTree {
    scopes: Vec<Scope>,
    /// No two constructs that open a scope begin at the same byte, so the place identifies the scope.
    by_place: HashMap<(u32, Role), ScopeId>,
    /// `from __future__ import annotations` is in force: annotations stay text.
    pub annotations_are_text: bool,
}

impl ScopeTree {
    /// Analyses a module.
    pub fn of_module(module: &Module, annotations_are_text: bool) -> Result<ScopeTree, SyntaxError> {
        let mut tree = collect::module(module, annotations_are_text)?;
        resolve::resolve(&mut tree)?;
        Ok(tree)
    }

    /// Analyses a single expression.
    pub fn of_expression(expression: &Expr) -> Result<ScopeTree, SyntaxError> {
        let mut tree = collect::expression(expression)?;
        resolve::resolve(&mut tree)?;
        Ok(tree)
    }

    /// The scope with this number.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id]
    }

    /// The scope of the function, class or comprehension that begins at `span`.
    pub fn body_at(&self, span: Span) -> ScopeId {
        self.by_place[&(span.start, Role::Body)]
    }

    /// The scope in another role of what begins at `span`, which has one.
    pub fn scope_as(&self, role: Role, span: Span) -> ScopeId {
        self.by_place[&(span.start, role)]
    }

    /// The scope of the annotations of the function, class or module that begins at `span`, if it has any.
    pub fn annotations_at(&self, span: Span) -> Option<ScopeId> {
        self.by_place.get(&(span.start, Role::Annotations)).copied()
    }
}

/// The parameters of a function in the order of their registers.
pub(crate) fn parameters(args: &Arguments) -> impl Iterator<Item = &Arg> {
    let single = args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs).map(|parameter| &parameter.arg);
    single.chain(&args.vararg).chain(&args.kwarg)
}

/// `__debug__` is a constant.
pub(crate) fn check_assignable(name: &str, span: Span) -> Result<(), SyntaxError> {
    if name == "__debug__" {
        return Err(SyntaxError::new("cannot assign to __debug__", span));
    }
    Ok(())
}
