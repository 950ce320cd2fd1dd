//! Modules of the library's image. `sys.path` names it by [`ROOT`], as if it were a folder; so do the names of their files.

use std::sync::Arc;

use argil_compiler::image::Found;
use argil_compiler::marshal::{self, Reader};

use crate::ctx::{Ctx, Res, Slot};
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::value::Value;

/// The entry of `sys.path` that stands for the image.
pub const ROOT: &str = "<lib>";

/// Modules that CPython has imported before a script runs, so that no file beside the script can take their place.
const EARLY: [&str; 11] = [
    "_collections_abc",
    "_sitebuiltins",
    "abc",
    "codecs",
    "encodings",
    "genericpath",
    "io",
    "os",
    "posixpath",
    "site",
    "stat",
];

/// Whether a module is one of these.
pub(crate) fn is_early(name: &str) -> bool {
    EARLY.contains(&name)
}

/// The module of this last name in a folder of the image; `None` if the folder is another, or has no such module.
pub(crate) fn find(cx: &Ctx, folder: &str, name: &str) -> Option<Found<'static>> {
    let package = folder.strip_prefix(ROOT)?;
    let full = match package.strip_prefix('/') {
        Some(package) => format!("{}.{name}", package.replace('/', ".")),
        None if package.is_empty() => name.to_owned(),
        None => return None,
    };
    cx.interp().config.library.image()?.find(&full)
}

/// Where a module would be if the image were a folder: its file, and its folder if it is a package.
pub fn place(module: &Found<'_>) -> (String, Option<String>) {
    let stem = format!("{ROOT}/{}", module.name.replace('.', "/"));
    match module.is_package {
        true => (format!("{stem}/__init__.py"), Some(stem)),
        false => (format!("{stem}.py"), None),
    }
}

/// The code of a module, which finds its global names in a dict.
///
/// # Errors
/// SystemError if it is damaged.
pub fn code(cx: &Ctx, module: &Found<'_>, globals: Slot) -> Res<Slot> {
    // Tracebacks of `python -m` begin with this module, which CPython has frozen.
    let name = if module.name == "runpy" { "<frozen runpy>".to_owned() } else { place(module).0 };
    let file = Arc::new(SourceFile { name, text: None });
    match (marshal::read(&mut Reader(module.code)), cx.get(globals).cast::<Dict>()) {
        (Ok(code), Some(globals)) => Ok(cx.root(Value::of(CodeObject::load(cx, code, &file, globals)))),
        _ => Err(cx.raise(crate::builtin::Builtin::SystemError, format!("the library's {} is damaged", module.name))),
    }
}

/// The text of a file of the image.
pub fn source(cx: &Ctx, file: &str) -> Option<String> {
    let stem = file.strip_prefix(ROOT)?.strip_prefix('/')?.strip_suffix(".py")?;
    let name = stem.strip_suffix("/__init__").unwrap_or(stem).replace('/', ".");
    let found = cx.interp().config.library.image()?.find(&name)?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib_with_limit(found.source, found.source_size).ok()?;
    argil_compiler::encoding::decode(bytes, None).ok()
}
