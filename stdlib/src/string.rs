//! `_string`: the parser of `str.format`, for `string.Formatter`.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::format::template::{Step, next_piece, next_step, number, split_name};
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_string", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Pieces>(module, &NativeClass::nameless("builtins.formatteriterator", &[ITERATOR]));
    cx.define_native_class::<Steps>(module, &NativeClass::nameless("builtins.fieldnameiterator", &[ITERATOR]));
    Ok(())
}

/// A text that is being read.
struct Reader {
    text: Field,
    /// How many bytes of it are read. Set by whoever gets what lies before it (Relaxed: the text never changes).
    at: AtomicUsize,
}

impl Reader {
    fn new(text: Slot, at: usize) -> Reader {
        Reader { text: Field::of(text), at: AtomicUsize::new(at) }
    }

    /// What `read` makes of the rest of the text, of which it takes off what it has read. Each part is read by one thread.
    fn next<'h>(&'h self, cx: &'h Ctx, read: impl Fn(&mut &'h str) -> Res<Option<Value<'h>>>) -> Res<Option<Slot>> {
        let text = self.text.get_or_none(cx).as_str().unwrap_or_default();
        let mut at = self.at.load(Ordering::Relaxed);
        loop {
            let mut rest = &text[at..];
            let result = read(&mut rest);
            let after = text.len() - rest.len();
            match self.at.compare_exchange(at, after, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => return result.map(|found| found.map(|value| cx.root(value))),
                Err(now) => at = now,
            }
            if let Err(raised) = result {
                cx.take_raised(raised);
            }
        }
    }
}

/// The pieces of a template, one after the other.
struct Pieces(Reader);

impl NativeData for Pieces {
    const FIELDS: &'static [FieldOf<Self>] = &[|pieces| &pieces.0.text];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let cx: &Ctx = cx;
        cx.state::<Pieces>(this)?.0.next(cx, |rest| {
            let Some((literal, field)) = next_piece(cx, rest)? else { return Ok(None) };
            let literal = cx.str(literal);
            Ok(Some(match field {
                Some(field) => {
                    let conversion = field.conversion.map_or(Value::NONE, |conversion| cx.char(conversion));
                    cx.tuple(&[literal, cx.str(field.name), cx.str(field.spec), conversion])
                }
                None => cx.tuple(&[literal, Value::NONE, Value::NONE, Value::NONE]),
            }))
        })
    });
}

/// The steps in the name of a field.
struct Steps(Reader);

impl NativeData for Steps {
    const FIELDS: &'static [FieldOf<Self>] = &[|steps| &steps.0.text];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let cx: &Ctx = cx;
        cx.state::<Steps>(this)?.0.next(cx, |rest| {
            Ok(match next_step(cx, rest)? {
                Some(Step::Attribute(name)) => Some(cx.tuple(&[Value::TRUE, cx.str(name)])),
                Some(Step::Item(key)) => Some(cx.tuple(&[Value::FALSE, key_value(cx, key)?])),
                None => None,
            })
        })
    });
}

/// The number or string that an argument or a key is.
fn key_value<'h>(cx: &'h Ctx, name: &str) -> Res<Value<'h>> {
    Ok(match number(cx, name)? {
        Some(number) => cx.uint(number as u64),
        None => cx.str(name),
    })
}

/// A string that both functions take.
fn checked<'h>(cx: &'h Ctx, text: Slot) -> Res<&'h str> {
    let value = cx.get(text);
    value.as_str().ok_or_else(|| cx.type_error(format!("expected str, got {}", cx.type_name(value))))
}

natives! {
    static FUNCTIONS = {
        /// parse the argument as a format string
        call fn formatter_parser(cx; object: Slot) -> Slot {
            checked(cx, object)?;
            Ok(cx.new_of_native_class(Pieces(Reader::new(object, 0))))
        }

        /// split the argument as a field name
        call fn formatter_field_name_split(cx; object: Slot) -> Slot {
            let (first, at) = {
                let (first, steps) = split_name(checked(cx, object)?);
                (cx.root(key_value(cx, first)?), cx.get(object).as_str().map_or(0, str::len) - steps.len())
            };
            let steps = cx.new_of_native_class(Steps(Reader::new(object, at)));
            Ok(cx.root(cx.tuple(&[cx.get(first), cx.get(steps)])))
        }
    }
}
