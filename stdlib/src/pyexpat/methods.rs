//! What parsers do, and their attributes.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::ops::{attr, truth};
use argil_interp::types::bytes::buffer;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_xml::{Code, Failure, Place};

use super::dispatch::{flush, run};
use super::state::{State, XmlParser, with, with_state};
use super::{ExpatError, raise};

/// How much is read of a file at a time.
const CHUNK: i64 = 2048;

/// Marks a parser as being used, until it is dropped.
fn begin(cx: &mut Ctx, this: Slot, method: &str) -> Res<()> {
    let was_busy = with(cx, this, |state| std::mem::replace(&mut state.is_parsing, true))?;
    if was_busy {
        return Err(cx.runtime_error(format!("cannot call {method}() from within a handler")));
    }
    Ok(())
}

fn end(cx: &Ctx, this: Slot) -> Res<()> {
    with(cx, this, |state| {
        state.is_parsing = false;
        state.is_in_handler = false;
    })
}

/// Feeds bytes and reads them.
fn feed(cx: &mut Ctx, this: Slot, bytes: &[u8], is_last: bool) -> Res<()> {
    // Bytes as they come, as text, and as what handlers get of them.
    cx.with_memory(|_| memory::expect(bytes.len().saturating_mul(3)))?;
    let refused = with(cx, this, |state| {
        if state.is_finished {
            state.error = Some(Code::Finished);
            return Some(Failure { code: Code::Finished, place: state.parser.token_place() });
        }
        state.parser.feed(bytes, is_last);
        None
    })?;
    match refused {
        Some(failure) => Err(raise(cx, failure)),
        None => run(cx, this),
    }
}

fn parse(cx: &mut Ctx, this: Slot, data: Slot, is_last: bool) -> Res<()> {
    let bytes = cx.with_memory(|cx| match cx.get(data).as_str() {
        Some(text) => Ok((memory::copy(text.as_bytes()), true)),
        None => buffer::contents(cx, cx.get(data)).map(|bytes| (bytes.into_owned(), false)),
    })?;
    let (bytes, is_text) = bytes?;
    if is_text {
        with(cx, this, |state| {
            if !state.parser.has_begun() {
                state.parser.set_named_encoding(Some("utf-8".to_owned()));
            }
        })?;
    }
    feed(cx, this, &bytes, is_last)
}

fn parse_file(cx: &mut Ctx, this: Slot, file: Slot) -> Res<()> {
    let name = cx.root(cx.intern("read"));
    let Some(read) = attr::get_attr_opt(cx, file, name)? else {
        return Err(cx.type_error("argument must have 'read' attribute"));
    };
    loop {
        let is_over = cx.scope(|cx| {
            let size = cx.root(cx.int(CHUNK));
            let data = cx.call(read, &[size])?;
            let value = cx.get(data);
            let bytes = match buffer::contents(cx, value) {
                Ok(bytes) => bytes.into_owned(),
                Err(raised) => {
                    let _ = cx.take_raised(raised);
                    let got = cx.type_name(cx.get(data));
                    return Err(cx.type_error(format!("read() did not return a bytes object (type={got})")));
                }
            };
            if bytes.len() > CHUNK as usize {
                let message =
                    format!("read() returned too much data: {CHUNK} bytes requested, {} returned", bytes.len());
                return Err(cx.value_error(message));
            }
            feed(cx, this, &bytes, bytes.is_empty())?;
            Ok(bytes.is_empty())
        })?;
        if is_over {
            return Ok(());
        }
    }
}

/// Fails for what can be said only before parsing begins.
fn check_fresh(cx: &mut Ctx, this: Slot) -> Res<()> {
    let (has_begun, place) = with(cx, this, |state| (state.parser.has_begun(), state.parser.token_place()))?;
    match has_begun {
        true => Err(raise(cx, Failure { code: Code::CantChangeFeature, place })),
        false => Ok(()),
    }
}

