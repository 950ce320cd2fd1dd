//! Compares how the cost of everyday operations grows: each row of the tables in `growth/` runs with n and 8 n elements
//! under two commands.
//!
//! The exponent of a row is the logarithm, to the base 8, of how much longer the larger run takes: 1 for work in proportion
//! to the elements. Being slower by a factor does not matter here; a row whose exponent is larger than the other command's
//! will, for enough elements, be slower by any factor. Rows take CPU time themselves, the best of some runs, which a busy
//! machine disturbs least; a row that looks bad is run again before it counts.

use std::error::Error;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use argil_benches::{best, command};
use clap::Parser;

/// How many times as many elements the larger run has.
const FACTOR: u32 = 8;
/// By how much an exponent may be larger than the other command's.
const TOLERANCE: f64 = 0.25;
/// Seconds of the larger run below which its growth does not matter: they are mostly noise.
const MATTERS: f64 = 0.005;

/// Compares how the cost of everyday operations grows under two commands.
#[derive(Parser)]
struct Options {
    /// The command to compare with, such as python3.14
    base: String,
    /// The command that is judged, such as target/release/argil
    other: String,
    /// Only rows whose name, such as list.append, contains one of these words [default: all]
    words: Vec<String>,
    /// Elements of the smaller run; the larger has eight times as many
    #[arg(short = 'n', long, default_value_t = 20_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1_000..1_000_000))]
    elements: u32,
    /// How often each command runs each row
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
    /// Seconds that a run may take
    #[arg(long, default_value_t = 60, value_name = "S", value_parser = clap::value_parser!(u64).range(1..))]
    timeout: u64,
}

/// A generator function in one of the tables.
struct Row {
    table: PathBuf,
    function: String,
}

impl Row {
    fn name(&self) -> String {
        let table = self.table.file_stem().unwrap_or_default().to_string_lossy();
        format!("{table}.{}", self.function)
    }
}

/// What is known of one row under one command: the CPU seconds of every run.
#[derive(Default)]
struct Cost {
    small: Vec<f64>,
    large: Vec<f64>,
}

impl Cost {
    fn exponent(&self) -> f64 {
        // Less than that is not measured, only started.
        let small = best(&self.small).max(1e-6);
        (best(&self.large) / small).log(f64::from(FACTOR))
    }
}

/// Whether the judged command's cost grows faster, where that matters.
fn grows_faster(base: &Cost, other: &Cost) -> bool {
    best(&other.large) >= MATTERS && other.exponent() > base.exponent() + TOLERANCE
}

fn main() -> ExitCode {
    match compare(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("growth: {error}");
            ExitCode::from(2)
        }
    }
}

/// Prints the table; whether no row grows faster or fails.
fn compare(options: &Options) -> Result<bool, Box<dyn Error>> {
    let rows = rows(&options.words)?;
    println!("| row | {} | exponent | {} | exponent | |", options.base, options.other);
    println!("| --- | ---: | ---: | ---: | ---: | --- |");
    let mut bad = Vec::new();
    for row in &rows {
        let verdict = match judge(options, row) {
            Ok((base, other)) => {
                let verdict = if grows_faster(&base, &other) { "grows faster" } else { "" };
                let [base, other] = [base, other].map(|cost| (best(&cost.large), cost.exponent()));
                let name = row.name();
                println!(
                    "| {name} | {:.4} s | {:.2} | {:.4} s | {:.2} | {verdict} |",
                    base.0, base.1, other.0, other.1
                );
                verdict
            }
            Err(why) => {
                println!("| {} | | | | | {why} |", row.name());
                "failed"
            }
        };
        if !verdict.is_empty() {
            bad.push(format!("{} ({verdict})", row.name()));
        }
    }
    println!(
        "\n{} rows, {} of them bad{}{}",
        rows.len(),
        bad.len(),
        if bad.is_empty() { "" } else { ": " },
        bad.join(", ")
    );
    Ok(bad.is_empty())
}

