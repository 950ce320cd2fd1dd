//! Files. Their layers are those of CPython's `_io`: a [`descriptor`], the [buffers](below) over it, and text over those. What a
//! file holds for the layer below lies outside the heap, so that it can be written when the object is gone.

pub mod below;
pub mod descriptor;
pub mod methods;
pub mod open_files;
pub mod turn;
