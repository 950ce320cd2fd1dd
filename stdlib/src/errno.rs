//! `errno`: the system's error numbers by name.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "errno", source: ModuleSource::Native { functions: &[], init } };

macro_rules! numbers {
    ($($name:ident)*) => {
        &[$((stringify!($name), libc::$name)),*]
    };
}

/// Names in CPython's order: `errorcode` has the last of those that share a number, at the place of the first.
const NUMBERS: &[(&str, i32)] = numbers! {
    ENODEV ENOCSI EHOSTUNREACH ENOMSG EUCLEAN EL2NSYNC EL2HLT ENODATA ENOTBLK ENOSYS EPIPE EINVAL EOVERFLOW
    EADV EINTR EUSERS ENOTEMPTY ENOBUFS EPROTO EREMOTE ENAVAIL ECHILD ELOOP EXDEV E2BIG ESRCH EMSGSIZE
    EAFNOSUPPORT EBADR EHOSTDOWN EPFNOSUPPORT ENOPROTOOPT EBUSY EWOULDBLOCK EBADFD EDOTDOT EISCONN ENOANO
    ESHUTDOWN ECHRNG ELIBBAD ENONET EBADE EBADF EMULTIHOP EIO EUNATCH EPROTOTYPE ENOSPC ENOEXEC EALREADY
    ENETDOWN ENOTNAM EACCES ELNRNG EILSEQ ENOTDIR ENOTUNIQ EPERM EDOM EXFULL ECONNREFUSED EISDIR
    EPROTONOSUPPORT EROFS EADDRNOTAVAIL EIDRM ECOMM ESRMNT EREMOTEIO EL3RST EBADMSG ENFILE ELIBMAX ESPIPE
    ENOLINK ENETRESET ETIMEDOUT ENOENT EEXIST EDQUOT ENOSTR EBADSLT EBADRQC ELIBACC EFAULT EFBIG EDEADLK
    ENOTCONN EDESTADDRREQ ELIBSCN ENOLCK EISNAM ECONNABORTED ENETUNREACH ESTALE ENOSR ENOMEM ENOTSOCK ESTRPIPE
    EMLINK ERANGE ELIBEXEC EL3HLT ECONNRESET EADDRINUSE EOPNOTSUPP EREMCHG EAGAIN ENAMETOOLONG ENOTTY ERESTART
    ESOCKTNOSUPPORT ETIME EBFONT EDEADLOCK ETOOMANYREFS EMFILE ETXTBSY EINPROGRESS ENXIO ENOPKG ENOMEDIUM
    EMEDIUMTYPE ECANCELED ENOKEY EHWPOISON EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD ENOTRECOVERABLE
    ERFKILL ENOTSUP
};

/// Which kernels have since Linux 7, and the headers behind the other numbers not yet.
const EFTYPE: i32 = 134;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let names = Dict::alloc(cx);
    cx.define(module, "errorcode", Value::of(names));
    for (name, number) in NUMBERS.iter().chain(&[("EFTYPE", EFTYPE)]) {
        let number = cx.int(i64::from(*number));
        cx.define(module, name, number);
        // An integer's hash and equality never run script code.
        let bound = names.set(cx, number, cx.intern(name));
        debug_assert!(bound.is_ok());
    }
    Ok(())
}
