//! Where a queue between processes keeps its items: a file in memory that each of its processes opens.
//!
//! The file begins with two offsets, where to read and where to write; each item is a length and its encoding. When nothing
//! is left, both return to the start and the file shrinks. So `put` never waits for a reader, however large the item. The
//! queue's lock is held around every operation.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::os::unix::fs::FileExt;

use argil_interp::ctx::{Ctx, Raised, Slot};
use argil_interp::interp::Builtin;
use argil_interp::natives;
use argil_interp::process::codec::{self, Crossing, Saved};
use argil_interp::types::native::{Native, NativeData};

/// Where the items begin.
const START: u64 = 16;

/// The items of a queue.
pub struct Store {
    file: std::sync::Arc<File>,
    /// The process that made the file, and its descriptor there: by these another process finds it.
    owner: u32,
    descriptor: i32,
}

impl NativeData for Store {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let store = value.native::<Store>()?;
            // Other processes may open it at any time from now on: it stays open for the life of this one.
            std::mem::forget(std::sync::Arc::clone(&store.file));
            let bytes = [store.owner.to_le_bytes(), store.descriptor.to_le_bytes()].concat();
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let (owner, descriptor) = bytes.split_first_chunk::<4>()?;
            let owner = u32::from_le_bytes(*owner);
            let descriptor = i32::from_le_bytes(descriptor.try_into().ok()?);
            let path = format!("/proc/{owner}/fd/{descriptor}");
            let file = File::options().read(true).write(true).open(path).ok()?;
            Some(Native::alloc(cx, birth, Store { file: file.into(), owner, descriptor }))
        },
        fill: |_, _, _| {},
    });
}

impl Store {
    fn offsets(&self) -> std::io::Result<[u64; 2]> {
        let mut bytes = [0; START as usize];
        self.file.read_exact_at(&mut bytes, 0)?;
        let half = |from: usize| u64::from_le_bytes(std::array::from_fn(|i| bytes[from + i]));
        Ok([half(0), half(8)])
    }

    fn set_offsets(&self, [read, write]: [u64; 2]) -> std::io::Result<()> {
        self.file.write_all_at(&[read.to_le_bytes(), write.to_le_bytes()].concat(), 0)
    }

    fn append(&self, item: &[u8]) -> std::io::Result<()> {
        let [read, write] = self.offsets()?;
        self.file.write_all_at(&(item.len() as u64).to_le_bytes(), write)?;
        self.file.write_all_at(item, write + 8)?;
        self.set_offsets([read, write + 8 + item.len() as u64])
    }

    fn take(&self) -> std::io::Result<Option<Vec<u8>>> {
        let [read, write] = self.offsets()?;
        if read == write {
            return Ok(None);
        }
        let mut length = [0; 8];
        self.file.read_exact_at(&mut length, read)?;
        let length = u64::from_le_bytes(length);
        let mut item = vec![0; usize::try_from(length).map_err(std::io::Error::other)?];
        self.file.read_exact_at(&mut item, read + 8)?;
        let next = read + 8 + length;
        if next == write {
            self.set_offsets([START, START])?;
            self.file.set_len(START)?;
        } else {
            self.set_offsets([next, write])?;
        }
        Ok(Some(item))
    }
}

fn os_error(cx: &Ctx, error: &std::io::Error) -> Raised {
    argil_interp::types::exception::os_error::raise(cx, error, None)
}

natives! {
    /// Methods of stores.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            let made = rustix::fs::memfd_create("argil-queue", rustix::fs::MemfdFlags::CLOEXEC);
            let file = File::from(made.map_err(|error| os_error(cx, &error.into()))?);
            let store = Store { owner: std::process::id(), descriptor: file.as_raw_fd(), file: file.into() };
            store.set_offsets([START, START]).map_err(|error| os_error(cx, &error))?;
            Ok(cx.new_native(cls, store))
        }
        /// Encode an item.
        call fn encode(cx; _self: Slot, item: Slot) -> Vec<u8> {
            codec::encode(cx, cx.get(item), 0)
        }
        /// Append an encoded item.
        call fn append(cx; self_: Slot, item: Slot) -> () {
            let cx = &*cx;
            let Some(bytes) = cx.get(item).as_bytes() else { return Err(cx.type_error("bytes expected")) };
            cx.state::<Store>(self_)?.append(bytes).map_err(|error| os_error(cx, &error))
        }
        /// Take the first item, encoded.
        call fn take(cx; self_: Slot) -> Vec<u8> {
            match cx.state::<Store>(self_)?.take() {
                Ok(Some(item)) => Ok(item),
                Ok(None) => Err(cx.raise(Builtin::EOFError, "the queue is empty")),
                Err(error) => Err(os_error(cx, &error)),
            }
        }
        /// Decode an item.
        call fn decode(cx; _self: Slot, item: Slot) -> Slot {
            let bytes = cx.get(item).as_bytes().unwrap_or_default().to_vec();
            codec::decode(cx, &bytes, false)
        }
    }
}
