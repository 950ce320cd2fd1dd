//! `ZstdCompressor`.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::class::Class;
use argil_interp::types::native::NativeData;
use argil_system::zstd::{self, Failure, Goal};

use super::dictionary::{self, Use};
use super::parameters::{self, Kind, LEVEL, Options, WORKERS};
use super::{DEFAULT_LEVEL, raise};
use crate::off_lock::Shared;

/// A `ZstdCompressor`.
struct Compressor(Shared<State>);

impl NativeData for Compressor {}

struct State {
    stream: zstd::Compressor,
    last: Goal,
    /// Whether the library works in threads of its own.
    has_workers: bool,
}

const CONTINUE: i32 = 0;
const FLUSH_BLOCK: i32 = 1;
const FLUSH_FRAME: i32 = 2;

/// Defines the class.
pub fn define(cx: &Ctx, module: Slot) {
    let methods = [METHODS];
    let class = NativeClass::new("compression.zstd.ZstdCompressor", &methods);
    let class = cx.define_native_class::<Compressor>(module, &class);
    if let Some(class) = cx.get(class).cast::<Class>() {
        for (name, number) in [("CONTINUE", CONTINUE), ("FLUSH_BLOCK", FLUSH_BLOCK), ("FLUSH_FRAME", FLUSH_FRAME)] {
            class.names(cx).set_name(cx, cx.intern(name), cx.int(number.into()));
        }
    }
}

impl State {
    /// Compresses more. After an error, another frame can begin.
    fn work(&mut self, input: &[u8], goal: Goal) -> Result<Vec<u8>, Failure> {
        let made = self.pump(input, goal);
        self.last = if made.is_ok() { goal } else { Goal::Frame };
        if made.is_err() {
            self.stream.reset();
        }
        made
    }

    fn pump(&mut self, mut input: &[u8], goal: Goal) -> Result<Vec<u8>, Failure> {
        let (mut out, mut room) = (Vec::new(), zstd::bound(input.len()));
        loop {
            let before = out.len();
            memory::reserve(&mut out, room);
            out.resize(before + room, 0);
            let (written, left) = self.stream.step(&mut input, &mut out[before..], goal)?;
            out.truncate(before + written);
            // Threads take input when they like: what is left to come out is theirs.
            let is_done = if self.has_workers && goal == Goal::Continue { input.is_empty() } else { left == 0 };
            if is_done {
                return Ok(out);
            }
            room = (32 << 10).max(out.len() / 2);
        }
    }
}

fn goal(mode: i32) -> Option<Goal> {
    match mode {
        CONTINUE => Some(Goal::Continue),
        FLUSH_BLOCK => Some(Goal::Block),
        FLUSH_FRAME => Some(Goal::Frame),
        _ => None,
    }
}

fn finish(cx: &mut Ctx, made: Result<Vec<u8>, Failure>) -> Res<Slot> {
    match made {
        Ok(out) => cx.with_memory(|cx| cx.root(cx.bytes(&out))),
        Err(failure) => Err(raise(cx, failure, "Unable to compress Zstandard data")),
    }
}

/// Sets the level of compression.
fn set_level(cx: &Ctx, stream: &mut zstd::Compressor, level: Option<i32>) -> Res<i32> {
    let (low, high) = zstd::bounds(LEVEL, true).map_err(|failure| raise(cx, failure, "Unable to get level bounds"))?;
    let range = format!("the valid range is [{low}, {high}]");
    let Some(level) = level else { return Err(cx.value_error(format!("illegal compression level; {range}"))) };
    if level < low || level > high {
        return Err(cx.value_error(format!("illegal compression level {level}; {range}")));
    }
    stream.set(LEVEL, level).map_err(|failure| raise(cx, failure, "Unable to set level of compression"))?;
    Ok(level)
}

