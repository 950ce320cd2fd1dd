//! An interpreter: the heap, the lock, the built-in classes, the modules. A value of which a program can make several.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use argil_lock::Lock;
use parking_lot::Mutex;

use crate::append::AppendOnly;
use crate::audit::Audit;
use crate::builtin::Builtin;
use crate::collect::Threads;
use crate::config::Config;
use crate::ctx::Ctx;
use crate::heap::{Heap, Tracer};
use crate::hooks::Hooks;
use crate::names::Name;
use crate::object::{Field, flags};
use crate::origins::Origins;
use crate::service::{Service, Services};
use crate::shape::{Birth, Shape};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::file::open_files::OpenFiles;
use crate::types::finaliser::Finalisers;
use crate::types::module::Module;
use crate::types::native::Crossing;
use crate::types::str::Str;
use crate::types::weak::WeakRefs;
use crate::value::{Value, Word};

/// How many decimal digits an integer's text may have before anybody sets `sys.set_int_max_str_digits`: as in CPython.
pub const DEFAULT_MAX_STR_DIGITS: usize = 4300;

/// An interpreter.
pub struct Interpreter {
    pub(crate) heap: Heap,
    /// Who may run.
    pub lock: Lock,
    pub(crate) threads: Threads,
    pub(crate) shapes: AppendOnly<Shape>,
    /// Cells that inline caches name by index.
    pub(crate) cached_cells: AppendOnly<Word>,
    classes: Box<[Field]>,
    names: Box<[Field]>,
    ascii: Box<[Field]>,
    /// Interned strings. Their text belongs to the string object, which lives as long as the interpreter.
    interned: Mutex<HashMap<Box<str>, Word, foldhash::fast::FixedState>>,
    /// `sys.modules`.
    pub(crate) modules: Field,
    /// The module `builtins`.
    pub(crate) builtins: Field,
    /// The file objects of standard input, output and error, once they were asked for.
    pub(crate) stdio: [Field; 3],
    /// What higher floors keep here.
    services: Services,
    weak_refs: WeakRefs,
    finalisers: Finalisers,
    /// Open files.
    pub files: OpenFiles,
    /// Objects that native code keeps for the interpreter's life: registered classes of the library.
    pub(crate) kept: Mutex<Vec<Word>>,
    /// Classes of the library by the type of their native state; `kept` keeps them alive.
    pub(crate) native_classes: Mutex<HashMap<std::any::TypeId, Word>>,
    /// How objects of those classes cross to another process, by class.
    pub(crate) crossings: Mutex<HashMap<u64, Crossing>>,
    /// Counts structural changes of classes (Release); class-level caches compare it (Acquire).
    class_epoch: AtomicU32,
    /// How many decimal digits an integer's text may have, 0 for any number (Relaxed: a plain setting).
    max_str_digits: AtomicUsize,
    /// How many script frames a thread may have at once: `sys.setrecursionlimit` (Relaxed: a setting).
    recursion_limit: AtomicU32,
    /// How many bytes of Rust stack a script asked for its threads, 0 for the default (Relaxed: a setting).
    pub(crate) thread_stack: AtomicUsize,
    /// Where scripts made what their threads wait on.
    pub origins: Origins,
    /// Writes that a worker process lost.
    pub audit: Audit,
    /// How it was set up.
    pub config: Config,
    /// What higher floors do for lower ones.
    pub(crate) hooks: &'static Hooks,
}

// SAFETY: the words in the tables refer to objects of the interpreter's own heap, which any of its threads may reach; the
// tables themselves are behind mutexes or append-only.
unsafe impl Send for Interpreter {}
// SAFETY: as above.
unsafe impl Sync for Interpreter {}

impl Interpreter {
    /// An interpreter without classes and modules: [`Interpreter::start`] fills it.
    pub(crate) fn new(config: Config, hooks: &'static Hooks) -> Interpreter {
        let fields = |count| (0..count).map(|_| Field::unset()).collect::<Box<[Field]>>();
        Interpreter {
            heap: Heap::new(),
            lock: Lock::new(config.lock, config.own_domains),
            threads: Threads::new(),
            shapes: AppendOnly::new(),
            cached_cells: AppendOnly::new(),
            classes: fields(Builtin::COUNT),
            names: fields(Name::ALL.len()),
            ascii: fields(128),
            interned: Mutex::default(),
            modules: Field::unset(),
            builtins: Field::unset(),
            stdio: [const { Field::unset() }; 3],
            services: Services::default(),
            weak_refs: WeakRefs::default(),
            finalisers: Finalisers::default(),
            files: OpenFiles::default(),
            kept: Mutex::default(),
            native_classes: Mutex::default(),
            crossings: Mutex::default(),
            class_epoch: AtomicU32::new(1),
            max_str_digits: AtomicUsize::new(DEFAULT_MAX_STR_DIGITS),
            recursion_limit: AtomicU32::new(1000),
            thread_stack: AtomicUsize::new(0),
            origins: Origins::new(config.watch_waits),
            audit: Audit::new(),
            config,
            hooks,
        }
    }

