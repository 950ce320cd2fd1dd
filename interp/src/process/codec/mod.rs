//! An object graph as bytes, and back: identity and cycles survive, functions and classes travel with their code.
//!
//! A message begins with the version of the format and ends with a hash, so that one that was cut or changed is never taken
//! for one. Between them are the modules to import, a list of *nodes*, one for each object, the names of modules' name spaces,
//! and the reference to the root. A node is a tag, scalars that belong to the tag, references, and the object's own attributes
//! as pairs of references. What a node needs before it can exist (an instance its class, a class its bases, code its name
//! space) has a lower number; everything else may refer forwards. So the reader makes all objects in order, empty, then fills
//! them. What runs code of the script comes last: putting entries into dicts and sets, whose keys must be hashed, and making
//! those objects that methods of the script's have taken apart (`reduce.rs`). Nothing here recurses over the graph.
//!
//! `encode.rs` and `decode.rs` walk; what a node of some kind says, and how it is made and filled, stands in the file of the
//! kind, both directions side by side.
//!
//! Built-in and library classes and functions travel by name. A script's classes, functions and modules travel whole, with
//! the globals that the functions name, and bear the id of the interpreter in which they were made: coming home, they are
//! that interpreter's own objects again; arriving a second time, they are the first copy.

mod callables;
mod classes;
mod containers;
mod decode;
mod encode;
mod exceptions;
mod home;
mod modules;
mod plain;
mod reduce;
mod schedule;
#[cfg(test)]
mod tests;
mod wire;

pub use decode::decode;
pub use encode::encode;
pub use home::Homes;
pub(super) use wire::{Fault, Malformed, ReadMessage, Reader, VERSION, Writer, explain};

use crate::byte_enum::byte_enum;
use crate::object::Kind;

/// Layouts that travel alike.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    /// Numbers, texts, and what is made of nothing else: `plain.rs`.
    Plain,
    /// `containers.rs`.
    Container,
    /// Functions and what they are made of: `callables.rs`.
    Callable,
    /// `classes.rs`.
    Class,
    /// `modules.rs`.
    Module,
    Instance,
    /// `exceptions.rs`.
    Exception,
    /// As its type's [`Crossing`] says.
    Native,
    /// What cannot cross: where an iteration stands, and what is no value of its own.
    Stays,
}

impl Family {
    fn of(kind: Kind) -> Family {
        match kind {
            Kind::BigInt | Kind::IntBox | Kind::FloatBox | Kind::Complex => Family::Plain,
            Kind::Str | Kind::Bytes | Kind::Range | Kind::Slice => Family::Plain,
            Kind::List | Kind::Tuple | Kind::Dict | Kind::Set => Family::Container,
            Kind::Function | Kind::NativeFunction | Kind::BoundMethod | Kind::Cell | Kind::Code => Family::Callable,
            Kind::Class => Family::Class,
            Kind::Module => Family::Module,
            Kind::Instance => Family::Instance,
            Kind::Exception => Family::Exception,
            Kind::Native => Family::Native,
            Kind::Generator | Kind::Frame | Kind::Iter => Family::Stays,
            Kind::Free | Kind::Global | Kind::Storage | Kind::Table | Kind::SetTable | Kind::TextBuffer => {
                Family::Stays
            }
        }
    }
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
        Native,
        Reduced,
        Singleton,
        Home,
    }
}
