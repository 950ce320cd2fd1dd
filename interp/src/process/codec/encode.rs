//! From a graph to bytes. Nothing here reaches a safepoint, so the graph is one moment's.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use argil_compiler::code::{Code, Const};
use argil_compiler::opcode::Opcode;

use super::home::HomeId;
use super::wire::{Ref, Writer};
use super::{Tag, code};
use crate::ctx::{Ctx, Res};
use crate::names::Name;
use crate::object::{Field, Header, Kind, flags};
use crate::types::bytearray::ByteArray;
use crate::types::cell::Cell;
use crate::types::class::Class;
use crate::types::code::CodeObject;
use crate::types::complex::Complex;
use crate::types::descriptor::{ClassMethod, Member, Property, StaticMethod};
use crate::types::dict::Dict;
use crate::types::exception::Exception;
use crate::types::file::File;
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::instance;
use crate::types::int::IntBox;
use crate::types::list::List;
use crate::types::module::Module;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::slice::Slice;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// A graph as bytes. What was made in the interpreter `peer` (0 for none) goes to it as a mere id.
///
/// # Errors
/// TypeError for an object that cannot cross: a file, a generator, a socket.
pub fn encode(cx: &Ctx, root: Value<'_>, peer: u64) -> Res<Vec<u8>> {
    let mut encoder = Encoder {
        cx,
        peer,
        ids: HashMap::default(),
        queue: VecDeque::new(),
        nodes: Writer::default(),
        globals: Vec::new(),
        bindings: Vec::new(),
        imports: BTreeSet::new(),
    };
    let root = encoder.reference(root);
    encoder.run()?;
    let mut message = Writer::default();
    message.number(encoder.imports.len() as u64);
    encoder.imports.iter().for_each(|name| message.text(name));
    message.number(encoder.ids.len() as u64);
    message.0.append(&mut encoder.nodes.0);
    message.number(encoder.bindings.len() as u64);
    for (space, name, value) in &encoder.bindings {
        message.number(u64::from(*space));
        message.text(name);
        message.reference(*value);
    }
    message.reference(root);
    Ok(message.sealed())
}

/// The module of the built-in functions.
const BUILTINS: &str = "builtins";

/// A module's name space of which some names travel.
struct Globals<'h> {
    dict: &'h Dict,
    /// Names that a function names, to be looked at.
    wanted: Vec<Box<str>>,
    done: HashSet<Box<str>>,
}

struct Encoder<'h> {
    cx: &'h Ctx,
    peer: u64,
    ids: HashMap<u64, u32, foldhash::fast::FixedState>,
    queue: VecDeque<Value<'h>>,
    nodes: Writer,
    globals: Vec<Globals<'h>>,
    bindings: Vec<(u32, Box<str>, Ref)>,
    imports: BTreeSet<&'h str>,
}

impl<'h> Encoder<'h> {
    fn run(&mut self) -> Res<()> {
        loop {
            while let Some(value) = self.queue.pop_front() {
                self.node(value)?;
            }
            if !self.bind_globals() {
                return Ok(());
            }
        }
    }

    /// Adds the globals that were named since the last time; whether there were any.
    fn bind_globals(&mut self) -> bool {
        let mut any = false;
        for index in 0..self.globals.len() {
            let dict = self.globals[index].dict;
            for name in std::mem::take(&mut self.globals[index].wanted) {
                if !self.globals[index].done.insert(name.clone()) {
                    continue;
                }
                let Some(value) = self.cx.interp().interned(self.cx, &name).and_then(|key| dict.get_name(self.cx, key))
                else {
                    continue;
                };
                // A global that cannot cross stays behind: the worker finds the name unbound.
                if self.can_cross(value) {
                    any = true;
                    let (space, value) = (self.number(Value::of(dict)), self.reference(value));
                    self.bindings.push((space, name, value));
                }
            }
        }
        any
    }

    fn number(&self, value: Value<'h>) -> u32 {
        self.ids[&value.word().0]
    }

