//! State that natives work on off the lock, one thread at a time.

use std::sync::{Arc, Mutex, PoisonError, TryLockError};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::bytes::buffer;

/// State that one thread at a time works on.
pub struct Shared<T>(Arc<Mutex<T>>);

impl<T> Shared<T> {
    /// Wraps the state.
    pub fn new(state: T) -> Shared<T> {
        Shared(Arc::new(Mutex::new(state)))
    }

    /// The same state, for someone who holds no object meanwhile.
    pub fn alias(&self) -> Shared<T> {
        Shared(self.0.clone())
    }

    /// Runs `work` with the state, off the lock.
    pub fn with<R>(&self, cx: &mut Ctx, work: impl FnOnce(&mut T) -> R) -> R {
        cx.detached(|| self.alone(work))
    }

    /// Runs `work`, which is short, with the state: on the lock, unless another thread is at work.
    pub fn short<R>(&self, cx: &mut Ctx, work: impl FnOnce(&mut T) -> R) -> R {
        match self.0.try_lock() {
            Ok(mut state) => work(&mut state),
            Err(TryLockError::Poisoned(poisoned)) => work(&mut poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => self.with(cx, work),
        }
    }

    /// Runs `work` with the state and the contents of a bytes-like object, off the lock.
    ///
    /// # Errors
    /// As CPython's when a buffer is asked for.
    pub fn with_bytes<R>(&self, cx: &mut Ctx, data: Slot, work: impl FnOnce(&mut T, &[u8]) -> R) -> Res<R> {
        buffer::detached(cx, data, |bytes| self.alone(|state| work(state, bytes)))
    }

    fn alone<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        // Work that was refused memory leaves a state that can go on.
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
