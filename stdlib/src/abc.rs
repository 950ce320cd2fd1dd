//! `_abc`: what abstract classes ask: who is registered with them, and what they answered before.
//!
//! Each abstract class has three tables of classes, which are not kept alive: a class is found by where it is, and the weak
//! reference there tells whether it is still that class. A negative answer holds as long as no abstract class of the
//! interpreter registers anything: it bears the number of registrations at the time when it was sought, so one that a thread
//! stores late is never taken for a newer one.

use std::sync::atomic::{AtomicU64, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::library::NativeClass;
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr;
use argil_interp::ops::identity::identity;
use argil_interp::ops::instance_of::{claims_class, is_subclass};
use argil_interp::ops::truth::truth;
use argil_interp::service::Service;
use argil_interp::types::class::{Class, Collection};
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::native::{Crossing, FieldOf, Native, NativeData, Saved};
use argil_interp::types::tuple::Tuple;
use argil_interp::types::weak::{WeakRef, plain};
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_abc", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Data>(module, &NativeClass::nameless("_abc_data", &[]));
    Ok(())
}

/// How often an abstract class registered a class. Raised (Release) after the class is in the registry; who reads it (Acquire)
/// before asking the registry sees the class there, or has an older number.
#[derive(Default)]
struct Registrations(AtomicU64);

impl Service for Registrations {}

fn registrations(cx: &Ctx) -> u64 {
    cx.interp().service::<Registrations>().0.load(Ordering::Acquire)
}

/// What an abstract class knows: dicts from the identity of a class to a weak reference to it.
struct Data {
    registry: Field,
    /// Classes that are subclasses.
    cache: Field,
    /// Classes that are not: pairs of a reference and the number of registrations.
    negative: Field,
    /// The number at which `negative` was emptied last. Relaxed: only when to do that goes by it.
    version: AtomicU64,
}

impl NativeData for Data {
    const FIELDS: &'static [FieldOf<Self>] = &[|data| &data.registry, |data| &data.cache, |data| &data.negative];

    /// With the registered classes; answers are sought anew.
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let values = value.native::<Data>()?.alive(cx, |data| &data.registry).into_iter().map(Some).collect();
            Some(Saved { bytes: Vec::new(), values })
        },
        restore: |cx, birth, _| Some(Native::alloc(cx, birth, Data::new(cx))),
        fill: |cx, object, values| {
            if let Some(data) = object.native::<Data>() {
                values.iter().flatten().for_each(|class| data.add(cx, |data| &data.registry, *class));
            }
        },
    });
}

type Which = fn(&Data) -> &Field;

/// The key of a class.
fn key<'h>(cx: &'h Ctx, class: Value<'_>) -> Value<'h> {
    cx.int(identity(class))
}

impl Data {
    fn new(cx: &Ctx) -> Data {
        let [registry, cache, negative] = [(); 3].map(|()| Field::of(cx.root(Value::of(Dict::alloc(cx)))));
        Data { registry, cache, negative, version: AtomicU64::new(registrations(cx)) }
    }

    fn table<'h>(&'h self, cx: &'h Ctx, which: Which) -> Option<&'h Dict> {
        which(self).get(cx).and_then(Value::cast::<Dict>)
    }

