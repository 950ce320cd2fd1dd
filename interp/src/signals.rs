//! Ctrl-C: SIGINT becomes a KeyboardInterrupt at the main thread's next safepoint.
//!
//! Every other thread blocks the signal, so that the kernel interrupts the main thread's system call, if it is in one.

use std::sync::atomic::{AtomicPtr, Ordering};

use crate::lock::{PollWord, SIGNAL};
use crate::safepoint;

/// The main thread's poll word. Set once when the handler is installed (Release), read by the handler (Acquire).
static MAIN: AtomicPtr<PollWord> = AtomicPtr::new(std::ptr::null_mut());

extern "C" fn on_interrupt(_signal: libc::c_int) {
    safepoint::note_interrupt();
    let main = MAIN.load(Ordering::Acquire);
    // SAFETY: the word was leaked when the handler was installed; setting a bit of it is all that happens.
    if let Some(main) = unsafe { main.as_ref() } {
        main.request(SIGNAL);
    }
}

/// Makes SIGINT interrupt the calling thread's script, unless the process was told to ignore it.
pub(crate) fn install(poll: &PollWord) {
    let word = Box::into_raw(Box::new(poll.clone()));
    if !MAIN.swap(word, Ordering::AcqRel).is_null() {
        // An earlier interpreter of this process has had the signal; its word may still be read, so it is not freed.
        return;
    }
    // SAFETY: the handler only touches atomics; the structures are zeroed or written by the calls.
    unsafe {
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), &mut old);
        if old.sa_sigaction == libc::SIG_IGN {
            return;
        }
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_interrupt as *const () as usize;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

/// Keeps SIGINT away from the calling thread.
pub fn block_interrupts() {
    // SAFETY: the set is initialised by `sigemptyset`.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_BLOCK, &set, std::ptr::null_mut());
    }
}

/// Lets SIGINT reach the calling thread again.
pub(crate) fn unblock_interrupts() {
    // SAFETY: as above.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, &set, std::ptr::null_mut());
    }
}

/// Ends the process as SIGINT does where nothing handles it, so that a shell sees why.
pub fn die_of_interrupt() {
    unblock_interrupts();
    // SAFETY: the default action runs no code of this process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::raise(libc::SIGINT);
    }
}
