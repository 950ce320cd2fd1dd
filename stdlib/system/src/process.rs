//! Processes: waiting for them, starting them, what they may use.

use std::ffi::{CStr, CString, c_char, c_int, c_long, c_uint};
use std::io;
use std::mem::MaybeUninit;

use crate::{check, check_number};

/// Runs a call that fills a struct, which may be zero.
fn filled<T>(call: impl FnOnce(*mut T) -> c_int) -> io::Result<(c_int, T)> {
    let mut made = MaybeUninit::<T>::zeroed();
    let result = check(call(made.as_mut_ptr()))?;
    // SAFETY: all the structs used here may be zero, and were.
    Ok((result, unsafe { made.assume_init() }))
}

/// `wait4`: the process, its status, and what it used.
///
/// # Errors
/// What the system says.
pub fn wait4(pid: c_int, options: c_int) -> io::Result<(c_int, c_int, libc::rusage)> {
    let mut status = 0;
    // SAFETY: both places live during the call.
    let (pid, usage) = filled(|out| unsafe { libc::wait4(pid, &mut status, options, out) })?;
    Ok((pid, status, usage))
}

/// What `waitid` reports: pid, uid, signal, status and code; a signal of 0 says that there is nothing to report.
pub type Report = [c_int; 5];

/// `waitid`.
///
/// # Errors
/// What the system says.
pub fn waitid(kind: c_uint, id: c_uint, options: c_int) -> io::Result<Report> {
    // SAFETY: the struct has room.
    let (_, info) = filled::<libc::siginfo_t>(|out| unsafe { libc::waitid(kind, id, out, options) })?;
    // SAFETY: `waitid` fills these, or leaves them zero.
    let (pid, uid, status) = unsafe { (info.si_pid(), info.si_uid(), info.si_status()) };
    Ok([pid, uid as c_int, info.si_signo, status, info.si_code])
}

/// `getrusage`.
///
/// # Errors
/// What the system says.
pub fn getrusage(who: c_int) -> io::Result<libc::rusage> {
    // SAFETY: the struct has room.
    filled(|out| unsafe { libc::getrusage(who, out) }).map(|(_, usage)| usage)
}

/// `prlimit`: sets a limit if there is a new one; the old one, soft and hard.
///
/// # Errors
/// What the system says.
pub fn prlimit(pid: c_int, resource: c_uint, new: Option<[u64; 2]>) -> io::Result<[u64; 2]> {
    let new = new.map(|[rlim_cur, rlim_max]| libc::rlimit64 { rlim_cur, rlim_max });
    let new = new.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    // SAFETY: both structs live during the call.
    let (_, old) = filled(|out: *mut libc::rlimit64| unsafe { libc::prlimit64(pid, resource, new, out) })?;
    Ok([old.rlim_cur, old.rlim_max])
}

/// `times`: user and system time of this process and of its children, and of the clock, in ticks.
///
/// # Errors
/// What the system says.
pub fn times() -> io::Result<[c_long; 5]> {
    let mut used = MaybeUninit::<libc::tms>::zeroed();
    // SAFETY: the struct has room.
    let elapsed = check(unsafe { libc::times(used.as_mut_ptr()) })?;
    // SAFETY: it may be zero, and was.
    let used = unsafe { used.assume_init() };
    Ok([used.tms_utime, used.tms_stime, used.tms_cutime, used.tms_cstime, elapsed])
}

/// `uname`: system, node, release, version, machine.
///
/// # Errors
/// What the system says.
pub fn uname() -> io::Result<[Vec<u8>; 5]> {
    // SAFETY: the struct has room.
    let (_, names) = filled::<libc::utsname>(|out| unsafe { libc::uname(out) })?;
    let text = |name: &[c_char]| name.iter().take_while(|byte| **byte != 0).map(|byte| *byte as u8).collect();
    Ok([&names.sysname, &names.nodename, &names.release, &names.version, &names.machine].map(|name| text(name)))
}

/// `getresuid`: real, effective and saved.
///
/// # Errors
/// What the system says.
pub fn getresuid() -> io::Result<[c_uint; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: three places for numbers.
    check(unsafe { libc::getresuid(&mut real, &mut effective, &mut saved) })?;
    Ok([real, effective, saved])
}

