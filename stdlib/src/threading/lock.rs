//! Locks.
//!
//! Word 0 of a lock's cell is 0 while it is free, 1 while it is held, 2 while it is held and somebody may wait (the mutex of
//! Drepper, "Futexes Are Tricky"). An RLock keeps its holder's thread id in word 1 and the depth in word 2; only the holder
//! writes them.

use std::cell::Cell;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::origins::OWNER;
use argil_interp::process::wait::Waited;
use argil_interp::shared::cell::SyncCell;
use argil_interp::value::Value;

use crate::time::Seconds;

/// The longest timeout, in seconds.
pub const TIMEOUT_MAX: f64 = 9_223_372_036.0;

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;
const DEPTH: usize = 2;

thread_local! {
    /// The system's number of this thread, asked once.
    static THREAD_ID: Cell<u32> = const { Cell::new(0) };
}

/// The system's number of the running thread: no two running threads of any process share one.
pub fn thread_id() -> u32 {
    THREAD_ID.with(|id| {
        if id.get() == 0 {
            id.set(rustix::thread::gettid().as_raw_nonzero().get() as u32);
        }
        id.get()
    })
}

/// A lock.
pub struct Lock {
    pub(crate) cell: SyncCell,
}

super::crosses_by_cell!(Lock, cell: SyncCell, "_thread.lock");

impl Lock {
    pub(super) fn alloc(cx: &Ctx) -> Res<Lock> {
        Ok(Lock { cell: super::cell(cx)? })
    }
}

/// A lock that its holder may take again.
pub struct RLock {
    pub(crate) cell: SyncCell,
}

super::crosses_by_cell!(RLock, cell: SyncCell, "_thread.RLock");

/// How long to wait for a lock.
enum Patience {
    Endless,
    Until(Instant),
    None,
}

impl Patience {
    /// What `acquire`'s arguments mean.
    fn of(cx: &mut Ctx, blocking: bool, timeout: Option<Slot>) -> Res<Patience> {
        // A timeout of minus one second is as good as none.
        let timeout =
            timeout.map(|given| Seconds::of(cx, given)).transpose()?.filter(|given| *given != Seconds::whole(-1));
        match (blocking, timeout) {
            (true, None) => Ok(Patience::Endless),
            (false, None) => Ok(Patience::None),
            (false, Some(_)) => Err(cx.value_error("can't specify a timeout for a non-blocking call")),
            (true, Some(timeout)) => match timeout.length() {
                Some(Duration::ZERO) => Ok(Patience::None),
                Some(_) => Ok(Patience::Until(timeout.deadline())),
                None => Err(cx.value_error("timeout value must be a non-negative number")),
            },
        }
    }
}

/// Takes the mutex in word 0 of a cell that `find` reaches; `false` if the time is up.
fn acquire(cx: &mut Ctx, find: impl Fn(&Ctx) -> Res<&SyncCell>, patience: Patience) -> Res<bool> {
    let (index, deadline) = {
        let cell = find(cx)?;
        if cell.word(0).compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            note_owner(cx, cell);
            return Ok(true);
        }
        match patience {
            Patience::None => return Ok(false),
            Patience::Endless => (cell.index(), None),
            Patience::Until(deadline) => (cell.index(), Some(deadline)),
        }
    };
    // The object is rooted by its caller's slot for as long as this waits, so the cell is not given back meanwhile.
    let cell = SyncCell::adopt(index);
    loop {
        if cell.word(0).swap(CONTENDED, Ordering::Acquire) == FREE {
            note_owner(cx, &cell);
            return Ok(true);
        }
        match cell.wait(cx, 0, CONTENDED, deadline) {
            Ok(Waited::Look) => {}
            Ok(Waited::TimedOut) => return Ok(false),
            Err(raised) => {
                // It may have been this one that was woken to take the lock.
                cell.wake(0, 1);
                return Err(raised);
            }
        }
    }
}

