//! `FileIO`: a file descriptor, without buffers.

use std::io;
use std::os::fd::RawFd;
use std::os::unix::ffi::OsStrExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{
    DEFAULT_BUFFER_SIZE, ask, ask_or_raise, base, birth, get_opt, invoke, is_exactly, number, set, size as size_of,
    state, unsupported,
};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::natives;
use crate::types::bytes::buffer;
use crate::types::exception::os_error;
use crate::types::file::descriptor::Descriptor;
use crate::types::native::{Exclusive, Native, NativeData};
use crate::value::Value;

/// The state of a `FileIO`.
pub struct FileIo {
    /// The descriptor; a buffered file over this one has it too.
    pub descriptor: Arc<Descriptor>,
    /// How the file was opened.
    modes: Exclusive<Modes>,
    /// Whether the object is found dead (Relaxed: a plain setting).
    finalizing: AtomicBool,
}

impl NativeData for FileIo {}

/// How a file was opened.
#[derive(Clone, Copy, Debug, Default)]
struct Modes {
    created: bool,
    readable: bool,
    writable: bool,
    appending: bool,
    seekable: Option<bool>,
    /// What the system says is a good number of bytes to read.
    block: i64,
    /// How many bytes the file had when it was opened.
    size: u64,
}

impl FileIo {
    fn new(descriptor: Descriptor, modes: Modes) -> FileIo {
        FileIo { descriptor: Arc::new(descriptor), modes: Exclusive::new(modes), finalizing: AtomicBool::new(false) }
    }

    fn modes(&self) -> Modes {
        self.modes.with(|modes| *modes)
    }
}

/// A file of a standard stream.
pub(crate) fn standard(cx: &Ctx, number: RawFd, writable: bool) -> Slot {
    let modes = Modes { readable: !writable, writable, block: DEFAULT_BUFFER_SIZE as i64, ..Modes::default() };
    let state = FileIo::new(Descriptor::standard(number, writable), modes);
    cx.root(Native::alloc(cx, cx.class(Builtin::FileIo).birth().0, state))
}

/// The descriptor of a file that is exactly a `FileIO`, so that nobody can tell whether its methods are called.
pub(crate) fn plain(cx: &Ctx, file: Slot) -> Option<&Arc<Descriptor>> {
    let value = cx.get(file);
    is_exactly(cx, value, Builtin::FileIo).then(|| value.native::<FileIo>().map(|state| &state.descriptor))?
}

/// What the system says is a good number of bytes to read from a file, if it is one of ours.
pub(crate) fn block_size(cx: &Ctx, file: Slot) -> Option<i64> {
    cx.get(file).native::<FileIo>().map(|state| state.modes().block)
}

fn of(cx: &Ctx, file: Slot) -> Res<&FileIo> {
    state::<FileIo>(cx, file, Builtin::FileIo)
}

/// The descriptor, which is open.
fn open_descriptor(cx: &Ctx, file: Slot) -> Res<Arc<Descriptor>> {
    let descriptor = &of(cx, file)?.descriptor;
    if descriptor.is_open() { Ok(Arc::clone(descriptor)) } else { Err(closed(cx)) }
}

fn closed(cx: &Ctx) -> Raised {
    cx.value_error("I/O operation on closed file")
}

fn not_open_for(cx: &Ctx, what: &str) -> Raised {
    unsupported(cx, &format!("File not open for {what}"))
}

fn parse_mode(cx: &Ctx, mode: &str) -> Res<(Modes, i32)> {
    let wrong = || cx.value_error("Must have exactly one of create/read/write/append mode and at most one plus");
    let mut modes = Modes { block: DEFAULT_BUFFER_SIZE as i64, ..Modes::default() };
    let (mut flags, mut kind, mut plus) = (0, false, false);
    for c in mode.chars() {
        match c {
            'x' | 'r' | 'w' | 'a' => {
                if std::mem::replace(&mut kind, true) {
                    return Err(wrong());
                }
                modes.created = c == 'x';
                modes.readable = c == 'r';
                modes.writable = c != 'r';
                modes.appending = c == 'a';
                flags |= match c {
                    'x' => libc::O_EXCL | libc::O_CREAT,
                    'w' => libc::O_CREAT | libc::O_TRUNC,
                    'a' => libc::O_APPEND | libc::O_CREAT,
                    _ => 0,
                };
            }
            'b' => {}
            '+' => {
                if std::mem::replace(&mut plus, true) {
                    return Err(wrong());
                }
                (modes.readable, modes.writable) = (true, true);
            }
            _ => return Err(cx.value_error(format!("invalid mode: {mode}"))),
        }
    }
    if !kind {
        return Err(wrong());
    }
    flags |= match (modes.readable, modes.writable) {
        (true, true) => libc::O_RDWR,
        (true, false) => libc::O_RDONLY,
        _ => libc::O_WRONLY,
    };
    Ok((modes, flags | libc::O_CLOEXEC))
}

