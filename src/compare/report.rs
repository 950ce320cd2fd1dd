//! `--json`: every run as it was measured, for other tools.
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::machine_cores;
use super::measure::Run;
use super::options::Options;
use super::series::{Figures, Series};
use super::stats::{Ratio, Summary};

/// The whole comparison. Times are in seconds, sizes in bytes.
pub fn document(options: &Options, all: &[Series], figures: &[Figures], outputs_equal: bool, verdict: &str) -> Value {
    let series: Vec<Value> = all
        .iter()
        .zip(figures)
        .map(|(series, figures)| {
            json!({
                "mode": series.mode.name(),
                "workers": series.workers,
                "arguments": options.arguments(series.workers),
                "wall": summary(figures.wall),
                "cpu": summary(figures.cpu),
                "peak_memory": summary(figures.memory),
                "speed_up": figures.speed_up.map(ratio),
                "scaling": ratio(figures.scaling),
                "runs": series.runs.iter().map(run).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({
        "argil": env!("CARGO_PKG_VERSION"),
        "script": options.script.to_string_lossy(),
        "cores": machine_cores(),
        "outputs_equal": outputs_equal,
        "verdict": verdict,
        "series": series,
    })
}

/// Opens the file that the document will be written to. What it holds stays until then.
pub fn open(path: &Path) -> Result<File, String> {
    let file = File::options().write(true).create(true).truncate(false).open(path);
    file.map_err(|error| format!("--json: cannot write {}: {error}", path.display()))
}

/// Writes the document, pretty, with a newline at its end.
pub fn write(document: &Value, file: File) -> io::Result<()> {
    if file.metadata()?.is_file() {
        file.set_len(0)?;
    }
    let mut to = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut to, document)?;
    writeln!(to)?;
    to.flush()
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
