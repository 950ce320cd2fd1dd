//! What can be wrong with a text, in expat's numbers and words.

use crate::parser::Place;

macro_rules! codes {
    ($($number:literal $name:ident $constant:literal $words:literal;)*) => {
        /// What is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $(#[doc = $words] $name = $number,)*
        }

        impl Code {
            /// All, with the names that scripts know them by.
            pub const ALL: &[(Code, &str)] = &[$((Code::$name, $constant),)*];

            /// In words.
            pub fn words(self) -> &'static str {
                match self { $(Code::$name => $words,)* }
            }
        }
    };
}

codes! {
    1 NoMemory "XML_ERROR_NO_MEMORY" "out of memory";
    2 Syntax "XML_ERROR_SYNTAX" "syntax error";
    3 NoElements "XML_ERROR_NO_ELEMENTS" "no element found";
    4 InvalidToken "XML_ERROR_INVALID_TOKEN" "not well-formed (invalid token)";
    5 UnclosedToken "XML_ERROR_UNCLOSED_TOKEN" "unclosed token";
    6 PartialChar "XML_ERROR_PARTIAL_CHAR" "partial character";
    7 TagMismatch "XML_ERROR_TAG_MISMATCH" "mismatched tag";
    8 DuplicateAttribute "XML_ERROR_DUPLICATE_ATTRIBUTE" "duplicate attribute";
    9 JunkAfterDocElement "XML_ERROR_JUNK_AFTER_DOC_ELEMENT" "junk after document element";
    10 ParamEntityRef "XML_ERROR_PARAM_ENTITY_REF" "illegal parameter entity reference";
    11 UndefinedEntity "XML_ERROR_UNDEFINED_ENTITY" "undefined entity";
    12 RecursiveEntityRef "XML_ERROR_RECURSIVE_ENTITY_REF" "recursive entity reference";
    13 AsyncEntity "XML_ERROR_ASYNC_ENTITY" "asynchronous entity";
    14 BadCharRef "XML_ERROR_BAD_CHAR_REF" "reference to invalid character number";
    15 BinaryEntityRef "XML_ERROR_BINARY_ENTITY_REF" "reference to binary entity";
    16 AttributeExternalEntityRef "XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF" "reference to external entity in attribute";
    17 MisplacedXmlPi "XML_ERROR_MISPLACED_XML_PI" "XML or text declaration not at start of entity";
    18 UnknownEncoding "XML_ERROR_UNKNOWN_ENCODING" "unknown encoding";
    19 IncorrectEncoding "XML_ERROR_INCORRECT_ENCODING" "encoding specified in XML declaration is incorrect";
    20 UnclosedCdataSection "XML_ERROR_UNCLOSED_CDATA_SECTION" "unclosed CDATA section";
    21 ExternalEntityHandling "XML_ERROR_EXTERNAL_ENTITY_HANDLING" "error in processing external entity reference";
    22 NotStandalone "XML_ERROR_NOT_STANDALONE" "document is not standalone";
    23 UnexpectedState "XML_ERROR_UNEXPECTED_STATE" "unexpected parser state - please send a bug report";
    24 EntityDeclaredInPe "XML_ERROR_ENTITY_DECLARED_IN_PE" "entity declared in parameter entity";
    25 FeatureRequiresDtd "XML_ERROR_FEATURE_REQUIRES_XML_DTD" "requested feature requires XML_DTD support in Expat";
    26 CantChangeFeature "XML_ERROR_CANT_CHANGE_FEATURE_ONCE_PARSING" "cannot change setting once parsing has begun";
    27 UnboundPrefix "XML_ERROR_UNBOUND_PREFIX" "unbound prefix";
    28 UndeclaringPrefix "XML_ERROR_UNDECLARING_PREFIX" "must not undeclare prefix";
    29 IncompletePe "XML_ERROR_INCOMPLETE_PE" "incomplete markup in parameter entity";
    30 XmlDecl "XML_ERROR_XML_DECL" "XML declaration not well-formed";
    31 TextDecl "XML_ERROR_TEXT_DECL" "text declaration not well-formed";
    32 PublicId "XML_ERROR_PUBLICID" "illegal character(s) in public id";
    33 Suspended "XML_ERROR_SUSPENDED" "parser suspended";
    34 NotSuspended "XML_ERROR_NOT_SUSPENDED" "parser not suspended";
    35 Aborted "XML_ERROR_ABORTED" "parsing aborted";
    36 Finished "XML_ERROR_FINISHED" "parsing finished";
    37 SuspendPe "XML_ERROR_SUSPEND_PE" "cannot suspend in external parameter entity";
    38 ReservedPrefixXml "XML_ERROR_RESERVED_PREFIX_XML" "reserved prefix (xml) must not be undeclared or bound to another namespace name";
    39 ReservedPrefixXmlns "XML_ERROR_RESERVED_PREFIX_XMLNS" "reserved prefix (xmlns) must not be declared or undeclared";
    40 ReservedNamespaceUri "XML_ERROR_RESERVED_NAMESPACE_URI" "prefix must not be bound to one of the reserved namespace names";
    41 InvalidArgument "XML_ERROR_INVALID_ARGUMENT" "invalid argument";
    42 NoBuffer "XML_ERROR_NO_BUFFER" "a successful prior call to function XML_GetBuffer was required";
    43 AmplificationLimitBreach "XML_ERROR_AMPLIFICATION_LIMIT_BREACH" "limit on input amplification factor (from DTD and entities) breached";
    44 NotStarted "XML_ERROR_NOT_STARTED" "parser not started";
}

/// What is wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What.
    pub code: Code,
    /// Where.
    pub place: Place,
}

/// Why a token could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It goes on beyond what has come so far.
    Partial,
    /// It is wrong, at this offset from its beginning.
    Wrong(Code, usize),
}

pub(crate) type Scanned<T> = Result<T, Stop>;

/// A character at this offset is none that may stand there.
pub(crate) fn invalid<T>(at: usize) -> Scanned<T> {
    Err(Stop::Wrong(Code::InvalidToken, at))
}

/// What is wrong lies at this offset.
pub(crate) fn wrong<T>(code: Code, at: usize) -> Scanned<T> {
    Err(Stop::Wrong(code, at))
}
