//! Methods of `TypeVar`, `ParamSpec` and `TypeVarTuple`, and of `NoDefault`.

use super::{Constant, ParamSpecPart, TypeParameter, Variance, no_default};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::object::Field;
use crate::ops::typing::{call_typing, from_typing, unpacked};
use crate::ops::{attr, item};
use crate::types::generic_alias::union;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// What one field holds, or else what the function in the other answers, which the first then holds. `None` if both are empty.
pub(super) fn evaluated<T: NativeData>(
    cx: &mut Ctx,
    this: Slot,
    known: FieldOf<T>,
    evaluator: FieldOf<T>,
) -> Res<Option<Slot>> {
    cx.state::<T>(this)?;
    if let Some(value) = cx.load::<T>(this, known) {
        return Ok(Some(value));
    }
    let Some(evaluator) = cx.load::<T>(this, evaluator) else { return Ok(None) };
    let value = cx.call(evaluator, &[])?;
    let (state, guard) = cx.guarded::<T>(this)?;
    // Another thread may have been first.
    if known(state).get(cx).is_none() {
        guard.set(known(state), cx.get(value));
    }
    drop(guard);
    Ok(cx.load::<T>(this, known))
}

/// The function in a field; else one that answers with what the other holds; else None.
pub(super) fn evaluator<T: NativeData>(cx: &Ctx, this: Slot, known: FieldOf<T>, evaluator: FieldOf<T>) -> Res<Slot> {
    let state = cx.state::<T>(this)?;
    let function = match (evaluator(state).get(cx), known(state).get(cx)) {
        (Some(function), _) => function,
        (None, Some(value)) => Native::alloc(cx, Builtin::ConstantEvaluator, Constant { value: Field::new(value) }),
        (None, None) => Value::NONE,
    };
    Ok(cx.root(function))
}

/// The name of the module whose code is running.
pub(super) fn calling_module(cx: &Ctx) -> Option<Value<'_>> {
    crate::stack::frame::current_globals(cx)?.get_name(cx, cx.name(Name::__name__))
}

/// What the constructors of the three take apart from names and constraints.
struct Given {
    bound: Option<Slot>,
    default: GivenSlot,
    covariant: bool,
    contravariant: bool,
    infer_variance: bool,
}

fn construct(cx: &mut Ctx, class: Builtin, name: Option<Slot>, constraints: &[Slot], given: Given) -> Res<Slot> {
    // CPython names the constructors so.
    let function = || cx.class(class).plain_name(cx).to_lowercase();
    let Some(name) = name else {
        return Err(cx.type_error(format!("{}() missing required argument 'name' (pos 1)", function())));
    };
    if cx.get(name).as_str().is_none() {
        let (function, got) = (function(), cx.type_name(cx.get(name)));
        return Err(cx.type_error(format!("{function}() argument 'name' must be str, not {got}")));
    }
    let variance = match (given.covariant, given.contravariant, given.infer_variance) {
        (true, true, _) => return Err(cx.value_error("Bivariant types are not supported.")),
        (false, false, true) => Variance::Inferred,
        (_, _, true) => return Err(cx.value_error("Variance cannot be specified with infer_variance.")),
        (true, ..) => Variance::Covariant,
        (_, true, _) => Variance::Contravariant,
        _ => Variance::Invariant,
    };
    let bound = match given.bound {
        Some(bound) => Some(union::checked(cx, bound, "Bound must be a type.")?),
        None => None,
    };
    match (constraints.len(), bound) {
        (1, _) => return Err(cx.type_error("A single constraint is not allowed")),
        (2.., Some(_)) => return Err(cx.type_error("Constraints cannot be combined with bound=...")),
        _ => {}
    }
    let cx = &*cx;
    let field = |slot: Option<Slot>| slot.map_or(Field::unset(), |slot| Field::new(cx.get(slot)));
    let types: Vec<Value<'_>> = constraints.iter().map(|slot| cx.get(*slot)).collect();
    let state = TypeParameter {
        bound: field(bound),
        constraints: if types.is_empty() { Field::unset() } else { Field::new(cx.tuple(&types)) },
        default: Field::new(given.default.0.map_or_else(|| no_default(cx), |default| cx.get(default))),
        module: calling_module(cx).map_or(Field::unset(), Field::new),
        ..TypeParameter::named(cx, cx.get(name), variance)
    };
    Ok(cx.root(Native::alloc(cx, class, state)))
}

