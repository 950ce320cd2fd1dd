//! Making classes: what `type(name, bases, namespace)` does.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::native::define::define_methods;
use crate::object::{HeapType, Kind};
use crate::ops::attr;
use crate::ops::iter;
use crate::types::cell::Cell;
use crate::types::class::{Class, ClassFlags, ClassSpec, mro};
use crate::types::descriptor::{ClassMethod, Member, StaticMethod};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::list::List;
use crate::types::super_object::Super;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The most derived of a metaclass and the classes of the bases.
pub fn metaclass_of(cx: &Ctx, metaclass: Slot, bases: &[Slot]) -> Res<Slot> {
    let mut winner = cx.get(metaclass);
    for &base in bases {
        let (Some(now), other) = (winner.cast::<Class>(), cx.class_of(cx.get(base))) else { break };
        if now.is_subclass(cx, other) {
            continue;
        }
        if !other.is_subclass(cx, now) {
            return Err(cx.type_error(
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses \
                 of all its bases",
            ));
        }
        winner = Value::of(other);
    }
    Ok(cx.root(winner))
}

/// `type.__new__(metaclass, name, bases, namespace, **keywords)`.
pub fn create(
    cx: &mut Ctx,
    metaclass: Slot,
    args: [Slot; 3],
    keywords: Slots,
    keyword_names: Option<Slot>,
) -> Res<Slot> {
    let [name, bases, namespace] = args;
    if cx.get(name).as_str().is_none() {
        let got = cx.type_name(cx.get(name));
        return Err(cx.type_error(format!("type.__new__() argument 1 must be str, not {got}")));
    }
    if cx.get(namespace).cast::<Dict>().is_none() {
        let got = cx.type_name(cx.get(namespace));
        return Err(cx.type_error(format!("type.__new__() argument 3 must be dict, not {got}")));
    }
    let bases = checked_bases(cx, bases)?;
    let given = metaclass;
    let metaclass = metaclass_of(cx, metaclass, &bases)?;
    if let Some(new) = own_new(cx, given, metaclass) {
        let all = [metaclass, name, args[1], namespace].into_iter().chain(keywords.iter()).map(|slot| cx.get(slot));
        let all = cx.root_all(all.collect::<Vec<_>>());
        return cx.call_kw(new, all, keyword_names);
    }
    let slots = declared_slots(cx, namespace, name)?;
    let class = allocate(cx, metaclass, name, &bases, namespace, slots.as_deref())?;
    fill_class_cells(cx, namespace, class)?;
    set_order(cx, class, &bases)?;
    for &base in &bases {
        if let Some(base) = cx.get(base).cast::<Class>() {
            remember_subclass(cx, base, cx.get(class));
        }
    }
    call_set_names(cx, namespace, class, name)?;
    init_subclass(cx, class, keywords, keyword_names)?;
    Ok(class)
}

/// The `__new__` of the metaclass that the bases ask for, if that is another than the given one and defines it.
fn own_new(cx: &Ctx, given: Slot, winner: Slot) -> Option<Slot> {
    if cx.get(given) == cx.get(winner) {
        return None;
    }
    let new = cx.get(winner).cast::<Class>()?.special(cx, Name::__new__)?;
    let function = new.native::<StaticMethod>()?.callable.get(cx)?;
    Some(cx.root(function))
}

fn checked_bases(cx: &Ctx, bases: Slot) -> Res<Vec<Slot>> {
    let Some(tuple) = cx.get(bases).cast::<Tuple>() else {
        let got = cx.type_name(cx.get(bases));
        return Err(cx.type_error(format!("type.__new__() argument 2 must be tuple, not {got}")));
    };
    let mut slots = Vec::with_capacity(tuple.len().max(1));
    for base in tuple.iter(cx) {
        let Some(class) = base.cast::<Class>() else {
            let has_entries = cx.class_of(base).lookup(cx, cx.name(Name::__mro_entries__)).is_some();
            return Err(cx.type_error(match has_entries {
                true => "type() doesn't support MRO entry resolution; use types.new_class()",
                false => "bases must be types",
            }));
        };
        if class.flags().is_final {
            return Err(cx.type_error(format!("type '{}' is not an acceptable base type", class.name(cx))));
        }
        slots.push(cx.root(base));
    }
    if slots.is_empty() {
        slots.push(cx.root(Value::of(cx.class(Builtin::Object))));
    }
    Ok(slots)
}

