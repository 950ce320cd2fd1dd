//! Who a process is: its user, groups, session, and its place among processes.

use argil_interp::ctx::{Ctx, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::{plain, process};

use super::args::{Fd, FsText, Gid, Text, Uid, account, done, name_value, sequence};

fn numbers<'h>(cx: &'h Ctx, numbers: &[u32]) -> Value<'h> {
    let values: Vec<Value<'h>> = numbers.iter().map(|number| cx.uint(u64::from(*number))).collect();
    Value::of(List::from_values(cx, &values))
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return the current process id.
        fn getpid(cx) -> i64 { Ok(i64::from(std::process::id())) }
        /// Return the parent's process id.
        fn getppid(cx) -> i64 { Ok(i64::from(plain::getppid())) }
        /// Return the current process's user id.
        fn getuid(cx) -> i64 { Ok(i64::from(plain::getuid())) }
        /// Return the current process's effective user id.
        fn geteuid(cx) -> i64 { Ok(i64::from(plain::geteuid())) }
        /// Return the current process's group id.
        fn getgid(cx) -> i64 { Ok(i64::from(plain::getgid())) }
        /// Return the current process's effective group id.
        fn getegid(cx) -> i64 { Ok(i64::from(plain::getegid())) }
        /// Return a tuple of the current process's real, effective, and saved user ids.
        fn getresuid(cx) -> Value<'h> {
            let ids = done(cx, process::getresuid())?;
            Ok(cx.tuple(&ids.map(|id| cx.uint(u64::from(id)))))
        }
        /// Return a tuple of the current process's real, effective, and saved group ids.
        fn getresgid(cx) -> Value<'h> {
            let ids = done(cx, process::getresgid())?;
            Ok(cx.tuple(&ids.map(|id| cx.uint(u64::from(id)))))
        }
        /// Return list of supplemental group IDs for the process.
        fn getgroups(cx) -> Value<'h> { Ok(numbers(cx, &done(cx, process::getgroups())?)) }
        /// Returns a list of groups to which a user belongs.
        call fn getgrouplist(cx; user: Text, group: Gid) -> Slot {
            let groups = cx.detached(|| process::getgrouplist(&user.0, group.0));
            let cx: &Ctx = cx;
            Ok(cx.root(numbers(cx, &groups)))
        }
        /// Return the actual login name.
        fn getlogin(cx) -> Value<'h> { name_value(cx, &done(cx, process::getlogin())?, false) }
        /// Set the current process's user id.
        call fn setuid(cx; uid: Uid) -> () { done(cx, plain::setuid(uid.0)).map(|_| ()) }
        /// Set the current process's effective user id.
        call fn seteuid(cx; euid: Uid) -> () { done(cx, plain::seteuid(euid.0)).map(|_| ()) }
        /// Set the current process's group id.
        call fn setgid(cx; gid: Gid) -> () { done(cx, plain::setgid(gid.0)).map(|_| ()) }
        /// Set the current process's effective group id.
        call fn setegid(cx; egid: Gid) -> () { done(cx, plain::setegid(egid.0)).map(|_| ()) }
        /// Set the current process's real and effective user ids.
        call fn setreuid(cx; ruid: Uid, euid: Uid) -> () { done(cx, plain::setreuid(ruid.0, euid.0)).map(|_| ()) }
        /// Set the current process's real and effective group ids.
        call fn setregid(cx; rgid: Gid, egid: Gid) -> () { done(cx, plain::setregid(rgid.0, egid.0)).map(|_| ()) }
        /// Set the current process's real, effective, and saved user ids.
        call fn setresuid(cx; ruid: Uid, euid: Uid, suid: Uid) -> () {
            done(cx, plain::setresuid(ruid.0, euid.0, suid.0)).map(|_| ())
        }
        /// Set the current process's real, effective, and saved group ids.
        call fn setresgid(cx; rgid: Gid, egid: Gid, sgid: Gid) -> () {
            done(cx, plain::setresgid(rgid.0, egid.0, sgid.0)).map(|_| ())
        }
        /// Set the groups of the current process to list.
        call fn setgroups(cx; groups: Slot) -> () {
            let elements = sequence(cx, groups, "setgroups argument must be a sequence")?;
            let mut numbers = Vec::with_capacity(elements.len());
            for element in elements {
                if number::index_opt(cx, element)?.is_none() {
                    return Err(cx.type_error("groups must be integers"));
                }
                numbers.push(account(cx, element, "gid")?);
            }
            done(cx, process::setgroups(&numbers))
        }
        /// Initialize the group access list.
        call fn initgroups(cx; username: FsText, gid: Gid) -> () {
            let result = cx.detached(|| plain::initgroups(&username.0, gid.0));
            done(cx, result).map(|_| ())
        }
        /// Call the system call getpgid(), and return the result.
        fn getpgid(cx; ; pid: i32) -> i64 { done(cx, plain::getpgid(pid)).map(i64::from) }
        /// Call the system call setpgid(pid, pgrp).
        fn setpgid(cx; pid: i32, pgrp: i32) -> () { done(cx, plain::setpgid(pid, pgrp)).map(|_| ()) }
        /// Return the current process group id.
        fn getpgrp(cx) -> i64 { Ok(i64::from(plain::getpgrp())) }
        /// Make the current process the leader of its process group.
        fn setpgrp(cx) -> () { done(cx, plain::setpgid(0, 0)).map(|_| ()) }
        /// Call the system call getsid(pid) and return the result.
        fn getsid(cx; pid: i32) -> i64 { done(cx, plain::getsid(pid)).map(i64::from) }
        /// Call the system call setsid().
        fn setsid(cx) -> () { done(cx, plain::setsid()).map(|_| ()) }
        /// Move the calling thread into different namespaces.
        call fn setns(cx; ; fd: Fd, nstype: i32 = 0) -> () { done(cx, plain::setns(fd.0, nstype)).map(|_| ()) }
        /// Disassociate parts of a process (or thread) execution context.
        fn unshare(cx; ; flags: i32) -> () { done(cx, plain::unshare(flags)).map(|_| ()) }
    }
}
