//! Tools that watch what scripts do (`sys.settrace`, `sys.setprofile`, `sys.monitoring`): what a thread and its interpreter know
//! of them.
//!
//! While there is one, the threads that it watches have [`WATCH`] in their poll words: so the loop, which tests that word at
//! calls and backward jumps anyway, finds out that it is to go on in the form that tells tools what happens
//! ([`crate::vm`]'s `watch`), and a program without tools pays nothing.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU32, Ordering};

use argil_lock::WATCH;
use parking_lot::Mutex;

use crate::barrier::publish;
use crate::collect::stop_world;
use crate::ctx::{Ctx, Slot};
use crate::heap::Tracer;
use crate::object::Field;
use crate::service::Service;
use crate::types::code::CodeObject;
use crate::value::{Value, Word};

/// What tools can be told of, by the numbers of `sys.monitoring.events`.
pub mod events {
    /// A function begins.
    pub const PY_START: usize = 0;
    /// A generator or coroutine goes on.
    pub const PY_RESUME: usize = 1;
    /// A function returns.
    pub const PY_RETURN: usize = 2;
    /// A generator or coroutine yields.
    pub const PY_YIELD: usize = 3;
    /// Something is about to be called.
    pub const CALL: usize = 4;
    /// A line is about to be executed.
    pub const LINE: usize = 5;
    /// An instruction is about to be executed.
    pub const INSTRUCTION: usize = 6;
    /// Control went somewhere without condition.
    pub const JUMP: usize = 7;
    /// A condition did not hold.
    pub const BRANCH_LEFT: usize = 8;
    /// A condition held.
    pub const BRANCH_RIGHT: usize = 9;
    /// A StopIteration was raised artificially.
    pub const STOP_ITERATION: usize = 10;
    /// An exception was raised.
    pub const RAISE: usize = 11;
    /// An exception found its handler.
    pub const EXCEPTION_HANDLED: usize = 12;
    /// An exception leaves a function.
    pub const PY_UNWIND: usize = 13;
    /// An exception was thrown into a generator or coroutine.
    pub const PY_THROW: usize = 14;
    /// An exception goes on from a handler or `finally`.
    pub const RERAISE: usize = 15;
    /// A native function returned.
    pub const C_RETURN: usize = 16;
    /// A native function raised.
    pub const C_RAISE: usize = 17;
    /// Either way of a condition.
    pub const BRANCH: usize = 18;
    /// How many there are.
    pub const COUNT: usize = 19;
    /// Those that a tool can turn off where they happen.
    pub const LOCAL: u32 = ((1 << RAISE) - 1) | (1 << BRANCH);
}

/// How many tools `sys.monitoring` has room for.
pub const TOOLS: usize = 6;

/// What a thread knows of its own tools.
pub struct Watch {
    /// The function of `sys.settrace`, or unset.
    pub tracer: Field,
    /// The function of `sys.setprofile`, or unset.
    pub profiler: Field,
    /// What is called with an asynchronous generator that begins, or unset.
    pub first_iteration: Field,
    /// What `sys.set_asyncgen_hooks` was given for those that are collected before their end, or unset.
    pub finalizer: Field,
    /// Whether a tool is running, which is not watched itself.
    pub(crate) inside: Cell<bool>,
}

impl Default for Watch {
    fn default() -> Watch {
        let [tracer, profiler, first_iteration, finalizer] = [const { Field::unset() }; 4];
        Watch { tracer, profiler, first_iteration, finalizer, inside: Cell::new(false) }
    }
}

impl Watch {
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.tracer, &self.profiler, &self.first_iteration, &self.finalizer] {
            tracer.field(field);
        }
    }
}

impl Ctx {
    /// Whether tools are to be told what this thread does now.
    #[inline]
    pub(crate) fn is_watched(&self) -> bool {
        self.poll.reasons() & WATCH != 0 && !self.watch.inside.get()
    }

