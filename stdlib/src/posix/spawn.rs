//! Starting programs, in this process or in another; the environment that they get; and ending this one.

use std::ffi::CString;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::functions::objects::is_callable;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::{attr, item, iter};
use argil_interp::signals;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_system::plain;
use argil_system::process::{self, FileAction, Program, Spawn};

use super::args::{At, FsText, Name_, NameOrFd, Path, done, failed, fs_text, list_or_tuple, sequence};
use super::descriptors::small;

/// The arguments of a program; `function` names what takes them.
fn arguments(cx: &mut Ctx, given: Slot, wrong: [&str; 3]) -> Res<Vec<CString>> {
    let [kind, none, empty] = wrong;
    let Some(elements) = list_or_tuple(cx, given) else { return Err(cx.type_error(kind)) };
    if elements.is_empty() {
        return Err(cx.value_error(none));
    }
    let texts = elements.into_iter().map(|element| fs_text(cx, element)).collect::<Res<Vec<_>>>()?;
    if texts[0].is_empty() {
        return Err(cx.value_error(empty));
    }
    Ok(texts)
}

/// The environment that a mapping describes.
fn environment(cx: &mut Ctx, mapping: Slot, wrong: &str) -> Res<Vec<CString>> {
    let mut methods = Vec::new();
    for name in ["keys", "__getitem__"] {
        let name = cx.root(cx.intern(name));
        match attr::get_attr_opt(cx, mapping, name)? {
            Some(method) => methods.push(method),
            None => return Err(cx.type_error(wrong)),
        }
    }
    let keys = cx.call(methods[0], &[])?;
    let keys = iter::collect(cx, keys)?;
    let keys: Vec<Slot> = {
        let list = cx.get(keys).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
        list.into_iter().map(|key| cx.root(key)).collect()
    };
    let mut variables = Vec::with_capacity(keys.len());
    for key in keys {
        let value = item::get_item(cx, mapping, key)?;
        let (name, value) = (fs_text(cx, key)?, fs_text(cx, value)?);
        let name = name.as_bytes();
        if name.is_empty() || name[1..].contains(&b'=') {
            return Err(cx.value_error("illegal environment variable name"));
        }
        let variable = [name, b"=", value.as_bytes()].concat();
        variables.extend(CString::new(variable));
    }
    Ok(variables)
}

/// Runs another program in this process; returns only if that fails.
fn exec(cx: &mut Ctx, path: &Path, arguments: &[CString], environment: Option<&[CString]>) -> Res<()> {
    let program = match &path.at {
        At::Name(name) => Program::Path(name),
        At::Fd(fd) => Program::Fd(*fd),
    };
    let error = signals::starting(cx, || process::exec(program, arguments, environment));
    Err(failed(cx, &error, path))
}

/// What `posix_spawn` takes by name.
struct Options {
    file_actions: Option<Slot>,
    setpgroup: Option<Slot>,
    resetids: bool,
    setsid: bool,
    setsigmask: Option<Slot>,
    setsigdef: Option<Slot>,
    scheduler: Option<Slot>,
}

fn file_action(cx: &mut Ctx, action: Slot) -> Res<FileAction> {
    let parts = match cx.get(action).cast::<Tuple>().filter(|action| !action.is_empty()) {
        Some(action) => cx.root_all(action.iter(cx)),
        None => return Err(cx.type_error("Each file_actions element must be a non-empty tuple")),
    };
    let kind = cx.get(parts.get(0)).as_small_int();
    let (name, wanted) = match kind {
        Some(0) => ("open", 5),
        Some(1) => ("close", 2),
        Some(2) => ("dup2", 3),
        Some(3) => ("closefrom", 2),
        _ => return Err(cx.type_error("Unknown file_actions identifier")),
    };
    if parts.len() != wanted {
        return Err(cx.type_error(format!("A {name} file_action tuple must have {wanted} elements")));
    }
    let fd = small(cx, parts.get(1))?;
    Ok(match kind {
        Some(0) => {
            let (path, flags) = (fs_text(cx, parts.get(2))?, small(cx, parts.get(3))?);
            FileAction::Open(fd, path, flags, small(cx, parts.get(4))? as u32)
        }
        Some(1) => FileAction::Close(fd),
        Some(2) => FileAction::Dup2(fd, small(cx, parts.get(2))?),
        _ => FileAction::CloseFrom(fd),
    })
}