/// `getresgid`: real, effective and saved.
///
/// # Errors
/// What the system says.
pub fn getresgid() -> io::Result<[c_uint; 3]> {
    let [mut real, mut effective, mut saved] = [0; 3];
    // SAFETY: three places for numbers.
    check(unsafe { libc::getresgid(&mut real, &mut effective, &mut saved) })?;
    Ok([real, effective, saved])
}

/// `getgroups`.
///
/// # Errors
/// What the system says.
pub fn getgroups() -> io::Result<Vec<c_uint>> {
    // SAFETY: no room is asked for the count; then the room is as said.
    unsafe {
        let count = check(libc::getgroups(0, std::ptr::null_mut()))?;
        let mut groups = vec![0; count as usize];
        let count = check(libc::getgroups(count, groups.as_mut_ptr()))?;
        groups.truncate(count as usize);
        Ok(groups)
    }
}

/// `setgroups`.
///
/// # Errors
/// What the system says.
pub fn setgroups(groups: &[c_uint]) -> io::Result<()> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::setgroups(groups.len(), groups.as_ptr()) }).map(|_| ())
}

/// `getgrouplist`.
pub fn getgrouplist(user: &CStr, group: c_uint) -> Vec<c_uint> {
    let mut groups = vec![0; 64];
    loop {
        let mut count = groups.len() as c_int;
        // SAFETY: the string is terminated, and there is room for so many.
        let result = unsafe { libc::getgrouplist(user.as_ptr(), group, groups.as_mut_ptr(), &mut count) };
        let wanted = usize::try_from(count).unwrap_or(0);
        if result >= 0 {
            groups.truncate(wanted);
            return groups;
        }
        groups.resize(wanted.max(groups.len() * 2), 0);
    }
}

/// `getloadavg`.
pub fn getloadavg() -> Option<[f64; 3]> {
    let mut load = [0.0; 3];
    // SAFETY: there is room for three.
    (unsafe { libc::getloadavg(load.as_mut_ptr(), 3) } == 3).then_some(load)
}

/// `system`: runs a command with the shell.
pub fn system(command: &CStr) -> c_int {
    // SAFETY: the string is terminated.
    unsafe { libc::system(command.as_ptr()) }
}

/// `getlogin_r`.
///
/// # Errors
/// What the system says.
pub fn getlogin() -> io::Result<Vec<u8>> {
    let mut name = [0u8; 256];
    // SAFETY: the buffer has that length.
    check_number(unsafe { getlogin_r(name.as_mut_ptr().cast(), name.len()) })?;
    Ok(name.iter().copied().take_while(|byte| *byte != 0).collect())
}

/// `sched_getaffinity`: the processors, by number.
///
/// # Errors
/// What the system says.
pub fn sched_getaffinity(pid: c_int) -> io::Result<Vec<usize>> {
    // SAFETY: the struct has room.
    let (_, set) =
        filled::<libc::cpu_set_t>(|out| unsafe { libc::sched_getaffinity(pid, size_of::<libc::cpu_set_t>(), out) })?;
    // SAFETY: the numbers are within the set.
    Ok((0..libc::CPU_SETSIZE as usize).filter(|cpu| unsafe { libc::CPU_ISSET(*cpu, &set) }).collect())
}

/// `sched_setaffinity`; processors beyond what a set holds are left out.
///
/// # Errors
/// What the system says.
pub fn sched_setaffinity(pid: c_int, cpus: &[usize]) -> io::Result<()> {
    // SAFETY: an empty set is zero; the numbers are within it.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        cpus.iter().filter(|cpu| **cpu < libc::CPU_SETSIZE as usize).for_each(|cpu| libc::CPU_SET(*cpu, &mut set));
        check(libc::sched_setaffinity(pid, size_of::<libc::cpu_set_t>(), &set)).map(|_| ())
    }
}

/// `sched_getparam`: the priority.
///
/// # Errors
/// What the system says.
pub fn sched_getparam(pid: c_int) -> io::Result<c_int> {
    // SAFETY: the struct has room.
    let (_, param) = filled::<libc::sched_param>(|out| unsafe { libc::sched_getparam(pid, out) })?;
    Ok(param.sched_priority)
}

