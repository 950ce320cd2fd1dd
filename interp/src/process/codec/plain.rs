//! Numbers, texts, bytes, ranges and slices.

use super::Tag;
use super::decode::{Builder, Node, store};
use super::encode::Encoder;
use super::wire::{Malformed, Read, Reader};
use crate::object::{Kind, flags};
use crate::types::bytes::Bytes;
use crate::types::complex::Complex;
use crate::types::float::FloatBox;
use crate::types::int::IntBox;
use crate::types::range::Range;
use crate::types::slice::Slice;
use crate::types::str::Str;
use crate::value::Value;

impl<'h> Encoder<'h, '_> {
    pub(super) fn plain(&mut self, value: Value<'h>) {
        if let Some(number) = value.cast::<IntBox>() {
            let number = self.field(&number.number);
            self.of_class(Tag::IntBox, value, |_| (), vec![number]);
        } else if value.kind() == Some(Kind::BigInt) {
            let number = value.as_int().map(|int| int.to_big().to_string()).unwrap_or_default();
            self.leaf(Tag::BigInt, |out| out.0.extend(number.as_bytes()));
        } else if let Some(number) = value.as_float() {
            self.of_class(Tag::FloatBox, value, |out| out.float(number), Vec::new());
        } else if let Some(number) = value.cast::<Complex>() {
            let scalars = |out: &mut super::Writer| [number.re, number.im].into_iter().for_each(|part| out.float(part));
            self.of_class(Tag::Complex, value, scalars, Vec::new());
        } else if let Some(text) = value.as_str() {
            let interned = value.header().is_some_and(|header| header.has(flags::INTERNED));
            let scalars = |out: &mut super::Writer| {
                out.byte(interned.into());
                out.0.extend(text.as_bytes());
            };
            self.of_class(Tag::Str, value, scalars, Vec::new());
        } else if let Some(bytes) = value.as_bytes() {
            self.of_class(Tag::Bytes, value, |out| out.0.extend(bytes), Vec::new());
        } else if let Some(range) = value.cast::<Range>() {
            let numbers = [range.start, range.stop, range.step];
            self.leaf(Tag::Range, |out| numbers.into_iter().for_each(|number| out.signed(number)));
        } else if let Some(slice) = value.cast::<Slice>() {
            let refs = self.fields(&[&slice.start, &slice.stop, &slice.step]);
            self.put(Tag::Slice, |_| (), &refs, None);
        }
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_plain(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let (cx, mut scalars) = (self.cx, Reader(node.scalars));
        Ok(match node.tag {
            Tag::BigInt => cx.big_int(scalars.rest_text()?.parse().map_err(|_| Malformed)?),
            Tag::IntBox => Value::of(IntBox::build(cx, self.birth(node, Kind::IntBox)?, Value::NONE)),
            Tag::FloatBox => Value::of(FloatBox::build(cx, self.birth(node, Kind::FloatBox)?, scalars.float()?)),
            Tag::Complex => {
                Value::of(Complex::build(cx, self.birth(node, Kind::Complex)?, scalars.float()?, scalars.float()?))
            }
            Tag::Str => {
                let (interned, text) = (scalars.byte()? != 0, scalars.rest_text()?);
                if interned { cx.intern(text) } else { Value::of(Str::build(cx, self.birth(node, Kind::Str)?, text)) }
            }
            Tag::Bytes => Value::of(Bytes::build(cx, self.birth(node, Kind::Bytes)?, scalars.rest())),
            Tag::Range => {
                let (start, stop, step) = (scalars.signed()?, scalars.signed()?, scalars.signed()?);
                if step == 0 {
                    return Err(Malformed);
                }
                Value::of(Range::alloc(cx, start, stop, step))
            }
            _ => Value::of(Slice::alloc(cx, Value::NONE, Value::NONE, Value::NONE)),
        })
    }

    pub(super) fn put_plain(&self, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        if let Some(slice) = object.cast::<Slice>() {
            store(&[&slice.start, &slice.stop, &slice.step], place, value);
        } else if place == 1 {
            store(&[&object.cast::<IntBox>().ok_or(Malformed)?.number], 0, value);
        }
        Ok(())
    }
}
