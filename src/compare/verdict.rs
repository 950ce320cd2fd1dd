//! The sentences under the table: what was seen, by fixed rules.
//!
//! They say no more than the numbers do. A mode is faster or slower only where the confidence interval leaves out 1 *and* the
//! difference is worth a word; there is no difference only where the interval is short and holds nothing else; and all else
//! can't be told. How much of the machine was used is told by CPU time over wall time. What prints something else than it
//! should is never called fast, and what a busy machine did is never told of the script.
use super::series::{Costs, Figures};
use super::stats::{FEWEST_FOR_INTERVAL, Interval, Ratio};
use super::units;
use argil_interp::lock::LockMode;

/// A speed-up nearer to 1 than this is not worth a word.
const WORTH_SAYING: f64 = 0.03;
/// An interval that lies so near to 1 is no difference.
const NO_DIFFERENCE: f64 = 0.05;
/// Up to so much CPU time for each second, one thread ran at a time.
const ONE_AT_A_TIME: f64 = 1.1;
/// Up to so much CPU time for each second, the script mostly waited.
const MOSTLY_WAITED: f64 = 0.5;
/// Process mode is told apart from `none` if it took this many seconds more, and `WORTH_SAYING` more.
const LAG_WORTH_SAYING: f64 = 0.003;

/// Where the runs were made.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The cores that they could use.
    pub cores: usize,
    /// What the machine was busy with besides.
    pub trouble: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    Faster,
    Same,
    Slower,
    Unclear,
}

impl Change {
    fn of(value: f64, interval: Interval) -> Self {
        if interval.low > 1.0 && value > 1.0 + WORTH_SAYING {
            Self::Faster
        } else if interval.high < 1.0 && value < 1.0 / (1.0 + WORTH_SAYING) {
            Self::Slower
        } else if interval.low >= 1.0 - NO_DIFFERENCE && interval.high <= 1.0 + NO_DIFFERENCE {
            Self::Same
        } else {
            Self::Unclear
        }
    }
}

/// What the figures say. About time it is the largest worker count that is spoken of, about results every one.
pub fn verdict(figures: &[Figures], place: Place) -> String {
    let most = figures.iter().map(|row| row.workers).max().unwrap_or(None);
    let rows: Vec<&Figures> = figures.iter().filter(|row| row.workers == most).collect();
    let with_workers = match most {
        Some(count) => format!("with {}, ", super::counted(count as usize, "worker")),
        None => String::new(),
    };
    let mut sentences = results(figures);
    sentences.push(match place.trouble {
        Some(trouble) => format!("the machine was busy: {trouble}; these figures are not to be trusted"),
        None => with_workers + &times(&rows, place.cores),
    });
    sentences.iter().map(|sentence| capitalised(sentence) + ".").collect::<Vec<_>>().join(" ")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}

/// Which modes got something else than they should, and what that tells.
fn results(figures: &[Figures]) -> Vec<String> {
    let differs = figures.iter().filter_map(|row| Some((row, row.difference.as_ref()?)));
    differs
        .map(|(row, difference)| {
            let (name, first) = (row.name(), &difference.first);
            let often = match (difference.runs, difference.of) {
                (_, 1) => String::new(),
                (runs, of) if runs == of => format!(" in all {of} runs"),
                (runs, of) => format!(" in {runs} of {of} runs"),
            };
            let against = &difference.against;
            if *against == name {
                return format!(
                    "{name} did not always print the same{often} ({first}): the output depends on time, on chance or on \
                     the order of threads, so it can't be told who is right, and nobody is called fast"
                );
            }
            let is_unstable =
                figures.iter().any(|other| other.name() == *against && other.difference.is_some());
            let reason = if is_unstable { "" } else { reason(row.mode, against) };
            format!("{name} printed something else than {against}{often} ({first}){reason}")
        })
        .collect()
}

