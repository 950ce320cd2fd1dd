//! `Token`: what a variable was before it was set.

use std::sync::atomic::{AtomicBool, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::identity::identity;
use argil_interp::ops::repr::repr;
use argil_interp::types::generic_alias::GenericAlias;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::value::Value;

use super::variable::assign;

/// A token.
pub struct Token {
    variable: Field,
    /// The context that the variable was set in.
    context: Field,
    /// The value before, or unset.
    old: Field,
    /// Whether the variable was reset. Relaxed: that happens in the one thread that has entered the context.
    used: AtomicBool,
}

impl NativeData for Token {
    const FIELDS: &'static [FieldOf<Self>] = &[|token| &token.variable, |token| &token.context, |token| &token.old];
}

/// `Token.MISSING`.
pub struct Missing;

impl NativeData for Missing {}

/// `Token.MISSING`, which the class has as an attribute.
fn missing(cx: &Ctx) -> Value<'_> {
    let found = cx.native_class::<Token>().and_then(|class| class.names(cx).get_name(cx, cx.intern("MISSING")));
    found.unwrap_or(Value::NONE)
}

/// A token of what was done to a variable in a context.
pub fn make(cx: &Ctx, variable: Slot, context: Slot, old: Option<Slot>) -> Slot {
    let (variable, context, old) = (Field::of(variable), Field::of(context), Field::of_option(old));
    cx.new_of_native_class(Token { variable, context, old, used: AtomicBool::new(false) })
}

/// Gives the variable (a slot) of a token the value that it had before.
pub fn reset(cx: &mut Ctx, variable: Slot, token: Slot) -> Res<()> {
    let state = cx.state::<Token>(token)?;
    let fault = if state.used.load(Ordering::Relaxed) {
        Some((true, "has already been used once"))
    } else if state.variable.get(cx) != Some(cx.get(variable)) {
        Some((false, "was created by a different ContextVar"))
    } else if state.context.get(cx) != cx.current_context() {
        Some((false, "was created in a different Context"))
    } else {
        None
    };
    if let Some((used, fault)) = fault {
        let message = format!("{} {fault}", repr(cx, token)?);
        return Err(if used { cx.runtime_error(message) } else { cx.value_error(message) });
    }
    state.used.store(true, Ordering::Relaxed);
    let old = cx.load(token, |token: &Token| &token.old);
    assign(cx, variable, old).map(|_| ())
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let _ = args;
            Err(cx.runtime_error("Tokens can only be created by ContextVars"))
        }

        slot call fn __repr__(cx; self_: Slot) -> String {
            let variable = cx.load(self_, |token: &Token| &token.variable).unwrap_or(self_);
            let used = if cx.state::<Token>(self_)?.used.load(Ordering::Relaxed) { " used" } else { "" };
            let shown = repr(cx, variable)?;
            Ok(format!("<Token{used} var={shown} at {:#x}>", identity(cx.get(self_))))
        }

        /// Enter into Token context manager.
        fn __enter__(cx; self_: Value<'h>) -> Value<'h> { Ok(self_) }

        /// Exit from Token context manager, restore the linked ContextVar.
        raw fn __exit__(cx, args) -> () {
            let args = args.constructor(cx, "__exit__", 3, 3)?;
            let token = args.get(0);
            let variable = cx.load(token, |token: &Token| &token.variable).unwrap_or(token);
            reset(cx, variable, token)
        }

        get fn var(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Token>().map_or(Value::NONE, |token| token.variable.get_or_none(cx)))
        }

        get fn old_value(cx; self_: Value<'h>) -> Value<'h> {
            let old = self_.native::<Token>().and_then(|token| token.old.get(cx));
            Ok(old.unwrap_or_else(|| missing(cx)))
        }

        /// Tokens are generic over the same type as the ContextVar which created them.
        class fn __class_getitem__(cx; cls: Value<'h>, object: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, object))
        }
    }
}

natives! {
    pub static MISSING = {
        slot fn __repr__(cx; self_: Value<'h>) -> &'static str {
            let _ = self_;
            Ok("<Token.MISSING>")
        }
    }
}
