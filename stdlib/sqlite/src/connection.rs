//! Connections.

use std::ffi::{CStr, CString, c_int};
use std::sync::{Arc, Mutex, Once, PoisonError};

use libsqlite3_sys as ffi;

/// What the engine says of a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its extended code.
    pub code: c_int,
    /// Its words.
    pub message: String,
}

impl Failure {
    /// A code with the engine's general words for it.
    pub fn of_code(code: c_int) -> Failure {
        // SAFETY: the function answers a static text for every number.
        let words = unsafe { CStr::from_ptr(ffi::sqlite3_errstr(code)) };
        Failure { code, message: words.to_string_lossy().into_owned() }
    }
}

/// The engine's pointer; closed when the last that needs it is gone.
pub(crate) struct Inner {
    pub db: *mut ffi::sqlite3,
    /// Statements and blobs that nobody has any more: finishing them may have to wait, which whoever drops one cannot do.
    pub gone: Mutex<Vec<Gone>>,
}

/// What is to be finished.
pub(crate) enum Gone {
    Statement(*mut ffi::sqlite3_stmt),
    Blob(*mut ffi::sqlite3_blob),
}

// SAFETY: the engine is compiled and opened in its serialized mode: any thread may use a connection and what belongs to it.
unsafe impl Send for Inner {}
// SAFETY: the same.
unsafe impl Sync for Inner {}

impl Inner {
    /// Finishes what nobody has any more.
    pub fn sweep(&self) {
        let gone = std::mem::take(&mut *self.gone.lock().unwrap_or_else(PoisonError::into_inner));
        for one in gone {
            // SAFETY: whoever owned it has given it up, once; the connection is still open.
            unsafe {
                match one {
                    Gone::Statement(statement) => ffi::sqlite3_finalize(statement),
                    Gone::Blob(blob) => ffi::sqlite3_blob_close(blob),
                };
            }
        }
    }

    /// The last failure.
    pub fn failure(&self) -> Failure {
        // SAFETY: the connection is open; the text is copied at once.
        unsafe {
            let message = ffi::sqlite3_errmsg(self.db);
            let message = match message.is_null() {
                true => String::new(),
                false => CStr::from_ptr(message).to_string_lossy().into_owned(),
            };
            Failure { code: ffi::sqlite3_extended_errcode(self.db), message }
        }
    }

    pub fn check(&self, code: c_int) -> Result<(), Failure> {
        if code == ffi::SQLITE_OK { Ok(()) } else { Err(self.failure()) }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.sweep();
        // SAFETY: nothing that belongs to the connection is left.
        unsafe { ffi::sqlite3_close(self.db) };
    }
}

/// A connection to a database.
#[derive(Clone)]
pub struct Connection(pub(crate) Arc<Inner>);

impl Connection {
    /// Opens a database; `flags` are the engine's.
    ///
    /// # Errors
    /// What the engine says.
    pub fn open(path: &CStr, flags: c_int) -> Result<Connection, Failure> {
        static BEGIN: Once = Once::new();
        // SAFETY: the engine was not used before; addresses are looked for in names only where that is asked for.
        BEGIN.call_once(|| unsafe {
            ffi::sqlite3_config(ffi::SQLITE_CONFIG_URI, 0);
        });
        let mut db = std::ptr::null_mut();
        // SAFETY: the name ends with a zero; the pointer is written by the engine, even in case of an error.
        let code = unsafe {
            ffi::sqlite3_open_v2(path.as_ptr(), &raw mut db, flags | ffi::SQLITE_OPEN_FULLMUTEX, std::ptr::null())
        };
        if db.is_null() {
            return Err(Failure::of_code(ffi::SQLITE_NOMEM));
        }
        let connection = Connection(Arc::new(Inner { db, gone: Mutex::default() }));
        connection.0.check(code)?;
        // SAFETY: the connection is open. Foreign keys are on by how the engine was built, and off where scripts know it.
        unsafe {
            ffi::sqlite3_extended_result_codes(db, 1);
            ffi::sqlite3_db_config(db, ffi::SQLITE_DBCONFIG_ENABLE_FKEY, 0, std::ptr::null_mut::<c_int>());
        }
        Ok(connection)
    }

    /// The last failure.
    pub fn failure(&self) -> Failure {
        self.0.failure()
    }

    /// Finishes statements and blobs that nobody has any more.
    pub fn sweep(&self) {
        self.0.sweep();
    }

