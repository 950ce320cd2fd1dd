//! Workers as their parent sees them: started, told what to run, followed to their end.
//!
//! A worker is a process of this same program. Its standard input is a socket to the parent, so no descriptor leaks into
//! other workers, and the end of either side shows on the other at once: a worker that dies, however it dies, ends the
//! parent's wait, and a worker whose parent is gone ends itself. A worker serves one `Process`, `Thread` or pool and is not
//! used again, so nothing that one leaves behind is seen by another. Some are started ahead of need.

use std::io;
use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};

use super::frame::{self, Kind as Frame};
use super::{arena, codec};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::types::list::List;
use crate::types::module::Module;

/// What a worker is to the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A `threading.Thread` in process mode.
    Thread,
    /// A `multiprocessing.Process`.
    Process,
}

/// A worker process.
pub struct Worker {
    pid: u32,
    socket: UnixStream,
    /// The process until it was waited for, then its exit code.
    state: Mutex<State>,
    /// Whether its end is no surprise: the script asked how it ended, or ended it. Relaxed: the state orders what matters.
    noticed: AtomicBool,
}

enum State {
    Running(Child),
    Ended(i32),
}

/// The workers of an interpreter.
#[derive(Default)]
pub struct Workers {
    /// Those that the end of the program waits for.
    awaited: Mutex<Vec<Arc<Worker>>>,
    /// Those that the end of the program kills.
    daemons: Mutex<Vec<Arc<Worker>>>,
    /// Those that wait for something to do.
    spare: Mutex<Vec<Worker>>,
    /// Whether there are other processes: this one is a worker, or has started one. Relaxed: never unset.
    others: AtomicBool,
}

/// How a wait for a worker ended.
enum Waited {
    Ended(i32),
    TimedOut,
    Interrupted,
}

/// How long a worker that was asked to end may take before it is killed.
const GRACE: Duration = Duration::from_secs(1);

/// What a worker answered to a call.
pub enum Reply {
    /// The encoded result.
    Returned(Vec<u8>),
    /// The encoded exception and its traceback.
    Raised(Vec<u8>),
    /// The worker ended without an answer, with this exit code.
    Crashed(i32),
}

impl Worker {
    /// Starts a process and tells it how to set up its interpreter.
    fn spawn(set_up: &[u8]) -> io::Result<Worker> {
        let (socket, theirs) = UnixStream::pair()?;
        let child =
            Command::new(std::env::current_exe()?).arg("--worker").stdin(Stdio::from(OwnedFd::from(theirs))).spawn()?;
        let worker_pid = child.id();
        let state = Mutex::new(State::Running(child));
        let worker = Worker { pid: worker_pid, socket, state, noticed: AtomicBool::new(false) };
        frame::write(&worker.socket, Frame::SetUp, set_up)?;
        Ok(worker)
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until the worker ends, the time is up, or a signal comes. Blocks.
    fn wait_once(&self, deadline: Option<Instant>) -> Waited {
        if let State::Ended(code) = *self.state.lock() {
            return Waited::Ended(code);
        }
        // A worker says nothing unasked: its side becomes readable when it closes, at the worker's end.
        let mut socket = [PollFd::new(&self.socket, PollFlags::IN)];
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let limit = left.map(|left| Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() });
        match poll(&mut socket, limit.as_ref()) {
            Ok(0) => Waited::TimedOut,
            Ok(_) => Waited::Ended(self.reap()),
            Err(_) => Waited::Interrupted,
        }
    }

    /// Waits until the worker ends or the time is up, whatever signals come; whether it has ended. Blocks.
    pub fn wait(&self, deadline: Option<Instant>) -> bool {
        loop {
            match self.wait_once(deadline) {
                Waited::Ended(_) => return true,
                Waited::TimedOut => return false,
                Waited::Interrupted => {}
            }
        }
    }

    /// Waits for a process whose side of the socket is closed.
    fn reap(&self) -> i32 {
        let mut state = self.state.lock();
        if let State::Running(child) = &mut *state {
            // It can only fail if the process has been waited for already, which `State` excludes.
            let code = child.wait().map_or(-1, exit_code);
            *state = State::Ended(code);
        }
        match *state {
            State::Ended(code) => code,
            State::Running(_) => -1,
        }
    }

    fn peek(&self) -> Option<i32> {
        let mut state = self.state.lock();
        if let State::Running(child) = &mut *state
            && let Ok(Some(status)) = child.try_wait()
        {
            *state = State::Ended(exit_code(status));
        }
        match *state {
            State::Ended(code) => Some(code),
            State::Running(_) => None,
        }
    }

    /// The exit code, negative for the signal that killed it, if the worker has ended. Does not block.
    pub fn exit_code(&self) -> Option<i32> {
        let code = self.peek();
        if code.is_some() {
            self.notice();
        }
        code
    }