    /// What a table has for a class.
    fn find<'h>(&'h self, cx: &'h Ctx, which: Which, class: Value<'h>) -> Option<Value<'h>> {
        self.table(cx, which)?.get(cx, key(cx, class)).ok()?
    }

    /// Whether a table has a class.
    fn has(&self, cx: &Ctx, which: Which, class: Value<'_>) -> bool {
        self.find(cx, which, class).is_some_and(|reference| refers(cx, reference, class))
    }

    /// Whether a class was found to be no subclass, and nothing was registered since.
    fn denies(&self, cx: &Ctx, class: Value<'_>) -> bool {
        let found = self.find(cx, |data| &data.negative, class).and_then(Value::cast::<Tuple>);
        found.is_some_and(|pair| {
            let current = pair.get(cx, 1).and_then(Value::as_small_int) == Some(registrations(cx) as i64);
            current && pair.get(cx, 0).is_some_and(|reference| refers(cx, reference, class))
        })
    }

    fn put<'h>(&'h self, cx: &'h Ctx, which: Which, class: Value<'h>, value: Value<'h>) {
        if let Some(table) = self.table(cx, which) {
            let bound = table.set(cx, key(cx, class), value);
            debug_assert!(bound.is_ok(), "numbers hash without script code");
        }
    }

    fn add(&self, cx: &Ctx, which: Which, class: Value<'_>) {
        let class = cx.get(cx.root(class));
        self.forget_dead(cx, which);
        self.put(cx, which, class, plain(cx, class));
    }

    /// Empties a table that is full of what has died.
    fn forget_dead(&self, cx: &Ctx, which: Which) {
        let Some(table) = self.table(cx, which) else { return };
        let len = table.len(cx);
        if len < 64 || !len.is_power_of_two() {
            return;
        }
        let dead = |reference: &Value<'_>| {
            reference.native::<WeakRef>().is_some_and(|reference| reference.referent(cx).is_none())
        };
        let keys: Vec<_> = table.iter(cx).filter(|(_, reference)| dead(reference)).map(|(key, _)| key).collect();
        for key in keys {
            let _ = table.remove(cx, key);
        }
    }

    /// Drops the negative answers of a time with fewer registrations than `now`.
    fn freshen(&self, cx: &Ctx, now: u64) {
        if self.version.swap(now, Ordering::Relaxed) != now
            && let Some(table) = self.table(cx, |data| &data.negative)
        {
            table.clear(cx);
        }
    }

    /// Notes that a class is no subclass, as was found when there were `then` registrations.
    fn deny(&self, cx: &Ctx, class: Value<'_>, then: u64) {
        let class = cx.get(cx.root(class));
        let pair = cx.tuple(&[plain(cx, class), cx.uint(then)]);
        self.put(cx, |data| &data.negative, class, pair);
    }

    /// The classes of a table that are alive.
    fn alive<'h>(&'h self, cx: &'h Ctx, which: Which) -> Vec<Value<'h>> {
        let entries = self.table(cx, which).into_iter().flat_map(|table| table.iter(cx));
        entries.filter_map(|(_, reference)| reference.native::<WeakRef>()?.referent(cx)).collect()
    }
}

/// Whether a weak reference is to a class.
fn refers(cx: &Ctx, reference: Value<'_>, class: Value<'_>) -> bool {
    reference.native::<WeakRef>().is_some_and(|reference| reference.referent(cx) == Some(class))
}

/// The slot of what an abstract class knows.
fn data_of(cx: &mut Ctx, class: Slot) -> Res<Slot> {
    let data = attr::get_attr_name(cx, class, Name::_abc_impl)?;
    if cx.get(data).native::<Data>().is_none() {
        return Err(cx.type_error("_abc_impl is set to a wrong type"));
    }
    Ok(data)
}

/// The elements of what an attribute of a class has, in slots; none if it has no such attribute.
fn elements(cx: &mut Ctx, class: Slot, attribute: Name) -> Res<Slots> {
    let name = cx.root(cx.name(attribute));
    let Some(found) = attr::get_attr_opt(cx, class, name)? else { return Ok(cx.root_all([])) };
    let list = argil_interp::ops::iter::collect(cx, found)?;
    let cx: &Ctx = cx;
    let all = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    Ok(cx.root_all(all))
}

/// Whether a value says that it is abstract.
fn is_abstract(cx: &mut Ctx, value: Slot) -> Res<bool> {
    let name = cx.root(cx.name(Name::__isabstractmethod__));
    match attr::get_attr_opt(cx, value, name)? {
        Some(answer) => truth(cx, answer),
        None => Ok(false),
    }
}

