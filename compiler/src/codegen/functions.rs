//! Functions: statements, lambdas and generator expressions, with their defaults, closures and decorators.

use super::unit::{Register, Variable};
use super::{Compiler, Result, Signature, docstring};
use crate::ast::*;
use crate::code::{Code, CodeFlags, Const};
use crate::opcode::Opcode;
use crate::scope::ScopeId;
use crate::source::Span;
use std::rc::Rc;

/// Offsets in the window of `MakeFunction`.
const DEFAULTS: Register = 0;
const KEYWORD_DEFAULTS: Register = 1;
const CLOSURE: Register = 2;
const ANNOTATE: Register = 3;
/// Its size.
const WINDOW: usize = 4;

/// Where the defaults of a function's parameters come from.
#[derive(Clone, Copy)]
pub(super) enum Defaults<'a> {
    /// They are evaluated when the function is made.
    Of(&'a Arguments),
    /// They were evaluated before, to these registers: a tuple, and a dict of those of keyword-only parameters.
    In([Option<Register>; 2]),
}

impl Defaults<'_> {
    /// There are none.
    pub const NONE: Self = Self::In([None; 2]);
}

impl<'a> Compiler<'a> {
    pub(super) fn function_def(&mut self, stmt: &'a Stmt, def: &'a FunctionDef) -> Result {
        let decorators = self.decorators(&def.decorator_list)?;
        let target = if def.decorator_list.is_empty() { self.local_register(&def.name.name) } else { None };
        let function = match target {
            Some(register) => register,
            None => self.unit.take(1),
        };
        match &def.type_params[..] {
            [] => self.function(stmt, def, Defaults::Of(&def.args), function)?,
            parameters => self.generic_function(stmt, def, parameters, function)?,
        }
        let result = self.decorate(&def.decorator_list, decorators, function);
        self.store_name(def.name.span, &def.name.name, result)
    }

    /// R[into] = the function of a statement, without its decorators.
    pub(super) fn function(
        &mut self,
        stmt: &'a Stmt,
        def: &'a FunctionDef,
        defaults: Defaults<'a>,
        into: Register,
    ) -> Result {
        let code = self.function_code(stmt, def)?;
        let annotate = self.function_annotations(stmt.span, def)?;
        self.make_function(stmt.span, code, defaults, annotate, into)
    }

    /// Evaluates decorators to consecutive temporaries; the first is returned.
    pub(super) fn decorators(&mut self, decorators: &'a [Expr]) -> Result<Register> {
        self.run(decorators)
    }

    /// Calls the decorators, innermost first, with R[decorated], which lies above the last of them; tells where the result is.
    pub(super) fn decorate(&mut self, decorators: &[Expr], first: Register, decorated: Register) -> Register {
        for (at, decorator) in decorators.iter().enumerate().rev() {
            // This wraps only in a unit that is too large, and so thrown away.
            self.put(decorator.span, Opcode::Call, first.wrapping_add(at as Register), 1, 0);
        }
        if decorators.is_empty() { decorated } else { first }
    }

    fn function_code(&mut self, stmt: &'a Stmt, def: &'a FunctionDef) -> Result<Code> {
        let id = self.scopes.body_at(stmt.span);
        let mut signature = signature(&def.args);
        signature.doc = docstring::of_body(&def.body).filter(|_| self.keeps_docstrings()).map(|(doc, _)| doc);
        // A decorated function begins, for `co_firstlineno`, with its first decorator.
        let begin = def.decorator_list.first().map_or(stmt.span, |decorator| decorator.span);
        self.function_body(id, &def.name.name, begin, signature, |compiler| {
            compiler.body(docstring::without(&def.body))
        })
    }

    /// Compiles a function's code: what every function begins with, then `body`.
    pub(super) fn function_body(
        &mut self,
        id: ScopeId,
        name: &Rc<str>,
        begin: Span,
        mut signature: Signature,
        body: impl FnOnce(&mut Self) -> Result,
    ) -> Result<Code> {
        let scope = self.scopes.scope(id);
        (signature.flags.generator, signature.flags.coroutine) = (scope.generator, scope.awaits);
        self.nested(id, name.clone(), begin, signature, |compiler| {
            compiler.make_cells();
            compiler.reserve_windows();
            body(compiler)
        })
    }

