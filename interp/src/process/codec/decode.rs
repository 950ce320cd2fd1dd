//! From bytes to a graph: objects first, then what they hold, then what must be hashed.

use std::sync::Arc;

use argil_lock::domain;

use super::home::HomeId;
use super::wire::{Malformed, Read, Reader, Ref};
use super::{Tag, code};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::{Field, HeapType, Kind};
use crate::ops::mapping;
use crate::shape::Birth;
use crate::types::bytearray::ByteArray;
use crate::types::bytes::Bytes;
use crate::types::cell::Cell;
use crate::types::class::create::remember_subclass;
use crate::types::class::{Class, ClassFlags, ClassSpec};
use crate::types::code::{CodeObject, SourceFile};
use crate::types::complex::Complex;
use crate::types::descriptor::{ClassMethod, Member, Property, StaticMethod};
use crate::types::dict::Dict;
use crate::types::exception::Exception;
use crate::types::float::FloatBox;
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::instance;
use crate::types::int::IntBox;
use crate::types::list::List;
use crate::types::module::Module;
use crate::types::native::Native;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::slice::Slice;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The graph of a message. `copied` marks it as a copy whose changes nobody else will see.
///
/// # Errors
/// Whatever importing a library module or hashing a key raises; RuntimeError if the message is none.
pub fn decode(cx: &mut Ctx, message: &[u8], copied: bool) -> Res<Slot> {
    let mut reader = Reader::of_sealed(message).map_err(|Malformed| malformed(cx))?;
    let names = read_imports(&mut reader).map_err(|Malformed| malformed(cx))?;
    for name in names {
        cx.scope(|cx| crate::import::import_module(cx, name).map(|_| ()))?;
    }
    let keep = cx.root(Value::of(List::alloc(cx)));
    let built = build(cx, &mut reader, keep, copied).map_err(|Malformed| malformed(cx))?;
    for (node, entries) in &built.hashed {
        cx.scope(|cx| add_entries(cx, keep, *node, entries))?;
    }
    for node in &built.known {
        cx.interp().homes.publish(cx, cx.get(keep).cast::<List>().and_then(|list| list.get(cx, *node as usize)));
    }
    Ok(slot_of(cx, keep, built.root))
}

fn malformed(cx: &Ctx) -> crate::ctx::Raised {
    cx.runtime_error("a message from another process is malformed")
}

fn read_imports<'a>(reader: &mut Reader<'a>) -> Read<Vec<&'a str>> {
    let count = reader.count()?;
    (0..count).map(|_| reader.text()).collect()
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

/// What is left to do when the objects exist.
struct Built {
    root: Ref,
    /// Dicts and sets, with their entries, in an order in which keys are complete before they are hashed.
    hashed: Vec<(u32, Vec<Ref>)>,
    /// What is known from now on.
    known: Vec<u32>,
}

/// A node as it was read.
struct Node {
    tag: Tag,
    /// Of a class: how many bases it has, and how many classes follow in its order.
    counts: [usize; 2],
    refs: Vec<Ref>,
    attrs: Vec<(Ref, Ref)>,
    /// Whether the object was here before, so that nothing is to be filled in.
    known: bool,
}

struct Builder<'h> {
    cx: &'h Ctx,
    objects: Vec<Value<'h>>,
    nodes: Vec<Node>,
    /// The numbers of the nodes that the interpreter will know again.
    remembered: Vec<u32>,
}

/// Makes all objects, fills what needs no hashing, and puts them into the list `keep`.
fn build(cx: &Ctx, reader: &mut Reader<'_>, keep: Slot, copied: bool) -> Read<Built> {
    let count = reader.count()? as u32;
    let mut builder = Builder { cx, objects: Vec::new(), nodes: Vec::new(), remembered: Vec::new() };
    for _ in 0..count {
        builder.read_node(reader, count)?;
    }
    let list = cx.get(keep).cast::<List>().ok_or(Malformed)?;
    builder.objects.iter().for_each(|object| list.push(cx, *object));
    for index in 0..builder.nodes.len() {
        if !builder.nodes[index].known {
            builder.fill(index)?;
        }
    }
    builder.remember_subclasses();
    for _ in 0..reader.count()? {
        let (space, name, value) = (reader.u32()?, reader.text()?, reader.reference(count)?);
        builder.bind_global(space, name, value)?;
    }
    if copied {
        builder.mark_copied();
    }
    Ok(Built { root: reader.reference(count)?, hashed: builder.hashed(), known: builder.remembered })
}

