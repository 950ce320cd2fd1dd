//! `unicodedata`: what the Unicode Character Database says, in version 16.0 as CPython's. Names are those of the crate
//! `unicode_names2`, of characters that this version has; named sequences are not there.

mod hangul;
mod normalize;
mod tables;

use argil_interp::builtin::Builtin;
use argil_interp::codecs::unicode;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::{FromArg, NativeDef};
use argil_interp::natives;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use normalize::Form;
use tables::{Decomposition, Record, Version};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "unicodedata", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `UCD`: the database of an earlier version.
struct Ucd;

impl NativeData for Ucd {}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let class = cx.define_native_class::<Ucd>(module, &NativeClass::nameless("UCD", &[METHODS]));
    cx.define(module, "UCD", cx.get(class));
    cx.define(module, "unidata_version", cx.str("16.0.0"));
    cx.define(module, "ucd_3_2_0", cx.get(cx.new_of_native_class(Ucd)));
    Ok(())
}

/// The one character of an argument.
fn only(cx: &Ctx, value: Value<'_>, function: &str, argument: &str) -> Res<char> {
    let wanted = "must be a unicode character, not";
    let Some(text) = value.as_str() else {
        let got = if value.is_none() { "None" } else { cx.type_name(value) };
        return Err(cx.type_error(format!("{function}() {argument} {wanted} {got}")));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => {
            let count = text.chars().count();
            Err(cx.type_error(format!("{function}(): {argument} {wanted} a string of length {count}")))
        }
    }
}

fn record(cx: &Ctx, value: Value<'_>, version: Version, function: &str) -> Res<Record> {
    only(cx, value, function, "argument").map(|c| Record::of(c, version))
}

/// A number, or the default, or the ValueError that there is none.
fn or_default<'h>(cx: &'h Ctx, found: Option<Value<'h>>, default: Option<Value<'h>>, error: &str) -> Res<Value<'h>> {
    found.or(default).ok_or_else(|| cx.value_error(error))
}

fn decomposition(cx: &Ctx, value: Value<'_>, version: Version) -> Res<String> {
    let c = only(cx, value, "decomposition", "argument")?;
    if !Record::of(c, version).is_assigned() {
        return Ok(String::new());
    }
    let hexadecimal = |part: char| format!("{:04X}", u32::from(part));
    if let Some(letters) = hangul::apart(c) {
        return Ok(letters.into_iter().flatten().map(hexadecimal).collect::<Vec<_>>().join(" "));
    }
    let Some(found) = Decomposition::of(c) else { return Ok(String::new()) };
    let tag = Some(found.tag().to_owned()).filter(|tag| !tag.is_empty());
    Ok(tag.into_iter().chain(found.parts().map(hexadecimal)).collect::<Vec<_>>().join(" "))
}

fn name_of(cx: &Ctx, value: Value<'_>, version: Version) -> Res<Option<String>> {
    let c = only(cx, value, "name", "argument 1")?;
    if !Record::of(c, version).is_assigned() {
        return Ok(None);
    }
    Ok(unicode::name_of(c))
}

/// The most bytes of a name.
const LONGEST: usize = 256;

/// The character of a name; names are those of the newer version, whichever database is asked.
fn look_up(cx: &Ctx, value: Value<'_>) -> Res<char> {
    let Some(name) = value.as_str() else {
        return Err(cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(value))));
    };
    let undefined = |message: &str| -> Raised { cx.raise(Builtin::KeyError, message) };
    if name.len() > LONGEST {
        return Err(undefined("name too long"));
    }
    let exact = name.trim() == name && !name.contains("  ");
    let found = if exact { unicode::named(name) } else { None };
    let found = found.filter(|c| Record::of(*c, Version::New).is_assigned());
    found.ok_or_else(|| undefined(&format!("undefined character name '{name}'")))
}

/// The form and the text of a call.
fn form_and_text<'h>(cx: &'h Ctx, form: Value<'h>, text: Value<'h>, function: &str) -> Res<(Option<Form>, &'h str)> {
    let must = |value: Value<'h>, index: usize| {
        value.as_str().ok_or_else(|| {
            let got = if value.is_none() { "None" } else { cx.type_name(value) };
            cx.type_error(format!("{function}() argument {index} must be str, not {got}"))
        })
    };
    Ok((Form::of(must(form, 1)?), must(text, 2)?))
}

fn normalize<'h>(cx: &'h Ctx, form: Value<'h>, text: Value<'h>, version: Version) -> Res<Value<'h>> {
    let (form, plain) = form_and_text(cx, form, text, "normalize")?;
    if plain.is_empty() {
        return Ok(text);
    }
    let form = form.ok_or_else(|| cx.value_error("invalid normalization form"))?;
    if plain.is_ascii() { Ok(text) } else { Ok(cx.str(&form.normalized(plain, version))) }
}

