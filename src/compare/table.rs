//! The tables that `compare` prints.
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};

use super::series::Figures;
use super::stats::{Interval, Ratio};
use super::units;

/// What stands where there is no figure.
const NOTHING: &str = "–";

/// A row for each mode and worker count.
pub fn costs(figures: &[Figures]) -> Table {
    let with_workers = figures.iter().any(|row| row.workers.is_some());
    let has_interval = figures.iter().filter_map(|row| row.speed_up).any(|ratio| ratio.interval.is_some());
    let against = if has_interval { "against gil (95 % interval)" } else { "against gil" };
    let mut header = vec!["mode", "wall (min … max)", "CPU (min … max)", "peak memory", against];
    if with_workers {
        header.insert(0, "workers");
    }
    let rows = figures.iter().map(|row| {
        let mut cells = vec![row.mode.name().to_owned()];
        match &row.costs {
            Ok(costs) => cells.extend([
                units::time_spread(costs.wall),
                units::time_spread(costs.cpu),
                units::size(costs.memory.max),
                cell(row.speed_up, row),
            ]),
            Err(trouble) => cells.extend([trouble, NOTHING, NOTHING, NOTHING].map(str::to_owned)),
        }
        if let Some(workers) = row.workers {
            cells.insert(0, workers.to_string());
        }
        cells
    });
    let mut table = table(header, rows);
    if with_workers {
        align(&mut table, 0);
    }
    table
}

/// A row for each worker count, a column for each mode: how many times as fast as the first of all.
pub fn scaling(figures: &[Figures]) -> Table {
    let mut counts: Vec<_> = figures.iter().filter_map(|row| row.workers).collect();
    counts.dedup();
    let of_first = figures.iter().take_while(|row| row.workers == figures[0].workers);
    let header = std::iter::once("workers").chain(of_first.map(|row| row.mode.name())).collect();
    let rows = counts.iter().map(|&count| {
        let of_count = figures.iter().filter(|row| row.workers == Some(count));
        std::iter::once(count.to_string()).chain(of_count.map(|row| cell(row.scaling, row))).collect()
    });
    let mut table = table(header, rows);
    align(&mut table, 0);
    table
}

/// A speed-up, or why there is none.
fn cell(speed_up: Option<Ratio>, row: &Figures) -> String {
    match speed_up {
        Some(speed_up) => ratio(speed_up),
        None if row.difference.is_some() => "outputs differ".into(),
        None => NOTHING.into(),
    }
}

fn table(header: Vec<&str>, rows: impl Iterator<Item = Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_header(header).add_rows(rows);
    table
}

/// Sets a column of numbers to the right.
fn align(table: &mut Table, column: usize) {
    if let Some(column) = table.column_mut(column) {
        column.set_cell_alignment(CellAlignment::Right);
    }
}

fn ratio(Ratio { value, interval }: Ratio) -> String {
    let ends = interval.map(|Interval { low, high }| (format!("{low:.2}"), format!("{high:.2}")));
    match ends {
        // That of a mode with itself is empty.
        Some((low, high)) if low != high => format!("{value:.2}× ({low} … {high})"),
        _ => format!("{value:.2}×"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::output::Difference;
    use crate::compare::series::Costs;
    use crate::compare::stats::Summary;
    use argil_interp::lock::LockMode;

    fn row(mode: LockMode, value: f64) -> Figures {
        let exactly = |value| Summary { median: value, min: value, max: value };
        let ratio = Ratio { value, interval: Some(Interval { low: value - 0.1, high: value + 0.1 }) };
        Figures {
            mode,
            workers: None,
            costs: Ok(Costs { wall: exactly(1.0), cpu: exactly(1.0), memory: exactly(1e7) }),
            speed_up: Some(ratio),
            scaling: Some(ratio),
            difference: None,
        }
    }

    #[test]
    fn rows_without_a_speed_up_say_why() {
        let mut rows = [row(LockMode::Gil, 1.0), row(LockMode::None, 1.9), row(LockMode::Process, 1.8)];
        rows[1].costs = Err("failed (exit status 1)".into());
        rows[1].speed_up = None;
        rows[2].difference = Some(Difference::between("mode gil", b"1", "mode process", b"2"));
        rows[2].speed_up = None;
        let text = costs(&rows).to_string();
        let line = |mode: &str| {
            let line = text.lines().find(|line| line.starts_with(&format!("│ {mode} "))).unwrap_or_default();
            line.split(['│', '┆']).map(str::trim).collect::<Vec<_>>().join("|")
        };
        assert_eq!(line("gil"), "|gil|1.00 s|1.00 s|9.54 MiB|1.00× (0.90 … 1.10)|");
        assert_eq!(line("none"), "|none|failed (exit status 1)|–|–|–|");
        assert_eq!(line("process"), "|process|1.00 s|1.00 s|9.54 MiB|outputs differ|");
    }

    #[test]
    fn an_interval_without_length_is_left_out() {
        let of = |low, high| ratio(Ratio { value: 1.0, interval: Some(Interval { low, high }) });
        assert_eq!((of(1.0, 1.0), of(0.998, 1.003)), ("1.00×".to_owned(), "1.00×".to_owned()));
        assert_eq!(of(0.99, 1.0), "1.00× (0.99 … 1.00)");
    }
}
