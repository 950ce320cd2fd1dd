//! The instruction set: one table from which the encoder, the disassembler, the verifier and the documentation are made.
//!
//! An instruction is one 64-bit word: `op:8 x:8 a:16 b:16 c:16`, lowest bits first. Sixteen-bit operands mean that no
//! function needs wide forms or register spilling; one word means that quickening is a single atomic store.
//! `b` and `c` together hold a signed 32-bit number where an operand is called `bc`.
//!
//! `R[n]` is register n of the frame, `K[n]` constant n of the code object, `S[n]` its site n: a name with an inline cache.
//! A jump is relative to the instruction that follows it. A *window* is a run of consecutive registers.
//! Every backward jump is a safepoint, and so is every call.

/// What an operand field means, as the verifier and the disassembler need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// Not used; zero.
    None,
    /// A register that is written.
    Def,
    /// A register that is read; it must be bound unless the instruction says otherwise.
    Use,
    /// A register that is read and may be unbound.
    MaybeUnset,
    /// A register that is read and written.
    Change,
    /// The first of this many registers that are read or written.
    Window(u8),
    /// The first of a run of registers that are read; the next operand says how many.
    Run,
    /// The first of a run of registers that are written; the next operand says how many.
    DefRun,
    /// An index of a constant.
    Const,
    /// An index of a site.
    Site,
    /// How many registers the run before it has, and nothing else.
    Size,
    /// How many of what the word says, or which.
    Count(&'static str),
    /// The number of one of these words; an empty one goes without saying.
    Choice(&'static [&'static str]),
    /// A signed jump distance.
    Jump,
    /// A signed immediate number.
    Imm,
}

/// How control leaves an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Goes on to the next instruction, and cannot raise.
    Next,
    /// Goes on to the next instruction, or raises.
    Raises,
    /// Goes on to the next instruction or to the jump's target, or raises.
    Branches,
    /// Always jumps.
    Jumps,
    /// Leaves the frame for good, or raises: nothing follows.
    Leaves,
}

/// The shape of one instruction.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// The name that the disassembler prints.
    pub name: &'static str,
    /// The meaning of field `a`.
    pub a: Operand,
    /// The meaning of field `b`; where `c` is absent and this is [`Operand::Jump`] or [`Operand::Imm`], of `b` and `c` together.
    pub b: Operand,
    /// The meaning of field `c`.
    pub c: Operand,
    /// The meaning of field `x`.
    pub x: Operand,
    /// How control leaves.
    pub effect: Effect,
    /// One line of prose.
    pub prose: &'static str,
}

const BOOL: Operand = Operand::Choice(&["False", "True"]);
const ASYNC: Operand = Operand::Choice(&["", "async"]);
const AWAITED: Operand = Operand::Choice(&["", "of __aenter__", "of __aexit__"]);
const COMMON: Operand = Operand::Choice(&[
    "BuildClass",
    "AssertionError",
    "Ellipsis",
    "Globals",
    "StopAsyncIteration",
    "TypeParameter",
    "TypeAlias",
    "GenericBase",
    "Template",
    "Interpolation",
    "Display",
]);
const CONVERSION: Operand = Operand::Choice(&["", "!s", "!r", "!a"]);
const FREE: Operand = Operand::Choice(&["", "free"]);
const DECLARED: Operand = Operand::Choice(&["", "declared"]);
const IN_PLACE: Operand = Operand::Choice(&["", "in place"]);
const NOT: Operand = Operand::Choice(&["", "not"]);