    /// Wraps the variables that inner functions share in cells.
    pub(super) fn make_cells(&mut self) {
        let cells: Vec<Register> = self
            .unit
            .locals
            .iter()
            .filter_map(|name| match self.unit.variable(name) {
                Some(Variable::Cell { register, free: false }) => Some(register),
                _ => None,
            })
            .collect();
        for register in cells {
            self.put(super::NOWHERE, Opcode::MakeCell, register, 0, 0);
        }
    }

    /// Sets the windows aside that making inner functions takes where these have at most a closure.
    pub(super) fn reserve_windows(&mut self) {
        let scope = self.scopes.scope(self.unit.scope);
        let (plain, closures) = (scope.makes_plain_functions, scope.makes_closures);
        self.unit.bare_window = plain.then(|| self.unit.take(WINDOW));
        self.unit.closure_window = closures.then(|| self.unit.take(WINDOW));
    }

    /// R[into] = a function of `code`. `annotate` is the code of the function that evaluates its annotations.
    pub(super) fn make_function(
        &mut self,
        span: Span,
        code: Code,
        defaults: Defaults<'a>,
        annotate: Option<Code>,
        into: Register,
    ) -> Result {
        let mark = self.unit.next;
        let has_closure = !code.free.is_empty();
        let has_defaults = match defaults {
            Defaults::Of(args) => [!positional_defaults(args).is_empty(), !keyword_only_defaults(args).is_empty()],
            Defaults::In(registers) => registers.map(|register| register.is_some()),
        };
        let only_closure = has_defaults == [false; 2] && annotate.is_none();
        let reserved = match (only_closure, has_closure) {
            (true, true) => self.unit.closure_window,
            (true, false) => self.unit.bare_window,
            (false, _) => None,
        };
        let window = match reserved {
            Some(window) => window,
            None => self.unit.take(WINDOW),
        };
        let dirty = reserved.is_none();

        for (at, has) in [DEFAULTS, KEYWORD_DEFAULTS].into_iter().zip(has_defaults) {
            match defaults {
                _ if !has => {
                    if dirty {
                        self.put(span, Opcode::Unset, window + at, 0, 0);
                    }
                }
                Defaults::Of(args) if at == DEFAULTS => self.defaults(span, args, window + at)?,
                Defaults::Of(args) => self.keyword_defaults(span, args, window + at)?,
                Defaults::In(registers) => {
                    let register = registers[usize::from(at)].expect("that there is one was asked above");
                    self.put(span, Opcode::Move, window + at, register, 0);
                }
            }
        }
        if has_closure {
            self.closure(span, &code, window + CLOSURE);
        } else if dirty {
            self.put(span, Opcode::Unset, window + CLOSURE, 0, 0);
        }
        if let Some(annotate) = annotate {
            self.make_function(span, annotate, Defaults::NONE, None, window + ANNOTATE)?;
        } else if dirty {
            self.put(span, Opcode::Unset, window + ANNOTATE, 0, 0);
        }
        let code = self.constant(Const::Code(Box::new(code)));
        self.put(span, Opcode::MakeFunction, into, code, window);
        self.unit.release(mark);
        Ok(())
    }

    /// R[into] = the tuple of the defaults of parameters that may be given by position.
    pub(super) fn defaults(&mut self, span: Span, args: &'a Arguments, into: Register) -> Result {
        let defaults = positional_defaults(args);
        let mark = self.unit.next;
        let count = defaults.len() as u16;
        if let Some(constants) = defaults.iter().map(|default| self.fold(default)).collect() {
            self.load_const(span, into, Const::Tuple(constants));
        } else {
            let first = self.run(defaults)?;
            self.put(span, Opcode::BuildTuple, into, first, count);
        }
        self.unit.release(mark);
        Ok(())
    }

