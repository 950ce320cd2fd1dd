//! The notices of what is in the binary.

use std::process::Command;

use crate::{folder, run};

#[test]
fn every_crate_has_its_notice() {
    let done = run(&folder("licences"), &["--licences"]);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2"), "that of the library");
    let tree = [
        "tree",
        "--offline",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--package",
        "argil",
        "--format",
        "{p}",
    ];
    let output = Command::new(env!("CARGO")).args(tree).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let packages = String::from_utf8(output.expect("cargo runs").stdout).expect("it is UTF-8");
    assert!(packages.lines().count() > 50, "{packages}");
    for package in packages.lines().filter(|line| !line.contains("(/")) {
        let mut words = package.split_whitespace();
        let (name, version) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let heading = format!("\n{name} {} (", version.trim_start_matches('v'));
        assert!(done.stdout.contains(&heading), "{name} {version} has no notice");
    }
}
