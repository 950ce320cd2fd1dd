//! Paths as files take them.

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
    let bytes = value.as_str().map(str::as_bytes).or_else(|| value.as_bytes()).unwrap_or_default();
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    Ok(PathBuf::from(OsStr::from_bytes(bytes)))
}
