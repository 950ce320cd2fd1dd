//! Reads every path in `interp/src` against the floors of ARCHITECTURE.md: imports go down only. Objects and meaning are the
//! two circles: within these floors files know each other; on any other floor, rooms may not know each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A floor: its name, and its rooms. A room is a file or a folder of `src`; `*` stands for one name.
struct Floor(&'static str, &'static [&'static str]);

/// From the ground up. A file belongs to the most exact room that names it.
const FLOORS: &[Floor] = &[
    Floor("base", &["append", "byte_enum", "memory", "names", "options", "stress"]),
    Floor("shared memory", &["shared"]),
    Floor(
        "objects",
        &[
            "audit",
            "barrier",
            "builtin",
            "collect",
            "config",
            "ctx",
            "heap",
            "hooks",
            "interp",
            "kind",
            "object",
            "origins",
            "safepoint",
            "service",
            "shape",
            "stack",
            "types",
            "value",
            "watch",
        ],
    ),
    Floor("meaning", &["ops", "vm"]),
    Floor(
        "natives",
        &[
            "codecs",
            "functions",
            "library",
            "native",
            "struct_sequence",
            "types/*/methods",
            "types/*/*/methods",
            // Parts of the methods of types that have many.
            "types/bytes/buffer",
            "types/bytes/construct",
            "types/bytes/hex",
            "types/class/create",
            "types/class/rebase",
            "types/exception/group",
            "types/exception/unicode",
            "types/float/hex",
            "types/generic_alias/parameters",
            "types/generic_alias/show",
            "types/generic_alias/union",
            "types/iter/reduce",
            "types/memory_view/pack",
            "types/str/case",
            "types/str/convert",
            "types/str/justify",
            "types/str/search",
            "types/str/split",
            "types/type_parameter/alias",
            "types/type_parameter/parts",
        ],
    ),
    Floor("modules", &["ast", "exit", "finalise", "image", "import", "run", "signals", "traceback"]),
    Floor("program", &["process", "program", "threads"]),
    // `process/serve` is how a worker process starts.
    Floor("start", &["bootstrap", "lib", "process/serve"]),
];

/// Floors within which files may know each other in a circle.
const CIRCLES: [&str; 2] = ["objects", "meaning"];

/// A module, as the names from the crate's root to it.
type Module = Vec<String>;

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file with the module that it is; unit tests in files of their own are left out.
fn files(folder: &Path, found: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let below = path.strip_prefix(source()).expect("it lies there").with_extension("");
            let mut module: Module = below.iter().map(|name| name.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|name| name == "mod") {
                module.pop();
            }
            if module.last().is_none_or(|name| name != "tests") {
                found.insert(module, std::fs::read_to_string(&path).expect("it is text"));
            }
        }
    }
}

/// The code of a file: without comments, and without the unit tests at its end.
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
    text[..end].lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The names of the paths that begin here: those of `{a, b::C}` one by one. Also how much text they take.
fn names(text: &str) -> (Vec<Module>, usize) {
    let name_len = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    if name_len > 0 {
        let name = text[..name_len].to_owned();
        let rest = &text[name_len..];
        if let Some(rest) = rest.strip_prefix("::") {
            let (below, used) = names(rest);
            let all = below.into_iter().map(|path| std::iter::once(name.clone()).chain(path).collect()).collect();
            return (all, name_len + 2 + used);
        }
        return (vec![vec![name]], name_len);
    }
    let Some(mut rest) = text.strip_prefix('{') else { return (vec![Vec::new()], 0) };
    let mut all = Vec::new();
    loop {
        rest = rest.trim_start();
        let (paths, used) = names(rest);
        if used > 0 {
            all.extend(paths);
        }
        let Some(next) = rest[used..].find([',', '}']) else { break };
        let closes = rest[used + next..].starts_with('}');
        rest = &rest[used + next + 1..];
        if closes {
            break;
        }
    }
    (all, text.len() - rest.len())
}

