//! Annotations (PEP 649): compiled to a function that evaluates them when asked, or gives their text under
//! `from __future__ import annotations`.

use super::functions::Defaults;
use super::unit::{Register, Variable};
use super::{Compiler, NOWHERE, Result, Signature};
use crate::ast::*;
use crate::code::{Code, Const};
use crate::opcode::Opcode;
use crate::scope::{CONDITIONAL, ScopeId, ScopeKind};
use crate::source::Span;
use crate::unparse::unparse;
use std::collections::HashMap;
use std::rc::Rc;

/// The highest format that the function itself supports: `VALUE_WITH_FAKE_GLOBALS`.
const HIGHEST_FORMAT: i64 = 2;

impl<'a> Compiler<'a> {
    /// The code that gives the annotations of the function defined at `span`, if it has any.
    pub(super) fn function_annotations(&mut self, span: Span, def: &'a FunctionDef) -> Result<Option<Code>> {
        let Some(id) = self.scopes.annotations_at(span) else { return Ok(None) };
        let mut annotations: Vec<(Rc<str>, &'a Expr)> = in_annotation_order(&def.args)
            .filter_map(|arg| Some((self.mangled(&arg.name.name), arg.annotation.as_deref()?)))
            .collect();
        annotations.extend(def.returns.as_ref().map(|returns| ("return".into(), returns)));
        let mut code = self.annotations(id, span, annotations)?;
        code.qualname = format!("{}.__annotate__", self.qualname_of(&def.name.name)).into();
        Ok(Some(code))
    }

    /// The code that gives the annotations of variables in the class or module body that begins at `span`, if it has any.
    pub(super) fn body_annotations(&mut self, span: Span, body: &'a [Stmt]) -> Result<Option<Code>> {
        let Some(id) = self.scopes.annotations_at(span) else { return Ok(None) };
        let mut annotated = Vec::new();
        collect(body, false, &mut annotated);
        let annotations = annotated.into_iter().map(|found| (self.mangled(found.name), found.annotation)).collect();
        self.annotations(id, span, annotations).map(Some)
    }

    /// Stores the function for the module's annotations, before its statements run.
    pub(super) fn module_annotations(&mut self, module: &'a Module) -> Result {
        self.number_annotations(&module.body);
        if let Some(code) = self.body_annotations(NOWHERE, &module.body)? {
            let register = self.unit.take(1);
            self.put(NOWHERE, Opcode::BuildSet, register, self.unit.next, 0);
            self.store_global(NOWHERE, CONDITIONAL, register);
            self.make_function(NOWHERE, code, Defaults::NONE, None, register)?;
            self.store_global(NOWHERE, "__annotate__", register);
            self.unit.release(register);
        }
        Ok(())
    }

    /// Gives a number to each annotation of a class or module body that counts only once its statement has run.
    pub(super) fn number_annotations(&mut self, body: &[Stmt]) {
        let mut annotated = Vec::new();
        collect(body, self.unit.kind == ScopeKind::Module, &mut annotated);
        let places = annotated.iter().filter(|found| found.conditional).map(|found| found.annotation.span.start);
        self.unit.conditional = places.zip(0..).collect();
    }

    /// Notes that the statement of this annotation has run, if that matters.
    pub(super) fn note_annotation(&mut self, annotation: &Expr) {
        let (span, place) = (annotation.span, annotation.span.start);
        let Some(&number) = self.unit.conditional.get(&place) else { return };
        let window = self.unit.take(3);
        self.load_conditional(span, window);
        let site = self.unit.site("add");
        self.put(span, Opcode::LoadMethod, window, window, site);
        self.load_const(span, window + 2, Const::Int(number));
        self.put(span, Opcode::CallMethod, window, 1, 0);
        self.unit.release(window);
    }

    /// R[into] = the set of the numbers of those annotations whose statements have run.
    fn load_conditional(&mut self, span: Span, into: Register) {
        let name = self.name_constant(CONDITIONAL);
        match (self.unit.own_cell(CONDITIONAL), self.unit.variable(CONDITIONAL)) {
            (Some(register), _) => self.put(span, Opcode::LoadDeref, into, register, name),
            (_, Some(Variable::Cell { register, .. })) => {
                self.put_x(span, Opcode::LoadDeref, 1, into, register, name);
            }
            _ => self.load_global(span, CONDITIONAL, into),
        }
    }

    fn annotations(&mut self, id: ScopeId, span: Span, annotations: Vec<(Rc<str>, &'a Expr)>) -> Result<Code> {
        let numbers = self.unit.conditional.clone();
        self.evaluator(id, "__annotate__".into(), span, |compiler| {
            if annotations.iter().any(|(_, annotation)| numbers.contains_key(&annotation.span.start)) {
                return compiler.conditional_annotations(span, annotations, &numbers);
            }
            let first = compiler.unit.next;
            let count = annotations.len() as u16 * 2;
            for (name, annotation) in annotations {
                let key = compiler.unit.take(1);
                compiler.load_const(annotation.span, key, Const::Str((*name).into()));
                compiler.annotation(annotation)?;
            }
            compiler.put(span, Opcode::BuildDict, first, first, count);
            Ok(first)
        })
    }

    /// The same for annotations of which some count only if their numbers are in the set.
    fn conditional_annotations(
        &mut self,
        span: Span,
        annotations: Vec<(Rc<str>, &'a Expr)>,
        numbers: &HashMap<u32, i64>,
    ) -> Result<Register> {
        let dict = self.unit.take(1);
        self.put(span, Opcode::BuildDict, dict, self.unit.next, 0);
        let set = self.unit.take(1);
        self.load_conditional(span, set);
        for (name, annotation) in annotations {
            let next = self.label();
            let key = self.unit.take(1);
            if let Some(&number) = numbers.get(&annotation.span.start) {
                self.load_const(annotation.span, key, Const::Int(number));
                self.put(annotation.span, Opcode::Contains, key, key, set);
                self.put_jump(annotation.span, Opcode::JumpIfFalse, key, 0, next);
            }
            self.load_const(annotation.span, key, Const::Str((*name).into()));
            let value = self.unit.next;
            self.annotation(annotation)?;
            self.put(annotation.span, Opcode::DictInsert, dict, key, value);
            self.bind(next);
            self.unit.release(key);
        }
        Ok(dict)
    }

    /// The code of a function that evaluates something in the format that it is called with; `body` tells where the result is.
    pub(super) fn evaluator(
        &mut self,
        id: ScopeId,
        name: Rc<str>,
        span: Span,
        body: impl FnOnce(&mut Self) -> Result<Register>,
    ) -> Result<Code> {
        let signature = Signature { positional: 1, positional_only: 1, ..Signature::default() };
        self.nested(id, name, span, signature, |compiler| {
            compiler.make_cells();
            compiler.reserve_windows();
            compiler.refuse_other_formats(span);
            let result = body(compiler)?;
            compiler.put(span, Opcode::Return, result, 0, 0);
            Ok(())
        })
    }

    /// Evaluates an annotation, or loads its text, to the next temporary.
    fn annotation(&mut self, annotation: &'a Expr) -> Result {
        if self.scopes.annotations_are_text {
            let register = self.unit.take(1);
            let text = unparse(annotation, &self.places);
            self.load_const(annotation.span, register, Const::Str(text.into()));
            return Ok(());
        }
        self.maybe_starred(annotation)?;
        Ok(())
    }

    /// Evaluates what may be `*value`, which stands for the only element of `value`, to the next temporary.
    pub(super) fn maybe_starred(&mut self, expr: &'a Expr) -> Result<Register> {
        let ExprKind::Starred { value } = &expr.kind else { return self.run([expr]) };
        let register = self.unit.take(1);
        self.into(value, register)?;
        self.put(expr.span, Opcode::UnpackSequence, register, 1, register);
        Ok(register)
    }

    /// `if format > 2: raise NotImplementedError`
    fn refuse_other_formats(&mut self, span: Span) {
        let supported = self.label();
        let highest = self.constant(Const::Int(HIGHEST_FORMAT));
        self.put_jump(span, Opcode::JumpNotGtK, 0, highest, supported);
        let error = self.unit.take(1);
        self.load_global(span, "NotImplementedError", error);
        self.put(span, Opcode::Raise, error, 0, 0);
        self.unit.release(error);
        self.bind(supported);
    }
}

/// The parameters in the order of `__annotations__`, which is CPython's and not quite that of the source.
fn in_annotation_order(args: &Arguments) -> impl Iterator<Item = &Arg> {
    let positional = args.args.iter().chain(&args.posonlyargs).map(|parameter| &parameter.arg);
    let keyword_only = args.kwonlyargs.iter().map(|parameter| &parameter.arg);
    positional.chain(&args.vararg).chain(keyword_only).chain(&args.kwarg)
}

/// An annotation of a variable.
struct Annotated<'a> {
    name: &'a Rc<str>,
    annotation: &'a Expr,
    /// It counts only once its statement has run.
    conditional: bool,
}

/// Gathers the annotated names of a body, also those in its compound statements.
fn collect<'a>(body: &'a [Stmt], conditional: bool, annotated: &mut Vec<Annotated<'a>>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::AnnAssign { target, annotation, simple: true, .. } => {
                if let ExprKind::Name(name) = &target.kind {
                    annotated.push(Annotated { name, annotation, conditional });
                }
            }
            StmtKind::If { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::For { body, orelse, .. } => {
                collect(body, true, annotated);
                collect(orelse, true, annotated);
            }
            StmtKind::With { body, .. } => collect(body, true, annotated),
            StmtKind::Match { cases, .. } => cases.iter().for_each(|case| collect(&case.body, true, annotated)),
            StmtKind::Try { body, handlers, orelse, finalbody, .. } => {
                collect(body, true, annotated);
                handlers.iter().for_each(|handler| collect(&handler.body, true, annotated));
                collect(orelse, true, annotated);
                collect(finalbody, true, annotated);
            }
            _ => {}
        }
    }
}
