//! What operators and protocols mean, for any value.
//!
//! Most operations come twice. A `…_leaf` form takes values under `&Ctx` and answers for built-in types without running
//! script code; `None` means that it cannot tell. The full form takes slots under `&mut Ctx` and tries the leaf form first.

pub mod attr;
pub mod call;
pub mod compare;
pub mod construct;
pub(crate) mod exception_group;
pub mod format;
pub mod hash;
pub mod identity;
pub mod instance_of;
pub mod item;
pub mod iter;
pub mod keys;
pub mod mapping;
pub mod note;
pub mod number;
pub(crate) mod pattern;
pub mod repr;
pub mod set_algebra;
pub mod slicing;
pub mod sort;
pub mod suggest;
pub mod truth;
pub mod typing;
pub mod warn;
pub mod wording;