/// `sched_setparam`.
///
/// # Errors
/// What the system says.
pub fn sched_setparam(pid: c_int, sched_priority: c_int) -> io::Result<()> {
    // SAFETY: the struct lives during the call.
    check(unsafe { libc::sched_setparam(pid, &libc::sched_param { sched_priority }) }).map(|_| ())
}

/// `sched_setscheduler`.
///
/// # Errors
/// What the system says.
pub fn sched_setscheduler(pid: c_int, policy: c_int, sched_priority: c_int) -> io::Result<()> {
    // SAFETY: the struct lives during the call.
    check(unsafe { libc::sched_setscheduler(pid, policy, &libc::sched_param { sched_priority }) }).map(|_| ())
}

/// `sched_rr_get_interval`, in seconds.
///
/// # Errors
/// What the system says.
pub fn sched_rr_get_interval(pid: c_int) -> io::Result<f64> {
    // SAFETY: the struct has room.
    let (_, time) = filled::<libc::timespec>(|out| unsafe { libc::sched_rr_get_interval(pid, out) })?;
    Ok(time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9)
}

/// Terminated strings as C takes several: pointers, and a null one.
fn pointers(texts: &[CString]) -> Vec<*const c_char> {
    texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
}

/// What to run.
#[derive(Clone, Copy)]
pub enum Program<'a> {
    /// A file of this name.
    Path(&'a CStr),
    /// An open file.
    Fd(c_int),
}

/// `execve`: runs another program in this process; without an environment, in that which the process has. Returns only if that
/// fails.
pub fn exec(program: Program<'_>, arguments: &[CString], environment: Option<&[CString]>) -> io::Error {
    let arguments = pointers(arguments);
    let environment = environment.map(pointers);
    // SAFETY: strings and lists are terminated.
    unsafe {
        match (program, &environment) {
            (Program::Path(path), Some(environment)) => {
                libc::execve(path.as_ptr(), arguments.as_ptr(), environment.as_ptr())
            }
            (Program::Path(path), None) => libc::execv(path.as_ptr(), arguments.as_ptr()),
            (Program::Fd(fd), environment) => {
                let none = [std::ptr::null()];
                let environment = environment.as_ref().map_or(none.as_ptr(), |list| list.as_ptr());
                libc::fexecve(fd, arguments.as_ptr(), environment)
            }
        };
    }
    io::Error::last_os_error()
}

/// A set of signals.
pub fn signal_set(signals: impl IntoIterator<Item = c_int>) -> libc::sigset_t {
    // SAFETY: the set is initialised before numbers are added, which the call checks.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        for signal in signals {
            libc::sigaddset(&mut set, signal);
        }
        set
    }
}

/// What a new process does with its files before it runs its program.
pub enum FileAction {
    /// Opens a file under a number.
    Open(c_int, CString, c_int, c_uint),
    /// Closes a number.
    Close(c_int),
    /// Copies a number.
    Dup2(c_int, c_int),
    /// Closes all numbers from one on.
    CloseFrom(c_int),
}

/// How to start a process with [`posix_spawn`].
#[derive(Default)]
pub struct Spawn {
    /// What to do with files.
    pub actions: Vec<FileAction>,
    /// The process group; 0 for one of its own.
    pub group: Option<c_int>,
    /// Give up what a set-user-id program may.
    pub reset_ids: bool,
    /// Begin a session.
    pub session: bool,
    /// The signals that are blocked.
    pub mask: Option<Vec<c_int>>,
    /// Signals that do again what they do by default.
    pub defaults: Option<Vec<c_int>>,
    /// The policy, if it is to change, and the priority.
    pub scheduler: Option<(Option<c_int>, c_int)>,
    /// Search the program in `PATH`.
    pub search: bool,
}

