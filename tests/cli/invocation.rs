//! Ways to start a script, and ways in which it ends.

use std::fs::{self, File};
use std::os::unix::fs::symlink;

use crate::{Done, argil, folder, run, run_script, run_with, with_script};

const SHOW_ARGV: &str = "import sys\nprint(sys.argv)\n";

#[track_caller]
fn assert_prints(done: &Done, stdout: &str) {
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, stdout, ""));
}

#[test]
fn help_and_version() {
    let folder = folder("help");
    let version = run(&folder, &["--version"]);
    assert_prints(&version, &format!("argil {}\n", env!("CARGO_PKG_VERSION")));
    let help = run(&folder, &["--help"]);
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    assert!(help.stdout.contains("Examples:") && help.stdout.contains("argil compare"), "{}", help.stdout);
    assert!(run(&folder, &["compare", "--help"]).stdout.contains("--workers"));
}

#[test]
fn arguments_are_the_scripts() {
    let folder = folder("argv");
    fs::write(folder.join("script.py"), SHOW_ARGV).expect("the folder can be written");
    let done = run(&folder, &["--lock", "none", "./script.py", "--help", "-x", "--", "--lock", "compare"]);
    assert_prints(&done, "['./script.py', '--help', '-x', '--', '--lock', 'compare']\n");
    assert_prints(&run(&folder, &["-c", SHOW_ARGV, "-m", "a"]), "['-c', '-m', 'a']\n");
    let module = folder.join("script.py");
    assert_prints(&run(&folder, &["-m", "script", "-c"]), &format!("['{}', '-c']\n", module.display()));
    assert_prints(&run_with(&mut argil(&folder, &["-", "a"]), SHOW_ARGV), "['-', 'a']\n");
    assert_prints(&run_with(&mut argil(&folder, &[]), SHOW_ARGV), "['']\n");
}

#[test]
fn scripts_called_like_subcommands() {
    let folder = folder("subcommand_names");
    for name in ["compare", "dis"] {
        fs::write(folder.join(name), "print('ran')\n").expect("the folder can be written");
        assert_prints(&run(&folder, &[&format!("./{name}")]), "ran\n");
    }
}

#[test]
fn the_mode_comes_from_the_flag_then_from_the_environment() {
    let folder = folder("mode");
    let code = "import sys; print(sys._is_gil_enabled())";
    for (flag, variable, expected) in [
        (None, None, "True"),
        (None, Some("none"), "False"),
        (Some("gil"), Some("none"), "True"),
        (None, Some(""), "True"),
    ] {
        let mut command = argil(&folder, &[]);
        flag.iter().for_each(|mode| _ = command.args(["--lock", mode]));
        variable.iter().for_each(|mode| _ = command.env("ARGIL_LOCK", mode));
        assert_prints(&run_with(command.args(["-c", code]), ""), &format!("{expected}\n"));
    }
}

#[test]
fn modules_are_found_beside_the_script() {
    let folder = folder("beside");
    fs::create_dir(folder.join("tools")).expect("the folder can be written");
    fs::write(folder.join("tools/helper.py"), "name = __name__\n").expect("the folder can be written");
    fs::write(folder.join("tools/script.py"), "import helper\nprint(helper.name)\n")
        .expect("the folder can be written");
    symlink("tools/script.py", folder.join("link")).expect("the folder can be written");
    assert_prints(&run(&folder, &["tools/script.py"]), "helper\n");
    assert_prints(&run(&folder, &["link"]), "helper\n");
    assert_prints(&run(&folder.join("tools"), &["-c", "import helper; print(helper.name)"]), "helper\n");
}

#[test]
fn a_folder_with_a_main_is_a_script() {
    let folder = folder("main_module");
    fs::write(folder.join("__main__.py"), "print(__name__)\n").expect("the folder can be written");
    assert_prints(&run(&folder, &["."]), "__main__\n");
}

#[test]
fn exit_statuses_are_pythons() {
    for (name, code, status, stderr) in [
        ("exit_0", "", 0, ""),
        ("exit_none", "import sys\nsys.exit()", 0, ""),
        ("exit_3", "import sys\nsys.exit(3)", 3, ""),
        ("exit_300", "import sys\nsys.exit(300)", 44, ""),
        ("exit_true", "import sys\nsys.exit(True)", 1, ""),
        ("exit_message", "import sys\nsys.exit('no more')", 1, "no more\n"),
        ("exit_raised", "raise SystemExit(7)", 7, ""),
    ] {
        let done = run_script(name, code);
        assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (status, "", stderr), "{name}");
    }
    let done = run_script("uncaught", "print('a')\n1 / 0\n");
    assert_eq!((done.status, done.stdout.as_str()), (1, "a\n"));
    assert!(done.stderr.ends_with("ZeroDivisionError: division by zero\n"), "{}", done.stderr);
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let folder = folder("full");
    let full = File::options().write(true).open("/dev/full").expect("Linux has it");
    let output = argil(&folder, &["-c", "print('lost')"]).stdout(full).output().expect("argil starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    let expected = "Exception ignored while flushing sys.stdout:\nOSError: [Errno 28] No space left on device\n";
    assert_eq!((output.status.code(), &*stderr), (Some(120), expected));
}

