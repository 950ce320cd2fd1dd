//! Errors that the grammar does not see: declarations that contradict each other, and statements out of place. The messages and
//! places are those of CPython 3.14.

use argil_compiler::{Mode, compile, compile_with_warnings};

/// `(source, message, what the carets mark)`
const ERRORS: &[(&str, &str, &str)] = &[
    ("def f(x, x): pass", "duplicate argument 'x' in function definition", "x"),
    ("lambda x, x: 1", "duplicate argument 'x' in function definition", "x"),
    ("def f():\n x = 1\n global x", "name 'x' is assigned to before global declaration", "global x"),
    ("def f():\n print(x)\n global x", "name 'x' is used prior to global declaration", "global x"),
    ("def f():\n x: int\n global x", "annotated name 'x' can't be global", "global x"),
    ("def f():\n global x\n x: int", "annotated name 'x' can't be global", "x: int"),
    ("def f(x):\n global x", "name 'x' is parameter and global", "global x"),
    ("def f(x):\n nonlocal x", "name 'x' is parameter and nonlocal", "nonlocal x"),
    ("def f():\n global x\n nonlocal x", "name 'x' is nonlocal and global", "global x"),
    ("nonlocal x", "nonlocal declaration not allowed at module level", "nonlocal x"),
    ("def f():\n nonlocal x", "no binding for nonlocal 'x' found", "nonlocal x"),
    ("class C:\n nonlocal x", "no binding for nonlocal 'x' found", "nonlocal x"),
    ("def f():\n def g(): nonlocal x\n global x", "no binding for nonlocal 'x' found", "nonlocal x"),
    ("def f():\n from a import *", "import * only allowed at module level", "*"),
    ("return 1", "'return' outside function", "return 1"),
    ("class C: return", "'return' outside function", "return"),
    ("yield 1", "'yield' outside function", "yield 1"),
    ("class C:\n yield 1", "'yield' outside function", "yield 1"),
    ("(yield from x)", "'yield from' outside function", "yield from x"),
    ("await x", "'await' outside function", "await x"),
    ("def f():\n await x", "'await' outside async function", "await x"),
    ("break", "'break' outside loop", "break"),
    ("continue", "'continue' not properly in loop", "continue"),
    ("for x in y:\n def f():\n  break", "'break' outside loop", "break"),
    ("def f():\n return\n break", "'break' outside loop", "break"),
    ("*a, *b = c", "multiple starred expressions in assignment", "*a, *b"),
    ("*a = c", "starred assignment target must be in a list or tuple", "*a"),
    ("for *a in b: pass", "starred assignment target must be in a list or tuple", "*a"),
    ("a = *b", "can't use starred expression here", "*b"),
    ("*a", "can't use starred expression here", "*a"),
    ("f(a=1, a=2)", "keyword argument repeated: a", "a=2"),
    ("class C(x=1, x=2): pass", "keyword argument repeated: x", "x=2"),
    ("__debug__ = 1", "cannot assign to __debug__", "__debug__"),
    ("x.__debug__ = 1", "cannot assign to __debug__", "x.__debug__"),
    ("f(__debug__=1)", "cannot assign to __debug__", "__debug__=1"),
    ("def f(*, __debug__): pass", "cannot assign to __debug__", "__debug__"),
    ("import a.b as __debug__", "cannot assign to __debug__", "a.b as __debug__"),
    ("[(yield) for x in y]", "'yield' inside list comprehension", "yield"),
    ("{(yield) for x in y}", "'yield' inside set comprehension", "yield"),
    ("{1: (yield) for x in y}", "'yield' inside dict comprehension", "yield"),
    ("((yield) for x in y)", "'yield' inside generator expression", "yield"),
    ("[x := 1 for x in y]", "assignment expression cannot rebind comprehension iteration variable 'x'", "x"),
    (
        "[i for i in y if (j := 0) for j in z]",
        "comprehension inner loop cannot rebind assignment expression target 'j'",
        "j",
    ),
    ("[1 for x in (y := 1)]", "assignment expression cannot be used in a comprehension iterable expression", "y := 1"),
    (
        "class C:\n [y := 1 for x in z]",
        "assignment expression within a comprehension cannot be used in a class body",
        "y",
    ),
    ("x: (yield)", "yield expression cannot be used within an annotation", "yield"),
    ("def f(x: (y := 1)): pass", "named expression cannot be used within an annotation", "y := 1"),
    ("from __future__ import foo", "future feature foo is not defined", "foo"),
    ("from __future__ import braces", "not a chance", "braces"),
    (
        "x = 1\nfrom __future__ import annotations",
        "from __future__ imports must occur at the beginning of the file",
        "from __future__ import annotations",
    ),
    ("type A = (yield)", "yield expression cannot be used within a type alias", "yield"),
    ("def f[T: (x := 1)](): pass", "named expression cannot be used within a TypeVar bound", "x := 1"),
    ("def f[T: ((yield 1), int)](): pass", "yield expression cannot be used within a TypeVar constraint", "yield 1"),
    ("def f[*Ts = (yield)](): pass", "yield expression cannot be used within a TypeVarTuple default", "yield"),
    ("def f[**P = (x := 1)](): pass", "named expression cannot be used within a ParamSpec default", "x := 1"),
    ("class C[T]((yield)): pass", "yield expression cannot be used within the definition of a generic", "yield"),
    (
        "async def f():\n    class C[T](await g): pass",
        "await expression cannot be used within the definition of a generic",
        "await g",
    ),
    ("async def f(x: await g): pass", "await expression cannot be used within an annotation", "await g"),
    ("def f[T, *T](): pass", "duplicate type parameter 'T'", "*T"),
    ("class C[T = int, S]: pass", "non-default type parameter 'S' follows default type parameter", "S"),
    ("def f[T]():\n    nonlocal T", "nonlocal binding not allowed for type parameter 'T'", "nonlocal T"),
    (
        "def f[__classdict__: int](): pass",
        "reserved name '__classdict__' cannot be used for type parameter",
        "__classdict__: int",
    ),
    (
        "type A = [x := 1 for _ in y]",
        "assignment expression within a comprehension cannot be used in a type alias",
        "x",
    ),
    (
        "def f[**P = [x := 1 for _ in y]](): pass",
        "assignment expression within a comprehension cannot be used in a TypeVar bound",
        "x",
    ),
    (
        "class C[T]([x := 1 for _ in y]): pass",
        "assignment expression within a comprehension cannot be used within the definition of a generic",
        "x",
    ),
    (
        "class C:\n    def f(x: [y := 1 for _ in y]): pass",
        "assignment expression within a comprehension cannot be used in a class body",
        "y",
    ),
    ("type __debug__ = int", "cannot assign to __debug__", "__debug__"),
    ("def f[__debug__](): pass", "cannot assign to __debug__", "__debug__"),
];

