//! What the engine calls back: functions, aggregates, collations, hooks.

use std::cmp::Ordering;
use std::ffi::{c_char, c_int, c_uint, c_void};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use libsqlite3_sys as ffi;

use crate::connection::{Connection, Failure, c_text};
use crate::host::{Aggregate, Args, Refusal, ask};
use crate::statement::text;
use crate::values::{Value, copied, of};

/// The number of a function as the pointer that the engine keeps for it.
fn key(function: u64) -> *mut c_void {
    std::ptr::without_provenance_mut(function as usize)
}

impl Connection {
    /// Defines a function (`None` removes it); -1 takes any number of arguments.
    ///
    /// # Errors
    /// What the engine says.
    pub fn define_function(&self, name: &str, args: c_int, flags: c_int, function: Option<u64>) -> Result<(), Failure> {
        let name = c_text(name);
        let call = function.map(|_| call as unsafe extern "C" fn(_, _, _));
        // SAFETY: the name ends with a zero; the callback is static, and the key no pointer that anybody follows.
        let code = unsafe {
            ffi::sqlite3_create_function_v2(
                self.0.db,
                name.as_ptr(),
                args,
                ffi::SQLITE_UTF8 | flags,
                key(function.unwrap_or(0)),
                call,
                None,
                None,
                None,
            )
        };
        self.0.check(code)
    }

    /// Defines an aggregate, which works in windows too if `in_windows`.
    ///
    /// # Errors
    /// What the engine says.
    pub fn define_aggregate(
        &self,
        name: &str,
        args: c_int,
        in_windows: bool,
        function: Option<u64>,
    ) -> Result<(), Failure> {
        let name = c_text(name);
        let is_there = function.is_some();
        let step = is_there.then_some(step as unsafe extern "C" fn(_, _, _));
        let finish = is_there.then_some(finish as unsafe extern "C" fn(_));
        // SAFETY: as in `define_function`.
        let code = unsafe {
            if in_windows {
                ffi::sqlite3_create_window_function(
                    self.0.db,
                    name.as_ptr(),
                    args,
                    ffi::SQLITE_UTF8,
                    key(function.unwrap_or(0)),
                    step,
                    finish,
                    is_there.then_some(value as unsafe extern "C" fn(_)),
                    is_there.then_some(inverse as unsafe extern "C" fn(_, _, _)),
                    None,
                )
            } else {
                ffi::sqlite3_create_function_v2(
                    self.0.db,
                    name.as_ptr(),
                    args,
                    ffi::SQLITE_UTF8,
                    key(function.unwrap_or(0)),
                    None,
                    step,
                    finish,
                    None,
                )
            }
        };
        self.0.check(code)
    }

    /// Defines a collation, or removes it.
    ///
    /// # Errors
    /// What the engine says.
    pub fn define_collation(&self, name: &str, function: Option<u64>) -> Result<(), Failure> {
        let name = c_text(name);
        let compare = function.map(|_| collate as unsafe extern "C" fn(_, _, _, _, _) -> _);
        // SAFETY: as in `define_function`.
        let code = unsafe {
            ffi::sqlite3_create_collation_v2(
                self.0.db,
                name.as_ptr(),
                ffi::SQLITE_UTF8,
                key(function.unwrap_or(0)),
                compare,
                None,
            )
        };
        self.0.check(code)
    }

    /// Sets what says whether something may be done.
    ///
    /// # Errors
    /// What the engine says.
    pub fn set_authorizer(&self, function: Option<u64>) -> Result<(), Failure> {
        let callback = function.map(|_| authorize as unsafe extern "C" fn(_, _, _, _, _, _) -> _);
        // SAFETY: as in `define_function`.
        let code = unsafe { ffi::sqlite3_set_authorizer(self.0.db, callback, key(function.unwrap_or(0))) };
        self.0.check(code)
    }