    /// Whether no transaction is open.
    pub fn is_autocommit(&self) -> bool {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_get_autocommit(self.0.db) != 0 }
    }

    /// How many rows the last statement changed.
    pub fn changes(&self) -> i64 {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_changes64(self.0.db) }
    }

    /// How many rows all statements changed.
    pub fn total_changes(&self) -> i64 {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_total_changes64(self.0.db) }
    }

    /// The number of the row that was inserted last.
    pub fn last_row(&self) -> i64 {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_last_insert_rowid(self.0.db) }
    }

    /// Stops what runs.
    pub fn interrupt(&self) {
        // SAFETY: the connection is open; the function may be called while others run.
        unsafe { ffi::sqlite3_interrupt(self.0.db) }
    }

    /// Sets how long to wait for a lock, in milliseconds.
    pub fn busy_timeout(&self, milliseconds: c_int) {
        // SAFETY: the connection is open.
        unsafe { ffi::sqlite3_busy_timeout(self.0.db, milliseconds) };
    }

    /// A limit, which is set if the new one is not negative.
    pub fn limit(&self, category: c_int, limit: c_int) -> c_int {
        // SAFETY: the connection is open; the engine checks the category.
        unsafe { ffi::sqlite3_limit(self.0.db, category, limit) }
    }

    /// A switch, which is set if `on` is 0 or 1.
    ///
    /// # Errors
    /// What the engine says.
    pub fn config(&self, switch: c_int, on: c_int) -> Result<bool, Failure> {
        let mut now: c_int = 0;
        // SAFETY: the switches that scripts may name all take a number and a pointer to one.
        let code = unsafe { ffi::sqlite3_db_config(self.0.db, switch, on, &raw mut now) };
        self.0.check(code)?;
        Ok(now != 0)
    }

    /// The bytes of a database.
    ///
    /// # Errors
    /// What the engine says.
    pub fn serialize(&self, name: &CStr) -> Result<Vec<u8>, Failure> {
        let mut size: i64 = 0;
        // SAFETY: the connection is open; what is returned is the engine's memory, which is copied and given back.
        unsafe {
            let data = ffi::sqlite3_serialize(self.0.db, name.as_ptr(), &raw mut size, 0);
            if data.is_null() {
                return Err(self.failure());
            }
            let bytes = std::slice::from_raw_parts(data, size.max(0) as usize).to_vec();
            ffi::sqlite3_free(data.cast());
            Ok(bytes)
        }
    }

    /// Puts these bytes in the place of a database.
    ///
    /// # Errors
    /// What the engine says.
    pub fn deserialize(&self, name: &CStr, bytes: &[u8]) -> Result<(), Failure> {
        let size = bytes.len();
        // SAFETY: the memory is the engine's own, as long as the bytes, and becomes the database's.
        let code = unsafe {
            let data: *mut u8 = ffi::sqlite3_malloc64(size.max(1) as u64).cast();
            if data.is_null() {
                return Err(Failure::of_code(ffi::SQLITE_NOMEM));
            }
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), data, size);
            let flags = ffi::SQLITE_DESERIALIZE_FREEONCLOSE | ffi::SQLITE_DESERIALIZE_RESIZEABLE;
            ffi::sqlite3_deserialize(self.0.db, name.as_ptr(), data, size as i64, size as i64, flags)
        };
        self.0.check(code)
    }

    /// Lets extensions be loaded or not.
    ///
    /// # Errors
    /// What the engine says.
    pub fn enable_load_extension(&self, on: bool) -> Result<(), Failure> {
        // SAFETY: the connection is open.
        let code = unsafe { ffi::sqlite3_enable_load_extension(self.0.db, on.into()) };
        self.0.check(code)
    }
}

/// Whether a text ends with a whole statement.
pub fn complete(text: &CStr) -> bool {
    // SAFETY: the text ends with a zero.
    unsafe { ffi::sqlite3_complete(text.as_ptr()) != 0 }
}

/// The engine's release.
pub fn version() -> String {
    // SAFETY: the text is static.
    unsafe { CStr::from_ptr(ffi::sqlite3_libversion()) }.to_string_lossy().into_owned()
}

/// The engine's release as a number.
pub fn version_number() -> i64 {
    // SAFETY: a function without arguments.
    unsafe { ffi::sqlite3_libversion_number() }.into()
}

/// A text that ends with a zero, up to the first that it has.
pub(crate) fn c_text(text: &str) -> CString {
    let text = text.split('\0').next().unwrap_or_default();
    CString::new(text).unwrap_or_default()
}
