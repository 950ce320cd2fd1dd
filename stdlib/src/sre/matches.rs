//! The class `Match`.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr::find_special;
use argil_interp::ops::{mapping, number, repr};
use argil_interp::types::bytes::buffer;
use argil_interp::types::dict::Dict;
use argil_interp::types::generic_alias::GenericAlias;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::types::str::Str;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::pattern::Pattern;
use super::session::{Session, wrong_span};
use super::spans::Spans;
use super::subject::part;
use super::template;

/// A match.
pub struct Match {
    /// The pattern.
    pub pattern: Field,
    string: Field,
    /// The tuple of all spans, once somebody has asked.
    regs: Field,
    spans: Spans,
    /// Where the search began and ended, in characters.
    bounds: (usize, usize),
    lastindex: i32,
}

impl NativeData for Match {
    const FIELDS: &'static [FieldOf<Self>] = &[|found| &found.pattern, |found| &found.string, |found| &found.regs];
}

/// What a session has found.
pub fn of(cx: &Ctx, session: &Session) -> Res<Slot> {
    let spans = Spans::of(&session.machine, session.groups).ok_or_else(|| wrong_span(cx))?;
    if spans.external() > 0 {
        cx.note_external(spans.external());
    }
    let found = Match {
        pattern: Field::of(session.pattern),
        string: Field::of(session.subject.object),
        regs: Field::unset(),
        spans,
        bounds: session.bounds,
        lastindex: session.machine.lastindex,
    };
    Ok(cx.new_native(session.match_class, found))
}

impl Match {
    /// How many groups there are, the whole match included.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// What a group has matched, if it has.
    pub fn part<'h>(&self, cx: &'h Ctx, group: usize) -> Res<Option<Value<'h>>> {
        let Some((from, to)) = self.spans.get(group) else { return Ok(None) };
        let string = self.string.get_or_none(cx);
        if string.as_str().is_some() || string.as_bytes().is_some() {
            return Ok(Some(part(cx, string, from, to)));
        }
        // Meanwhile it may have become shorter.
        buffer::look(cx, string, |bytes| {
            let to = to.min(bytes.len());
            argil_interp::memory::copy(&bytes[from.min(to)..to])
        })
        .map(|bytes| Some(cx.bytes(&bytes)))
    }

    /// Where a group is, in characters; -1 if it has not matched.
    fn span(&self, cx: &Ctx, group: usize) -> (i64, i64) {
        let Some((from, to)) = self.spans.get(group) else { return (-1, -1) };
        match self.string.get_or_none(cx).cast::<Str>() {
            Some(text) => (text.char_index(from) as i64, text.char_index(to) as i64),
            None => (from as i64, to as i64),
        }
    }

    fn pair<'h>(&self, cx: &'h Ctx, group: usize) -> Value<'h> {
        let (from, to) = self.span(cx, group);
        cx.tuple(&[cx.int(from), cx.int(to)])
    }
}

/// The number of a group that is given by number or name.
fn number_of(cx: &mut Ctx, found: Slot, group: Slot) -> Res<usize> {
    let value = cx.get(group);
    let number = match value.as_small_int() {
        Some(number) => Some(number),
        None if value.as_str().is_none() && find_special(cx, value, Name::__index__).is_some() => {
            let index = number::index(cx, group)?;
            cx.get(index).as_int().and_then(|index| index.to_i64())
        }
        None => by_name(cx, found, group)?,
    };
    let number = number.and_then(|number| usize::try_from(number).ok());
    let groups = cx.state::<Match>(found)?.len();
    number.filter(|number| *number < groups).ok_or_else(|| cx.index_error("no such group"))
}

fn by_name(cx: &mut Ctx, found: Slot, name: Slot) -> Res<Option<i64>> {
    let Some(pattern) = cx.load(found, |state: &Match| &state.pattern) else { return Ok(None) };
    let Some(names) = cx.load(pattern, |state: &Pattern| &state.groupindex) else { return Ok(None) };
    let number = mapping::dict_get(cx, names, name)?;
    Ok(number.and_then(|number| cx.get(number).as_int()?.to_i64()))
}

/// What a group has matched, or a default.
fn group(cx: &mut Ctx, found: Slot, group: Slot, default: Slot) -> Res<Slot> {
    let number = number_of(cx, found, group)?;
    let cx: &Ctx = cx;
    let part = cx.state::<Match>(found)?.part(cx, number)?;
    Ok(part.map_or(default, |part| cx.root(part)))
}

/// The number of the group whose place is asked for, which may be left out.
fn number_or_whole(cx: &mut Ctx, found: Slot, group: Option<Slot>) -> Res<usize> {
    group.map_or(Ok(0), |group| number_of(cx, found, group))
}

