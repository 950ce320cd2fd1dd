//! Importing modules.
//!
//! A module is one of the library's ([`crate::config::ModuleDef`]), or a `.py` file or package in one of the folders of
//! `sys.path`. While a module runs, the table of [`Imports`] names the thread that runs it: another thread that wants it
//! waits, off the lock; the same thread (a circular import) gets it as far as it is, and so does a thread whose waiting
//! would close a circle of threads that wait for each other.

pub mod cache;
pub mod importlib;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::{self, ThreadId};

use argil_compiler::image::Found;
use parking_lot::{Condvar, Mutex};

use self::cache::Cache;
use crate::builtin::Builtin;
use crate::config::{ModuleDef, ModuleSource};
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::image;
use crate::names::Name;
use crate::natives;
use crate::ops::{attr, item, iter};
use crate::options::Switch;
use crate::service::Service;
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::types::exception::details;
use crate::types::function::NativeFunction;
use crate::types::list::List;
use crate::types::module::Module;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The imports that are under way.
#[derive(Default)]
pub struct Imports {
    state: Mutex<Running>,
    finished: Condvar,
}

#[derive(Default)]
struct Running {
    /// Who runs which module.
    modules: HashMap<String, ThreadId>,
    /// Which module a thread waits for.
    waits: HashMap<ThreadId, String>,
}

impl Service for Imports {}

impl Running {
    /// Whether `thread`, directly or through others that wait, waits for `me`.
    fn waits_for(&self, mut thread: ThreadId, me: ThreadId) -> bool {
        loop {
            if thread == me {
                return true;
            }
            match self.waits.get(&thread).and_then(|module| self.modules.get(module)) {
                Some(next) => thread = *next,
                None => return false,
            }
        }
    }
}

impl Imports {
    /// Claims a module for the calling thread, after waiting for whoever runs it; false if it must be taken as it is.
    fn claim(&self, name: &str) -> bool {
        let me = thread::current().id();
        let mut state = self.state.lock();
        while let Some(&runner) = state.modules.get(name) {
            if state.waits_for(runner, me) {
                return false;
            }
            state.waits.insert(me, name.to_owned());
            self.finished.wait(&mut state);
            state.waits.remove(&me);
        }
        state.modules.insert(name.to_owned(), me);
        true
    }

    fn release(&self, name: &str) {
        self.state.lock().modules.remove(name);
        self.finished.notify_all();
    }

    fn is_running(&self, name: &str) -> bool {
        self.state.lock().modules.contains_key(name)
    }
}

/// Whether a module's text is still running.
pub fn is_initialising(cx: &Ctx, module: &Module) -> bool {
    module.name(cx).is_some_and(|name| cx.interp().service::<Imports>().is_running(name))
}

/// The module of this name, if it was imported.
fn loaded(cx: &Ctx, name: &str) -> Option<Slot> {
    Some(cx.root(cx.interp().modules(cx).get_name(cx, cx.intern(name))?))
}

/// A module by its absolute name; imports the packages around it first.
pub fn import_module(cx: &mut Ctx, name: &str) -> Res<Slot> {
    if let Some(module) = loaded(cx, name)
        && !cx.interp().service::<Imports>().is_running(name)
    {
        return found(cx, name, module);
    }
    let parent = name.rsplit_once('.');
    if let Some((parent, _)) = parent {
        import_module(cx, parent)?;
    }
    let interp = cx.interp_arc();
    if !cx.detached(|| interp.service::<Imports>().claim(name)) {
        return match loaded(cx, name) {
            Some(module) => found(cx, name, module),
            None => Err(not_found(cx, name, None)),
        };
    }
    let result = match loaded(cx, name) {
        Some(module) => found(cx, name, module),
        None => load(cx, name),
    };
    interp.service::<Imports>().release(name);
    let module = result?;
    if let Some((parent, child)) = parent
        && let Some(parent) = loaded(cx, parent)
    {
        let child = cx.root(cx.intern(child));
        attr::set_attr(cx, parent, child, module)?;
    }
    Ok(module)
}

/// What `sys.modules` holds; None there forbids the import.
fn found(cx: &Ctx, name: &str, module: Slot) -> Res<Slot> {
    if cx.get(module).is_none() {
        let message = format!("import of {name} halted; None in sys.modules");
        return Err(raise(cx, Builtin::ModuleNotFoundError, &message, Some(name), None));
    }
    Ok(module)
}

