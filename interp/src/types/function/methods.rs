//! What scripts see of functions and methods.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::NativeDef;
use crate::natives;
use crate::object::{Field, HeapType};
use crate::ops::attr;
use crate::types::class::Class;
use crate::types::code::CodeObject;
use crate::types::dict::Dict;
use crate::types::function::{BoundMethod, Function, NativeFunction, is_callable};
use crate::types::module::Module;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Stores what must be a string.
fn set_string<'h>(cx: &'h Ctx, owner: &'h Function, field: &Field, value: Option<Value<'h>>, what: &str) -> Res<()> {
    let Some(value) = value.filter(|value| value.as_str().is_some()) else {
        return Err(cx.type_error(format!("{what} must be set to a string object")));
    };
    field.set_in(cx, owner.header(), value);
    Ok(())
}

/// Stores what must be of a type, or None for nothing.
fn set_or_clear<'h>(
    cx: &'h Ctx,
    owner: &'h Function,
    field: &Field,
    value: Value<'h>,
    fits: bool,
    message: &str,
) -> Res<()> {
    match (value.is_none(), fits) {
        (true, _) => field.clear(&owner.header().write(cx)),
        (false, true) => field.set_in(cx, owner.header(), value),
        (false, false) => return Err(cx.type_error(message)),
    }
    Ok(())
}

fn function<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h Function> {
    value.cast::<Function>().ok_or_else(|| cx.type_error("descriptor requires a 'function' object"))
}

/// The name of the module that a function's globals belong to.
fn module_of<'h>(cx: &'h Ctx, function: &'h Function) -> Value<'h> {
    let globals = function.code(cx).globals.get(cx).and_then(Value::cast::<Dict>);
    globals.and_then(|names| names.get_name(cx, cx.name(Name::__name__))).unwrap_or(Value::NONE)
}

/// `__annotations__`: computed once, by the function that the compiler made for it.
fn annotations(cx: &mut Ctx, this: Slot) -> Res<Slot> {
    let key = cx.root(cx.name(Name::__annotations__));
    let annotate = {
        let function = function(cx, cx.get(this))?;
        if let Some(known) = function.own_dict(cx, false).and_then(|dict| dict.get_name(cx, cx.get(key))) {
            return Ok(cx.root(known));
        }
        function.annotate.get(cx).map(|annotate| cx.root(annotate))
    };
    let result = match annotate {
        Some(annotate) => {
            let format = cx.root(cx.int(1));
            cx.call(annotate, &[format])?
        }
        None => cx.root(Value::of(Dict::alloc(cx))),
    };
    let function = function(cx, cx.get(this))?;
    if let Some(dict) = function.own_dict(cx, true) {
        dict.set_name(cx, cx.get(key), cx.get(result));
    }
    Ok(result)
}

/// The annotations that were computed or assigned hold no longer.
fn forget_annotations(cx: &Ctx, function: &Function) {
    if let Some(dict) = function.own_dict(cx, false) {
        // A name is looked for without running script code.
        let _ = dict.remove(cx, cx.name(Name::__annotations__));
    }
}

