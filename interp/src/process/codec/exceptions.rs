//! Exceptions. Their tracebacks stay behind.

use super::Tag;
use super::decode::{Builder, Node, store};
use super::encode::Encoder;
use super::wire::{Malformed, Read, Reader};
use crate::object::{Field, Kind};
use crate::types::exception::Exception;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The fields of an exception, in the order of its references.
fn fields(exception: &Exception) -> [&Field; 4] {
    [&exception.args, &exception.cause, &exception.context, &exception.details]
}

impl<'h> Encoder<'h, '_> {
    pub(super) fn exception(&mut self, value: Value<'h>) {
        let Some(exception) = value.cast::<Exception>() else { return };
        let refs = self.fields(&fields(exception));
        let suppressed = exception.suppresses_context();
        self.of_class(Tag::Exception, value, |out| out.byte(suppressed.into()), refs);
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn make_exception(&self, node: &Node<'_>) -> Read<Value<'h>> {
        let args = self.cx.tuple(&[]).cast::<Tuple>().ok_or(Malformed)?;
        let exception = Exception::build(self.cx, self.birth(node, Kind::Exception)?, args);
        exception.set_suppresses_context(Reader(node.scalars).byte()? != 0);
        Ok(Value::of(exception))
    }

    pub(super) fn put_exception(&self, object: Value<'h>, place: usize, value: Value<'h>) -> Read<()> {
        // The first reference is to the class.
        if let Some(place) = place.checked_sub(1) {
            store(&fields(object.cast::<Exception>().ok_or(Malformed)?), place, value);
        }
        Ok(())
    }
}
