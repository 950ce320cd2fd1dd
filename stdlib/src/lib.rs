//! The library: one file per module; one table lists them.

mod bisect;
mod copy;
mod heapq;
mod itertools;
mod math;
mod threading;

use argil_interp::interp::ModuleDef;

/// Every module of the library.
pub static LIBRARY: &[ModuleDef] =
    &[bisect::MODULE, copy::MODULE, heapq::MODULE, itertools::MODULE, math::MODULE, threading::MODULE];
