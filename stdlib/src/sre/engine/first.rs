//! Which bytes a match of some part of a program can begin with.

use std::collections::HashSet;

use super::program::{Inst, Item, Pc, Program};

/// Which bytes.
pub type Leads = [bool; 256];

/// How many instructions are looked at before an answer is given up.
const MOST: usize = 1 << 12;

/// The bytes that what begins at an instruction can begin with.
#[derive(Clone, Debug)]
pub struct First {
    /// The bytes: too many rather than too few.
    pub leads: Leads,
    /// Whether it may match without taking a byte.
    pub empty: bool,
}

impl First {
    /// Nothing yet.
    fn none() -> First {
        First { leads: [false; 256], empty: false }
    }

    /// Anything.
    fn all() -> First {
        First { leads: [true; 256], empty: true }
    }

    /// The bytes, if it takes one.
    pub fn leads(self) -> Option<Box<Leads>> {
        (!self.empty && self.leads.contains(&false)).then(|| Box::new(self.leads))
    }
}

/// What is known of one character.
pub fn of_item(program: &Program, item: Item) -> First {
    let mut first = First::none();
    add_item(program, item, &mut first);
    first
}

fn add_item(program: &Program, item: Item, first: &mut First) {
    match item {
        Item::Byte(byte) => first.leads[usize::from(byte)] = true,
        Item::Not(byte) => add_all_but(byte, first),
        Item::Any => add_all_but(b'\n', first),
        Item::AnyAll => first.leads = [true; 256],
        Item::Set(set) => program.sets[set as usize].add_leads(&mut first.leads),
        Item::Bytes(from, len) => first.leads[usize::from(program.bytes(from, len)[0])] = true,
    }
}

fn add_all_but(byte: u8, first: &mut First) {
    first.leads.iter_mut().enumerate().for_each(|(lead, has)| *has |= lead != usize::from(byte));
}

/// Looks at all instructions that can be reached from one without taking a byte.
pub fn of(program: &Program, pc: Pc) -> First {
    let (mut first, mut seen, mut waiting) = (First::none(), HashSet::new(), vec![pc]);
    while let Some(pc) = waiting.pop() {
        if first.empty || seen.len() >= MOST {
            return First::all();
        }
        if seen.insert(pc) {
            visit(program, pc, &mut first, &mut waiting);
        }
    }
    if first.empty { First::all() } else { first }
}

fn visit(program: &Program, pc: Pc, first: &mut First, waiting: &mut Vec<Pc>) {
    let Some(inst) = program.insts.get(pc as usize) else {
        *first = First::all();
        return;
    };
    match *inst {
        Inst::Fail => {}
        // Of a part that is matched on its own, what follows it is not known here.
        Inst::Success | Inst::GroupRef(..) => *first = First::all(),
        Inst::Byte(byte) => first.leads[usize::from(byte)] = true,
        Inst::Bytes(from, _) => first.leads[usize::from(program.pool[from as usize])] = true,
        Inst::Any => add_all_but(b'\n', first),
        Inst::AnyAll => first.leads = [true; 256],
        Inst::Set(set) => program.sets[set as usize].add_leads(&mut first.leads),
        Inst::At(_) | Inst::Mark(_) => waiting.push(pc + 1),
        // What must follow here is no narrower than what is said of what follows anyway.
        Inst::Jump(to) | Inst::Assert(_, to) | Inst::AssertNot(_, to) => waiting.push(to),
        Inst::Atomic(_) => waiting.push(pc + 1),
        Inst::GroupExists(_, no) => waiting.extend([pc + 1, no]),
        Inst::Branch(branch) => waiting.extend(program.branches[branch as usize].arms()),
        Inst::Greedy(one) | Inst::Lazy(one) | Inst::Possessive(one) => {
            let one = &program.ones[one as usize];
            add_item(program, one.item, first);
            if one.min == 0 {
                waiting.push(one.tail);
            }
        }
        Inst::Repeat(repeat) => {
            let repeat = &program.loops[repeat as usize];
            waiting.push(repeat.body);
            if repeat.min == 0 {
                waiting.push(repeat.end + 1);
            }
        }
        Inst::MaxUntil(repeat) | Inst::MinUntil(repeat) => {
            let repeat = &program.loops[repeat as usize];
            waiting.extend([repeat.body, repeat.end + 1]);
        }
        Inst::PossessiveRepeat(repeat) => {
            let repeat = &program.loops[repeat as usize];
            waiting.push(repeat.body);
            if repeat.min == 0 {
                waiting.push(repeat.end);
            }
        }
    }
}
