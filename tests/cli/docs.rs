//! The Python in the documentation: every block runs, and prints what the page says it prints.
//!
//! A block marked `python` is a script. If the next block is marked `output`, that is what it prints.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run_script;

/// A block of code: its mark, its text, and the line of the page at which it begins.
struct Block {
    mark: String,
    text: String,
    line: usize,
}

/// The blocks between lines of three backticks.
fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(mark), None) => open = Some(Block { mark: mark.into(), text: String::new(), line: at + 1 }),
            (None, Some(block)) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [root.to_path_buf(), root.join("docs")];
    let files = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("it is in the repository").flatten());
    files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}

#[test]
fn python_in_the_documentation_runs() {
    for page in pages() {
        let blocks = blocks(&fs::read_to_string(&page).expect("pages are UTF-8"));
        for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.mark == "python") {
            let place = format!("{}:{}", page.display(), block.line);
            let done = run_script("docs", &block.text);
            assert_eq!((done.status, done.stderr.as_str()), (0, ""), "{place}");
            if let Some(output) = blocks.get(at + 1).filter(|next| next.mark == "output") {
                assert_eq!(done.stdout, output.text, "{place}");
            }
        }
    }
}

#[test]
fn blocks_are_found() {
    let found = blocks("a\n```python\nprint(1)\n```\n\n```output\n1\n```\n");
    let found: Vec<_> = found.iter().map(|block| (&*block.mark, &*block.text, block.line)).collect();
    assert_eq!(found, [("python", "print(1)\n", 2), ("output", "1\n", 6)]);
}