impl<'h> Builder<'h> {
    fn value(&self, reference: Ref) -> Option<Value<'h>> {
        match reference {
            Ref::Word(word) if word.is_unset() => None,
            // SAFETY: the word is no pointer.
            Ref::Word(word) => Some(unsafe { Value::from_word(word) }),
            Ref::Node(node) => self.objects.get(node as usize).copied(),
        }
    }

    fn or_none(&self, reference: Ref) -> Value<'h> {
        self.value(reference).unwrap_or(Value::NONE)
    }

    fn class(&self, refs: &[Ref]) -> Read<&'h Class> {
        let class = refs.first().and_then(|class| self.value(*class)).and_then(Value::cast::<Class>);
        class.ok_or(Malformed)
    }

    /// What a new object of the node's class needs; the class must be one of that layout.
    fn birth(&self, refs: &[Ref], layout: Kind) -> Read<Birth> {
        let class = self.class(refs)?;
        let fits = class.layout() == layout
            || (layout == Kind::IntBox && class.layout() == Kind::BigInt && !class.is_builtin());
        if fits { Ok(class.birth().0) } else { Err(Malformed) }
    }

    fn read_node(&mut self, reader: &mut Reader<'_>, count: u32) -> Read<()> {
        let tag = Tag::from_byte(reader.byte()?).ok_or(Malformed)?;
        let mut scalars = Scalars::default();
        scalars.read(tag, reader)?;
        let refs = (0..reader.count()?).map(|_| reader.reference(count)).collect::<Read<Vec<_>>>()?;
        let attrs = (0..reader.count()?)
            .map(|_| Ok((reader.reference(count)?, reader.reference(count)?)))
            .collect::<Read<Vec<_>>>()?;
        let known = scalars.home.and_then(|home| self.cx.interp().homes.find(self.cx, home));
        let object = match known {
            Some(known) => known,
            None => {
                let made = self.make(tag, &scalars, &refs)?;
                if let Some(home) = scalars.home {
                    self.cx.interp().homes.remember(home, made);
                    self.remembered.push(self.objects.len() as u32);
                }
                made
            }
        };
        self.objects.push(object);
        self.nodes.push(Node { tag, counts: scalars.counts, refs, attrs, known: known.is_some() });
        Ok(())
    }

    /// The object of a node, empty as far as it may refer forwards.
    fn make(&self, tag: Tag, scalars: &Scalars<'_>, refs: &[Ref]) -> Read<Value<'h>> {
        let cx = self.cx;
        let none = Value::NONE;
        Ok(match tag {
            Tag::BigInt => cx.big_int(scalars.text.parse().map_err(|_| Malformed)?),
            Tag::IntBox => Value::of(IntBox::build(cx, self.birth(refs, Kind::IntBox)?, none)),
            Tag::FloatBox => Value::of(FloatBox::build(cx, self.birth(refs, Kind::FloatBox)?, scalars.floats[0])),
            Tag::Complex => {
                let [re, im] = scalars.floats;
                Value::of(Complex::build(cx, self.birth(refs, Kind::Complex)?, re, im))
            }
            Tag::Str if scalars.number != 0 => cx.intern(scalars.text),
            Tag::Str => Value::of(Str::build(cx, self.birth(refs, Kind::Str)?, scalars.text)),
            Tag::Bytes => Value::of(Bytes::build(cx, self.birth(refs, Kind::Bytes)?, scalars.bytes)),
            Tag::ByteArray => ByteArray::build(cx, self.birth(refs, Kind::Native)?, scalars.bytes.to_vec()),
            Tag::List => Value::of(List::build(cx, self.birth(refs, Kind::List)?)),
            Tag::Tuple => {
                let empty = vec![none; refs.len().saturating_sub(1)];
                Value::of(Tuple::build(cx, self.birth(refs, Kind::Tuple)?, &empty))
            }
            Tag::Dict => Value::of(Dict::build(cx, self.birth(refs, Kind::Dict)?)),
            Tag::Set => Value::of(Set::alloc(cx, self.birth(refs, Kind::Set)?)),
            Tag::Range => {
                let [start, stop, step] = scalars.signed;
                Value::of(Range::alloc(cx, start, stop, step))
            }
            Tag::Slice => Value::of(Slice::alloc(cx, none, none, none)),
            Tag::Function => {
                let code = refs.first().and_then(|code| self.value(*code)).and_then(Value::cast::<CodeObject>);
                Value::of(Function::alloc(cx, code.ok_or(Malformed)?))
            }
            Tag::NativeFunction => self.native_function(scalars.text, refs)?,
            // The function decides the class of the method, so it is filled in when it is there.
            Tag::BoundMethod => BoundMethod::alloc(cx, none, none),
            Tag::BuiltinClass => {
                let class = Builtin::ALL.get(scalars.number as usize).ok_or(Malformed)?;
                Value::of(cx.class(*class))
            }
            Tag::Library => find_in_module(cx, scalars.module, scalars.text).ok_or(Malformed)?,
            Tag::Class => self.new_class(scalars, refs)?,
            Tag::LibraryModule => self.loaded(scalars.text).map(Value::of).ok_or(Malformed)?,
            Tag::LibraryGlobals => {
                let names = self.loaded(scalars.text).map(|module| module.names(cx));
                Value::of(names.ok_or(Malformed)?)
            }
            Tag::Globals => Value::of(self.script_module(scalars.text).names(cx)),
            Tag::Module => Value::of(self.script_module(scalars.text)),
            Tag::Instance => Value::of(cx.new_instance(self.class(refs)?)),
            Tag::Exception => {
                let args = cx.tuple(&[]).cast::<Tuple>().ok_or(Malformed)?;
                let exception = Exception::build(cx, self.birth(refs, Kind::Exception)?, args);
                exception.set_suppresses_context(scalars.number != 0);
                Value::of(exception)
            }
            Tag::Cell => Value::of(Cell::alloc(cx)),
            Tag::Code => {
                let globals = refs.first().and_then(|globals| self.value(*globals)).and_then(Value::cast::<Dict>);
                let code = code::read(&mut Reader(scalars.bytes))?;
                let text = (scalars.number != 0).then(|| scalars.text.to_owned());
                let file = Arc::new(SourceFile { name: scalars.module.to_owned(), text });
                Value::of(CodeObject::load(cx, code, &file, globals.ok_or(Malformed)?))
            }
            Tag::Property => {
                let [get, set, delete, doc, name] = [const { Field::unset() }; 5];
                Native::alloc(cx, self.birth(refs, Kind::Native)?, Property { get, set, delete, doc, name })
            }
            Tag::ClassMethod => ClassMethod::alloc(cx, Builtin::ClassMethod, none),
            Tag::StaticMethod => StaticMethod::alloc(cx, Builtin::StaticMethod, none),
            Tag::Member => Member::alloc(cx, none, self.class(refs)?),
            Tag::GenericAlias => GenericAlias::alloc(cx, none, none),
            Tag::Union => Native::alloc(cx, Builtin::UnionType, Union { members: Field::unset() }),
            Tag::Native => {
                let class = self.class(refs)?;
                let crossing = self.crossing(class).ok_or(Malformed)?;
                (crossing.restore)(cx, class.birth().0, scalars.bytes).ok_or(Malformed)?
            }
            // What has no other form must be here.
            Tag::Home => return Err(Malformed),
        })
    }

    /// How objects of a class cross. A new class has no order of its bases yet, so they are searched themselves.
    fn crossing(&self, class: &'h Class) -> Option<super::Crossing> {
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

    fn native_function(&self, name: &str, refs: &[Ref]) -> Read<Value<'h>> {
        let cx = self.cx;
        let name = cx.intern(name);
        let names = match refs.first().and_then(|owner| self.value(*owner)) {
            Some(owner) => match (owner.cast::<Class>(), owner.cast::<Module>()) {
                (Some(class), _) => class.names(cx),
                (_, Some(module)) => module.names(cx),
                _ => return Err(Malformed),
            },
            None => cx.interp().builtins(cx).names(cx),
        };
        let found = names.get_name(cx, name).ok_or(Malformed)?;
        let inner = found.native::<StaticMethod>().map(|method| &method.callable);
        let inner = inner.or_else(|| found.native::<ClassMethod>().map(|method| &method.callable));
        let found = inner.and_then(|callable| callable.get(cx)).unwrap_or(found);
        found.cast::<NativeFunction>().map(Value::of).ok_or(Malformed)
    }

    fn new_class(&self, scalars: &Scalars<'_>, refs: &[Ref]) -> Read<Value<'h>> {
        let cx = self.cx;
        let [bases, _] = scalars.counts;
        let metaclass = self.class(refs)?;
        let bases = refs.get(1..=bases).ok_or(Malformed)?.iter();
        let bases = bases.map(|base| self.value(*base).ok_or(Malformed)).collect::<Read<Vec<_>>>()?;
        let layout = Kind::from_byte(scalars.layout).ok_or(Malformed)?;
        let name = cx.name(Name::__name__);
        let class = Class::alloc(
            cx,
            ClassSpec {
                name,
                qualname: name,
                bases: cx.tuple(&bases),
                names: Dict::name_space(cx),
                layout,
                flags: ClassFlags { heap: true, has_dict: scalars.number != 0, is_final: false },
                builtin: None,
                metaclass: Value::of(metaclass).word(),
            },
        );
        class.mro.store(cx.tuple(&[Value::of(class)]).word());
        Ok(Value::of(class))
    }

    fn set(&self, field: &Field, reference: Option<&Ref>) {
        if let Some(value) = reference.and_then(|reference| self.value(*reference)) {
            field.store(value.word());
        }
    }

    /// Gives an object what it holds, as far as nothing must be hashed for it.
    fn fill(&self, index: usize) -> Read<()> {
        let (cx, node, object) = (self.cx, &self.nodes[index], self.objects[index]);
        let fill = |fields: &[&Field], from: usize| {
            fields.iter().enumerate().for_each(|(i, field)| self.set(field, node.refs.get(from + i)));
        };
        let items = || node.refs.iter().skip(1).map(|item| self.or_none(*item));
        match node.tag {
            Tag::IntBox => fill(&[&object.cast::<IntBox>().ok_or(Malformed)?.number], 1),
            Tag::List => {
                let list = object.cast::<List>().ok_or(Malformed)?;
                items().for_each(|item| list.push(cx, item));
            }
            Tag::Tuple => {
                let tuple = object.cast::<Tuple>().ok_or(Malformed)?;
                items().enumerate().for_each(|(i, item)| tuple.complete(i, item));
            }
            Tag::Slice => {
                let slice = object.cast::<Slice>().ok_or(Malformed)?;
                fill(&[&slice.start, &slice.stop, &slice.step], 0);
            }
            Tag::Function => {
                let f = object.cast::<Function>().ok_or(Malformed)?;
                let fields =
                    [&f.defaults, &f.kw_defaults, &f.closure, &f.name, &f.qualname, &f.doc, &f.annotate, &f.attrs];
                fill(&fields, 1);
            }
            Tag::BoundMethod => {
                let method = object.cast::<BoundMethod>().ok_or(Malformed)?;
                fill(&[&method.function, &method.receiver], 0);
                if node
                    .refs
                    .first()
                    .is_some_and(|function| self.or_none(*function).kind() == Some(Kind::NativeFunction))
                {
                    method.header().set_shape(Builtin::NativeFunction.shape());
                }
            }
            Tag::Class => self.fill_class(node, object)?,
            Tag::Globals => {
                let names = object.cast::<Dict>().ok_or(Malformed)?;
                if let Some(file) = node.refs.first().and_then(|file| self.value(*file)) {
                    names.set_name(cx, cx.name(Name::__file__), file);
                }
            }
            Tag::Exception => {
                let e = object.cast::<Exception>().ok_or(Malformed)?;
                fill(&[&e.args, &e.cause, &e.context, &e.details], 1);
            }
            Tag::Cell => fill(&[&object.cast::<Cell>().ok_or(Malformed)?.value], 0),
            Tag::Property => {
                let p = object.native::<Property>().ok_or(Malformed)?;
                fill(&[&p.get, &p.set, &p.delete, &p.doc, &p.name], 1);
            }
            Tag::ClassMethod => fill(&[&object.native::<ClassMethod>().ok_or(Malformed)?.callable], 0),
            Tag::StaticMethod => fill(&[&object.native::<StaticMethod>().ok_or(Malformed)?.callable], 0),
            Tag::Member => fill(&[&object.native::<Member>().ok_or(Malformed)?.name], 1),
            Tag::GenericAlias => {
                let alias = object.native::<GenericAlias>().ok_or(Malformed)?;
                fill(&[&alias.origin, &alias.args, &alias.starred], 0);
            }
            Tag::Union => fill(&[&object.native::<Union>().ok_or(Malformed)?.members], 0),
            Tag::Native => {
                let crossing = self.crossing(self.class(&node.refs)?).ok_or(Malformed)?;
                let values: Vec<_> = node.refs.iter().skip(1).map(|value| self.value(*value)).collect();
                (crossing.fill)(cx, object, &values);
            }
            _ => {}
        }
        let Some(header) = object.header() else { return Ok(()) };
        for (name, value) in &node.attrs {
            let name = self.or_none(*name);
            let name = name.as_str().map_or(name, |name| cx.intern(name));
            instance::set_own(cx, header, name, self.or_none(*value));
        }
        Ok(())
    }

    fn fill_class(&self, node: &Node, object: Value<'h>) -> Read<()> {
        let (cx, class) = (self.cx, object.cast::<Class>().ok_or(Malformed)?);
        let [bases, order] = node.counts;
        let refs = node.refs.get(1 + bases..).ok_or(Malformed)?;
        if refs.len() < 2 + order {
            return Err(Malformed);
        }
        self.set(&class.name, refs.first());
        self.set(&class.qualname, refs.get(1));
        let order = refs[2..2 + order].iter().map(|class| self.or_none(*class));
        let order: Vec<_> = std::iter::once(object).chain(order).collect();
        if order.iter().any(|class| class.cast::<Class>().is_none()) {
            return Err(Malformed);
        }
        class.mro.store(cx.tuple(&order).word());
        for pair in refs[order.len() + 1..].chunks_exact(2) {
            if let Some(name) = self.or_none(pair[0]).as_str() {
                class.names(cx).set_name(cx, cx.intern(name), self.or_none(pair[1]));
            }
        }
        Ok(())
    }

    /// Tells the bases of the new classes. Those may be shared, so whatever a class reaches must have been filled in.
    fn remember_subclasses(&self) {
        let new = self.nodes.iter().zip(&self.objects).filter(|(node, _)| node.tag == Tag::Class && !node.known);
        for (_, object) in new {
            let bases = object.cast::<Class>().map(|class| class.bases(self.cx));
            bases.into_iter().flatten().for_each(|base| remember_subclass(self.cx, base, *object));
        }
    }

    /// Binds a name of a script's module, unless the module has it already: what a worker changed since stays changed.
    fn bind_global(&self, space: u32, name: &str, value: Ref) -> Read<()> {
        let node = self.nodes.get(space as usize).ok_or(Malformed)?;
        let names = self.objects[space as usize].cast::<Dict>().ok_or(Malformed)?;
        let own = self.cx.interp().homes.is_own(Value::of(names));
        let name = self.cx.intern(name);
        if node.tag == Tag::Globals && !own && names.get_name(self.cx, name).is_none() {
            names.set_name(self.cx, name, self.or_none(value));
        }
        Ok(())
    }

    /// Marks what a script may change as a copy, unless threads share it already.
    fn mark_copied(&self) {
        for (node, object) in self.nodes.iter().zip(&self.objects) {
            let changeable = matches!(node.tag, Tag::List | Tag::Dict | Tag::Set | Tag::Instance);
            if let Some(header) = object.header().filter(|header| changeable && !node.known && !header.is_shared()) {
                header.set_domain(domain::COPIED);
            }
        }
    }

    /// Dicts and sets in an order in which frozen sets that are (in) keys of others come first.
    fn hashed(&mut self) -> Vec<(u32, Vec<Ref>)> {
        let mut order = Vec::new();
        let mut state = vec![0_u8; self.nodes.len()];
        for start in 0..self.nodes.len() {
            let mut path = vec![start];
            while let Some(&at) = path.last() {
                let node = &self.nodes[at];
                if state[at] == 0 {
                    state[at] = 1;
                    let keys: Box<dyn Iterator<Item = &Ref>> = match node.tag {
                        Tag::Tuple | Tag::Set => Box::new(node.refs.iter().skip(1)),
                        Tag::Dict => Box::new(node.refs.iter().skip(1).step_by(2)),
                        _ => Box::new(std::iter::empty()),
                    };
                    let wait = |key: &Ref| match key {
                        Ref::Node(key) if state[*key as usize] == 0 => Some(*key as usize),
                        _ => None,
                    };
                    path.extend(keys.filter_map(wait));
                    continue;
                }
                path.pop();
                if state[at] == 1 {
                    state[at] = 2;
                    if matches!(node.tag, Tag::Dict | Tag::Set) && !node.known {
                        order.push(at);
                    }
                }
            }
        }
        order.into_iter().map(|at| (at as u32, self.nodes[at].refs.split_off(1))).collect()
    }
}

fn slot_of(cx: &Ctx, keep: Slot, reference: Ref) -> Slot {
    match reference {
        // SAFETY: the word is no pointer.
        Ref::Word(word) => cx.root(unsafe { Value::from_word(word) }),
        Ref::Node(node) => {
            let list = cx.get(keep).cast::<List>();
            cx.root(list.and_then(|list| list.get(cx, node as usize)).unwrap_or(Value::NONE))
        }
    }
}

/// Puts the entries into a dict or set; the keys' own methods may run.
fn add_entries(cx: &mut Ctx, keep: Slot, node: u32, entries: &[Ref]) -> Res<()> {
    let container = slot_of(cx, keep, Ref::Node(node));
    // Filling a copy is no write to it.
    let replace_domain = |cx: &Ctx, from: u32, to: u32| {
        if let Some(header) = cx.get(container).header().filter(|header| header.domain() == from) {
            header.set_domain(to);
        }
    };
    let is_copy = cx.get(container).header().is_some_and(|header| header.domain() == domain::COPIED);
    replace_domain(cx, domain::COPIED, cx.domain());
    if cx.get(container).cast::<Set>().is_some() {
        for entry in entries {
            cx.scope(|cx| {
                let entry = slot_of(cx, keep, *entry);
                mapping::set_add(cx, container, entry).map(|_| ())
            })?;
        }
    } else {
        for pair in entries.chunks_exact(2) {
            cx.scope(|cx| {
                let (key, value) = (slot_of(cx, keep, pair[0]), slot_of(cx, keep, pair[1]));
                mapping::dict_set(cx, container, key, value)
            })?;
        }
    }
    if is_copy {
        replace_domain(cx, cx.domain(), domain::COPIED);
    }
    Ok(())
}

/// What a node says beside its references.
#[derive(Default)]
struct Scalars<'a> {
    number: i64,
    text: &'a str,
    /// The other text: a module, or a file.
    module: &'a str,
    bytes: &'a [u8],
    floats: [f64; 2],
    signed: [i64; 3],
    counts: [usize; 2],
    layout: u8,
    home: Option<HomeId>,
}