macro_rules! opcodes {
    ($($name:ident ($a:expr, $b:expr, $c:expr, $x:expr) $effect:ident $prose:literal;)*) => {
        /// One instruction of the virtual machine; [`Opcode::info`] describes each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Opcode { $(#[doc = concat!("`` ", $prose, " ``")] $name,)* }

        impl Opcode {
            /// Every opcode, in numeric order.
            pub const ALL: &'static [Opcode] = &[$(Opcode::$name,)*];

            /// The instruction's operands, effect and prose.
            pub const fn info(self) -> Info {
                use Operand::*;
                match self {
                    $(Opcode::$name => Info {
                        name: stringify!($name), a: $a, b: $b, c: $c, x: $x,
                        effect: Effect::$effect, prose: $prose,
                    },)*
                }
            }
        }

        /// Calls the macro `$then` with the name of every opcode, so that an interpreter's tables cannot miss one.
        #[macro_export]
        macro_rules! for_each_opcode {
            ($then:ident) => { $then! { $($name)* } };
        }
    };
}

opcodes! {
    // Moving values.
    Move(Def, Use, None, None) Next "R[a] = R[b]";
    LoadConst(Def, Const, None, None) Next "R[a] = K[b]";
    LoadInt(Def, Imm, None, None) Next "R[a] = bc";
    LoadNone(Def, None, None, None) Next "R[a] = None";
    LoadBool(Def, None, None, BOOL) Next "R[a] = x != 0";
    LoadCommon(Def, None, None, COMMON) Raises "R[a] = the interpreter's own value number x (see `Common`)";
    CheckBound(MaybeUnset, Const, None, None) Raises "raise UnboundLocalError for the name K[b] if R[a] is unbound";
    Unset(Def, None, None, None) Next "R[a] becomes unbound";

    // Cells, globals, names in a class body.
    MakeCell(MaybeUnset, None, None, None) Next "R[a] = a new cell that holds what R[a] held, or nothing";
    LoadDeref(Def, Use, Const, FREE) Raises "R[a] = what cell R[b] holds; NameError or UnboundLocalError for K[c] if nothing (x = 1: free)";
    StoreDeref(Use, Use, None, None) Raises "cell R[a] holds R[b]";
    DeleteDeref(Use, Const, None, FREE) Raises "cell R[a] holds nothing; NameError for K[b] if it held nothing (x = 1: free)";
    LoadGlobal(Def, Site, None, DECLARED) Raises "R[a] = the global or built-in S[b] (x = 1: a module declares it global)";
    StoreGlobal(Use, Site, None, DECLARED) Raises "global S[b] = R[a]";
    DeleteGlobal(None, Site, None, DECLARED) Raises "delete global S[b]";
    LoadName(Def, Use, Site, None) Raises "R[a] = S[c] looked up in the mapping R[b], then as a global, then as a built-in";
    LoadNameDeref(Def, Use, Const, Use) Raises "R[a] = K[c] looked up in the mapping R[b], then in the cell R[x]";
    StoreName(Use, Use, Site, None) Raises "R[b][S[c]] = R[a] for a mapping of names";
    DeleteName(None, Use, Site, None) Raises "delete S[c] from the mapping R[b]; NameError if it is missing";

    // Attributes and items.
    LoadAttr(Def, Use, Site, None) Raises "R[a] = R[b].S[c]";
    StoreAttr(Use, Use, Site, None) Raises "R[a].S[c] = R[b]";
    DeleteAttr(Use, Site, None, None) Raises "delete R[a].S[b]";
    LoadMethod(Window(2), Use, Site, None) Raises "R[a], R[a+1] = the function S[c] of R[b] and R[b]; or the attribute and unbound";
    LoadItem(Def, Use, Use, None) Raises "R[a] = R[b][R[c]]";
    LoadItemK(Def, Use, Const, None) Raises "R[a] = R[b][K[c]]";
    StoreItem(Use, Use, Use, None) Raises "R[a][R[b]] = R[c]";
    DeleteItem(Use, Use, None, None) Raises "delete R[a][R[b]]";
    BuildSlice(Def, Window(3), None, None) Next "R[a] = slice(R[b], R[b+1], R[b+2])";

    // Operators; x = 1 marks the in-place form.
    Add(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] + R[c]";
    Sub(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] - R[c]";
    Mul(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] * R[c]";
    TrueDiv(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] / R[c]";
    FloorDiv(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] // R[c]";
    Mod(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] % R[c]";
    Pow(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] ** R[c]";
    MatMul(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] @ R[c]";
    LShift(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] << R[c]";
    RShift(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] >> R[c]";
    BitAnd(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] & R[c]";
    BitOr(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] | R[c]";
    BitXor(Def, Use, Use, IN_PLACE) Raises "R[a] = R[b] ^ R[c]";
    AddK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] + K[c]";
    SubK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] - K[c]";
    MulK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] * K[c]";
    TrueDivK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] / K[c]";
    FloorDivK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] // K[c]";
    ModK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] % K[c]";
    PowK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] ** K[c]";
    LShiftK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] << K[c]";
    RShiftK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] >> K[c]";
    BitAndK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] & K[c]";
    BitOrK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] | K[c]";
    BitXorK(Def, Use, Const, IN_PLACE) Raises "R[a] = R[b] ^ K[c]";
    Neg(Def, Use, None, None) Raises "R[a] = -R[b]";
    Pos(Def, Use, None, None) Raises "R[a] = +R[b]";
    Invert(Def, Use, None, None) Raises "R[a] = ~R[b]";
    Not(Def, Use, None, None) Raises "R[a] = not R[b]";
    Lt(Def, Use, Use, None) Raises "R[a] = R[b] < R[c]";
    Le(Def, Use, Use, None) Raises "R[a] = R[b] <= R[c]";
    Gt(Def, Use, Use, None) Raises "R[a] = R[b] > R[c]";
    Ge(Def, Use, Use, None) Raises "R[a] = R[b] >= R[c]";
    Eq(Def, Use, Use, None) Raises "R[a] = R[b] == R[c]";
    Ne(Def, Use, Use, None) Raises "R[a] = R[b] != R[c]";
    Is(Def, Use, Use, NOT) Next "R[a] = R[b] is R[c]; x = 1: is not";
    Contains(Def, Use, Use, NOT) Raises "R[a] = R[b] in R[c]; x = 1: not in";

    // Jumps; each backward jump polls.
    Jump(None, Jump, None, None) Jumps "go on at bc";
    JumpIfTrue(Use, Jump, None, None) Branches "go on at bc if R[a] is true";
    JumpIfFalse(Use, Jump, None, None) Branches "go on at bc if R[a] is false";
    JumpIfNone(Use, Jump, None, None) Branches "go on at bc if R[a] is None";
    JumpIfNotNone(Use, Jump, None, None) Branches "go on at bc if R[a] is not None";
    JumpLt(Use, Use, Jump, None) Branches "go on at c if R[a] < R[b]";
    JumpLe(Use, Use, Jump, None) Branches "go on at c if R[a] <= R[b]";
    JumpGt(Use, Use, Jump, None) Branches "go on at c if R[a] > R[b]";
    JumpGe(Use, Use, Jump, None) Branches "go on at c if R[a] >= R[b]";
    JumpEq(Use, Use, Jump, None) Branches "go on at c if R[a] == R[b]";
    JumpNe(Use, Use, Jump, None) Branches "go on at c if R[a] != R[b]";
    JumpNotLt(Use, Use, Jump, None) Branches "go on at c if not R[a] < R[b]";
    JumpNotLe(Use, Use, Jump, None) Branches "go on at c if not R[a] <= R[b]";
    JumpNotGt(Use, Use, Jump, None) Branches "go on at c if not R[a] > R[b]";
    JumpNotGe(Use, Use, Jump, None) Branches "go on at c if not R[a] >= R[b]";
    JumpNotEq(Use, Use, Jump, None) Branches "go on at c if not R[a] == R[b]";
    JumpNotNe(Use, Use, Jump, None) Branches "go on at c if not R[a] != R[b]";
    JumpLtK(Use, Const, Jump, None) Branches "go on at c if R[a] < K[b]";
    JumpLeK(Use, Const, Jump, None) Branches "go on at c if R[a] <= K[b]";
    JumpGtK(Use, Const, Jump, None) Branches "go on at c if R[a] > K[b]";
    JumpGeK(Use, Const, Jump, None) Branches "go on at c if R[a] >= K[b]";
    JumpEqK(Use, Const, Jump, None) Branches "go on at c if R[a] == K[b]";
    JumpNeK(Use, Const, Jump, None) Branches "go on at c if R[a] != K[b]";
    JumpNotLtK(Use, Const, Jump, None) Branches "go on at c if not R[a] < K[b]";
    JumpNotLeK(Use, Const, Jump, None) Branches "go on at c if not R[a] <= K[b]";
    JumpNotGtK(Use, Const, Jump, None) Branches "go on at c if not R[a] > K[b]";
    JumpNotGeK(Use, Const, Jump, None) Branches "go on at c if not R[a] >= K[b]";
    JumpNotEqK(Use, Const, Jump, None) Branches "go on at c if not R[a] == K[b]";
    JumpNotNeK(Use, Const, Jump, None) Branches "go on at c if not R[a] != K[b]";

    // Iteration and unpacking.
    GetIter(Def, Use, None, None) Raises "R[a] = iter(R[b])";
    ForIter(Def, Use, Jump, None) Branches "R[a] = next(R[b]), or go on at c when it is exhausted";
    ForIterBack(Def, Use, Jump, None) Branches "R[a] = next(R[b]) and go on at c, unless it is exhausted: the bottom of a loop that ForIter entered";
    UnpackSequence(DefRun, Size, Use, None) Raises "R[a], R[a+1], ... = R[c], which must yield exactly b values";
    UnpackEx(DefRun, Count("before"), Use, Count("after")) Raises "the same with a starred target: b values before it, a list, x values after it (b + 1 + x registers)";

    // Patterns.
    JumpIfNotSequence(Use, Jump, None, None) Branches "go on at bc unless R[a] is a sequence as patterns mean it";
    JumpIfNotMapping(Use, Jump, None, None) Branches "go on at bc unless R[a] is a mapping as patterns mean it";
    Length(Def, Use, None, None) Raises "R[a] = len(R[b])";
    MatchKeys(Def, Use, Use, None) Raises "R[a] = a tuple of what the mapping R[b] has under the keys of the tuple R[c]; None if one is missing";
    MatchClass(Change, Use, Const, Count("positional")) Raises "R[a] = a tuple of what the class R[a] lets x positional patterns and the attributes K[c] see of R[b]; None if it is no instance";

    // Building.
    BuildTuple(Def, Run, Size, None) Next "R[a] = (R[b], ...), c values";
    BuildList(Def, Run, Size, None) Next "R[a] = [R[b], ...], c values";
    BuildSet(Def, Run, Size, None) Raises "R[a] = {R[b], ...}, c values";
    BuildDict(Def, Run, Size, None) Raises "R[a] = {R[b]: R[b+1], ...}, c registers (two a pair)";
    BuildString(Def, Run, Size, None) Next "R[a] = the strings R[b], ... joined, c of them";
    FormatValue(Def, Use, MaybeUnset, CONVERSION) Raises "R[a] = format(R[b], R[c] or '' if unbound); x: conversion, 0 none, 1 str, 2 repr, 3 ascii";
    FormatSimple(Def, Use, None, CONVERSION) Raises "R[a] = format(R[b]); x as in FormatValue";
    ListAppend(Use, Use, None, None) Next "append R[b] to the list R[a]";
    ListExtend(Use, Use, None, None) Raises "extend the list R[a] by the iterable R[b]";
    ListToTuple(Def, Use, None, None) Next "R[a] = tuple(R[b]) of a list";
    SetAdd(Use, Use, None, None) Raises "add R[b] to the set R[a]";
    SetUpdate(Use, Use, None, None) Raises "add all of the iterable R[b] to the set R[a]";
    DictInsert(Use, Use, Use, None) Raises "R[a][R[b]] = R[c] for a dict under construction";
    DictUpdate(Use, Use, None, None) Raises "update the dict R[a] from the mapping R[b] (`{**m}`)";
    DictMerge(Use, Use, Use, None) Raises "the same for the keyword arguments of a call to R[c]: a repeated name is a TypeError";

    // Functions and calls.
    MakeFunction(Def, Const, Window(4), None) Next "R[a] = function of code K[b]; R[c] defaults tuple, R[c+1] keyword defaults dict, R[c+2] tuple of cells, R[c+3] annotate function; each may be unbound";
    Call(Run, Count("args"), None, None) Raises "R[a] = R[a](R[a+1], ...), b arguments";
    CallKw(Run, Count("args"), Const, None) Raises "the same, the last len(K[c]) of the b arguments named by the tuple K[c]";
    CallMethod(Run, Count("args"), None, None) Raises "R[a] = R[a](R[a+1] unless unbound, R[a+2], ...), b arguments without R[a+1]";
    CallMethodKw(Run, Count("args"), Const, None) Raises "the same, the last len(K[c]) of the b arguments named by the tuple K[c]";
    CallEx(Window(3), None, None, None) Raises "R[a] = R[a](*R[a+1], **R[a+2]): any iterable, mostly a tuple, and any mapping, mostly a dict, or unbound";
    Return(Use, None, None, None) Leaves "return R[a]";
    ReturnNone(None, None, None, None) Leaves "return None";
    Yield(Def, Use, None, None) Raises "suspend with R[b]; R[a] = what was sent";
    YieldFrom(Def, Change, Change, None) Raises "delegate to the iterator R[b] until it is exhausted, passing on what is sent, R[c]: None at first; R[a] = its return value";
    GetYieldFromIter(Def, Use, None, None) Raises "R[a] = R[b] if it is a generator, else iter(R[b])";
    GetAwaitable(Def, Use, None, AWAITED) Raises "R[a] = an iterator over what awaiting R[b] yields, for YieldFrom; x: what R[b] came from";
    GetAsyncIter(Def, Use, None, None) Raises "R[a] = aiter(R[b])";
    GetAsyncNext(Def, Use, None, None) Raises "R[a] = an iterator over what awaiting the next element of R[b] yields";
    WrapYield(Def, Use, None, None) Next "R[a] = R[b] as an asynchronous generator yields it, other than what it awaits yields";
    ImportName(Def, Const, Const, Count("level")) Raises "R[a] = import module K[b] at level x with the from-list K[c] (None or a tuple)";
    ImportFrom(Def, Use, Site, None) Raises "R[a] = R[b].S[c], or the submodule; ImportError if neither";
    ImportStar(None, Use, None, None) Raises "bind every public name of module R[b] as a global";

    // Exceptions and context managers.
    Raise(Use, None, None, None) Leaves "raise R[a]";
    RaiseFrom(Use, Use, None, None) Leaves "raise R[a] from R[b]";
    RaiseCurrent(None, None, None, None) Leaves "raise the exception being handled again (a bare `raise`)";
    Reraise(Use, None, None, None) Leaves "go on propagating R[a], whose traceback stays";
    EnterHandler(Window(2), None, None, None) Next "R[a] becomes the exception being handled; R[a+1] = the one before it";
    LeaveHandler(Window(2), None, None, None) Next "R[a+1] becomes the exception being handled again";
    MatchException(Def, Use, Use, None) Raises "R[a] = whether the exception R[b] matches the class or tuple R[c]";
    SplitException(Window(2), Use, Use, None) Raises "R[a] = the part of the exception R[b] that is of the class or tuple R[c], as a group; R[a+1] = the rest; None for what is empty";
    JoinExceptions(Def, Use, Use, None) Raises "R[a] = what remains of the exception R[b] when clauses `except*` left or raised those of the list R[c]; None if nothing";
    PrepareWith(Window(4), Use, None, ASYNC) Raises "R[a], R[a+1] = the function __exit__ of R[b] and R[b]; R[a+2], R[a+3] = the same for __enter__ (for CallMethod); x = 1: __aexit__, __aenter__";
    ExceptionTriple(Window(3), Use, None, None) Next "R[a], R[a+1], R[a+2] = type, value and traceback of the exception R[b]";
}

