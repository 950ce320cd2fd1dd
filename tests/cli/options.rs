//! The options and variables that `python3` has too.

use std::fs;
use std::path::Path;

use crate::{Done, argil, folder, run, run_with, with_script};

#[track_caller]
fn assert_prints(done: &Done, stdout: &str) {
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, stdout, ""));
}

/// Runs code with these variables set and these options before it.
fn run_code(folder: &Path, variables: &[(&str, &str)], options: &[&str], code: &str) -> Done {
    let mut command = argil(folder, options);
    run_with(command.envs(variables.iter().copied()).args(["-c", code]), "")
}

#[test]
fn flags_say_what_was_given() {
    let folder = folder("flags");
    let code = "import sys; f = sys.flags; print(f.debug, f.inspect, f.optimize, f.dont_write_bytecode, f.no_user_site, \
                f.no_site, f.ignore_environment, f.verbose, f.bytes_warning, f.quiet, f.isolated, f.dev_mode, f.safe_path, \
                f.hash_randomization, f.int_max_str_digits, f.warn_default_encoding)";
    for (variables, options, expected) in [
        (&[][..], &[][..], "0 0 0 0 0 0 0 0 0 0 0 False False 1 4300 0"),
        (&[], &["-dOOBsSbbq"], "1 0 2 1 1 1 0 0 2 1 0 False False 1 4300 0"),
        (&[], &["-I"], "0 0 0 0 1 0 1 0 0 0 1 False True 1 4300 0"),
        (&[("PYTHONOPTIMIZE", "2"), ("PYTHONSAFEPATH", "1")], &[], "0 0 2 0 0 0 0 0 0 0 0 False True 1 4300 0"),
        (
            &[("PYTHONOPTIMIZE", "x"), ("PYTHONDONTWRITEBYTECODE", "")],
            &[],
            "0 0 1 0 0 0 0 0 0 0 0 False False 1 4300 0",
        ),
        (&[("PYTHONOPTIMIZE", "2"), ("PYTHONHASHSEED", "0")], &["-E"], "0 0 0 0 0 0 1 0 0 0 0 False False 1 4300 0"),
        (&[("PYTHONHASHSEED", "0")], &["-Xdev", "-P"], "0 0 0 0 0 0 0 0 0 0 0 True True 0 4300 0"),
        (&[("PYTHONNOUSERSITE", "1")], &["-X", "int_max_str_digits=700"], "0 0 0 0 1 0 0 0 0 0 0 False False 1 700 0"),
        (&[], &["-X", "warn_default_encoding"], "0 0 0 0 0 0 0 0 0 0 0 False False 1 4300 1"),
    ] {
        assert_prints(&run_code(&folder, variables, options, code), &format!("{expected}\n"));
    }
}

#[test]
fn what_sys_keeps_of_the_command_line() {
    let folder = folder("sys_keeps");
    let code = "import sys; print(sys.orig_argv[1:-1], sys.warnoptions, sys._xoptions, sys.pycache_prefix)";
    let done = run_code(&folder, &[("PYTHONWARNINGS", "ignore,once")], &["-bWerror", "-Xa=1=2", "-X", "b"], code);
    let options = "['-bWerror', '-Xa=1=2', '-X', 'b', '-c'] ['ignore', 'once', 'error', 'default::BytesWarning']";
    assert_prints(&done, &format!("{options} {{'a': '1=2', 'b': True}} None\n"));
}

#[test]
fn optimising_leaves_out() {
    let code = "'''doc'''\ndef f():\n    '''doc'''\nclass C:\n    '''doc'''\nassert __debug__, 'kept'\n\
                print(__debug__, __doc__, f.__doc__, C.__doc__)\nif __debug__:\n    print('debug')\n\
                print(compile('assert 0', '', 'exec', optimize=1) is not None, eval('__debug__'))\n";
    let folder = with_script("optimising", code);
    assert_prints(&run(&folder, &["script.py"]), "True doc doc doc\ndebug\nTrue True\n");
    assert_prints(&run(&folder, &["-O", "script.py"]), "False doc doc doc\nTrue False\n");
    assert_prints(&run(&folder, &["-OO", "script.py"]), "False None None None\nTrue False\n");
    let once = run(&folder, &["-c", "exec(compile('assert 0', '', 'exec', optimize=1)); print('fine')"]);
    assert_prints(&once, "fine\n");
}

