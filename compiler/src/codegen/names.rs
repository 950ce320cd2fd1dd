//! Variables: loading, storing and deleting a name.

use super::unit::{NAMESPACE, Register, Variable};
use super::{Compiler, Result};
use crate::opcode::Opcode;
use crate::scope::{Binding, ScopeKind, check_assignable};
use crate::source::Span;
use std::rc::Rc;

/// Where a name is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Variable(Variable),
    Global,
    /// The name space of the class body that is running.
    Namespace,
    /// The same, then a variable of an enclosing function.
    NamespaceOr {
        cell: Register,
    },
    /// The name space of the class around, of whose body the running code is no part.
    SeenClass,
}

impl<'a> Compiler<'a> {
    /// The name as it is known at run time: private names of a class are changed.
    pub(super) fn mangled(&self, name: &Rc<str>) -> Rc<str> {
        self.scopes.scope(self.unit.scope).privacy.mangle(name)
    }

    /// Where the (mangled) `name` is found.
    pub(super) fn place_of(&self, name: &str) -> Place {
        for inlined in self.unit.comprehensions.iter().rev() {
            if let Some(&variable) = inlined.variables.get(name) {
                return Place::Variable(variable);
            }
            match self.scopes.scope(inlined.scope).symbol(name).map(|symbol| symbol.binding) {
                Some(Binding::Free) => return self.free_variable(name),
                Some(Binding::GlobalExplicit | Binding::GlobalImplicit) => return Place::Global,
                _ => {}
            }
        }
        let scope = self.scopes.scope(self.unit.scope);
        let symbol = scope.symbol(name);
        let binding = symbol.map_or(Binding::GlobalImplicit, |symbol| symbol.binding);
        match (scope.kind, binding) {
            (ScopeKind::Module, _) | (_, Binding::GlobalExplicit) => Place::Global,
            (ScopeKind::Class, Binding::Free) => match self.free_variable(name) {
                Place::Variable(Variable::Cell { register, .. }) => Place::NamespaceOr { cell: register },
                place => place,
            },
            (ScopeKind::Class, _) => Place::Namespace,
            (_, Binding::Free | Binding::GlobalImplicit) if scope.sees_class => Place::SeenClass,
            (_, Binding::GlobalImplicit) => Place::Global,
            _ => self.free_variable(name),
        }
    }

    fn free_variable(&self, name: &str) -> Place {
        self.unit.variable(name).map_or(Place::Global, Place::Variable)
    }

    /// The register of `name` if it is a plain local variable.
    pub(super) fn local_register(&self, name: &Rc<str>) -> Option<Register> {
        match self.place_of(&self.mangled(name)) {
            Place::Variable(Variable::Local(register)) => Some(register),
            _ => None,
        }
    }

    /// Whether an assignment expression may change the local variable `name`.
    pub(super) fn is_walrus_target(&self, name: &Rc<str>) -> bool {
        let scope = self.scopes.scope(self.unit.scope);
        scope.symbol(&self.mangled(name)).is_some_and(|symbol| symbol.uses.walrus)
    }

    /// Raises UnboundLocalError for `name` if `register` may be unbound.
    pub(super) fn check_bound(&mut self, span: Span, name: &str, register: Register) {
        if !self.unit.emitter.is_bound(register) {
            let name = self.name_constant(name);
            self.put(span, Opcode::CheckBound, register, name, 0);
            self.unit.emitter.set_bound(register);
        }
    }

    /// R[into] = the value of `name`.
    pub(super) fn load_name(&mut self, span: Span, name: &Rc<str>, into: Register) {
        let name = self.mangled(name);
        match self.place_of(&name) {
            Place::Variable(Variable::Local(register)) => {
                self.check_bound(span, &name, register);
                self.move_register(span, into, register);
            }
            Place::Variable(Variable::Cell { register, free }) => {
                let name = self.name_constant(&name);
                self.put_x(span, Opcode::LoadDeref, u8::from(free), into, register, name);
            }
            Place::Global => self.load_global(span, &name, into),
            Place::Namespace => {
                let site = self.unit.site(&name);
                self.put(span, Opcode::LoadName, into, NAMESPACE, site);
            }
            Place::NamespaceOr { cell } => self.load_from_namespace_or_cell(span, &name, into, NAMESPACE, cell),
            Place::SeenClass => self.load_from_seen_class(span, &name, into),
        }
    }

