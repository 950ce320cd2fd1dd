//! The class `Pattern`.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::{compare, hash, repr};
use argil_interp::types::dict::Dict;
use argil_interp::types::generic_alias::GenericAlias;
use argil_interp::types::list::List;
use argil_interp::types::mapping_proxy::MappingProxy;
use argil_interp::types::native::{Crossing, FieldOf, Native, NativeData, Saved};
use argil_interp::types::str::hash_text;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::compiled::{Compiled, For};
use super::matches::{self, Match};
use super::session::{Kind, Session};
use super::subject::Subject;
use super::{collect, scanner, substitute};

/// A compiled pattern. It never changes.
pub struct Pattern {
    /// What it was compiled from, or `None` the object.
    pattern: Field,
    /// The dict of names and numbers of groups, if any has a name.
    pub groupindex: Field,
    /// The tuple of their names.
    pub indexgroup: Field,
    /// The class of its matches.
    pub match_class: Field,
    flags: i32,
    /// The code.
    pub compiled: Compiled,
}

/// How many of the fields cross to other processes: all but the class of matches, which is there already.
const CROSSING: usize = 3;

impl NativeData for Pattern {
    const FIELDS: &'static [FieldOf<Self>] = &[
        |pattern| &pattern.pattern,
        |pattern| &pattern.groupindex,
        |pattern| &pattern.indexgroup,
        |pattern| &pattern.match_class,
    ];

    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let state = value.native::<Pattern>()?;
            let subject =
                [For::Text, For::Bytes, For::Either].iter().position(|kind| *kind == state.compiled.subject)?;
            let mut bytes = vec![subject as u8];
            bytes.extend(state.flags.to_le_bytes());
            bytes.extend((state.compiled.groups as u64).to_le_bytes());
            bytes.extend(state.compiled.code.iter().flat_map(|word| word.to_le_bytes()));
            let values = Pattern::FIELDS[..CROSSING].iter().map(|field| field(state).get(cx)).collect();
            Some(Saved { bytes, values })
        },
        restore: |cx, birth, bytes| {
            let (subject, bytes) = bytes.split_first()?;
            let subject = *[For::Text, For::Bytes, For::Either].get(usize::from(*subject))?;
            let (flags, bytes) = bytes.split_first_chunk()?;
            let (groups, bytes) = bytes.split_first_chunk()?;
            let (words, _) = bytes.as_chunks();
            let code = words.iter().map(|word| u32::from_le_bytes(*word)).collect();
            let compiled = Compiled::new(cx, code, i64::from_le_bytes(*groups), subject);
            let compiled = compiled
                .map_err(|raised| {
                    let _ = cx.take_raised(raised);
                })
                .ok()?;
            let [pattern, groupindex, indexgroup, match_class] = [const { Field::unset() }; 4];
            let flags = i32::from_le_bytes(*flags);
            Some(Native::alloc(cx, birth, Pattern { pattern, groupindex, indexgroup, match_class, flags, compiled }))
        },
        fill: |cx, object, values| {
            let Some((state, guard)) = object.guarded::<Pattern>(cx) else { return };
            for (field, value) in Pattern::FIELDS[..CROSSING].iter().zip(values) {
                value.iter().for_each(|value| guard.set(field(state), *value));
            }
            cx.native_class::<Match>().into_iter().for_each(|class| guard.set(&state.match_class, Value::of(class)));
        },
    });
}

/// `compile`: checks the code of a pattern.
pub fn compile<'h>(
    cx: &'h Ctx,
    (pattern, flags): (Value<'h>, i32),
    code: &'h List,
    groups: i64,
    (groupindex, indexgroup): (&'h Dict, &'h Tuple),
) -> Res<Value<'h>> {
    let mut words = memory::buffer(code.len(cx));
    for value in code.to_vec(cx) {
        memory::reserve(&mut words, 1);
        words.push(word(cx, value)?);
    }
    let object = cx.root(pattern);
    let subject = match () {
        () if pattern.is_none() => For::Either,
        () if Subject::of(cx, object, For::Either)?.octets => For::Bytes,
        () => For::Text,
    };
    let compiled = Compiled::new(cx, words, groups, subject)?;
    let named = !groupindex.is_empty(cx);
    let [groupindex, indexgroup] = [(groupindex.into(), named), (indexgroup.into(), named && !indexgroup.is_empty())]
        .map(|(value, kept): (Kept<'h>, bool)| Field::of_option(kept.then(|| cx.root(value.0))));
    let pattern = Field::of(object);
    let match_class = Field::of_option(cx.native_class::<Match>().map(|class| cx.root(Value::of(class))));
    Ok(cx.get(cx.new_of_native_class(Pattern { pattern, groupindex, indexgroup, match_class, flags, compiled })))
}

/// A container as a value.
struct Kept<'h>(Value<'h>);