/// Runs a row under both commands in turn, and as often again while the judged one seems to grow faster.
fn judge(options: &Options, row: &Row) -> Result<(Cost, Cost), Box<dyn Error>> {
    let (mut base, mut other) = (Cost::default(), Cost::default());
    for _ in 0..3 {
        for _ in 0..options.runs {
            for (words, cost) in [(&options.base, &mut base), (&options.other, &mut other)] {
                cost.small.push(seconds(words, row, options.elements, options.timeout)?);
                cost.large.push(seconds(words, row, options.elements * FACTOR, options.timeout)?);
            }
        }
        if !grows_faster(&base, &other) {
            break;
        }
    }
    Ok((base, other))
}

/// The rows whose names contain one of the words, or all: table by table, in the order in which they stand there.
fn rows(words: &[String]) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("growth");
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder)? {
        tables.push(entry?.path());
    }
    tables.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    tables.sort();
    let mut rows = Vec::new();
    for table in tables {
        for line in fs::read_to_string(&table)?.lines() {
            let function = line.strip_prefix("def ").and_then(|line| line.strip_suffix("(n):"));
            rows.extend(function.map(|function| Row { table: table.clone(), function: function.to_owned() }));
        }
    }
    for word in words {
        if !rows.iter().any(|row| row.name().contains(word)) {
            return Err(format!("no row's name contains {word}").into());
        }
    }
    rows.retain(|row| words.is_empty() || words.iter().any(|word| row.name().contains(word)));
    Ok(rows)
}

/// The CPU seconds that a row takes under a command; an error if it fails or takes too long.
fn seconds(words: &str, row: &Row, elements: u32, timeout: u64) -> Result<f64, Box<dyn Error>> {
    let mut child = command(words)?
        .arg(&row.table)
        .args([row.function.clone(), elements.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{words}: {error}"))?;
    let until = Instant::now() + Duration::from_secs(timeout);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if Instant::now() > until {
            child.kill()?;
            child.wait()?;
            return Err(format!("{words} takes more than {timeout} s for {elements} elements").into());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let (mut printed, mut complaint) = (String::new(), String::new());
    if let (Some(stdout), Some(stderr)) = (&mut child.stdout, &mut child.stderr) {
        stdout.read_to_string(&mut printed)?;
        stderr.read_to_string(&mut complaint)?;
    }
    if !status.success() {
        let last = complaint.lines().last().unwrap_or("no message");
        return Err(format!("{words} fails with {elements} elements: {last}").into());
    }
    Ok(printed.trim().parse().map_err(|error| format!("{words} prints no time: {error}"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(small: f64, large: f64) -> Cost {
        Cost { small: vec![small, small * 2.0], large: vec![large * 2.0, large] }
    }

    #[test]
    fn the_best_runs_tell_how_cost_grows() {
        let exponents =
            [(0.001, 0.001), (0.001, 0.008), (0.001, 0.064)].map(|(small, large)| cost(small, large).exponent());
        assert!(exponents.iter().zip([0.0, 1.0, 2.0]).all(|(is, wanted)| (is - wanted).abs() < 1e-9), "{exponents:?}");
    }

    #[test]
    fn only_larger_exponents_count_and_only_where_they_matter() {
        let (linear, slow, quadratic) = (cost(0.001, 0.008), cost(0.1, 0.8), cost(0.001, 0.064));
        assert!(grows_faster(&linear, &quadratic));
        assert!(!grows_faster(&quadratic, &quadratic));
        assert!(!grows_faster(&linear, &slow));
        assert!(!grows_faster(&linear, &cost(0.000_01, 0.000_64)));
    }

    #[test]
    fn every_table_has_rows_and_no_name_stands_twice() {
        let mut names: Vec<_> = rows(&[]).expect("the tables can be read").iter().map(Row::name).collect();
        let all = names.len();
        for container in ["list", "tuple", "str", "bytes", "bytearray", "dict", "set", "deque", "ordered_dict"] {
            assert!(names.iter().filter(|name| name.starts_with(&format!("{container}."))).count() >= 9, "{container}");
        }
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(rows(&["no such row".to_owned()]).is_err());
    }
}
