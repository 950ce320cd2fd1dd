//! The first pass: notes how each block uses each name, and reports declarations that contradict those uses.

mod comprehensions;
mod expressions;
mod statements;
mod type_parameters;

use super::{MODULE, Privacy, Role, Scope, ScopeId, ScopeKind, ScopeTree, Symbol};
use crate::ast::*;
use crate::source::{Span, SyntaxError};
use std::collections::HashMap;
use std::rc::Rc;

type Result<T = ()> = std::result::Result<T, SyntaxError>;

/// The scopes of `module`, with the uses of each name but not yet their meaning.
pub(super) fn module(module: &Module, annotations_are_text: bool) -> Result<ScopeTree> {
    let mut collector = Collector::new(annotations_are_text);
    collector.body(&module.body)?;
    Ok(collector.tree)
}

/// The same for a single expression.
pub(super) fn expression(expression: &Expr) -> Result<ScopeTree> {
    let mut collector = Collector::new(false);
    collector.expr(expression)?;
    Ok(collector.tree)
}

struct Collector {
    tree: ScopeTree,
    current: ScopeId,
    privacy: Privacy,
    /// Where the class or module whose body is walked begins: the place of its annotations' scope.
    owner: Span,
    /// How many compound statements of the current block are around.
    depth: u32,
    /// Within the iterable of a comprehension's `for`, however deep.
    in_iterable: bool,
}

impl Collector {
    fn new(annotations_are_text: bool) -> Self {
        let tree = ScopeTree { scopes: Vec::new(), by_place: HashMap::new(), annotations_are_text };
        let owner = Span::new(u32::MAX, u32::MAX);
        let mut collector =
            Self { tree, current: MODULE, privacy: Privacy::default(), owner, depth: 0, in_iterable: false };
        collector.push_scope(ScopeKind::Module, "top".into(), 0, None);
        collector
    }

    fn push_scope(&mut self, kind: ScopeKind, name: Rc<str>, start: u32, parent: Option<ScopeId>) -> ScopeId {
        self.tree.scopes.push(Scope {
            kind,
            name,
            start,
            parent,
            privacy: self.privacy.clone(),
            symbols: Vec::new(),
            index: HashMap::new(),
            ranks: 0,
            early: Vec::new(),
            first_annotation: None,
            free: Vec::new(),
            generator: false,
            awaits: false,
            comprehension: None,
            restricted: None,
            sees_class: false,
            needs_class_cell: false,
            needs_class_namespace: false,
            has_conditional_annotations: false,
            makes_plain_functions: false,
            makes_closures: false,
        });
        self.tree.scopes.len() - 1
    }

    /// Runs `walk` in a new scope below the current one.
    fn within(
        &mut self,
        kind: ScopeKind,
        name: Rc<str>,
        place: Span,
        role: Role,
        walk: impl FnOnce(&mut Self) -> Result,
    ) -> Result {
        let id = self.push_scope(kind, name, place.start, Some(self.current));
        self.tree.by_place.insert((place.start, role), id);
        self.within_scope(id, walk)
    }

    fn within_scope(&mut self, id: ScopeId, walk: impl FnOnce(&mut Self) -> Result) -> Result {
        let outer = (std::mem::replace(&mut self.current, id), std::mem::take(&mut self.depth));
        walk(self)?;
        (self.current, self.depth) = outer;
        Ok(())
    }

    fn scope(&mut self) -> &mut Scope {
        &mut self.tree.scopes[self.current]
    }

    fn scope_at(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.tree.scopes[id]
    }

    fn mangled(&self, name: &Rc<str>) -> Rc<str> {
        self.privacy.mangle(name)
    }

    fn symbol(&mut self, name: &Rc<str>) -> &mut Symbol {
        let name = self.mangled(name);
        self.scope().symbol_mut(&name)
    }

    fn bind(&mut self, name: &Rc<str>) {
        let uses = &mut self.symbol(name).uses;
        (uses.bound, uses.assigned) = (true, true);
    }

    fn bind_and_unbind(&mut self, name: &Rc<str>) {
        let uses = &mut self.symbol(name).uses;
        (uses.bound, uses.assigned, uses.deleted) = (true, true, true);
    }

    fn read(&mut self, name: &Rc<str>) {
        self.symbol(name).uses.note_read();
        if &**name == "super" && self.scope().kind != ScopeKind::Class && self.current != MODULE {
            self.scope().symbol_mut(&"__class__".into()).uses.note_read();
        }
    }
}
