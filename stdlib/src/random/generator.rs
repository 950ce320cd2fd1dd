//! The native part of `random.Random`: bits, and what scripts call most.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Header;
use argil_interp::ops::{hash, item, number};
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::native::{Crossing, Saved};
use argil_interp::types::native::{Exclusive, Native, NativeData};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use dashu_int::ops::{BitTest, UnsignedAbs};
use dashu_int::{IBig, UBig};
use sha2::{Digest, Sha512};

use super::bits::{Bits, system_bytes, system_number};
use super::mersenne::{Mersenne, SIZE};

/// Where bits come from.
enum Source {
    Mersenne(Box<Mersenne>),
    /// The operating system.
    System,
}

/// A generator's state.
pub(super) struct Generator(Exclusive<Source>);

impl NativeData for Generator {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let bytes = value.native::<Generator>()?.0.with(|source| match source {
                Source::Mersenne(mersenne) => {
                    let (words, at) = mersenne.state();
                    words.iter().chain(&[at as u32]).flat_map(|word| word.to_le_bytes()).collect()
                }
                Source::System => Vec::new(),
            });
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let mut words: Vec<u32> = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
            let source = match words.pop() {
                Some(at) if at as usize <= SIZE => {
                    Source::Mersenne(Box::new(Mersenne::in_state(words.try_into().ok()?, at as usize)))
                }
                Some(_) => return None,
                None => Source::System,
            };
            Some(Native::alloc(cx, birth, Generator(Exclusive::new(source))))
        },
        fill: |_, _, _| {},
    });
}

impl Bits for Source {
    fn next(&mut self) -> u32 {
        match self {
            Source::Mersenne(mersenne) => mersenne.next(),
            Source::System => {
                let mut bytes = [0; 4];
                system_bytes(&mut bytes);
                u32::from_le_bytes(bytes)
            }
        }
    }
}

impl Source {
    /// A number below `bound`, which is not zero.
    fn below(&mut self, bound: u64) -> u64 {
        let bits = 64 - bound.leading_zeros();
        loop {
            let number = self.bits(bits);
            if number < bound {
                return number;
            }
        }
    }

    fn big_below(&mut self, bound: &UBig) -> UBig {
        let bits = bound.bit_len();
        loop {
            let number = self.many_bits(bits);
            if number < *bound {
                return number;
            }
        }
    }
}

/// The number that a seed stands for; `None` if it must come from the operating system.
fn seed_number(cx: &mut Ctx, seed: Option<Slot>) -> Res<Option<UBig>> {
    let Some(slot) = seed.filter(|&slot| !cx.get(slot).is_none()) else { return Ok(None) };
    let value = cx.get(slot);
    if let Some(int) = value.as_int() {
        return Ok(Some(int.to_big().unsigned_abs()));
    }
    let bytes = match value.as_str() {
        Some(text) => Some(memory::copy(text.as_bytes())),
        None => ByteArray::contents(value).map(|bytes| bytes.into_owned()),
    };
    if let Some(mut bytes) = bytes {
        let digest = Sha512::digest(&bytes);
        bytes.extend_from_slice(&digest);
        return Ok(Some(UBig::from_be_bytes(&bytes)));
    }
    if value.as_float().is_some() {
        return Ok(Some(UBig::from(hash::hash(cx, slot)? as u64)));
    }
    Err(cx.type_error("The only supported seed types are:\nNone, int, float, str, bytes, and bytearray."))
}

fn reseed(cx: &mut Ctx, generator: Slot, seed: Option<Slot>) -> Res<()> {
    let number = seed_number(cx, seed)?.unwrap_or_else(system_number);
    cx.state::<Generator>(generator)?.0.with(|source| {
        if matches!(source, Source::Mersenne(_)) {
            *source = Source::Mersenne(Box::new(Mersenne::of_number(&number)));
        }
    });
    Ok(())
}

/// A number below `bound`, which is above zero.
fn below<'h>(cx: &'h Ctx, generator: Slot, bound: Int<'_>) -> Res<IBig> {
    let state = cx.state::<Generator>(generator)?;
    Ok(match bound {
        Int::Small(bound) => IBig::from(state.0.with(|source| source.below(bound as u64))),
        Int::Big(bound) => IBig::from(state.0.with(|source| source.big_below(&bound.clone().unsigned_abs()))),
    })
}

/// An index below `len`, which is not zero.
fn index_below(cx: &Ctx, generator: Slot, len: usize) -> Res<usize> {
    Ok(cx.state::<Generator>(generator)?.0.with(|source| source.below(len as u64)) as usize)
}

fn empty_range(cx: &Ctx, call: &str) -> Raised {
    cx.value_error(format!("empty range {call}"))
}