/// The numbers of signals in an iterable.
pub(crate) fn signal_numbers(cx: &mut Ctx, signals: Slot) -> Res<Vec<i32>> {
    let list = iter::collect(cx, signals)?;
    let elements: Vec<Slot> = {
        let list = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
        list.into_iter().map(|element| cx.root(element)).collect()
    };
    let mut numbers = Vec::with_capacity(elements.len());
    for element in elements {
        let number = small(cx, element)?;
        if !(1..=64).contains(&number) {
            return Err(cx.value_error(format!("signal number {number} out of range [1; 64]")));
        }
        numbers.push(number);
    }
    Ok(numbers)
}

fn scheduler(cx: &mut Ctx, given: Slot) -> Res<(Option<i32>, i32)> {
    let parts = cx.get(given).cast::<Tuple>().filter(|parts| parts.len() == 2).map(|parts| cx.root_all(parts.iter(cx)));
    let Some(parts) = parts else { return Err(cx.type_error("A scheduler tuple must have two elements")) };
    let policy = if cx.get(parts.get(0)).is_none() { None } else { Some(small(cx, parts.get(0))?) };
    Ok((policy, super::scheduling::priority(cx, parts.get(1))?))
}

fn options(cx: &mut Ctx, given: &Options, search: bool) -> Res<Spawn> {
    let mut how = Spawn { reset_ids: given.resetids, session: given.setsid, search, ..Spawn::default() };
    if let Some(actions) = given.file_actions {
        for action in sequence(cx, actions, "file_actions must be a sequence or None")? {
            how.actions.push(file_action(cx, action)?);
        }
    }
    if let Some(group) = given.setpgroup {
        how.group = Some(small(cx, group)?);
    }
    if let Some(mask) = given.setsigmask {
        how.mask = Some(signal_numbers(cx, mask)?);
    }
    if let Some(defaults) = given.setsigdef {
        how.defaults = Some(signal_numbers(cx, defaults)?);
    }
    if let Some(given) = given.scheduler {
        how.scheduler = Some(scheduler(cx, given)?);
    }
    Ok(how)
}

fn spawn(cx: &mut Ctx, path: &Path, argv: Slot, env: Slot, given: &Options, search: bool) -> Res<i64> {
    let name = if search { "posix_spawnp" } else { "posix_spawn" };
    let wrong = ["argv must be a tuple or list", "argv must not be empty", "argv first element cannot be empty"]
        .map(|text| format!("{name}: {text}"));
    let arguments = arguments(cx, argv, [&wrong[0], &wrong[1], &wrong[2]])?;
    let environment = match cx.get(env).is_none() {
        true => None,
        false => Some(environment(cx, env, &format!("{name}: environment must be a mapping object or None"))?),
    };
    let how = options(cx, given, search)?;
    let started = signals::starting(cx, || process::posix_spawn(path.name(), &arguments, environment.as_deref(), &how));
    started.map(i64::from).map_err(|error| failed(cx, &error, path))
}

