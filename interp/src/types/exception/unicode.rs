//! The errors of codecs: what their constructors take, and their texts.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::natives;
use crate::ops::number;
use crate::ops::repr::{push_escape, to_str};
use crate::types::bytes::buffer;
use crate::types::exception::{Exception, details};
use crate::value::Value;

/// Looks at the arguments of an error of a codec that is being initialised, the error itself first; anything else passes.
pub(super) fn check(cx: &mut Ctx, args: Slots) -> Res<()> {
    let this = cx.get(args.get(0));
    let decode = cx.is_instance(this, Builtin::UnicodeDecodeError);
    let translate = cx.is_instance(this, Builtin::UnicodeTranslateError);
    if !decode && !translate && !cx.is_instance(this, Builtin::UnicodeEncodeError) {
        return Ok(());
    }
    let wanted = if translate { 4 } else { 5 };
    let (exception, args) = (args.get(0), args.skip(1));
    if args.len() != wanted {
        let given = args.len();
        return Err(cx.type_error(format!("function takes exactly {wanted} arguments ({given} given)")));
    }
    // Where the object is: behind the encoding, if there is one.
    let object = wanted - 4;
    for place in (0..=object).chain([wanted - 1]) {
        if cx.get(args.get(place)).as_str().is_none() && !(decode && place == object) {
            let got = cx.type_name(cx.get(args.get(place)));
            return Err(cx.type_error(format!("argument {} must be str, not {got}", place + 1)));
        }
    }
    for (place, name) in [(object + 1, "start"), (object + 2, "end")] {
        let given = args.get(place);
        let number = number::index(cx, given)?;
        if cx.get(number).as_int().is_none_or(|number| number.to_i64().is_none()) {
            return Err(cx.overflow_error("Python int too large to convert to C ssize_t"));
        }
        if cx.get(given) != cx.get(number) {
            set(cx, exception, name, number);
        }
    }
    if decode && cx.get(args.get(object)).as_bytes().is_none() {
        let bytes = buffer::contents(cx, cx.get(args.get(object)))?.into_owned();
        let bytes = cx.root(cx.bytes(&bytes));
        set(cx, exception, "object", bytes);
    }
    Ok(())
}

fn set(cx: &Ctx, exception: Slot, name: &str, value: Slot) {
    if let Some(exception) = cx.get(exception).cast::<Exception>() {
        details::set(cx, exception, name, cx.get(value));
    }
}

/// `character '\xe9' in position 1` or `characters in position 1-2`, and whatever else the text of an error of a codec says.
fn text(cx: &mut Ctx, exception: Slot) -> Res<String> {
    let [encoding, object, start, end, reason] = ["encoding", "object", "start", "end", "reason"].map(|name| {
        cx.root(cx.get(exception).cast::<Exception>().map_or(Value::NONE, |this| details::get(cx, this, name)))
    });
    if cx.get(object).is_none() {
        // It was never initialised.
        return Ok(String::new());
    }
    let reason = to_str(cx, reason)?;
    let encoding = to_str(cx, encoding)?;
    let is = |cx: &Ctx, class| cx.is_instance(cx.get(exception), class);
    let (decode, translate) = (is(cx, Builtin::UnicodeDecodeError), is(cx, Builtin::UnicodeTranslateError));
    let (start, end) = (cx.get(start).as_small_int().unwrap_or(0), cx.get(end).as_small_int().unwrap_or(0));
    let at = usize::try_from(start).ok().filter(|_| end == start + 1);
    let shown = if decode {
        let Some(bytes) = cx.get(object).as_bytes() else {
            return Err(cx.type_error("UnicodeError 'object' attribute must be a bytes"));
        };
        at.and_then(|at| bytes.get(at)).map(|byte| format!("byte {byte:#04x}"))
    } else {
        let Some(text) = cx.get(object).as_str() else {
            return Err(cx.type_error("UnicodeError 'object' attribute must be a string"));
        };
        at.and_then(|at| text.chars().nth(at)).map(|c| {
            let mut shown = String::from("character '");
            push_escape(&mut shown, c);
            shown + "'"
        })
    };
    let what = match shown {
        Some(one) => format!("{one} in position {start}"),
        None => format!("{} in position {start}-{}", if decode { "bytes" } else { "characters" }, end - 1),
    };
    Ok(match (translate, decode) {
        (true, _) => format!("can't translate {what}: {reason}"),
        (_, true) => format!("'{encoding}' codec can't decode {what}: {reason}"),
        _ => format!("'{encoding}' codec can't encode {what}: {reason}"),
    })
}

natives! {
    /// The text of an error.
    pub static TEXT = {
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String { text(cx, self_) }
    }
}

/// Sets a bound, which is a number.
fn set_bound(cx: &Ctx, exception: &Exception, name: &str, value: Value<'_>) -> Res<()> {
    if value.as_int().is_none() {
        return Err(cx.type_error("an integer is required"));
    }
    let value = cx.root(value);
    details::set(cx, exception, name, cx.get(value));
    Ok(())
}

natives! {
    /// Where the trouble is.
    pub static BOUNDS = {
        /// exception start
        get fn start(cx; self_: &'h Exception) -> Value<'h> { Ok(details::get(cx, self_, "start")) }
        set fn start(cx; self_: &'h Exception, value: Value<'h>) -> () { set_bound(cx, self_, "start", value) }
        /// exception end
        get fn end(cx; self_: &'h Exception) -> Value<'h> { Ok(details::get(cx, self_, "end")) }
        set fn end(cx; self_: &'h Exception, value: Value<'h>) -> () { set_bound(cx, self_, "end", value) }
    }
}