#[test]
fn bytecode_is_printed() {
    let folder = with_script("bytecode", "def double(x):\n    return x * 2\n");
    let done = run(&folder, &["dis", "script.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("double") && done.stdout.contains("Return"), "{}", done.stdout);
    let folder = with_script("no_bytecode", "x = = 1\n");
    let script = folder.join("script.py");
    let stderr =
        format!("  File \"{}\", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n", script.display());
    assert_eq!(run(&folder, &["dis", "script.py"]), Done { status: 1, stdout: String::new(), stderr });
}

#[test]
fn bytecode_between_the_lines_it_came_from() {
    let text = "def double(n):\n    return n * 2\n\nprint(double(4))\n";
    let folder = with_script("dis_source", text);
    let expected = "\
<module> (8 registers) locals .namespace
  line 1: def double(n):
     0  MakeFunction      R5, <code double>, R1..+4
     1  StoreGlobal       R5, .double
  line 4: print(double(4))
     2  LoadGlobal        R5, .print
     3  LoadGlobal        R6, .double
     4  LoadInt           R7, 4
     5  Call              R6..+2, args=1
     6  Call              R5..+2, args=1
     7  ReturnNone

double (2 registers) locals n
  line 2: return n * 2
     0  MulK              R1, R0(n), 2
     1  Return            R1
";
    assert_prints(&run(&folder, &["dis", "--source", "script.py"]), expected);
    assert_prints(&run(&folder, &["dis", "--source", "-c", text]), expected);
    assert_prints(&run_with(&mut argil(&folder, &["dis", "--source", "-"]), text), expected);
    let without: String = expected
        .lines()
        .map(|line| if line.starts_with("  line") { &line[..8] } else { line }.to_owned() + "\n")
        .collect();
    assert_prints(&run(&folder, &["dis", "script.py"]), &without);
    assert_prints(&run_with(&mut argil(&folder, &["dis", "-"]), text), &without);
    // Lines are counted as the compiler counts them.
    assert_prints(&run(&folder, &["dis", "--source", "-c", &text.replace('\n', "\r")]), expected);
    let wrong = run(&folder, &["dis", "-c", "x = = 1"]);
    assert_eq!((wrong.status, wrong.stdout.as_str()), (1, ""));
    assert!(wrong.stderr.starts_with("  File \"<string>\", line 1\n"), "{}", wrong.stderr);
}

#[test]
fn help_into_a_closed_pipe_is_no_panic() {
    let folder = folder("closed_pipe");
    let (reader, writer) = std::io::pipe().expect("there are descriptors left");
    drop(reader);
    let output = argil(&folder, &["--help"]).stdout(writer).output().expect("argil starts");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn arguments_need_not_be_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = with_script("not_utf8_arguments", "import sys\nprint(len(sys.argv), ascii(sys.argv[1:]))\n");
    let word = OsStr::from_bytes(b"a\xffb");
    let done = run_with(argil(&folder, &["script.py", "x"]).arg(word), "");
    assert_eq!((done.status, done.stdout.as_str()), (0, "3 ['x', 'a\\udcffb']\n"), "{done:?}");
    let done = run_with(argil(&folder, &["-c", "import sys; print(ascii(sys.argv))"]).arg(word), "");
    assert_eq!((done.status, done.stdout.as_str()), (0, "['-c', 'a\\udcffb']\n"), "{done:?}");
    let script = folder.join(OsStr::from_bytes(b"s\xff.py"));
    std::fs::copy(folder.join("script.py"), &script).expect("the folder can be written");
    let done = run_with(argil(&folder, &[]).arg(&script).arg("y"), "");
    assert_eq!((done.status, done.stdout.as_str()), (0, "2 ['y']\n"), "{done:?}");
    let done = run_with(argil(&folder, &["-c"]).arg(OsStr::from_bytes(b"print('\xff')")), "");
    assert_eq!((done.status, done.stderr.as_str()), (2, "argil: the code of -c is not UTF-8\n"), "{done:?}");
}
