//! `_posixshmem`: memory that processes share by name.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::exception::os_error;
use argil_system::{libc, plain};

use std::ffi::CString;

use crate::posix::args::retried;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_posixshmem", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(_cx: &mut Ctx, _module: Slot) -> Res<()> {
    Ok(())
}

/// A name of shared memory.
fn name(cx: &Ctx, path: Slot, function: &str) -> Res<CString> {
    let Some(text) = cx.get(path).as_str() else {
        let got = cx.type_name(cx.get(path));
        return Err(cx.type_error(format!("{function}() argument 'path' must be str, not {got}")));
    };
    CString::new(text).map_err(|_| cx.raise(Builtin::ValueError, "embedded null character"))
}

natives! {
    static FUNCTIONS = {
        /// Open a shared memory object.  Returns a file descriptor (integer).
        call fn shm_open(cx; ; path: Slot, flags: i32, mode: i32 = 0o777) -> i64 {
            let name = name(cx, path, "shm_open")?;
            let flags = flags | libc::O_CLOEXEC;
            let opened = retried(cx, &mut || plain::shm_open(&name, flags, mode as u32))?;
            opened.map(i64::from).map_err(|error| os_error::raise(cx, &error, Some(path)))
        }
        /// Remove a shared memory object (similar to unlink()).
        call fn shm_unlink(cx; ; path: Slot) -> () {
            let name = name(cx, path, "shm_unlink")?;
            let removed = retried(cx, &mut || plain::shm_unlink(&name))?;
            removed.map(|_| ()).map_err(|error| os_error::raise(cx, &error, Some(path)))
        }
    }
}
