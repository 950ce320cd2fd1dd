//! Blobs that are read and written in place.

use std::ffi::c_int;
use std::sync::{Arc, PoisonError};

use libsqlite3_sys as ffi;

use crate::connection::{Connection, Failure, Gone, Inner, c_text};

/// A blob of a row.
pub struct Blob {
    inner: Arc<Inner>,
    blob: *mut ffi::sqlite3_blob,
}

// SAFETY: the engine is in its serialized mode.
unsafe impl Send for Blob {}
// SAFETY: the same.
unsafe impl Sync for Blob {}

impl Connection {
    /// Opens a blob.
    ///
    /// # Errors
    /// What the engine says.
    pub fn blob(&self, name: &str, table: &str, column: &str, row: i64, can_write: bool) -> Result<Blob, Failure> {
        let (name, table, column) = (c_text(name), c_text(table), c_text(column));
        let mut blob = std::ptr::null_mut();
        // SAFETY: the texts end with zeros; the engine writes the pointer.
        let code = unsafe {
            ffi::sqlite3_blob_open(
                self.0.db,
                name.as_ptr(),
                table.as_ptr(),
                column.as_ptr(),
                row,
                can_write.into(),
                &raw mut blob,
            )
        };
        self.0.check(code)?;
        Ok(Blob { inner: self.0.clone(), blob })
    }
}

impl Blob {
    /// How many bytes it has.
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        // SAFETY: the blob is open.
        unsafe { ffi::sqlite3_blob_bytes(self.blob) }.max(0) as usize
    }

    /// Some of its bytes, which it must have.
    ///
    /// # Errors
    /// What the engine says.
    pub fn read(&self, at: usize, count: usize) -> Result<Vec<u8>, Failure> {
        let mut bytes = vec![0; count];
        // SAFETY: the buffer has so many bytes; the engine checks the range.
        let code = unsafe { ffi::sqlite3_blob_read(self.blob, bytes.as_mut_ptr().cast(), count as c_int, at as c_int) };
        self.failed(code)?;
        Ok(bytes)
    }

    /// Writes bytes where it has some.
    ///
    /// # Errors
    /// What the engine says.
    pub fn write(&self, at: usize, bytes: &[u8]) -> Result<(), Failure> {
        // SAFETY: the buffer has so many bytes; the engine checks the range.
        let code =
            unsafe { ffi::sqlite3_blob_write(self.blob, bytes.as_ptr().cast(), bytes.len() as c_int, at as c_int) };
        self.failed(code)
    }

    fn failed(&self, code: c_int) -> Result<(), Failure> {
        match code {
            ffi::SQLITE_OK => Ok(()),
            ffi::SQLITE_ABORT => Err(Failure { code, ..Failure::of_code(code) }),
            _ => Err(self.inner.failure()),
        }
    }
}

impl Drop for Blob {
    fn drop(&mut self) {
        self.inner.gone.lock().unwrap_or_else(PoisonError::into_inner).push(Gone::Blob(self.blob));
    }
}
