//! `ZstdDict`: a dictionary, and how it is to be used.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::bytes::buffer;
use argil_interp::types::native::NativeData;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::zstd::{Dictionary, Failure, ForCompressing, ForDecompressing, dictionary_id};

use super::{ZstdError, raise};

/// A dictionary's state. Its content never changes.
pub struct State {
    content: Arc<[u8]>,
    id: u32,
    /// Made ready to compress with, by level.
    for_compressing: Mutex<HashMap<i32, Arc<ForCompressing>>>,
    for_decompressing: OnceLock<Option<Arc<ForDecompressing>>>,
}

/// A `ZstdDict`.
struct Dict(Arc<State>);

impl NativeData for Dict {}

/// How a dictionary is used, by the numbers in the tuples that stand for it.
#[derive(Clone, Copy)]
pub enum Use {
    Ready = 0,
    Content = 1,
    Prefix = 2,
}

/// Defines the class.
pub fn define(cx: &Ctx, module: Slot) {
    cx.define_native_class::<Dict>(module, &NativeClass::new("compression.zstd.ZstdDict", &[METHODS]));
}

#[cold]
fn no_dictionary(cx: &Ctx) -> Raised {
    cx.type_error("zstd_dict argument should be a ZstdDict object.")
}

/// The dictionary of an argument, which may say how it is to be used.
pub fn given(cx: &Ctx, argument: Slot, usual: Use) -> Res<(Arc<State>, Use)> {
    let value = cx.get(argument);
    if let Some(dict) = value.native::<Dict>() {
        return Ok((dict.0.clone(), usual));
    }
    let pair = value.cast::<Tuple>().filter(|tuple| tuple.len() == 2).ok_or_else(|| no_dictionary(cx))?;
    let number = pair.get(cx, 1).and_then(Value::as_int);
    let (Some(dict), Some(number)) = (pair.get(cx, 0).and_then(Value::native::<Dict>), number) else {
        return Err(no_dictionary(cx));
    };
    let number = number.to_i64().and_then(|number| i32::try_from(number).ok());
    let usage = match number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))? {
        0 => Use::Ready,
        1 => Use::Content,
        2 => Use::Prefix,
        _ => return Err(no_dictionary(cx)),
    };
    Ok((dict.0.clone(), usage))
}

impl State {
    /// What a stream that compresses with a level takes.
    pub fn to_compress(self: &Arc<State>, cx: &mut Ctx, usage: Use, level: i32) -> Res<Dictionary<ForCompressing>> {
        Ok(match usage {
            Use::Content => Dictionary::Content(self.content.clone()),
            Use::Prefix => Dictionary::Prefix(self.content.clone()),
            Use::Ready => {
                // Off the lock: making it takes a while, and others wait for it.
                let ready = cx.detached(|| {
                    let mut all = self.for_compressing.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some(ready) = all.get(&level) {
                        return Some(ready.clone());
                    }
                    let ready = Arc::new(ForCompressing::new(&self.content, level)?);
                    all.insert(level, ready.clone());
                    Some(ready)
                });
                let message = "Failed to create a ZSTD_CDict instance from Zstandard dictionary content.";
                Dictionary::Ready(ready.ok_or_else(|| cx.raise_own::<ZstdError>(message))?)
            }
        })
    }

    /// What a stream that decompresses takes.
    pub fn to_decompress(self: &Arc<State>, cx: &mut Ctx, usage: Use) -> Res<Dictionary<ForDecompressing>> {
        Ok(match usage {
            Use::Content => Dictionary::Content(self.content.clone()),
            Use::Prefix => Dictionary::Prefix(self.content.clone()),
            Use::Ready => {
                let ready = cx.detached(|| {
                    self.for_decompressing.get_or_init(|| ForDecompressing::new(&self.content).map(Arc::new)).clone()
                });
                let message = "Failed to create a ZSTD_DDict instance from Zstandard dictionary content.";
                Dictionary::Ready(ready.ok_or_else(|| cx.raise_own::<ZstdError>(message))?)
            }
        })
    }
}

/// The exception for a dictionary that a stream refused.
#[cold]
pub fn refused(cx: &Ctx, failure: Failure, doing: &str) -> Raised {
    raise(cx, failure, &format!("Unable to load Zstandard dictionary or prefix for {doing}"))
}

/// A dictionary and how it is to be used.
fn pair(cx: &Ctx, dict: Slot, usage: Use) -> Slot {
    cx.root(cx.tuple(&[cx.get(dict), cx.int(usage as i64)]))
}

natives! {
    static METHODS = {
        static call fn __new__(cx; cls: Slot, dict_content: Slot; ; is_raw: bool = false) -> Slot {
            let content: Arc<[u8]> = buffer::look(cx, cx.get(dict_content), memory::copy)?.into();
            if content.len() < 8 {
                let message = "Zstandard dictionary content too short (must have at least eight bytes)";
                return Err(cx.value_error(message));
            }
            let id = dictionary_id(&content);
            if id == 0 && !is_raw {
                return Err(cx.value_error("invalid Zstandard dictionary"));
            }
            cx.note_external(content.len());
            let (for_compressing, for_decompressing) = (Mutex::default(), OnceLock::new());
            Ok(cx.new_native(cls, Dict(Arc::new(State { content, id, for_compressing, for_decompressing }))))
        }

        slot fn __repr__(cx; self_: Value<'h>) -> String {
            let state = &cx.state::<Dict>(cx.root(self_))?.0;
            Ok(format!("<ZstdDict dict_id={} dict_size={}>", state.id, state.content.len()))
        }

        slot fn __len__(cx; self_: Value<'h>) -> usize { Ok(cx.state::<Dict>(cx.root(self_))?.0.content.len()) }

        /// The Zstandard dictionary, an int between 0 and 2**32.
        get fn dict_id(cx; self_: Value<'h>) -> usize { Ok(cx.state::<Dict>(cx.root(self_))?.0.id as usize) }

        /// The content of a Zstandard dictionary, as a bytes object.
        get fn dict_content(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.bytes(&cx.state::<Dict>(cx.root(self_))?.0.content))
        }

        /// Load as a digested dictionary to compressor.
        get call fn as_digested_dict(cx; self_: Slot) -> Slot { Ok(pair(cx, self_, Use::Ready)) }

        /// Load as an undigested dictionary to compressor.
        get call fn as_undigested_dict(cx; self_: Slot) -> Slot { Ok(pair(cx, self_, Use::Content)) }

        /// Load as a prefix to compressor/decompressor.
        get call fn as_prefix(cx; self_: Slot) -> Slot { Ok(pair(cx, self_, Use::Prefix)) }
    }
}
