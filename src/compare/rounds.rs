//! Runs the script, round by round.
//!
//! Rounds are interleaved (gil, none, process, gil, none, …), so that a machine that slows down does so for all modes alike, and
//! each round yields one comparison of its own. How many rounds there are is decided by how wide the intervals are, never by
//! what they say: who stops at the result that he wants gets it too often.
use std::collections::HashMap;
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::Outcome;
use super::busy::Look;
use super::measure::{Ending, Run, measure};
use super::options::Options;
use super::output::{self, Difference};
use super::series::{Failure, Series, figures, name};
use super::{tree, units};

/// So many rounds are run before the intervals are looked at.
const FIRST_ROUNDS: usize = 7;
/// After these no round is begun when so much time is over, unless the user says otherwise.
const TIME: Duration = Duration::from_secs(25);

/// A comparison under way.
struct Rounds<'a> {
    options: &'a Options,
    /// The executable that runs the script.
    argil: &'a Path,
    all: Vec<Series>,
    /// Who printed what in the first run of a worker count that succeeded.
    references: HashMap<Option<u32>, (String, Vec<u8>)>,
    progress: ProgressBar,
}

/// Runs all rounds with the executable `argil`. The error is that the script could not be started.
pub fn compare(options: &Options, argil: &Path) -> Result<Outcome, String> {
    tree::adopt_orphans().map_err(|error| format!("cannot adopt orphans: {error}"))?;
    let series = |workers| options.modes.iter().map(move |&mode| Series::new(mode, workers));
    let all: Vec<Series> = options.worker_counts().into_iter().flat_map(series).collect();
    let at_first = all.len() * (options.warmup + options.runs.min(FIRST_ROUNDS));
    let mut rounds = Rounds { options, argil, all, references: HashMap::new(), progress: progress(at_first) };
    let started = Instant::now();
    for _ in 0..options.warmup {
        rounds.round(false)?;
    }
    let before = Look::now();
    let mut measured = 0;
    while rounds.goes_on() {
        rounds.round(true)?;
        measured += 1;
        if is_enough(options, measured, started.elapsed(), || rounds.is_narrow()) {
            break;
        }
        if measured >= FIRST_ROUNDS {
            rounds.progress.inc_length(rounds.all.len() as u64);
        }
    }
    let meanwhile = Look::now().since(&before);
    rounds.progress.finish_and_clear();
    Ok(Outcome { all: rounds.all, rounds: measured, meanwhile })
}

/// A bar on stderr, or nothing where that is no terminal.
fn progress(runs: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}").expect("the template is well formed");
    ProgressBar::new(runs as u64).with_style(style)
}

/// Whether `measured` rounds are enough, of which the first began `elapsed` ago.
fn is_enough(options: &Options, measured: usize, elapsed: Duration, is_narrow: impl FnOnce() -> bool) -> bool {
    let first_are_done = measured >= FIRST_ROUNDS;
    let time_is_over = match options.time {
        Some(limit) => elapsed >= limit,
        None => first_are_done && elapsed >= TIME,
    };
    measured >= options.runs || time_is_over || (first_are_done && is_narrow())
}

impl Rounds<'_> {
    /// Whether some mode has not failed.
    fn goes_on(&self) -> bool {
        self.all.iter().any(|series| series.failure.is_none())
    }

    /// Whether all speed-ups that will be printed are known well enough.
    fn is_narrow(&self) -> bool {
        let scales = !self.options.workers.is_empty();
        figures(&self.all).iter().all(|row| {
            row.speed_up.is_none_or(|ratio| ratio.is_narrow())
                && (!scales || row.scaling.is_none_or(|ratio| ratio.is_narrow()))
        })
    }

    /// Runs the script once in every mode that has not failed, with every worker count.
    fn round(&mut self, counts: bool) -> Result<(), String> {
        for at in 0..self.all.len() {
            let series = &self.all[at];
            if series.failure.is_none() {
                self.progress.set_message(name(series.mode, series.workers));
                let run = self.run(series)?;
                self.take(at, run, counts);
            }
            self.progress.inc(1);
        }
        Ok(())
    }

    fn run(&self, series: &Series) -> Result<Run, String> {
        let script = self.options.script.to_string_lossy().into_owned();
        let mut args = vec!["--lock".to_owned(), series.mode.name().to_owned(), script];
        args.extend(self.options.arguments(series.workers));
        measure(self.argil, &args, self.options.timeout).map_err(|error| format!("cannot run the script: {error}"))
    }

    /// Compares what a run printed with what others did, and keeps its figures if it `counts`.
    fn take(&mut self, at: usize, mut run: Run, counts: bool) {
        let series = &mut self.all[at];
        if let Some(trouble) = trouble(self.options, &run) {
            series.failure = Some(Failure { trouble, stderr: output::tail(&run.stderr) });
            return;
        }
        let name = name(series.mode, series.workers);
        // Nobody needs it any longer: thirty runs may print much.
        let printed = std::mem::take(&mut run.stdout);
        series.compared += 1;
        match self.references.get(&series.workers) {
            None => {
                self.references.insert(series.workers, (name, printed));
            }
            Some((against, reference)) if *reference != printed => match &mut series.difference {
                Some(difference) => difference.runs += 1,
                none => *none = Some(Difference::between(against, reference, &name, &printed)),
            },
            Some(_) => {}
        }
        if let Some(difference) = &mut series.difference {
            difference.of = series.compared;
        }
        if counts {
            series.runs.push(run);
        }
    }
}

/// Why this run does not count, if so.
fn trouble(options: &Options, run: &Run) -> Option<String> {
    match run.ending {
        Ending::Exited(0) => None,
        Ending::Exited(status) => Some(format!("failed (exit status {status})")),
        Ending::Killed(signal) => Some(format!("was killed (signal {signal})")),
        Ending::TimedOut => {
            let limit = options.timeout.unwrap_or(run.wall).as_secs_f64();
            Some(format!("did not end within {} and was killed", units::time(limit)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(runs: usize, time: Option<u64>) -> Options {
        Options {
            script: "x.py".into(),
            args: Vec::new(),
            runs,
            time: time.map(Duration::from_secs),
            warmup: 0,
            modes: Vec::new(),
            timeout: None,
            workers: Vec::new(),
            json: None,
        }
    }

    #[test]
    fn rounds_are_added_until_the_intervals_are_narrow() {
        let enough = |measured, seconds, narrow| {
            is_enough(&options(30, None), measured, Duration::from_secs(seconds), || narrow)
        };
        assert!(!enough(6, 1, true) && enough(7, 1, true));
        assert!(!enough(29, 1, false) && enough(30, 1, false));
        // The time is over, but six rounds say nothing.
        assert!(!enough(6, 600, false) && enough(7, 25, false) && !enough(7, 24, false));
    }

    #[test]
    fn what_the_user_says_is_kept() {
        let enough = |runs, time, measured, seconds| {
            is_enough(&options(runs, time), measured, Duration::from_secs(seconds), || false)
        };
        assert!(!enough(2, None, 1, 0) && enough(2, None, 2, 0));
        assert!(enough(30, Some(5), 1, 5) && !enough(30, Some(500), 8, 100));
    }
}