fn raise(cx: &Ctx, class: Builtin, message: &str, name: Option<&str>, path: Option<&str>) -> Raised {
    let text = |text: Option<&str>| text.map_or(Value::NONE, |text| cx.str(text));
    details::raise(cx, class, message, &[("name", text(name)), ("path", text(path))])
}

fn not_found(cx: &Ctx, name: &str, because: Option<&str>) -> Raised {
    let message = match because {
        Some(because) => format!("No module named '{name}'; {because}"),
        None => format!("No module named '{name}'"),
    };
    raise(cx, Builtin::ModuleNotFoundError, &message, Some(name), None)
}

fn load(cx: &mut Ctx, name: &str) -> Res<Slot> {
    if importlib::is_changed(cx) {
        return importlib::find_and_load(cx, name);
    }
    let module = load_natively(cx, name)?;
    if cx.interp().config.options.is_on(Switch::Verbose) {
        tell(cx, name, module);
    }
    if importlib::is_ready(cx) && cx.get(module).cast::<Module>().is_some() {
        importlib::place(cx, module)?;
    }
    Ok(module)
}

/// Tells where a module was found.
fn tell(cx: &mut Ctx, name: &str, module: Slot) {
    let file =
        cx.get(module).cast::<Module>().and_then(|module| module.names(cx).get_name(cx, cx.name(Name::__file__)));
    let place = match file.and_then(Value::as_str) {
        Some(file) => format!("from '{file}'"),
        None => "built-in".to_owned(),
    };
    crate::traceback::write_stderr(cx, &format!("import '{name}' # {place}\n"));
}

/// A module of the library that is made in Rust, made anew.
///
/// # Errors
/// ModuleNotFoundError if there is none of that name.
pub fn load_builtin(cx: &mut Ctx, name: &str) -> Res<Slot> {
    if let Some(module) = loaded(cx, name) {
        return Ok(module);
    }
    match cx.interp_arc().config.library.module(name) {
        Some(def) => load_library(cx, def),
        None => Err(not_found(cx, name, None)),
    }
}

fn load_natively(cx: &mut Ctx, name: &str) -> Res<Slot> {
    if let Some(def) = cx.interp_arc().config.library.module(name) {
        return load_library(cx, def);
    }
    let (mut folders, last) = search_path(cx, name)?;
    if image::is_early(name) {
        let library = cx.interp().config.options.library.as_deref().unwrap_or(image::ROOT).to_owned();
        folders.insert(0, library);
    }
    for folder in &folders {
        if let Some(found) = image::find(cx, folder, last) {
            return load_compiled(cx, &found);
        }
        if let Some(place) = cx.detached(|| Place::find(folder, last)) {
            return load_file(cx, name, &place);
        }
    }
    // An archive, say: importlib has a finder for it.
    let others = cx.detached(|| folders.iter().any(|folder| is_in_file(Path::new(folder))));
    if others && name != importlib::MODULE {
        return importlib::find_and_load(cx, name);
    }
    Err(not_found(cx, name, None))
}

/// Whether a path is that of a file, or goes on below one.
fn is_in_file(path: &Path) -> bool {
    let existing = path.ancestors().find_map(|part| std::fs::metadata(part).ok());
    existing.is_some_and(|found| found.is_file())
}

/// The folders in which a module may be, and the last part of its name.
fn search_path<'a>(cx: &mut Ctx, name: &'a str) -> Res<(Vec<String>, &'a str)> {
    let Some((parent, last)) = name.rsplit_once('.') else { return Ok((top_path(cx)?, name)) };
    let Some(module) = loaded(cx, parent) else { return Err(not_found(cx, name, None)) };
    let key = cx.root(cx.name(Name::__path__));
    match attr::get_attr_opt(cx, module, key)? {
        Some(path) => Ok((strings(cx, path)?, last)),
        None => Err(not_found(cx, name, Some(&format!("'{parent}' is not a package")))),
    }
}

/// `sys.path`, or what the interpreter was set up with while `sys` has not been imported.
fn top_path(cx: &mut Ctx) -> Res<Vec<String>> {
    let sys = loaded(cx, "sys");
    let key = cx.root(cx.name(Name::path));
    let path = match sys {
        Some(sys) => attr::get_attr_opt(cx, sys, key)?,
        None => None,
    };
    match path {
        Some(path) => strings(cx, path),
        None => Ok(cx.interp().config.path.clone()),
    }
}

