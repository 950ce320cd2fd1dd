//! Collects the notices of every crate in the binary, for `argil --licences`. cargo knows where their sources are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

/// Crates that leave something in the binary although they only help to build it.
const BUILT_IN: [&str; 1] = ["rustpython-pylib"];
/// How the names of files with notices begin.
const NOTICES: [&str; 5] = ["licen", "copying", "copyright", "notice", "psf-license"];
/// How hard the text is compressed, of 10.
const LEVEL: u8 = 9;

fn main() {
    for file in ["build.rs", "Cargo.lock", "LICENSE-MIT"] {
        println!("cargo:rerun-if-changed={file}");
    }
    let own = fs::read_to_string("LICENSE-MIT").expect("it is in the repository");
    let mut text = format!("argil (MIT OR Apache-2.0)\n\n{}\n", own.trim_end());
    match metadata() {
        Ok(metadata) => crates(&metadata).iter().for_each(|package| text.push_str(&notice(package))),
        Err(reason) => println!("cargo:warning=the notices of crates are missing: {reason}"),
    }
    let compressed = miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), LEVEL);
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names the folder")).join("licences");
    fs::write(out, compressed).expect("the notices can be written");
}

/// What cargo knows of the packages.
fn metadata() -> Result<Value, String> {
    let cargo = env::var_os("CARGO").ok_or("there is no cargo")?;
    let target = env::var("TARGET").map_err(|error| error.to_string())?;
    let mut command = Command::new(cargo);
    command.args(["metadata", "--offline", "--format-version", "1", "--filter-platform", &target]);
    let output = command.output().map_err(|error| error.to_string())?;
    match output.status.success() {
        true => serde_json::from_slice(&output.stdout).map_err(|error| error.to_string()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value[name].as_array().into_iter().flatten()
}

/// The packages that are not the project's own and whose code is in the binary, by name.
fn crates(metadata: &Value) -> Vec<&Value> {
    let packages: BTreeMap<&str, &Value> =
        list(metadata, "packages").map(|package| (field(package, "id"), package)).collect();
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"], "nodes").map(|node| (field(node, "id"), node)).collect();
    let mut next: Vec<&str> =
        packages.iter().filter(|(_, package)| package["name"] == "argil").map(|(id, _)| *id).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = next.pop() {
        let Some(package) = packages.get(id) else { continue };
        let makes_code = list(package, "targets").any(|target| list(target, "kind").any(|kind| kind == "proc-macro"));
        if makes_code || !found.insert((field(package, "name"), field(package, "version"), id)) {
            continue;
        }
        for dependency in nodes.get(id).iter().flat_map(|node| list(node, "deps")) {
            let id = field(dependency, "pkg");
            let name = packages.get(id).map_or("", |package| field(package, "name"));
            let is_linked = list(dependency, "dep_kinds").any(|kind| kind["kind"].is_null());
            if is_linked || BUILT_IN.contains(&name) {
                next.push(id);
            }
        }
    }
    let is_foreign = |package: &&Value| !package["source"].is_null();
    found.iter().filter_map(|(.., id)| packages.get(id).copied()).filter(is_foreign).collect()
}

/// The notice of a package. Of licences to choose from, MIT's is enough.
fn notice(package: &Value) -> String {
    let folder = Path::new(field(package, "manifest_path")).parent().unwrap_or(Path::new(""));
    let licence = field(package, "license");
    let mut files = notices(folder);
    let is_choice = licence.split([' ', '/']).any(|word| word == "OR") || licence.contains('/');
    let is_mit = |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().contains("MIT"));
    if is_choice && files.iter().any(is_mit) {
        files.retain(|file| is_mit(file) || file.parent() != Some(folder));
    }
    let mut text =
        format!("\n{}\n{} {} ({licence})\n\n", "-".repeat(79), field(package, "name"), field(package, "version"));
    for file in &files {
        let bytes = fs::read(file).unwrap_or_default();
        text.push_str(String::from_utf8_lossy(&bytes).trim_end());
        text.push_str("\n\n");
    }
    if files.is_empty() {
        let authors: Vec<&str> = list(package, "authors").filter_map(Value::as_str).collect();
        text.push_str(&format!("{}\n{}\n\n", authors.join(", "), field(package, "repository")));
    }
    text
}

/// The files with notices in a package's folder, and in those in it: what it bundles has its own.
fn notices(folder: &Path) -> Vec<PathBuf> {
    let entries = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    };
    let is_notice = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        path.is_file() && NOTICES.iter().any(|start| name.starts_with(start))
    };
    let (mut files, folders): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|path| path.is_file());
    files.extend(folders.iter().flat_map(|folder| entries(folder)));
    files.retain(is_notice);
    files.sort();
    files
}