    fn load_from_namespace_or_cell(
        &mut self,
        span: Span,
        name: &str,
        into: Register,
        namespace: Register,
        cell: Register,
    ) {
        // The cell's register has only eight bits here.
        let Ok(cell) = u8::try_from(cell) else {
            self.unit.too_large = true;
            return;
        };
        let name = self.name_constant(name);
        self.put_x(span, Opcode::LoadNameDeref, cell, into, namespace, name);
    }

    fn load_from_seen_class(&mut self, span: Span, name: &str, into: Register) {
        let Some(Variable::Cell { register, free }) = self.unit.variable("__classdict__") else {
            self.load_global(span, name, into);
            return;
        };
        let namespace = self.unit.take(1);
        let namespace_name = self.name_constant("__classdict__");
        self.put_x(span, Opcode::LoadDeref, u8::from(free), namespace, register, namespace_name);
        match self.unit.variable(name) {
            Some(Variable::Cell { register, .. }) => {
                self.load_from_namespace_or_cell(span, name, into, namespace, register);
            }
            _ => {
                let site = self.unit.site(name);
                self.put(span, Opcode::LoadName, into, namespace, site);
            }
        }
        self.unit.release(namespace);
    }

    /// R[into] = the global or built-in `name`.
    pub(super) fn load_global(&mut self, span: Span, name: &str, into: Register) {
        let site = self.unit.site(name);
        self.put_x(span, Opcode::LoadGlobal, self.declared(name), into, site, 0);
    }

    /// 1 if it is a module that declares the name global: it stays there when the other names of the module go elsewhere.
    fn declared(&self, name: &str) -> u8 {
        let symbol = self.scopes.scope(self.unit.scope).symbol(name);
        u8::from(self.unit.kind == ScopeKind::Module && symbol.is_some_and(|s| s.binding == Binding::GlobalExplicit))
    }

    /// Global `name` = R[from].
    pub(super) fn store_global(&mut self, span: Span, name: &str, from: Register) {
        let site = self.unit.site(name);
        self.put_x(span, Opcode::StoreGlobal, self.declared(name), from, site, 0);
    }

    /// An entry of the class body's name space = R[from].
    pub(super) fn store_in_namespace(&mut self, span: Span, name: &str, from: Register) {
        let site = self.unit.site(name);
        self.put(span, Opcode::StoreName, from, NAMESPACE, site);
    }

    /// `name` = R[from].
    pub(super) fn store_name(&mut self, span: Span, name: &Rc<str>, from: Register) -> Result {
        check_assignable(name, span)?;
        let name = self.mangled(name);
        match self.place_of(&name) {
            Place::Variable(Variable::Local(register)) => {
                self.move_register(span, register, from);
                self.unit.emitter.set_bound(register);
            }
            Place::Variable(Variable::Cell { register, .. }) | Place::NamespaceOr { cell: register } => {
                self.put(span, Opcode::StoreDeref, register, from, 0);
            }
            Place::Global => self.store_global(span, &name, from),
            Place::Namespace | Place::SeenClass => self.store_in_namespace(span, &name, from),
        }
        Ok(())
    }

    /// `del name`
    pub(super) fn delete_name(&mut self, span: Span, name: &Rc<str>) {
        let name = self.mangled(name);
        match self.place_of(&name) {
            Place::Variable(Variable::Local(register)) => {
                self.check_bound(span, &name, register);
                self.put(span, Opcode::Unset, register, 0, 0);
                self.unit.emitter.set_unbound(register);
            }
            Place::Variable(Variable::Cell { register, free }) => self.delete_cell(span, &name, register, free),
            Place::NamespaceOr { cell } => self.delete_cell(span, &name, cell, true),
            Place::Global => {
                let site = self.unit.site(&name);
                self.put_x(span, Opcode::DeleteGlobal, self.declared(&name), 0, site, 0);
            }
            Place::Namespace | Place::SeenClass => {
                let site = self.unit.site(&name);
                self.put(span, Opcode::DeleteName, 0, NAMESPACE, site);
            }
        }
    }

    fn delete_cell(&mut self, span: Span, name: &str, cell: Register, free: bool) {
        let name = self.name_constant(name);
        self.put_x(span, Opcode::DeleteDeref, u8::from(free), cell, name, 0);
    }

    /// R[to] = R[from], unless they are one.
    pub(super) fn move_register(&mut self, span: Span, to: Register, from: Register) {
        if to != from {
            self.put(span, Opcode::Move, to, from, 0);
        }
    }
}