natives! {
    pub static METHODS = {
        /// Parse XML data; isfinal says that it is the last.
        call fn Parse(cx; self_: Slot, data: Slot, isfinal: bool = false) -> i64 {
            begin(cx, self_, "Parse")?;
            let parsed = parse(cx, self_, data, isfinal);
            end(cx, self_)?;
            parsed.map(|()| 1)
        }

        /// Parse XML data from a file-like object.
        call fn ParseFile(cx; self_: Slot, file: Slot) -> i64 {
            begin(cx, self_, "ParseFile")?;
            let parsed = parse_file(cx, self_, file);
            end(cx, self_)?;
            parsed.map(|()| 1)
        }

        /// Set the base that relative addresses are resolved against.
        call fn SetBase(cx; self_: Slot, base: String) -> () {
            with(cx, self_, |state| state.parser.base = Some(base))
        }

        /// Return the base that relative addresses are resolved against.
        call fn GetBase(cx; self_: Slot) -> Option<String> { with(cx, self_, |state| state.parser.base.clone()) }

        /// Return the text that caused the current event, and what follows; None outside handlers.
        call fn GetInputContext(cx; self_: Slot) -> Option<Vec<u8>> {
            with(cx, self_, |state| state.is_in_handler.then(|| state.parser.context().as_bytes().to_vec()))
        }

        /// Create a parser for an external entity, from the context that its handler was given.
        call fn ExternalEntityParserCreate(
            cx; self_: Slot, context: Option<String>, encoding: Option<String> = None
        ) -> Slot {
            let state = with(cx, self_, |state| State {
                parser: state.parser.external(context.as_deref(), encoding),
                is_parsing: false,
                is_in_handler: false,
                is_finished: false,
                error: None,
                buffer: state.buffer.as_ref().map(|_| String::new()),
                buffer_size: state.buffer_size,
                ordered_attributes: state.ordered_attributes,
                specified_attributes: state.specified_attributes,
                default: state.default,
            })?;
            let intern = cx.load::<XmlParser>(self_, |parser| &parser.intern);
            let cx: &Ctx = cx;
            let handlers = cx.state::<XmlParser>(self_)?.handlers.get_or_none(cx);
            let handlers = handlers.cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
            Ok(with_state(cx, state, &handlers, intern))
        }

        /// Set whether parameter entities are parsed.
        call fn SetParamEntityParsing(cx; self_: Slot, flag: i64) -> i64 {
            with(cx, self_, |state| {
                let can = !state.parser.has_begun() && (0..=2).contains(&flag);
                if can {
                    state.parser.parameter_parsing = flag as i32;
                }
                can.into()
            })
        }

        /// Ask for an external subset even of documents that name none.
        call fn UseForeignDTD(cx; self_: Slot, flag: bool = true) -> () {
            check_fresh(cx, self_)?;
            with(cx, self_, |state| state.parser.has_foreign_dtd = flag)
        }

        /// Set whether tokens that are cut are looked at again only when much more has come.
        call fn SetReparseDeferralEnabled(cx; self_: Slot, enabled: bool) -> () {
            with(cx, self_, |state| state.parser.defers = enabled)
        }

        /// Return whether tokens that are cut are looked at again only when much more has come.
        call fn GetReparseDeferralEnabled(cx; self_: Slot) -> bool { with(cx, self_, |state| state.parser.defers) }

        /// Set from how many bytes on entities are watched.
        call fn SetBillionLaughsAttackProtectionActivationThreshold(cx; self_: Slot, threshold: i64) -> () {
            check_root(cx, self_)?;
            with(cx, self_, |state| state.parser.set_threshold(threshold.max(0) as u64))
        }

        /// Set how many times longer than what was fed the text may become by entities.
        call fn SetBillionLaughsAttackProtectionMaximumAmplification(cx; self_: Slot, max_factor: f64) -> () {
            check_root(cx, self_)?;
            if max_factor.is_nan() || max_factor < 1.0 {
                return Err(cx.raise_own::<ExpatError>("'max_factor' must be at least 1.0"));
            }
            with(cx, self_, |state| state.parser.set_factor(max_factor))
        }
    }
}

