//! Raising built-in exceptions from Rust.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::types::exception::Exception;
use crate::types::tuple::Tuple;
use crate::value::Value;

impl Ctx {
    /// Raises a built-in exception with a message.
    #[cold]
    #[inline(never)]
    pub fn raise(&self, class: Builtin, message: impl AsRef<str>) -> Raised {
        let args = Tuple::from_values(self, &[self.str(message.as_ref())]);
        self.raise_value(Value::of(Exception::build(self, class, args)))
    }

    /// Raises a built-in exception with these arguments.
    #[cold]
    pub fn raise_with<'h>(&'h self, class: Builtin, args: &[Value<'h>]) -> Raised {
        let args = Tuple::from_values(self, args);
        self.raise_value(Value::of(Exception::build(self, class, args)))
    }

    /// Raises a TypeError.
    #[cold]
    pub fn type_error(&self, message: impl AsRef<str>) -> Raised {
        self.raise(Builtin::TypeError, message)
    }

    /// Raises a ValueError.
    #[cold]
    pub fn value_error(&self, message: impl AsRef<str>) -> Raised {
        self.raise(Builtin::ValueError, message)
    }

    /// Raises an IndexError.
    #[cold]
    pub fn index_error(&self, message: impl AsRef<str>) -> Raised {
        self.raise(Builtin::IndexError, message)
    }

    /// Raises a KeyError for a key.
    #[cold]
    pub fn key_error(&self, key: Value<'_>) -> Raised {
        self.raise_with(Builtin::KeyError, &[key])
    }

    /// Raises an OverflowError.
    #[cold]
    pub fn overflow_error(&self, message: impl AsRef<str>) -> Raised {
        self.raise(Builtin::OverflowError, message)
    }

    /// Raises a RuntimeError.
    #[cold]
    pub fn runtime_error(&self, message: impl AsRef<str>) -> Raised {
        self.raise(Builtin::RuntimeError, message)
    }
}
