//! `lru_cache`: results by arguments.
//!
//! The results lie in a dict, the least recently used first; a hit moves its entry to the end if there is a bound. As in
//! CPython the function runs without any lock, so two threads may compute the same result.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::names::Name;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::compare::{hash, hash_leaf};
use argil_interp::ops::truth::truth;
use argil_interp::ops::{attr, mapping, number};
use argil_interp::types::dict::Dict;
use argil_interp::types::function::{BoundMethod, is_callable};
use argil_interp::types::native::{Crossing, FieldOf, Native, NativeData, Saved};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// A function with a cache.
pub struct Cache {
    function: Field,
    /// The dict of results.
    results: Field,
    /// What makes statistics of four numbers.
    info: Field,
    /// The bound; negative for none.
    most: i64,
    /// Whether arguments of different types are different.
    typed: bool,
    /// Relaxed: statistics.
    hits: AtomicUsize,
    /// Relaxed: statistics.
    misses: AtomicUsize,
}

impl NativeData for Cache {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.function, |s| &s.results, |s| &s.info];

    /// Without the results: the other process computes its own.
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let cache = value.native::<Cache>()?;
            let bytes = [cache.most.to_le_bytes().as_slice(), &[cache.typed.into()]].concat();
            Some(Saved { bytes, values: vec![cache.function.get(cx), cache.info.get(cx)] })
        },
        restore: |cx, birth, bytes| {
            let (most, typed) = bytes.split_first_chunk()?;
            Some(Native::alloc(
                cx,
                birth,
                Cache::new(cx, (Field::unset(), Field::unset()), i64::from_le_bytes(*most), typed == [1]),
            ))
        },
        fill: |cx, object, values| {
            if let (Some((cache, guard)), [Some(function), Some(info)]) = (object.guarded::<Cache>(cx), values) {
                guard.set(&cache.function, *function);
                guard.set(&cache.info, *info);
            }
        },
    });
}

/// Its class is a mark in keys.
pub struct Mark;

impl NativeData for Mark {}

impl Cache {
    fn new(cx: &Ctx, (function, info): (Field, Field), most: i64, typed: bool) -> Cache {
        let results = Field::of(cx.root(Value::of(Dict::alloc(cx))));
        Cache { function, results, info, most, typed, hits: AtomicUsize::new(0), misses: AtomicUsize::new(0) }
    }
}

/// The key of some arguments: a lone integer or string as it is, anything else in a tuple.
fn key(cx: &Ctx, args: Slots, given: usize, names: Option<Slot>, typed: bool) -> Slot {
    if !typed && names.is_none() && args.len() == 1 {
        let only = cx.get(args.get(0));
        if only.as_small_int().is_some()
            || only.as_str().is_some() && only.header().is_some_and(|header| header.is_exact())
        {
            return args.get(0);
        }
    }
    let mut parts: Vec<_> = args.take(given).iter().map(|slot| cx.get(slot)).collect();
    if let Some(names) = names.and_then(|names| cx.get(names).cast::<Tuple>()) {
        // Tells positional arguments from named ones: no script has that class.
        parts.extend(cx.native_class::<Mark>().map(Value::of));
        for (name, arg) in names.iter(cx).zip(args.skip(given).iter()) {
            parts.extend([name, cx.get(arg)]);
        }
    }
    if typed {
        parts.extend(args.iter().map(|slot| Value::of(cx.class_of(cx.get(slot)))));
    }
    cx.root(cx.tuple(&parts))
}

fn call_cached(cx: &mut Ctx, cache: Slot, args: Slots, given: usize, names: Option<Slot>) -> Res<Slot> {
    let (most, typed) = cx.state::<Cache>(cache).map(|state| (state.most, state.typed))?;
    let function = cx.load(cache, |state: &Cache| &state.function).unwrap_or(cache);
    if most == 0 {
        cx.state::<Cache>(cache)?.misses.fetch_add(1, Ordering::Relaxed);
        return cx.call_kw(function, args, names);
    }
    let results = cx.load(cache, |state: &Cache| &state.results).unwrap_or(cache);
    let key = key(cx, args, given, names, typed);
    if hash_leaf(cx, cx.get(key)).is_none() {
        // Raises what a bare hash raises, without the words that dicts add.
        hash(cx, key)?;
    }
    if let Some(known) = mapping::dict_get(cx, results, key)? {
        cx.state::<Cache>(cache)?.hits.fetch_add(1, Ordering::Relaxed);
        if most > 0 && mapping::dict_remove(cx, results, key)?.is_some() {
            mapping::dict_set(cx, results, key, known)?;
        }
        return Ok(known);
    }
    cx.state::<Cache>(cache)?.misses.fetch_add(1, Ordering::Relaxed);
    let result = cx.call_kw(function, args, names)?;
    mapping::dict_set(cx, results, key, result)?;
    if let Some(results) = cx.get(results).cast::<Dict>() {
        while usize::try_from(most).is_ok_and(|most| results.len(cx) > most) && results.pop_first(cx).is_some() {}
    }
    Ok(result)
}

