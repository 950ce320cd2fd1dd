//! `contextlib`: context managers made of functions, and managers of other managers.

use argil_interp::config::{ModuleDef, ModuleSource};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "contextlib", source: ModuleSource::Script(include_str!("contextlib.py")) };
