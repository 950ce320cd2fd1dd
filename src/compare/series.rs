//! The runs of one mode with one worker count, and what they come to.
use super::counted;
use super::measure::Run;
use super::output::Difference;
use super::stats::{Ratio, Summary, speed_up};
use argil_interp::lock::LockMode;

/// All measured runs of one mode with one worker count, in the order of the rounds.
#[derive(Debug)]
pub struct Series {
    /// The mode.
    pub mode: LockMode,
    /// What `{workers}` stood for, if anything.
    pub workers: Option<u32>,
    /// One run for each round.
    pub runs: Vec<Run>,
    /// How many runs printed something that was compared: those that do not count, too.
    pub compared: usize,
    /// How a run failed; no other follows it.
    pub failure: Option<Failure>,
    /// How the output of some run differs from that of the first run with the same worker count.
    pub difference: Option<Difference>,
}

/// A run that did not succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// How it ended: `failed (exit status 1)`.
    pub trouble: String,
    /// The last lines of its stderr, indented.
    pub stderr: String,
}

impl Series {
    /// One without runs.
    pub fn new(mode: LockMode, workers: Option<u32>) -> Self {
        Self { mode, workers, runs: Vec::new(), compared: 0, failure: None, difference: None }
    }

    /// The wall times in seconds, in the order of the rounds.
    pub fn wall(&self) -> Vec<f64> {
        self.runs.iter().map(|run| run.wall.as_secs_f64()).collect()
    }
}

/// What a series comes to.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The mode.
    pub mode: LockMode,
    /// What `{workers}` stood for, if anything.
    pub workers: Option<u32>,
    /// What a run costs; or why a run failed.
    pub costs: Result<Costs, String>,
    /// How many times as fast as `gil` with the same worker count; `None` if the two cannot be compared: one of them was not run
    /// or failed, or has another result.
    pub speed_up: Option<Ratio>,
    /// How many times as fast as the first mode and worker count that succeeded, likewise.
    pub scaling: Option<Ratio>,
    /// How its output differs.
    pub difference: Option<Difference>,
}

/// What a run of a series costs.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    /// Wall time in seconds.
    pub wall: Summary,
    /// CPU time of the whole process tree in seconds.
    pub cpu: Summary,
    /// Peak memory of the whole process tree in bytes.
    pub memory: Summary,
}

impl Figures {
    /// How sentences call the series.
    pub fn name(&self) -> String {
        name(self.mode, self.workers)
    }
}

/// How sentences call a series: always with the word "mode", because "none" is also a word of its own.
pub fn name(mode: LockMode, workers: Option<u32>) -> String {
    match workers {
        None => format!("mode {mode}"),
        Some(count) => format!("mode {mode} with {}", counted(count as usize, "worker")),
    }
}

/// Sums up every series. Those without a failure have the same number of runs.
pub fn figures(all: &[Series]) -> Vec<Figures> {
    // What prints something else does something else, so its time is not compared; nor is any time with that of a reference
    // that does not always do the same.
    let comparable = |series: &&Series| series.failure.is_none() && series.difference.is_none();
    let ratio = |base: Option<&Series>, series: &Series| {
        let base = base.filter(comparable)?;
        comparable(&series).then(|| speed_up(&base.wall(), &series.wall()))
    };
    let first = all.iter().find(|series| series.failure.is_none());
    all.iter()
        .map(|series| {
            let gil = all.iter().find(|other| other.mode == LockMode::Gil && other.workers == series.workers);
            Figures {
                mode: series.mode,
                workers: series.workers,
                costs: match &series.failure {
                    Some(failure) => Err(failure.trouble.clone()),
                    None => Ok(Costs {
                        wall: Summary::of(series.wall()),
                        cpu: Summary::of(series.runs.iter().map(|run| run.cpu().as_secs_f64())),
                        memory: Summary::of(series.runs.iter().map(|run| run.peak_memory as f64)),
                    }),
                },
                speed_up: ratio(gil, series),
                scaling: ratio(first, series),
                difference: series.difference.clone(),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::measure::Ending;
    use std::time::Duration;

    fn series(mode: LockMode, millis: u64) -> Series {
        let run = || Run {
            wall: Duration::from_millis(millis),
            user: Duration::ZERO,
            system: Duration::ZERO,
            peak_memory: 1,
            ending: Ending::Exited(0),
            left_behind: 0,
            stdout: Vec::new(),
            stderr: Vec::new(),
        };
        Series { runs: (0..7).map(|_| run()).collect(), ..Series::new(mode, None) }
    }

    fn speed_ups(all: &[Series]) -> Vec<Option<f64>> {
        figures(all).iter().map(|row| row.speed_up.map(|ratio| ratio.value)).collect()
    }

    #[test]
    fn what_prints_something_else_is_not_fast() {
        let mut all = [series(LockMode::Gil, 100), series(LockMode::None, 50), series(LockMode::Process, 40)];
        assert_eq!(speed_ups(&all), [Some(1.0), Some(2.0), Some(2.5)]);
        all[1].difference = Some(Difference::between("a", b"1\n", "b", b"2\n"));
        assert_eq!(speed_ups(&all), [Some(1.0), None, Some(2.5)]);
        // With a reference that is not always the same, no one knows what is right.
        all[0].difference = all[1].difference.take();
        assert_eq!(speed_ups(&all), [None, None, None]);
    }

    #[test]
    fn one_that_fails_leaves_the_others() {
        let mut all = [series(LockMode::Gil, 100), series(LockMode::None, 50), series(LockMode::Process, 40)];
        all[1].failure = Some(Failure { trouble: "failed (exit status 1)".into(), stderr: String::new() });
        all[1].runs.clear();
        assert_eq!(speed_ups(&all), [Some(1.0), None, Some(2.5)]);
        assert_eq!(figures(&all)[1].costs.as_ref().err().map(String::as_str), Some("failed (exit status 1)"));
        all.swap(0, 1);
        assert_eq!(figures(&all)[2].scaling.map(|ratio| ratio.value), Some(2.5));
    }
}
