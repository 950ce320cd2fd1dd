//! What every heap object has: a header, fields that are atomic words, and one way to write.
//!
//! Invariant: an object is `SHARED`, or immutable, or belongs to the accessing thread's domain. A thread may write an
//! object of its own domain with plain stores; into a `SHARED` object it stores only published values, and changes of
//! layout happen under the object's one-byte lock ([`Header::write`]).

use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};

use argil_lock::domain;
use argil_lock::object_lock::ObjectLock;
use argil_lock::slot;

use crate::barrier;
use crate::ctx::{Ctx, Slot};
use crate::heap::Tracer;
pub use crate::kind::Kind;
use crate::value::{Value, Word};

/// Flags in a header; written only while the object is private to its creator.
pub mod flags {
    /// The object has a trailing field that holds its attributes (an instance of a subclass of a built-in type).
    pub const TRAILING_ATTRS: u8 = 1;
    /// The object is an instance of a subclass, not of the built-in type itself.
    pub const SUBCLASS: u8 = 2;
    /// The string is the one of its text that names are compared by.
    pub const INTERNED: u8 = 4;
}

/// The first 16 bytes of every heap object. Aligned so that fields may follow any struct.
#[repr(C, align(8))]
pub struct Header {
    /// Who may write without synchronising: see `lock/domain.rs`. Written by the owner when it publishes (Release, before
    /// the store that makes the object reachable by others); read by everyone (Relaxed: a thread that can reach the object
    /// has acquired the store that published it).
    domain: AtomicU32,
    kind: Kind,
    lock: ObjectLock,
    flags: AtomicU8,
    /// How many attribute slots lie in an [`Kind::Instance`] itself.
    inline: u8,
    /// Index of the shape. Written under the object's write guard (Release, after the slot it describes); read with Acquire.
    shape: AtomicU32,
    /// A number that belongs to the kind: characters of a string, elements of a tuple.
    aux: u32,
}

impl Header {
    pub(crate) fn new(domain: u32, kind: Kind, shape: u32) -> Header {
        Header {
            domain: AtomicU32::new(domain),
            kind,
            lock: ObjectLock::new(),
            flags: AtomicU8::new(0),
            inline: 0,
            shape: AtomicU32::new(shape),
            aux: 0,
        }
    }

    pub(crate) fn with_aux(mut self, aux: u32) -> Header {
        self.aux = aux;
        self
    }

    pub(crate) fn with_inline(mut self, inline: u8) -> Header {
        self.inline = inline;
        self
    }

    pub(crate) fn with_flags(self, flags: u8) -> Header {
        self.flags.store(flags, Ordering::Relaxed);
        self
    }

    /// The layout.
    #[inline(always)]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The number that belongs to the kind.
    #[inline(always)]
    pub fn aux(&self) -> u32 {
        self.aux
    }

    /// How many attribute slots lie in the object itself.
    #[inline(always)]
    pub fn inline_slots(&self) -> u8 {
        self.inline
    }

    /// Whether one of [`flags`] is set.
    #[inline(always)]
    pub fn has(&self, flag: u8) -> bool {
        self.flags.load(Ordering::Relaxed) & flag != 0
    }

    /// Whether this is an instance of the built-in type itself, not of a subclass.
    #[inline(always)]
    pub fn is_exact(&self) -> bool {
        !self.has(flags::SUBCLASS)
    }

    /// The shape's index.
    #[inline(always)]
    pub fn shape(&self) -> u32 {
        self.shape.load(Ordering::Acquire)
    }

    #[inline(always)]
    pub(crate) fn set_shape(&self, shape: u32) {
        self.shape.store(shape, Ordering::Release);
    }

    /// The domain's id.
    #[inline(always)]
    pub fn domain(&self) -> u32 {
        self.domain.load(Ordering::Relaxed)
    }

    pub(crate) fn set_domain(&self, id: u32) {
        self.domain.store(id, Ordering::Release);
    }

    /// Marks the object as shared; whether it was not yet, so that what it refers to must follow.
    #[inline]
    pub(crate) fn enter_shared(&self) -> bool {
        let enters = !self.is_shared();
        if enters {
            self.set_domain(domain::SHARED);
        }
        enters
    }

    /// Whether several threads may reach this object.
    #[inline(always)]
    pub fn is_shared(&self) -> bool {
        self.domain() == domain::SHARED
    }

