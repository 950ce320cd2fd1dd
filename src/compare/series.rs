//! The runs of one mode with one worker count, and what they come to.
use super::measure::Run;
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
}

impl Series {
    /// The wall times in seconds, in the order of the rounds.
    pub fn wall(&self) -> Vec<f64> {
        self.runs.iter().map(|run| run.wall.as_secs_f64()).collect()
    }
}

/// What a series comes to.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// The mode.
    pub mode: LockMode,
    /// What `{workers}` stood for, if anything.
    pub workers: Option<u32>,
    /// Wall time in seconds.
    pub wall: Summary,
    /// CPU time of the whole process tree in seconds.
    pub cpu: Summary,
    /// Peak memory of the whole process tree in bytes.
    pub memory: Summary,
    /// How many times as fast as `gil` with the same worker count; `None` if that was not run.
    pub speed_up: Option<Ratio>,
    /// How many times as fast as the first mode with the first worker count.
    pub scaling: Ratio,
}

/// Sums up every series.
pub fn figures(all: &[Series]) -> Vec<Figures> {
    all.iter()
        .map(|series| {
            let gil = all.iter().find(|other| other.mode == LockMode::Gil && other.workers == series.workers);
            let wall = series.wall();
            Figures {
                mode: series.mode,
                workers: series.workers,
                wall: Summary::of(wall.iter().copied()),
                cpu: Summary::of(series.runs.iter().map(|run| run.cpu().as_secs_f64())),
                memory: Summary::of(series.runs.iter().map(|run| run.peak_memory as f64)),
                speed_up: gil.map(|gil| speed_up(&gil.wall(), &wall)),
                scaling: speed_up(&all[0].wall(), &wall),
            }
        })
        .collect()
}
