//! Ends that come from outside: Ctrl-C and kill. Whatever the script waits for, it ends, and so do its processes.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::{argil, folder, run};

const MODES: [&str; 3] = ["gil", "none", "process"];

/// The longest that an end may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Time for a script to go on from the line that it printed.
const AFTER_THE_LINE: Duration = Duration::from_millis(100);

/// A script that has printed the ids of its processes, and goes on.
struct Running {
    child: Child,
    processes: Vec<i32>,
}

impl Running {
    /// Starts a script that prints one line when it is ready: the ids of its processes.
    fn start(mode: &str, code: &str) -> Running {
        // Each thread of the test runner has a folder.
        let folder = folder(&format!("ends_{:?}", std::thread::current().id()));
        let mut command = argil(&folder, &["--lock", mode, "-c", code]);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("argil starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("it is piped");
        BufReader::new(stdout).read_line(&mut line).expect("it prints a line");
        let processes = line.split_whitespace().map(|id| id.parse().expect("an id")).collect();
        Running { child, processes }
    }

    /// Sends the signal to this process alone; how it ended, and that nothing is left.
    #[track_caller]
    fn end(self, signal: Signal) -> Output {
        let pid = Pid::from_child(&self.child);
        // The call that printed the line is a place at which an interrupt can strike, too.
        std::thread::sleep(AFTER_THE_LINE);
        kill_process(pid, signal).expect("it runs");
        let hangs = !have_ended(&[pid.as_raw_nonzero().get()]);
        if hangs {
            kill_process(pid, Signal::KILL).expect("it runs");
        }
        let output = self.child.wait_with_output().expect("it ends");
        assert!(!hangs, "it hangs: {output:?}");
        assert!(have_ended(&self.processes), "left running: {:?}", self.processes);
        output
    }
}

/// What the system tells of a process after its name: the state, the parent, ….
fn stat(id: i32) -> Option<String> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name may contain anything.
    stat.rsplit_once(") ").map(|(_, rest)| rest.to_owned())
}

/// Whether the process runs: there is one of this id, and it is not dead, with all its threads, and only not asked how it ended.
fn runs(id: i32) -> bool {
    let threads = || fs::read_dir(format!("/proc/{id}/task")).map_or(0, Iterator::count);
    stat(id).is_some_and(|stat| !stat.starts_with('Z') || threads() > 1)
}

/// Whether these processes have ended, soon enough.
fn have_ended(ids: &[i32]) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while ids.iter().any(|id| runs(*id)) {
        if Instant::now() >= deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    true
}

/// The processes that this one started.
fn children(parent: Pid) -> Vec<i32> {
    let parent = parent.as_raw_nonzero().to_string();
    let processes =
        fs::read_dir("/proc").expect("Linux has it").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let ids = processes.filter_map(|name| name.parse().ok());
    let is_child = |id: &i32| stat(*id).and_then(|stat| stat.split_whitespace().nth(1).map(|id| id == parent));
    ids.filter(|id| is_child(id) == Some(true)).collect()
}

/// What a script may be doing when Ctrl-C comes: how it begins, and what does not return by itself.
const WAITS: [(&str, &str); 13] = [
    ("", "while True: pass"),
    ("import time", "time.sleep(100)"),
    ("import threading; lock = threading.Lock(); lock.acquire()", "lock.acquire()"),
    ("import threading; lock = threading.Lock(); lock.acquire()", "lock.acquire(timeout=100)"),
    ("import threading", "threading.Event().wait()"),
    ("import threading; c = threading.Condition(); c.acquire()", "c.wait()"),
    ("import queue", "queue.Queue().get()"),
    ("import queue", "queue.Queue().get(timeout=100)"),
    (
        "import threading, time; t = threading.Thread(target=time.sleep, args=(100,), daemon=True); t.start()",
        "t.join()",
    ),
    ("import sys", "input()"),
    ("import sys", "sys.stdin.read()"),
    ("import socket; a, b = socket.socketpair()", "a.recv(1)"),
    ("import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()", "s.accept()"),
];