    /// The thread has other tools than before, or the interpreter has: asks its loop to look, or not to.
    pub(crate) fn note_tools(&self) {
        let own = [&self.watch.tracer, &self.watch.profiler].iter().any(|field| field.get(self).is_some());
        if own || monitor(self).is_on() {
            self.poll.request(WATCH);
        } else {
            self.poll.clear(WATCH);
        }
    }
}

/// The tools of `sys.monitoring`.
pub struct Monitor {
    /// Their names; unset where an identifier is free.
    pub names: [Field; TOOLS],
    /// What they are told by, or unset.
    callbacks: [[Field; events::COUNT]; TOOLS],
    /// The events that each wants of all code (Relaxed, as all of these: who turns one on stops the world afterwards).
    wanted: [AtomicU32; TOOLS],
    /// The union of all that is wanted anywhere.
    any: AtomicU32,
    /// What a callback returns that wants to hear no more from an instruction.
    disable: Field,
    /// What stands for a missing argument.
    pub(crate) missing: Field,
    /// What differs from code to code, by the code object, which is kept.
    local: Mutex<HashMap<u64, Local>>,
}

/// What tools want of one code object.
#[derive(Default)]
struct Local {
    wanted: [u32; TOOLS],
    /// Tool, event and instruction of what was turned off.
    off: HashSet<(usize, usize, usize)>,
}

impl Default for Monitor {
    fn default() -> Monitor {
        Monitor {
            names: [const { Field::unset() }; TOOLS],
            callbacks: [const { [const { Field::unset() }; events::COUNT] }; TOOLS],
            wanted: [const { AtomicU32::new(0) }; TOOLS],
            any: AtomicU32::new(0),
            disable: Field::unset(),
            missing: Field::unset(),
            local: Mutex::default(),
        }
    }
}

impl Service for Monitor {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        [&self.disable, &self.missing]
            .into_iter()
            .chain(&self.names)
            .chain(self.callbacks.iter().flatten())
            .for_each(|field| tracer.field(field));
    }
}

/// The tools of the interpreter.
pub fn monitor(cx: &Ctx) -> &Monitor {
    cx.interp().service::<Monitor>()
}

impl Monitor {
    /// Whether some tool wants to be told of something.
    pub fn is_on(&self) -> bool {
        self.any.load(Ordering::Relaxed) != 0
    }

    /// Whether some tool wants to be told of an event somewhere.
    pub(crate) fn wants(&self, event: usize) -> bool {
        self.any.load(Ordering::Relaxed) >> event & 1 != 0
    }

    /// Whether a callback's answer says that it wants to hear no more.
    pub(crate) fn is_disable(&self, cx: &Ctx, answer: Value<'_>) -> bool {
        self.disable.get(cx).is_some_and(|disable| disable.word() == answer.word())
    }

