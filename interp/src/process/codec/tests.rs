use std::sync::Arc;

use argil_compiler::Mode;
use argil_lock::LockMode;

use super::decode::tags;
use super::wire::{Malformed, ReadMessage, Reader, Ref, VERSION, WriteMessage, Writer};
use super::{Tag, decode, encode};
use crate::builtin::Builtin;
use crate::config::{Config, Library, ModuleDef, ModuleSource};
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::interp::Interpreter;
use crate::library::NativeClass;
use crate::object::Field;
use crate::program::{Ending, run_main};
use crate::run;
use crate::types::code::SourceFile;
use crate::types::module::Module;
use crate::value::{Value, Word};
use crate::{native_of_fields, natives};

/// Rust stack that the tests' threads have at least, in bytes.
const STACK: usize = 1 << 20;

/// A library of one module.
static SHELVES: Library = Library::of(&[SHELF]);

/// A module for every interpreter, as those of the library are.
const SHELF: ModuleDef = ModuleDef {
    name: "shelf",
    source: ModuleSource::Mixed {
        functions: &[],
        init: |cx, module| {
            cx.define_native_class::<Pair>(module, &NativeClass::new("Pair", &[PAIR]));
            Ok(())
        },
        script: "class Book:\n    class Page: pass\n\ndef read(book): return book\n",
    },
};

/// Native state of which nothing but fields has to cross.
struct Pair {
    first: Field,
    second: Field,
}

native_of_fields! { Pair { first, second } }

natives! {
    static PAIR = {
        static call fn __new__(cx; cls: Slot, first: Slot, second: Slot) -> Slot {
            let pair = Pair { first: Field::of(first), second: Field::of(second) };
            Ok(cx.new_native(cls, pair))
        }
        get fn first(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Pair>().map_or(Value::NONE, |pair| pair.first.get_or_none(cx)))
        }
        get fn second(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Pair>().map_or(Value::NONE, |pair| pair.second.get_or_none(cx)))
        }
    }
}

/// An interpreter that has run a script.
fn interpreter(script: &str) -> Box<Ctx> {
    interpreter_with(LockMode::Gil, script)
}

fn interpreter_with(lock: LockMode, script: &str) -> Box<Ctx> {
    let config = Config::new(lock, &SHELVES);
    let mut cx = Interpreter::start(config, STACK);
    assert_eq!(run_main(&mut cx, script.to_owned(), "<test>", false), Ending::Status(0), "{script}");
    cx
}

fn main_module<'h>(cx: &'h Ctx) -> &'h Module {
    let main = cx.interp().modules(cx).get_name(cx, cx.intern("__main__"));
    main.and_then(Value::cast::<Module>).expect("every program has one")
}

/// The result of what must not raise.
#[track_caller]
fn ok<T>(cx: &mut Ctx, result: Res<T>) -> T {
    result.unwrap_or_else(|raised| panic!("{}", described(cx, raised)))
}

fn described(cx: &mut Ctx, raised: Raised) -> String {
    let exception = cx.root(cx.take_raised(raised));
    crate::traceback::format(cx, exception)
}

/// The script's `x` as a message.
fn encoded(cx: &mut Ctx) -> Res<Vec<u8>> {
    let x = {
        let cx = &*cx;
        cx.root(main_module(cx).names(cx).get_name(cx, cx.intern("x")).expect("the script sets it"))
    };
    encode(cx, x, 0)
}

/// The `x` of a script as a message.
#[track_caller]
fn message(script: &str) -> Vec<u8> {
    let mut cx = interpreter(script);
    let encoded = encoded(&mut cx);
    ok(&mut cx, encoded)
}

/// Runs a script of assertions in the name space of `__main__`, where `x` is the value.
#[track_caller]
fn check(cx: &mut Ctx, x: Slot, script: &str) {
    let file = Arc::new(SourceFile { name: "<check>".into(), text: Some(script.into()) });
    let globals = {
        let cx = &*cx;
        let names = main_module(cx).names(cx);
        names.set_name(cx, cx.intern("x"), cx.get(x));
        cx.root(Value::of(names))
    };
    let result = run::run(cx, script, Mode::Exec, &file, globals);
    ok(cx, result);
}

/// Sends `x` of the script to another interpreter and runs the assertions there; the kinds of nodes that it took.
#[track_caller]
fn cross(script: &str, assertions: &str) -> Vec<Tag> {
    let sent = message(script);
    let mut cx = interpreter("");
    let x = decode(&mut cx, &sent, true);
    let x = ok(&mut cx, x);
    check(&mut cx, x, assertions);
    tags(&sent).expect("it is a message")
}

