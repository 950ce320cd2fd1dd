//! Dialects: what separates, quotes and escapes.

use std::sync::Arc;

use argil_interp::ctx::{Ctx, Raised, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::ops::{attr, truth};
use argil_interp::types::native::NativeData;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::{exact_int, named};

/// When fields are quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    Minimal,
    All,
    NonNumeric,
    None,
    Strings,
    NotNull,
}

impl Quoting {
    /// Every one, with its name.
    pub const ALL: [(&'static str, Quoting); 6] = [
        ("QUOTE_MINIMAL", Quoting::Minimal),
        ("QUOTE_ALL", Quoting::All),
        ("QUOTE_NONNUMERIC", Quoting::NonNumeric),
        ("QUOTE_NONE", Quoting::None),
        ("QUOTE_STRINGS", Quoting::Strings),
        ("QUOTE_NOTNULL", Quoting::NotNull),
    ];
}

/// What a dialect says.
#[derive(Clone)]
pub struct Rules {
    pub delimiter: char,
    pub double_quote: bool,
    pub escape: Option<char>,
    pub line_end: String,
    pub quote: Option<char>,
    pub quoting: Quoting,
    pub skips_space: bool,
    pub strict: bool,
    /// The first bytes of the characters that mean something in a field, for who reads and for who writes.
    pub special: [bool; 256],
}

/// A dialect. It never changes.
pub struct Dialect {
    pub rules: Arc<Rules>,
}

impl NativeData for Dialect {}

const NAMES: [&str; 9] = [
    "dialect",
    "delimiter",
    "doublequote",
    "escapechar",
    "lineterminator",
    "quotechar",
    "quoting",
    "skipinitialspace",
    "strict",
];

/// Settings as they were given: a dialect to begin with, and those that differ from it.
pub struct Settings([Option<Slot>; 9]);

impl Settings {
    /// Sorts arguments.
    pub fn given(cx: &Ctx, positional: Slots, named: Slots, names: Option<Slot>) -> Res<Settings> {
        let all = positional.len() + named.len();
        if all > NAMES.len() {
            return Err(cx.type_error(format!("function takes at most 9 arguments ({all} given)")));
        }
        let mut settings = [None; 9];
        for (setting, value) in settings.iter_mut().zip(positional.iter()) {
            *setting = Some(value);
        }
        let names = names.and_then(|names| cx.get(names).cast::<Tuple>());
        let names = names.into_iter().flat_map(|names| names.iter(cx));
        for (name, value) in names.zip(named.iter()) {
            let name = name.as_str().unwrap_or_default();
            let Some(index) = NAMES.iter().position(|known| *known == name) else {
                return Err(cx.type_error(format!("this function got an unexpected keyword argument '{name}'")));
            };
            if index < positional.len() {
                let message = format!("argument for function given by name ('{name}') and position ({})", index + 1);
                return Err(cx.type_error(message));
            }
            settings[index] = Some(value);
        }
        Ok(Settings(settings))
    }

    /// The dialect, of a class if that is not `Dialect` itself.
    pub fn dialect(mut self, cx: &mut Ctx, class: Option<Slot>) -> Res<Slot> {
        if let Some(mut dialect) = self.0[0] {
            if cx.get(dialect).as_str().is_some() {
                dialect = named(cx, dialect)?;
            }
            if cx.get(dialect).native::<Dialect>().is_some() && self.0[1..].iter().all(Option::is_none) {
                return Ok(dialect);
            }
            for (setting, name) in self.0.iter_mut().zip(NAMES).skip(1).filter(|(setting, _)| setting.is_none()) {
                let name = cx.root(cx.intern(name));
                *setting = match attr::get_attr(cx, dialect, name) {
                    Ok(value) => Some(value),
                    Err(raised) => {
                        // What cannot be had is as usual.
                        let _ = cx.take_raised(raised);
                        None
                    }
                };
            }
        }
        let rules = Arc::new(self.rules(cx)?);
        Ok(match class {
            Some(class) => cx.new_native(class, Dialect { rules }),
            None => cx.new_of_native_class(Dialect { rules }),
        })
    }

