//! One run of one script in one mode: time, memory, output.
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::tree::{self, Reap, Reaped, Wait};

/// How long the processes that a script leaves behind may take to end by themselves.
const PATIENCE: Duration = Duration::from_secs(1);

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With this exit status.
    Exited(i32),
    /// By this signal.
    Killed(i32),
    /// The time limit was over, and all its processes were killed.
    TimedOut,
}

/// What one run did.
#[derive(Debug)]
pub struct Run {
    /// From before the process is started until it has ended.
    pub wall: Duration,
    /// CPU time in user mode, of all processes of the run.
    pub user: Duration,
    /// CPU time in the kernel, likewise.
    pub system: Duration,
    /// The most memory that all processes of the run held at one moment, in bytes.
    pub peak_memory: u64,
    /// How the script's process ended.
    pub ending: Ending,
    /// Processes that did not end after the script's own had, and were killed.
    pub left_behind: usize,
    /// What the script printed.
    pub stdout: Vec<u8>,
    /// What it printed on stderr.
    pub stderr: Vec<u8>,
}

impl Run {
    /// CPU time of all processes of the run.
    pub fn cpu(&self) -> Duration {
        self.user + self.system
    }
}

/// Runs `program` with `args`, stdin empty, and measures it. All other children of this process are taken to be the run's.
pub fn measure(program: &Path, args: &[String], limit: Option<Duration>) -> io::Result<Run> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let started = Instant::now();
    let mut child = command.spawn()?;
    let root = child.id().cast_signed();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        let (stop, stopped) = mpsc::channel();
        let watcher = scope.spawn(move || tree::watch(root, limit, &stopped));
        let stdout = scope.spawn(|| read_to_end(stdout));
        let stderr = scope.spawn(|| read_to_end(stderr));
        let mut reaped = Vec::new();
        let status = wait_for(root, &mut reaped);
        let wall = started.elapsed();
        drop(stop);
        let watched = watcher.join().expect("watching does not panic");
        let left_behind = clear_up(root, &mut reaped)?;
        // Every process that could hold the other end of the pipes is gone, so the readers end.
        Ok(Run {
            wall,
            user: reaped.iter().map(|process| process.user).sum(),
            system: reaped.iter().map(|process| process.system).sum(),
            peak_memory: watched.peak_memory.max(peak_of_one(&reaped)),
            ending: ending(status?, watched.timed_out),
            left_behind,
            stdout: stdout.join().expect("reading does not panic")?,
            stderr: stderr.join().expect("reading does not panic")?,
        })
    })
}

/// Reaps until `root` has ended, and gives its status.
fn wait_for(root: i32, reaped: &mut Vec<Reaped>) -> io::Result<i32> {
    loop {
        match tree::reap(Wait::Block)? {
            Reap::Ended(process) => {
                let (pid, status) = (process.pid, process.status);
                reaped.push(process);
                if pid == root {
                    return Ok(status);
                }
            }
            Reap::NotYet => {}
            Reap::NoneLeft => {
                return Err(io::Error::other("the script's process was waited for by someone else"));
            }
        }
    }
}

/// Waits for what the script left behind, then kills it. Gives the number of processes that had to be killed.
fn clear_up(root: i32, reaped: &mut Vec<Reaped>) -> io::Result<usize> {
    let started = Instant::now();
    let mut killed = 0;
    loop {
        let impatient = started.elapsed() >= PATIENCE;
        match tree::reap(Wait::Poll)? {
            Reap::Ended(process) => {
                killed += usize::from(impatient);
                reaped.push(process);
            }
            Reap::NoneLeft => return Ok(killed),
            Reap::NotYet => {
                if impatient {
                    tree::kill(root);
                }
                thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

fn ending(status: i32, timed_out: bool) -> Ending {
    if timed_out {
        Ending::TimedOut
    } else if libc::WIFSIGNALED(status) {
        Ending::Killed(libc::WTERMSIG(status))
    } else {
        Ending::Exited(libc::WEXITSTATUS(status))
    }
}

/// The kernel's own peak of the largest process, which no sampling misses; 0 where it says nothing.
///
/// A process that `exec`s keeps the peak of what it was before, and that was a copy of us: a figure near our own is ours.
fn peak_of_one(reaped: &[Reaped]) -> u64 {
    const MARGIN: u64 = 512 * 1024;
    let peak = reaped.iter().map(|process| process.peak_memory).max().unwrap_or(0);
    if peak > own_peak() + MARGIN { peak } else { 0 }
}

/// The most memory that this process has held, in bytes; 0 where the system does not say.
fn own_peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

fn read_to_end(pipe: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut bytes))?;
    Ok(bytes)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::sync::Mutex;

    /// Each run takes all children of the process for its own, so only one may be measured at a time.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

    fn shell(script: &str, limit: Option<Duration>) -> Run {
        let _alone = ONE_AT_A_TIME.lock().expect("no test panics while it holds the lock");
        tree::adopt_orphans().expect("Linux allows it");
        measure(Path::new("/bin/sh"), &["-c".into(), script.into()], limit).expect("a shell starts")
    }

    #[test]
    fn output_and_status_are_kept() {
        let run = shell("echo out; echo err >&2; exit 3", None);
        assert_eq!((run.stdout.as_slice(), run.stderr.as_slice()), (&b"out\n"[..], &b"err\n"[..]));
        assert_eq!((run.ending, run.left_behind), (Ending::Exited(3), 0));
        assert_eq!(shell("kill -TERM $$", None).ending, Ending::Killed(libc::SIGTERM));
    }

    #[test]
    fn a_hang_is_killed_with_its_whole_tree() {
        let run =
            shell("setsid sh -c 'sleep 1001; :' & (sleep 1001; :) & sleep 1001; :", Some(Duration::from_millis(200)));
        assert_eq!(run.ending, Ending::TimedOut);
        assert!(run.wall < Duration::from_secs(20), "{run:?}");
    }

    #[test]
    fn cpu_time_of_processes_nobody_waited_for_counts() {
        let work = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done";
        let run = shell(&format!("sh -c '{work}; echo done' & exit 0"), None);
        assert_eq!(run.stdout, b"done\n");
        assert!(run.cpu() > Duration::from_millis(10), "{run:?}");
    }

    #[test]
    fn what_stays_behind_is_killed_and_counted() {
        let run = shell("sleep 1001 & exit 0", None);
        assert_eq!((run.ending, run.left_behind), (Ending::Exited(0), 1));
        assert!(run.wall < PATIENCE, "{run:?}");
    }

    #[test]
    fn memory_of_children_is_added() {
        let hold = "x=$(head -c 30000000 /dev/zero | tr '\\0' x); sleep 0.2; : $x";
        let one = shell(hold, None).peak_memory;
        let two = shell(&format!("({hold}) & ({hold}) & wait"), None).peak_memory;
        assert!(one > 30_000_000, "{one}");
        assert!(two > one + 25_000_000, "{one} {two}");
    }
}