/// What a script's function opens.
fn open_by(cx: &mut Ctx, opener: Slot, name: Slot, flags: i32) -> Res<RawFd> {
    let flags = cx.root(cx.int(i64::from(flags)));
    let opened = cx.call(opener, &[name, flags])?;
    let Some(descriptor) = cx.get(opened).as_int() else { return Err(cx.type_error("expected integer from opener")) };
    match descriptor.to_i64().and_then(|number| RawFd::try_from(number).ok()) {
        Some(number) if number >= 0 => Ok(number),
        Some(number) => Err(cx.value_error(format!("opener returned {number}"))),
        None => Err(cx.overflow_error("Python int too large to convert to C int")),
    }
}

fn init(cx: &mut Ctx, file: Slot, name: Slot, mode: &str, closefd: bool, opener: Option<Slot>) -> Res<()> {
    let descriptor = Arc::clone(&of(cx, file)?.descriptor);
    if descriptor.is_open() {
        let before = Arc::clone(&descriptor);
        ask_or_raise(cx, || before.close())?;
    }
    let given = match cx.get(name).as_int() {
        Some(number) => match number.to_i64().and_then(|number| RawFd::try_from(number).ok()) {
            Some(number) if number < 0 => return Err(cx.value_error("negative file descriptor")),
            // One that is too large is taken for a name, and refused as that.
            fitting => fitting,
        },
        None => None,
    };
    let (mut modes, flags) = parse_mode(cx, mode)?;
    let opened = match given {
        Some(number) => number,
        None => {
            if !closefd {
                return Err(cx.value_error("Cannot use closefd=False with file name"));
            }
            open_name(cx, name, flags, opener)?
        }
    };
    let owns = given.is_none();
    descriptor.set(opened, closefd);
    let done = settle(cx, file, name, &mut modes, given.is_none(), &descriptor);
    if done.is_err() {
        // A descriptor that was given is left alone.
        descriptor.set_closes(owns);
        let _ = descriptor.close();
    }
    done
}

fn open_name(cx: &mut Ctx, name: Slot, flags: i32, opener: Option<Slot>) -> Res<RawFd> {
    if let Some(opener) = opener {
        return open_by(cx, opener, name, flags);
    }
    let path = super::path::path_of(cx, name, "")?;
    let path = std::ffi::CString::new(path.as_os_str().as_bytes()).map_err(|_| cx.value_error("embedded null byte"))?;
    // What was written elsewhere and not yet flushed may be what a reader of this file wants to see.
    let interp = cx.interp_arc();
    cx.detached(|| interp.files.flush());
    let opened = ask(cx, || {
        // SAFETY: a call of the system with a string that ends.
        let opened = unsafe { libc::open(path.as_ptr(), flags, 0o666) };
        if opened < 0 { Err(io::Error::last_os_error()) } else { Ok(opened) }
    })?;
    opened.map_err(|error| os_error::raise(cx, &error, Some(name)))
}

/// What is left to do once there is a descriptor.
fn settle(cx: &mut Ctx, file: Slot, name: Slot, modes: &mut Modes, by_name: bool, descriptor: &Descriptor) -> Res<()> {
    let status = ask(cx, || Ok(rustix::fs::fstat(descriptor.borrow()?)?))?;
    match status {
        Ok(status) if rustix::fs::FileType::from_raw_mode(status.st_mode).is_dir() => {
            let error = io::Error::from_raw_os_error(libc::EISDIR);
            return Err(os_error::raise(cx, &error, Some(name)));
        }
        Ok(status) => {
            if status.st_blksize > 1 {
                modes.block = status.st_blksize;
            }
            modes.size = u64::try_from(status.st_size).unwrap_or(0);
        }
        // Some systems cannot say, of what is open all the same.
        Err(error) if error.raw_os_error() == Some(libc::EBADF) => {
            return Err(os_error::raise(cx, &error, by_name.then_some(name)));
        }
        Err(_) => {}
    }
    of(cx, file)?.modes.with(|known| *known = *modes);
    set(cx, file, "name", name)?;
    if modes.appending {
        // A pipe has no end to go to, and needs none.
        let _ = ask(cx, || descriptor.seek(0, libc::SEEK_END))?;
    }
    Ok(())
}

