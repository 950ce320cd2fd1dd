//! Calls spread over several workers. A thread for each worker hands it one call after another; these threads carry bytes
//! and never touch the heap, so they need no attaching.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use argil_interp::ctx::Slot;
use argil_interp::natives;
use argil_interp::process::{self, Reply, Worker};
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;
use rustix::process::Signal;

#[derive(Default)]
struct State {
    waiting: VecDeque<(i64, Vec<u8>)>,
    replies: HashMap<i64, Reply>,
    /// Workers that still take calls.
    alive: usize,
    /// Whether no more calls will come.
    closed: bool,
    /// How the last worker that crashed ended.
    crash: i32,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A thread that panics leaves the state whole: no operation on it panics half way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&'a self, state: MutexGuard<'a, State>, deadline: Option<Instant>) -> MutexGuard<'a, State> {
        let Some(deadline) = deadline else { return self.changed.wait(state).unwrap_or_else(PoisonError::into_inner) };
        let left = deadline.saturating_duration_since(Instant::now());
        self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Hands a worker one call after another until there are no more.
    fn serve(&self, worker: &Worker) {
        let mut state = self.lock();
        loop {
            let Some((id, message)) = state.waiting.pop_front() else {
                if state.closed {
                    break;
                }
                state = self.wait(state, None);
                continue;
            };
            drop(state);
            let reply = worker.call(&message);
            let crash = if let Reply::Crashed(code) = reply { Some(code) } else { None };
            state = self.lock();
            state.replies.insert(id, reply);
            self.changed.notify_all();
            if let Some(code) = crash {
                state.crash = code;
                break;
            }
        }
        state.alive -= 1;
        self.changed.notify_all();
        drop(state);
        worker.close();
        worker.wait(None);
    }
}

/// The workers of a pool and their calls.
pub struct Tasks {
    shared: Arc<Shared>,
    workers: Vec<Arc<Worker>>,
}

impl NativeData for Tasks {}

impl Drop for Tasks {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.changed.notify_all();
    }
}

natives! {
    /// Methods of pools' tasks.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot, count: i64) -> Slot {
            let shared = Arc::new(Shared::default());
            let mut workers = Vec::new();
            for _ in 0..count {
                let worker = process::start_pool_worker(cx)?;
                let (ours, theirs) = (Arc::clone(&shared), Arc::clone(&worker));
                shared.lock().alive += 1;
                let thread = std::thread::Builder::new().name("pool".into()).spawn(move || ours.serve(&theirs));
                if thread.is_err() {
                    return Err(cx.runtime_error("can't start new thread"));
                }
                workers.push(worker);
            }
            Ok(cx.new_native(cls, Tasks { shared, workers }))
        }
        /// Queue a call: a tuple of a callable, its arguments and its keywords.
        call fn submit(cx; self_: Slot, id: i64, task: Slot) -> () {
            let message = process::call_message(cx, task)?;
            let shared = &cx.state::<Tasks>(self_)?.shared;
            shared.lock().waiting.push_back((id, message));
            shared.changed.notify_all();
            Ok(())
        }
        /// Wait for the reply to a call: None if the time is up, or whether it returned, and what (or, of an exception, it and
        /// its traceback).
        call fn reply(cx; self_: Slot, id: i64, timeout: Option<f64>) -> Slot {
            let shared = Arc::clone(&cx.state::<Tasks>(self_)?.shared);
            let deadline = crate::threading::deadline(cx, timeout)?;
            let reply = cx.detached(|| {
                let mut state = shared.lock();
                loop {
                    if let Some(reply) = state.replies.remove(&id) {
                        return Some(reply);
                    }
                    if state.alive == 0 {
                        return Some(Reply::Crashed(state.crash));
                    }
                    if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                        return None;
                    }
                    state = shared.wait(state, deadline);
                }
            });
            let Some(reply) = reply else { return Ok(cx.root(Value::NONE)) };
            let (returned, value) = process::reply_value(cx, &reply)?;
            Ok(cx.root(cx.tuple(&[Value::bool(returned), cx.get(value)])))
        }
        /// Take no more calls; the workers end when none is left.
        call fn close(cx; self_: Slot) -> () {
            let shared = &cx.state::<Tasks>(self_)?.shared;
            shared.lock().closed = true;
            shared.changed.notify_all();
            Ok(())
        }
        /// End the workers at once.
        call fn terminate(cx; self_: Slot) -> () {
            let tasks = cx.state::<Tasks>(self_)?;
            let mut state = tasks.shared.lock();
            state.closed = true;
            state.waiting.clear();
            drop(state);
            tasks.shared.changed.notify_all();
            tasks.workers.iter().for_each(|worker| worker.signal(Signal::TERM));
            Ok(())
        }
        /// Wait until every worker has ended.
        call fn join(cx; self_: Slot) -> () {
            let workers = cx.state::<Tasks>(self_)?.workers.clone();
            cx.detached(|| workers.iter().for_each(|worker| {
                worker.wait(None);
            }));
            Ok(())
        }
    }
}
