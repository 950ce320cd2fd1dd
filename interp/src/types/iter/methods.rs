//! The constructors of iterators, and what iterators tell about themselves.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native::Args;
use crate::object::Kind;
use crate::ops::attr::{call_special, find_special};
use crate::ops::truth::is_overridden;
use crate::ops::{item, iter, number};
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::int::Int;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The first number from which `enumerate` might leave 64 bits.
const MOST_PLAIN: i64 = i64::MAX / 2;

crate::natives! {
    /// `enumerate`.
    pub static ENUMERATE = {
        static raw fn __new__(cx, args) -> Slot {
            let birth = args.class(cx).birth().0;
            let [iterable, start] = enumerated(cx, args)?;
            let start = number::index(cx, start)?;
            let source = iter::iter(cx, iterable)?;
            let start = cx.get(start);
            let spec = IterSpec::new(Walk::Enumerate, cx.get(source));
            let spec = match start.as_int().and_then(Int::to_i64).filter(|start| *start < MOST_PLAIN) {
                Some(start) => IterSpec { index: start, ..spec },
                None => IterSpec { extra: Some(start), ..spec },
            };
            Ok(cx.root(Value::of(Iter::alloc(cx, birth, spec))))
        }
    }
}

crate::natives! {
    /// `zip`.
    pub static ZIP = {
        static call fn __new__(cx; cls: Slot; *iterables; ; strict: bool = false) -> Slot {
            let iterators = iterators(cx, iterables)?;
            let spec = IterSpec { limit: i64::from(strict), ..IterSpec::new(Walk::Zip, cx.get(iterators)) };
            Ok(cx.root(Value::of(Iter::alloc(cx, birth_of(cx, cls, Builtin::Zip), spec))))
        }
    }
}

crate::natives! {
    /// `map`.
    pub static MAP = {
        static call fn __new__(cx; cls: Slot; *args; ; strict: bool = false) -> Slot {
            if args.len() < 2 {
                return Err(cx.type_error("map() must have at least two arguments."));
            }
            let iterators = iterators(cx, args.skip(1))?;
            let extra = Some(cx.get(iterators));
            let spec = IterSpec { extra, limit: i64::from(strict), ..IterSpec::new(Walk::Map, cx.get(args.get(0))) };
            Ok(cx.root(Value::of(Iter::alloc(cx, birth_of(cx, cls, Builtin::Map), spec))))
        }
    }
}

crate::natives! {
    /// `filter`.
    pub static FILTER = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "filter", 2, 2)?;
            let source = iter::iter(cx, args.get(2))?;
            let extra = Some(cx.get(source));
            let spec = IterSpec { extra, ..IterSpec::new(Walk::Filter, cx.get(args.get(1))) };
            Ok(cx.root(Value::of(Iter::alloc(cx, birth_of(cx, args.get(0), Builtin::Filter), spec))))
        }
    }
}

crate::natives! {
    /// `reversed`.
    pub static REVERSED = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "reversed", 1, 1)?;
            reversed(cx, args.get(1))
        }
    }
}

crate::natives! {
    /// What tells how much is left.
    pub static LENGTH_HINT = {
        /// Private method returning an estimate of len(list(it)).
        fn __length_hint__(cx; self_: &'h Iter) -> usize {
            Ok(length_hint(cx, self_))
        }
    }
}

/// The birth of instances of a class that a constructor got.
fn birth_of(cx: &Ctx, class: Slot, builtin: Builtin) -> Birth {
    cx.get(class).cast::<Class>().map_or_else(|| Birth::from(builtin), |class| class.birth().0)
}

/// The iterable and the start of an `enumerate`, whose errors are its own.
fn enumerated(cx: &mut Ctx, args: Args) -> Res<[Slot; 2]> {
    let total = args.len() - 1;
    let (given, (args, names)) = (args.positional(cx) - 1, args.into_slots(cx));
    if total > 2 {
        return Err(cx.type_error(format!("enumerate() takes at most 2 arguments ({total} given)")));
    }
    let mut bound = [None, None];
    for (place, arg) in bound.iter_mut().zip(args.skip(1).iter().take(given)) {
        *place = Some(arg);
    }
    let names = names.and_then(|names| cx.get(names).cast::<Tuple>()).into_iter().flat_map(|names| names.iter(cx));
    for (name, arg) in names.zip(args.skip(1 + given).iter()) {
        let place = ["iterable", "start"].iter().position(|known| name.as_str() == Some(known));
        match place.filter(|&place| bound[place].is_none() && (place == 0 || total == 2)) {
            Some(place) => bound[place] = Some(arg),
            None => {
                let name = name.as_str().unwrap_or("?");
                return Err(cx.type_error(format!("'{name}' is an invalid keyword argument for enumerate()")));
            }
        }
    }
    match bound {
        [Some(iterable), start] => Ok([iterable, start.unwrap_or_else(|| cx.root(cx.int(0)))]),
        [None, _] => Err(cx.type_error("enumerate() missing required argument 'iterable'")),
    }
}

