//! What compilation yields: plain data, ready to be verified, printed, or loaded by an interpreter.

use crate::opcode::Instr;

/// A compiled module, function, class body or comprehension.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The name as `__name__` gives it: `<module>`, `<lambda>`, `<listcomp>` where the source gives none.
    pub name: Box<str>,
    /// The dotted name as `__qualname__` gives it.
    pub qualname: Box<str>,
    /// The docstring of a function.
    pub doc: Option<Box<str>>,
    /// What kind of code this is and how its parameters are laid out.
    pub flags: CodeFlags,
    /// How many parameters may be given by position, positional-only ones included. They are registers 0 and up.
    pub positional: u16,
    /// How many of those may not be given by name.
    pub positional_only: u16,
    /// How many keyword-only parameters follow in the registers. After them, if the flags say so, come the register of
    /// `*args` and that of `**kwargs`.
    pub keyword_only: u16,
    /// Names of the local variables, by register: parameters first.
    pub locals: Vec<Box<str>>,
    /// Names of the free variables. On entry, register `locals.len() + i` holds the cell of free variable i.
    pub free: Vec<Box<str>>,
    /// How many registers a frame has in all.
    pub registers: u16,
    /// The instructions. Those of a module leave its first register alone: with `LoadName` and its likes in place of
    /// `LoadGlobal` and its, it holds the mapping of `exec`'s local names.
    pub instrs: Vec<Instr>,
    /// The constants.
    pub consts: Vec<Const>,
    /// Sites: for each, the name that its instruction looks up. No two instructions share a site.
    pub sites: Vec<Box<str>>,
    /// The exception table, innermost ranges first.
    pub handlers: Vec<Handler>,
    /// Source positions, parallel to `instrs`.
    pub positions: Vec<Position>,
    /// Line of the definition, from 1.
    pub first_line: u32,
}

/// Properties of a [`Code`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeFlags {
    /// Has a parameter `*args`.
    pub var_args: bool,
    /// Has a parameter `**kwargs`.
    pub var_kwargs: bool,
    /// Calling it makes a generator.
    pub generator: bool,
    /// Calling it makes a coroutine; with `generator`, an asynchronous generator.
    pub coroutine: bool,
    /// A class body: register 0 is the mapping that receives its names.
    pub class_body: bool,
    /// Nested in another function, so that its frame may be named in `nonlocal` messages and its qualname has `<locals>`.
    pub nested: bool,
    /// A generator that may be awaited, as `types.coroutine` makes them.
    pub awaitable: bool,
}

/// A constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Const {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// `...`.
    Ellipsis,
    /// An integer that fits in 64 bits.
    Int(i64),
    /// A larger integer, in decimal digits, with a minus sign if negative.
    BigInt(Box<str>),
    /// A float.
    Float(f64),
    /// The imaginary part of a complex literal.
    Imaginary(f64),
    /// Another complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string; identifiers and attribute names too.
    Str(Box<str>),
    /// A bytes object.
    Bytes(Box<[u8]>),
    /// A tuple of constants.
    Tuple(Vec<Const>),
    /// A frozen set of constants: the right side of `x in {1, 2}`.
    FrozenSet(Vec<Const>),
    /// The code of a nested function or class.
    Code(Box<Code>),
}

/// One entry of the exception table: where an exception raised in a range of instructions goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First instruction of the range.
    pub start: u32,
    /// One past the last instruction of the range.
    pub end: u32,
    /// Where control goes.
    pub target: u32,
    /// The register that receives the exception.
    pub register: u16,
}

/// Where in the source an instruction comes from, as tracebacks show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// First line, from 1; 0 where there is none.
    pub line: u32,
    /// Last line.
    pub end_line: u32,
    /// Column of the first character, in bytes from 0.
    pub column: u32,
    /// Column after the last character, in bytes from 0.
    pub end_column: u32,
}