fn is_normalized<'h>(cx: &'h Ctx, form: Value<'h>, text: Value<'h>, version: Version) -> Res<bool> {
    let (form, plain) = form_and_text(cx, form, text, "is_normalized")?;
    if plain.is_empty() {
        return Ok(true);
    }
    let form = form.ok_or_else(|| cx.value_error("invalid normalization form"))?;
    Ok(plain.is_ascii() || form.normalized(plain, version) == plain)
}

macro_rules! database {
    ($table:ident, $version:expr $(, $self:ident)?) => {
        natives! {
            static $table = {
                /// Returns the general category assigned to the character chr as string.
                fn category(cx; $($self: Value<'h>,)? chr: Value<'h>) -> &'static str {
                    Ok(record(cx, chr, $version, "category")?.category())
                }

                /// Returns the bidirectional class assigned to the character chr as string.
                fn bidirectional(cx; $($self: Value<'h>,)? chr: Value<'h>) -> &'static str {
                    Ok(record(cx, chr, $version, "bidirectional")?.direction())
                }

                /// Returns the canonical combining class assigned to the character chr as integer.
                fn combining(cx; $($self: Value<'h>,)? chr: Value<'h>) -> i64 {
                    Ok(record(cx, chr, $version, "combining")?.combining().into())
                }

                /// Returns the mirrored property assigned to the character chr as integer.
                fn mirrored(cx; $($self: Value<'h>,)? chr: Value<'h>) -> i64 {
                    Ok(record(cx, chr, $version, "mirrored")?.is_mirrored().into())
                }

                /// Returns the east asian width assigned to the character chr as string.
                fn east_asian_width(cx; $($self: Value<'h>,)? chr: Value<'h>) -> &'static str {
                    Ok(record(cx, chr, $version, "east_asian_width")?.width())
                }

                /// Returns the character decomposition mapping assigned to the character chr as string.
                fn decomposition(cx; $($self: Value<'h>,)? chr: Value<'h>) -> String {
                    decomposition(cx, chr, $version)
                }

                /// Converts a Unicode character into its equivalent decimal value.
                fn decimal(cx; $($self: Value<'h>,)? chr: Value<'h>, default: Given<'h> = Given(None)) -> Value<'h> {
                    let found = Record::of(only(cx, chr, "decimal", "argument 1")?, $version).decimal();
                    or_default(cx, found.map(|digit| cx.int(digit.into())), default.0, "not a decimal")
                }

                /// Converts a Unicode character into its equivalent digit value.
                fn digit(cx; $($self: Value<'h>,)? chr: Value<'h>, default: Given<'h> = Given(None)) -> Value<'h> {
                    let found = Record::of(only(cx, chr, "digit", "argument 1")?, $version).digit();
                    or_default(cx, found.map(|digit| cx.int(digit.into())), default.0, "not a digit")
                }

                /// Converts a Unicode character into its equivalent numeric value.
                fn numeric(cx; $($self: Value<'h>,)? chr: Value<'h>, default: Given<'h> = Given(None)) -> Value<'h> {
                    let found = Record::of(only(cx, chr, "numeric", "argument 1")?, $version).numeric();
                    or_default(cx, found.map(|number| cx.float(number)), default.0, "not a numeric character")
                }

                /// Returns the name assigned to the character chr as a string.
                fn name(cx; $($self: Value<'h>,)? chr: Value<'h>, default: Given<'h> = Given(None)) -> Value<'h> {
                    let found = name_of(cx, chr, $version)?;
                    or_default(cx, found.map(|text| cx.str(&text)), default.0, "no such name")
                }

                /// Look up character by name.
                fn lookup(cx; $($self: Value<'h>,)? name: Value<'h>) -> char { look_up(cx, name) }

                /// Return the normal form 'form' for the Unicode string unistr.
                fn normalize(cx; $($self: Value<'h>,)? form: Value<'h>, unistr: Value<'h>) -> Value<'h> {
                    normalize(cx, form, unistr, $version)
                }

                /// Return whether the Unicode string unistr is in the normal form 'form'.
                fn is_normalized(cx; $($self: Value<'h>,)? form: Value<'h>, unistr: Value<'h>) -> bool {
                    is_normalized(cx, form, unistr, $version)
                }
                $(
                    /// The version of the database.
                    get fn unidata_version(cx; $self: Value<'h>) -> &'static str { Ok("3.2.0") }
                )?
            }
        }
    };
}
database!(FUNCTIONS, Version::New);
database!(METHODS, Version::Old, self_);

/// An argument that may be missing.
struct Given<'h>(Option<Value<'h>>);

impl<'h> FromArg<'h> for Given<'h> {
    fn from_arg(_cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(Given(Some(value)))
    }
}