fn strings(cx: &mut Ctx, iterable: Slot) -> Res<Vec<String>> {
    let list = iter::collect(cx, iterable)?;
    let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    Ok(values.into_iter().filter_map(|value| value.as_str().map(str::to_owned)).collect())
}

/// Where a module is.
struct Place {
    /// The text; `None` for a folder without `__init__.py`.
    file: Option<PathBuf>,
    /// The folder of a package.
    package: Option<PathBuf>,
}

/// The folder that an entry of the search path means: the empty one is the current folder.
fn folder_of(entry: &str) -> PathBuf {
    match entry {
        "" => std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
        entry => PathBuf::from(entry),
    }
}

impl Place {
    fn find(folder: &str, name: &str) -> Option<Place> {
        let base = folder_of(folder);
        let package = base.join(name);
        let init = package.join("__init__.py");
        if init.is_file() {
            return Some(Place { file: Some(init), package: Some(package) });
        }
        let file = base.join(format!("{name}.py"));
        if file.is_file() {
            return Some(Place { file: Some(file), package: None });
        }
        package.is_dir().then_some(Place { file: None, package: Some(package) })
    }
}

fn new_module(cx: &Ctx, name: &str) -> Slot {
    let module = Module::alloc(cx, name);
    let modules = cx.interp().modules(cx);
    modules.set_name(cx, cx.intern(name), Value::of(module));
    cx.root(Value::of(module))
}

fn set<'h>(cx: &'h Ctx, module: Slot, name: Name, value: Value<'h>) {
    if let Some(module) = cx.get(module).cast::<Module>() {
        module.names(cx).set_name(cx, cx.name(name), value);
    }
}

fn forget(cx: &Ctx, name: &str) {
    let removed = cx.interp().modules(cx).remove(cx, cx.intern(name));
    debug_assert!(removed.is_ok(), "a name is a string");
}

fn load_library(cx: &mut Ctx, def: &'static ModuleDef) -> Res<Slot> {
    let module = new_module(cx, def.name);
    set(cx, module, Name::__package__, cx.str(def.name.rsplit_once('.').map_or("", |(package, _)| package)));
    let result = fill_library(cx, def, module);
    match result {
        Ok(()) => Ok(loaded(cx, def.name).unwrap_or(module)),
        Err(raised) => {
            forget(cx, def.name);
            Err(raised)
        }
    }
}

fn fill_library(cx: &mut Ctx, def: &'static ModuleDef, module: Slot) -> Res<()> {
    let (functions, init, script) = match def.source {
        ModuleSource::Native { functions, init } => (functions, Some(init), None),
        ModuleSource::Script(script) => (&[] as &[_], None, Some(script)),
        ModuleSource::Mixed { functions, init, script } => (functions, Some(init), Some(script)),
    };
    for function in functions {
        let value = NativeFunction::alloc(cx, Builtin::NativeFunction, function, Some(cx.get(module)));
        if let Some(module) = cx.get(module).cast::<Module>() {
            module.names(cx).set_name(cx, cx.intern(function.name()), value);
        }
    }
    if let Some(init) = init {
        cx.scope(|cx| init(cx, module))?;
    }
    if let Some(script) = script {
        let file = Arc::new(SourceFile { name: format!("<{}>", def.name), text: Some(script.to_owned()) });
        run(cx, module, script, &file, None)?;
    }
    Ok(())
}

/// A new module, which says where it was found.
fn placed_module(cx: &Ctx, name: &str, file: Option<&str>, folder: Option<&str>) -> Slot {
    let module = new_module(cx, name);
    let package = match folder {
        Some(folder) => {
            set(cx, module, Name::__path__, Value::of(List::from_values(cx, &[cx.str(folder)])));
            name
        }
        None => name.rsplit_once('.').map_or("", |(package, _)| package),
    };
    set(cx, module, Name::__package__, cx.str(package));
    if let Some(file) = file {
        set(cx, module, Name::__file__, cx.str(file));
    }
    module
}

fn load_compiled(cx: &mut Ctx, found: &Found<'_>) -> Res<Slot> {
    let (file, folder) = image::place(found);
    let module = placed_module(cx, found.name, Some(&file), folder.as_deref());
    let result = match cx.get(module).cast::<Module>() {
        Some(names) => {
            let globals = cx.root(Value::of(names.names(cx)));
            cx.scope(|cx| {
                let code = image::code(cx, found, globals)?;
                crate::run::run_code(cx, code).map(|_| ())
            })
        }
        None => Ok(()),
    };
    finish(cx, found.name, module, result)
}

