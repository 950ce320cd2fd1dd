//! Objects whose state is a Rust struct: how the library adds types without the heap knowing them.
//!
//! The struct's own fields follow the rules of every object: references are [`Field`]s, listed in [`NativeData::FIELDS`];
//! other mutable state is atomic or lives in an [`Exclusive`].
//!
//! A value can be put only into a field that is listed and lies in an object ([`Guarded::set`]), so the collector sees it for as
//! long as the object lives, and the object lives for as long as somebody can borrow the field: nothing that the library writes
//! holds a value across a safepoint.

use std::any::TypeId;
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::ctx::{Ctx, Res, Slot};
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;
use crate::value::{Value, Word};

/// One of the fields of `T`.
pub type FieldOf<T> = fn(&T) -> &Field;

/// How objects with native state cross to another process.
#[derive(Clone, Copy)]
pub struct Crossing {
    /// Takes an object apart: plain bytes, and the values that it refers to. `None` if this one cannot cross.
    pub save: for<'h> fn(&'h Ctx, Value<'h>) -> Option<Saved<'h>>,
    /// Makes the object from the bytes.
    pub restore: for<'h> fn(&'h Ctx, Birth, &[u8]) -> Option<Value<'h>>,
    /// Gives the object the values.
    pub fill: for<'h> fn(&'h Ctx, Value<'h>, &[Option<Value<'h>>]),
}

/// An object, taken apart.
#[derive(Default)]
pub struct Saved<'h> {
    /// Plain state.
    pub bytes: Vec<u8>,
    /// What it refers to; `None` for an empty field.
    pub values: Vec<Option<Value<'h>>>,
}

/// State that an object may have.
pub trait NativeData: Send + Sync + Sized + 'static {
    /// Every field that refers to an object. Each of them lies in the struct itself.
    const FIELDS: &'static [FieldOf<Self>] = &[];

    /// How to go on, if the objects are iterators: the next element, or `None` at the end.
    const NEXT: Option<NextFn> = None;

    /// How the objects cross to another process; `None` if they cannot.
    const CROSSING: Option<Crossing> = None;

    /// What CPython calls the objects when it refuses to copy them to another process, if they belong to the threads of one. A
    /// subclass may be meant for all.
    const OF_THREADS: Option<&'static str> = None;

    /// Shows the collector what only the interpreter's own types have: fields that do not lie in the struct.
    fn trace_beyond(&self, _tracer: &mut Tracer<'_>) {}
}

/// Implements [`NativeData`] for a struct of [`crate::object::Field`]s, which all cross to other processes.
#[macro_export]
macro_rules! native_of_fields {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::types::native::NativeData for $name {
            const FIELDS: &'static [$crate::types::native::FieldOf<Self>] = &[$(|state| &state.$field),*];

            const CROSSING: Option<$crate::types::native::Crossing> = Some($crate::types::native::Crossing {
                save: |cx, value| {
                    let state = value.native::<$name>()?;
                    let values = vec![$(state.$field.get(cx)),*];
                    Some($crate::types::native::Saved { bytes: Vec::new(), values })
                },
                restore: |cx, birth, _| {
                    let state = $name { $($field: $crate::object::Field::unset()),* };
                    Some($crate::types::native::Native::alloc(cx, birth, state))
                },
                fill: |cx, object, values| {
                    let Some((state, guard)) = object.guarded::<$name>(cx) else { return };
                    for (field, value) in [$(&state.$field),*].into_iter().zip(values) {
                        value.iter().for_each(|value| guard.set(field, *value));
                    }
                },
            });
        }
    };
}

/// Advances an iterator.
pub type NextFn = fn(&mut Ctx, Slot) -> Res<Option<Slot>>;

struct Table {
    id: fn() -> TypeId,
    next: Option<NextFn>,
    crossing: Option<Crossing>,
    of_threads: Option<&'static str>,
    trace: unsafe fn(*const Native, &mut Tracer<'_>),
    drop: unsafe fn(*mut Native),
    size: usize,
}

/// An object with native state; the state follows the struct.
#[repr(C, align(16))]
pub struct Native {
    header: Header,
    table: &'static Table,
}

#[repr(C, align(16))]
struct Whole<T> {
    head: Native,
    data: T,
}

struct TableOf<T>(std::marker::PhantomData<T>);

impl<T: NativeData> TableOf<T> {
    const TABLE: Table = Table {
        id: TypeId::of::<T>,
        next: T::NEXT,
        crossing: T::CROSSING,
        of_threads: T::OF_THREADS,
        trace: |object, tracer| {
            // SAFETY: the table belongs to objects that `alloc` made as a `Whole<T>`.
            let data = unsafe { &(*object.cast::<Whole<T>>()).data };
            T::FIELDS.iter().for_each(|field| tracer.field(field(data)));
            data.trace_beyond(tracer);
        },
        drop: |object| {
            // SAFETY: the same; the collector drops an object once.
            unsafe {
                let data = std::ptr::addr_of_mut!((*object.cast::<Whole<T>>()).data);
                // What the fields refer to may be gone, and a destructor could carry them away.
                T::FIELDS.iter().for_each(|field| field(&*data).store(Word::UNSET));
                std::ptr::drop_in_place(data);
            }
        },
        size: std::mem::size_of::<Whole<T>>(),
    };
}

// SAFETY: `repr(C)` with the header first; only `Native::alloc` makes objects of this kind.
unsafe impl HeapType for Native {
    const KIND: Kind = Kind::Native;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        // SAFETY: the table is that of the object's own type.
        unsafe { (self.table.trace)(self, tracer) }
    }