fn name(cx: &Ctx, this: Slot) -> Res<String> {
    Ok(cx.state::<TypeParameter>(this)?.name.get(cx).and_then(Value::as_str).unwrap_or_default().to_owned())
}

fn is(cx: &Ctx, this: Slot, variance: Variance) -> Res<bool> {
    Ok(cx.state::<TypeParameter>(this)?.variance(cx) == variance)
}

fn default(cx: &mut Ctx, this: Slot) -> Res<Slot> {
    let known = evaluated::<TypeParameter>(cx, this, |state| &state.default, |state| &state.default_evaluator)?;
    Ok(known.unwrap_or_else(|| cx.root(no_default(cx))))
}

fn part(cx: &Ctx, this: Slot, class: Builtin) -> Slot {
    cx.root(Native::alloc(cx, class, ParamSpecPart { origin: Field::new(cx.get(this)) }))
}

/// `__typing_prepare_subst__` of a type variable: the arguments, completed by its default if they end before it.
fn with_default(cx: &mut Ctx, this: Slot, alias: Slot, args: Slot) -> Res<Slot> {
    let parameters = cx.root(cx.intern("__parameters__"));
    let parameters = attr::get_attr(cx, alias, parameters)?;
    let (index, count) = {
        let parameters = cx.get(parameters).cast::<Tuple>();
        let index = parameters.and_then(|all| all.iter(cx).position(|parameter| parameter == cx.get(this)));
        (index.unwrap_or(0), item::len(cx, args)?)
    };
    if index < count {
        return Ok(args);
    }
    let default = default(cx, this)?;
    if index > count || cx.get(default) == no_default(cx) {
        let alias = crate::ops::repr::to_str(cx, alias)?;
        let least = index + 1;
        let message = format!("Too few arguments for {alias}; actual {count}, expected at least {least}");
        return Err(cx.type_error(message));
    }
    let cx = &*cx;
    let mut all: Vec<Value<'_>> = cx.get(args).cast::<Tuple>().map_or_else(Vec::new, |args| args.iter(cx).collect());
    all.push(cx.get(default));
    Ok(cx.root(cx.tuple(&all)))
}

natives! {
    /// What all three have.
    pub static COMMON = {
        /// The name.
        get call fn __name__(cx; self_: Slot) -> String { name(cx, self_) }
        /// The module whose code made it.
        get call fn __module__(cx; self_: Slot) -> Slot {
            let module = cx.state::<TypeParameter>(self_)?.module.get(cx);
            Ok(cx.root(module.unwrap_or_else(|| cx.intern("typing"))))
        }
        /// Changes the module.
        set call fn __module__(cx; self_: Slot, value: Slot) -> () {
            cx.store::<TypeParameter>(self_, |state| &state.module, value);
            Ok(())
        }
        /// The default, NoDefault if there is none.
        get call fn __default__(cx; self_: Slot) -> Slot { default(cx, self_) }
        /// The function that evaluates the default.
        get call fn evaluate_default(cx; self_: Slot) -> Slot {
            evaluator::<TypeParameter>(cx, self_, |state| &state.default, |state| &state.default_evaluator)
        }
        /// Whether it has a default.
        call fn has_default(cx; self_: Slot) -> bool {
            Ok(cx.state::<TypeParameter>(self_)?.has_default(cx))
        }
        /// The name, by which it is pickled.
        call fn __reduce__(cx; self_: Slot) -> String { name(cx, self_) }
        /// It is no class to derive from.
        call fn __mro_entries__(cx; self_: Slot, _bases: Slot) -> Slot {
            let class = cx.class_of(cx.get(self_)).plain_name(cx);
            Err(cx.type_error(format!("Cannot subclass an instance of {class}")))
        }
    }
}

