//! Compiles CPython's own library, as the crate `rustpython-pylib` carries it, into one image of code and sources.

use std::path::{Path, PathBuf};
use std::{env, fs};

use argil_compiler::image::{self, Module};
use argil_compiler::marshal::{self, Writer};
use argil_compiler::{Mode, compile, encoding};

/// What is left out, with everything below it: what needs a display or another system, what installs other software, what is
/// there for CPython's own tests and tools, and what Argil has of its own.
const LEFT_OUT: &[&str] = &[
    "__hello__",
    "__phello__",
    "_android_support",
    "_apple_support",
    "_ios_support",
    "_osx_support",
    "asyncio.windows_events",
    "asyncio.windows_utils",
    "curses",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "multiprocessing",
    "queue",
    "test",
    "threading",
    "tkinter",
    "turtle",
    "turtledemo",
    "venv",
];

/// How hard sources are compressed, of 10.
const LEVEL: u8 = 6;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let root = Path::new(rustpython_pylib::LIB_PATH);
    let mut modules = Vec::new();
    collect(root, "", &mut modules);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder"));
    let image = image::build(modules);
    fs::write(out.join("fingerprint"), fingerprint(&image).to_string()).expect("the fingerprint can be written");
    fs::write(out.join("library.image"), image).expect("the image can be written");
}

/// Tells builds of the compiler apart by what they make of the library: 32 bits of FNV-1a, never 0.
fn fingerprint(image: &[u8]) -> u32 {
    let hash = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = image.iter().fold(0xcbf2_9ce4_8422_2325, hash);
    ((hash >> 32) as u32 ^ hash as u32).max(1)
}

/// Lines that are otherwise here: the folder of installed packages is named after the language, and the image is no folder.
const CHANGED: &[(&str, &str, &str)] = &[
    ("site", "return 'RustPython'", "return 'Python'"),
    ("site", "/lib/rustpython{version", "/lib/python{version"),
    (
        "site",
        "        dir = os.path.abspath(dir)",
        "        dir = dir if dir in ('', '<lib>') else os.path.abspath(dir)",
    ),
    ("sysconfig", "return 'RustPython'", "return 'Python'"),
];

/// The text of a module as it is here.
fn changed(name: &str, mut text: String) -> String {
    for (_, from, to) in CHANGED.iter().filter(|(module, ..)| *module == name) {
        assert!(text.contains(from), "{name} has no line {from:?}");
        text = text.replacen(from, to, 1);
    }
    text
}

/// Compiles the modules of a folder, whose names begin with `prefix`.
fn collect(folder: &Path, prefix: &str, modules: &mut Vec<Module>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the library can be read").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        let name = format!("{prefix}{stem}");
        if LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            let init = path.join("__init__.py");
            if init.is_file() {
                modules.push(module(name.clone(), &init, true));
                collect(&path, &format!("{name}."), modules);
            }
        } else if path.extension().is_some_and(|extension| extension == "py") && stem != "__init__" {
            modules.push(module(name, &path, false));
        }
    }
}

fn module(name: String, path: &Path, is_package: bool) -> Module {
    let bytes = fs::read(path).expect("a module can be read");
    let bytes = match CHANGED.iter().any(|(module, ..)| *module == name) {
        true => changed(&name, String::from_utf8(bytes).expect("it is UTF-8")).into_bytes(),
        false => bytes,
    };
    let source = miniz_oxide::deflate::compress_to_vec_zlib(&bytes, LEVEL);
    let source_size = bytes.len() as u32;
    let text = encoding::decode(bytes, None).unwrap_or_else(|_| panic!("{} has no encoding", path.display()));
    let code = compile(&text, Mode::Exec).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
    let mut out = Writer::default();
    marshal::write(&mut out, &code);
    Module { name, is_package, code: out.0, source, source_size }
}
