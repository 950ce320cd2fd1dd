//! The known differences from CPython, `docs/differences/`: each file prints what its docstring says.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Done, run};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/differences")
}

fn pages() -> Vec<PathBuf> {
    let files = fs::read_dir(folder()).expect("it is in the repository").flatten().map(|file| file.path());
    files.filter(|path| path.extension().is_some_and(|extension| extension == "py")).collect()
}

/// The indented lines below a heading of a page's docstring, as a program would print them.
fn block(page: &str, heading: &str) -> String {
    let docstring = page.split("\"\"\"").nth(1).expect("a page begins with a docstring");
    let below = docstring.lines().skip_while(|line| *line != heading).skip(1);
    let lines = below.map_while(|line| line.strip_prefix("    "));
    lines.map(|line| line.replace("\\\\", "\\") + "\n").collect()
}

#[test]
fn each_page_prints_what_it_says() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("pages are UTF-8");
        let shown = page.display();
        let (cpython, argil) = (block(&text, "CPython prints:"), block(&text, "Argil prints:"));
        assert!(!cpython.is_empty() && cpython != argil, "{shown}: where is the difference?");
        for part in ["Cause: ", "Workaround: "] {
            assert!(text.lines().any(|line| line.starts_with(part)), "{shown}: no {part}");
        }
        let name = page.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
        let done = run(&folder(), &[name]);
        assert_eq!(done, Done { status: 0, stdout: argil, stderr: String::new() }, "{shown}");
    }
}

#[test]
fn each_page_is_listed() {
    let list = fs::read_to_string(folder().join("README.md")).expect("it is in the repository");
    for page in pages() {
        let name = page.file_name().and_then(|name| name.to_str()).expect("names are UTF-8");
        assert!(list.contains(&format!("| [{name}]({name}) |")), "{name}");
    }
}