/// The values that [`Opcode::LoadCommon`] loads, by the names that its row gives them. Rebinding a built-in name affects none but the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Common {
    /// The function that makes a class from its body: the built-in name `__build_class__`.
    BuildClass,
    /// The class `AssertionError`.
    AssertionError,
    /// `Ellipsis`.
    Ellipsis,
    /// The name space of the running class body's or function's module, as `globals()` gives it.
    Globals,
    /// The class `StopAsyncIteration`.
    StopAsyncIteration,
    /// The function that makes a type parameter of its kind (see `codegen/generics.rs`), its name, and the functions that
    /// evaluate its bound or constraints and its default, or None.
    TypeParameter,
    /// The function that makes a type alias of its name, its type parameters and the function that evaluates it.
    TypeAlias,
    /// The function that gives the base that a generic class has by its type parameters.
    GenericBase,
    /// The class of template strings.
    Template,
    /// The class of what stands in the braces of a template string.
    Interpolation,
    /// The function that shows a value as the prompt does, by `sys.displayhook`.
    Display,
}

impl Opcode {
    /// The opcode with this number, if there is one.
    pub fn from_byte(byte: u8) -> Option<Opcode> {
        Self::ALL.get(usize::from(byte)).copied()
    }
}

/// One encoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Instr(pub u64);

