//! The syntax tree as scripts see it: what the library's `_ast` holds, and the ways between it and the compiler's tree.
//!
//! [`grammar`] says which classes of nodes there are; [`classes`] makes them, [`node`] holds what all have; [`to_objects`]
//! makes objects of what was parsed, and [`from_objects`] reads them back.

pub mod classes;
pub mod from_objects;
pub mod grammar;
pub mod node;
pub mod to_objects;