/// Writes down for tools who holds a lock.
#[inline]
fn note_owner(cx: &Ctx, cell: &SyncCell) {
    if cx.interp().origins.watched() {
        cell.word(OWNER).store(thread_id(), Ordering::Relaxed);
    }
}

fn release(cell: &SyncCell) {
    if cell.word(0).swap(FREE, Ordering::Release) == CONTENDED {
        cell.wake(0, 1);
    }
}

fn release_lock(cx: &Ctx, lock: Slot) -> Res<()> {
    let lock = cx.state::<Lock>(lock)?;
    if lock.cell.word(0).load(Ordering::Relaxed) == FREE {
        return Err(cx.runtime_error("release unlocked lock"));
    }
    release(&lock.cell);
    Ok(())
}

fn address(value: Value<'_>) -> u64 {
    value.identity()
}

natives! {
    /// Methods of locks.
    pub static LOCK = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Lock::alloc(cx)?))
        }
        /// Lock the lock; wait for it unless blocking is false.
        call fn acquire(cx; self_: Slot; blocking: bool = true, timeout: Option<Slot> = None) -> bool {
            let patience = Patience::of(cx, blocking, timeout)?;
            acquire(cx, |cx| Ok(&cx.state::<Lock>(self_)?.cell), patience)
        }
        /// Release the lock.
        call fn release(cx; self_: Slot) -> () {
            release_lock(cx, self_)
        }
        /// Return whether the lock is held.
        call fn locked(cx; self_: Slot) -> bool {
            Ok(cx.state::<Lock>(self_)?.cell.word(0).load(Ordering::Relaxed) != FREE)
        }
        call fn __enter__(cx; self_: Slot) -> bool {
            acquire(cx, |cx| Ok(&cx.state::<Lock>(self_)?.cell), Patience::Endless)
        }
        call fn __exit__(cx; self_: Slot, *_exception) -> () {
            release_lock(cx, self_)
        }
        call fn __repr__(cx; self_: Slot) -> String {
            let held = cx.state::<Lock>(self_)?.cell.word(0).load(Ordering::Relaxed) != FREE;
            let state = if held { "locked" } else { "unlocked" };
            Ok(format!("<{state} _thread.lock object at {:#x}>", address(cx.get(self_))))
        }
    }
}

/// Takes an RLock; `false` if the time is up.
fn acquire_again(cx: &mut Ctx, lock: Slot, patience: Patience) -> Res<bool> {
    {
        let cell = &cx.state::<RLock>(lock)?.cell;
        if cell.word(OWNER).load(Ordering::Relaxed) == thread_id() {
            cell.word(DEPTH).fetch_add(1, Ordering::Relaxed);
            return Ok(true);
        }
    }
    if !acquire(cx, |cx| Ok(&cx.state::<RLock>(lock)?.cell), patience)? {
        return Ok(false);
    }
    let cell = &cx.state::<RLock>(lock)?.cell;
    cell.word(OWNER).store(thread_id(), Ordering::Relaxed);
    cell.word(DEPTH).store(1, Ordering::Relaxed);
    Ok(true)
}

fn release_again(cx: &Ctx, lock: Slot, all: bool) -> Res<u32> {
    let cell = &cx.state::<RLock>(lock)?.cell;
    if cell.word(OWNER).load(Ordering::Relaxed) != thread_id() {
        return Err(cx.runtime_error("cannot release un-acquired lock"));
    }
    let depth = cell.word(DEPTH).load(Ordering::Relaxed);
    let left = if all { 0 } else { depth - 1 };
    cell.word(DEPTH).store(left, Ordering::Relaxed);
    if left == 0 {
        cell.word(OWNER).store(0, Ordering::Relaxed);
        release(cell);
    }
    Ok(depth)
}

