//! Caches of bytecode: `__pycache__/NAME.argil-314.pyc` beside a file that is imported. What is in them is what Lib's `importlib`
//! reads and writes there too: a head of 16 bytes as in CPython, then code as `marshal` has it.
//!
//! A cache belongs to one build of the compiler, by the number that its head begins with, and to the file as it was, by time and
//! size. What is read is verified, so that a damaged or foreign one is only compiled anew. It is written beside and renamed, so
//! that many processes may do so at once.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::UNIX_EPOCH;

use argil_compiler::code::Code;
use argil_compiler::marshal::{self, Reader, VERSION};

use crate::ctx::Ctx;
use crate::options::Switch;
use crate::types::module::Module;
use crate::value::Value;

/// What the names of caches have before their ending, as `sys.implementation.cache_tag`.
pub const TAG: &str = "argil-314";

/// `marshal`'s type of code, without and with the flag that it may be referred to.
const CODE: [u8; 2] = [b'c', b'c' | 0x80];

/// Where the cache of a file is, and what its head says of the file.
pub(super) struct Cache {
    path: PathBuf,
    head: [u8; 16],
}

/// What the heads of caches begin with.
pub fn magic(cx: &Ctx) -> u32 {
    cx.interp().config.library.fingerprint
}

/// What a script may have made of an attribute of `sys`; `None` if there is no such module yet, or the attribute is gone.
fn in_sys<'h>(cx: &'h Ctx, name: &str) -> Option<Value<'h>> {
    let sys = cx.interp().modules(cx).get_name(cx, cx.intern("sys"))?.cast::<Module>()?;
    sys.names(cx).get_name(cx, cx.intern(name))
}

/// Whether caches are written.
pub(super) fn is_written(cx: &Ctx) -> bool {
    match in_sys(cx, "dont_write_bytecode") {
        Some(value) => matches!(value, Value::FALSE | Value::NONE) || value.as_small_int() == Some(0),
        None => !cx.interp().config.options.is_on(Switch::DontWriteBytecode),
    }
}

impl Cache {
    /// The cache of a file; `None` if it has none, because there is no such file, say.
    pub(super) fn of(cx: &Ctx, file: &Path) -> Option<Cache> {
        let magic = magic(cx);
        if magic == 0 {
            return None;
        }
        let options = &cx.interp().config.options;
        let prefix = match in_sys(cx, "pycache_prefix") {
            Some(prefix) => prefix.as_str().map(PathBuf::from),
            None => options.cache_prefix.as_ref().map(PathBuf::from),
        };
        let optimized = match options.get(Switch::Optimize) {
            0 => String::new(),
            level => format!(".opt-{}", level.min(2)),
        };
        let name = format!("{}.{TAG}{optimized}.pyc", file.file_stem()?.to_str()?);
        let folder = match prefix {
            Some(prefix) => {
                let folder = std::path::absolute(file.parent()?).ok()?;
                prefix.join(folder.strip_prefix("/").ok()?)
            }
            None => file.parent()?.join("__pycache__"),
        };
        let data = std::fs::metadata(file).ok()?;
        let seconds = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_secs();
        let mut head = [0; 16];
        // As in CPython, of time and size only the low 32 bits.
        for (part, number) in [(0, magic), (8, seconds as u32), (12, data.len() as u32)] {
            head[part..part + 4].copy_from_slice(&number.to_le_bytes());
        }
        Some(Cache { path: folder.join(name), head })
    }

    /// The code in it, if it is that of the file as it is. Blocks.
    pub(super) fn read(&self) -> Option<Code> {
        let bytes = std::fs::read(&self.path).ok()?;
        let (kind, rest) = bytes.strip_prefix(&self.head)?.split_first()?;
        let (size, rest) = rest.split_first_chunk::<4>()?;
        if !CODE.contains(kind) || u32::from_le_bytes(*size) as usize != rest.len() {
            return None;
        }
        let mut from = Reader(rest);
        if from.byte().ok()? != VERSION {
            return None;
        }
        // The name of the file when it was compiled: it may have moved since.
        from.text().ok()?;
        marshal::read(&mut from).ok()
    }

    /// Writes code into it; nothing comes of it if that fails. Blocks.
    pub(super) fn write(&self, code: &[u8]) {
        /// Makes names differ that threads use at once. Relaxed: a mere counter.
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(folder) = self.path.parent() else { return };
        let Ok(size) = u32::try_from(code.len()) else { return };
        let content = [&self.head[..], &[CODE[1]], &size.to_le_bytes(), code].concat();
        let own = format!("pyc.{}.{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let beside = self.path.with_extension(own);
        let write = || std::fs::write(&beside, &content);
        let written = write().or_else(|_| std::fs::create_dir_all(folder).and_then(|()| write()));
        if written.and_then(|()| std::fs::rename(&beside, &self.path)).is_err() {
            // What is left of it is in nobody's way, but useless.
            let _ = std::fs::remove_file(&beside);
        }
    }
}
