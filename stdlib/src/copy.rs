//! `copy`: shallow and deep copies, by the protocol that classes may take part in.

use argil_interp::config::{ModuleDef, ModuleSource};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "copy", source: ModuleSource::Script(include_str!("copy.py")) };
