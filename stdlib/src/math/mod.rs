//! `math`: functions of the C library and more, with Python's errors.

mod elementary;
mod floats;
mod integers;
mod special;
mod sums;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::native::NativeDef;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "math", source: ModuleSource::Native { functions: &[], init } };

/// The families of functions.
const FAMILIES: [&[&NativeDef]; 5] =
    [elementary::FUNCTIONS, floats::FUNCTIONS, integers::FUNCTIONS, special::FUNCTIONS, sums::FUNCTIONS];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    use std::f64::consts::{E, PI, TAU};
    for family in FAMILIES {
        cx.define_functions(module, family);
    }
    let constants = [("pi", PI), ("e", E), ("tau", TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)];
    for (name, number) in constants {
        cx.define(module, name, cx.float(number));
    }
    Ok(())
}

/// The ValueError for an argument for which a function has no value; `wanted` says what it has one for.
#[cold]
fn domain_error(cx: &Ctx, wanted: &str, got: f64) -> Raised {
    let got = argil_interp::ops::repr::float_repr(got);
    cx.value_error(format!("expected {wanted}, got {got}"))
}

/// The same without more words.
#[cold]
fn plain_domain_error(cx: &Ctx) -> Raised {
    cx.value_error("math domain error")
}

/// The OverflowError of a result that is out of range.
#[cold]
fn range_error(cx: &Ctx) -> Raised {
    cx.raise(Builtin::OverflowError, "math range error")
}

/// A result, which must be finite if the argument is.
fn in_range(cx: &Ctx, argument: f64, result: f64) -> Res<f64> {
    if result.is_infinite() && argument.is_finite() { Err(range_error(cx)) } else { Ok(result) }
}
