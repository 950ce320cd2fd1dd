//! Compiled code as bytes. What arrives is verified, in release builds too: the loop trusts code that the verifier accepts.

use crate::code::{Code, CodeFlags, Const, Handler, Position};
use crate::opcode::Instr;
use crate::verify::verify;

use super::{Fault, Read, Reader, Writer};

/// How deep constants may nest in what is read. The compiler's limits on nesting keep what it writes far below.
const DEPTH: u32 = 500;

/// Appends code.
pub fn write(out: &mut Writer, code: &Code) {
    out.text(&code.name);
    out.text(&code.qualname);
    out.byte(code.doc.is_some().into());
    out.text(code.doc.as_deref().unwrap_or_default());
    let CodeFlags { var_args, var_kwargs, generator, coroutine, class_body, nested, awaitable } = code.flags;
    let flags = [var_args, var_kwargs, generator, class_body, nested, coroutine, awaitable];
    out.byte(flags.iter().enumerate().map(|(bit, on)| u8::from(*on) << bit).sum());
    for number in [code.positional, code.positional_only, code.keyword_only, code.registers] {
        out.number(number.into());
    }
    for names in [&code.locals, &code.free, &code.sites] {
        out.number(names.len() as u64);
        names.iter().for_each(|name| out.text(name));
    }
    out.number(code.instrs.len() as u64);
    for (instr, position) in code.instrs.iter().zip(&code.positions) {
        out.number(instr.0);
        for number in [position.line, position.end_line, position.column, position.end_column] {
            out.number(number.into());
        }
    }
    out.number(code.consts.len() as u64);
    code.consts.iter().for_each(|value| write_const(out, value));
    out.number(code.handlers.len() as u64);
    for handler in &code.handlers {
        for number in [handler.start, handler.end, handler.target, handler.register.into()] {
            out.number(number.into());
        }
    }
    out.number(code.first_line.into());
}

/// Reads code, and verifies it.
pub fn read(from: &mut Reader<'_>) -> Read<Code> {
    let code = read_code(from, DEPTH)?;
    verify(&code).map_err(Fault::Code)?;
    Ok(code)
}

fn read_code(from: &mut Reader<'_>, depth: u32) -> Read<Code> {
    let (name, qualname) = (from.text()?.into(), from.text()?.into());
    let (has_doc, doc) = (from.byte()? != 0, from.text()?);
    let bits = from.byte()?;
    let flag = |bit: u8| bits >> bit & 1 != 0;
    let flags = CodeFlags {
        var_args: flag(0),
        var_kwargs: flag(1),
        generator: flag(2),
        class_body: flag(3),
        nested: flag(4),
        coroutine: flag(5),
        awaitable: flag(6),
    };
    let [positional, positional_only, keyword_only, registers] = [from.u16()?, from.u16()?, from.u16()?, from.u16()?];
    let mut names = || list(from, |from| Ok(Box::from(from.text()?)));
    let (locals, free, sites) = (names()?, names()?, names()?);
    let placed = list(from, |from| {
        let instr = Instr(from.number()?);
        let [line, end_line, column, end_column] = [from.u32()?, from.u32()?, from.u32()?, from.u32()?];
        Ok((instr, Position { line, end_line, column, end_column }))
    })?;
    let (instrs, positions) = placed.into_iter().unzip();
    let consts = list(from, |from| read_const(from, depth))?;
    let handlers = list(from, |from| {
        let [start, end, target] = [from.u32()?, from.u32()?, from.u32()?];
        Ok(Handler { start, end, target, register: from.u16()? })
    })?;
    Ok(Code {
        name,
        qualname,
        doc: has_doc.then(|| doc.into()),
        flags,
        positional,
        positional_only,
        keyword_only,
        locals,
        free,
        registers,
        instrs,
        consts,
        sites,
        handlers,
        positions,
        first_line: from.u32()?,
    })
}

fn list<'a, T>(from: &mut Reader<'a>, mut item: impl FnMut(&mut Reader<'a>) -> Read<T>) -> Read<Vec<T>> {
    let count = from.count()?;
    (0..count).map(|_| item(from)).collect()
}

fn write_const(out: &mut Writer, value: &Const) {
    match value {
        Const::None => out.byte(0),
        Const::Bool(b) => out.byte(1 + u8::from(*b)),
        Const::Ellipsis => out.byte(3),
        Const::Int(i) => {
            out.byte(4);
            out.signed(*i);
        }
        Const::BigInt(digits) => {
            out.byte(5);
            out.text(digits);
        }
        Const::Float(f) => {
            out.byte(6);
            out.float(*f);
        }
        Const::Imaginary(f) => {
            out.byte(7);
            out.float(*f);
        }
        Const::Complex(real, imaginary) => {
            out.byte(13);
            out.float(*real);
            out.float(*imaginary);
        }
        Const::Str(text) => {
            out.byte(8);
            out.text(text);
        }
        Const::Bytes(bytes) => {
            out.byte(9);
            out.bytes(bytes);
        }
        Const::Tuple(items) | Const::FrozenSet(items) => {
            out.byte(if matches!(value, Const::Tuple(_)) { 10 } else { 11 });
            out.number(items.len() as u64);
            items.iter().for_each(|item| write_const(out, item));
        }
        Const::Code(code) => {
            out.byte(12);
            write(out, code);
        }
    }
}

fn read_const(from: &mut Reader<'_>, depth: u32) -> Read<Const> {
    let depth = depth.checked_sub(1).ok_or(Fault::Malformed)?;
    Ok(match from.byte()? {
        0 => Const::None,
        1 => Const::Bool(false),
        2 => Const::Bool(true),
        3 => Const::Ellipsis,
        4 => Const::Int(from.signed()?),
        5 => {
            let text = from.text()?;
            let digits = text.strip_prefix('-').unwrap_or(text);
            let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            Const::BigInt(is_number.then_some(text).ok_or(Fault::Malformed)?.into())
        }
        6 => Const::Float(from.float()?),
        7 => Const::Imaginary(from.float()?),
        8 => Const::Str(from.text()?.into()),
        9 => Const::Bytes(from.bytes()?.into()),
        10 => Const::Tuple(list(from, |from| read_const(from, depth))?),
        11 => Const::FrozenSet(list(from, |from| read_const(from, depth))?),
        12 => Const::Code(Box::new(read_code(from, depth)?)),
        13 => Const::Complex(from.float()?, from.float()?),
        _ => return Err(Fault::Malformed),
    })
}
