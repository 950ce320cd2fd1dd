//! The numbers of CPython's code for patterns, version 20230612.

/// The version of the code, which Lib's `re` compares with its own.
pub const MAGIC: i64 = 20_230_612;

/// "As often as it goes", as the upper bound of a repeat.
pub const MAXREPEAT: u32 = u32::MAX;

/// The most groups that a pattern may have.
pub const MAXGROUPS: i64 = 1_073_741_823;

/// An operation: <https://github.com/python/cpython/blob/3.14/Lib/re/_constants.py>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Failure,
    Success,
    Any,
    AnyAll,
    Assert,
    AssertNot,
    At,
    Branch,
    Category,
    Charset,
    BigCharset,
    GroupRef,
    GroupRefExists,
    In,
    Info,
    Jump,
    Literal,
    Mark,
    MaxUntil,
    MinUntil,
    NotLiteral,
    Negate,
    Range,
    Repeat,
    RepeatOne,
    Subpattern,
    MinRepeatOne,
    AtomicGroup,
    PossessiveRepeat,
    PossessiveRepeatOne,
    GroupRefIgnore,
    InIgnore,
    LiteralIgnore,
    NotLiteralIgnore,
    GroupRefLocIgnore,
    InLocIgnore,
    LiteralLocIgnore,
    NotLiteralLocIgnore,
    GroupRefUniIgnore,
    InUniIgnore,
    LiteralUniIgnore,
    NotLiteralUniIgnore,
    RangeUniIgnore,
}

impl Op {
    /// Every operation, by its number.
    const ALL: [Op; 43] = {
        use Op::*;
        [
            Failure,
            Success,
            Any,
            AnyAll,
            Assert,
            AssertNot,
            At,
            Branch,
            Category,
            Charset,
            BigCharset,
            GroupRef,
            GroupRefExists,
            In,
            Info,
            Jump,
            Literal,
            Mark,
            MaxUntil,
            MinUntil,
            NotLiteral,
            Negate,
            Range,
            Repeat,
            RepeatOne,
            Subpattern,
            MinRepeatOne,
            AtomicGroup,
            PossessiveRepeat,
            PossessiveRepeatOne,
            GroupRefIgnore,
            InIgnore,
            LiteralIgnore,
            NotLiteralIgnore,
            GroupRefLocIgnore,
            InLocIgnore,
            LiteralLocIgnore,
            NotLiteralLocIgnore,
            GroupRefUniIgnore,
            InUniIgnore,
            LiteralUniIgnore,
            NotLiteralUniIgnore,
            RangeUniIgnore,
        ]
    };

    /// The operation with a number.
    pub fn of(code: u32) -> Option<Op> {
        Op::ALL.get(code as usize).copied()
    }
}

/// A place that takes up no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Beginning,
    BeginningLine,
    BeginningString,
    Boundary,
    NonBoundary,
    End,
    EndLine,
    EndString,
    LocBoundary,
    LocNonBoundary,
    UniBoundary,
    UniNonBoundary,
}

impl At {
    const ALL: [At; 12] = {
        use At::*;
        [
            Beginning,
            BeginningLine,
            BeginningString,
            Boundary,
            NonBoundary,
            End,
            EndLine,
            EndString,
            LocBoundary,
            LocNonBoundary,
            UniBoundary,
            UniNonBoundary,
        ]
    };

    /// The place with a number.
    pub fn of(code: u32) -> Option<At> {
        At::ALL.get(code as usize).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_cpythons() {
        assert!(Op::ALL.iter().enumerate().all(|(number, op)| *op as usize == number));
        assert!(At::ALL.iter().enumerate().all(|(number, at)| *at as usize == number));
        let some = [(0, Op::Failure), (13, Op::In), (16, Op::Literal), (24, Op::RepeatOne), (42, Op::RangeUniIgnore)];
        assert!(some.iter().all(|(code, op)| Op::of(*code) == Some(*op)));
        assert_eq!(Op::of(43), None);
    }
}
