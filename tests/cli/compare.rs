//! `argil compare`: its table, its file, and scripts that misbehave.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::{Done, argil, run, with_script};

fn compare(folder: &Path, args: &[&str]) -> Done {
    run(folder, &[&["compare", "--runs", "2", "--warmup", "0"], args].concat())
}

/// The sentences below the table.
fn said(done: &Done) -> &str {
    done.stdout.lines().rev().find(|line| line.ends_with('.')).unwrap_or_default()
}

/// The cells of the row of a mode.
fn row<'a>(printed: &'a str, mode: &str) -> Vec<&'a str> {
    let start = format!("│ {mode} ");
    let line = printed.lines().find(|line| line.starts_with(&start)).unwrap_or_default();
    line.split(['│', '┆']).map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// Whether something else ran, which may be so where tests run, and is said instead of anything about time.
fn was_busy(done: &Done) -> bool {
    said(done).contains("he machine was busy: ") && said(done).ends_with("; these figures are not to be trusted.")
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
    assert!(done.stdout.contains("Speed-up against mode gil with 1 worker"), "{}", done.stdout);
    assert!(said(&done).starts_with("With 3 workers, ") || was_busy(&done), "{}", done.stdout);
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
    let arguments = ["compare", "--runs", "7", "--modes", "gil,none", "script.py", "--json", "runs.json"];
    let done = run(&folder, &arguments);
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let diff = "The script did not always print the same:\n--- mode gil\n+++ mode none\n@@ -1,2 +1,2 @@\n same\n-True\n+False\n";
    assert!(done.stdout.ends_with(diff), "{}", done.stdout);
    // However fast it was: it did something else. The warm-up counts here.
    assert_eq!(row(&done.stdout, "gil").last(), Some(&"1.00×"));
    assert_eq!(row(&done.stdout, "none").last(), Some(&"outputs differ"));
    let words = "Mode none printed something else than mode gil in all 8 runs (line 2: \"False\" instead of \"True\"): \
                 without a lock, the script has a race. ";
    assert!(said(&done).starts_with(words), "{}", done.stdout);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!((&document["outputs_equal"], &document["series"][1]["speed_up"]), (&Value::Bool(false), &Value::Null));
    assert_eq!(document["series"][1]["difference"]["runs"], 8);
}