    /// The reference to a value, which is queued if it is new.
    fn reference(&mut self, value: Value<'h>) -> Ref {
        if value.header().is_none() {
            return Ref::Word(value.word());
        }
        let mut pending = vec![value];
        while let Some(&next) = pending.last() {
            if self.ids.contains_key(&next.word().0) {
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
            let unknown = |value: &Value<'h>| !self.ids.contains_key(&value.word().0);
            let more: Vec<_> = pending.drain(before..).filter(unknown).collect();
            if more.is_empty() {
                pending.pop();
                self.ids.insert(next.word().0, self.ids.len() as u32);
                self.queue.push_back(next);
            }
            pending.extend(more);
        }
        Ref::Node(self.number(value))
    }

    fn optional(&mut self, value: Option<Value<'h>>) -> Ref {
        value.map_or(Ref::Word(Word::UNSET), |value| self.reference(value))
    }

    fn field(&mut self, field: &Field) -> Ref {
        self.optional(field.get(self.cx))
    }

    /// What must exist before an object can.
    fn needs(&self, value: Value<'h>, mut need: impl FnMut(Value<'h>)) {
        let cx = self.cx;
        if self.at_home(value).is_some() || self.library_name(value).is_some() {
            return;
        }
        if let Some(class) = value.cast::<Class>() {
            if !class.is_builtin() {
                need(Value::of(cx.class_of(value)));
                class.bases(cx).into_iter().for_each(|base| need(Value::of(base)));
            }
            return;
        }
        match value.kind() {
            Some(Kind::Function) => {
                value.cast::<Function>().and_then(|function| function.code.get(cx)).into_iter().for_each(need);
            }
            Some(Kind::Code) => {
                value.cast::<CodeObject>().and_then(|code| code.globals.get(cx)).into_iter().for_each(need);
            }
            Some(Kind::Module) => {
                if let Some(module) = value.cast::<Module>() {
                    need(Value::of(module.names(cx)));
                }
            }
            Some(Kind::NativeFunction) => {
                value.cast::<NativeFunction>().and_then(|function| function.owner.get(cx)).into_iter().for_each(need);
            }
            Some(Kind::Native) if value.native::<Member>().is_some() => {
                value.native::<Member>().and_then(|member| member.owner.get(cx)).into_iter().for_each(need);
            }
            _ => need(Value::of(cx.class_of(value))),
        }
    }

    /// The id of what was made in the interpreter that the message is for.
    fn at_home(&self, value: Value<'h>) -> Option<HomeId> {
        if self.peer == 0 || !self.has_home(value) {
            return None;
        }
        let id = self.cx.interp().homes.id_of(self.cx, value);
        (id.interpreter == self.peer).then_some(id)
    }

    /// Whether an object is one of those whose identity matters across processes.
    fn has_home(&self, value: Value<'h>) -> bool {
        match value.kind() {
            Some(Kind::Class) => value.cast::<Class>().is_some_and(|class| class.flags().heap),
            Some(Kind::Function | Kind::Module) => true,
            Some(Kind::Dict) => self.is_globals(value),
            _ => false,
        }
    }

    fn is_globals(&self, value: Value<'h>) -> bool {
        let table = value.cast::<Dict>().and_then(|dict| dict.table(self.cx));
        table.is_some_and(|table| table.has_cells()) && self.module_name(value).is_some()
    }

