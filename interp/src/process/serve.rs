//! What a worker process does: set up an interpreter, then run what its parent sends.

use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, FromRawFd, OwnedFd, RawFd};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{self, Receiver};

use argil_lock::LockMode;

use super::codec::{self, Fault, Malformed, ReadMessage, Reader, explain};
use super::frame::{self, Kind as Frame};
use crate::builtin::Builtin;
use crate::config::{Config, Library};
use crate::ctx::{Ctx, Res, Slot};
use crate::interp::Interpreter;
use crate::options::Options;
use crate::program::{self, Ending};
use crate::shared::arena;
use crate::signals;
use crate::types::dict::Dict;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Serves the parent, whose socket is standard input, to the end; the exit status.
///
/// Ctrl-C is the parent's business until this process is told that it is one of its own, so all of its threads, this one too,
/// are to be started with [`signals::block_interrupts`] in force.
pub fn serve(library: &'static Library, native_stack: usize) -> i32 {
    let Ok(socket) = parent() else { return refuse("it has no parent") };
    // A parent that is gone already wants to hear nothing.
    let Ok((Frame::SetUp, content)) = frame::read(&socket) else { return 1 };
    let (config, module) = match config(&content, library) {
        Ok(told) => told,
        Err(fault) => return refuse(&explain(&fault)),
    };
    let mut cx = Interpreter::start(config, native_stack);
    cx.interp().processes().workers.note_others();
    program::site::prepare(&mut cx, true);
    if !module.is_empty()
        && let Err(raised) = cx.scope(|cx| crate::import::import_module(cx, module).map(|_| ()))
    {
        // Whoever needs the module tries again, and is heard.
        cx.take_raised(raised);
    }
    let Ok(frames) = listen(&socket) else { return refuse("it cannot start a thread") };
    let status = loop {
        // Without a parent there is nobody to work for; the listener has ended the process then.
        let Ok((kind, content)) = cx.detached(|| frames.recv()) else { break 1 };
        match kind {
            Frame::Call => match cx.scope(|cx| Ok(answer(cx, &socket, &content))) {
                Ok(None) => {}
                Ok(Some(status)) => break status as i32,
                Err(_) => break 1,
            },
            Frame::Process | Frame::Thread => break run(&mut cx, kind, &content),
            _ => break 0,
        }
    };
    match end(&mut cx) {
        Ok(()) => status,
        Err(raised) => {
            let exception = cx.root(cx.take_raised(raised));
            exit_status(program::uncaught(&mut cx, exception))
        }
    }
}

/// Waits for the threads and processes that the task has left.
fn end(cx: &mut Ctx) -> Res<()> {
    let threads = program::wait_for_threads(cx);
    super::finish(cx).and(threads)
}

fn exit_status(ending: Ending) -> i32 {
    match ending {
        Ending::Status(status) => status,
        Ending::Interrupted => 1,
    }
}

/// Says why the process cannot be a worker; the exit status.
fn refuse(reason: &str) -> i32 {
    // A closed stderr is no reason to do anything else.
    let _ = writeln!(std::io::stderr(), "argil: a worker process cannot start: {reason}");
    1
}

/// The socket to the parent; standard input is empty from now on.
fn parent() -> std::io::Result<UnixStream> {
    let socket = std::io::stdin().as_fd().try_clone_to_owned()?;
    rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
    Ok(UnixStream::from(socket))
}

/// How to set up the interpreter, and what to import in it.
fn config<'a>(content: &'a [u8], library: &'static Library) -> Result<(Config, &'a str), Fault> {
    let mut reader = Reader(content);
    reader.version()?;
    let lock: LockMode = reader.text()?.parse().map_err(|_| Malformed)?;
    let memory = RawFd::try_from(reader.number()?).map_err(|_| Malformed)?;
    // SAFETY: the parent left this descriptor open for this process to inherit, and nothing else here knows of it.
    let memory = unsafe { OwnedFd::from_raw_fd(memory) };
    arena::adopt(memory).map_err(|_| Malformed)?;
    let options = Options::read(&mut reader)?;
    let mut list = || -> Result<Vec<String>, Fault> {
        let count = reader.count()?;
        (0..count).map(|_| reader.text().map(str::to_owned)).collect()
    };
    let config = Config { argv: list()?, path: list()?, options, ..Config::new(lock, library) };
    Ok((config, std::str::from_utf8(reader.0).map_err(|_| Malformed)?))
}

