//! Memory that a script asks for and the system refuses: it is an exception where CPython has one, and never ends the process.
//!
//! Each line was run with CPython 3.14 under the same limit. Sizes are absurd where there is no limit, so that every machine
//! refuses them at once.

use std::path::Path;
use std::process::Command;
use std::thread;

use crate::{Done, argil, folder, run_with};

/// The address space of a limited run, in kilobytes.
const LIMIT: u32 = 440_000;

/// Runs code by `-c`, with so many kilobytes of address space if there is a limit.
fn run_code(folder: &Path, limit: Option<u32>, code: &str) -> Done {
    let mut command = match limit {
        None => argil(folder, &["-c", code]),
        Some(limit) => {
            let mut command = Command::new("sh");
            let script = format!("ulimit -v {limit}; exec \"$0\" \"$@\"");
            command.args(["-c", &script, env!("CARGO_BIN_EXE_argil"), "-c", code]).current_dir(folder);
            command
        }
    };
    run_with(&mut command, "")
}

/// Runs each line, which must raise this exception.
fn all_raise(name: &str, limit: Option<u32>, lines: &[(&str, &str)]) {
    let folder = folder(name);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(4);
    let failures: Vec<String> = thread::scope(|scope| {
        let run = |first| {
            let folder = &folder;
            move || {
                let run = |&(code, wanted): &(&str, &str)| {
                    let done = run_code(folder, limit, code);
                    let last = done.stderr.lines().last().unwrap_or_default();
                    let right = done.status == 1 && last == wanted && done.stderr.starts_with("Traceback");
                    (!right).then(|| format!("{code:?}: wanted {wanted:?}, got {done:?}"))
                };
                lines.iter().skip(first).step_by(workers).filter_map(run).collect::<Vec<_>>()
            }
        };
        let all: Vec<_> = (0..workers).map(|first| scope.spawn(run(first))).collect();
        all.into_iter().flat_map(|worker| worker.join().expect("it only runs programs")).collect()
    });
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

const REFUSED: &str = "MemoryError";

#[test]
fn what_no_machine_has_is_refused() {
    let to_c_int = "OverflowError: Python int too large to convert to C int";
    all_raise(
        "memory_absurd",
        None,
        &[
            ("'a\\t'.expandtabs(10**13)", to_c_int),
            ("b'a\\t'.expandtabs(10**13)", to_c_int),
            ("'%*d' % (10**13, 1)", REFUSED),
            ("'%.*f' % (10**13, 1.0)", to_c_int),
            ("b'%*d' % (10**13, 1)", REFUSED),
            ("'%10000000000000d' % 1", REFUSED),
            ("import itertools; itertools.product(range(10), repeat=10**12)", REFUSED),
            ("import itertools; itertools.combinations_with_replacement('ab', 10**13)", REFUSED),
            ("import itertools; itertools.permutations('ab', 10**13)", REFUSED),
            ("import itertools; itertools.tee([], 10**13)", REFUSED),
            ("(1).to_bytes(10**13, 'big')", REFUSED),
            ("(-1).to_bytes(10**13, 'little', signed=True)", REFUSED),
            ("list(range(10**18))", REFUSED),
            ("sorted(range(10**18))", REFUSED),
            ("[*range(10**18)]", REFUSED),
            ("L = []; L.extend(range(10**18))", REFUSED),
            ("L = []; L += range(10**18)", REFUSED),
            ("L = [1]; L[:] = range(10**18)", REFUSED),
            ("x, *y = range(10**18)", REFUSED),
            ("''.join(range(10**18))", REFUSED),
            ("bytes(range(10**18))", REFUSED),
            ("from itertools import repeat; list(repeat(1, 10**13))", REFUSED),
            ("'x' * 10**13", REFUSED),
            ("b'x' * 10**13", REFUSED),
            ("[1] * 10**13", REFUSED),
            ("(1, 2) * 10**13", REFUSED),
            ("'ab' * 2**62", "OverflowError: repeated string is too long"),
            ("[1, 2] * 2**62", REFUSED),
            ("L = [1]; L *= 10**13", REFUSED),
            ("bytearray(b'x') * 10**13", REFUSED),
            ("b = bytearray(b'x'); b *= 10**13", REFUSED),
            ("bytearray(b'x').resize(10**13)", REFUSED),
            ("bytes(10**13)", REFUSED),
            ("bytearray(10**13)", REFUSED),
            ("'a'.ljust(10**13)", REFUSED),
            ("'a'.rjust(10**13, 'é')", REFUSED),
            ("'a'.center(10**13)", REFUSED),
            ("'-1'.zfill(10**13)", REFUSED),
            ("b'a'.ljust(10**13)", REFUSED),
            ("b'a'.center(10**13)", REFUSED),
            ("b'-1'.zfill(10**13)", REFUSED),
            ("format('a', '10000000000000')", REFUSED),
            ("format(1, '10000000000000')", REFUSED),
            ("f'{\"a\":>10000000000000}'", REFUSED),
            ("'{:>10000000000000}'.format('a')", REFUSED),
            ("1 << 10**14", REFUSED),
            ("1 << 2**64", "OverflowError: too many digits in integer"),
            // CPython takes hours before it says so.
            ("10**(3*10**9)", REFUSED),
            ("import os; os.urandom(10**13)", REFUSED),
            ("import random; random.getrandbits(10**14)", REFUSED),
            (
                "from collections import deque; deque(maxlen=2**64)",
                "OverflowError: Python int too large to convert to C ssize_t",
            ),
        ],
    );
}

#[test]
fn what_grows_beyond_a_limit_is_refused() {
    all_raise(
        "memory_limit",
        Some(LIMIT),
        &[
            ("L = []\nwhile True: L += L or [1]", REFUSED),
            ("[i for i in range(10**9)]", REFUSED),
            ("list(range(10**8))", REFUSED),
            ("x = [0] * (4 * 10**7); y = x + x", REFUSED),
            ("x = [0] * (3 * 10**7); y = x[:]; z = x.copy()", REFUSED),
            ("x = 'x' * 10**8; y = x.replace('x', 'yyyy')", REFUSED),
            ("x = 'x' * 10**8; y = x.split('x')", REFUSED),
            ("x = 'x' * 10**8; y = list(x)", REFUSED),
            ("x = 'x' * 10**8; y = f'{x}{x}{x}{x}'", REFUSED),
            ("s = ''\nwhile True: s += s or 'x'", REFUSED),
            ("b = bytearray(b'x')\nwhile True: b += b", REFUSED),
            ("bytes(10**9)", REFUSED),
            ("(1).to_bytes(10**9, 'big')", REFUSED),
            ("'%1000000000d' % 1", REFUSED),
            ("1 << (8 * 10**9)", REFUSED),
            ("{i: i for i in range(10**9)}", REFUSED),
            ("d = dict.fromkeys(range(10**6))\nwhile True: d = {**d, **{(len(d), k): 0 for k in d}}", REFUSED),
            ("set(range(10**9))", REFUSED),
            ("from collections import deque; deque([0] * 10**6) * 1000", REFUSED),
            ("from itertools import count; list(zip(count()))", REFUSED),
            ("n = None\nwhile True: n = [n]", REFUSED),
            ("class C: pass\n[C() for i in range(10**9)]", REFUSED),
            ("open('/dev/zero', 'rb').read()", REFUSED),
            ("def f(*a): pass\nf(*[None] * 70_000_000)", REFUSED),
        ],
    );
}

#[test]
fn garbage_is_no_reason_to_refuse() {
    let folder = folder("memory_garbage");
    for code in [
        // Each in another kind of native: a constructor, an operator, a method, a display, a call that grows a container.
        "for i in range(40): x = None; x = bytes(100_000_000)",
        "for i in range(40): x = None; x = [0] * 10_000_000",
        "for i in range(40): x = None; x = 'ab'.center(100_000_000)",
        "b = bytes(20_000_000)\nfor i in range(40): x = None; x = b[1:] + b",
        "for i in range(20): x = None; x = list(range(3_000_000))",
        "for i in range(20): x = None; x = {i: i for i in range(500_000)}",
        // Garbage that only a collection finds.
        "for i in range(40): x = [bytes(30_000_000)]; x.append(x)",
        "import gc; gc.disable()\nfor i in range(40): x = None; x = bytes(100_000_000)",
    ] {
        let done = run_code(&folder, Some(LIMIT), code);
        assert_eq!((done.status, done.stderr.as_str()), (0, ""), "{code}");
    }
}

#[test]
fn a_script_goes_on_after_it_was_refused() {
    let folder = folder("memory_caught");
    let code = "
kept = []
for attempt in range(5):
    try:
        while True:
            kept.append([None] * 1000)
    except MemoryError:
        print('refused', len(kept) > 1000)
        kept = kept[:10]
d = {}
try:
    d = {i: str(i) for i in range(10**9)}
except MemoryError:
    print(len(d))
try:
    [0] * 10**13
except MemoryError as error:
    print(repr(error), [0] * 3)
";
    let done = run_code(&folder, Some(LIMIT), code);
    let wanted = format!("{}0\nMemoryError() [0, 0, 0]\n", "refused True\n".repeat(5));
    assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, wanted.as_str(), ""));
}

