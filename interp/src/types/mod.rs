//! The built-in types: one file (or folder) each for its layout, its methods and its line in [`Builtin`](crate::builtin::Builtin).

pub mod array;
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
pub(crate) mod finaliser;
pub mod float;
pub mod frame;
pub mod function;
pub mod generator;
pub mod generic_alias;
pub mod instance;
pub mod int;
pub mod iter;
pub mod list;
pub mod mapped;
pub mod mapping_proxy;
pub mod memory_view;
pub mod module;
pub mod native;
pub mod object;
pub mod range;
pub mod set;
pub mod shares;
pub mod slice;
pub mod storage;
pub mod str;
pub mod super_object;
pub mod template;
pub mod traceback;
pub mod tuple;
pub mod type_parameter;
pub mod weak;

use crate::object::{Header, HeapType};

/// The header of a typed object.
pub fn header_of<T: HeapType>(object: &T) -> &Header {
    object.header()
}
