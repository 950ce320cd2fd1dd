//! Code, loaded: instructions that may be rewritten, constants as values, and a cache for each site.

pub mod methods;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argil_compiler::code::{Code, Const};
use argil_compiler::marshal;
use argil_compiler::opcode::{Instr, Opcode};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::types::complex::Complex;
use crate::types::dict::Dict;
use crate::types::generator::Flavour;
use crate::types::set::Set;
use crate::value::{Value, Word};

/// One instruction in memory. Quickening stores a whole word (Relaxed: every version of an instruction does the same).
pub type Instrs = AtomicU64;

/// Where code came from.
#[derive(Debug)]
pub struct SourceFile {
    /// The name that tracebacks show.
    pub name: String,
    /// The text, if no file of that name holds it (`-c`, standard input).
    pub text: Option<String>,
}

/// Loaded code.
#[repr(C)]
pub struct CodeObject {
    header: Header,
    /// First constant; the cache of site n lies `n + 1` words before it.
    pool: *const AtomicU64,
    /// First instruction.
    instrs: *const Instrs,
    /// Registers of a frame.
    pub(crate) registers: u32,
    /// Parameters, if each is positional and must be given by a simple call; otherwise `u32::MAX`.
    pub(crate) simple_params: u32,
    /// Free variables.
    pub(crate) free: u32,
    /// What calling it makes, if it does not run it.
    pub(crate) makes: Option<Flavour>,
    /// The name space of the module.
    pub globals: Field,
    body: Body,
}

struct Body {
    source: Box<Code>,
    file: Arc<SourceFile>,
    /// What the pointer in front refers to.
    _instrs: Box<[Instrs]>,
    /// Caches, last site first, then constants.
    pool: Box<[AtomicU64]>,
    /// The interned name of each site.
    names: Box<[Word]>,
    /// The registers of the local variables that inner functions share.
    cells: Box<[u16]>,
}

// SAFETY: `repr(C)` with the header first; only `CodeObject::load` makes objects of this kind.
unsafe impl HeapType for CodeObject {
    const KIND: Kind = Kind::Code;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if tracer.clears_caches() {
            self.clear_caches();
        }
        tracer.field(&self.globals);
        for constant in &self.body.pool[self.body.names.len()..] {
            tracer.word(Word(constant.load(Ordering::Relaxed)));
        }
    }
}

impl CodeObject {
    /// Loads code whose global names live in `globals`.
    pub fn load<'h>(cx: &'h Ctx, code: Code, file: &Arc<SourceFile>, globals: &'h Dict) -> &'h CodeObject {
        let consts: Vec<Word> = code.consts.iter().map(|c| constant(cx, c, file, globals).word()).collect();
        let names: Box<[Word]> = code.sites.iter().map(|name| cx.intern(name).word()).collect();
        let pool: Box<[AtomicU64]> =
            names.iter().map(|_| 0).chain(consts.iter().map(|word| word.0)).map(AtomicU64::new).collect();
        let instrs: Box<[Instrs]> = code.instrs.iter().map(|instr| AtomicU64::new(instr.0)).collect();
        let flags = code.flags;
        let simple = !flags.var_args && !flags.var_kwargs && code.keyword_only == 0 && Flavour::of(flags).is_none();
        let made = code.instrs.iter().filter(|instr| instr.opcode() == Some(Opcode::MakeCell));
        let mut cells: Vec<u16> = made.map(|instr| instr.a()).collect();
        cells.retain(|&register| usize::from(register) < code.locals.len());
        cells.sort_by_key(|&register| &code.locals[usize::from(register)]);
        let cells = cells.into_boxed_slice();
        cx.note_external(instrs.len() * 32);
        cx.alloc(Builtin::Code, |header| CodeObject {
            header,
            // SAFETY: the constants begin after one cache a site.
            pool: unsafe { pool.as_ptr().add(names.len()) },
            instrs: instrs.as_ptr(),
            registers: u32::from(code.registers),
            simple_params: if simple { u32::from(code.positional) } else { u32::MAX },
            free: code.free.len() as u32,
            makes: Flavour::of(flags),
            globals: Field::new(Value::of(globals)),
            body: Body { source: Box::new(code), file: Arc::clone(file), _instrs: instrs, pool, names, cells },
        })
    }

