//! Benchmarks: criterion benches, the workloads that they and `argil compare` run, and what the comparing programs share.

use std::process::Command;

/// The command of these words, which are separated by blanks.
///
/// # Errors
/// There is no word.
pub fn command(words: &str) -> Result<Command, &'static str> {
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next().ok_or("the command is empty")?);
    command.args(words);
    Ok(command)
}

/// The best of some runs: the one that was disturbed least.
pub fn best(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}
