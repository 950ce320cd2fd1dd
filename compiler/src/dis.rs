//! The disassembler: a [`Code`] as text for people.
//!
//! Instructions stand in groups, one for each run of the same source line. Registers that hold variables are shown with their
//! names, constants and sites with what they stand for, and jumps name labels. `R5..+3` are three registers, the first of which
//! is 5: for a call, what is called, its receiver if it is a method, and the arguments.

use crate::code::{Code, Const, Handler};
use crate::opcode::{Instr, Opcode, Operand};
use crate::source;
use crate::verify::effects::effects;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};
use std::ops::Range;

/// The text of `code` and of all code within it.
pub fn dis(code: &Code) -> String {
    dis_lines(code, &[])
}

/// The same, with the lines of `source`, from which `code` was compiled, beside their numbers.
pub fn dis_with_source(code: &Code, source: &str) -> String {
    dis_lines(code, &source::lines(source))
}

fn dis_lines(code: &Code, lines: &[&str]) -> String {
    let mut text = String::new();
    write_code(code, lines, &mut text).expect("writing to a string cannot fail");
    text
}

fn write_code(code: &Code, lines: &[&str], out: &mut String) -> fmt::Result {
    writeln!(out, "{}", Header(code))?;
    let labels = labels(code);
    let mut last_line = None;
    for (at, &instr) in code.instrs.iter().enumerate() {
        let line = code.positions.get(at).map_or(0, |position| position.line);
        if line != 0 && last_line != Some(line) {
            match lines.get(line as usize - 1) {
                Some(text) => writeln!(out, "  line {line}: {}", text.trim())?,
                None => writeln!(out, "  line {line}")?,
            }
            last_line = Some(line);
        }
        if let Some(label) = labels.get(&(at as i64)) {
            writeln!(out, "   L{label}:")?;
        }
        writeln!(out, "{at:6}  {}", Line { code, labels: &labels, at, instr })?;
    }
    for handler in &code.handlers {
        writeln!(out, "  {}", HandlerLine { handler, labels: &labels })?;
    }
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            out.push('\n');
            write_code(inner, lines, out)?;
        }
    }
    Ok(())
}

/// The first line of a code object.
struct Header<'a>(&'a Code);

impl Display for Header<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let code = self.0;
        write!(f, "{} ({} registers", code.qualname, code.registers)?;
        let flags = [
            ("*args", code.flags.var_args),
            ("**kwargs", code.flags.var_kwargs),
            ("generator", code.flags.generator),
            ("class body", code.flags.class_body),
        ];
        for (name, _) in flags.into_iter().filter(|(_, set)| *set) {
            write!(f, ", {name}")?;
        }
        write!(f, ")")?;
        if !code.locals.is_empty() {
            write!(f, " locals {}", code.locals.join(" "))?;
        }
        if !code.free.is_empty() {
            write!(f, " free {}", code.free.join(" "))?;
        }
        Ok(())
    }
}

/// The offsets that something jumps to, and the number of each.
fn labels(code: &Code) -> BTreeMap<i64, usize> {
    let jumps = code.instrs.iter().enumerate().filter_map(|(at, &instr)| instr.jump_target(at));
    let handlers = code.handlers.iter().map(|handler| i64::from(handler.target));
    let mut labels: BTreeMap<i64, usize> = jumps.chain(handlers).map(|offset| (offset, 0)).collect();
    for (number, label) in labels.values_mut().enumerate() {
        *label = number + 1;
    }
    labels
}

/// One instruction.
struct Line<'a> {
    code: &'a Code,
    labels: &'a BTreeMap<i64, usize>,
    at: usize,
    instr: Instr,
}

