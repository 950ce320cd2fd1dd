//! Memory that the system refuses to give: one way to ask for it, and what happens then.
//!
//! A script decides how large a string, a list or a number becomes, so any request for memory may be refused, in the middle
//! of any native function. Were a refusal a `Result`, every function that makes a value would have to return one. So it
//! unwinds instead ([`refuse`]), through Rust frames alone: the loop and whatever else calls natives catches it
//! ([`attempt`]) and goes on with a MemoryError where a script function stands. No code that runs between the two needs to
//! know; what it holds (an object's lock, a mutex, slots) is given back by its guards, as for any early return. One rule
//! follows for what changes objects: *ask first, then change*.
//!
//! Garbage causes no MemoryError: the heap is collected first and the request made once more. A native holds bare values, so
//! the collection cannot happen where the refusal does, only where it is caught, and from there the work is done anew. That
//! is sound for what has changed nothing yet ([`Anew`]): plain natives and operators on built-in values, which ask first.
//! What has consumed an iterator or called script code asks for its room by
//! [`Ctx::with_memory`](crate::ctx::Ctx::with_memory) where it could collect.
//!
//! Small requests are never refused. They take from a stock that is kept for them: when the system has no more, part of the
//! stock is given back to it, so that they succeed, and the next safepoint collects and takes that part again, or raises the
//! MemoryError. So code that makes a few small objects between safepoints need not think of memory at all.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

/// What a refusal unwinds with.
#[derive(Debug)]
pub struct Refused;

/// Gives up what is being done for want of memory.
#[cold]
pub fn refuse() -> ! {
    // Not a panic: nothing is printed, and no hook runs.
    resume_unwind(Box::new(Refused))
}

/// Runs `f` to its end, or until it is refused memory.
#[inline]
pub fn attempt<R>(f: impl FnOnce() -> R) -> Result<R, Refused> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| match payload.downcast::<Refused>() {
        Ok(refused) => *refused,
        Err(panic) => resume_unwind(panic),
    })
}

/// Marks what may be done anew if it is refused memory, because it changes nothing before. Costs nothing unless that happens.
pub struct Anew<'a>(&'a Cell<bool>);

impl<'a> Anew<'a> {
    /// From here on; `flag` tells whoever catches the refusal.
    #[inline(always)]
    pub(crate) fn begin(flag: &'a Cell<bool>) -> Anew<'a> {
        Anew(flag)
    }

    /// Up to here.
    #[inline(always)]
    pub fn done(self) {
        std::mem::forget(self);
    }
}

impl Drop for Anew<'_> {
    fn drop(&mut self) {
        // An early return comes through here too, but then nobody catches anything and the flag is not looked at.
        self.0.set(std::thread::panicking());
    }
}

/// Requests up to this many bytes are small.
pub const SMALL: usize = 64 << 10;
/// The parts of the stock for small requests, in bytes. When the first is needed, there is a MemoryError; then its memory
/// serves those who handle that. The last is for when they fail.
const STOCK: [usize; 2] = [4 << 20, 2 << 20];

/// The parts of the stock; null for one that is given back. Swapped by whoever gives it back or takes it again (AcqRel: the
/// memory changes hands).
static RESERVED: [AtomicPtr<u8>; 2] = [const { AtomicPtr::new(std::ptr::null_mut()) }; 2];
/// The alarm: a part of the stock was given back. Raised by whoever does that, ended by the next safepoint (Release), read by
/// those who allocate (Relaxed: a hint).
static LOW: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// Whether this thread asks for memory that it can do without.
    static MAY_FAIL: Cell<bool> = const { Cell::new(false) };
}

/// Takes memory for the parts of the stock that are missing, the last first. It comes from the system itself: what an
/// allocator gets back it need not give back.
pub(crate) fn restock() {
    let (access, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE);
    for (part, bytes) in RESERVED.iter().zip(STOCK).rev() {
        if !part.load(Ordering::Acquire).is_null() {
            continue;
        }
        // SAFETY: a new mapping at an address that the system chooses.
        let Ok(stock) = (unsafe { mmap_anonymous(std::ptr::null_mut(), bytes, access, flags) }) else { return };
        if part.compare_exchange(std::ptr::null_mut(), stock.cast(), Ordering::AcqRel, Ordering::Acquire).is_err() {
            // SAFETY: mapped above, and nobody else has seen it. Failure would leak address space, nothing worse.
            let _ = unsafe { munmap(stock, bytes) };
        }
    }
}

