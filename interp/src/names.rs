//! Names that the interpreter itself looks up, interned once at start-up.

macro_rules! names {
    (special { $($special:ident)* } plain { $($plain:ident)* }) => {
        /// A name known at compile time. The special methods that classes remember come first: see [`SPECIALS`].
        #[expect(non_camel_case_types, reason = "a name is spelled as scripts spell it")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Name {
            $(#[doc = stringify!($special)] $special,)*
            $(#[doc = stringify!($plain)] $plain,)*
        }

        impl Name {
            /// Every name, in order.
            pub const ALL: &'static [&'static str] = &[$(stringify!($special),)* $(stringify!($plain),)*];

            /// The name as scripts spell it.
            pub fn as_str(self) -> &'static str {
                Self::ALL[self as usize]
            }
        }

        /// How many names a class remembers the lookup of.
        pub const SPECIALS: usize = [$(stringify!($special)),*].len();
    };
}

names! {
    special {
        __new__ __init__ __del__ __call__ __repr__ __str__ __bytes__ __format__ __hash__ __bool__ __len__
        __getattribute__ __getattr__ __setattr__ __delattr__ __dir__
        __get__ __set__ __delete__
        __iter__ __next__ __reversed__ __contains__ __getitem__ __setitem__ __delitem__ __missing__ __length_hint__
        __lt__ __le__ __eq__ __ne__ __gt__ __ge__
        __add__ __sub__ __mul__ __matmul__ __truediv__ __floordiv__ __mod__ __divmod__ __pow__
        __lshift__ __rshift__ __and__ __or__ __xor__
        __radd__ __rsub__ __rmul__ __rmatmul__ __rtruediv__ __rfloordiv__ __rmod__ __rdivmod__ __rpow__
        __rlshift__ __rrshift__ __rand__ __ror__ __rxor__
        __iadd__ __isub__ __imul__ __imatmul__ __itruediv__ __ifloordiv__ __imod__ __ipow__
        __ilshift__ __irshift__ __iand__ __ior__ __ixor__
        __neg__ __pos__ __abs__ __invert__ __int__ __float__ __complex__ __index__ __round__ __trunc__ __floor__ __ceil__
        __enter__ __exit__ __aenter__ __aexit__ __await__ __aiter__ __anext__ __instancecheck__ __subclasscheck__ __fspath__
        __abstractmethods__
    }
    plain {
        __class__ __dict__ __name__ __qualname__ __module__ __doc__ __file__ __path__ __package__ __builtins__ __main__
        __mro__ __bases__ __slots__ __type_params__ __classdictcell__ __annotations__ __annotate__ __annotate_func__ __classcell__ __prepare__
        __init_subclass__ __set_name__ __class_getitem__ __mro_entries__ __all__ __import__ __self__ __func__ __wrapped__
        __cause__ __context__ __traceback__ __suppress_context__ __notes__ __code__ __globals__ __defaults__
        __kwdefaults__ __closure__ __match_args__ __firstlineno__ __static_attributes__ __isabstractmethod__
        _abc_impl __abc_tpflags__ __subclasshook__ __subclasses__ __build_class__ __debug__ __spec__ __loader__ __objclass__
        __reduce_ex__ __reduce__ __getstate__ __setstate__ __getnewargs_ex__ __getnewargs__
        keys items values get send throw close metaclass write flush read readline fileno append add insert args name
        value code errno strerror filename filename2 encoding object start end reason msg text lineno offset
        print_file_and_line end_lineno end_offset path obj stdout stdin stderr
    }
}
