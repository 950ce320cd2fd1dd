//! Arguments of system calls: paths, descriptors, users; and what comes of the calls.

use std::borrow::Cow;
use std::ffi::{CStr, CString};
use std::io;
use std::ops::Deref;

use argil_compiler::surrogate;
use argil_interp::builtin::Builtin;
use argil_interp::codecs;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::names::Name;
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::ops::{attr, iter, number};
use argil_interp::types::exception::os_error;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::libc;

/// What names a file.
pub(crate) enum At {
    /// A path.
    Name(CString),
    /// A descriptor.
    Fd(i32),
}

/// A file that an argument names.
pub(crate) struct Path {
    /// What names it.
    pub at: At,
    /// The argument, for error messages; what `__fspath__` gave, if it has that.
    pub object: Slot,
    /// Whether results about it are bytes too.
    pub is_bytes: bool,
}

impl Path {
    /// The path; empty if there is a descriptor instead.
    pub fn name(&self) -> &CStr {
        match &self.at {
            At::Name(name) => name,
            At::Fd(_) => c"",
        }
    }

    /// The descriptor, if there is one instead of a path.
    pub fn fd(&self) -> Option<i32> {
        match self.at {
            At::Name(_) => None,
            At::Fd(fd) => Some(fd),
        }
    }
}

/// A path as an argument; where `FD`, also a descriptor, where `NONE`, also `None`, which is the current folder.
pub(crate) struct PathOr<const FD: bool, const NONE: bool>(Path);

/// A path.
pub(crate) type Name_ = PathOr<false, false>;
/// A path or a descriptor.
pub(crate) type NameOrFd = PathOr<true, false>;
/// A path, a descriptor or `None`.
pub(crate) type NameOrFdOrNone = PathOr<true, true>;

impl<const FD: bool, const NONE: bool> Deref for PathOr<FD, NONE> {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

/// The same as an argument that may be missing.
pub(crate) struct Folder(Option<NameOrFdOrNone>);

impl Folder {
    /// No argument: the current folder.
    pub const HERE: Folder = Folder(None);

    /// The folder.
    pub fn given(self, cx: &Ctx) -> NameOrFdOrNone {
        self.0.unwrap_or_else(|| PathOr::here(cx))
    }
}

impl FromSlot for Folder {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        PathOr::from_slot(cx, slot, def, index).map(|path| Folder(Some(path)))
    }
}

impl PathOr<true, true> {
    /// The current folder.
    pub fn here(cx: &Ctx) -> Self {
        PathOr(Path { at: At::Name(c".".to_owned()), object: cx.root(cx.str(".")), is_bytes: false })
    }
}