/// Why a mode may have another result.
fn reason(mode: LockMode, against: &str) -> &'static str {
    match mode {
        _ if !against.starts_with("mode gil") => ": one of the two is wrong",
        LockMode::Gil => "",
        LockMode::None => ": without a lock, the script has a race",
        LockMode::Process => {
            ": with a process per worker, the script keeps its state in copies, each of which is changed alone"
        }
    }
}

/// What the figures of one worker count say of time, without its capital and its full stop.
fn times(rows: &[&Figures], cores: usize) -> String {
    let find = |mode| rows.iter().find(|row| row.mode == mode).map(|row| (*row, row.costs.as_ref()));
    let gil = match find(LockMode::Gil) {
        None => return "there is nothing to compare with: mode gil was not among the modes".into(),
        Some((_, Err(_))) => return "there is nothing to compare with: mode gil failed".into(),
        Some((_, Ok(costs))) => costs,
    };
    if rows.len() == 1 {
        return format!("only mode gil was run: {}", load(gil));
    }
    let others: Vec<(&Figures, &Costs, Ratio)> = [LockMode::None, LockMode::Process]
        .into_iter()
        .filter_map(find)
        .filter_map(|(row, costs)| Some((row, costs.ok()?, row.speed_up?)))
        .collect();
    if others.is_empty() {
        return format!("no other mode can be compared with the lock, under which {}", load(gil));
    }
    let changes: Vec<(&Figures, &Costs, Ratio, Interval)> =
        others.iter().filter_map(|&(row, costs, ratio)| Some((row, costs, ratio, ratio.interval?))).collect();
    if changes.is_empty() {
        return format!(
            "these are too few runs to say whether the modes differ ({FEWEST_FOR_INTERVAL} would do): under the lock {}",
            load(gil)
        );
    }
    let change = |ratio: Ratio, interval| Change::of(ratio.value, interval);
    let count = |wanted| changes.iter().filter(|(.., ratio, interval)| change(*ratio, *interval) == wanted).count();
    let single = if cores == 1 { "a single core runs one thread at a time in every mode, and " } else { "" };
    if count(Change::Same) == changes.len() {
        return format!("{single}no difference was seen between the modes: {}", load(gil));
    }
    let gains_nothing = busy(gil) <= ONE_AT_A_TIME && busy(gil) > MOSTLY_WAITED;
    let opening = if count(Change::Faster) > 0 && gains_nothing && cores > 1 {
        format!("threads did not help under the lock: {}", load(gil))
    } else {
        format!("{single}under the lock {}", load(gil))
    };
    let none = others.iter().find(|(row, ..)| row.mode == LockMode::None).map(|(_, costs, _)| *costs);
    let mut said_as_fast = false;
    let mut clauses = Vec::new();
    for &(row, costs, ratio, interval) in &changes {
        let subject = match row.mode {
            LockMode::Process => "with a process per worker",
            _ => "without the lock",
        };
        let times = format!("{:.*}×", if ratio.value < 9.95 { 2 } else { 0 }, ratio.value);
        clauses.push(match change(ratio, interval) {
            Change::Same => format!("{subject} the script took as long"),
            Change::Unclear => format!(
                "{subject} it can't be told whether it was faster or slower ({:.2}× to {:.2}×)",
                interval.low, interval.high
            ),
            Change::Faster => {
                // Where both were faster, once is enough to say at what.
                let work = if said_as_fast { times } else { format!("the work ran {times} as fast") };
                said_as_fast = true;
                format!("{subject} {work}{}", price(row, costs, none))
            }
            Change::Slower if row.mode == LockMode::Process => {
                let more = units::time(costs.wall.median - gil.wall.median);
                format!("{subject} it ran {times} as fast: start-up and copying cost {more} more than was gained")
            }
            Change::Slower => {
                let (cpu, before) = (units::time(costs.cpu.median), units::time(gil.cpu.median));
                format!("{subject} it ran {times} as fast, with {cpu} of CPU time instead of {before}")
            }
        });
    }
    format!("{opening}; {}", clauses.join(", "))
}