natives! {
    /// Methods of locks that their holder may take again.
    pub static RLOCK = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, RLock { cell: super::cell(cx)? }))
        }
        /// Lock the lock; wait for it unless blocking is false.
        call fn acquire(cx; self_: Slot; blocking: bool = true, timeout: Option<Slot> = None) -> bool {
            let patience = Patience::of(cx, blocking, timeout)?;
            acquire_again(cx, self_, patience)
        }
        /// Release the lock, once for each time it was acquired.
        call fn release(cx; self_: Slot) -> () {
            release_again(cx, self_, false).map(|_| ())
        }
        /// Return whether the lock is held.
        call fn locked(cx; self_: Slot) -> bool {
            Ok(cx.state::<RLock>(self_)?.cell.word(0).load(Ordering::Relaxed) != FREE)
        }
        call fn __enter__(cx; self_: Slot) -> bool {
            acquire_again(cx, self_, Patience::Endless)
        }
        call fn __exit__(cx; self_: Slot, *_exception) -> () {
            release_again(cx, self_, false).map(|_| ())
        }
        /// Return whether the running thread holds the lock.
        call fn _is_owned(cx; self_: Slot) -> bool {
            Ok(cx.state::<RLock>(self_)?.cell.word(OWNER).load(Ordering::Relaxed) == thread_id())
        }
        /// Release the lock wholly; how deep it was held.
        call fn _release_save(cx; self_: Slot) -> i64 {
            release_again(cx, self_, true).map(i64::from)
        }
        /// Acquire the lock and hold it as deep as before.
        call fn _acquire_restore(cx; self_: Slot, depth: i64) -> () {
            acquire_again(cx, self_, Patience::Endless)?;
            cx.state::<RLock>(self_)?.cell.word(DEPTH).store(depth as u32, Ordering::Relaxed);
            Ok(())
        }
        call fn __repr__(cx; self_: Slot) -> String {
            let cell = &cx.state::<RLock>(self_)?.cell;
            let owner = cell.word(OWNER).load(Ordering::Relaxed);
            let depth = cell.word(DEPTH).load(Ordering::Relaxed);
            let state = if owner == 0 { "unlocked" } else { "locked" };
            let address = address(cx.get(self_));
            Ok(format!("<{state} _thread.RLock object owner={owner} count={depth} at {address:#x}>"))
        }
    }
}

#[cfg(test)]
mod tests {
    use argil_interp::config::Config;
    use argil_interp::interp::Interpreter;
    use argil_interp::lock::LockMode;
    use argil_interp::origins::Origin;
    use argil_interp::program::{Ending, run_main};
    use argil_interp::types::module::Module;

    use super::*;

    /// Runs a script and tells, of its global `lock`, where it was made and whether this thread is known as its owner.
    fn known_of_lock(watch_waits: bool, script: &str) -> (Option<Origin>, bool) {
        let config = Config { watch_waits, ..Config::new(LockMode::Gil, &crate::LIBRARY) };
        let mut cx = Interpreter::start(config, 1 << 20);
        assert_eq!(run_main(&mut cx, script.to_owned(), "<test>", false), Ending::Status(0));
        let cx = &*cx;
        let main = cx.interp().modules(cx).get_name(cx, cx.intern("__main__")).and_then(Value::cast::<Module>);
        let lock = main.and_then(|main| main.names(cx).get_name(cx, cx.intern("lock"))).expect("the script makes it");
        let cell = lock.native::<Lock>().map(|lock| &lock.cell);
        let cell = cell.or_else(|| lock.native::<RLock>().map(|lock| &lock.cell)).expect("it is a lock");
        (cx.interp().origins.of(cell.index()), cell.word(OWNER).load(Ordering::Relaxed) == thread_id())
    }

    #[test]
    fn a_tool_learns_who_holds_a_lock_and_where_it_was_made() {
        let made = |line| Some(Origin { file: "<test>".to_owned(), line });
        let plain = "import threading\n\nlock = threading.Lock()\nlock.acquire()\n";
        assert_eq!(known_of_lock(true, plain), (made(3), true));
        // The library's own frames are no place of the script.
        let inner =
            "import threading\ncondition = (\n    threading.Condition())\nlock = condition._lock\nlock.acquire()\n";
        assert_eq!(known_of_lock(true, inner), (made(3), true));
        assert_eq!(known_of_lock(false, plain), (None, false));
    }
}
