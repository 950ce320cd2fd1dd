//! Calls spread over several workers. A thread for each worker hands it one call after another; these threads carry bytes
//! and never touch the heap, so they need no attaching.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::{self, Reply, Spawner, Worker};
use argil_interp::sync_cell::{SyncCell, Waited};
use argil_interp::types::exception::os_error;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;
use rustix::process::Signal;

use crate::time::Seconds;

#[derive(Default)]
struct State {
    waiting: VecDeque<(i64, Vec<u8>)>,
    replies: HashMap<i64, Reply>,
    /// The workers, each in its thread's place.
    workers: Vec<Arc<Worker>>,
    /// Threads that still hand out calls.
    serving: usize,
    /// Whether no more calls will come.
    closed: bool,
    /// Whether the workers were told to end at once.
    ended: bool,
    /// How the last worker that crashed ended.
    crash: i32,
}

struct Shared {
    spawner: Spawner,
    state: Mutex<State>,
    /// A call has come, or none will come any more.
    called: Condvar,
    /// Word 0 counts what scripts wait for: replies, and threads that end. Counted up under the mutex (Release), read before
    /// the state is looked at (Acquire).
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
    }

    /// Hands the worker of this place one call after another until there are no more.
    fn serve(&self, place: usize) {
        let mut state = self.lock();
        loop {
            let Some((id, message)) = state.waiting.pop_front() else {
                if state.closed {
                    break;
                }
                state = self.called.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let worker = Arc::clone(&state.workers[place]);
            drop(state);
            // One that died since it answered last has taken no call with it. If the next does not hear it either, something
            // kills them all.
            let again = || self.replace(place)?.call(&message);
            let reply =
                worker.call(&message).or_else(again).unwrap_or(Reply::Crashed(worker.exit_code().unwrap_or(-1)));
            state = self.lock();
            if let Reply::Crashed(code) = reply {
                state.crash = code;
            }
            state.replies.insert(id, reply);
            self.tell();
        }
        state.serving -= 1;
        self.tell();
        let worker = Arc::clone(&state.workers[place]);
        drop(state);
        worker.close();
        worker.wait(None);
    }

    /// A new worker in the place of one that died, if the system grants it.
    fn replace(&self, place: usize) -> Option<Arc<Worker>> {
        let worker = self.spawner.pool_worker().ok()?;
        let mut state = self.lock();
        state.workers[place] = Arc::clone(&worker);
        if state.ended {
            worker.signal(Signal::TERM);
        }
        Some(worker)
    }

    /// The reply to a call, or that there will be none.
    fn take_reply(&self, id: i64) -> Option<Reply> {
        let mut state = self.lock();
        let crash = (state.serving == 0).then_some(state.crash);
        state.replies.remove(&id).or(crash.map(Reply::Crashed))
    }
}

/// The workers of a pool and their calls.
pub struct Tasks {
    shared: Arc<Shared>,
}

impl NativeData for Tasks {}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.shared.close(false);
    }
}

fn shared(cx: &Ctx, tasks: Slot) -> Res<Arc<Shared>> {
    Ok(Arc::clone(&cx.state::<Tasks>(tasks)?.shared))
}

natives! {
    /// Methods of pools' tasks.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, count: i64) -> Slot {
            let (spawner, answered) = (Spawner::new(cx), SyncCell::alloc(cx)?);
            let shared = Arc::new(Shared { spawner, state: Mutex::default(), called: Condvar::new(), answered });
            // From now on its end closes the pool, whatever fails.
            let tasks = cx.new_native(cls, Tasks { shared: Arc::clone(&shared) });
            for place in 0..count as usize {
                let worker = cx.detached(|| shared.spawner.pool_worker()).map_err(|error| os_error::raise(cx, &error, None))?;
                let ours = Arc::clone(&shared);
                let mut state = shared.lock();
                state.workers.push(worker);
                let thread = std::thread::Builder::new().name("pool".into()).spawn(move || ours.serve(place));
                if thread.is_err() {
                    return Err(cx.runtime_error("can't start new thread"));
                }
                state.serving += 1;
            }
            Ok(tasks)
        }
        /// Queue a call: a tuple of a callable, its arguments and its keywords.
        call fn submit(cx; self_: Slot, id: i64, task: Slot) -> () {
            let message = process::call_message(cx, task)?;
            let shared = shared(cx, self_)?;
            shared.lock().waiting.push_back((id, message));
            shared.called.notify_one();
            Ok(())
        }
        /// Wait for the reply to a call: None if the time is up, or whether it returned, and what (or, of an exception, it and
        /// its traceback).
        call fn reply(cx; self_: Slot, id: i64, timeout: Option<Seconds>) -> Slot {
            let shared = shared(cx, self_)?;
            let deadline = timeout.map(Seconds::deadline);
            let reply = loop {
                let seen = shared.answered.word(0).load(Ordering::Acquire);
                if let Some(reply) = shared.take_reply(id) {
                    break reply;
                }
                if shared.answered.wait_for_own(cx, 0, seen, deadline)? == Waited::TimedOut {
                    return Ok(cx.root(Value::NONE));
                }
            };
            let (returned, value) = process::reply_value(cx, &reply)?;
            Ok(cx.root(cx.tuple(&[Value::bool(returned), cx.get(value)])))
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
            loop {
                let seen = shared.answered.word(0).load(Ordering::Acquire);
                if shared.lock().serving == 0 {
                    break;
                }
                shared.answered.wait_for_own(cx, 0, seen, None)?;
            }
            let workers = shared.lock().workers.clone();
            workers.iter().try_for_each(|worker| process::join(cx, worker, None).map(|_| ()))
        }
    }
}
