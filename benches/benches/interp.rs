//! The interpreter from Rust: starting one, calling into it, and what scripts do most.
//!
//! Each script defines a function `work`; what is timed is one call of it.

use argil_interp::collect;
use argil_interp::config::Config;
use argil_interp::ctx::{Ctx, Slot};
use argil_interp::interp::Interpreter;
use argil_interp::lock::LockMode;
use argil_interp::program::{Ending, run_main};
use argil_interp::types::module::Module;
use argil_interp::value::Value;
use criterion::{Criterion, criterion_group, criterion_main};

/// Rust stack that the bench's own thread has at least, in bytes.
const NATIVE_STACK: usize = 1 << 20;

fn start() -> Box<Ctx> {
    let config = Config::new(LockMode::Gil, &argil_stdlib::LIBRARY);
    Interpreter::start(config, NATIVE_STACK)
}

/// Runs a script; its function `work`.
fn define(cx: &mut Ctx, script: &str) -> Slot {
    assert_eq!(run_main(cx, script.to_owned(), "<bench>", false), Ending::Status(0));
    let cx = &*cx;
    let main = cx.interp().modules(cx).get_name(cx, cx.intern("__main__")).and_then(Value::cast::<Module>);
    let names = main.expect("a program was run").names(cx);
    cx.root(names.get_name(cx, cx.intern("work")).expect("the script defines it"))
}

fn call(cx: &mut Ctx, work: Slot) {
    cx.scope(|cx| cx.call(work, &[])).expect("the script does not raise");
}

fn start_up(criterion: &mut Criterion) {
    criterion.bench_function("interp/start_up", |bencher| bencher.iter(start));
}

/// A function of the scripts, and the name of its bench. Loops are of a thousand steps.
const SCRIPTS: [(&str, &str); 6] = [
    ("interp/call", "def work():\n    return 1\n"),
    ("interp/loop", "def work():\n    n = 1000\n    while n:\n        n -= 1\n"),
    (
        "interp/attributes",
        "
class Point:
    def __init__(self):
        self.x = 0

point = Point()

def work():
    for i in range(1000):
        point.x = point.x + i
",
    ),
    (
        "interp/dict",
        "
def work():
    d = {}
    for i in range(1000):
        d[i] = i
    for i in range(1000):
        d[i]
",
    ),
    (
        "interp/list_append",
        "
def work():
    out = []
    for i in range(1000):
        out.append(i)
",
    ),
    (
        "interp/allocate",
        "
class Node:
    def __init__(self, next):
        self.next = next

def work():
    head = None
    for i in range(1000):
        head = Node(head)
",
    ),
];

fn scripts(criterion: &mut Criterion) {
    for (name, script) in SCRIPTS {
        let mut cx = start();
        let work = define(&mut cx, script);
        criterion.bench_function(name, |bencher| bencher.iter(|| call(&mut cx, work)));
    }
}

/// A collection that finds a hundred thousand objects alive.
fn collection(criterion: &mut Criterion) {
    let mut cx = start();
    define(&mut cx, "kept = [[i] for i in range(100_000)]\ndef work():\n    return kept\n");
    criterion.bench_function("interp/collect", |bencher| bencher.iter(|| collect::collect(&mut cx)));
}

criterion_group!(benches, start_up, scripts, collection);
criterion_main!(benches);
