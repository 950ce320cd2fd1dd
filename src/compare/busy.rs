//! What else the machine did while the script was measured.
//!
//! Two looks at the kernel's counters and what lies between them: the CPU time of everything that ran on the cores that this
//! process may use, less its own and that of its children, is what other programs took. Where the system has no such
//! counters (they are Linux's), nothing is said.
use std::fmt::Write;
use std::time::{Duration, Instant};

use super::tree::{self, Usage};
use super::{counted, machine_cores};

/// Others may take this part of the cores: it makes about as much as the difference that `compare` takes for one.
const TOLERATED: f64 = 0.05;
/// Seconds for each core by which the kernel's sum and ours may differ: it counts in ticks of 10 ms.
const COARSE: f64 = 0.02;
/// So much of the time something waited for a core without there being a reason in what ran.
const WAITED: f64 = 0.2;

/// The counters at one moment.
#[derive(Debug, Clone)]
pub struct Look {
    at: Instant,
    own: Usage,
    machine: Option<Machine>,
    /// For how long something has waited for a core, and for memory, in seconds since the machine started.
    waited_for: [Option<f64>; 2],
}

/// Seconds of CPU time since the machine started, of all cores on which the system may run this process.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Machine {
    /// How many cores these are: a container may allow less than all of their time.
    cores: usize,
    /// In which some program ran.
    worked: f64,
    /// In which a virtual machine's host ran something else.
    stolen: f64,
}

impl Look {
    /// Looks at the counters now.
    pub fn now() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let may_use = allowed(&read("/proc/self/status"));
        let ticks = rustix::param::clock_ticks_per_second() as f64;
        Self {
            at: Instant::now(),
            own: tree::usage(),
            machine: machine(&read("/proc/stat"), may_use.as_deref(), ticks),
            waited_for: ["cpu", "memory"].map(|what| waited(&read(&format!("/proc/pressure/{what}")))),
        }
    }

    /// What happened since `before`.
    pub fn since(&self, before: &Self) -> Meanwhile {
        let elapsed = (self.at - before.at).as_secs_f64();
        let own = (self.own.cpu - before.own.cpu).as_secs_f64();
        let machine = self.machine.zip(before.machine);
        let [core, memory] = [0, 1].map(|what| {
            let (now, then) = self.waited_for[what].zip(before.waited_for[what])?;
            Some((now - then) / elapsed)
        });
        Meanwhile {
            elapsed,
            cores: self.machine.map_or_else(machine_cores, |machine| machine.cores),
            own: own / elapsed,
            others: machine.map(|(now, then)| ((now.worked - then.worked - own) / elapsed).max(0.0)),
            stolen: machine.map(|(now, then)| (now.stolen - then.stolen) / elapsed),
            waited_for_core: core,
            waited_for_memory: memory,
            interruptions: (self.own.interruptions - before.own.interruptions) as f64 / elapsed,
        }
    }
}

/// What happened between two looks. CPU time is in cores: seconds for each second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meanwhile {
    /// How long it was, in seconds.
    pub elapsed: f64,
    /// The cores that are looked at.
    pub cores: usize,
    /// What this process and its children took.
    pub own: f64,
    /// What other programs took.
    pub others: Option<f64>,
    /// What the host of a virtual machine took for something else.
    pub stolen: Option<f64>,
    /// The part of the time in which something was ready to run and had no core.
    pub waited_for_core: Option<f64>,
    /// The part of the time in which something waited for memory to be freed or read back.
    pub waited_for_memory: Option<f64>,
    /// How many times a second this process and its children had to give up a core.
    pub interruptions: f64,
}

