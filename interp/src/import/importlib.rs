//! When Lib's `importlib` imports, and when this crate does.
//!
//! The native import does what importlib's finders do in the state in which they are made. Once a script has changed
//! `sys.meta_path` or `sys.path_hooks`, importlib is asked. It is set up when it is first needed.

use parking_lot::Mutex;

use super::{import_module, loaded};
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::attr;
use crate::service::Service;
use crate::types::list::List;
use crate::value::{Value, Word};

/// The module that is importlib's core.
pub const MODULE: &str = "_frozen_importlib";

/// The lists that say how modules are found.
const LISTS: [&str; 2] = ["meta_path", "path_hooks"];

/// The finders and hooks that importlib is made with; `None` while it is not. The interpreter keeps them.
#[derive(Default)]
pub struct Made(Mutex<Option<Vec<Word>>>);

impl Service for Made {}

/// What the lists hold, one after the other; `None` while `sys` does not have them.
fn finders(cx: &Ctx) -> Option<Vec<Word>> {
    let sys = cx.interp().modules(cx).get_name(cx, cx.intern("sys"))?;
    let names = sys.cast::<crate::types::module::Module>()?.names(cx);
    let mut all = Vec::new();
    for list in LISTS {
        let list = names.get_name(cx, cx.intern(list))?;
        all.extend(list.cast::<List>()?.to_vec(cx).into_iter().map(Value::word));
        all.push(Word::NONE);
    }
    Some(all)
}

/// Remembers what the lists hold now as what importlib made.
pub fn note_ready(cx: &Ctx) {
    let made = finders(cx);
    for &word in made.iter().flatten() {
        // SAFETY: the lists were read just now, and no safepoint was reached since.
        cx.interp().keep(unsafe { Value::from_word(word) });
    }
    *cx.interp().service::<Made>().0.lock() = made;
}

/// Whether importlib is set up.
pub(super) fn is_ready(cx: &Ctx) -> bool {
    cx.interp().service::<Made>().0.lock().is_some()
}

/// Whether a script has changed how modules are found.
pub(super) fn is_changed(cx: &Ctx) -> bool {
    let made = cx.interp().service::<Made>().0.lock();
    made.as_ref().is_some_and(|made| finders(cx).as_ref() != Some(made))
}

fn function(cx: &mut Ctx, name: &str) -> Res<Slot> {
    let module = import_module(cx, MODULE)?;
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, module, name)
}

/// Imports a module by importlib's finders.
pub(super) fn find_and_load(cx: &mut Ctx, name: &str) -> Res<Slot> {
    let (find, import) = (function(cx, "_find_and_load")?, function(cx, "_gcd_import")?);
    let name = cx.root(cx.intern(name));
    cx.call(find, &[name, import])
}

/// Gives a module that was imported natively its `__spec__` and `__loader__`.
pub(crate) fn place(cx: &mut Ctx, module: Slot) -> Res<()> {
    if loaded(cx, MODULE).is_some() && !is_ready(cx) {
        return Ok(());
    }
    let place = function(cx, "_place")?;
    cx.call(place, &[module]).map(|_| ())
}
