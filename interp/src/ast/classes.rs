//! The classes of nodes, made from the grammar when something first asks for them, once in each interpreter.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::grammar::{ClassDef, Count, FieldDef, NODES, Node, PLACE, Places};
use super::node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::library::NativeClass;
use crate::names::Name;
use crate::service::Service;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::generic_alias::GenericAlias;
use crate::types::generic_alias::union::union;
use crate::types::list::List;
use crate::value::{Value, Word};

/// The module that the classes say they are from.
const MODULE: &str = "ast";

/// The classes of an interpreter, which keeps them for its life.
#[derive(Default)]
struct Classes {
    made: OnceLock<Made>,
}

struct Made {
    base: Word,
    /// By number of the node.
    classes: Vec<Word>,
    /// The nodes that the classes stand for.
    nodes: HashMap<u64, Node>,
    /// By number of the node: the interned names of its fields.
    names: Vec<Vec<Word>>,
    /// For classes of nodes without fields that say nothing but what they are: the one that trees hold.
    single: Vec<Option<Word>>,
}

impl Service for Classes {}

/// Makes the classes, unless there are some.
pub fn ensure(cx: &mut Ctx) -> Res<()> {
    if cx.interp().service::<Classes>().made.get().is_some() {
        return Ok(());
    }
    let classes = cx.scope(make_all)?;
    let cx: &Ctx = cx;
    let all: Vec<Value<'_>> = cx.get(classes).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    let single = NODES.iter().zip(&all[1..]).map(|(node, class)| {
        let is_plain = node.def().sum.is_some() && node.def().fields.is_empty() && node.places() == Places::None;
        let class = class.cast::<Class>().filter(|_| is_plain)?;
        Some(Value::of(cx.new_instance(class)))
    });
    let single: Vec<Option<Value<'_>>> = single.collect();
    let kept = all.iter().chain(single.iter().flatten());
    kept.for_each(|value| cx.interp().keep(*value));
    let made = Made {
        base: all[0].word(),
        classes: all[1..].iter().map(|class| class.word()).collect(),
        nodes: all[1..].iter().map(|class| class.word().0).zip(NODES.iter().copied()).collect(),
        names: NODES.iter().map(|node| names_of(cx, *node)).collect(),
        single: single.iter().map(|single| single.map(Value::word)).collect(),
    };
    // If another thread was quicker, its classes are those of everybody.
    let _ = cx.interp().service::<Classes>().made.set(made);
    Ok(())
}

fn names_of(cx: &Ctx, node: Node) -> Vec<Word> {
    node.def().fields.iter().map(|field| cx.intern(field.name).word()).collect()
}

/// The names of the fields of a node. The classes must be there: see [`ensure`].
pub fn field_names(cx: &Ctx, node: Node) -> impl Iterator<Item = Value<'_>> {
    // SAFETY: interned names live as long as the interpreter.
    made(cx).names[node as usize].iter().map(|name| unsafe { Value::from_word(*name) })
}

fn made(cx: &Ctx) -> &Made {
    cx.interp().service::<Classes>().made.get().expect("whoever asks has made sure that they are made")
}

/// `AST`. The classes must be there: see [`ensure`].
pub fn base(cx: &Ctx) -> &Class {
    // SAFETY: the interpreter keeps the classes for its life.
    unsafe { Value::from_word(made(cx).base) }.cast::<Class>().expect("it is a class")
}

/// The class of a node. The classes must be there: see [`ensure`].
pub fn class(cx: &Ctx, node: Node) -> &Class {
    // SAFETY: the interpreter keeps the classes for its life.
    unsafe { Value::from_word(made(cx).classes[node as usize]) }.cast::<Class>().expect("it is a class")
}

/// The node that a class stands for, if it is one of them.
pub fn node_of(cx: &Ctx, class: &Class) -> Option<Node> {
    made(cx).nodes.get(&Value::of(class).word().0).copied()
}

/// The one node of a class without fields that trees hold: a context or an operator.
pub fn single(cx: &Ctx, node: Node) -> Value<'_> {
    let word = made(cx).single[node as usize].expect("the class has a single node");
    // SAFETY: the interpreter keeps it for its life.
    unsafe { Value::from_word(word) }
}

/// Makes them: a list of `AST` and then of each class in the order of the grammar.
fn make_all(cx: &mut Ctx) -> Res<Slot> {
    let all = cx.root(Value::of(List::alloc(cx)));
    let base = make_base(cx);
    push(cx, all, base);
    let mut slots = Vec::new();
    for node in NODES {
        let parent = node.def().sum.map_or(base, |sum| slots[sum as usize]);
        let class = make(cx, node.def(), &node.spelt(), parent)?;
        push(cx, all, class);
        slots.push(class);
    }
    for (node, &class) in NODES.iter().zip(&slots) {
        cx.scope(|cx| finish(cx, *node, class, &slots))?;
    }
    Ok(all)
}

