//! Functions written in Rust: one table entry each, whose signature is the contract.
//!
//! [`natives!`](crate::natives) turns typed Rust functions into a table of [`NativeDef`]s. Arity and type errors, keyword
//! arguments, defaults and help come from the signature, in one place ([`NativeDef::bind`] and [`FromArg`]); what errors
//! say is in `wording.rs`.
//!
//! There are two kinds. A plain `fn` gets `&Ctx` and values: it cannot reach a safepoint, so what it holds stays valid,
//! and its arguments stay where the caller has them. A `call fn` gets `&mut Ctx` and [`Slot`](crate::ctx::Slot)s, because it may run script
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
mod macros;
mod wording;

pub use args::{Args, Given, Names, NativeCode, Rest, bound_value, receiver};
pub use bind::{Arity, arity};
pub use convert::{Bound, FromArg, FromSlot, GivenSlot, IntoWord, wrong_type};

use crate::ctx::{Ctx, Res};
use crate::types::class::Class;
use crate::types::function::NativeFunction;
use crate::value::Value;

/// How a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// By position only.
    Positional,
    /// By position or by name.
    Either,
    /// By name only.
    Keyword,
}

/// One parameter of a native function.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// How it may be given.
    pub kind: ParamKind,
    /// Whether it must be given.
    pub required: bool,
}

/// What an entry becomes when it is put into a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// A function, or a method that takes the instance first.
    Function,
    /// A special method that does what an operator does. It goes by the layout of its instance, so that is checked.
    Wrapper,
    /// A method that takes the class first.
    Class,
    /// A constructor: takes the class, which is or derives from that which defines the constructor.
    New,
    /// A static method.
    Static,
    /// Reads an attribute.
    Getter,
    /// Writes the attribute of the same name.
    Setter,
}

/// A native function.
pub struct NativeDef {
    /// Its name.
    pub name: &'static str,
    /// Its documentation.
    pub doc: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// Whether more positional arguments may follow.
    pub rest: bool,
    /// What it becomes in a class.
    pub kind: NativeKind,
    /// Whether it binds its arguments itself.
    pub raw: bool,
    /// The code.
    pub call: NativeCode,
}

impl NativeKind {
    /// Whether each call goes through [`check_first`].
    #[inline(always)]
    pub(crate) fn checks_first(self) -> bool {
        matches!(self, NativeKind::New | NativeKind::Wrapper)
    }
}

impl NativeDef {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name)
    }

    /// How many of the parameters are the instance or the class.
    fn receivers(&self) -> usize {
        let takes_class = matches!(self.kind, NativeKind::Class | NativeKind::New);
        usize::from(takes_class || self.params.first().is_some_and(|p| p.name == "self_"))
    }
}

impl Param {
    /// The name as scripts spell it.
    pub fn name(&self) -> &'static str {
        self.name.strip_prefix("r#").unwrap_or(self.name).trim_end_matches('_')
    }
}

/// A TypeError unless a function of a class got what it takes first: a constructor a class, a special method an instance.
///
/// Every call of either comes through here.
pub(crate) fn check_first(cx: &Ctx, function: &NativeFunction, args: &Args) -> Res<()> {
    if function.def.kind == NativeKind::New {
        return check_new(cx, function, args);
    }
    let Some(owner) = function.owner.get(cx).and_then(Value::cast::<Class>) else { return Ok(()) };
    let (name, shown) = (function.def.name(), owner.name(cx));
    match args.first(cx) {
        None => Err(cx.type_error(format!("descriptor '{name}' of '{shown}' object needs an argument"))),
        Some(first) if cx.class_of(first).is_subclass(cx, owner) => Ok(()),
        Some(first) => {
            let got = cx.type_name(first);
            Err(cx.type_error(format!("descriptor '{name}' requires a '{shown}' object but received a '{got}'")))
        }
    }
}

/// A TypeError unless a constructor got a class that may be given to it, first.
///
/// What it makes has the layout of the class that defines it, so it must not
/// be told that the new object is of any other.
fn check_new(cx: &Ctx, new: &NativeFunction, args: &Args) -> Res<()> {
    let Some(owner) = new.owner.get(cx).and_then(Value::cast::<Class>) else { return Ok(()) };
    let first = args.first(cx);
    if first.and_then(Value::cast::<Class>).is_some_and(|class| class.is_subclass(cx, owner)) {
        return Ok(());
    }
    let shown = owner.name(cx);
    let Some(first) = first else {
        return Err(cx.type_error(format!("{shown}.__new__(): not enough arguments")));
    };
    let Some(class) = first.cast::<Class>() else {
        let got = cx.type_name(first);
        return Err(cx.type_error(format!("{shown}.__new__(X): X is not a type object ({got})")));
    };
    let class = class.name(cx);
    Err(cx.type_error(format!("{shown}.__new__({class}): {class} is not a subtype of {shown}")))
}