/// Reads up to the end; what was read before an error or a read that would block counts.
pub(crate) fn read_all(cx: &mut Ctx, descriptor: &Descriptor, guess: usize) -> Res<Option<Vec<u8>>> {
    let mut all = Vec::new();
    let mut step = guess.max(1);
    loop {
        match ask(cx, || descriptor.read(&mut all, step))? {
            Ok(0) => return Ok(Some(all)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok((!all.is_empty()).then_some(all)),
            Err(error) => return Err(os_error::raise(cx, &error, None)),
        }
        let room = all.capacity() - all.len();
        step = if room > 0 { room } else { all.len().clamp(DEFAULT_BUFFER_SIZE, 1 << 26) };
        cx.poll()?;
    }
}

/// How many bytes a file has that are still to be read, as far as is known, and one more to see the end.
fn rest(cx: &mut Ctx, descriptor: &Descriptor) -> usize {
    let size = descriptor.borrow().ok().and_then(|fd| rustix::fs::fstat(fd).ok()).map_or(0, |status| status.st_size);
    let _ = cx;
    let position = descriptor.seek(0, libc::SEEK_CUR).unwrap_or(0);
    match size - position {
        rest @ 1..=0x7fff_ffff => rest as usize + 1,
        _ => 8192,
    }
}

/// Reads all of a plain file from where it stands.
pub(crate) fn read_rest(cx: &mut Ctx, descriptor: &Descriptor) -> Res<Option<Vec<u8>>> {
    let guess = rest(cx, descriptor);
    read_all(cx, descriptor, guess)
}

fn dealloc_warn(cx: &mut Ctx, file: Slot, source: Slot) -> Res<()> {
    let state = of(cx, file)?;
    if !state.descriptor.is_open() || !state.descriptor.closes() {
        return Ok(());
    }
    let shown = crate::ops::repr::repr(cx, source)?;
    let warned =
        crate::ops::warn::warn(cx, Builtin::ResourceWarning, &format!("unclosed file {shown}"), 1, Some(source));
    if let Err(raised) = warned {
        cx.catch(raised, Builtin::Warning)?;
    }
    Ok(())
}

/// Closes a file: the base class's part first, whose error does not keep the descriptor open.
fn close(cx: &mut Ctx, file: Slot) -> Res<()> {
    let state = of(cx, file)?;
    let descriptor = Arc::clone(&state.descriptor);
    let finalizing = state.finalizing.load(Ordering::Relaxed);
    if !descriptor.closes() {
        descriptor.set(-1, false);
        return base_close(cx, file);
    }
    super::both(
        cx,
        |cx| base_close(cx, file),
        |cx| {
            if finalizing {
                dealloc_warn(cx, file, file)?;
            }
            // Not tried again when it is interrupted: the descriptor is gone then.
            match cx.detached(|| descriptor.close()) {
                Ok(()) => Ok(()),
                Err(error) => Err(os_error::raise(cx, &error, None)),
            }
        },
    )
}

fn base_close(cx: &mut Ctx, file: Slot) -> Res<()> {
    let class = cx.root(Value::of(cx.class(Builtin::RawIoBase)));
    invoke(cx, class, "close", &[file]).map(|_| ())
}

fn seek(cx: &mut Ctx, file: Slot, offset: i64, whence: i32) -> Res<i64> {
    let descriptor = open_descriptor(cx, file)?;
    let sought = ask_or_raise(cx, || descriptor.seek(offset, whence));
    if let Ok(state) = of(cx, file) {
        state.modes.with(|modes| modes.seekable = modes.seekable.or(Some(sought.is_ok())));
    }
    sought
}

fn mode_text(modes: Modes) -> &'static str {
    match modes {
        Modes { created: true, readable: true, .. } => "xb+",
        Modes { created: true, .. } => "xb",
        Modes { appending: true, readable: true, .. } => "ab+",
        Modes { appending: true, .. } => "ab",
        Modes { readable: true, writable: true, .. } => "rb+",
        Modes { readable: true, .. } => "rb",
        _ => "wb",
    }
}

