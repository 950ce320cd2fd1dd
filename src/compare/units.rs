//! Times and sizes as people read them.
use super::stats::Summary;

/// Seconds with three digits or so: `831 µs`, `12.3 ms`, `1.02 s`, `94.1 s`.
pub fn time(seconds: f64) -> String {
    let (scale, unit) = time_unit(seconds);
    let value = seconds * scale;
    format!("{value:.*} {unit}", decimals(value))
}

/// A median and what it lies between, in one unit: `1.02 (1.01 … 1.05) s`; only the median where these read the same.
pub fn time_spread(Summary { median, min, max }: Summary) -> String {
    let (scale, unit) = time_unit(median);
    let [median, min, max] = [median, min, max].map(|seconds| seconds * scale);
    let digits = decimals(median);
    let [median, min, max] = [median, min, max].map(|value| format!("{value:.digits$}"));
    if min == max { format!("{median} {unit}") } else { format!("{median} ({min} … {max}) {unit}") }
}

/// The unit for so many seconds, and how many of it a second has.
fn time_unit(seconds: f64) -> (f64, &'static str) {
    match seconds {
        s if s < 0.000_999_5 => (1e6, "µs"),
        s if s < 0.999_5 => (1e3, "ms"),
        _ => (1.0, "s"),
    }
}

/// Bytes in MiB or GiB with three digits or so.
pub fn size(bytes: f64) -> String {
    const MIB: f64 = 1024.0 * 1024.0;
    let (value, unit) = if bytes < 1000.0 * MIB { (bytes / MIB, "MiB") } else { (bytes / (1024.0 * MIB), "GiB") };
    format!("{value:.*} {unit}", decimals(value))
}

fn decimals(value: f64) -> usize {
    match value {
        v if v < 9.995 => 2,
        v if v < 99.95 => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits() {
        let times = [0.000_831, 0.0123, 0.9994, 0.9996, 1.016, 9.996, 94.06, 123.4].map(time);
        assert_eq!(times, ["831 µs", "12.3 ms", "999 ms", "1.00 s", "1.02 s", "10.0 s", "94.1 s", "123 s"]);
        let summary = Summary { median: 0.9996, min: 0.9, max: 11.2 };
        assert_eq!(time_spread(summary), "1.00 (0.90 … 11.20) s");
        let single = Summary { median: 0.9996, min: 0.9996, max: 0.9997 };
        assert_eq!(time_spread(single), "1.00 s");
        let sizes = [7.5, 12.34, 999.0, 1536.0].map(|mib| size(mib * 1024.0 * 1024.0));
        assert_eq!(sizes, ["7.50 MiB", "12.3 MiB", "999 MiB", "1.50 GiB"]);
    }
}
