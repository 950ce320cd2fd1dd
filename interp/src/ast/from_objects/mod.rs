//! Objects that scripts see as the compiler's tree: what `compile` does with a tree instead of a text.
//!
//! Reading a node may run script code, so nodes lie in slots, and each field is read once. What the grammar's types forbid
//! is an error at once; what only the rules about whole trees forbid is noted, and the first such note counts once everything
//! was read: in that order CPython finds them. The tree that comes out has places of its own (`Listed`).

mod constants;
pub mod copy;
mod expressions;
mod functions;
mod patterns;
mod statements;
mod strings;

use std::rc::Rc;

use argil_compiler::ast::{Identifier, Module};
use argil_compiler::source::Span;
use argil_compiler::{Listed, Place, Tree};

use super::classes;
use super::grammar::{Node, Places};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::ops::attr::get_attr_opt;
use crate::ops::repr::repr;
use crate::types::class::Class;
use crate::types::list::List;
use crate::value::Value;

/// How deep a tree may be: as deep as the parser makes it.
const MAX_DEPTH: u32 = 2000;

/// What a tree must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// `Module`.
    Module,
    /// `Interactive`.
    Interactive,
    /// `Expression`.
    Expression,
    /// `FunctionType`.
    FunctionType,
}

impl Wanted {
    fn node(self) -> Node {
        match self {
            Wanted::Module => Node::Module,
            Wanted::Interactive => Node::Interactive,
            Wanted::Expression => Node::Expression,
            Wanted::FunctionType => Node::FunctionType,
        }
    }
}

/// Whether a value is a node. No class needs to be there yet.
pub fn is_node(cx: &mut Ctx, value: Slot) -> Res<bool> {
    let maybe = cx.get(value).header().is_some() && cx.class_of(cx.get(value)).flags().has_dict;
    if !maybe {
        return Ok(false);
    }
    classes::ensure(cx)?;
    Ok(cx.class_of(cx.get(value)).is_subclass(cx, classes::base(cx)))
}

/// A TypeError unless a tree is what it must be.
pub fn check_kind(cx: &mut Ctx, tree: Slot, wanted: Wanted) -> Res<()> {
    let class = classes::class(cx, wanted.node());
    if cx.class_of(cx.get(tree)).is_subclass(cx, class) {
        return Ok(());
    }
    let (wanted, got) = (wanted.node().def().name, cx.type_name(cx.get(tree)));
    Err(cx.type_error(format!("expected {wanted} node, got {got}")))
}

/// The compiler's tree of a node that [`check_kind`] found right, and the places in it.
pub fn tree(cx: &mut Ctx, object: Slot, wanted: Wanted) -> Res<(Tree, Listed)> {
    let mut reader = Reader { places: Listed::default(), invalid: None, depth: 0 };
    let tree = match wanted {
        Wanted::Module | Wanted::Interactive => {
            Tree::Module(Module { body: reader.stmts(cx, object, wanted.node(), "body")? })
        }
        Wanted::Expression => Tree::Expression(reader.loaded(cx, object, Node::Expression, "body")?),
        Wanted::FunctionType => {
            reader.exprs(cx, object, Node::FunctionType, "argtypes", Context::Load)?;
            Tree::Expression(reader.loaded(cx, object, Node::FunctionType, "returns")?)
        }
    };
    match reader.invalid {
        Some((class, message)) => Err(cx.raise(class, message)),
        None => Ok((tree, reader.places)),
    }
}

/// What is done with an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Load,
    Store,
    Del,
}

impl Context {
    fn name(self) -> &'static str {
        match self {
            Context::Load => "Load",
            Context::Store => "Store",
            Context::Del => "Del",
        }
    }
}

struct Reader {
    places: Listed,
    /// The first thing found that no tree may have.
    invalid: Option<(Builtin, String)>,
    depth: u32,
}

impl Reader {
    /// Notes what no tree may have.
    fn note(&mut self, class: Builtin, message: impl Into<String>) {
        if self.invalid.is_none() {
            self.invalid = Some((class, message.into()));
        }
    }

    fn note_value(&mut self, message: impl Into<String>) {
        self.note(Builtin::ValueError, message);
    }

