//! A domain for each thread under the global lock too, as tools ask for: what threads share is published as without a lock,
//! and debug builds assert at every write that nothing is missed.

use argil_interp::config::{Config, Library};
use argil_interp::interp::Interpreter;
use argil_interp::lock::LockMode;
use argil_interp::program::{Ending, run_main};

/// Threads that write to what others made, in each kind of place, and to their own.
const SCRIPT: &str = "
import threading, queue

class Box:
    pass

shared = {'list': [], 'dict': {}, 'set': set(), 'box': Box()}
total = 0

def work(number, out):
    global total
    own = [[i] for i in range(50)]
    shared['list'].append(own)
    shared['dict'][number] = {'own': own}
    shared['set'].add((number, 'x'))
    setattr(shared['box'], 'a%d' % number, own)
    own.append({number: own})
    shared['dict'][number]['own'][0].append(Box())
    for i in range(1000):
        total += 1
    out.put(number)

def numbers():
    n = 0
    while True:
        n += 1
        yield [n]

out = queue.Queue()
threads = [threading.Thread(target=work, args=(n, out)) for n in range(4)]
for t in threads: t.start()
for t in threads: t.join()
assert sorted(out.get() for _ in threads) == [0, 1, 2, 3]
assert len(shared['list']) == len(shared['dict']) == len(shared['set']) == 4
assert sorted(vars(shared['box'])) == ['a0', 'a1', 'a2', 'a3']
step = numbers()
next(step)
t = threading.Thread(target=lambda: shared['list'].append(next(step)))
t.start()
t.join()
assert shared['list'][-1] == [2] and next(step) == [3]
";

#[test]
fn threads_have_domains_of_their_own_in_any_mode() {
    for lock in [LockMode::Gil, LockMode::None] {
        let config = Config { own_domains: true, watch_waits: true, ..Config::new(lock, &argil_stdlib::LIBRARY) };
        let mut cx = Interpreter::start(config, 1 << 20);
        let main = cx.domain();
        assert_ne!(main, cx.interp().lock.new_domain());
        assert_eq!(run_main(&mut cx, SCRIPT.to_owned(), "<test>", false), Ending::Status(0));
    }
    let config = Config::new(LockMode::Gil, &Library::EMPTY);
    let cx = Interpreter::start(config, 1 << 20);
    assert_eq!(cx.domain(), cx.interp().lock.new_domain(), "nobody asked");
}
