//! `argil compare`: one script in every lock mode, and what each costs.
//!
//! Rounds are interleaved (gil, none, process, gil, none, …), so that a machine that slows down does so for all modes alike, and
//! each round yields one comparison of its own. docs/compare.md tells users what the figures mean.
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use self::measure::{Ending, Run, measure};
use self::options::Options;
use self::series::{Figures, Series, figures};
use crate::{complain, program};

mod measure;
pub mod options;
mod output;
mod report;
mod series;
mod stats;
mod table;
mod tree;
mod units;
mod verdict;

/// What a comparison came to.
struct Outcome {
    all: Vec<Series>,
    /// A diff for every series whose output is not that of the first with the same worker count.
    differences: Vec<String>,
}

/// Runs the comparison and prints it. The exit status is 0 if the script succeeded in every run and always printed the same, 1 if
/// not, and 2 if there is no such script or the file of `--json` cannot be written.
pub fn main(options: &Options) -> ExitCode {
    if let Err(error) = program::file(&options.script) {
        return error.report();
    }
    let json = match options.json.as_deref().map(report::open).transpose() {
        Ok(json) => json,
        Err(message) => {
            complain(message);
            return ExitCode::from(2);
        }
    };
    let done = std::env::current_exe()
        .map_err(|error| format!("cannot find my own executable: {error}"))
        .and_then(|argil| compare(options, &argil))
        .and_then(|outcome| {
            let printed = print(options, &outcome, json);
            printed.map(|()| outcome.differences.is_empty()).map_err(|error| error.to_string())
        });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            complain(message);
            ExitCode::FAILURE
        }
    }
}

/// The cores that this process may use.
fn machine_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Runs all rounds with the executable `argil`. The error is what went wrong in the first run that failed.
fn compare(options: &Options, argil: &Path) -> Result<Outcome, String> {
    tree::adopt_orphans().map_err(|error| format!("cannot adopt orphans: {error}"))?;
    let mut all: Vec<Series> = Vec::new();
    for workers in options.worker_counts() {
        all.extend(options.modes.iter().map(|&mode| Series { mode, workers, runs: Vec::new() }));
    }
    let mut differences: Vec<Option<String>> = vec![None; all.len()];
    let progress = progress(all.len() * (options.warmup + options.runs));
    for round in 0..options.warmup + options.runs {
        for at in 0..all.len() {
            let Series { mode, workers, .. } = all[at];
            progress.set_message(name(&all[at]));
            let mut args =
                vec!["--lock".to_owned(), mode.name().to_owned(), options.script.to_string_lossy().into_owned()];
            args.extend(options.arguments(workers));
            let mut run =
                measure(argil, &args, options.timeout).map_err(|error| format!("cannot run the script: {error}"))?;
            if let Some(trouble) = trouble(options, &run) {
                progress.finish_and_clear();
                return Err(
                    format!("{} {trouble} in mode {}", options.script.display(), name(&all[at])) + &stderr_of(&run)
                );
            }
            progress.inc(1);
            if round < options.warmup {
                continue;
            }
            // The first run of a worker count keeps its output; the others need theirs no longer.
            let first = all.iter().position(|series| series.workers == workers).expect("there is at least this one");
            if let Some(reference) = all[first].runs.first() {
                if reference.stdout != run.stdout && differences[at].is_none() {
                    differences[at] =
                        Some(output::diff(&name(&all[first]), &reference.stdout, &name(&all[at]), &run.stdout));
                }
                run.stdout = Vec::new();
            }
            all[at].runs.push(run);
        }
    }
    progress.finish_and_clear();
    Ok(Outcome { all, differences: differences.into_iter().flatten().collect() })
}

/// A bar on stderr, or nothing where that is no terminal.
fn progress(runs: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}").expect("the template is well formed");
    ProgressBar::new(runs as u64).with_style(style)
}

fn name(series: &Series) -> String {
    match series.workers {
        None => series.mode.to_string(),
        Some(count) => format!("{} with {}", series.mode, counted(count, "worker")),
    }
}

fn counted(count: u32, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
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

fn stderr_of(run: &Run) -> String {
    let tail = output::tail(&run.stderr);
    if tail.is_empty() { tail } else { format!("; the end of its stderr:\n{}", tail.trim_end()) }
}

/// Prints the tables and the sentence, then differences between outputs, and writes the file of `--json`.
fn print(options: &Options, outcome: &Outcome, json: Option<File>) -> io::Result<()> {
    let figures = figures(&outcome.all);
    let verdict = sentence(&figures);
    if let Some(file) = json {
        let equal = outcome.differences.is_empty();
        let document = report::document(options, &outcome.all, &figures, equal, &verdict);
        report::write(&document, file).map_err(|error| io::Error::other(format!("cannot write the runs: {error}")))?;
    }
    match write_tables(options, outcome, &figures, &verdict, io::stdout().lock()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn write_tables(
    options: &Options,
    outcome: &Outcome,
    figures: &[Figures],
    verdict: &str,
    mut out: impl Write,
) -> io::Result<()> {
    let command = std::iter::once(options.script.to_string_lossy().into_owned()).chain(options.args.iter().cloned());
    let command = command.collect::<Vec<_>>().join(" ");
    writeln!(out, "{command}: {} runs in each mode on {} cores", options.runs, machine_cores())?;
    writeln!(out, "{}", table::costs(figures))?;
    if !options.workers.is_empty() {
        writeln!(out, "\nSpeed-up against {} (95 % interval):", name(&outcome.all[0]))?;
        writeln!(out, "{}", table::scaling(figures))?;
    }
    writeln!(out, "{verdict}")?;
    for series in &outcome.all {
        let left: usize = series.runs.iter().map(|run| run.left_behind).sum();
        if left > 0 {
            writeln!(out, "Mode {} left {left} processes behind, which were killed.", name(series))?;
        }
    }
    for difference in &outcome.differences {
        writeln!(out, "\nThe script did not always print the same:\n{}", difference.trim_end())?;
    }
    out.flush()
}

/// The verdict on the largest worker count, as a sentence.
fn sentence(figures: &[Figures]) -> String {
    let most = figures.iter().map(|row| row.workers).max().unwrap_or(None);
    let rows: Vec<Figures> = figures.iter().filter(|row| row.workers == most).copied().collect();
    let verdict = verdict::verdict(&rows);
    let verdict = match most {
        Some(count) => format!("with {}, {verdict}", counted(count, "worker")),
        None => verdict,
    };
    let mut chars = verdict.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect::<String>() + "."
}