    /// Asks to change the object's layout: free for the owner, under the object's lock if it is shared.
    #[inline(always)]
    pub fn write<'a>(&'a self, cx: &'a Ctx) -> WriteGuard<'a> {
        if self.domain() != cx.domain() {
            return self.write_foreign(cx);
        }
        WriteGuard { cx, locked: None, publish: false }
    }

    #[cold]
    #[inline(never)]
    fn write_foreign<'a>(&'a self, cx: &'a Ctx) -> WriteGuard<'a> {
        barrier::before_foreign_write(cx, self);
        self.steady(cx)
    }

    /// Whether nobody is changing the layout at this moment. Acquire: what was read before is from before, what is read
    /// after from after this moment.
    pub fn is_steady(&self) -> bool {
        !self.lock.is_locked()
    }

    /// Keeps the layout as it is while the caller looks at it, which the owner need not ask for.
    pub fn steady<'a>(&'a self, cx: &'a Ctx) -> WriteGuard<'a> {
        if self.is_shared() {
            self.lock.lock();
            return WriteGuard { cx, locked: Some(&self.lock), publish: true };
        }
        WriteGuard { cx, locked: None, publish: false }
    }

    /// Announces that `value` is about to be stored into an existing slot of this object: no lock is needed, but what a
    /// shared object refers to must be published first.
    #[inline(always)]
    pub fn barrier(&self, cx: &Ctx, value: Value<'_>) {
        if self.domain() != cx.domain() && barrier::before_foreign_write(cx, self) {
            barrier::publish(cx, value);
        }
    }
}

/// Permission to change an object's layout; releases the object's lock, if it took it, when dropped.
pub struct WriteGuard<'a> {
    cx: &'a Ctx,
    locked: Option<&'a ObjectLock>,
    publish: bool,
}

impl WriteGuard<'_> {
    /// Stores a value into a field of the guarded object.
    #[inline(always)]
    pub(crate) fn set(&self, field: &Field, value: Value<'_>) {
        if self.publish {
            barrier::publish(self.cx, value);
        }
        field.store(value.word());
    }

    /// Whether other threads may be reading the object at this moment, so that old storage must stay as it is.
    #[inline(always)]
    pub fn is_shared(&self) -> bool {
        self.publish
    }
}

impl Drop for WriteGuard<'_> {
    #[inline(always)]
    fn drop(&mut self) {
        if let Some(lock) = self.locked {
            lock.unlock();
        }
    }
}

/// A mutable slot of an object.
///
/// Writers store with Release after [`Header::barrier`] or under a [`WriteGuard`]; readers load with Acquire, so that what
/// the value points to is seen initialised.
///
/// A field that lies in no object must not hold a value, because the collector does not see it. So library code makes fields
/// of slots, which become values when the state that has the fields is put into an object; and what it reads out of one
/// borrows the context, as every value does:
///
/// ```compile_fail,E0624
/// use argil_interp::ctx::{Ctx, Res, Slot};
/// use argil_interp::object::Field;
///
/// fn keep(cx: &mut Ctx, slot: Slot) -> Res<()> {
///     let field = Field::new(cx.get(slot)); // private
///     cx.poll()?;
///     let _ = field.get(cx);
///     Ok(())
/// }
/// ```
///
/// ```compile_fail,E0502
/// use argil_interp::ctx::{Ctx, Res};
/// use argil_interp::object::Field;
///
/// fn keep(cx: &mut Ctx, field: &Field) -> Res<bool> {
///     let value = field.get(cx);
///     cx.poll()?; // the value still borrows the context
///     Ok(value.is_some())
/// }
/// ```
///
/// ```
/// use argil_interp::ctx::{Ctx, Res};
/// use argil_interp::object::Field;
///
/// fn look(cx: &mut Ctx, field: &Field) -> Res<bool> {
///     let held = field.get(cx).is_some();
///     cx.poll()?;
///     Ok(held)
/// }
/// ```
#[repr(transparent)]
pub struct Field(AtomicU64);

/// The low bits of the word of a field made of a slot: no value has them.
const OF_SLOT: u64 = 0x35;

impl Field {
    /// A field that is to hold what a slot holds, in the state of an object that is about to be made: see
    /// [`crate::types::native::Native::alloc`].
    pub fn of(slot: Slot) -> Field {
        Field(AtomicU64::new(u64::from(slot.number()) << 8 | OF_SLOT))
    }