#[test]
fn state_that_stays_in_copies_is_told() {
    let text = "import threading\nseen = []\n\
                def work(): seen.append(1)\n\
                if __name__ == '__main__':\n    \
                thread = threading.Thread(target=work)\n    thread.start()\n    thread.join()\n    print(len(seen))\n";
    let folder = with_script("compare_copies", text);
    let done = compare(&folder, &["--modes", "gil,process", "script.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let words = "Mode process printed something else than mode gil in all 2 runs (line 1: \"0\" instead of \"1\"): \
                 with a process per worker, the script keeps its state in copies, ";
    assert!(said(&done).starts_with(words), "{}", done.stdout);
}

#[test]
fn a_script_that_never_prints_the_same_proves_nothing() {
    let folder = with_script("compare_never", "import time\nprint(time.time_ns())\n");
    let done = compare(&folder, &["--modes", "gil,none", "script.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    assert!(
        said(&done).starts_with("Mode gil did not always print the same in 1 of 2 runs (line 1: "),
        "{}",
        done.stdout
    );
    assert!(!done.stdout.contains("race") && !done.stdout.contains('×'), "{}", done.stdout);
}

#[test]
fn a_mode_that_fails_leaves_the_others() {
    let folder = with_script("compare_fails", "import sys\nif not sys._is_gil_enabled(): [][1]\n");
    let done = compare(&folder, &["--json", "runs.json", "script.py"]);
    assert_eq!(done.status, 1);
    assert_eq!(row(&done.stdout, "none"), ["none", "failed (exit status 1)", "–", "–", "–"]);
    for mode in ["gil", "process"] {
        assert!(row(&done.stdout, mode).last().is_some_and(|cell| cell.ends_with('×')), "{}", done.stdout);
    }
    let first = "argil: script.py failed (exit status 1) in mode none; the end of its stderr:\n";
    assert!(done.stderr.starts_with(first), "{}", done.stderr);
    let last = "  IndexError: list index out of range\nargil: to leave out what fails: --modes gil,process\n";
    assert!(done.stderr.ends_with(last), "{}", done.stderr);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(document["series"][1]["failure"], "failed (exit status 1)");
    assert_eq!(document["series"][2]["runs"].as_array().map(Vec::len), Some(2));
}

#[test]
fn without_the_lock_to_compare_with_the_table_stands() {
    let folder = with_script("compare_fails_gil", "import sys\nif sys._is_gil_enabled(): sys.exit('no')\n");
    let done = compare(&folder, &["--modes", "gil,none", "script.py"]);
    assert_eq!(done.status, 1);
    assert_eq!(row(&done.stdout, "none").last(), Some(&"–"));
    assert!(said(&done) == "There is nothing to compare with: mode gil failed." || was_busy(&done), "{}", done.stdout);
    let stderr = "argil: script.py failed (exit status 1) in mode gil; the end of its stderr:\n  no\n\
                  argil: to leave out what fails: --modes none\n";
    assert_eq!(done.stderr, stderr);
}

#[test]
fn a_script_that_cannot_be_compiled() {
    let folder = with_script("compare_bad", "x = (\n");
    let done = compare(&folder, &["script.py"]);
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    let first =
        "argil: script.py failed (exit status 1) in mode gil, mode none, mode process; the end of its stderr:\n";
    assert!(done.stderr.starts_with(first), "{}", done.stderr);
    assert_eq!(done.stderr.matches("SyntaxError").count(), 1, "{}", done.stderr);
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

#[test]
fn a_few_runs_say_nothing_about_speed() {
    let folder = with_script("compare_few", "print(1)\n");
    let done = compare(&folder, &["--modes", "gil,none", "script.py", "--json", "runs.json"]);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let words = "These are too few runs to say whether the modes differ (6 would do)";
    assert!(said(&done).starts_with(words) || was_busy(&done), "{}", done.stdout);
    assert!(!done.stdout.contains("95 % interval"), "{}", done.stdout);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    let ratio = &document["series"][1]["speed_up"];
    assert!(ratio["value"].as_f64() > Some(0.0) && ratio["low"].is_null() && ratio["high"].is_null(), "{ratio}");
}

#[test]
fn enough_runs_have_an_interval() {
    let folder = with_script("compare_enough", "print(1)\n");
    let done = run(&folder, &["compare", "--warmup", "0", "--modes", "gil,none", "script.py"]);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    let runs = done.stdout.strip_prefix("script.py: ").and_then(|rest| rest.split(' ').next()?.parse::<u32>().ok());
    assert!(runs.is_some_and(|runs| (7..=30).contains(&runs)), "{}", done.stdout);
    assert!(done.stdout.contains("against gil (95 % interval)"), "{}", done.stdout);
}

#[test]
fn the_time_that_was_given_is_kept() {
    let folder = with_script("compare_time", "import time\ntime.sleep(0.2)\n");
    let arguments = ["compare", "--warmup", "0", "--time", "0.1", "--modes", "gil,none", "script.py"];
    let done = run(&folder, &arguments);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(done.stdout.starts_with("script.py: 1 run in each mode on "), "{}", done.stdout);
    // One run lies between nothing: only the head of the table speaks of a range.
    assert!(done.stdout.lines().skip(3).all(|line| !line.contains('…')), "{}", done.stdout);
}

#[test]
fn the_document_may_go_to_standard_output() {
    let folder = with_script("compare_stdout", "print(1)\n");
    let done = compare(&folder, &["--modes", "gil", "script.py", "--json", "-"]);
    assert_eq!(done.status, 0);
    let document: Value = serde_json::from_str(&done.stdout).expect("it is JSON and nothing else");
    assert_eq!(document["series"][0]["runs"].as_array().map(Vec::len), Some(2));
    assert!(done.stderr.starts_with("script.py: 2 runs in each mode on "), "{}", done.stderr);
    assert!(!folder.join("-").exists());
}

/// What the machine does besides is the system's to tell, and only Linux does.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_that_is_busy_is_told() {
    let folder = with_script("compare_busy", "import time\ntime.sleep(0.5)\n");
    let stop = AtomicBool::new(false);
    let done = thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            // Only tells the spinning to end: nothing else depends on it.
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let done = compare(&folder, &["--modes", "gil,none", "script.py", "--json", "runs.json"]);
        stop.store(true, Ordering::Relaxed);
        done
    });
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    assert!(was_busy(&done), "{}", done.stdout);
    assert!(said(&done).starts_with("The machine was busy: other programs took "), "{}", done.stdout);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    let document: Value = serde_json::from_str(&text).expect("it is JSON");
    assert!(document["machine"]["others"].as_f64() > Some(0.5), "{text}");
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_the_first_run() {
    let folder = with_script("compare_json", "open('ran', 'w').close()\n");
    let done = compare(&folder, &["--json", "missing/runs.json", "script.py"]);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(done.stderr.starts_with("argil: --json: cannot write missing/runs.json: "), "{}", done.stderr);
    assert_eq!(done.stderr.lines().count(), 1);
    assert!(!folder.join("ran").exists());
}

#[test]
fn a_longer_file_is_replaced_whole() {
    let folder = with_script("compare_replace", "pass\n");
    fs::write(folder.join("runs.json"), "x".repeat(100_000)).expect("the folder can be written");
    let done = compare(&folder, &["--modes", "gil", "--json", "runs.json", "script.py"]);
    assert_eq!(done.status, 0);
    let text = fs::read_to_string(folder.join("runs.json")).expect("it was written");
    assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
}

#[test]
fn lists_and_numbers_that_make_no_sense() {
    let folder = with_script("compare_lists", "open('ran', 'w').close()\n");
    for (flag, value, message) in [
        ("--workers", "0", "--workers: '0' is not a number of workers above 0"),
        ("--workers", "1,x", "--workers: 'x' is not a number of workers above 0"),
        ("--workers", "1,,2", "--workers: '' is not a number of workers above 0"),
        ("--workers", "2,2", "--modes and --workers take each value once"),
        ("--modes", "gil,gil", "--modes and --workers take each value once"),
        ("--runs", "0", "--runs: at least one run is needed"),
        ("--timeout", "0", "--timeout: '0' is not a number of seconds above 0"),
        ("--time", "x", "--time: 'x' is not a number of seconds above 0"),
    ] {
        let done = run(&folder, &["compare", flag, value, "script.py", "--", "{workers}"]);
        let stderr = format!("argil: {message}\n");
        assert_eq!(done, Done { status: 2, stdout: String::new(), stderr }, "{flag} {value}");
    }
    for (flag, value) in [("--modes", "gil,x"), ("--modes", ""), ("--runs", "many"), ("--runs", "1.5")] {
        let done = run(&folder, &["compare", flag, value, "script.py"]);
        assert_eq!((done.status, done.stderr.lines().count()), (2, 1), "{flag} {value}: {}", done.stderr);
        assert!(done.stderr.starts_with(&format!("argil: {flag}: ")), "{}", done.stderr);
    }
    assert!(!folder.join("ran").exists());
}

#[test]
fn whoever_reads_may_leave_early() {
    let folder = with_script("compare_pipe", "print(1)\n");
    let mut command = argil(&folder, &["compare", "--runs", "1", "--warmup", "0", "--modes", "gil", "script.py"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("argil starts");
    // Nobody reads from before the first line on, or from after it.
    drop(child.stdout.take());
    let done = Done::from(child.wait_with_output().expect("it ends"));
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));

    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("argil starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut first).expect("it prints UTF-8");
    let done = Done::from(child.wait_with_output().expect("it ends"));
    assert!(first.starts_with("script.py: 1 run in each mode on "), "{first}");
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
}

#[test]
fn a_script_that_kills_itself() {
    let folder = with_script("compare_killed", "import os\nos.kill(os.getpid(), 9)\n");
    let done = compare(&folder, &["--modes", "gil", "script.py"]);
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    assert_eq!(done.stderr, "argil: script.py was killed (signal 9) in mode gil\n");
}
