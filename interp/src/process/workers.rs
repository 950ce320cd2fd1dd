//! The workers of an interpreter: taken from those that wait or started, given their task, ended with the program.

use std::io;
use std::num::NonZero;
use std::os::fd::AsRawFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::process::Signal;

use super::codec;
use super::frame::Kind as Frame;
use super::worker::{Reply, SetUp, Waited, Worker};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::shared::arena;
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

/// The workers of an interpreter.
#[derive(Default)]
pub struct Workers {
    /// Those that the end of the program waits for.
    awaited: Mutex<Vec<Arc<Worker>>>,
    /// Those that the end of the program kills.
    daemons: Mutex<Vec<Arc<Worker>>>,
    /// Those that wait for something to do, and how they were set up.
    spare: Mutex<Vec<(Arc<SetUp>, Worker)>>,
    /// How many spawners there are. Relaxed: it changes and is read by attached threads.
    spawners: AtomicUsize,
    /// Whether there are other processes: this one is a worker, or has started one. Relaxed: never unset.
    others: AtomicBool,
}

/// How long a worker that was asked to end may take before it is killed.
const GRACE: Duration = Duration::from_secs(1);

/// What a worker that starts now inherits.
fn set_up(cx: &Ctx) -> SetUp {
    let interp = cx.interp();
    let found = |module: &str, name: &str| {
        let module = interp.modules(cx).get_name(cx, cx.intern(module))?.cast::<Module>()?;
        module.names(cx).get_name(cx, cx.intern(name))
    };
    let strings = |name: &str| -> Option<Vec<String>> {
        let list = found("sys", name)?.cast::<List>()?;
        Some(list.to_vec(cx).into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
    };
    let mut out = codec::Writer::default();
    out.byte(codec::VERSION);
    out.text(interp.lock.mode().name());
    // Without the file no worker starts, so the number is not looked at.
    out.number(arena::file().map_or(0, |file| file.as_raw_fd() as u64));
    interp.config.options.write(&mut out);
    for list in [
        strings("argv").unwrap_or_else(|| interp.config.argv.clone()),
        strings("path").unwrap_or_else(|| interp.config.path.clone()),
    ] {
        out.number(list.len() as u64);
        list.iter().for_each(|text| out.text(text));
    }
    SetUp { frame: out.0, folder: std::env::current_dir().ok(), variables: std::env::vars_os().collect() }
}

fn os_error(cx: &Ctx, error: &io::Error) -> Raised {
    crate::types::exception::os_error::raise(cx, error, None)
}

/// Whoever starts workers that are alike: those of a pool, or the next one. A pool keeps it for as long as there may be an
/// answer to read.
pub struct Spawner {
    set_up: Arc<SetUp>,
    workers: Arc<Workers>,
}

impl Drop for Spawner {
    fn drop(&mut self) {
        self.workers.spawners.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Spawner {
    /// For workers that find everything as the calling script does at this moment: arguments, modules, folder, environment.
    pub fn new(cx: &Ctx) -> Spawner {
        cx.interp().processes().workers.spawners.fetch_add(1, Ordering::Relaxed);
        Spawner { set_up: set_up(cx).into(), workers: Arc::clone(&cx.interp().processes().workers) }
    }

    /// A worker: one that waits for something to do, or a new one. Blocks.
    fn take(&self) -> io::Result<Worker> {
        while let Some((set_up, worker)) = { self.workers.spare.lock().pop() } {
            if set_up == self.set_up && !worker.has_ended() {
                return Ok(worker);
            }
            worker.signal(Signal::KILL);
            worker.wait(None);
        }
        Worker::spawn(&self.set_up, "")
    }

    /// A worker that answers calls: [`Worker::call`] with messages of [`call_message`]. Blocks.
    ///
    /// # Errors
    /// The system's, if there can be no more processes.
    pub fn pool_worker(&self) -> io::Result<Arc<Worker>> {
        let worker = Arc::new(self.take()?);
        // What it was doing when it died hears of it.
        worker.notice();
        self.workers.add(Arc::clone(&worker), true);
        Ok(worker)
    }
}

/// Starts workers ahead of need, as many as there are processors: for modules whose import says that processes are to come.
///
/// Their start-up, and the import of the library module that what they will run needs, then overlaps with what the script does
/// before it needs them. Only the first process does this: a worker
/// that imports such a module most likely works alone. If there can be no more processes, whoever needs one will learn so.
pub fn warm(cx: &mut Ctx, module: &str) {
    if has_others(cx) {
        return;
    }
    let spawner = Spawner::new(cx);
    cx.detached(|| {
        let missing =
            available_parallelism().map_or(1, NonZero::get).saturating_sub(spawner.workers.spare.lock().len());
        for worker in (0..missing).map_while(|_| Worker::spawn(&spawner.set_up, module).ok()) {
            spawner.workers.spare.lock().push((Arc::clone(&spawner.set_up), worker));
        }
    });
}

/// Runs `callable(*args, **kwargs)` in a worker. `task` is the tuple of those three and of the name.
///
/// # Errors
/// TypeError if something that the callable can reach cannot cross; OSError if there can be no more processes.
pub fn start(cx: &mut Ctx, task: Slot, kind: Kind, daemon: bool) -> Res<Arc<Worker>> {
    let message = codec::encode(cx, task, 0)?;
    let interp = cx.interp_arc();
    // What is still to be printed is the parent's, and comes first.
    interp.files.flush();
    let spawner = Spawner::new(cx);
    let worker = cx.detached(|| spawner.take()).map_err(|error| os_error(cx, &error))?;
    let kind = if kind == Kind::Thread { Frame::Thread } else { Frame::Process };
    let message = with_home(cx, &message);
    cx.detached(|| worker.send(kind, &message));
    let worker = Arc::new(worker);
    // The threads of a script end with it; those that are no daemons it has waited for before.
    let dies_with_us = daemon || kind == Frame::Thread;
    interp.processes().workers.add(Arc::clone(&worker), dies_with_us);
    Ok(worker)
}

impl Workers {
    fn add(&self, worker: Arc<Worker>, dies_with_us: bool) {
        self.note_others();
        let mut list = if dies_with_us { self.daemons.lock() } else { self.awaited.lock() };
        list.retain(|worker| worker.matters());
        list.push(worker);
    }

    /// Whether an answer to a call may be on its way, which may name an object by its mere id.
    pub(crate) fn may_answer(&self) -> bool {
        self.spawners.load(Ordering::Relaxed) > 0
    }

    /// Notes that other processes may change what this one waits for.
    pub(super) fn note_others(&self) {
        self.others.store(true, Ordering::Relaxed);
    }
}

/// Whether other processes may change what this one waits for.
pub(crate) fn has_others(cx: &Ctx) -> bool {
    cx.interp().processes().workers.others.load(Ordering::Relaxed)
}

/// For a thread that would wait without end: a worker that was killed may be what it waits for. Each is reported once, and not
/// if the script has seen, or brought about, its end.
///
/// # Errors
/// RuntimeError if a worker was killed.
pub(crate) fn report_deaths(cx: &Ctx) -> Res<()> {
    let workers = &cx.interp().processes().workers;
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

/// The RuntimeError of whoever waits for a worker that has ended with this exit code and has not answered.
pub fn crashed(cx: &Ctx, code: i32) -> Raised {
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
    [&cx.interp().processes().homes.id().to_le_bytes(), message].concat()
}

/// A call as [`Worker::call`] takes it: `task` is a tuple of a callable, its arguments and its keywords.
///
/// # Errors
/// TypeError if something cannot cross.
pub fn call_message(cx: &mut Ctx, task: Slot) -> Res<Vec<u8>> {
    let message = codec::encode(cx, task, 0)?;
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
    while let Some(worker) = { interp.processes().workers.awaited.lock().pop() } {
        if result.is_ok() {
            result = join(cx, &worker, None).map(|_| ());
        }
        if result.is_err() {
            interp.processes().workers.daemons.lock().push(worker);
        }
    }
    cx.detached(|| {
        let daemons = std::mem::take(&mut *interp.processes().workers.daemons.lock());
        daemons.iter().for_each(|worker| worker.signal(Signal::TERM));
        let spares = std::mem::take(&mut *interp.processes().workers.spare.lock());
        // Those have nothing to lose.
        spares.iter().for_each(|(_, worker)| worker.signal(Signal::KILL));
        for worker in daemons.iter().map(|worker| &**worker).chain(spares.iter().map(|(_, worker)| worker)) {
            if !worker.wait(Some(Instant::now() + GRACE)) {
                worker.signal(Signal::KILL);
                worker.wait(None);
            }
        }
    });
    result
}