    /// Whether the worker has ended. Does not block.
    pub fn has_ended(&self) -> bool {
        self.peek().is_some()
    }

    /// Whether a signal killed the worker, and nobody asked how it ended until now.
    pub fn died_unnoticed(&self) -> bool {
        self.peek().is_some_and(|code| code < 0) && !self.noticed.swap(true, Ordering::Relaxed)
    }

    fn notice(&self) {
        self.noticed.store(true, Ordering::Relaxed);
    }

    /// Sends the worker a signal, if it has not ended.
    pub fn signal(&self, signal: Signal) {
        self.notice();
        // While the state is locked nobody waits for the process, so its id is not given to another.
        let state = self.state.lock();
        if let State::Running(_) = *state
            && let Some(pid) = Pid::from_raw(self.pid as i32)
        {
            // Fails only if it has ended at this very moment.
            let _ = kill_process(pid, signal);
        }
    }

    /// Sends a call and waits for the answer. Blocks; one call at a time.
    pub fn call(&self, message: &[u8]) -> Reply {
        let answer = frame::write(&self.socket, Frame::Call, message).and_then(|()| frame::read(&self.socket));
        match answer {
            Ok((Frame::Returned, content)) => Reply::Returned(content),
            Ok((Frame::Raised, content)) => Reply::Raised(content),
            _ => {
                self.notice();
                // It may have closed its socket, or said what is no answer, without having ended.
                self.signal(Signal::KILL);
                Reply::Crashed(self.reap())
            }
        }
    }

    /// Tells the worker to end when it has nothing left to do.
    pub fn close(&self) {
        // If it is gone already, that is as good.
        let _ = frame::write(&self.socket, Frame::Close, &[]);
    }
}

fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| -status.signal().unwrap_or(1))
}

