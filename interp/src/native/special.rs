//! The special methods of built-in types, by which scripts and subclasses reach what the operators do.
//!
//! `ops/` knows what an operator means for each built-in layout; the wrappers here are the same for every type, and
//! [`names_of`] says which type has which.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::NativeDef;
use crate::natives;
use crate::ops::compare::{self, CmpOp};
use crate::ops::number::{self, BinOp, UnaryOp};
use crate::ops::{format, hash, item, iter, repr, truth};
use crate::value::Value;

macro_rules! binary_wrappers {
    ($($name:ident $reflected:ident $op:ident;)*) => {
        natives! {
            static BINARY = {
                $(
                    /// Return what the operator yields, or NotImplemented.
                    slot call fn $name(cx; self_: Slot, value: Slot) -> Slot {
                        number::builtin_method(cx, BinOp::$op, false, self_, value)
                    }
                    /// Return what the operator yields with the operands swapped, or NotImplemented.
                    slot call fn $reflected(cx; self_: Slot, value: Slot) -> Slot {
                        number::builtin_method(cx, BinOp::$op, true, self_, value)
                    }
                )*
            }
        }
    };
}

binary_wrappers! {
    __add__ __radd__ Add;
    __sub__ __rsub__ Sub;
    __mul__ __rmul__ Mul;
    __truediv__ __rtruediv__ TrueDiv;
    __floordiv__ __rfloordiv__ FloorDiv;
    __mod__ __rmod__ Mod;
    __divmod__ __rdivmod__ DivMod;
    __lshift__ __rlshift__ LShift;
    __rshift__ __rrshift__ RShift;
    __and__ __rand__ And;
    __or__ __ror__ Or;
    __xor__ __rxor__ Xor;
}

macro_rules! in_place_wrappers {
    ($($name:ident $op:ident;)*) => {
        natives! {
            static IN_PLACE = {
                $(
                    /// Change self as the operator says, and return it.
                    slot call fn $name(cx; self_: Slot, value: Slot) -> Slot {
                        let changed = number::builtin_in_place(cx, BinOp::$op, self_, value)?;
                        Ok(changed.unwrap_or_else(|| cx.root(Value::NOT_IMPLEMENTED)))
                    }
                )*
            }
        }
    };
}

in_place_wrappers! {
    __iadd__ Add;
    __isub__ Sub;
    __imul__ Mul;
    __iand__ And;
    __ior__ Or;
    __ixor__ Xor;
}

fn unary(cx: &Ctx, op: UnaryOp, value: Value<'_>) -> Res<Slot> {
    match number::builtin_unary(cx, op, value) {
        Some(result) => Ok(cx.root(result)),
        None => Err(cx.type_error(format!("bad operand type for a special method: '{}'", cx.type_name(value)))),
    }
}

fn comparison(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    let answer = compare::builtin_compare(cx, op, a, b)?;
    Ok(cx.root(answer.map_or(Value::NOT_IMPLEMENTED, Value::bool)))
}

natives! {
    static OTHER = {
        /// Return pow(self, value, mod).
        slot call fn __pow__(cx; self_: Slot, value: Slot, modulus: Option<Slot> = None) -> Slot {
            match modulus {
                Some(modulus) => number::power_mod(cx, self_, value, modulus),
                None => number::builtin_method(cx, BinOp::Pow, false, self_, value),
            }
        }
        /// Return pow(value, self).
        slot call fn __rpow__(cx; self_: Slot, value: Slot) -> Slot {
            number::builtin_method(cx, BinOp::Pow, true, self_, value)
        }
        /// -self
        slot call fn __neg__(cx; self_: Slot) -> Slot {
            unary(cx, UnaryOp::Neg, cx.get(self_))
        }
        /// +self
        slot call fn __pos__(cx; self_: Slot) -> Slot {
            unary(cx, UnaryOp::Pos, cx.get(self_))
        }
        /// ~self
        slot call fn __invert__(cx; self_: Slot) -> Slot {
            unary(cx, UnaryOp::Invert, cx.get(self_))
        }
        /// abs(self)
        slot call fn __abs__(cx; self_: Slot) -> Slot {
            unary(cx, UnaryOp::Abs, cx.get(self_))
        }
        /// Return self<value.
        slot call fn __lt__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Lt, self_, value)
        }
        /// Return self<=value.
        slot call fn __le__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Le, self_, value)
        }
        /// Return self==value.
        slot call fn __eq__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Eq, self_, value)
        }
        /// Return self!=value.
        slot call fn __ne__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Ne, self_, value)
        }
        /// Return self>value.
        slot call fn __gt__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Gt, self_, value)
        }
        /// Return self>=value.
        slot call fn __ge__(cx; self_: Slot, value: Slot) -> Slot {
            comparison(cx, CmpOp::Ge, self_, value)
        }
        /// Return hash(self).
        slot call fn __hash__(cx; self_: Slot) -> i64 {
            hash::builtin_hash(cx, self_)
        }
        /// True if self else False
        slot call fn __bool__(cx; self_: Slot) -> bool {
            Ok(truth::builtin_truth(cx, cx.get(self_)).unwrap_or(true))
        }
        /// Return repr(self).
        slot call fn __repr__(cx; self_: Slot) -> String {
            repr::builtin_repr(cx, self_)
        }
        /// Return str(self).
        slot call fn __str__(cx; self_: Slot) -> String {
            repr::builtin_str(cx, self_)
        }
        /// Default object formatter.
        slot call fn __format__(cx; self_: Slot, format_spec: String) -> String {
            format::builtin_format(cx, self_, &format_spec)
        }
        /// Return len(self).
        slot call fn __len__(cx; self_: Slot) -> usize {
            Ok(item::builtin_len(cx, cx.get(self_)).unwrap_or(0))
        }
        /// Implement iter(self).
        slot call fn __iter__(cx; self_: Slot) -> Slot {
            let cx = &*cx;
            match iter::builtin_iter(cx, cx.get(self_)) {
                Some(iterator) => Ok(cx.root(iterator)),
                None => Ok(self_),
            }
        }
        /// Implement next(self).
        slot call fn __next__(cx; self_: Slot) -> Slot {
            match iter::next(cx, self_)? {
                Some(value) => Ok(value),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }
        /// Return bool(key in self).
        slot call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            item::builtin_contains(cx, self_, key)
        }
        /// Return self[key].
        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            item::builtin_get_item(cx, self_, key)
        }
        /// Set self[key] to value.
        slot call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            item::builtin_set_item(cx, self_, key, value)
        }
        /// Delete self[key].
        slot call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            item::builtin_del_item(cx, self_, key)
        }
    }
}