/// Iterators over each of some iterables, in a tuple.
fn iterators(cx: &mut Ctx, iterables: crate::ctx::Slots) -> Res<Slot> {
    let iterators = cx.root_all(iterables.iter().map(|_| Value::NONE));
    for (iterable, place) in iterables.iter().zip(iterators.iter()) {
        let iterator = iter::iter(cx, iterable)?;
        cx.set(place, cx.get(iterator));
    }
    Ok(cx.root(cx.tuple_of(iterators)))
}

/// `reversed(sequence)`.
pub fn reversed(cx: &mut Ctx, sequence: Slot) -> Res<Slot> {
    let value = cx.get(sequence);
    let not_reversible =
        |cx: &Ctx| Err(cx.type_error(format!("'{}' object is not reversible", cx.type_name(cx.get(sequence)))));
    match find_special(cx, value, Name::__reversed__) {
        Some(Value::NONE) => return not_reversible(cx),
        Some(_) => {
            return match call_special(cx, sequence, Name::__reversed__, &[])? {
                Some(iterator) => Ok(iterator),
                None => not_reversible(cx),
            };
        }
        None => {}
    }
    let own = matches!(value.kind(), Some(Kind::Tuple | Kind::Str | Kind::Bytes));
    let by_index =
        find_special(cx, value, Name::__getitem__).is_some() && find_special(cx, value, Name::__len__).is_some();
    if !own && (!by_index || value.cast::<Dict>().is_some() || value.cast::<Set>().is_some()) {
        return not_reversible(cx);
    }
    if let Some(range) = value.cast::<Range>().filter(|_| !is_overridden(cx, value, Name::__iter__)) {
        return Ok(cx.root(super::super::range::methods::reversed(cx, range)));
    }
    let last = item::len(cx, sequence)? as i64 - 1;
    let spec = IterSpec { index: last, ..IterSpec::new(Walk::ReversedSequence, cx.get(sequence)) };
    Ok(cx.root(Value::of(Iter::alloc(cx, Builtin::Reversed, spec))))
}

/// How many elements a built-in iterator still has, as far as it knows.
fn length_hint(cx: &Ctx, it: &Iter) -> usize {
    let Some(source) = it.source.get(cx) else { return 0 };
    let left = match it.walk() {
        Walk::List => source.cast::<List>().map_or(0, |list| list.len(cx) as i64 - it.index()),
        Walk::Tuple => source.cast::<Tuple>().map_or(0, |tuple| tuple.len() as i64 - it.index()),
        Walk::ReversedList | Walk::ReversedSequence => it.index() + 1,
        Walk::Range => {
            let (from, to, step) = (i128::from(it.index()), i128::from(it.limit), i128::from(it.step));
            let span = if step > 0 { to - from } else { from - to };
            if span <= 0 { 0 } else { ((span - 1) / step.abs() + 1) as i64 }
        }
        Walk::Str => {
            source.as_str().and_then(|text| text.get(it.index() as usize..)).map_or(0, |s| s.chars().count() as i64)
        }
        Walk::Bytes => source.as_bytes().map_or(0, |bytes| bytes.len() as i64 - it.index()),
        Walk::Keys | Walk::Values | Walk::Items | Walk::ReversedKeys | Walk::ReversedValues | Walk::ReversedItems => {
            source.cast::<Dict>().and_then(|dict| dict.table(cx)).map_or(0, |table| {
                let (bounds, at) = (table.bounds(), it.index() as usize);
                let ahead =
                    if it.walk().is_reversed_dict() { bounds.start..at.min(bounds.end) } else { at..bounds.end };
                ahead.filter(|&number| table.value(cx, number).is_some()).count() as i64
            })
        }
        Walk::Set => source.cast::<Set>().and_then(|set| set.table(cx)).map_or(0, |table| {
            (it.index() as usize..table.size()).filter(|&place| table.at(cx, place).is_some()).count() as i64
        }),
        _ => 0,
    };
    left.max(0) as usize
}
