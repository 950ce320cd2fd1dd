//! `class.__bases__ = ...`: other bases for a class that there is already.

use super::create::{layout_of, remember_subclass};
use super::{Class, mro};
use crate::ctx::{Ctx, Res, Slot};
use crate::heap::Tracer;
use crate::object::HeapType;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The new bases, if they may be a class's.
fn checked(cx: &Ctx, class: Slot, bases: Slot) -> Res<Vec<Slot>> {
    let Some(this) = cx.get(class).cast::<Class>() else { return Err(cx.type_error("a class is needed")) };
    let name = this.name(cx);
    if !this.flags().heap {
        return Err(cx.type_error(format!("cannot set '__bases__' attribute of immutable type '{name}'")));
    }
    let Some(tuple) = cx.get(bases).cast::<Tuple>() else {
        let got = cx.type_name(cx.get(bases));
        return Err(cx.type_error(format!("can only assign tuple to {name}.__bases__, not {got}")));
    };
    if tuple.is_empty() {
        return Err(cx.type_error(format!("can only assign non-empty tuple to {name}.__bases__, not ()")));
    }
    let mut slots = Vec::with_capacity(tuple.len());
    for base in tuple.iter(cx) {
        let Some(base_class) = base.cast::<Class>() else {
            let got = cx.type_name(base);
            return Err(cx.type_error(format!("{name}.__bases__ must be tuple of classes, not '{got}'")));
        };
        if base_class.is_subclass(cx, this) {
            return Err(cx.type_error("a __bases__ item causes an inheritance cycle"));
        }
        if base_class.flags().is_final {
            return Err(cx.type_error(format!("type '{}' is not an acceptable base type", base_class.name(cx))));
        }
        slots.push(cx.root(base));
    }
    let inherits = |flag: fn(&Class) -> bool| slots.iter().any(|&base| cx.get(base).cast::<Class>().is_some_and(flag));
    let fits = layout_of(cx, &slots)? == this.layout()
        && (this.flags().has_dict || !inherits(|base| base.flags().has_dict))
        && (this.flags().weak || !inherits(|base| base.flags().weak));
    if !fits {
        let new = cx.get(slots[0]).cast::<Class>().map_or("?", |base| base.name(cx));
        let old = this.bases(cx).first().map_or("object", |base| base.name(cx));
        return Err(cx.type_error(format!("__bases__ assignment: '{new}' object layout differs from '{old}'")));
    }
    Ok(slots)
}

/// Gives a class and all that derives from it the orders that their bases have now.
fn set_orders<'h>(cx: &'h Ctx, class: &'h Class) -> Res<()> {
    let mut family = vec![class];
    let mut at = 0;
    while let Some(class) = family.get(at) {
        for below in class.subclasses_now(cx) {
            if !family.iter().any(|known| std::ptr::eq(*known, below)) {
                family.push(below);
            }
        }
        at += 1;
    }
    // The order of a class was longer than that of each class that it derives from: bases come first.
    family[1..].sort_by_key(|class| class.mro(cx).len());
    family.into_iter().try_for_each(|class| {
        let order = mro::linearise(cx, &class.bases(cx))?;
        class.mro.set_in(cx, class.header(), mro::with_class(cx, class, order));
        Ok(())
    })
}

/// Gives a class other bases.
///
/// # Errors
/// TypeError if they are no classes, derive from the class, do not fit it, or have no common order.
pub fn set_bases(cx: &mut Ctx, class: Slot, bases: Slot) -> Res<()> {
    let slots = checked(cx, class, bases)?;
    let mut result = Ok(());
    // No inline cache may be believed that looked at the class or at what derives from it.
    crate::collect::collect_with(cx, Tracer::clearing_caches(), |cx| {
        let Some(this) = cx.get(class).cast::<Class>() else { return };
        let old = cx.root(this.bases.get_or_none(cx));
        this.bases.set_in(cx, this.header(), cx.get(bases));
        result = set_orders(cx, this);
        if result.is_err() {
            this.bases.set_in(cx, this.header(), cx.get(old));
            let restored = set_orders(cx, this);
            debug_assert!(restored.is_ok(), "the old bases had an order");
            return;
        }
        if let Some(old) = cx.get(old).cast::<Tuple>() {
            old.iter(cx).filter_map(Value::cast::<Class>).for_each(|base| forget_subclass(cx, base, this));
        }
        for &base in &slots {
            if let Some(base) = cx.get(base).cast::<Class>() {
                remember_subclass(cx, base, cx.get(class));
            }
        }
        cx.interp().bump_class_epoch();
    });
    result
}

fn forget_subclass(cx: &Ctx, base: &Class, class: &Class) {
    if let Some(list) = base.subclasses.get(cx).and_then(Value::cast::<List>) {
        let others = list.to_vec(cx).into_iter().filter(|below| *below != Value::of(class));
        let others = List::from_values(cx, &others.collect::<Vec<_>>());
        base.subclasses.set_in(cx, base.header(), Value::of(others));
    }
}
