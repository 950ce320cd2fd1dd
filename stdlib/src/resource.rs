//! `resource`: what processes use, and may use.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::struct_sequence::{Maker, StructSequence};
use argil_interp::value::Value;
use argil_system::{libc, plain, process};

use crate::posix::args::{done, list_or_tuple};
use crate::posix::define_numbers;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "resource", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    STRUCT_RUSAGE.define(cx, module, "struct_rusage");
    define_numbers(cx, module, CONSTANTS);
    cx.define(module, "error", Value::of(cx.class(Builtin::OSError)));
    Ok(())
}

/// A `struct_rusage`.
pub(crate) fn usage<'h>(cx: &'h Ctx, usage: &libc::rusage) -> Value<'h> {
    let seconds = |time: libc::timeval| cx.float(time.tv_sec as f64 + time.tv_usec as f64 * 1e-6);
    let counts = [
        usage.ru_maxrss,
        usage.ru_ixrss,
        usage.ru_idrss,
        usage.ru_isrss,
        usage.ru_minflt,
        usage.ru_majflt,
        usage.ru_nswap,
        usage.ru_inblock,
        usage.ru_oublock,
        usage.ru_msgsnd,
        usage.ru_msgrcv,
        usage.ru_nsignals,
        usage.ru_nvcsw,
        usage.ru_nivcsw,
    ];
    let mut fields = vec![seconds(usage.ru_utime), seconds(usage.ru_stime)];
    fields.extend(counts.map(|count| cx.int(count)));
    STRUCT_RUSAGE.make(cx, &fields)
}

/// How many resources there are.
const RESOURCES: i32 = 16;

/// A limit; none is -1.
fn limit(cx: &mut Ctx, value: Slot) -> Res<u64> {
    argil_interp::ops::number::index(cx, value).and_then(|whole| {
        let cx: &Ctx = cx;
        let whole = cx.get(whole).as_int();
        let small = whole.and_then(|whole| whole.to_i64()).map(|number| number as u64);
        let large = || match whole {
            Some(argil_interp::types::int::Int::Big(number)) => u64::try_from(number).ok(),
            _ => None,
        };
        small.or_else(large).ok_or_else(|| cx.overflow_error("Python int too large to convert to C long"))
    })
}

fn limits(cx: &mut Ctx, given: Slot) -> Res<[u64; 2]> {
    let elements = match list_or_tuple(cx, given) {
        Some(elements) => elements,
        None => {
            let list = argil_interp::ops::iter::collect(cx, given)?;
            list_or_tuple(cx, list).unwrap_or_default()
        }
    };
    let [soft, hard] = elements[..] else { return Err(cx.value_error("expected a tuple of 2 integers")) };
    Ok([limit(cx, soft)?, limit(cx, hard)?])
}

fn check(cx: &Ctx, resource: i32) -> Res<u32> {
    if (0..RESOURCES).contains(&resource) {
        Ok(resource as u32)
    } else {
        Err(cx.value_error("invalid resource specified"))
    }
}

fn change(cx: &mut Ctx, pid: i32, resource: i32, new: Option<Slot>) -> Res<Slot> {
    let resource = check(cx, resource)?;
    let new = match new {
        Some(new) => Some(limits(cx, new)?),
        None => None,
    };
    let old = match process::prlimit(pid, resource, new) {
        Err(error) if error.raw_os_error() == Some(libc::EINVAL) && new.is_some() => {
            return Err(cx.value_error("current limit exceeds maximum limit"));
        }
        Err(error) if error.raw_os_error() == Some(libc::EPERM) && new.is_some() && pid == 0 => {
            return Err(cx.value_error("not allowed to raise maximum limit"));
        }
        result => done(cx, result)?,
    };
    // What has no limit is -1, as in C's `long`.
    Ok(cx.root(cx.tuple(&old.map(|limit| cx.int(limit as i64)))))
}

