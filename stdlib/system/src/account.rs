//! The data bases of users and groups.

use std::ffi::{CStr, c_char, c_uint};
use std::io;
use std::mem::MaybeUninit;
use std::sync::{Mutex, PoisonError};

/// A user.
pub struct User {
    /// The name.
    pub name: Vec<u8>,
    /// The password, or what stands for it.
    pub password: Vec<u8>,
    /// The number.
    pub uid: c_uint,
    /// The number of the user's group.
    pub gid: c_uint,
    /// The real name.
    pub gecos: Vec<u8>,
    /// The home folder.
    pub home: Vec<u8>,
    /// The shell.
    pub shell: Vec<u8>,
}

/// A group.
pub struct Group {
    /// The name.
    pub name: Vec<u8>,
    /// The password, or what stands for it.
    pub password: Vec<u8>,
    /// The number.
    pub gid: c_uint,
    /// The names of its members.
    pub members: Vec<Vec<u8>>,
}

/// Whom to look up.
#[derive(Clone, Copy)]
pub enum Key<'a> {
    /// By name.
    Name(&'a CStr),
    /// By number.
    Number(c_uint),
}

/// How much room for strings to offer at most.
const MOST: usize = 1 << 20;

/// Held while a data base is read from its beginning: there is one place in it for the whole process.
static READING: Mutex<()> = Mutex::new(());

/// A string of C's; empty if it is null.
///
/// # Safety
/// It is null or terminated.
unsafe fn text(pointer: *const c_char) -> Vec<u8> {
    if pointer.is_null() {
        return Vec::new();
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(pointer) }.to_bytes().to_vec()
}

/// # Safety
/// The strings are terminated.
unsafe fn user(entry: &libc::passwd) -> User {
    // SAFETY: the caller's promise.
    unsafe {
        User {
            name: text(entry.pw_name),
            password: text(entry.pw_passwd),
            uid: entry.pw_uid,
            gid: entry.pw_gid,
            gecos: text(entry.pw_gecos),
            home: text(entry.pw_dir),
            shell: text(entry.pw_shell),
        }
    }
}

/// # Safety
/// The strings and the list are terminated.
unsafe fn group(entry: &libc::group) -> Group {
    let mut members = Vec::new();
    // SAFETY: the caller's promise.
    unsafe {
        let mut next = entry.gr_mem;
        while !next.is_null() && !(*next).is_null() {
            members.push(text(*next));
            next = next.add(1);
        }
        Group { name: text(entry.gr_name), password: text(entry.gr_passwd), gid: entry.gr_gid, members }
    }
}

/// Runs a look-up with more and more room for strings; whether it found something is the pointer that it leaves.
fn looked_up<T, R>(
    call: impl Fn(*mut T, &mut [u8], *mut *mut T) -> i32,
    made: impl Fn(&T) -> R,
) -> io::Result<Option<R>> {
    let mut room = vec![0u8; 1024];
    loop {
        let (mut entry, mut found) = (MaybeUninit::<T>::zeroed(), std::ptr::null_mut());
        match call(entry.as_mut_ptr(), &mut room, &mut found) {
            libc::ERANGE if room.len() < MOST => room.resize(room.len() * 4, 0),
            // SAFETY: what was found is the entry, whose strings are in the room.
            0 => return Ok(if found.is_null() { None } else { Some(made(unsafe { &*found })) }),
            libc::ENOENT | libc::ESRCH => return Ok(None),
            number => return Err(io::Error::from_raw_os_error(number)),
        }
    }
}

/// A user; `None` if there is none.
///
/// # Errors
/// What the system says.
pub fn find_user(key: Key<'_>) -> io::Result<Option<User>> {
    looked_up(
        // SAFETY: the name is terminated, and the room has that length.
        |entry, room, found| unsafe {
            let (out, len) = (room.as_mut_ptr().cast(), room.len());
            match key {
                Key::Name(name) => libc::getpwnam_r(name.as_ptr(), entry, out, len, found),
                Key::Number(uid) => libc::getpwuid_r(uid, entry, out, len, found),
            }
        },
        // SAFETY: the call terminated the strings.
        |entry| unsafe { user(entry) },
    )
}

/// A group; `None` if there is none.
///
/// # Errors
/// What the system says.
pub fn find_group(key: Key<'_>) -> io::Result<Option<Group>> {
    looked_up(
        // SAFETY: the name is terminated, and the room has that length.
        |entry, room, found| unsafe {
            let (out, len) = (room.as_mut_ptr().cast(), room.len());
            match key {
                Key::Name(name) => libc::getgrnam_r(name.as_ptr(), entry, out, len, found),
                Key::Number(gid) => libc::getgrgid_r(gid, entry, out, len, found),
            }
        },
        // SAFETY: the call terminated the strings.
        |entry| unsafe { group(entry) },
    )
}

/// All users.
pub fn all_users() -> Vec<User> {
    let _reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut users = Vec::new();
    // SAFETY: one thread at a time reads, and what it gets is good until the next call.
    unsafe {
        libc::setpwent();
        while let Some(entry) = libc::getpwent().as_ref() {
            users.push(user(entry));
        }
        libc::endpwent();
    }
    users
}

/// All groups.
pub fn all_groups() -> Vec<Group> {
    let _reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut groups = Vec::new();
    // SAFETY: one thread at a time reads, and what it gets is good until the next call.
    unsafe {
        libc::setgrent();
        while let Some(entry) = libc::getgrent().as_ref() {
            groups.push(group(entry));
        }
        libc::endgrent();
    }
    groups
}
