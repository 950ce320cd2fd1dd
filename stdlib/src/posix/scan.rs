//! What folders list.

use std::ffi::CString;
use std::sync::{Arc, Mutex, PoisonError};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::repr::repr;
use argil_interp::types::exception::os_error;
use argil_interp::types::generic_alias::GenericAlias;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;
use argil_system::files::{Entry, Folder};
use argil_system::{files, libc};

use super::args::{self, At, Path, about, name_value};
use super::stat::result;

/// What `scandir` yields.
struct DirEntry {
    name: Field,
    path: Field,
    /// What `stat` gave, following links and not; unset until it is asked for. Of two threads that ask at once, one's stays.
    stat: Field,
    lstat: Field,
    /// The path for the system, and the folder that it begins in.
    place: (i32, CString),
    inode: u64,
    kind: u8,
}

impl NativeData for DirEntry {
    const FIELDS: &'static [FieldOf<Self>] = &[|e| &e.name, |e| &e.path, |e| &e.stat, |e| &e.lstat];
}

/// `scandir`.
struct ScandirIterator {
    /// Used by one thread at a time, off the lock; `None` when all is read or it was closed.
    folder: Arc<Mutex<Option<Folder>>>,
    /// The argument, for paths and messages; unset for a descriptor.
    path: Field,
    /// The folder's descriptor, if that was given.
    fd: Option<i32>,
    is_bytes: bool,
}

impl ScandirIterator {
    fn close(&self) {
        *self.folder.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl NativeData for ScandirIterator {
    const FIELDS: &'static [FieldOf<Self>] = &[|iterator| &iterator.path];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let folder = cx.state::<ScandirIterator>(this)?.folder.clone();
        let next = cx.detached(|| {
            let mut folder = folder.lock().unwrap_or_else(PoisonError::into_inner);
            let next = folder.as_mut()?.next();
            if !matches!(next, Some(Ok(_))) {
                *folder = None;
            }
            next
        });
        match next {
            None => Ok(None),
            Some(Ok(entry)) => make_entry(cx, this, &entry).map(Some),
            Some(Err(error)) => {
                let path = cx.load::<ScandirIterator>(this, |iterator| &iterator.path);
                Err(os_error::raise(cx, &error, path))
            }
        }
    });
}

/// A folder's path and a name in it.
fn joined(folder: &[u8], name: &[u8]) -> Vec<u8> {
    let slash: &[u8] = if folder.is_empty() || folder.ends_with(b"/") { b"" } else { b"/" };
    [folder, slash, name].concat()
}

fn make_entry(cx: &mut Ctx, iterator: Slot, entry: &Entry) -> Res<Slot> {
    let cx: &Ctx = cx;
    let state = cx.state::<ScandirIterator>(iterator)?;
    let folder = state.path.get(cx).and_then(args::raw_text).unwrap_or_default();
    let whole = joined(&folder, &entry.name);
    let name = cx.root(name_value(cx, &entry.name, state.is_bytes)?);
    let path = cx.root(name_value(cx, &whole, state.is_bytes)?);
    // The system's names have no zero bytes, and neither has a path that it took.
    let place = (state.fd.unwrap_or(libc::AT_FDCWD), CString::new(whole).unwrap_or_default());
    Ok(cx.new_of_native_class(DirEntry {
        name: Field::of(name),
        path: Field::of(path),
        stat: Field::unset(),
        lstat: Field::unset(),
        place,
        inode: entry.inode,
        kind: entry.kind,
    }))
}

fn open(cx: &mut Ctx, path: &Path) -> Res<Folder> {
    match &path.at {
        At::Name(_) => about(cx, path, || Folder::open(path.name())),
        At::Fd(fd) => args::blocking(cx, || Folder::of_fd(*fd)),
    }
}

/// What `stat` says of an entry, which is asked for once.
fn stat(cx: &mut Ctx, this: Slot, follow: bool) -> Res<Slot> {
    let follow = follow && is_link(cx, this)?;
    let field: FieldOf<DirEntry> = if follow { |entry| &entry.stat } else { |entry| &entry.lstat };
    if let Some(known) = cx.load(this, field) {
        return Ok(known);
    }
    let (dir, name) = cx.state::<DirEntry>(this)?.place.clone();
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    match cx.detached(|| files::fstatat(dir, &name, flags)) {
        Ok(found) => {
            let cx: &Ctx = cx;
            let made = cx.root(result(cx, &found));
            cx.store(this, field, made);
            Ok(made)
        }
        Err(error) => {
            let path = cx.load::<DirEntry>(this, |entry| &entry.path);
            Err(os_error::raise(cx, &error, path))
        }
    }
}

/// Whether an entry is a link, for which files are asked whose folder does not say.
fn is_link(cx: &mut Ctx, this: Slot) -> Res<bool> {
    match cx.state::<DirEntry>(this)?.kind {
        libc::DT_UNKNOWN => is_kind(cx, this, false, libc::S_IFLNK),
        kind => Ok(kind == libc::DT_LNK),
    }
}