    /// What a tool is told an event by.
    pub fn callback<'h>(&self, cx: &'h Ctx, tool: usize, event: usize) -> Option<Value<'h>> {
        self.callbacks.get(tool)?.get(event)?.get(cx)
    }

    /// Sets that, or nothing.
    pub fn set_callback(&self, cx: &Ctx, tool: usize, event: usize, function: Option<Value<'_>>) {
        function.into_iter().for_each(|function| publish(cx, function));
        self.callbacks[tool][event].store(function.map_or(Word::UNSET, Value::word));
    }

    /// Names a tool, or frees its identifier.
    pub fn set_name(&self, cx: &Ctx, tool: usize, name: Option<Value<'_>>) {
        name.into_iter().for_each(|name| publish(cx, name));
        self.names[tool].store(name.map_or(Word::UNSET, Value::word));
    }

    /// The events that a tool wants of all code.
    pub fn wanted(&self, tool: usize) -> u32 {
        self.wanted[tool].load(Ordering::Relaxed)
    }

    /// The events that a tool wants of this code in particular.
    pub fn wanted_of(&self, tool: usize, code: &CodeObject) -> u32 {
        self.local.lock().get(&Value::of(code).word().0).map_or(0, |local| local.wanted[tool])
    }

    /// Works out what is wanted anywhere.
    fn sum_up(&self) {
        let all = self.local.lock().values().flat_map(|local| local.wanted).fold(0, |all, wanted| all | wanted);
        let any = (0..TOOLS).fold(all, |all, tool| all | self.wanted(tool));
        self.any.store(any, Ordering::Relaxed);
    }

    /// Turns an event off for a tool, at one instruction.
    pub(crate) fn turn_off(&self, cx: &Ctx, code: Value<'_>, tool: usize, event: usize, at: usize) {
        self.of(cx, code, |local| local.off.insert((tool, event, at)));
    }

    /// Turns everything on again that was turned off.
    pub fn turn_on(&self) {
        self.local.lock().values_mut().for_each(|local| local.off.clear());
    }

    fn of<R>(&self, cx: &Ctx, code: Value<'_>, f: impl FnOnce(&mut Local) -> R) -> R {
        let mut all = self.local.lock();
        let local = all.entry(code.word().0).or_insert_with(|| {
            publish(cx, code);
            cx.interp().keep(code);
            Local::default()
        });
        f(local)
    }

    /// The tools that want to be told of an event at an instruction of some code.
    pub(crate) fn interested(&self, code: Value<'_>, event: usize, at: usize) -> Vec<usize> {
        let all = self.local.lock();
        let local = all.get(&code.word().0);
        // Who wants branches wants both ways.
        let bits = |wanted: u32| wanted >> event & 1 != 0;
        let wants = |tool: &usize| {
            (bits(self.wanted(*tool)) || local.is_some_and(|local| bits(local.wanted[*tool])))
                && !local.is_some_and(|local| local.off.contains(&(*tool, event, at)))
        };
        (0..TOOLS).filter(wants).collect()
    }
}

/// Sets the events that a tool wants, of all code or of the code object in a slot.
pub fn want(cx: &mut Ctx, tool: usize, code: Option<Slot>, wanted: u32) {
    let tools = monitor(cx);
    match code {
        None => tools.wanted[tool].store(wanted, Ordering::Relaxed),
        Some(code) => tools.of(cx, cx.get(code), |local| local.wanted[tool] = wanted),
    }
    tools.sum_up();
    stop_world(cx, |_, threads| threads.iter().for_each(|thread| thread.note_tools()));
}

/// Forgets all that a tool has asked for.
pub fn clear(cx: &mut Ctx, tool: usize) {
    let tools = monitor(cx);
    (0..events::COUNT).for_each(|event| tools.set_callback(cx, tool, event, None));
    tools.local.lock().values_mut().for_each(|local| {
        local.wanted[tool] = 0;
        local.off.retain(|off| off.0 != tool);
    });
    want(cx, tool, None, 0);
}

/// Says what `DISABLE`, or else `MISSING`, is.
pub fn set_sentinel(cx: &Ctx, disables: bool, sentinel: Value<'_>) {
    publish(cx, sentinel);
    let tools = monitor(cx);
    if disables { &tools.disable } else { &tools.missing }.store(sentinel.word());
}

/// Sets one of a thread's two functions; `None` takes it away.
pub fn set(thread: &Ctx, field: fn(&Watch) -> &Field, function: Value<'_>) {
    set_field(field(&thread.watch), function);
    thread.note_tools();
}

/// Sets a field of a [`Watch`]; `None` empties it.
pub fn set_field(field: &Field, value: Value<'_>) {
    field.store(if value.is_none() { Word::UNSET } else { value.word() });
}

/// Sets one of the two functions of every thread to what a slot holds.
pub fn set_everywhere(cx: &mut Ctx, field: fn(&Watch) -> &Field, function: Slot) {
    publish(cx, cx.get(function));
    stop_world(cx, |cx, threads| threads.iter().for_each(|thread| set(thread, field, cx.get(function))));
}
