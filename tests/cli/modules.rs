//! `-m`, and folders and archives as scripts: the same in every mode, and found again by workers.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Done, folder, run};

const MODES: [&str; 3] = ["gil", "none", "process"];

/// What runs as `__main__`, and what a worker makes of it.
const MAIN: &str = "
import sys, multiprocessing, threading
import helper

class Shape:
    def __init__(self, size):
        self.size = size

def double(shape):
    return Shape(shape.size * helper.FACTOR), __name__

def main():
    spec = __spec__ and __spec__.name
    print(__name__, __package__, spec, sys.argv[0].rsplit('/', 1)[-1], sys.argv[1:], sys.path[0].rsplit('/', 1)[-1])
    thread = threading.Thread(target=lambda: print(Shape(1).size, flush=True))
    thread.start()
    thread.join()
    with multiprocessing.Pool(1) as pool:
        shape, name = pool.map(double, [Shape(4)])[0]
    print(shape.size, type(shape) is Shape)

if __name__ == '__main__':
    main()
";

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be written");
        fs::write(path, text).expect("the folder can be written");
    }
}

#[track_caller]
fn assert_prints(done: &Done, stdout: &str) {
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, stdout, ""));
}

fn with_program(name: &str) -> PathBuf {
    let folder = folder(name);
    let helper = ("helper.py", "FACTOR = 2\n");
    write(&folder, &[("tool.py", MAIN), ("pack/__init__.py", "print('pack')\n"), ("pack/__main__.py", MAIN), helper]);
    write(&folder, &[("dir/__main__.py", MAIN), ("dir/helper.py", "FACTOR = 2\n")]);
    folder
}

#[test]
fn a_module() {
    let folder = with_program("dash_m_module");
    for mode in MODES {
        let done = run(&folder, &["-B", "--lock", mode, "-m", "tool", "-c", "x"]);
        assert_prints(&done, "__main__  tool tool.py ['-c', 'x'] dash_m_module\n1\n8 True\n");
    }
}

#[test]
fn a_package() {
    let folder = with_program("dash_m_package");
    for mode in MODES {
        let done = run(&folder, &["-B", "--lock", mode, "-mpack", "x"]);
        assert_prints(&done, "pack\n__main__ pack pack.__main__ __main__.py ['x'] dash_m_package\n1\n8 True\n");
    }
}

#[test]
fn a_folder_and_an_archive() {
    let folder = with_program("entries");
    let pack = "import zipfile\nwith zipfile.ZipFile('tool.zip', 'w') as z:\n    z.write('dir/__main__.py', '__main__.py')\n    \
                z.write('dir/helper.py', 'helper.py')";
    assert_prints(&run(&folder, &["-c", pack]), "");
    for mode in MODES {
        let done = run(&folder, &["-B", "--lock", mode, "dir", "x"]);
        assert_prints(&done, "__main__  __main__ dir ['x'] dir\n1\n8 True\n");
        let done = run(&folder, &["-B", "-I", "--lock", mode, "tool.zip", "x"]);
        assert_prints(&done, "__main__  __main__ tool.zip ['x'] tool.zip\n1\n8 True\n");
    }
    let code = "import sys; sys.path.append('tool.zip'); import helper; print(helper.FACTOR, helper.__spec__.origin)";
    fs::remove_file(folder.join("helper.py")).expect("it is there");
    assert_prints(&run(&folder, &["-c", code]), "2 tool.zip/helper.py\n");
}

#[test]
fn a_module_of_the_library() {
    let folder = folder("dash_m_library");
    write(&folder, &[("x.json", "{\"a\":[1]}")]);
    assert_prints(&run(&folder, &["-m", "json.tool", "--compact", "x.json"]), "{\"a\":[1]}\n");
}

#[test]
fn what_is_not_there() {
    let folder = with_program("dash_m_missing");
    let (argil, place) = (env!("CARGO_BIN_EXE_argil"), folder.display());
    let missing = "(ModuleNotFoundError: No module named 'nothing')";
    fs::create_dir(folder.join("empty")).expect("the folder can be written");
    for (args, stderr) in [
        (&["-m", "nothing"][..], "No module named nothing".to_owned()),
        (&["-m", "nothing.at.all"], format!("Error while finding module specification for 'nothing.at.all' {missing}")),
        (&["-m", "tool.x"], {
            let error = "(ModuleNotFoundError: __path__ attribute not found on 'tool' while trying to find 'tool.x')";
            format!("Error while finding module specification for 'tool.x' {error}")
        }),
        (&["empty"], format!("can't find '__main__' module in '{place}/empty'")),
    ] {
        let done = run(&folder, args);
        assert_eq!((done.status, done.stderr), (1, format!("{argil}: {stderr}\n")), "{args:?}");
    }
}

#[test]
fn tracebacks_begin_with_runpy() {
    let folder = folder("dash_m_traceback");
    write(&folder, &[("bad.py", "1 / 0\n")]);
    let done = run(&folder, &["-B", "-m", "bad"]);
    let frames: Vec<&str> = done.stderr.lines().filter(|line| line.starts_with("  File")).collect();
    let place = folder.join("bad.py");
    assert!(frames[0].starts_with("  File \"<frozen runpy>\", line "), "{}", done.stderr);
    assert!(frames[1].ends_with(", in _run_code"), "{}", done.stderr);
    assert_eq!(frames[2], format!("  File \"{}\", line 1, in <module>", place.display()));
}
