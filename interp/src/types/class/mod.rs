//! Classes.
//!
//! A class's attributes are cells of a name space, so that caches may hold on to a cell while the attribute changes. What
//! caches cannot see is a *structural* change: a name that appears in or vanishes from a class that is in use, or a
//! descriptor that replaces or is replaced. Those bump the interpreter's class epoch and empty every inline cache.

pub mod create;
pub mod methods;
pub mod mro;
pub mod rebase;

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering};

use parking_lot::Mutex;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::names::{Name, SPECIALS};
use crate::object::{Field, Header, HeapType, Kind, flags};
use crate::shape::{Birth, ShapeKind};
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// How many attribute slots the first instances of a class have inline.
const FIRST_INLINE: u8 = 4;
/// The most that later instances get.
const MAX_INLINE: u8 = 32;

/// What patterns take the instances of a class for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collection {
    /// What the bases say.
    #[default]
    Neither,
    /// `case [a, b]` may match.
    Sequence,
    /// `case {key: value}` may match.
    Mapping,
}

/// Properties of a class.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClassFlags {
    /// Defined in the language, so that its attributes may be assigned.
    pub heap: bool,
    /// Instances may have attributes of their own.
    pub has_dict: bool,
    /// Instances keep values of their own that only the class knows of (`Kept::Beside`).
    pub keeps_beside: bool,
    /// May not be a base class.
    pub is_final: bool,
    /// Weak references to instances can be made.
    pub weak: bool,
    /// What patterns take instances for; of what derives from it too.
    pub collection: Collection,
}

/// A class.
#[repr(C)]
pub struct Class {
    header: Header,
    /// `__name__`.
    pub name: Field,
    /// `__qualname__`.
    pub qualname: Field,
    /// The tuple of direct bases.
    pub bases: Field,
    /// The tuple of classes in method resolution order, this one first.
    pub mro: Field,
    names: Field,
    /// The direct subclasses, in a list.
    pub subclasses: Field,
    layout: Kind,
    /// The built-in type of that number, or [`Builtin::COUNT`].
    builtin: u16,
    flags: ClassFlags,
    /// What an abstract class said of the class since, or 0. Relaxed: a flag that is set once.
    collected: AtomicU8,
    /// Whether the class or a base was ever given a `__del__` (Relaxed: whoever makes an instance has seen its class).
    finalised: AtomicBool,
    /// The root shape of new instances (Release when it changes; read with Acquire).
    root: AtomicU32,
    /// Inline slots of that root shape; the two change together under `learning`.
    inline: AtomicU8,
    /// The shape of instances whose attributes are in a dict, or 0. Under `learning`.
    learning: Mutex<Vec<(u8, u32)>>,
    /// The class epoch in which `specials` was filled (Release after clearing; read with Acquire).
    epoch: AtomicU32,
    /// Whether an inline cache may depend on what this class has or lacks (Relaxed: set before the cache is filled, read with
    /// the world stopped or by the thread that changes the class).
    cached: AtomicBool,
    /// Special methods found so far: unset where not looked for, `NotImplemented` where there is none. Remembered, not kept
    /// alive: each lies in the names of a class of the MRO too, and a change to either begins another epoch.
    specials: [Field; SPECIALS],
}

// SAFETY: `repr(C)` with the header first; only `Class::alloc` makes objects of this kind.
unsafe impl HeapType for Class {
    const KIND: Kind = Kind::Class;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.name, &self.qualname, &self.bases, &self.mro, &self.names, &self.subclasses] {
            tracer.field(field);
        }
    }
}

/// What [`Class::alloc`] needs to know.
pub struct ClassSpec<'h> {
    /// `__name__`.
    pub name: Value<'h>,
    /// `__qualname__`.
    pub qualname: Value<'h>,
    /// The direct bases.
    pub bases: Value<'h>,
    /// The name space.
    pub names: &'h Dict,
    /// The layout of instances.
    pub layout: Kind,
    /// Properties.
    pub flags: ClassFlags,
    /// The built-in type it is, if it is one.
    pub builtin: Option<Builtin>,
    /// Its class; `None` for the built-in classes, which are made before there is one.
    pub metaclass: Option<Value<'h>>,
}

impl Class {
    /// A class. Its `mro` is still to be set.
    pub fn alloc<'h>(cx: &'h Ctx, spec: ClassSpec<'h>) -> &'h Class {
        let own_shape = match spec.metaclass {
            // The shape that says that they are classes comes later: see `settle_own_shape`.
            None => Builtin::Type.shape(),
            Some(metaclass) => cx.interp().root_shape(metaclass.word(), 0, ShapeKind::Root),
        };
        let class = cx.alloc_with(0, Birth { shape: own_shape, flags: 0 }, |header| Class {
            header,
            name: Field::new(spec.name),
            qualname: Field::new(spec.qualname),
            bases: Field::new(spec.bases),
            mro: Field::unset(),
            names: Field::new(Value::of(spec.names)),
            subclasses: Field::unset(),
            layout: spec.layout,
            builtin: spec.builtin.map_or(Builtin::COUNT as u16, |b| b as u16),
            flags: spec.flags,
            collected: AtomicU8::new(0),
            finalised: AtomicBool::new(false),
            root: AtomicU32::new(0),
            inline: AtomicU8::new(0),
            learning: Mutex::new(Vec::new()),
            epoch: AtomicU32::new(0),
            cached: AtomicBool::new(false),
            specials: std::array::from_fn(|_| Field::unset()),
        });
        let inline = if spec.layout == Kind::Instance && spec.flags.heap { FIRST_INLINE } else { 0 };
        let root = match spec.builtin {
            Some(builtin) => builtin.shape(),
            None => cx.interp().root_shape(Value::of(class).word(), inline, ShapeKind::Root),
        };
        class.inline.store(inline, Ordering::Relaxed);
        class.root.store(root, Ordering::Release);
        class
    }

