//! `_imp`: what Lib's `importlib` is built on, and that itself under the names by which it finds itself.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::image;
use argil_interp::import::{cache, importlib, load_builtin};
use argil_interp::natives;
use argil_interp::types::code::CodeObject;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// `_imp`.
pub const MODULE: ModuleDef = ModuleDef { name: "_imp", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `_frozen_importlib`.
pub const BOOTSTRAP: ModuleDef =
    ModuleDef { name: importlib::MODULE, source: ModuleSource::Script(include_str!("bootstrap.py")) };

/// `_frozen_importlib_external`.
pub const EXTERNAL: ModuleDef =
    ModuleDef { name: "_frozen_importlib_external", source: ModuleSource::Script(include_str!("external.py")) };

/// `_warnings`.
pub const WARNINGS: ModuleDef =
    ModuleDef { name: "_warnings", source: ModuleSource::Script(include_str!("warnings.py")) };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx = &*cx;
    cx.define(module, "_library_root", cx.str(image::ROOT));
    cx.define(module, "check_hash_based_pycs", cx.str("default"));
    cx.define(module, "pyc_magic_number_token", cx.int(cache::magic(cx).into()));
    Ok(())
}

fn no_frozen(cx: &Ctx, name: &str) -> argil_interp::ctx::Raised {
    cx.raise(Builtin::ImportError, format!("No such frozen object named {name}"))
}

natives! {
    static FUNCTIONS = {
        /// Acquires the interpreter's import lock for the current thread.
        fn acquire_lock(cx) -> () {
            let _ = cx;
            Ok(())
        }
        /// Release the interpreter's import lock.
        fn release_lock(cx) -> () {
            let _ = cx;
            Ok(())
        }
        /// Return True if the import lock is currently held, else False.
        fn lock_held(cx) -> bool { Ok(false) }
        /// For CPython's tests, which choose between a frozen module and another: Argil has none.
        fn _override_frozen_modules_for_tests(cx; _override: i64) -> () { Ok(()) }
        /// For CPython's tests of several interpreters: what was set before, which is nothing.
        fn _override_multi_interp_extensions_check(cx; _override: i64) -> i64 { Ok(0) }
        /// Returns the list of file suffixes used to identify extension modules.
        fn extension_suffixes(cx) -> &'h List { Ok(List::alloc(cx)) }
        /// Returns 1 if the name is a built-in module, -1 if it cannot be initialised again, else 0.
        fn is_builtin(cx; name: &'h str) -> i64 {
            Ok(i64::from(name == "builtins" || cx.interp().config.library.module(name).is_some()))
        }
        /// Create an extension module.
        call fn create_builtin(cx; spec: Slot) -> Slot {
            let key = cx.root(cx.intern("name"));
            let name = argil_interp::ops::attr::get_attr(cx, spec, key)?;
            let name = cx.get(name).as_str().unwrap_or_default().to_owned();
            load_builtin(cx, &name)
        }
        /// Initialize a built-in module.
        fn exec_builtin(cx; module: Value<'h>) -> i64 {
            let _ = (cx, module);
            Ok(0)
        }
        /// Returns True if the module name corresponds to a frozen module.
        fn is_frozen(cx; name: &'h str) -> bool {
            let _ = name;
            Ok(false)
        }
        /// Returns True if the module name is of a frozen package.
        fn is_frozen_package(cx; name: &'h str) -> bool { Err(no_frozen(cx, name)) }
        /// Return info about the corresponding frozen module (if there is one) or None.
        fn find_frozen(cx; name: &'h str; ; withdata: bool = false) -> Value<'h> {
            let _ = (cx, name, withdata);
            Ok(Value::NONE)
        }
        /// Create a code object for a frozen module.
        fn get_frozen_object(cx; name: &'h str, data: Value<'h> = Value::NONE) -> Value<'h> {
            let _ = data;
            Err(no_frozen(cx, name))
        }
        /// Initializes a frozen module.
        fn init_frozen(cx; name: &'h str) -> Value<'h> {
            let _ = (cx, name);
            Ok(Value::NONE)
        }
        /// Returns the list of available frozen modules.
        fn _frozen_module_names(cx) -> &'h List { Ok(List::alloc(cx)) }
        /// Changes code.co_filename to specify the passed-in file path.
        fn _fix_co_filename(cx; code: &'h CodeObject, path: &'h str) -> () {
            let _ = (cx, code, path);
            Ok(())
        }
        /// The code of a module of the library.
        fn _library_code(cx; name: &'h str) -> Value<'h> {
            let found = cx.interp().config.library.image().and_then(|image| image.find(name));
            let Some(found) = found else { return Err(no_frozen(cx, name)) };
            let globals = cx.root(Value::of(Dict::name_space(cx)));
            let code = image::code(cx, &found, globals)?;
            Ok(cx.get(code))
        }
        /// The text of a file of the library, or None.
        fn _library_source(cx; path: &'h str) -> Value<'h> {
            Ok(image::source(cx, path).map_or(Value::NONE, |text| cx.str(&text)))
        }
        /// Where a module of the library is: its file, and its folder or None; or None.
        fn _find_in_library(cx; name: &'h str) -> Value<'h> {
            let found = cx.interp().config.library.image().and_then(|image| image.find(name));
            Ok(found.map_or(Value::NONE, |found| {
                let (file, folder) = image::place(&found);
                cx.tuple(&[cx.str(&file), folder.map_or(Value::NONE, |folder| cx.str(&folder))])
            }))
        }
        /// The names of the library's modules, each with whether it is a package.
        fn _library_modules(cx) -> &'h List {
            let modules = cx.interp().config.library.image().into_iter().flat_map(|image| image.iter().collect::<Vec<_>>());
            let pairs: Vec<_> = modules.map(|m| cx.tuple(&[cx.str(m.name), Value::bool(m.is_package)])).collect();
            Ok(List::from_values(cx, &pairs))
        }
        /// Says that sys.meta_path and sys.path_hooks are as importlib makes them.
        fn _importlib_is_ready(cx) -> () {
            importlib::note_ready(cx);
            Ok(())
        }
    }
}