/// Reads what the parent sends on a thread of its own, which ends the process when the parent is gone.
fn listen(socket: &UnixStream) -> std::io::Result<Receiver<(Frame, Vec<u8>)>> {
    let (sender, receiver) = mpsc::channel();
    let socket = socket.try_clone()?;
    let listen = move || {
        loop {
            match frame::read(&socket) {
                Ok(frame) => {
                    if sender.send(frame).is_err() {
                        return;
                    }
                }
                Err(_) => std::process::exit(1),
            }
        }
    };
    signals::quietly(|| std::thread::Builder::new().name("listen".into()).spawn(listen))?;
    Ok(receiver)
}

/// Calls what a message names: a tuple of a callable, its arguments, its keywords, perhaps a name.
fn call(cx: &mut Ctx, task: Slot) -> Res<Slot> {
    let parts = cx.get(task).cast::<Tuple>().map(|task| cx.root_all(task.iter(cx)));
    let Some(parts) = parts.filter(|parts| parts.len() >= 3) else { return Err(cx.type_error("not a task")) };
    let (mut args, mut names) = (Vec::new(), Vec::new());
    if let Some(given) = cx.get(parts.get(1)).cast::<Tuple>() {
        args.extend(given.iter(cx));
    }
    if let Some(given) = cx.get(parts.get(2)).cast::<Dict>() {
        for (name, value) in given.iter(cx) {
            names.push(name);
            args.push(value);
        }
    }
    let names = (!names.is_empty()).then(|| cx.root(cx.tuple(&names)));
    let args = cx.root_all(args);
    cx.call_kw(parts.get(0), args, names)
}

fn split(content: &[u8]) -> (u64, &[u8]) {
    match content.split_first_chunk::<8>() {
        Some((home, message)) => (u64::from_le_bytes(*home), message),
        None => (0, &[]),
    }
}

/// Answers one call; or the exit status, if the call asked the process to end: then the end is the answer.
fn answer(cx: &mut Ctx, socket: &UnixStream, content: &[u8]) -> Option<i64> {
    let (home, message) = split(content);
    let result = codec::decode(cx, message, true)
        .and_then(|task| call(cx, task))
        .and_then(|value| codec::encode(cx, value, home));
    cx.interp().files.flush();
    let (kind, content) = match result {
        Ok(content) => (Frame::Returned, content),
        Err(raised) => {
            let raised = cx.root(cx.take_raised(raised));
            if cx.is_instance(cx.get(raised), Builtin::SystemExit) {
                return Some(exit_status(program::uncaught(cx, raised)).into());
            }
            (Frame::Raised, exception(cx, raised, home))
        }
    };
    // A parent that is gone shows on the listener.
    let _ = cx.detached(|| frame::write(socket, kind, &content));
    None
}

/// An exception and its traceback's text; in its place a RuntimeError that says the same if it cannot cross.
fn exception(cx: &mut Ctx, exception: Slot, home: u64) -> Vec<u8> {
    let text = crate::traceback::format(cx, exception);
    let pair = cx.root(cx.tuple(&[cx.get(exception), cx.str(&text)]));
    match codec::encode(cx, pair, home) {
        Ok(content) => content,
        Err(raised) => {
            cx.take_raised(raised);
            let raised = cx.raise(Builtin::RuntimeError, text.trim_end());
            let pair = cx.root(cx.tuple(&[cx.take_raised(raised), cx.str(&text)]));
            codec::encode(cx, pair, home).unwrap_or_default()
        }
    }
}

/// Runs a `Process` or `Thread`; the exit status.
fn run(cx: &mut Ctx, kind: Frame, content: &[u8]) -> i32 {
    if kind == Frame::Process {
        signals::install(&cx.poll);
        signals::unblock_interrupts();
    }
    let (_, message) = split(content);
    let task = codec::decode(cx, message, true);
    let mut name = String::new();
    let result = task.and_then(|task| {
        let given = cx.get(task).cast::<Tuple>().and_then(|task| task.get(cx, 3)).and_then(Value::as_str);
        name = given.unwrap_or_default().to_owned();
        call(cx, task)
    });
    let Err(raised) = result else { return 0 };
    let exception = cx.root(cx.take_raised(raised));
    if cx.is_instance(cx.get(exception), Builtin::SystemExit) {
        return exit_status(program::uncaught(cx, exception));
    }
    cx.interp().files.flush();
    let what = if kind == Frame::Thread { "Exception in thread" } else { "Process" };
    let text = format!("{what} {name}:\n{}", crate::traceback::format(cx, exception));
    crate::traceback::write_stderr(cx, &text);
    1
}
