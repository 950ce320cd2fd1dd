//! The layouts of heap objects, one table: what the collector, the publisher, the verifier, `sizeof` and the codec need to
//! know of each is derived from it or asks by a match without wildcard, so that a new layout cannot be forgotten.
//!
//! What an object owns outside the heap is dropped when it dies, by its layout. What scripts want called then is another
//! matter: `types/weak/` and `types/finaliser.rs` list objects without keeping them, forget the dead between marking and
//! sweeping, while the world stands still and no script code may run, and the thread that polls calls what is due.

use crate::byte_enum::byte_enum;
use crate::heap::Tracer;
use crate::object::{Header, HeapType};

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident => $type:ty,)*) => {
        byte_enum! {
            /// The layout of a heap object. A subclass of a built-in type has the kind of that type.
            pub enum Kind {
                /// A cell that holds no object; memory is zero until it is used.
                Free,
                $($(#[$doc])* $name,)*
            }
        }

        impl Kind {
            /// Whether objects of this kind own memory outside the heap, so that they are dropped when they die.
            pub(crate) const fn needs_drop(self) -> bool {
                match self {
                    Kind::Free => false,
                    $(Kind::$name => std::mem::needs_drop::<$type>(),)*
                }
            }
        }

        $(const _: () = assert!(matches!(<$type as HeapType>::KIND, Kind::$name));)*

        /// Shows the tracer every field of an object but the trailing one.
        ///
        /// # Safety
        /// The object must be live.
        pub(crate) unsafe fn trace(object: *const Header, tracer: &mut Tracer<'_>) {
            // SAFETY: the kind says the layout, which begins with the header.
            unsafe {
                match (*object).kind() {
                    Kind::Free => {}
                    $(Kind::$name => (*object.cast::<$type>()).trace(tracer),)*
                }
            }
        }

        /// Drops what an object owns outside the heap.
        ///
        /// # Safety
        /// The object must be dead and not yet dropped.
        pub(crate) unsafe fn drop_in_place(object: *mut Header) {
            // SAFETY: the kind says the layout, which begins with the header; the caller promises the rest.
            unsafe {
                match (*object).kind() {
                    Kind::Free => {}
                    $(Kind::$name => std::ptr::drop_in_place(object.cast::<$type>()),)*
                }
            }
        }

        /// Bytes that an object takes in the heap, without the trailing field that instances of subclasses have.
        pub(crate) fn size(header: &Header) -> usize {
            let object = std::ptr::from_ref(header);
            match header.kind() {
                Kind::Free => 0,
                // SAFETY: the kind says the layout, which begins with the header; a reference to it keeps it alive.
                $(Kind::$name => std::mem::size_of::<$type>() + unsafe { (*object.cast::<$type>()).extra_bytes() },)*
            }
        }
    };
}

kinds! {
    /// An integer of more than 62 bits.
    BigInt => crate::types::int::BigInt,
    /// An integer subclass's instance, whose value is a word.
    IntBox => crate::types::int::IntBox,
    /// A float whose exponent has no tag, or an instance of a float subclass.
    FloatBox => crate::types::float::FloatBox,
    /// A complex number.
    Complex => crate::types::complex::Complex,
    /// A string.
    Str => crate::types::str::Str,
    /// A bytes object.
    Bytes => crate::types::bytes::Bytes,
    /// A list.
    List => crate::types::list::List,
    /// A tuple.
    Tuple => crate::types::tuple::Tuple,
    /// A dict.
    Dict => crate::types::dict::Dict,
    /// A set or frozenset.
    Set => crate::types::set::Set,
    /// A range.
    Range => crate::types::range::Range,
    /// A slice.
    Slice => crate::types::slice::Slice,
    /// A function defined in the language.
    Function => crate::types::function::Function,
    /// A function defined in Rust.
    NativeFunction => crate::types::function::NativeFunction,
    /// A function with its first argument.
    BoundMethod => crate::types::function::BoundMethod,
    /// A class.
    Class => crate::types::class::Class,
    /// A module.
    Module => crate::types::module::Module,
    /// An instance of a class defined in the language.
    Instance => crate::types::instance::Instance,
    /// An exception.
    Exception => crate::types::exception::Exception,
    /// A generator.
    Generator => crate::types::generator::Generator,
    /// A frame, as scripts see it.
    Frame => crate::types::frame::FrameObject,
    /// A closure's cell.
    Cell => crate::types::cell::Cell,
    /// The cell of a global or of a class attribute: storage, never a value that a script sees.
    Global => crate::types::cell::Global,
    /// Loaded code.
    Code => crate::types::code::CodeObject,
    /// The elements of a list, or the attributes of an object that do not fit inline.
    Storage => crate::types::storage::Storage,
    /// The entries of a dict.
    Table => crate::types::dict::table::Table,
    /// The entries of a set.
    SetTable => crate::types::set::table::SetTable,
    /// Text that strings share, with room behind it.
    TextBuffer => crate::types::str::growing::TextBuffer,
    /// An iterator of a built-in type.
    Iter => crate::types::iter::Iter,
    /// A property, classmethod, staticmethod, super, mappingproxy, dict view, traceback...: data behind a table of functions.
    Native => crate::types::native::Native,
}