#[test]
fn an_interrupt_ends_whatever_waits() {
    for mode in MODES {
        for (begin, wait) in WAITS {
            let code = format!("{begin}\nprint(flush=True)\n{wait}");
            let output = Running::start(mode, &code).end(Signal::INT);
            assert_eq!(output.status.signal(), Some(2), "{mode}: {wait}: {output:?}");
            let stderr = String::from_utf8_lossy(&output.stderr);
            let traceback =
                stderr.starts_with("Traceback (most recent call last):\n") && stderr.contains("line 3, in ");
            assert!(traceback && stderr.ends_with("KeyboardInterrupt\n"), "{mode}: {wait}: {stderr}");
        }
    }
}

#[test]
fn an_interrupt_can_be_caught() {
    for mode in MODES {
        let code = "import time\nprint(flush=True)\n\
                    try:\n    time.sleep(100)\nexcept KeyboardInterrupt:\n    pass\n\
                    time.sleep(0.1)\nraise SystemExit(7)";
        let output = Running::start(mode, code).end(Signal::INT);
        assert_eq!((output.status.code(), &*output.stderr), (Some(7), &b""[..]), "{mode}");
    }
}

/// Scripts with two processes that sleep: how they come by them, and how they wait for them.
const PROCESSES: [(&str, &str); 2] = [
    (
        "from multiprocessing import Process\n\
         a, b = workers = [Process(target=time.sleep, args=(100,), daemon=True) for _ in range(2)]\n\
         for w in workers: w.start()\n\
         print(a.pid, b.pid, flush=True)",
        "a.join()",
    ),
    (
        "from multiprocessing import Pool, Queue\n\
         ids = Queue()\n\
         def work():\n    ids.put(os.getpid())\n    time.sleep(100)\n\
         pool = Pool(2)\n\
         results = [pool.apply_async(work) for _ in range(2)]\n\
         print(ids.get(), ids.get(), flush=True)",
        "results[0].get()",
    ),
];

/// The same with threads, which are processes in one mode.
const THREADS: (&str, &str) = (
    "from threading import Thread\n\
     a, b = workers = [Thread(target=time.sleep, args=(100,), daemon=True) for _ in range(2)]\n\
     for w in workers: w.start()\n\
     print(a.native_id, b.native_id, flush=True)",
    "a.join()",
);

/// Every script with processes, in every mode in which it has them.
fn with_processes() -> impl Iterator<Item = (&'static str, String)> {
    let scripts = MODES.into_iter().flat_map(|mode| PROCESSES.map(|script| (mode, script)));
    scripts
        .chain([("process", THREADS)])
        .map(|(mode, (begin, wait))| (mode, format!("import os, time\n{begin}\n{wait}")))
}

#[test]
fn an_interrupt_leaves_no_process() {
    for (mode, code) in with_processes() {
        let running = Running::start(mode, &code);
        assert_eq!(running.processes.len(), 2, "{mode}: {code}");
        let output = running.end(Signal::INT);
        assert_eq!(output.status.signal(), Some(2), "{mode}: {code}: {output:?}");
        assert!(output.stderr.ends_with(b"KeyboardInterrupt\n"), "{mode}: {code}: {output:?}");
    }
}

#[test]
fn no_process_outlives_the_one_that_started_it() {
    for (mode, code) in with_processes() {
        let running = Running::start(mode, &code);
        assert_eq!(running.processes.len(), 2, "{mode}: {code}");
        assert_eq!(running.end(Signal::KILL).status.signal(), Some(9), "{mode}: {code}");
    }
}

/// What a pool, or a thread that is a process, may be asked to do, and what its parent sees of that.
const TASK: &str = "import os, sys\n\
    def work(how):\n    \
        if how == 'is killed': os.kill(os.getpid(), 9)\n    \
        if how == 'exits': sys.exit(3)\n    \
        if how == 'raises': raise ValueError('bad')\n    \
        return 'done'\n";

