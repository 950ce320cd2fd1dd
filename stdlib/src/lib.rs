//! The library: one file per module; one table lists them.

mod bisect;
mod collections;
mod copy;
mod functools;
mod gc;
mod heapq;
mod itertools;
mod math;
mod operator;
mod os;
mod random;
mod sys;
mod time;

use argil_interp::interp::ModuleDef;

/// Every module of the library.
pub static LIBRARY: &[ModuleDef] = &[
    bisect::MODULE,
    collections::MODULE,
    copy::MODULE,
    functools::MODULE,
    gc::MODULE,
    heapq::MODULE,
    itertools::MODULE,
    math::MODULE,
    operator::MODULE,
    os::MODULE,
    os::PATH,
    os::POSIX,
    random::MODULE,
    sys::MODULE,
    time::MODULE,
];
