//! What the code of generic definitions calls: functions that scripts do not see.

use argil_compiler::opcode::Common;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::natives;
use crate::object::Field;
use crate::ops::typing::{call_typing, unpack_tuples};
use crate::types::function::NativeFunction;
use crate::types::function::native::NativeDef;
use crate::types::native::Native;
use crate::types::type_parameter::{TypeAlias, TypeParameter, Variance};
use crate::value::Value;

/// The function that one of these values of [`Common`] stands for.
pub(super) fn maker(cx: &Ctx, which: u8) -> Value<'_> {
    let at = [Common::TypeParameter, Common::TypeAlias].iter().position(|common| *common as u8 == which);
    let def: &'static NativeDef = MAKERS[at.unwrap_or(MAKERS.len() - 1)];
    NativeFunction::alloc(cx, Builtin::NativeFunction, def, None)
}

/// A field that holds the value, or nothing for None.
fn given(value: Value<'_>) -> Field {
    if value.is_none() { Field::unset() } else { Field::new(value) }
}

natives! {
    static MAKERS = {
        /// A type parameter. The kinds are those of the compiler (`codegen/generics.rs`).
        fn type_parameter(cx; kind: i64, name: Value<'h>, bound: Value<'h>, default: Value<'h>) -> Value<'h> {
            let variance = if kind == 3 { Variance::Invariant } else { Variance::Inferred };
            let mut state = TypeParameter::named(cx, name, variance);
            *(if kind == 1 { &mut state.constraints_evaluator } else { &mut state.bound_evaluator }) = given(bound);
            state.default_evaluator = given(default);
            let class = match kind {
                2 => Builtin::ParamSpec,
                3 => Builtin::TypeVarTuple,
                _ => Builtin::TypeVar,
            };
            Ok(Native::alloc(cx, class, state))
        }
        /// A type alias.
        fn type_alias(cx; name: Value<'h>, parameters: Value<'h>, evaluator: Value<'h>) -> Value<'h> {
            let [name, parameters, evaluator] = [name, parameters, evaluator].map(Field::new);
            let alias = TypeAlias { name, parameters, value: Field::unset(), evaluator, module: Field::unset() };
            Ok(Native::alloc(cx, Builtin::TypeAliasType, alias))
        }
        /// `Generic[*parameters]`
        call fn generic_base(cx; parameters: Slot) -> Slot {
            let parameters = unpack_tuples(cx, parameters)?;
            let generic = cx.root(Value::of(cx.class(Builtin::Generic)));
            call_typing(cx, "_GenericAlias", &[generic, parameters])
        }
    }
}
