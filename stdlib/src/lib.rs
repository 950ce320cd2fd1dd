//! The library: one file per module; one table lists them.

mod math;

use argil_interp::interp::ModuleDef;

/// Every module of the library.
pub static LIBRARY: &[ModuleDef] = &[math::MODULE];
