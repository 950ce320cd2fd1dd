//! From events to calls of handlers.

use argil_interp::builtin::Builtin;
use argil_interp::codecs;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::ops::{item, truth};
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_xml::{Code, Encoding, Event, Step};

use super::handlers::{Handler, default_handler, handler};
use super::models;
use super::raise;
use super::state::{XmlParser, with};

/// Reads what was fed, and calls a handler for each event.
pub fn run(cx: &mut Ctx, this: Slot) -> Res<()> {
    loop {
        cx.poll()?;
        let step = with(cx, this, |state| state.parser.next_event())?;
        match step {
            Ok(Step::Event(event)) => cx.scope(|cx| dispatch(cx, this, event))?,
            Ok(Step::NeedInput) => return flush(cx, this),
            Ok(Step::Done) => {
                with(cx, this, |state| state.is_finished = true)?;
                return flush(cx, this);
            }
            Ok(Step::UnknownEncoding(name)) => {
                let encoding = table(cx, &name)?;
                with(cx, this, |state| state.parser.set_encoding(encoding))?;
            }
            Err(failure) => {
                flush(cx, this)?;
                with(cx, this, |state| {
                    state.error = Some(failure.code);
                })?;
                return Err(raise(cx, failure));
            }
        }
    }
}

/// What the bytes mean in an encoding that is known to scripts.
fn table(cx: &mut Ctx, name: &str) -> Res<Encoding> {
    let all: Vec<u8> = (0..=255).collect();
    let bytes = cx.root(cx.bytes(&all));
    let text = codecs::decode(cx, bytes, name, Some("replace"))?;
    let text = cx.get(text).as_str().unwrap_or_default();
    let shown = |c: char| (c != '\u{fffd}').then_some(c);
    let table: Box<[Option<char>]> = text.chars().map(shown).collect();
    if table.len() != all.len() {
        return Err(cx.value_error("multi-byte encodings are not supported"));
    }
    Ok(Encoding::Table(table))
}

/// Hands on the text that was kept.
pub fn flush(cx: &mut Ctx, this: Slot) -> Res<()> {
    let text = with(cx, this, |state| state.buffer.as_mut().filter(|text| !text.is_empty()).map(std::mem::take))?;
    match text {
        Some(text) => characters(cx, this, &text),
        None => Ok(()),
    }
}

fn characters(cx: &mut Ctx, this: Slot, text: &str) -> Res<()> {
    let Some(handler) = handler(cx, this, Handler::CharacterDataHandler)? else { return Ok(()) };
    let text = cx.root(cx.str(text));
    call(cx, this, handler, &[text]).map(|_| ())
}

fn call(cx: &mut Ctx, this: Slot, handler: Slot, args: &[Slot]) -> Res<Slot> {
    with(cx, this, |state| state.is_in_handler = true)?;
    let result = cx.call(handler, args);
    with(cx, this, |state| state.is_in_handler = false)?;
    result
}

/// Text, which may be kept until something else comes.
fn text(cx: &mut Ctx, this: Slot, text: String) -> Res<()> {
    let (ready, rest) = with(cx, this, |state| match &mut state.buffer {
        None => (None, Some(text)),
        Some(buffer) if buffer.len() + text.len() > state.buffer_size => {
            let ready = std::mem::take(buffer);
            if text.len() > state.buffer_size {
                return (Some(ready), Some(text));
            }
            *buffer = text;
            (Some(ready), None)
        }
        Some(buffer) => {
            buffer.push_str(&text);
            (None, None)
        }
    })?;
    for text in [ready, rest].into_iter().flatten().filter(|text| !text.is_empty()) {
        characters(cx, this, &text)?;
    }
    Ok(())
}

/// A name, the same object each time if names are kept.
fn name(cx: &mut Ctx, this: Slot, name: &str) -> Res<Slot> {
    let made = cx.root(cx.str(name));
    let Some(kept) = cx.load::<XmlParser>(this, |parser| &parser.intern) else { return Ok(made) };
    match item::get_item_leaf(cx, cx.get(kept), cx.get(made)) {
        Some(Ok(found)) => return Ok(cx.root(found)),
        Some(Err(raised)) => {
            cx.catch(raised, Builtin::KeyError)?;
        }
        None => {}
    }
    item::set_item(cx, kept, made, made)?;
    Ok(made)
}

/// An argument of a handler.
enum Arg {
    Name(String),
    Text(String),
    Maybe(Option<String>),
    MaybeName(Option<String>),
    Number(i64),
    Models(Vec<argil_xml::Model>),
}

fn argument(cx: &mut Ctx, this: Slot, arg: Arg) -> Res<Slot> {
    Ok(match arg {
        Arg::Name(text) | Arg::MaybeName(Some(text)) => name(cx, this, &text)?,
        Arg::Text(text) | Arg::Maybe(Some(text)) => cx.root(cx.str(&text)),
        Arg::Maybe(None) | Arg::MaybeName(None) => cx.root(Value::NONE),
        Arg::Number(number) => cx.root(cx.int(number)),
        Arg::Models(models) => cx.root(models::tuple(cx, &models)),
    })
}