/// The bytes of a string or bytes object.
pub(crate) fn raw_text(value: Value<'_>) -> Option<Cow<'_, [u8]>> {
    match value.as_str() {
        Some(text) if surrogate::find(text).is_some() => Some(surrogate::to_system(text).unwrap_or_default().into()),
        Some(text) => Some(text.as_bytes().into()),
        None => value.as_bytes().map(Cow::Borrowed),
    }
}

/// Refuses what no file name can hold: surrogates that stand for no byte.
fn check_encodable(cx: &mut Ctx, object: Slot) -> Res<()> {
    if cx.get(object).as_str().is_some_and(|text| surrogate::to_system(text).is_none()) {
        codecs::encode(cx, object, "utf-8", Some("surrogateescape"))?;
    }
    Ok(())
}

/// What `__fspath__` gives, if an object has that.
fn by_protocol(cx: &mut Ctx, object: Slot) -> Res<Option<Slot>> {
    let Some(text) = attr::call_special(cx, object, Name::__fspath__, &[])? else { return Ok(None) };
    if raw_text(cx.get(text)).is_none() {
        let (class, got) = (cx.type_name(cx.get(object)), cx.type_name(cx.get(text)));
        return Err(cx.type_error(format!("expected {class}.__fspath__() to return str or bytes, not {got}")));
    }
    Ok(Some(text))
}

/// `os.fspath`.
pub(crate) fn fspath(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    if raw_text(cx.get(object)).is_some() {
        return Ok(object);
    }
    match by_protocol(cx, object)? {
        Some(text) => Ok(text),
        None => {
            let got = cx.type_name(cx.get(object));
            Err(cx.type_error(format!("expected str, bytes or os.PathLike object, not {got}")))
        }
    }
}

/// The path that an argument of a function is.
pub(crate) fn path_text(cx: &mut Ctx, slot: Slot, place: [&str; 2], kinds: &str) -> Res<Slot> {
    if raw_text(cx.get(slot)).is_some() {
        return Ok(slot);
    }
    if let Some(text) = by_protocol(cx, slot)? {
        return Ok(text);
    }
    let [function, argument] = place;
    let got = cx.type_name(cx.get(slot));
    Err(cx.type_error(format!("{function}: {argument} should be string, bytes{kinds}, not {got}")))
}

impl<const FD: bool, const NONE: bool> FromSlot for PathOr<FD, NONE> {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        if NONE && cx.get(slot).is_none() {
            let here = PathOr::<true, true>::here(cx);
            return Ok(PathOr(here.0));
        }
        if FD
            && raw_text(cx.get(slot)).is_none()
            && let Some(fd) = number::index_opt(cx, slot)?
        {
            return Ok(PathOr(Path { at: At::Fd(descriptor(cx, fd)?), object: slot, is_bytes: false }));
        }
        let kinds = match (FD, NONE) {
            (true, true) => ", os.PathLike, integer or None",
            (true, false) => ", os.PathLike or integer",
            (false, true) => ", os.PathLike or None",
            (false, false) => " or os.PathLike",
        };
        let object = path_text(cx, slot, [def.name(), def.params[index].name()], kinds)?;
        check_encodable(cx, object)?;
        let value = cx.get(object);
        let (bytes, is_bytes) = (raw_text(value).unwrap_or_default(), value.as_bytes().is_some());
        match CString::new(bytes.into_owned()) {
            Ok(name) => Ok(PathOr(Path { at: At::Name(name), object, is_bytes })),
            Err(_) => {
                let (function, argument) = (def.name(), def.params[index].name());
                Err(cx.value_error(format!("{function}: embedded null character in {argument}")))
            }
        }
    }
}

/// An integer as a descriptor.
fn descriptor(cx: &Ctx, value: Slot) -> Res<i32> {
    let whole = cx.get(value).as_int();
    let small = whole.and_then(Int::to_i64);
    match small.map(i32::try_from) {
        Some(Ok(fd)) => Ok(fd),
        _ if whole.is_some_and(number::int::is_negative) => Err(cx.overflow_error("fd is less than minimum")),
        _ => Err(cx.overflow_error("fd is greater than maximum")),
    }
}

/// A folder that relative paths begin in: `None` is the current one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct DirFd(pub i32);

impl DirFd {
    /// The current folder.
    pub const HERE: DirFd = DirFd(libc::AT_FDCWD);

    /// Refuses a folder beside a descriptor, which does not lie in one.
    pub fn check(self, cx: &Ctx, function: &str, path: &Path) -> Res<()> {
        if self != DirFd::HERE && path.fd().is_some() {
            return Err(cx.value_error(format!("{function}: can't specify dir_fd without matching path")));
        }
        Ok(())
    }
}

impl FromSlot for DirFd {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if cx.get(slot).is_none() {
            return Ok(DirFd::HERE);
        }
        match number::index_opt(cx, slot)? {
            Some(fd) => descriptor(cx, fd).map(DirFd),
            None => {
                let got = cx.type_name(cx.get(slot));
                Err(cx.type_error(format!("argument should be integer or None, not {got}")))
            }
        }
    }
}

/// Refuses to leave links unfollowed where a descriptor is meant.
pub(crate) fn check_follow(cx: &Ctx, function: &str, path: &Path, follow: bool) -> Res<()> {
    if !follow && path.fd().is_some() {
        return Err(cx.value_error(format!("{function}: cannot use fd and follow_symlinks together")));
    }
    Ok(())
}

