//! The library: one file per module; one table lists them.