natives! {
    static FUNCTIONS = {
        /// Return an object describing the resources consumed.
        fn getrusage(cx; who: i32) -> Value<'h> {
            match process::getrusage(who) {
                Err(error) if error.raw_os_error() == Some(libc::EINVAL) => {
                    Err(cx.value_error("invalid who parameter"))
                }
                result => Ok(usage(cx, &done(cx, result)?)),
            }
        }
        /// Return a tuple (soft, hard) with the current soft and hard limits of resource.
        call fn getrlimit(cx; resource: i32) -> Slot { change(cx, 0, resource, None) }
        /// Set new limits of consumption of resource.
        call fn setrlimit(cx; resource: i32, limits: Slot) -> () { change(cx, 0, resource, Some(limits)).map(|_| ()) }
        /// Get or set the limits of a process.
        call fn prlimit(cx; pid: i32, resource: i32, limits: Option<Slot> = None) -> Slot {
            change(cx, pid, resource, limits)
        }
        /// Return the number of bytes in a system page.
        fn getpagesize(cx) -> i64 { Ok(plain::sysconf(libc::_SC_PAGESIZE).unwrap_or(4096)) }
    }
}

/// Name and value.
const CONSTANTS: &[(&str, i64)] = &[
    ("RLIMIT_AS", libc::RLIMIT_AS as i64),
    ("RLIMIT_CORE", libc::RLIMIT_CORE as i64),
    ("RLIMIT_CPU", libc::RLIMIT_CPU as i64),
    ("RLIMIT_DATA", libc::RLIMIT_DATA as i64),
    ("RLIMIT_FSIZE", libc::RLIMIT_FSIZE as i64),
    ("RLIMIT_MEMLOCK", libc::RLIMIT_MEMLOCK as i64),
    ("RLIMIT_MSGQUEUE", libc::RLIMIT_MSGQUEUE as i64),
    ("RLIMIT_NICE", libc::RLIMIT_NICE as i64),
    ("RLIMIT_NOFILE", libc::RLIMIT_NOFILE as i64),
    ("RLIMIT_NPROC", libc::RLIMIT_NPROC as i64),
    ("RLIMIT_OFILE", 7),
    ("RLIMIT_RSS", libc::RLIMIT_RSS as i64),
    ("RLIMIT_RTPRIO", libc::RLIMIT_RTPRIO as i64),
    ("RLIMIT_RTTIME", libc::RLIMIT_RTTIME as i64),
    ("RLIMIT_SIGPENDING", libc::RLIMIT_SIGPENDING as i64),
    ("RLIMIT_STACK", libc::RLIMIT_STACK as i64),
    ("RLIM_INFINITY", libc::RLIM_INFINITY as i64),
    ("RUSAGE_CHILDREN", libc::RUSAGE_CHILDREN as i64),
    ("RUSAGE_SELF", libc::RUSAGE_SELF as i64),
    ("RUSAGE_THREAD", libc::RUSAGE_THREAD as i64),
];

/// `resource.struct_rusage`.
static STRUCT_RUSAGE: StructSequence = StructSequence {
    name: "resource.struct_rusage",
    doc: "struct_rusage: Result from getrusage.\n\nThis object may be accessed either as a tuple of\n    (utime,stime,maxrss,ixrss,idrss,isrss,minflt,majflt,\n    nswap,inblock,oublock,msgsnd,msgrcv,nsignals,nvcsw,nivcsw)\nor via the attributes ru_utime, ru_stime, ru_maxrss, and so on.",
    fields: &[
        ("ru_utime", Some("user time used")),
        ("ru_stime", Some("system time used")),
        ("ru_maxrss", Some("max. resident set size")),
        ("ru_ixrss", Some("shared memory size")),
        ("ru_idrss", Some("unshared data size")),
        ("ru_isrss", Some("unshared stack size")),
        ("ru_minflt", Some("page faults not requiring I/O")),
        ("ru_majflt", Some("page faults requiring I/O")),
        ("ru_nswap", Some("number of swap outs")),
        ("ru_inblock", Some("block input operations")),
        ("ru_oublock", Some("block output operations")),
        ("ru_msgsnd", Some("IPC messages sent")),
        ("ru_msgrcv", Some("IPC messages received")),
        ("ru_nsignals", Some("signals received")),
        ("ru_nvcsw", Some("voluntary context switches")),
        ("ru_nivcsw", Some("involuntary context switches")),
    ],
    elements: 16,
    unnamed: 0,
    maker: Maker::Sequence,
};
