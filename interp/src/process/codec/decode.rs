//! From bytes to a graph: objects first, then what they hold, then, in the order that `schedule.rs` finds, what runs code of the
//! script.

use std::cell::Cell;

use argil_lock::domain;

use super::home::HomeId;
use super::schedule::{self, Place, Step};
use super::wire::{Fault, Malformed, Read, ReadMessage, Reader, Ref, explain};
use super::{Tag, reduce};
use crate::barrier;
use crate::ctx::{Ctx, Res, Slot};
use crate::object::{Field, Header, HeapType, Kind};
use crate::ops::mapping;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::instance;
use crate::types::list::List;
use crate::types::module::Module;
use crate::types::native::Crossing;
use crate::types::set::Set;
use crate::value::Value;

/// The graph of a message. `copied` marks it as a copy whose changes nobody else will see.
///
/// # Errors
/// RuntimeError if the message is none, is of another version, or has code that the verifier rejects. Whatever raises while a
/// library module is imported, a key is hashed, or an object is made as a script's methods say.
pub fn decode(cx: &mut Ctx, message: &[u8], copied: bool) -> Res<Slot> {
    let refused = |cx: &Ctx, fault: Fault| cx.runtime_error(explain(&fault));
    let graph = Graph::read(message).map_err(|fault| refused(cx, fault))?;
    for name in &graph.imports {
        cx.scope(|cx| crate::import::import_module(cx, name).map(|_| ()))?;
    }
    cx.scope(|cx| {
        let objects = cx.root(Value::of(List::alloc(cx)));
        Builder::new(cx, objects, &graph).build().map_err(|fault| refused(cx, fault))?;
        let mut late = Vec::new();
        for step in schedule::steps(&graph) {
            cx.scope(|cx| perform(cx, objects, &graph, step, &mut late))?;
        }
        for (node, entry) in late {
            cx.scope(|cx| add_entry(cx, objects, &graph, node, entry).map(|_| ()))?;
        }
        Builder::new(cx, objects, &graph).finish(copied);
        Ok(slot_of(cx, objects, graph.root))
    })
}

/// A node as it was read.
pub(super) struct Node<'a> {
    pub tag: Tag,
    home: Option<HomeId>,
    pub scalars: &'a [u8],
    pub refs: Vec<Ref>,
    attrs: Vec<(Ref, Ref)>,
    /// Whether the object was here before, so that nothing is to be filled in.
    known: Cell<bool>,
    /// Whether there is no object yet: a script's methods will make it.
    missing: Cell<bool>,
}

/// A message as it was read.
pub(super) struct Graph<'a> {
    imports: Vec<&'a str>,
    pub nodes: Vec<Node<'a>>,
    pub bindings: Vec<Binding<'a>>,
    pub root: Ref,
}

/// A name of a module's name space.
pub(super) struct Binding<'a> {
    /// The node of the name space.
    pub space: u32,
    name: &'a str,
    pub value: Ref,
    /// Whether the module did not have the name, so that it gets this value, now or when it is there.
    pub taken: Cell<bool>,
}

