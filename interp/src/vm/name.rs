//! Globals, and the names of a class body.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use std::sync::atomic::Ordering;

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::moves::unbound_free;
use super::state::State;
use super::state::part::part;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::ops::item;
use crate::types::cell::{Cell, Global};
use crate::types::dict::Dict;
use crate::types::exception::details;
use crate::types::module::Module;
use crate::value::Value;

/// The cell that a site's cache holds.
#[inline(always)]
fn cached(s: &State, site: u16) -> Option<&Global> {
    let pointer = s.cache(site).load(Ordering::Acquire) as *const Global;
    // SAFETY: `find_cell` stores a cell of the code's own name space, which the code keeps alive.
    unsafe { pointer.as_ref() }
}

fn globals_of(s: &State) -> &Dict {
    s.code().globals.get(s.cx()).and_then(Value::cast::<Dict>).expect("code has a name space")
}

/// The global's cell, remembered in the site's cache.
#[cold]
#[inline(never)]
fn find_cell(s: &State, site: u16) -> &Global {
    let (cx, code) = (s.cx(), s.code());
    let globals = globals_of(s);
    let cell = global_cell(cx, globals, code.site_name(cx, site));
    s.cache(site).store(std::ptr::from_ref(cell) as u64, Ordering::Release);
    cell
}

/// The cell of a name in a module's name space, with the built-in of that name to fall back to, unless the dict is of a class
/// of a script, which may have a say before.
fn global_cell<'h>(cx: &'h Ctx, globals: &'h Dict, name: Value<'h>) -> &'h Global {
    let cell = globals.cell(cx, name);
    if cell.fallback.get(cx).is_none() && crate::types::header_of(globals).is_exact() {
        let builtin = builtins_of(cx, globals).cell(cx, name);
        cell.fallback.set_in(cx, crate::types::header_of(cell), Value::of(builtin));
    }
    cell
}

/// The built-in names that a name space falls back to: those that it says itself, or the interpreter's.
fn builtins_of<'h>(cx: &'h Ctx, globals: &'h Dict) -> &'h Dict {
    let said = globals.get_name(cx, cx.name(Name::__builtins__));
    let names = said.and_then(|said| said.cast::<Dict>().or_else(|| Some(said.cast::<Module>()?.names(cx))));
    let names = names.unwrap_or_else(|| cx.interp().builtins(cx).names(cx));
    names.become_name_space(cx);
    names
}

/// The value of a name that no cell has: what a dict of a script's class says of the missing key, or else the built-in.
fn global_without_cell(s: &mut State, name: Slot) -> Res<Slot> {
    let cx = s.cx();
    let globals = globals_of(s);
    if crate::types::header_of(globals).is_exact() {
        return Err(name_error(cx, cx.get(name)));
    }
    let globals = cx.root(Value::of(globals));
    if let Some(found) = lookup_mapping(s.cx_mut(), globals, name)? {
        return Ok(found);
    }
    let cx = s.cx();
    match builtins_of(cx, globals_of(s)).get_name(cx, cx.get(name)) {
        Some(found) => Ok(cx.root(found)),
        None => Err(name_error(cx, cx.get(name))),
    }
}

/// The NameError for a name that is bound nowhere.
pub(crate) fn name_error(cx: &Ctx, name: Value<'_>) -> Raised {
    let text = name.as_str().unwrap_or("?");
    details::raise(cx, Builtin::NameError, &format!("name '{text}' is not defined"), &[("name", name)])
}

#[inline(always)]
pub(super) fn LoadGlobal<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    match cached(&s, i.b()).and_then(|cell| cell.resolve(cx)) {
        Some(value) => {
            s.set(i.a(), value.word());
            D::go(s.next())
        }
        None => s.slow::<D, LoadGlobalSlow>(i),
    }
}

part!(LoadGlobalSlow = load_global_slow);

#[inline(always)]
fn load_global_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let cx = s.cx();
        if let Some(value) = find_cell(s, i.b()).resolve(cx) {
            return Ok(cx.root(value));
        }
        let name = s.root_name(i.b());
        global_without_cell(s, name)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn StoreGlobal<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    let cell = match cached(&s, i.b()) {
        Some(cell) => cell,
        None => find_cell(&s, i.b()),
    };
    cell.value.set_in(cx, crate::types::header_of(cell), s.value(i.a()));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn DeleteGlobal<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let cx = s.cx();
        let cell = find_cell(s, i.b());
        if cell.value.get(cx).is_some() {
            cell.value.clear(&crate::types::header_of(cell).write(cx));
            Ok(())
        } else {
            Err(name_error(cx, s.site_name(i.b())))
        }
    });
    s.finish_unit::<D>(result)
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

#[inline(always)]
pub(super) fn LoadName<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let mapping = s.root(i.b());
        let name = s.root_name(i.c());
        if let Some(found) = lookup_mapping(s.cx_mut(), mapping, name)? {
            return Ok(found);
        }
        let cx = s.cx();
        match find_cell(s, i.c()).resolve(cx) {
            Some(value) => Ok(cx.root(value)),
            None => global_without_cell(s, name),
        }
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn LoadNameDeref<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let mapping = s.root(i.b());
        let name = s.cx().root(s.constant(i.c()));
        if let Some(found) = lookup_mapping(s.cx_mut(), mapping, name)? {
            return Ok(found);
        }
        let cx = s.cx();
        let cell = s.value(u16::from(i.x())).cast::<Cell>();
        match cell.and_then(|cell| cell.value.get(cx)) {
            Some(value) => Ok(cx.root(value)),
            None => Err(unbound_free(cx, cx.get(name))),
        }
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn StoreName<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (mapping, value) = (s.root(i.b()), s.root(i.a()));
        let name = s.root_name(i.c());
        let cx = s.cx_mut();
        if let Some(dict) = cx.get(mapping).cast::<Dict>()
            && crate::types::header_of(dict).is_exact()
        {
            dict.set_name(cx, cx.get(name), cx.get(value));
            return Ok(());
        }
        item::set_item(cx, mapping, name, value)
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn DeleteName<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let mapping = s.root(i.b());
        let name = s.root_name(i.c());
        let cx = s.cx_mut();
        match item::del_item(cx, mapping, name) {
            Ok(()) => Ok(()),
            Err(raised) => {
                cx.catch(raised, Builtin::KeyError)?;
                Err(name_error(cx, cx.get(name)))
            }
        }
    });
    s.finish_unit::<D>(result)
}
