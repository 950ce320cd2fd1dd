//! Generic definitions and type aliases (PEP 695, 696).
//!
//! Type parameters are variables of a function of their own, which is called at once: it makes them, then what is generic in
//! them, which it returns. Bounds, constraints, defaults and the values of aliases are functions that are called when
//! somebody asks.

use super::functions::{self, Defaults};
use super::unit::Register;
use super::{Compiler, Result, Signature};
use crate::ast::*;
use crate::code::{Code, Const};
use crate::opcode::{Common, Opcode};
use crate::scope::{Role, ScopeId, TYPE_PARAMS};
use crate::source::{Span, SyntaxError};

/// The kinds of type parameters, as the function that makes them knows them; 1 is a `TypeVar` with constraints.
const TYPE_VAR: i64 = 0;
const CONSTRAINED: i64 = 1;
const PARAM_SPEC: i64 = 2;
const TYPE_VAR_TUPLE: i64 = 3;

/// The format in which a bound, default or alias is evaluated unless another is asked for.
const VALUE: i64 = 1;

impl<'a> Compiler<'a> {
    /// R[into] = the function of a statement with type parameters.
    pub(super) fn generic_function(
        &mut self,
        stmt: &'a Stmt,
        def: &'a FunctionDef,
        parameters: &'a [TypeParam],
        into: Register,
    ) -> Result {
        let begin = def.decorator_list.first().map_or(stmt.span, |decorator| decorator.span);
        let window = self.window_for(into);
        let has_defaults = [
            !functions::positional_defaults(&def.args).is_empty(),
            !functions::keyword_only_defaults(&def.args).is_empty(),
        ];
        let given = has_defaults.into_iter().filter(|has| *has).count();
        let code = self.generic(stmt.span, begin, &def.name, parameters, given, |compiler, made| {
            // The defaults are the parameters.
            let positional = has_defaults[0].then_some(0);
            let keyword_only = has_defaults[1].then_some(Register::from(has_defaults[0]));
            let function = compiler.unit.take(1);
            compiler.function(stmt, def, Defaults::In([positional, keyword_only]), function)?;
            let site = compiler.unit.site("__type_params__");
            compiler.put(stmt.span, Opcode::StoreAttr, function, made, site);
            Ok(function)
        })?;
        self.make_function(stmt.span, code, Defaults::NONE, None, window)?;
        if has_defaults[0] {
            let register = self.unit.take(1);
            self.defaults(stmt.span, &def.args, register)?;
        }
        if has_defaults[1] {
            let register = self.unit.take(1);
            self.keyword_defaults(stmt.span, &def.args, register)?;
        }
        self.put(stmt.span, Opcode::Call, window, given as u16, 0);
        self.unit.release(window + 1);
        self.move_register(stmt.span, into, window);
        Ok(())
    }

    /// R[window] = the class of a statement with type parameters.
    pub(super) fn generic_class(
        &mut self,
        stmt: &'a Stmt,
        def: &'a ClassDef,
        parameters: &'a [TypeParam],
        window: Register,
    ) -> Result {
        let begin = def.decorator_list.first().map_or(stmt.span, |decorator| decorator.span);
        let code = self.generic(stmt.span, begin, &def.name, parameters, 0, |compiler, made| {
            compiler.store_name(stmt.span, &TYPE_PARAMS.into(), made)?;
            let base = compiler.unit.take(1);
            compiler.load_common(stmt.span, base, Common::GenericBase);
            let argument = compiler.unit.take(1);
            compiler.put(stmt.span, Opcode::Move, argument, made, 0);
            compiler.put(stmt.span, Opcode::Call, base, 1, 0);
            compiler.unit.release(argument);
            let class = compiler.unit.take(1);
            compiler.class(stmt, def, Some(base), class)?;
            Ok(class)
        })?;
        self.make_function(stmt.span, code, Defaults::NONE, None, window)?;
        self.put(stmt.span, Opcode::Call, window, 0, 0);
        Ok(())
    }

    /// `type name[parameters] = value`
    pub(super) fn type_alias(
        &mut self,
        stmt: &'a Stmt,
        name: &'a Identifier,
        parameters: &'a [TypeParam],
        value: &'a Expr,
    ) -> Result {
        let window = self.unit.take(1);
        if parameters.is_empty() {
            self.alias(stmt.span, name, None, value, window)?;
        } else {
            let code = self.generic(stmt.span, stmt.span, name, parameters, 0, |compiler, made| {
                let alias = compiler.unit.take(1);
                compiler.alias(stmt.span, name, Some(made), value, alias)?;
                Ok(alias)
            })?;
            self.make_function(stmt.span, code, Defaults::NONE, None, window)?;
            self.put(stmt.span, Opcode::Call, window, 0, 0);
        }
        self.store_name(name.span, &name.name, window)
    }