    fn module_name(&self, globals: Value<'h>) -> Option<&'h str> {
        globals.cast::<Dict>()?.get_name(self.cx, self.cx.name(Name::__name__))?.as_str()
    }

    /// The module and name under which a class or function of the library is found.
    fn library_name(&self, value: Value<'h>) -> Option<(&'h str, &'h str)> {
        let cx = self.cx;
        let (module, name) = if let Some(class) = value.cast::<Class>() {
            let module = class.names(cx).get_name(cx, cx.name(Name::__module__))?.as_str()?;
            (module, class.qualname.get(cx)?.as_str()?)
        } else {
            let function = value.cast::<Function>()?;
            (self.module_name(function.code(cx).globals.get(cx)?)?, function.qualname(cx))
        };
        if !is_library(cx, module) {
            return None;
        }
        let found = super::decode::find_in_module(cx, module, name)?;
        (found == value).then_some((module, name))
    }

    fn crossing(&self, value: Value<'h>) -> Option<super::Crossing> {
        let class = self.cx.class_of(value);
        let crossings = self.cx.interp().crossings.lock();
        class.mro(self.cx).find_map(|class| crossings.get(&Value::of(class).word().0).copied())
    }

    fn can_cross(&self, value: Value<'h>) -> bool {
        match value.kind() {
            Some(Kind::Generator | Kind::Iter) => false,
            Some(Kind::Native) => self.built_in_native(value) || self.crossing(value).is_some(),
            _ => true,
        }
    }

    fn built_in_native(&self, value: Value<'h>) -> bool {
        value.native::<ByteArray>().is_some()
            || value.native::<Property>().is_some()
            || value.native::<ClassMethod>().is_some()
            || value.native::<StaticMethod>().is_some()
            || value.native::<Member>().is_some()
            || value.native::<GenericAlias>().is_some()
            || value.native::<Union>().is_some()
    }

    /// Writes one node.
    fn node(&mut self, value: Value<'h>) -> Res<()> {
        let cx = self.cx;
        if let Some(id) = self.at_home(value) {
            self.nodes.byte(Tag::Home as u8);
            self.home(id);
            return self.finish(&[], None);
        }
        if let Some((module, name)) = self.library_name(value) {
            self.imports.insert(module);
            self.nodes.byte(Tag::Library as u8);
            self.nodes.text(module);
            self.nodes.text(name);
            return self.finish(&[], None);
        }
        let Some(header) = value.header() else { return Ok(()) };
        match header.kind() {
            Kind::BigInt => {
                self.nodes.byte(Tag::BigInt as u8);
                let number = value.as_int().map(|int| int.to_big().to_string()).unwrap_or_default();
                self.nodes.text(&number);
                self.finish(&[], None)
            }
            Kind::IntBox => {
                let number = value.cast::<IntBox>().map_or(Ref::Word(Word::NONE), |int| self.field(&int.number));
                self.of_class(Tag::IntBox, value, |_| (), vec![number])
            }
            Kind::FloatBox => {
                let number = value.as_float().unwrap_or_default();
                self.of_class(Tag::FloatBox, value, |out| out.float(number), Vec::new())
            }
            Kind::Complex => {
                let (re, im) = value.cast::<Complex>().map_or((0.0, 0.0), |complex| (complex.re, complex.im));
                let scalars = |out: &mut Writer| [re, im].into_iter().for_each(|part| out.float(part));
                self.of_class(Tag::Complex, value, scalars, Vec::new())
            }
            Kind::Str => {
                let text = value.as_str().unwrap_or_default();
                let scalars = |out: &mut Writer| {
                    out.byte(header.has(flags::INTERNED).into());
                    out.text(text);
                };
                self.of_class(Tag::Str, value, scalars, Vec::new())
            }
            Kind::Bytes => {
                let bytes = value.as_bytes().unwrap_or_default();
                self.of_class(Tag::Bytes, value, |out| out.bytes(bytes), Vec::new())
            }
            Kind::List => {
                let items = value.cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
                let items = items.into_iter().map(|item| self.reference(item)).collect();
                self.of_class(Tag::List, value, |_| (), items)
            }
            Kind::Tuple => {
                let tuple = value.cast::<Tuple>().into_iter().flat_map(|tuple| tuple.iter(cx));
                let items: Vec<_> = tuple.map(|item| self.reference(item)).collect();
                self.of_class(Tag::Tuple, value, |_| (), items)
            }
            Kind::Dict if self.is_globals(value) => self.globals_node(value),
            Kind::Dict => {
                let mut items = Vec::new();
                for (key, item) in value.cast::<Dict>().into_iter().flat_map(|dict| dict.iter(cx)) {
                    items.extend([self.reference(key), self.reference(item)]);
                }
                self.of_class(Tag::Dict, value, |_| (), items)
            }
            Kind::Set => {
                let set = value.cast::<Set>().into_iter().flat_map(|set| set.iter(cx));
                let items = set.map(|item| self.reference(item)).collect();
                self.of_class(Tag::Set, value, |_| (), items)
            }
            Kind::Range => {
                let Some(range) = value.cast::<Range>() else { return Ok(()) };
                self.nodes.byte(Tag::Range as u8);
                [range.start, range.stop, range.step].into_iter().for_each(|number| self.nodes.signed(number));
                self.finish(&[], None)
            }
            Kind::Slice => {
                let Some(slice) = value.cast::<Slice>() else { return Ok(()) };
                self.plain(Tag::Slice, &[&slice.start, &slice.stop, &slice.step])
            }
            Kind::Function => self.function(value),
            Kind::NativeFunction => {
                let Some(function) = value.cast::<NativeFunction>() else { return Ok(()) };
                let owner = self.field(&function.owner);
                self.nodes.byte(Tag::NativeFunction as u8);
                self.nodes.text(function.def.name());
                self.finish(&[owner], None)
            }
            Kind::BoundMethod => {
                let Some(method) = value.cast::<BoundMethod>() else { return Ok(()) };
                self.plain(Tag::BoundMethod, &[&method.function, &method.receiver])
            }
            Kind::Class => self.class(value),
            Kind::Module => self.module(value),
            Kind::Instance => self.of_class(Tag::Instance, value, |_| (), Vec::new()),
            Kind::Exception => {
                let Some(exception) = value.cast::<Exception>() else { return Ok(()) };
                let fields = [&exception.args, &exception.cause, &exception.context, &exception.details];
                let refs = fields.into_iter().map(|field| self.field(field)).collect();
                let suppressed = exception.suppresses_context();
                self.of_class(Tag::Exception, value, |out| out.byte(suppressed.into()), refs)
            }
            Kind::Cell => {
                let Some(cell) = value.cast::<Cell>() else { return Ok(()) };
                self.plain(Tag::Cell, &[&cell.value])
            }
            Kind::Code => self.code(value),
            Kind::Native => self.native(value),
            _ => Err(self.refused(value)),
        }
    }

    fn refused(&self, value: Value<'h>) -> crate::ctx::Raised {
        let name = self.cx.class_of(value).name(self.cx);
        let message = match (value.native::<File>(), name.rsplit_once('.')) {
            (Some(_), Some((_, name))) => format!("cannot pickle '{name}' instances"),
            _ => format!("cannot pickle '{name}' object"),
        };
        self.cx.type_error(message)
    }

    fn home(&mut self, id: HomeId) {
        self.nodes.number(id.interpreter);
        self.nodes.number(id.number);
    }

    /// Ends a node: its references, and its attributes if it may have any.
    fn finish(&mut self, refs: &[Ref], attrs: Option<&'h Header>) -> Res<()> {
        let own = attrs.map_or_else(Vec::new, |header| instance::own_attrs(self.cx, header));
        let own: Vec<_> = own.into_iter().map(|(name, value)| (self.reference(name), self.reference(value))).collect();
        self.nodes.number(refs.len() as u64);
        refs.iter().for_each(|reference| self.nodes.reference(*reference));
        self.nodes.number(own.len() as u64);
        for (name, value) in own {
            self.nodes.reference(name);
            self.nodes.reference(value);
        }
        Ok(())
    }

    fn plain(&mut self, tag: Tag, fields: &[&Field]) -> Res<()> {
        let refs: Vec<_> = fields.iter().map(|field| self.field(field)).collect();
        self.nodes.byte(tag as u8);
        self.finish(&refs, None)
    }

    /// A node whose first reference is the class.
    fn of_class(
        &mut self,
        tag: Tag,
        value: Value<'h>,
        scalars: impl FnOnce(&mut Writer),
        mut refs: Vec<Ref>,
    ) -> Res<()> {
        let class = self.reference(Value::of(self.cx.class_of(value)));
        refs.insert(0, class);
        self.nodes.byte(tag as u8);
        scalars(&mut self.nodes);
        self.finish(&refs, value.header())
    }

    fn function(&mut self, value: Value<'h>) -> Res<()> {
        let Some(function) = value.cast::<Function>() else { return Ok(()) };
        let fields = [
            &function.code,
            &function.defaults,
            &function.kw_defaults,
            &function.closure,
            &function.name,
            &function.qualname,
            &function.doc,
            &function.annotate,
            &function.attrs,
        ];
        let refs: Vec<_> = fields.into_iter().map(|field| self.field(field)).collect();
        self.nodes.byte(Tag::Function as u8);
        self.home(self.cx.interp().homes.id_of(self.cx, value));
        self.finish(&refs, None)
    }

    fn code(&mut self, value: Value<'h>) -> Res<()> {
        let Some(object) = value.cast::<CodeObject>() else { return Ok(()) };
        let globals = self.field(&object.globals);
        let space = object.globals.get(self.cx).and_then(Value::cast::<Dict>);
        if let Some(space) = self.globals.iter_mut().find(|known| space.is_some_and(|s| std::ptr::eq(s, known.dict))) {
            global_names(object.source(), &mut space.wanted);
        } else if let Some(dict) = space.filter(|dict| self.is_shipped_globals(Value::of(*dict))) {
            let mut wanted = Vec::new();
            global_names(object.source(), &mut wanted);
            self.globals.push(Globals { dict, wanted, done: Default::default() });
        }
        self.nodes.byte(Tag::Code as u8);
        let mut source = Writer::default();
        code::write(&mut source, object.source());
        self.nodes.bytes(&source.0);
        self.nodes.text(&object.file().name);
        self.nodes.byte(object.file().text.is_some().into());
        self.nodes.text(object.file().text.as_deref().unwrap_or_default());
        self.finish(&[globals], None)
    }

    /// Whether a name space is one of a script's module that the receiver does not have of its own.
    fn is_shipped_globals(&self, value: Value<'h>) -> bool {
        self.is_globals(value)
            && self.at_home(value).is_none()
            && self.module_name(value).is_some_and(|name| !is_library(self.cx, name))
    }

    fn globals_node(&mut self, value: Value<'h>) -> Res<()> {
        let name = self.module_name(value).unwrap_or_default();
        if is_library(self.cx, name) {
            self.imports.insert(name);
            self.nodes.byte(Tag::LibraryGlobals as u8);
            self.nodes.text(name);
            return self.finish(&[], None);
        }
        self.nodes.byte(Tag::Globals as u8);
        self.home(self.cx.interp().homes.id_of(self.cx, value));
        self.nodes.text(name);
        let file = value.cast::<Dict>().and_then(|dict| dict.get_name(self.cx, self.cx.name(Name::__file__)));
        let file = self.optional(file);
        self.finish(&[file], None)
    }

    fn module(&mut self, value: Value<'h>) -> Res<()> {
        let Some(module) = value.cast::<Module>() else { return Ok(()) };
        let names = module.names(self.cx);
        let name = self.module_name(Value::of(names)).unwrap_or_default();
        if is_library(self.cx, name) {
            self.imports.insert(name);
            self.nodes.byte(Tag::LibraryModule as u8);
            self.nodes.text(name);
            return self.finish(&[], None);
        }
        // Which of a module's names will be asked for cannot be seen: all travel.
        let wanted = names.iter(self.cx).filter_map(|(name, _)| name.as_str().map(Box::from)).collect::<Vec<_>>();
        match self.globals.iter_mut().find(|known| std::ptr::eq(names, known.dict)) {
            Some(known) => known.wanted.extend(wanted),
            None => self.globals.push(Globals { dict: names, wanted, done: Default::default() }),
        }
        let names = self.reference(Value::of(names));
        self.nodes.byte(Tag::Module as u8);
        self.home(self.cx.interp().homes.id_of(self.cx, value));
        self.nodes.text(name);
        self.finish(&[names], None)
    }

    fn class(&mut self, value: Value<'h>) -> Res<()> {
        let cx = self.cx;
        let Some(class) = value.cast::<Class>() else { return Ok(()) };
        if let Some(number) = class.builtin_number() {
            self.nodes.byte(Tag::BuiltinClass as u8);
            self.nodes.number(number.into());
            return self.finish(&[], None);
        }
        if !class.flags().heap {
            return Err(self.refused(value));
        }
        let (bases, order) = (class.bases(cx), class.mro(cx).skip(1).collect::<Vec<_>>());
        let counts = [bases.len() as u64, order.len() as u64];
        let mut refs = vec![self.reference(Value::of(cx.class_of(value)))];
        refs.extend(bases.into_iter().map(|base| self.reference(Value::of(base))));
        refs.extend([self.field(&class.name), self.field(&class.qualname)]);
        refs.extend(order.into_iter().map(|class| self.reference(Value::of(class))));
        for (name, item) in class.names(cx).iter(cx) {
            if self.can_cross(item) {
                refs.extend([self.reference(name), self.reference(item)]);
            }
        }
        self.nodes.byte(Tag::Class as u8);
        self.home(cx.interp().homes.id_of(self.cx, value));
        self.nodes.byte(class.layout() as u8);
        self.nodes.byte(class.flags().has_dict.into());
        counts.into_iter().for_each(|count| self.nodes.number(count));
        self.finish(&refs, None)
    }

    fn native(&mut self, value: Value<'h>) -> Res<()> {
        if let Some(array) = value.native::<ByteArray>() {
            let bytes = array.with(<[u8]>::to_vec);
            return self.of_class(Tag::ByteArray, value, |out| out.bytes(&bytes), Vec::new());
        }
        if let Some(property) = value.native::<Property>() {
            let fields = [&property.get, &property.set, &property.delete, &property.doc, &property.name];
            let refs = fields.into_iter().map(|field| self.field(field)).collect();
            return self.of_class(Tag::Property, value, |_| (), refs);
        }
        if let Some(method) = value.native::<ClassMethod>() {
            return self.plain(Tag::ClassMethod, &[&method.callable]);
        }
        if let Some(method) = value.native::<StaticMethod>() {
            return self.plain(Tag::StaticMethod, &[&method.callable]);
        }
        if let Some(member) = value.native::<Member>() {
            return self.plain(Tag::Member, &[&member.owner, &member.name]);
        }
        if let Some(alias) = value.native::<GenericAlias>() {
            return self.plain(Tag::GenericAlias, &[&alias.origin, &alias.args, &alias.starred]);
        }
        if let Some(union) = value.native::<Union>() {
            return self.plain(Tag::Union, &[&union.members]);
        }
        let saved = self.crossing(value).and_then(|crossing| (crossing.save)(self.cx, value));
        let Some(saved) = saved else { return Err(self.refused(value)) };
        let refs = saved.values.into_iter().map(|value| self.optional(value)).collect();
        self.of_class(Tag::Native, value, |out| out.bytes(&saved.bytes), refs)
    }
}

/// Whether a module is one that every interpreter has.
pub(super) fn is_library(cx: &Ctx, name: &str) -> bool {
    name == BUILTINS || cx.interp().config.library.iter().any(|def| def.name == name)
}

/// The names that code, and the code inside it, looks up or changes among the globals.
fn global_names(code: &Code, names: &mut Vec<Box<str>>) {
    for instr in &code.instrs {
        let site = match instr.opcode() {
            Some(Opcode::LoadGlobal | Opcode::StoreGlobal | Opcode::DeleteGlobal) => instr.b(),
            Some(Opcode::LoadName) => instr.c(),
            _ => continue,
        };
        names.extend(code.sites.get(usize::from(site)).cloned());
    }
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            global_names(inner, names);
        }
    }
}
