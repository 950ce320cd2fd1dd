//! From values to text. What calls no script code is atomic under the global lock: there is no safepoint on the way.

use std::collections::HashSet;

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::names::Name;
use argil_interp::ops::repr::{decimal, push_float, push_small, repr};
use argil_interp::ops::{attr, iter, mapping, note, sort};
use argil_interp::types::dict::Dict;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::encoder::Encoder;
use super::escape::Escape;

/// The containers that are being written, by identity: the outermost in a row, which is looked through, the rest in a set.
#[derive(Default)]
struct Open {
    row: Vec<u64>,
    deep: HashSet<u64>,
}

const ROW: usize = 32;

impl Open {
    /// Notes a container; whether it was not open already.
    fn enter(&mut self, identity: u64) -> bool {
        if self.row.contains(&identity) {
            return false;
        }
        if self.row.len() < ROW {
            self.row.push(identity);
            return true;
        }
        self.deep.insert(identity)
    }

    fn leave(&mut self, identity: u64) {
        if !self.deep.remove(&identity) {
            self.row.pop();
        }
    }
}

/// One walk through a value.
struct Walk {
    out: String,
    open: Option<Open>,
    default: Slot,
    encoder: Slot,
    escape: Option<Escape>,
    sort_keys: bool,
    skip_keys: bool,
    allow_nan: bool,
    key_separator: String,
    item_separator: String,
    /// What one level is indented by, and how many levels deep the walk is.
    indent: Option<(String, usize)>,
}

/// The text of a value.
pub fn encode(cx: &mut Ctx, encoder: Slot, value: Slot, level: i64) -> Res<String> {
    let state = cx.state::<Encoder>(encoder)?;
    let text = |value: Value<'_>| value.as_str().unwrap_or_default().to_owned();
    let indent = state.indent.get_or_none(cx);
    if !indent.is_none() && indent.as_str().is_none() {
        return Err(cx.type_error(format!("indent must be str or None, not {}", cx.type_name(indent))));
    }
    let mut walk = Walk {
        out: String::new(),
        open: state.checks_circles.then(Open::default),
        default: cx.root(state.default.get_or_none(cx)),
        encoder: cx.root(state.encoder.get_or_none(cx)),
        escape: state.escape,
        sort_keys: state.sort_keys,
        skip_keys: state.skip_keys,
        allow_nan: state.allow_nan,
        key_separator: text(state.key_separator.get_or_none(cx)),
        item_separator: text(state.item_separator.get_or_none(cx)),
        indent: indent.as_str().map(|indent| (indent.to_owned(), usize::try_from(level).unwrap_or(0))),
    };
    walk.value(cx, value)?;
    Ok(walk.out)
}

impl Walk {
    #[inline]
    fn push(&mut self, text: &str) {
        memory::reserve_text(&mut self.out, text.len());
        self.out.push_str(text);
    }

    /// Begins a line, if lines are indented.
    fn new_line(&mut self) {
        if let Some((indent, level)) = &self.indent {
            let room = indent.len().saturating_mul(*level);
            memory::reserve_text(&mut self.out, room.saturating_add(1));
            self.out.push('\n');
            for _ in 0..*level {
                self.out.push_str(indent);
            }
        }
    }

    fn deeper(&mut self) {
        if let Some((_, level)) = &mut self.indent {
            *level += 1;
            self.new_line();
        }
    }

    fn back(&mut self) {
        if let Some((_, level)) = &mut self.indent {
            *level -= 1;
            self.new_line();
        }
    }

    fn separator(&mut self) {
        memory::reserve_text(&mut self.out, self.item_separator.len());
        self.out.push_str(&self.item_separator);
        self.new_line();
    }

    /// Writes what is no container and needs no script code; `None` for the rest.
    #[inline]
    fn scalar(&mut self, cx: &Ctx, value: Value<'_>) -> Option<Res<()>> {
        if let Some(small) = value.as_small_int() {
            memory::reserve_text(&mut self.out, 20);
            push_small(&mut self.out, small);
        } else if let Some(text) = value.as_str() {
            self.escape?.push(&mut self.out, text);
        } else if value.is_none() {
            self.push("null");
        } else if value.is_bool() {
            self.push(if value == Value::TRUE { "true" } else { "false" });
        } else if let Some(float) = value.as_float() {
            return Some(self.float(cx, float));
        } else {
            return value.as_int().map(|int| self.int(cx, int));
        }
        Some(Ok(()))
    }

