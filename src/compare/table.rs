//! The tables that `compare` prints.
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{CellAlignment, Table};

use super::series::Figures;
use super::stats::{Interval, Ratio};
use super::units;

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
        let mut cells = vec![
            row.mode.name().to_owned(),
            units::time_spread(row.wall),
            units::time_spread(row.cpu),
            units::size(row.memory.max),
            row.speed_up.map_or_else(|| "–".into(), ratio),
        ];
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
        std::iter::once(count.to_string()).chain(of_count.map(|row| ratio(row.scaling))).collect()
    });
    let mut table = table(header, rows);
    align(&mut table, 0);
    table
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
    match interval {
        Some(Interval { low, high }) if low != high => format!("{value:.2}× ({low:.2} … {high:.2})"),
        _ => format!("{value:.2}×"),
    }
}
