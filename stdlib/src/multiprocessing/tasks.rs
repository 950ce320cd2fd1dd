//! Calls spread over several workers. A thread for each worker hands it one call after another; these threads carry bytes
//! and never touch the heap, so they need no attaching.

use std::collections::VecDeque;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::{self, Reply, Spawner, Worker};
use argil_interp::shared::cell::SyncCell;
use argil_interp::types::exception::os_error;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;
use rustix::process::Signal;

#[derive(Default)]
struct State {
    waiting: VecDeque<(i64, Vec<u8>)>,
    /// In the order in which they came.
    replies: VecDeque<(i64, Reply)>,
    /// The workers, each in its thread's place.
    workers: Vec<Arc<Worker>>,
    /// Threads that still hand out calls.
    serving: usize,
    /// Whether no more calls will come but from those who feed the pool.
    closed: bool,
    /// How many threads still submit calls one after another.
    feeders: usize,
    /// Whether the workers were told to end at once.
    ended: bool,
    /// How the last worker that crashed ended.
    crash: i32,
}

impl State {
    /// Whether no more calls will come.
    fn is_over(&self) -> bool {
        self.ended || (self.closed && self.feeders == 0)
    }
}

struct Shared {
    spawner: Spawner,
    /// How many calls a worker answers before another takes its place, if there is a limit.
    limit: Option<i64>,
    state: Mutex<State>,
    /// A call has come, or none will come any more.
    called: Condvar,
    /// Word 0 counts what scripts wait for: calls that were taken, replies, and threads that end. Counted up under the mutex
    /// (Release), read before the state is looked at (Acquire).
    answered: SyncCell,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A thread that panics leaves the state whole: no operation on it panics half way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self) {
        self.answered.word(0).fetch_add(1, Ordering::Release);
        self.answered.wake(0, u32::MAX);
    }

    fn close(&self, now: bool) {
        let mut state = self.lock();
        state.closed = true;
        if now {
            state.ended = true;
            state.waiting.clear();
            state.workers.iter().for_each(|worker| worker.signal(Signal::TERM));
        }
        self.called.notify_all();
        self.tell();
    }

    /// Hands the worker of this place one call after another until there are no more.
    fn serve(&self, place: usize) {
        let mut served = 0;
        let mut state = self.lock();
        loop {
            let Some((id, message)) = state.waiting.pop_front() else {
                if state.is_over() {
                    break;
                }
                state = self.called.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let worker = Arc::clone(&state.workers[place]);
            self.tell();
            drop(state);
            let retired = self.limit.is_some_and(|limit| served >= limit);
            if retired {
                served = 0;
                worker.close();
                worker.wait(None);
            }
            // One that died since it answered last has taken no call with it. If the next does not hear it either, something
            // kills them all.
            let again = || self.replace(place)?.call(&message);
            let reply = if retired { None } else { worker.call(&message) };
            let reply = reply.or_else(again).unwrap_or(Reply::Crashed(worker.exit_code().unwrap_or(-1)));
            served += 1;
            state = self.lock();
            if let Reply::Crashed(code) = reply {
                state.crash = code;
            }
            state.replies.push_back((id, reply));
            self.tell();
        }
        state.serving -= 1;
        self.tell();
        let worker = Arc::clone(&state.workers[place]);
        drop(state);
        worker.close();
        worker.wait(None);
    }

    /// A new worker in the place of one that has ended, if the system grants it.
    fn replace(&self, place: usize) -> Option<Arc<Worker>> {
        let worker = self.spawner.pool_worker().ok()?;
        let mut state = self.lock();
        state.workers[place] = Arc::clone(&worker);
        if state.ended {
            worker.signal(Signal::TERM);
        }
        Some(worker)
    }

    /// Waits until `look` finds something in the state.
    fn wait_for<T>(&self, cx: &mut Ctx, mut look: impl FnMut(&mut State) -> Option<T>) -> Res<T> {
        loop {
            let seen = self.answered.word(0).load(Ordering::Acquire);
            let found = look(&mut self.lock());
            if let Some(found) = found {
                return Ok(found);
            }
            self.answered.wait_for_own(cx, 0, seen, None)?;
        }
    }
}

/// The workers of a pool and their calls. Dropping it closes the pool.
pub struct Tasks {
    shared: Arc<Shared>,
}

impl NativeData for Tasks {}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.shared.close(false);
    }
}

/// The replies to a pool's calls: what the thread that waits for them holds, which would otherwise keep the pool.
pub struct Replies {
    shared: Arc<Shared>,
}

impl NativeData for Replies {}

fn shared(cx: &Ctx, tasks: Slot) -> Res<Arc<Shared>> {
    Ok(Arc::clone(&cx.state::<Tasks>(tasks)?.shared))
}