fn new(cx: &mut Ctx, level: Option<Slot>, options: Option<Slot>, dictionary: Option<Slot>) -> Res<State> {
    if level.is_some() && options.is_some() {
        return Err(cx.type_error("Only one of level or options should be used."));
    }
    let mut stream = zstd::Compressor::new().ok_or_else(|| cx.memory_error())?;
    let (mut used, mut has_workers) = (DEFAULT_LEVEL, false);
    if let Some(level) = level {
        let number = cx.get(level).as_int().ok_or_else(|| cx.type_error("invalid type for level, expected int"))?;
        let number = number.to_i64().and_then(|number| i32::try_from(number).ok());
        used = set_level(cx, &mut stream, number)?;
    }
    if let Some(options) = options {
        parameters::each(cx, options, Kind::Compress, |cx, key, value| {
            if key == LEVEL {
                used = set_level(cx, &mut stream, Some(value))?;
                return Ok(());
            }
            has_workers |= key == WORKERS && value != 0;
            stream.set(key, value).map_err(|_| parameters::illegal(cx, Kind::Compress, key, value))
        })?;
    }
    if let Some(dictionary) = dictionary {
        let (state, usage) = dictionary::given(cx, dictionary, Use::Content)?;
        let dictionary = state.to_compress(cx, usage, used)?;
        stream.set_dictionary(dictionary).map_err(|failure| dictionary::refused(cx, failure, "compression"))?;
    }
    Ok(State { stream, last: Goal::Frame, has_workers })
}

natives! {
    static METHODS = {
        static call fn __new__(
            cx; cls: Slot; level: Option<Slot> = None, options: Options = Options(None), zstd_dict: Option<Slot> = None
        ) -> Slot {
            let state = new(cx, level, options.0, zstd_dict)?;
            // What the usual level needs.
            cx.note_external(1_300_000);
            Ok(cx.new_native(cls, Compressor(Shared::new(state))))
        }

        /// Provide data to the compressor object.
        call fn compress(cx; self_: Slot; data: Slot, mode: i32 = CONTINUE) -> Slot {
            let Some(goal) = goal(mode) else {
                return Err(cx.value_error(
                    "mode argument wrong value, it should be one of ZstdCompressor.CONTINUE, ZstdCompressor.FLUSH_BLOCK, \
                     ZstdCompressor.FLUSH_FRAME.",
                ));
            };
            let shared = cx.state::<Compressor>(self_)?.0.alias();
            let made = shared.with_bytes(cx, data, |state, data| state.work(data, goal))?;
            finish(cx, made)
        }

        /// Finish the compression process.
        call fn flush(cx; self_: Slot; mode: i32 = FLUSH_FRAME) -> Slot {
            let Some(goal) = goal(mode).filter(|&goal| goal != Goal::Continue) else {
                return Err(cx.value_error(
                    "mode argument wrong value, it should be ZstdCompressor.FLUSH_FRAME or ZstdCompressor.FLUSH_BLOCK.",
                ));
            };
            let shared = cx.state::<Compressor>(self_)?.0.alias();
            let made = shared.with(cx, |state| state.work(&[], goal));
            finish(cx, made)
        }

        /// Set the uncompressed content size to be written into the frame header.
        call fn set_pledged_input_size(cx; self_: Slot, size: Option<Slot>) -> () {
            const MOST: u64 = u64::MAX - 2;
            let size = match size {
                None => None,
                Some(size) => {
                    let int = cx.get(size).as_int().ok_or_else(|| cx.type_error("an integer is required"))?;
                    let size = u64::try_from(&int.to_big()).ok().filter(|&size| size <= MOST);
                    let message = format!("size argument should be a positive int less than {}", MOST + 1);
                    Some(size.ok_or_else(|| cx.value_error(message))?)
                }
            };
            let shared = cx.state::<Compressor>(self_)?.0.alias();
            let done = shared.short(cx, |state| (state.last == Goal::Frame).then(|| state.stream.pledge(size)));
            match done {
                None => {
                    let message = "set_pledged_input_size() method must be called when last_mode == FLUSH_FRAME";
                    Err(cx.value_error(message))
                }
                Some(done) => {
                    done.map_err(|failure| raise(cx, failure, "Unable to set pledged uncompressed content size"))
                }
            }
        }

        /// The last mode used to this compressor object.
        get call fn last_mode(cx; self_: Slot) -> i64 {
            let shared = cx.state::<Compressor>(self_)?.0.alias();
            let last = shared.short(cx, |state| state.last);
            Ok(match last {
                Goal::Continue => CONTINUE,
                Goal::Block => FLUSH_BLOCK,
                Goal::Frame => FLUSH_FRAME,
            }
            .into())
        }
    }
}
