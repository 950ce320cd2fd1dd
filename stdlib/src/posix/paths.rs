//! Paths as texts.

use argil_compiler::surrogate;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::natives;

use super::args::{fspath, path_text, raw_text};

/// A path of which only the text counts.
struct PathText(Slot);

impl FromSlot for PathText {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, _index: usize) -> Res<Self> {
        path_text(cx, slot, [def.name(), "path"], " or os.PathLike").map(PathText)
    }
}

/// How many slashes the root of a path has.
fn root(path: &[u8]) -> usize {
    match path {
        [b'/', b'/', b'/', ..] => 1,
        [b'/', b'/', ..] => 2,
        [b'/', ..] => 1,
        _ => 0,
    }
}

/// A path without what it does not need: double slashes, `.`, and `..` after a name.
fn normalised(path: &[u8]) -> Vec<u8> {
    let (root, rest) = path.split_at(root(path));
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in rest.split(|byte| *byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." if parts.last().is_some_and(|last| *last != b"..") => _ = parts.pop(),
            b".." if !root.is_empty() => {}
            part => parts.push(part),
        }
    }
    let path = [root, &parts.join(&b'/')].concat();
    if path.is_empty() { b".".to_vec() } else { path }
}

/// A text of the kind that another has.
fn like(cx: &Ctx, text: Slot, bytes: &[u8]) -> Slot {
    let value = match cx.get(text).as_bytes() {
        Some(_) => cx.bytes(bytes),
        // Cut at slashes only.
        None => cx.str(&surrogate::of_system(bytes)),
    };
    cx.root(value)
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return the file system path representation of the object.
        call fn fspath(cx; ; path: Slot) -> Slot { self::fspath(cx, path) }
        /// Normalize path, eliminating double slashes, etc.
        call fn _path_normpath(cx; ; path: PathText) -> Slot {
            let text = raw_text(cx.get(path.0)).map(|text| normalised(&text)).unwrap_or_default();
            Ok(like(cx, path.0, &text))
        }
        /// Split a pathname into drive, root and tail.
        call fn _path_splitroot_ex(cx; ; p: PathText) -> Slot {
            let text = raw_text(cx.get(p.0)).map(std::borrow::Cow::into_owned).unwrap_or_default();
            let (root, tail) = text.split_at(root(&text));
            let parts = [b"", root, tail].map(|part| like(cx, p.0, part));
            Ok(cx.root(cx.tuple(&parts.map(|part| cx.get(part)))))
        }
    }
}