/// Whether a descriptor is a terminal.
fn is_terminal(descriptor: &Descriptor) -> bool {
    use std::io::IsTerminal;
    descriptor.borrow().is_ok_and(|fd| fd.is_terminal())
}

natives! {
    /// Methods of `FileIO`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let state = FileIo::new(Descriptor::none(), Modes { block: DEFAULT_BUFFER_SIZE as i64, ..Modes::default() });
            let cx: &Ctx = cx;
            Ok(cx.root(Native::alloc(cx, birth(cx, args.get(0)), state)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; file: Slot, mode: Option<String> = None, closefd: bool = true,
            opener: Option<Slot> = None) -> () {
            if cx.get(file).is_bool() {
                crate::ops::warn::warn(cx, Builtin::RuntimeWarning, "bool is used as a file descriptor", 1, None)?;
            }
            init(cx, self_, file, mode.as_deref().unwrap_or("r"), closefd, opener)
        }
        /// Read at most size bytes, all if it is negative or None; None if that would block.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let descriptor = open_descriptor(cx, self_)?;
            if !of(cx, self_)?.modes().readable {
                return Err(not_open_for(cx, "reading"));
            }
            let Some(size) = size_of(cx, size)? else { return invoke(cx, self_, "readall", &[]) };
            let mut bytes = Vec::new();
            match ask(cx, || descriptor.read(&mut bytes, size))? {
                Ok(_) => cx.with_memory(|cx| cx.root(cx.bytes(&bytes))),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(cx.root(Value::NONE)),
                Err(error) => Err(os_error::raise(cx, &error, None)),
            }
        }
        /// Read all bytes up to the end of the file.
        call fn readall(cx; self_: Slot) -> Slot {
            let descriptor = open_descriptor(cx, self_)?;
            if !of(cx, self_)?.modes().readable {
                return Err(not_open_for(cx, "reading"));
            }
            match read_rest(cx, &descriptor)? {
                Some(bytes) => cx.with_memory(|cx| cx.root(cx.bytes(&bytes))),
                None => Ok(cx.root(Value::NONE)),
            }
        }
        /// Read bytes into a buffer; returns how many, or None if that would block.
        call fn readinto(cx; self_: Slot, buffer: Slot) -> Slot {
            let descriptor = open_descriptor(cx, self_)?;
            if !of(cx, self_)?.modes().readable {
                return Err(not_open_for(cx, "reading"));
            }
            let target = base::target(cx, buffer, "readinto")?;
            let (mut bytes, room) = (Vec::new(), target.len(cx));
            match ask(cx, || descriptor.read(&mut bytes, room))? {
                Ok(count) => {
                    base::fill(cx, &target, 0, &bytes)?;
                    Ok(cx.root(cx.uint(count as u64)))
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(cx.root(Value::NONE)),
                Err(error) => Err(os_error::raise(cx, &error, None)),
            }
        }
        /// Write a buffer; returns how many bytes were written, or None if that would block.
        call fn write(cx; self_: Slot, buffer: Slot) -> Slot {
            let descriptor = open_descriptor(cx, self_)?;
            if !of(cx, self_)?.modes().writable {
                return Err(not_open_for(cx, "writing"));
            }
            let bytes = base::contents(cx, buffer)?;
            match ask(cx, || descriptor.write(&bytes))? {
                Ok(count) => Ok(cx.root(cx.uint(count as u64))),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(cx.root(Value::NONE)),
                Err(error) => Err(os_error::raise(cx, &error, None)),
            }
        }
        /// Move to a new position and return it.
        call fn seek(cx; self_: Slot, pos: Slot, whence: i32 = 0) -> i64 {
            open_descriptor(cx, self_)?;
            let pos = number(cx, pos)?;
            seek(cx, self_, pos, whence)
        }
        /// Return the position.
        call fn tell(cx; self_: Slot) -> i64 { seek(cx, self_, 0, libc::SEEK_CUR) }
        /// Cut the file off at a size, or at the position; returns the size.
        call fn truncate(cx; self_: Slot, size: Option<Slot> = None) -> i64 {
            let descriptor = open_descriptor(cx, self_)?;
            if !of(cx, self_)?.modes().writable {
                return Err(not_open_for(cx, "writing"));
            }
            let size = match size {
                Some(size) => number(cx, size)?,
                None => seek(cx, self_, 0, libc::SEEK_CUR)?,
            };
            let wanted = u64::try_from(size).map_err(|_| os_error::raise(cx, &io::Error::from_raw_os_error(libc::EINVAL), None))?;
            ask_or_raise(cx, || Ok(rustix::fs::ftruncate(descriptor.borrow()?, wanted)?))?;
            Ok(size)
        }
        /// Close the file.
        call fn close(cx; self_: Slot) -> () { close(cx, self_) }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> bool {
            let descriptor = open_descriptor(cx, self_)?;
            if let Some(known) = of(cx, self_)?.modes().seekable {
                return Ok(known);
            }
            let seekable = ask(cx, || descriptor.seek(0, libc::SEEK_CUR))?.is_ok();
            of(cx, self_)?.modes.with(|modes| modes.seekable = Some(seekable));
            Ok(seekable)
        }
        /// Whether the file was opened for reading.
        call fn readable(cx; self_: Slot) -> bool {
            open_descriptor(cx, self_)?;
            Ok(of(cx, self_)?.modes().readable)
        }
        /// Whether the file was opened for writing.
        call fn writable(cx; self_: Slot) -> bool {
            open_descriptor(cx, self_)?;
            Ok(of(cx, self_)?.modes().writable)
        }
        /// The number of the file descriptor.
        call fn fileno(cx; self_: Slot) -> i64 {
            let descriptor = open_descriptor(cx, self_)?;
            descriptor.number().map(i64::from).ok_or_else(|| closed(cx))
        }
        /// Whether the file is a terminal.
        call fn isatty(cx; self_: Slot) -> bool {
            let descriptor = open_descriptor(cx, self_)?;
            Ok(cx.detached(|| is_terminal(&descriptor)))
        }
        call fn _isatty_open_only(cx; self_: Slot) -> bool {
            let descriptor = open_descriptor(cx, self_)?;
            Ok(cx.detached(|| is_terminal(&descriptor)))
        }
        call fn _dealloc_warn(cx; self_: Slot, source: Slot) -> () { dealloc_warn(cx, self_, source) }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> bool { Ok(!of(cx, self_)?.descriptor.is_open()) }
        /// Whether the file descriptor is closed with the file.
        get call fn closefd(cx; self_: Slot) -> bool { Ok(of(cx, self_)?.descriptor.closes()) }
        /// How the file was opened.
        get call fn mode(cx; self_: Slot) -> &'static str { Ok(mode_text(of(cx, self_)?.modes())) }
        get call fn _blksize(cx; self_: Slot) -> i64 { Ok(of(cx, self_)?.modes().block) }
        set call fn _blksize(cx; self_: Slot, value: Slot) -> () {
            let block = number(cx, value)?;
            of(cx, self_)?.modes.with(|modes| modes.block = block);
            Ok(())
        }
        get call fn _finalizing(cx; self_: Slot) -> bool { Ok(of(cx, self_)?.finalizing.load(Ordering::Relaxed)) }
        set call fn _finalizing(cx; self_: Slot, value: Slot) -> () {
            let value = crate::ops::truth::truth(cx, value)?;
            of(cx, self_)?.finalizing.store(value, Ordering::Relaxed);
            Ok(())
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> () { Err(cannot_pickle(cx, self_)) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let class = cx.type_name(cx.get(self_)).to_owned();
            let Some(number) = of(cx, self_)?.descriptor.number() else { return Ok(format!("<{class} [closed]>")) };
            let name = get_opt(cx, self_, "name")?;
            let closefd = if of(cx, self_)?.descriptor.closes() { "True" } else { "False" };
            let mode = mode_text(of(cx, self_)?.modes());
            let named = match name {
                Some(name) => format!("name={}", crate::ops::repr::repr(cx, name)?),
                None => format!("fd={number}"),
            };
            Ok(format!("<{class} {named} mode='{mode}' closefd={closefd}>"))
        }
    }
}

/// The TypeError of taking a file apart.
pub(crate) fn cannot_pickle(cx: &Ctx, file: Slot) -> Raised {
    let class = cx.class_of(cx.get(file)).plain_name(cx);
    cx.type_error(format!("cannot pickle '{class}' instances"))
}

/// What bytes-like objects hold, for those that write.
pub(crate) fn look<R>(cx: &Ctx, value: Slot, f: impl FnOnce(&[u8]) -> R) -> Res<R> {
    buffer::look(cx, cx.get(value), f)
}