#[test]
fn warnings_are_filtered() {
    let folder = with_script("warnings", "import warnings\nwarnings.warn('old', DeprecationWarning)\nprint('\\d')\n");
    let shown = run(&folder, &["script.py"]).stderr;
    assert!(shown.contains("SyntaxWarning: \"\\d\"") && shown.contains("DeprecationWarning: old"), "{shown}");
    assert_prints(&run(&folder, &["-W", "ignore", "script.py"]), "\\d\n");
    assert_prints(&run_with(argil(&folder, &["script.py"]).env("PYTHONWARNINGS", "ignore"), ""), "\\d\n");
    let done = run(&folder, &["-Werror", "script.py"]);
    assert!(done.stderr.contains("\nSyntaxError: \"\\d\" is an invalid escape sequence"), "{}", done.stderr);
    let done = run(&folder, &["-Werror::DeprecationWarning", "script.py"]);
    assert!(done.stderr.ends_with("\nDeprecationWarning: old\n"), "{}", done.stderr);
    let done = run(&folder, &["-Wfoo", "-Werror::Foo", "-c", "1"]);
    let complaints = "Invalid -W option ignored: invalid action: 'foo'\n\
                      Invalid -W option ignored: unknown warning category: 'Foo'\n";
    assert_eq!((done.status, done.stderr.as_str()), (0, complaints));
}

#[test]
fn where_modules_are_looked_for() {
    let folder = folder("search_path");
    for (file, text) in [
        ("script.py", "import sys\nprint([place.rsplit('/', 1)[-1] for place in sys.path])\n"),
        ("a/one.py", "x = 1\n"),
        ("site/two.py", "x = 2\n"),
        ("site/more.pth", "../b\n# nothing\nimport sys; sys.from_pth = 3\n"),
        ("b/four.py", "x = 4\n"),
        ("a/sitecustomize.py", "import builtins\nbuiltins.customised = 5\n"),
    ] {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }
    let variables = [("PYTHONPATH", "a"), ("ARGIL_SITE", "site"), ("HOME", "/nowhere")];
    let run = |options: &[&str]| run_with(argil(&folder, options).envs(variables), "");
    assert_prints(&run(&["script.py"]), "['search_path', 'a', '<lib>', 'site', 'b']\n");
    assert_prints(&run(&["-S", "script.py"]), "['search_path', 'a', '<lib>']\n");
    assert_prints(&run(&["-P", "script.py"]), "['a', '<lib>', 'site', 'b']\n");
    assert_prints(&run(&["-I", "script.py"]), "['<lib>']\n");
    assert_prints(&run(&["-E", "script.py"]), "['search_path', '<lib>']\n");
    let code = "import one, two, four, sys; print(one.x, two.x, four.x, sys.from_pth, customised)";
    assert_prints(&run(&["-c", code]), "1 2 4 3 5\n");
    let code = "import threading, sys\nt = threading.Thread(target=lambda: print(__import__('four').x, sys.from_pth))\n\
                t.start(); t.join()";
    assert_prints(&run(&["--lock", "process", "-c", code]), "4 3\n");
}

#[test]
fn hashes_of_texts() {
    let folder = folder("hash_seed");
    let hash = |variables: &[(&str, &str)]| {
        let code = "import multiprocessing\ndef f(): return hash('a')\n\
                    with multiprocessing.Pool(1) as pool: print(hash('a'), pool.apply(f) == hash('a'))";
        let done = run_code(&folder, variables, &["--lock", "process"], code);
        assert!(done.stdout.ends_with(" True\n"), "{done:?}");
        done.stdout
    };
    let seed = |seed| hash(&[("PYTHONHASHSEED", seed)]);
    assert_eq!(seed("0"), seed("0"));
    assert_eq!(seed("7"), seed("7"));
    assert_ne!(seed("0"), seed("7"));
    assert_ne!(hash(&[]), hash(&[]));
    assert_ne!(seed("random"), seed("random"));
    let done = run_code(&folder, &[("PYTHONHASHSEED", "x")], &[], "1");
    let message = "Fatal Python error: config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range \
                   [0; 4294967295]\nPython runtime state: preinitialized\n\n";
    assert_eq!((done.status, done.stderr.as_str()), (1, message));
}

