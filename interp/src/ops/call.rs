//! Calling script code from Rust.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::construct::makes_nothing;
use crate::types::class::Class;
use crate::types::function::NativeFunction;
use crate::value::Value;
use crate::vm::call::Pending;
use crate::vm::enter_frame;

impl Ctx {
    /// Calls anything callable.
    pub fn call(&mut self, callee: Slot, args: &[Slot]) -> Res<Slot> {
        self.call_with(|cx| Pending::push(cx, cx.get(callee), args.iter().map(|arg| cx.get(*arg)), None))
    }

    /// Calls anything callable with a run of slots.
    pub fn call_slots(&mut self, callee: Slot, args: Slots) -> Res<Slot> {
        self.call_kw(callee, args, None)
    }

    /// Calls anything callable; the last `len(names)` arguments are named by the tuple `names`.
    pub fn call_kw(&mut self, callee: Slot, args: Slots, names: Option<Slot>) -> Res<Slot> {
        self.call_with(|cx| {
            let names = names.map(|names| cx.get(names));
            Pending::push(cx, cx.get(callee), args.iter().map(|arg| cx.get(arg)), names)
        })
    }

    fn call_with(&mut self, call: impl FnOnce(&Ctx) -> Pending) -> Res<Slot> {
        let top = self.top.get();
        let call = call(self);
        let result = enter_frame(self, call);
        self.top.set(top);
        Ok(self.push_word(result?))
    }

    /// Calls a method looked up as `object.name` is.
    pub fn call_method(&mut self, object: Slot, name: Name, args: &[Slot]) -> Res<Slot> {
        self.scope(|cx| {
            let name = cx.root(cx.name(name));
            let method = super::attr::get_attr(cx, object, name)?;
            cx.call(method, args)
        })
    }
}

/// Makes an instance of a class: `__new__`, then `__init__`.
pub fn construct(cx: &mut Ctx, class: Slot, args: Slots, names: Option<Slot>) -> Res<Slot> {
    let is_type = cx.get(class).cast::<Class>().is_some_and(|class| class.is(Builtin::Type));
    if is_type && args.len() == 1 && names.is_none() {
        let cx = &*cx;
        return Ok(cx.root(Value::of(cx.class_of(cx.get(args.get(0))))));
    }
    let new = find_new(cx, class)?;
    let with_class = {
        let cx = &*cx;
        cx.root_all(std::iter::once(cx.get(class)).chain(args.iter().map(|arg| cx.get(arg))))
    };
    let instance = cx.call_kw(new, with_class, names)?;
    let init = {
        let cx = &*cx;
        let class = cx.get(class).cast::<Class>().expect("only classes are constructed");
        let made = cx.class_of(cx.get(instance));
        if made.is_finalised() && made.layout() != Kind::Instance && std::ptr::eq(made, class) {
            // Other instances are listed where they are made.
            cx.interp().finalisers().note_object(cx, made, cx.get(instance));
        }
        if !made.is_subclass(cx, class) {
            return Ok(instance);
        }
        made.special(cx, Name::__init__).map(|init| cx.root(init))
    };
    let Some(init) = init else { return Ok(instance) };
    let with_instance = {
        let cx = &*cx;
        cx.root_all(std::iter::once(cx.get(instance)).chain(args.iter().map(|arg| cx.get(arg))))
    };
    let result = if crate::types::function::is_method(cx.get(init)) {
        cx.call_kw(init, with_instance, names)?
    } else {
        let name = cx.root(cx.name(Name::__init__));
        let bound = super::attr::get_attr(cx, instance, name)?;
        cx.call_kw(bound, args, names)?
    };
    if !cx.get(result).is_none() {
        let class = cx.type_name(cx.get(result));
        return Err(cx.type_error(format!("__init__() should return None, not '{class}'")));
    }
    Ok(instance)
}

/// The function behind a class's `__new__`.
fn find_new(cx: &mut Ctx, class: Slot) -> Res<Slot> {
    let found = {
        let cx = &*cx;
        let class = cx.get(class).cast::<Class>().expect("only classes are constructed");
        let Some(new) = class.special(cx, Name::__new__).filter(|_| !makes_nothing(cx, class)) else {
            return Err(cx.type_error(format!("cannot create '{}' instances", class.name(cx))));
        };
        let direct = new.kind() == Some(Kind::Function) || new.cast::<NativeFunction>().is_some();
        direct.then(|| cx.root(new))
    };
    match found {
        Some(new) => Ok(new),
        None => {
            let name = cx.root(cx.name(Name::__new__));
            super::attr::get_attr(cx, class, name)
        }
    }
}