impl<'h> From<&'h Dict> for Kept<'h> {
    fn from(dict: &'h Dict) -> Kept<'h> {
        Kept(Value::of(dict))
    }
}

impl<'h> From<&'h Tuple> for Kept<'h> {
    fn from(tuple: &'h Tuple) -> Kept<'h> {
        Kept(Value::of(tuple))
    }
}

/// A word of code.
fn word(cx: &Ctx, value: Value<'_>) -> Res<u32> {
    let number = value.as_int().ok_or_else(|| cx.type_error("an integer is required"))?;
    match number.to_i64() {
        Some(..0) => Err(cx.overflow_error("can't convert negative value to unsigned int")),
        Some(number) => {
            u32::try_from(number).map_err(|_| cx.overflow_error("regular expression code size limit exceeded"))
        }
        None if argil_interp::ops::number::int::is_negative(number) => {
            Err(cx.overflow_error("can't convert negative value to unsigned int"))
        }
        None if number.to_f64() < 18_446_744_073_709_551_616.0 => {
            Err(cx.overflow_error("regular expression code size limit exceeded"))
        }
        None => Err(cx.overflow_error("Python int too large to convert to C unsigned long")),
    }
}

/// The object that matching returns: a match, or `None`.
fn one(cx: &mut Ctx, pattern: Slot, string: Slot, (pos, endpos): (i64, i64), kind: Kind) -> Res<Slot> {
    let mut session = Session::open(cx, pattern, string, pos, endpos)?;
    let found = if session.find(cx, kind)? { matches::of(cx, &session)? } else { cx.root(Value::NONE) };
    session.close(cx);
    Ok(found)
}

/// Flags by their names.
const FLAGS: [(i32, &str); 8] = [
    (2, "re.IGNORECASE"),
    (4, "re.LOCALE"),
    (8, "re.MULTILINE"),
    (16, "re.DOTALL"),
    (32, "re.UNICODE"),
    (64, "re.VERBOSE"),
    (128, "re.DEBUG"),
    (256, "re.ASCII"),
];

/// The flags as `repr` shows them.
fn shown_flags(state: &Pattern) -> Vec<String> {
    const UNICODE: i32 = 32;
    const LOCALE_OR_ASCII: i32 = 4 | 256;
    let mut flags = state.flags;
    if state.compiled.subject == For::Text && flags & (UNICODE | LOCALE_OR_ASCII) == UNICODE {
        flags &= !UNICODE;
    }
    let mut shown = Vec::new();
    for (flag, name) in FLAGS {
        if flags & flag != 0 {
            shown.push(name.to_owned());
            flags &= !flag;
        }
    }
    if flags != 0 {
        shown.push(format!("{flags:#x}"));
    }
    shown
}

fn equal(cx: &mut Ctx, a: Slot, b: Slot) -> Res<Option<bool>> {
    let (Some(x), Some(y)) = (cx.get(a).native::<Pattern>(), cx.get(b).native::<Pattern>()) else { return Ok(None) };
    if std::ptr::eq(x, y) {
        return Ok(Some(true));
    }
    let same = x.flags == y.flags && x.compiled.subject == y.compiled.subject && x.compiled.code == y.compiled.code;
    if !same {
        return Ok(Some(false));
    }
    let [x, y] = [x, y].map(|state| cx.root(state.pattern.get_or_none(cx)));
    compare::eq(cx, x, y).map(Some)
}