impl From<u64> for Instr {
    #[inline]
    fn from(word: u64) -> Instr {
        Instr(word)
    }
}

impl Instr {
    /// Encodes an instruction from its fields.
    pub const fn new(op: Opcode, x: u8, a: u16, b: u16, c: u16) -> Instr {
        Instr(op as u64 | (x as u64) << 8 | (a as u64) << 16 | (b as u64) << 32 | (c as u64) << 48)
    }

    /// Encodes an instruction whose `b` and `c` are one signed number.
    pub const fn wide(op: Opcode, a: u16, bc: i32) -> Instr {
        Instr(op as u64 | (a as u64) << 16 | (bc as u32 as u64) << 32)
    }

    /// The number of the opcode.
    #[inline(always)]
    pub const fn op_byte(self) -> u8 {
        self.0 as u8
    }

    /// Field `x`.
    #[inline(always)]
    pub const fn x(self) -> u8 {
        (self.0 >> 8) as u8
    }

    /// Field `a`.
    #[inline(always)]
    pub const fn a(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// Field `b`.
    #[inline(always)]
    pub const fn b(self) -> u16 {
        (self.0 >> 32) as u16
    }

    /// Field `c`.
    #[inline(always)]
    pub const fn c(self) -> u16 {
        (self.0 >> 48) as u16
    }

    /// Field `c` as a signed jump distance.
    #[inline(always)]
    pub const fn c_signed(self) -> i16 {
        self.c() as i16
    }

    /// Fields `b` and `c` as one signed number.
    #[inline(always)]
    pub const fn bc(self) -> i32 {
        (self.0 >> 32) as i32
    }

    /// The opcode; `None` if the byte is none.
    pub fn opcode(self) -> Option<Opcode> {
        Opcode::from_byte(self.op_byte())
    }

    /// Where the instruction at offset `at` jumps, if it can; that need not lie in the code.
    pub fn jump_target(self, at: usize) -> Option<i64> {
        let info = self.opcode()?.info();
        let distance = match (info.b, info.c) {
            (Operand::Jump, _) => i64::from(self.bc()),
            (_, Operand::Jump) => i64::from(self.c_signed()),
            _ => return None,
        };
        Some(at as i64 + 1 + distance)
    }
}