natives! {
    pub static METHODS = {
        static call fn __new__(
            cx; cls: Slot; user_function: GivenSlot = GivenSlot(None), maxsize: GivenSlot = GivenSlot(None),
            typed: GivenSlot = GivenSlot(None), cache_info_type: GivenSlot = GivenSlot(None)
        ) -> Slot {
            let given = [user_function.0, maxsize.0, typed.0, cache_info_type.0];
            let [Some(function), Some(most), Some(typed), Some(info)] = given else {
                let missing = given.iter().position(Option::is_none).unwrap_or(0);
                let name = ["user_function", "maxsize", "typed", "cache_info_type"][missing];
                let message = format!("lru_cache() missing required argument '{name}' (pos {})", missing + 1);
                return Err(cx.type_error(message));
            };
            if !is_callable(cx, cx.get(function)) {
                return Err(cx.type_error("the first argument must be callable"));
            }
            let most = if cx.get(most).is_none() {
                -1
            } else {
                let Some(number) = number::index_opt(cx, most)? else {
                    return Err(cx.type_error("maxsize should be integer or None"));
                };
                let number = cx.get(number).as_int().and_then(|number| number.to_i64());
                number.map(|most| most.max(0)).ok_or_else(|| {
                    cx.overflow_error("Python int too large to convert to C ssize_t")
                })?
            };
            let typed = truth(cx, typed)?;
            let state = Cache::new(cx, (Field::of(function), Field::of(info)), most, typed);
            Ok(cx.new_native(cls, state))
        }

        raw fn __call__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            call_cached(cx, args.get(0), args.skip(1), given.saturating_sub(1), names)
        }

        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            if cx.get(instance).is_none() {
                return Ok(self_);
            }
            Ok(cx.root(BoundMethod::alloc(cx, cx.get(self_), cx.get(instance))))
        }

        /// Report cache statistics
        call fn cache_info(cx; self_: Slot) -> Slot {
            let info = cx.load(self_, |cache: &Cache| &cache.info).unwrap_or(self_);
            let numbers = {
                let cx: &Ctx = cx;
                let cache = cx.state::<Cache>(self_)?;
                let size = cache.results.get(cx).and_then(Value::cast::<Dict>).map_or(0, |results| results.len(cx));
                let number = |number: usize| cx.uint(number as u64);
                let most = if cache.most < 0 { Value::NONE } else { cx.int(cache.most) };
                let (hits, misses) = (cache.hits.load(Ordering::Relaxed), cache.misses.load(Ordering::Relaxed));
                cx.root_all([number(hits), number(misses), most, number(size)])
            };
            cx.call_slots(info, numbers)
        }

        call fn __reduce__(cx; self_: Slot) -> Slot {
            attr::get_attr_name(cx, self_, Name::__qualname__)
        }

        fn __copy__(cx; self_: Value<'h>) -> Value<'h> { Ok(self_) }

        fn __deepcopy__(cx; self_: Value<'h>, memo: Value<'h>) -> Value<'h> {
            let _ = memo;
            Ok(self_)
        }

        /// Clear the cache and cache statistics
        fn cache_clear(cx; self_: Value<'h>) -> () {
            if let Some(cache) = self_.native::<Cache>() {
                cache.hits.store(0, Ordering::Relaxed);
                cache.misses.store(0, Ordering::Relaxed);
                if let Some(results) = cache.results.get(cx).and_then(Value::cast::<Dict>) {
                    results.clear(cx);
                }
            }
            Ok(())
        }
    }
}