impl Line<'_> {
    /// What an operand of `kind` and `value` is shown as, if anything.
    fn operand(&self, op: Opcode, kind: Operand, value: u16) -> Option<String> {
        let code = self.code;
        Some(match kind {
            Operand::None | Operand::Size => return None,
            Operand::Def | Operand::Use | Operand::MaybeUnset | Operand::Change => register(code, value),
            Operand::Window(size) => format!("R{value}..+{size}"),
            Operand::Run => format!("R{value}..+{}", run_length(&effects(op, self.instr).reads, value)),
            Operand::DefRun => format!("R{value}..+{}", run_length(&effects(op, self.instr).writes, value)),
            Operand::Const => match code.consts.get(usize::from(value)) {
                Some(constant) => Literal(constant).to_string(),
                None => format!("K{value}"),
            },
            Operand::Site => match code.sites.get(usize::from(value)) {
                Some(name) => format!(".{name}"),
                None => format!("S{value}"),
            },
            Operand::Count(of_what) => format!("{of_what}={value}"),
            Operand::Choice(words) => match words.get(usize::from(value)) {
                Some(&"") => return None,
                Some(word) => (*word).to_owned(),
                None => format!("x={value}"),
            },
            Operand::Imm => self.instr.bc().to_string(),
            Operand::Jump => match self.instr.jump_target(self.at) {
                Some(target) => format!("-> L{}", self.labels[&target]),
                None => return None,
            },
        })
    }
}

impl Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let instr = self.instr;
        let Some(op) = instr.opcode() else { return write!(f, "? {:#018x}", instr.0) };
        let info = op.info();
        let x = match info.x {
            // Zero of something is what is usual.
            Operand::Count(_) if instr.x() == 0 => Operand::None,
            x => x,
        };
        let fields = [(info.a, instr.a()), (info.b, instr.b()), (info.c, instr.c()), (x, instr.x().into())];
        let operands: Vec<String> =
            fields.into_iter().filter_map(|(kind, value)| self.operand(op, kind, value)).collect();
        if operands.is_empty() {
            return write!(f, "{}", info.name);
        }
        write!(f, "{:<17} {}", info.name, operands.join(", "))
    }
}

/// How many registers the run that begins with register `first` has: what is counted, and what always goes with it.
fn run_length(ranges: &[Range<u32>], first: u16) -> u32 {
    ranges.iter().find(|range| range.start == u32::from(first)).map_or(0, |range| range.end - range.start)
}

/// A register with the name of the variable that it holds.
fn register(code: &Code, number: u16) -> String {
    let names = code.locals.iter().chain(&code.free);
    match names.into_iter().nth(usize::from(number)) {
        Some(name) => format!("R{number}({name})"),
        None => format!("R{number}"),
    }
}

/// A constant in the source's notation.
pub(crate) struct Literal<'a>(pub &'a Const);

impl Display for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let items = |f: &mut fmt::Formatter, items: &[Const]| {
            for (at, item) in items.iter().enumerate() {
                write!(f, "{}{}", if at > 0 { ", " } else { "" }, Literal(item))?;
            }
            Ok(())
        };
        match self.0 {
            Const::None => write!(f, "None"),
            Const::Bool(true) => write!(f, "True"),
            Const::Bool(false) => write!(f, "False"),
            Const::Ellipsis => write!(f, "..."),
            Const::Int(value) => write!(f, "{value}"),
            Const::BigInt(digits) => write!(f, "{digits}"),
            Const::Float(value) => write!(f, "{value:?}"),
            Const::Imaginary(value) => write!(f, "{value:?}j"),
            Const::Complex(real, imaginary) => write!(f, "({real:?}{imaginary:+?}j)"),
            Const::Str(text) => write!(f, "{text:?}"),
            Const::Bytes(bytes) => write!(f, "b\"{}\"", bytes.escape_ascii()),
            Const::Tuple(values) => {
                write!(f, "(")?;
                items(f, values)?;
                write!(f, "{}", if values.len() == 1 { ",)" } else { ")" })
            }
            Const::FrozenSet(values) => {
                write!(f, "{{")?;
                items(f, values)?;
                write!(f, "}}")
            }
            Const::Code(code) => write!(f, "<code {}>", code.qualname),
        }
    }
}

/// One entry of the exception table.
struct HandlerLine<'a> {
    handler: &'a Handler,
    labels: &'a BTreeMap<i64, usize>,
}

impl Display for HandlerLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Handler { start, end, target, register } = *self.handler;
        let label = self.labels.get(&i64::from(target)).copied().unwrap_or_default();
        write!(f, "handler {start}..{end} -> L{label} with R{register}")
    }
}
