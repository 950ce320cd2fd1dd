//! The sentence under the table: what was seen, by fixed rules.
//!
//! It says no more than the numbers do. A mode is faster or slower only where the confidence interval leaves out 1 *and* the
//! difference is worth a word; how much of the machine was used is told by CPU time over wall time.
use super::series::Figures;
use super::stats::{FEWEST_FOR_INTERVAL, Interval, Ratio};
use super::units;
use argil_interp::lock::LockMode;

/// A speed-up nearer to 1 than this is not worth a word.
const WORTH_SAYING: f64 = 0.03;
/// Up to so much CPU time for each second, one thread ran at a time.
const ONE_AT_A_TIME: f64 = 1.1;
/// Up to so much CPU time for each second, the script mostly waited.
const MOSTLY_WAITED: f64 = 0.5;
/// Process mode is told apart from `none` if it took this many seconds more, and `WORTH_SAYING` more.
const LAG_WORTH_SAYING: f64 = 0.003;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Faster,
    Same,
    Slower,
}

impl Change {
    fn of(value: f64, interval: Interval) -> Self {
        if interval.low > 1.0 && value > 1.0 + WORTH_SAYING {
            Self::Faster
        } else if interval.high < 1.0 && value < 1.0 / (1.0 + WORTH_SAYING) {
            Self::Slower
        } else {
            Self::Same
        }
    }
}

/// What the figures of one worker count say: a sentence without its capital and its full stop.
pub fn verdict(figures: &[Figures]) -> String {
    let find = |mode| figures.iter().find(|row| row.mode == mode);
    let Some(gil) = find(LockMode::Gil) else {
        return "nothing to compare with: gil was not among the modes".into();
    };
    let others: Vec<&Figures> = [LockMode::None, LockMode::Process].into_iter().filter_map(find).collect();
    if others.is_empty() {
        return format!("only gil was run: {}", load(gil));
    }
    let others: Vec<(&Figures, Ratio, Change)> = others
        .into_iter()
        .filter_map(|row| row.speed_up.map(|ratio| (row, ratio)))
        .filter_map(|(row, ratio)| ratio.interval.map(|ends| (row, ratio, Change::of(ratio.value, ends))))
        .collect();
    if others.is_empty() {
        return format!(
            "these are too few runs to say whether the modes differ ({FEWEST_FOR_INTERVAL} would do): under the lock {}",
            load(gil)
        );
    }
    if others.iter().all(|&(.., change)| change == Change::Same) {
        return format!("no difference was seen between the modes: {}", load(gil));
    }
    let faster = others.iter().filter(|(.., change)| *change == Change::Faster).count();
    let opening = if faster > 0 && busy(gil) <= ONE_AT_A_TIME && busy(gil) > MOSTLY_WAITED {
        format!("threads did not help under the lock: {}", load(gil))
    } else {
        format!("under the lock {}", load(gil))
    };
    let clauses = others.iter().map(|&(row, ratio, change)| {
        let subject = if row.mode == LockMode::Process { "with a process per worker" } else { "without it" };
        let times = format!("{:.*}×", if ratio.value < 9.95 { 2 } else { 0 }, ratio.value);
        match change {
            Change::Same => format!("{subject} the script took as long"),
            // Where both were faster, once is enough to say at what.
            Change::Faster if faster == 2 && row.mode == LockMode::Process => {
                format!("{subject} {times}{}", price(row, find(LockMode::None)))
            }
            Change::Faster => format!("{subject} the work ran {times} as fast{}", price(row, find(LockMode::None))),
            Change::Slower if row.mode == LockMode::Process => {
                let more = units::time(row.wall.median - gil.wall.median);
                format!("{subject} it ran {times} as fast: start-up and copying cost {more} more than was gained")
            }
            Change::Slower => {
                let (cpu, before) = (units::time(row.cpu.median), units::time(gil.cpu.median));
                format!("{subject} it ran {times} as fast, with {cpu} of CPU time instead of {before}")
            }
        }
    });
    format!("{opening}; {}", clauses.collect::<Vec<_>>().join(", "))
}

/// What process mode took more than `none`, in brackets; nothing for another mode or a small difference.
fn price(row: &Figures, none: Option<&Figures>) -> String {
    match none.map(|none| (row.wall.median - none.wall.median, none.wall.median * WORTH_SAYING)) {
        Some((lag, small)) if row.mode == LockMode::Process && lag > small.max(LAG_WORTH_SAYING) => {
            format!(" ({} for start-up and copying)", units::time(lag))
        }
        _ => String::new(),
    }
}

/// CPU time for each second of wall time.
fn busy(row: &Figures) -> f64 {
    row.cpu.median / row.wall.median
}