/// Whether an entry is of a kind; what is no longer there is of none.
fn is_kind(cx: &mut Ctx, this: Slot, follow: bool, wanted: u32) -> Res<bool> {
    let kind = cx.state::<DirEntry>(this)?.kind;
    let known = kind != libc::DT_UNKNOWN && !(follow && kind == libc::DT_LNK);
    if known {
        let is = match kind {
            libc::DT_DIR => libc::S_IFDIR,
            libc::DT_REG => libc::S_IFREG,
            libc::DT_LNK => libc::S_IFLNK,
            _ => 0,
        };
        return Ok(is == wanted);
    }
    let found = if follow || kind != libc::DT_UNKNOWN {
        stat(cx, this, follow)
    } else {
        let (dir, name) = cx.state::<DirEntry>(this)?.place.clone();
        return Ok(super::stat::mode_of(cx, dir, &name, false).is_some_and(|mode| mode & libc::S_IFMT == wanted));
    };
    let found = match found {
        Ok(found) => found,
        Err(raised) => {
            cx.catch(raised, Builtin::FileNotFoundError)?;
            return Ok(false);
        }
    };
    let mode = cx.get(found).cast::<argil_interp::types::tuple::Tuple>().and_then(|fields| fields.get(cx, 0));
    let mode = mode.and_then(Value::as_small_int).unwrap_or(0) as u32;
    Ok(mode & libc::S_IFMT == wanted)
}

/// Defines the classes.
pub(super) fn define(cx: &Ctx, module: Slot) {
    let entry = [ENTRY];
    let entry = cx.define_native_class::<DirEntry>(module, &NativeClass::nameless("DirEntry", &entry));
    cx.define(module, "DirEntry", cx.get(entry));
    let methods = [ITERATOR, SCAN];
    cx.define_native_class::<ScandirIterator>(module, &NativeClass::nameless("ScandirIterator", &methods));
}

natives! {
    static ENTRY = {
        static raw fn __new__(cx, args) -> Slot {
            let _ = args;
            Err(cx.type_error("cannot create 'posix.DirEntry' instances"))
        }
        /// the entry's base filename, relative to scandir() "path" argument
        get fn name(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<DirEntry>(cx.root(self_))?.name.get_or_none(cx))
        }
        /// the entry's full path name; equivalent to os.path.join(scandir_path, entry.name)
        get fn path(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<DirEntry>(cx.root(self_))?.path.get_or_none(cx))
        }
        /// Return inode of the entry; cached per entry.
        call fn inode(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            Ok(cx.root(cx.uint(cx.state::<DirEntry>(self_)?.inode)))
        }
        /// Return True if the entry is a directory; cached per entry.
        call fn is_dir(cx; self_: Slot; ; follow_symlinks: bool = true) -> bool {
            is_kind(cx, self_, follow_symlinks, libc::S_IFDIR)
        }
        /// Return True if the entry is a file; cached per entry.
        call fn is_file(cx; self_: Slot; ; follow_symlinks: bool = true) -> bool {
            is_kind(cx, self_, follow_symlinks, libc::S_IFREG)
        }
        /// Return True if the entry is a symbolic link; cached per entry.
        call fn is_symlink(cx; self_: Slot) -> bool { is_link(cx, self_) }
        /// Return True if the entry is a junction; cached per entry.
        call fn is_junction(cx; self_: Slot) -> bool {
            cx.state::<DirEntry>(self_)?;
            Ok(false)
        }
        /// Return stat_result object for the entry; cached per entry.
        call fn stat(cx; self_: Slot; ; follow_symlinks: bool = true) -> Slot {
            self::stat(cx, self_, follow_symlinks)
        }
        /// Returns the path for the entry.
        call fn __fspath__(cx; self_: Slot) -> Slot {
            let path = cx.load::<DirEntry>(self_, |entry| &entry.path);
            Ok(path.unwrap_or(self_))
        }
        call fn __repr__(cx; self_: Slot) -> String {
            let name = cx.load::<DirEntry>(self_, |entry| &entry.name).unwrap_or(self_);
            Ok(format!("<DirEntry {}>", repr(cx, name)?))
        }
        /// See PEP 585
        class fn __class_getitem__(cx; cls: Value<'h>, object: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, object))
        }
    }
}

natives! {
    static SCAN = {
        call fn __enter__(cx; self_: Slot) -> Slot { Ok(self_) }
        call fn __exit__(cx; self_: Slot, *_details) -> () {
            cx.state::<ScandirIterator>(self_)?.close();
            Ok(())
        }
        /// Close the iterator and free acquired resources.
        call fn close(cx; self_: Slot) -> () {
            cx.state::<ScandirIterator>(self_)?.close();
            Ok(())
        }
    }
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return a list containing the names of the files in the directory.
        call fn listdir(cx; ; path: args::Folder = args::Folder::HERE) -> Slot {
            let path = path.given(cx);
            let folder = open(cx, &path)?;
            let names = cx.detached(|| folder.map(|entry| entry.map(|entry| entry.name)).collect::<Result<Vec<_>, _>>());
            let cx: &Ctx = cx;
            let names = names.map_err(|error| args::failed(cx, &error, &path))?;
            let names = names.iter().map(|name| name_value(cx, name, path.is_bytes)).collect::<Res<Vec<_>>>()?;
            Ok(cx.root(Value::of(List::from_values(cx, &names))))
        }
        /// Return an iterator of DirEntry objects for given path.
        call fn scandir(cx; ; path: args::Folder = args::Folder::HERE) -> Slot {
            let path = path.given(cx);
            let folder = open(cx, &path)?;
            let (fd, is_bytes) = (path.fd(), path.is_bytes);
            let path = if fd.is_none() { Field::of(path.object) } else { Field::unset() };
            let folder = Arc::new(Mutex::new(Some(folder)));
            Ok(cx.new_of_native_class(ScandirIterator { folder, path, fd, is_bytes }))
        }
    }
}
