//! Lists, tuples, dicts and sets. What a dict or set holds is put in last, when its keys can be hashed.

use super::Tag;
use super::decode::{Builder, Node};
use super::encode::Encoder;
use super::wire::{Malformed, Read};
use crate::object::Kind;
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

impl<'h> Encoder<'h, '_> {
    pub(super) fn container(&mut self, value: Value<'h>) {
        let cx = self.cx;
        let (tag, items) = if let Some(list) = value.cast::<List>() {
            (Tag::List, self.references(list.to_vec(cx)))
        } else if let Some(tuple) = value.cast::<Tuple>() {
            (Tag::Tuple, self.references(tuple.iter(cx)))
        } else if let Some(set) = value.cast::<Set>() {
            (Tag::Set, self.references(set.iter(cx)))
        } else {
            let entries = value.cast::<Dict>().into_iter().flat_map(|dict| dict.iter(cx));
            (Tag::Dict, self.references(entries.flat_map(|(key, item)| [key, item])))
        };
        self.of_class(tag, value, |_| (), items);
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_container(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let cx = self.cx;
        Ok(match node.tag {
            Tag::List => Value::of(List::build(cx, self.birth(node, Kind::List)?)),
            Tag::Tuple => {
                let empty = vec![Value::NONE; node.refs.len().saturating_sub(1)];
                Value::of(Tuple::build(cx, self.birth(node, Kind::Tuple)?, &empty))
            }
            Tag::Dict if node.refs.len().is_multiple_of(2) => return Err(Malformed),
            Tag::Dict => Value::of(Dict::build(cx, self.birth(node, Kind::Dict)?)),
            _ => Value::of(Set::alloc(cx, self.birth(node, Kind::Set)?)),
        })
    }

    pub(super) fn fill_list(&self, node: &Node<'_>, object: Value<'h>) -> Read<()> {
        let list = object.cast::<List>().ok_or(Malformed)?;
        node.refs.iter().skip(1).for_each(|item| list.push(self.cx, self.or_none(*item)));
        Ok(())
    }

    pub(super) fn put_item(&self, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        // The first reference is to the class.
        let Some(index) = place.checked_sub(1) else { return Ok(()) };
        match object.cast::<Tuple>() {
            Some(tuple) => tuple.complete(index, value),
            None => _ = object.cast::<List>().ok_or(Malformed)?.set(self.cx, index, value),
        }
        Ok(())
    }
}
