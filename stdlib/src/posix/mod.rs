//! `posix`: the system calls on which Lib's `os` stands. There is no `fork`: a copy of one thread of an interpreter would wait
//! for ever for what the others hold.

pub(crate) mod args;
mod attributes;
mod constants;
pub(crate) mod descriptors;
mod devices;
mod facts;
mod files;
mod identity;
mod names;
mod paths;
mod processes;
mod records;
mod scan;
mod scheduling;
pub(crate) mod spawn;
mod stat;
mod timers;

use std::os::unix::ffi::OsStrExt;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "posix", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// What of the system's functions was found when CPython was built; `os` asks for some.
const FOUND: &[&str] = &[
    "HAVE_EVENTFD",
    "HAVE_TIMERFD_CREATE",
    "HAVE_FACCESSAT",
    "HAVE_FCHDIR",
    "HAVE_FCHMOD",
    "HAVE_FCHMODAT",
    "HAVE_FCHOWN",
    "HAVE_FCHOWNAT",
    "HAVE_FEXECVE",
    "HAVE_FDOPENDIR",
    "HAVE_FPATHCONF",
    "HAVE_FSTATAT",
    "HAVE_FSTATVFS",
    "HAVE_FTRUNCATE",
    "HAVE_FUTIMENS",
    "HAVE_FUTIMES",
    "HAVE_FUTIMESAT",
    "HAVE_LINKAT",
    "HAVE_LCHOWN",
    "HAVE_LSTAT",
    "HAVE_LUTIMES",
    "HAVE_MEMFD_CREATE",
    "HAVE_MKDIRAT",
    "HAVE_MKFIFOAT",
    "HAVE_MKNODAT",
    "HAVE_OPENAT",
    "HAVE_READLINKAT",
    "HAVE_RENAMEAT",
    "HAVE_SYMLINKAT",
    "HAVE_UNLINKAT",
    "HAVE_UTIMENSAT",
    "HAVE_PTSNAME_R",
];

/// The environment, as bytes.
pub(crate) fn environment(cx: &Ctx) -> Value<'_> {
    let environ = Dict::alloc(cx);
    for (name, value) in std::env::vars_os() {
        // The hash and equality of bytes never run script code.
        let bound = environ.set(cx, cx.bytes(name.as_bytes()), cx.bytes(value.as_bytes()));
        debug_assert!(bound.is_ok());
    }
    Value::of(environ)
}

/// Binds numbers by name in a module.
pub(crate) fn define_numbers(cx: &Ctx, module: Slot, numbers: &[(&str, i64)]) {
    numbers.iter().for_each(|(name, number)| cx.define(module, name, cx.int(*number)));
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    for table in [
        attributes::FUNCTIONS,
        descriptors::FUNCTIONS,
        devices::FUNCTIONS,
        facts::FUNCTIONS,
        files::FUNCTIONS,
        identity::FUNCTIONS,
        paths::FUNCTIONS,
        processes::FUNCTIONS,
        scan::FUNCTIONS,
        scheduling::FUNCTIONS,
        spawn::FUNCTIONS,
        stat::FUNCTIONS,
        timers::FUNCTIONS,
    ] {
        cx.define_functions(module, table);
    }
    scan::define(cx, module);
    records::STAT_RESULT.define(cx, module, "stat_result");
    records::STATVFS_RESULT.define(cx, module, "statvfs_result");
    records::TERMINAL_SIZE.define(cx, module, "terminal_size");
    records::TIMES_RESULT.define(cx, module, "times_result");
    records::UNAME_RESULT.define(cx, module, "uname_result");
    records::SCHED_PARAM.define(cx, module, "sched_param");
    records::WAITID_RESULT.define(cx, module, "waitid_result");
    define_numbers(cx, module, constants::CONSTANTS);
    let cx: &Ctx = cx;
    for (name, table) in [
        ("sysconf_names", names::SYSCONF_NAMES),
        ("confstr_names", names::CONFSTR_NAMES),
        ("pathconf_names", names::PATHCONF_NAMES),
    ] {
        let dict = Dict::alloc(cx);
        table.iter().for_each(|(name, number)| dict.set_name(cx, cx.intern(name), cx.int(i64::from(*number))));
        cx.define(module, name, Value::of(dict));
    }
    let found: Vec<Value<'_>> = FOUND.iter().map(|name| cx.str(name)).collect();
    cx.define(module, "_have_functions", Value::of(List::from_values(cx, &found)));
    cx.define(module, "environ", environment(cx));
    cx.define(module, "error", Value::of(cx.class(Builtin::OSError)));
    Ok(())
}

argil_interp::natives! {
    static FUNCTIONS = {
        /// Create the environment dictionary.
        fn _create_environ(cx) -> Value<'h> { Ok(environment(cx)) }
    }
}
