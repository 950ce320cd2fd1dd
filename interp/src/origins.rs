//! Where scripts made what their threads wait on: for tools that report contention or explain a deadlock.
//!
//! Nothing is kept unless a tool asks when the interpreter starts ([`crate::config::Config::watch_waits`]); otherwise there is
//! one test of a constant where a primitive is made, and one where a lock is taken. Whose a lock is stands in its cell (word
//! [`OWNER`]), and who sleeps in a queue in the sleeper's place, so that other processes can tell too.

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::ctx::Ctx;
use crate::stack::frame::script_line;

/// The word of a lock's cell that names the thread which holds it, as the system numbers threads; means nothing while the lock
/// is free. Written by the holder (Relaxed: it is a hint for others). An RLock needs it; other locks keep it for tools only.
pub const OWNER: usize = 1;

/// Where cells were made, by their indices.
pub struct Origins {
    lines: Option<Mutex<HashMap<u32, Origin>>>,
}

/// A line of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The script's file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

impl Origins {
    pub(crate) fn new(watch: bool) -> Origins {
        Origins { lines: watch.then(Mutex::default) }
    }

    /// Whether a tool watches.
    #[inline]
    pub fn watched(&self) -> bool {
        self.lines.is_some()
    }

    /// The line that a cell was made on, if that is known. Of a cell that was given back and made again, it is the last one.
    pub fn of(&self, cell: u32) -> Option<Origin> {
        self.lines.as_ref()?.lock().get(&cell).cloned()
    }

    #[cold]
    fn note(&self, cx: &Ctx, cell: u32) {
        if let (Some(lines), Some((file, line))) = (&self.lines, script_line(cx)) {
            lines.lock().insert(cell, Origin { file, line });
        }
    }
}

/// Notes that the script's line which runs makes the cell.
#[inline]
pub fn note(cx: &Ctx, cell: u32) {
    let origins = &cx.interp().origins;
    if origins.watched() {
        origins.note(cx, cell);
    }
}
