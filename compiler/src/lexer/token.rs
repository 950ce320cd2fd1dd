//! What the lexer yields.

use crate::source::Span;
use logos::Logos;

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// How many brackets are open after it.
    pub level: u8,
    /// Where it stands; empty for those that no character stands for.
    pub span: Span,
}

/// The kinds of tokens. Those with a pattern are found by the generated automaton; numbers and strings only begin
/// there, since their errors are too many for patterns; the rest are made by the lexer around it.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\x0C]+")]
pub(crate) enum TokenKind {
    /// The end of a logical line. As a pattern: the end of any line.
    #[regex(r"\r\n|\n|\r")]
    Newline,
    /// A line indented more than the one before.
    Indent,
    /// One level of indentation ends.
    Dedent,
    /// The end of the text.
    End,
    /// The end of the text, or of what could be read of it: the lexer has the error.
    Broken,

    /// A line break that ends no logical line; only in listings.
    BlankBreak,
    /// A comment; only in listings.
    #[regex(r"#[^\r\n]*", allow_greedy = true)]
    Comment,
    /// A backslash; never yielded.
    #[token("\\")]
    Backslash,
    /// A printable character that begins no token.
    #[regex(r"[$?`]")]
    Unknown,

    /// An identifier, soft keywords included.
    #[regex(r"[A-Za-z_\u{80}-\u{10FFFF}][A-Za-z0-9_\u{80}-\u{10FFFF}]*")]
    Name,
    /// A number. As a pattern: its first digit, or the point and digit it begins with.
    #[regex(r"\.?[0-9]")]
    Number,
    /// A string or bytes literal. As a pattern: its prefix and first quote.
    #[regex(r#"([bB]|[rR]|[uU]|[bB][rR]|[rR][bB])?['"]"#)]
    String,
    /// Prefix and opening quotes of an f-string. As a pattern: with one quote.
    #[regex(r#"([fF]|[fF][rR]|[rR][fF])['"]"#)]
    FStringStart,
    /// Text within an f-string; a doubled brace ends it and counts once.
    FStringMiddle,
    /// The closing quotes of an f-string.
    FStringEnd,
    /// Prefix and opening quotes of a t-string. As a pattern: with one quote.
    #[regex(r#"([tT]|[tT][rR]|[rR][tT])['"]"#)]
    TStringStart,
    /// Text within a t-string.
    TStringMiddle,
    /// The closing quotes of a t-string.
    TStringEnd,

    #[token("False")]
    False,
    #[token("None")]
    None,
    #[token("True")]
    True,
    #[token("and")]
    And,
    #[token("as")]
    As,
    #[token("assert")]
    Assert,
    #[token("async")]
    Async,
    #[token("await")]
    Await,
    #[token("break")]
    Break,
    #[token("class")]
    Class,
    #[token("continue")]
    Continue,
    #[token("def")]
    Def,
    #[token("del")]
    Del,
    #[token("elif")]
    Elif,
    #[token("else")]
    Else,
    #[token("except")]
    Except,
    #[token("finally")]
    Finally,
    #[token("for")]
    For,
    #[token("from")]
    From,
    #[token("global")]
    Global,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("in")]
    In,
    #[token("is")]
    Is,
    #[token("lambda")]
    Lambda,
    #[token("nonlocal")]
    Nonlocal,
    #[token("not")]
    Not,
    #[token("or")]
    Or,
    #[token("pass")]
    Pass,
    #[token("raise")]
    Raise,
    #[token("return")]
    Return,
    #[token("try")]
    Try,
    #[token("while")]
    While,
    #[token("with")]
    With,
    #[token("yield")]
    Yield,

    #[token("(")]
    LeftParen,
    #[token(")")]
    RightParen,
    #[token("[")]
    LeftBracket,
    #[token("]")]
    RightBracket,
    #[token("{")]
    LeftBrace,
    #[token("}")]
    RightBrace,
    #[token(":")]
    Colon,
    #[token(",")]
    Comma,
    #[token(";")]
    Semicolon,
    #[token(".")]
    Dot,
    #[token("...")]
    Ellipsis,
    #[token("->")]
    Arrow,
    #[token("!")]
    Exclamation,
    #[token("=")]
    Equal,
    #[token(":=")]
    ColonEqual,
    #[token("+")]
    Plus,
    #[token("-")]
    Minus,
    #[token("*")]
    Star,
    #[token("**")]
    DoubleStar,
    #[token("/")]
    Slash,
    #[token("//")]
    DoubleSlash,
    #[token("%")]
    Percent,
    #[token("@")]
    At,
    #[token("|")]
    Bar,
    #[token("^")]
    Caret,
    #[token("&")]
    Ampersand,
    #[token("~")]
    Tilde,
    #[token("<<")]
    LeftShift,
    #[token(">>")]
    RightShift,
    #[token("==")]
    EqualEqual,
    #[token("!=")]
    #[token("<>")]
    NotEqual,
    #[token("<")]
    Less,
    #[token("<=")]
    LessEqual,
    #[token(">")]
    Greater,
    #[token(">=")]
    GreaterEqual,
    #[token("+=")]
    PlusEqual,
    #[token("-=")]
    MinusEqual,
    #[token("*=")]
    StarEqual,
    #[token("**=")]
    DoubleStarEqual,
    #[token("/=")]
    SlashEqual,
    #[token("//=")]
    DoubleSlashEqual,
    #[token("%=")]
    PercentEqual,
    #[token("@=")]
    AtEqual,
    #[token("|=")]
    BarEqual,
    #[token("^=")]
    CaretEqual,
    #[token("&=")]
    AmpersandEqual,
    #[token("<<=")]
    LeftShiftEqual,
    #[token(">>=")]
    RightShiftEqual,
}