impl Meanwhile {
    /// What the machine was busy with, if it was so busy that the figures say little about the script.
    pub fn trouble(&self) -> Option<String> {
        let cores = self.cores as f64;
        let (others, stolen) = (self.others.unwrap_or(0.0), self.stolen.unwrap_or(0.0));
        let percent = |part: f64| format!("{:.0} % of the time", part * 100.0);
        let mut causes = Vec::new();
        if others + stolen > cores * (TOLERATED + COARSE / self.elapsed) {
            // What would be shown as 0.0 goes without saying.
            if others >= 0.05 {
                let mut cause = format!("other programs took {others:.1} of {}", counted(self.cores, "core"));
                if self.interruptions >= 10.0 {
                    let _ = write!(cause, " and interrupted the script {:.0} times a second", self.interruptions);
                }
                causes.push(cause);
            }
            if stolen >= 0.05 {
                causes.push(format!("its host withheld {stolen:.1} of {}", counted(self.cores, "core")));
            }
        }
        if let Some(part) = self.waited_for_memory.filter(|part| *part > TOLERATED) {
            causes.push(format!("programs waited for memory {}", percent(part)));
        }
        // Where our own threads are more than the cores, they wait for each other, and that is no fault of the machine.
        if let Some(part) = self.waited_for_core.filter(|part| *part > WAITED)
            && causes.is_empty()
            && self.own < cores / 2.0
        {
            causes.push(format!("programs waited for a core {}, though the script left some free", percent(part)));
        }
        (!causes.is_empty()).then(|| causes.join(", "))
    }
}

/// The sums of `/proc/stat` over the cores of `may_use`, or over all.
fn machine(stat: &str, may_use: Option<&[usize]>, ticks_per_second: f64) -> Option<Machine> {
    let mut sum = Machine { cores: 0, worked: 0.0, stolen: 0.0 };
    for line in stat.lines() {
        let mut fields = line.split_ascii_whitespace();
        let Some(core) = fields.next().and_then(|name| name.strip_prefix("cpu")?.parse::<usize>().ok()) else {
            continue;
        };
        if may_use.is_some_and(|cores| !cores.contains(&core)) {
            continue;
        }
        let times: Vec<f64> = fields.map_while(|field| field.parse().ok()).collect();
        let [user, nice, system, _idle, _waiting, interrupt, soft_interrupt, stolen, ..] = times[..] else {
            return None;
        };
        sum.worked += (user + nice + system + interrupt + soft_interrupt) / ticks_per_second;
        sum.stolen += stolen / ticks_per_second;
        sum.cores += 1;
    }
    (sum.cores > 0).then_some(sum)
}

/// The cores that `/proc/self/status` allows: its list is written as in `0-3,8`.
fn allowed(status: &str) -> Option<Vec<usize>> {
    let list = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let mut cores = Vec::new();
    for range in list.trim().split(',') {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        cores.extend(first.parse::<usize>().ok()?..=last.parse().ok()?);
    }
    Some(cores)
}

