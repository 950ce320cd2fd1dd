//! Caches of bytecode: written beside what is imported, used while they fit, ignored when they do not.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::{Done, argil, folder, run, run_with};

const IMPORT: [&str; 2] = ["-c", "import mod; print(mod.x)"];

fn with_module(name: &str) -> (PathBuf, PathBuf) {
    let folder = folder(name);
    fs::write(folder.join("mod.py"), "x = 1\n").expect("the folder can be written");
    let cache = folder.join("__pycache__/mod.argil-314.pyc");
    (folder, cache)
}

#[track_caller]
fn assert_prints(done: &Done, stdout: &str) {
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, stdout, ""));
}

fn set_time(file: &Path, time: SystemTime) {
    File::options().write(true).open(file).and_then(|file| file.set_modified(time)).expect("it is ours");
}

#[test]
fn it_is_used_while_it_fits() {
    let (folder, cache) = with_module("cache_used");
    let (module, time) = (folder.join("mod.py"), SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    set_time(&module, time);
    assert_prints(&run(&folder, &IMPORT), "1\n");
    assert!(cache.is_file());
    // The same size and time: nobody can tell that the file is another.
    fs::write(&module, "x = 2\n").expect("it is ours");
    set_time(&module, time);
    assert_prints(&run(&folder, &IMPORT), "1\n");
    set_time(&module, time + Duration::from_secs(1));
    assert_prints(&run(&folder, &IMPORT), "2\n");
    fs::write(&module, "x = 33\n").expect("it is ours");
    set_time(&module, time + Duration::from_secs(1));
    assert_prints(&run(&folder, &IMPORT), "33\n");
    let names: Vec<_> = fs::read_dir(folder.join("__pycache__")).expect("it is there").flatten().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[test]
fn what_is_damaged_or_foreign_is_ignored() {
    let (folder, cache) = with_module("cache_damaged");
    assert_prints(&run(&folder, &IMPORT), "1\n");
    let good = fs::read(&cache).expect("it is there");
    let mut spoilt: Vec<Vec<u8>> = (0..good.len()).step_by(7).map(|size| good[..size].to_vec()).collect();
    spoilt.extend((0..good.len()).step_by(3).map(|at| {
        let mut bytes = good.clone();
        bytes[at] ^= 0xff;
        bytes
    }));
    spoilt.push([&good[..16], &[0xe3, 0xff, 0xff, 0xff, 0x7f]].concat());
    let script = "import importlib, os, sys\nsys.dont_write_bytecode = True\nfor name in sorted(os.listdir('spoilt')):\n    \
                  with open('spoilt/' + name, 'rb') as file: content = file.read()\n    \
                  with open('__pycache__/mod.argil-314.pyc', 'wb') as file: file.write(content)\n    \
                  sys.modules.pop('mod', None)\n    import mod\n    assert type(mod.x) is int, name\nprint('fine')";
    fs::create_dir(folder.join("spoilt")).expect("the folder can be written");
    for (at, bytes) in spoilt.iter().enumerate() {
        fs::write(folder.join(format!("spoilt/{at:04}")), bytes).expect("the folder can be written");
    }
    let done = run(&folder, &["-c", script]);
    assert_eq!((done.status, done.stdout.as_str()), (0, "fine\n"), "{done:?}");
    fs::write(&cache, b"not bytecode").expect("it is ours");
    assert_prints(&run(&folder, &IMPORT), "1\n");
    assert_eq!(fs::read(&cache).ok(), Some(good), "it was written anew");
}

#[test]
fn it_can_be_turned_off_or_elsewhere() {
    let (folder, cache) = with_module("cache_off");
    assert_prints(&run(&folder, &["-B", IMPORT[0], IMPORT[1]]), "1\n");
    let variable = ("PYTHONDONTWRITEBYTECODE", "1");
    assert_prints(&run_with(argil(&folder, &IMPORT).env(variable.0, variable.1), ""), "1\n");
    assert_prints(
        &run(&folder, &["-c", "import sys; sys.dont_write_bytecode = True; import mod; print(mod.x)"]),
        "1\n",
    );
    assert!(!cache.exists());
    let elsewhere = folder.join("elsewhere");
    let prefix = ("PYTHONPYCACHEPREFIX", &elsewhere);
    assert_prints(&run_with(argil(&folder, &IMPORT).env(prefix.0, prefix.1), ""), "1\n");
    let place = elsewhere.join(folder.strip_prefix("/").expect("it is absolute")).join("mod.argil-314.pyc");
    assert!(place.is_file() && !cache.exists());
    assert_prints(&run(&folder, &["-OO", IMPORT[0], IMPORT[1]]), "1\n");
    assert!(folder.join("__pycache__/mod.argil-314.opt-2.pyc").is_file());
}

#[test]
fn importlib_has_the_same_caches() {
    let (folder, cache) = with_module("cache_importlib");
    let code = "import importlib.util, sys; sys.meta_path.append(object()); import mod; print(mod.x, mod.__cached__)";
    assert_prints(&run(&folder, &["-c", code]), &format!("1 {}\n", cache.display()));
    let bytes = fs::read(&cache).expect("importlib wrote it");
    let time = fs::metadata(&cache).and_then(|data| data.modified()).expect("it is there");
    assert_prints(&run(&folder, &IMPORT), "1\n");
    assert_eq!(fs::metadata(&cache).and_then(|data| data.modified()).ok(), Some(time), "it was fine as it is");
    fs::remove_file(&cache).expect("it is there");
    assert_prints(&run(&folder, &IMPORT), "1\n");
    assert_eq!(fs::read(&cache).ok().map(|bytes| bytes.len()), Some(bytes.len()));
    assert_prints(&run(&folder, &["-c", code]), &format!("1 {}\n", cache.display()));
}

#[test]
fn many_processes_may_write_it_at_once() {
    let (folder, cache) = with_module("cache_at_once");
    for _ in 0..3 {
        let start = |_| {
            let mut command = argil(&folder, &IMPORT);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("argil starts")
        };
        let all: Vec<_> = (0..8).map(start).collect();
        for child in all {
            assert_prints(&child.wait_with_output().expect("it ends").into(), "1\n");
        }
        fs::remove_file(&cache).expect("one of them wrote it");
    }
    assert_eq!(fs::read_dir(folder.join("__pycache__")).expect("it is there").count(), 0);
}
