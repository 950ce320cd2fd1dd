//! Methods of `super`.

use super::Super;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::native::Args;
use crate::natives;
use crate::object::Field;
use crate::types::class::Class;
use crate::types::native::Native;
use crate::value::Value;

/// The arguments after the class or the proxy: a class and perhaps an object.
fn given(cx: &mut Ctx, args: Args) -> Res<Slots> {
    if args.names(cx).is_some_and(|names| !names.is_empty()) {
        return Err(cx.type_error("super() takes no keyword arguments"));
    }
    args.constructor(cx, "super()", 0, 2)
}

/// What a proxy stands for that a class and perhaps an object were given to.
fn bound(cx: &Ctx, args: Slots) -> Res<Super> {
    if args.len() < 2 {
        return Err(cx.runtime_error("super(): no arguments"));
    }
    let given = cx.get(args.get(1));
    let Some(class) = given.cast::<Class>() else {
        let got = cx.type_name(given);
        return Err(cx.type_error(format!("super() argument 1 must be a type, not {got}")));
    };
    let object = if args.len() > 2 { cx.get(args.get(2)) } else { Value::NONE };
    if object.is_none() {
        return Ok(Super { class: Field::new(given), ..Super::unbound() });
    }
    Super::of(cx, class, object)
}

natives! {
    /// Methods of `super`.
    pub static METHODS = {
        /// A proxy that delegates to the classes behind a class.
        static raw fn __new__(cx, args) -> Slot {
            let class = args.class(cx);
            if !class.is(Builtin::Super) {
                let state = Super::unbound();
                let proxy = Native::alloc(cx, class.birth().0, state);
                return Ok(cx.root(proxy));
            }
            let args = given(cx, args)?;
            let state = bound(cx, args)?;
            let proxy = Native::alloc(cx, Builtin::Super, state);
            Ok(cx.root(proxy))
        }
        /// Sets the classes and the object that the proxy stands for.
        raw fn __init__(cx, args) -> () {
            let args = given(cx, args)?;
            let this = cx.get(args.get(0));
            // What has come from the constructor above is bound already.
            if cx.class_of(this).is(Builtin::Super)
                && args.len() == 3
                && this.native::<Super>().is_some_and(|state| {
                    state.class.get(cx) == Some(cx.get(args.get(1))) && state.object.get(cx) == Some(cx.get(args.get(2)))
                })
            {
                return Ok(());
            }
            let state = bound(cx, args)?;
            let Some((old, header)) = this.native::<Super>().zip(this.header()) else { return Ok(()) };
            let fields =
                [(&old.class, &state.class), (&old.object, &state.object), (&old.object_class, &state.object_class)];
            for (field, new) in fields {
                match new.get(cx) {
                    Some(value) => field.set_in(cx, header, value),
                    None => field.clear(&header.write(cx)),
                }
            }
            Ok(())
        }
        /// Bind a proxy without an object to one.
        call fn __get__(cx; self_: Slot, instance: Slot, _owner: Option<Slot> = None) -> Slot {
            let class = match cx.get(self_).native::<Super>() {
                Some(state) if state.object.get(cx).is_none() && !cx.get(instance).is_none() => state.class.get_or_none(cx),
                _ => return Ok(self_),
            };
            let (class, proxy) = (cx.root(class), cx.root(Value::of(cx.class_of(cx.get(self_)))));
            cx.call(proxy, &[class, instance])
        }
        /// The class that is searched behind.
        get fn __thisclass__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.class.get_or_none(cx)))
        }
        /// The instance.
        get fn __self__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.object.get_or_none(cx)))
        }
        /// The class of the instance.
        get fn __self_class__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.object_class.get_or_none(cx)))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let Some(state) = self_.native::<Super>() else { return Ok("<super>".to_owned()) };
            let name = |field: &Field| field.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx)).to_owned();
            let class = name(&state.class);
            Ok(match state.object_class.get(cx) {
                Some(_) => format!("<super: <class '{class}'>, <{} object>>", name(&state.object_class)),
                None => format!("<super: <class '{class}'>, NULL>"),
            })
        }
    }
}
