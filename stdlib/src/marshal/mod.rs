//! `marshal`: values and code as bytes, in CPython's format but for code, which is Argil's own.

mod read;
mod write;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Slot};
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::bytes::buffer::Buffer;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "marshal",
    source: ModuleSource::Native {
        functions: FUNCTIONS,
        init: |cx, module| {
            cx.define(module, "version", cx.int(VERSION));
            Ok(())
        },
    },
};

/// The version of the format.
const VERSION: i64 = 5;
/// From this version on, what occurs more than once is written once.
const WITH_REFERENCES: i64 = 3;
/// From this version on, slices can be written.
const WITH_SLICES: i64 = 5;
/// How deep values may nest.
const DEPTH: u32 = 2000;
/// Set in a type code: the value can be referred to.
const REFERABLE: u8 = 0x80;

fn method(cx: &mut Ctx, object: Slot, name: &str) -> argil_interp::ctx::Res<Slot> {
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, object, name)
}

natives! {
    static FUNCTIONS = {
        /// Return the bytes object that would be written to a file by dump(value, file).
        fn dumps(cx; value: Value<'h>, version: i64 = VERSION; ; allow_code: bool = true) -> Value<'h> {
            Ok(cx.bytes(&write::write(cx, value, version, allow_code)?))
        }
        /// Convert the bytes-like object to a value.
        fn loads(cx; bytes: Buffer<'h>; ; allow_code: bool = true) -> Value<'h> {
            read::read(cx, &bytes, allow_code).map(|(value, _)| value)
        }
        /// Write the value on the open file.
        call fn dump(cx; value: Slot, file: Slot, version: i64 = VERSION; ; allow_code: bool = true) -> Slot {
            let bytes = write::write(cx, cx.get(value), version, allow_code)?;
            let bytes = cx.root(cx.bytes(&bytes));
            cx.call_method(file, Name::write, &[bytes])
        }
        /// Read one value from the open file and return it.
        call fn load(cx; file: Slot; ; allow_code: bool = true) -> Slot {
            let read = method(cx, file, "read")?;
            let bytes = cx.call(read, &[])?;
            let Some(content) = ByteArray::contents(cx.get(bytes)).map(|bytes| bytes.into_owned()) else {
                let got = cx.type_name(cx.get(bytes));
                return Err(cx.type_error(format!("file.read() returned not bytes but {got}")));
            };
            let (value, used) = read::read(cx, &content, allow_code)?;
            let (value, left) = (cx.root(value), content.len() - used);
            if left > 0 {
                // What follows is the next reader's.
                let seek = method(cx, file, "seek")?;
                let (back, from_here) = (cx.root(cx.int(-(left as i64))), cx.root(cx.int(1)));
                cx.call(seek, &[back, from_here])?;
            }
            Ok(value)
        }
    }
}