fn dispatch(cx: &mut Ctx, this: Slot, event: Event) -> Res<()> {
    use Arg::{Maybe, MaybeName, Models, Name, Number, Text};
    let (which, args): (Handler, Vec<Arg>) = match event {
        Event::Characters(characters) => {
            if handler(cx, this, Handler::CharacterDataHandler)?.is_some() {
                return text(cx, this, characters);
            }
            return default(cx, this);
        }
        Event::StartElement { name, attributes, specified } => {
            let Some(handler) = handler(cx, this, Handler::StartElementHandler)? else { return default(cx, this) };
            return start_element(cx, this, handler, name, attributes, specified);
        }
        Event::ExternalEntity { context, system, public, base } => {
            let args = vec![Maybe(context), MaybeName(base), MaybeName(system), MaybeName(public)];
            return judged(cx, this, Handler::ExternalEntityRefHandler, args, Code::ExternalEntityHandling);
        }
        Event::NotStandalone => {
            return judged(cx, this, Handler::NotStandaloneHandler, Vec::new(), Code::NotStandalone);
        }
        Event::Other => return default(cx, this),
        Event::EndElement { name } => (Handler::EndElementHandler, vec![Name(name)]),
        Event::XmlDecl { version, encoding, standalone } => {
            (Handler::XmlDeclHandler, vec![Maybe(version), Maybe(encoding), Number(standalone.into())])
        }
        Event::StartDoctype { name, system, public, has_subset } => {
            let args = vec![Name(name), MaybeName(system), MaybeName(public), Number(has_subset.into())];
            (Handler::StartDoctypeDeclHandler, args)
        }
        Event::EndDoctype => (Handler::EndDoctypeDeclHandler, Vec::new()),
        Event::StartNamespace { prefix, uri } => {
            (Handler::StartNamespaceDeclHandler, vec![MaybeName(prefix), MaybeName(uri)])
        }
        Event::EndNamespace { prefix } => (Handler::EndNamespaceDeclHandler, vec![MaybeName(prefix)]),
        Event::Instruction { target, data } => (Handler::ProcessingInstructionHandler, vec![Name(target), Text(data)]),
        Event::Comment(text) => (Handler::CommentHandler, vec![Text(text)]),
        Event::StartCdata => (Handler::StartCdataSectionHandler, Vec::new()),
        Event::EndCdata => (Handler::EndCdataSectionHandler, Vec::new()),
        Event::SkippedEntity { name, is_parameter } => {
            (Handler::SkippedEntityHandler, vec![Name(name), Number(is_parameter.into())])
        }
        Event::EntityDecl { name, base, system, public, notation: Some(notation), .. }
            if handler(cx, this, Handler::UnparsedEntityDeclHandler)?.is_some() =>
        {
            let args = vec![Name(name), MaybeName(base), MaybeName(system), MaybeName(public), Name(notation)];
            (Handler::UnparsedEntityDeclHandler, args)
        }
        Event::EntityDecl { name, is_parameter, value, base, system, public, notation } => {
            let args = vec![
                Name(name),
                Number(is_parameter.into()),
                Maybe(value),
                MaybeName(base),
                MaybeName(system),
                MaybeName(public),
                MaybeName(notation),
            ];
            (Handler::EntityDeclHandler, args)
        }
        Event::NotationDecl { name, base, system, public } => {
            (Handler::NotationDeclHandler, vec![Name(name), MaybeName(base), MaybeName(system), MaybeName(public)])
        }
        Event::ElementDecl { name, model } => (Handler::ElementDeclHandler, vec![Name(name), Models(model)]),
        Event::AttlistDecl { element, name, kind, default, is_required } => {
            let args = vec![Name(element), Name(name), Text(kind), Maybe(default), Number(is_required.into())];
            (Handler::AttlistDeclHandler, args)
        }
    };
    let Some(handler) = handler(cx, this, which)? else { return default(cx, this) };
    flush(cx, this)?;
    let args = args.into_iter().map(|arg| argument(cx, this, arg)).collect::<Res<Vec<Slot>>>()?;
    call(cx, this, handler, &args).map(|_| ())
}

/// What no handler of its own gets, as it stands in the text.
fn default(cx: &mut Ctx, this: Slot) -> Res<()> {
    let Some(handler) = default_handler(cx, this)? else { return Ok(()) };
    let raw = with(cx, this, |state| state.parser.raw().to_owned())?;
    if raw.is_empty() {
        return Ok(());
    }
    flush(cx, this)?;
    let raw = cx.root(cx.str(&raw));
    call(cx, this, handler, &[raw]).map(|_| ())
}

/// Calls a handler that may end it all.
fn judged(cx: &mut Ctx, this: Slot, which: Handler, args: Vec<Arg>, code: Code) -> Res<()> {
    let Some(handler) = handler(cx, this, which)? else { return default(cx, this) };
    flush(cx, this)?;
    let args = args.into_iter().map(|arg| argument(cx, this, arg)).collect::<Res<Vec<Slot>>>()?;
    let result = call(cx, this, handler, &args)?;
    if !truth::truth(cx, result)? {
        with(cx, this, |state| {
            state.parser.fail(code);
        })?;
    }
    Ok(())
}

fn start_element(
    cx: &mut Ctx,
    this: Slot,
    handler: Slot,
    element: String,
    mut attributes: Vec<(String, String)>,
    specified: usize,
) -> Res<()> {
    flush(cx, this)?;
    let (is_ordered, is_short) = with(cx, this, |state| (state.ordered_attributes, state.specified_attributes))?;
    if is_short {
        attributes.truncate(specified);
    }
    let element = name(cx, this, &element)?;
    let container = match is_ordered {
        true => cx.root(Value::of(List::alloc(cx))),
        false => cx.root(Value::of(Dict::alloc(cx))),
    };
    for (key, value) in attributes {
        cx.scope(|cx| {
            let (key, value) = (name(cx, this, &key)?, cx.root(cx.str(&value)));
            match cx.get(container).cast::<List>() {
                Some(list) => [key, value].into_iter().for_each(|part| list.push(cx, cx.get(part))),
                None => item::set_item(cx, container, key, value)?,
            }
            Ok(())
        })?;
    }
    call(cx, this, handler, &[element, container]).map(|_| ())
}
