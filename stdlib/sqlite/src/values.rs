//! Values of the engine.

use std::ffi::c_int;

use libsqlite3_sys as ffi;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `NULL`.
    Null,
    /// An integer.
    Integer(i64),
    /// A float.
    Real(f64),
    /// Text: bytes that should be UTF-8.
    Text(Vec<u8>),
    /// Bytes.
    Blob(Vec<u8>),
}

/// A copy of so many bytes; of none, nothing is read.
///
/// # Safety
/// The pointer is null, or so many bytes lie there.
pub(crate) unsafe fn copied(pointer: *const u8, count: c_int) -> Vec<u8> {
    if pointer.is_null() || count <= 0 {
        return Vec::new();
    }
    // SAFETY: the caller says so.
    unsafe { std::slice::from_raw_parts(pointer, count as usize) }.to_vec()
}

/// The value that the engine passes.
///
/// # Safety
/// The engine's value is valid for the call.
pub(crate) unsafe fn of(value: *mut ffi::sqlite3_value) -> Value {
    // SAFETY: the value is valid; the kind says which of the accessors applies, and the text or blob is asked for before its
    // length, as the engine wants it.
    unsafe {
        match ffi::sqlite3_value_type(value) {
            ffi::SQLITE_INTEGER => Value::Integer(ffi::sqlite3_value_int64(value)),
            ffi::SQLITE_FLOAT => Value::Real(ffi::sqlite3_value_double(value)),
            ffi::SQLITE_TEXT => {
                let text = ffi::sqlite3_value_text(value);
                Value::Text(copied(text, ffi::sqlite3_value_bytes(value)))
            }
            ffi::SQLITE_BLOB => {
                let bytes = ffi::sqlite3_value_blob(value);
                Value::Blob(copied(bytes.cast(), ffi::sqlite3_value_bytes(value)))
            }
            _ => Value::Null,
        }
    }
}