/// How much of the machine was used.
fn load(row: &Figures) -> String {
    let (cpu, wall) = (units::time(row.cpu.median), units::time(row.wall.median));
    match busy(row) {
        b if b <= MOSTLY_WAITED => {
            format!("the script mostly waited ({cpu} of CPU time in {wall})")
        }
        b if b <= 1.0 - WORTH_SAYING => {
            format!("one thread ran at a time, and part of the time none ({cpu} of CPU time in {wall})")
        }
        b if b <= ONE_AT_A_TIME => {
            format!("CPU time equals wall time ({wall}), so one thread ran at a time")
        }
        b => format!("{b:.1} cores were busy ({cpu} of CPU time in {wall})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::stats::Summary;

    fn row(mode: LockMode, wall: f64, cpu: f64, gil: f64) -> Figures {
        let exactly = |value| Summary { median: value, min: value, max: value };
        let interval = Interval { low: gil / wall - 0.005, high: gil / wall + 0.005 };
        let ratio = Ratio { value: gil / wall, interval: Some(interval) };
        Figures {
            mode,
            workers: None,
            wall: exactly(wall),
            cpu: exactly(cpu),
            memory: exactly(1e6),
            speed_up: Some(ratio),
            scaling: ratio,
        }
    }

    fn say(gil: (f64, f64), none: (f64, f64), process: (f64, f64)) -> String {
        let rows = [(LockMode::Gil, gil), (LockMode::None, none), (LockMode::Process, process)];
        verdict(&rows.map(|(mode, (wall, cpu))| row(mode, wall, cpu, gil.0)))
    }

    #[test]
    fn work_that_the_lock_holds_up() {
        assert_eq!(
            say((1.02, 1.03), (0.53, 1.04), (0.58, 1.07)),
            "threads did not help under the lock: CPU time equals wall time (1.02 s), so one thread ran at a time; \
             without it the work ran 1.92× as fast, with a process per worker 1.76× (50.0 ms for start-up and copying)"
        );
    }

    #[test]
    fn one_thread_is_the_same_everywhere() {
        assert_eq!(
            say((1.0, 1.0), (1.01, 1.01), (1.02, 1.02)),
            "no difference was seen between the modes: CPU time equals wall time (1.00 s), so one thread ran at a time"
        );
    }

    #[test]
    fn waiting_is_the_same_everywhere() {
        assert_eq!(
            say((1.0, 0.02), (1.0, 0.02), (1.01, 0.04)),
            "no difference was seen between the modes: the script mostly waited (20.0 ms of CPU time in 1.00 s)"
        );
    }

    #[test]
    fn contention_and_copying_may_cost_more_than_they_gain() {
        assert_eq!(
            say((1.0, 1.0), (1.25, 2.4), (2.0, 2.2)),
            "under the lock CPU time equals wall time (1.00 s), so one thread ran at a time; \
             without it it ran 0.80× as fast, with 2.40 s of CPU time instead of 1.00 s, \
             with a process per worker it ran 0.50× as fast: start-up and copying cost 1.00 s more than was gained"
        );
    }

    #[test]
    fn processes_run_in_parallel_under_the_lock_too() {
        assert_eq!(
            say((1.0, 1.9), (1.0, 1.9), (0.8, 1.9)),
            "under the lock 1.9 cores were busy (1.90 s of CPU time in 1.00 s); without it the script took as long, \
             with a process per worker the work ran 1.25× as fast"
        );
    }

    #[test]
    fn a_wide_interval_is_no_difference() {
        let mut rows = [row(LockMode::Gil, 1.0, 1.0, 1.0), row(LockMode::None, 0.8, 1.0, 1.0)];
        rows[1].speed_up = Some(Ratio { value: 1.25, interval: Some(Interval { low: 0.9, high: 1.6 }) });
        assert!(verdict(&rows).starts_with("no difference"));
    }

    #[test]
    fn without_an_interval_nothing_is_faster() {
        let mut rows = [row(LockMode::Gil, 1.0, 1.0, 1.0), row(LockMode::None, 0.5, 1.0, 1.0)];
        rows[1].speed_up = Some(Ratio { value: 2.0, interval: None });
        assert_eq!(
            verdict(&rows),
            "these are too few runs to say whether the modes differ (6 would do): \
             under the lock CPU time equals wall time (1.00 s), so one thread ran at a time"
        );
    }

    #[test]
    fn modes_may_be_left_out() {
        assert!(verdict(&[row(LockMode::None, 1.0, 1.0, 1.0)]).starts_with("nothing to compare with"));
        assert!(verdict(&[row(LockMode::Gil, 1.0, 1.9, 1.0)]).starts_with("only gil was run: 1.9 cores"));
    }
}
