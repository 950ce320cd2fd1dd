//! Every path that the documentation or a comment names leads somewhere.
//!
//! In the pages that is every link, and every word that reads as a path: `vm/jump.rs`, `tests/lang/`, `docs/compare.md`. In Rust
//! files it is such words in comments. A path may be given from the root, from the folder of the file that names it or one
//! around that, or by as many of its last parts as say what is meant, `src/` left out or not: `heap/alloc.rs` for
//! `interp/src/heap/alloc.rs`, `lock/gil.rs` for `interp/lock/src/gil.rs`. Under the head of a table that says
//! "in `interp/src/`", the first column is taken from there and nowhere else.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What ends the name of a file of the project.
const EXTENSIONS: [&str; 9] = ["rs", "py", "md", "toml", "sh", "svg", "out", "err", "status"];
/// Words that stand for whatever the reader has.
const PLACEHOLDERS: [&str; 4] = ["NAME", "DIR", "PID", "script"];
/// Files of the reader's own, of CPython or of the system, which are spoken of but not ours.
const ELSEWHERE: [&str; 6] = ["__init__.py", "__main__.py", "__init__.pyc", "a/b.py", "a/b/__main__.py", "x.py"];

/// The files of the project, and the folders, each with `/` at its end.
struct Tree(BTreeSet<String>);

impl Tree {
    fn read() -> Tree {
        let mut paths = BTreeSet::new();
        add(&mut paths, Path::new(env!("CARGO_MANIFEST_DIR")), "");
        Tree(paths)
    }

    fn texts(&self, extension: &str) -> impl Iterator<Item = (&str, String)> {
        let paths = self.0.iter().map(String::as_str).filter(move |path| path.ends_with(extension));
        paths.map(|path| {
            let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
            (path, text.unwrap_or_else(|error| panic!("{path}: {error}")))
        })
    }

    /// Whether there is a file of this path, or a folder, with or without its `/`.
    fn has(&self, path: &str) -> bool {
        self.0.contains(path) || self.0.contains(&format!("{path}/"))
    }

    /// Whether a word of the file `from` leads somewhere.
    fn resolves(&self, word: &str, from: &str) -> bool {
        if word.starts_with("../") || word.starts_with("./") {
            return self.has(&joined(parent(from), word));
        }
        let mut around = Some(parent(from));
        while let Some(folder) = around {
            if self.has(&format!("{folder}{word}")) || self.has(&format!("{folder}src/{word}")) {
                return true;
            }
            around = (!folder.is_empty()).then(|| parent(folder.trim_end_matches('/')));
        }
        let end = format!("/{word}");
        let ends = |path: &str| path.ends_with(&end) || path.trim_end_matches('/').ends_with(&end);
        self.0.iter().any(|path| ends(path) || ends(&path.replace("/src/", "/")))
    }
}

fn add(paths: &mut BTreeSet<String>, folder: &Path, name: &str) {
    for entry in fs::read_dir(folder).expect("the project can be read").flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            let is_ours = !["target", ".git", "__pycache__"].contains(&&*file);
            if is_ours {
                paths.insert(format!("{name}{file}/"));
                add(paths, &entry.path(), &format!("{name}{file}/"));
            }
        } else {
            paths.insert(format!("{name}{file}"));
        }
    }
}

/// The folder of a path, with its `/`; the root is empty.
fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// A relative path seen from `folder`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The words of a text that read as paths of the project.
fn paths<'a>(tree: &Tree, text: &'a str) -> Vec<&'a str> {
    let is_part = |c: char| c.is_alphanumeric() || "_-./{}*~<>:".contains(c);
    let words = text.split(|c| !is_part(c)).map(|word| word.trim_end_matches(['.', ':', '-']));
    words
        .filter(|word| {
            let mut parts = word.trim_end_matches('/').split('/');
            let (first, last) = (parts.next().unwrap_or_default(), word.rsplit('/').next().unwrap_or_default());
            let extension = last.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension);
            let is_file = extension.is_some_and(|extension| EXTENSIONS.contains(&extension));
            let is_folder = word.len() > 1 && word.ends_with('/');
            let is_below = word.contains('/') && tree.has(first) && !first.is_empty();
            (is_file || is_folder || is_below) && !is_of_others(word)
        })
        .collect()
}

/// Whether a path is not the project's, or a pattern.
fn is_of_others(word: &str) -> bool {
    let stems = word.split('/').map(|part| part.split('.').next().unwrap_or_default());
    word.starts_with(['/', '~', '<'])
        || word.starts_with("target/")
        || word.contains(['{', '*', '<', '>', ':'])
        || ELSEWHERE.contains(&word)
        || stems.into_iter().any(|stem| PLACEHOLDERS.contains(&stem))
}