/// A descriptor, or what has a `fileno`.
#[derive(Clone, Copy)]
pub(crate) struct Fd(pub i32);

/// The descriptor that an object is or has.
pub(crate) fn fileno(cx: &mut Ctx, object: Slot) -> Res<i32> {
    let number = if cx.get(object).as_int().is_some() {
        object
    } else {
        let name = cx.root(cx.intern("fileno"));
        let Some(method) = attr::get_attr_opt(cx, object, name)? else {
            return Err(cx.type_error("argument must be an int, or have a fileno() method."));
        };
        let number = cx.call(method, &[])?;
        if cx.get(number).as_int().is_none() {
            return Err(cx.type_error("fileno() returned a non-integer"));
        }
        number
    };
    let fd = cx.get(number).as_int().and_then(Int::to_i64).and_then(|fd| i32::try_from(fd).ok());
    match fd {
        Some(fd) if fd < 0 => Err(cx.value_error(format!("file descriptor cannot be a negative integer ({fd})"))),
        Some(fd) => Ok(fd),
        None => Err(cx.overflow_error("Python int too large to convert to C int")),
    }
}

impl FromSlot for Fd {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        fileno(cx, slot).map(Fd)
    }
}

/// The number of a user.
#[derive(Clone, Copy)]
pub(crate) struct Uid(pub u32);

/// The number of a group.
#[derive(Clone, Copy)]
pub(crate) struct Gid(pub u32);

/// The number of a user or group; -1 says that it is not to change.
pub(crate) fn account(cx: &mut Ctx, slot: Slot, what: &str) -> Res<u32> {
    let Some(whole) = number::index_opt(cx, slot)? else {
        let got = cx.type_name(cx.get(slot));
        return Err(cx.type_error(format!("{what} should be integer, not {got}")));
    };
    let whole = cx.get(whole).as_int();
    match whole.and_then(Int::to_i64) {
        Some(-1) => Ok(u32::MAX),
        Some(number) => u32::try_from(number).map_err(|_| cx.overflow_error(format!("{what} is less than minimum"))),
        None if whole.is_some_and(number::int::is_negative) => {
            Err(cx.overflow_error(format!("{what} is less than minimum")))
        }
        None => Err(cx.overflow_error(format!("{what} is greater than maximum"))),
    }
}

impl FromSlot for Uid {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        account(cx, slot, "uid").map(Uid)
    }
}

impl FromSlot for Gid {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        account(cx, slot, "gid").map(Gid)
    }
}

/// How many bytes: not negative.
#[derive(Clone, Copy)]
pub(crate) struct Count(pub usize);

impl FromSlot for Count {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let count = i64::from_slot(cx, slot, def, index)?;
        let name = def.params[index].name();
        let count = usize::try_from(count);
        count.map(Count).map_err(|_| cx.value_error(format!("negative value for '{name}' not allowed")))
    }
}

/// An integer of which the lowest 64 bits count.
#[derive(Clone, Copy)]
pub(crate) struct Bits(pub u64);

impl FromSlot for Bits {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let whole = number::index(cx, slot)?;
        let cx: &Ctx = cx;
        let whole = cx.get(whole).as_int();
        match whole {
            Some(Int::Small(number)) => Ok(Bits(number as u64)),
            Some(Int::Big(number)) => {
                let number = number & dashu_int::IBig::from(u64::MAX);
                Ok(Bits(u64::try_from(number).unwrap_or(u64::MAX)))
            }
            None => Ok(Bits(0)),
        }
    }
}

/// Text for C: what `os.fsencode` gives.
pub(crate) struct FsText(pub CString);

impl FromSlot for FsText {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        fs_text(cx, slot).map(FsText)
    }
}

/// The text for C that an object is.
pub(crate) fn fs_text(cx: &mut Ctx, object: Slot) -> Res<CString> {
    let text = fspath(cx, object)?;
    check_encodable(cx, text)?;
    let text = CString::new(raw_text(cx.get(text)).unwrap_or_default().into_owned());
    text.map_err(|_| cx.value_error("embedded null byte"))
}

