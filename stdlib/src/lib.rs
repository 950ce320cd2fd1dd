//! The library: one file per module; one table lists them.

mod bisect;
mod collections;
mod copy;
mod functools;
mod heapq;
mod itertools;
mod math;
mod operator;
mod queue;
mod random;
mod threading;

use argil_interp::interp::ModuleDef;

/// Every module of the library.
pub static LIBRARY: &[ModuleDef] = &[
    bisect::MODULE,
    collections::MODULE,
    copy::MODULE,
    functools::MODULE,
    heapq::MODULE,
    itertools::MODULE,
    math::MODULE,
    operator::MODULE,
    queue::MODULE,
    random::MODULE,
    threading::MODULE,
];