/// The seconds in which something waited, of a file of `/proc/pressure`.
fn waited(pressure: &str) -> Option<f64> {
    let some = pressure.lines().find_map(|line| line.strip_prefix("some "))?;
    let micros = some.split(' ').find_map(|field| field.strip_prefix("total="))?.parse().ok()?;
    Some(Duration::from_micros(micros).as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten seconds on two cores, of which the script used one.
    const QUIET: Meanwhile = Meanwhile {
        elapsed: 10.0,
        cores: 2,
        own: 1.0,
        others: Some(0.04),
        stolen: Some(0.01),
        waited_for_core: Some(0.02),
        waited_for_memory: Some(0.0),
        interruptions: 3.0,
    };

    #[test]
    fn a_quiet_machine_is_no_trouble() {
        assert_eq!(QUIET.trouble(), None);
        // Some system without counters.
        let unknown = Meanwhile { others: None, stolen: None, waited_for_core: None, waited_for_memory: None, ..QUIET };
        assert_eq!(unknown.trouble(), None);
    }

    #[test]
    fn others_and_the_host_are_named() {
        let others = Meanwhile { others: Some(0.83), ..QUIET };
        assert_eq!(others.trouble().as_deref(), Some("other programs took 0.8 of 2 cores"));
        let more = Meanwhile { stolen: Some(0.21), interruptions: 240.4, ..others };
        assert_eq!(
            more.trouble().as_deref(),
            Some(
                "other programs took 0.8 of 2 cores and interrupted the script 240 times a second, \
                 its host withheld 0.2 of 2 cores"
            )
        );
        let single = Meanwhile { cores: 1, others: Some(0.3), ..QUIET };
        assert_eq!(single.trouble().as_deref(), Some("other programs took 0.3 of 1 core"));
    }

    #[test]
    fn what_is_shorter_than_the_kernel_counts_is_no_trouble() {
        // Two ticks of the clock in 0.1 s.
        assert_eq!(Meanwhile { elapsed: 0.1, others: Some(0.2), ..QUIET }.trouble(), None);
        assert!(Meanwhile { elapsed: 0.1, others: Some(0.6), ..QUIET }.trouble().is_some());
    }

    #[test]
    fn waiting_without_a_reason_is_trouble() {
        let memory = Meanwhile { waited_for_memory: Some(0.25), ..QUIET };
        assert_eq!(memory.trouble().as_deref(), Some("programs waited for memory 25 % of the time"));
        let core = Meanwhile { waited_for_core: Some(0.4), own: 0.7, ..QUIET };
        let words = "programs waited for a core 40 % of the time, though the script left some free";
        assert_eq!(core.trouble().as_deref(), Some(words));
        // The script itself had more threads than there are cores.
        assert_eq!(Meanwhile { own: 1.9, ..core }.trouble(), None);
    }

    #[test]
    fn counters_are_read_for_the_cores_in_use() {
        let stat = "cpu  900 90 90 900 90 90 90 90 0 0\ncpu0 100 1 20 500 7 3 4 50 9 0\n\
                    cpu1 200 2 30 600 8 4 5 60 0 0\ncpu2 300 3 40 700 9 5 6 70 0 0\nintr 5\n";
        let of = |stat, cores| machine(stat, cores, 1.0).map(|sum| (sum.cores, sum.worked, sum.stolen));
        assert_eq!(of(stat, Some(&[0])), Some((1, 128.0, 50.0)));
        assert_eq!(of(stat, Some(&[0, 2])), Some((2, 128.0 + 354.0, 120.0)));
        assert_eq!(of(stat, None), Some((3, 128.0 + 241.0 + 354.0, 180.0)));
        assert_eq!((of("", None), of(stat, Some(&[7])), of("cpu0 1 2 3", None)), (None, None, None));
        assert_eq!(machine(stat, Some(&[0]), 100.0), Some(Machine { cores: 1, worked: 1.28, stolen: 0.5 }));
    }

    #[test]
    fn lists_of_cores_and_pressure_are_read() {
        assert_eq!(allowed("Name:\tx\nCpus_allowed_list:\t0-2,8\n"), Some(vec![0, 1, 2, 8]));
        assert_eq!(allowed("Name:\tx\n"), None);
        assert_eq!(waited("some avg10=9.1 avg60=0.00 avg300=0.00 total=2500000\nfull total=7\n"), Some(2.5));
        assert_eq!(waited(""), None);
    }

    #[test]
    fn our_own_work_is_not_that_of_others() {
        let before = Look {
            at: Instant::now(),
            own: Usage { cpu: Duration::from_secs(1), interruptions: 10 },
            machine: Some(Machine { cores: 64, worked: 100.0, stolen: 1.0 }),
            waited_for: [Some(5.0), None],
        };
        let after = Look {
            at: before.at + Duration::from_secs(4),
            own: Usage { cpu: Duration::from_secs(5), interruptions: 50 },
            machine: Some(Machine { cores: 64, worked: 107.0, stolen: 1.0 }),
            waited_for: [Some(7.0), Some(1.0)],
        };
        let meanwhile = after.since(&before);
        assert_eq!(meanwhile.cores, 64);
        assert_eq!((meanwhile.own, meanwhile.others, meanwhile.stolen), (1.0, Some(0.75), Some(0.0)));
        assert_eq!((meanwhile.waited_for_core, meanwhile.waited_for_memory), (Some(0.5), None));
        assert_eq!(meanwhile.interruptions, 10.0);
    }
}