fn load_file(cx: &mut Ctx, name: &str, place: &Place) -> Res<Slot> {
    let file = place.file.as_ref().map(|file| file.to_string_lossy());
    let folder = place.package.as_ref().map(|folder| folder.to_string_lossy());
    let module = placed_module(cx, name, file.as_deref(), folder.as_deref());
    let Some(file) = &place.file else { return Ok(module) };
    let result = run_file(cx, module, file);
    finish(cx, name, module, result)
}

/// What comes of importing a module that was run.
fn finish(cx: &Ctx, name: &str, module: Slot, result: Res<()>) -> Res<Slot> {
    match result {
        // A module may replace itself in `sys.modules`.
        Ok(()) => Ok(loaded(cx, name).unwrap_or(module)),
        Err(raised) => {
            forget(cx, name);
            Err(raised)
        }
    }
}

fn run_file(cx: &mut Ctx, module: Slot, path: &PathBuf) -> Res<()> {
    let name = path.to_string_lossy().into_owned();
    let cache = Cache::of(cx, path);
    let file = Arc::new(SourceFile { name: name.clone(), text: None });
    if let Some(cache) = &cache
        && let Some(code) = cx.detached(|| cache.read())
    {
        return match cx.get(module).cast::<Module>() {
            Some(module) => {
                let code = cx.root(Value::of(CodeObject::load(cx, code, &file, module.names(cx))));
                cx.scope(|cx| crate::run::run_code(cx, code).map(|_| ()))
            }
            None => Ok(()),
        };
    }
    let bytes = match cx.detached(|| std::fs::read(path)) {
        Ok(bytes) => bytes,
        Err(error) => {
            let shown = cx.root(cx.str(&name));
            return Err(crate::types::exception::os_error::raise(cx, &error, Some(shown)));
        }
    };
    match argil_compiler::encoding::decode(bytes, Some(&name)) {
        Ok(text) => run(cx, module, &text, &file, cache.as_ref()),
        Err(undecodable) => Err(crate::traceback::syntax::raise(cx, &undecodable.error, &file, &undecodable.text)),
    }
}

/// Runs a text as a module; its code goes into a cache.
fn run(cx: &mut Ctx, module: Slot, text: &str, file: &Arc<SourceFile>, cache: Option<&Cache>) -> Res<()> {
    let globals = match cx.get(module).cast::<Module>() {
        Some(module) => cx.root(Value::of(module.names(cx))),
        None => return Ok(()),
    };
    cx.scope(|cx| {
        let code = crate::run::compile_text(cx, text, argil_compiler::Mode::Exec, file, globals)?;
        if let Some(cache) = cache.filter(|_| cache::is_written(cx))
            && let Some(bytes) = cx.get(code).cast::<CodeObject>().map(CodeObject::to_bytes)
        {
            cx.detached(|| cache.write(&bytes));
        }
        crate::run::run_code(cx, code).map(|_| ())
    })
}

/// The package that relative imports of a module start from.
fn package_of(cx: &Ctx, globals: Slot) -> Res<String> {
    let names = cx.get(globals).cast::<Dict>();
    let get = |name: Name| names.and_then(|names| names.get_name(cx, cx.name(name)));
    if let Some(package) = get(Name::__package__).and_then(Value::as_str) {
        return Ok(package.to_owned());
    }
    let name = get(Name::__name__).and_then(Value::as_str).unwrap_or_default();
    let is_package = get(Name::__path__).is_some();
    Ok(if is_package { name } else { name.rsplit_once('.').map_or("", |(package, _)| package) }.to_owned())
}

/// The absolute name of a relative import.
fn resolve(cx: &Ctx, globals: Slot, name: &str, level: u32) -> Res<String> {
    if level == 0 {
        return Ok(name.to_owned());
    }
    let package = package_of(cx, globals)?;
    if package.is_empty() {
        return Err(cx.raise(Builtin::ImportError, "attempted relative import with no known parent package"));
    }
    let mut base = package.as_str();
    for _ in 1..level {
        let Some((outer, _)) = base.rsplit_once('.') else {
            return Err(cx.raise(Builtin::ImportError, "attempted relative import beyond top-level package"));
        };
        base = outer;
    }
    Ok(if name.is_empty() { base.to_owned() } else { format!("{base}.{name}") })
}