/// What process mode took more than `none`, in brackets; nothing for another mode or a small difference.
fn price(row: &Figures, costs: &Costs, none: Option<&Costs>) -> String {
    match none.map(|none| (costs.wall.median - none.wall.median, none.wall.median * WORTH_SAYING)) {
        Some((lag, small)) if row.mode == LockMode::Process && lag > small.max(LAG_WORTH_SAYING) => {
            format!(" ({} for start-up and copying)", units::time(lag))
        }
        _ => String::new(),
    }
}

/// CPU time for each second of wall time.
fn busy(costs: &Costs) -> f64 {
    costs.cpu.median / costs.wall.median
}

/// How much of the machine was used.
fn load(costs: &Costs) -> String {
    let (cpu, wall) = (units::time(costs.cpu.median), units::time(costs.wall.median));
    match busy(costs) {
        b if b <= MOSTLY_WAITED => {
            format!("the script mostly waited ({cpu} of CPU time in {wall})")
        }
        b if b <= 1.0 - WORTH_SAYING => {
            format!("one thread ran at a time, and now and then not even one ({cpu} of CPU time in {wall})")
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
    use crate::compare::output::Difference;
    use crate::compare::stats::Summary;

    const IDLE: Place<'static> = Place { cores: 2, trouble: None };

    fn row(mode: LockMode, wall: f64, cpu: f64, gil: f64) -> Figures {
        let exactly = |value| Summary { median: value, min: value, max: value };
        let interval = Interval { low: gil / wall - 0.005, high: gil / wall + 0.005 };
        let ratio = Some(Ratio { value: gil / wall, interval: Some(interval) });
        Figures {
            mode,
            workers: None,
            costs: Ok(Costs { wall: exactly(wall), cpu: exactly(cpu), memory: exactly(1e6) }),
            speed_up: ratio,
            scaling: ratio,
            difference: None,
        }
    }

    fn rows(gil: (f64, f64), none: (f64, f64), process: (f64, f64)) -> [Figures; 3] {
        let rows = [(LockMode::Gil, gil), (LockMode::None, none), (LockMode::Process, process)];
        rows.map(|(mode, (wall, cpu))| row(mode, wall, cpu, gil.0))
    }

    fn say(gil: (f64, f64), none: (f64, f64), process: (f64, f64)) -> String {
        verdict(&rows(gil, none, process), IDLE)
    }

    /// Work that two cores share where nothing keeps them from it.
    fn countdown() -> [Figures; 3] {
        rows((1.02, 1.03), (0.53, 1.04), (0.58, 1.07))
    }

    fn differ(row: &mut Figures, against: &str, runs: usize) {
        let found = Difference::between(against, b"2000\n", &row.name(), b"1203\n");
        row.difference = Some(Difference { runs, of: 8, ..found });
        row.speed_up = None;
    }

    fn interval(row: &mut Figures, value: f64, low: f64, high: f64) {
        row.speed_up = Some(Ratio { value, interval: Some(Interval { low, high }) });
    }

    #[test]
    fn work_that_the_lock_holds_up() {
        assert_eq!(
            verdict(&countdown(), IDLE),
            "Threads did not help under the lock: CPU time equals wall time (1.02 s), so one thread ran at a time; \
             without the lock the work ran 1.92× as fast, with a process per worker 1.76× \
             (50.0 ms for start-up and copying)."
        );
    }

    #[test]
    fn one_thread_is_the_same_everywhere() {
        assert_eq!(
            say((1.0, 1.0), (1.01, 1.01), (1.02, 1.02)),
            "No difference was seen between the modes: CPU time equals wall time (1.00 s), so one thread ran at a time."
        );
    }

    #[test]
    fn waiting_is_the_same_everywhere() {
        assert_eq!(
            say((1.0, 0.02), (1.0, 0.02), (1.01, 0.04)),
            "No difference was seen between the modes: the script mostly waited (20.0 ms of CPU time in 1.00 s)."
        );
    }

    #[test]
    fn contention_and_copying_may_cost_more_than_they_gain() {
        assert_eq!(
            say((1.0, 1.0), (1.25, 2.4), (2.0, 2.2)),
            "Under the lock CPU time equals wall time (1.00 s), so one thread ran at a time; \
             without the lock it ran 0.80× as fast, with 2.40 s of CPU time instead of 1.00 s, \
             with a process per worker it ran 0.50× as fast: start-up and copying cost 1.00 s more than was gained."
        );
    }

    #[test]
    fn processes_run_in_parallel_under_the_lock_too() {
        assert_eq!(
            say((1.0, 1.9), (1.0, 1.9), (0.8, 1.9)),
            "Under the lock 1.9 cores were busy (1.90 s of CPU time in 1.00 s); without the lock the script took as long, \
             with a process per worker the work ran 1.25× as fast."
        );
    }

    #[test]
    fn a_busy_machine_is_not_blamed_on_the_script() {
        let place = Place { trouble: Some("other programs took 0.8 of 2 cores"), ..IDLE };
        assert_eq!(
            verdict(&rows((1.0, 0.4), (1.3, 0.7), (2.0, 1.0)), place),
            "The machine was busy: other programs took 0.8 of 2 cores; these figures are not to be trusted."
        );
        let mut rows = countdown();
        differ(&mut rows[1], "mode gil", 8);
        let words = verdict(&rows, place);
        assert!(words.starts_with("Mode none printed something else") && words.contains("busy"), "{words}");
    }

    #[test]
    fn what_can_not_be_told_is_not_called_the_same() {
        let mut rows = [row(LockMode::Gil, 1.0, 1.0, 1.0), row(LockMode::None, 0.8, 1.0, 1.0)];
        interval(&mut rows[1], 1.25, 0.9, 1.6);
        assert_eq!(
            verdict(&rows, IDLE),
            "Under the lock CPU time equals wall time (1.00 s), so one thread ran at a time; \
             without the lock it can't be told whether it was faster or slower (0.90× to 1.60×)."
        );
        let words = |value, low, high| {
            let mut rows = rows.clone();
            interval(&mut rows[1], value, low, high);
            verdict(&rows, IDLE)
        };
        // Around 1, but not near enough.
        assert!(words(1.0, 0.94, 1.02).contains("can't be told"));
        assert!(words(1.0, 0.98, 1.06).contains("can't be told"));
        // Different, but by next to nothing, or by an amount that may be next to nothing.
        assert!(words(1.02, 1.01, 1.06).contains("can't be told"));
        assert!(words(1.02, 1.01, 1.03).starts_with("No difference"));
        assert!(words(1.0, 0.95, 1.05).starts_with("No difference"));
        assert!(words(1.06, 1.01, 1.09).contains("1.06× as fast"));
    }

    #[test]
    fn one_mode_may_be_clear_and_another_not() {
        let mut rows = countdown();
        interval(&mut rows[1], 1.2, 0.9, 1.6);
        let words = verdict(&rows, IDLE);
        let end = "without the lock it can't be told whether it was faster or slower (0.90× to 1.60×), \
                   with a process per worker the work ran 1.76× as fast (50.0 ms for start-up and copying).";
        assert!(words.ends_with(end), "{words}");
    }

    #[test]
    fn wrong_results_are_not_praised() {
        let mut rows = countdown();
        differ(&mut rows[1], "mode gil", 5);
        differ(&mut rows[2], "mode gil", 8);
        assert_eq!(
            verdict(&rows, IDLE),
            "Mode none printed something else than mode gil in 5 of 8 runs (line 1: \"1203\" instead of \"2000\"): \
             without a lock, the script has a race. \
             Mode process printed something else than mode gil in all 8 runs (line 1: \"1203\" instead of \"2000\"): \
             with a process per worker, the script keeps its state in copies, each of which is changed alone. \
             No other mode can be compared with the lock, under which CPU time equals wall time (1.02 s), so one thread \
             ran at a time."
        );
        rows[2] = countdown()[2].clone();
        let words = verdict(&rows, IDLE);
        assert!(words.contains("process per worker the work ran 1.76×") && !words.contains("1.92"), "{words}");
    }

    #[test]
    fn a_reference_that_differs_from_itself_proves_nothing() {
        let mut rows = countdown();
        differ(&mut rows[0], "mode gil", 3);
        differ(&mut rows[1], "mode gil", 8);
        rows[2].speed_up = None;
        let words = verdict(&rows, IDLE);
        assert!(words.starts_with("Mode gil did not always print the same in 3 of 8 runs (line 1: "), "{words}");
        assert!(!words.contains("race") && !words.contains("as fast"), "{words}");
    }

    #[test]
    fn without_the_lock_among_the_modes_nobody_is_right() {
        let mut rows = [row(LockMode::None, 1.0, 1.0, 1.0), row(LockMode::Process, 1.0, 1.0, 1.0)];
        rows.iter_mut().for_each(|row| row.speed_up = None);
        differ(&mut rows[1], "mode none", 1);
        assert_eq!(
            verdict(&rows, IDLE),
            "Mode process printed something else than mode none in 1 of 8 runs (line 1: \"1203\" instead of \"2000\"): \
             one of the two is wrong. There is nothing to compare with: mode gil was not among the modes."
        );
    }

    #[test]
    fn a_mode_that_fails_leaves_the_others() {
        let mut rows = countdown();
        rows[1].costs = Err("failed (exit status 1)".into());
        rows[1].speed_up = None;
        let words = verdict(&rows, IDLE);
        assert!(words.ends_with("; with a process per worker the work ran 1.76× as fast."), "{words}");
        rows[0].costs = Err("failed (exit status 1)".into());
        assert_eq!(verdict(&rows, IDLE), "There is nothing to compare with: mode gil failed.");
    }

    #[test]
    fn a_single_core_is_named() {
        let one = Place { cores: 1, ..IDLE };
        assert_eq!(
            verdict(&rows((1.0, 1.0), (1.01, 1.01), (1.02, 1.02)), one),
            "A single core runs one thread at a time in every mode, and no difference was seen between the modes: \
             CPU time equals wall time (1.00 s), so one thread ran at a time."
        );
        let words = verdict(&rows((1.0, 1.0), (0.9, 0.9), (1.2, 1.2)), one);
        assert!(
            words.starts_with("A single core runs one thread at a time in every mode, and under the lock"),
            "{words}"
        );
        assert!(!words.contains("did not help"), "{words}");
    }

    #[test]
    fn without_an_interval_nothing_is_faster() {
        let mut rows = [row(LockMode::Gil, 1.0, 1.0, 1.0), row(LockMode::None, 0.5, 1.0, 1.0)];
        rows[1].speed_up = Some(Ratio { value: 2.0, interval: None });
        assert_eq!(
            verdict(&rows, IDLE),
            "These are too few runs to say whether the modes differ (6 would do): \
             under the lock CPU time equals wall time (1.00 s), so one thread ran at a time."
        );
    }

    #[test]
    fn modes_may_be_left_out() {
        assert!(verdict(&[row(LockMode::None, 1.0, 1.0, 1.0)], IDLE).starts_with("There is nothing to compare with"));
        assert!(verdict(&[row(LockMode::Gil, 1.0, 1.9, 1.0)], IDLE).starts_with("Only mode gil was run: 1.9 cores"));
    }

    #[test]
    fn the_largest_worker_count_is_spoken_of() {
        let with = |count, rows: [Figures; 3]| rows.map(|row| Figures { workers: Some(count), ..row });
        let mut all = [with(1, rows((1.0, 1.0), (1.0, 1.0), (1.0, 1.0))), with(4, countdown())].concat();
        let words = verdict(&all, IDLE);
        assert!(words.starts_with("With 4 workers, threads did not help") && words.contains("1.92×"), "{words}");
        differ(&mut all[1], "mode gil with 1 worker", 1);
        let words = verdict(&all, IDLE);
        assert!(
            words.starts_with("Mode none with 1 worker printed something else than mode gil with 1 worker"),
            "{words}"
        );
    }
}
