//! The processes that one run is made of.
//!
//! `compare` makes itself the reaper of orphans and has no other children, so on Linux *the tree is all that descends from
//! us*: no process can leave it, neither by a new session nor because its parent died. So every process of a run is waited
//! for, either by its parent or here, and the kernel's `rusage` of those that are reaped here adds up to the CPU time of the
//! whole tree. Memory has no such sum; it is sampled.
//!
//! Elsewhere the tree is the script's process and what that has waited for, as `rusage` tells; nothing is sampled.
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// Linux counts `ru_maxrss` in KiB, macOS in bytes.
const MAXRSS_UNIT: u64 = if cfg!(target_os = "macos") { 1 } else { 1024 };

/// A process that has ended.
#[derive(Debug)]
pub struct Reaped {
    /// Its id.
    pub pid: i32,
    /// How it ended, as `wait` encodes it.
    pub status: i32,
    /// CPU time in user mode, with that of the descendants it waited for.
    pub user: Duration,
    /// CPU time in the kernel, likewise.
    pub system: Duration,
    /// The most memory, in bytes, that it or one of those descendants held.
    pub peak_memory: u64,
}

/// What `reap` found.
#[derive(Debug)]
pub enum Reap {
    /// This one has ended.
    Ended(Reaped),
    /// There are children, and none has ended.
    NotYet,
    /// There are no children.
    NoneLeft,
}

/// Whether `reap` waits for a child to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Until one has.
    Block,
    /// No.
    Poll,
}

/// Makes this process the parent of descendants that lose theirs.
pub fn adopt_orphans() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_child_subreaper(Some(Pid::INIT))?; // Any process id means yes.
    Ok(())
}

/// Takes leave of one child that has ended.
pub fn reap(wait: Wait) -> io::Result<Reap> {
    let options = if wait == Wait::Block { 0 } else { libc::WNOHANG };
    let mut status = 0;
    loop {
        // SAFETY: all-zero bytes are a valid `rusage`, which holds only integers.
        let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
        // SAFETY: both pointers are to live locals of the types that wait4 fills in.
        let pid = unsafe { libc::wait4(-1, &raw mut status, options, &raw mut usage) };
        if pid > 0 {
            return Ok(Reap::Ended(Reaped {
                pid,
                status,
                user: duration(usage.ru_utime),
                system: duration(usage.ru_stime),
                peak_memory: u64::try_from(usage.ru_maxrss).unwrap_or(0) * MAXRSS_UNIT,
            }));
        }
        if pid == 0 {
            return Ok(Reap::NotYet);
        }
        let error = io::Error::last_os_error();
        match error.raw_os_error() {
            Some(libc::ECHILD) => return Ok(Reap::NoneLeft),
            Some(libc::EINTR) => {}
            _ => return Err(error),
        }
    }
}

/// What this process has used since it started, with all of its descendants that were waited for.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// CPU time.
    pub cpu: Duration,
    /// How often one of them had to give up a core before it wanted to.
    pub interruptions: u64,
}

/// Looks up what was used until now.
pub fn usage() -> Usage {
    let mut sum = Usage { cpu: Duration::ZERO, interruptions: 0 };
    for who in [libc::RUSAGE_SELF, libc::RUSAGE_CHILDREN] {
        // SAFETY: all-zero bytes are a valid `rusage`, which holds only integers.
        let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
        // SAFETY: the pointer is to a live local of the type that getrusage fills in.
        unsafe { libc::getrusage(who, &raw mut usage) };
        sum.cpu += duration(usage.ru_utime) + duration(usage.ru_stime);
        sum.interruptions += u64::try_from(usage.ru_nivcsw).unwrap_or(0);
    }
    sum
}

fn duration(time: libc::timeval) -> Duration {
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    let micros = u64::try_from(time.tv_usec).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_micros(micros)
}

/// What a run was seen to do while it went on.
#[derive(Debug, Default)]
pub struct Watched {
    /// The most memory that the tree held at one moment, in bytes.
    pub peak_memory: u64,
    /// Whether the run was killed for taking too long.
    pub timed_out: bool,
}

/// Samples the memory of the tree until `stopped` is closed, and kills the tree when `limit` is over.
///
/// A short script is sampled every millisecond, so that its peak is not missed, a long one every 10 ms, so that the samples
/// (some 20 µs for each process) do not disturb it.
pub fn watch(root: i32, limit: Option<Duration>, stopped: &Receiver<()>) -> Watched {
    let started = Instant::now();
    let mut seen = Watched::default();
    loop {
        let elapsed = started.elapsed();
        let mut pause = (elapsed / 50).clamp(Duration::from_millis(1), Duration::from_millis(10));
        if let Some(limit) = limit {
            if elapsed >= limit {
                seen.timed_out = true;
                kill(root);
            } else {
                pause = pause.min(limit - elapsed);
            }
        }
        seen.peak_memory = seen.peak_memory.max(memory(&descendants()));
        if stopped.recv_timeout(pause) != Err(RecvTimeoutError::Timeout) {
            return seen;
        }
    }
}

/// Kills the script's process and every other one of the tree. A process that was just being started escapes, so this is repeated
/// until none is left.
pub fn kill(root: i32) {
    for pid in descendants().into_iter().chain([root]) {
        if let Some(pid) = Pid::from_raw(pid) {
            // One that has ended meanwhile is what we wanted.
            let _ = kill_process(pid, Signal::KILL);
        }
    }
}

/// The memory, in bytes, of these processes: what each has for itself, and what they share counted once.
///
/// All run the same program, each started anew (not forked), so what several of them map is the same: the executable,
/// libraries, and shared mappings between workers. The largest `shared` figure of `/proc/PID/statm` therefore stands for all.
fn memory(pids: &[i32]) -> u64 {
    let mut private = 0;
    let mut shared = 0;
    for pid in pids {
        let Ok(statm) = std::fs::read_to_string(format!("/proc/{pid}/statm")) else {
            continue;
        };
        let mut pages = statm.split(' ').skip(1).map_while(|field| field.parse::<u64>().ok());
        if let (Some(resident), Some(of_files)) = (pages.next(), pages.next()) {
            private += resident.saturating_sub(of_files);
            shared = shared.max(of_files);
        }
    }
    (private + shared) * rustix::param::page_size() as u64
}

/// All processes that descend from this one, parents before their children.
fn descendants() -> Vec<i32> {
    let mut found = Vec::new();
    if cfg!(target_os = "linux") {
        add_children(std::process::id().cast_signed(), &mut found);
        let mut at = 0;
        while let Some(&pid) = found.get(at) {
            add_children(pid, &mut found);
            at += 1;
        }
    }
    found
}

/// Adds the children of every thread of `pid`; none, if it has ended.
fn add_children(pid: i32, found: &mut Vec<i32>) {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else {
        return;
    };
    for task in tasks.flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        found.extend(children.split_ascii_whitespace().filter_map(|pid| pid.parse::<i32>().ok()));
    }
}
