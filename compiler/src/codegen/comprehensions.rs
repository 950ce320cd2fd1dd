//! List, set and dict comprehensions, whose code is part of the block around them (PEP 709).

use super::unit::{Inlined, Register, Variable};
use super::{Compiler, NOWHERE, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::scope::Binding;
use crate::source::SyntaxError;

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, expr: &'a Expr, into: Register) -> Result {
        let (generators, build) = match &expr.kind {
            ExprKind::ListComp { generators, .. } => (generators, Opcode::BuildList),
            ExprKind::SetComp { generators, .. } => (generators, Opcode::BuildSet),
            ExprKind::DictComp { generators, .. } => (generators, Opcode::BuildDict),
            _ => unreachable!("the caller passes comprehensions"),
        };
        if self.scopes.scope(self.scopes.body_at(expr.span)).awaits && !self.may_await() {
            return Err(SyntaxError::new("asynchronous comprehension outside of an asynchronous function", expr.span));
        }
        let collection = self.scratch_for(into);
        // The outermost iterable is evaluated outside the comprehension's scope.
        let iterator = self.comprehension_iterator(&generators[0])?;
        self.put(expr.span, build, collection, self.unit.next, 0);
        self.enter_comprehension(expr, generators);
        self.comprehension_loops(generators, iterator, &mut |compiler| match &expr.kind {
            ExprKind::ListComp { elt, .. } => compiler.add(elt, Opcode::ListAppend, collection),
            ExprKind::SetComp { elt, .. } => compiler.add(elt, Opcode::SetAdd, collection),
            ExprKind::DictComp { key, value, .. } => {
                let key_register = compiler.operand(key)?;
                let value = compiler.last_operand(value)?;
                compiler.put(expr.span, Opcode::DictInsert, collection, key_register, value);
                Ok(())
            }
            _ => unreachable!("matched above"),
        })?;
        self.unit.comprehensions.pop();
        self.move_register(expr.span, into, collection);
        Ok(())
    }

    fn add(&mut self, elt: &'a Expr, op: Opcode, collection: Register) -> Result {
        let value = self.last_operand(elt)?;
        self.put(elt.span, op, collection, value, 0);
        Ok(())
    }

    /// Gives the comprehension's own variables registers, and fresh cells to those that inner functions share.
    fn enter_comprehension(&mut self, expr: &Expr, generators: &[Comprehension]) {
        let scope = self.scopes.body_at(expr.span);
        let symbols: Vec<_> = self
            .scopes
            .scope(scope)
            .own_variables()
            .map(|symbol| (symbol.name.clone(), symbol.binding == Binding::Cell))
            .collect();
        // The variables of a single `for` with a plain target are bound before anything reads them.
        let bound_first = generators.len() == 1 && is_plain(&generators[0].target);
        let mut inlined = Inlined { scope, variables: Default::default() };
        for (name, is_cell) in symbols {
            let register = self.unit.take(1);
            self.unit.emitter.set_unbound(register);
            if is_cell || !bound_first {
                self.put(NOWHERE, Opcode::Unset, register, 0, 0);
            }
            let variable = if is_cell {
                self.put(NOWHERE, Opcode::MakeCell, register, 0, 0);
                Variable::Cell { register, free: false }
            } else {
                Variable::Local(register)
            };
            inlined.variables.insert(name, variable);
        }
        self.unit.comprehensions.push(inlined);
    }

    /// The loops of `generators`, the first over R[iterator], around what `element` compiles.
    pub(super) fn comprehension_loops(
        &mut self,
        generators: &'a [Comprehension],
        iterator: Register,
        element: &mut dyn FnMut(&mut Self) -> Result,
    ) -> Result {
        let (first, rest) = generators.split_first().expect("a comprehension has a `for`");
        let mut body = |compiler: &mut Self, next| {
            for condition in &first.ifs {
                compiler.jump_unless(condition, next)?;
            }
            let mark = compiler.unit.next;
            match rest.first() {
                None => element(compiler)?,
                Some(inner) => {
                    let iterator = compiler.comprehension_iterator(inner)?;
                    compiler.comprehension_loops(rest, iterator, element)?;
                }
            }
            compiler.unit.release(mark);
            Ok(())
        };
        match first.is_async {
            true => self.iterate_async(first.iter.span, iterator, &first.target, body),
            false => self.iterate(first.iter.span, iterator, &first.target, &mut body),
        }
    }

    /// A temporary that holds an iterator for a `for` or `async for`.
    pub(super) fn comprehension_iterator(&mut self, generator: &'a Comprehension) -> Result<Register> {
        if generator.is_async { self.async_iterator(&generator.iter) } else { self.iterator(&generator.iter) }
    }
}

fn is_plain(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Name(_) => true,
        ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().all(is_plain),
        ExprKind::Starred { value } => is_plain(value),
        _ => false,
    }
}