/// The layout of instances: that of the one base that is not a plain object.
pub(super) fn layout_of(cx: &Ctx, bases: &[Slot]) -> Res<Kind> {
    let mut layout = Kind::Instance;
    for class in bases.iter().filter_map(|&base| cx.get(base).cast::<Class>()) {
        if class.layout() == Kind::Instance || class.layout() == layout {
            continue;
        }
        if layout != Kind::Instance {
            return Err(cx.type_error("multiple bases have instance lay-out conflict"));
        }
        layout = class.layout();
    }
    Ok(layout)
}

/// The names that `__slots__` declares, mangled; `None` if the class has no `__slots__`.
fn declared_slots(cx: &mut Ctx, namespace: Slot, class_name: Slot) -> Res<Option<Vec<String>>> {
    let Some(slots) = in_namespace(cx, namespace, Name::__slots__) else { return Ok(None) };
    let mut names = Vec::new();
    if let Some(one) = cx.get(slots).as_str() {
        names.push(one.to_owned());
    } else {
        iter::for_each(cx, slots, |cx, item| {
            let Some(text) = cx.get(item).as_str() else {
                let got = cx.type_name(cx.get(item));
                return Err(cx.type_error(format!("__slots__ items must be strings, not '{got}'")));
            };
            names.push(text.to_owned());
            Ok(true)
        })?;
    }
    let class_name = cx.get(class_name).as_str().unwrap_or_default().trim_start_matches('_').to_owned();
    for name in &mut names {
        let identifier = name.chars().all(|c| c == '_' || c.is_alphanumeric())
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && !name.is_empty();
        if !identifier {
            return Err(cx.type_error("__slots__ must be identifiers"));
        }
        if name.starts_with("__") && !name.ends_with("__") && !class_name.is_empty() {
            *name = format!("_{class_name}{name}");
        }
        let is_doc = matches!(name.as_str(), "__qualname__" | "__classcell__");
        let taken = cx.get(namespace).cast::<Dict>().and_then(|dict| dict.get_name(cx, cx.intern(name))).is_some();
        if taken && !is_doc {
            return Err(cx.value_error(format!("'{name}' in __slots__ conflicts with class variable")));
        }
    }
    Ok(Some(names))
}

fn in_namespace(cx: &Ctx, namespace: Slot, name: Name) -> Option<Slot> {
    let dict = cx.get(namespace).cast::<Dict>()?;
    Some(cx.root(dict.get_name(cx, cx.name(name))?))
}

