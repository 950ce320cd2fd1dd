//! Parser objects.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::object::Field;
use argil_interp::types::list::List;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData};
use argil_interp::value::Value;
use argil_xml::{Code, Parser};

use super::handlers::COUNT;

/// How much text is kept together, at first.
const BUFFER: usize = 8192;

/// A `pyexpat.xmlparser`.
pub struct XmlParser {
    /// The list of the handlers, by their numbers.
    pub handlers: Field,
    /// The dict of the names that were met; nothing if names are not kept.
    pub intern: Field,
    pub state: Exclusive<State>,
}

impl NativeData for XmlParser {
    const FIELDS: &'static [FieldOf<Self>] = &[|parser| &parser.handlers, |parser| &parser.intern];
}

/// What a parser object consists of beside values.
pub struct State {
    /// What reads.
    pub parser: Parser,
    /// A thread is parsing.
    pub is_parsing: bool,
    /// A handler runs.
    pub is_in_handler: bool,
    /// The text was read to its end.
    pub is_finished: bool,
    /// The last error.
    pub error: Option<Code>,
    /// Text that is kept until something else comes; nothing if text is handed on as it comes.
    pub buffer: Option<String>,
    /// How much is kept.
    pub buffer_size: usize,
    pub ordered_attributes: bool,
    pub specified_attributes: bool,
    /// Which handler gets what no other handler gets.
    pub default: Option<usize>,
}

/// A parser object.
pub fn new_parser(cx: &Ctx, parser: Parser, intern: Option<Slot>) -> Slot {
    let state = State {
        parser,
        is_parsing: false,
        is_in_handler: false,
        is_finished: false,
        error: None,
        buffer: None,
        buffer_size: BUFFER,
        ordered_attributes: false,
        specified_attributes: false,
        default: None,
    };
    with_state(cx, state, &[Value::NONE; COUNT], intern)
}

/// A parser object with handlers.
pub fn with_state(cx: &Ctx, state: State, handlers: &[Value<'_>], intern: Option<Slot>) -> Slot {
    let handlers = cx.root(Value::of(List::from_values(cx, handlers)));
    let intern = intern.map_or(Field::unset(), Field::of);
    cx.new_of_native_class(XmlParser { handlers: Field::of(handlers), intern, state: Exclusive::new(state) })
}

/// Looks at the state, or changes it.
pub fn with<R>(cx: &Ctx, this: Slot, f: impl FnOnce(&mut State) -> R) -> Res<R> {
    Ok(cx.state::<XmlParser>(this)?.state.with(f))
}
