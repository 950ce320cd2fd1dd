//! Calls of native functions, which tools are told of before and after.

use argil_compiler::opcode::{Instr, Opcode};

use super::super::call::Called;
use super::super::call::ops::begin_apart;
use super::super::state::State;
use super::tell;
use crate::ctx::Res;
use crate::types::function::NativeFunction;
use crate::value::Word;
use crate::watch::events;

/// Whether the instruction calls a native function by name or position.
pub(super) fn is_native(s: &State, i: Instr) -> bool {
    let calls = matches!(i.opcode(), Some(Opcode::Call | Opcode::CallKw | Opcode::CallMethod | Opcode::CallMethodKw));
    calls && s.value(i.a()).cast::<NativeFunction>().is_some()
}

/// Performs such a call.
pub(super) fn watched(s: &mut State, i: Instr) -> Res<Word> {
    s.scope(|s| {
        let function = s.root(i.a());
        tell::native(s, events::CALL, function)?;
        match begin_apart(s, i) {
            Ok(Called::Value(word)) => {
                let value = s.cx().push_word(word);
                tell::native(s, events::C_RETURN, function)?;
                Ok(s.cx().get(value).word())
            }
            Ok(Called::Frame(_)) => unreachable!("a native function has no frame"),
            Err(raised) => {
                let cx = s.cx();
                let exception = cx.root(cx.take_raised(raised));
                tell::native(s, events::C_RAISE, function)?;
                Err(s.cx().raise_value(s.cx().get(exception)))
            }
        }
    })
}

/// Tells of a call of anything else, which is performed as usual.
pub(super) fn announced(s: &mut State, i: Instr) -> Res<()> {
    let calls = matches!(
        i.opcode(),
        Some(Opcode::Call | Opcode::CallKw | Opcode::CallMethod | Opcode::CallMethodKw | Opcode::CallEx)
    );
    if !calls {
        return Ok(());
    }
    s.scope(|s| {
        let callee = s.root(i.a());
        tell::called(s, callee)
    })
}
