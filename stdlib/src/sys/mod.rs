//! `sys`: the interpreter as scripts see it.

mod display;
pub(crate) mod monitoring;
mod records;
mod threads;
mod watch;

use argil_compiler::surrogate;
use std::os::unix::ffi::OsStrExt;
use std::time::Duration;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::options::Switch;
use argil_interp::program::prompt;
use argil_interp::types::dict::Dict;
use argil_interp::types::exception::Exception;
use argil_interp::types::file::methods::standard::{Standard, standard};
use argil_interp::types::frame::access::running;
use argil_interp::types::function::is_callable;
use argil_interp::types::list::List;
use argil_interp::types::module::Module;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "sys",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("sys.py") },
};

/// `_sysconfigdata__linux_`, which `sysconfig` imports by a name that it makes of `sys`.
pub const SYSCONFIG_DATA: ModuleDef =
    ModuleDef { name: "_sysconfigdata__linux_", source: ModuleSource::Script(include_str!("sysconfigdata.py")) };

/// The fewest digits that `set_int_max_str_digits` accepts, beside 0 for no limit.
const LEAST_DIGITS: i32 = 640;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let strings = |texts: &[String]| {
        let values: Vec<Value<'_>> = texts.iter().map(|text| cx.str(text)).collect();
        Value::of(List::from_values(cx, &values))
    };
    let config = &cx.interp().config;
    cx.define(module, "argv", strings(&config.argv));
    let options = &config.options;
    cx.define(module, "orig_argv", strings(&options.command_line));
    cx.define(module, "warnoptions", strings(&options.warnings));
    cx.define(module, "dont_write_bytecode", Value::bool(options.is_on(Switch::DontWriteBytecode)));
    cx.define(module, "pycache_prefix", options.cache_prefix.as_ref().map_or(Value::NONE, |prefix| cx.str(prefix)));
    cx.define(module, "path", strings(&config.path));
    cx.define(module, "modules", Value::of(cx.interp().modules(cx)));
    for (name, which) in [("stdin", Standard::In), ("stdout", Standard::Out), ("stderr", Standard::Err)] {
        cx.define(module, name, standard(cx, which));
        cx.define(module, &format!("__{name}__"), standard(cx, which));
    }
    cx.define(module, "maxsize", cx.int(i64::MAX));
    cx.define(module, "maxunicode", cx.int(0x10_ffff));
    cx.define(module, "byteorder", cx.str(if cfg!(target_endian = "little") { "little" } else { "big" }));
    cx.define(module, "platform", cx.str(std::env::consts::OS));
    let executable =
        std::env::current_exe().map_or(String::new(), |path| surrogate::of_system(path.as_os_str().as_bytes()));
    cx.define(module, "executable", cx.str(&executable));
    let builtin: Vec<Value<'_>> = config.library.modules.iter().map(|def| cx.str(def.name)).collect();
    cx.define(module, "builtin_module_names", cx.tuple(&builtin));
    cx.define_functions(module, watch::FUNCTIONS);
    records::define(cx, module);
    let extras = Dict::alloc(cx);
    for extra in &options.extras {
        let (name, value) = match extra.split_once('=') {
            Some((name, value)) => (name, cx.str(value)),
            None => (extra.as_str(), Value::TRUE),
        };
        extras.set_name(cx, cx.intern(name), value);
    }
    cx.define(module, "_xoptions", Value::of(extras));
    // As in CPython, the folder that holds the folder of the program.
    let prefix = std::path::Path::new(&executable).parent().and_then(std::path::Path::parent);
    let prefix = prefix.map_or(String::new(), |prefix| prefix.to_string_lossy().into_owned());
    for name in ["prefix", "exec_prefix", "base_prefix", "base_exec_prefix"] {
        cx.define(module, name, cx.str(&prefix));
    }
    cx.define(module, "_argil_version", cx.str(env!("CARGO_PKG_VERSION")));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Exit the interpreter by raising SystemExit(status).
        fn exit(cx; status: Value<'h> = Value::NONE) -> () {
            // A tuple becomes the arguments, as wherever CPython's C code raises.
            Err(match status.cast::<Tuple>() {
                Some(args) => cx.raise_with(Builtin::SystemExit, &args.iter(cx).collect::<Vec<_>>()),
                None if status.is_none() => cx.raise_with(Builtin::SystemExit, &[]),
                None => cx.raise_with(Builtin::SystemExit, &[status]),
            })
        }
        /// Adds a new audit hook callback, which Argil never calls.
        call fn addaudithook(cx; hook: Slot) -> () {
            let _ = (cx, hook);
            Ok(())
        }
        /// Print an object to sys.stdout and also save it in builtins._
        call fn displayhook(cx; object: Slot) -> () { display::show(cx, object) }
        /// The one string of this text that is used for names.
        fn intern(cx; string: &'h str) -> Value<'h> { Ok(cx.intern(string)) }
        /// The size of an object in bytes, without what it refers to.
        call fn getsizeof(cx; object: Slot, default: Option<Slot> = None) -> Slot {
            let _ = default;
            let size = cx.root(cx.intern("__sizeof__"));
            let method = argil_interp::ops::attr::get_attr(cx, object, size)?;
            cx.call(method, &[])
        }
        /// The exception being handled: its type, value and traceback.
        fn exc_info(cx) -> Value<'h> {
            let Some(exception) = cx.handled_exception() else {
                return Ok(cx.tuple(&[Value::NONE, Value::NONE, Value::NONE]));
            };
            let traceback = exception.cast::<Exception>().map_or(Value::NONE, |e| e.traceback.get_or_none(cx));
            Ok(cx.tuple(&[Value::of(cx.class_of(exception)), exception, traceback]))
        }
        /// The exception being handled.
        fn exception(cx) -> Value<'h> { Ok(cx.handled_exception().unwrap_or(Value::NONE)) }
        /// Return a frame object from the call stack.
        ///
        /// If optional integer depth is given, return the frame object that many
        /// calls below the top of the stack.  If that is deeper than the call
        /// stack, ValueError is raised.  The default for depth is zero, returning
        /// the frame at the top of the call stack.
        fn _getframe(cx; depth: i32 = 0) -> Value<'h> {
            let frame = running(cx, usize::try_from(depth).unwrap_or(0));
            frame.map(Value::of).ok_or_else(|| cx.value_error("call stack is not deep enough"))
        }
        /// Return the name of the module for a calling frame.
        fn _getframemodulename(cx; ; depth: i32 = 0) -> Value<'h> {
            let frame = running(cx, usize::try_from(depth).unwrap_or(0));
            let code = frame.and_then(|frame| frame.code(cx));
            let globals = code.and_then(|code| code.globals.get(cx)).and_then(Value::cast::<Dict>);
            Ok(globals.and_then(|names| names.get_name(cx, cx.intern("__name__"))).unwrap_or(Value::NONE))
        }
        /// How deep calls may nest.
        fn getrecursionlimit(cx) -> i64 { Ok(i64::from(cx.interp().recursion_limit())) }
        /// Changes how deep calls may nest.
        fn setrecursionlimit(cx; limit: i32) -> () {
            let limit = u32::try_from(limit).ok().filter(|limit| *limit > 0);
            let Some(limit) = limit else { return Err(cx.value_error("recursion limit must be greater or equal than 1")) };
            cx.interp().set_recursion_limit(limit);
            Ok(())
        }
        /// How long a thread waits for the global lock before it asks for it, in seconds.
        fn getswitchinterval(cx) -> f64 { Ok(cx.interp().lock.switch_interval().as_secs_f64()) }
        /// Changes how long a thread waits for the global lock before it asks for it, in seconds.
        fn setswitchinterval(cx; interval: f64) -> () {
            match Duration::try_from_secs_f64(interval) {
                Ok(interval) if !interval.is_zero() => {
                    cx.interp().lock.set_switch_interval(interval);
                    Ok(())
                }
                _ => Err(cx.value_error("switch interval must be strictly positive")),
            }
        }
        /// Whether threads take turns under a global lock.
        fn _is_gil_enabled(cx) -> bool { Ok(!cx.interp().lock.may_run_at_once()) }
        /// The frame in which each thread is, by the thread's identifier.
        call fn _current_frames(cx) -> Slot {
            threads::current_frames(cx)
        }
        /// The exception that each thread is handling, or None, by the thread's identifier.
        call fn _current_exceptions(cx) -> Slot { threads::current_exceptions(cx) }
        /// What is called with an asynchronous generator that begins, and with one that is collected before its end.
        fn get_asyncgen_hooks(cx) -> Value<'h> { Ok(records::asyncgen_hooks(cx)) }
        /// Sets what is called with asynchronous generators. Argil calls `finalizer` for none: what is dropped is not resumed.
        call fn set_asyncgen_hooks(cx; ; firstiter: GivenSlot = GivenSlot(None), finalizer: GivenSlot = GivenSlot(None)) -> () {
            for (hook, name, field) in [
                (firstiter, "firstiter", &cx.watch.first_iteration),
                (finalizer, "finalizer", &cx.watch.finalizer),
            ] {
                let Some(hook) = hook.0 else { continue };
                if !cx.get(hook).is_none() && !is_callable(cx, cx.get(hook)) {
                    let class = cx.type_name(cx.get(hook));
                    return Err(cx.type_error(format!("callable {name} expected, got {class}")));
                }
                argil_interp::watch::set_field(field, cx.get(hook));
            }
            Ok(())
        }
        /// The most digits that converting between int and str handles.
        fn get_int_max_str_digits(cx) -> usize { Ok(cx.interp().max_str_digits()) }
        /// Changes the most digits that converting between int and str handles; 0 is no limit.
        fn set_int_max_str_digits(cx; maxdigits: i32) -> () {
            match usize::try_from(maxdigits) {
                Ok(digits) if digits == 0 || maxdigits >= LEAST_DIGITS => {
                    cx.interp().set_max_str_digits(digits);
                    Ok(())
                }
                _ => Err(cx.value_error(format!("maxdigits must be >= {LEAST_DIGITS} or 0 for no limit"))),
            }
        }
        /// The encoding of strings.
        fn getdefaultencoding(cx) -> &'static str { Ok("utf-8") }
        /// The encoding of file names.
        fn getfilesystemencoding(cx) -> &'static str { Ok("utf-8") }
        /// Passes the event to any hooks that are attached: there are none.
        fn audit(cx; event: &'h str, *_args) -> () { Ok(()) }
        /// How many processors the command line says there are; -1 if it says nothing.
        fn _get_cpu_count_config(cx) -> i64 {
            Ok(cx.interp().config.options.processors.map_or(-1, |count| count as i64))
        }
        /// The prompt that edits nothing.
        call fn _baserepl(cx) -> () {
            let main = cx.root(cx.intern("__main__"));
            let modules = cx.interp().modules(cx);
            match modules.get_name(cx, cx.get(main)).filter(|main| main.cast::<Module>().is_some()) {
                Some(main) => {
                    let main = cx.root(main);
                    prompt::run_plain(cx, main)
                }
                None => Err(cx.runtime_error("there is no module __main__")),
            }
        }
        /// How what is no UTF-8 in file names is encoded.
        fn getfilesystemencodeerrors(cx) -> &'static str { Ok("surrogateescape") }
        /// Shows an exception as an uncaught one is shown.
        call fn excepthook(cx; exctype: Slot, value: Slot, traceback: Slot) -> () {
            let _ = (exctype, traceback);
            argil_interp::traceback::print(cx, value);
            Ok(())
        }
        /// Writes a heading and an exception that nothing can catch.
        call fn _show_unraisable(cx; heading: Slot, value: Slot) -> () {
            let heading = argil_interp::ops::repr::to_str(cx, heading)?;
            argil_interp::traceback::unraisable::show(cx, &heading, value);
            Ok(())
        }
    }
}
