//! Code generation: from the tree to register bytecode.
//!
//! An expression is compiled *into* a register that its consumer chose, or *anywhere*: then a local variable is used where it
//! lives and everything else goes to a temporary. Temporaries are a stack above the variables, so the operands of a call lie
//! side by side without being moved.
//!
//! What keeps this right:
//! 1. A variable's register is written only once the whole value is known: a handler may look at the variable after an
//!    exception, and the value's own expression may read it. Values that are built in steps are built in a temporary.
//! 2. An operand that is used in place is read when the instruction runs. Only an assignment expression can change it before
//!    that, so a variable that is the target of one is copied where further operands follow (`Uses::walrus`).
//! 3. Registers below `Unit::next` hold values that are still needed; those above may be overwritten at any time.
//! 4. Code for leaving blocks (`finally` bodies, `__exit__` calls) is compiled anew at each exit, with the regions of the
//!    blocks already left suspended: see [`blocks`].

mod annotations;
mod assignment;
mod asynchronous;
mod blocks;
mod calls;
mod classes;
mod compare;
mod comprehensions;
mod constants;
mod displays;
mod docstring;
mod emitter;
mod exceptions;
mod expressions;
mod fold;
mod fstrings;
mod functions;
mod future;
mod generics;
mod imports;
mod jumps;
mod layout;
mod loops;
mod names;
mod operators;
mod patterns;
mod places;
mod statements;
mod targets;
mod templates;
mod unit;
mod warnings;
mod with;

use crate::ast::{Expr, Module};
use crate::code::{Code, CodeFlags, Const, Position};
use crate::opcode::{Instr, Opcode};
use crate::scope::{MODULE, ScopeId, ScopeKind, ScopeTree};
use crate::source::{Span, SyntaxError, SyntaxWarning};
pub(crate) use constants::literal;
use emitter::Label;
pub(crate) use places::Places;
pub use places::{Listed, Place};
use std::collections::BTreeSet;
use std::rc::Rc;
use unit::Unit;

type Result<T = ()> = std::result::Result<T, SyntaxError>;

/// The span of instructions that stand for nothing in the source; tracebacks show no carets for them.
const NOWHERE: Span = Span::new(u32::MAX, u32::MAX);

/// Compiles a module; one that is interactive shows the values of its expressions.
pub(crate) fn module(places: Places<'_>, module: &Module, options: Options) -> Result<(Code, Vec<SyntaxWarning>)> {
    let future = future::read(module)?;
    let annotations_are_text = future.annotations_are_text || options.annotations_are_text;
    let scopes = ScopeTree::of_module(module, annotations_are_text)?;
    let mut compiler = Compiler::new(places, scopes);
    compiler.future_end = future.end;
    compiler.interactive = options.interactive;
    compiler.optimize = options.optimize;
    compiler.module(module)?;
    compiler.finish_outermost()
}

/// Whether the future statements of a module ask for annotations that are kept as text.
pub(crate) fn annotations_are_text(module: &Module) -> Result<bool> {
    Ok(future::read(module)?.annotations_are_text)
}

/// Compiles a single expression, whose value the code returns.
pub(crate) fn expression(
    places: Places<'_>,
    expression: &Expr,
    options: Options,
) -> Result<(Code, Vec<SyntaxWarning>)> {
    let scopes = ScopeTree::of_expression(expression)?;
    let mut compiler = Compiler::new(places, scopes);
    compiler.optimize = options.optimize;
    compiler.reserve_windows();
    compiler.return_value(expression.span, expression)?;
    compiler.finish_outermost()
}

/// What the language leaves out so far.
fn unsupported<T>(what: &str, span: Span) -> Result<T> {
    Err(SyntaxError::new(format!("not supported by Argil yet: {what}"), span))
}

/// The scope that what is defined in scope `id` belongs to by name: that around a generic definition stands for that of its
/// type parameters.
fn beyond_type_parameters(scopes: &ScopeTree, id: ScopeId) -> ScopeId {
    let scope = scopes.scope(id);
    match scope.parent {
        Some(parent) if scope.kind == ScopeKind::TypeParameters => parent,
        _ => id,
    }
}

/// How a finished unit presents itself to callers.
#[derive(Debug, Default)]
struct Signature {
    positional: usize,
    positional_only: usize,
    keyword_only: usize,
    flags: CodeFlags,
    doc: Option<Box<str>>,
}

/// How a module is compiled.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Options {
    /// The values of its expressions are shown.
    pub interactive: bool,
    /// As if it began with `from __future__ import annotations`.
    pub annotations_are_text: bool,
    /// From 1 on there are no assertions, from 2 on no docstrings.
    pub optimize: u8,
}

struct Compiler<'a> {
    places: Places<'a>,
    scopes: ScopeTree,
    /// The code object under construction; those around it are held by the functions that compile inner ones.
    unit: Unit<'a>,
    /// For each class around, the attributes that its methods assign to `self`.
    static_attributes: Vec<BTreeSet<Rc<str>>>,
    /// Where the module's last future statement ends.
    future_end: u32,
    /// The values of the module's expressions are shown.
    interactive: bool,
    /// From 1 on there are no assertions, from 2 on no docstrings.
    optimize: u8,
    warnings: Vec<SyntaxWarning>,
}

impl<'a> Compiler<'a> {
    fn new(places: Places<'a>, scopes: ScopeTree) -> Self {
        let unit = Unit::new(MODULE, scopes.scope(MODULE), "<module>".into(), "<module>".into());
        Self {
            places,
            scopes,
            unit,
            static_attributes: Vec::new(),
            future_end: 0,
            interactive: false,
            optimize: 0,
            warnings: Vec::new(),
        }
    }

