//! Functions, methods, and what functions are made of: cells and code.

use std::sync::Arc;

use super::Tag;
use super::decode::{Builder, Node, store};
use super::encode::{Encoder, Globals};
use super::wire::{Malformed, Read, Reader, Writer};
use crate::builtin::Builtin;
use crate::object::{Field, HeapType, Kind};
use crate::types::cell::Cell;
use crate::types::class::Class;
use crate::types::code::{CodeObject, SourceFile};
use crate::types::descriptor::{ClassMethod, StaticMethod};
use crate::types::dict::Dict;
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::module::Module;
use crate::types::tuple::Tuple;
use crate::value::Value;
use argil_compiler::code::{Code, Const};
use argil_compiler::marshal;
use argil_compiler::opcode::Opcode;

/// The fields of a function, in the order of its references.
fn fields(f: &Function) -> [&Field; 10] {
    [
        &f.code,
        &f.defaults,
        &f.kw_defaults,
        &f.closure,
        &f.name,
        &f.qualname,
        &f.doc,
        &f.annotate,
        &f.type_params,
        &f.attrs,
    ]
}

impl<'h> Encoder<'h, '_> {
    pub(super) fn callable(&mut self, value: Value<'h>) {
        if let Some(function) = value.cast::<Function>() {
            let refs = self.fields(&fields(function));
            let id = self.cx.interp().processes().homes.id_of(self.cx, value);
            self.put(Tag::Function, |out| id.write(out), &refs, None);
        } else if let Some(function) = value.cast::<NativeFunction>() {
            let owner = self.field(&function.owner);
            let name = function.def.name();
            self.put(Tag::NativeFunction, |out| out.0.extend(name.as_bytes()), &[owner], None);
        } else if let Some(method) = value.cast::<BoundMethod>() {
            let refs = self.fields(&[&method.function, &method.receiver]);
            self.put(Tag::BoundMethod, |_| (), &refs, None);
        } else if let Some(cell) = value.cast::<Cell>() {
            let refs = self.fields(&[&cell.value]);
            self.put(Tag::Cell, |_| (), &refs, None);
        } else if let Some(object) = value.cast::<CodeObject>() {
            self.code(object);
        }
    }

    fn code(&mut self, object: &'h CodeObject) {
        let space = object.globals.get(self.cx);
        let globals = self.optional(space);
        if let Some(known) = self.globals_of(globals) {
            global_names(object.source(), &mut known.wanted);
        } else if let (super::wire::Ref::Node(number), Some(space)) = (globals, space)
            && self.is_shipped_globals(space)
        {
            let mut new = Globals::new(number);
            global_names(object.source(), &mut new.wanted);
            self.walk.globals.push(new);
        }
        let mut source = Writer::default();
        marshal::write(&mut source, object.source());
        let scalars = |out: &mut Writer| {
            out.bytes(&source.0);
            out.text(&object.file().name);
            out.byte(object.file().text.is_some().into());
            out.text(object.file().text.as_deref().unwrap_or_default());
        };
        self.put(Tag::Code, scalars, &[globals], None);
    }

    /// What must exist before a function, code, or a module can.
    pub(super) fn origin(&self, value: Value<'h>) -> Option<Value<'h>> {
        let cx = self.cx;
        if let Some(function) = value.cast::<Function>() {
            return function.code.get(cx);
        }
        if let Some(code) = value.cast::<CodeObject>() {
            return code.globals.get(cx);
        }
        match value.cast::<NativeFunction>() {
            Some(function) => function.owner.get(cx),
            None => value.cast::<Module>().map(|module| Value::of(module.names(cx))),
        }
    }
}

/// The names that code, and the code inside it, looks up or changes among the globals.
fn global_names(code: &Code, names: &mut Vec<Box<str>>) {
    for instr in &code.instrs {
        let site = match instr.opcode() {
            Some(Opcode::LoadGlobal | Opcode::StoreGlobal | Opcode::DeleteGlobal) => instr.b(),
            Some(Opcode::LoadName) => instr.c(),
            _ => continue,
        };
        names.extend(code.sites.get(usize::from(site)).cloned());
    }
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            global_names(inner, names);
        }
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_callable(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let (cx, mut scalars) = (self.cx, Reader(node.scalars));
        Ok(match node.tag {
            Tag::Function => Value::of(Function::alloc(cx, self.first::<CodeObject>(node)?)),
            Tag::NativeFunction => return self.native_function(scalars.rest_text()?, node),
            // The function decides the class of the method, which is set when it is there.
            Tag::BoundMethod => BoundMethod::alloc(cx, Value::NONE, Value::NONE),
            Tag::Cell => Value::of(Cell::alloc(cx)),
            _ => {
                let code = marshal::read(&mut Reader(scalars.bytes()?))?;
                let (name, has_text, text) = (scalars.text()?, scalars.byte()? != 0, scalars.text()?);
                let file = SourceFile { name: name.to_owned(), text: has_text.then(|| text.to_owned()) };
                Value::of(CodeObject::load(cx, code, &Arc::new(file), self.first::<Dict>(node)?))
            }
        })
    }

    fn native_function(&self, name: &str, node: &Node<'_>) -> Read<Value<'h>> {
        let cx = self.cx;
        let name = cx.intern(name);
        let names = match node.refs.first().and_then(|owner| self.value(*owner)) {
            Some(owner) => match (owner.cast::<Class>(), owner.cast::<Module>()) {
                (Some(class), _) => class.names(cx),
                (_, Some(module)) => module.names(cx),
                _ => return Err(Malformed),
            },
            None => cx.interp().builtins(cx).names(cx),
        };
        let found = names.get_name(cx, name).ok_or(Malformed)?;
        let inner = found.native::<StaticMethod>().map(|method| &method.callable);
        let inner = inner.or_else(|| found.native::<ClassMethod>().map(|method| &method.callable));
        let found = inner.and_then(|callable| callable.get(cx)).unwrap_or(found);
        found.cast::<NativeFunction>().map(Value::of).ok_or(Malformed)
    }

    pub(super) fn put_callable(&self, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        if let Some(function) = object.cast::<Function>() {
            // It was made with its code.
            if place > 0 {
                store(&fields(function), place, value);
            }
        } else if let Some(method) = object.cast::<BoundMethod>() {
            store(&[&method.function, &method.receiver], place, value);
            if place == 0 && value.kind() == Some(Kind::NativeFunction) {
                method.header().set_shape(Builtin::NativeFunction.shape());
            }
        } else {
            store(&[&object.cast::<Cell>().ok_or(Malformed)?.value], place, value);
        }
        Ok(())
    }

    /// Checks what a call of a function relies on.
    pub(super) fn check_function(&self, function: Value<'h>) -> Read<()> {
        let (cx, function) = (self.cx, function.cast::<Function>().ok_or(Malformed)?);
        let free = function.code(cx).source().free.len();
        let closure = function.closure.get(cx).map_or(Some(0), |closure| {
            let cells = closure.cast::<Tuple>()?;
            cells.iter(cx).all(|cell| cell.cast::<Cell>().is_some()).then_some(cells.len())
        });
        let is = |field: &Field, kind: Kind| field.get(cx).is_none_or(|value| value.kind() == Some(kind));
        let sound = closure == Some(free)
            && is(&function.defaults, Kind::Tuple)
            && is(&function.kw_defaults, Kind::Dict)
            && is(&function.attrs, Kind::Dict);
        if sound { Ok(()) } else { Err(Malformed) }
    }
}