    /// Reads with slots that are free again afterwards.
    fn scoped<T>(&mut self, cx: &mut Ctx, read: impl FnOnce(&mut Self, &mut Ctx) -> Res<T>) -> Res<T> {
        let mut result = None;
        cx.scope(|cx| {
            result = Some(read(self, cx)?);
            Ok(())
        })?;
        Ok(result.expect("what was read without an error is there"))
    }

    /// Reads one level deeper, if it may go deeper.
    fn deeper<T>(&mut self, cx: &mut Ctx, what: &str, read: impl FnOnce(&mut Self, &mut Ctx) -> Res<T>) -> Res<T> {
        if self.depth >= MAX_DEPTH || cx.native_stack_is_low() {
            let message = format!("maximum recursion depth exceeded while traversing '{what}' node");
            return Err(cx.raise(Builtin::RecursionError, message));
        }
        self.depth += 1;
        let result = self.scoped(cx, read);
        self.depth -= 1;
        result
    }

    /// An attribute; None if there is none.
    fn field(&mut self, cx: &mut Ctx, object: Slot, name: &str) -> Res<Option<Slot>> {
        let name = cx.root(cx.intern(name));
        get_attr_opt(cx, object, name)
    }

    /// An attribute that is not None.
    fn optional(&mut self, cx: &mut Ctx, object: Slot, name: &str) -> Res<Option<Slot>> {
        let field = self.field(cx, object, name)?;
        Ok(field.filter(|&field| !cx.get(field).is_none()))
    }

    /// An attribute that must be there, though it may be None.
    fn required(&mut self, cx: &mut Ctx, object: Slot, of: &str, name: &str) -> Res<Slot> {
        match self.field(cx, object, name)? {
            Some(value) => Ok(value),
            None => Err(cx.type_error(format!("required field \"{name}\" missing from {of}"))),
        }
    }

    /// An attribute that must be there, and not None.
    fn given(&mut self, cx: &mut Ctx, object: Slot, node: Node, name: &str) -> Res<Slot> {
        let of = node.def().name;
        let value = self.required(cx, object, of, name)?;
        if cx.get(value).is_none() { Err(missing(cx, of, name)) } else { Ok(value) }
    }

    /// What `read` reads of each element of a list; none if there is no such attribute.
    fn each<T>(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        name: &str,
        mut read: impl FnMut(&mut Self, &mut Ctx, Slot) -> Res<T>,
    ) -> Res<Vec<T>> {
        let of = node.def().name;
        let Some(list) = self.field(cx, object, name)? else { return Ok(Vec::new()) };
        let Some(count) = cx.get(list).cast::<List>().map(|list| list.len(cx)) else {
            let got = cx.type_name(cx.get(list));
            return Err(cx.type_error(format!("{of} field \"{name}\" must be a list, not a {got}")));
        };
        let mut items = Vec::new();
        for index in 0..count {
            let item = self.scoped(cx, |this, cx| {
                let list = cx.get(list).cast::<List>();
                let item = cx.root(list.and_then(|list| list.get(cx, index)).unwrap_or(Value::NONE));
                read(this, cx, item)
            })?;
            items.push(item);
            if cx.get(list).cast::<List>().is_none_or(|list| list.len(cx) != count) {
                return Err(cx.runtime_error(format!("{of} field \"{name}\" changed size during iteration")));
            }
        }
        Ok(items)
    }

    /// The place of a node, from its attributes. The end may be left out where `node` says so.
    fn place(&mut self, cx: &mut Ctx, object: Slot, node: Node) -> Res<(Place, Place)> {
        let of = node.def().name;
        let mut number = |name: &str| -> Res<i32> {
            let value = self.required(cx, object, of, name)?;
            integer(cx, value)
        };
        let (line, column) = (number("lineno")?, number("col_offset")?);
        let (end_line, end_column) = if node.places() == Places::Open {
            let mut number = |name: &str, default: i32| match self.optional(cx, object, name)? {
                Some(value) => integer(cx, value),
                None => Ok(default),
            };
            (number("end_lineno", line)?, number("end_col_offset", column)?)
        } else {
            (number("end_lineno")?, number("end_col_offset")?)
        };
        if line > end_line {
            self.note_value(format!("AST node line range ({line}, {end_line}) is not valid"));
        } else if (line < 0 && end_line != line) || (column < 0 && column != end_column) {
            self.note_value(format!(
                "AST node column range ({column}, {end_column}) for line range ({line}, {end_line}) is not valid"
            ));
        } else if line == end_line && column > end_column {
            self.note_value(format!("line {line}, column {column}-{end_column} is not a valid range"));
        }
        let clip = |number: i32| u32::try_from(number).unwrap_or(0);
        Ok(((clip(line), clip(column)), (clip(end_line), clip(end_column))))
    }

