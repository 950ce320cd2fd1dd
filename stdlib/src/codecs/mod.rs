//! `_codecs`: the registry of codecs, and the codecs that are native.

mod arguments;
mod charmap;
mod encoding_map;
mod escape;
mod escape_bytes;
mod utf7;

use argil_interp::codecs::decode::{self, Utf8};
use argil_interp::codecs::encode;
use argil_interp::codecs::errors::Handler;
use argil_interp::codecs::native::{Encoding, Order};
use argil_interp::codecs::registry::{self, Way};
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::GivenText;
use argil_interp::natives;
use argil_interp::types::str::Str;

use arguments::{Bytes, BytesOrText, Errors, Name, Text};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_codecs", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let methods = [encoding_map::METHODS];
    let class = NativeClass::nameless("builtins.EncodingMap", &methods);
    cx.define_native_class::<encoding_map::EncodingMap>(module, &class);
    Ok(())
}

/// What encoders return: the bytes, and how many characters they are for.
fn encoded(cx: &mut Ctx, text: Slot, bytes: &[u8]) -> Res<Slot> {
    cx.with_memory(|cx| {
        let count = cx.get(text).cast::<Str>().map_or(0, Str::len);
        cx.root(cx.tuple(&[cx.bytes(bytes), cx.uint(count as u64)]))
    })
}

/// What decoders return: the text, and how many bytes it is of.
fn decoded(cx: &mut Ctx, (text, used): (String, usize)) -> Res<Slot> {
    cx.with_memory(|cx| cx.root(cx.tuple(&[cx.str(&text), cx.uint(used as u64)])))
}

fn encode_known(cx: &mut Ctx, text: Text, errors: Errors, encoding: Encoding) -> Res<Slot> {
    let bytes = encode::encode_known(cx, text.0, encoding, &errors.handler())?;
    encoded(cx, text.0, &bytes)
}

fn decode_known(cx: &mut Ctx, data: Bytes, errors: Errors, encoding: Encoding) -> Res<Slot> {
    let text = decode::decode_known(cx, data.0, encoding, &errors.handler())?;
    decoded(cx, text)
}

fn decode_wide<const N: usize>(cx: &mut Ctx, data: Bytes, errors: Errors, order: Order, last: bool) -> Res<Slot> {
    let (text, used, _) = decode::decode_wide::<N>(cx, data.0, order, last, &errors.handler())?;
    decoded(cx, (text, used))
}

/// The same, and which order was found.
fn decode_wide_ex<const N: usize>(cx: &mut Ctx, data: Bytes, errors: Errors, order: i32, last: bool) -> Res<Slot> {
    let order = Order::of_number(order);
    let (text, used, found) = decode::decode_wide::<N>(cx, data.0, order, last, &errors.handler())?;
    let order = match found {
        Order::Marked => 0,
        Order::Little => -1,
        Order::Big => 1,
    };
    cx.with_memory(|cx| cx.root(cx.tuple(&[cx.str(&text), cx.uint(used as u64), cx.int(order)])))
}

/// `encode` and `decode` of any object.
fn convert(cx: &mut Ctx, way: Way, object: Slot, encoding: GivenText, errors: GivenText) -> Res<Slot> {
    let (encoding, errors) = (encoding.0.as_deref().unwrap_or("utf-8"), errors.0.as_deref());
    let plain = match way {
        Way::Encoding => cx.get(object).as_str().is_some(),
        Way::Decoding => cx.get(object).as_bytes().is_some(),
    };
    let Some(known) = Encoding::named(encoding).filter(|_| plain) else {
        return registry::convert(cx, way, object, encoding, errors);
    };
    // No need to ask anybody what these do.
    let handler = Handler::named(errors);
    let result = match way {
        Way::Encoding => encode::encode_known(cx, object, known, &handler).map(|bytes| cx.root(cx.bytes(&bytes))),
        Way::Decoding => decode::decode_known(cx, object, known, &handler).map(|(text, _)| cx.root(cx.str(&text))),
    };
    result.map_err(|raised| registry::annotated(cx, way, encoding, raised))
}