natives! {
    pub static METHODS = {
        /// Matches zero or more characters at the beginning of the string.
        call fn r#match(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            one(cx, self_, string, (pos, endpos), Kind::Match)
        }

        /// Matches against all of the string.
        call fn fullmatch(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            one(cx, self_, string, (pos, endpos), Kind::Full)
        }

        /// Scan through string looking for a match, and return a corresponding match object instance.
        ///
        /// Return None if no position in the string matches.
        call fn search(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            one(cx, self_, string, (pos, endpos), Kind::Search)
        }

        /// Return the string obtained by replacing the leftmost non-overlapping occurrences of pattern in string by the replacement repl.
        call fn sub(cx; self_: Slot; repl: Slot, string: Slot, count: i64 = 0) -> Slot {
            Ok(substitute::substitute(cx, self_, repl, string, count)?.0)
        }

        /// Return the tuple (new_string, number_of_subs_made) found by replacing the leftmost non-overlapping occurrences of pattern with the replacement repl.
        call fn subn(cx; self_: Slot; repl: Slot, string: Slot, count: i64 = 0) -> Slot {
            let (text, count) = substitute::substitute(cx, self_, repl, string, count)?;
            let cx: &Ctx = cx;
            Ok(cx.root(cx.tuple(&[cx.get(text), cx.uint(count as u64)])))
        }

        /// Return a list of all non-overlapping matches of pattern in string.
        call fn findall(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            collect::find_all(cx, self_, string, (pos, endpos))
        }

        /// Split string by the occurrences of pattern.
        call fn split(cx; self_: Slot; string: Slot, maxsplit: i64 = 0) -> Slot {
            collect::split(cx, self_, string, maxsplit)
        }

        /// Return an iterator over all non-overlapping matches for the RE pattern in string.
        ///
        /// For each match, the iterator returns a match object.
        call fn finditer(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            scanner::find_iter(cx, self_, string, (pos, endpos))
        }

        call fn scanner(cx; self_: Slot; string: Slot, pos: i64 = 0, endpos: i64 = i64::MAX) -> Slot {
            scanner::scanner(cx, self_, string, (pos, endpos))
        }

        fn __copy__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }

        fn __deepcopy__(cx; self_: Value<'h>, _memo: Value<'h>) -> Value<'h> {
            Ok(self_)
        }

        /// The pattern string from which the RE object was compiled.
        get fn pattern(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Pattern>().map_or(Value::NONE, |state| state.pattern.get_or_none(cx)))
        }

        /// The regex matching flags.
        get fn flags(cx; self_: Value<'h>) -> i64 {
            Ok(self_.native::<Pattern>().map_or(0, |state| i64::from(state.flags)))
        }

        /// The number of capturing groups in the pattern.
        get fn groups(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<Pattern>().map_or(0, |state| state.compiled.groups))
        }

        /// A dictionary mapping group names to group numbers.
        get fn groupindex(cx; self_: Value<'h>) -> Value<'h> {
            let names = self_.native::<Pattern>().and_then(|state| state.groupindex.get(cx));
            Ok(names.map_or_else(|| Value::of(Dict::alloc(cx)), |names| MappingProxy::alloc(cx, names)))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let pattern = cx.load(self_, |state: &Pattern| &state.pattern).unwrap_or(self_);
            let mut shown: String = repr::repr(cx, pattern)?.chars().take(200).collect();
            let flags = shown_flags(cx.state::<Pattern>(self_)?);
            if !flags.is_empty() {
                shown = format!("{shown}, {}", flags.join("|"));
            }
            Ok(format!("re.compile({shown})"))
        }

        call fn __eq__(cx; self_: Slot, value: Slot) -> Slot {
            let equal = equal(cx, self_, value)?;
            Ok(cx.root(equal.map_or(Value::NOT_IMPLEMENTED, Value::bool)))
        }

        call fn __ne__(cx; self_: Slot, value: Slot) -> Slot {
            let equal = equal(cx, self_, value)?;
            Ok(cx.root(equal.map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal))))
        }

        call fn __hash__(cx; self_: Slot) -> i64 {
            let pattern = cx.load(self_, |state: &Pattern| &state.pattern).unwrap_or(self_);
            let pattern = hash::hash(cx, pattern)?;
            let state = cx.state::<Pattern>(self_)?;
            let code: Vec<_> = state.compiled.code.iter().flat_map(|word| word.to_le_bytes()).collect();
            let hash = pattern ^ hash_text(&code) ^ i64::from(state.flags);
            Ok(if hash == -1 { -2 } else { hash })
        }
    }
}

natives! {
    pub static GENERIC = {
        /// Patterns are generic over the type of string they handle (str or bytes)
        class fn __class_getitem__(cx; cls: Value<'h>, object: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, object))
        }
    }
}