/// One round for each case of the list.
const CROSSINGS: &str = include_str!("crossings.txt");

#[test]
fn every_kind_of_object_crosses() {
    let mut seen = Vec::new();
    for case in CROSSINGS.split("====\n").skip(1) {
        let (script, assertions) = case.split_once("----\n").expect("a case has two halves");
        seen.extend(cross(script, assertions));
    }
    let missing: Vec<_> = Tag::ALL.iter().filter(|tag| !seen.contains(tag)).collect();
    assert_eq!(missing, [&Tag::Home], "nothing goes home here");
}

#[test]
fn what_comes_home_is_the_original() {
    let script = "class C: pass\ndef f(): return C\nx = [C, f, C()]";
    let mut here = interpreter(script);
    let mut there = interpreter("");
    let sent = encoded(&mut here);
    let sent = ok(&mut here, sent);
    let copy = decode(&mut there, &sent, true);
    let copy = ok(&mut there, copy);
    check(&mut there, copy, "assert x[1]() is x[0] and type(x[2]) is x[0]\nx[0].new = 1");
    for peer in [here.interp().processes().homes.id(), 0] {
        let answer = encode(&mut there, copy, peer);
        let answer = ok(&mut there, answer);
        let goes_by_id = tags(&answer).expect("it is a message").contains(&Tag::Home);
        assert_eq!(goes_by_id, peer != 0);
        let x = decode(&mut here, &answer, false);
        let x = ok(&mut here, x);
        check(&mut here, x, "assert x[0] is C and x[1] is f and type(x[2]) is C and not hasattr(C, 'new')");
    }
    // What arrives again is the first copy.
    let again = decode(&mut there, &sent, true);
    let again = ok(&mut there, again);
    check(&mut there, again, "assert x[0].new == 1");
}

#[test]
fn what_any_thread_may_receive_is_shared() {
    let is_shared = |value: Value<'_>| value.header().is_some_and(crate::object::Header::is_shared);
    for (mode, shared) in [(LockMode::Gil, false), (LockMode::None, true)] {
        let mut here = interpreter_with(mode, "def f(): pass\nx = f");
        let mut there = interpreter_with(mode, "");
        let sent = encoded(&mut here);
        let sent = ok(&mut here, sent);
        let f = main_module(&here).names(&here).get_name(&here, here.intern("f")).expect("the script defines it");
        assert_eq!(is_shared(f), shared, "{mode}");
        let x = decode(&mut there, &sent, true);
        let x = ok(&mut there, x);
        assert_eq!(is_shared(there.get(x)), shared, "{mode}");
    }
}

#[test]
fn what_has_crossed_is_not_kept_for_that() {
    let mut here = interpreter("class C: pass\nx = C");
    let mut there = interpreter("");
    let first = encoded(&mut here);
    let first = ok(&mut here, first);
    let mut both = [0, 0];
    for round in 0..3 {
        for i in 0..50 {
            let arrived = here.scope(|cx| {
                let none = cx.root(Value::NONE);
                check(cx, none, "x = lambda: C");
                let sent = encoded(cx)?;
                Ok(there.scope(|cx| decode(cx, &sent, true).map(|_| ())).is_ok())
            });
            assert!(matches!(arrived, Ok(true)), "{round} {i}");
        }
        crate::collect::collect(&mut here);
        crate::collect::collect(&mut there);
        both = [here.interp().processes().homes.count(), there.interp().processes().homes.count()];
        // The class and its name space, the last function, and what a register may still hold.
        assert!(both.iter().all(|count| *count < 10), "{both:?}");
    }
    assert!(both[0] >= 2);
    let x = decode(&mut here, &first, false);
    let x = ok(&mut here, x);
    check(&mut here, x, "assert x is C");
}

#[test]
fn depth_needs_no_stack() {
    let script = "x = None\nfor i in range(200_000): x = [x] if i & 1 else (x, {i: x})\n\
                  class Node: pass\n\
                  for i in range(50_000):\n    n = Node()\n    n.next = x\n    x = n";
    let depth = "n = 0\nwhile x is not None:\n    x = x.next if hasattr(x, 'next') else x[0]\n    n += 1\n\
                 assert n == 250_000, n";
    cross(script, depth);
}