impl<'a> Graph<'a> {
    pub fn read(message: &'a [u8]) -> Read<Graph<'a>> {
        let mut from = Reader::of_sealed(message)?;
        let imports = (0..from.count()?).map(|_| from.text()).collect::<Read<_>>()?;
        let count = from.count()? as u32;
        let nodes = (0..count).map(|_| Node::read(&mut from, count)).collect::<Read<Vec<_>>>()?;
        let mut bindings = Vec::new();
        for _ in 0..from.count()? {
            let (space, name, value) = (from.u32()?, from.text()?, from.reference(count)?);
            if space >= count {
                return Err(Malformed);
            }
            bindings.push(Binding { space, name, value, taken: Cell::new(false) });
        }
        Ok(Graph { imports, nodes, bindings, root: from.reference(count)? })
    }

    /// Whether a reference is to what is not there yet.
    fn is_missing(&self, reference: Ref) -> bool {
        matches!(reference, Ref::Node(node) if self.nodes[node as usize].missing.get())
    }
}

impl<'a> Node<'a> {
    fn read(from: &mut Reader<'a>, count: u32) -> Read<Node<'a>> {
        let tag = Tag::from_byte(from.byte()?).ok_or(Malformed)?;
        let mut scalars = Reader(from.bytes()?);
        let home = match tag {
            Tag::Home | Tag::Function | Tag::Class | Tag::Module | Tag::Globals | Tag::Singleton => {
                Some(HomeId::read(&mut scalars)?)
            }
            _ => None,
        };
        let refs = (0..from.count()?).map(|_| from.reference(count)).collect::<Read<Vec<_>>>()?;
        let pair = |from: &mut Reader<'a>| Ok((from.reference(count)?, from.reference(count)?));
        let attrs = (0..from.count()?).map(|_| pair(from)).collect::<Read<Vec<_>>>()?;
        let missing = Cell::new(tag == Tag::Reduced);
        if missing.get() && refs.len() != reduce::PARTS {
            return Err(Malformed);
        }
        Ok(Node { tag, home, scalars: scalars.rest(), refs, attrs, known: Cell::new(false), missing })
    }

    /// What an attribute's name and value refer to.
    pub fn attr_refs(&self) -> impl Iterator<Item = Ref> {
        self.attrs.iter().flat_map(|(name, value)| [*name, *value])
    }

    /// Whether the object was here before.
    pub fn is_known(&self) -> bool {
        self.known.get()
    }
}

/// A graph in the making, with the heap at hand.
pub(super) struct Builder<'h, 'a> {
    pub cx: &'h Ctx,
    /// The object of each node.
    objects: &'h List,
    graph: &'a Graph<'a>,
}

impl<'h, 'a> Builder<'h, 'a> {
    pub fn new(cx: &'h Ctx, objects: Slot, graph: &'a Graph<'a>) -> Builder<'h, 'a> {
        let objects = cx.get(objects).cast::<List>().expect("it was made as a list");
        Builder { cx, objects, graph }
    }

    /// Makes all objects and fills them, as far as no code of the script must run for it.
    fn build(&self) -> Read<()> {
        for node in &self.graph.nodes {
            let known = node.home.and_then(|home| self.cx.interp().processes().homes.find(self.cx, home));
            node.known.set(known.is_some());
            let object = known.map_or_else(|| self.make(node), Ok)?;
            self.objects.push(self.cx, object);
        }
        for (index, node) in self.graph.nodes.iter().enumerate().filter(|(_, node)| !node.is_known()) {
            self.fill(node, self.object(index as u32))?;
        }
        for (index, node) in self.graph.nodes.iter().enumerate().filter(|(_, node)| !node.is_known()) {
            match node.tag {
                Tag::Function => self.check_function(self.object(index as u32))?,
                // Its bases may be shared, so whatever the class reaches must have been filled in before they know of it.
                Tag::Class => self.announce_class(self.object(index as u32)),
                _ => {}
            }
        }
        self.graph.bindings.iter().try_for_each(|binding| self.bind_global(binding))
    }

    /// The object of a node.
    fn object(&self, node: u32) -> Value<'h> {
        self.objects.get(self.cx, node as usize).unwrap_or(Value::NONE)
    }

    /// What a reference is to; `None` for nothing, or for what is not there yet.
    pub fn value(&self, reference: Ref) -> Option<Value<'h>> {
        match reference {
            Ref::Word(word) if word.is_unset() => None,
            // SAFETY: the word is no pointer.
            Ref::Word(word) => Some(unsafe { Value::from_word(word) }),
            Ref::Node(_) if self.graph.is_missing(reference) => None,
            Ref::Node(node) => self.objects.get(self.cx, node as usize),
        }
    }