    fn rules(&self, cx: &mut Ctx) -> Res<Rules> {
        let [_, delimiter, double_quote, escape, line_end, quote, quoting, skips_space, strict] = self.0;
        let no_quote = quote.is_some_and(|quote| cx.get(quote).is_none());
        let delimiter = match delimiter {
            Some(value) => character(cx, "delimiter", value, "")?,
            None => ',',
        };
        let double_quote = flag(cx, double_quote, true)?;
        let escape = match escape.filter(|value| !cx.get(*value).is_none()) {
            Some(value) => Some(character(cx, "escapechar", value, " or None")?),
            None => None,
        };
        let line_end = match line_end.map(|value| cx.get(value)) {
            None => "\r\n".to_owned(),
            Some(value) => match value.as_str() {
                Some(text) => text.to_owned(),
                None => {
                    let got = cx.type_name(value);
                    return Err(cx.type_error(format!("\"lineterminator\" must be a string, not {got}")));
                }
            },
        };
        let quote = match quote {
            None => Some('"'),
            Some(_) if no_quote => None,
            Some(value) => Some(character(cx, "quotechar", value, " or None")?),
        };
        let wanted = quoting.map_or(Ok(0), |value| number(cx, value))?;
        let skips_space = flag(cx, skips_space, false)?;
        let strict = flag(cx, strict, false)?;
        let known = Quoting::ALL.iter().find(|(_, known)| *known as i32 == wanted);
        let Some((_, mut kind)) = known.copied() else { return Err(cx.type_error("bad \"quoting\" value")) };
        if no_quote && quoting.is_none() {
            kind = Quoting::None;
        }
        if kind != Quoting::None && quote.is_none() {
            return Err(cx.type_error("quotechar must be set if quoting enabled"));
        }
        let mut special = [false; 256];
        let all = [Some(delimiter), escape, quote, Some('\n'), Some('\r')];
        for c in all.into_iter().flatten().chain(line_end.chars()) {
            special[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true;
        }
        let quoting = kind;
        let rules = Rules { delimiter, double_quote, escape, line_end, quote, quoting, skips_space, strict, special };
        rules.check(cx)?;
        Ok(rules)
    }
}

impl Rules {
    /// Refuses characters that mean two things.
    fn check(&self, cx: &Ctx) -> Res<()> {
        let bad = |what: &str| -> Raised { cx.value_error(format!("bad {what} value")) };
        let all = [
            ("delimiter", Some(self.delimiter), true),
            ("escapechar", self.escape, !self.skips_space),
            ("quotechar", self.quote, !self.skips_space),
        ];
        for (name, c, allows_space) in all {
            let Some(c) = c else { continue };
            if matches!(c, '\r' | '\n') || c == ' ' && !allows_space {
                return Err(bad(name));
            }
            if self.line_end.contains(c) {
                return Err(bad(&format!("{name} or lineterminator")));
            }
        }
        for (first, second) in [(0, 1), (0, 2), (1, 2)] {
            let ((a, x, _), (b, y, _)) = (all[first], all[second]);
            if x.is_some() && x == y {
                return Err(bad(&format!("{a} or {b}")));
            }
        }
        Ok(())
    }
}

fn character(cx: &Ctx, name: &str, value: Slot, or_none: &str) -> Res<char> {
    let value = cx.get(value);
    let wanted = format!("\"{name}\" must be a unicode character{or_none}");
    let Some(text) = value.as_str() else {
        return Err(cx.type_error(format!("{wanted}, not {}", cx.type_name(value))));
    };
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(c),
        _ => Err(cx.type_error(format!("{wanted}, not a string of length {}", text.chars().count()))),
    }
}

fn flag(cx: &mut Ctx, value: Option<Slot>, usual: bool) -> Res<bool> {
    value.map_or(Ok(usual), |value| truth::truth(cx, value))
}

fn number(cx: &Ctx, value: Slot) -> Res<i32> {
    let value = cx.get(value);
    let Some(int) = exact_int(value) else {
        return Err(cx.type_error(format!("\"quoting\" must be an integer, not {}", cx.type_name(value))));
    };
    let int = int.to_i64().and_then(|int| i32::try_from(int).ok());
    int.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

/// The rules of a dialect.
pub fn rules(cx: &Ctx, dialect: Value<'_>) -> Res<Arc<Rules>> {
    Ok(cx.state::<Dialect>(cx.root(dialect))?.rules.clone())
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            if given == 0 {
                return Err(cx.type_error("_csv.Dialect.__new__(): not enough arguments"));
            }
            let settings = Settings::given(cx, args.take(given).skip(1), args.skip(given), names)?;
            settings.dialect(cx, Some(args.get(0)))
        }

        /// Refuse to be copied.
        fn __reduce__(cx; self_: Value<'h>) -> () {
            let class = cx.class_of(self_).plain_name(cx);
            Err(cx.type_error(format!("cannot pickle '{class}' instances")))
        }

        /// Refuse to be copied.
        fn __reduce_ex__(cx; self_: Value<'h>, _protocol: Value<'h>) -> () {
            let class = cx.class_of(self_).plain_name(cx);
            Err(cx.type_error(format!("cannot pickle '{class}' instances")))
        }

        /// What separates fields.
        get fn delimiter(cx; self_: Value<'h>) -> char { Ok(rules(cx, self_)?.delimiter) }

        /// Whether a quote in a quoted field is doubled.
        get fn doublequote(cx; self_: Value<'h>) -> bool { Ok(rules(cx, self_)?.double_quote) }

        /// What escapes the next character.
        get fn escapechar(cx; self_: Value<'h>) -> Option<char> { Ok(rules(cx, self_)?.escape) }

        /// What ends a row.
        get fn lineterminator(cx; self_: Value<'h>) -> String { Ok(rules(cx, self_)?.line_end.clone()) }

        /// What quotes a field.
        get fn quotechar(cx; self_: Value<'h>) -> Option<char> { Ok(rules(cx, self_)?.quote) }

        /// When fields are quoted.
        get fn quoting(cx; self_: Value<'h>) -> i64 { Ok(rules(cx, self_)?.quoting as i64) }

        /// Whether space after a delimiter is skipped.
        get fn skipinitialspace(cx; self_: Value<'h>) -> bool { Ok(rules(cx, self_)?.skips_space) }

        /// Whether bad input raises.
        get fn strict(cx; self_: Value<'h>) -> bool { Ok(rules(cx, self_)?.strict) }
    }
}
