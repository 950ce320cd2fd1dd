//! Functions written in Rust: one table entry each, whose signature is the contract.
//!
//! [`natives!`](crate::natives) turns typed Rust functions into a table of [`NativeDef`]s. Arity and type errors, keyword
//! arguments, defaults and help come from the signature, in one place ([`NativeDef::bind`] and [`FromArg`]); what errors
//! say is in `wording.rs`.
//!
//! There are two kinds. A plain `fn` gets `&Ctx` and values: it cannot reach a safepoint, so what it holds stays valid,
//! and its arguments stay where the caller has them. What script code has to say about them (`__index__`, `__float__`,
//! `__bool__`) it says before: [`FromArg::by_script`]. A `call fn` gets `&mut Ctx` and [`Slot`](crate::ctx::Slot)s, because it may run script
//! code or block; a value that it takes out of a slot does not outlive the next such call, or it does not compile.
//!
//! ```text
//! natives! {
//!     pub static METHODS = {
//!         /// Return a centered string of length width.
//!         fn center(cx; s: &'h str, width: i64, fill: char = ' ') -> String { … }
//!         /// Return the sum …
//!         call fn sum(cx; iterable: Slot; start: Option<Slot> = None) -> Slot { … }
//!     }
//! }
//! ```
//! Parameters before the second `;` are positional only, those after it may be named, those after a third must be.
//! `*rest` at the end of the first section takes the remaining positional arguments. Before `fn`: `get` and `set` make an
//! attribute, `slot` a special method whose instance is checked, `class` passes the class instead of the instance, `static` passes neither. `raw fn` binds nothing itself.
//! A method's instance is the parameter `self_`. If that may be named too, the function stands for one that CPython
//! defines in Python, and its errors read accordingly.

mod args;
mod bind;
mod convert;
pub(crate) mod define;
mod macros;
pub(crate) mod special;
mod wording;

pub use args::{Rest, bound_value, receiver};
pub use bind::{Arity, arity};
pub use convert::{Bound, ByScript, FromArg, FromSlot, GivenSlot, GivenText, IntoValue, Place, prepare, wrong_type};

pub use crate::types::function::native::{Args, Given, Names, NativeCode, NativeDef, NativeKind, Param, ParamKind};