    /// What a reference is to, with None for what is not there (yet).
    pub fn or_none(&self, reference: Ref) -> Value<'h> {
        self.value(reference).unwrap_or(Value::NONE)
    }

    /// The object that the first reference is to, if it is of this layout.
    pub fn first<T: HeapType>(&self, node: &Node<'_>) -> Read<&'h T> {
        node.refs.first().and_then(|first| self.value(*first)).and_then(Value::cast::<T>).ok_or(Malformed)
    }

    /// What a new object of the node's class needs; the class must be one of that layout.
    pub fn birth(&self, node: &Node<'_>, layout: Kind) -> Read<Birth> {
        let class = self.first::<Class>(node)?;
        let fits = class.layout() == layout
            || (layout == Kind::IntBox && class.layout() == Kind::BigInt && !class.is_builtin());
        if fits { Ok(class.birth().0) } else { Err(Malformed) }
    }

    /// The object of a node, empty as far as it may refer forwards.
    fn make(&self, node: &Node<'_>) -> Read<Value<'h>> {
        match node.tag {
            Tag::BigInt | Tag::IntBox | Tag::FloatBox | Tag::Complex => self.make_plain(node),
            Tag::Str | Tag::Bytes | Tag::Range | Tag::Slice => self.make_plain(node),
            Tag::List | Tag::Tuple | Tag::Dict | Tag::Set => self.make_container(node),
            Tag::Function | Tag::NativeFunction | Tag::BoundMethod | Tag::Cell | Tag::Code => self.make_callable(node),
            Tag::BuiltinClass | Tag::Class => self.make_class(node),
            Tag::LibraryModule | Tag::Module | Tag::LibraryGlobals | Tag::Globals => self.make_module(node),
            Tag::Library => {
                let mut scalars = Reader(node.scalars);
                let (module, name) = (scalars.text()?, scalars.text()?);
                find_in_module(self.cx, module, name).ok_or(Malformed)
            }
            Tag::Instance | Tag::Singleton => {
                self.birth(node, Kind::Instance)?;
                Ok(Value::of(self.cx.new_instance(self.first::<Class>(node)?)))
            }
            Tag::Exception => self.make_exception(node),
            Tag::Native => {
                let class = self.first::<Class>(node)?;
                let crossing = self.crossing(class).ok_or(Malformed)?;
                (crossing.restore)(self.cx, class.birth().0, node.scalars).ok_or(Malformed)
            }
            Tag::Reduced => Ok(Value::NONE),
            // What has no other form must be here.
            Tag::Home => Err(Malformed),
        }
    }

    /// How objects of a class cross. A new class has no order of its bases yet, so they are searched themselves.
    fn crossing(&self, class: &'h Class) -> Option<Crossing> {
        let crossings = self.cx.interp().crossings.lock();
        let mut classes = vec![class];
        while let Some(class) = classes.pop() {
            if let Some(crossing) = crossings.get(&Value::of(class).word().0) {
                return Some(*crossing);
            }
            classes.extend(class.bases(self.cx));
        }
        None
    }

    /// Gives an object what it holds, as far as nothing must be hashed for it. In the place of what is not there yet comes None.
    fn fill(&self, node: &Node<'_>, object: Value<'h>) -> Read<()> {
        match node.tag {
            Tag::List => self.fill_list(node, object)?,
            Tag::Class => self.fill_class(node, object)?,
            Tag::Globals => self.fill_globals(node, object)?,
            Tag::Native => self.fill_native(node, object)?,
            Tag::IntBox | Tag::Slice | Tag::Tuple | Tag::Function | Tag::BoundMethod | Tag::Cell | Tag::Exception => {
                for (place, reference) in node.refs.iter().enumerate() {
                    if !matches!(reference, Ref::Word(word) if word.is_unset()) {
                        self.put(node, object, place, self.or_none(*reference))?;
                    }
                }
            }
            Tag::BigInt | Tag::FloatBox | Tag::Complex | Tag::Str | Tag::Bytes | Tag::Range | Tag::NativeFunction => {}
            Tag::BuiltinClass | Tag::Library | Tag::LibraryModule | Tag::LibraryGlobals | Tag::Module | Tag::Code => {}
            // Their entries follow.
            Tag::Dict | Tag::Set => {}
            // These have attributes only.
            Tag::Instance | Tag::Singleton => {}
            Tag::Reduced | Tag::Home => {}
        }
        (0..node.attrs.len()).try_for_each(|place| self.put_attr(node, object, place))
    }

    /// Puts what the reference of this number is to into its place.
    fn put(&self, node: &Node<'_>, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        match node.tag {
            Tag::IntBox | Tag::Slice => self.put_plain(object, place, value),
            Tag::List | Tag::Tuple => self.put_item(object, place, value),
            Tag::Function | Tag::BoundMethod | Tag::Cell => self.put_callable(object, place, value),
            Tag::Exception => self.put_exception(object, place, value),
            Tag::Class => self.put_class(node, object, place, value),
            Tag::Native => self.fill_native(node, object),
            Tag::Globals => self.fill_globals(node, object),
            // Their entries follow, when all that is in them is there.
            Tag::Dict | Tag::Set => Ok(()),
            // Of these, no reference is to an object that a script's methods make, or the node is one itself.
            Tag::BigInt | Tag::FloatBox | Tag::Complex | Tag::Str | Tag::Bytes | Tag::Range | Tag::NativeFunction => {
                Ok(())
            }
            Tag::BuiltinClass | Tag::Library | Tag::LibraryModule | Tag::LibraryGlobals | Tag::Module | Tag::Code => {
                Ok(())
            }
            Tag::Instance | Tag::Singleton | Tag::Reduced | Tag::Home => Ok(()),
        }
    }

    fn put_attr(&self, node: &Node<'_>, object: Value<'h>, place: usize) -> Read<()> {
        let header = object.header().filter(|header| instance::overflow_field(header).is_some()).ok_or(Malformed)?;
        let (name, value) = node.attrs[place];
        let name = self.or_none(name).as_str().ok_or(Malformed)?;
        instance::set_own(self.cx, header, self.cx.intern(name), self.or_none(value));
        Ok(())
    }

    /// Natives are filled at once, so when all that they hold is there.
    fn fill_native(&self, node: &Node<'_>, object: Value<'h>) -> Read<()> {
        if node.refs.iter().any(|reference| self.graph.is_missing(*reference)) {
            return Ok(());
        }
        let crossing = self.crossing(self.first::<Class>(node)?).ok_or(Malformed)?;
        let values: Vec<_> = node.refs.iter().skip(1).map(|value| self.value(*value)).collect();
        (crossing.fill)(self.cx, object, &values);
        Ok(())
    }

    /// Binds a name of a script's module, unless the module has it already: what a worker changed since stays changed.
    fn bind_global(&self, binding: &Binding<'_>) -> Read<()> {
        let names = self.object(binding.space).cast::<Dict>().ok_or(Malformed)?;
        let own = self.cx.interp().processes().homes.is_own(Value::of(names));
        let name = self.cx.intern(binding.name);
        let is_script = self.graph.nodes[binding.space as usize].tag == Tag::Globals;
        if is_script && !own && names.get_name(self.cx, name).is_none() {
            binding.taken.set(true);
            if !self.graph.is_missing(binding.value) {
                names.set_name(self.cx, name, self.or_none(binding.value));
            }
        }
        Ok(())
    }

    /// The object of a node that a script's methods made: whatever refers to it gets it.
    fn arrived(&self, number: u32, object: Value<'h>, holders: &[Place]) -> Read<()> {
        self.objects.set(self.cx, number as usize, object);
        self.graph.nodes[number as usize].missing.set(false);
        for place in holders {
            let (Place::Ref(holder, _) | Place::Attr(holder, _)) = *place else { continue };
            let (node, holder) = (&self.graph.nodes[holder as usize], self.object(holder));
            if node.is_known() {
                continue;
            }
            // Code of the script that ran meanwhile may have given it to other threads.
            if holder.header().is_some_and(Header::is_shared) {
                barrier::publish(self.cx, object);
            }
            match *place {
                Place::Ref(_, place) => self.put(node, holder, place, object)?,
                Place::Attr(_, place) => self.put_attr(node, holder, place)?,
                Place::Binding(_) => {}
            }
        }
        let bindings = holders.iter().filter_map(|place| match place {
            Place::Binding(binding) => Some(&self.graph.bindings[*binding]),
            Place::Ref(..) | Place::Attr(..) => None,
        });
        bindings.filter(|binding| binding.taken.get()).try_for_each(|binding| self.bind_global(binding))
    }

    /// When everything is there: what is known from now on, and, if these are copies whose changes nobody else will see, their
    /// marks. What threads share already is not marked.
    fn finish(&self, copied: bool) {
        let homes = &self.cx.interp().processes().homes;
        for (index, node) in self.graph.nodes.iter().enumerate().filter(|(_, node)| !node.is_known()) {
            let object = self.object(index as u32);
            if let Some(home) = node.home {
                homes.remember(home, object);
                homes.publish(self.cx, Some(object));
            }
            let changeable = matches!(node.tag, Tag::List | Tag::Dict | Tag::Set | Tag::Instance);
            if let Some(header) = object.header().filter(|header| copied && changeable && !header.is_shared()) {
                header.set_domain(domain::COPIED);
            }
        }
    }
}