fn set_variable(cx: &mut Ctx, name: &CString, value: Option<&CString>) -> Res<()> {
    if name.as_bytes().contains(&b'=') && value.is_some() {
        return Err(cx.value_error("illegal environment variable name"));
    }
    done(cx, process::set_variable(name, value.map(CString::as_c_str)))
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Execute an executable path with arguments, replacing current process.
        call fn execv(cx; path: Name_, argv: Slot) -> () {
            let wrong = [
                "execv() arg 2 must be a tuple or list",
                "execv() arg 2 must not be empty",
                "execv() arg 2 first element cannot be empty",
            ];
            let arguments = arguments(cx, argv, wrong)?;
            exec(cx, &path, &arguments, None)
        }
        /// Execute an executable path with arguments, replacing current process.
        call fn execve(cx; ; path: NameOrFd, argv: Slot, env: Slot) -> () {
            let wrong = [
                "execve: argv must be a tuple or list",
                "execve: argv must not be empty",
                "execve: argv first element cannot be empty",
            ];
            let wrong_environment = "execve: environment must be a mapping object";
            let arguments = arguments(cx, argv, wrong)?;
            let environment = environment(cx, env, wrong_environment)?;
            exec(cx, &path, &arguments, Some(&environment))
        }
        /// Execute the program specified by path in a new process.
        call fn posix_spawn(cx; path: Name_, argv: Slot, env: Slot; ; file_actions: Option<Slot> = None,
            setpgroup: GivenSlot = GivenSlot(None), resetids: bool = false, setsid: bool = false,
            setsigmask: GivenSlot = GivenSlot(None), setsigdef: GivenSlot = GivenSlot(None),
            scheduler: Option<Slot> = None) -> i64 {
            let (setpgroup, setsigmask, setsigdef) = (setpgroup.0, setsigmask.0, setsigdef.0);
            let given = Options { file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler };
            spawn(cx, &path, argv, env, &given, false)
        }
        /// Execute the program specified by path in a new process.
        call fn posix_spawnp(cx; path: Name_, argv: Slot, env: Slot; ; file_actions: Option<Slot> = None,
            setpgroup: GivenSlot = GivenSlot(None), resetids: bool = false, setsid: bool = false,
            setsigmask: GivenSlot = GivenSlot(None), setsigdef: GivenSlot = GivenSlot(None),
            scheduler: Option<Slot> = None) -> i64 {
            let (setpgroup, setsigmask, setsigdef) = (setpgroup.0, setsigmask.0, setsigdef.0);
            let given = Options { file_actions, setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler };
            spawn(cx, &path, argv, env, &given, true)
        }
        /// Execute the command in a subshell.
        call fn system(cx; ; command: FsText) -> i64 {
            let is_main = cx.is_main_thread();
            let status = cx.detached(|| {
                if !is_main {
                    signals::unblock_interrupts();
                }
                let status = process::system(&command.0);
                if !is_main {
                    signals::block_interrupts();
                }
                status
            });
            cx.poll()?;
            Ok(i64::from(status))
        }
        /// Change or add an environment variable.
        call fn putenv(cx; name: FsText, value: FsText) -> () { set_variable(cx, &name.0, Some(&value.0)) }
        /// Delete an environment variable.
        call fn unsetenv(cx; name: FsText) -> () { set_variable(cx, &name.0, None) }
        /// Abort the interpreter immediately.
        fn abort(cx) -> () { plain::abort() }
        /// Exit to the system with specified status, without normal exit processing.
        fn _exit(cx; ; status: i32) -> () { plain::_exit(status) }
        /// Register callables to be called when forking a new process.
        call fn register_at_fork(cx; ; ; before: GivenSlot = GivenSlot(None), after_in_child: GivenSlot = GivenSlot(None),
            after_in_parent: GivenSlot = GivenSlot(None)) -> () {
            let given = [("before", before.0), ("after_in_child", after_in_child.0), ("after_in_parent", after_in_parent.0)];
            if given.iter().all(|(_, callable)| callable.is_none()) {
                return Err(cx.type_error("At least one argument is required."));
            }
            for (name, callable) in given {
                let Some(callable) = callable else { continue };
                if !is_callable(cx, cx.get(callable)) {
                    let got = cx.type_name(cx.get(callable));
                    return Err(cx.type_error(format!("'{name}' must be callable, not {got}")));
                }
            }
            // Nothing forks, so nothing is ever called.
            Ok(())
        }
        /// Calls PyOS_CallInputHook dropping the GIL first.
        fn _inputhook(cx) -> i64 { Ok(0) }
        /// Checks if PyOS_CallInputHook is set.
        fn _is_inputhook_installed(cx) -> bool { Ok(false) }
    }
}