#[test]
fn printing_needs_no_descriptor() {
    let folder = folder("memory_descriptors");
    let code = "
L = []
try:
    while True: L.append(open('/dev/null'))
except OSError as e: print(e)
print('after')
1/0";
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -n 20; exec \"$0\" -c \"$1\"", env!("CARGO_BIN_EXE_argil"), code]).current_dir(&folder);
    let done = run_with(&mut command, "");
    assert_eq!((done.status, done.stdout.as_str()), (1, "[Errno 24] Too many open files: '/dev/null'\nafter\n"));
    assert_eq!(done.stderr.lines().last(), Some("ZeroDivisionError: division by zero"));
}

#[test]
fn little_address_space_is_enough_to_start() {
    let folder = folder("memory_little");
    let threads = "
import threading
lock = threading.Lock()
def work():
    with lock: print(2)
thread = threading.Thread(target=work)
thread.start(); thread.join()";
    let command = |limits: &str, code: &str| {
        let script = format!("{limits}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_argil"), "-c", code]).current_dir(&folder);
        run_with(&mut command, "")
    };
    for (limits, code, wanted) in [
        ("ulimit -v 300000", "print(1)", "1\n"),
        ("ulimit -v 300000", threads, "2\n"),
        // No file may grow, as what processes share would; and hardly a descriptor is left for it.
        ("ulimit -f 0", threads, "2\n"),
        ("ulimit -n 4", threads, "2\n"),
    ] {
        let done = command(limits, code);
        assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, wanted, ""), "{limits}");
    }
}