    /// Sets what is told of each statement that begins.
    pub fn set_trace(&self, function: Option<u64>) {
        let callback = function.map(|_| trace as unsafe extern "C" fn(_, _, _, _) -> _);
        let mask = if function.is_some() { ffi::SQLITE_TRACE_STMT as c_uint } else { 0 };
        // SAFETY: as in `define_function`.
        unsafe { ffi::sqlite3_trace_v2(self.0.db, mask, callback, key(function.unwrap_or(0))) };
    }

    /// Sets what is asked every so many instructions whether to stop.
    pub fn set_progress(&self, instructions: c_int, function: Option<u64>) {
        let callback = function.map(|_| progress as unsafe extern "C" fn(_) -> _);
        // SAFETY: as in `define_function`.
        unsafe { ffi::sqlite3_progress_handler(self.0.db, instructions, callback, key(function.unwrap_or(0))) };
    }
}

/// # Safety
/// The engine calls it with a valid context and so many values.
unsafe extern "C" fn call(context: *mut ffi::sqlite3_context, count: c_int, values: *mut *mut ffi::sqlite3_value) {
    // SAFETY: what the engine passes is valid for the call.
    unsafe {
        let function = ffi::sqlite3_user_data(context) as usize as u64;
        let args = args(count, values);
        answer(context, ask(|host| host.call(function, args)));
    }
}

/// # Safety
/// As `call`.
unsafe extern "C" fn step(context: *mut ffi::sqlite3_context, count: c_int, values: *mut *mut ffi::sqlite3_value) {
    // SAFETY: what the engine passes is valid for the call.
    unsafe {
        let aggregate = aggregate(context, true);
        let args = args(count, values);
        done(context, ask(|host| host.step(aggregate, args)));
    }
}

/// # Safety
/// As `call`.
unsafe extern "C" fn inverse(context: *mut ffi::sqlite3_context, count: c_int, values: *mut *mut ffi::sqlite3_value) {
    // SAFETY: what the engine passes is valid for the call.
    unsafe {
        let aggregate = aggregate(context, true);
        let args = args(count, values);
        done(context, ask(|host| host.inverse(aggregate, args)));
    }
}

/// # Safety
/// The engine calls it with a valid context.
unsafe extern "C" fn value(context: *mut ffi::sqlite3_context) {
    // SAFETY: what the engine passes is valid for the call.
    unsafe {
        let aggregate = aggregate(context, false);
        answer(context, ask(|host| host.value(aggregate)));
    }
}

/// # Safety
/// The engine calls it with a valid context.
unsafe extern "C" fn finish(context: *mut ffi::sqlite3_context) {
    // SAFETY: what the engine passes is valid for the call.
    unsafe {
        let aggregate = aggregate(context, false);
        answer(context, ask(|host| host.finish(aggregate)));
    }
}