    /// Gives a class the shape that says what its class is; for the built-in classes, once there is a class `type`.
    pub(crate) fn settle_own_shape(&self, cx: &Ctx, metaclass: Word) {
        self.header.set_shape(cx.interp().root_shape(metaclass, 0, ShapeKind::Root));
    }

    /// The layout of instances.
    #[inline]
    pub fn layout(&self) -> Kind {
        self.layout
    }

    /// Properties.
    pub fn flags(&self) -> ClassFlags {
        self.flags
    }

    /// What patterns take instances for, as far as this class has a say.
    pub fn collection(&self) -> Collection {
        match self.collected.load(Ordering::Relaxed) {
            1 => Collection::Sequence,
            2 => Collection::Mapping,
            _ => self.flags.collection,
        }
    }

    /// Says what patterns take instances for.
    pub fn set_collection(&self, collection: Collection) {
        let number = match collection {
            Collection::Neither => 0,
            Collection::Sequence => 1,
            Collection::Mapping => 2,
        };
        self.collected.store(number, Ordering::Relaxed);
    }

    /// Whether this is the given built-in type.
    #[inline]
    pub fn is(&self, builtin: Builtin) -> bool {
        self.builtin == builtin as u16
    }

    /// Whether this is any built-in type.
    #[inline]
    pub fn is_builtin(&self) -> bool {
        self.builtin != Builtin::COUNT as u16
    }

    /// The number of the built-in type.
    pub(crate) fn builtin_number(&self) -> Option<u16> {
        self.is_builtin().then_some(self.builtin)
    }

    /// The name as messages show it: that of a class defined in Rust outside `builtins` has the module before it.
    pub fn name<'h>(&'h self, cx: &'h Ctx) -> &'h str {
        self.name.get(cx).and_then(Value::as_str).unwrap_or("?")
    }

    /// `__name__`: the name without a module.
    pub fn plain_name<'h>(&'h self, cx: &'h Ctx) -> &'h str {
        let name = self.name(cx);
        if self.flags.heap { name } else { name.rsplit('.').next().unwrap_or(name) }
    }

    /// The name space, without that of the bases.
    #[inline]
    pub fn names<'h>(&'h self, cx: &'h Ctx) -> &'h Dict {
        self.names.get(cx).and_then(Value::cast::<Dict>).expect("a class has a name space")
    }

    /// The classes in method resolution order, this one first.
    pub fn mro<'h>(&'h self, cx: &'h Ctx) -> impl ExactSizeIterator<Item = &'h Class> + DoubleEndedIterator {
        let mro = self.mro.get(cx).and_then(Value::cast::<Tuple>).expect("a finished class has an MRO");
        mro.iter(cx).map(|class| class.cast::<Class>().expect("an MRO holds classes"))
    }

    /// The direct subclasses.
    pub(crate) fn subclasses_now<'h>(&'h self, cx: &'h Ctx) -> Vec<&'h Class> {
        let all = self.subclasses.get(cx).and_then(Value::cast::<List>);
        all.map_or_else(Vec::new, |all| all.to_vec(cx).into_iter().filter_map(Value::cast::<Class>).collect())
    }

    /// Whether instances may have a `__del__`.
    #[inline(always)]
    pub(crate) fn is_finalised(&self) -> bool {
        self.finalised.load(Ordering::Relaxed)
    }