/// How a worker's interpreter is to be set up, as bytes.
fn set_up(cx: &Ctx) -> Vec<u8> {
    let interp = cx.interp();
    let strings = |name: &str| -> Option<Vec<String>> {
        let sys = interp.modules(cx).get_name(cx, cx.intern("sys"))?.cast::<Module>()?;
        let list = sys.names(cx).get_name(cx, cx.intern(name))?.cast::<List>()?;
        Some(list.to_vec(cx).into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
    };
    let mut out = codec::Writer::default();
    out.text(interp.mode().name());
    out.number(arena::memory().as_fd().as_raw_fd() as u64);
    for list in [
        strings("argv").unwrap_or_else(|| interp.config.argv.clone()),
        strings("path").unwrap_or_else(|| interp.config.path.clone()),
    ] {
        out.number(list.len() as u64);
        list.iter().for_each(|text| out.text(text));
    }
    out.0
}

fn os_error(cx: &Ctx, error: &io::Error) -> Raised {
    crate::types::exception::os_error::raise(cx, error, None)
}

fn take(cx: &mut Ctx) -> Res<Worker> {
    let interp = cx.interp_arc();
    if let Some(worker) = interp.workers.spare.lock().pop() {
        return Ok(worker);
    }
    let set_up = set_up(cx);
    let spawned = cx.detached(|| Worker::spawn(&set_up));
    spawned.map_err(|error| os_error(cx, &error))
}

/// Starts `count` workers ahead of need.
///
/// # Errors
/// OSError if there can be no more processes.
pub fn warm(cx: &mut Ctx, count: usize) -> Res<()> {
    let (interp, set_up) = (cx.interp_arc(), set_up(cx));
    let missing = count.saturating_sub(interp.workers.spare.lock().len());
    let spawned = cx.detached(|| (0..missing).map(|_| Worker::spawn(&set_up)).collect::<io::Result<Vec<_>>>());
    let workers = spawned.map_err(|error| os_error(cx, &error))?;
    interp.workers.spare.lock().extend(workers);
    Ok(())
}

/// Runs `callable(*args, **kwargs)` in a worker. `task` is the tuple of those three and of the name.
///
/// # Errors
/// TypeError if something that the callable can reach cannot cross; OSError if there can be no more processes.
pub fn start(cx: &mut Ctx, task: Slot, kind: Kind, daemon: bool) -> Res<Arc<Worker>> {
    let message = codec::encode(cx, cx.get(task), 0)?;
    let interp = cx.interp_arc();
    // What is still to be printed is the parent's, and comes first.
    interp.files.flush();
    let worker = take(cx)?;
    let kind = if kind == Kind::Thread { Frame::Thread } else { Frame::Process };
    let message = with_home(cx, &message);
    // If the worker is gone already, whoever joins it learns so.
    let _ = cx.detached(|| frame::write(&worker.socket, kind, &message));
    let worker = Arc::new(worker);
    // The threads of a script end with it; those that are no daemons it has waited for before.
    let dies_with_us = daemon || kind == Frame::Thread;
    interp.workers.add(Arc::clone(&worker), dies_with_us);
    Ok(worker)
}

impl Workers {
    fn add(&self, worker: Arc<Worker>, dies_with_us: bool) {
        self.note_others();
        let mut list = if dies_with_us { self.daemons.lock() } else { self.awaited.lock() };
        list.retain(|worker| worker.peek().is_none_or(|code| code < 0 && !worker.noticed.load(Ordering::Relaxed)));
        list.push(worker);
    }

    /// Notes that other processes may change what this one waits for.
    pub(super) fn note_others(&self) {
        self.others.store(true, Ordering::Relaxed);
    }
}

/// Whether other processes may change what this one waits for.
pub(crate) fn has_others(cx: &Ctx) -> bool {
    cx.interp().workers.others.load(Ordering::Relaxed)
}

/// For a thread that would wait without end: a worker that was killed may be what it waits for. Each is reported once, and not
/// if the script has seen, or brought about, its end.
///
/// # Errors
/// RuntimeError if a worker was killed.
pub(crate) fn report_deaths(cx: &Ctx) -> Res<()> {
    let workers = &cx.interp().workers;
    if !has_others(cx) {
        return Ok(());
    }
    for list in [&workers.awaited, &workers.daemons] {
        if let Some(dead) = list.lock().iter().find(|worker| worker.died_unnoticed()) {
            return Err(crashed(cx, dead.peek().unwrap_or_default()));
        }
    }
    Ok(())
}

fn crashed(cx: &Ctx, code: i32) -> Raised {
    cx.raise(Builtin::RuntimeError, format!("a worker process ended abruptly (exit code {code})"))
}

/// Waits until a worker ends, at most until `deadline`; its exit code, negative for the signal that killed it.
///
/// # Errors
/// KeyboardInterrupt.
pub fn join(cx: &mut Ctx, worker: &Worker, deadline: Option<Instant>) -> Res<Option<i32>> {
    loop {
        match cx.detached(|| worker.wait_once(deadline)) {
            Waited::Ended(code) => return Ok(Some(code)),
            Waited::TimedOut => return Ok(None),
            Waited::Interrupted => cx.poll()?,
        }
    }
}

/// Puts the interpreter's id before a message, so that the worker knows whom it answers.
pub(super) fn with_home(cx: &Ctx, message: &[u8]) -> Vec<u8> {
    [&cx.interp().homes.id().to_le_bytes(), message].concat()
}

/// A worker that answers calls: [`Worker::call`] with messages of [`call_message`].
///
/// # Errors
/// OSError if there can be no more processes.
pub fn start_pool_worker(cx: &mut Ctx) -> Res<Arc<Worker>> {
    let worker = Arc::new(take(cx)?);
    // What it was doing when it died hears of it.
    worker.notice();
    cx.interp().workers.add(Arc::clone(&worker), true);
    Ok(worker)
}

/// A call as [`Worker::call`] takes it: `task` is a tuple of a callable, its arguments and its keywords.
///
/// # Errors
/// TypeError if something cannot cross.
pub fn call_message(cx: &mut Ctx, task: Slot) -> Res<Vec<u8>> {
    let message = codec::encode(cx, cx.get(task), 0)?;
    Ok(with_home(cx, &message))
}

/// The result of a call, or its exception raised again: a tuple of the exception and its traceback's text.
///
/// # Errors
/// RuntimeError if the worker died; whatever decoding raises.
pub fn reply_value(cx: &mut Ctx, reply: &Reply) -> Res<(bool, Slot)> {
    match reply {
        Reply::Returned(message) => Ok((true, codec::decode(cx, message, false)?)),
        Reply::Raised(message) => Ok((false, codec::decode(cx, message, false)?)),
        Reply::Crashed(code) => Err(crashed(cx, *code)),
    }
}

/// Ends what a program leaves: waits for its processes, ends daemons, threads and spares.
///
/// # Errors
/// KeyboardInterrupt, after all of them were ended.
pub fn finish(cx: &mut Ctx) -> Res<()> {
    let interp = cx.interp_arc();
    interp.files.flush();
    let mut result = Ok(());
    while let Some(worker) = { interp.workers.awaited.lock().pop() } {
        if result.is_ok() {
            result = join(cx, &worker, None).map(|_| ());
        }
        if result.is_err() {
            interp.workers.daemons.lock().push(worker);
        }
    }
    cx.detached(|| {
        let daemons = std::mem::take(&mut *interp.workers.daemons.lock());
        daemons.iter().for_each(|worker| worker.signal(Signal::TERM));
        let spares = std::mem::take(&mut *interp.workers.spare.lock());
        spares.iter().for_each(Worker::close);
        for worker in daemons.iter().map(|worker| &**worker).chain(&spares) {
            if !worker.wait(Some(Instant::now() + GRACE)) {
                worker.signal(Signal::KILL);
                worker.wait(None);
            }
        }
    });
    result
}
