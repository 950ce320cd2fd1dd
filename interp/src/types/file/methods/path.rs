//! Paths as files take them.

use argil_compiler::surrogate;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::ops::attr;

/// A path as a string or bytes object: itself, or what `__fspath__` gives.
pub fn fspath(cx: &mut Ctx, path: Slot, function: &str) -> Res<Slot> {
    let path = match attr::call_special(cx, path, Name::__fspath__, &[])? {
        Some(text) => text,
        None => path,
    };
    let value = cx.get(path);
    if value.as_str().is_none() && value.as_bytes().is_none() {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("{function}expected str, bytes or os.PathLike object, not {got}")));
    }
    Ok(path)
}

/// A path for the system; bytes are taken as they are.
pub fn path_of(cx: &mut Ctx, path: Slot, function: &str) -> Res<PathBuf> {
    let path = fspath(cx, path, function)?;
    let value = cx.get(path);
    let of_text = value.as_str().and_then(surrogate::to_system);
    let bytes = of_text.as_deref().or_else(|| value.as_bytes());
    let Some(bytes) = bytes else {
        return Err(cx.raise(crate::builtin::Builtin::UnicodeError, "surrogates not allowed in a path"));
    };
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    Ok(PathBuf::from(OsStr::from_bytes(bytes)))
}