/// Sets `__abstractmethods__` of a class: the abstract ones of its own, and those of its bases that it leaves abstract.
fn compute_abstract(cx: &mut Ctx, class: Slot) -> Res<()> {
    let own = {
        let cx: &Ctx = cx;
        let Some(names) = cx.get(class).cast::<Class>().map(|class| class.names(cx)) else {
            let got = cx.type_name(cx.get(class));
            return Err(cx.raise(Builtin::AttributeError, format!("'{got}' object has no attribute '__dict__'")));
        };
        let own: Vec<_> = names.iter(cx).flat_map(|(name, value)| [name, value]).collect();
        cx.root_all(own)
    };
    let found = cx.root(Value::of(List::alloc(cx)));
    let note = |cx: &Ctx, name: Slot| {
        if let Some(found) = cx.get(found).cast::<List>() {
            found.push(cx, cx.get(name));
        }
    };
    for i in 0..own.len() / 2 {
        if cx.scope(|cx| is_abstract(cx, own.get(2 * i + 1)))? {
            note(cx, own.get(2 * i));
        }
    }
    for base in elements(cx, class, Name::__bases__)?.iter() {
        for name in elements(cx, base, Name::__abstractmethods__)?.iter() {
            let left = cx.scope(|cx| match attr::get_attr_opt(cx, class, name)? {
                Some(value) => is_abstract(cx, value),
                None => Ok(false),
            })?;
            if left {
                note(cx, name);
            }
        }
    }
    let frozen = cx.root(Value::of(cx.class(Builtin::FrozenSet)));
    let names = cx.call(frozen, &[found])?;
    let attribute = cx.root(cx.name(Name::__abstractmethods__));
    attr::set_attr(cx, class, attribute, names)
}

/// Takes `__abc_tpflags__` of a class: whether patterns take its instances for sequences or mappings.
fn take_flags(cx: &mut Ctx, class: Slot) -> Res<()> {
    const SEQUENCE: i64 = 1 << 5;
    const MAPPING: i64 = 1 << 6;
    let name = cx.root(cx.name(Name::__abc_tpflags__));
    let Some(this) = cx.get(class).cast::<Class>() else { return Ok(()) };
    let Some(flags) = this.names(cx).get_name(cx, cx.get(name)).and_then(Value::as_small_int) else { return Ok(()) };
    match flags & (SEQUENCE | MAPPING) {
        0 => {}
        SEQUENCE => this.set_collection(Collection::Sequence),
        MAPPING => this.set_collection(Collection::Mapping),
        _ => {
            let message = "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING";
            return Err(cx.type_error(message));
        }
    }
    attr::del_attr(cx, class, name)
}

/// What a class, or one that it derives from, says that its instances are.
fn collection(cx: &Ctx, class: &Class) -> Collection {
    class.mro(cx).map(Class::collection).find(|it| *it != Collection::Neither).unwrap_or_default()
}

fn register(cx: &mut Ctx, class: Slot, subclass: Slot) -> Res<Slot> {
    if cx.get(subclass).cast::<Class>().is_none() {
        return Err(cx.type_error("Can only register classes"));
    }
    if is_subclass(cx, subclass, class)? {
        return Ok(subclass);
    }
    if is_subclass(cx, class, subclass)? {
        return Err(cx.runtime_error("Refusing to create an inheritance cycle"));
    }
    let data = data_of(cx, class)?;
    cx.state::<Data>(data)?.add(cx, |data| &data.registry, cx.get(subclass));
    cx.interp().service::<Registrations>().0.fetch_add(1, Ordering::Release);
    if let (Some(class), Some(subclass)) = (cx.get(class).cast::<Class>(), cx.get(subclass).cast::<Class>()) {
        match collection(cx, class) {
            Collection::Neither => {}
            said => subclass.set_collection(said),
        }
    }
    Ok(subclass)
}