natives! {
    pub static METHODS = {
        /// group([group1, ...]) -> str or tuple.
        ///     Return subgroup(s) of the match by indices or names.
        ///     For 0 returns the entire match.
        call fn group(cx; self_: Slot, *args) -> Slot {
            let none = cx.root(Value::NONE);
            match args.len() {
                0 => {
                    let cx: &Ctx = cx;
                    let whole = cx.state::<Match>(self_)?.part(cx, 0)?;
                    Ok(whole.map_or(none, |whole| cx.root(whole)))
                }
                1 => group(cx, self_, args.get(0), none),
                _ => {
                    // Each takes the place of its number.
                    for arg in args.iter() {
                        let part = cx.scope(|cx| group(cx, self_, arg, none))?;
                        cx.set(arg, cx.get(part));
                    }
                    let cx: &Ctx = cx;
                    Ok(cx.root(cx.tuple_of(args)))
                }
            }
        }

        /// Return index of the start of the substring matched by group.
        call fn start(cx; self_: Slot, group: GivenSlot = GivenSlot(None)) -> i64 {
            let number = number_or_whole(cx, self_, group.0)?;
            Ok(cx.state::<Match>(self_)?.span(cx, number).0)
        }

        /// Return index of the end of the substring matched by group.
        call fn end(cx; self_: Slot, group: GivenSlot = GivenSlot(None)) -> i64 {
            let number = number_or_whole(cx, self_, group.0)?;
            Ok(cx.state::<Match>(self_)?.span(cx, number).1)
        }

        /// For match object m, return the 2-tuple (m.start(group), m.end(group)).
        call fn span(cx; self_: Slot, group: GivenSlot = GivenSlot(None)) -> Slot {
            let number = number_or_whole(cx, self_, group.0)?;
            let cx: &Ctx = cx;
            Ok(cx.root(cx.state::<Match>(self_)?.pair(cx, number)))
        }

        /// Return a tuple containing all the subgroups of the match, from 1.
        ///
        ///   default
        ///     Is used for groups that did not participate in the match.
        fn groups(cx; self_: Value<'h>; default: Value<'h> = Value::NONE) -> Value<'h> {
            let state = cx.state::<Match>(cx.root(self_))?;
            let parts = (1..state.len()).map(|group| Ok(state.part(cx, group)?.unwrap_or(default)));
            Ok(cx.tuple(&parts.collect::<Res<Vec<_>>>()?))
        }

        /// Return a dictionary containing all the named subgroups of the match, keyed by the subgroup name.
        ///
        ///   default
        ///     Is used for groups that did not participate in the match.
        call fn groupdict(cx; self_: Slot; default: GivenSlot = GivenSlot(None)) -> Slot {
            let default = default.0.unwrap_or_else(|| cx.root(Value::NONE));
            let result = cx.root(Value::of(Dict::alloc(cx)));
            let Some(pattern) = cx.load(self_, |state: &Match| &state.pattern) else { return Ok(result) };
            let Some(names) = cx.load(pattern, |state: &Pattern| &state.groupindex) else { return Ok(result) };
            let (name, value, mut number) = (cx.root(Value::NONE), cx.root(Value::NONE), 0);
            while let Some(next) = mapping::entry_from(cx, names, number, name, value) {
                number = next;
                cx.scope(|cx| {
                    let part = group(cx, self_, name, default)?;
                    mapping::dict_set(cx, result, name, part)
                })?;
            }
            Ok(result)
        }

        /// Return the string obtained by doing backslash substitution on the string template, as done by the sub() method.
        call fn expand(cx; self_: Slot; template: Slot) -> Slot {
            let pattern = cx.load(self_, |state: &Match| &state.pattern).unwrap_or(self_);
            let template = template::compile(cx, pattern, template)?;
            template::expand(cx, template, self_)
        }

        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let none = cx.root(Value::NONE);
            group(cx, self_, key, none)
        }

        fn __copy__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }

        fn __deepcopy__(cx; self_: Value<'h>, _memo: Value<'h>) -> Value<'h> {
            Ok(self_)
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let whole = {
                let cx: &Ctx = cx;
                let whole = cx.state::<Match>(self_)?.part(cx, 0)?;
                cx.root(whole.unwrap_or(Value::NONE))
            };
            let shown: String = repr::repr(cx, whole)?.chars().take(50).collect();
            let (from, to) = cx.state::<Match>(self_)?.span(cx, 0);
            Ok(format!("<re.Match object; span=({from}, {to}), match={shown}>"))
        }

        /// The string passed to match() or search().
        get fn string(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Match>().map_or(Value::NONE, |state| state.string.get_or_none(cx)))
        }

        /// The regular expression object.
        get fn re(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Match>().map_or(Value::NONE, |state| state.pattern.get_or_none(cx)))
        }

        /// The index into the string at which the RE engine started looking for a match.
        get fn pos(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<Match>().map_or(0, |state| state.bounds.0))
        }

        /// The index into the string beyond which the RE engine will not go.
        get fn endpos(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<Match>().map_or(0, |state| state.bounds.1))
        }

        /// The integer index of the last matched capturing group.
        get fn lastindex(cx; self_: Value<'h>) -> Value<'h> {
            let last = self_.native::<Match>().map_or(-1, |state| state.lastindex);
            Ok(if last < 0 { Value::NONE } else { cx.int(i64::from(last)) })
        }

        /// The name of the last matched capturing group.
        get fn lastgroup(cx; self_: Value<'h>) -> Value<'h> {
            let Some(state) = self_.native::<Match>() else { return Ok(Value::NONE) };
            let pattern = state.pattern.get_or_none(cx).native::<Pattern>();
            let names = pattern.and_then(|pattern| pattern.indexgroup.get(cx)?.cast::<Tuple>());
            let last = usize::try_from(state.lastindex).ok();
            Ok(names.zip(last).and_then(|(names, last)| names.get(cx, last)).unwrap_or(Value::NONE))
        }

        get fn regs(cx; self_: Value<'h>) -> Value<'h> {
            let Some(state) = self_.native::<Match>() else { return Ok(Value::NONE) };
            if let Some(regs) = state.regs.get(cx) {
                return Ok(regs);
            }
            let pairs: Vec<_> = (0..state.len()).map(|group| state.pair(cx, group)).collect();
            let regs = cx.tuple(&pairs);
            cx.store(cx.root(self_), |state: &Match| &state.regs, cx.root(regs));
            Ok(regs)
        }
    }
}

natives! {
    pub static GENERIC = {
        /// Matches are generic over the type of string which was matched (str or bytes)
        class fn __class_getitem__(cx; cls: Value<'h>, object: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, object))
        }
    }
}
