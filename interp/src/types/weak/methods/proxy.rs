//! Proxies: whatever is done with one is done with its object.

use super::super::WeakRef;
use super::referent;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::ops::attr::get::is_proxy;
use crate::ops::attr::{get_attr, set::del_attr, set::set_attr};
use crate::ops::compare::{CmpOp, compare};
use crate::ops::identity::identity;
use crate::ops::number::{self, BinOp, UnaryOp};
use crate::ops::truth::truth;
use crate::ops::{item, iter, repr};
use crate::value::Value;

/// The object of a proxy; anything else is itself.
fn behind(cx: &Ctx, value: Slot) -> Res<Slot> {
    if !is_proxy(cx.class_of(cx.get(value))) {
        return Ok(value);
    }
    let gone = || cx.raise(Builtin::ReferenceError, "weakly-referenced object no longer exists");
    referent(cx, value).ok_or_else(gone)
}

natives! {
    /// What all proxies have.
    pub static COMMON = {
        slot call fn __getattribute__(cx; self_: Slot, name: Slot) -> Slot {
            let object = behind(cx, self_)?;
            get_attr(cx, object, name)
        }

        slot call fn __setattr__(cx; self_: Slot, name: Slot, value: Slot) -> () {
            let object = behind(cx, self_)?;
            set_attr(cx, object, name, value)
        }

        slot call fn __delattr__(cx; self_: Slot, name: Slot) -> () {
            let object = behind(cx, self_)?;
            del_attr(cx, object, name)
        }

        slot call fn __str__(cx; self_: Slot) -> Slot {
            let object = behind(cx, self_)?;
            repr::to_str_value(cx, object)
        }

        slot fn __repr__(cx; self_: Value<'h>) -> String {
            let address = identity(self_);
            match self_.native::<WeakRef>().and_then(|proxy| proxy.referent(cx)) {
                Some(to) => Ok(format!("<weakproxy at {address:#x}; to '{}' at {:#x}>", cx.type_name(to), identity(to))),
                None => Ok(format!("<weakproxy at {address:#x}; dead>")),
            }
        }

        slot call fn __bool__(cx; self_: Slot) -> bool {
            let object = behind(cx, self_)?;
            truth(cx, object)
        }

        slot call fn __len__(cx; self_: Slot) -> usize {
            let object = behind(cx, self_)?;
            item::len(cx, object)
        }

        slot call fn __contains__(cx; self_: Slot, value: Slot) -> bool {
            let object = behind(cx, self_)?;
            item::contains(cx, object, value)
        }

        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let object = behind(cx, self_)?;
            item::get_item(cx, object, key)
        }

        slot call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            let object = behind(cx, self_)?;
            item::set_item(cx, object, key, value)
        }

        slot call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            let object = behind(cx, self_)?;
            item::del_item(cx, object, key)
        }

        slot call fn __iter__(cx; self_: Slot) -> Slot {
            let object = behind(cx, self_)?;
            iter::iter(cx, object)
        }

        slot call fn __next__(cx; self_: Slot) -> Slot {
            let object = behind(cx, self_)?;
            if !iter::is_iterator(cx, cx.get(object)) {
                let class = cx.type_name(cx.get(object));
                return Err(cx.type_error(format!("Weakref proxy referenced a non-iterator '{class}' object")));
            }
            match iter::next(cx, object)? {
                Some(value) => Ok(value),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }

        slot fn __hash__(cx; self_: Value<'h>) -> i64 {
            Err(cx.type_error(format!("unhashable type: '{}'", cx.type_name(self_))))
        }
    }
}

macro_rules! operators {
    (
        binary { $($binary:ident $reflected:ident $op:ident,)* }
        in_place { $($in_place:ident $iop:ident,)* }
        compare { $($compare:ident $cmp:ident,)* }
        unary { $($unary:ident $un:ident,)* }
    ) => {
        natives! {
            /// The operators, which see through a proxy on either side.
            pub static OPERATORS = {
                $(slot call fn $binary(cx; self_: Slot, other: Slot) -> Slot {
                    let (a, b) = (behind(cx, self_)?, behind(cx, other)?);
                    number::binary(cx, BinOp::$op, false, a, b)
                }
                slot call fn $reflected(cx; self_: Slot, other: Slot) -> Slot {
                    let (a, b) = (behind(cx, other)?, behind(cx, self_)?);
                    number::binary(cx, BinOp::$op, false, a, b)
                })*
                $(slot call fn $in_place(cx; self_: Slot, other: Slot) -> Slot {
                    let (a, b) = (behind(cx, self_)?, behind(cx, other)?);
                    number::binary(cx, BinOp::$iop, true, a, b)
                })*
                $(slot call fn $compare(cx; self_: Slot, other: Slot) -> Slot {
                    let (a, b) = (behind(cx, self_)?, behind(cx, other)?);
                    compare(cx, CmpOp::$cmp, a, b)
                })*
                $(slot call fn $unary(cx; self_: Slot) -> Slot {
                    let object = behind(cx, self_)?;
                    number::unary(cx, UnaryOp::$un, object)
                })*
            }
        }
    };
}

operators! {
    binary {
        __add__ __radd__ Add, __sub__ __rsub__ Sub, __mul__ __rmul__ Mul, __matmul__ __rmatmul__ MatMul,
        __truediv__ __rtruediv__ TrueDiv, __floordiv__ __rfloordiv__ FloorDiv, __mod__ __rmod__ Mod,
        __pow__ __rpow__ Pow, __lshift__ __rlshift__ LShift, __rshift__ __rrshift__ RShift,
        __and__ __rand__ And, __or__ __ror__ Or, __xor__ __rxor__ Xor,
    }
    in_place {
        __iadd__ Add, __isub__ Sub, __imul__ Mul, __imatmul__ MatMul, __itruediv__ TrueDiv, __ifloordiv__ FloorDiv,
        __imod__ Mod, __ipow__ Pow, __ilshift__ LShift, __irshift__ RShift, __iand__ And, __ior__ Or, __ixor__ Xor,
    }
    compare { __lt__ Lt, __le__ Le, __eq__ Eq, __ne__ Ne, __gt__ Gt, __ge__ Ge, }
    unary { __neg__ Neg, __pos__ Pos, __invert__ Invert, __abs__ Abs, }
}

natives! {
    /// What proxies of callable objects have.
    pub static CALL = {
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let object = behind(cx, args.get(0))?;
            cx.call_kw(object, args.skip(1), names)
        }
    }
}
