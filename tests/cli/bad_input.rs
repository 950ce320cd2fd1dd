//! Input that cannot be run: one clear message, the exit status of `python3`, no panic.

use crate::{Done, argil, folder, run, run_script, run_with, with_script};

/// Nothing on stdout, this exit status, and this on stderr.
#[track_caller]
fn assert_refused(done: &Done, status: i32, stderr: &str) {
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (status, "", stderr));
}

#[test]
fn a_missing_script() {
    let folder = folder("missing");
    let message = format!("argil: can't open file '{}/x.py': [Errno 2] No such file or directory\n", folder.display());
    assert_refused(&run(&folder, &["x.py"]), 2, &message);
    assert_refused(&run(&folder, &["compare", "x.py"]), 2, &message);
    assert_refused(&run(&folder, &["dis", "x.py"]), 2, &message);
}

#[test]
fn a_folder() {
    let folder = folder("a_folder");
    let argil = env!("CARGO_BIN_EXE_argil");
    let message = format!("{argil}: can't find '__main__' module in '{}'\n", folder.display());
    assert_refused(&run(&folder, &[&folder.to_string_lossy()]), 1, &message);
}

#[test]
fn a_script_that_is_not_utf8() {
    let folder = with_script("not_utf8", b"a = 1\nb = '\xe9'\n");
    let script = folder.join("script.py");
    let stderr = format!(
        "  File \"{0}\", line 2\n    b = '\u{fffd}'\n         ^\nSyntaxError: Non-UTF-8 code starting with '\\xe9' in file {0} \
         on line 2, but no encoding declared; see https://peps.python.org/pep-0263/ for details\n",
        script.display()
    );
    assert_refused(&run(&folder, &["script.py"]), 1, &stderr);
}

#[test]
fn a_nul() {
    let done = run_script("nul", "print(1)\n\0");
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    assert!(done.stderr.ends_with("SyntaxError: source code cannot contain null bytes\n"), "{done:?}");
}

#[test]
fn an_empty_script() {
    assert_refused(&run_script("empty", ""), 0, "");
}

#[test]
fn a_script_that_ends_in_a_string() {
    let folder = with_script("in_a_string", "x = 'abc");
    let script = folder.join("script.py");
    let message = "SyntaxError: unterminated string literal (detected at line 1)";
    let stderr = format!("  File \"{}\", line 1\n    x = 'abc\n        ^\n{message}\n", script.display());
    assert_refused(&run(&folder, &["script.py"]), 1, &stderr);
    let done = run_script("in_a_long_string", "x = 1\ny = '''abc\ndef\n");
    assert!(done.stderr.ends_with("unterminated triple-quoted string literal (detected at line 3)\n"), "{done:?}");
    assert_eq!(done.status, 1);
}

#[test]
fn ten_thousand_brackets() {
    for (name, text) in [
        ("open_brackets", "(".repeat(10_000)),
        ("brackets", format!("x = {}{}\n", "[".repeat(10_000), "]".repeat(10_000))),
    ] {
        let done = run_script(name, text);
        assert!(done.stderr.ends_with("SyntaxError: too many nested parentheses\n"), "{}", done.stderr);
        assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    }
}

#[test]
fn deep_nesting_without_brackets() {
    for (name, text) in [
        ("minuses", format!("x = {}1\n", "-".repeat(100_000))),
        ("nots", format!("x = {}1\n", "not ".repeat(100_000))),
        ("powers", format!("x = 1{}\n", " ** 1".repeat(100_000))),
        ("lambdas", format!("x = {}1\n", "lambda: ".repeat(100_000))),
        ("conditionals", format!("x = {}1\n", "1 if 1 else ".repeat(100_000))),
        (
            "ifs",
            (0..5_000).map(|depth| " ".repeat(depth) + "if 1:\n").collect::<String>() + &" ".repeat(5_000) + "pass\n",
        ),
    ] {
        let done = run_script(name, text);
        assert!(matches!(done.status, 0 | 1), "{name}: {} {:.300}", done.status, done.stderr);
        assert!(!done.stderr.contains("panicked"), "{name}: {:.300}", done.stderr);
    }
}

