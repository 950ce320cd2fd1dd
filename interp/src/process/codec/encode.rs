//! From a graph to bytes.
//!
//! Objects are numbered as they are met and written in that order. As long as no class of the script takes its instances
//! apart itself (`reduce.rs`), nothing here reaches a safepoint, so the graph is one moment's. For the one that does, the walk
//! lets go of the heap: every object that has a number is in a list that is rooted, and the walk goes on from there.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::home::HomeId;
use super::reduce::{self, Parts};
use super::wire::{Ref, WriteMessage, Writer};
use super::{Family, Tag};
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::object::{Field, Header, Kind};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::file::methods::buffered::Buffered;
use crate::types::file::methods::file_io::FileIo;
use crate::types::file::methods::text::Text;
use crate::types::function::Function;
use crate::types::instance;
use crate::types::list::List;
use crate::types::native::Crossing;
use crate::types::native::Native;
use crate::value::{Value, Word};

/// A graph as bytes. What was made in the interpreter `peer` (0 for none) goes to it as a mere id.
///
/// # Errors
/// TypeError for an object that cannot cross: a file, a generator, a socket. Whatever the methods raise with which a script's
/// classes take their instances apart.
pub fn encode(cx: &mut Ctx, root: Slot, peer: u64) -> Res<Vec<u8>> {
    let mut message = Vec::new();
    cx.scope(|cx| {
        message = encode_graph(cx, root, peer)?;
        Ok(())
    })?;
    Ok(message)
}

fn encode_graph(cx: &mut Ctx, root: Slot, peer: u64) -> Res<Vec<u8>> {
    let objects = cx.root(Value::of(List::alloc(cx)));
    let mut walk = Walk { peer, ..Walk::default() };
    let root = with_encoder(cx, objects, &mut walk, |encoder| encoder.reference(encoder.cx.get(root)));
    while let Some(number) = with_encoder(cx, objects, &mut walk, |encoder| encoder.run())? {
        cx.scope(|cx| {
            let object =
                cx.root(cx.get(objects).cast::<List>().and_then(|list| list.get(cx, number)).unwrap_or(Value::NONE));
            let parts = reduce::take_apart(cx, object)?;
            with_encoder(cx, objects, &mut walk, |encoder| encoder.reduced(number, &parts));
            Ok(())
        })?;
    }
    Ok(walk.message(root))
}

/// Runs `f` with the heap at hand, until the next safepoint.
fn with_encoder<R>(cx: &Ctx, objects: Slot, walk: &mut Walk, f: impl FnOnce(&mut Encoder<'_, '_>) -> R) -> R {
    let objects = cx.get(objects).cast::<List>().expect("it was made as a list");
    f(&mut Encoder { cx, objects, walk })
}

/// A module's name space of which some names travel.
pub(super) struct Globals {
    /// The number of the dict.
    pub space: u32,
    /// Names that a function names, to be looked at.
    pub wanted: Vec<Box<str>>,
    done: HashSet<Box<str>>,
}

impl Globals {
    pub fn new(space: u32) -> Globals {
        Globals { space, wanted: Vec::new(), done: HashSet::new() }
    }
}

/// How far a graph has been walked: what survives a safepoint.
#[derive(Default)]
pub(super) struct Walk {
    peer: u64,
    /// The numbers of objects, by their addresses: all are kept alive.
    ids: HashMap<u64, u32, foldhash::fast::FixedState>,
    /// How many were written.
    written: usize,
    /// For each number whether the object was met through what CPython would find by its name, in a process that runs the
    /// script's module anew: functions and classes and what they use. Only what is reached otherwise is data to copy.
    named: Vec<bool>,
    /// The same of what is met now.
    naming: bool,
    nodes: Writer,
    /// The scalars of the node that is being written.
    scalars: Writer,
    pub globals: Vec<Globals>,
    bindings: Vec<(u32, Box<str>, Ref)>,
    pub imports: BTreeSet<Box<str>>,
    /// Whether instances of a class are taken apart by the script's methods, as far as it was asked.
    pub reduces: HashMap<u64, bool>,
}

