//! From text to bytecode: how fast a large source is taken in.
//!
//! The source is real: all examples and all test scripts of the language, one after the other.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use argil_compiler::Mode;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Every script below the folder that can be compiled, joined; in the order of their paths, so that runs are alike.
fn scripts(folder: &Path, into: &mut String) {
    let mut paths: Vec<_> =
        fs::read_dir(folder).expect("the folder is in the repository").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            scripts(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            let text = fs::read_to_string(&path).expect("scripts are UTF-8");
            if argil_compiler::compile(&text, Mode::Exec).is_ok() {
                into.push_str(&text);
                into.push('\n');
            }
        }
    }
}

fn front_end(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is in a folder of the repository");
    let mut source = String::new();
    scripts(&root.join("examples"), &mut source);
    scripts(&root.join("tests/lang"), &mut source);
    let mut group = criterion.benchmark_group("front_end");
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| argil_compiler::parse(black_box(&source)).expect("each script parses, so all do"));
    });
    group.bench_function("compile", |bencher| {
        bencher
            .iter(|| argil_compiler::compile(black_box(&source), Mode::Exec).expect("each script compiles, so all do"));
    });
    group.finish();
}

criterion_group!(benches, front_end);
criterion_main!(benches);
