//! What a text consists of.

/// One thing that was read. [`crate::Parser::raw`] has it as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are named as XML names them")]
pub enum Event {
    /// `<?xml …?>`; `standalone` is -1 if it is not said.
    XmlDecl { version: Option<String>, encoding: Option<String>, standalone: i32 },
    /// The beginning of a document type declaration.
    StartDoctype { name: String, system: Option<String>, public: Option<String>, has_subset: bool },
    /// Its end.
    EndDoctype,
    /// An element begins. The first `specified` attributes stand in the text.
    StartElement { name: String, attributes: Vec<(String, String)>, specified: usize },
    /// An element ends.
    EndElement { name: String },
    /// A prefix (`None` is that of names without one) means a name space from here on.
    StartNamespace { prefix: Option<String>, uri: Option<String> },
    /// And no longer.
    EndNamespace { prefix: Option<String> },
    /// Text.
    Characters(String),
    /// `<?target data?>`.
    Instruction { target: String, data: String },
    /// `<!--…-->`.
    Comment(String),
    /// `<![CDATA[`.
    StartCdata,
    /// `]]>`.
    EndCdata,
    /// An entity that was not read.
    SkippedEntity { name: String, is_parameter: bool },
    /// An entity that lies elsewhere; without a context it belongs to the document type.
    ExternalEntity { context: Option<String>, system: Option<String>, public: Option<String>, base: Option<String> },
    /// A declaration of an entity.
    EntityDecl {
        name: String,
        is_parameter: bool,
        value: Option<String>,
        base: Option<String>,
        system: Option<String>,
        public: Option<String>,
        notation: Option<String>,
    },
    /// A declaration of a notation.
    NotationDecl { name: String, base: Option<String>, system: Option<String>, public: Option<String> },
    /// A declaration of an element: its content, the whole first.
    ElementDecl { name: String, model: Vec<Model> },
    /// A declaration of an attribute.
    AttlistDecl { element: String, name: String, kind: String, default: Option<String>, is_required: bool },
    /// The document depends on what lies elsewhere, and does not say that it does not.
    NotStandalone,
    /// What there is no other event for.
    Other,
}

/// What kind of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModelKind {
    /// None.
    Empty = 1,
    /// Whatever.
    Any = 2,
    /// Text and elements.
    Mixed = 3,
    /// An element.
    Name = 4,
    /// One of several.
    Choice = 5,
    /// One after the other.
    Sequence = 6,
}

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Once.
    One = 0,
    /// At most once.
    Optional = 1,
    /// As often as may be.
    Any = 2,
    /// At least once.
    Some = 3,
}

/// A part of the content of an element. Parts stand behind what they are parts of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// What kind.
    pub kind: ModelKind,
    /// How often.
    pub quantity: Quantity,
    /// Of an element, its name.
    pub name: Option<String>,
    /// The numbers of its parts.
    pub parts: Vec<usize>,
}