    /// Shows the collector what the interpreter itself refers to.
    pub(crate) fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in self.classes.iter().chain(&self.names).chain(&self.ascii).chain(&self.stdio) {
            tracer.field(field);
        }
        for shape in self.shapes.iter() {
            tracer.word(shape.class_word());
        }
        for word in self.cached_cells.iter() {
            tracer.word(*word);
        }
        for word in self.interned.lock().values() {
            tracer.word(*word);
        }
        for word in self.kept.lock().iter() {
            tracer.word(*word);
        }
        self.weak_refs.trace(tracer);
        self.finalisers.trace(tracer);
        self.services.iter().for_each(|service| service.trace(tracer));
        tracer.field(&self.modules);
        tracer.field(&self.builtins);
    }

    /// What a higher floor keeps here; made when it is first asked for.
    pub fn service<S: Service + Default>(&self) -> &S {
        self.services.get()
    }

    /// After marking: empties weak references to what was not marked, and shows the tracer what of it has a `__del__`.
    pub(crate) fn revive(&self, tracer: &mut Tracer<'_>) {
        self.weak_refs.clear_dead();
        self.finalisers.revive(tracer);
    }

    /// What is known of weak references.
    pub(crate) fn weak_refs(&self) -> &WeakRefs {
        &self.weak_refs
    }

    /// What is known of objects with a `__del__`.
    pub(crate) fn finalisers(&self) -> &Finalisers {
        &self.finalisers
    }

    /// Between marking and sweeping: forgets what was not marked.
    pub(crate) fn forget_dead(&self) {
        self.weak_refs.forget_dead();
        self.services.iter().for_each(Service::forget_dead);
    }

    pub(crate) fn set_class(&self, class: Builtin, value: &Class) {
        self.classes[class as usize].store(Value::of(value).word());
    }

    /// A built-in class.
    #[inline]
    pub fn class<'h>(&'h self, cx: &'h Ctx, class: Builtin) -> &'h Class {
        self.classes[class as usize]
            .get(cx)
            .and_then(Value::cast::<Class>)
            .expect("built-in classes are made at start-up")
    }

    pub(crate) fn init_names(&self, cx: &Ctx) {
        for (field, text) in self.names.iter().zip(Name::ALL) {
            field.store(self.intern(cx, text).word());
        }
        for (field, byte) in self.ascii.iter().zip(0u8..) {
            field.store(self.intern(cx, (byte as char).encode_utf8(&mut [0; 4])).word());
        }
    }

    /// A name known at compile time.
    #[inline(always)]
    pub fn name<'h>(&'h self, cx: &'h Ctx, name: Name) -> Value<'h> {
        self.names[name as usize].get_or_none(cx)
    }

    /// The string of one ASCII character.
    #[inline]
    pub(crate) fn ascii_char<'h>(&'h self, cx: &'h Ctx, c: char) -> Option<Value<'h>> {
        self.ascii.get(c as usize)?.get(cx)
    }

    /// The one string object of this text that names are compared by.
    pub fn intern<'h>(&'h self, cx: &'h Ctx, text: &str) -> Value<'h> {
        let mut interned = self.interned.lock();
        let word = match interned.get(text) {
            Some(word) => *word,
            None => {
                let birth = Birth { shape: Builtin::Str.shape(), flags: flags::INTERNED };
                let string = Str::build(cx, birth, text);
                string.hash();
                crate::types::header_of(string).set_domain(argil_lock::domain::SHARED);
                let word = Value::of(string).word();
                interned.insert(text.into(), word);
                word
            }
        };
        // SAFETY: interned strings are roots.
        unsafe { Value::from_word(word) }
    }

    /// The interned string of this text, if there is one.
    pub fn interned<'h>(&'h self, _cx: &'h Ctx, text: &str) -> Option<Value<'h>> {
        // SAFETY: interned strings are roots.
        self.interned.lock().get(text).map(|word| unsafe { Value::from_word(*word) })
    }

    /// `sys.modules`.
    pub fn modules<'h>(&'h self, cx: &'h Ctx) -> &'h Dict {
        self.modules.get(cx).and_then(Value::cast::<Dict>).expect("sys.modules is made at start-up")
    }

    /// The module `builtins`.
    pub fn builtins<'h>(&'h self, cx: &'h Ctx) -> &'h Module {
        self.builtins.get(cx).and_then(Value::cast::<Module>).expect("builtins is made at start-up")
    }

    /// How many decimal digits an integer's text may have; 0 for any number.
    pub fn max_str_digits(&self) -> usize {
        self.max_str_digits.load(Ordering::Relaxed)
    }

    /// Sets how many decimal digits an integer's text may have; 0 for any number.
    pub fn set_max_str_digits(&self, digits: usize) {
        self.max_str_digits.store(digits, Ordering::Relaxed);
    }

    /// Keeps an object for the interpreter's life, or until it is forgotten.
    pub fn keep(&self, value: Value<'_>) {
        self.kept.lock().push(value.word());
    }

    /// Undoes one [`Interpreter::keep`].
    pub(crate) fn forget(&self, word: Word) {
        let mut kept = self.kept.lock();
        if let Some(at) = kept.iter().position(|kept| *kept == word) {
            kept.swap_remove(at);
        }
    }

    /// How many script frames a thread may have at once.
    #[inline(always)]
    pub fn recursion_limit(&self) -> u32 {
        self.recursion_limit.load(Ordering::Relaxed)
    }

    /// Sets how many script frames a thread may have at once.
    pub fn set_recursion_limit(&self, limit: u32) {
        self.recursion_limit.store(limit, Ordering::Relaxed);
    }

    /// The number of structural changes of classes so far.
    #[inline(always)]
    pub(crate) fn class_epoch(&self) -> u32 {
        self.class_epoch.load(Ordering::Acquire)
    }

    pub(crate) fn bump_class_epoch(&self) {
        self.class_epoch.fetch_add(1, Ordering::AcqRel);
    }
}