#[test]
fn the_first_line_may_be_skipped() {
    let folder = with_script("first_line", "#!@ no Python\nprint(1 / 0)\n");
    fs::write(folder.join("odd.py"), "@echo no Python\nimport sys\nprint(sys._getframe().f_lineno)\n")
        .expect("the folder can be written");
    assert_prints(&run(&folder, &["-x", "odd.py"]), "3\n");
    assert!(run(&folder, &["-x", "script.py"]).stderr.contains("line 2, in <module>"));
}

#[test]
fn imports_are_told() {
    let done = run(&with_script("verbose", "import json\n"), &["-v", "script.py"]);
    assert!(done.stderr.ends_with("import 'json' # from '<lib>/json/__init__.py'\n"), "{}", done.stderr);
    assert_eq!(done.status, 0);
}

#[test]
fn errors_may_be_in_colours() {
    let folder = folder("colours");
    let run = |variables: &[(&str, &str)], options: &[&str]| run_code(&folder, variables, options, "1 / 0").stderr;
    let plain = "Traceback (most recent call last):\n  File \"<string>\", line 1, in <module>\n    1 / 0\n    ~~^~~\n\
                 ZeroDivisionError: division by zero\n";
    let (red, bold_red, magenta, off) = ("\x1b[31m", "\x1b[1;31m", "\x1b[35m", "\x1b[0m");
    let coloured = format!(
        "Traceback (most recent call last):\n  File {magenta}\"<string>\"{off}, line {magenta}1{off}, in \
         {magenta}<module>{off}\n    {red}1 {off}{bold_red}/{off}{red} 0{off}\n    {red}~~{off}{bold_red}^{off}{red}~~{off}\n\
         \x1b[1;35mZeroDivisionError{off}: {magenta}division by zero{off}\n"
    );
    assert_eq!(run(&[], &[]), plain);
    assert_eq!(run(&[("FORCE_COLOR", "1")], &[]), coloured);
    assert_eq!(run(&[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], &[]), plain);
    assert_eq!(run(&[("PYTHON_COLORS", "1")], &[]), coloured);
    assert_eq!(run(&[("PYTHON_COLORS", "1")], &["-E"]), plain);
    assert_eq!(run(&[("FORCE_COLOR", "1"), ("PYTHON_COLORS", "0")], &[]), plain);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let folder = folder("refused");
    let usage = "usage: argil [option] ... [-c cmd | -m mod | file | -] [arg] ...\n\
                 Try `argil -h' for more information.\n";
    for (args, line) in [
        (&["-Z"][..], "Unknown option: -Z"),
        (&["-BZ"], "Unknown option: -Z"),
        (&["--loud"], "Unknown option: --loud"),
        (&["-c"], "Argument expected for the -c option"),
        (&["-Bm"], "Argument expected for the -m option"),
        (&["-W"], "Argument expected for the -W option"),
        (&["--lock"], "Argument expected for the --lock option"),
        (
            &["--check-hash-based-pycs", "x", "-c", "1"],
            "--check-hash-based-pycs must be one of 'default', 'always', or 'never'",
        ),
    ] {
        let done = run(&folder, args);
        assert_eq!((done.status, done.stderr), (2, format!("{line}\n{usage}")), "{args:?}");
    }
    let done = run(&folder, &["-X", "int_max_str_digits=3", "-c", "1"]);
    let message = "Fatal Python error: config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 \
                   or 0 for unlimited.\nPython runtime state: preinitialized\n\n";
    assert_eq!((done.status, done.stderr.as_str()), (1, message));
}

#[test]
fn a_folder_in_place_of_the_library() {
    let folder = folder("library_folder");
    fs::create_dir(folder.join("lib")).expect("the folder can be written");
    fs::write(folder.join("lib/os.py"), "name = 'mine'\n").expect("the folder can be written");
    let code = "import os, sys; print(os.name, os.__file__.endswith('/lib/os.py'), len(sys.path))";
    assert_prints(&run(&folder, &["-B", "--library", "lib", "-S", "-c", code]), "mine True 2\n");
    let done = run_with(argil(&folder, &["-BS", "-c", code]).env("ARGIL_LIBRARY", "lib"), "");
    assert_prints(&done, "mine True 2\n");
    let done = run(&folder, &["--library", "nowhere", "-c", code]);
    assert_eq!((done.status, done.stderr.as_str()), (2, "argil: 'nowhere' is no library: it has no os.py\n"));
}
