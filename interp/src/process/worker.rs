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
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::codec;
use super::frame::{self, Kind as Frame};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::sync_cell;
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
}

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
        let worker = Worker { pid: child.id(), socket, state: Mutex::new(State::Running(child)) };
        frame::write(&worker.socket, Frame::SetUp, set_up)?;
        Ok(worker)
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until the worker ends or the time is up; the exit code, negative for the signal that killed it. Blocks.
    pub fn wait(&self, deadline: Option<Instant>) -> Option<i32> {
        loop {
            if let State::Ended(code) = *self.state.lock() {
                return Some(code);
            }
            if let Some(deadline) = deadline {
                let left = deadline.saturating_duration_since(Instant::now());
                let _ = self.socket.set_read_timeout(Some(left.max(Duration::from_millis(1))));
            } else {
                let _ = self.socket.set_read_timeout(None);
            }
            // A worker says nothing unasked: reading ends when the worker does, or with the time.
            match io::Read::read(&mut &self.socket, &mut [0; 64]) {
                Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                    if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                        return None;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(count) if count > 0 => {}
                _ => return Some(self.reap()),
            }
        }
    }

    /// Waits for a process whose side of the socket is closed.
    fn reap(&self) -> i32 {
        let mut state = self.state.lock();
        if let State::Running(child) = &mut *state {
            let code = child.wait().map_or(-1, |status| status.code().unwrap_or(-status.signal().unwrap_or(1)));
            *state = State::Ended(code);
        }
        match *state {
            State::Ended(code) => code,
            State::Running(_) => -1,
        }
    }

    /// The exit code, if the worker has ended. Does not block.
    pub fn exit_code(&self) -> Option<i32> {
        let mut state = self.state.lock();
        if let State::Running(child) = &mut *state
            && let Ok(Some(status)) = child.try_wait()
        {
            *state = State::Ended(status.code().unwrap_or(-status.signal().unwrap_or(1)));
        }
        match *state {
            State::Ended(code) => Some(code),
            State::Running(_) => None,
        }
    }

    /// Sends the worker a signal, if it has not ended.
    pub fn signal(&self, signal: rustix::process::Signal) {
        if self.exit_code().is_none()
            && let Some(pid) = rustix::process::Pid::from_raw(self.pid as i32)
        {
            // It may end at this very moment; until it is waited for, its id is not given to another.
            let _ = rustix::process::kill_process(pid, signal);
        }
    }

    /// Sends a call and waits for the answer. Blocks; one call at a time.
    pub fn call(&self, message: &[u8]) -> Reply {
        let answer = frame::write(&self.socket, Frame::Call, message).and_then(|()| frame::read(&self.socket));
        match answer {
            Ok((Frame::Returned, content)) => Reply::Returned(content),
            Ok((Frame::Raised, content)) => Reply::Raised(content),
            _ => Reply::Crashed(self.reap()),
        }
    }

    /// Tells the worker to end when it has nothing left to do.
    pub fn close(&self) {
        // If it is gone already, that is as good.
        let _ = frame::write(&self.socket, Frame::Close, &[]);
    }
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
    out.number(sync_cell::memory().as_fd().as_raw_fd() as u64);
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
    let list = if daemon { &interp.workers.daemons } else { &interp.workers.awaited };
    let mut list = list.lock();
    list.retain(|worker| worker.exit_code().is_none());
    list.push(Arc::clone(&worker));
    drop(list);
    Ok(worker)
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
    cx.interp().workers.daemons.lock().push(Arc::clone(&worker));
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
        Reply::Crashed(code) => {
            Err(cx.raise(Builtin::RuntimeError, format!("a worker process ended abruptly (exit code {code})")))
        }
    }
}

/// Ends what a program leaves: waits for its workers, kills daemons and spares.
pub fn finish(cx: &mut Ctx) {
    let interp = cx.interp_arc();
    interp.files.flush();
    cx.detached(|| {
        while let Some(worker) = { interp.workers.awaited.lock().pop() } {
            worker.wait(None);
        }
        for worker in interp.workers.daemons.lock().drain(..) {
            worker.signal(rustix::process::Signal::TERM);
            worker.wait(None);
        }
        for worker in interp.workers.spare.lock().drain(..) {
            worker.close();
            worker.wait(None);
        }
    });
}
