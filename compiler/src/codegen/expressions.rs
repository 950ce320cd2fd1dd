//! Expressions: into a register of the consumer's choice, or anywhere.

use super::constants::literal;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::{Common, Instr, Opcode};
use crate::source::{Span, SyntaxError};

impl<'a> Compiler<'a> {
    /// A register that holds the value of `expr`, which other operands may follow: a variable's own, or a temporary.
    pub(super) fn operand(&mut self, expr: &'a Expr) -> Result<Register> {
        match &expr.kind {
            ExprKind::NamedExpr { .. } => {
                let into = self.unit.take(1);
                self.into(expr, into)?;
                Ok(into)
            }
            ExprKind::Name(name) if self.is_walrus_target(name) => {
                let into = self.unit.take(1);
                self.into(expr, into)?;
                Ok(into)
            }
            _ => self.last_operand(expr),
        }
    }

    /// The same where no other operand is evaluated between this one and the instruction that reads it.
    pub(super) fn last_operand(&mut self, expr: &'a Expr) -> Result<Register> {
        if let ExprKind::Name(name) = &expr.kind
            && &**name != "__debug__"
            && let Some(register) = self.local_register(name)
        {
            let name = self.mangled(name);
            self.check_bound(expr.span, &name, register);
            return Ok(register);
        }
        if let ExprKind::NamedExpr { target, value } = &expr.kind
            && let Some(register) = self.target_register(target)
        {
            self.assign(std::slice::from_ref(target), value)?;
            return Ok(register);
        }
        let into = self.unit.take(1);
        self.into(expr, into)?;
        Ok(into)
    }

    /// The constant that `expr` is, for instructions whose right operand may be one. `None` as well where there is no more room.
    pub(super) fn constant_operand(&mut self, expr: &Expr) -> Option<u16> {
        let constant = self.fold(expr)?;
        if self.unit.emitter.reachable() { self.unit.pool.index_of(constant) } else { Some(0) }
    }

    /// R[into] = `constant`.
    pub(super) fn load_const(&mut self, span: Span, into: Register, constant: Const) {
        match constant {
            Const::None => self.put(span, Opcode::LoadNone, into, 0, 0),
            Const::Bool(value) => self.put_x(span, Opcode::LoadBool, u8::from(value), into, 0, 0),
            Const::Ellipsis => self.load_common(span, into, Common::Ellipsis),
            Const::Int(value) if i32::try_from(value).is_ok() => {
                self.unit.emitter.push(Instr::wide(Opcode::LoadInt, into, value as i32), span);
            }
            constant => {
                let constant = self.constant(constant);
                self.put(span, Opcode::LoadConst, into, constant, 0);
            }
        }
    }

    /// R[into] = a value of the interpreter's own.
    pub(super) fn load_common(&mut self, span: Span, into: Register, common: Common) {
        self.put_x(span, Opcode::LoadCommon, common as u8, into, 0, 0);
    }

    /// Evaluates the expressions into consecutive temporaries; the first is returned.
    pub(super) fn run(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) -> Result<Register> {
        let first = self.unit.next;
        for expr in exprs {
            let into = self.unit.take(1);
            self.into(expr, into)?;
        }
        Ok(first)
    }

    /// A temporary in which the value for register `into` can be built step by step: `into` itself if it is no variable.
    pub(super) fn scratch_for(&mut self, into: Register) -> Register {
        if self.unit.is_top(into) { into } else { self.unit.take(1) }
    }

    /// R[into] = the value of `expr`.
    pub(super) fn into(&mut self, expr: &'a Expr, into: Register) -> Result {
        let mark = self.unit.next;
        self.evaluate(expr, into)?;
        self.unit.release(mark);
        Ok(())
    }

