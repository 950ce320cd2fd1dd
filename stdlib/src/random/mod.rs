//! `_random`: the class that `random.Random` of CPython's library derives from.

mod bits;
mod mersenne;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::native::Args;
use argil_interp::natives;
use argil_interp::ops::{hash, number};
use argil_interp::types::int::Int;
use argil_interp::types::native::{Crossing, Exclusive, Native, NativeData, Saved};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use dashu_int::ops::UnsignedAbs;
use dashu_int::{IBig, UBig};

use bits::{Bits, system_number};
use mersenne::{Mersenne, SIZE};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_random", source: ModuleSource::Native { functions: &[], init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Random>(module, &NativeClass::new("Random", &[METHODS]));
    Ok(())
}

/// A generator. Each method takes or sets its state at once.
struct Random(Exclusive<Box<Mersenne>>);

impl NativeData for Random {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let bytes = value.native::<Random>()?.0.with(|mersenne| {
                let (words, at) = mersenne.state();
                words.iter().chain(&[at as u32]).flat_map(|word| word.to_le_bytes()).collect()
            });
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let mut words: Vec<u32> = bytes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)).collect();
            let at = words.pop().filter(|&at| at as usize <= SIZE)?;
            let mersenne = Mersenne::in_state(words.try_into().ok()?, at as usize);
            Some(Native::alloc(cx, birth, Random(Exclusive::new(Box::new(mersenne)))))
        },
        fill: |_, _, _| {},
    });
}

/// The one argument that a function of a class may have, behind the instance.
fn seed_argument(cx: &mut Ctx, args: Args<'_>, function: &str, shown: &str) -> Res<Slots> {
    if args.has_names() {
        return Err(cx.type_error(format!("{shown}() takes no keyword arguments")));
    }
    let given = args.positional(cx).saturating_sub(1);
    if given > 1 {
        return Err(cx.type_error(format!("{function} expected at most 1 argument, got {given}")));
    }
    Ok(args.into_slots(cx).0)
}

/// Begins anew: from an integer's size, from the hash of anything else, or from the operating system.
fn seed(cx: &mut Ctx, args: Slots) -> Res<()> {
    let number = match (args.len() > 1).then(|| args.get(1)).filter(|&seed| !cx.get(seed).is_none()) {
        None => system_number(),
        Some(seed) => match cx.get(seed).as_int() {
            Some(number) => number.to_big().unsigned_abs(),
            None => UBig::from(hash::hash(cx, seed)? as u64),
        },
    };
    cx.state::<Random>(args.get(0))?.0.with(|mersenne| **mersenne = Mersenne::of_number(&number));
    Ok(())
}

/// A word of a state.
fn word(cx: &Ctx, number: Option<Int<'_>>) -> Res<u32> {
    let Some(number) = number else { return Err(cx.type_error("an integer is required")) };
    let big = number.to_big();
    if big < IBig::ZERO {
        return Err(cx.overflow_error("can't convert negative value to unsigned int"));
    }
    let word = u64::try_from(&big);
    // As in CPython, of what C has room for the lowest bits count.
    word.map(|word| word as u32).map_err(|_| cx.overflow_error("Python int too large to convert to C unsigned long"))
}

natives! {
    static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(cx.new_native(args.get(0), Random(Exclusive::new(Box::new(Mersenne::in_state([0; SIZE], 0))))))
        }

        raw fn __init__(cx, args) -> () {
            let args = seed_argument(cx, args, "Random", "Random")?;
            seed(cx, args)
        }

        /// Defaults to use urandom and falls back to a combination
        /// of the current time and the process identifier.
        raw fn seed(cx, args) -> () {
            let args = seed_argument(cx, args, "seed", "Random.seed")?;
            seed(cx, args)
        }

        /// x in the interval [0, 1).
        call fn random(cx; self_: Slot) -> f64 {
            Ok(cx.state::<Random>(self_)?.0.with(|mersenne| mersenne.float()))
        }

        /// Generates an int with k random bits.
        call fn getrandbits(cx; self_: Slot, k: Slot) -> Slot {
            let k = number::index(cx, k)?;
            let count = cx.index(cx.get(k))?.to_big();
            if count < IBig::ZERO {
                return Err(cx.value_error("Cannot convert negative int"));
            }
            let Ok(count) = usize::try_from(&count) else {
                return Err(cx.overflow_error("Python int too large for C uint64_t"));
            };
            let state = cx.state::<Random>(self_)?;
            if count <= 64 {
                let bits = state.0.with(|mersenne| mersenne.bits(count as u32));
                return Ok(cx.root(cx.uint(bits)));
            }
            memory::expect(count / 4);
            let bits = state.0.with(|mersenne| mersenne.many_bits(count));
            Ok(cx.root(cx.big_int(IBig::from(bits))))
        }

        /// Returns tuple containing the current state.
        call fn getstate(cx; self_: Slot) -> Slot {
            let words = cx.state::<Random>(self_)?.0.with(|mersenne| {
                let (words, at) = mersenne.state();
                words.iter().map(|&word| i64::from(word)).chain([at as i64]).collect::<Vec<_>>()
            });
            let values: Vec<_> = words.iter().map(|&word| cx.int(word)).collect();
            Ok(cx.root(cx.tuple(&values)))
        }

        /// Restores generator state.
        call fn setstate(cx; self_: Slot, state: Slot) -> () {
            let cx: &Ctx = cx;
            let Some(tuple) = cx.get(state).cast::<Tuple>() else {
                return Err(cx.type_error("state vector must be a tuple"));
            };
            if tuple.len() != SIZE + 1 {
                return Err(cx.value_error("state vector is the wrong size"));
            }
            let mut words = [0; SIZE];
            for (word_of, value) in words.iter_mut().zip(tuple.iter(cx)) {
                *word_of = word(cx, value.as_int())?;
            }
            let Some(at) = tuple.get(cx, SIZE).and_then(Value::as_int) else {
                return Err(cx.type_error("an integer is required"));
            };
            let at = at.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C long"))?;
            match usize::try_from(at) {
                Ok(at) if at <= SIZE => {
                    cx.state::<Random>(self_)?.0.with(|mersenne| **mersenne = Mersenne::in_state(words, at));
                    Ok(())
                }
                _ => Err(cx.value_error("invalid state")),
            }
        }
    }
}