    fn int(&mut self, cx: &Ctx, int: Int<'_>) -> Res<()> {
        match int {
            Int::Small(small) => push_small(&mut self.out, small),
            Int::Big(big) => self.push(&decimal(cx, big)?),
        }
        Ok(())
    }

    fn float(&mut self, cx: &Ctx, float: f64) -> Res<()> {
        if float.is_finite() {
            memory::reserve_text(&mut self.out, 32);
            push_float(&mut self.out, float);
            return Ok(());
        }
        let name = match (float.is_nan(), float > 0.0) {
            (true, _) => ["NaN", "nan"],
            (_, true) => ["Infinity", "inf"],
            _ => ["-Infinity", "-inf"],
        };
        if !self.allow_nan {
            let message = format!("Out of range float values are not JSON compliant: {}", name[1]);
            return Err(cx.value_error(message));
        }
        self.push(name[0]);
        Ok(())
    }

    /// Writes a string by the function that was given for it.
    fn string(&mut self, cx: &mut Ctx, text: Slot) -> Res<()> {
        if let (Some(escape), Some(text)) = (self.escape, cx.get(text).as_str()) {
            escape.push(&mut self.out, text);
            return Ok(());
        }
        cx.scope(|cx| {
            let made = cx.call(self.encoder, &[text])?;
            let made = cx.get(made);
            let Some(text) = made.as_str() else {
                return Err(cx.type_error(format!("encoder() must return a string, not {}", cx.type_name(made))));
            };
            self.push(text);
            Ok(())
        })
    }

    fn value(&mut self, cx: &mut Ctx, slot: Slot) -> Res<()> {
        let value = cx.get(slot);
        if let Some(done) = self.scalar(cx, value) {
            return done;
        }
        if value.as_str().is_some() {
            return self.string(cx, slot);
        }
        cx.check_native_stack(" while encoding a JSON object")?;
        if value.cast::<List>().is_some() || value.cast::<Tuple>().is_some() {
            return self.sequence(cx, slot);
        }
        if value.cast::<Dict>().is_some() {
            return self.dict(cx, slot);
        }
        let identity = self.enter(cx, slot)?;
        cx.scope(|cx| {
            let other = cx.call(self.default, &[slot])?;
            self.value(cx, other).map_err(|raised| {
                let class = full_name(cx, slot);
                noted(cx, raised, format!("when serializing {class} object"))
            })
        })?;
        self.leave(identity);
        Ok(())
    }

    /// Notes that a container is being written.
    fn enter(&mut self, cx: &Ctx, container: Slot) -> Res<u64> {
        let identity = cx.get(container).identity();
        if self.open.as_mut().is_some_and(|open| !open.enter(identity)) {
            return Err(cx.value_error("Circular reference detected"));
        }
        Ok(identity)
    }

    fn leave(&mut self, identity: u64) {
        if let Some(open) = &mut self.open {
            open.leave(identity);
        }
    }

    fn sequence(&mut self, cx: &mut Ctx, sequence: Slot) -> Res<()> {
        let element = |cx: &Ctx, index: usize, into: Slot| {
            let value = cx.get(sequence);
            let element = match value.cast::<List>() {
                Some(list) => list.get(cx, index),
                None => value.cast::<Tuple>().and_then(|tuple| tuple.get(cx, index)),
            };
            element.map(|element| cx.set(into, element)).is_some()
        };
        cx.scope(|cx| {
            let slot = cx.root(Value::NONE);
            if !element(cx, 0, slot) {
                self.push("[]");
                return Ok(());
            }
            let identity = self.enter(cx, sequence)?;
            self.push("[");
            self.deeper();
            let mut index = 0;
            loop {
                self.value(cx, slot).map_err(|raised| {
                    let class = full_name(cx, sequence);
                    noted(cx, raised, format!("when serializing {class} item {index}"))
                })?;
                index += 1;
                if !element(cx, index, slot) {
                    break;
                }
                self.separator();
            }
            self.leave(identity);
            self.back();
            self.push("]");
            Ok(())
        })
    }

