//! `_io`: the classes of files, which are the interpreter's.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::file::methods::DEFAULT_BUFFER_SIZE;
use argil_interp::types::file::methods::open::FUNCTIONS;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_io", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// The classes, each under its name.
const CLASSES: &[Builtin] = &[
    Builtin::BlockingIOError,
    Builtin::BufferedIoBase,
    Builtin::BufferedRandom,
    Builtin::BufferedReader,
    Builtin::BufferedRwPair,
    Builtin::BufferedWriter,
    Builtin::BytesIo,
    Builtin::FileIo,
    Builtin::IncrementalNewlineDecoder,
    Builtin::IoBase,
    Builtin::RawIoBase,
    Builtin::StringIo,
    Builtin::TextIoBase,
    Builtin::TextIoWrapper,
    Builtin::UnsupportedOperation,
];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let open = cx.interp().builtins(cx).names(cx).get_name(cx, cx.intern("open"));
    cx.define(module, "open", open.unwrap_or(Value::NONE));
    for class in CLASSES {
        let name = class.text().rsplit('.').next().unwrap_or_default();
        cx.define(module, name, Value::of(cx.class(*class)));
    }
    cx.define(module, "DEFAULT_BUFFER_SIZE", cx.uint(DEFAULT_BUFFER_SIZE as u64));
    Ok(())
}
