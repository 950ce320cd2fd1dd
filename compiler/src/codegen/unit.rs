//! A code object under construction: its registers, variables, constants and sites.

use super::blocks::Block;
use super::constants::ConstPool;
use super::emitter::Emitter;
use crate::registers::RegisterSet;
use crate::scope::{Binding, CONDITIONAL, Scope, ScopeId, ScopeKind};
use std::collections::HashMap;
use std::rc::Rc;

/// Number of a register.
pub(super) type Register = u16;

/// Where a variable lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// In a register.
    Local(Register),
    /// In the cell that a register holds.
    Cell { register: Register, free: bool },
}

/// The variables of a comprehension whose code is inlined here.
#[derive(Debug)]
pub(super) struct Inlined {
    pub scope: ScopeId,
    pub variables: HashMap<Rc<str>, Variable>,
}

/// The register of the name space in the code of a class body; of a module, unused unless its names are to live elsewhere than
/// among the globals.
pub(super) const NAMESPACE: Register = 0;

/// A code object under construction.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    pub scope: ScopeId,
    pub kind: ScopeKind,
    pub name: Rc<str>,
    pub qualname: String,
    /// What the qualified name of a definition within begins with.
    pub prefix: String,
    pub emitter: Emitter,
    pub pool: ConstPool,
    pub sites: Vec<Box<str>>,
    pub locals: Vec<Rc<str>>,
    pub free: Vec<Rc<str>>,
    variables: HashMap<Rc<str>, Variable>,
    /// In a class body, the cells of `__class__` and `__classdict__` for the functions within. The body itself does not see
    /// them: there, these names are what they are outside.
    own_cells: Vec<(&'static str, Register)>,
    /// The numbers of the annotations that count only once their statements have run, by the places of their expressions.
    pub conditional: HashMap<u32, i64>,
    /// The comprehensions that enclose the current place, outermost first.
    pub comprehensions: Vec<Inlined>,
    /// The loops, handlers and other blocks that enclose the current place, outermost first.
    pub blocks: Vec<Block<'a>>,
    /// The lowest register that is a temporary.
    pub first_temporary: Register,
    /// The lowest free register: temporaries are a stack.
    pub next: Register,
    /// How many registers are used at most.
    pub registers: Register,
    /// Something did not fit its field of an instruction.
    pub too_large: bool,
    /// For functions without defaults, closure and annotations: four registers that stay unbound for good.
    pub bare_window: Option<Register>,
    /// For functions with nothing but a closure: four registers of which only that of the closure is ever written.
    pub closure_window: Option<Register>,
}

impl<'a> Unit<'a> {
    /// Begins the code of `scope`, whose own variables get registers.
    pub fn new(id: ScopeId, scope: &Scope, name: Rc<str>, qualname: String) -> Self {
        let mut locals: Vec<Rc<str>> = Vec::new();
        let mut variables = HashMap::new();
        let mut bound = RegisterSet::default();
        let mut unstable = RegisterSet::default();
        let mut own_cells = Vec::new();
        match scope.kind {
            ScopeKind::Module => locals.push(".namespace".into()),
            ScopeKind::Class => {
                locals.push(".namespace".into());
                bound.insert(NAMESPACE);
                let implicit = [
                    ("__class__", scope.needs_class_cell),
                    ("__classdict__", scope.needs_class_namespace),
                    (CONDITIONAL, scope.has_conditional_annotations),
                ];
                for (name, _) in implicit.into_iter().filter(|(_, needed)| *needed) {
                    own_cells.push((name, locals.len() as Register));
                    locals.push(name.into());
                }
            }
            ScopeKind::Function | ScopeKind::Comprehension | ScopeKind::Annotations | ScopeKind::TypeParameters => {
                for symbol in scope.own_variables() {
                    let register = locals.len() as Register;
                    let variable = match symbol.binding {
                        Binding::Cell => Variable::Cell { register, free: false },
                        _ => Variable::Local(register),
                    };
                    if symbol.uses.parameter {
                        bound.insert(register);
                    }
                    if symbol.uses.deleted {
                        unstable.insert(register);
                    }
                    variables.insert(symbol.name.clone(), variable);
                    locals.push(symbol.name.clone());
                }
            }
        }
        let too_large = locals.len() + scope.free.len() > usize::from(Register::MAX);
        for (at, name) in scope.free.iter().enumerate() {
            let register = (locals.len() + at) as Register;
            variables.insert(name.clone(), Variable::Cell { register, free: true });
        }
        let prefix = match scope.kind {
            ScopeKind::Module => String::new(),
            ScopeKind::Class => format!("{qualname}."),
            _ => format!("{qualname}.<locals>."),
        };
        let first_temporary = (locals.len() + scope.free.len()) as Register;
        Self {
            scope: id,
            kind: scope.kind,
            name,
            qualname,
            prefix,
            emitter: Emitter::new(bound, unstable),
            pool: ConstPool::default(),
            sites: Vec::new(),
            free: scope.free.clone(),
            locals,
            variables,
            own_cells,
            conditional: HashMap::new(),
            comprehensions: Vec::new(),
            blocks: Vec::new(),
            first_temporary,
            next: first_temporary,
            registers: first_temporary,
            too_large,
            bare_window: None,
            closure_window: None,
        }
    }

    /// The variable called `name` of this unit itself.
    pub fn variable(&self, name: &str) -> Option<Variable> {
        self.variables.get(name).copied()
    }

    /// The cell that a class body makes for the functions within, by its name.
    pub fn own_cell(&self, name: &str) -> Option<Register> {
        self.own_cells.iter().find(|(own, _)| *own == name).map(|&(_, register)| register)
    }

    /// Takes `count` consecutive temporaries; the first is returned. Where there are not so many, the unit is too large and its
    /// code will be thrown away; the answer then is 0, to which any of their indexes can be added.
    pub fn take(&mut self, count: usize) -> Register {
        let first = self.next;
        match u16::try_from(usize::from(first) + count) {
            Ok(next) => self.next = next,
            Err(_) => {
                self.too_large = true;
                return 0;
            }
        }
        self.registers = self.registers.max(self.next);
        first
    }

    /// Gives back all temporaries from `mark` on.
    pub fn release(&mut self, mark: Register) {
        self.next = mark;
    }

    /// Whether `register` is the temporary taken last, so that a window may begin with it.
    pub fn is_top(&self, register: Register) -> bool {
        register >= self.first_temporary && register + 1 == self.next
    }

    /// A new site for `name`.
    pub fn site(&mut self, name: &str) -> u16 {
        if !self.emitter.reachable() {
            return 0;
        }
        let Ok(at) = u16::try_from(self.sites.len()) else {
            self.too_large = true;
            return 0;
        };
        self.sites.push(name.into());
        at
    }
}