/// `issubclass(subclass, class)`, as an abstract class decides it.
fn subclass_check(cx: &mut Ctx, class: Slot, subclass: Slot) -> Res<bool> {
    if cx.get(subclass).cast::<Class>().is_none() {
        return Err(cx.type_error("issubclass() arg 1 must be a class"));
    }
    let data = data_of(cx, class)?;
    let then = registrations(cx);
    let state = cx.state::<Data>(data)?;
    if state.has(cx, |data| &data.cache, cx.get(subclass)) {
        return Ok(true);
    }
    state.freshen(cx, then);
    if state.denies(cx, cx.get(subclass)) {
        return Ok(false);
    }
    let answer = cx.scope(|cx| seek(cx, class, subclass, data))?;
    let state = cx.state::<Data>(data)?;
    match answer {
        Answer::Registered => {}
        Answer::Is(true) => state.add(cx, |data| &data.cache, cx.get(subclass)),
        Answer::Is(false) => state.deny(cx, cx.get(subclass), then),
    }
    Ok(answer != Answer::Is(false))
}

/// What was found of a class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It is registered itself: the registry serves as cache.
    Registered,
    Is(bool),
}

impl argil_interp::ctx::ScopeResult for Answer {
    fn value<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
        None
    }

    fn moved<'h>(self, _cx: &'h Ctx, _value: Option<Value<'h>>) -> Self {
        self
    }
}

/// Asks the hook, the bases, the registry and the subclasses.
fn seek(cx: &mut Ctx, class: Slot, subclass: Slot, data: Slot) -> Res<Answer> {
    let hook = attr::get_attr_name(cx, class, Name::__subclasshook__)?;
    let answer = cx.call(hook, &[subclass])?;
    let answer = cx.get(answer);
    if answer.is_bool() {
        return Ok(Answer::Is(answer == Value::bool(true)));
    }
    if answer != Value::NOT_IMPLEMENTED {
        let message = "__subclasshook__ must return either False, True, or NotImplemented";
        return Err(cx.raise(Builtin::AssertionError, message));
    }
    if let (Some(class), Some(subclass)) = (cx.get(class).cast::<Class>(), cx.get(subclass).cast::<Class>())
        && subclass.is_subclass(cx, class)
    {
        return Ok(Answer::Is(true));
    }
    let state = cx.state::<Data>(data)?;
    if state.has(cx, |data| &data.registry, cx.get(subclass)) {
        return Ok(Answer::Registered);
    }
    let registered = {
        let cx: &Ctx = cx;
        cx.root_all(cx.state::<Data>(data)?.alive(cx, |data| &data.registry))
    };
    for other in registered.iter() {
        if cx.scope(|cx| is_subclass(cx, subclass, other))? {
            return Ok(Answer::Is(true));
        }
    }
    let subclasses = cx.call_method(class, Name::__subclasses__, &[])?;
    if cx.get(subclasses).cast::<List>().is_none() {
        return Err(cx.type_error("__subclasses__() must return a list"));
    }
    let subclasses = {
        let cx: &Ctx = cx;
        cx.root_all(cx.get(subclasses).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx)))
    };
    for other in subclasses.iter() {
        if cx.scope(|cx| is_subclass(cx, subclass, other))? {
            return Ok(Answer::Is(true));
        }
    }
    Ok(Answer::Is(false))
}

/// `isinstance(instance, class)`, as an abstract class decides it.
fn instance_check(cx: &mut Ctx, class: Slot, instance: Slot) -> Res<bool> {
    let data = data_of(cx, class)?;
    let value = cx.get(instance);
    let real = cx.root(Value::of(cx.class_of(value)));
    let claimed =
        if claims_class(cx, cx.get(instance)) { attr::get_attr_name(cx, instance, Name::__class__)? } else { real };
    let state = cx.state::<Data>(data)?;
    if state.has(cx, |data| &data.cache, cx.get(claimed)) {
        return Ok(true);
    }
    let same = cx.get(claimed) == cx.get(real);
    if same && state.denies(cx, cx.get(claimed)) {
        return Ok(false);
    }
    // By the method of the class, which a metaclass may have replaced.
    let mut ask = |subclass: Slot| {
        cx.scope(|cx| {
            let answer = cx.call_method(class, Name::__subclasscheck__, &[subclass])?;
            truth(cx, answer)
        })
    };
    Ok(ask(claimed)? || (!same && ask(real)?))
}