/// Stores what a field of a new object holds.
pub(super) fn store(fields: &[&Field], place: usize, value: Value<'_>) {
    if let Some(field) = fields.get(place) {
        field.store(value.word());
    }
}

/// A class or function of an imported module, by its dotted name.
pub(super) fn find_in_module<'h>(cx: &'h Ctx, module: &str, name: &str) -> Option<Value<'h>> {
    let module = cx.interp().modules(cx).get_name(cx, cx.interp().interned(cx, module)?)?;
    let mut parts = name.split('.');
    let first = cx.interp().interned(cx, parts.next()?)?;
    let mut found = module.cast::<Module>()?.names(cx).get_name(cx, first)?;
    for part in parts {
        found = found.cast::<Class>()?.names(cx).get_name(cx, cx.interp().interned(cx, part)?)?;
    }
    Some(found)
}

/// What a reference is to, in a slot.
pub(super) fn slot_of(cx: &Ctx, objects: Slot, reference: Ref) -> Slot {
    match reference {
        // SAFETY: the word is no pointer.
        Ref::Word(word) => cx.root(unsafe { Value::from_word(word) }),
        Ref::Node(node) => {
            let list = cx.get(objects).cast::<List>();
            cx.root(list.and_then(|list| list.get(cx, node as usize)).unwrap_or(Value::NONE))
        }
    }
}