    /// The value of an expression, if it is constant.
    fn fold(&self, expr: &Expr) -> Option<Const> {
        fold::fold(expr, self.optimize == 0)
    }

    fn keeps_docstrings(&self) -> bool {
        self.optimize < 2
    }

    fn module(&mut self, module: &'a Module) -> Result {
        self.reserve_windows();
        let doc = if self.interactive { None } else { docstring::of_body(&module.body) };
        let body = if doc.is_some() { &module.body[1..] } else { &module.body };
        if let Some((doc, span)) = doc.filter(|_| self.keeps_docstrings()) {
            let register = self.unit.take(1);
            self.load_const(span, register, Const::Str(doc));
            self.store_global(span, "__doc__", register);
            self.unit.release(register);
        }
        self.module_annotations(module)?;
        self.body(body)
    }

    fn finish_outermost(mut self) -> Result<(Code, Vec<SyntaxWarning>)> {
        let scope = self.scopes.scope(MODULE);
        let nothing = Unit::new(MODULE, scope, "".into(), String::new());
        let unit = std::mem::replace(&mut self.unit, nothing);
        let code = self.finish(unit, Signature::default(), Span::default())?;
        Ok((code, self.warnings))
    }

    /// Compiles the body of scope `id` with `compile` as a unit of its own.
    fn nested(
        &mut self,
        id: ScopeId,
        name: Rc<str>,
        span: Span,
        signature: Signature,
        compile: impl FnOnce(&mut Self) -> Result,
    ) -> Result<Code> {
        let qualname = self.qualname_of(&name);
        let mut unit = Unit::new(id, self.scopes.scope(id), name, qualname);
        if unit.kind == ScopeKind::TypeParameters {
            unit.prefix.clone_from(&self.unit.prefix);
        }
        let outer = std::mem::replace(&mut self.unit, unit);
        compile(self)?;
        let unit = std::mem::replace(&mut self.unit, outer);
        self.finish(unit, signature, span)
    }

    /// The qualified name of what is called `name` and defined here.
    fn qualname_of(&self, name: &Rc<str>) -> String {
        let unit = &self.unit;
        let scope = self.scopes.scope(beyond_type_parameters(&self.scopes, unit.scope));
        let mangled = scope.privacy.mangle(name);
        match scope.symbol(&mangled).is_some_and(|symbol| symbol.uses.global) {
            true => name.to_string(),
            false => format!("{}{name}", unit.prefix),
        }
    }

    fn finish(&self, mut unit: Unit<'a>, signature: Signature, span: Span) -> Result<Code> {
        if unit.emitter.reachable() {
            unit.emitter.push(Instr::new(Opcode::ReturnNone, 0, 0, 0, 0), NOWHERE);
        }
        if unit.too_large {
            let message = format!("'{}' has too many variables, names or constants for one code object", unit.name);
            return Err(SyntaxError::new(message, span));
        }
        let finished = unit.emitter.finish();
        let nested = match self.scopes.scope(unit.scope).parent {
            Some(parent) => self.scopes.scope(beyond_type_parameters(&self.scopes, parent)).kind == ScopeKind::Function,
            None => false,
        };
        Ok(Code {
            name: (&*unit.name).into(),
            qualname: unit.qualname.into(),
            doc: signature.doc,
            flags: CodeFlags { nested, ..signature.flags },
            positional: signature.positional as u16,
            positional_only: signature.positional_only as u16,
            keyword_only: signature.keyword_only as u16,
            locals: unit.locals.iter().map(|name| (&**name).into()).collect(),
            free: unit.free.iter().map(|name| (&**name).into()).collect(),
            registers: unit.registers,
            instrs: finished.instrs,
            consts: unit.pool.consts,
            sites: unit.sites,
            handlers: finished.handlers,
            positions: self.positions(&finished.spans),
            first_line: self.places.line(span.start),
        })
    }

    /// Lines and columns of `spans`.
    fn positions(&self, spans: &[Span]) -> Vec<Position> {
        let mut last = (NOWHERE, Position::default());
        spans
            .iter()
            .map(|&span| {
                if span != last.0 {
                    last = (span, self.position(span));
                }
                last.1
            })
            .collect()
    }

    fn position(&self, span: Span) -> Position {
        if span == NOWHERE {
            return Position::default();
        }
        self.places.position(span)
    }

    /// Appends an instruction.
    fn put(&mut self, span: Span, op: Opcode, a: u16, b: u16, c: u16) {
        self.put_x(span, op, 0, a, b, c);
    }

    /// Appends an instruction with field `x`.
    fn put_x(&mut self, span: Span, op: Opcode, x: u8, a: u16, b: u16, c: u16) {
        self.unit.emitter.push(Instr::new(op, x, a, b, c), span);
    }

    /// Appends an instruction that jumps to `target`.
    fn put_jump(&mut self, span: Span, op: Opcode, a: u16, b: u16, target: Label) {
        self.unit.emitter.push_jump(Instr::new(op, 0, a, b, 0), target, span);
    }

    fn jump(&mut self, span: Span, target: Label) {
        self.put_jump(span, Opcode::Jump, 0, 0, target);
    }

    fn label(&mut self) -> Label {
        self.unit.emitter.label()
    }

    fn bind(&mut self, label: Label) {
        self.unit.emitter.bind(label);
    }

    /// The index of `constant`.
    fn constant(&mut self, constant: Const) -> u16 {
        if !self.unit.emitter.reachable() {
            return 0;
        }
        self.unit.pool.index_of(constant).unwrap_or_else(|| {
            self.unit.too_large = true;
            0
        })
    }

    /// The index of the name `name` as a constant.
    fn name_constant(&mut self, name: &str) -> u16 {
        self.constant(Const::Str(name.into()))
    }
}
