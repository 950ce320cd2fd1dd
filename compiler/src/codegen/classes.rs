//! Class statements.

use super::functions::Defaults;
use super::unit::{NAMESPACE, Register, Variable};
use super::{Compiler, NOWHERE, Result, Signature, calls, docstring};
use crate::ast::*;
use crate::code::{Code, CodeFlags, Const};
use crate::opcode::{Common, Opcode};
use crate::scope::{CONDITIONAL, TYPE_PARAMS};
use crate::source::Span;
use std::collections::BTreeSet;

impl<'a> Compiler<'a> {
    pub(super) fn class_def(&mut self, stmt: &'a Stmt, def: &'a ClassDef) -> Result {
        calls::check_keywords(&def.keywords)?;
        let decorators = self.decorators(&def.decorator_list)?;
        let window = self.unit.take(1);
        match &def.type_params[..] {
            [] => self.class(stmt, def, None, window)?,
            parameters => self.generic_class(stmt, def, parameters, window)?,
        }
        let result = self.decorate(&def.decorator_list, decorators, window);
        self.store_name(def.name.span, &def.name.name, result)
    }

    /// R[window] = the class of a statement, without its decorators. R[generic] is its last base, if it has type parameters.
    pub(super) fn class(
        &mut self,
        stmt: &'a Stmt,
        def: &'a ClassDef,
        generic: Option<Register>,
        window: Register,
    ) -> Result {
        let span = stmt.span;
        self.load_common(span, window, Common::BuildClass);
        let code = self.class_code(stmt, def)?;
        let function = self.unit.take(1);
        self.make_function(span, code, Defaults::NONE, None, function)?;
        let name = self.unit.take(1);
        self.load_const(span, name, Const::Str((*def.name.name).into()));
        if generic.is_some() || calls::unpacks(&def.bases, &def.keywords) {
            self.put(span, Opcode::BuildList, function, function, 2);
            self.unit.release(name);
            self.add_in_steps(&def.bases, function, Opcode::ListAppend, Opcode::ListExtend)?;
            if let Some(generic) = generic {
                self.put(span, Opcode::ListAppend, function, generic, 0);
            }
            self.put(span, Opcode::ListToTuple, function, function, 0);
            self.keyword_arguments(span, &def.keywords, window)?;
            self.put(span, Opcode::CallEx, window, 0, 0);
        } else {
            self.arguments(span, 2, &def.bases, &def.keywords, window, [Opcode::Call, Opcode::CallKw])?;
        }
        self.unit.release(window + 1);
        Ok(())
    }

    fn class_code(&mut self, stmt: &'a Stmt, def: &'a ClassDef) -> Result<Code> {
        let id = self.scopes.body_at(stmt.span);
        let flags = CodeFlags { class_body: true, ..CodeFlags::default() };
        let signature = Signature { positional: 1, flags, ..Signature::default() };
        let begin = def.decorator_list.first().map_or(stmt.span, |decorator| decorator.span);
        self.static_attributes.push(BTreeSet::new());
        let code = self.nested(id, def.name.name.clone(), begin, signature, |compiler| {
            compiler.class_body(stmt.span, def, begin)
        })?;
        Ok(code)
    }

    fn class_body(&mut self, span: Span, def: &'a ClassDef, begin: Span) -> Result {
        self.make_class_cells(&def.body);
        self.reserve_windows();
        let scratch = self.unit.take(1);
        self.load_global(NOWHERE, "__name__", scratch);
        self.store_in_namespace(NOWHERE, "__module__", scratch);
        let qualname = Const::Str(self.unit.qualname.clone().into());
        self.load_const(NOWHERE, scratch, qualname);
        self.store_in_namespace(NOWHERE, "__qualname__", scratch);
        let line = Const::Int(self.places.line(begin.start).into());
        self.load_const(NOWHERE, scratch, line);
        self.store_in_namespace(NOWHERE, "__firstlineno__", scratch);
        if !def.type_params.is_empty()
            && let Some(Variable::Cell { register, .. }) = self.unit.variable(TYPE_PARAMS)
        {
            let name = self.name_constant(TYPE_PARAMS);
            self.put_x(NOWHERE, Opcode::LoadDeref, 1, scratch, register, name);
            self.store_in_namespace(NOWHERE, "__type_params__", scratch);
        }
        if self.keeps_docstrings()
            && let Some((doc, span)) = docstring::of_body(&def.body)
        {
            self.load_const(span, scratch, Const::Str(doc));
            self.store_in_namespace(span, "__doc__", scratch);
        }
        self.unit.release(scratch);

        self.body(docstring::without(&def.body))?;

        let scratch = self.unit.take(1);
        if let Some(code) = self.body_annotations(span, &def.body)? {
            self.make_function(NOWHERE, code, Defaults::NONE, None, scratch)?;
            self.store_in_namespace(NOWHERE, "__annotate_func__", scratch);
        }
        let attributes = self.static_attributes.pop().expect("pushed when the class began");
        let attributes = attributes.iter().map(|name| Const::Str((**name).into())).collect();
        self.load_const(NOWHERE, scratch, Const::Tuple(attributes));
        self.store_in_namespace(NOWHERE, "__static_attributes__", scratch);
        for (cell, name) in [("__class__", "__classcell__"), ("__classdict__", "__classdictcell__")] {
            if let Some(register) = self.unit.own_cell(cell) {
                self.store_in_namespace(NOWHERE, name, register);
            }
        }
        Ok(())
    }

    /// The cell of the class, which is filled once it exists, that of its name space, and that of the annotations that count.
    fn make_class_cells(&mut self, body: &[Stmt]) {
        if let Some(register) = self.unit.own_cell("__class__") {
            self.put(NOWHERE, Opcode::MakeCell, register, 0, 0);
        }
        if let Some(register) = self.unit.own_cell("__classdict__") {
            self.put(NOWHERE, Opcode::Move, register, NAMESPACE, 0);
            self.put(NOWHERE, Opcode::MakeCell, register, 0, 0);
        }
        if let Some(register) = self.unit.own_cell(CONDITIONAL) {
            self.number_annotations(body);
            self.put(NOWHERE, Opcode::BuildSet, register, self.unit.next, 0);
            self.put(NOWHERE, Opcode::MakeCell, register, 0, 0);
        }
    }
}