/// Does what code of the script may run for. Entries that must wait for an object are noted in `late`.
fn perform(cx: &mut Ctx, objects: Slot, graph: &Graph<'_>, step: Step, late: &mut Vec<(u32, usize)>) -> Res<()> {
    match step {
        Step::Enter(node) => {
            for entry in entries(&graph.nodes[node as usize]) {
                let added =
                    cx.scope(|cx| add_entry(cx, objects, graph, node, entry).map(|added| cx.root(Value::bool(added))))?;
                if cx.get(added) == Value::FALSE {
                    late.push((node, entry));
                }
            }
            Ok(())
        }
        Step::Make(number, holders) => {
            let made = reduce::make(cx, objects, &graph.nodes[number as usize])?;
            let builder = Builder::new(cx, objects, graph);
            builder.arrived(number, cx.get(made), &holders).map_err(|fault| cx.runtime_error(explain(&fault)))
        }
        Step::Restore(number) => reduce::restore(cx, objects, &graph.nodes[number as usize], Ref::Node(number)),
    }
}

/// The places of a dict's keys, or of a set's elements, among the references.
fn entries(node: &Node<'_>) -> impl Iterator<Item = usize> + use<> {
    (1..node.refs.len()).step_by(if node.tag == Tag::Dict { 2 } else { 1 })
}

/// Puts an entry into a dict or set, if all of it is there; whether it is. The key's own methods may run.
fn add_entry(cx: &mut Ctx, objects: Slot, graph: &Graph<'_>, node: u32, entry: usize) -> Res<bool> {
    let container = slot_of(cx, objects, Ref::Node(node));
    let refs = &graph.nodes[node as usize].refs;
    let key = refs[entry];
    let value = refs.get(entry + 1).copied();
    let is_set = cx.get(container).cast::<Set>().is_some();
    if graph.is_missing(key) || (!is_set && value.is_some_and(|value| graph.is_missing(value))) {
        return Ok(false);
    }
    let key = slot_of(cx, objects, key);
    if is_set {
        mapping::set_add(cx, container, key)?;
    } else if let Some(value) = value {
        let value = slot_of(cx, objects, value);
        mapping::dict_set(cx, container, key, value)?;
    }
    Ok(true)
}

/// The kinds of a message's nodes.
#[cfg(test)]
pub(super) fn tags(message: &[u8]) -> Read<Vec<Tag>> {
    Ok(Graph::read(message)?.nodes.iter().map(|node| node.tag).collect())
}