/// The import statement: the outermost package of `name` (the module itself if there is a from-list).
pub fn import_name(cx: &mut Ctx, globals: Slot, name: Slot, from: Slot, level: u32) -> Res<Slot> {
    let text = cx.get(name).as_str().unwrap_or_default().to_owned();
    let absolute = resolve(cx, globals, &text, level)?;
    if absolute.is_empty() {
        return Err(cx.value_error("Empty module name"));
    }
    let module = cx.scope(|cx| import_module(cx, &absolute))?;
    let names: Vec<String> = match cx.get(from).cast::<Tuple>() {
        Some(names) => names.iter(cx).filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        None => {
            // `import a.b` binds `a`; `import .b` does not exist.
            let top = absolute.split('.').next().unwrap_or(&absolute);
            return Ok(if top == absolute { module } else { loaded(cx, top).unwrap_or(module) });
        }
    };
    import_submodules(cx, module, &absolute, &names)?;
    Ok(module)
}

/// Imports those of a from-list that are modules of a package and no attributes of it.
fn import_submodules(cx: &mut Ctx, module: Slot, package: &str, names: &[String]) -> Res<()> {
    let path = cx.root(cx.name(Name::__path__));
    if attr::get_attr_opt(cx, module, path)?.is_none() {
        return Ok(());
    }
    for name in names {
        let key = cx.root(cx.intern(name));
        if name == "*" || attr::get_attr_opt(cx, module, key)?.is_some() {
            continue;
        }
        let full = format!("{package}.{name}");
        if let Err(raised) = import_module(cx, &full) {
            // Only the absence of this very module is for `from` to report.
            let exception = cx.root(cx.catch(raised, Builtin::ModuleNotFoundError)?);
            let about = cx.get(exception).cast().map_or(Value::NONE, |exception| details::get(cx, exception, "name"));
            if about.as_str() != Some(&full) {
                return Err(cx.raise_value(cx.get(exception)));
            }
        }
    }
    Ok(())
}

/// `from module import name`.
pub fn import_from(cx: &mut Ctx, module: Slot, name: Slot) -> Res<Slot> {
    if let Some(value) = attr::get_attr_opt(cx, module, name)? {
        return Ok(value);
    }
    let wanted = cx.get(name).as_str().unwrap_or_default().to_owned();
    let (key, file) = (cx.root(cx.name(Name::__name__)), cx.root(cx.name(Name::__file__)));
    let module_name = match attr::get_attr_opt(cx, module, key)? {
        Some(name) => cx.get(name).as_str().map(str::to_owned),
        None => None,
    };
    if let Some(module_name) = &module_name
        && let Some(submodule) = loaded(cx, &format!("{module_name}.{wanted}"))
    {
        return Ok(submodule);
    }
    let file = match attr::get_attr_opt(cx, module, file)? {
        Some(file) => cx.get(file).as_str().map(str::to_owned),
        None => None,
    };
    let shown = module_name.as_deref().unwrap_or("<unknown module name>");
    let place = file.as_deref().unwrap_or("unknown location");
    let shadowing = file.as_deref().is_some_and(|file| is_beside_script(cx, file));
    let circular = cx.get(module).cast::<Module>().is_some_and(|module| is_initialising(cx, module));
    let library = cx.interp().config.library.has(shown);
    let message = match circular {
        _ if shadowing && library => format!(
            "cannot import name '{wanted}' from '{shown}' (consider renaming '{place}' since it has the same name as the \
             standard library module named '{shown}' and prevents importing that standard library module)"
        ),
        true if shadowing => format!(
            "cannot import name '{wanted}' from '{shown}' (consider renaming '{place}' if it has the same name as a \
             library you intended to import)"
        ),
        true => format!(
            "cannot import name '{wanted}' from partially initialized module '{shown}' (most likely due to a circular \
             import) ({place})"
        ),
        false => format!("cannot import name '{wanted}' from '{shown}' ({place})"),
    };
    let raised = raise(cx, Builtin::ImportError, &message, module_name.as_deref(), file.as_deref());
    let exception = cx.take_raised(raised);
    if let Some(exception) = exception.cast() {
        details::set(cx, exception, "name_from", cx.str(&wanted));
    }
    Err(cx.raise_value(exception))
}

