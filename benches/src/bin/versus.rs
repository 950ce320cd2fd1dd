//! Runs the workloads with two commands in turn and compares their CPU time.
//!
//! Interleaving (A B A B …) lets both commands see the same weather on the machine, and the best of several runs is
//! the one that was disturbed least. CPU time is user and system time of the command and of all processes that it has
//! waited for, so that a command can't look faster by using more cores. Two commands that print different things did
//! not do the same work: that ends the comparison.

use std::error::Error;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use argil_benches::{best, command};
use clap::Parser;

/// Compares the CPU time of two commands over the workloads.
#[derive(Parser)]
struct Options {
    /// The command to compare with, such as python3.11
    base: String,
    /// The command that is judged, such as 'target/release/argil --lock none'
    other: String,
    /// Names of workloads [default: all]
    workloads: Vec<String>,
    /// How often each command runs each workload
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Also writes all CPU times, in seconds, to this file
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// What is known of one workload: the CPU seconds of every run.
struct Row {
    name: String,
    base: Vec<f64>,
    other: Vec<f64>,
}

impl Row {
    /// How many times as fast the judged command is, by the best run of each.
    fn ratio(&self) -> f64 {
        best(&self.base) / best(&self.other)
    }
}

fn main() -> ExitCode {
    match compare(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("versus: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compare(options: &Options) -> Result<(), Box<dyn Error>> {
    println!("| workload | {} | {} | times as fast |", options.base, options.other);
    println!("| --- | ---: | ---: | ---: |");
    let mut rows = Vec::new();
    for script in workloads(&options.workloads)? {
        let row = run_in_turn(options, &script)?;
        println!("| {} | {:.3} s | {:.3} s | {:.2} |", row.name, best(&row.base), best(&row.other), row.ratio());
        rows.push(row);
    }
    let mean = (rows.iter().map(|row| row.ratio().ln()).sum::<f64>() / rows.len() as f64).exp();
    println!("| **geometric mean** | | | **{mean:.2}** |");
    if let Some(path) = &options.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| serde_json::json!({"workload": row.name, "base": row.base, "other": row.other}))
            .collect();
        let report = serde_json::json!({
            "base": options.base, "other": options.other, "geometric_mean": mean, "cpu_seconds": rows,
        });
        fs::write(path, format!("{report:#}\n")).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

/// The scripts of these names, or all, by name.
fn workloads(names: &[String]) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("workloads");
    let mut scripts = Vec::new();
    for entry in fs::read_dir(&folder)? {
        scripts.push(entry?.path());
    }
    scripts.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    scripts.sort();
    for name in names {
        if !scripts.iter().any(|path| stem(path) == *name) {
            return Err(format!("no workload is called {name}").into());
        }
    }
    if !names.is_empty() {
        scripts.retain(|path| names.contains(&stem(path)));
    }
    Ok(scripts)
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs both commands in turn and checks that they print the same.
fn run_in_turn(options: &Options, script: &Path) -> Result<Row, Box<dyn Error>> {
    let mut row = Row { name: stem(script), base: Vec::new(), other: Vec::new() };
    let mut printed: Option<Vec<u8>> = None;
    for _ in 0..options.runs {
        for (command, seconds) in [(&options.base, &mut row.base), (&options.other, &mut row.other)] {
            let (cpu, output) =
                measure(command, script).map_err(|error| format!("{command} {}: {error}", script.display()))?;
            seconds.push(cpu.as_secs_f64());
            if *printed.get_or_insert_with(|| output.clone()) != output {
                return Err(format!("{}: the commands don't print the same", script.display()).into());
            }
        }
    }
    Ok(row)
}

/// Runs the command, words separated by blanks, with the script as its last argument. Gives the CPU time and what was
/// printed on standard output; fails when the command does.
fn measure(words: &str, script: &Path) -> Result<(Duration, Vec<u8>), Box<dyn Error>> {
    let mut child = command(words)?.arg(script).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut output = Vec::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_end(&mut output)?;
    }
    let mut status = 0;
    // SAFETY: all-zero bytes are a valid `rusage`, which holds only integers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: both pointers are to live locals of the types that wait4 fills in. The child is waited for only here.
    let pid = unsafe { libc::wait4(child.id().cast_signed(), &raw mut status, 0, &raw mut usage) };
    if pid < 0 {
        return Err(io::Error::last_os_error().into());
    }
    if status != 0 {
        return Err("failed".into());
    }
    Ok((duration(usage.ru_utime) + duration(usage.ru_stime), output))
}

fn duration(time: libc::timeval) -> Duration {
    Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
}