    /// The same code for other global names. `local` tells whether those of a module live in a mapping instead, the argument
    /// with which the code is then called.
    pub fn rebound<'h>(&self, cx: &'h Ctx, globals: &'h Dict, local: bool) -> &'h CodeObject {
        let mut code = self.source().clone();
        if local {
            code.positional = 1;
            code.instrs.iter_mut().for_each(|instr| *instr = in_mapping(*instr));
        }
        CodeObject::load(cx, code, self.file(), globals)
    }

    /// The code as bytes, with the name of its file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = marshal::Writer::default();
        out.byte(marshal::VERSION);
        out.text(&self.file().name);
        marshal::write(&mut out, self.source());
        out.0
    }

    /// The code that bytes hold, without global names; `None` if they are of another version, or damaged.
    pub fn from_bytes<'h>(cx: &'h Ctx, bytes: &[u8]) -> Option<&'h CodeObject> {
        let mut from = marshal::Reader(bytes);
        let version = from.byte().ok()?;
        let name = from.text().ok().filter(|_| version == marshal::VERSION)?.to_owned();
        let code = marshal::read(&mut from).ok()?;
        Some(CodeObject::load(cx, code, &Arc::new(SourceFile { name, text: None }), Dict::name_space(cx)))
    }

    /// What was compiled.
    pub fn source(&self) -> &Code {
        &self.body.source
    }

    /// The constants.
    pub(crate) fn constants<'h>(&'h self, _cx: &'h Ctx) -> impl Iterator<Item = Value<'h>> {
        let words = self.body.pool[self.body.names.len()..].iter();
        // SAFETY: constants are values that the code keeps alive.
        words.map(|word| unsafe { Value::from_word(Word(word.load(Ordering::Relaxed))) })
    }

    /// How many variables a frame has: they lie in its first registers.
    pub(crate) fn variables(&self) -> usize {
        self.body.source.locals.len() + self.body.source.free.len()
    }

    /// Their names, by register.
    pub(crate) fn variable_names(&self) -> impl Iterator<Item = &str> {
        self.body.source.locals.iter().chain(&self.body.source.free).map(|name| &**name)
    }

    /// How many of the variables are parameters: the first.
    fn parameters(&self) -> usize {
        let (source, flags) = (self.source(), self.source().flags);
        usize::from(source.positional + source.keyword_only)
            + usize::from(flags.var_args)
            + usize::from(flags.var_kwargs)
    }

    /// The registers of the local variables that lie in cells, by name.
    pub(crate) fn cells(&self) -> &[u16] {
        &self.body.cells
    }

    /// The registers of the other local variables, and of parameters.
    pub(crate) fn plain_locals(&self) -> impl Iterator<Item = usize> {
        let parameters = self.parameters();
        let own = if self.is_function() { self.source().locals.len() } else { 0 };
        (0..own).filter(move |&at| at < parameters || !self.is_in_cell(at))
    }

    /// The registers of all variables, in the order in which scripts see them.
    pub(crate) fn variables_in_order(&self) -> impl Iterator<Item = usize> {
        let (parameters, locals) = (self.parameters(), self.source().locals.len());
        let cells = self.body.cells.iter().map(|&at| usize::from(at)).filter(move |&at| at >= parameters);
        self.plain_locals().chain(cells).chain(locals..self.variables())
    }

    /// The name of a variable.
    pub(crate) fn variable_name(&self, register: usize) -> &str {
        let source = self.source();
        source.locals.get(register).unwrap_or_else(|| &source.free[register - source.locals.len()])
    }

    /// Whether a variable lies in a cell.
    pub(crate) fn is_in_cell(&self, register: usize) -> bool {
        register >= self.body.source.locals.len() || self.body.cells.iter().any(|&cell| usize::from(cell) == register)
    }

    /// Whether it is a module's, or a text's that `exec` or `eval` runs.
    pub(crate) fn is_module(&self) -> bool {
        &*self.body.source.name == "<module>"
    }

    /// Whether its variables have registers: it is neither a module's nor a class body's.
    pub(crate) fn is_function(&self) -> bool {
        !self.is_module() && !self.source().flags.class_body
    }

    /// Whether another object is of equal code.
    pub(crate) fn equals(&self, other: &CodeObject) -> bool {
        std::ptr::eq(self, other) || self.source() == other.source()
    }

    /// A hash that is the same for equal code.
    pub(crate) fn hash(&self) -> i64 {
        let (mut hasher, source) = (DefaultHasher::new(), self.source());
        (&source.name, &source.locals, &source.sites, source.first_line).hash(&mut hasher);
        source.instrs.iter().for_each(|instr| instr.0.hash(&mut hasher));
        hasher.finish() as i64 >> 3
    }

    /// Where it came from.
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.body.file
    }

    /// The first constant.
    #[inline(always)]
    pub(crate) fn pool(&self) -> *const Word {
        self.pool.cast()
    }

    /// The first instruction.
    #[inline(always)]
    pub(crate) fn instrs(&self) -> *const Instrs {
        self.instrs
    }

    /// The number of an instruction.
    pub(crate) fn index_of(&self, pc: *const Instrs) -> usize {
        (pc as usize - self.instrs as usize) / std::mem::size_of::<Instrs>()
    }

    /// The interned name of a site.
    pub(crate) fn site_name<'h>(&self, _cx: &'h Ctx, site: u16) -> Value<'h> {
        // SAFETY: interned strings are roots.
        unsafe { Value::from_word(self.body.names[usize::from(site)]) }
    }

    /// Empties every inline cache.
    fn clear_caches(&self) {
        for cache in &self.body.pool[..self.body.names.len()] {
            cache.store(0, Ordering::Relaxed);
        }
    }
}

