//! The built-in types: one file (or folder) each for its layout, its methods and its line in [`Builtin`](crate::builtin::Builtin).

pub mod bytearray;
pub mod bytes;
pub mod cell;
pub mod class;
pub mod code;
pub mod complex;
pub mod descriptor;
pub mod dict;
pub mod exception;
pub mod file;
pub mod float;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod instance;
pub mod int;
pub mod iter;
pub mod list;
pub mod mapping_proxy;
pub mod memory_view;
pub mod module;
pub mod native;
pub mod object;
pub mod range;
pub mod set;
pub mod slice;
pub mod storage;
pub mod str;
pub mod super_object;
pub mod tuple;

use std::mem::size_of;

use crate::object::{Header, HeapType, Kind};
use crate::value::Value;

/// Bytes of an object of a built-in kind, without the trailing field that instances of subclasses have.
pub(crate) fn size_without_trailing(header: &Header) -> usize {
    // SAFETY: a reference to a header is a reference to its object.
    let value: Value<'_> = unsafe { Value::from_word(crate::value::Word::from_ptr(header)) };
    let extra = match header.kind() {
        Kind::Str => size_of::<str::Str>() + value.cast::<str::Str>().map_or(0, str::Str::extra_bytes),
        Kind::Bytes => size_of::<bytes::Bytes>() + value.as_bytes().map_or(0, <[u8]>::len),
        Kind::Tuple => size_of::<tuple::Tuple>() + header.aux() as usize * 8,
        Kind::Native => {
            size_of::<native::Native>() + value.cast::<native::Native>().map_or(0, native::Native::extra_bytes)
        }
        Kind::IntBox => size_of::<int::IntBox>(),
        Kind::FloatBox => size_of::<float::FloatBox>(),
        Kind::Complex => size_of::<complex::Complex>(),
        Kind::List => size_of::<list::List>(),
        Kind::Dict => size_of::<dict::Dict>(),
        Kind::Set => size_of::<set::Set>(),
        Kind::Iter => size_of::<iter::Iter>(),
        Kind::Module => size_of::<module::Module>(),
        Kind::Class => size_of::<class::Class>(),
        kind => unreachable!("no subclass has instances of kind {kind:?}"),
    };
    extra.next_multiple_of(8)
}

/// The header of a typed object.
pub fn header_of<T: HeapType>(object: &T) -> &Header {
    object.header()
}
