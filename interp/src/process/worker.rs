//! A worker as its parent sees it: started, told what to run, followed to its end.
//!
//! A worker is a process of this same program. Its standard input is a socket to the parent, so no descriptor leaks into
//! other workers, and the end of either side shows on the other at once: a worker that dies, however it dies, ends the
//! parent's wait, and a worker whose parent is gone ends itself. A worker serves one `Process`, `Thread` or pool and is not
//! used again, so nothing that one leaves behind is seen by another.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use parking_lot::Mutex;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process};

use super::frame::{self, Kind as Frame};

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

/// What a worker inherits from its parent.
#[derive(PartialEq, Eq)]
pub(super) struct SetUp {
    /// What it is told first.
    pub frame: Vec<u8>,
    /// The current folder, which every process inherits.
    pub folder: Option<PathBuf>,
    /// The environment.
    pub variables: Vec<(OsString, OsString)>,
}

/// How a wait for a worker ended.
pub(super) enum Waited {
    Ended(i32),
    TimedOut,
    Interrupted,
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
    /// Starts a process and tells it how to set up its interpreter, and which library module to import at once, if any.
    pub(super) fn spawn(set_up: &SetUp, module: &str) -> io::Result<Worker> {
        crate::shared::arena::file()?;
        let (socket, theirs) = UnixStream::pair()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.env_clear().envs(set_up.variables.iter().map(|(name, value)| (name, value)));
        let child = command.arg("--worker").stdin(Stdio::from(OwnedFd::from(theirs))).spawn()?;
        let worker_pid = child.id();
        let state = Mutex::new(State::Running(child));
        let worker = Worker { pid: worker_pid, socket, state, noticed: AtomicBool::new(false) };
        frame::write(&worker.socket, Frame::SetUp, &[&set_up.frame, module.as_bytes()].concat())?;
        Ok(worker)
    }

    /// The process id.
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits until the worker ends, the time is up, or a signal comes. Blocks.
    pub(super) fn wait_once(&self, deadline: Option<Instant>) -> Waited {
        if let State::Ended(code) = *self.state.lock() {
            return Waited::Ended(code);
        }
        // A worker says nothing unasked: its side becomes readable when it closes, at the worker's end.
        let mut socket = [PollFd::new(&self.socket, PollFlags::IN)];
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let limit = left.and_then(|left| Timespec::try_from(left).ok());
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

    /// The exit code, if the worker has ended; nobody is told. Does not block.
    pub(super) fn peek(&self) -> Option<i32> {
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

    /// Whether somebody may yet have to be told that a signal killed the worker.
    pub(super) fn matters(&self) -> bool {
        self.peek().is_none_or(|code| code < 0 && !self.noticed.load(Ordering::Relaxed))
    }

    /// Whether a signal killed the worker, and nobody asked how it ended until now.
    pub fn died_unnoticed(&self) -> bool {
        self.peek().is_some_and(|code| code < 0) && !self.noticed.swap(true, Ordering::Relaxed)
    }

    /// Its end is no surprise from now on.
    pub(super) fn notice(&self) {
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

    /// Sends what the worker is to do. If it is gone already, whoever waits for it learns so. Blocks.
    pub(super) fn send(&self, kind: Frame, content: &[u8]) {
        let _ = frame::write(&self.socket, kind, content);
    }

    /// Sends a call and waits for the answer; `None` if the worker has ended without hearing it. Blocks; one call at a time.
    pub fn call(&self, message: &[u8]) -> Option<Reply> {
        let sent = frame::write(&self.socket, Frame::Call, message);
        let unheard = sent.is_err();
        let error = match sent.and_then(|()| frame::read(&self.socket)) {
            Ok((Frame::Returned, content)) => return Some(Reply::Returned(content)),
            Ok((Frame::Raised, content)) => return Some(Reply::Raised(content)),
            Ok(_) => None,
            Err(error) => Some(error.kind()),
        };
        self.notice();
        // It may have closed its socket, or said what is no answer, without having ended.
        self.signal(Signal::KILL);
        let code = self.reap();
        // A process that ends with something unread resets the connection; one that has read all merely closes it.
        let unheard = unheard || error == Some(io::ErrorKind::ConnectionReset);
        (!unheard).then_some(Reply::Crashed(code))
    }

    /// Tells the worker to end when it has nothing left to do.
    pub fn close(&self) {
        self.send(Frame::Close, &[]);
    }
}

fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or_else(|| -status.signal().unwrap_or(1))
}