natives! {
    /// Methods of pools' tasks.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, count: i64, limit: Option<i64>) -> Slot {
            let (spawner, answered) = (Spawner::new(cx), SyncCell::alloc(cx)?);
            let shared = Arc::new(Shared { spawner, limit, state: Mutex::default(), called: Condvar::new(), answered });
            // From now on its end closes the pool, whatever fails.
            let tasks = cx.new_native(cls, Tasks { shared: Arc::clone(&shared) });
            for place in 0..count as usize {
                let worker = cx.detached(|| shared.spawner.pool_worker()).map_err(|error| os_error::raise(cx, &error, None))?;
                let ours = Arc::clone(&shared);
                let mut state = shared.lock();
                state.workers.push(worker);
                let start = || std::thread::Builder::new().name("pool".into()).spawn(move || ours.serve(place));
                let thread = argil_interp::signals::quietly(start);
                if thread.is_err() {
                    return Err(cx.runtime_error("can't start new thread"));
                }
                state.serving += 1;
            }
            Ok(tasks)
        }
        /// The replies to the calls, for the thread that waits for them.
        call fn replies(cx; self_: Slot) -> Slot {
            let shared = shared(cx, self_)?;
            Ok(cx.new_of_native_class(Replies { shared }))
        }
        /// Queue a call: a tuple of a callable, its arguments and its keywords. False if no more are taken.
        call fn submit(cx; self_: Slot, id: i64, task: Slot) -> bool {
            let message = process::call_message(cx, task)?;
            let shared = shared(cx, self_)?;
            let mut state = shared.lock();
            let is_over = state.is_over();
            if !is_over {
                state.waiting.push_back((id, message));
                shared.called.notify_one();
            }
            Ok(!is_over)
        }
        /// Keep the pool from closing while calls are submitted one after another.
        call fn begin_feeding(cx; self_: Slot) -> () {
            shared(cx, self_)?.lock().feeders += 1;
            Ok(())
        }
        /// The end of that.
        call fn end_feeding(cx; self_: Slot) -> () {
            let shared = shared(cx, self_)?;
            let mut state = shared.lock();
            state.feeders = state.feeders.saturating_sub(1);
            shared.called.notify_all();
            Ok(())
        }
        /// Wait until fewer than this many calls wait for a worker; False if no more are taken.
        call fn wait_for_room(cx; self_: Slot, room: i64) -> bool {
            let shared = shared(cx, self_)?;
            shared.wait_for(cx, |state| {
                let is_over = state.is_over();
                (is_over || (state.waiting.len() as i64) < room).then_some(!is_over)
            })
        }
        /// Take no more calls; the workers end when none is left.
        call fn close(cx; self_: Slot) -> () {
            shared(cx, self_)?.close(false);
            Ok(())
        }
        /// End the workers at once.
        call fn terminate(cx; self_: Slot) -> () {
            shared(cx, self_)?.close(true);
            Ok(())
        }
        /// Wait until every worker has ended.
        call fn join(cx; self_: Slot) -> () {
            let shared = shared(cx, self_)?;
            shared.wait_for(cx, |state| (state.serving == 0).then_some(()))?;
            let workers = shared.lock().workers.clone();
            workers.iter().try_for_each(|worker| process::join(cx, worker, None).map(|_| ()))
        }
    }
}

natives! {
    /// Methods of replies.
    pub static REPLIES = {
        /// Wait for the next reply: a tuple of the call's number, whether it returned, and what (or, of an exception, it and
        /// its traceback). None in the second place: there is no reply, and the exception says why. None if no more will come.
        call fn next(cx; self_: Slot) -> Slot {
            let shared = Arc::clone(&cx.state::<Replies>(self_)?.shared);
            let next = shared.wait_for(cx, |state| match state.replies.pop_front() {
                None if state.serving > 0 => None,
                last_or_none => Some(last_or_none),
            })?;
            let Some((id, reply)) = next else { return Ok(cx.root(Value::NONE)) };
            let result = process::reply_value(cx, &reply);
            let cx = &*cx;
            let (returned, value) = match result {
                Ok((returned, value)) => (Value::bool(returned), cx.get(value)),
                Err(raised) => (Value::NONE, cx.take_raised(raised)),
            };
            Ok(cx.root(cx.tuple(&[cx.int(id), returned, value])))
        }
        /// The exception of calls that will have no reply, because no worker is left.
        call fn lost(cx; self_: Slot) -> Slot {
            let shared = Arc::clone(&cx.state::<Replies>(self_)?.shared);
            let crash = shared.lock().crash;
            let raised = process::crashed(cx, crash);
            Ok(cx.root(cx.take_raised(raised)))
        }
    }
}
