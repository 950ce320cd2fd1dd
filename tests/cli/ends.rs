//! Ends that come from outside: Ctrl-C and kill. Whatever the script waits for, it ends, and so do its processes.

use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::{argil, folder};

const MODES: [&str; 3] = ["gil", "none", "process"];

/// The longest that an end may take.
const PATIENCE: Duration = Duration::from_secs(20);

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
        kill_process(pid, signal).expect("it runs");
        let deadline = Instant::now() + PATIENCE;
        let id = pid.as_raw_nonzero().get();
        while runs(id) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(2));
        }
        let hangs = runs(id);
        if hangs {
            kill_process(pid, Signal::KILL).expect("it runs");
        }
        while self.processes.iter().any(|id| runs(*id)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(2));
        }
        let output = self.child.wait_with_output().expect("it has ended");
        assert!(!hangs, "it hangs: {output:?}");
        assert!(!self.processes.iter().any(|id| runs(*id)), "left running: {:?}", self.processes);
        output
    }
}

/// Whether the process runs: there is one of this id, and it is not dead with nobody to ask how it ended.
fn runs(id: i32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // What follows the name, which may contain anything.
    stat.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim_start().starts_with('Z'))
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
