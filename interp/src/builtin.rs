//! The built-in classes, numbered: the number is also the index of the root shape of their instances.

use crate::object::Kind;
use crate::value::Word;

macro_rules! builtins {
    ($($name:ident $text:literal $base:ident $layout:ident,)*) => {
        /// A built-in class.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Builtin { $(#[doc = $text] $name,)* }

        impl Builtin {
            /// Every built-in class; a base comes before what derives from it.
            pub const ALL: &'static [Builtin] = &[$(Builtin::$name,)*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// The name that scripts see.
            pub fn text(self) -> &'static str {
                match self { $(Builtin::$name => $text,)* }
            }

            /// The base class that gives it its layout; `object` is its own.
            pub fn base(self) -> Builtin {
                match self { $(Builtin::$name => Builtin::$base,)* }
            }

            /// The layout of instances.
            pub fn layout(self) -> Kind {
                match self { $(Builtin::$name => Kind::$layout,)* }
            }
        }
    };
}

builtins! {
    Object "object" Object Instance,
    Type "type" Object Class,
    Int "int" Object BigInt,
    Bool "bool" Int BigInt,
    Float "float" Object FloatBox,
    Complex "complex" Object Complex,
    Str "str" Object Str,
    Bytes "bytes" Object Bytes,
    ByteArray "bytearray" Object Native,
    MemoryView "memoryview" Object Native,
    List "list" Object List,
    Tuple "tuple" Object Tuple,
    Dict "dict" Object Dict,
    Set "set" Object Set,
    FrozenSet "frozenset" Object Set,
    Range "range" Object Range,
    Slice "slice" Object Slice,
    NoneType "NoneType" Object Free,
    EllipsisType "ellipsis" Object Free,
    NotImplementedType "NotImplementedType" Object Free,
    Function "function" Object Function,
    NativeFunction "builtin_function_or_method" Object NativeFunction,
    MethodDescriptor "method_descriptor" Object NativeFunction,
    Method "method" Object BoundMethod,
    Module "module" Object Module,
    Generator "generator" Object Generator,
    Coroutine "coroutine" Object Generator,
    CoroutineWrapper "coroutine_wrapper" Object Native,
    AsyncGenerator "async_generator" Object Generator,
    AsyncGeneratorValue "async_generator_wrapped_value" Object Native,
    AsyncGeneratorSend "async_generator_asend" Object Native,
    AsyncGeneratorThrow "async_generator_athrow" Object Native,
    NextAwaitable "anext_awaitable" Object Native,
    Cell "cell" Object Cell,
    Code "code" Object Code,
    Frame "frame" Object Frame,
    FrameLocalsProxy "FrameLocalsProxy" Object Native,
    Traceback "traceback" Object Native,
    Property "property" Object Native,
    ClassMethod "classmethod" Object Native,
    StaticMethod "staticmethod" Object Native,
    ClassMethodDescriptor "classmethod_descriptor" Object Native,
    GetSetDescriptor "getset_descriptor" Object Native,
    MemberDescriptor "member_descriptor" Object Native,
    Super "super" Object Native,
    MappingProxy "mappingproxy" Object Native,
    GenericAlias "types.GenericAlias" Object Native,
    UnionType "typing.Union" Object Native,
    TypeVar "typing.TypeVar" Object Native,
    ParamSpec "typing.ParamSpec" Object Native,
    ParamSpecArgs "typing.ParamSpecArgs" Object Native,
    ParamSpecKwargs "typing.ParamSpecKwargs" Object Native,
    TypeVarTuple "typing.TypeVarTuple" Object Native,
    TypeAliasType "typing.TypeAliasType" Object Native,
    Generic "typing.Generic" Object Instance,
    NoDefaultType "NoDefaultType" Object Native,
    ConstantEvaluator "_typing._ConstEvaluator" Object Native,
    Template "string.templatelib.Template" Object Native,
    Interpolation "string.templatelib.Interpolation" Object Native,
    TemplateIter "string.templatelib.TemplateIter" Object Native,
    WeakReference "weakref.ReferenceType" Object Native,
    WeakProxy "weakref.ProxyType" Object Native,
    CallableWeakProxy "weakref.CallableProxyType" Object Native,
    DictKeys "dict_keys" Object Native,
    DictValues "dict_values" Object Native,
    DictItems "dict_items" Object Native,
    ListIterator "list_iterator" Object Iter,
    ListReverseIterator "list_reverseiterator" Object Iter,
    TupleIterator "tuple_iterator" Object Iter,
    RangeIterator "range_iterator" Object Iter,
    LongRangeIterator "longrange_iterator" Object Native,
    StrIterator "str_iterator" Object Iter,
    StrAsciiIterator "str_ascii_iterator" Object Iter,
    BytesIterator "bytes_iterator" Object Iter,
    ByteArrayIterator "bytearray_iterator" Object Iter,
    MemoryIterator "memory_iterator" Object Iter,
    DictKeyIterator "dict_keyiterator" Object Iter,
    DictValueIterator "dict_valueiterator" Object Iter,
    DictItemIterator "dict_itemiterator" Object Iter,
    DictReverseKeyIterator "dict_reversekeyiterator" Object Iter,
    DictReverseValueIterator "dict_reversevalueiterator" Object Iter,
    DictReverseItemIterator "dict_reverseitemiterator" Object Iter,
    SetIterator "set_iterator" Object Iter,
    SequenceIterator "iterator" Object Iter,
    CallableIterator "callable_iterator" Object Iter,
    Reversed "reversed" Object Iter,
    Enumerate "enumerate" Object Iter,
    Zip "zip" Object Iter,
    Map "map" Object Iter,
    Filter "filter" Object Iter,
    IoBase "_io._IOBase" Object Instance,
    RawIoBase "_io._RawIOBase" IoBase Instance,
    BufferedIoBase "_io._BufferedIOBase" IoBase Instance,
    TextIoBase "_io._TextIOBase" IoBase Instance,
    FileIo "_io.FileIO" RawIoBase Native,
    BufferedReader "_io.BufferedReader" BufferedIoBase Native,
    BufferedWriter "_io.BufferedWriter" BufferedIoBase Native,
    BufferedRandom "_io.BufferedRandom" BufferedIoBase Native,
    BufferedRwPair "_io.BufferedRWPair" BufferedIoBase Native,
    BytesIo "_io.BytesIO" BufferedIoBase Native,
    TextIoWrapper "_io.TextIOWrapper" TextIoBase Native,
    StringIo "_io.StringIO" TextIoBase Native,
    IncrementalNewlineDecoder "_io.IncrementalNewlineDecoder" Object Native,
    BaseException "BaseException" Object Exception,
    BaseExceptionGroup "BaseExceptionGroup" BaseException Exception,
    GeneratorExit "GeneratorExit" BaseException Exception,
    KeyboardInterrupt "KeyboardInterrupt" BaseException Exception,
    SystemExit "SystemExit" BaseException Exception,
    Exception "Exception" BaseException Exception,
    ArithmeticError "ArithmeticError" Exception Exception,
    FloatingPointError "FloatingPointError" ArithmeticError Exception,
    OverflowError "OverflowError" ArithmeticError Exception,
    ZeroDivisionError "ZeroDivisionError" ArithmeticError Exception,
    AssertionError "AssertionError" Exception Exception,
    AttributeError "AttributeError" Exception Exception,
    BufferError "BufferError" Exception Exception,
    EOFError "EOFError" Exception Exception,
    ImportError "ImportError" Exception Exception,
    ModuleNotFoundError "ModuleNotFoundError" ImportError Exception,
    LookupError "LookupError" Exception Exception,
    IndexError "IndexError" LookupError Exception,
    KeyError "KeyError" LookupError Exception,
    MemoryError "MemoryError" Exception Exception,
    NameError "NameError" Exception Exception,
    UnboundLocalError "UnboundLocalError" NameError Exception,
    OSError "OSError" Exception Exception,
    BlockingIOError "BlockingIOError" OSError Exception,
    ChildProcessError "ChildProcessError" OSError Exception,
    ConnectionError "ConnectionError" OSError Exception,
    BrokenPipeError "BrokenPipeError" ConnectionError Exception,
    ConnectionAbortedError "ConnectionAbortedError" ConnectionError Exception,
    ConnectionRefusedError "ConnectionRefusedError" ConnectionError Exception,
    ConnectionResetError "ConnectionResetError" ConnectionError Exception,
    FileExistsError "FileExistsError" OSError Exception,
    FileNotFoundError "FileNotFoundError" OSError Exception,
    InterruptedError "InterruptedError" OSError Exception,
    IsADirectoryError "IsADirectoryError" OSError Exception,
    NotADirectoryError "NotADirectoryError" OSError Exception,
    PermissionError "PermissionError" OSError Exception,
    ProcessLookupError "ProcessLookupError" OSError Exception,
    TimeoutError "TimeoutError" OSError Exception,
    ReferenceError "ReferenceError" Exception Exception,
    RuntimeError "RuntimeError" Exception Exception,
    NotImplementedError "NotImplementedError" RuntimeError Exception,
    PythonFinalizationError "PythonFinalizationError" RuntimeError Exception,
    RecursionError "RecursionError" RuntimeError Exception,
    StopAsyncIteration "StopAsyncIteration" Exception Exception,
    StopIteration "StopIteration" Exception Exception,
    SyntaxError "SyntaxError" Exception Exception,
    IndentationError "IndentationError" SyntaxError Exception,
    TabError "TabError" IndentationError Exception,
    IncompleteInputError "_IncompleteInputError" SyntaxError Exception,
    SystemError "SystemError" Exception Exception,
    TypeError "TypeError" Exception Exception,
    ValueError "ValueError" Exception Exception,
    UnsupportedOperation "io.UnsupportedOperation" OSError Exception,
    UnicodeError "UnicodeError" ValueError Exception,
    UnicodeDecodeError "UnicodeDecodeError" UnicodeError Exception,
    UnicodeEncodeError "UnicodeEncodeError" UnicodeError Exception,
    UnicodeTranslateError "UnicodeTranslateError" UnicodeError Exception,
    ExceptionGroup "ExceptionGroup" BaseExceptionGroup Exception,
    Warning "Warning" Exception Exception,
    BytesWarning "BytesWarning" Warning Exception,
    DeprecationWarning "DeprecationWarning" Warning Exception,
    EncodingWarning "EncodingWarning" Warning Exception,
    FutureWarning "FutureWarning" Warning Exception,
    ImportWarning "ImportWarning" Warning Exception,
    PendingDeprecationWarning "PendingDeprecationWarning" Warning Exception,
    ResourceWarning "ResourceWarning" Warning Exception,
    RuntimeWarning "RuntimeWarning" Warning Exception,
    SyntaxWarning "SyntaxWarning" Warning Exception,
    UnicodeWarning "UnicodeWarning" Warning Exception,
    UserWarning "UserWarning" Warning Exception,
}

