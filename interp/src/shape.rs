//! Shapes: which attribute of an instance lives in which slot.
//!
//! An object's header names its shape. Objects of one class that got the same attributes in the same order share a shape, so
//! an inline cache that remembers "shape 7: slot 2" answers with one compare. A slot serves one attribute for ever: adding an
//! attribute leads to a child shape with one more slot; deleting one leads to a child in which the name has no slot, and the
//! slot is not used again. Shapes are never freed. A class, a module, and an object whose `__dict__` was asked for have
//! special shapes; see [`ShapeKind`].

use std::collections::HashMap;

use parking_lot::Mutex;

use crate::builtin::Builtin;
use crate::interp::Interpreter;
use crate::object::{Field, flags};
use crate::types::class::Class;
use crate::value::{Value, Word};

/// More slots than this, and an object keeps its attributes in a dict.
const MAX_SLOTS: u32 = 512;

/// How a shape came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeKind {
    /// No attributes yet.
    Root,
    /// One attribute more than its parent.
    Added,
    /// One attribute fewer than its parent.
    Removed,
    /// The attributes are in a dict that the object refers to.
    Dict,
}

/// One shape.
pub struct Shape {
    id: u32,
    kind: ShapeKind,
    /// The class of the objects. Constant, but for the built-in classes, whose shapes exist before them.
    class: Field,
    /// How many slots lie in the object itself; the rest lie in storage.
    inline: u8,
    /// How many slots were ever used.
    slots: u32,
    parent: u32,
    /// The interned name that was added or removed.
    name: Word,
    children: Mutex<HashMap<(u64, bool), u32>>,
}

// SAFETY: the words in a shape are interned strings and classes, which live as long as the interpreter.
unsafe impl Send for Shape {}
// SAFETY: the same; everything mutable is behind a mutex.
unsafe impl Sync for Shape {}

/// What a new object needs to know of its class: the shape to start with, and header flags.
#[derive(Clone, Copy, Debug)]
pub struct Birth {
    pub(crate) shape: u32,
    pub(crate) flags: u8,
}

impl Birth {
    /// For storage, which has no class.
    pub(crate) const INTERNAL: Birth = Birth { shape: 0, flags: 0 };

    /// Whether the object has a trailing field for attributes.
    pub(crate) fn has_trailing(self) -> bool {
        self.flags & flags::TRAILING_ATTRS != 0
    }
}

impl From<Builtin> for Birth {
    fn from(class: Builtin) -> Birth {
        Birth { shape: class.shape(), flags: 0 }
    }
}

impl Shape {
    /// The index that headers hold.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// How it came about.
    pub fn kind(&self) -> ShapeKind {
        self.kind
    }

    /// How many slots lie in the object itself.
    pub fn inline(&self) -> u8 {
        self.inline
    }

    /// How many slots were ever used.
    pub fn slots(&self) -> u32 {
        self.slots
    }

    /// The class of the objects.
    #[inline]
    pub fn class(&self) -> &Class {
        // SAFETY: a shape's class lives as long as the interpreter (it is a root).
        unsafe { Value::from_word(self.class.load()) }.cast::<Class>().expect("a shape's class is a class")
    }

    pub(crate) fn class_word(&self) -> Word {
        self.class.load()
    }

    /// The slot of an interned name.
    pub fn find(&self, interp: &Interpreter, name: Value<'_>) -> Option<u32> {
        let mut shape = self;
        loop {
            if shape.name == name.word() {
                return if shape.kind == ShapeKind::Added { Some(shape.slots - 1) } else { None };
            }
            if matches!(shape.kind, ShapeKind::Root | ShapeKind::Dict) {
                return None;
            }
            shape = interp.shape(shape.parent);
        }
    }

    /// The names that have a slot, in the order in which they were added, with their slots.
    pub fn names(&self, interp: &Interpreter) -> Vec<(Word, u32)> {
        let (mut shape, mut names, mut gone) = (self, Vec::new(), Vec::new());
        while !matches!(shape.kind, ShapeKind::Root | ShapeKind::Dict) {
            if shape.kind == ShapeKind::Removed {
                gone.push(shape.name);
            } else if let Some(at) = gone.iter().position(|&name| name == shape.name) {
                gone.swap_remove(at);
            } else {
                names.push((shape.name, shape.slots - 1));
            }
            shape = interp.shape(shape.parent);
        }
        names.reverse();
        names
    }

    /// The shape after adding (or removing) a name; `None` if the object should keep its attributes in a dict.
    pub(crate) fn child(&self, interp: &Interpreter, name: Value<'_>, added: bool) -> Option<u32> {
        if self.slots >= MAX_SLOTS {
            return None;
        }
        let mut children = self.children.lock();
        if let Some(&child) = children.get(&(name.word().0, added)) {
            return Some(child);
        }
        let child = interp.add_shape(|id| Shape {
            id,
            kind: if added { ShapeKind::Added } else { ShapeKind::Removed },
            class: Field::of_word(self.class.load()),
            inline: self.inline,
            slots: self.slots + u32::from(added),
            parent: self.id,
            name: name.word(),
            children: Mutex::default(),
        });
        children.insert((name.word().0, added), child);
        Some(child)
    }
}

impl Interpreter {
    /// The shape with this index.
    #[inline]
    pub fn shape(&self, id: u32) -> &Shape {
        self.shapes.get(id as usize)
    }

    pub(crate) fn add_shape(&self, make: impl FnOnce(u32) -> Shape) -> u32 {
        self.shapes.push_with(|index| make(index as u32)) as u32
    }

    /// A new shape without attributes for objects of `class`.
    pub(crate) fn root_shape(&self, class: Word, inline: u8, kind: ShapeKind) -> u32 {
        self.add_shape(|id| Shape {
            id,
            kind,
            class: Field::of_word(class),
            inline,
            slots: 0,
            parent: id,
            name: Word::UNSET,
            children: Mutex::default(),
        })
    }

    /// Makes the root shape of a built-in class before the class itself.
    pub(crate) fn reserve_shape(&self, id: u32) {
        let made = self.root_shape(Word::UNSET, 0, ShapeKind::Root);
        debug_assert_eq!(made, id);
    }

    /// Tells a reserved shape its class.
    pub(crate) fn settle_shape(&self, id: u32, class: &Class) {
        self.shape(id).class.store(Value::of(class).word());
    }
}
