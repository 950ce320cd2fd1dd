//! What classes themselves offer: the attributes and methods of `type`.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::object::{HeapType, Kind};
use crate::ops::attr::{self, get, set};
use crate::types::class::{Class, Collection, create, dotted_name, mro, rebase};
use crate::types::descriptor::GetSet;
use crate::types::dict::Dict;
use crate::types::function::is_callable;
use crate::types::generic_alias::union;
use crate::types::list::List;
use crate::types::mapping_proxy::MappingProxy;
use crate::types::set::Set;
use crate::value::Value;

/// A class in a slot, or the TypeError of a method of `type` called on something else.
fn class<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h Class> {
    value.cast::<Class>().ok_or_else(|| {
        cx.type_error(format!("descriptor requires a 'type' object but received a '{}'", cx.type_name(value)))
    })
}

fn own<'h>(cx: &'h Ctx, class: &'h Class, name: Name) -> Option<Value<'h>> {
    class.names(cx).get_name(cx, cx.name(name))
}

fn own_or_none<'h>(cx: &'h Ctx, class: &'h Class, name: Name) -> Value<'h> {
    own(cx, class, name).unwrap_or(Value::NONE)
}

fn check_assignable(cx: &Ctx, class: &Class, name: &str) -> Res<()> {
    if class.flags().heap {
        return Ok(());
    }
    Err(cx.type_error(format!("cannot set '{name}' attribute of immutable type '{}'", class.name(cx))))
}

/// Words before what a class adds, in bytes.
const HEADER_SIZE: i64 = 16;

/// `__basicsize__`
fn basic_size(class: &Class) -> i64 {
    match class.layout() {
        Kind::Instance => HEADER_SIZE,
        _ => HEADER_SIZE + 8,
    }
}

/// `__itemsize__`
fn item_size(class: &Class) -> i64 {
    match class.layout() {
        Kind::Bytes => 1,
        Kind::BigInt => 4,
        Kind::Tuple => 8,
        _ => 0,
    }
}

/// Whether a set of names has any; what is no set is taken for one.
fn is_not_empty(cx: &Ctx, names: Value<'_>) -> bool {
    names.cast::<Set>().is_none_or(|names| names.len(cx) != 0)
}

