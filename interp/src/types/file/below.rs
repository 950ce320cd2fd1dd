//! What a buffered file holds: bytes that were read ahead, and bytes that are still to be written. Knows nothing of values, so
//! that it can be flushed when the object is gone.
//!
//! At most one of the two buffers holds something: reading flushes what was written, writing gives back what was read ahead.

use std::io;
use std::sync::Arc;

use crate::memory;
use crate::types::file::descriptor::Descriptor;
use crate::types::file::turn::{Held, Turn, Who};
use crate::types::native::Exclusive;

/// The buffers of a file, and whose turn it is to use them.
pub struct Below {
    /// Held for each operation, also while it waits.
    pub turn: Turn,
    /// The buffers. Used for moments only, and but for flushes at the end by whoever has the turn.
    pub buffers: Exclusive<Buffers>,
}

/// The buffers of a file.
#[derive(Default)]
pub struct Buffers {
    /// The descriptor, if what lies below is a plain file.
    pub plain: Option<Arc<Descriptor>>,
    /// What was read ahead.
    pub ahead: Vec<u8>,
    /// How much of `ahead` was consumed.
    pub consumed: usize,
    /// What is to be written.
    pub pending: Vec<u8>,
    /// How many bytes either buffer may hold.
    pub size: usize,
    /// Where the file below stands, if that is known.
    pub position: Option<i64>,
}

impl Buffers {
    /// What was read ahead and not consumed.
    #[inline]
    pub fn unread(&self) -> &[u8] {
        &self.ahead[self.consumed..]
    }

    /// Consumes bytes that were read ahead.
    #[inline]
    pub fn take(&mut self, count: usize) -> &[u8] {
        let start = self.consumed;
        self.consumed += count;
        &self.ahead[start..start + count]
    }

    /// Forgets what was read ahead.
    pub fn forget(&mut self) {
        self.ahead.clear();
        self.consumed = 0;
    }

    /// Whether so many bytes more find room in what is to be written.
    #[inline]
    pub fn fits(&self, count: usize) -> bool {
        self.pending.len() + count <= self.size && count < self.size
    }

    /// The file below has moved.
    pub fn moved(&mut self, by: usize) {
        self.position = self.position.map(|position| position + by as i64);
    }
}

impl Default for Below {
    fn default() -> Below {
        Below { turn: Turn::default(), buffers: Exclusive::new(Buffers::default()) }
    }
}

impl Below {
    /// Writes what is pending, if the file below is plain, and nobody uses it at the moment. What fails stays pending.
    pub fn flush_unless_used(&self) {
        if let Some(_held) = Held::try_take(&self.turn, Who::FLUSHER) {
            // What fails to be written here fails again, with a report, when the file is closed.
            let _ = self.flush_plain();
        }
    }

    /// Writes what is pending to a plain file; the caller has the turn.
    pub fn flush_plain(&self) -> io::Result<()> {
        let (plain, pending) = self.buffers.with(|buffers| match &buffers.plain {
            Some(plain) if plain.is_open() => (Some(Arc::clone(plain)), std::mem::take(&mut buffers.pending)),
            _ => (None, Vec::new()),
        });
        let Some(plain) = plain.filter(|_| !pending.is_empty()) else { return Ok(()) };
        let mut rest = pending.as_slice();
        let result = plain.write_all(&mut rest);
        let (written, left) = (pending.len() - rest.len(), memory::copy(rest));
        self.buffers.with(|buffers| {
            buffers.moved(written);
            buffers.pending = left;
            if buffers.pending.is_empty() {
                // Its memory is of use.
                buffers.pending = pending;
                buffers.pending.clear();
            }
        });
        result
    }
}

impl Drop for Below {
    fn drop(&mut self) {
        // Nobody is left to hear of an error.
        let _ = self.flush_plain();
    }
}

/// What a text file has still to write, already encoded, and whose turn it is to use the file.
#[derive(Default)]
pub struct Outgoing {
    /// Held for each operation, also while it waits. A thread may take it again.
    pub turn: Turn,
    /// What is to be written.
    pub pending: Exclusive<Pending>,
}

/// What a text file has still to write.
#[derive(Default)]
pub struct Pending {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Where they go, if that is a buffered file of our own.
    pub below: Option<Arc<Below>>,
}

impl Outgoing {
    /// Passes on what is to be written, and has it written, if that takes no script code and nobody uses the file.
    pub fn flush_unless_used(&self) {
        let Some(_held) = Held::try_take(&self.turn, Who::FLUSHER) else { return };
        let Some(below) = self.pending.with(|pending| pending.below.clone()) else { return };
        if let Some(_held) = Held::try_take(&below.turn, Who::FLUSHER) {
            self.pass_on(&below);
            // As above.
            let _ = below.flush_plain();
        }
    }

    /// Passes on what is to be written to buffers whose turn the caller has.
    fn pass_on(&self, below: &Below) {
        let bytes = self.pending.with(|pending| std::mem::take(&mut pending.bytes));
        if bytes.is_empty() {
            return;
        }
        below.buffers.with(|buffers| {
            if buffers.pending.is_empty() {
                buffers.pending = bytes;
            } else {
                buffers.pending.extend_from_slice(&bytes);
            }
        });
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        let below = self.pending.with(|pending| pending.below.take());
        let Some(below) = below else { return };
        // Who uses the buffers at the moment would not see these bytes go in between; at worst they are lost, as they are in
        // CPython where a file is not closed.
        if let Some(_held) = Held::try_take(&below.turn, Who::FLUSHER) {
            let is_plain = below.buffers.with(|buffers| buffers.plain.is_some() && buffers.ahead.is_empty());
            if is_plain {
                self.pass_on(&below);
            }
        }
    }
}