/// A plain integer argument.
fn integer(cx: &mut Ctx, v: Slot) -> Res<IBig> {
    let plain = number::index(cx, v)?;
    Ok(cx.index(cx.get(plain))?.to_big())
}

/// A number from `start` on, one of `count`.
fn from_range<'h>(cx: &'h Ctx, generator: Slot, start: &IBig, step: &IBig, count: &IBig) -> Res<Slot> {
    let count_value = cx.big_int(count.clone());
    let offset = below(cx, generator, cx.index(count_value)?)?;
    Ok(cx.root(cx.big_int(start + step * offset)))
}

/// `randint` and `randrange` of words, the case that counts; `None` for anything else, or an empty range.
fn small_range(cx: &Ctx, generator: Slot, start: Slot, stop: Slot, inclusive: bool) -> Option<Res<Slot>> {
    let (start, stop) = (cx.get(start).as_small_int()?, cx.get(stop).as_small_int()?);
    let count = stop - start + i64::from(inclusive);
    if count <= 0 {
        return None;
    }
    let offset = cx.state::<Generator>(generator).map(|state| state.0.with(|source| source.below(count as u64)));
    Some(offset.map(|offset| cx.root(cx.int(start + offset as i64))))
}

fn random_range(cx: &mut Ctx, generator: Slot, start: Slot, stop: Option<Slot>, step: Option<Slot>) -> Res<Slot> {
    let zero = cx.root(cx.int(0));
    let Some(stop) = stop else {
        if let Some(result) = small_range(cx, generator, zero, start, false) {
            return result;
        }
        let count = integer(cx, start)?;
        if count <= IBig::ZERO {
            return Err(empty_range(cx, "for randrange()"));
        }
        return from_range(cx, generator, &IBig::ZERO, &IBig::ONE, &count);
    };
    if step.is_none()
        && let Some(result) = small_range(cx, generator, start, stop, false)
    {
        return result;
    }
    let (start, stop) = (integer(cx, start)?, integer(cx, stop)?);
    let step_number = match step {
        Some(step) => integer(cx, step)?,
        None => IBig::ONE,
    };
    let width = &stop - &start;
    let count = if step_number > IBig::ZERO {
        (width + &step_number - 1) / &step_number
    } else if step_number < IBig::ZERO {
        (width + &step_number + 1) / &step_number
    } else {
        return Err(cx.value_error("zero step for randrange()"));
    };
    if count <= IBig::ZERO {
        return Err(empty_range(
            cx,
            &if step_number == IBig::ONE {
                format!("in randrange({start}, {stop})")
            } else {
                format!("in randrange({start}, {stop}, {step_number})")
            },
        ));
    }
    from_range(cx, generator, &start, &step_number, &count)
}

/// Swaps elements of a list or any mutable sequence.
fn shuffle(cx: &mut Ctx, generator: Slot, sequence: Slot) -> Res<()> {
    let len = item::len(cx, sequence)?;
    let exact = cx.get(sequence).header().is_some_and(Header::is_exact);
    if exact && let Some(list) = cx.get(sequence).cast::<List>() {
        let cx: &Ctx = cx;
        for i in (1..len).rev() {
            let j = index_below(cx, generator, i + 1)?;
            if let (Some(x), Some(y)) = (list.get(cx, i), list.get(cx, j)) {
                list.set(cx, i, y);
                list.set(cx, j, x);
            }
        }
        return Ok(());
    }
    for i in (1..len).rev() {
        cx.scope(|cx| {
            let j = index_below(cx, generator, i + 1)?;
            let (i, j) = (cx.root(cx.uint(i as u64)), cx.root(cx.uint(j as u64)));
            let (x, y) = (item::get_item(cx, sequence, i)?, item::get_item(cx, sequence, j)?);
            item::set_item(cx, sequence, i, y)?;
            item::set_item(cx, sequence, j, x)
        })?;
    }
    Ok(())
}