fn allocate(
    cx: &mut Ctx,
    metaclass: Slot,
    name: Slot,
    bases: &[Slot],
    namespace: Slot,
    slots: Option<&[String]>,
) -> Res<Slot> {
    let layout = layout_of(cx, bases)?;
    let qualname = in_namespace(cx, namespace, Name::__qualname__).unwrap_or(name);
    if cx.get(qualname).as_str().is_none() {
        let got = cx.type_name(cx.get(qualname));
        return Err(cx.type_error(format!("type __qualname__ must be a str, not {got}")));
    }
    let inherits_dict = bases.iter().any(|&base| {
        let class = cx.get(base).cast::<Class>();
        class.is_some_and(|class| class.flags().has_dict)
    });
    let stores_slots = slots.is_some_and(|slots| slots.iter().any(|name| name != "__weakref__" && name != "__dict__"));
    let has_dict = inherits_dict
        || slots.is_none_or(|slots| slots.iter().any(|name| name == "__dict__"))
        || (stores_slots && layout != Kind::Instance);
    let inherits_weak = bases.iter().any(|&base| cx.get(base).cast::<Class>().is_some_and(|class| class.flags().weak));
    // Objects of varying length have no place for it in CPython.
    let can_be_weak = !matches!(layout, Kind::BigInt | Kind::Tuple | Kind::Bytes);
    let weak = inherits_weak || can_be_weak && slots.is_none_or(|slots| slots.iter().any(|name| name == "__weakref__"));
    if cx.get(metaclass).cast::<Class>().is_none() {
        return Err(cx.type_error("metaclass must be a class"));
    }
    let base_values: Vec<Value<'_>> = bases.iter().map(|&base| cx.get(base)).collect();
    let class = Class::alloc(
        cx,
        ClassSpec {
            name: cx.get(name),
            qualname: cx.get(qualname),
            bases: cx.tuple(&base_values),
            names: names_of(cx, namespace),
            layout,
            flags: ClassFlags { heap: true, has_dict, weak, ..ClassFlags::default() },
            builtin: None,
            metaclass: Some(cx.get(metaclass)),
        },
    );
    // Files have one that closes them. What `io` itself derives is abstract, and every program imports it.
    let module = class.names(cx).get_name(cx, cx.name(Name::__module__)).and_then(Value::as_str);
    let deletes = |base: &Class| base.flags().heap && base.special(cx, Name::__del__).is_some();
    if module != Some("io") && base_values.iter().filter_map(|base| base.cast::<Class>()).any(deletes) {
        class.note_finaliser(cx);
    }
    if weak && !inherits_weak {
        define_methods(cx, class, crate::types::weak::methods::INSTANCE);
    }
    for slot in slots.unwrap_or_default() {
        if slot != "__dict__" && slot != "__weakref__" {
            let slot = cx.intern(slot);
            class.names(cx).set_name(cx, slot, Member::alloc(cx, slot, class));
        }
    }
    Ok(cx.root(Value::of(class)))
}

/// The name space of the class: a copy of the mapping that its body filled.
fn names_of(cx: &Ctx, namespace: Slot) -> &Dict {
    let names = Dict::name_space(cx);
    let Some(from) = cx.get(namespace).cast::<Dict>() else { return names };
    let implicit = |name: Name, key: Value<'_>| key == cx.name(name);
    for (key, value) in from.iter(cx) {
        let key = crate::ops::attr::find::canonical(cx, key);
        let Some(text) = key.as_str() else { continue };
        if matches!(text, "__qualname__" | "__classcell__" | "__classdictcell__") {
            continue;
        }
        let key = cx.intern(text);
        let function = value.cast::<Function>().is_some();
        let value = if function && implicit(Name::__new__, key) {
            StaticMethod::alloc(cx, Builtin::StaticMethod, value)
        } else if function && (implicit(Name::__init_subclass__, key) || implicit(Name::__class_getitem__, key)) {
            ClassMethod::alloc(cx, Builtin::ClassMethod, value)
        } else {
            value
        };
        names.set_name(cx, key, value);
    }
    let has = |name: Name| names.get_name(cx, cx.name(name)).is_some();
    if !has(Name::__module__)
        && let Some(module) =
            crate::stack::frame::current_globals(cx).and_then(|g| g.get_name(cx, cx.name(Name::__name__)))
    {
        names.set_name(cx, cx.name(Name::__module__), module);
    }
    if !has(Name::__doc__) {
        names.set_name(cx, cx.name(Name::__doc__), Value::NONE);
    }
    if has(Name::__eq__) && !has(Name::__hash__) {
        names.set_name(cx, cx.name(Name::__hash__), Value::NONE);
    }
    names
}

/// Gives a new class its method resolution order, by its metaclass's `mro` if that is not `type`'s.
fn set_order(cx: &mut Ctx, class: Slot, bases: &[Slot]) -> Res<()> {
    {
        let base_classes: Vec<&Class> = bases.iter().filter_map(|&base| cx.get(base).cast::<Class>()).collect();
        let order = mro::linearise(cx, &base_classes)?;
        let Some(this) = cx.get(class).cast::<Class>() else { return Ok(()) };
        this.mro.set_in(cx, this.header(), mro::with_class(cx, this, order));
    }
    let own = cx.class_of(cx.get(class)).lookup(cx, cx.intern("mro"));
    if own.is_none_or(|function| function.kind() == Some(Kind::NativeFunction)) {
        return Ok(());
    }
    let method = cx.root(cx.intern("mro"));
    let method = attr::get_attr(cx, class, method)?;
    let order = cx.call(method, &[])?;
    let order = iter::collect(cx, order)?;
    let values = cx.get(order).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    if let Some(odd) = values.iter().find(|value| value.cast::<Class>().is_none()) {
        return Err(cx.type_error(format!("mro() returned a non-class ('{}')", cx.type_name(*odd))));
    }
    let Some(this) = cx.get(class).cast::<Class>() else { return Ok(()) };
    this.mro.set_in(cx, this.header(), cx.tuple(&values));
    Ok(())
}

