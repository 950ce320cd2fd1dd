//! Whatever the text, the parser ends with a tree or an error: it does not panic, overflow the stack, or take for ever.

use argil_compiler::{parse, parse_expression};
use proptest::prelude::*;

/// Pieces of which texts are made that are nearly programs.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    ";",
    ".",
    "...",
    "->",
    "!",
    "=",
    ":=",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    "@",
    "|",
    "&",
    "~",
    "<",
    "==",
    "+=",
    "\\",
    "\\\n",
    "$",
    "?",
    "\n",
    "\n",
    "\n ",
    "\n  ",
    "\n\t",
    "\r\n",
    "\u{c}",
    "#a\n",
    "a",
    "b",
    "_",
    "é",
    "€",
    "print",
    "match",
    "case",
    "type",
    "0",
    "1.5",
    "0x",
    "1j",
    "1_",
    "09",
    "'s'",
    "b'\\x'",
    "'''",
    "\"",
    "f'",
    "f\"{",
    "f'''",
    "t'{",
    "{a!r:>{b}}",
    "'",
    "u'\\N{a}'",
    "if",
    "elif",
    "else",
    "for",
    "in",
    "not",
    "is",
    "while",
    "def",
    "class",
    "lambda",
    "return",
    "yield",
    "from",
    "import",
    "as",
    "with",
    "try",
    "except",
    "finally",
    "raise",
    "del",
    "global",
    "assert",
    "async",
    "await",
    "pass",
    "None",
    "and",
    "or",
    "def f(a):\n ",
    "if a:\n ",
    "try:\n ",
    "class A:\n ",
    "match a:\n case ",
    "f(a=",
    "f(*a, ",
    "{a: ",
    "[a for b in ",
    "lambda a, /, *b: ",
];

/// Parses `source` both ways. A report, which looks for misspelt keywords, is made of the error if there is one.
fn parse_anyhow(source: &str) {
    if let Err(error) = parse(source) {
        assert!(error.span.start <= error.span.end && error.span.end as usize <= source.len(), "{error:?}");
        error.report("x.py", source);
    }
    drop(parse_expression(source));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_programs(pieces in prop::collection::vec((prop::sample::select(PIECES), any::<bool>()), 0..40)) {
        let source: String = pieces.iter().map(|(piece, space)| format!("{piece}{}", if *space { " " } else { "" })).collect();
        parse_anyhow(&source);
    }

    #[test]
    fn any_text(source in "\\PC{0,60}") {
        parse_anyhow(&source);
    }
}

/// What `parse` says of `source`.
fn message(source: &str) -> String {
    parse(source).err().map_or("no error".to_owned(), |error| error.message)
}

#[test]
fn brackets_nest_to_a_limit() {
    for (open, close) in ["()", "[]", "{}"].map(|pair| pair.split_at(1)) {
        let nested = |depth: usize| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(message(&nested(200)), "no error");
        assert_eq!(message(&nested(201)), "too many nested parentheses");
        assert_eq!(message(&nested(10_000)), "too many nested parentheses");
    }
}

#[test]
fn blocks_nest_to_a_limit() {
    let nested = |depth: usize| -> String {
        (0..depth).map(|level| format!("{}if a:\n", " ".repeat(level))).chain([" ".repeat(depth) + "b\n"]).collect()
    };
    assert_eq!(message(&nested(98)), "no error");
    assert_eq!(message(&nested(100)), "too many levels of indentation");
}

#[test]
fn expressions_nest_to_a_limit() {
    let too_many = "too many nested expressions or blocks";
    for (before, after) in [
        ("not ", "a"),
        ("-", "a"),
        ("lambda: ", "a"),
        ("a if b else ", "c"),
        ("a ** ", "b"),
        ("a ** -", "b"),
        ("a + ", "b"),
        ("a < (b) or not c and ", "d"),
    ] {
        assert_eq!(message(&(before.repeat(100) + after)), "no error", "{before}");
        assert_eq!(message(&(before.repeat(10_000) + after)), too_many, "{before}");
    }
    for (before, after) in [("a", ".b"), ("a", "()"), ("a", "[b]"), ("if a: b\n", "elif c: d\n")] {
        assert_eq!(message(&(before.to_owned() + &after.repeat(1000))), "no error", "{after}");
        assert_eq!(message(&(before.to_owned() + &after.repeat(10_000))), too_many, "{after}");
    }
}

#[test]
fn mistakes_within_nested_brackets_are_found_in_time() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("{a: ", "}"), ("f(", ")"), ("f(a=", ")"), ("a[", "]")] {
        for mistake in ["a b", "a +", "a.b = 1", "*", "a for"] {
            let source = open.repeat(150) + mistake + &close.repeat(150);
            assert_ne!(message(&source), "no error");
        }
    }
}