    fn dict(&mut self, cx: &mut Ctx, dict: Slot) -> Res<()> {
        let state = cx.get(dict);
        if state.cast::<Dict>().is_some_and(|dict| dict.is_empty(cx)) {
            self.push("{}");
            return Ok(());
        }
        let exact = state.header().is_some_and(argil_interp::object::Header::is_exact);
        let identity = self.enter(cx, dict)?;
        cx.scope(|cx| {
            self.push("{");
            self.deeper();
            let (key, value) = (cx.root(Value::NONE), cx.root(Value::NONE));
            let mut first = true;
            if exact && !self.sort_keys {
                let mut number = 0;
                while let Some(next) = mapping::entry_from(cx, dict, number, key, value) {
                    number = next;
                    self.item(cx, dict, key, value, &mut first)?;
                }
            } else {
                let name = cx.root(cx.intern("items"));
                let items = attr::get_attr(cx, dict, name)?;
                let items = cx.call(items, &[])?;
                let items = iter::collect(cx, items)?;
                if self.sort_keys {
                    sort::sort(cx, items, None, false)?;
                }
                for index in 0.. {
                    let Some(pair) = cx.get(items).cast::<List>().and_then(|items| items.get(cx, index)) else { break };
                    let Some(pair) = pair.cast::<Tuple>().filter(|pair| pair.len() == 2) else {
                        return Err(cx.value_error("items must return 2-tuples"));
                    };
                    for (at, slot) in [(0, key), (1, value)] {
                        cx.set(slot, pair.get(cx, at).unwrap_or(Value::NONE));
                    }
                    self.item(cx, dict, key, value, &mut first)?;
                }
            }
            self.back();
            self.push("}");
            Ok(())
        })?;
        self.leave(identity);
        Ok(())
    }

    fn item(&mut self, cx: &mut Ctx, dict: Slot, key: Slot, value: Slot, first: &mut bool) -> Res<()> {
        let name = cx.get(key);
        let is_text = name.as_str().is_some();
        let other = if is_text { None } else { self.key_text(cx, key)? };
        if !is_text && other.is_none() {
            return Ok(());
        }
        if !std::mem::replace(first, false) {
            self.separator();
        }
        match other {
            None => self.string(cx, key)?,
            Some(text) => cx.scope(|cx| {
                let text = cx.root(cx.str(&text));
                self.string(cx, text)
            })?,
        }
        memory::reserve_text(&mut self.out, self.key_separator.len());
        self.out.push_str(&self.key_separator);
        self.value(cx, value).map_err(|raised| {
            let class = full_name(cx, dict);
            // What `repr` raises is dropped, as a note that cannot be made.
            let shown = repr(cx, key).unwrap_or_else(|raised| {
                let _ = cx.take_raised(raised);
                String::new()
            });
            noted(cx, raised, format!("when serializing {class} item {shown}"))
        })
    }

    /// The text of a key that is no string; `None` if it is to be skipped.
    fn key_text(&self, cx: &Ctx, key: Slot) -> Res<Option<String>> {
        let value = cx.get(key);
        let mut text = self.settings();
        match text.scalar(cx, value) {
            Some(done) => done.map(|()| Some(text.out)),
            None if self.skip_keys => Ok(None),
            None => {
                let class = cx.type_name(value);
                Err(cx.type_error(format!("keys must be str, int, float, bool or None, not {class}")))
            }
        }
    }

    /// A walk with the same settings, for a key.
    fn settings(&self) -> Walk {
        Walk {
            out: String::new(),
            open: None,
            default: self.default,
            encoder: self.encoder,
            escape: None,
            sort_keys: self.sort_keys,
            skip_keys: self.skip_keys,
            allow_nan: self.allow_nan,
            key_separator: String::new(),
            item_separator: String::new(),
            indent: None,
        }
    }
}

/// Adds a note to the exception that was raised.
#[cold]
fn noted(cx: &mut Ctx, raised: Raised, text: String) -> Raised {
    let error = cx.root(cx.take_raised(raised));
    let text = cx.root(cx.str(&text));
    if let Err(other) = note::add_note(cx, error, text) {
        let _ = cx.take_raised(other);
    }
    cx.raise_value(cx.get(error))
}

/// The name of a value's class, with its module unless that goes without saying.
#[cold]
fn full_name(cx: &mut Ctx, value: Slot) -> String {
    let class = cx.root(Value::of(cx.class_of(cx.get(value))));
    let mut text = |attribute: Name| {
        let found = attr::get_attr_name(cx, class, attribute).ok()?;
        cx.get(found).as_str().map(str::to_owned)
    };
    let (module, name) = (text(Name::__module__), text(Name::__qualname__));
    match (module.as_deref(), name) {
        (None | Some("builtins" | "__main__"), Some(name)) => name,
        (Some(module), Some(name)) => format!("{module}.{name}"),
        (_, None) => cx.type_name(cx.get(value)).to_owned(),
    }
}