    /// R[window], which lies on top of the stack, = an alias of `value`.
    fn alias(
        &mut self,
        span: Span,
        name: &'a Identifier,
        parameters: Option<Register>,
        value: &'a Expr,
        window: Register,
    ) -> Result {
        self.load_common(span, window, Common::TypeAlias);
        let text = self.unit.take(1);
        self.load_const(span, text, Const::Str((*name.name).into()));
        let made = self.unit.take(1);
        match parameters {
            Some(register) => self.put(span, Opcode::Move, made, register, 0),
            None => self.load_const(span, made, Const::Tuple(Vec::new())),
        }
        self.evaluated_later(self.scopes.body_at(span), name, value)?;
        self.put(span, Opcode::Call, window, 3, 0);
        self.unit.release(window + 1);
        Ok(())
    }

    /// The code of the function that makes the type parameters of what is called `name`, then what `body` compiles: it is
    /// told where the tuple of them is, and tells where its result is. The function has `given` parameters.
    fn generic(
        &mut self,
        span: Span,
        begin: Span,
        name: &Identifier,
        parameters: &'a [TypeParam],
        given: usize,
        body: impl FnOnce(&mut Self, Register) -> Result<Register>,
    ) -> Result<Code> {
        let id = self.scopes.scope_as(Role::TypeParameters, span);
        let signature = Signature { positional: given, ..Signature::default() };
        let called = format!("<generic parameters of {}>", name.name).into();
        self.nested(id, called, begin, signature, |compiler| {
            compiler.make_cells();
            compiler.reserve_windows();
            let made = compiler.type_parameters(span, parameters)?;
            let result = body(compiler, made)?;
            compiler.put(span, Opcode::Return, result, 0, 0);
            Ok(())
        })
    }

    /// Makes type parameters and stores them; the tuple of them goes to the next temporary.
    fn type_parameters(&mut self, span: Span, parameters: &'a [TypeParam]) -> Result<Register> {
        let first = self.unit.next;
        let mut after_default = false;
        for parameter in parameters {
            let window = self.unit.take(1);
            self.load_common(parameter.span, window, Common::TypeParameter);
            let constrained =
                parameter.bound.as_ref().is_some_and(|bound| matches!(bound.kind, ExprKind::Tuple { .. }));
            let kind = match parameter.kind {
                TypeParamKind::TypeVar if constrained => CONSTRAINED,
                TypeParamKind::TypeVar => TYPE_VAR,
                TypeParamKind::ParamSpec => PARAM_SPEC,
                TypeParamKind::TypeVarTuple => TYPE_VAR_TUPLE,
            };
            for constant in [Const::Int(kind), Const::Str((*parameter.name.name).into())] {
                let register = self.unit.take(1);
                self.load_const(parameter.span, register, constant);
            }
            for (role, expr) in [(Role::Bound, &parameter.bound), (Role::Default, &parameter.default_value)] {
                match expr {
                    Some(expr) => {
                        self.evaluated_later(self.scopes.scope_as(role, parameter.span), &parameter.name, expr)?;
                    }
                    None => {
                        let register = self.unit.take(1);
                        self.load_const(parameter.span, register, Const::None);
                    }
                }
            }
            if parameter.default_value.is_some() {
                after_default = true;
            } else if after_default {
                let name = &parameter.name.name;
                let message = format!("non-default type parameter '{name}' follows default type parameter");
                return Err(SyntaxError::new(message, parameter.span));
            }
            self.put(parameter.span, Opcode::Call, window, 4, 0);
            self.unit.release(window + 1);
            self.store_name(parameter.span, &parameter.name.name, window)?;
        }
        self.put(span, Opcode::BuildTuple, first, first, parameters.len() as u16);
        self.unit.release(first + 1);
        Ok(first)
    }

    /// The next temporary = a function called `name` that evaluates `expr`, as a value if it is called without a format.
    fn evaluated_later(&mut self, id: ScopeId, name: &Identifier, expr: &'a Expr) -> Result {
        let code = self.evaluator(id, name.name.clone(), expr.span, |compiler| compiler.maybe_starred(expr))?;
        let function = self.unit.take(1);
        let format = self.unit.take(1);
        self.load_const(expr.span, format, Const::Tuple(vec![Const::Int(VALUE)]));
        self.make_function(expr.span, code, Defaults::In([Some(format), None]), None, function)?;
        self.unit.release(format);
        Ok(())
    }
}