/// The instruction of a module that finds its name in the mapping in register 0, for one that finds it among the globals.
fn in_mapping(instr: Instr) -> Instr {
    match instr.opcode() {
        Some(Opcode::LoadGlobal) if instr.x() == 0 => Instr::new(Opcode::LoadName, 0, instr.a(), 0, instr.b()),
        Some(Opcode::StoreGlobal) if instr.x() == 0 => Instr::new(Opcode::StoreName, 0, instr.a(), 0, instr.b()),
        Some(Opcode::DeleteGlobal) if instr.x() == 0 => Instr::new(Opcode::DeleteName, 0, 0, 0, instr.b()),
        _ => instr,
    }
}

/// The value of a constant.
fn constant<'h>(cx: &'h Ctx, constant_: &Const, file: &Arc<SourceFile>, globals: &'h Dict) -> Value<'h> {
    match constant_ {
        Const::None => Value::NONE,
        Const::Bool(b) => Value::bool(*b),
        Const::Ellipsis => Value::ELLIPSIS,
        Const::Int(i) => cx.int(*i),
        Const::BigInt(digits) => {
            cx.big_int(digits.parse().expect("the compiler writes big integers as decimal digits"))
        }
        Const::Float(f) => cx.float(*f),
        Const::Imaginary(im) => Value::of(Complex::alloc(cx, 0.0, *im)),
        Const::Complex(re, im) => Value::of(Complex::alloc(cx, *re, *im)),
        Const::Str(text) => cx.intern(text),
        Const::Bytes(bytes) => cx.bytes(bytes),
        Const::Tuple(items) => {
            let items: Vec<_> = items.iter().map(|item| constant(cx, item, file, globals)).collect();
            cx.tuple(&items)
        }
        Const::FrozenSet(items) => {
            let set = Set::alloc(cx, Builtin::FrozenSet);
            for item in items {
                let item = constant(cx, item, file, globals);
                let added = set.add(cx, item);
                debug_assert!(added.is_ok(), "constants are hashable without script code");
            }
            Value::of(set)
        }
        Const::Code(code) => Value::of(CodeObject::load(cx, (**code).clone(), file, globals)),
    }
}
