//! `ContextVar`: a variable.

use std::sync::atomic::{AtomicU32, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromArg, NativeDef};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::identity::identity;
use argil_interp::ops::repr::repr;
use argil_interp::service::Service;
use argil_interp::types::generic_alias::GenericAlias;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::context::{change, current};
use super::map;
use super::token::{self, Token};

/// A variable.
pub struct Variable {
    name: Field,
    default: Field,
    /// What maps go by; no other variable has the same.
    pub number: u32,
}

impl NativeData for Variable {
    const FIELDS: &'static [FieldOf<Self>] = &[|variable| &variable.name, |variable| &variable.default];
}

/// How many variables there are. Relaxed: only that each gets another number counts.
#[derive(Default)]
struct Count(AtomicU32);

impl Service for Count {}

/// Numbers that differ in their low bits and in all others. An odd factor maps no two numbers to one.
fn next_number(cx: &Ctx) -> u32 {
    cx.interp().service::<Count>().0.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b1)
}

/// An argument that may be missing.
struct Given<'h>(Option<Value<'h>>);

impl<'h> FromArg<'h> for Given<'h> {
    fn from_arg(_cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(Given(Some(value)))
    }
}

/// Sets a variable (a slot), or removes it if no value is given; the context, and the value before.
pub fn assign(cx: &Ctx, variable: Slot, value: Option<Slot>) -> Res<(Slot, Option<Slot>)> {
    let number = cx.state::<Variable>(variable)?.number;
    Ok(change(cx, variable, number, value))
}

/// `ContextVar(name, *, default)`.
fn make(cx: &mut Ctx, args: argil_interp::native::Args<'_>) -> Res<Slot> {
    let (args, names) = args.into_slots(cx);
    let named: Vec<String> = match names.and_then(|names| cx.get(names).cast::<Tuple>()) {
        Some(names) => names.iter(cx).filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        None => Vec::new(),
    };
    let (given, all) = (args.len() - 1 - named.len(), args.len() - 1);
    let wrong = match given {
        _ if all > 2 => format!("ContextVar() takes at most 2 arguments ({all} given)"),
        0 => "ContextVar() takes exactly 1 positional argument (0 given)".to_owned(),
        1 => match named.iter().find(|name| *name != "default") {
            Some(name) => format!("ContextVar() got an unexpected keyword argument '{name}'"),
            None => String::new(),
        },
        _ => format!("ContextVar() takes at most 1 positional argument ({given} given)"),
    };
    if !wrong.is_empty() {
        return Err(cx.type_error(wrong));
    }
    if cx.get(args.get(1)).as_str().is_none() {
        return Err(cx.type_error("context variable name must be a str"));
    }
    let default = (all > 1).then(|| args.get(2));
    let (name, default) = (Field::of(args.get(1)), Field::of_option(default));
    let number = next_number(cx);
    Ok(cx.new_native(args.get(0), Variable { name, default, number }))
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot { make(cx, args) }

        slot call fn __repr__(cx; self_: Slot) -> String {
            let name = cx.load(self_, |variable: &Variable| &variable.name).unwrap_or(self_);
            let mut shown = format!("<ContextVar name={}", repr(cx, name)?);
            if let Some(default) = cx.load(self_, |variable: &Variable| &variable.default) {
                shown = format!("{shown} default={}", repr(cx, default)?);
            }
            Ok(format!("{shown} at {:#x}>", identity(cx.get(self_))))
        }

        /// Return a value for the context variable for the current context.
        ///
        /// If there is no value for the variable in the current context, the
        /// method will:
        ///  * return the value of the default argument of the method, if
        ///    provided; or
        ///  * return the default value for the context variable, if it was
        ///    created with one; or
        ///  * raise a LookupError.
        fn get(cx; self_: Value<'h>, default: Given<'h> = Given(None)) -> Value<'h> {
            let Some(variable) = self_.native::<Variable>() else {
                return Err(cx.type_error("a '_contextvars.ContextVar' object is required"));
            };
            if let Some(value) = map::get(cx, current(cx).and_then(|context| context.root(cx)), self_, variable.number) {
                return Ok(value);
            }
            match default.0.or_else(|| variable.default.get(cx)) {
                Some(default) => Ok(default),
                None => Err(cx.raise_with(Builtin::LookupError, &[self_])),
            }
        }

        /// Call to set a new value for the context variable in the current context.
        ///
        /// The required value argument is the new value for the context
        /// variable.
        ///
        /// Returns a Token object that can be used to restore the variable to
        /// its previous value via the `ContextVar.reset()` method.
        call fn set(cx; self_: Slot, value: Slot) -> Slot {
            let (context, old) = assign(cx, self_, Some(value))?;
            Ok(token::make(cx, self_, context, old))
        }

        /// Reset the context variable.
        ///
        /// The variable is reset to the value it had before the
        /// `ContextVar.set()` that created the token was used.
        call fn reset(cx; self_: Slot, token: Slot) -> () {
            cx.state::<Variable>(self_)?;
            if cx.get(token).native::<Token>().is_none() {
                let shown = repr(cx, token)?;
                return Err(cx.type_error(format!("expected an instance of Token, got {shown}")));
            }
            token::reset(cx, self_, token)
        }

        get fn name(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Variable>().map_or(Value::NONE, |variable| variable.name.get_or_none(cx)))
        }

        set fn name(cx; self_: Value<'h>, value: Value<'h>) -> () {
            let _ = (self_, value);
            Err(cx.raise(Builtin::AttributeError, "readonly attribute"))
        }

        /// ContextVars are generic over the type of their contained values
        class fn __class_getitem__(cx; cls: Value<'h>, object: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, object))
        }
    }
}
