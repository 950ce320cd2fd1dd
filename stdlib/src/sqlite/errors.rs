//! The module's exceptions, and what the engine's codes become.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::ops::attr;
use argil_sqlite::{Failure, raw};

/// `sqlite3.Warning`.
pub struct Warning;
/// `sqlite3.Error`.
pub struct Error;
/// `sqlite3.InterfaceError`.
pub struct InterfaceError;
/// `sqlite3.DatabaseError`.
pub struct DatabaseError;
/// `sqlite3.DataError`.
pub struct DataError;
/// `sqlite3.OperationalError`.
pub struct OperationalError;
/// `sqlite3.IntegrityError`.
pub struct IntegrityError;
/// `sqlite3.InternalError`.
pub struct InternalError;
/// `sqlite3.ProgrammingError`.
pub struct ProgrammingError;
/// `sqlite3.NotSupportedError`.
pub struct NotSupportedError;

/// Defines them.
pub fn define(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<Warning>(module, "sqlite3.Warning", Builtin::Exception);
    cx.define_exception::<Error>(module, "sqlite3.Error", Builtin::Exception);
    cx.define_exception_below::<InterfaceError, Error>(module, "sqlite3.InterfaceError")?;
    cx.define_exception_below::<DatabaseError, Error>(module, "sqlite3.DatabaseError")?;
    cx.define_exception_below::<DataError, DatabaseError>(module, "sqlite3.DataError")?;
    cx.define_exception_below::<OperationalError, DatabaseError>(module, "sqlite3.OperationalError")?;
    cx.define_exception_below::<IntegrityError, DatabaseError>(module, "sqlite3.IntegrityError")?;
    cx.define_exception_below::<InternalError, DatabaseError>(module, "sqlite3.InternalError")?;
    cx.define_exception_below::<ProgrammingError, DatabaseError>(module, "sqlite3.ProgrammingError")?;
    cx.define_exception_below::<NotSupportedError, DatabaseError>(module, "sqlite3.NotSupportedError")
}

/// Raises a ProgrammingError.
#[cold]
pub fn programming(cx: &Ctx, message: impl AsRef<str>) -> Raised {
    cx.raise_own::<ProgrammingError>(message)
}

/// Raises what the engine says.
#[cold]
pub fn raise(cx: &mut Ctx, failure: &Failure) -> Raised {
    let message = &failure.message;
    let raised = match failure.code & 0xff {
        raw::SQLITE_INTERNAL | raw::SQLITE_NOTFOUND => cx.raise_own::<InternalError>(message),
        raw::SQLITE_NOMEM => return cx.memory_error(),
        raw::SQLITE_ERROR
        | raw::SQLITE_PERM
        | raw::SQLITE_ABORT
        | raw::SQLITE_BUSY
        | raw::SQLITE_LOCKED
        | raw::SQLITE_READONLY
        | raw::SQLITE_INTERRUPT
        | raw::SQLITE_IOERR
        | raw::SQLITE_FULL
        | raw::SQLITE_CANTOPEN
        | raw::SQLITE_PROTOCOL
        | raw::SQLITE_EMPTY
        | raw::SQLITE_SCHEMA => cx.raise_own::<OperationalError>(message),
        raw::SQLITE_TOOBIG => cx.raise_own::<DataError>(message),
        raw::SQLITE_CONSTRAINT | raw::SQLITE_MISMATCH => cx.raise_own::<IntegrityError>(message),
        raw::SQLITE_MISUSE | raw::SQLITE_RANGE => cx.raise_own::<InterfaceError>(message),
        _ => cx.raise_own::<DatabaseError>(message),
    };
    let exception = cx.root(cx.take_raised(raised));
    let name = super::constants::code_name(failure.code).unwrap_or("unknown");
    let attributes =
        [("sqlite_errorcode", cx.root(cx.int(failure.code.into()))), ("sqlite_errorname", cx.root(cx.str(name)))];
    for (attribute, value) in attributes {
        let attribute = cx.root(cx.intern(attribute));
        if let Err(raised) = attr::set_attr(cx, exception, attribute, value) {
            return raised;
        }
    }
    cx.raise_value(cx.get(exception))
}
