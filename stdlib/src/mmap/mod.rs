//! `mmap`: files as bytes that can be changed in place. Unlike CPython's, a view of one does not keep it from being closed or
//! resized, as for bytearrays: what is gone is out of the view's bounds.

mod methods;
mod sequence;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::types::mapped::{Mapped, Memory};
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::mapping::{self, Mapping};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "mmap", source: ModuleSource::Native { functions: &[], init } };

/// What may be done with a map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Default = 0,
    Read = 1,
    Write = 2,
    Copy = 3,
}

/// A map.
struct Map {
    /// `None` once it is closed.
    mapping: Option<Mapping>,
    access: Access,
    flags: i32,
    /// The file's descriptor, a duplicate; -1 if there is none.
    descriptor: i32,
    tracks_file: bool,
    offset: i64,
    /// Where reading and writing go on.
    at: usize,
}

impl Memory for Map {
    fn bytes(&self) -> &[u8] {
        self.mapping.as_ref().map_or(&[], Mapping::bytes)
    }

    fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        match &mut self.mapping {
            Some(mapping) if self.access != Access::Read => mapping.bytes_mut(),
            Some(_) => None,
            None => Some(&mut []),
        }
    }
}

impl Map {
    fn close(&mut self) {
        self.mapping = None;
        if self.descriptor != -1 {
            mapping::close(self.descriptor);
            self.descriptor = -1;
        }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        self.close();
    }
}

#[cold]
fn closed(cx: &Ctx) -> Raised {
    cx.value_error("mmap closed or invalid")
}

/// Runs `f` with a map, open or closed.
fn with_any<R>(cx: &Ctx, this: Slot, f: impl FnOnce(&mut Map) -> R) -> Res<R> {
    cx.state::<Mapped>(this)?.with_memory(f).ok_or_else(|| closed(cx))
}

/// Runs `f` with a map that is open.
fn with<R>(cx: &Ctx, this: Slot, f: impl FnOnce(&mut Map) -> Res<R>) -> Res<R> {
    with_any(cx, this, |map| if map.mapping.is_some() { f(map) } else { Err(closed(cx)) })?
}

/// Runs `f` with a map that is open and may be changed.
fn changing<R>(cx: &Ctx, this: Slot, f: impl FnOnce(&mut Map) -> Res<R>) -> Res<R> {
    with(cx, this, |map| {
        if map.access == Access::Read {
            return Err(cx.type_error("mmap can't modify a readonly memory map."));
        }
        f(map)
    })
}

/// The bytes of a map that is open and may be changed.
fn bytes_mut(map: &mut Map) -> &mut [u8] {
    map.bytes_mut().unwrap_or_default()
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let methods = [methods::METHODS, methods::PLACES, sequence::METHODS];
    let class = cx.define_native_class::<Mapped>(module, &NativeClass::new("mmap", &methods));
    debug_assert!(!cx.get(class).is_none());
    sequence::define(cx, module);
    let cx: &Ctx = cx;
    cx.define(module, "error", Value::of(cx.class(Builtin::OSError)));
    let page = mapping::page_size() as i64;
    let numbers = [
        ("ACCESS_DEFAULT", Access::Default as i64),
        ("ACCESS_READ", Access::Read as i64),
        ("ACCESS_WRITE", Access::Write as i64),
        ("ACCESS_COPY", Access::Copy as i64),
        ("PAGESIZE", page),
        ("ALLOCATIONGRANULARITY", page),
    ];
    let flags = [
        ("PROT_EXEC", libc::PROT_EXEC),
        ("PROT_READ", libc::PROT_READ),
        ("PROT_WRITE", libc::PROT_WRITE),
        ("MAP_SHARED", libc::MAP_SHARED),
        ("MAP_PRIVATE", libc::MAP_PRIVATE),
        ("MAP_DENYWRITE", libc::MAP_DENYWRITE),
        ("MAP_EXECUTABLE", libc::MAP_EXECUTABLE),
        ("MAP_ANON", libc::MAP_ANON),
        ("MAP_ANONYMOUS", libc::MAP_ANONYMOUS),
        ("MAP_POPULATE", libc::MAP_POPULATE),
        ("MAP_STACK", libc::MAP_STACK),
        ("MAP_NORESERVE", libc::MAP_NORESERVE),
        ("MADV_NORMAL", libc::MADV_NORMAL),
        ("MADV_RANDOM", libc::MADV_RANDOM),
        ("MADV_SEQUENTIAL", libc::MADV_SEQUENTIAL),
        ("MADV_WILLNEED", libc::MADV_WILLNEED),
        ("MADV_DONTNEED", libc::MADV_DONTNEED),
        ("MADV_REMOVE", libc::MADV_REMOVE),
        ("MADV_DONTFORK", libc::MADV_DONTFORK),
        ("MADV_DOFORK", libc::MADV_DOFORK),
        ("MADV_HWPOISON", libc::MADV_HWPOISON),
        ("MADV_MERGEABLE", libc::MADV_MERGEABLE),
        ("MADV_UNMERGEABLE", libc::MADV_UNMERGEABLE),
        ("MADV_HUGEPAGE", libc::MADV_HUGEPAGE),
        ("MADV_NOHUGEPAGE", libc::MADV_NOHUGEPAGE),
        ("MADV_DONTDUMP", libc::MADV_DONTDUMP),
        ("MADV_DODUMP", libc::MADV_DODUMP),
        ("MADV_FREE", libc::MADV_FREE),
    ];
    for (name, number) in numbers.into_iter().chain(flags.map(|(name, flag)| (name, i64::from(flag)))) {
        cx.define(module, name, cx.int(number));
    }
    #[cfg(target_arch = "x86_64")]
    cx.define(module, "MAP_32BIT", cx.int(libc::MAP_32BIT.into()));
    Ok(())
}