natives! {
    /// Attributes of functions defined in the language.
    pub static FUNCTION = {
        /// The name.
        get fn __name__(cx; self_: &'h Function) -> String { Ok(self_.name(cx).to_owned()) }
        /// Changes the name.
        set fn __name__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            set_string(cx, self_, &self_.name, value, "__name__")
        }
        /// The dotted name.
        get fn __qualname__(cx; self_: &'h Function) -> String { Ok(self_.qualname(cx).to_owned()) }
        /// Changes the dotted name.
        set fn __qualname__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            set_string(cx, self_, &self_.qualname, value, "__qualname__")
        }
        /// The documentation.
        get fn __doc__(cx; self_: &'h Function) -> Value<'h> {
            match (self_.doc.get(cx), &self_.code(cx).source().doc) {
                (Some(doc), _) => Ok(doc),
                (None, Some(doc)) => Ok(cx.str(doc)),
                (None, None) => Ok(Value::NONE),
            }
        }
        /// Changes the documentation.
        set fn __doc__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            self_.doc.set_in(cx, self_.header(), value.unwrap_or(Value::NONE));
            Ok(())
        }
        /// The module that defines it.
        get fn __module__(cx; self_: &'h Function) -> Value<'h> {
            let own = self_.own_dict(cx, false).and_then(|dict| dict.get_name(cx, cx.name(Name::__module__)));
            Ok(own.unwrap_or_else(|| module_of(cx, self_)))
        }
        /// Changes the module.
        set fn __module__(cx; self_: &'h Function, value: Value<'h>) -> () {
            if let Some(dict) = self_.own_dict(cx, true) {
                dict.set_name(cx, cx.name(Name::__module__), value);
            }
            Ok(())
        }
        /// The code.
        get fn __code__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.code.get_or_none(cx)) }
        /// Changes the code.
        set fn __code__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            let value = value.unwrap_or(Value::NONE);
            let Some(code) = value.cast::<CodeObject>() else {
                return Err(cx.type_error("__code__ must be set to a code object"));
            };
            let (name, has, wants) = (self_.name(cx), self_.code(cx).source().free.len(), code.source().free.len());
            if has != wants {
                let message = format!("{name}() requires a code object with {has} free vars, not {wants}");
                return Err(cx.value_error(message));
            }
            self_.code.set_in(cx, self_.header(), value);
            Ok(())
        }
        /// The defaults of positional parameters.
        get fn __defaults__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.defaults.get_or_none(cx)) }
        /// Changes the defaults.
        set fn __defaults__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            let value = value.unwrap_or(Value::NONE);
            let fits = value.cast::<Tuple>().is_some();
            set_or_clear(cx, self_, &self_.defaults, value, fits, "__defaults__ must be set to a tuple object")
        }
        /// The defaults of keyword-only parameters.
        get fn __kwdefaults__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.kw_defaults.get_or_none(cx)) }
        /// Changes the defaults of keyword-only parameters.
        set fn __kwdefaults__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            let value = value.unwrap_or(Value::NONE);
            let fits = value.cast::<Dict>().is_some();
            set_or_clear(cx, self_, &self_.kw_defaults, value, fits, "__kwdefaults__ must be set to a dict object")
        }
        /// The cells of the free variables.
        get fn __closure__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.closure.get_or_none(cx)) }
        /// The name space of the module.
        get fn __globals__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.code(cx).globals.get_or_none(cx)) }
        /// The annotations.
        get call fn __annotations__(cx; self_: Slot) -> Slot { annotations(cx, self_) }
        /// Changes the annotations.
        set fn __annotations__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            if value.is_some_and(|value| value.cast::<Dict>().is_none()) {
                return Err(cx.type_error("__annotations__ must be set to a dict object"));
            }
            match value {
                Some(value) => {
                    if let Some(dict) = self_.own_dict(cx, true) {
                        dict.set_name(cx, cx.name(Name::__annotations__), value);
                    }
                }
                None => forget_annotations(cx, self_),
            }
            self_.annotate.clear(&self_.header().write(cx));
            Ok(())
        }
        /// The function that computes the annotations.
        get fn __annotate__(cx; self_: &'h Function) -> Value<'h> { Ok(self_.annotate.get_or_none(cx)) }
        /// Changes the function that computes the annotations.
        set fn __annotate__(cx; self_: &'h Function, value: Value<'h>) -> () {
            let fits = is_callable(cx, value);
            set_or_clear(cx, self_, &self_.annotate, value, fits, "__annotate__ must be callable or None")?;
            if fits {
                forget_annotations(cx, self_);
            }
            Ok(())
        }
        /// The type parameters.
        get fn __type_params__(cx; self_: &'h Function) -> Value<'h> {
            Ok(self_.type_params.get(cx).unwrap_or_else(|| cx.tuple(&[])))
        }
        /// Changes the type parameters.
        set fn __type_params__(cx; self_: &'h Function, value: Value<'h>) -> () {
            if value.cast::<Tuple>().is_none() {
                return Err(cx.type_error("__type_params__ must be set to a tuple"));
            }
            self_.type_params.set_in(cx, self_.header(), value);
            Ok(())
        }
        /// The attributes.
        get fn __dict__(cx; self_: &'h Function) -> Option<&'h Dict> { Ok(self_.own_dict(cx, true)) }
        /// Replaces the attributes.
        set fn __dict__(cx; self_: &'h Function, value: Option<Value<'h>> = None) -> () {
            match value {
                None => Err(cx.type_error("cannot delete __dict__")),
                Some(value) if value.cast::<Dict>().is_some() => {
                    self_.attrs.set_in(cx, self_.header(), value);
                    Ok(())
                }
                Some(value) => {
                    let got = cx.type_name(value);
                    Err(cx.type_error(format!("__dict__ must be set to a dictionary, not a '{got}'")))
                }
            }
        }
        /// Bind to an instance.
        fn __get__(cx; self_: Value<'h>, instance: Value<'h>, _owner: Option<Value<'h>> = None) -> Value<'h> {
            Ok(if instance.is_none() { self_ } else { BoundMethod::alloc(cx, self_, instance) })
        }
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            cx.call_kw(args.get(0), args.skip(1), names)
        }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h Function) -> String {
            let address = crate::ops::identity::identity(Value::of(self_));
            Ok(format!("<function {} at {address:#x}>", self_.qualname(cx)))
        }
    }
}

