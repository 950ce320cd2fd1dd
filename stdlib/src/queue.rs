//! `queue`, written in the language over `threading`.

use argil_interp::interp::{ModuleDef, ModuleSource};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "queue", source: ModuleSource::Script(include_str!("queue.py")) };
