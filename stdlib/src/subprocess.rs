//! `_posixsubprocess`: how Lib's `subprocess` starts programs. `preexec_fn` is refused: nothing of an interpreter runs in a copy
//! of one of its threads.
#![expect(clippy::too_many_arguments, reason = "the signature is CPython's own")]

use std::ffi::CString;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_system::fork::{self, Start};

use crate::posix::args::{account, done, fs_text, sequence};
use crate::posix::descriptors::small;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_posixsubprocess", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(_cx: &mut Ctx, _module: Slot) -> Res<()> {
    Ok(())
}

fn texts(cx: &mut Ctx, given: Slot, message: &str) -> Res<Vec<CString>> {
    let elements = sequence(cx, given, message)?;
    elements.into_iter().map(|element| fs_text(cx, element)).collect()
}

/// The descriptors to keep: a tuple of numbers that grow.
fn kept(cx: &Ctx, given: Slot) -> Res<Vec<i32>> {
    let Some(tuple) = cx.get(given).cast::<Tuple>() else {
        let got = cx.type_name(cx.get(given));
        return Err(cx.type_error(format!("fork_exec() argument 4 must be tuple, not {got}")));
    };
    let mut numbers = Vec::with_capacity(tuple.len());
    for element in tuple.iter(cx) {
        let number = element.as_small_int().and_then(|number| i32::try_from(number).ok());
        match number.filter(|number| *number >= 0 && numbers.last().is_none_or(|last| last < number)) {
            Some(number) => numbers.push(number),
            None => return Err(cx.value_error("bad value(s) in fds_to_keep")),
        }
    }
    Ok(numbers)
}

fn groups(cx: &mut Ctx, given: Slot) -> Res<Option<Vec<u32>>> {
    if cx.get(given).is_none() {
        return Ok(None);
    }
    let list = iter::collect(cx, given)?;
    let elements: Vec<Slot> = {
        let list = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
        list.into_iter().map(|element| cx.root(element)).collect()
    };
    elements.into_iter().map(|element| account(cx, element, "gid")).collect::<Res<Vec<_>>>().map(Some)
}

fn id(cx: &mut Ctx, given: Slot, what: &str) -> Res<Option<u32>> {
    if cx.get(given).is_none() { Ok(None) } else { account(cx, given, what).map(Some) }
}

natives! {
    static FUNCTIONS = {
        /// Spawn a fresh new child process.
        call fn fork_exec(cx; args: Slot, executable_list: Slot, close_fds: bool, pass_fds: Slot, cwd: Slot, env: Slot,
            p2cread: i32, p2cwrite: i32, c2pread: i32, c2pwrite: i32, errread: i32, errwrite: i32,
            errpipe_read: i32, errpipe_write: i32, restore_signals: bool, call_setsid: bool, pgid_to_set: Slot,
            gid: Slot, extra_groups: Slot, uid: Slot, child_umask: i32, preexec_fn: Slot) -> i64 {
            let keep = kept(cx, pass_fds)?;
            if close_fds && errpipe_write < 3 {
                return Err(cx.value_error("errpipe_write must be >= 3"));
            }
            if !cx.get(preexec_fn).is_none() {
                return Err(cx.runtime_error("preexec_fn is not supported"));
            }
            let executables = texts(cx, executable_list, "executable_list must be a sequence")?;
            let arguments = texts(cx, args, "argv must be a tuple")?;
            let environment = match cx.get(env).is_none() {
                true => None,
                false => Some(texts(cx, env, "env must be a sequence")?),
            };
            let folder = if cx.get(cwd).is_none() { None } else { Some(fs_text(cx, cwd)?) };
            let group = small(cx, pgid_to_set)?;
            let groups = groups(cx, extra_groups)?;
            let start = Start {
                executables: &executables,
                arguments: &arguments,
                environment: environment.as_deref(),
                closes: close_fds,
                keep: &keep,
                folder: folder.as_deref(),
                standard: [p2cread, c2pwrite, errwrite],
                others: [p2cwrite, c2pread, errread],
                errors: [errpipe_read, errpipe_write],
                restores_signals: restore_signals,
                session: call_setsid,
                group,
                gid: id(cx, gid, "gid")?,
                groups: groups.as_deref(),
                uid: id(cx, uid, "uid")?,
                umask: child_umask,
                unblocks_interrupts: !cx.is_main_thread(),
            };
            let started = fork::start(&start);
            done(cx, started).map(i64::from)
        }
    }
}