const COMPARE: &str = "__lt__ __le__ __eq__ __ne__ __gt__ __ge__";
const EQUALITY: &str = "__eq__ __ne__";
const NUMBER: &str = "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__ \
                      __neg__ __pos__ __abs__ __bool__ __hash__ __repr__ __format__";
const REAL: &str = "__floordiv__ __rfloordiv__ __mod__ __rmod__ __divmod__ __rdivmod__";
const BITS: &str =
    "__lshift__ __rlshift__ __rshift__ __rrshift__ __and__ __rand__ __or__ __ror__ __xor__ __rxor__ __invert__";
const SEQUENCE: &str = "__add__ __mul__ __rmul__ __len__ __getitem__ __contains__ __iter__ __repr__";
const CHANGE: &str = "__setitem__ __delitem__";
const SET: &str =
    "__and__ __rand__ __or__ __ror__ __sub__ __rsub__ __xor__ __rxor__ __len__ __contains__ __iter__ __repr__";
const ITERATOR: &str = "__iter__ __next__";

/// The special methods that a built-in type has by way of its operators.
fn names_of(builtin: Builtin) -> &'static [&'static str] {
    use Builtin::*;
    match builtin {
        Int => &[NUMBER, REAL, BITS, COMPARE],
        Bool => &["__repr__ __and__ __rand__ __or__ __ror__ __xor__ __rxor__"],
        Float => &[NUMBER, REAL, COMPARE],
        Complex => &[NUMBER, EQUALITY],
        Str => &[SEQUENCE, COMPARE, "__hash__ __str__ __format__ __mod__ __rmod__"],
        Bytes => &[SEQUENCE, COMPARE, "__hash__ __mod__ __rmod__"],
        ByteArray => &["__add__ __mul__ __rmul__ __mod__ __rmod__ __iadd__ __repr__"],
        List => &[SEQUENCE, COMPARE, CHANGE, "__iadd__ __imul__"],
        Tuple => &[SEQUENCE, COMPARE, "__hash__"],
        Slice => &["__repr__ __hash__", COMPARE],
        Dict => &["__len__ __getitem__ __contains__ __iter__ __repr__ __or__ __ror__ __ior__", CHANGE, EQUALITY],
        Builtin::Set => &[SET, COMPARE, "__iand__ __ior__ __isub__ __ixor__"],
        FrozenSet => &[SET, COMPARE, "__hash__"],
        DictKeys | DictItems => &[SET, COMPARE],
        DictValues => &["__len__ __iter__ __repr__"],
        NoneType => &["__repr__ __bool__ __hash__"],
        EllipsisType | NotImplementedType => &["__repr__"],
        Code => &[EQUALITY, "__hash__ __repr__"],
        Frame => &["__repr__"],
        TemplateIter => &[ITERATOR],
        _ if builtin.layout() == crate::object::Kind::Iter => &[ITERATOR],
        _ => &[],
    }
}

/// Puts the wrappers into a built-in class.
pub(crate) fn install(cx: &Ctx, builtin: Builtin) {
    let class = cx.class(builtin);
    for name in names_of(builtin).iter().flat_map(|names| names.split_whitespace()) {
        let tables: [&[&'static NativeDef]; 3] = [BINARY, IN_PLACE, OTHER];
        let def = tables.into_iter().flatten().find(|def| def.name() == name);
        debug_assert!(def.is_some(), "a wrapper for {name}");
        if let Some(def) = def {
            crate::native::define::define_methods(cx, class, &[def]);
        }
    }
    if matches!(
        builtin,
        Builtin::List
            | Builtin::Dict
            | Builtin::Set
            | Builtin::ByteArray
            | Builtin::FrameLocalsProxy
            | Builtin::ParamSpecArgs
            | Builtin::ParamSpecKwargs
    ) {
        class.names(cx).set_name(cx, cx.intern("__hash__"), Value::NONE);
    }
}
