//! Classes: those that are built in by their number, a script's whole.
//!
//! A class's references are its metaclass, its bases, its two names, the rest of its order, and pairs of a name and a value.

use super::Tag;
use super::decode::{Builder, Node};
use super::encode::Encoder;
use super::wire::{Malformed, Read, Reader, Writer};
use crate::builtin::Builtin;
use crate::ctx::Res;
use crate::names::Name;
use crate::object::Kind;
use crate::types::class::create::remember_subclass;
use crate::types::class::{Class, ClassFlags, ClassSpec};
use crate::types::dict::Dict;
use crate::value::Value;

impl<'h> Encoder<'h, '_> {
    pub(super) fn class(&mut self, value: Value<'h>) -> Res<()> {
        let cx = self.cx;
        let Some(class) = value.cast::<Class>() else { return Ok(()) };
        if let Some(number) = class.builtin_number() {
            self.leaf(Tag::BuiltinClass, |out| out.number(number.into()));
            return Ok(());
        }
        if !class.flags().heap {
            return Err(self.refused(value));
        }
        let (bases, order) = (class.bases(cx), class.mro(cx).skip(1).collect::<Vec<_>>());
        let counts = [bases.len() as u64, order.len() as u64];
        let mut refs = vec![self.reference(Value::of(cx.class_of(value)))];
        refs.extend(self.references(bases.into_iter().map(Value::of)));
        refs.extend(self.fields(&[&class.name, &class.qualname]));
        refs.extend(self.references(order.into_iter().map(Value::of)));
        for (name, item) in class.names(cx).iter(cx) {
            if self.can_cross(item) {
                refs.extend([self.reference(name), self.reference(item)]);
            }
        }
        let id = cx.interp().processes().homes.id_of(cx, value);
        let scalars = |out: &mut Writer| {
            id.write(out);
            out.byte(class.layout() as u8);
            out.byte(class.flags().has_dict.into());
            out.byte(class.flags().weak.into());
            counts.into_iter().for_each(|count| out.number(count));
        };
        self.put(Tag::Class, scalars, &refs, None);
        Ok(())
    }
}

/// What a class's node says beside its references.
struct Scalars {
    layout: Kind,
    has_dict: bool,
    weak: bool,
    bases: usize,
    /// How many classes follow in its order.
    order: usize,
}

impl Scalars {
    fn read(node: &Node<'_>) -> Read<Scalars> {
        let mut from = Reader(node.scalars);
        let layout = Kind::from_byte(from.byte()?).ok_or(Malformed)?;
        let [has_dict, weak] = [from.byte()? != 0, from.byte()? != 0];
        let [bases, order] = [from.number()?, from.number()?].map(|count| count as usize);
        let in_all = bases.checked_add(order).and_then(|classes| classes.checked_add(3));
        if in_all.is_none_or(|in_all| in_all > node.refs.len()) {
            return Err(Malformed);
        }
        Ok(Scalars { layout, has_dict, weak, bases, order })
    }

    /// The number of the reference to `__name__`, after which come that to `__qualname__`, and the order.
    fn name(&self) -> usize {
        1 + self.bases
    }

    /// The number of the first of those references that are pairs.
    fn pairs(&self) -> usize {
        self.name() + 2 + self.order
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_class(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let cx = self.cx;
        if node.tag == Tag::BuiltinClass {
            let number = Reader(node.scalars).number()?;
            let class = Builtin::ALL.get(number as usize).ok_or(Malformed)?;
            return Ok(Value::of(cx.class(*class)));
        }
        let scalars = Scalars::read(node)?;
        let metaclass = self.first::<Class>(node)?;
        let base = |base| self.value(base).filter(|base| base.cast::<Class>().is_some()).ok_or(Malformed);
        let bases = node.refs[1..scalars.name()].iter().map(|reference| base(*reference)).collect::<Read<Vec<_>>>()?;
        let name = cx.name(Name::__name__);
        let class = Class::alloc(
            cx,
            ClassSpec {
                name,
                qualname: name,
                bases: cx.tuple(&bases),
                names: Dict::name_space(cx),
                layout: scalars.layout,
                flags: ClassFlags {
                    heap: true,
                    has_dict: scalars.has_dict,
                    weak: scalars.weak,
                    ..ClassFlags::default()
                },
                builtin: None,
                metaclass: Some(Value::of(metaclass)),
            },
        );
        class.mro.store(cx.tuple(&[Value::of(class)]).word());
        Ok(Value::of(class))
    }

    pub(super) fn fill_class(&self, node: &Node<'_>, object: Value<'h>) -> Read<()> {
        let (cx, class, scalars) = (self.cx, object.cast::<Class>().ok_or(Malformed)?, Scalars::read(node)?);
        for (field, reference) in [&class.name, &class.qualname].into_iter().zip(&node.refs[scalars.name()..]) {
            if let Some(name) = self.value(*reference) {
                field.store(name.word());
            }
        }
        let order = node.refs[scalars.name() + 2..scalars.pairs()].iter().map(|class| self.or_none(*class));
        let order: Vec<_> = std::iter::once(object).chain(order).collect();
        if order.iter().any(|class| class.cast::<Class>().is_none()) {
            return Err(Malformed);
        }
        class.mro.store(cx.tuple(&order).word());
        let pairs = node.refs[scalars.pairs()..].chunks_exact(2);
        pairs.for_each(|pair| self.put_name(class, self.or_none(pair[0]), self.or_none(pair[1])));
        Ok(())
    }

    fn put_name(&self, class: &'h Class, name: Value<'h>, value: Value<'h>) {
        if let Some(name) = name.as_str() {
            if name == "__del__" {
                class.note_finaliser(self.cx);
            }
            class.names(self.cx).set_name(self.cx, self.cx.intern(name), value);
        }
    }

    pub(super) fn put_class(&self, node: &Node<'_>, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        let class = object.cast::<Class>().ok_or(Malformed)?;
        let place_in_pairs = place.checked_sub(Scalars::read(node)?.pairs());
        if place_in_pairs.is_some_and(|place| place % 2 == 1) {
            self.put_name(class, self.or_none(node.refs[place - 1]), value);
        }
        Ok(())
    }

    /// Tells the bases of a new class.
    pub(super) fn announce_class(&self, object: Value<'h>) {
        let bases = object.cast::<Class>().map(|class| class.bases(self.cx));
        bases.into_iter().flatten().for_each(|base| remember_subclass(self.cx, base, object));
    }
}
