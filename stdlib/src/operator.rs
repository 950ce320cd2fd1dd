//! `operator`: the operators as functions, and the getters that `key=` functions are made of.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::library::NativeClass;
use argil_interp::object::Field;
use argil_interp::ops::compare::{CmpOp, compare, eq};
use argil_interp::ops::number::{self, BinOp, UnaryOp};
use argil_interp::ops::truth::truth;
use argil_interp::ops::{attr, item, iter};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_interp::{native_of_fields, natives};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "operator", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<ItemGetter>(module, &NativeClass::new("itemgetter", &[ITEM_GETTER]));
    cx.define_native_class::<AttrGetter>(module, &NativeClass::new("attrgetter", &[ATTR_GETTER]));
    cx.define_native_class::<MethodCaller>(module, &NativeClass::new("methodcaller", &[METHOD_CALLER]));
    for (alias, name) in [("inv", "invert"), ("__call__", "call")].into_iter().chain(DUNDERS.iter().copied()) {
        let name = cx.root(cx.intern(name));
        let function = attr::get_attr(cx, module, name)?;
        cx.define(module, alias, cx.get(function));
    }
    Ok(())
}

/// The second names of the operators.
const DUNDERS: &[(&str, &str)] = &[
    ("__lt__", "lt"),
    ("__le__", "le"),
    ("__eq__", "eq"),
    ("__ne__", "ne"),
    ("__gt__", "gt"),
    ("__ge__", "ge"),
    ("__add__", "add"),
    ("__sub__", "sub"),
    ("__mul__", "mul"),
    ("__matmul__", "matmul"),
    ("__truediv__", "truediv"),
    ("__floordiv__", "floordiv"),
    ("__mod__", "mod"),
    ("__pow__", "pow"),
    ("__lshift__", "lshift"),
    ("__rshift__", "rshift"),
    ("__and__", "and_"),
    ("__or__", "or_"),
    ("__xor__", "xor"),
    ("__neg__", "neg"),
    ("__pos__", "pos"),
    ("__abs__", "abs"),
    ("__invert__", "invert"),
    ("__not__", "not_"),
    ("__index__", "index"),
    ("__contains__", "contains"),
    ("__getitem__", "getitem"),
    ("__setitem__", "setitem"),
    ("__delitem__", "delitem"),
    ("__concat__", "concat"),
    ("__iadd__", "iadd"),
    ("__isub__", "isub"),
    ("__imul__", "imul"),
];

macro_rules! operators {
    (
        binary { $($binary:ident $op:ident,)* }
        in_place { $($in_place:ident $iop:ident,)* }
        compare { $($compare:ident $cmp:ident,)* }
        unary { $($unary:ident $un:ident,)* }
        rest { $($rest:tt)* }
    ) => {
        natives! {
            static FUNCTIONS = {
                $(call fn $binary(cx; a: Slot, b: Slot) -> Slot { number::binary(cx, BinOp::$op, false, a, b) })*
                $(call fn $in_place(cx; a: Slot, b: Slot) -> Slot { number::binary(cx, BinOp::$iop, true, a, b) })*
                $(call fn $compare(cx; a: Slot, b: Slot) -> Slot { compare(cx, CmpOp::$cmp, a, b) })*
                $(call fn $unary(cx; a: Slot) -> Slot { number::unary(cx, UnaryOp::$un, a) })*
                $($rest)*
            }
        }
    };
}