impl Builtin {
    /// The root shape of direct instances.
    #[inline(always)]
    pub const fn shape(self) -> u32 {
        self as u32
    }

    /// The class of a word that is not a pointer.
    #[inline]
    pub(crate) fn of_immediate(word: Word) -> Builtin {
        match word {
            _ if word.is_int() => Builtin::Int,
            _ if word.is_float() => Builtin::Float,
            Word::TRUE | Word::FALSE => Builtin::Bool,
            Word::NONE => Builtin::NoneType,
            Word::ELLIPSIS => Builtin::EllipsisType,
            _ => Builtin::NotImplementedType,
        }
    }

    /// Whether direct instances have attributes of their own.
    pub fn has_dict(self) -> bool {
        self.layout() == Kind::Exception
            || self.is_file()
            || matches!(self, Builtin::ClassMethod | Builtin::StaticMethod)
    }

    /// Whether scripts find it among the built-in names.
    pub fn is_public(self) -> bool {
        use Builtin::*;
        (self as u16 >= BaseException as u16 && self != UnsupportedOperation)
            || matches!(
                self,
                Object
                    | Type
                    | Int
                    | Bool
                    | Float
                    | Complex
                    | Str
                    | Bytes
                    | ByteArray
                    | MemoryView
                    | List
                    | Tuple
                    | Dict
                    | Set
                    | FrozenSet
                    | Range
                    | Slice
                    | Property
                    | ClassMethod
                    | StaticMethod
                    | Super
                    | Reversed
                    | Enumerate
                    | Zip
                    | Map
                    | Filter
            )
    }