impl<'a> Scalars<'a> {
    fn read(&mut self, tag: Tag, from: &mut Reader<'a>) -> Read<()> {
        if matches!(tag, Tag::Home | Tag::Function | Tag::Class | Tag::Module | Tag::Globals) {
            self.home = Some(HomeId { interpreter: from.number()?, number: from.number()? });
        }
        match tag {
            Tag::BigInt | Tag::NativeFunction => self.text = from.text()?,
            Tag::FloatBox => self.floats[0] = from.float()?,
            Tag::Complex => self.floats = [from.float()?, from.float()?],
            Tag::Str => (self.number, self.text) = (from.byte()?.into(), from.text()?),
            Tag::Bytes | Tag::ByteArray | Tag::Native => self.bytes = from.bytes()?,
            Tag::Range => {
                self.signed = [from.signed()?, from.signed()?, from.signed()?];
                if self.signed[2] == 0 {
                    return Err(Malformed);
                }
            }
            Tag::BuiltinClass => self.number = from.number()? as i64,
            Tag::Library => (self.module, self.text) = (from.text()?, from.text()?),
            Tag::Class => {
                self.layout = from.byte()?;
                let has_dict = from.byte()?;
                self.counts = [from.count()?, from.count()?];
                self.number = i64::from(has_dict);
            }
            Tag::LibraryModule | Tag::LibraryGlobals | Tag::Globals | Tag::Module => self.text = from.text()?,
            Tag::Exception => self.number = from.byte()?.into(),
            Tag::Code => {
                self.bytes = from.bytes()?;
                self.module = from.text()?;
                (self.number, self.text) = (from.byte()?.into(), from.text()?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// The kinds of a message's nodes.
#[cfg(test)]
pub(super) fn tags(message: &[u8]) -> Read<Vec<Tag>> {
    let mut reader = Reader::of_sealed(message)?;
    read_imports(&mut reader)?;
    let count = reader.count()? as u32;
    let mut tags = Vec::new();
    for _ in 0..count {
        let tag = Tag::from_byte(reader.byte()?).ok_or(Malformed)?;
        Scalars::default().read(tag, &mut reader)?;
        for references in [1, 2] {
            for _ in 0..reader.count()? * references {
                reader.reference(count)?;
            }
        }
        tags.push(tag);
    }
    Ok(tags)
}
