//! Script code does not use the Rust stack: a thread with 64 KiB of it runs millions of instructions and recurses deeply.
//!
//! In release builds each instruction's handler calls the next one. If the compiler makes a single one of these a real call,
//! every execution of it leaves a frame, and 64 KiB are gone after a few thousand: the test dies. Starting an interpreter and
//! compiling are ordinary Rust that recurses a little, so they happen on the test's own thread.

use argil_interp::config::{Config, Library};
use argil_interp::ctx::Ctx;
use argil_interp::interp::Interpreter;
use argil_interp::lock::LockMode;
use argil_interp::program::{Ending, run_main};
use argil_interp::types::module::Module;
use argil_interp::value::Value;

/// Rust stack of the thread that runs script code, in bytes.
const SMALL_STACK: usize = 64 << 10;
/// Rust stack that the test's own thread has at least, in bytes.
const TEST_STACK: usize = 1 << 20;

/// Runs `script`, then calls its function `work` on a thread with a small stack; what it returns.
fn work_on_small_stack(recursion_limit: u32, script: &str) -> Option<i64> {
    let config = Config::new(LockMode::Gil, &Library::EMPTY);
    let mut cx = Interpreter::start(config, TEST_STACK);
    cx.interp().set_recursion_limit(recursion_limit);
    assert_eq!(run_main(&mut cx, script.to_owned(), "<test>", false), Ending::Status(0));
    let interp = cx.interp_arc();
    cx.detached(|| {
        let thread = std::thread::Builder::new().stack_size(SMALL_STACK);
        let running = thread.spawn(move || work(&mut Ctx::new(interp, SMALL_STACK, false)));
        running.expect("the system has a thread to spare").join().expect("no panic")
    })
}

/// Calls the function `work` of the module `__main__`.
fn work(cx: &mut Ctx) -> Option<i64> {
    let function = {
        let cx = &*cx;
        let main = cx.interp().modules(cx).get_name(cx, cx.intern("__main__")).and_then(Value::cast::<Module>)?;
        cx.root(main.names(cx).get_name(cx, cx.intern("work"))?)
    };
    let result = cx.call(function, &[]).ok()?;
    cx.get(result).as_small_int()
}

/// Loops, calls, attributes, methods, items, a generator and exceptions: some 25 instructions for each number.
const TWENTY_MILLION_INSTRUCTIONS: &str = "
class Counter:
    def __init__(self):
        self.total = 0

    def add(self, n):
        self.total += n
        return self.total

def numbers(n):
    for i in range(n):
        yield i & 7

def work():
    counter = Counter()
    seen = {}
    last = [0, 0]
    for i in numbers(800_000):
        counter.add(i)
        seen[i] = seen.get(i, 0) + 1
        last[i & 1] = i
        try:
            if i == 7:
                raise KeyError(i)
        except KeyError:
            counter.add(1)
    return counter.total + seen[7] + last[1]
";

#[test]
fn the_loop_needs_no_rust_stack() {
    let expected = 100_000 * (28 + 1) + 100_000 + 7;
    assert_eq!(work_on_small_stack(1000, TWENTY_MILLION_INSTRUCTIONS), Some(expected));
}

/// The instructions that the other script leaves out, slow parts included, each some 30,000 times: were one of them not the
/// last thing its handler does, even 16 bytes a time would be too much.
const THE_REST: &str = "

class Box:
    limit = 3

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Box(self.value + other.value)

    def __lt__(self, other):
        return self.value < other.value

    def __len__(self):
        return self.value

    def __getitem__(self, key):
        return self.value + key

    def __setitem__(self, key, value):
        self.value = key + value

    @property
    def half(self):
        return self.value // 2

    @classmethod
    def made(cls, value):
        return cls(value)

    @staticmethod
    def zero():
        return 0

    def begin_again(self):
        return super().__init__()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return kind is ValueError

def numbers(n):
    got = yield from inner(n)
    yield got

def inner(n):
    yield from [n, n + 1]
    yield n
    return n

def spread(first, *rest, key=0, **more):
    return first + sum(rest) + key + len(more)

def work():
    total = 0
    words = {}
    count = 0
    def bump():
        nonlocal count
        count += 1
        return count
    for i in range(30_000):
        box = Box.made(i + Box.zero()) + Box(1)
        box.begin_again()
        box[1] = 2
        box.extra = box[0] + box.half - box.half
        del box.extra
        smaller = box < Box(i)
        if not box or smaller and -box.value > 2.5:
            total += 1
        first, *middle, last = (i, 1, 2, 3)
        a, b = [i, i + 1]
        pair = [a, b]
        pair[0:1] = [b]
        pair += middle
        total += pair[-1] + last % 7
        text = f'{i:>5}|{box.value!r}'
        words[text] = words.get(text, 0) + 1
        del words[text]
        merged = {**words, 'key': first}
        total += spread(*pair, **merged) + spread(1, key=2) + box.__len__()
        both = {i, *pair} | set(middle)
        assert i in both and i is not None
        total += [n for n in numbers(i) if n == i][0] - i
        with box as held:
            if i % 2:
                raise ValueError(i)
        try:
            try:
                {}[i]
            finally:
                total += bump() & 1
        except (TypeError, KeyError) as error:
            total += len(error.args)
        try:
            missing
        except NameError:
            pass
        try:
            unbound
            unbound = 1
        except UnboundLocalError:
            pass
        big = 1 << 80 | i
        total += (big >> 80) + (i ** 2 > 1e300) + ~i + i
        make = lambda n=i: n
        total += make() - i
    return total
";

#[test]
fn every_kind_of_instruction_needs_no_rust_stack() {
    let small = THE_REST.replace("30_000", "300");
    let expected = work_on_small_stack(1000, &small).expect("the script ends");
    assert!(expected > 0);
    assert!(work_on_small_stack(1000, THE_REST).is_some_and(|total| total > expected));
}

#[test]
fn calls_need_no_rust_stack() {
    let script = "
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)

def work():
    return depth(100_000)
";
    assert_eq!(work_on_small_stack(100_010, script), Some(100_000));
}

#[test]
fn the_recursion_limit_is_exact() {
    let script = "
deepest = 0

def descend(n):
    global deepest
    deepest = n
    descend(n + 1)

def work():
    try:
        descend(2)
    except RecursionError:
        return deepest
";
    assert_eq!(work_on_small_stack(1000, script), Some(1000));
}