    /// Whether it is a class of files.
    pub fn is_file(self) -> bool {
        (Builtin::IoBase as u16..=Builtin::StringIo as u16).contains(&(self as u16))
    }

    /// Whether scripts may change the class itself.
    pub fn is_changeable(self) -> bool {
        self == Builtin::UnsupportedOperation
    }

    /// Whether weak references to direct instances can be made.
    pub fn takes_weak_references(self) -> bool {
        use Builtin::*;
        let callables = matches!(self, Type | Function | NativeFunction | Method);
        let pausing = matches!(self, Generator | Coroutine | AsyncGenerator);
        let typing = matches!(self, GenericAlias | UnionType | TypeVar | ParamSpec | TypeVarTuple);
        let others = matches!(self, Set | FrozenSet | Module | Code | MemoryView);
        self.is_file() || callables || pausing || typing || others
    }

    /// Its bases.
    pub fn bases(self) -> Vec<Builtin> {
        match self {
            Builtin::Object => Vec::new(),
            Builtin::UnsupportedOperation => vec![Builtin::OSError, Builtin::ValueError],
            Builtin::ExceptionGroup => vec![Builtin::BaseExceptionGroup, Builtin::Exception],
            _ => vec![self.base()],
        }
    }

    /// Whether scripts may derive from it.
    pub fn is_final(self) -> bool {
        use Builtin::*;
        !self.is_public()
            && !self.is_file()
            && !matches!(
                self,
                Module | Generic | GenericAlias | WeakReference | UnsupportedOperation | IncrementalNewlineDecoder
            )
            || matches!(self, Bool | Range | Slice | MemoryView)
    }
}
