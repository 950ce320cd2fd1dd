//! `pwd` and `grp`: users and groups.

use std::ffi::CString;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::repr::{repr, str_repr};
use argil_interp::struct_sequence::{Maker, StructSequence};
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::account::{self, Group, Key, User};

use crate::posix::args::{self, Text, done, name_value};

/// Users.
pub const PWD: ModuleDef = ModuleDef { name: "pwd", source: ModuleSource::Native { functions: USERS, init: init_pwd } };
/// Groups.
pub const GRP: ModuleDef =
    ModuleDef { name: "grp", source: ModuleSource::Native { functions: GROUPS, init: init_grp } };

fn init_pwd(cx: &mut Ctx, module: Slot) -> Res<()> {
    STRUCT_PASSWD.define(cx, module, "struct_passwd");
    Ok(())
}

fn init_grp(cx: &mut Ctx, module: Slot) -> Res<()> {
    STRUCT_GROUP.define(cx, module, "struct_group");
    Ok(())
}

fn user<'h>(cx: &'h Ctx, user: &User) -> Res<Value<'h>> {
    let text = |text: &[u8]| name_value(cx, text, false);
    let fields = [
        text(&user.name)?,
        text(&user.password)?,
        cx.uint(user.uid.into()),
        cx.uint(user.gid.into()),
        text(&user.gecos)?,
        text(&user.home)?,
        text(&user.shell)?,
    ];
    Ok(STRUCT_PASSWD.make(cx, &fields))
}

fn group<'h>(cx: &'h Ctx, group: &Group) -> Res<Value<'h>> {
    let text = |text: &[u8]| name_value(cx, text, false);
    let members = group.members.iter().map(|member| text(member)).collect::<Res<Vec<_>>>()?;
    let members = Value::of(List::from_values(cx, &members));
    Ok(STRUCT_GROUP.make(cx, &[text(&group.name)?, text(&group.password)?, cx.uint(group.gid.into()), members]))
}

#[cold]
fn not_found(cx: &Ctx, function: &str, what: &str) -> Raised {
    cx.raise_with(Builtin::KeyError, &[cx.str(&format!("{function}(): {what}"))])
}

/// A name to look up; none with a zero byte is there.
fn key(cx: &Ctx, name: &str) -> Res<CString> {
    CString::new(name).map_err(|_| cx.value_error("embedded null byte"))
}

natives! {
    static USERS = {
        /// Return the password database entry for the given numeric user ID.
        call fn getpwuid(cx; uidobj: Slot) -> Slot {
            let uid = match args::account(cx, uidobj, "uid") {
                Ok(uid) => uid,
                Err(raised) => {
                    // No user has a number that large.
                    cx.catch(raised, Builtin::OverflowError)?;
                    return Err(not_found(cx, "getpwuid", "uid not found"));
                }
            };
            let found = cx.detached(|| account::find_user(Key::Number(uid)));
            match done(cx, found)? {
                Some(found) => {
                    let cx: &Ctx = cx;
                    Ok(cx.root(user(cx, &found)?))
                }
                None => {
                    let shown = repr(cx, uidobj)?;
                    Err(not_found(cx, "getpwuid", &format!("uid not found: {shown}")))
                }
            }
        }
        /// Return the password database entry for the given user name.
        call fn getpwnam(cx; name: String) -> Slot {
            let text = key(cx, &name)?;
            let found = cx.detached(|| account::find_user(Key::Name(&text)));
            match done(cx, found)? {
                Some(found) => {
                    let cx: &Ctx = cx;
                    Ok(cx.root(user(cx, &found)?))
                }
                None => Err(not_found(cx, "getpwnam", &format!("name not found: {}", str_repr(&name)))),
            }
        }
        /// Return a list of all available password database entries, in arbitrary order.
        call fn getpwall(cx) -> Slot {
            let all = cx.detached(account::all_users);
            let cx: &Ctx = cx;
            let all = all.iter().map(|found| user(cx, found)).collect::<Res<Vec<_>>>()?;
            Ok(cx.root(Value::of(List::from_values(cx, &all))))
        }
    }
}

natives! {
    static GROUPS = {
        /// Return the group database entry for the given numeric group ID.
        call fn getgrgid(cx; ; id: Slot) -> Slot {
            let gid = args::account(cx, id, "gid")?;
            let found = cx.detached(|| account::find_group(Key::Number(gid)));
            match done(cx, found)? {
                Some(found) => {
                    let cx: &Ctx = cx;
                    Ok(cx.root(group(cx, &found)?))
                }
                None => {
                    let shown = repr(cx, id)?;
                    Err(not_found(cx, "getgrgid", &format!("gid not found: {shown}")))
                }
            }
        }
        /// Return the group database entry for the given group name.
        call fn getgrnam(cx; ; name: Text) -> Slot {
            let found = cx.detached(|| account::find_group(Key::Name(&name.0)));
            match done(cx, found)? {
                Some(found) => {
                    let cx: &Ctx = cx;
                    Ok(cx.root(group(cx, &found)?))
                }
                None => {
                    let shown = str_repr(&name.0.to_string_lossy());
                    Err(not_found(cx, "getgrnam", &format!("name not found: {shown}")))
                }
            }
        }
        /// Return a list of all available group entries, in arbitrary order.
        call fn getgrall(cx) -> Slot {
            let all = cx.detached(account::all_groups);
            let cx: &Ctx = cx;
            let all = all.iter().map(|found| group(cx, found)).collect::<Res<Vec<_>>>()?;
            Ok(cx.root(Value::of(List::from_values(cx, &all))))
        }
    }
}

/// `pwd.struct_passwd`.
static STRUCT_PASSWD: StructSequence = StructSequence {
    name: "pwd.struct_passwd",
    doc: "pwd.struct_passwd: Results from getpw*() routines.\n\nThis object may be accessed either as a tuple of\n  (pw_name,pw_passwd,pw_uid,pw_gid,pw_gecos,pw_dir,pw_shell)\nor via the object attributes as named in the above tuple.",
    fields: &[
        ("pw_name", Some("user name")),
        ("pw_passwd", Some("password")),
        ("pw_uid", Some("user id")),
        ("pw_gid", Some("group id")),
        ("pw_gecos", Some("real name")),
        ("pw_dir", Some("home directory")),
        ("pw_shell", Some("shell program")),
    ],
    elements: 7,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `grp.struct_group`.
static STRUCT_GROUP: StructSequence = StructSequence {
    name: "grp.struct_group",
    doc: "grp.struct_group: Results from getgr*() routines.\n\nThis object may be accessed either as a tuple of\n  (gr_name,gr_passwd,gr_gid,gr_mem)\nor via the object attributes as named in the above tuple.\n",
    fields: &[
        ("gr_name", Some("group name")),
        ("gr_passwd", Some("password")),
        ("gr_gid", Some("group id")),
        ("gr_mem", Some("group members")),
    ],
    elements: 4,
    unnamed: 0,
    maker: Maker::Sequence,
};
