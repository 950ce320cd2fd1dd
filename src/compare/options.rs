//! The flags of `argil compare`.
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use argil_interp::lock::LockMode;

/// What is replaced in the script's arguments when `--workers` is given.
pub const PLACEHOLDER: &str = "{workers}";

/// What to compare, and how often.
#[derive(Debug, Args)]
pub struct Options {
    /// The script
    pub script: PathBuf,
    /// Its arguments, after `--`
    #[arg(last = true)]
    pub args: Vec<String>,
    /// Measured runs in each mode at most; after seven, as many as the intervals need
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub runs: usize,
    /// Begin no round after so long [default: 25, but seven rounds are run in any case]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time: Option<Duration>,
    /// Runs in each mode before the measured ones
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub warmup: usize,
    /// The modes, in the order of the runs
    #[arg(long, value_name = "MODES", value_delimiter = ',', default_value = "gil,none,process")]
    pub modes: Vec<LockMode>,
    /// Kill a run that takes longer; its mode has failed
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,
    /// Repeat with {workers} in the arguments replaced by each of these
    #[arg(long, value_name = "COUNTS", value_delimiter = ',', value_parser = count)]
    pub workers: Vec<u32>,
    /// Write the raw runs here; `-` is standard output, and the table then goes to stderr
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.filter(|limit| !limit.is_zero()).ok_or_else(|| format!("'{text}' is not a number of seconds above 0"))
}

fn count(text: &str) -> Result<u32, String> {
    text.parse().ok().filter(|count| *count > 0).ok_or_else(|| format!("'{text}' is not a number of workers above 0"))
}

impl Options {
    /// Checks what a single flag's parser cannot see.
    pub fn check(self) -> Result<Self, String> {
        let with_placeholder = self.args.iter().any(|arg| arg.contains(PLACEHOLDER));
        if self.runs == 0 {
            return Err("--runs: at least one run is needed".into());
        }
        if !all_differ(&self.modes) || !all_differ(&self.workers) {
            return Err("--modes and --workers take each value once".into());
        }
        if !self.workers.is_empty() && !with_placeholder {
            return Err(format!("--workers needs {PLACEHOLDER} among the script's arguments, as in -- {PLACEHOLDER}"));
        }
        if self.workers.is_empty() && with_placeholder {
            return Err(format!("{PLACEHOLDER} among the script's arguments needs --workers"));
        }
        Ok(self)
    }

    /// The script's arguments for so many workers.
    pub fn arguments(&self, workers: Option<u32>) -> Vec<String> {
        match workers {
            None => self.args.clone(),
            Some(count) => self.args.iter().map(|arg| arg.replace(PLACEHOLDER, &count.to_string())).collect(),
        }
    }

    /// The worker counts to go through; a single `None` where `--workers` was not given.
    pub fn worker_counts(&self) -> Vec<Option<u32>> {
        if self.workers.is_empty() { vec![None] } else { self.workers.iter().copied().map(Some).collect() }
    }
}

fn all_differ<T: PartialEq>(values: &[T]) -> bool {
    values.iter().enumerate().all(|(at, value)| !values[..at].contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(args: &[&str], workers: &[u32]) -> Options {
        Options {
            script: "x.py".into(),
            args: args.iter().map(ToString::to_string).collect(),
            runs: 1,
            warmup: 0,
            time: None,
            modes: LockMode::ALL.to_vec(),
            timeout: None,
            workers: workers.to_vec(),
            json: None,
        }
    }

    #[test]
    fn the_placeholder_is_replaced_wherever_it_stands() {
        let options = options(&["-n{workers}", "{workers}", "x"], &[1, 4]).check().expect("fine as they are");
        assert_eq!(options.arguments(Some(4)), ["-n4", "4", "x"]);
        assert_eq!(options.worker_counts(), [Some(1), Some(4)]);
    }

    #[test]
    fn placeholder_and_counts_go_together() {
        assert!(options(&["3"], &[1, 2]).check().is_err());
        assert!(options(&["{workers}"], &[]).check().is_err());
        assert!(options(&["{workers}"], &[2, 2]).check().is_err());
    }

    #[test]
    fn a_worker_count_is_above_zero() {
        assert_eq!(count("12"), Ok(12));
        for bad in ["0", "-1", "", "x", "1.5", "5000000000"] {
            assert!(count(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_time_limit_is_above_zero() {
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        for bad in ["0", "-1", "nan", "inf", "x", "1e300"] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
