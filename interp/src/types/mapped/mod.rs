//! Memory that the system maps, as an object. Its methods are the library's (`mmap`); it is here because whoever takes bytes
//! takes it.

use std::any::Any;

use crate::ctx::{Ctx, Res, Slot};
use crate::shape::Birth;
use crate::types::native::{Exclusive, Native, NativeData};
use crate::value::Value;

/// What such an object is about.
pub trait Memory: Any + Send {
    /// The bytes; none once it is closed.
    fn bytes(&self) -> &[u8];

    /// The same to change them; `None` if they cannot be changed.
    fn bytes_mut(&mut self) -> Option<&mut [u8]>;
}

/// An object of mapped memory. Each operation holds it for itself, so on a shared one each is linearizable.
pub struct Mapped {
    /// Whether the bytes cannot be changed.
    pub read_only: bool,
    memory: Exclusive<Box<dyn Memory>>,
}

impl NativeData for Mapped {}

impl Mapped {
    /// An object of a given class.
    pub fn build(cx: &Ctx, birth: impl Into<Birth>, mut memory: Box<dyn Memory>) -> Value<'_> {
        let read_only = memory.bytes_mut().is_none();
        Native::alloc(cx, birth, Mapped { read_only, memory: Exclusive::new(memory) })
    }

    /// Runs `f` with the bytes. It must be short, and must not use the same object again.
    pub fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        self.memory.with(|memory| f(memory.bytes()))
    }

    /// The same with all of it, if it is of this type.
    pub fn with_memory<M: Memory, R>(&self, f: impl FnOnce(&mut M) -> R) -> Option<R> {
        self.memory.with(|memory| {
            let memory: &mut dyn Any = &mut **memory;
            memory.downcast_mut().map(f)
        })
    }

    /// Runs `f` with the bytes of an object in a slot, which it may change.
    pub fn write<R>(cx: &Ctx, mapped: Slot, f: impl FnOnce(&mut [u8]) -> Res<R>) -> Res<R> {
        let mapped = cx.state::<Mapped>(mapped)?;
        mapped.memory.with(|memory| match memory.bytes_mut() {
            Some(bytes) => f(bytes),
            None => Err(cx.type_error("mmap can't modify a readonly memory map.")),
        })
    }
}