#[test]
fn what_cannot_cross_is_refused() {
    for script in ["x = [(i for i in [])]", "x = {1: iter([])}", "x = open('/dev/null')", "x = {}.keys()"] {
        let mut cx = interpreter(script);
        let raised = encoded(&mut cx).expect_err("it cannot cross");
        let text = described(&mut cx, raised);
        assert!(text.starts_with("TypeError: cannot pickle '"), "{script}: {text}");
    }
}

/// Nearly all kinds of node.
const RICH: &str = "class C:
    def __init__(self, n): self.n = n
    @property
    def p(self): return self.n
def f(n=3): return lambda: (n, C)
x = [1, 2**70, 1.5, 1e300, 'text', b'bytes', (1, [2]), {1: {2}, 'k': frozenset({3})}, range(3), slice(1), C(4), f,
     f(), len, C(5).__init__, ValueError('v'), int | str, list[int]]
x.append(x)";

#[track_caller]
fn assert_malformed(cx: &mut Ctx, message: &[u8]) {
    let raised = decode(cx, message, true).expect_err("it is no message");
    let exception = cx.take_raised(raised);
    assert!(cx.is_instance(exception, Builtin::RuntimeError));
}

#[test]
fn a_message_that_was_cut_or_changed_is_refused() {
    let whole = message(RICH);
    let mut cx = interpreter("");
    for end in 0..whole.len() {
        assert_malformed(&mut cx, &whole[..end]);
    }
    for place in 0..whole.len() {
        let mut changed = whole.clone();
        changed[place] ^= 1 << (place % 8);
        assert_malformed(&mut cx, &changed);
    }
    assert!(decode(&mut cx, &whole, true).is_ok());
}

#[test]
fn a_message_of_another_version_is_refused() {
    let mut message = message("x = 1");
    message[0] += 1;
    let mut cx = interpreter("");
    let raised = decode(&mut cx, &message, true).expect_err("its version is unknown");
    let text = described(&mut cx, raised);
    let (theirs, ours) = (VERSION + 1, VERSION);
    let expected =
        format!("RuntimeError: a message from another process has version {theirs}; this process reads version {ours}");
    assert!(text.starts_with(&expected), "{text}");
}

/// Whatever byte of a function is changed, the code is rejected, or it is code that can be loaded.
#[test]
fn damaged_code_is_refused() {
    let whole = message(
        "def x(a, *b, c=1):\n    try:\n        for i in b: a += i * 2**70\n    except ValueError as e: print(e)\n    return lambda: a",
    );
    let mut cx = interpreter("");
    let content = &whole[1..whole.len() - 8];
    let (mut unsound, mut refused) = (0, 0);
    for place in 0..content.len() {
        for byte in [0, 1, 0x7f, 0xff, content[place] ^ 1, content[place] ^ 0x10, content[place].wrapping_add(1)] {
            let mut changed = content.to_vec();
            changed[place] = byte;
            let message = Writer(changed).sealed();
            let Err(raised) = cx.scope(|cx| decode(cx, &message, true).map(|_| ())) else { continue };
            let text = described(&mut cx, raised);
            refused += 1;
            unsound += usize::from(text.contains("RuntimeError: code from another process is not sound: "));
        }
    }
    assert!(unsound > 100, "{unsound} of {refused}");
}

/// A function whose closure is not what its code wants.
#[test]
fn a_function_without_its_cells_is_refused() {
    let whole = message("def make():\n    n = 1\n    return lambda: n\nx = make()");
    let graph = super::decode::Graph::read(&whole).expect("it is a message");
    let function = graph.nodes.iter().find(|node| node.tag == Tag::Function).expect("it is there");
    let mut wanted = Writer::default();
    wanted.number(function.refs.len() as u64);
    function.refs.iter().for_each(|reference| wanted.reference(*reference));
    let mut without = Writer::default();
    without.number(function.refs.len() as u64);
    let closure = 3;
    for (place, reference) in function.refs.iter().enumerate() {
        without.reference(if place == closure { Ref::Word(Word::UNSET) } else { *reference });
    }
    let content = &whole[1..whole.len() - 8];
    let at = content.windows(wanted.0.len()).position(|window| window == wanted.0).expect("it is written so");
    let changed = [&content[..at], &without.0, &content[at + wanted.0.len()..]].concat();
    assert_malformed(&mut interpreter(""), &Writer(changed).sealed());
}

