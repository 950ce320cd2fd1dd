//! Statements.

use std::ffi::{CStr, c_char, c_int};
use std::sync::{Arc, PoisonError};

use libsqlite3_sys as ffi;

use crate::connection::{Connection, Failure, Gone, Inner};
use crate::values::{Value, copied};

/// A statement that was prepared.
pub struct Statement {
    inner: Arc<Inner>,
    statement: *mut ffi::sqlite3_stmt,
}

// SAFETY: the engine is in its serialized mode.
unsafe impl Send for Statement {}
// SAFETY: the same.
unsafe impl Sync for Statement {}

/// How far a statement got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is a row.
    Row,
    /// It is over.
    Done,
}

impl Connection {
    /// Prepares the first statement of a text, and tells how many bytes it takes; `None` if there is none.
    ///
    /// # Errors
    /// What the engine says.
    pub fn prepare(&self, sql: &str) -> Result<(Option<Statement>, usize), Failure> {
        let mut statement = std::ptr::null_mut();
        let mut tail: *const c_char = std::ptr::null();
        let Ok(length) = c_int::try_from(sql.len()) else { return Err(Failure::of_code(ffi::SQLITE_TOOBIG)) };
        // SAFETY: the text is as long as is said; the engine writes both pointers, the second into the text.
        let code = unsafe {
            ffi::sqlite3_prepare_v2(self.0.db, sql.as_ptr().cast(), length, &raw mut statement, &raw mut tail)
        };
        self.0.check(code)?;
        let used = if tail.is_null() { sql.len() } else { tail as usize - sql.as_ptr() as usize };
        let statement = (!statement.is_null()).then(|| Statement { inner: self.0.clone(), statement });
        Ok((statement, used.min(sql.len())))
    }
}

impl Statement {
    /// Goes on.
    ///
    /// # Errors
    /// What the engine says.
    pub fn step(&self) -> Result<Step, Failure> {
        // SAFETY: the statement is there.
        match unsafe { ffi::sqlite3_step(self.statement) } {
            ffi::SQLITE_ROW => Ok(Step::Row),
            ffi::SQLITE_DONE => Ok(Step::Done),
            _ => Err(self.inner.failure()),
        }
    }