fn check_root(cx: &Ctx, this: Slot) -> Res<()> {
    if with(cx, this, |state| state.parser.is_external())? {
        return Err(cx.raise_own::<ExpatError>("parser must be a root parser"));
    }
    Ok(())
}

fn place(cx: &Ctx, this: Slot) -> Res<Place> {
    with(cx, this, |state| state.parser.token_place())
}

natives! {
    pub static ATTRIBUTES = {
        get call fn ErrorCode(cx; self_: Slot) -> i64 {
            with(cx, self_, |state| state.error.map_or(0, |code| code as i64))
        }

        get call fn ErrorLineNumber(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.line as usize) }

        get call fn ErrorColumnNumber(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.column as usize) }

        get call fn ErrorByteIndex(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.byte as usize) }

        get call fn CurrentLineNumber(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.line as usize) }

        get call fn CurrentColumnNumber(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.column as usize) }

        get call fn CurrentByteIndex(cx; self_: Slot) -> usize { Ok(place(cx, self_)?.byte as usize) }

        get call fn buffer_size(cx; self_: Slot) -> usize { with(cx, self_, |state| state.buffer_size) }

        set call fn buffer_size(cx; self_: Slot, value: Slot) -> () {
            let Some(size) = cx.get(value).as_int() else {
                return Err(cx.type_error("buffer_size must be an integer"));
            };
            let size = match size.to_i64() {
                Some(size) if size > i64::from(i32::MAX) => {
                    return Err(cx.value_error(format!("buffer_size must not be greater than {}", i32::MAX)));
                }
                Some(size) => usize::try_from(size).ok().filter(|&size| size > 0),
                None => return Err(cx.overflow_error("Python int too large to convert to C long")),
            };
            let Some(size) = size else {
                return Err(cx.value_error("buffer_size must be greater than zero"));
            };
            flush(cx, self_)?;
            with(cx, self_, |state| state.buffer_size = size)
        }

        get call fn buffer_text(cx; self_: Slot) -> bool { with(cx, self_, |state| state.buffer.is_some()) }

        set call fn buffer_text(cx; self_: Slot, value: Slot) -> () {
            if truth::truth(cx, value)? {
                with(cx, self_, |state| {
                    state.buffer.get_or_insert_default();
                })
            } else {
                flush(cx, self_)?;
                with(cx, self_, |state| state.buffer = None)
            }
        }

        get call fn buffer_used(cx; self_: Slot) -> usize {
            with(cx, self_, |state| state.buffer.as_ref().map_or(0, String::len))
        }

        get call fn namespace_prefixes(cx; self_: Slot) -> bool { with(cx, self_, |state| state.parser.reports_prefixes) }

        set call fn namespace_prefixes(cx; self_: Slot, value: Slot) -> () {
            let on = truth::truth(cx, value)?;
            with(cx, self_, |state| state.parser.reports_prefixes = on)
        }

        get call fn ordered_attributes(cx; self_: Slot) -> bool { with(cx, self_, |state| state.ordered_attributes) }

        set call fn ordered_attributes(cx; self_: Slot, value: Slot) -> () {
            let on = truth::truth(cx, value)?;
            with(cx, self_, |state| state.ordered_attributes = on)
        }

        get call fn specified_attributes(cx; self_: Slot) -> bool { with(cx, self_, |state| state.specified_attributes) }

        set call fn specified_attributes(cx; self_: Slot, value: Slot) -> () {
            let on = truth::truth(cx, value)?;
            with(cx, self_, |state| state.specified_attributes = on)
        }

        get call fn intern(cx; self_: Slot) -> Slot {
            let found = cx.load::<XmlParser>(self_, |parser| &parser.intern);
            Ok(found.unwrap_or_else(|| cx.root(Value::NONE)))
        }
    }
}