/// Gives a part of the stock back to the system and raises the alarm; whether there was one.
pub(crate) fn relieve() -> bool {
    RESERVED.iter().zip(STOCK).any(|(part, bytes)| {
        let stock = part.swap(std::ptr::null_mut(), Ordering::AcqRel);
        if stock.is_null() {
            return false;
        }
        LOW.store(true, Ordering::Release);
        // SAFETY: it was mapped with this size, and the swap made it ours. Were it refused, whoever asks finds no more.
        let _ = unsafe { munmap(stock.cast(), bytes) };
        true
    })
}

/// Whether small requests are being served from what was the stock.
#[inline]
pub(crate) fn is_low() -> bool {
    LOW.load(Ordering::Relaxed)
}

/// Refuses while small requests are served from what was the stock: for loops that make many small objects and contain no
/// safepoint.
#[inline]
pub fn check() {
    if is_low() {
        refuse();
    }
}

/// Ends the alarm; whether the stock is still not whole, so that somebody must be told.
pub(crate) fn note_shortage() -> bool {
    LOW.store(false, Ordering::Release);
    RESERVED.iter().any(|part| part.load(Ordering::Acquire).is_null())
}

/// The system's allocator, with a stock behind it and a plain word when even that is used up.
pub struct Allocator;

// SAFETY: every call goes to the system's allocator, whose answer is handed on.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        let memory = unsafe { System.alloc(layout) };
        // SAFETY: the caller's promise.
        if memory.is_null() { without(layout.size(), || unsafe { System.alloc(layout) }) } else { memory }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        let memory = unsafe { System.alloc_zeroed(layout) };
        // SAFETY: the caller's promise.
        if memory.is_null() { without(layout.size(), || unsafe { System.alloc_zeroed(layout) }) } else { memory }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise.
        let moved = unsafe { System.realloc(memory, layout, size) };
        // SAFETY: the caller's promise; a refused call has left the memory as it was.
        if moved.is_null() { without(size, || unsafe { System.realloc(memory, layout, size) }) } else { moved }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(memory, layout) };
    }
}

/// What becomes of a request that the system has refused.
#[cold]
#[inline(never)]
fn without(bytes: usize, again: impl Fn() -> *mut u8) -> *mut u8 {
    if MAY_FAIL.get() && bytes > SMALL {
        return std::ptr::null_mut();
    }
    while relieve() {
        let memory = again();
        if !memory.is_null() {
            return memory;
        }
    }
    if MAY_FAIL.get() { std::ptr::null_mut() } else { die() }
}

/// Ends the process: there is no memory left to go on with, and nobody who could be told.
#[cold]
pub(crate) fn die() -> ! {
    // Nothing that allocates.
    let _ = rustix::io::write(rustix::stdio::stderr(), b"argil: out of memory\n");
    // SAFETY: ends the process without running anything of it.
    unsafe { libc::_exit(2) }
}

/// Runs `f`, whose requests for memory may fail: it looks at the answers.
pub fn fallibly<R>(f: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            MAY_FAIL.set(self.0);
        }
    }
    let _restore = Restore(MAY_FAIL.replace(true));
    f()
}

/// Makes room for `more` elements, or refuses.
#[inline]
pub fn reserve<T>(buffer: &mut Vec<T>, more: usize) {
    if more > buffer.capacity() - buffer.len() && fallibly(|| buffer.try_reserve(more)).is_err() {
        refuse();
    }
}

/// Makes room for `more` bytes of text, or refuses.
#[inline]
pub fn reserve_text(text: &mut String, more: usize) {
    if more > text.capacity() - text.len() && fallibly(|| text.try_reserve(more)).is_err() {
        refuse();
    }
}

