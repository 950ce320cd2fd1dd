//! How an interpreter is set up, and what a library hands to it.

use argil_compiler::image::Image;
use argil_lock::LockMode;

use crate::ctx::{Ctx, Res, Slot};
use crate::options::Options;
use crate::types::function::native::NativeDef;

/// A module of the library: its name, and how it is made.
pub struct ModuleDef {
    /// The name that `import` uses, dots included.
    pub name: &'static str,
    /// What the module holds.
    pub source: ModuleSource,
}

/// Where a library module comes from.
pub enum ModuleSource {
    /// Functions, and code that adds whatever else the module has.
    Native {
        /// The functions.
        functions: &'static [&'static NativeDef],
        /// Adds constants and classes.
        init: fn(&mut Ctx, Slot) -> Res<()>,
    },
    /// A module written in the language.
    Script(&'static str),
    /// Both: first the functions, then the text.
    Mixed {
        /// The functions.
        functions: &'static [&'static NativeDef],
        /// Adds constants and classes.
        init: fn(&mut Ctx, Slot) -> Res<()>,
        /// The text, which runs in the module's name space.
        script: &'static str,
    },
}

/// A library: what `import` finds without looking into folders.
pub struct Library {
    /// Modules that are made in Rust, or of a text here.
    pub modules: &'static [ModuleDef],
    /// Compiled modules.
    pub image: &'static [u8],
    /// Tells builds of the compiler apart whose code may differ; 0 if no code is cached.
    pub fingerprint: u32,
}

impl Library {
    /// No library.
    pub const EMPTY: Library = Library::of(&[]);

    /// These modules alone.
    pub const fn of(modules: &'static [ModuleDef]) -> Library {
        Library { modules, image: &[], fingerprint: 0 }
    }

    /// The module of a name that is not compiled.
    pub fn module(&self, name: &str) -> Option<&'static ModuleDef> {
        self.modules.iter().find(|def| def.name == name)
    }

    /// The compiled modules.
    pub fn image(&self) -> Option<Image> {
        Image::open(self.image)
    }

    /// Whether it has a module of this name.
    pub fn has(&self, name: &str) -> bool {
        self.module(name).is_some() || self.image().is_some_and(|image| image.find(name).is_some())
    }
}

/// How an interpreter is set up.
pub struct Config {
    /// The lock mode.
    pub lock: LockMode,
    /// Whether each thread gets a domain id of its own in every mode: for tools that watch who writes whose objects.
    pub own_domains: bool,
    /// Whether it is kept who holds what locks and where they were made: for tools that explain waiting.
    pub watch_waits: bool,
    /// `sys.argv`.
    pub argv: Vec<String>,
    /// Folders in which `import` looks for scripts, in order.
    pub path: Vec<String>,
    /// The library.
    pub library: &'static Library,
    /// How the program was asked to run.
    pub options: Options,
}

impl Config {
    /// An interpreter with this lock and library, without arguments, folders and tools.
    pub fn new(lock: LockMode, library: &'static Library) -> Config {
        Config {
            lock,
            own_domains: false,
            watch_waits: false,
            argv: Vec::new(),
            path: Vec::new(),
            library,
            options: Options::default(),
        }
    }
}
