//! `io`: files that lie in memory, and the exception of files that were opened for something else.

use argil_interp::config::{ModuleDef, ModuleSource};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "io", source: ModuleSource::Script(include_str!("io.py")) };