/// The modules that the code of `module` names by `crate::` and `super::` paths.
fn named(module: &Module, text: &str, all: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    for root in ["crate::", "super::"] {
        for (at, _) in text.match_indices(root) {
            if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            for path in names(&text[at + root.len()..]).0 {
                let mut full = module.clone();
                match root {
                    "crate::" => full.clear(),
                    _ => drop(full.pop()),
                }
                for name in path {
                    if name == "super" { drop(full.pop()) } else { full.push(name) }
                }
                while !full.is_empty() && !all.contains_key(&full) {
                    full.pop();
                }
                if !full.is_empty() && full != *module {
                    found.insert(full);
                }
            }
        }
    }
    found
}

/// The floor of a module, and its room there.
fn place(module: &Module) -> (usize, String) {
    let fits = |room: &str| {
        let parts: Vec<&str> = room.split('/').collect();
        parts.len() <= module.len() && parts.iter().zip(module).all(|(part, name)| *part == "*" || part == name)
    };
    let rooms =
        FLOORS.iter().enumerate().flat_map(|(floor, Floor(_, rooms))| rooms.iter().map(move |room| (floor, *room)));
    let (floor, room) = rooms
        .filter(|(_, room)| fits(room))
        .max_by_key(|(_, room)| room.split('/').count())
        .unwrap_or_else(|| panic!("{} stands on no floor: give it a place in tests/floors.rs", module.join("/")));
    // What belongs to a type is one room.
    let room = if room.starts_with("types/") { module[..2].join("/") } else { room.to_owned() };
    (floor, room)
}

fn arrows() -> Vec<(Module, Module)> {
    let mut all = BTreeMap::new();
    files(&source(), &mut all);
    assert!(all.len() > 150, "the sources are not where they were");
    let of = |(module, text): (&Module, &String)| {
        let named = named(module, &code(text), &all);
        named.into_iter().map(|to| (module.clone(), to)).collect::<Vec<_>>()
    };
    all.iter().flat_map(of).collect()
}

#[test]
fn imports_go_down() {
    let mut wrong = Vec::new();
    for (from, to) in arrows() {
        let ((below, _), (above, _)) = (place(&from), place(&to));
        // A folder's `mod.rs` declares what lies in it, whatever the floor.
        if above > below && !(to.starts_with(&from)) {
            let (from, to) = (from.join("/"), to.join("/"));
            wrong.push(format!("{from} ({}) knows {to} ({})", FLOORS[below].0, FLOORS[above].0));
        }
    }
    assert!(wrong.is_empty(), "these run up:\n{}", wrong.join("\n"));
}

#[test]
fn rooms_of_a_floor_stand_in_no_circle() {
    let mut knows: BTreeMap<(usize, String), BTreeSet<(usize, String)>> = BTreeMap::new();
    for (from, to) in arrows() {
        let (from, to) = (place(&from), place(&to));
        if from.0 == to.0 && from.1 != to.1 && !CIRCLES.contains(&FLOORS[from.0].0) {
            knows.entry(from).or_default().insert(to);
        }
    }
    for start in knows.keys() {
        let mut reached = BTreeSet::new();
        let mut next: Vec<_> = knows[start].iter().collect();
        while let Some(room) = next.pop() {
            assert!(
                room != start,
                "on the floor of {}, {} knows itself through others: {reached:?}",
                FLOORS[start.0].0,
                start.1
            );
            if reached.insert(room) {
                next.extend(knows.get(room).into_iter().flatten());
            }
        }
    }
}

#[test]
fn paths_are_read_as_they_are_written() {
    let read = |text| names(text).0.into_iter().map(|path| path.join("/")).collect::<Vec<_>>().join(" ");
    assert_eq!(read("a::b::C;"), "a/b/C");
    assert_eq!(read("a::{self, b::{C, D}, e};"), "a/self a/b/C a/b/D a/e");
    assert_eq!(read("a(x, y)"), "a");
}