    /// Back to the beginning.
    pub fn reset(&self) {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_reset(self.statement) };
    }

    /// Forgets its parameters.
    pub fn clear(&self) {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_clear_bindings(self.statement) };
    }

    /// Whether it runs.
    pub fn is_busy(&self) -> bool {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_stmt_busy(self.statement) != 0 }
    }

    /// Whether it changes nothing.
    pub fn is_read_only(&self) -> bool {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_stmt_readonly(self.statement) != 0 }
    }

    /// How many parameters it has.
    pub fn parameters(&self) -> usize {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_bind_parameter_count(self.statement) }.max(0) as usize
    }

    /// The name of a parameter, from 1, with the sign before it.
    pub fn parameter_name(&self, number: usize) -> Option<String> {
        // SAFETY: the statement is there; the text is copied at once.
        unsafe { text(ffi::sqlite3_bind_parameter_name(self.statement, number as c_int)) }
    }

    /// Gives a parameter, from 1, its value.
    ///
    /// # Errors
    /// What the engine says.
    pub fn bind(&self, number: usize, value: &Value) -> Result<(), Failure> {
        let at = number as c_int;
        let too_big = || Failure::of_code(ffi::SQLITE_TOOBIG);
        // SAFETY: the statement is there; the engine copies text and blobs before it returns.
        let code = unsafe {
            match value {
                Value::Null => ffi::sqlite3_bind_null(self.statement, at),
                Value::Integer(number) => ffi::sqlite3_bind_int64(self.statement, at, *number),
                Value::Real(number) => ffi::sqlite3_bind_double(self.statement, at, *number),
                Value::Text(text) => {
                    let length = c_int::try_from(text.len()).map_err(|_| too_big())?;
                    let copy = ffi::SQLITE_TRANSIENT();
                    ffi::sqlite3_bind_text(self.statement, at, text.as_ptr().cast(), length, copy)
                }
                Value::Blob(bytes) => {
                    let length = c_int::try_from(bytes.len()).map_err(|_| too_big())?;
                    let copy = ffi::SQLITE_TRANSIENT();
                    ffi::sqlite3_bind_blob(self.statement, at, bytes.as_ptr().cast(), length, copy)
                }
            }
        };
        self.inner.check(code)
    }

    /// How many columns a row has.
    pub fn columns(&self) -> usize {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_column_count(self.statement) }.max(0) as usize
    }

    /// How many values the row has that it stands on.
    pub fn row_length(&self) -> usize {
        // SAFETY: the statement is there.
        unsafe { ffi::sqlite3_data_count(self.statement) }.max(0) as usize
    }

    /// The name of a column.
    pub fn column_name(&self, column: usize) -> Option<String> {
        // SAFETY: the statement is there; the text is copied at once.
        unsafe { text(ffi::sqlite3_column_name(self.statement, column as c_int)) }
    }

    /// The type that a column was declared with.
    pub fn column_type(&self, column: usize) -> Option<String> {
        // SAFETY: the statement is there; the text is copied at once.
        unsafe { text(ffi::sqlite3_column_decltype(self.statement, column as c_int)) }
    }

    /// How many bytes a text or blob of the row has; 0 for what is neither.
    pub fn size(&self, column: usize) -> usize {
        let at = column as c_int;
        // SAFETY: the statement is there.
        unsafe {
            match ffi::sqlite3_column_type(self.statement, at) {
                ffi::SQLITE_TEXT | ffi::SQLITE_BLOB => ffi::sqlite3_column_bytes(self.statement, at).max(0) as usize,
                _ => 0,
            }
        }
    }

    /// A value of the row that the statement stands on.
    pub fn value(&self, column: usize) -> Value {
        let at = column as c_int;
        // SAFETY: the statement is there; the kind says which of the accessors applies, and what they point to is copied
        // before anything else is asked.
        unsafe {
            match ffi::sqlite3_column_type(self.statement, at) {
                ffi::SQLITE_INTEGER => Value::Integer(ffi::sqlite3_column_int64(self.statement, at)),
                ffi::SQLITE_FLOAT => Value::Real(ffi::sqlite3_column_double(self.statement, at)),
                ffi::SQLITE_TEXT => {
                    let text = ffi::sqlite3_column_text(self.statement, at);
                    Value::Text(copied(text, ffi::sqlite3_column_bytes(self.statement, at)))
                }
                ffi::SQLITE_BLOB => Value::Blob(self.blob(at)),
                _ => Value::Null,
            }
        }
    }

    /// The bytes of a value of the row, whatever it is; `None` for `NULL`.
    pub fn bytes(&self, column: usize) -> Option<Vec<u8>> {
        let at = column as c_int;
        // SAFETY: the statement is there.
        let kind = unsafe { ffi::sqlite3_column_type(self.statement, at) };
        (kind != ffi::SQLITE_NULL).then(|| self.blob(at))
    }

    fn blob(&self, at: c_int) -> Vec<u8> {
        // SAFETY: as in `value`.
        unsafe {
            let bytes = ffi::sqlite3_column_blob(self.statement, at);
            copied(bytes.cast(), ffi::sqlite3_column_bytes(self.statement, at))
        }
    }
}

impl Drop for Statement {
    fn drop(&mut self) {
        let gone = Gone::Statement(self.statement);
        self.inner.gone.lock().unwrap_or_else(PoisonError::into_inner).push(gone);
    }
}

/// # Safety
/// The pointer is null, or a text that ends with a zero.
pub(crate) unsafe fn text(pointer: *const c_char) -> Option<String> {
    // SAFETY: the caller says so.
    (!pointer.is_null()).then(|| unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned())
}
