//! Globals, and the names of a class body.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use std::sync::atomic::Ordering;

use argil_compiler::opcode::Instr;

use super::moves::unbound_free;
use super::{Dispatch, Frame, State};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::ops::item;
use crate::types::cell::{Cell, Global};
use crate::types::dict::Dict;
use crate::types::exception::details;
use crate::value::Value;

/// The cell that a site's cache holds.
#[inline(always)]
fn cached<'h>(s: State, site: u16) -> Option<&'h Global> {
    let pointer = s.cache(site).load(Ordering::Acquire) as *const Global;
    // SAFETY: `find_cell` stores a cell of the code's own name space, which the code keeps alive.
    unsafe { pointer.as_ref() }
}

/// The global's cell, remembered in the site's cache.
#[cold]
#[inline(never)]
fn find_cell(s: State, cx: &Ctx, site: u16) -> &Global {
    // SAFETY: the frame is in use.
    let code = unsafe { Frame(s.regs).code(cx) };
    let globals = code.globals.get(cx).and_then(Value::cast::<Dict>).expect("code has a name space");
    let cell = global_cell(cx, globals, code.site_name(cx, site));
    s.cache(site).store(std::ptr::from_ref(cell) as u64, Ordering::Release);
    cell
}

/// The cell of a name in a module's name space, with the built-in of that name to fall back to.
fn global_cell<'h>(cx: &'h Ctx, globals: &'h Dict, name: Value<'h>) -> &'h Global {
    let cell = globals.cell(cx, name);
    if cell.fallback.get(cx).is_none() {
        let builtin = cx.interp().builtins(cx).names(cx).cell(cx, name);
        cell.fallback.set_in(cx, crate::types::header_of(cell), Value::of(builtin));
    }
    cell
}

/// The NameError for a name that is bound nowhere.
pub(crate) fn name_error(cx: &Ctx, name: Value<'_>) -> Raised {
    let text = name.as_str().unwrap_or("?");
    details::raise(cx, Builtin::NameError, &format!("name '{text}' is not defined"), &[("name", name)])
}

#[inline(always)]
pub(super) unsafe fn LoadGlobal<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = &*s.cx();
    if let Some(value) = cached(s, i.b()).and_then(|cell| cell.resolve(cx)) {
        s.set(i.a(), value.word());
        // SAFETY: the next instruction of the same frame.
        return unsafe { D::go(s.next()) };
    }
    slow!(s, i, load_global_slow::<D>)
}

#[inline(always)]
fn load_global_slow<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let cx = &*s.cx();
        match find_cell(s, cx, i.b()).resolve(cx) {
            Some(value) => Ok(value.word()),
            // SAFETY: the frame is in use.
            None => Err(name_error(cx, unsafe { Frame(s.regs).code(cx) }.site_name(cx, i.b()))),
        }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn StoreGlobal<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = &*s.cx();
    let cell = match cached(s, i.b()) {
        Some(cell) => cell,
        None => find_cell(s, cx, i.b()),
    };
    cell.value.set_in(cx, crate::types::header_of(cell), s.value(i.a()));
    // SAFETY: the next instruction of the same frame.
    unsafe { D::go(s.next()) }
}

#[inline(always)]
pub(super) unsafe fn DeleteGlobal<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let cx = &*s.cx();
        let cell = find_cell(s, cx, i.b());
        if cell.value.get(cx).is_some() {
            cell.value.clear(&crate::types::header_of(cell).write(cx));
            Ok(())
        } else {
            // SAFETY: the frame is in use.
            Err(name_error(cx, unsafe { Frame(s.regs).code(cx) }.site_name(cx, i.b())))
        }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}

/// Looks a name up in the mapping of a class body; `None` if it has no such key.
fn lookup_mapping(cx: &mut Ctx, mapping: Slot, name: Slot) -> Res<Option<Slot>> {
    if let Some(dict) = cx.get(mapping).cast::<Dict>()
        && crate::types::header_of(dict).is_exact()
    {
        return Ok(dict.get_name(cx, cx.get(name)).map(|value| cx.root(value)));
    }
    match item::get_item(cx, mapping, name) {
        Ok(found) => Ok(Some(found)),
        Err(raised) => cx.catch(raised, Builtin::KeyError).map(|_| None),
    }
}

fn site_name(s: State, cx: &Ctx, site: u16) -> Slot {
    // SAFETY: the frame is in use.
    cx.root(unsafe { Frame(s.regs).code(cx) }.site_name(cx, site))
}

#[inline(always)]
pub(super) unsafe fn LoadName<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        let mapping = cx.root(s.value(i.b()));
        let name = site_name(s, cx, i.c());
        if let Some(found) = lookup_mapping(cx, mapping, name)? {
            return Ok(found);
        }
        let cx = &*cx;
        match find_cell(s, cx, i.c()).resolve(cx) {
            Some(value) => Ok(cx.root(value)),
            None => Err(name_error(cx, cx.get(name))),
        }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn LoadNameDeref<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        let mapping = cx.root(s.value(i.b()));
        // SAFETY: constants are traced with the running code.
        let name = cx.root(unsafe { Value::from_word(s.k(i.c())) });
        if let Some(found) = lookup_mapping(cx, mapping, name)? {
            return Ok(found);
        }
        let cx = &*cx;
        let cell = s.value(u16::from(i.x())).cast::<Cell>();
        match cell.and_then(|cell| cell.value.get(cx)) {
            Some(value) => Ok(cx.root(value)),
            None => Err(unbound_free(cx, cx.get(name))),
        }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn StoreName<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |cx, s, i| {
        let (mapping, value) = (cx.root(s.value(i.b())), cx.root(s.value(i.a())));
        let name = site_name(s, cx, i.c());
        if let Some(dict) = cx.get(mapping).cast::<Dict>()
            && crate::types::header_of(dict).is_exact()
        {
            dict.set_name(cx, cx.get(name), cx.get(value));
            return Ok(());
        }
        item::set_item(cx, mapping, name, value)
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}

#[inline(always)]
pub(super) unsafe fn DeleteName<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |cx, s, i| {
        let mapping = cx.root(s.value(i.b()));
        let name = site_name(s, cx, i.c());
        match item::del_item(cx, mapping, name) {
            Ok(()) => Ok(()),
            Err(raised) => {
                cx.catch(raised, Builtin::KeyError)?;
                Err(name_error(cx, cx.get(name)))
            }
        }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}
