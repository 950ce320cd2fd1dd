//! Annotations (PEP 649): compiled to a function that evaluates them when asked, or gives their text under
//! `from __future__ import annotations`.

use super::functions::Defaults;
use super::unit::Register;
use super::{Compiler, NOWHERE, Result, Signature};
use crate::ast::*;
use crate::code::{Code, Const};
use crate::opcode::Opcode;
use crate::scope::ScopeId;
use crate::source::Span;
use std::rc::Rc;

/// The highest format that the function itself supports: `VALUE_WITH_FAKE_GLOBALS`.
const HIGHEST_FORMAT: i64 = 2;

impl<'a> Compiler<'a> {
    /// The code that gives the annotations of the function defined at `span`, if it has any.
    pub(super) fn function_annotations(
        &mut self,
        span: Span,
        args: &'a Arguments,
        returns: Option<&'a Expr>,
    ) -> Result<Option<Code>> {
        let Some(id) = self.scopes.annotations_at(span) else { return Ok(None) };
        let mut annotations: Vec<(Rc<str>, &'a Expr)> = in_annotation_order(args)
            .filter_map(|arg| Some((self.mangled(&arg.name.name), arg.annotation.as_deref()?)))
            .collect();
        annotations.extend(returns.map(|returns| ("return".into(), returns)));
        self.annotations(id, span, annotations).map(Some)
    }

    /// The code that gives the annotations of variables in the class or module body that begins at `span`, if it has any.
    pub(super) fn body_annotations(&mut self, span: Span, body: &'a [Stmt]) -> Result<Option<Code>> {
        let Some(id) = self.scopes.annotations_at(span) else { return Ok(None) };
        let mut annotated = Vec::new();
        collect(body, &mut annotated);
        let annotations = annotated.into_iter().map(|(name, annotation)| (self.mangled(name), annotation)).collect();
        self.annotations(id, span, annotations).map(Some)
    }

    /// Stores the function for the module's annotations, before its statements run.
    pub(super) fn module_annotations(&mut self, module: &'a Module) -> Result {
        if let Some(code) = self.body_annotations(NOWHERE, &module.body)? {
            let register = self.unit.take(1);
            self.make_function(NOWHERE, code, Defaults::NONE, None, register)?;
            self.store_global(NOWHERE, "__annotate__", register);
            self.unit.release(register);
        }
        Ok(())
    }

    fn annotations(&mut self, id: ScopeId, span: Span, annotations: Vec<(Rc<str>, &'a Expr)>) -> Result<Code> {
        self.evaluator(id, "__annotate__".into(), span, |compiler| {
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
            let text = self.source.get(annotation.span.range()).unwrap_or_default();
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

/// Gathers the annotated names of a body, also those in its compound statements.
fn collect<'a>(body: &'a [Stmt], annotated: &mut Vec<(&'a Rc<str>, &'a Expr)>) {
    for stmt in body {
        match &stmt.kind {
            StmtKind::AnnAssign { target, annotation, simple: true, .. } => {
                if let ExprKind::Name(name) = &target.kind {
                    annotated.push((name, annotation));
                }
            }
            StmtKind::If { body, orelse, .. }
            | StmtKind::While { body, orelse, .. }
            | StmtKind::For { body, orelse, .. } => {
                collect(body, annotated);
                collect(orelse, annotated);
            }
            StmtKind::With { body, .. } => collect(body, annotated),
            StmtKind::Try { body, handlers, orelse, finalbody, .. } => {
                collect(body, annotated);
                handlers.iter().for_each(|handler| collect(&handler.body, annotated));
                collect(orelse, annotated);
                collect(finalbody, annotated);
            }
            _ => {}
        }
    }
}