    /// R[into] = the dict of the defaults of keyword-only parameters.
    pub(super) fn keyword_defaults(&mut self, span: Span, args: &'a Arguments, into: Register) -> Result {
        let defaults = keyword_only_defaults(args);
        let first = self.unit.next;
        for &(name, default) in &defaults {
            let key = self.unit.take(1);
            let name_text = self.mangled(&name.name);
            self.load_const(name.span, key, Const::Str((*name_text).into()));
            self.run([default])?;
        }
        self.put(span, Opcode::BuildDict, into, first, defaults.len() as u16 * 2);
        self.unit.release(first);
        Ok(())
    }

    /// R[into] = the tuple of the cells that `code` takes from here.
    fn closure(&mut self, span: Span, code: &Code, into: Register) {
        let cells: Vec<Register> = code.free.iter().map(|name| self.cell_register(name)).collect();
        let side_by_side = cells.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        let mark = self.unit.next;
        let first = if side_by_side {
            cells[0]
        } else {
            let first = self.unit.take(cells.len());
            for (at, &cell) in cells.iter().enumerate() {
                self.put(span, Opcode::Move, first + at as Register, cell, 0);
            }
            first
        };
        self.put(span, Opcode::BuildTuple, into, first, cells.len() as u16);
        self.unit.release(mark);
    }

    /// The register that holds the cell of `name`, a variable that an inner function shares.
    fn cell_register(&self, name: &str) -> Register {
        if let Some(register) = self.unit.own_cell(name) {
            return register;
        }
        let inlined = self.unit.comprehensions.iter().rev();
        let variable = inlined.filter_map(|inlined| inlined.variables.get(name).copied()).next();
        match variable.or_else(|| self.unit.variable(name)) {
            Some(Variable::Cell { register, .. }) => register,
            found => unreachable!("scope analysis hands the cell of '{name}' through, and here is {found:?}"),
        }
    }

    pub(super) fn lambda(&mut self, expr: &'a Expr, args: &'a Arguments, body: &'a Expr, into: Register) -> Result {
        let id = self.scopes.body_at(expr.span);
        let code = self.function_body(id, &"<lambda>".into(), expr.span, signature(args), |compiler| {
            compiler.return_value(body.span, body)
        })?;
        self.make_function(expr.span, code, Defaults::Of(args), None, into)
    }

    pub(super) fn generator_expression(
        &mut self,
        expr: &'a Expr,
        elt: &'a Expr,
        generators: &'a [Comprehension],
        into: Register,
    ) -> Result {
        let id = self.scopes.body_at(expr.span);
        let signature = Signature { positional: 1, ..Signature::default() };
        let code = self.function_body(id, &"<genexpr>".into(), expr.span, signature, |compiler| {
            compiler.comprehension_loops(generators, 0, &mut |compiler| {
                let value = compiler.last_operand(elt)?;
                let sent = compiler.unit.take(1);
                compiler.yield_value(elt.span, sent, value);
                Ok(())
            })
        })?;
        let window = self.window_for(into);
        self.make_function(expr.span, code, Defaults::NONE, None, window)?;
        self.comprehension_iterator(&generators[0])?;
        self.put(expr.span, Opcode::Call, window, 1, 0);
        self.move_register(expr.span, into, window);
        Ok(())
    }
}

/// The defaults of parameters that may be given by position.
pub(super) fn positional_defaults(args: &Arguments) -> Vec<&Expr> {
    args.posonlyargs.iter().chain(&args.args).filter_map(|parameter| parameter.default.as_ref()).collect()
}

/// The keyword-only parameters that have defaults.
pub(super) fn keyword_only_defaults(args: &Arguments) -> Vec<(&Identifier, &Expr)> {
    args.kwonlyargs.iter().filter_map(|parameter| Some((&parameter.arg.name, parameter.default.as_ref()?))).collect()
}

/// How parameters are laid out.
fn signature(args: &Arguments) -> Signature {
    Signature {
        positional: args.posonlyargs.len() + args.args.len(),
        positional_only: args.posonlyargs.len(),
        keyword_only: args.kwonlyargs.len(),
        flags: CodeFlags { var_args: args.vararg.is_some(), var_kwargs: args.kwarg.is_some(), ..CodeFlags::default() },
        doc: None,
    }
}