    /// It has a `__del__`, its own or a base's; and so have the classes that derive from it.
    pub(crate) fn note_finaliser<'h>(&'h self, cx: &'h Ctx) {
        let mut classes = vec![self];
        while let Some(class) = classes.pop() {
            if !class.finalised.swap(true, Ordering::Relaxed) {
                classes.extend(class.subclasses_now(cx));
            }
        }
    }

    /// What a new instance needs, and how many inline slots it has.
    #[inline]
    pub fn birth(&self) -> (Birth, u8) {
        let mut header_flags = 0;
        if self.builtin == Builtin::COUNT as u16 && !matches!(self.layout, Kind::Instance) {
            header_flags = flags::SUBCLASS;
        }
        if (self.flags.has_dict || self.flags.keeps_beside) && !matches!(self.layout, Kind::Instance | Kind::Exception)
        {
            header_flags |= flags::TRAILING_ATTRS;
        }
        let shape = self.root.load(Ordering::Acquire);
        let inline = self.inline.load(Ordering::Acquire);
        (Birth { shape, flags: header_flags }, inline)
    }

    /// Learns that an instance needed `slots` slots: later instances get as many inline.
    pub(crate) fn learn_slots(&self, cx: &Ctx, slots: u32) {
        let wanted = u8::try_from(slots).unwrap_or(MAX_INLINE).min(MAX_INLINE);
        if self.layout != Kind::Instance || wanted <= self.inline.load(Ordering::Relaxed) {
            return;
        }
        let _learning = self.learning.lock();
        if wanted > self.inline.load(Ordering::Relaxed) {
            let root = cx.interp().root_shape(Value::of(self).word(), wanted, ShapeKind::Root);
            // An instance born between the two stores has too few or too many inline slots for its shape, so the shape
            // decides: see `Ctx::new_instance`, which takes the count from the shape.
            self.root.store(root, Ordering::Release);
            self.inline.store(wanted, Ordering::Release);
        }
    }

    /// The shape of instances with this many inline slots whose attributes are in a dict.
    pub(crate) fn dict_shape(&self, cx: &Ctx, inline: u8) -> u32 {
        let mut known = self.learning.lock();
        if let Some(&(_, shape)) = known.iter().find(|(count, _)| *count == inline) {
            return shape;
        }
        let shape = cx.interp().root_shape(Value::of(self).word(), inline, ShapeKind::Dict);
        known.push((inline, shape));
        shape
    }

    /// An attribute found in the class or its bases.
    #[inline]
    pub fn lookup<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Option<Value<'h>> {
        self.mro(cx).find_map(|class| class.names(cx).get_name(cx, name))
    }

    /// The cell of an attribute found in the class or its bases.
    pub fn lookup_cell<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Option<&'h crate::types::cell::Global> {
        self.mro(cx)
            .filter_map(|class| class.names(cx).existing_cell(cx, name))
            .find(|cell| cell.value.get(cx).is_some())
    }

    /// A special method, found in the class or its bases and remembered.
    #[inline]
    pub fn special<'h>(&'h self, cx: &'h Ctx, name: Name) -> Option<Value<'h>> {
        let epoch = cx.interp().class_epoch();
        if self.epoch.load(Ordering::Acquire) != epoch {
            self.forget_specials(epoch);
        }
        let slot = &self.specials[name as usize];
        match slot.get(cx) {
            Some(Value::NOT_IMPLEMENTED) => None,
            Some(found) => Some(found),
            None => self.find_special(cx, name, slot),
        }
    }

    #[cold]
    fn forget_specials(&self, epoch: u32) {
        for slot in &self.specials {
            slot.store(Word::UNSET);
        }
        self.epoch.store(epoch, Ordering::Release);
    }

    #[cold]
    #[inline(never)]
    fn find_special<'h>(&'h self, cx: &'h Ctx, name: Name, slot: &Field) -> Option<Value<'h>> {
        let found = self.lookup(cx, cx.name(name));
        // A class is a root and what it finds is reachable from it, so remembering publishes nothing new: a shared class's
        // attributes are shared.
        slot.store(found.unwrap_or(Value::NOT_IMPLEMENTED).word());
        found
    }

    /// Notes that an inline cache is about to depend on this class.
    pub(crate) fn note_cached(&self) {
        if !self.cached.load(Ordering::Relaxed) {
            self.cached.store(true, Ordering::Relaxed);
        }
    }

    /// Whether an inline cache may depend on this class.
    pub(crate) fn is_cached(&self) -> bool {
        self.cached.load(Ordering::Relaxed)
    }

    /// The direct bases.
    pub fn bases<'h>(&'h self, cx: &'h Ctx) -> Vec<&'h Class> {
        let bases = self.bases.get(cx).and_then(Value::cast::<Tuple>);
        bases.map_or_else(Vec::new, |bases| bases.iter(cx).filter_map(Value::cast::<Class>).collect())
    }

    /// Whether this class is `other` or derives from it.
    #[inline]
    pub fn is_subclass(&self, cx: &Ctx, other: &Class) -> bool {
        std::ptr::eq(self, other) || self.mro(cx).any(|class| std::ptr::eq(class, other))
    }
}

/// `module.qualname` as errors show a class: without the module if that is `builtins` or the program's own.
pub fn full_name(cx: &Ctx, class: &Class) -> String {
    let name = dotted_name(cx, class);
    name.strip_prefix("__main__.").map(str::to_owned).unwrap_or(name)
}

/// `module.qualname` as tracebacks and representations show a class; without the module if that is `builtins`.
pub fn dotted_name(cx: &Ctx, class: &Class) -> String {
    let qualname = class.qualname.get(cx).and_then(Value::as_str).unwrap_or_else(|| class.name(cx));
    match class.names(cx).get_name(cx, cx.name(Name::__module__)).and_then(Value::as_str) {
        Some(module) if module != "builtins" => format!("{module}.{qualname}"),
        // What its instances have under that name hides that of the class, whose own name tells the module.
        _ if !class.flags.heap => class.name(cx).to_owned(),
        _ => qualname.to_owned(),
    }
}