/// A buffer with room for `count` elements, or a refusal.
pub fn buffer<T>(count: usize) -> Vec<T> {
    let mut buffer = Vec::new();
    if fallibly(|| buffer.try_reserve_exact(count)).is_err() {
        refuse();
    }
    buffer
}

/// A text with room for `bytes`, or a refusal.
pub fn text(bytes: usize) -> String {
    let mut text = String::new();
    if fallibly(|| text.try_reserve_exact(bytes)).is_err() {
        refuse();
    }
    text
}

/// An element `count` times, or a refusal.
pub fn repeat<T: Clone>(element: T, count: usize) -> Vec<T> {
    let mut all = buffer(count);
    all.resize(count, element);
    all
}

/// So many zeros, which become memory only when they are touched, or a refusal.
pub fn zeros(count: usize) -> Vec<u8> {
    // The system's zeros are asked for in a way that cannot be refused.
    expect(count);
    vec![0; count]
}

/// A run of elements `count` times, or a refusal.
pub fn repeat_all<T: Copy>(elements: &[T], count: usize) -> Vec<T> {
    let Some(total) = elements.len().checked_mul(count) else { refuse() };
    let mut all = buffer(total);
    match elements {
        [] => {}
        [one] => all.resize(total, *one),
        _ => (0..count).for_each(|_| all.extend_from_slice(elements)),
    }
    all
}

/// A copy, or a refusal.
pub fn copy<T: Copy>(elements: &[T]) -> Vec<T> {
    let mut all = buffer(elements.len());
    all.extend_from_slice(elements);
    all
}

/// Some runs of elements one after the other, or a refusal.
pub fn concat<T: Copy>(parts: &[&[T]]) -> Vec<T> {
    let mut all = buffer(parts.iter().map(|part| part.len()).sum());
    parts.iter().for_each(|part| all.extend_from_slice(part));
    all
}

/// What an iterator yields, or a refusal.
pub fn collect<T>(elements: impl Iterator<Item = T>) -> Vec<T> {
    let mut all = buffer(elements.size_hint().0);
    for element in elements {
        reserve(&mut all, 1);
        all.push(element);
    }
    all
}

/// The text of what an iterator yields, or a refusal.
pub fn collect_text(characters: impl Iterator<Item = char>) -> String {
    let mut all = text(characters.size_hint().0);
    for character in characters {
        reserve_text(&mut all, character.len_utf8());
        all.push(character);
    }
    all
}

/// Refuses unless so many bytes could be had now: for those who ask for them in a way that cannot be refused.
pub fn expect(bytes: usize) {
    if bytes > SMALL {
        // Not even asking would be enough for the optimiser, which takes it that memory is had.
        drop(std::hint::black_box(buffer::<u8>(bytes)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_had_is_refused() {
        assert!(attempt(|| buffer::<u64>(1 << 60)).is_err());
        assert!(attempt(|| text(usize::MAX)).is_err());
        assert!(attempt(|| expect(1 << 46)).is_err());
        assert!(attempt(|| repeat_all(&[1, 2], usize::MAX)).is_err());
        assert_eq!(attempt(|| repeat_all(&[1, 2], 2)).ok(), Some(vec![1, 2, 1, 2]));
        assert_eq!(attempt(|| collect(0..5)).ok(), Some(vec![0, 1, 2, 3, 4]));
        assert_eq!(attempt(|| collect_text("añb".chars())).ok().as_deref(), Some("añb"));
    }

    #[test]
    fn only_what_changed_nothing_is_done_anew() {
        let flag = Cell::new(false);
        let _ = attempt(|| {
            let anew = Anew::begin(&flag);
            expect(1 << 46);
            anew.done();
        });
        assert!(flag.take());
        let _ = attempt(|| {
            Anew::begin(&flag).done();
            expect(1 << 46);
        });
        assert!(!flag.take());
    }

    #[test]
    fn the_stock_goes_and_comes_back() {
        restock();
        assert!(!note_shortage() && !is_low());
        assert!(relieve());
        assert!(is_low() && note_shortage() && !is_low());
        assert!(relieve() && is_low() && !relieve());
        restock();
        assert!(!note_shortage());
    }
}
