//! Type parameters and type aliases (PEP 695, 696). Bounds, constraints, defaults and the values of aliases are either given
//! or the result of a function that is called when somebody first asks; then all see the same.

pub mod alias;
pub mod methods;
pub mod parts;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::native_of_fields;
use crate::object::Field;
use crate::types::native::{Crossing, Native, NativeData, Saved};
use crate::value::Value;

/// A `TypeVar`, `ParamSpec` or `TypeVarTuple`.
pub struct TypeParameter {
    /// The name.
    pub name: Field,
    /// The upper bound.
    pub bound: Field,
    /// The function that evaluates it.
    pub bound_evaluator: Field,
    /// The tuple of the types that it is constrained to.
    pub constraints: Field,
    /// The function that evaluates it.
    pub constraints_evaluator: Field,
    /// The default.
    pub default: Field,
    /// The function that evaluates it.
    pub default_evaluator: Field,
    /// The name of the module whose code made it, unless a definition did whose parameter it is.
    pub module: Field,
    /// A [`Variance`], as a number.
    pub variance: Field,
}

native_of_fields! { TypeParameter {
    name, bound, bound_evaluator, constraints, constraints_evaluator, default, default_evaluator, module, variance
} }

/// How a generic type varies with a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variance {
    /// Not at all.
    Invariant,
    /// With it.
    Covariant,
    /// Against it.
    Contravariant,
    /// As type checkers find out.
    Inferred,
}

impl TypeParameter {
    /// A parameter with nothing but a name.
    pub(crate) fn named(cx: &Ctx, name: Value<'_>, variance: Variance) -> TypeParameter {
        TypeParameter {
            name: Field::new(name),
            bound: Field::unset(),
            bound_evaluator: Field::unset(),
            constraints: Field::unset(),
            constraints_evaluator: Field::unset(),
            default: Field::unset(),
            default_evaluator: Field::unset(),
            module: Field::unset(),
            variance: Field::new(cx.int(variance as i64)),
        }
    }

    /// Whether it has a default.
    pub fn has_default(&self, cx: &Ctx) -> bool {
        let given = self.default.get(cx).is_some_and(|default| default != no_default(cx));
        given || self.default_evaluator.get(cx).is_some()
    }

    /// How a generic type varies with it.
    pub fn variance(&self, cx: &Ctx) -> Variance {
        let is = |variance: Variance| self.variance.get_or_none(cx) == cx.int(variance as i64);
        let all = [Variance::Covariant, Variance::Contravariant, Variance::Inferred];
        all.into_iter().find(|variance| is(*variance)).unwrap_or(Variance::Invariant)
    }
}

/// `P.args` or `P.kwargs`.
pub struct ParamSpecPart {
    /// `P`.
    pub origin: Field,
}

native_of_fields! { ParamSpecPart { origin } }

/// What a `type` statement makes.
pub struct TypeAlias {
    /// The name.
    pub name: Field,
    /// The tuple of its type parameters.
    pub parameters: Field,
    /// The value.
    pub value: Field,
    /// The function that evaluates it.
    pub evaluator: Field,
    /// The name of the module whose code made it, unless that follows from the function.
    pub module: Field,
}

native_of_fields! { TypeAlias { name, parameters, value, evaluator, module } }

/// The function that evaluates what was given: answers with it, or with its text.
pub struct Constant {
    /// What was given.
    pub value: Field,
}

native_of_fields! { Constant { value } }

/// The state of `NoDefault`, of which there is one in each interpreter.
pub struct NoDefault;

impl NativeData for NoDefault {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, _| Some(Saved::default()),
        restore: |cx, _, _| Some(no_default(cx)),
        fill: |_, _, _| {},
    });
}

/// `typing.NoDefault`: what has no default says that this is it.
pub fn no_default(cx: &Ctx) -> Value<'_> {
    let class = cx.class(Builtin::NoDefaultType);
    class.names(cx).get_name(cx, cx.intern(SINGLETON)).unwrap_or(Value::NONE)
}

/// Under this name, which no script can write, the class of `NoDefault` keeps it.
const SINGLETON: &str = ".singleton";

/// Makes `NoDefault`, at start-up.
pub(crate) fn make_no_default(cx: &Ctx) {
    let object = Native::alloc(cx, Builtin::NoDefaultType, NoDefault);
    cx.class(Builtin::NoDefaultType).names(cx).set_name(cx, cx.intern(SINGLETON), object);
}