/// `__flags__`: the bits that CPython documents.
fn flag_bits(cx: &Ctx, class: &Class) -> i64 {
    let flags = class.flags();
    let is = |builtin: Builtin| class.is_subclass(cx, cx.class(builtin));
    let abstract_methods = own(cx, class, Name::__abstractmethods__).is_some_and(|names| is_not_empty(cx, names));
    [
        (class.collection() == Collection::Sequence, 5),
        (class.collection() == Collection::Mapping, 6),
        (!flags.heap, 8),
        (flags.heap, 9),
        (!flags.is_final, 10),
        (true, 12),
        (true, 14),
        (abstract_methods, 20),
        (is(Builtin::Int), 24),
        (is(Builtin::List), 25),
        (is(Builtin::Tuple), 26),
        (is(Builtin::Bytes), 27),
        (is(Builtin::Str), 28),
        (is(Builtin::Dict), 29),
        (is(Builtin::BaseException), 30),
        (is(Builtin::Type), 31),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .fold(0, |all, (_, bit)| all | 1 << bit)
}

natives! {
    /// Methods of `type`.
    pub static METHODS = {
        /// Make a class.
        static raw fn __new__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let named = names.map_or(0, |names| keyword_count(cx, names));
            let positional = args.take(args.len() - named);
            if positional.len() != 4 {
                let plain = cx.get(args.get(0)).cast::<Class>().is_some_and(|class| class.is(Builtin::Type));
                return Err(cx.type_error(match plain {
                    true => "type() takes 1 or 3 arguments".to_owned(),
                    false => format!("type.__new__() takes exactly 3 arguments ({} given)", positional.len() - 1),
                }));
            }
            let parts = [positional.get(1), positional.get(2), positional.get(3)];
            create::create(cx, args.get(0), parts, args.skip(4), names)
        }
        /// Initialise a class: there is nothing left to do.
        raw fn __init__(cx, args) -> () {
            let (args, names) = args.into_slots(cx);
            let named = names.map_or(0, |names| keyword_count(cx, names));
            match args.len() - named {
                2 | 4 => Ok(()),
                _ => Err(cx.type_error("type.__init__() takes 1 or 3 arguments")),
            }
        }
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            if cx.get(args.get(0)).cast::<Class>().is_none() {
                let got = cx.type_name(cx.get(args.get(0)));
                return Err(cx.type_error(format!("descriptor '__call__' requires a 'type' object but received a '{got}'")));
            }
            crate::ops::call::construct(cx, args.get(0), args.skip(1), names)
        }
        /// Create the name space for the class statement.
        class raw fn __prepare__(cx, args) -> Slot {
            let _ = args;
            Ok(cx.root(Value::of(Dict::alloc(cx))))
        }
        /// Return a type's method resolution order.
        fn mro(cx; self_: &'h Class) -> &'h List {
            let order = mro::linearise(cx, &self_.bases(cx))?;
            let mut all = vec![Value::of(self_)];
            all.extend(order.into_iter().map(Value::of));
            Ok(List::from_values(cx, &all))
        }
        /// Return a list of immediate subclasses.
        fn __subclasses__(cx; self_: &'h Class) -> &'h List {
            let all = self_.subclasses.get(cx).and_then(Value::cast::<List>);
            Ok(List::from_values(cx, &all.map_or_else(Vec::new, |list| list.to_vec(cx))))
        }
        /// Check if an object is an instance.
        call fn __instancecheck__(cx; self_: Slot, instance: Slot) -> bool {
            crate::ops::instance_of::is_instance_by_default(cx, instance, self_)
        }
        /// Check if a class is a subclass.
        call fn __subclasscheck__(cx; self_: Slot, subclass: Slot) -> bool {
            crate::ops::instance_of::is_subclass_by_default(cx, subclass, self_)
        }
        /// Return getattr(self, name).
        call fn __getattribute__(cx; self_: Slot, name: Slot) -> Slot {
            match get::get_default(cx, self_, name)? {
                Some(value) => Ok(value),
                None => Err(attr::missing::missing(cx, self_, name)),
            }
        }
        /// Implement setattr(self, name, value).
        call fn __setattr__(cx; self_: Slot, name: Slot, value: Slot) -> () {
            set::set_default(cx, self_, name, Some(value))
        }
        /// Implement delattr(self, name).
        call fn __delattr__(cx; self_: Slot, name: Slot) -> () { set::set_default(cx, self_, name, None) }
        /// Specialized __dir__ implementation for types.
        fn __dir__(cx; self_: &'h Class) -> &'h List {
            Ok(crate::ops::identity::names_of_class(cx, self_))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h Class) -> String { Ok(format!("<class '{}'>", dotted_name(cx, self_))) }
        /// Return self|value.
        call fn __or__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, self_, other) }
        /// Return value|self.
        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, other, self_) }
        /// The name.
        get fn __name__(cx; self_: &'h Class) -> String { Ok(self_.plain_name(cx).to_owned()) }
        /// Changes the name.
        set fn __name__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__name__")?;
            if value.as_str().is_none() {
                let (class, got) = (self_.name(cx), cx.type_name(value));
                return Err(cx.type_error(format!("can only assign string to {class}.__name__, not '{got}'")));
            }
            self_.name.set_in(cx, self_.header(), value);
            Ok(())
        }
        /// The dotted name.
        get fn __qualname__(cx; self_: &'h Class) -> Value<'h> { Ok(self_.qualname.get_or_none(cx)) }
        /// Changes the dotted name.
        set fn __qualname__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__qualname__")?;
            if value.as_str().is_none() {
                let (class, got) = (self_.name(cx), cx.type_name(value));
                return Err(cx.type_error(format!("can only assign string to {class}.__qualname__, not '{got}'")));
            }
            self_.qualname.set_in(cx, self_.header(), value);
            Ok(())
        }
        /// The module that defines it.
        get fn __module__(cx; self_: &'h Class) -> Value<'h> {
            // What is a descriptor there tells the module of an instance.
            if let Some(module) = own(cx, self_, Name::__module__).filter(|module| module.native::<GetSet>().is_none()) {
                return Ok(module);
            }
            Ok(cx.str(self_.name(cx).rsplit_once('.').map_or("builtins", |(module, _)| module)))
        }
        /// Changes the module.
        set fn __module__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__module__")?;
            self_.names(cx).set_name(cx, cx.name(Name::__module__), value);
            Ok(())
        }
        /// The size of an instance in bytes, without what it may hold beside.
        get fn __basicsize__(cx; self_: &'h Class) -> i64 { Ok(basic_size(self_)) }
        /// The size of an element of an instance whose length varies.
        get fn __itemsize__(cx; self_: &'h Class) -> i64 { Ok(item_size(self_)) }
        /// Bits that CPython's `inspect` looks at.
        get fn __flags__(cx; self_: &'h Class) -> i64 { Ok(flag_bits(cx, self_)) }
        /// Where an instance has its dict: 0 for nowhere, -1 for a place that Argil knows.
        get fn __dictoffset__(cx; self_: &'h Class) -> i64 { Ok(if self_.flags().has_dict { -1 } else { 0 }) }
        /// Where an instance has its weak references: 0 for nowhere.
        get fn __weakrefoffset__(cx; self_: &'h Class) -> i64 { Ok(if self_.flags().weak { -1 } else { 0 }) }
        /// The signature as text, which no class of Argil has.
        get fn __text_signature__(cx; _self: &'h Class) -> Value<'h> { Ok(Value::NONE) }
        /// The documentation.
        get call fn __doc__(cx; self_: Slot) -> Slot {
            let doc = own_or_none(cx, class(cx, cx.get(self_))?, Name::__doc__);
            let (get, doc) = (cx.class_of(doc).special(cx, Name::__get__).map(|get| cx.root(get)), cx.root(doc));
            match get {
                Some(get) => {
                    let none = cx.root(Value::NONE);
                    cx.call(get, &[doc, none, self_])
                }
                None => Ok(doc),
            }
        }
        /// Changes the documentation.
        set fn __doc__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__doc__")?;
            self_.names(cx).set_name(cx, cx.name(Name::__doc__), value);
            Ok(())
        }
        /// The tuple of direct bases.
        get fn __bases__(cx; self_: &'h Class) -> Value<'h> { Ok(self_.bases.get_or_none(cx)) }
        set call fn __bases__(cx; self_: Slot, value: Slot) -> () { rebase::set_bases(cx, self_, value) }
        /// The first base, or None.
        get fn __base__(cx; self_: &'h Class) -> Value<'h> {
            let bases = self_.bases(cx);
            let solid = bases.iter().find(|base| base.layout() == self_.layout()).or(bases.first());
            Ok(solid.map_or(Value::NONE, |base| Value::of(*base)))
        }
        /// The method resolution order.
        get fn __mro__(cx; self_: &'h Class) -> Value<'h> { Ok(self_.mro.get_or_none(cx)) }
        /// The attributes, read-only.
        get fn __dict__(cx; self_: &'h Class) -> Value<'h> { Ok(MappingProxy::alloc(cx, Value::of(self_.names(cx)))) }
        /// The names of abstract methods.
        get fn __abstractmethods__(cx; self_: &'h Class) -> Value<'h> {
            own(cx, self_, Name::__abstractmethods__)
                .ok_or_else(|| cx.raise(Builtin::AttributeError, "type object has no attribute '__abstractmethods__'"))
        }
        /// Changes the names of abstract methods.
        set fn __abstractmethods__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__abstractmethods__")?;
            self_.names(cx).set_name(cx, cx.name(Name::__abstractmethods__), value);
            cx.interp().bump_class_epoch();
            Ok(())
        }
        /// The annotations of the body's names.
        get call fn __annotations__(cx; self_: Slot) -> Slot { annotations(cx, self_) }
        /// Changes the annotations.
        set call fn __annotations__(cx; self_: Slot, value: GivenSlot = GivenSlot(None)) -> () {
            let class = class(cx, cx.get(self_))?;
            check_assignable(cx, class, "__annotations__")?;
            let (names, cache) = (class.names(cx), cx.intern(ANNOTATIONS));
            match value.0 {
                Some(value) => names.set_name(cx, cache, cx.get(value)),
                None if names.remove(cx, cache).is_ok_and(|removed| removed.is_some()) => {}
                None => return Err(cx.raise(Builtin::AttributeError, "__annotations__")),
            }
            names.set_name(cx, cx.name(Name::__annotate_func__), Value::NONE);
            Ok(())
        }
        /// The type parameters.
        get fn __type_params__(cx; self_: &'h Class) -> Value<'h> {
            Ok(own(cx, self_, Name::__type_params__).unwrap_or_else(|| cx.tuple(&[])))
        }
        /// Changes the type parameters.
        set fn __type_params__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__type_params__")?;
            self_.names(cx).set_name(cx, cx.name(Name::__type_params__), value);
            Ok(())
        }
        /// The function that computes the annotations.
        get fn __annotate__(cx; self_: &'h Class) -> Value<'h> { Ok(own_or_none(cx, self_, Name::__annotate_func__)) }
        /// Changes the function that computes the annotations.
        set fn __annotate__(cx; self_: &'h Class, value: Value<'h>) -> () {
            check_assignable(cx, self_, "__annotate__")?;
            let callable = is_callable(cx, value);
            if !callable && !value.is_none() {
                return Err(cx.type_error("__annotate__ must be callable or None"));
            }
            self_.names(cx).set_name(cx, cx.name(Name::__annotate_func__), value);
            if callable {
                // A name is looked for without running script code.
                let _ = self_.names(cx).remove(cx, cx.intern(ANNOTATIONS));
            }
            Ok(())
        }
    }
}

/// Where a class keeps its annotations once they were computed or assigned.
const ANNOTATIONS: &str = "__annotations_cache__";

/// `__annotations__` of a class: computed once, by the function that the compiler left in the class.
fn annotations(cx: &mut Ctx, this: Slot) -> Res<Slot> {
    let cache = cx.root(cx.intern(ANNOTATIONS));
    let function = {
        let class = class(cx, cx.get(this))?;
        let given = own(cx, class, Name::__annotations__).filter(|given| given.cast::<Dict>().is_some());
        if let Some(known) = given.or_else(|| class.names(cx).get_name(cx, cx.get(cache))) {
            return Ok(cx.root(known));
        }
        if !class.flags().heap {
            return Err(cx.raise(
                Builtin::AttributeError,
                format!("type object '{}' has no attribute '__annotations__'", class.name(cx)),
            ));
        }
        own(cx, class, Name::__annotate_func__).filter(|function| !function.is_none()).map(|function| cx.root(function))
    };
    let annotations = match function {
        Some(function) => {
            let format = cx.root(cx.int(1));
            cx.call(function, &[format])?
        }
        None => cx.root(Value::of(Dict::alloc(cx))),
    };
    class(cx, cx.get(this))?.names(cx).set_name(cx, cx.get(cache), cx.get(annotations));
    Ok(annotations)
}

/// How many arguments a tuple of names names.
pub fn keyword_count(cx: &Ctx, names: Slot) -> usize {
    cx.get(names).cast::<crate::types::tuple::Tuple>().map_or(0, crate::types::tuple::Tuple::len)
}