pub(crate) fn remember_subclass<'h>(cx: &'h Ctx, base: &'h Class, class: Value<'h>) {
    let has_own = |class: &Class| class.names(cx).get_name(cx, cx.name(Name::__del__)).is_some();
    if let Some(class) = class.cast::<Class>().filter(|class| base.is_finalised() || has_own(class)) {
        class.note_finaliser(cx);
    }
    if base.subclasses.get(cx).is_none() {
        let list = List::alloc(cx);
        let guard = base.header().write(cx);
        if base.subclasses.get(cx).is_none() {
            guard.set(&base.subclasses, Value::of(list));
        }
    }
    if let Some(list) = base.subclasses.get(cx).and_then(Value::cast::<List>) {
        list.push(cx, class);
    }
}

/// Puts the class into the cell from which its methods take `__class__`, and its name space into that from which annotations
/// take its names.
fn fill_class_cells(cx: &Ctx, namespace: Slot, class: Slot) -> Res<()> {
    let names = cx.get(class).cast::<Class>().map_or(Value::NONE, |class| Value::of(class.names(cx)));
    for (name, value) in [(Name::__classcell__, cx.get(class)), (Name::__classdictcell__, names)] {
        let Some(cell) = in_namespace(cx, namespace, name) else { continue };
        let Some(cell) = cx.get(cell).cast::<Cell>() else {
            let (name, got) = (cx.name(name).as_str().unwrap_or_default(), cx.type_name(cx.get(cell)));
            return Err(cx.type_error(format!("{name} must be a nonlocal cell, not <class '{got}'>")));
        };
        cell.value.set_in(cx, cell.header(), value);
    }
    Ok(())
}

fn call_set_names(cx: &mut Ctx, namespace: Slot, class: Slot, class_name: Slot) -> Res<()> {
    let entries: Vec<(Slot, Slot)> = match cx.get(namespace).cast::<Dict>() {
        Some(dict) => {
            let wanted = |value: Value<'_>| {
                value.header().is_some() && cx.class_of(value).lookup(cx, cx.name(Name::__set_name__)).is_some()
            };
            let found: Vec<_> = dict.iter(cx).filter(|(_, value)| wanted(*value)).collect();
            found.into_iter().map(|(name, value)| (cx.root(name), cx.root(value))).collect()
        }
        None => return Ok(()),
    };
    for (name, value) in entries {
        let method = cx.root(cx.class_of(cx.get(value)).lookup(cx, cx.name(Name::__set_name__)).unwrap_or(Value::NONE));
        let method = attr::bind(cx, method, value)?;
        if let Err(raised) = cx.call(method, &[class, name]) {
            let exception = cx.root(cx.take_raised(raised));
            let note = format!(
                "Error calling __set_name__ on '{}' instance '{}' in '{}'",
                cx.type_name(cx.get(value)),
                cx.get(name).as_str().unwrap_or_default(),
                cx.get(class_name).as_str().unwrap_or_default()
            );
            let note = cx.root(cx.str(&note));
            crate::ops::note::add_note(cx, exception, note)?;
            return Err(cx.raise_value(cx.get(exception)));
        }
    }
    Ok(())
}

/// Calls `__init_subclass__` of the classes behind the new one.
fn init_subclass(cx: &mut Ctx, class: Slot, keywords: Slots, keyword_names: Option<Slot>) -> Res<()> {
    let proxy = {
        let Some(this) = cx.get(class).cast::<Class>() else { return Ok(()) };
        cx.root(Super::alloc(cx, this, Value::of(this))?)
    };
    let name = cx.root(cx.name(Name::__init_subclass__));
    let hook = attr::get_attr(cx, proxy, name)?;
    cx.call_kw(hook, keywords, keyword_names).map(|_| ())
}
