//! Medians, spreads, and how sure a speed-up is.

/// The figures of one quantity over all rounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// The middle one, or the mean of the two in the middle.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Summary {
    /// Sums up `values`; at least one.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        let median = median(&mut values);
        Self { median, min: values[0], max: values[values.len() - 1] }
    }
}

/// Sorts the values on the way.
fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let (upper, odd) = (values.len() / 2, values.len() % 2 == 1);
    if odd { values[upper] } else { f64::midpoint(values[upper - 1], values[upper]) }
}

/// The fewest values of which some two lie around the median with 95 % confidence: that all of five lie on one side of it
/// happens in 2 / 2⁵ = 6 % of all cases, that all of six do in 3 %.
pub const FEWEST_FOR_INTERVAL: usize = 6;

/// A ratio of medians and its 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio of the medians.
    pub value: f64,
    /// The interval; `None` if there are too few rounds for one.
    pub interval: Option<Interval>,
}

/// A confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Ratio {
    /// Whether another run would tell little: the interval is a twentieth of the ratio wide at most.
    pub fn is_narrow(&self) -> bool {
        self.interval.is_some_and(|Interval { low, high }| high - low <= 0.05 * self.value)
    }
}

/// How many times as fast `other` was as `base`: `median(base) / median(other)`, both times of the same rounds, in order.
///
/// The interval is the percentile bootstrap (Efron 1979) over *rounds*: what disturbs the machine disturbs neighbouring runs
/// alike, so a round is drawn as a whole. The same runs give the same interval.
pub fn speed_up(base: &[f64], other: &[f64]) -> Ratio {
    const RESAMPLES: usize = 5000;
    assert_eq!(base.len(), other.len(), "every mode runs in every round");
    let ratio = |rounds: &[usize]| {
        let pick = |times: &[f64]| median(&mut rounds.iter().map(|&round| times[round]).collect::<Vec<_>>());
        pick(base) / pick(other)
    };
    let rounds: Vec<usize> = (0..base.len()).collect();
    let value = ratio(&rounds);
    if rounds.len() < FEWEST_FOR_INTERVAL {
        return Ratio { value, interval: None };
    }
    let mut random = SplitMix64(0x5EED);
    let mut drawn: Vec<f64> =
        (0..RESAMPLES).map(|_| ratio(&rounds.iter().map(|_| random.below(rounds.len())).collect::<Vec<_>>())).collect();
    drawn.sort_unstable_by(f64::total_cmp);
    let (low, high) = (drawn[RESAMPLES * 25 / 1000], drawn[RESAMPLES * 975 / 1000 - 1]);
    Ratio { value, interval: Some(Interval { low, high }) }
}

/// Steele, Lea and Flood's generator (OOPSLA 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    /// A number below `bound`. The bias of the multiplication is below `bound / 2^32`.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let high = (z ^ (z >> 31)) >> 32;
        ((high * bound as u64) >> 32) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(Summary::of([3.0, 1.0, 2.0]), Summary { median: 2.0, min: 1.0, max: 3.0 });
        assert_eq!(Summary::of([4.0, 1.0, 2.0, 3.0]).median, 2.5);
        assert_eq!(Summary::of([7.0]), Summary { median: 7.0, min: 7.0, max: 7.0 });
    }

    fn exactly(value: f64) -> Ratio {
        Ratio { value, interval: Some(Interval { low: value, high: value }) }
    }

    #[test]
    fn equal_rounds_leave_no_doubt() {
        assert_eq!(speed_up(&[2.0; 7], &[1.0; 7]), exactly(2.0));
    }

    #[test]
    fn five_rounds_give_no_interval() {
        assert_eq!(speed_up(&[2.0; 5], &[1.0; 5]), Ratio { value: 2.0, interval: None });
        assert!(speed_up(&[2.0; 6], &[1.0; 6]).interval.is_some());
    }

    #[test]
    fn noise_common_to_a_round_does_not_widen_the_interval() {
        let base = [2.0, 4.0, 3.0, 2.5, 6.0, 5.0, 2.0];
        assert_eq!(speed_up(&base, &base.map(|time| time / 2.0)), exactly(2.0));
    }

    #[test]
    fn narrow_is_a_twentieth() {
        let ratio = |value, low, high| Ratio { value, interval: Some(Interval { low, high }) };
        assert!(ratio(1.0, 0.98, 1.02).is_narrow() && ratio(4.0, 3.95, 4.12).is_narrow());
        assert!(!ratio(1.0, 0.97, 1.04).is_narrow() && !Ratio { value: 1.0, interval: None }.is_narrow());
    }

    #[test]
    fn noise_of_single_runs_does() {
        let (base, other) = ([1.0, 1.2, 0.9, 1.1, 1.0, 1.3, 0.8], [1.0, 0.8, 1.1, 1.0, 1.2, 0.7, 1.3]);
        let ratio = speed_up(&base, &other);
        let Interval { low, high } = ratio.interval.expect("seven rounds are enough");
        assert!(low < 0.95 && ratio.value == 1.0 && high > 1.05, "{ratio:?}");
        assert_eq!(ratio, speed_up(&base, &other));
    }

    #[test]
    fn draws_reach_every_round_about_equally() {
        let mut random = SplitMix64(1);
        let mut seen = [0_u32; 7];
        (0..70_000).for_each(|_| seen[random.below(7)] += 1);
        assert!(seen.iter().all(|&count| (9_500..10_500).contains(&count)), "{seen:?}");
    }
}
