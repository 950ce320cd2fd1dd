//! Modules and their name spaces, and what is known by its name because every interpreter has it.

use super::Tag;
use super::decode::{Builder, Node, find_in_module};
use super::encode::{Encoder, Globals};
use super::wire::{Malformed, Read, Reader, Ref, Writer};
use crate::ctx::Ctx;
use crate::names::Name;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::module::Module;
use crate::value::Value;

/// The module of the built-in functions.
const BUILTINS: &str = "builtins";

/// Whether a module is one that every interpreter has.
pub(super) fn is_library(cx: &Ctx, name: &str) -> bool {
    name == BUILTINS || cx.interp().config.library.has(name)
}

impl<'h> Encoder<'h, '_> {
    pub(super) fn is_globals(&self, value: Value<'h>) -> bool {
        let table = value.cast::<Dict>().and_then(|dict| dict.table(self.cx));
        table.is_some_and(|table| table.has_cells()) && self.module_name(value).is_some()
    }

    pub(super) fn module_name(&self, globals: Value<'h>) -> Option<&'h str> {
        globals.cast::<Dict>()?.get_name(self.cx, self.cx.name(Name::__name__))?.as_str()
    }

    /// The module and name under which a class or function of the library is found.
    pub(super) fn library_name(&self, value: Value<'h>) -> Option<(&'h str, &'h str)> {
        let cx = self.cx;
        let (module, name) = if let Some(class) = value.cast::<Class>() {
            let module = class.names(cx).get_name(cx, cx.name(Name::__module__))?.as_str()?;
            (module, class.qualname.get(cx)?.as_str()?)
        } else {
            let function = value.cast::<Function>()?;
            (self.module_name(function.code(cx).globals.get(cx)?)?, function.qualname(cx))
        };
        let is_there = |module: &str| is_library(cx, module) && find_in_module(cx, module, name) == Some(value);
        if is_there(module) {
            return Some((module, name));
        }
        // A native class may claim to be from a module that is made of its own: `struct.error` is from `_struct`.
        let native = value.cast::<Class>().is_some_and(|class| !class.flags().heap);
        let mut library = cx.interp().config.library.modules.iter().filter(|_| native).map(|def| def.name);
        library.find(|module| is_there(module)).map(|module| (module, name))
    }

    /// Whether a name space is one of a script's module that the receiver does not have of its own.
    pub(super) fn is_shipped_globals(&self, value: Value<'h>) -> bool {
        self.is_globals(value)
            && self.at_home(value).is_none()
            && self.module_name(value).is_some_and(|name| !is_library(self.cx, name))
    }

    fn library_node(&mut self, tag: Tag, name: &str) {
        self.walk.imports.insert(name.into());
        self.leaf(tag, |out| out.0.extend(name.as_bytes()));
    }

    pub(super) fn globals(&mut self, value: Value<'h>) {
        let name = self.module_name(value).unwrap_or_default();
        if is_library(self.cx, name) {
            return self.library_node(Tag::LibraryGlobals, name);
        }
        let file = value.cast::<Dict>().and_then(|dict| dict.get_name(self.cx, self.cx.name(Name::__file__)));
        let file = self.optional(file);
        self.named(Tag::Globals, value, name, file);
    }

    fn named(&mut self, tag: Tag, value: Value<'h>, name: &str, reference: Ref) {
        let id = self.cx.interp().processes().homes.id_of(self.cx, value);
        let scalars = |out: &mut Writer| {
            id.write(out);
            out.0.extend(name.as_bytes());
        };
        self.put(tag, scalars, &[reference], None);
    }

    pub(super) fn module(&mut self, value: Value<'h>) {
        let Some(module) = value.cast::<Module>() else { return };
        let names = module.names(self.cx);
        let name = self.module_name(Value::of(names)).unwrap_or_default();
        if is_library(self.cx, name) {
            return self.library_node(Tag::LibraryModule, name);
        }
        let space = self.reference(Value::of(names));
        // Which of a module's names will be asked for cannot be seen: all travel.
        let wanted = names.iter(self.cx).filter_map(|(name, _)| name.as_str().map(Box::from));
        match (self.globals_of(space), space) {
            (Some(known), _) => known.wanted.extend(wanted),
            (None, Ref::Node(number)) => {
                let mut new = Globals::new(number);
                new.wanted.extend(wanted);
                self.walk.globals.push(new);
            }
            (None, Ref::Word(_)) => {}
        }
        self.named(Tag::Module, value, name, space);
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_module(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let name = Reader(node.scalars).rest_text()?;
        let module = match node.tag {
            Tag::LibraryModule | Tag::LibraryGlobals => self.loaded(name).ok_or(Malformed)?,
            _ => self.script_module(name),
        };
        let is_module = matches!(node.tag, Tag::LibraryModule | Tag::Module);
        Ok(if is_module { Value::of(module) } else { Value::of(module.names(self.cx)) })
    }

    fn loaded(&self, name: &str) -> Option<&'h Module> {
        self.cx.interp().modules(self.cx).get_name(self.cx, self.cx.intern(name))?.cast::<Module>()
    }

    /// A module of the script: the one that is here, or a new one.
    fn script_module(&self, name: &str) -> &'h Module {
        self.loaded(name).unwrap_or_else(|| {
            let cx = self.cx;
            let module = Module::alloc(cx, name);
            let builtins = Value::of(cx.interp().builtins(cx));
            module.names(cx).set_name(cx, cx.name(Name::__builtins__), builtins);
            cx.interp().modules(cx).set_name(cx, cx.intern(name), Value::of(module));
            module
        })
    }

    pub(super) fn fill_globals(&self, node: &Node<'_>, object: Value<'h>) -> Read<()> {
        let names = object.cast::<Dict>().ok_or(Malformed)?;
        if let Some(file) = node.refs.first().and_then(|file| self.value(*file)) {
            names.set_name(self.cx, self.cx.name(Name::__file__), file);
        }
        Ok(())
    }
}