#[test]
fn a_global_that_names_itself_comes_home_and_stays_one() {
    let script = "class Only:\n    def __reduce__(self): return 'ONLY'\nONLY = Only()\nx = ONLY";
    let mut here = interpreter(script);
    let mut there = interpreter("");
    let sent = encoded(&mut here);
    let sent = ok(&mut here, sent);
    let copy = decode(&mut there, &sent, true);
    let copy = ok(&mut there, copy);
    let again = decode(&mut there, &sent, true);
    let again = ok(&mut there, again);
    assert!(there.get(copy) == there.get(again));
    let answer = encode(&mut there, copy, here.interp().processes().homes.id());
    let answer = ok(&mut there, answer);
    let x = decode(&mut here, &answer, false);
    let x = ok(&mut here, x);
    check(&mut here, x, "assert x is ONLY");
}

#[test]
fn what_a_class_says_wrongly_is_refused() {
    let cases = [
        ("__reduce__(self): return 5", "__reduce__ must return a string or tuple, not int"),
        ("__reduce__(self): return (int,)", "tuple returned by __reduce__ must contain 2 through 6 elements"),
        ("__reduce__(self): return 5, ()", "first item of the tuple returned by __reduce__ must be callable, not int"),
        ("__reduce__(self): return int, 5", "second item of the tuple returned by __reduce__ must be a tuple, not int"),
        (
            "__reduce__(self): return int, (), None, []",
            "fourth item of the tuple returned by __reduce__ must be an iterator, not list",
        ),
        ("__reduce__(self): return 'y'", "Can't pickle <__main__.C object at"),
        ("__getnewargs__(self): return 1", "__getnewargs__ should return a tuple, not 'int'"),
    ];
    for (method, expected) in cases {
        let mut cx = interpreter(&format!("class C:\n    def {method}\nx = C()"));
        let raised = encoded(&mut cx).expect_err("it cannot cross");
        let text = described(&mut cx, raised);
        assert!(text.contains(&format!("TypeError: {expected}")), "{method}: {text}");
    }
    let state = message("class C:\n    def __getstate__(self): return 5\nx = C()");
    let mut cx = interpreter("");
    let raised = decode(&mut cx, &state, true).expect_err("it is no dict");
    assert!(described(&mut cx, raised).contains("TypeError: state is not a dictionary"));
}

/// Even what bears a right hash neither panics nor asks for memory that its length does not justify.
#[test]
fn nonsense_under_a_right_hash_is_harmless() {
    let whole = message(
        "x = [2**70, 1.5, 'text', b'bytes', (1, [2]), {1: {2}, 'k': frozenset({3})}, range(3), slice(1), object()]",
    );
    let mut cx = interpreter("");
    let content = &whole[1..whole.len() - 8];
    let decode_sealed = |cx: &mut Ctx, content: &[u8]| {
        // The end of the scope frees what came of it.
        let _ = cx.scope(|cx| decode(cx, &Writer(content.to_vec()).sealed(), true).map(|_| ()));
    };
    for end in 0..content.len() {
        decode_sealed(&mut cx, &content[..end]);
    }
    for place in 0..content.len() {
        for byte in [0, 1, 0x7f, 0x80, 0xff, content[place] ^ 1, content[place].wrapping_add(1)] {
            let mut changed = content.to_vec();
            changed[place] = byte;
            decode_sealed(&mut cx, &changed);
        }
    }
}

#[test]
fn numbers_and_references_survive() {
    let numbers = [0, 1, 127, 128, 1 << 32, u64::MAX];
    let references = [Ref::Node(0), Ref::Node(70_000), Ref::Word(Word::NONE), Ref::Word(Word::UNSET)];
    let mut out = Writer::default();
    numbers.iter().for_each(|number| out.number(*number));
    numbers.iter().for_each(|number| out.signed(*number as i64));
    references.iter().for_each(|reference| out.reference(*reference));
    let mut reader = Reader(&out.0);
    assert!(numbers.iter().all(|number| reader.number().is_ok_and(|read| read == *number)));
    assert!(numbers.iter().all(|number| reader.signed().is_ok_and(|read| read == *number as i64)));
    assert!(references.iter().all(|reference| reader.reference(70_001).is_ok_and(|read| read == *reference)));
    assert!(matches!(reader.byte(), Err(Malformed)));
    assert!(Reader(&[0xff; 11]).number().is_err(), "more than 64 bits");
    assert!(Reader(&[5]).count().is_err(), "more than there is");
}
