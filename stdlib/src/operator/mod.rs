//! `_operator`: the operators as functions, and the getters that `key=` functions are made of; Lib's `operator` takes it all over.

mod digest;
mod getters;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::attr::find_special;
use argil_interp::ops::compare::{CmpOp, compare, eq};
use argil_interp::ops::number::{self, BinOp, UnaryOp};
use argil_interp::ops::truth::truth;
use argil_interp::ops::{item, iter};
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;

pub(crate) use digest::same;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "_operator",
    source: ModuleSource::Native {
        functions: FUNCTIONS,
        init: |cx, module| {
            cx.define(module, "__doc__", cx.str(DOC));
            getters::define(cx, module)
        },
    },
};

const DOC: &str = "Operator interface.\n\n\
    This module exports a set of functions implemented in C corresponding\n\
    to the intrinsic operators of Python.  For example, operator.add(x, y)\n\
    is equivalent to the expression x+y.  The function names are those\n\
    used for special methods; variants without leading and trailing\n\
    '__' are also provided for convenience.";

macro_rules! operators {
    (
        binary { $($bdoc:literal $binary:ident $op:ident,)* }
        in_place { $($idoc:literal $in_place:ident $iop:ident,)* }
        compare { $($cdoc:literal $compare:ident $cmp:ident,)* }
        unary { $($udoc:literal $unary:ident $un:ident,)* }
        rest { $($rest:tt)* }
    ) => {
        natives! {
            static FUNCTIONS = {
                $(#[doc = $bdoc] call fn $binary(cx; a: Slot, b: Slot) -> Slot { number::binary(cx, BinOp::$op, false, a, b) })*
                $(#[doc = $idoc] call fn $in_place(cx; a: Slot, b: Slot) -> Slot { number::binary(cx, BinOp::$iop, true, a, b) })*
                $(#[doc = $cdoc] call fn $compare(cx; a: Slot, b: Slot) -> Slot { compare(cx, CmpOp::$cmp, a, b) })*
                $(#[doc = $udoc] call fn $unary(cx; a: Slot) -> Slot { number::unary(cx, UnaryOp::$un, a) })*
                $($rest)*
            }
        }
    };
}

operators! {
    binary {
        "Same as a + b." add Add,
        "Same as a - b." sub Sub,
        "Same as a * b." mul Mul,
        "Same as a @ b." matmul MatMul,
        "Same as a / b." truediv TrueDiv,
        "Same as a // b." floordiv FloorDiv,
        "Same as a % b." r#mod Mod,
        "Same as a ** b." pow Pow,
        "Same as a << b." lshift LShift,
        "Same as a >> b." rshift RShift,
        "Same as a & b." and_ And,
        "Same as a | b." or_ Or,
        "Same as a ^ b." xor Xor,
    }
    in_place {
        "Same as a += b." iadd Add,
        "Same as a -= b." isub Sub,
        "Same as a *= b." imul Mul,
        "Same as a @= b." imatmul MatMul,
        "Same as a /= b." itruediv TrueDiv,
        "Same as a //= b." ifloordiv FloorDiv,
        "Same as a %= b." imod Mod,
        "Same as a **= b." ipow Pow,
        "Same as a <<= b." ilshift LShift,
        "Same as a >>= b." irshift RShift,
        "Same as a &= b." iand And,
        "Same as a |= b." ior Or,
        "Same as a ^= b." ixor Xor,
    }
    compare { "Same as a < b." lt Lt,
        "Same as a <= b." le Le,
        "Same as a == b." eq Eq,
        "Same as a != b." ne Ne,
        "Same as a > b." gt Gt,
        "Same as a >= b." ge Ge, }
    unary { "Same as -a." neg Neg,
        "Same as +a." pos Pos,
        "Same as ~a." inv Invert,
        "Same as ~a." invert Invert,
        "Same as abs(a)." abs Abs, }
    rest {
        /// Same as a + b, for a and b sequences.
        call fn concat(cx; a: Slot, b: Slot) -> Slot { concatenated(cx, a, b, false) }

        /// Same as a += b, for a and b sequences.
        call fn iconcat(cx; a: Slot, b: Slot) -> Slot { concatenated(cx, a, b, true) }

        /// Return 'a == b'.
        ///
        /// This function uses an approach designed to prevent timing analysis, making it appropriate for cryptography.
        ///
        /// a and b must both be of the same type: either str (ASCII only), or any bytes-like object.
        fn _compare_digest(cx; a: Value<'h>, b: Value<'h>) -> bool { digest::same(cx, a, b) }

        /// Same as not a.
        call fn not_(cx; a: Slot) -> bool {
            Ok(!truth(cx, a)?)
        }

        /// Return True if a is true, False otherwise.
        call fn truth(cx; a: Slot) -> bool {
            truth(cx, a)
        }

        /// Same as a is b.
        fn is_(cx; a: Value<'h>, b: Value<'h>) -> bool {
            Ok(a == b)
        }

        /// Same as a is not b.
        fn is_not(cx; a: Value<'h>, b: Value<'h>) -> bool {
            Ok(a != b)
        }

        /// Same as a is None.
        fn is_none(cx; a: Value<'h>) -> bool {
            Ok(a.is_none())
        }

        /// Same as a is not None.
        fn is_not_none(cx; a: Value<'h>) -> bool {
            Ok(!a.is_none())
        }

        /// Same as a.__index__()
        call fn index(cx; a: Slot) -> Slot {
            number::index(cx, a)
        }

        /// Same as b in a (note reversed operands).
        call fn contains(cx; a: Slot, b: Slot) -> bool {
            item::contains(cx, a, b)
        }

        /// Same as a[b].
        call fn getitem(cx; a: Slot, b: Slot) -> Slot {
            item::get_item(cx, a, b)
        }

        /// Same as a[b] = c.
        call fn setitem(cx; a: Slot, b: Slot, c: Slot) -> () {
            item::set_item(cx, a, b, c)
        }

        /// Same as del a[b].
        call fn delitem(cx; a: Slot, b: Slot) -> () {
            item::del_item(cx, a, b)
        }

        /// Return the number of items in a which are, or which equal, b.
        call fn countOf(cx; a: Slot, b: Slot) -> usize {
            let mut count = 0;
            let elements = searched(cx, a)?;
            iter::for_each(cx, elements, |cx, element| {
                count += usize::from(eq(cx, element, b)?);
                Ok(true)
            })?;
            Ok(count)
        }

        /// Return the first index of b in a.
        call fn indexOf(cx; a: Slot, b: Slot) -> usize {
            let (mut index, mut found) = (0, false);
            let elements = searched(cx, a)?;
            iter::for_each(cx, elements, |cx, element| {
                found = eq(cx, element, b)?;
                index += usize::from(!found);
                Ok(!found)
            })?;
            if found { Ok(index) } else { Err(cx.value_error("sequence.index(x): x not in sequence")) }
        }

        /// Same as len(obj), or an estimate, or the default.
        call fn length_hint(cx; obj: Slot, default: i64 = 0) -> Slot {
            let hint = iter::length_hint(cx, obj)?;
            Ok(cx.root(hint.map_or_else(|| cx.int(default), |hint| cx.uint(hint as u64))))
        }

        /// Same as obj(*args, **kwargs).
        raw fn call(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            if args.is_empty() {
                return Err(cx.type_error("call expected at least 1 argument, got 0"));
            }
            cx.call_kw(args.get(0), args.skip(1), names)
        }
    }
}

/// An iterator over what is searched.
fn searched(cx: &mut Ctx, elements: Slot) -> Res<Slot> {
    iter::iter(cx, elements).or_else(|raised| {
        cx.catch(raised, Builtin::TypeError)?;
        let class = cx.type_name(cx.get(elements));
        Err(cx.type_error(format!("argument of type '{class}' is not iterable")))
    })
}

/// Adds two sequences.
fn concatenated(cx: &mut Ctx, a: Slot, b: Slot, in_place: bool) -> Res<Slot> {
    for operand in [a, b] {
        let value = cx.get(operand);
        if find_special(cx, value, Name::__getitem__).is_none() || value.cast::<Dict>().is_some() {
            let class = cx.type_name(cx.get(a));
            return Err(cx.type_error(format!("'{class}' object can't be concatenated")));
        }
    }
    number::binary(cx, BinOp::Add, in_place, a, b)
}