/// What is written between three backticks is left out, its lines staying empty.
fn without_blocks(page: &str) -> String {
    let mut inside = false;
    let lines = page.lines().map(|line| {
        let is_fence = line.trim_start().starts_with("```");
        inside ^= is_fence;
        if inside || is_fence { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The targets of a page's links, each with its line.
fn links(page: &str) -> Vec<(usize, &str)> {
    let ends = page.match_indices("](").filter_map(|(at, _)| {
        let target = page[at + 2..].split(')').next()?;
        Some((page[..at].matches('\n').count() + 1, target))
    });
    ends.collect()
}

/// The word by which a link finds a heading, as GitHub makes it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>().to_lowercase()
}

/// What is wrong with the links of the page `from`.
fn broken_links(tree: &Tree, from: &str, page: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let text = without_blocks(page);
    for (line, target) in links(&text) {
        if target.starts_with("http://") || target.starts_with("https://") {
            continue;
        }
        let (path, heading) = target.split_once('#').unwrap_or((target, ""));
        let path = if path.is_empty() { from.to_owned() } else { joined(parent(from), path) };
        let has_heading = || {
            let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)).unwrap_or_default();
            without_blocks(&page).lines().any(|line| line.starts_with('#') && anchor(line) == heading)
        };
        if !tree.has(&path) || !(heading.is_empty() || has_heading()) {
            broken.push(format!("{from}:{line}: the link {target}"));
        }
    }
    broken
}

/// What is wrong with the paths of the page `from`, blocks of code included.
fn broken_paths(tree: &Tree, from: &str, page: &str) -> Vec<String> {
    let mut broken = Vec::new();
    // Where the first column of the table under way lies.
    let mut place: Option<&str> = None;
    for (at, line) in page.lines().enumerate() {
        let mut rest = line;
        if let Some(row) = line.strip_prefix('|') {
            let (first, others) = row.split_once('|').unwrap_or((row, ""));
            if let Some(folder) = first.trim().strip_prefix("in `") {
                place = folder.split('`').next();
                rest = first;
            } else if let Some(place) = place {
                rest = others;
                for word in paths(tree, first)
                    .into_iter()
                    .filter(|word| !tree.has(format!("{place}{word}").trim_end_matches('/')))
                {
                    broken.push(format!("{from}:{}: {place}{word}", at + 1));
                }
            }
        } else {
            place = None;
        }
        let words = paths(tree, rest).into_iter().filter(|word| !tree.resolves(word, from));
        broken.extend(words.map(|word| format!("{from}:{}: {word}", at + 1)));
    }
    broken
}

/// The comment of a line of Rust, if it begins with one.
fn comment(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("//")
}

#[test]
fn links_and_paths_of_pages_lead_somewhere() {
    let tree = Tree::read();
    let mut broken = Vec::new();
    for (page, text) in tree.texts(".md") {
        broken.extend(broken_links(&tree, page, &text));
        broken.extend(broken_paths(&tree, page, &text));
    }
    for (page, text) in tree.texts(".py").filter(|(page, _)| page.starts_with("docs/") || page.starts_with("examples/"))
    {
        let docstring = text.split("\"\"\"").nth(1).unwrap_or_default();
        broken.extend(broken_paths(&tree, page, docstring));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn paths_in_comments_lead_somewhere() {
    let tree = Tree::read();
    let mut broken = Vec::new();
    for (file, text) in tree.texts(".rs") {
        let comments: Vec<&str> = text.lines().map(|line| comment(line).unwrap_or_default()).collect();
        broken.extend(broken_paths(&tree, file, &comments.join("\n")));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn broken_ones_are_found() {
    let tree = Tree(
        ["a/", "a/src/", "a/src/one.rs", "a/src/deep/", "a/src/deep/two.rs", "doc/", "doc/x.md", "README.md"]
            .map(String::from)
            .into(),
    );
    let of = |from, page| [broken_links(&tree, from, page), broken_paths(&tree, from, page)].concat();
    let good = "[x](x.md) and [one](../a/src/one.rs), `one.rs`, `deep/two.rs`, `src/deep/`, a/src/, `NAME.rs`, I/O, /proc/x.rs";
    assert_eq!(of("doc/x.md", good), [""; 0]);
    assert_eq!(of("doc/x.md", "\n[x](y.md)"), ["doc/x.md:2: the link y.md", "doc/x.md:2: y.md"]);
    assert_eq!(of("doc/x.md", "`three.rs`, `two/one.rs` and `src/deeper/`.").len(), 3);
    assert_eq!(of("README.md", "a/src/three and `a/src/one`"), ["README.md:1: a/src/three", "README.md:1: a/src/one"]);
    let table = "| in `a/src/` | |\n| --- | --- |\n| `one.rs`, `two.rs`, `deep/` | x |\n\n`two.rs`";
    assert_eq!(of("README.md", table), ["README.md:3: a/src/two.rs"]);
    assert_eq!(anchor("## What `none` is, and isn't"), "what-none-is-and-isnt");
}
