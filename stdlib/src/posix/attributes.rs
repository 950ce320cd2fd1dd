//! Extended attributes of files.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::files::{self, Owner};
use argil_system::libc;

use super::args::{At, Folder, Name_, NameOrFd, Path, about, check_follow, name_value};
use super::descriptors::{Contents, room};

/// The sizes of the room that is offered: the usual, and the most there may be.
const SIZES: [usize; 2] = [256, 65536];

fn owner(path: &Path, follow: bool) -> Owner<'_> {
    match &path.at {
        At::Fd(fd) => Owner::Fd(*fd),
        At::Name(name) if follow => Owner::Path(name),
        At::Name(name) => Owner::Link(name),
    }
}

/// Runs a call that fills a buffer, which may be too small at first.
fn filled(cx: &mut Ctx, path: &Path, mut call: impl FnMut(&mut [u8]) -> std::io::Result<usize>) -> Res<Vec<u8>> {
    let mut bytes = room(cx, SIZES[1])?;
    let mut size = SIZES[0];
    let count = about(cx, path, || match call(&mut bytes[..size]) {
        Err(error) if error.raw_os_error() == Some(libc::ERANGE) && size < SIZES[1] => {
            size = SIZES[1];
            call(&mut bytes)
        }
        result => result,
    })?;
    bytes.truncate(count);
    Ok(bytes)
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return the value of extended attribute attribute on path.
        call fn getxattr(cx; ; path: NameOrFd, attribute: Name_; follow_symlinks: bool = true) -> Vec<u8> {
            check_follow(cx, "getxattr", &path, follow_symlinks)?;
            filled(cx, &path, |bytes| files::getxattr(owner(&path, follow_symlinks), attribute.name(), bytes))
        }
        /// Set extended attribute attribute on path to value.
        call fn setxattr(cx; ; path: NameOrFd, attribute: Name_, value: Contents, flags: i32 = 0;
            follow_symlinks: bool = true) -> () {
            check_follow(cx, "setxattr", &path, follow_symlinks)?;
            let owner = owner(&path, follow_symlinks);
            about(cx, &path, || files::setxattr(owner, attribute.name(), &value.0, flags))
        }
        /// Remove extended attribute attribute on path.
        call fn removexattr(cx; ; path: NameOrFd, attribute: Name_; follow_symlinks: bool = true) -> () {
            check_follow(cx, "removexattr", &path, follow_symlinks)?;
            about(cx, &path, || files::removexattr(owner(&path, follow_symlinks), attribute.name()))
        }
        /// Return a list of extended attributes on path.
        call fn listxattr(cx; ; path: Folder = Folder::HERE; follow_symlinks: bool = true) -> Slot {
            let path = path.given(cx);
            check_follow(cx, "listxattr", &path, follow_symlinks)?;
            let names = filled(cx, &path, |bytes| files::listxattr(owner(&path, follow_symlinks), bytes))?;
            let cx: &Ctx = cx;
            let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
            let names = names.map(|name| name_value(cx, name, false)).collect::<Res<Vec<Value<'_>>>>()?;
            Ok(cx.root(Value::of(List::from_values(cx, &names))))
        }
    }
}