#[test]
fn errors_read_as_in_cpython() {
    for (source, message, marked) in ERRORS {
        match compile(source, Mode::Exec) {
            Ok(_) => panic!("{source:?} compiles"),
            Err(error) => {
                assert_eq!(error.message, *message, "{source:?}");
                assert_eq!(&source[error.span.range()], *marked, "{source:?}");
            }
        }
    }
}

/// `(source, messages)`
const WARNINGS: &[(&str, &[&str])] = &[
    ("x is ()", &["\"is\" with 'tuple' literal. Did you mean \"==\"?"]),
    ("x is not 'a'", &["\"is not\" with 'str' literal. Did you mean \"!=\"?"]),
    ("while 1 is x: pass", &["\"is\" with 'int' literal. Did you mean \"==\"?"]),
    ("x is None is ... is -1", &[]),
    ("assert (x, 'm')", &["assertion is always true, perhaps remove parentheses?"]),
    ("[1](2)", &["'list' object is not callable; perhaps you missed a comma?"]),
    ("(lambda: 1)()", &[]),
    ("{1}[0]", &["'set' object is not subscriptable; perhaps you missed a comma?"]),
    ("f'{x}'['a']", &["str indices must be integers or slices, not str; perhaps you missed a comma?"]),
    ("'a'[True], 'a'[x], 'a'[1:2], {}['a']", &[]),
    ("def f():\n try: pass\n finally:\n  for x in y: break\n  return 1", &["'return' in a 'finally' block"]),
    ("for a in b:\n try: pass\n finally:\n  if 1: continue\n  def g(): return 1", &["'continue' in a 'finally' block"]),
];

#[test]
fn doubtful_escapes_are_found_where_they_stand() {
    let advice = "Such sequences will not work in the future. Did you mean";
    let cases = [
        (r"'\d \e'", vec![r"\d"]),
        (r"b'\u1234' + b'\400' + b'\x00'", vec![r"\u", r"\400"]),
        (r"f'\d{x:\q}\n' + r'\d' + rf'\d{x}' + '\u1234\N{EM DASH}'.strip('\\d')", vec![r"\d", r"\q"]),
        ("'''a\\\n\n\\d'''", vec![r"\d"]),
        (r"'\é'", vec![]),
    ];
    for (source, escapes) in cases {
        let (_, warnings) = compile_with_warnings(source, Mode::Exec).expect("the source is valid");
        assert_eq!(warnings.len(), escapes.len(), "{source}");
        for (warning, escape) in warnings.iter().zip(escapes) {
            let octal = if escape.len() > 2 { "octal " } else { "" };
            let expected = format!("\"{escape}\" is an invalid {octal}escape sequence. {advice} \"\\{escape}\"?");
            assert!(warning.message.starts_with(&expected), "{}", warning.message);
            assert!(source[warning.span.start as usize..].starts_with(escape), "{source}");
        }
    }
}

#[test]
fn warnings_read_as_in_cpython() {
    for (source, expected) in WARNINGS {
        let (_, warnings) = compile_with_warnings(source, Mode::Exec).expect("the source is valid");
        let messages: Vec<_> = warnings.iter().map(|warning| &*warning.message).collect();
        assert_eq!(messages, *expected, "{source:?}");
    }
}
