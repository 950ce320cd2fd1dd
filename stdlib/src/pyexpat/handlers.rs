//! Handlers: what scripts set to be called.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::list::List;
use argil_interp::value::Value;

use super::dispatch::flush;
use super::state::{XmlParser, with};

macro_rules! handlers {
    ($($name:ident)*) => {
        /// Which handler.
        #[derive(Clone, Copy, PartialEq, Eq)]
        #[expect(clippy::enum_variant_names, reason = "they are the names that scripts know")]
        pub enum Handler { $($name,)* }

        /// How many there are.
        pub const COUNT: usize = [$(Handler::$name,)*].len();

        natives! {
            pub static HANDLERS = {
                $(
                    get call fn $name(cx; self_: Slot) -> Slot { get(cx, self_, Handler::$name) }

                    set call fn $name(cx; self_: Slot, value: Slot) -> () { set(cx, self_, Handler::$name, value) }
                )*
            }
        }
    };
}

handlers! {
    StartElementHandler EndElementHandler ProcessingInstructionHandler CharacterDataHandler UnparsedEntityDeclHandler
    NotationDeclHandler StartNamespaceDeclHandler EndNamespaceDeclHandler CommentHandler StartCdataSectionHandler
    EndCdataSectionHandler DefaultHandler DefaultHandlerExpand NotStandaloneHandler ExternalEntityRefHandler
    StartDoctypeDeclHandler EndDoctypeDeclHandler EntityDeclHandler XmlDeclHandler ElementDeclHandler AttlistDeclHandler
    SkippedEntityHandler
}

/// The handler that was set, if one was.
pub fn handler(cx: &Ctx, this: Slot, which: Handler) -> Res<Option<Slot>> {
    let list = cx.state::<XmlParser>(this)?.handlers.get_or_none(cx);
    let found = list.cast::<List>().and_then(|list| list.get(cx, which as usize));
    Ok(found.filter(|handler| !handler.is_none()).map(|handler| cx.root(handler)))
}

fn get(cx: &mut Ctx, this: Slot, which: Handler) -> Res<Slot> {
    let found = handler(cx, this, which)?;
    Ok(found.unwrap_or_else(|| cx.root(Value::NONE)))
}

fn set(cx: &mut Ctx, this: Slot, which: Handler, value: Slot) -> Res<()> {
    // Text that was kept is for the handler that it came under.
    if which == Handler::CharacterDataHandler {
        flush(cx, this)?;
    }
    let is_none = cx.get(value).is_none();
    with(cx, this, |state| {
        let slot = which as usize;
        match which {
            Handler::DefaultHandler | Handler::DefaultHandlerExpand => {
                state.parser.expands = which == Handler::DefaultHandlerExpand;
                state.default = (!is_none).then_some(slot);
            }
            _ => {}
        }
    })?;
    let list = cx.state::<XmlParser>(this)?.handlers.get_or_none(cx);
    if let Some(list) = list.cast::<List>() {
        list.set(cx, which as usize, cx.get(value));
    }
    Ok(())
}

/// The handler for what no other handler gets.
pub fn default_handler(cx: &Ctx, this: Slot) -> Res<Option<Slot>> {
    match with(cx, this, |state| state.default)? {
        Some(slot) if slot == Handler::DefaultHandler as usize => handler(cx, this, Handler::DefaultHandler),
        Some(_) => handler(cx, this, Handler::DefaultHandlerExpand),
        None => Ok(None),
    }
}
