//! An object graph as bytes, and back: identity and cycles survive, functions and classes travel with their code.
//!
//! A message is a list of *nodes*, one for each object, then the names of modules' name spaces, then the reference to the
//! root, and a hash of all that, so that a message that was cut or changed is never taken for one. A node is a tag, scalars that belong to the tag, references, and the object's own attributes as pairs of
//! references. What a node needs before it can exist (an instance its class, a class its bases, code its name space) has a
//! lower number; everything else may refer forwards. So the reader makes all objects in order, empty, then fills them, then
//! puts the entries into the dicts and sets whose keys it can hash only now. Nothing here recurses over the graph.
//!
//! Built-in and library classes and functions travel by name. A script's classes, functions and modules travel whole, with
//! the globals that the functions name, and bear the id of the interpreter in which they were made: coming home, they are
//! that interpreter's own objects again; arriving a second time, they are the first copy.

mod code;
mod decode;
mod encode;
mod home;
#[cfg(test)]
mod tests;
mod wire;

pub use decode::decode;
pub use encode::encode;
pub use home::Homes;
pub(super) use wire::{Malformed, Reader, Writer};

use crate::byte_enum::byte_enum;
use crate::ctx::Ctx;
use crate::shape::Birth;
use crate::value::Value;

/// How objects with native state cross to another process.
#[derive(Clone, Copy)]
pub struct Crossing {
    /// Takes an object apart: plain bytes, and the values that it refers to. `None` if this one cannot cross.
    pub save: for<'h> fn(&'h Ctx, Value<'h>) -> Option<Saved<'h>>,
    /// Makes the object from the bytes.
    pub restore: for<'h> fn(&'h Ctx, Birth, &[u8]) -> Option<Value<'h>>,
    /// Gives the object the values.
    pub fill: for<'h> fn(&'h Ctx, Value<'h>, &[Option<Value<'h>>]),
}

/// An object, taken apart.
#[derive(Default)]
pub struct Saved<'h> {
    /// Plain state.
    pub bytes: Vec<u8>,
    /// What it refers to; `None` for an empty field.
    pub values: Vec<Option<Value<'h>>>,
}

byte_enum! {
    /// What a node is.
    enum Tag {
        BigInt,
        IntBox,
        FloatBox,
        Complex,
        Str,
        Bytes,
        ByteArray,
        List,
        Tuple,
        Dict,
        Set,
        Range,
        Slice,
        Function,
        NativeFunction,
        BoundMethod,
        BuiltinClass,
        Library,
        Class,
        LibraryModule,
        Module,
        LibraryGlobals,
        Globals,
        Instance,
        Exception,
        Cell,
        Code,
        Property,
        ClassMethod,
        StaticMethod,
        Member,
        GenericAlias,
        Union,
        Native,
        Home,
    }
}