/// Whether a module's file lies in the first folder of the search path, where it may hide one of the library.
pub fn is_beside_script(cx: &Ctx, file: &str) -> bool {
    let folder = Path::new(file).parent();
    let config = &cx.interp().config;
    config.options.is_on(Switch::HasBeside)
        && config.path.first().is_some_and(|first| folder == Some(&folder_of(first)))
}

/// `from module import *`.
pub fn import_star(cx: &mut Ctx, module: Slot, into: Slot) -> Res<()> {
    let all = cx.root(cx.name(Name::__all__));
    let names = match attr::get_attr_opt(cx, module, all)? {
        Some(all) => {
            let list = iter::collect(cx, all)?;
            let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
            let module_name = cx.get(module).cast::<Module>().and_then(|module| module.name(cx)).unwrap_or("?");
            if let Some(odd) = values.iter().find(|value| value.as_str().is_none()) {
                let got = cx.type_name(*odd);
                return Err(cx.type_error(format!("Item in {module_name}.__all__ must be str, not {got}")));
            }
            values.into_iter().map(|value| cx.root(value)).collect::<Vec<_>>()
        }
        None => public_names(cx, module),
    };
    if let Some(name) = cx.get(module).cast::<Module>().and_then(|module| module.name(cx)).map(str::to_owned) {
        let wanted: Vec<String> = names.iter().filter_map(|&n| cx.get(n).as_str().map(str::to_owned)).collect();
        import_submodules(cx, module, &name, &wanted)?;
    }
    for name in names {
        let value = attr::get_attr(cx, module, name)?;
        match (cx.get(into).cast::<Dict>(), cx.get(name).as_str()) {
            (Some(names), Some(text)) => names.set_name(cx, cx.intern(text), cx.get(value)),
            _ => item::set_item(cx, into, name, value)?,
        }
    }
    Ok(())
}

fn public_names(cx: &Ctx, module: Slot) -> Vec<Slot> {
    let Some(module) = cx.get(module).cast::<Module>() else { return Vec::new() };
    let public = |name: &Value<'_>| name.as_str().is_some_and(|name| !name.starts_with('_'));
    let names: Vec<Value<'_>> = module.names(cx).iter(cx).map(|(name, _)| name).filter(public).collect();
    names.into_iter().map(|name| cx.root(name)).collect()
}

/// What the AttributeError says when a module lacks a name.
pub(crate) fn missing_in_module(cx: &Ctx, module: &Module, text: &str) -> String {
    let Some(name) = module.name(cx) else { return format!("module has no attribute '{text}'") };
    let file = module.names(cx).get_name(cx, cx.name(Name::__file__)).and_then(Value::as_str);
    let hiding = file.filter(|file| is_beside_script(cx, file));
    if let Some(file) = hiding.filter(|_| cx.interp().config.library.has(name)) {
        return format!(
            "module '{name}' has no attribute '{text}' (consider renaming '{file}' since it has the same name as the \
             standard library module named '{name}' and prevents importing that standard library module)"
        );
    }
    if let Some(file) = hiding.filter(|_| is_initialising(cx, module)) {
        return format!(
            "module '{name}' has no attribute '{text}' (consider renaming '{file}' if it has the same name as a library \
             you intended to import)"
        );
    }
    if is_initialising(cx, module) {
        return format!(
            "partially initialized module '{name}' has no attribute '{text}' (most likely due to a circular import)"
        );
    }
    format!("module '{name}' has no attribute '{text}'")
}

natives! {
    /// The function below the import statement.
    pub static FUNCTIONS = {
        /// Import a module.
        call fn __import__(cx; ; name: Slot, globals: Option<Slot> = None, locals: Option<Slot> = None,
            fromlist: Option<Slot> = None, level: i64 = 0) -> Slot {
            let _ = locals;
            if cx.get(name).as_str().is_none() {
                return Err(cx.type_error("module name must be a string"));
            }
            let globals = globals.unwrap_or_else(|| {
                cx.root(crate::stack::frame::current_globals(cx).map_or(Value::NONE, Value::of))
            });
            let from = match fromlist {
                Some(list) => {
                    let list = iter::collect(cx, list)?;
                    let names = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
                    cx.root(if names.is_empty() { Value::NONE } else { cx.tuple(&names) })
                }
                None => cx.root(Value::NONE),
            };
            import_name(cx, globals, name, from, u32::try_from(level).unwrap_or(0))
        }
    }
}