/// The references of a table in a set.
fn dumped(cx: &mut Ctx, data: Slot, which: Which) -> Res<Slot> {
    let list = {
        let table = cx.state::<Data>(data)?.table(cx, which);
        let all = table.into_iter().flat_map(|table| table.iter(cx)).map(|(_, value)| value);
        // A pair begins with its reference.
        let all: Vec<_> = all
            .map(|value| match value.cast::<Tuple>() {
                Some(pair) => pair.get(cx, 0).unwrap_or(value),
                None => value,
            })
            .collect();
        cx.root(Value::of(List::from_values(cx, &all)))
    };
    let set = cx.root(Value::of(cx.class(Builtin::Set)));
    cx.call(set, &[list])
}

natives! {
    static FUNCTIONS = {
        /// Internal ABC helper for class set-up. Should be never used outside abc module.
        call fn _abc_init(cx; class: Slot) -> () {
            compute_abstract(cx, class)?;
            let data = Data::new(cx);
            let data = cx.new_of_native_class(data);
            let name = cx.root(cx.name(Name::_abc_impl));
            attr::set_attr(cx, class, name, data)?;
            take_flags(cx, class)
        }

        /// Internal ABC helper for subclasss registration. Should be never used outside abc module.
        call fn _abc_register(cx; class: Slot, subclass: Slot) -> Slot { register(cx, class, subclass) }

        /// Internal ABC helper for instance checks. Should be never used outside abc module.
        call fn _abc_instancecheck(cx; class: Slot, instance: Slot) -> bool { instance_check(cx, class, instance) }

        /// Internal ABC helper for subclasss checks. Should be never used outside abc module.
        call fn _abc_subclasscheck(cx; class: Slot, subclass: Slot) -> bool { subclass_check(cx, class, subclass) }

        /// Returns the current ABC cache token.
        ///
        /// The token is an opaque object (supporting equality testing) identifying the current version of the ABC cache
        /// for virtual subclasses. The token changes with every call to register() on any ABC.
        fn get_cache_token(cx) -> Value<'h> { Ok(cx.uint(registrations(cx))) }

        /// Internal ABC helper for cache and registry debugging.
        ///
        /// Return shallow copies of registry, of both caches, and negative cache version. Don't call this function
        /// directly, instead use ABC._dump_registry() for a nice repr.
        call fn _get_dump(cx; class: Slot) -> Slot {
            let data = data_of(cx, class)?;
            let registry = dumped(cx, data, |data| &data.registry)?;
            let cache = dumped(cx, data, |data| &data.cache)?;
            let negative = dumped(cx, data, |data| &data.negative)?;
            let version = cx.state::<Data>(data)?.version.load(Ordering::Relaxed);
            let [registry, cache, negative] = [registry, cache, negative].map(|slot| cx.get(slot));
            Ok(cx.root(cx.tuple(&[registry, cache, negative, cx.uint(version)])))
        }

        /// Internal ABC helper to reset both caches of a given class.
        ///
        /// Should be only used by tests of leaks.
        call fn _reset_caches(cx; class: Slot) -> () {
            let data = data_of(cx, class)?;
            let state = cx.state::<Data>(data)?;
            for which in [(|data| &data.cache) as Which, |data| &data.negative] {
                state.table(cx, which).iter().for_each(|table| table.clear(cx));
            }
            Ok(())
        }

        /// Internal ABC helper to reset registry of a given class.
        ///
        /// Should be only used by tests of leaks.
        call fn _reset_registry(cx; class: Slot) -> () {
            let data = data_of(cx, class)?;
            let state = cx.state::<Data>(data)?;
            state.table(cx, |data| &data.registry).iter().for_each(|table| table.clear(cx));
            Ok(())
        }
    }
}