impl Walk {
    fn message(&self, root: Ref) -> Vec<u8> {
        let mut message = Writer::default();
        message.number(self.imports.len() as u64);
        self.imports.iter().for_each(|name| message.text(name));
        message.number(self.ids.len() as u64);
        message.0.extend(&self.nodes.0);
        message.number(self.bindings.len() as u64);
        for (space, name, value) in &self.bindings {
            message.number(u64::from(*space));
            message.text(name);
            message.reference(*value);
        }
        message.reference(root);
        message.sealed()
    }
}

/// A walk, with the heap at hand.
pub(super) struct Encoder<'h, 'w> {
    pub cx: &'h Ctx,
    /// What has a number.
    objects: &'h List,
    pub walk: &'w mut Walk,
}

impl<'h> Encoder<'h, '_> {
    /// Writes nodes until there are no more, or until one comes that a script's methods take apart: its number.
    fn run(&mut self) -> Res<Option<usize>> {
        loop {
            while let Some(value) = self.objects.get(self.cx, self.walk.written) {
                if self.is_reduced(value) {
                    return Ok(Some(self.walk.written));
                }
                self.walk.naming = self.walk.named[self.walk.written] || self.has_name(value);
                self.walk.written += 1;
                self.node(value)?;
            }
            if !self.bind_globals() {
                return Ok(None);
            }
        }
    }

    /// Adds the globals that were named since the last time; whether there were any.
    fn bind_globals(&mut self) -> bool {
        let (cx, mut any) = (self.cx, false);
        self.walk.naming = true;
        for index in 0..self.walk.globals.len() {
            let space = self.walk.globals[index].space;
            let Some(dict) = self.objects.get(cx, space as usize).and_then(Value::cast::<Dict>) else {
                continue;
            };
            for name in std::mem::take(&mut self.walk.globals[index].wanted) {
                if !self.walk.globals[index].done.insert(name.clone()) {
                    continue;
                }
                let found = cx.interp().interned(cx, &name).and_then(|key| dict.get_name(cx, key));
                // A global that cannot cross stays behind: the worker finds the name unbound.
                if let Some(value) = found.filter(|value| self.can_cross(*value)) {
                    any = true;
                    let value = self.reference(value);
                    self.walk.bindings.push((space, name, value));
                }
            }
        }
        any
    }

    /// The name space of a number's dict of which names travel, if it is one.
    pub fn globals_of(&mut self, space: Ref) -> Option<&mut Globals> {
        let Ref::Node(space) = space else { return None };
        self.walk.globals.iter_mut().find(|known| known.space == space)
    }

    /// The reference to a value, which gets a number if it is new.
    pub fn reference(&mut self, value: Value<'h>) -> Ref {
        if value.header().is_none() {
            return Ref::Word(value.word());
        }
        let mut pending = vec![value];
        while let Some(&next) = pending.last() {
            if self.walk.ids.contains_key(&next.word().0) {
                pending.pop();
                continue;
            }
            let before = pending.len();
            self.needs(next, |needed| {
                if needed.header().is_some() {
                    pending.push(needed);
                }
            });
            // What is known already was not needed after all.
            let unknown = |value: &Value<'h>| !self.walk.ids.contains_key(&value.word().0);
            let more: Vec<_> = pending.drain(before..).filter(unknown).collect();
            if more.is_empty() {
                pending.pop();
                self.walk.ids.insert(next.word().0, self.walk.ids.len() as u32);
                self.walk.named.push(self.walk.naming);
                self.objects.push(self.cx, next);
            }
            pending.extend(more);
        }
        Ref::Node(self.walk.ids[&value.word().0])
    }

    /// The reference to a value, or to nothing.
    pub fn optional(&mut self, value: Option<Value<'h>>) -> Ref {
        value.map_or(Ref::Word(Word::UNSET), |value| self.reference(value))
    }

    /// The reference to what a field holds.
    pub fn field(&mut self, field: &Field) -> Ref {
        self.optional(field.get(self.cx))
    }

    /// The references to what fields hold.
    pub fn fields(&mut self, fields: &[&Field]) -> Vec<Ref> {
        fields.iter().map(|field| self.field(field)).collect()
    }

    /// The references to several values.
    pub fn references(&mut self, values: impl IntoIterator<Item = Value<'h>>) -> Vec<Ref> {
        values.into_iter().map(|value| self.reference(value)).collect()
    }

    /// What must exist before an object can.
    fn needs(&self, value: Value<'h>, mut need: impl FnMut(Value<'h>)) {
        let cx = self.cx;
        if self.at_home(value).is_some() || self.library_name(value).is_some() {
            return;
        }
        match value.kind().map(Family::of) {
            Some(Family::Class) => {
                if let Some(class) = value.cast::<Class>().filter(|class| !class.is_builtin()) {
                    need(Value::of(cx.class_of(value)));
                    class.bases(cx).into_iter().for_each(|base| need(Value::of(base)));
                }
            }
            Some(Family::Callable | Family::Module) => self.origin(value).into_iter().for_each(need),
            Some(Family::Plain | Family::Container | Family::Instance | Family::Exception | Family::Native) => {
                need(Value::of(cx.class_of(value)));
            }
            None | Some(Family::Stays) => {}
        }
    }

    /// The id of what was made in the interpreter that the message is for.
    pub fn at_home(&self, value: Value<'h>) -> Option<HomeId> {
        if self.walk.peer == 0 || !self.has_home(value) {
            return None;
        }
        let id = self.cx.interp().processes().homes.id_of(self.cx, value);
        (id.interpreter == self.walk.peer).then_some(id)
    }

    /// Whether an object is one of those whose identity matters across processes.
    fn has_home(&self, value: Value<'h>) -> bool {
        match value.cast::<Class>() {
            Some(class) => class.flags().heap,
            None => matches!(value.kind(), Some(Kind::Function | Kind::Module)) || self.is_globals(value),
        }
    }

    fn crossing(&self, value: Value<'h>) -> Option<Crossing> {
        value.cast::<Native>().and_then(Native::crossing)
    }

    /// Whether an object with native state can be copied.
    pub fn can_copy(&self, value: Value<'h>) -> bool {
        self.crossing(value).is_some()
    }

    /// Whether an object can be sent, as far as itself tells.
    pub fn can_cross(&mut self, value: Value<'h>) -> bool {
        match value.kind().map(Family::of) {
            Some(Family::Native) => self.can_copy(value) || self.is_reduced(value),
            other => other != Some(Family::Stays),
        }
    }

    /// Writes the node of an object.
    fn node(&mut self, value: Value<'h>) -> Res<()> {
        if let Some(id) = self.at_home(value) {
            self.leaf(Tag::Home, |out| id.write(out));
            return Ok(());
        }
        if let Some((module, name)) = self.library_name(value) {
            self.walk.imports.insert(module.into());
            self.leaf(Tag::Library, |out| {
                out.text(module);
                out.text(name);
            });
            return Ok(());
        }
        match value.kind().map(Family::of) {
            Some(Family::Plain) => self.plain(value),
            Some(Family::Container) if self.is_globals(value) => self.globals(value),
            Some(Family::Container) => self.container(value),
            Some(Family::Callable) => self.callable(value),
            Some(Family::Class) => return self.class(value),
            Some(Family::Module) => self.module(value),
            Some(Family::Instance) => self.of_class(Tag::Instance, value, |_| (), Vec::new()),
            Some(Family::Exception) => self.exception(value),
            Some(Family::Native) => {
                self.check_threads(value)?;
                let saved = self.crossing(value).and_then(|crossing| (crossing.save)(self.cx, value));
                let saved = saved.ok_or_else(|| self.refused(value))?;
                let refs = saved.values.into_iter().map(|value| self.optional(value)).collect();
                self.of_class(Tag::Native, value, |out| out.0.extend(&saved.bytes), refs);
            }
            None | Some(Family::Stays) => return Err(self.refused(value)),
        }
        Ok(())
    }

    /// Whether an object is one that CPython finds by its name. A function with a closure has none that could be found.
    fn has_name(&self, value: Value<'h>) -> bool {
        match value.kind() {
            Some(Kind::Function) => {
                value.cast::<Function>().is_some_and(|function| function.closure.get(self.cx).is_none())
            }
            Some(Kind::Class | Kind::Module | Kind::Code) => true,
            _ => self.is_globals(value),
        }
    }

    /// Refuses a copy of what the threads of this process share: it would be dead, or tie together what the script holds apart.
    /// Where threads are processes, they share by copies of this very kind.
    fn check_threads(&self, value: Value<'h>) -> Res<()> {
        let shown = value.cast::<Native>().and_then(Native::of_threads);
        let shown = shown.filter(|_| !self.walk.naming && !self.cx.class_of(value).flags().heap);
        match shown.filter(|_| self.cx.interp().lock.threads_share_memory()) {
            Some(shown) => Err(self.cx.type_error(format!("cannot pickle '{shown}' object"))),
            None => Ok(()),
        }
    }

    /// The TypeError of what cannot cross.
    pub fn refused(&self, value: Value<'h>) -> Raised {
        let name = self.cx.class_of(value).name(self.cx);
        let is_file = value.native::<Text>().is_some()
            || value.native::<Buffered>().is_some()
            || value.native::<FileIo>().is_some();
        let message = match name.rsplit_once('.') {
            Some((_, name)) if is_file => format!("cannot pickle '{name}' instances"),
            _ => format!("cannot pickle '{name}' object"),
        };
        self.cx.type_error(message)
    }

    /// A node without references.
    pub fn leaf(&mut self, tag: Tag, scalars: impl FnOnce(&mut Writer)) {
        self.put(tag, scalars, &[], None);
    }

    /// A node, with the object's own attributes if it may have any.
    pub fn put(&mut self, tag: Tag, scalars: impl FnOnce(&mut Writer), refs: &[Ref], attrs: Option<&'h Header>) {
        let own = attrs.map_or_else(Vec::new, |header| instance::own_attrs(self.cx, header));
        let own: Vec<_> = own.into_iter().map(|(name, value)| (self.reference(name), self.reference(value))).collect();
        let Walk { nodes, scalars: scratch, .. } = &mut *self.walk;
        scratch.0.clear();
        scalars(scratch);
        nodes.byte(tag as u8);
        nodes.bytes(&scratch.0);
        nodes.number(refs.len() as u64);
        refs.iter().for_each(|reference| nodes.reference(*reference));
        nodes.number(own.len() as u64);
        for (name, value) in own {
            nodes.reference(name);
            nodes.reference(value);
        }
    }

    /// A node whose first reference is the class.
    pub fn of_class(&mut self, tag: Tag, value: Value<'h>, scalars: impl FnOnce(&mut Writer), mut refs: Vec<Ref>) {
        let class = self.reference(Value::of(self.cx.class_of(value)));
        refs.insert(0, class);
        self.put(tag, scalars, &refs, value.header());
    }

    /// The node of an object that a script's methods took apart.
    fn reduced(&mut self, number: usize, parts: &Parts) {
        self.walk.naming = self.walk.named[number];
        self.walk.written = number + 1;
        let cx = self.cx;
        match parts {
            Parts::Global => {
                let Some(value) = self.objects.get(cx, number) else { return };
                let id = cx.interp().processes().homes.id_of(cx, value);
                self.of_class(Tag::Singleton, value, |out| id.write(out), Vec::new());
            }
            Parts::Made { how, values } => {
                let refs: Vec<_> = values.iter().map(|slot| self.optional(slot.map(|slot| cx.get(slot)))).collect();
                self.put(Tag::Reduced, |out| out.byte(*how as u8), &refs, None);
            }
        }
    }
}