natives! {
    /// What `TypeVar` and `ParamSpec` have.
    pub static VARIANCE = {
        /// Whether it is declared covariant.
        get call fn __covariant__(cx; self_: Slot) -> bool { is(cx, self_, Variance::Covariant) }
        /// Whether it is declared contravariant.
        get call fn __contravariant__(cx; self_: Slot) -> bool { is(cx, self_, Variance::Contravariant) }
        /// Whether type checkers find the variance out.
        get call fn __infer_variance__(cx; self_: Slot) -> bool { is(cx, self_, Variance::Inferred) }
        /// The upper bound.
        get call fn __bound__(cx; self_: Slot) -> Slot {
            let known = evaluated::<TypeParameter>(cx, self_, |state| &state.bound, |state| &state.bound_evaluator)?;
            Ok(known.unwrap_or_else(|| cx.root(Value::NONE)))
        }
        /// Return self|value.
        call fn __or__(cx; self_: Slot, other: Slot) -> Slot { union::union(cx, &[self_, other]) }
        /// Return value|self.
        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { union::union(cx, &[other, self_]) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let mark = match cx.state::<TypeParameter>(self_)?.variance(cx) {
                Variance::Invariant => "~",
                Variance::Covariant => "+",
                Variance::Contravariant => "-",
                Variance::Inferred => "",
            };
            Ok(format!("{mark}{}", name(cx, self_)?))
        }
    }
}

natives! {
    /// Methods of `TypeVar`.
    pub static TYPE_VAR = {
        /// Type variable.
        static call fn __new__(cx; _cls: Slot; *constraints; ; name: GivenSlot = GivenSlot(None), bound: Option<Slot> = None,
            default: GivenSlot = GivenSlot(None), covariant: bool = false, contravariant: bool = false,
            infer_variance: bool = false) -> Slot {
            let (first, constraints) = match name.0 {
                Some(_) if !constraints.is_empty() => {
                    return Err(cx.type_error("argument for typevar() given by name ('name') and position (1)"));
                }
                Some(name) => (Some(name), Vec::new()),
                None => {
                    let mut positional = constraints.iter();
                    (positional.next(), positional.collect())
                }
            };
            let given = Given { bound, default, covariant, contravariant, infer_variance };
            construct(cx, Builtin::TypeVar, first, &constraints, given)
        }
        /// The types that it is constrained to.
        get call fn __constraints__(cx; self_: Slot) -> Slot {
            let known = evaluated::<TypeParameter>(
                cx, self_, |state| &state.constraints, |state| &state.constraints_evaluator)?;
            Ok(known.unwrap_or_else(|| cx.root(cx.tuple(&[]))))
        }
        /// The function that evaluates the bound.
        get call fn evaluate_bound(cx; self_: Slot) -> Slot {
            evaluator::<TypeParameter>(cx, self_, |state| &state.bound, |state| &state.bound_evaluator)
        }
        /// The function that evaluates the constraints.
        get call fn evaluate_constraints(cx; self_: Slot) -> Slot {
            evaluator::<TypeParameter>(cx, self_, |state| &state.constraints, |state| &state.constraints_evaluator)
        }
        /// What stands for it where it is replaced by arg.
        call fn __typing_subst__(cx; self_: Slot, arg: Slot) -> Slot {
            call_typing(cx, "_typevar_subst", &[self_, arg])
        }
        /// The arguments, completed by its default.
        call fn __typing_prepare_subst__(cx; self_: Slot, alias: Slot, args: Slot) -> Slot {
            with_default(cx, self_, alias, args)
        }
    }
}