#[test]
fn an_unknown_mode() {
    let folder = folder("unknown_mode");
    let message = "unknown lock mode 'rope': choose gil, none or process\n";
    assert_refused(&run(&folder, &["--lock", "rope", "x.py"]), 2, &format!("argil: --lock: {message}"));
    assert_refused(
        &run(&folder, &["compare", "--modes", "gil,rope", "x.py"]),
        2,
        &format!("argil: --modes: {message}"),
    );
    let done = run_with(argil(&folder, &["x.py"]).env("ARGIL_LOCK", "rope"), "");
    assert_refused(&done, 2, &format!("argil: ARGIL_LOCK: {message}"));
}

#[test]
fn flags_that_are_none() {
    let folder = folder("flags");
    let refused: [&[&str]; 4] = [
        &["compare"],
        &["compare", "x.py", "10"],
        &["compare", "--timeout", "0", "x.py"],
        &["--lock", "gil", "compare", "x.py"],
    ];
    for args in refused {
        let done = run(&folder, args);
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{args:?}");
        assert!(done.stderr.starts_with("argil: ") && done.stderr.lines().count() == 1, "{args:?}: {}", done.stderr);
    }
}

#[test]
fn a_module_that_only_cpython_has() {
    let last_lines = |text: &str| {
        let done = run_script("missing_module", text);
        assert_eq!((done.status, done.stdout.as_str()), (1, ""), "{text}");
        done.stderr.lines().skip_while(|line| !line.starts_with("ModuleNotFoundError")).collect::<Vec<_>>().join("\n")
    };
    let library = "Argil's library has no such module yet (sys.stdlib_module_names says what it has).";
    assert_eq!(
        last_lines("import tkinter.ttk\n"),
        format!(
            "ModuleNotFoundError: No module named 'tkinter'\n{library} A file tkinter.py beside the script would be \
             imported."
        )
    );
    assert_eq!(
        last_lines("import multiprocessing.dummy\n"),
        format!("ModuleNotFoundError: No module named 'multiprocessing.dummy'\n{library}")
    );
    // CPython has none of these, or not for such a reason.
    for (text, last) in [
        ("import no_such_module\n", "No module named 'no_such_module'"),
        ("import math.json\n", "No module named 'math.json'; 'math' is not a package"),
        ("import sys\nsys.modules['json'] = None\nimport json\n", "import of json halted; None in sys.modules"),
        ("raise ModuleNotFoundError('not today', name='json')\n", "not today"),
    ] {
        assert_eq!(last_lines(text), format!("ModuleNotFoundError: {last}"));
    }
    // What the script itself sees is what CPython says of a missing module.
    let text = "try:\n    import tkinter\nexcept ImportError as error:\n    print(error)\n";
    let done = run_script("missing_module", text);
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, "No module named 'tkinter'\n", ""));
}

#[test]
fn encodings_that_files_declare() {
    let done = run_script("latin", b"# -*- coding: latin-1 -*-\nprint(ascii('\xe9'))\n");
    assert_eq!((done.status, done.stdout.as_str()), (0, "'\\xe9'\n"), "{done:?}");
    for (name, text, end) in [
        ("unknown_encoding", &b"# coding: nonsense\n"[..], "line 0\nSyntaxError: unknown encoding: nonsense\n"),
        (
            "declared_utf8",
            b"# coding: utf-8\nprint('\xe9')\n",
            "line 2\n    print('\u{fffd}')\nSyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xe9 in \
             position 7: invalid continuation byte\n",
        ),
        (
            "mark_and_latin",
            b"\xef\xbb\xbf# coding: latin-1\n1\n",
            "line 1\n    # coding: latin-1\nSyntaxError: encoding problem: iso-8859-1 with BOM\n",
        ),
    ] {
        let done = run_script(name, text);
        assert!(done.status == 1 && done.stderr.ends_with(end), "{done:?}");
    }
}
