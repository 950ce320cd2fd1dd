//! The class that `json` encodes with; `encode.rs` has the walk.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::types::dict::Dict;
use argil_interp::types::function::NativeFunction;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::value::Value;

use super::FUNCTIONS;
use super::encode;
use super::escape::Escape;

/// An encoder: how values are to be written. It never changes.
pub struct Encoder {
    markers: Field,
    pub(super) default: Field,
    pub(super) encoder: Field,
    pub(super) indent: Field,
    pub(super) key_separator: Field,
    pub(super) item_separator: Field,
    pub(super) sort_keys: bool,
    pub(super) skip_keys: bool,
    pub(super) allow_nan: bool,
    /// Which of the module's own functions writes strings, if one does.
    pub(super) escape: Option<Escape>,
    /// Whether containers that contain themselves are told.
    pub(super) checks_circles: bool,
}

impl NativeData for Encoder {
    const FIELDS: &'static [FieldOf<Self>] = &[
        |encoder| &encoder.markers,
        |encoder| &encoder.default,
        |encoder| &encoder.encoder,
        |encoder| &encoder.indent,
        |encoder| &encoder.key_separator,
        |encoder| &encoder.item_separator,
    ];
}

/// The way of writing strings that is a function of the module.
fn own_escape(function: Value<'_>) -> Option<Escape> {
    let def = function.cast::<NativeFunction>()?.def;
    if !FUNCTIONS.iter().any(|own| std::ptr::eq(*own, def)) {
        return None;
    }
    match def.name() {
        "encode_basestring_ascii" => Some(Escape::Ascii),
        "encode_basestring" => Some(Escape::Few),
        _ => None,
    }
}

natives! {
    pub static METHODS = {
        static call fn __new__(
            cx; cls: Slot; markers: Slot, default: Slot, encoder: Slot, indent: Slot, key_separator: Slot,
            item_separator: Slot, sort_keys: bool, skipkeys: bool, allow_nan: bool
        ) -> Slot {
            for (index, separator) in [(5, key_separator), (6, item_separator)] {
                let value = cx.get(separator);
                if value.as_str().is_none() {
                    let got = if value.is_none() { "None" } else { cx.type_name(value) };
                    return Err(cx.type_error(format!("make_encoder() argument {index} must be str, not {got}")));
                }
            }
            let given = cx.get(markers);
            if !given.is_none() && given.cast::<Dict>().is_none() {
                let got = cx.type_name(given);
                return Err(cx.type_error(format!("make_encoder() argument 1 must be dict or None, not {got}")));
            }
            let state = Encoder {
                markers: Field::of(markers),
                default: Field::of(default),
                encoder: Field::of(encoder),
                indent: Field::of(indent),
                key_separator: Field::of(key_separator),
                item_separator: Field::of(item_separator),
                sort_keys,
                skip_keys: skipkeys,
                allow_nan,
                escape: own_escape(cx.get(encoder)),
                checks_circles: !given.is_none(),
            };
            Ok(cx.new_native(cls, state))
        }

        call fn __call__(cx; self_: Slot; obj: Slot, _current_indent_level: i64) -> Slot {
            let text = encode::encode(cx, self_, obj, _current_indent_level)?;
            cx.with_memory(|cx| cx.root(cx.tuple(&[cx.str(&text)])))
        }

        /// markers
        get fn markers(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |encoder| &encoder.markers) }

        /// default
        get fn default(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |encoder| &encoder.default) }

        /// encoder
        get fn encoder(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |encoder| &encoder.encoder) }

        /// indent
        get fn indent(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |encoder| &encoder.indent) }

        /// key_separator
        get fn key_separator(cx; self_: Value<'h>) -> Value<'h> {
            field(cx, self_, |encoder| &encoder.key_separator)
        }

        /// item_separator
        get fn item_separator(cx; self_: Value<'h>) -> Value<'h> {
            field(cx, self_, |encoder| &encoder.item_separator)
        }

        /// sort_keys
        get fn sort_keys(cx; self_: Value<'h>) -> bool { Ok(cx.state::<Encoder>(cx.root(self_))?.sort_keys) }

        /// skipkeys
        get fn skipkeys(cx; self_: Value<'h>) -> bool { Ok(cx.state::<Encoder>(cx.root(self_))?.skip_keys) }
    }
}

fn field<'h>(cx: &'h Ctx, encoder: Value<'h>, field: fn(&Encoder) -> &Field) -> Res<Value<'h>> {
    Ok(field(cx.state::<Encoder>(cx.root(encoder))?).get_or_none(cx))
}