/// # Safety
/// The engine calls it with two texts of the lengths before them.
unsafe extern "C" fn collate(
    function: *mut c_void,
    a_length: c_int,
    a: *const c_void,
    b_length: c_int,
    b: *const c_void,
) -> c_int {
    // SAFETY: the engine says so.
    let (a, b) = unsafe { (copied(a.cast(), a_length), copied(b.cast(), b_length)) };
    match ask(|host| host.collate(function as usize as u64, &a, &b)).unwrap_or(Ordering::Equal) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// # Safety
/// The engine calls it with four texts, or nulls.
unsafe extern "C" fn authorize(
    function: *mut c_void,
    action: c_int,
    a: *const c_char,
    b: *const c_char,
    c: *const c_char,
    d: *const c_char,
) -> c_int {
    // SAFETY: the engine says so.
    let args = unsafe { [text(a), text(b), text(c), text(d)] };
    ask(|host| host.authorize(function as usize as u64, action, args)).unwrap_or(ffi::SQLITE_DENY)
}

/// # Safety
/// The engine calls it with a statement and its text.
unsafe extern "C" fn trace(kind: c_uint, function: *mut c_void, statement: *mut c_void, sql: *mut c_void) -> c_int {
    if kind != ffi::SQLITE_TRACE_STMT as c_uint {
        return 0;
    }
    // SAFETY: the engine says so; the expanded text is the engine's memory, which is given back.
    let sql = unsafe {
        let expanded = ffi::sqlite3_expanded_sql(statement.cast());
        let shown = text(expanded).or_else(|| text(sql.cast()));
        ffi::sqlite3_free(expanded.cast());
        shown
    };
    ask(|host| host.trace(function as usize as u64, sql.unwrap_or_default()));
    0
}

/// # Safety
/// None is needed.
unsafe extern "C" fn progress(function: *mut c_void) -> c_int {
    ask(|host| host.progress(function as usize as u64)).unwrap_or(true).into()
}

/// # Safety
/// So many valid values lie there.
unsafe fn args(count: c_int, values: *mut *mut ffi::sqlite3_value) -> Args {
    // SAFETY: the caller says so.
    (0..count.max(0) as usize).map(|at| unsafe { of(*values.add(at)) }).collect()
}

/// # Safety
/// The context is that of an aggregate.
unsafe fn aggregate(context: *mut ffi::sqlite3_context, begins: bool) -> Aggregate {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let size = if begins { size_of::<u64>() as c_int } else { 0 };
    // SAFETY: the engine keeps eight bytes for the group, aligned and zero at first, from the first row on.
    unsafe {
        let function = ffi::sqlite3_user_data(context) as usize as u64;
        let group: *mut u64 = ffi::sqlite3_aggregate_context(context, size).cast();
        if group.is_null() {
            return Aggregate { function, group: 0 };
        }
        if *group == 0 {
            *group = NEXT.fetch_add(1, Relaxed);
        }
        Aggregate { function, group: *group }
    }
}

/// # Safety
/// The context is valid.
unsafe fn refuse(context: *mut ffi::sqlite3_context, refusal: &Refusal) {
    // SAFETY: the caller says so; the engine copies the text.
    unsafe {
        match refusal {
            Refusal::Error(message) => {
                let length = c_int::try_from(message.len()).unwrap_or(0);
                ffi::sqlite3_result_error(context, message.as_ptr().cast(), length);
            }
            Refusal::NoMemory => ffi::sqlite3_result_error_nomem(context),
            Refusal::TooBig => ffi::sqlite3_result_error_toobig(context),
        }
    }
}

/// # Safety
/// The context is valid.
unsafe fn done(context: *mut ffi::sqlite3_context, result: Option<Result<(), Refusal>>) {
    // SAFETY: the caller says so.
    unsafe {
        match result {
            Some(Ok(())) => {}
            Some(Err(refusal)) => refuse(context, &refusal),
            None => refuse(context, &Refusal::Error("nobody is there to answer".to_owned())),
        }
    }
}

/// # Safety
/// The context is valid.
unsafe fn answer(context: *mut ffi::sqlite3_context, result: Option<Result<Value, Refusal>>) {
    // SAFETY: the caller says so; the engine copies text and blobs.
    unsafe {
        let value = match result {
            Some(Ok(value)) => value,
            other => return done(context, other.map(|result| result.map(|_| ()))),
        };
        match value {
            Value::Null => ffi::sqlite3_result_null(context),
            Value::Integer(number) => ffi::sqlite3_result_int64(context, number),
            Value::Real(number) => ffi::sqlite3_result_double(context, number),
            Value::Text(text) => match c_int::try_from(text.len()) {
                Ok(length) => {
                    let copy = ffi::SQLITE_TRANSIENT();
                    ffi::sqlite3_result_text(context, text.as_ptr().cast(), length, copy);
                }
                Err(_) => refuse(context, &Refusal::TooBig),
            },
            Value::Blob(bytes) => match c_int::try_from(bytes.len()) {
                Ok(length) => {
                    let copy = ffi::SQLITE_TRANSIENT();
                    ffi::sqlite3_result_blob(context, bytes.as_ptr().cast(), length, copy);
                }
                Err(_) => refuse(context, &Refusal::TooBig),
            },
        }
    }
}