#[test]
fn the_caller_learns_how_a_pool_worker_ended() {
    let code = format!(
        "{TASK}from multiprocessing import Pool\n\
         pool = Pool(2)\n\
         for how in ['is killed', 'exits', 'raises', 'returns'] * 2:\n    \
             try: print(how, pool.apply(work, (how,)))\n    \
             except Exception as e: print(how, repr(e))\n\
         pool.close()\n\
         pool.join()\n"
    );
    let expected = "is killed RuntimeError('a worker process ended abruptly (exit code -9)')\n\
         exits RuntimeError('a worker process ended abruptly (exit code 3)')\n\
         raises ValueError('bad')\n\
         returns done\n"
        .repeat(2);
    for mode in MODES {
        let done = run(&folder("pool_ends"), &["--lock", mode, "-c", &code]);
        assert_eq!((done.status, &*done.stdout, &*done.stderr), (0, &*expected, ""), "{mode}");
    }
}

#[test]
fn the_starter_learns_how_a_thread_that_is_a_process_ended() {
    let code = format!(
        "{TASK}from threading import Thread\n\
         for how in ['is killed', 'exits', 'raises', 'returns']:\n    \
             t = Thread(target=work, args=(how,), name=how)\n    \
             t.start()\n    \
             t.join()\n    \
             print(how, t.is_alive())\n"
    );
    let done = run(&folder("thread_ends"), &["--lock", "process", "-c", &code]);
    let stdout = "is killed False\nexits False\nraises False\nreturns False\n";
    assert_eq!((done.status, &*done.stdout), (0, stdout), "{done:?}");
    let killed = "Exception in thread is killed:\nRuntimeError: its process ended abruptly (exit code -9)\n";
    let raises = done.stderr.strip_prefix(killed).unwrap_or_else(|| panic!("{}", done.stderr));
    let head = "Exception in thread raises:\nTraceback (most recent call last):\n";
    assert!(raises.starts_with(head) && raises.ends_with("\nValueError: bad\n"), "{raises}");
}

#[test]
fn workers_that_die_before_they_are_needed_are_replaced() {
    let pool = "from multiprocessing import Pool\n\
         import os\n\
         pool = Pool(2)\n\
         pool.apply(os.getpid)\n\
         print(flush=True)\n\
         input()\n\
         result = pool.map(abs, [-1, 2, -3])";
    let process = "from multiprocessing import Process, Queue\n\
         queue = Queue()\n\
         print(flush=True)\n\
         input()\n\
         Process(target=queue.put, args=([1, 2, 3],)).start()\n\
         result = queue.get()";
    for code in [pool, process] {
        let code = format!("{code}\nraise SystemExit(0 if result == [1, 2, 3] else 1)");
        let mut running = Running::start("gil", &code);
        let workers = children(Pid::from_child(&running.child));
        assert!(!workers.is_empty());
        for worker in workers.iter().filter_map(|id| Pid::from_raw(*id)) {
            kill_process(worker, Signal::KILL).expect("it runs");
        }
        assert!(have_ended(&workers));
        running.child.stdin.take().expect("it is piped").write_all(b"\n").expect("it reads");
        let output = running.child.wait_with_output().expect("it ends");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), &*stderr), (Some(0), ""));
    }
}

/// A signal that ends CPython ends the process, also if the script sends it to itself.
#[test]
fn a_script_can_kill_itself() {
    let folder = folder("ends_itself");
    for signal in [Signal::SEGV, Signal::BUS, Signal::TERM] {
        // Another thread may be the one that the system gives the signal to: a moment later the process is gone.
        let code =
            format!("import os, time; os.kill(os.getpid(), {}); time.sleep(60); print('alive')", signal.as_raw());
        let output = argil(&folder, &["-c", &code]).output().expect("argil starts");
        assert_eq!((output.status.signal(), output.stdout.as_slice()), (Some(signal.as_raw()), b"".as_slice()));
    }
}