natives! {
    /// Attributes of bound methods.
    pub static METHOD = {
        /// Bind to an instance: a bound method stays what it is.
        fn __get__(cx; self_: Value<'h>, _instance: Value<'h>, _owner: Option<Value<'h>> = None) -> Value<'h> {
            let _ = cx;
            Ok(self_)
        }
        /// The instance.
        get fn __self__(cx; self_: &'h BoundMethod) -> Value<'h> { Ok(self_.receiver.get_or_none(cx)) }
        /// The function.
        get fn __func__(cx; self_: &'h BoundMethod) -> Value<'h> { Ok(self_.function.get_or_none(cx)) }
        /// The function's documentation.
        get call fn __doc__(cx; self_: Slot) -> Slot { of_function(cx, self_, Name::__doc__) }
        /// The function's name.
        get call fn __name__(cx; self_: Slot) -> Slot { of_function(cx, self_, Name::__name__) }
        /// The function's dotted name.
        get call fn __qualname__(cx; self_: Slot) -> Slot { of_function(cx, self_, Name::__qualname__) }
        /// The function's module.
        get call fn __module__(cx; self_: Slot) -> Slot { of_function(cx, self_, Name::__module__) }
        /// The function's own attributes.
        get call fn __dict__(cx; self_: Slot) -> Slot { of_function(cx, self_, Name::__dict__) }
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            cx.call_kw(args.get(0), args.skip(1), names)
        }
        /// Return self==value: whether function and instance are the same.
        fn __eq__(cx; self_: &'h BoundMethod, other: Value<'h>) -> Value<'h> {
            let Some(other) = other.cast::<BoundMethod>() else { return Ok(Value::NOT_IMPLEMENTED) };
            let same = |a: &Field, b: &Field| a.get(cx) == b.get(cx);
            Ok(Value::bool(same(&self_.function, &other.function) && same(&self_.receiver, &other.receiver)))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let receiver = match cx.get(self_).cast::<BoundMethod>() {
                Some(method) => cx.root(method.receiver.get_or_none(cx)),
                None => self_,
            };
            let name = of_function(cx, self_, Name::__qualname__);
            let name = match name {
                Ok(name) => cx.get(name).as_str().unwrap_or("?").to_owned(),
                Err(raised) => {
                    cx.catch(raised, Builtin::AttributeError)?;
                    "?".to_owned()
                }
            };
            Ok(format!("<bound method {name} of {}>", crate::ops::repr::repr(cx, receiver)?))
        }
    }
}

fn of_function(cx: &mut Ctx, method: Slot, name: Name) -> Res<Slot> {
    let function = cx.get(method).cast::<BoundMethod>().map_or(Value::NONE, |method| method.function.get_or_none(cx));
    let function = cx.root(function);
    attr::get_attr_name(cx, function, name)
}

/// The definition behind a native function, bound or not, and the instance it is bound to.
fn native<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<(&'h NativeFunction, Option<Value<'h>>)> {
    let (function, receiver) = match value.cast::<BoundMethod>() {
        Some(method) => (method.function.get_or_none(cx), method.receiver.get(cx)),
        None => (value, None),
    };
    match function.cast::<NativeFunction>() {
        Some(function) => Ok((function, receiver)),
        None => Err(cx.type_error("descriptor requires a 'builtin_function_or_method' object")),
    }
}

fn qualified_name(cx: &Ctx, function: &NativeFunction) -> String {
    match function.owner.get(cx).and_then(Value::cast::<Class>) {
        Some(class) => format!("{}.{}", class.name(cx), function.def.name()),
        None => function.def.name().to_owned(),
    }
}

fn doc_of(def: &'static NativeDef) -> &'static str {
    def.doc.trim()
}

natives! {
    /// Attributes of native functions, bound methods of built-in types among them.
    pub static NATIVE = {
        /// The name.
        get fn __name__(cx; self_: Value<'h>) -> &'static str { Ok(native(cx, self_)?.0.def.name()) }
        /// The dotted name.
        get fn __qualname__(cx; self_: Value<'h>) -> String { Ok(qualified_name(cx, native(cx, self_)?.0)) }
        /// The documentation.
        get fn __doc__(cx; self_: Value<'h>) -> &'static str { Ok(doc_of(native(cx, self_)?.0.def)) }
        /// The module that defines it.
        get fn __module__(cx; self_: Value<'h>) -> Value<'h> {
            let (function, receiver) = native(cx, self_)?;
            let module = function.owner.get(cx).and_then(Value::cast::<Module>).and_then(|module| module.name(cx));
            Ok(match (module, receiver) {
                (Some(name), _) => cx.str(name),
                (None, Some(_)) => Value::NONE,
                (None, None) => cx.str("builtins"),
            })
        }
        /// The instance or module.
        get fn __self__(cx; self_: Value<'h>) -> Value<'h> {
            let (function, receiver) = native(cx, self_)?;
            Ok(receiver.unwrap_or_else(|| function.owner.get_or_none(cx)))
        }
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            cx.call_kw(args.get(0), args.skip(1), names)
        }
        /// Return self==value.
        fn __eq__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            let (Some(a), Some(b)) = (self_.cast::<BoundMethod>(), other.cast::<BoundMethod>()) else {
                return Ok(if self_ == other { Value::TRUE } else { Value::NOT_IMPLEMENTED });
            };
            let same = |a: &Field, b: &Field| a.get(cx) == b.get(cx);
            Ok(Value::bool(same(&a.function, &b.function) && same(&a.receiver, &b.receiver)))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let (function, receiver) = native(cx, self_)?;
            let name = function.def.name();
            Ok(match receiver {
                Some(receiver) => {
                    let address = crate::ops::identity::identity(receiver);
                    format!("<built-in method {name} of {} object at {address:#x}>", cx.type_name(receiver))
                }
                None => format!("<built-in function {name}>"),
            })
        }
    }
}

natives! {
    /// Attributes of the methods of built-in types, unbound.
    pub static NATIVE_METHOD = {
        /// The name.
        get fn __name__(cx; self_: &'h NativeFunction) -> &'static str { Ok(self_.def.name()) }
        /// The dotted name.
        get fn __qualname__(cx; self_: &'h NativeFunction) -> String { Ok(qualified_name(cx, self_)) }
        /// The documentation.
        get fn __doc__(cx; self_: &'h NativeFunction) -> &'static str { Ok(doc_of(self_.def)) }
        /// The class.
        get fn __objclass__(cx; self_: &'h NativeFunction) -> Value<'h> { Ok(self_.owner.get_or_none(cx)) }
        /// Bind to an instance.
        fn __get__(cx; self_: Value<'h>, instance: Value<'h>, _owner: Option<Value<'h>> = None) -> Value<'h> {
            Ok(if instance.is_none() { self_ } else { BoundMethod::alloc(cx, self_, instance) })
        }
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            cx.call_kw(args.get(0), args.skip(1), names)
        }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h NativeFunction) -> String {
            let owner = self_.owner.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx));
            Ok(format!("<method '{}' of '{owner}' objects>", self_.def.name()))
        }
    }
}
