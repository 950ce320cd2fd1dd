//! Waiting for processes, and sending them signals.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::natives;
use argil_interp::value::Value;
use argil_system::{libc, plain, process};

use super::args::{blocking, done};
use super::records::WAITID_RESULT;
use crate::resource;

/// Process and status, as a tuple.
fn ended(cx: &Ctx, pid: i32, status: i32) -> Slot {
    cx.root(cx.tuple(&[cx.int(i64::from(pid)), cx.int(i64::from(status))]))
}

fn wait(cx: &mut Ctx, pid: i32, options: i32) -> Res<Slot> {
    let (pid, status, _) = blocking(cx, || process::wait4(pid, options))?;
    Ok(ended(cx, pid, status))
}

fn wait_with_usage(cx: &mut Ctx, pid: i32, options: i32) -> Res<Slot> {
    // The class is defined by its module.
    import_module(cx, "resource")?;
    let (pid, status, usage) = blocking(cx, || process::wait4(pid, options))?;
    let cx: &Ctx = cx;
    let usage = resource::usage(cx, &usage);
    Ok(cx.root(cx.tuple(&[cx.int(i64::from(pid)), cx.int(i64::from(status)), usage])))
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Wait for completion of a child process.
        call fn wait(cx) -> Slot { self::wait(cx, -1, 0) }
        /// Wait for completion of a given child process.
        call fn waitpid(cx; pid: i32, options: i32) -> Slot { self::wait(cx, pid, options) }
        /// Wait for completion of a child process.
        call fn wait3(cx; ; options: i32) -> Slot { wait_with_usage(cx, -1, options) }
        /// Wait for completion of a specific child process.
        call fn wait4(cx; ; pid: i32, options: i32) -> Slot { wait_with_usage(cx, pid, options) }
        /// Returns the result of waiting for a process or processes.
        call fn waitid(cx; idtype: i32, id: i32, options: i32) -> Slot {
            let report = blocking(cx, || process::waitid(idtype as u32, id as u32, options))?;
            let cx: &Ctx = cx;
            let signal = report[2];
            let result = match signal {
                0 => Value::NONE,
                _ => WAITID_RESULT.make(cx, &report.map(|number| cx.int(i64::from(number)))),
            };
            Ok(cx.root(result))
        }
        /// Convert a wait status to an exit code.
        fn waitstatus_to_exitcode(cx; ; status: i32) -> i64 {
            if libc::WIFEXITED(status) {
                Ok(i64::from(libc::WEXITSTATUS(status)))
            } else if libc::WIFSIGNALED(status) {
                Ok(-i64::from(libc::WTERMSIG(status)))
            } else if libc::WIFSTOPPED(status) {
                let signal = libc::WSTOPSIG(status);
                Err(cx.value_error(format!("process stopped by delivery of signal {signal}")))
            } else {
                Err(cx.value_error(format!("invalid wait status: {status}")))
            }
        }
        /// Return True if the process returning status was dumped to a core file.
        fn WCOREDUMP(cx; status: i32) -> bool { Ok(libc::WCOREDUMP(status)) }
        /// Return True if a particular process was continued from a job control stop.
        fn WIFCONTINUED(cx; ; status: i32) -> bool { Ok(libc::WIFCONTINUED(status)) }
        /// Return True if the process returning status was stopped.
        fn WIFSTOPPED(cx; ; status: i32) -> bool { Ok(libc::WIFSTOPPED(status)) }
        /// Return True if the process returning status was terminated by a signal.
        fn WIFSIGNALED(cx; ; status: i32) -> bool { Ok(libc::WIFSIGNALED(status)) }
        /// Return True if the process returning status exited via the exit() system call.
        fn WIFEXITED(cx; ; status: i32) -> bool { Ok(libc::WIFEXITED(status)) }
        /// Return the process return code from status.
        fn WEXITSTATUS(cx; ; status: i32) -> i64 { Ok(i64::from(libc::WEXITSTATUS(status))) }
        /// Return the signal that terminated the process that provided the status value.
        fn WTERMSIG(cx; ; status: i32) -> i64 { Ok(i64::from(libc::WTERMSIG(status))) }
        /// Return the signal that stopped the process that provided the status value.
        fn WSTOPSIG(cx; ; status: i32) -> i64 { Ok(i64::from(libc::WSTOPSIG(status))) }
        /// Kill a process with a signal.
        call fn kill(cx; pid: i32, signal: i32) -> () {
            done(cx, plain::kill(pid, signal))?;
            // It may be this one.
            cx.poll()
        }
        /// Kill a process group with a signal.
        call fn killpg(cx; pgid: i32, signal: i32) -> () {
            done(cx, plain::killpg(pgid, signal))?;
            cx.poll()
        }
        /// Return a file descriptor referring to the process pid.
        fn pidfd_open(cx; ; pid: i32, flags: i64 = 0) -> i64 { done(cx, plain::pidfd_open(pid, flags as u32)).map(i64::from) }
    }
}