natives! {
    static FUNCTIONS = {
        /// Register a codec search function.
        ///
        /// Search functions are expected to take one argument, the encoding name in all lower case letters, and
        /// either return None, or a tuple of functions (encoder, decoder, stream_reader, stream_writer) (or a
        /// CodecInfo object).
        call fn register(cx; search_function: Slot) -> () { registry::register(cx, search_function) }

        /// Unregister a codec search function and clear the registry's cache.
        ///
        /// If the search function is not registered, do nothing.
        call fn unregister(cx; search_function: Slot) -> () { registry::unregister(cx, search_function) }

        /// Looks up a codec tuple in the Python codec registry and returns a CodecInfo object.
        call fn lookup(cx; encoding: Name) -> Slot { registry::lookup(cx, &encoding.0) }

        /// Purge the named codec from the internal codec lookup cache.
        call fn _forget_codec(cx; encoding: Name) -> () { registry::forget(cx, &encoding.0) }

        /// Encodes obj using the codec registered for encoding.
        ///
        /// The default encoding is 'utf-8'. errors may be given to set a different error handling scheme. Default is
        /// 'strict' meaning that encoding errors raise a ValueError.
        call fn encode(
            cx; ; obj: Slot, encoding: GivenText = GivenText(None), errors: GivenText = GivenText(None)
        ) -> Slot {
            convert(cx, Way::Encoding, obj, encoding, errors)
        }

        /// Decodes obj using the codec registered for encoding.
        ///
        /// Default encoding is 'utf-8'. errors may be given to set a different error handling scheme. Default is
        /// 'strict' meaning that encoding errors raise a ValueError.
        call fn decode(
            cx; ; obj: Slot, encoding: GivenText = GivenText(None), errors: GivenText = GivenText(None)
        ) -> Slot {
            convert(cx, Way::Decoding, obj, encoding, errors)
        }

        /// Register the specified error handler under the name errors.
        ///
        /// handler must be a callable object, that will be called with an exception instance containing information
        /// about the location of the encoding/decoding error and must return a (replacement, new position) tuple.
        call fn register_error(cx; errors: Name, handler: Slot) -> () {
            registry::register_handler(cx, &errors.0, handler)
        }

        /// Un-register the specified error handler for the error handling `errors'.
        ///
        /// Only custom error handlers can be un-registered. Returns True if a handler was removed.
        call fn _unregister_error(cx; errors: Name) -> bool { registry::unregister_handler(cx, &errors.0) }

        /// lookup_error(errors) -> handler
        ///
        /// Return the error handler for the specified error handling name or raise a LookupError, if no handler
        /// exists under this name.
        call fn lookup_error(cx; name: Name) -> Slot { registry::handler(cx, &name.0) }

        call fn utf_8_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf8)
        }

        call fn utf_8_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            let text = decode::decode_with(cx, data.0, "utf-8", &errors.handler(), &mut Utf8 { last: r#final })?;
            decoded(cx, text)
        }

        call fn ascii_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Ascii)
        }

        call fn ascii_decode(cx; data: Bytes, errors: Errors = Errors(None)) -> Slot {
            decode_known(cx, data, errors, Encoding::Ascii)
        }

        call fn latin_1_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Latin1)
        }

        call fn latin_1_decode(cx; data: Bytes, errors: Errors = Errors(None)) -> Slot {
            decode_known(cx, data, errors, Encoding::Latin1)
        }

        call fn utf_16_encode(cx; str: Text, errors: Errors = Errors(None), byteorder: i32 = 0) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf16(Order::of_number(byteorder)))
        }

        call fn utf_16_le_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf16(Order::Little))
        }

        call fn utf_16_be_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf16(Order::Big))
        }

        call fn utf_16_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<2>(cx, data, errors, Order::Marked, r#final)
        }

        call fn utf_16_le_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<2>(cx, data, errors, Order::Little, r#final)
        }

        call fn utf_16_be_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<2>(cx, data, errors, Order::Big, r#final)
        }

        call fn utf_16_ex_decode(
            cx; data: Bytes, errors: Errors = Errors(None), byteorder: i32 = 0, r#final: bool = false
        ) -> Slot {
            decode_wide_ex::<2>(cx, data, errors, byteorder, r#final)
        }

        call fn utf_32_encode(cx; str: Text, errors: Errors = Errors(None), byteorder: i32 = 0) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf32(Order::of_number(byteorder)))
        }

        call fn utf_32_le_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf32(Order::Little))
        }

        call fn utf_32_be_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            encode_known(cx, str, errors, Encoding::Utf32(Order::Big))
        }

        call fn utf_32_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<4>(cx, data, errors, Order::Marked, r#final)
        }

        call fn utf_32_le_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<4>(cx, data, errors, Order::Little, r#final)
        }

        call fn utf_32_be_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            decode_wide::<4>(cx, data, errors, Order::Big, r#final)
        }

        call fn utf_32_ex_decode(
            cx; data: Bytes, errors: Errors = Errors(None), byteorder: i32 = 0, r#final: bool = false
        ) -> Slot {
            decode_wide_ex::<4>(cx, data, errors, byteorder, r#final)
        }

        call fn utf_7_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            let bytes = utf7::encode(cx.get(str.0).as_str().unwrap_or_default());
            encoded(cx, str.0, &bytes)
        }

        call fn utf_7_decode(cx; data: Bytes, errors: Errors = Errors(None), r#final: bool = false) -> Slot {
            let mut decoder = utf7::Decoder::new(r#final);
            let text = decode::decode_with(cx, data.0, "utf7", &errors.handler(), &mut decoder)?;
            let text = decoder.finish(text);
            decoded(cx, text)
        }

        call fn unicode_escape_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            let bytes = escape::encode(cx.get(str.0).as_str().unwrap_or_default());
            encoded(cx, str.0, &bytes)
        }

        call fn unicode_escape_decode(
            cx; data: BytesOrText, errors: Errors = Errors(None), r#final: bool = true
        ) -> Slot {
            let mut decoder = escape::Decoder { last: r#final };
            let text = decode::decode_with(cx, data.0, "unicodeescape", &errors.handler(), &mut decoder)?;
            decoded(cx, text)
        }

        call fn raw_unicode_escape_encode(cx; str: Text, errors: Errors = Errors(None)) -> Slot {
            let bytes = escape::encode_raw(cx.get(str.0).as_str().unwrap_or_default());
            encoded(cx, str.0, &bytes)
        }

        call fn raw_unicode_escape_decode(
            cx; data: BytesOrText, errors: Errors = Errors(None), r#final: bool = true
        ) -> Slot {
            let mut decoder = escape::RawDecoder { last: r#final };
            let text = decode::decode_with(cx, data.0, "rawunicodeescape", &errors.handler(), &mut decoder)?;
            decoded(cx, text)
        }

        call fn escape_encode(cx; data: Slot, errors: Errors = Errors(None)) -> Slot {
            escape_bytes::encode(cx, data)
        }

        call fn escape_decode(cx; data: BytesOrText, errors: Errors = Errors(None)) -> Slot {
            escape_bytes::decode(cx, data.0, errors.0.as_deref())
        }

        call fn readbuffer_encode(cx; data: BytesOrText, errors: Errors = Errors(None)) -> Slot {
            let count = cx.get(data.0).as_bytes().map_or(0, <[u8]>::len);
            Ok(cx.root(cx.tuple(&[cx.get(data.0), cx.uint(count as u64)])))
        }

        call fn charmap_encode(
            cx; str: Text, errors: Errors = Errors(None), mapping: Option<Slot> = None
        ) -> Slot {
            let Some(mapping) = mapping else { return encode_known(cx, str, errors, Encoding::Latin1) };
            let bytes = charmap::encode(cx, str.0, mapping, &errors.handler())?;
            encoded(cx, str.0, &bytes)
        }

        call fn charmap_decode(
            cx; data: Bytes, errors: Errors = Errors(None), mapping: Option<Slot> = None
        ) -> Slot {
            let Some(mapping) = mapping else { return decode_known(cx, data, errors, Encoding::Latin1) };
            let text = charmap::decode(cx, data.0, mapping, &errors.handler())?;
            decoded(cx, text)
        }

        call fn charmap_build(cx; map: Text) -> Slot { encoding_map::build(cx, map.0) }
    }
}
