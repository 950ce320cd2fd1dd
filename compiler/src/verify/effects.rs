//! Which registers an instruction reads and writes, windows included.

use crate::opcode::{Instr, Opcode, Operand};
use std::ops::Range;

/// The registers of one instruction, as ranges: a register is 16 bits, and the end of a range may be one more than that.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Effects {
    /// Must be written before.
    pub reads: Vec<Range<u32>>,
    /// May be unbound, but must exist.
    pub touches: Vec<Range<u32>>,
    /// Hold nothing afterwards.
    pub clears: Vec<Range<u32>>,
    /// Are written. For loop instructions, only where they yield a value.
    pub writes: Vec<Range<u32>>,
}

/// The effects of `instr`, whose opcode is `op`.
pub(crate) fn effects(op: Opcode, instr: Instr) -> Effects {
    let (a, b, c) = (u32::from(instr.a()), u32::from(instr.b()), u32::from(instr.c()));
    let x = u32::from(instr.x());
    let mut effects = Effects::default();
    let Effects { reads, touches, clears, writes } = &mut effects;
    match op {
        Opcode::Call | Opcode::CallKw => {
            reads.push(a..a + b + 1);
            clears.push(a + 1..a + b + 1);
            writes.push(a..a + 1);
        }
        Opcode::CallMethod | Opcode::CallMethodKw => {
            reads.push(a..a + b + 2);
            clears.push(a + 1..a + b + 2);
            writes.push(a..a + 1);
        }
        Opcode::CallEx => {
            reads.push(a..a + 2);
            touches.push(a + 2..a + 3);
            clears.push(a + 1..a + 3);
            writes.push(a..a + 1);
        }
        Opcode::LoadMethod => {
            reads.push(b..b + 1);
            writes.push(a..a + 2);
        }
        Opcode::SplitException => {
            reads.extend([b..b + 1, c..c + 1]);
            writes.push(a..a + 2);
        }
        Opcode::PrepareWith => {
            reads.push(b..b + 1);
            writes.push(a..a + 4);
        }
        Opcode::ExceptionTriple => {
            reads.push(b..b + 1);
            writes.push(a..a + 3);
        }
        Opcode::EnterHandler => {
            reads.push(a..a + 1);
            writes.push(a + 1..a + 2);
        }
        Opcode::LeaveHandler => reads.push(a..a + 2),
        Opcode::MakeFunction => {
            touches.push(c..c + 4);
            writes.push(a..a + 1);
        }
        Opcode::BuildSlice => {
            reads.push(b..b + 3);
            writes.push(a..a + 1);
        }
        Opcode::UnpackSequence => {
            reads.push(c..c + 1);
            writes.push(a..a + b);
        }
        Opcode::UnpackEx => {
            reads.push(c..c + 1);
            writes.push(a..a + b + 1 + x);
        }
        Opcode::BuildTuple | Opcode::BuildList | Opcode::BuildSet | Opcode::BuildDict | Opcode::BuildString => {
            reads.push(b..b + c);
            writes.push(a..a + 1);
        }
        Opcode::CheckBound | Opcode::MakeCell => {
            touches.push(a..a + 1);
            writes.push(a..a + 1);
        }
        Opcode::Unset => clears.push(a..a + 1),
        _ => {
            let info = op.info();
            for (kind, value) in [(info.a, a), (info.b, b), (info.c, c), (info.x, x)] {
                match kind {
                    Operand::Use => reads.push(value..value + 1),
                    Operand::Def => writes.push(value..value + 1),
                    Operand::Change => {
                        reads.push(value..value + 1);
                        writes.push(value..value + 1);
                    }
                    Operand::MaybeUnset => touches.push(value..value + 1),
                    Operand::None | Operand::Const | Operand::Site | Operand::Jump | Operand::Imm => {}
                    Operand::Size | Operand::Count(_) | Operand::Choice(_) => {}
                    Operand::Window(_) | Operand::Run | Operand::DefRun => {
                        unreachable!("{op:?} has a window, whose use only its own case knows")
                    }
                }
            }
        }
    }
    effects
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instruction_with_a_window_has_its_own_case() {
        for &op in Opcode::ALL {
            effects(op, Instr::new(op, 1, 2, 3, 4));
        }
    }
}