    fn span(&mut self, (start, end): (Place, Place)) -> Span {
        self.places.span(start, end)
    }

    /// A name; None if the attribute is.
    fn name(&mut self, cx: &mut Ctx, value: Slot) -> Res<Option<Rc<str>>> {
        let value = cx.get(value);
        if value.is_none() {
            return Ok(None);
        }
        match value.as_str().filter(|_| cx.class_of(value).is(Builtin::Str)) {
            Some(name) => Ok(Some(name.into())),
            None => Err(cx.type_error("AST identifier must be of type str")),
        }
    }

    /// A name that must be given.
    fn given_name(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str) -> Res<Rc<str>> {
        let of = node.def().name;
        let value = self.required(cx, object, of, field)?;
        match self.name(cx, value)? {
            Some(name) => Ok(name),
            None => Err(missing(cx, of, field)),
        }
    }

    /// A name that may be left out.
    fn maybe_name(&mut self, cx: &mut Ctx, object: Slot, field: &str) -> Res<Option<Rc<str>>> {
        match self.field(cx, object, field)? {
            Some(value) => self.name(cx, value),
            None => Ok(None),
        }
    }

    fn identifier(&mut self, name: Rc<str>, place: (Place, Place)) -> Identifier {
        Identifier { name, span: self.span(place) }
    }

    /// Notes a name that a constant has.
    fn check_name(&mut self, name: &str) {
        if matches!(name, "None" | "True" | "False") {
            self.note_value(format!("identifier field can't represent '{name}' constant"));
        }
    }

    /// The comment about a type, which must be a string; nothing needs it.
    fn type_comment(&mut self, cx: &mut Ctx, object: Slot) -> Res<()> {
        let Some(comment) = self.optional(cx, object, "type_comment")? else { return Ok(()) };
        let value = cx.get(comment);
        if cx.class_of(value).is(Builtin::Str) || cx.class_of(value).is(Builtin::Bytes) {
            return Ok(());
        }
        Err(cx.type_error("AST string must be of type str"))
    }
}

/// The ValueError for a field that must not be None.
fn missing(cx: &Ctx, of: &str, name: &str) -> Raised {
    cx.value_error(format!("field '{name}' is required for {of}"))
}

/// The TypeError for what is no node of a sum.
fn unexpected(cx: &mut Ctx, sum: Node, object: Slot) -> Res<Raised> {
    let shown = repr(cx, object)?;
    Ok(cx.type_error(format!("expected some sort of {}, but got {shown}", sum.def().name)))
}

/// A number of 32 bits.
fn integer(cx: &mut Ctx, value: Slot) -> Res<i32> {
    let Some(number) = cx.get(value).as_int() else {
        let shown = repr(cx, value)?;
        return Err(cx.value_error(format!("invalid integer value: {shown}")));
    };
    let number = number.to_i64().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

/// Which node an object is, if it is any.
fn any_node(cx: &Ctx, object: Slot) -> Option<Node> {
    let found = cx.class_of(cx.get(object)).mro(cx).find_map(|class: &Class| classes::node_of(cx, class))?;
    let is_sum = found.def().sum.is_none() && found.def().fields.is_empty();
    (!is_sum).then_some(found)
}

/// Which of the classes of a sum an object is an instance of.
fn node_of(cx: &Ctx, object: Slot, sum: Node) -> Option<Node> {
    let found = cx.class_of(cx.get(object)).mro(cx).find_map(|class: &Class| classes::node_of(cx, class))?;
    (found.def().sum == Some(sum)).then_some(found)
}
