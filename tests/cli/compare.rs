//! `argil compare`: its table, its file, and scripts that misbehave.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Done, run, with_script};

fn compare(folder: &Path, args: &[&str]) -> Done {
    run(folder, &[&["compare", "--runs", "2", "--warmup", "0"], args].concat())
}

#[test]
fn a_row_for_each_mode_and_a_sentence() {
    let folder = with_script("compare_rows", "import sys\nprint(sys.argv[1:])\n");
    let done = compare(&folder, &["script.py", "--json", "runs.json", "--", "--runs", "x"]);
    // Nothing but the table: the progress bar is for terminals.
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    for start in ["script.py --runs x: 2 runs in each mode", "│ gil ", "│ none ", "│ process "] {
        assert!(done.stdout.lines().any(|line| line.starts_with(start)), "{start}: {}", done.stdout);
    }
    assert!(done.stdout.ends_with(".\n"), "{}", done.stdout);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["outputs_equal"], true);
    let series = document["series"].as_array().expect("it is a list");
    assert_eq!(series.len(), 3);
    for one in series {
        let runs = one["runs"].as_array().expect("it is a list");
        assert_eq!(runs.len(), 2);
        assert!(
            runs.iter().all(|run| run["wall"].as_f64() > Some(0.0) && run["peak_memory"].as_u64() > Some(500_000)),
            "{text}"
        );
    }
}

#[test]
fn worker_counts_are_filled_in() {
    let folder = with_script("compare_workers", "import sys\nprint(sys.argv[1:])\n");
    let done = compare(
        &folder,
        &["--modes", "gil,none", "--workers", "1,3", "--json", "runs.json", "script.py", "--", "n={workers}"],
    );
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.contains("Speed-up against gil with 1 worker"), "{}", done.stdout);
    assert!(done.stdout.contains("With 3 workers, "), "{}", done.stdout);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let seen: Vec<(&Value, &Value)> =
        document["series"].as_array().into_iter().flatten().map(|one| (&one["mode"], &one["arguments"][0])).collect();
    let expected = [("gil", "n=1"), ("none", "n=1"), ("gil", "n=3"), ("none", "n=3")];
    assert_eq!(
        seen,
        expected.map(|(mode, argument)| (Value::from(mode), Value::from(argument))).each_ref().map(|(a, b)| (a, b))
    );
}

#[test]
fn modes_that_print_differently_are_told() {
    let folder = with_script("compare_differ", "import sys\nprint('same')\nprint(sys._is_gil_enabled())\n");
    let done = compare(&folder, &["--modes", "gil,none", "script.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let diff = "The script did not always print the same:\n--- gil\n+++ none\n@@ -1,2 +1,2 @@\n same\n-True\n+False\n";
    assert!(done.stdout.ends_with(diff), "{}", done.stdout);
}

#[test]
fn a_script_that_fails_in_one_mode() {
    let folder = with_script("compare_fails", "import sys\nif not sys._is_gil_enabled(): [][1]\n");
    let done = compare(&folder, &["--modes", "gil,none", "script.py"]);
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    let first = "argil: script.py failed (exit status 1) in mode none; the end of its stderr:\n";
    assert!(done.stderr.starts_with(first), "{}", done.stderr);
    assert!(done.stderr.ends_with("  IndexError: list index out of range\n"), "{}", done.stderr);
}

#[test]
fn a_script_that_cannot_be_compiled() {
    let folder = with_script("compare_bad", "x = (\n");
    let done = compare(&folder, &["script.py"]);
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    assert!(done.stderr.starts_with("argil: script.py failed (exit status 1) in mode gil; "), "{}", done.stderr);
}

#[test]
fn a_script_that_hangs() {
    let text = "import multiprocessing, threading, time\n\
                def hang():\n    while True: pass\n\
                def sleep():\n    time.sleep(1000)\n\
                if __name__ == '__main__':\n    \
                for kind in threading.Thread, multiprocessing.Process:\n        \
                for target in hang, sleep:\n            kind(target=target).start()\n    \
                hang()\n";
    let folder = with_script("compare_hangs", text);
    for mode in ["gil", "none", "process"] {
        let started = Instant::now();
        let done = compare(&folder, &["--timeout", "0.5", "--modes", mode, "script.py"]);
        let stderr = format!("argil: script.py did not end within 500 ms and was killed in mode {mode}\n");
        assert_eq!(done, Done { status: 1, stdout: String::new(), stderr });
        assert!(started.elapsed() < Duration::from_secs(30), "{mode}: {:?}", started.elapsed());
    }
}
