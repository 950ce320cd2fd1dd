//! Formats that functions were given: taken apart once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use argil_interp::codecs;
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::native::Args;
use argil_interp::ops::hash::hash_key;
use argil_interp::service::Service;

use super::layout::Layout;
use super::wrong;

/// How many are kept.
const MOST: usize = 100;

/// The longest that is kept.
const LONGEST: usize = 1000;

/// The formats that were used lately.
#[derive(Default)]
pub struct Formats(Mutex<HashMap<String, Arc<Layout>>>);

impl Service for Formats {}

impl Formats {
    fn table(&self) -> MutexGuard<'_, HashMap<String, Arc<Layout>>> {
        // A refused request for memory leaves the table whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets all.
    pub fn clear(&self) {
        self.table().clear();
    }
}

/// The layout of a format that a function was given.
pub fn known(cx: &mut Ctx, format: Slot) -> Res<Arc<Layout>> {
    if let Some(text) = cx.get(format).as_str()
        && let Some(known) = cx.interp().service::<Formats>().table().get(text)
    {
        return Ok(known.clone());
    }
    hash_key(cx, format, "a dict key")?;
    let layout = compiled(cx, format)?;
    if layout.format.len() > LONGEST {
        return Ok(layout);
    }
    let mut table = cx.interp().service::<Formats>().table();
    if table.len() >= MOST {
        table.clear();
    }
    table.insert(layout.format.clone(), layout.clone());
    Ok(layout)
}

/// The layout of a format, taken apart.
pub fn compiled(cx: &mut Ctx, format: Slot) -> Res<Arc<Layout>> {
    if cx.get(format).as_str().is_some_and(|text| !text.is_ascii()) {
        codecs::encode(cx, format, "ascii", None)?;
    }
    let value = cx.get(format);
    let text = match (value.as_str(), value.as_bytes()) {
        (Some(text), _) => text,
        // What is no text is no format either.
        (None, Some(bytes)) => std::str::from_utf8(bytes).unwrap_or("\u{fffd}"),
        (None, None) => {
            let got = cx.type_name(value);
            return Err(cx.type_error(format!("Struct() argument 1 must be a str or bytes object, not {got}")));
        }
    };
    Layout::parse(text).map(Arc::new).map_err(|message| wrong(cx, message))
}

/// The arguments of a function that takes none by name.
pub fn checked(cx: &mut Ctx, args: Args<'_>, function: &str) -> Res<Slots> {
    if args.has_names() {
        return Err(cx.type_error(format!("{function}() takes no keyword arguments")));
    }
    Ok(args.into_slots(cx).0)
}
