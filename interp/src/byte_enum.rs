//! Enums that are written as bytes.

/// Defines an enum of bytes, counted from zero, that a byte can be turned back into.
macro_rules! byte_enum {
    ($(#[$doc:meta])* $visibility:vis enum $name:ident { $($(#[$row:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        $visibility enum $name { $($(#[$row])* $variant,)* }

        impl $name {
            /// All of them, each at the index that is its byte.
            pub(crate) const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The one that a byte stands for.
            pub(crate) fn from_byte(byte: u8) -> Option<$name> {
                Self::ALL.get(usize::from(byte)).copied()
            }
        }
    };
}

pub(crate) use byte_enum;
