//! Functions: defined in the language, defined in Rust, and bound to their first argument.

pub mod make;
pub mod methods;
pub mod native;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::types::code::CodeObject;
use crate::types::dict::Dict;
use crate::types::function::native::NativeDef;
use crate::value::Value;

/// A function defined in the language.
#[repr(C)]
pub struct Function {
    header: Header,
    /// Its code.
    pub code: Field,
    /// The tuple of defaults, or unset.
    pub defaults: Field,
    /// The dict of keyword-only defaults, or unset.
    pub kw_defaults: Field,
    /// The tuple of cells, or unset.
    pub closure: Field,
    /// `__name__`, if it was assigned.
    pub name: Field,
    /// `__qualname__`, if it was assigned.
    pub qualname: Field,
    /// `__doc__`, if it was assigned.
    pub doc: Field,
    /// The function that computes `__annotations__`, or unset.
    pub annotate: Field,
    /// The tuple of its type parameters, or unset.
    pub type_params: Field,
    /// The dict of its attributes, or unset.
    pub attrs: Field,
}

// SAFETY: `repr(C)` with the header first; only `Function::alloc` makes objects of this kind.
unsafe impl HeapType for Function {
    const KIND: Kind = Kind::Function;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [
            &self.code,
            &self.defaults,
            &self.kw_defaults,
            &self.closure,
            &self.name,
            &self.qualname,
            &self.doc,
            &self.annotate,
            &self.type_params,
            &self.attrs,
        ] {
            tracer.field(field);
        }
    }
}

impl Function {
    /// A function of this code.
    pub fn alloc<'h>(cx: &'h Ctx, code: &'h CodeObject) -> &'h Function {
        cx.alloc(Builtin::Function, |header| Function {
            header,
            code: Field::new(Value::of(code)),
            defaults: Field::unset(),
            kw_defaults: Field::unset(),
            closure: Field::unset(),
            name: Field::unset(),
            qualname: Field::unset(),
            doc: Field::unset(),
            annotate: Field::unset(),
            type_params: Field::unset(),
            attrs: Field::unset(),
        })
    }

    /// The code.
    #[inline(always)]
    pub fn code<'h>(&'h self, cx: &'h Ctx) -> &'h CodeObject {
        self.code.get(cx).and_then(Value::cast::<CodeObject>).expect("a function has code")
    }

    /// The dict of its attributes; made if it is wanted and there is none.
    pub fn own_dict<'h>(&'h self, cx: &'h Ctx, make: bool) -> Option<&'h Dict> {
        let attrs = || self.attrs.get(cx).and_then(Value::cast::<Dict>);
        if attrs().is_none() && make {
            let dict = Dict::alloc(cx);
            let guard = self.header.write(cx);
            if attrs().is_none() {
                guard.set(&self.attrs, Value::of(dict));
            }
        }
        attrs()
    }

    /// `__name__`.
    pub fn name<'h>(&'h self, cx: &'h Ctx) -> &'h str {
        self.name.get(cx).and_then(Value::as_str).unwrap_or_else(|| &self.code(cx).source().name)
    }

    /// `__qualname__`.
    pub fn qualname<'h>(&'h self, cx: &'h Ctx) -> &'h str {
        self.qualname.get(cx).and_then(Value::as_str).unwrap_or_else(|| &self.code(cx).source().qualname)
    }
}

/// A function defined in Rust, as one interpreter sees it.
#[repr(C)]
pub struct NativeFunction {
    header: Header,
    /// Its definition.
    pub def: &'static NativeDef,
    /// The class it is a method of, or the module it is in, or unset.
    pub owner: Field,
}

// SAFETY: `repr(C)` with the header first; only `NativeFunction::alloc` makes objects of this kind.
unsafe impl HeapType for NativeFunction {
    const KIND: Kind = Kind::NativeFunction;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.owner);
    }
}

impl NativeFunction {
    /// A function of this definition; `Builtin::MethodDescriptor` if it is a method, else `Builtin::NativeFunction`.
    pub fn alloc<'h>(cx: &'h Ctx, class: Builtin, def: &'static NativeDef, owner: Option<Value<'h>>) -> Value<'h> {
        let owner = owner.map_or(Field::unset(), Field::new);
        Value::of(cx.alloc(class, |header| NativeFunction { header, def, owner }))
    }
}

/// A function and its first argument.
#[repr(C)]
pub struct BoundMethod {
    header: Header,
    /// What is called.
    pub function: Field,
    /// The first argument.
    pub receiver: Field,
}

// SAFETY: `repr(C)` with the header first; only `BoundMethod::alloc` makes objects of this kind.
unsafe impl HeapType for BoundMethod {
    const KIND: Kind = Kind::BoundMethod;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.function);
        tracer.field(&self.receiver);
    }
}

impl BoundMethod {
    /// Binds a function to its first argument.
    pub fn alloc<'h>(cx: &'h Ctx, function: Value<'h>, receiver: Value<'h>) -> Value<'h> {
        let class =
            if function.kind() == Some(Kind::NativeFunction) { Builtin::NativeFunction } else { Builtin::Method };
        Value::of(cx.alloc(class, |header| BoundMethod {
            header,
            function: Field::new(function),
            receiver: Field::new(receiver),
        }))
    }
}

/// Whether a value can be called: a function, a class, or an instance whose class has `__call__`.
pub fn is_callable(cx: &Ctx, value: Value<'_>) -> bool {
    use Kind::{BoundMethod, Class, Function, NativeFunction};
    matches!(value.kind(), Some(Function | NativeFunction | BoundMethod | Class))
        || cx.class_of(value).special(cx, crate::names::Name::__call__).is_some()
}

/// Whether a class attribute is a function that takes the instance as its first argument.
pub(crate) fn is_method(value: Value<'_>) -> bool {
    value.header().is_some_and(|header| match header.kind() {
        Kind::Function => true,
        Kind::NativeFunction => header.shape() == Builtin::MethodDescriptor.shape(),
        _ => false,
    })
}
