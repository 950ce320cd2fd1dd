//! Built-in functions, by family.

pub mod classes;
pub mod io;
pub mod iteration;
pub mod numbers;
pub mod objects;
pub mod site;