fn push(cx: &Ctx, list: Slot, value: Slot) {
    if let Some(list) = cx.get(list).cast::<List>() {
        list.push(cx, cx.get(value));
    }
}

fn make_base(cx: &Ctx) -> Slot {
    let nowhere = cx.root(Value::NONE);
    let class =
        cx.define_extension(nowhere, &NativeClass { has_dict: true, ..NativeClass::new("ast.AST", &[node::METHODS]) });
    set(cx, class, "__module__", cx.intern(MODULE));
    set(cx, class, "__doc__", Value::NONE);
    for name in ["_fields", "__match_args__", "_attributes"] {
        set(cx, class, name, cx.tuple(&[]));
    }
    class
}

fn set<'h>(cx: &'h Ctx, class: Slot, name: &str, value: Value<'h>) {
    if let Some(class) = cx.get(class).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern(name), value);
    }
}

/// `type(name, (parent,), {…})`
fn make(cx: &mut Ctx, def: &ClassDef, doc: &str, parent: Slot) -> Res<Slot> {
    cx.scope(|cx| {
        let args = {
            let cx: &Ctx = cx;
            let fields: Vec<Value<'_>> = def.fields.iter().map(|field| cx.intern(field.name)).collect();
            let fields = cx.tuple(&fields);
            let names = Dict::alloc(cx);
            names.set_name(cx, cx.intern("_fields"), fields);
            names.set_name(cx, cx.name(Name::__match_args__), fields);
            names.set_name(cx, cx.name(Name::__module__), cx.intern(MODULE));
            names.set_name(cx, cx.name(Name::__doc__), cx.str(doc));
            [cx.intern(def.name), cx.tuple(&[cx.get(parent)]), Value::of(names)].map(|value| cx.root(value))
        };
        let make = cx.root(Value::of(cx.class(Builtin::Type)));
        cx.call(make, &args)
    })
}

/// What a class says of its attributes, its defaults and the types of its fields, which may be classes made later.
fn finish(cx: &mut Ctx, node: Node, class: Slot, classes: &[Slot]) -> Res<()> {
    let def = node.def();
    if let Some(places) = def.places {
        let count = if places == Places::None { 0 } else { PLACE.len() };
        let attributes: Vec<Value<'_>> = PLACE[..count].iter().map(|name| cx.intern(name)).collect();
        set(cx, class, "_attributes", cx.tuple(&attributes));
    }
    let optional = def.fields.iter().filter(|field| field.count == Count::Maybe).map(|field| field.name);
    let open = if def.places == Some(Places::Open) { &PLACE[2..] } else { &[] };
    for name in optional.chain(open.iter().copied()) {
        set(cx, class, name, Value::NONE);
    }
    let is_sum = def.places.is_some() && def.fields.is_empty();
    if is_sum {
        return Ok(());
    }
    let types = cx.root(Value::of(Dict::alloc(cx)));
    for field in def.fields {
        let of = type_of(cx, field, classes)?;
        if let Some(types) = cx.get(types).cast::<Dict>() {
            types.set_name(cx, cx.intern(field.name), cx.get(of));
        }
    }
    set(cx, class, "_field_types", cx.get(types));
    set(cx, class, "__annotations_cache__", cx.get(types));
    if let Some(class) = cx.get(class).cast::<Class>() {
        let places = if node.places() == Places::None { 0 } else { PLACE.len() };
        class.learn_slots(cx, (def.fields.len() + places) as u32);
    }
    Ok(())
}

/// What a field is said to hold: a class, a list of it, or a union of it with None.
fn type_of(cx: &mut Ctx, field: &FieldDef, classes: &[Slot]) -> Res<Slot> {
    let of = match field.of {
        "identifier" | "string" => cx.root(Value::of(cx.class(Builtin::Str))),
        "int" => cx.root(Value::of(cx.class(Builtin::Int))),
        "constant" => cx.root(Value::of(cx.class(Builtin::Object))),
        other => {
            let node = Node::named(other).expect("a field is of something that the grammar has");
            classes[node as usize]
        }
    };
    Ok(match field.count {
        Count::One => of,
        Count::Maybe => {
            let none = cx.root(Value::of(cx.class(Builtin::NoneType)));
            union(cx, &[of, none])?
        }
        Count::Many | Count::Gaps => {
            let list = Value::of(cx.class(Builtin::List));
            cx.root(GenericAlias::alloc(cx, list, cx.tuple(&[cx.get(of)])))
        }
    })
}

/// Binds the classes in a module.
pub fn define(cx: &mut Ctx, module: Slot) -> Res<()> {
    ensure(cx)?;
    let cx: &Ctx = cx;
    cx.define(module, "AST", Value::of(base(cx)));
    for node in NODES {
        cx.define(module, node.def().name, Value::of(class(cx, *node)));
    }
    Ok(())
}