    fn extra_bytes(&self) -> usize {
        self.table.size - std::mem::size_of::<Native>()
    }
}

impl Drop for Native {
    fn drop(&mut self) {
        // SAFETY: the table is that of the object's own type, and nothing uses the state after the object.
        unsafe { (self.table.drop)(self) }
    }
}

impl Native {
    /// An object of a class with this state, whose fields then hold what the slots hold that they were made of.
    pub fn alloc<T: NativeData>(cx: &Ctx, birth: impl Into<Birth>, data: T) -> Value<'_> {
        const { assert!(std::mem::align_of::<Whole<T>>() == 16) };
        let extra = std::mem::size_of::<Whole<T>>() - std::mem::size_of::<Native>();
        let table: &'static Table = &const { TableOf::<T>::TABLE };
        let object = cx.alloc_with(extra, birth, |header| Native { header, table });
        // SAFETY: the allocation has room for the whole.
        unsafe {
            let whole = std::ptr::from_ref(object).cast::<Whole<T>>().cast_mut();
            std::ptr::addr_of_mut!((*whole).data).write(data);
            T::FIELDS.iter().for_each(|field| field(&(*whole).data).settle(cx));
        }
        Value::of(object)
    }

    /// How to go on, if the object is an iterator.
    #[inline]
    pub(crate) fn next_fn(&self) -> Option<NextFn> {
        self.table.next
    }

    /// How the object crosses to another process, if it can.
    pub(crate) fn crossing(&self) -> Option<Crossing> {
        self.table.crossing
    }

    /// What the objects are called that belong to the threads of one process.
    pub(crate) fn of_threads(&self) -> Option<&'static str> {
        self.table.of_threads
    }
}

impl<'h> Value<'h> {
    /// The state, if this is an object with native state of type `T`.
    #[inline]
    pub fn native<T: NativeData>(self) -> Option<&'h T> {
        let native = self.cast::<Native>()?;
        if (native.table.id)() != TypeId::of::<T>() {
            return None;
        }
        // SAFETY: the table's type says that the object is a `Whole<T>`.
        Some(unsafe { &(*std::ptr::from_ref(native).cast::<Whole<T>>()).data })
    }

    /// The native state of type `T`, and permission to change it. The guard is dropped before the next safepoint.
    #[inline]
    pub fn guarded<T: NativeData>(self, cx: &'h Ctx) -> Option<(&'h T, Guarded<'h, T>)> {
        let (state, header) = (self.native::<T>()?, self.header()?);
        Some((state, Guarded { state, guard: header.write(cx) }))
    }
}

/// Permission to change an object with native state.
pub struct Guarded<'h, T> {
    state: &'h T,
    guard: WriteGuard<'h>,
}

impl<T: NativeData> Guarded<'_, T> {
    /// Stores a value into a field of the object.
    ///
    /// # Panics
    /// If the field is another's, or is not listed in [`NativeData::FIELDS`].
    #[inline]
    pub fn set(&self, field: &Field, value: Value<'_>) {
        let state = std::ptr::from_ref(self.state).cast::<u8>();
        let within = (std::ptr::from_ref(field) as usize).wrapping_sub(state as usize) < std::mem::size_of::<T>();
        let listed = T::FIELDS.iter().any(|known| std::ptr::eq(known(self.state), field));
        assert!(within && listed, "the field is listed, and lies in the object that is guarded");
        self.guard.set(field, value);
    }
}

impl<'h, T> std::ops::Deref for Guarded<'h, T> {
    type Target = WriteGuard<'h>;

    fn deref(&self) -> &WriteGuard<'h> {
        &self.guard
    }
}

/// Mutable state that one thread at a time may use, for as long as a closure runs.
pub struct Exclusive<T> {
    /// Set while a closure runs. Taken with Acquire, given back with Release: each user sees what the one before wrote.
    busy: AtomicBool,
    state: UnsafeCell<T>,
}

// SAFETY: `with` lets one closure at a time reach the state.
unsafe impl<T: Send> Sync for Exclusive<T> {}

impl<T: Default> Default for Exclusive<T> {
    fn default() -> Exclusive<T> {
        Exclusive::new(T::default())
    }
}

impl<T> Exclusive<T> {
    /// Wraps the state.
    pub fn new(state: T) -> Exclusive<T> {
        Exclusive { busy: AtomicBool::new(false), state: UnsafeCell::new(state) }
    }

    /// Runs `f` with the state. Other threads wait, so `f` must be short and must not use the same state again.
    pub fn with<R>(&self, f: impl FnOnce(&mut T) -> R) -> R {
        struct Release<'a>(&'a AtomicBool);
        impl Drop for Release<'_> {
            fn drop(&mut self) {
                self.0.store(false, Ordering::Release);
            }
        }
        while self.busy.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            std::thread::yield_now();
        }
        let _release = Release(&self.busy);
        // SAFETY: `busy` was taken above and is given back after `f`.
        f(unsafe { &mut *self.state.get() })
    }
}