operators! {
    binary {
        add Add, sub Sub, mul Mul, matmul MatMul, truediv TrueDiv, floordiv FloorDiv, r#mod Mod, pow Pow,
        lshift LShift, rshift RShift, and_ And, or_ Or, xor Xor, concat Add,
    }
    in_place {
        iadd Add, isub Sub, imul Mul, imatmul MatMul, itruediv TrueDiv, ifloordiv FloorDiv, imod Mod, ipow Pow,
        ilshift LShift, irshift RShift, iand And, ior Or, ixor Xor, iconcat Add,
    }
    compare { lt Lt, le Le, eq Eq, ne Ne, gt Gt, ge Ge, }
    unary { neg Neg, pos Pos, invert Invert, abs Abs, }
    rest {
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
            iter::for_each(cx, a, |cx, element| {
                count += usize::from(eq(cx, element, b)?);
                Ok(true)
            })?;
            Ok(count)
        }

        /// Return the first index of b in a.
        call fn indexOf(cx; a: Slot, b: Slot) -> usize {
            let (mut index, mut found) = (0, false);
            iter::for_each(cx, a, |cx, element| {
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

/// The slots of a tuple in a field.
fn unpacked(cx: &Ctx, tuple: Option<Slot>) -> Slots {
    match tuple.and_then(|tuple| cx.get(tuple).cast::<Tuple>()) {
        Some(tuple) => cx.root_all(tuple.iter(cx)),
        None => cx.root_all([]),
    }
}

/// What several getters got: one value as it is, more in a tuple.
fn one_or_tuple(cx: &Ctx, values: &[Slot]) -> Slot {
    match values {
        [one] => *one,
        more => cx.root(cx.tuple(&more.iter().map(|&slot| cx.get(slot)).collect::<Vec<_>>())),
    }
}

/// `itemgetter(*keys)`.
struct ItemGetter {
    keys: Field,
}

native_of_fields! { ItemGetter { keys } }

natives! {
    static ITEM_GETTER = {
        static call fn __new__(cx; cls: Slot, key: Slot; *more) -> Slot {
            let keys: Vec<_> = std::iter::once(key).chain(more.iter()).map(|slot| cx.get(slot)).collect();
            let keys = Field::of(cx.root(cx.tuple(&keys)));
            Ok(cx.new_native(cls, ItemGetter { keys }))
        }

        call fn __call__(cx; self_: Slot, obj: Slot) -> Slot {
            let keys = cx.load(self_, |getter: &ItemGetter| &getter.keys);
            let keys = unpacked(cx, keys);
            let values = keys.iter().map(|key| item::get_item(cx, obj, key)).collect::<Res<Vec<_>>>()?;
            Ok(one_or_tuple(cx, &values))
        }
    }
}

/// `attrgetter(*names)`.
struct AttrGetter {
    /// A tuple of names; a dotted one leads through several attributes.
    names: Field,
}

native_of_fields! { AttrGetter { names } }

fn dotted(cx: &mut Ctx, object: Slot, name: Slot) -> Res<Slot> {
    let path = cx.get(name).as_str().unwrap_or_default().to_owned();
    let mut object = object;
    for part in path.split('.') {
        let part = cx.root(cx.intern(part));
        object = attr::get_attr(cx, object, part)?;
    }
    Ok(object)
}

natives! {
    static ATTR_GETTER = {
        static call fn __new__(cx; cls: Slot, name: Slot; *more) -> Slot {
            let names: Vec<_> = std::iter::once(name).chain(more.iter()).map(|slot| cx.get(slot)).collect();
            if names.iter().any(|name| name.as_str().is_none()) {
                return Err(cx.type_error("attribute name must be a string"));
            }
            let names = Field::of(cx.root(cx.tuple(&names)));
            Ok(cx.new_native(cls, AttrGetter { names }))
        }

        call fn __call__(cx; self_: Slot, obj: Slot) -> Slot {
            let names = cx.load(self_, |getter: &AttrGetter| &getter.names);
            let names = unpacked(cx, names);
            let values = names.iter().map(|name| dotted(cx, obj, name)).collect::<Res<Vec<_>>>()?;
            Ok(one_or_tuple(cx, &values))
        }
    }
}

/// `methodcaller(name, *args, **kwargs)`.
struct MethodCaller {
    name: Field,
    args: Field,
    /// The names of the last arguments, or unset.
    keywords: Field,
}

native_of_fields! { MethodCaller { name, args, keywords } }

natives! {
    static METHOD_CALLER = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, keywords) = args.into_slots(cx);
            let cx = &*cx;
            if args.len() < 2 || cx.get(args.get(1)).as_str().is_none() {
                return Err(cx.type_error("method name must be a string"));
            }
            let state = MethodCaller {
                name: Field::of(args.get(1)),
                args: Field::of(cx.root(cx.tuple_of(args.skip(2)))),
                keywords: Field::of_option(keywords),
            };
            Ok(cx.new_native(args.get(0), state))
        }

        call fn __call__(cx; self_: Slot, obj: Slot) -> Slot {
            let name = cx.load(self_, |caller: &MethodCaller| &caller.name).unwrap_or(self_);
            let method = attr::get_attr(cx, obj, name)?;
            let args = cx.load(self_, |caller: &MethodCaller| &caller.args);
            let args = unpacked(cx, args);
            let keywords = cx.load(self_, |caller: &MethodCaller| &caller.keywords);
            cx.call_kw(method, args, keywords)
        }
    }
}
