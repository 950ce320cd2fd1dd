//! OSError: which class an error number belongs to.

use std::io;

use rustix::io::Errno;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Slot};
use crate::types::exception::{Exception, details};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The error numbers that a kernel can give.
const KERNEL_ERRORS: std::ops::Range<i32> = 1..4096;

/// The subclass of OSError for an error number.
pub fn class_for(errno: i32) -> Builtin {
    if !KERNEL_ERRORS.contains(&errno) {
        return Builtin::OSError;
    }
    match Errno::from_raw_os_error(errno) {
        Errno::AGAIN | Errno::ALREADY | Errno::INPROGRESS => Builtin::BlockingIOError,
        Errno::CHILD => Builtin::ChildProcessError,
        Errno::PIPE | Errno::SHUTDOWN => Builtin::BrokenPipeError,
        Errno::CONNABORTED => Builtin::ConnectionAbortedError,
        Errno::CONNREFUSED => Builtin::ConnectionRefusedError,
        Errno::CONNRESET => Builtin::ConnectionResetError,
        Errno::EXIST => Builtin::FileExistsError,
        Errno::NOENT => Builtin::FileNotFoundError,
        Errno::INTR => Builtin::InterruptedError,
        Errno::ISDIR => Builtin::IsADirectoryError,
        Errno::NOTDIR => Builtin::NotADirectoryError,
        Errno::ACCESS | Errno::PERM => Builtin::PermissionError,
        Errno::SRCH => Builtin::ProcessLookupError,
        Errno::TIMEDOUT => Builtin::TimeoutError,
        _ => Builtin::OSError,
    }
}

/// The system's text for an error, without Rust's addition.
pub fn text_of(error: &io::Error) -> String {
    let text = error.to_string();
    match text.rfind(" (os error") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Raises the OSError of a failed system call, about a file if there is one.
#[cold]
pub fn raise(cx: &Ctx, error: &io::Error, filename: Option<Slot>) -> Raised {
    raise_about(cx, error, filename.map(|slot| cx.get(slot)), None)
}

/// Raises the OSError of a failed system call about one or two files.
#[cold]
pub fn raise_about<'h>(
    cx: &'h Ctx,
    error: &io::Error,
    filename: Option<Value<'h>>,
    second: Option<Value<'h>>,
) -> Raised {
    let Some(errno) = error.raw_os_error() else {
        return cx.raise(Builtin::OSError, text_of(error));
    };
    let args = Tuple::from_values(cx, &[cx.int(i64::from(errno)), cx.str(&text_of(error))]);
    let exception = Exception::build(cx, class_for(errno), args);
    for (name, file) in [("filename", filename), ("filename2", second)] {
        if let Some(file) = file {
            details::set(cx, exception, name, file);
        }
    }
    cx.raise_value(Value::of(exception))
}
