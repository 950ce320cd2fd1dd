//! Copying a database while it is used.

use std::ffi::c_int;

use libsqlite3_sys as ffi;

use crate::connection::{Connection, Failure, c_text};

impl Connection {
    /// Copies the database `name` to another connection's main one, so many pages at a time (all if negative). After each
    /// part, `told` gets the engine's code and how many pages are left and there are, and says whether to go on.
    ///
    /// # Errors
    /// What the engine says; `Ok(false)` if `told` said no.
    pub fn backup(
        &self,
        target: &Connection,
        name: &str,
        pages: c_int,
        mut told: impl FnMut(c_int, c_int, c_int) -> bool,
    ) -> Result<bool, Failure> {
        let name = c_text(name);
        // SAFETY: both connections are open, and stay so: they are borrowed.
        let backup = unsafe { ffi::sqlite3_backup_init(target.0.db, c"main".as_ptr(), self.0.db, name.as_ptr()) };
        if backup.is_null() {
            return Err(target.failure());
        }
        let mut goes_on = true;
        while goes_on {
            // SAFETY: the backup has begun and is not finished.
            let (code, left, all) = unsafe {
                let code = ffi::sqlite3_backup_step(backup, pages);
                (code, ffi::sqlite3_backup_remaining(backup), ffi::sqlite3_backup_pagecount(backup))
            };
            goes_on = told(code, left, all);
            if !matches!(code, ffi::SQLITE_OK | ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED) {
                break;
            }
        }
        // SAFETY: the backup has begun and is finished only here.
        let code = unsafe { ffi::sqlite3_backup_finish(backup) };
        if code != ffi::SQLITE_OK {
            return Err(target.failure());
        }
        Ok(goes_on)
    }
}