    /// A field that is to hold what a slot holds, or nothing.
    pub fn of_option(slot: Option<Slot>) -> Field {
        slot.map_or(Field::unset(), Field::of)
    }

    /// Takes over what the slot holds that the field was made of, if it was.
    #[inline]
    pub(crate) fn settle(&self, cx: &Ctx) {
        let word = self.load();
        if word.0 & 0xff == OF_SLOT {
            self.store(cx.get(Slot::of_number((word.0 >> 8) as u32)).word());
        }
    }

    /// A field with this content.
    #[inline(always)]
    pub(crate) fn new(value: Value<'_>) -> Field {
        Field(AtomicU64::new(value.word().0))
    }

    pub(crate) fn of_word(word: Word) -> Field {
        Field(AtomicU64::new(word.0))
    }

    /// A field that holds nothing.
    pub const fn unset() -> Field {
        Field(AtomicU64::new(Word::UNSET.0))
    }

    /// What the field holds; `None` if nothing. With [`Field::load`] the one way to read what threads may share: a tool that
    /// watches reads stands here.
    #[inline(always)]
    pub fn get<'h>(&self, _cx: &'h Ctx) -> Option<Value<'h>> {
        let word = self.load();
        // SAFETY: the field is in a live object, so what it holds is reachable, and `'h` excludes safepoints.
        if word.is_unset() { None } else { Some(unsafe { Value::from_word(word) }) }
    }

    /// What the field holds; `None` the object if nothing.
    #[inline(always)]
    pub fn get_or_none<'h>(&self, cx: &'h Ctx) -> Value<'h> {
        self.get(cx).unwrap_or(Value::NONE)
    }

    /// Empties the field.
    #[inline(always)]
    pub fn clear(&self, _guard: &WriteGuard<'_>) {
        self.store(Word::UNSET);
    }

    /// Takes a slot out of use; what it held. See `lock/slot.rs`.
    #[inline]
    pub(crate) fn take(&self, guard: &WriteGuard<'_>) -> Word {
        if guard.is_shared() {
            return Word(slot::take(&self.0, Word::UNSET.0));
        }
        let word = self.load();
        self.store(Word::UNSET);
        word
    }

    /// Puts `value` in if the field still holds `expected`; whether it did. The caller has passed the owner's barrier.
    pub(crate) fn compare_exchange(&self, expected: Word, value: Word) -> bool {
        self.0.compare_exchange(expected.0, value.0, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }

    /// Stores into a slot of `owner` that is in use; false if another thread has taken it out of use. See `lock/slot.rs`.
    #[inline(always)]
    pub(crate) fn replace(&self, cx: &Ctx, owner: &Header, value: Value<'_>) -> bool {
        if owner.domain() == cx.domain() {
            self.store(value.word());
            return true;
        }
        self.replace_foreign(cx, owner, value)
    }

    #[inline(never)]
    fn replace_foreign(&self, cx: &Ctx, owner: &Header, value: Value<'_>) -> bool {
        owner.barrier(cx, value);
        slot::replace(&self.0, Word::UNSET.0, value.word().0)
    }

    /// Stores into a field that `owner` has for ever.
    #[inline(always)]
    pub(crate) fn set_in(&self, cx: &Ctx, owner: &Header, value: Value<'_>) {
        owner.barrier(cx, value);
        self.store(value.word());
    }

    #[inline(always)]
    pub(crate) fn load(&self) -> Word {
        Word(self.0.load(Ordering::Acquire))
    }

    #[inline(always)]
    pub(crate) fn store(&self, word: Word) {
        self.0.store(word.0, Ordering::Release);
    }
}

/// A Rust struct that lives on the heap.
///
/// # Safety
/// The struct is `repr(C)`, begins with a [`Header`], and only objects allocated as `Self` have the kind `KIND`.
pub unsafe trait HeapType: Sized {
    /// The kind of every object of this layout.
    const KIND: Kind;

    /// The header.
    #[inline(always)]
    fn header(&self) -> &Header {
        // SAFETY: the trait's contract: the struct begins with its header.
        unsafe { &*std::ptr::from_ref(self).cast() }
    }

    /// Shows the collector (and the publisher) every field.
    fn trace(&self, tracer: &mut Tracer<'_>);

    /// Bytes of what lies behind the struct, as it was allocated.
    #[inline]
    fn extra_bytes(&self) -> usize {
        0
    }
}