/// A string for C that is no path.
pub(crate) struct Text(pub CString);

impl FromSlot for Text {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let text = String::from_slot(cx, slot, def, index)?;
        CString::new(text).map(Text).map_err(|_| cx.value_error("embedded null character"))
    }
}

/// The elements of a list or tuple.
pub(crate) fn list_or_tuple(cx: &Ctx, object: Slot) -> Option<Vec<Slot>> {
    let value = cx.get(object);
    if let Some(tuple) = value.cast::<Tuple>() {
        return Some(tuple.iter(cx).map(|element| cx.root(element)).collect());
    }
    let list = value.cast::<List>()?;
    Some(list.to_vec(cx).into_iter().map(|element| cx.root(element)).collect())
}

/// The elements of a sequence; a TypeError with this message for what is none.
pub(crate) fn sequence(cx: &mut Ctx, object: Slot, message: &str) -> Res<Vec<Slot>> {
    if let Some(elements) = list_or_tuple(cx, object) {
        return Ok(elements);
    }
    let name = cx.root(cx.intern("__getitem__"));
    if attr::get_attr_opt(cx, object, name)?.is_none() {
        return Err(cx.type_error(message));
    }
    let list = iter::collect(cx, object)?;
    Ok(list_or_tuple(cx, list).unwrap_or_default())
}

/// A name that the system gave, as bytes or a string.
pub(crate) fn name_value<'h>(cx: &'h Ctx, name: &[u8], as_bytes: bool) -> Res<Value<'h>> {
    if as_bytes {
        return Ok(cx.bytes(name));
    }
    Ok(cx.str(&surrogate::of_system(name)))
}

/// What a call gave, or its OSError.
pub(crate) fn done<T>(cx: &Ctx, result: io::Result<T>) -> Res<T> {
    result.map_err(|error| os_error::raise(cx, &error, None))
}

/// Runs a call off the lock; one that a signal interrupts begins anew after a safepoint.
pub(crate) fn blocking<T>(cx: &mut Ctx, mut call: impl FnMut() -> io::Result<T>) -> Res<T> {
    let result = retried(cx, &mut call)?;
    done(cx, result)
}

/// The same, and its error is not yet raised.
pub(crate) fn retried<T>(cx: &mut Ctx, call: &mut dyn FnMut() -> io::Result<T>) -> Res<io::Result<T>> {
    loop {
        match cx.detached(&mut *call) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => cx.poll()?,
            result => return Ok(result),
        }
    }
}

/// The OSError of a call about a file.
#[cold]
pub(crate) fn failed(cx: &Ctx, error: &io::Error, path: &Path) -> Raised {
    os_error::raise(cx, error, Some(path.object))
}

/// Runs a call about a file off the lock.
pub(crate) fn about<T>(cx: &mut Ctx, path: &Path, mut call: impl FnMut() -> io::Result<T>) -> Res<T> {
    let result = retried(cx, &mut call)?;
    result.map_err(|error| failed(cx, &error, path))
}

/// Runs a call about two files off the lock.
pub(crate) fn about_two<T>(cx: &mut Ctx, from: &Path, to: &Path, mut call: impl FnMut() -> io::Result<T>) -> Res<T> {
    let result = retried(cx, &mut call)?;
    let (first, second) = (from.object, to.object);
    result.map_err(|error| os_error::raise_about(cx, &error, Some(cx.get(first)), Some(cx.get(second))))
}

/// A set of numbers.
pub(crate) fn int_set(cx: &mut Ctx, numbers: &[i32]) -> Res<Slot> {
    let (class, list) = {
        let cx: &Ctx = cx;
        let numbers: Vec<Value<'_>> = numbers.iter().map(|number| cx.int(i64::from(*number))).collect();
        let list = cx.root(Value::of(List::from_values(cx, &numbers)));
        (cx.root(Value::of(cx.class(Builtin::Set))), list)
    };
    cx.call(class, &[list])
}
