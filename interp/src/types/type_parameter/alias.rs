//! Methods of type aliases.

use super::methods::{calling_module, evaluated, evaluator};
use super::{TypeAlias, TypeParameter};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::object::Field;
use crate::ops::typing::{unpack_tuples, unpacked};
use crate::ops::{attr, iter, repr};
use crate::types::generic_alias::{GenericAlias, union};
use crate::types::native::Native;
use crate::types::tuple::Tuple;
use crate::value::Value;

fn name(cx: &Ctx, this: Slot) -> Res<String> {
    Ok(cx.state::<TypeAlias>(this)?.name.get(cx).and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// Each must be a type parameter, and none without a default may follow one that has one.
fn check_parameters(cx: &mut Ctx, parameters: Slot) -> Res<()> {
    let Some(tuple) = cx.get(parameters).cast::<Tuple>() else {
        return Err(cx.type_error("type_params must be a tuple"));
    };
    let all: Vec<Slot> = tuple.iter(cx).map(|parameter| cx.root(parameter)).collect();
    let mut after_default = false;
    for parameter in all {
        let has_default = cx.get(parameter).native::<TypeParameter>().map(|state| state.has_default(cx));
        match has_default {
            None => {
                let shown = repr::repr(cx, parameter)?;
                return Err(cx.type_error(format!("Expected a type param, got {shown}")));
            }
            Some(true) => after_default = true,
            Some(false) if after_default => {
                let shown = repr::repr(cx, parameter)?;
                return Err(
                    cx.type_error(format!("non-default type parameter '{shown}' follows default type parameter"))
                );
            }
            Some(false) => {}
        }
    }
    Ok(())
}

natives! {
    /// Methods of type aliases.
    pub static METHODS = {
        /// Type alias.
        static call fn __new__(cx; _cls: Slot; name: GivenSlot = GivenSlot(None), value: GivenSlot = GivenSlot(None);
            type_params: Option<Slot> = None) -> Slot {
            let missing = |cx: &Ctx, name: &str, position: u32| {
                cx.type_error(format!("typealias() missing required argument '{name}' (pos {position})"))
            };
            let name = name.0.ok_or_else(|| missing(cx, "name", 1))?;
            let value = value.0.ok_or_else(|| missing(cx, "value", 2))?;
            if cx.get(name).as_str().is_none() {
                let got = cx.type_name(cx.get(name));
                return Err(cx.type_error(format!("typealias() argument 'name' must be str, not {got}")));
            }
            let parameters = match type_params {
                Some(parameters) => parameters,
                None => cx.root(cx.tuple(&[])),
            };
            check_parameters(cx, parameters)?;
            let cx = &*cx;
            let alias = TypeAlias {
                name: Field::new(cx.get(name)),
                parameters: Field::new(cx.get(parameters)),
                value: Field::new(cx.get(value)),
                evaluator: Field::unset(),
                module: calling_module(cx).map_or(Field::unset(), Field::new),
            };
            Ok(cx.root(Native::alloc(cx, Builtin::TypeAliasType, alias)))
        }
        /// The name.
        get call fn __name__(cx; self_: Slot) -> String { name(cx, self_) }
        /// The module whose code made it.
        get call fn __module__(cx; self_: Slot) -> Slot {
            if let Some(module) = cx.load::<TypeAlias>(self_, |state| &state.module) {
                return Ok(module);
            }
            match cx.load::<TypeAlias>(self_, |state| &state.evaluator) {
                Some(evaluator) => attr::get_attr_name(cx, evaluator, Name::__module__),
                None => Ok(cx.root(Value::NONE)),
            }
        }
        /// The type parameters, those that stand for several types unpacked.
        get call fn __parameters__(cx; self_: Slot) -> Slot {
            let parameters = cx.root(cx.state::<TypeAlias>(self_)?.parameters.get_or_none(cx));
            unpack_tuples(cx, parameters)
        }
        /// The type parameters.
        get call fn __type_params__(cx; self_: Slot) -> Slot {
            Ok(cx.root(cx.state::<TypeAlias>(self_)?.parameters.get_or_none(cx)))
        }
        /// The value.
        get call fn __value__(cx; self_: Slot) -> Slot {
            let known = evaluated::<TypeAlias>(cx, self_, |state| &state.value, |state| &state.evaluator)?;
            Ok(known.unwrap_or_else(|| cx.root(Value::NONE)))
        }
        /// The function that evaluates the value.
        get call fn evaluate_value(cx; self_: Slot) -> Slot {
            evaluator::<TypeAlias>(cx, self_, |state| &state.value, |state| &state.evaluator)
        }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, args: Slot) -> Slot {
            let parameters = cx.state::<TypeAlias>(self_)?.parameters.get(cx).and_then(Value::cast::<Tuple>);
            if parameters.is_none_or(Tuple::is_empty) {
                return Err(cx.type_error("Only generic type aliases are subscriptable"));
            }
            Ok(cx.root(GenericAlias::alloc(cx, cx.get(self_), cx.get(args))))
        }
        /// Implement iter(self): itself unpacked, once.
        call fn __iter__(cx; self_: Slot) -> Slot {
            let unpacked = unpacked(cx, self_)?;
            let only = cx.root(cx.tuple(&[cx.get(unpacked)]));
            iter::iter(cx, only)
        }
        /// Return self|value.
        call fn __or__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, self_, other) }
        /// Return value|self.
        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, other, self_) }
        /// The name, by which it is pickled.
        call fn __reduce__(cx; self_: Slot) -> String { name(cx, self_) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String { name(cx, self_) }
    }
}
