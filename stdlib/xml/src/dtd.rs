//! What a document type declares.

use std::collections::HashMap;

/// An entity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entity {
    /// What stands for it, if it is internal.
    pub value: Option<String>,
    pub base: Option<String>,
    pub system: Option<String>,
    pub public: Option<String>,
    pub notation: Option<String>,
    /// It is being read.
    pub is_open: bool,
}

/// An attribute of an element.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub name: String,
    pub is_cdata: bool,
    pub default: Option<String>,
}

/// The attributes of an element, in the order of their declarations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attributes {
    pub all: Vec<Attribute>,
    pub by_name: HashMap<String, usize>,
}

/// What was declared so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dtd {
    pub entities: HashMap<String, Entity>,
    pub parameters: HashMap<String, Entity>,
    pub elements: HashMap<String, Attributes>,
    /// Some of it lies in parameter entities or elsewhere.
    pub has_parameter_refs: bool,
    /// What follows could be overridden by what was not read.
    pub is_cut: bool,
    /// The document says that it depends on nothing else.
    pub is_standalone: bool,
    /// An external parameter entity was read.
    pub was_read: bool,
}