    fn evaluate(&mut self, expr: &'a Expr, into: Register) -> Result {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Constant(constant) => self.load_const(span, into, literal(constant)),
            ExprKind::Name(name) if &**name == "__debug__" => {
                self.load_const(span, into, Const::Bool(self.optimize == 0))
            }
            ExprKind::Name(name) => self.load_name(span, name, into),
            ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } | ExprKind::Tuple { .. } => match self.fold(expr) {
                Some(constant) => self.load_const(span, into, constant),
                None => self.unfolded(expr, into)?,
            },
            ExprKind::BoolOp { op, values } => self.bool_op(*op, values, into)?,
            ExprKind::Compare { left, ops, comparators } => self.compare(span, left, ops, comparators, into)?,
            ExprKind::IfExp { test, body, orelse } => self.conditional(test, body, orelse, into)?,
            ExprKind::NamedExpr { target, value } => self.named(target, value, into)?,
            ExprKind::Call { func, args, keywords } => self.call(expr, func, args, keywords, into)?,
            ExprKind::Attribute { value, attr } => self.attribute(expr, value, attr, into)?,
            ExprKind::Subscript { value, slice } => self.subscript(span, value, slice, into)?,
            ExprKind::Slice { .. } => self.slice(expr, into)?,
            ExprKind::List { elts } => self.list(span, elts, into)?,
            ExprKind::Set { elts } => self.set(span, elts, into)?,
            ExprKind::Dict { items } => self.dict(span, items, into)?,
            ExprKind::JoinedStr { values } => self.joined_string(span, values, into)?,
            ExprKind::Lambda { args, body } => self.lambda(expr, args, body, into)?,
            ExprKind::ListComp { .. } | ExprKind::SetComp { .. } | ExprKind::DictComp { .. } => {
                self.comprehension(expr, into)?;
            }
            ExprKind::GeneratorExp { elt, generators } => self.generator_expression(expr, elt, generators, into)?,
            ExprKind::Yield { value } => {
                let value = match value {
                    Some(value) => self.last_operand(value)?,
                    None => {
                        let register = self.scratch_for(into);
                        self.load_const(span, register, Const::None);
                        register
                    }
                };
                self.yield_value(span, into, value);
            }
            ExprKind::YieldFrom { .. } if self.in_coroutine() => {
                return Err(SyntaxError::new("'yield from' inside async function", span));
            }
            ExprKind::YieldFrom { value } => {
                let value = self.last_operand(value)?;
                let iterator = self.unit.take(2);
                let sent = iterator + 1;
                self.put(span, Opcode::GetYieldFromIter, iterator, value, 0);
                self.load_const(span, sent, Const::None);
                self.put(span, Opcode::YieldFrom, into, iterator, sent);
            }
            ExprKind::Starred { .. } => return Err(SyntaxError::new("can't use starred expression here", span)),
            ExprKind::Await { value } => self.await_expr(span, value, into)?,
            ExprKind::TemplateStr { values } => self.template_string(span, values, into)?,
        }
        Ok(())
    }

    fn unfolded(&mut self, expr: &'a Expr, into: Register) -> Result {
        match &expr.kind {
            ExprKind::BinOp { left, op, right } => self.bin_op(expr.span, left, *op, right, into),
            ExprKind::UnaryOp { op, operand } => self.unary_op(expr.span, *op, operand, into),
            ExprKind::Tuple { elts } => self.tuple(expr.span, elts, into),
            _ => unreachable!("only operators and tuples may turn out to be constant"),
        }
    }

    /// Evaluates `expr` for its effect.
    pub(super) fn discard(&mut self, expr: &'a Expr) -> Result {
        if self.fold(expr).is_none() {
            let mark = self.unit.next;
            self.last_operand(expr)?;
            self.unit.release(mark);
        }
        Ok(())
    }

    fn conditional(&mut self, test: &'a Expr, body: &'a Expr, orelse: &'a Expr, into: Register) -> Result {
        let (otherwise, end) = (self.label(), self.label());
        self.jump_unless(test, otherwise)?;
        self.into(body, into)?;
        self.jump(body.span, end);
        self.bind(otherwise);
        self.into(orelse, into)?;
        self.bind(end);
        Ok(())
    }

    fn named(&mut self, target: &'a Expr, value: &'a Expr, into: Register) -> Result {
        if let ExprKind::Name(name) = &target.kind {
            self.into(value, into)?;
            self.store_name(target.span, name, into)?;
        }
        Ok(())
    }

    fn attribute(&mut self, expr: &Expr, value: &'a Expr, attr: &'a Identifier, into: Register) -> Result {
        let object = self.left_operand(value, into)?;
        let site = self.attribute_site(attr);
        self.put(self.at_attribute_line(expr.span, attr), Opcode::LoadAttr, into, object, site);
        Ok(())
    }

    /// Where an error in `whole` points: the attribute's line, if the expression begins on another.
    pub(super) fn at_attribute_line(&self, whole: Span, attr: &Identifier) -> Span {
        if self.places.line(whole.start) == self.places.line(attr.span.start) {
            whole
        } else {
            Span::new(attr.span.start, whole.end)
        }
    }

    /// A new site for the attribute `attr`.
    pub(super) fn attribute_site(&mut self, attr: &Identifier) -> u16 {
        let name = self.mangled(&attr.name);
        self.unit.site(&name)
    }

    fn subscript(&mut self, span: Span, value: &'a Expr, slice: &'a Expr, into: Register) -> Result {
        self.check_subscript(value, slice, span);
        let container = self.left_operand(value, into)?;
        if let Some(constant) = self.constant_operand(slice) {
            self.put(span, Opcode::LoadItemK, into, container, constant);
        } else {
            let index = self.last_operand(slice)?;
            self.put(span, Opcode::LoadItem, into, container, index);
        }
        Ok(())
    }

    fn slice(&mut self, expr: &'a Expr, into: Register) -> Result {
        let ExprKind::Slice { lower, upper, step } = &expr.kind else { return Ok(()) };
        let first = self.unit.next;
        for bound in [lower, upper, step] {
            let register = self.unit.take(1);
            match bound {
                Some(bound) => self.into(bound, register)?,
                None => self.load_const(expr.span, register, Const::None),
            }
        }
        self.put(expr.span, Opcode::BuildSlice, into, first, 0);
        Ok(())
    }
}