natives! {
    /// The methods.
    pub(super) static METHODS = {
        /// Create a generator, seeded by the operating system.
        static raw fn __new__(cx, args) -> Slot {
            let (slots, _) = args.into_slots(cx);
            let generator = cx.new_native(slots.get(0), Generator(Exclusive::new(Source::Mersenne(Box::new(Mersenne::of_number(&UBig::ZERO))))));
            reseed(cx, generator, None)?;
            Ok(generator)
        }

        /// Take bits from the operating system from now on.
        fn _use_system(cx; self_: Value<'h>) -> () {
            if let Some(generator) = self_.native::<Generator>() {
                generator.0.with(|source| *source = Source::System);
            }
            Ok(())
        }

        /// Begin anew from a seed.
        call fn _seed(cx; self_: Slot, a: Option<Slot> = None) -> () {
            reseed(cx, self_, a)
        }

        /// Return the next random float, at least 0.0 and below 1.0.
        call fn random(cx; self_: Slot) -> f64 {
            Ok(cx.state::<Generator>(self_)?.0.with(Source::float))
        }

        /// Return an integer of k random bits.
        call fn getrandbits(cx; self_: Slot, k: Slot) -> Slot {
            let plain = number::index(cx, k)?;
            let Some(count) = cx.index(cx.get(plain))?.to_i64() else {
                return Err(cx.overflow_error("Python int too large to convert to C int"));
            };
            let Ok(count) = usize::try_from(count) else { return Err(cx.value_error("Cannot convert negative int")) };
            let state = cx.state::<Generator>(self_)?;
            if count <= 64 {
                let bits = state.0.with(|source| source.bits(count as u32));
                return Ok(cx.root(cx.uint(bits)));
            }
            memory::expect(count / 4);
            let bits = state.0.with(|source| source.many_bits(count));
            Ok(cx.root(cx.big_int(IBig::from(bits))))
        }

        /// Return a random integer below n.
        call fn _randbelow(cx; ; self_: Slot, n: Slot) -> Slot {
            let bound = integer(cx, n)?;
            if bound <= IBig::ZERO {
                return Ok(cx.root(cx.int(0)));
            }
            from_range(cx, self_, &IBig::ZERO, &IBig::ONE, &bound)
        }

        /// Choose a random item from range(stop) or range(start, stop[, step]).
        call fn randrange(
            cx; ; self_: Slot, start: Slot, stop: Option<Slot> = None, step: Option<Slot> = None
        ) -> Slot {
            random_range(cx, self_, start, stop, step)
        }

        /// Return a random integer in range [a, b].
        call fn randint(cx; ; self_: Slot, a: Slot, b: Slot) -> Slot {
            if let Some(result) = small_range(cx, self_, a, b, true) {
                return result;
            }
            let (low, high) = (integer(cx, a)?, integer(cx, b)?);
            let count = &high - &low + IBig::ONE;
            if count <= IBig::ZERO {
                return Err(empty_range(cx, &format!("in randint({low}, {high})")));
            }
            from_range(cx, self_, &low, &IBig::ONE, &count)
        }

        /// Choose a random element from a sequence that is not empty.
        call fn choice(cx; ; self_: Slot, seq: Slot) -> Slot {
            let len = item::len(cx, seq)?;
            if len == 0 {
                return Err(cx.raise(Builtin::IndexError, "Cannot choose from an empty sequence"));
            }
            let index = index_below(cx, self_, len)?;
            let index = cx.root(cx.uint(index as u64));
            item::get_item(cx, seq, index)
        }

        /// Shuffle a mutable sequence in place.
        call fn shuffle(cx; ; self_: Slot, x: Slot) -> () {
            shuffle(cx, self_, x)
        }

        /// The state as a tuple of integers.
        call fn _getstate(cx; self_: Slot) -> Slot {
            let words = cx.state::<Generator>(self_)?.0.with(|source| match source {
                Source::Mersenne(mersenne) => {
                    let (words, at) = mersenne.state();
                    Some(words.iter().map(|&word| i64::from(word)).chain([at as i64]).collect::<Vec<_>>())
                }
                Source::System => None,
            });
            let Some(words) = words else {
                return Err(cx.raise(Builtin::NotImplementedError, "System entropy source does not have state."));
            };
            let values: Vec<_> = words.iter().map(|&word| cx.int(word)).collect();
            Ok(cx.root(cx.tuple(&values)))
        }

        /// Go on from a state.
        call fn _setstate(cx; self_: Slot, state: Slot) -> () {
            let Some(tuple) = cx.get(state).cast::<Tuple>() else {
                return Err(cx.type_error("state vector must be a tuple"));
            };
            if tuple.len() != SIZE + 1 {
                return Err(cx.value_error("state vector is the wrong size"));
            }
            let numbers: Option<Vec<u32>> =
                tuple.iter(cx).map(|word| u32::try_from(word.as_int()?.to_i64()?).ok()).collect();
            let at = numbers.as_ref().map_or(usize::MAX, |numbers| numbers[SIZE] as usize);
            let words = numbers.and_then(|numbers| <[u32; SIZE]>::try_from(&numbers[..SIZE]).ok());
            let Some(words) = words.filter(|_| at <= SIZE) else { return Err(cx.value_error("invalid state")) };
            cx.state::<Generator>(self_)?.0.with(|source| {
                *source = Source::Mersenne(Box::new(Mersenne::in_state(words, at)));
            });
            Ok(())
        }
    }
}