/// Starts a process; without an environment, in that of this process.
///
/// # Errors
/// What the system says.
pub fn posix_spawn(
    path: &CStr,
    arguments: &[CString],
    environment: Option<&[CString]>,
    how: &Spawn,
) -> io::Result<c_int> {
    let arguments = pointers(arguments);
    let environment = environment.map(pointers);
    // SAFETY: what is initialised here is destroyed below; strings and lists are terminated and live during the calls, and so
    // do those that the actions name.
    unsafe {
        let mut actions = MaybeUninit::<libc::posix_spawn_file_actions_t>::uninit();
        check_number(libc::posix_spawn_file_actions_init(actions.as_mut_ptr()))?;
        let mut attributes = MaybeUninit::<libc::posix_spawnattr_t>::uninit();
        let made = check_number(libc::posix_spawnattr_init(attributes.as_mut_ptr()));
        let started = made.and_then(|()| {
            let (actions, attributes) = (actions.as_mut_ptr(), attributes.as_mut_ptr());
            for action in &how.actions {
                check_number(match action {
                    FileAction::Open(fd, path, flags, mode) => {
                        libc::posix_spawn_file_actions_addopen(actions, *fd, path.as_ptr(), *flags, *mode)
                    }
                    FileAction::Close(fd) => libc::posix_spawn_file_actions_addclose(actions, *fd),
                    FileAction::Dup2(from, to) => libc::posix_spawn_file_actions_adddup2(actions, *from, *to),
                    FileAction::CloseFrom(from) => posix_spawn_file_actions_addclosefrom_np(actions, *from),
                })?;
            }
            set_attributes(attributes, how)?;
            let mut pid = 0;
            let environment = environment.as_ref().map_or(environ, |list| list.as_ptr());
            let start = if how.search { libc::posix_spawnp } else { libc::posix_spawn };
            let result =
                start(&mut pid, path.as_ptr(), actions, attributes, arguments.as_ptr().cast(), environment.cast());
            let result = check_number(result).map(|()| pid);
            libc::posix_spawnattr_destroy(attributes);
            result
        });
        libc::posix_spawn_file_actions_destroy(actions.as_mut_ptr());
        started
    }
}

unsafe extern "C" {
    static environ: *const *const c_char;

    fn getlogin_r(name: *mut c_char, len: usize) -> c_int;

    fn posix_spawn_file_actions_addclosefrom_np(actions: *mut libc::posix_spawn_file_actions_t, from: c_int) -> c_int;
}

/// Puts into attributes how a process is to start.
///
/// # Safety
/// The attributes are initialised.
unsafe fn set_attributes(attributes: *mut libc::posix_spawnattr_t, how: &Spawn) -> io::Result<()> {
    let mut flags = 0;
    // SAFETY: the caller's promise; sets and structs live during the calls.
    unsafe {
        if let Some(group) = how.group {
            check_number(libc::posix_spawnattr_setpgroup(attributes, group))?;
            flags |= libc::POSIX_SPAWN_SETPGROUP;
        }
        if how.reset_ids {
            flags |= libc::POSIX_SPAWN_RESETIDS;
        }
        if how.session {
            flags |= libc::POSIX_SPAWN_SETSID as c_int;
        }
        if let Some(mask) = &how.mask {
            check_number(libc::posix_spawnattr_setsigmask(attributes, &signal_set(mask.iter().copied())))?;
            flags |= libc::POSIX_SPAWN_SETSIGMASK;
        }
        if let Some(defaults) = &how.defaults {
            check_number(libc::posix_spawnattr_setsigdefault(attributes, &signal_set(defaults.iter().copied())))?;
            flags |= libc::POSIX_SPAWN_SETSIGDEF;
        }
        if let Some((policy, sched_priority)) = how.scheduler {
            if let Some(policy) = policy {
                check_number(libc::posix_spawnattr_setschedpolicy(attributes, policy))?;
                flags |= libc::POSIX_SPAWN_SETSCHEDULER;
            }
            check_number(libc::posix_spawnattr_setschedparam(attributes, &libc::sched_param { sched_priority }))?;
            flags |= libc::POSIX_SPAWN_SETSCHEDPARAM;
        }
        check_number(libc::posix_spawnattr_setflags(attributes, flags as libc::c_short))
    }
}

/// Sets or, without a value, removes a variable of the environment that programs started from here get.
///
/// # Errors
/// EINVAL for a name that is empty or has an equals sign.
pub fn set_variable(name: &CStr, value: Option<&CStr>) -> io::Result<()> {
    // SAFETY: the strings are terminated. C's functions that read the environment meanwhile see the old value or the new: the
    // system's library keeps what it has given out, and no other part of the process writes.
    check(unsafe {
        match value {
            Some(value) => libc::setenv(name.as_ptr(), value.as_ptr(), 1),
            None => libc::unsetenv(name.as_ptr()),
        }
    })
    .map(|_| ())
}
