//! The gamma and error functions.
//!
//! Gamma and its logarithm use Lanczos' approximation with the parameters that CPython takes from Boost (g = 6.02468...,
//! 13 terms), in the same order of operations, so that the last digits agree on every platform.

use std::f64::consts::PI;

use argil_interp::natives;

use super::{domain_error, in_range};

/// What gamma has a value for.
const NOT_A_POLE: &str = "a noninteger or positive integer";
/// Lanczos' g.
const G: f64 = 6.024_680_040_776_729_583_740_234_375;
/// The logarithm of pi.
const LN_PI: f64 = 1.144_729_885_849_400_2;
/// Coefficients of the numerator, lowest power first.
const NUMERATOR: [f64; 13] = [
    23_531_376_880.410_759_688_572_007_674_451_636_754_734_846_804_940,
    42_919_803_642.649_098_768_957_899_047_001_988_850_926_355_848_959,
    35_711_959_237.355_668_049_440_185_451_547_166_705_960_488_635_843,
    17_921_034_426.037_209_699_919_755_754_458_931_112_671_403_265_390,
    6_039_542_586.352_028_005_064_291_644_307_297_921_069_938_842_070_8,
    1_439_720_407.311_721_673_663_223_072_794_912_393_971_548_578_637_2,
    248_874_557.862_054_156_511_460_386_413_229_423_216_321_251_278_01,
    31_426_415.585_400_194_380_614_231_628_318_205_362_874_684_987_640,
    2_876_370.628_935_372_441_225_409_051_620_849_613_599_114_537_876_8,
    186_056.265_395_223_495_040_294_989_716_045_699_282_207_842_363_28,
    8_071.672_002_365_816_210_638_002_902_272_250_613_821_851_632_502_4,
    210.824_277_751_579_345_872_509_733_920_713_362_711_669_695_802_91,
    2.506_628_274_631_000_270_164_908_177_133_837_338_626_431_079_340_8,
];
/// Coefficients of the denominator.
const DENOMINATOR: [f64; 13] = [
    0.0,
    39_916_800.0,
    120_543_840.0,
    150_917_976.0,
    105_258_076.0,
    45_995_730.0,
    13_339_535.0,
    2_637_558.0,
    357_423.0,
    32_670.0,
    1_925.0,
    66.0,
    1.0,
];

/// Whether x is zero or a negative integer, where gamma has no value.
fn is_pole(x: f64) -> bool {
    x <= 0.0 && x.fract() == 0.0
}

/// Lanczos' sum for positive x. Small and large x are evaluated from different ends, so that nothing overflows.
fn lanczos_sum(x: f64) -> f64 {
    let terms = NUMERATOR.iter().zip(&DENOMINATOR);
    let (numerator, denominator) = if x < 5.0 {
        terms.rev().fold((0.0, 0.0), |(n, d), (a, b)| (n * x + a, d * x + b))
    } else {
        terms.fold((0.0, 0.0), |(n, d), (a, b)| (n / x + a, d / x + b))
    };
    numerator / denominator
}

/// The sine of pi times x, exact at multiples of a half.
fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    let sine = match (2.0 * y).round() as u8 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    sine * 1.0f64.copysign(x)
}

/// Gamma of a finite x that is no pole.
fn gamma(x: f64) -> f64 {
    let magnitude = x.abs();
    // Factorials up to 22! are floats exactly.
    if x.fract() == 0.0 && x <= 23.0 {
        return (2..x as u64).map(|factor| factor as f64).product();
    }
    if magnitude < 1e-20 {
        return 1.0 / x;
    }
    if magnitude > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let half = G - 0.5;
    let y = magnitude + half;
    // What was lost in the addition, to correct the result.
    let lost = if magnitude > half { (y - magnitude) - half } else { (y - half) - magnitude };
    let z = lost * G / y;
    if x < 0.0 {
        let result = -PI / sin_pi(magnitude) / magnitude * y.exp() / lanczos_sum(magnitude);
        let result = result - z * result;
        if magnitude < 140.0 {
            return result / y.powf(magnitude - 0.5);
        }
        let root = y.powf(magnitude / 2.0 - 0.25);
        return result / root / root;
    }
    let result = lanczos_sum(magnitude) / y.exp();
    let result = result + z * result;
    if magnitude < 140.0 {
        return result * y.powf(magnitude - 0.5);
    }
    let root = y.powf(magnitude / 2.0 - 0.25);
    result * root * root
}

/// The logarithm of the absolute value of gamma of a finite x that is no pole.
fn ln_gamma(x: f64) -> f64 {
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let magnitude = x.abs();
    if magnitude < 1e-20 {
        return -magnitude.ln();
    }
    let result = lanczos_sum(magnitude).ln() - G;
    let result = result + (magnitude - 0.5) * ((magnitude + G - 0.5).ln() - 1.0);
    if x < 0.0 { LN_PI - sin_pi(magnitude).abs().ln() - magnitude.ln() - result } else { result }
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return the gamma function at x.
        fn gamma(cx; x: f64) -> f64 {
            if x == f64::NEG_INFINITY || is_pole(x) {
                return Err(domain_error(cx, NOT_A_POLE, x));
            }
            if x.is_finite() { in_range(cx, x, gamma(x)) } else { Ok(x) }
        }

        /// Return the natural logarithm of the absolute value of the gamma function at x.
        fn lgamma(cx; x: f64) -> f64 {
            if is_pole(x) && x.is_finite() {
                return Err(domain_error(cx, NOT_A_POLE, x));
            }
            if x.is_finite() { in_range(cx, x, ln_gamma(x)) } else { Ok(x.abs()) }
        }

        /// Return the error function at x.
        fn erf(cx; x: f64) -> f64 {
            Ok(argil_system::real::error(x))
        }

        /// Return the complementary error function at x.
        fn erfc(cx; x: f64) -> f64 {
            Ok(argil_system::real::complementary_error(x))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(gamma(5.0), 24.0);
        assert_eq!(gamma(0.5), 1.772_453_850_905_515_9);
        assert_eq!(gamma(-1.5), 2.363_271_801_207_354_4);
        assert_eq!(gamma(171.0), 7.257_415_615_307_998e306);
        assert_eq!(ln_gamma(10.0), 12.801_827_480_081_467);
        assert_eq!(ln_gamma(0.5), 0.572_364_942_924_700_4);
        assert_eq!(sin_pi(0.5), 1.0);
        assert_eq!(sin_pi(-1.5), 1.0);
    }
}