natives! {
    /// Methods of `ParamSpec`.
    pub static PARAM_SPEC = {
        /// Parameter specification variable.
        static call fn __new__(cx; _cls: Slot; name: GivenSlot = GivenSlot(None); bound: Option<Slot> = None,
            default: GivenSlot = GivenSlot(None), covariant: bool = false, contravariant: bool = false,
            infer_variance: bool = false) -> Slot {
            let given = Given { bound, default, covariant, contravariant, infer_variance };
            construct(cx, Builtin::ParamSpec, name.0, &[], given)
        }
        /// Represents positional arguments.
        get call fn args(cx; self_: Slot) -> Slot { Ok(part(cx, self_, Builtin::ParamSpecArgs)) }
        /// Represents keyword arguments.
        get call fn kwargs(cx; self_: Slot) -> Slot { Ok(part(cx, self_, Builtin::ParamSpecKwargs)) }
        /// What stands for it where it is replaced by arg.
        call fn __typing_subst__(cx; self_: Slot, arg: Slot) -> Slot {
            call_typing(cx, "_paramspec_subst", &[self_, arg])
        }
        /// The arguments, as it takes them.
        call fn __typing_prepare_subst__(cx; self_: Slot, alias: Slot, args: Slot) -> Slot {
            call_typing(cx, "_paramspec_prepare_subst", &[self_, alias, args])
        }
    }
}

natives! {
    /// Methods of `TypeVarTuple`.
    pub static TYPE_VAR_TUPLE = {
        /// Type variable tuple.
        static call fn __new__(cx; _cls: Slot; name: GivenSlot = GivenSlot(None); default: GivenSlot = GivenSlot(None)) -> Slot {
            let given =
                Given { bound: None, default, covariant: false, contravariant: false, infer_variance: false };
            construct(cx, Builtin::TypeVarTuple, name.0, &[], given)
        }
        /// Implement iter(self): itself unpacked, once.
        call fn __iter__(cx; self_: Slot) -> Slot {
            let unpacked = unpacked(cx, self_)?;
            let only = cx.root(cx.tuple(&[cx.get(unpacked)]));
            crate::ops::iter::iter(cx, only)
        }
        /// It is replaced by several types, so not alone.
        call fn __typing_subst__(cx; _self: Slot, _arg: Slot) -> Slot {
            Err(cx.type_error("Substitution of bare TypeVarTuple is not supported"))
        }
        /// The arguments, those for it gathered.
        call fn __typing_prepare_subst__(cx; self_: Slot, alias: Slot, args: Slot) -> Slot {
            call_typing(cx, "_typevartuple_prepare_subst", &[self_, alias, args])
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String { name(cx, self_) }
    }
}

natives! {
    /// Methods of `NoDefault`.
    pub static NO_DEFAULT = {
        /// The only instance.
        static raw fn __new__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            if args.len() != 1 || names.is_some() {
                return Err(cx.type_error("NoDefaultType takes no arguments"));
            }
            Ok(cx.root(no_default(cx)))
        }
        /// Return repr(self).
        fn __repr__(cx; _self: Value<'h>) -> &'static str { Ok("typing.NoDefault") }
        /// The name, by which it is pickled.
        fn __reduce__(cx; _self: Value<'h>) -> &'static str { Ok("NoDefault") }
    }
}

natives! {
    /// Methods of `Generic`.
    pub static GENERIC = {
        /// Parameterizes a generic class.
        class raw fn __class_getitem__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let args: Vec<Slot> = args.iter().collect();
            call_typing(cx, "_generic_class_getitem", &args)
        }
        /// Function to initialize subclasses.
        class raw fn __init_subclass__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let function = from_typing(cx, "_generic_init_subclass")?;
            cx.call_kw(function, args, names)
        }
    }
}
