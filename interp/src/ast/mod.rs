//! The syntax tree as scripts see it: what the library's `_ast` holds, and the ways between it and the compiler's tree.
//!
//! [`grammar`] says which classes of nodes there are; [`classes`] makes them, [`node`] holds what all have.

pub mod classes;
pub mod grammar;
pub mod node;
