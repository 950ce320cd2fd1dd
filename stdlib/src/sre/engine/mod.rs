//! The engine: runs the code that Lib's `re` compiles patterns to.
//!
//! A list of code is checked and translated once ([`lower`]) into a [`program`] of this engine's own instructions, which run
//! over bytes: UTF-8 for strings, so that positions are byte offsets and an ASCII text costs nothing extra. The [`machine`]
//! backtracks with a stack of its own, so neither the pattern nor the text decides how deep the Rust stack gets, and it can
//! pause anywhere: whoever runs it polls, and goes on.
//!
//! What makes it fast: the bytes that what follows can begin with ([`first`]) are known at each choice, so most choices are
//! none; an alternation looks its candidates up by the next byte ([`branches`]); a search jumps from candidate to candidate
//! with `memchr` ([`scan`]).
//!
//! What a group holds after backtracking is what CPython's engine leaves there, so saving and restoring marks follows its
//! rules: `lastmark` is the highest mark that is set, and what lies beyond it counts as unset.

pub mod branches;
pub mod classes;
pub mod first;
pub mod lower;
pub mod machine;
pub mod opcodes;
pub mod program;
pub mod repeat;
pub mod scan;
pub mod sets;
pub mod units;
