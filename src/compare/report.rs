//! `--json`: every run as it was measured, for other tools.
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::busy::Meanwhile;
use super::machine_cores;
use super::measure::Run;
use super::options::Options;
use super::output::Difference;
use super::series::{Figures, Series};
use super::stats::{Ratio, Summary};

/// The whole comparison. Times are in seconds, sizes in bytes.
pub fn document(options: &Options, all: &[Series], figures: &[Figures], meanwhile: &Meanwhile, verdict: &str) -> Value {
    let series: Vec<Value> = all
        .iter()
        .zip(figures)
        .map(|(series, figures)| {
            let costs = figures.costs.as_ref().ok();
            json!({
                "mode": series.mode.name(),
                "workers": series.workers,
                "arguments": options.arguments(series.workers),
                "failure": figures.costs.as_ref().err(),
                "difference": series.difference.as_ref().map(difference),
                "wall": costs.map(|costs| summary(costs.wall)),
                "cpu": costs.map(|costs| summary(costs.cpu)),
                "peak_memory": costs.map(|costs| summary(costs.memory)),
                "speed_up": figures.speed_up.map(ratio),
                "scaling": figures.scaling.map(ratio),
                "runs": series.runs.iter().map(run).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "argil": env!("CARGO_PKG_VERSION"),
        "script": options.script.to_string_lossy(),
        "cores": machine_cores(),
        "machine": machine(meanwhile),
        "outputs_equal": all.iter().all(|series| series.difference.is_none()),
        "verdict": verdict,
        "series": series,
    })
}

/// Where the document goes.
pub enum Target {
    /// `--json -`.
    Stdout,
    /// A file that is open for writing.
    File(File),
}

impl Target {
    /// Opens the file that the document will be written to. What it holds stays until then.
    pub fn open(path: &Path) -> Result<Self, String> {
        if path.as_os_str() == "-" {
            return Ok(Self::Stdout);
        }
        let file = File::options().write(true).create(true).truncate(false).open(path);
        file.map(Self::File).map_err(|error| format!("--json: cannot write {}: {error}", path.display()))
    }

    /// Writes the document, pretty, with a newline at its end.
    pub fn write(self, document: &Value) -> io::Result<()> {
        match self {
            Self::Stdout => write(document, io::stdout().lock()),
            Self::File(file) => {
                if file.metadata()?.is_file() {
                    file.set_len(0)?;
                }
                write(document, file)
            }
        }
    }
}

fn write(document: &Value, to: impl Write) -> io::Result<()> {
    let mut to = BufWriter::new(to);
    serde_json::to_writer_pretty(&mut to, document)?;
    writeln!(to)?;
    to.flush()
}

/// What else ran, in cores: seconds of CPU time for each second; null where the system does not say.
fn machine(meanwhile: &Meanwhile) -> Value {
    json!({
        "seconds": meanwhile.elapsed,
        "own": meanwhile.own,
        "others": meanwhile.others,
        "stolen": meanwhile.stolen,
        "waited_for_core": meanwhile.waited_for_core,
        "waited_for_memory": meanwhile.waited_for_memory,
        "interruptions": meanwhile.interruptions,
        "trouble": meanwhile.trouble(),
    })
}

fn difference(difference: &Difference) -> Value {
    let Difference { against, runs, of, first, diff } = difference;
    json!({ "against": against, "runs": runs, "of": of, "first": first, "diff": diff })
}

fn run(run: &Run) -> Value {
    json!({
        "wall": run.wall.as_secs_f64(),
        "user": run.user.as_secs_f64(),
        "system": run.system.as_secs_f64(),
        "peak_memory": run.peak_memory,
        "left_behind": run.left_behind,
    })
}

fn summary(Summary { median, min, max }: Summary) -> Value {
    json!({ "median": median, "min": min, "max": max })
}

/// Without an interval its ends are null.
fn ratio(Ratio { value, interval }: Ratio) -> Value {
    json!({ "value": value, "low": interval.map(|ends| ends.low), "high": interval.map(|ends| ends.high) })
}
