//! What lower floors need done by higher ones: functions that start-up puts into each interpreter.

use crate::ctx::{Ctx, Res, Slot};
use crate::types::module::Module;

/// One function for each thing that is asked upwards.
pub(crate) struct Hooks {
    /// The module of a name.
    pub(crate) import_module: fn(&mut Ctx, &str) -> Res<Slot>,
    /// `import name` or `from name import …`: the global name space, the name, the names asked for or None, and how many
    /// packages up a relative name starts.
    pub(crate) import_name: fn(&mut Ctx, Slot, Slot, Slot, u32) -> Res<Slot>,
    /// One name of `from module import name`.
    pub(crate) import_from: fn(&mut Ctx, Slot, Slot) -> Res<Slot>,
    /// `from module import *` into a name space.
    pub(crate) import_star: fn(&mut Ctx, Slot, Slot) -> Res<()>,
    /// Gives a module its `__spec__` and `__loader__`.
    pub(crate) place_module: fn(&mut Ctx, Slot) -> Res<()>,
    /// Calls what is due because objects have died.
    pub(crate) finalise: fn(&mut Ctx),
    /// Calls the handlers of the signals that came.
    pub(crate) deliver: fn(&mut Ctx) -> Res<()>,
    /// What the AttributeError says when a module lacks a name.
    pub(crate) missing_in_module: fn(&Ctx, &Module, &str) -> String,
}
