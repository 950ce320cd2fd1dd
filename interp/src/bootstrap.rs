//! Start-up: the built-in classes and functions of a new interpreter.

use std::sync::Arc;

use crate::builtin::Builtin;
use crate::config::Config;
use crate::ctx::Ctx;
use crate::functions;
use crate::hooks::Hooks;
use crate::import;
use crate::interp::Interpreter;
use crate::names::Name;
use crate::native::NativeDef;
use crate::native::define::{define_functions, define_methods};
use crate::native::special;
use crate::object::HeapType;
use crate::options::Switch;
use crate::run;
use crate::types;
use crate::types::bytearray::ByteArray;
use crate::types::class::{Class, ClassFlags, ClassSpec, Collection, mro};
use crate::types::descriptor::{ClassMethod, Member, Property, StaticMethod};
use crate::types::dict::Dict;
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::module::Module;
use crate::types::native::Crossing;
use crate::types::native::NativeData;
use crate::types::range::wide::WideRange;
use crate::types::template::{Interpolation, Template};
use crate::types::type_parameter::{Constant, NoDefault, ParamSpecPart, TypeAlias, TypeParameter};
use crate::value::Value;

/// The methods of each built-in class.
const METHODS: &[(Builtin, &[&NativeDef])] = &[
    (Builtin::Object, types::object::methods::METHODS),
    (Builtin::Object, types::object::methods::reduce::METHODS),
    (Builtin::BaseException, types::object::methods::reduce_builtin::EXCEPTION),
    (Builtin::Set, types::object::methods::reduce_builtin::SET),
    (Builtin::FrozenSet, types::object::methods::reduce_builtin::SET),
    (Builtin::ByteArray, types::object::methods::reduce_builtin::BYTEARRAY),
    (Builtin::Bytes, types::object::methods::reduce_builtin::BYTES),
    (Builtin::Complex, types::object::methods::reduce_builtin::COMPLEX),
    (Builtin::Range, types::object::methods::reduce_builtin::BOUNDS),
    (Builtin::Slice, types::object::methods::reduce_builtin::BOUNDS),
    (Builtin::NativeFunction, types::object::methods::reduce_builtin::NATIVE),
    (Builtin::MethodDescriptor, types::object::methods::reduce_builtin::NATIVE),
    (Builtin::Method, types::object::methods::reduce_builtin::METHOD),
    (Builtin::Type, types::class::methods::METHODS),
    (Builtin::Int, types::int::methods::METHODS),
    (Builtin::Bool, types::int::methods::BOOL_METHODS),
    (Builtin::Float, types::float::methods::METHODS),
    (Builtin::Complex, types::complex::methods::METHODS),
    (Builtin::Bytes, types::bytes::construct::METHODS),
    (Builtin::Bytes, types::bytes::methods::METHODS),
    (Builtin::ByteArray, types::bytes::construct::BYTEARRAY_METHODS),
    (Builtin::ByteArray, types::bytes::methods::METHODS),
    (Builtin::ByteArray, types::bytearray::methods::CHANGE),
    (Builtin::ByteArray, types::bytearray::methods::READ),
    (Builtin::MemoryView, types::memory_view::methods::METHODS),
    (Builtin::Str, types::str::case::METHODS),
    (Builtin::Str, types::str::convert::METHODS),
    (Builtin::Str, types::str::justify::METHODS),
    (Builtin::Str, types::str::search::METHODS),
    (Builtin::Str, types::str::split::METHODS),
    (Builtin::List, types::list::methods::METHODS),
    (Builtin::Tuple, types::tuple::methods::METHODS),
    (Builtin::Dict, types::dict::methods::METHODS),
    (Builtin::DictKeys, types::dict::views::methods::COMMON),
    (Builtin::DictKeys, types::dict::views::methods::SET_LIKE),
    (Builtin::DictValues, types::dict::views::methods::COMMON),
    (Builtin::DictItems, types::dict::views::methods::COMMON),
    (Builtin::DictItems, types::dict::views::methods::SET_LIKE),
    (Builtin::Set, types::set::methods::COMMON),
    (Builtin::Set, types::set::methods::MUTABLE),
    (Builtin::FrozenSet, types::set::methods::COMMON),
    (Builtin::FrozenSet, types::set::methods::FROZEN),
    (Builtin::Range, types::range::methods::METHODS),
    (Builtin::Range, types::range::wide::methods::METHODS),
    (Builtin::LongRangeIterator, crate::library::ITERATOR),
    (Builtin::Slice, types::slice::methods::METHODS),
    (Builtin::Enumerate, types::iter::methods::ENUMERATE),
    (Builtin::Zip, types::iter::methods::ZIP),
    (Builtin::Map, types::iter::methods::MAP),
    (Builtin::Filter, types::iter::methods::FILTER),
    (Builtin::Reversed, types::iter::methods::REVERSED),
    (Builtin::ListIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::ListReverseIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::TupleIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::RangeIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::StrIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::StrAsciiIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::BytesIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictKeyIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictValueIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictItemIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictReverseKeyIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictReverseValueIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::DictReverseItemIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::SetIterator, types::iter::methods::LENGTH_HINT),
    (Builtin::Reversed, types::iter::methods::LENGTH_HINT),
    (Builtin::ListIterator, types::iter::reduce::INDEXED),
    (Builtin::ListReverseIterator, types::iter::reduce::INDEXED),
    (Builtin::TupleIterator, types::iter::reduce::INDEXED),
    (Builtin::RangeIterator, types::iter::reduce::INDEXED),
    (Builtin::StrIterator, types::iter::reduce::INDEXED),
    (Builtin::StrAsciiIterator, types::iter::reduce::INDEXED),
    (Builtin::BytesIterator, types::iter::reduce::INDEXED),
    (Builtin::ByteArrayIterator, types::iter::reduce::INDEXED),
    (Builtin::SequenceIterator, types::iter::reduce::INDEXED),
    (Builtin::Reversed, types::iter::reduce::INDEXED),
    (Builtin::DictKeyIterator, types::iter::reduce::ENTRIES),
    (Builtin::DictValueIterator, types::iter::reduce::ENTRIES),
    (Builtin::DictItemIterator, types::iter::reduce::ENTRIES),
    (Builtin::DictReverseKeyIterator, types::iter::reduce::ENTRIES),
    (Builtin::DictReverseValueIterator, types::iter::reduce::ENTRIES),
    (Builtin::DictReverseItemIterator, types::iter::reduce::ENTRIES),
    (Builtin::SetIterator, types::iter::reduce::ENTRIES),
    (Builtin::CallableIterator, types::iter::reduce::CALLING),
    (Builtin::Enumerate, types::iter::reduce::ENUMERATE),
    (Builtin::Zip, types::iter::reduce::COMBINED),
    (Builtin::Map, types::iter::reduce::COMBINED),
    (Builtin::Filter, types::iter::reduce::COMBINED),
    (Builtin::LongRangeIterator, types::range::wide::ITERATOR),
    (Builtin::Function, types::function::make::METHODS),
    (Builtin::Function, types::function::methods::FUNCTION),
    (Builtin::Method, types::function::methods::METHOD),
    (Builtin::NativeFunction, types::function::methods::NATIVE),
    (Builtin::MethodDescriptor, types::function::methods::NATIVE_METHOD),
    (Builtin::Module, types::module::methods::METHODS),
    (Builtin::Generator, crate::vm::generator::METHODS),
    (Builtin::Coroutine, crate::vm::generator::coroutine::METHODS),
    (Builtin::CoroutineWrapper, crate::vm::generator::coroutine::WRAPPER),
    (Builtin::AsyncGenerator, crate::vm::generator::asynchronous::METHODS),
    (Builtin::AsyncGeneratorSend, crate::vm::generator::asynchronous::STEP),
    (Builtin::AsyncGeneratorThrow, crate::vm::generator::asynchronous::STEP),
    (Builtin::NextAwaitable, crate::vm::generator::asynchronous::NEXT),
    (Builtin::Cell, types::function::make::CELL),
    (Builtin::Cell, types::cell::methods::METHODS),
    (Builtin::Code, types::code::methods::METHODS),
    (Builtin::IoBase, types::file::methods::base::IO_BASE),
    (Builtin::RawIoBase, types::file::methods::base::RAW_IO_BASE),
    (Builtin::BufferedIoBase, types::file::methods::base::BUFFERED_IO_BASE),
    (Builtin::TextIoBase, types::file::methods::base::TEXT_IO_BASE),
    (Builtin::FileIo, types::file::methods::file_io::METHODS),
    (Builtin::BufferedReader, types::file::methods::buffered::COMMON),
    (Builtin::BufferedReader, types::file::methods::buffered::READS),
    (Builtin::BufferedReader, types::file::methods::buffered::READER),
    (Builtin::BufferedWriter, types::file::methods::buffered::COMMON),
    (Builtin::BufferedWriter, types::file::methods::buffered::WRITES),
    (Builtin::BufferedWriter, types::file::methods::buffered::WRITER),
    (Builtin::BufferedRandom, types::file::methods::buffered::COMMON),
    (Builtin::BufferedRandom, types::file::methods::buffered::READS),
    (Builtin::BufferedRandom, types::file::methods::buffered::WRITES),
    (Builtin::BufferedRandom, types::file::methods::buffered::RANDOM),
    (Builtin::BufferedRwPair, types::file::methods::pair::METHODS),
    (Builtin::BytesIo, types::file::methods::bytes_io::METHODS),
    (Builtin::TextIoWrapper, types::file::methods::text::METHODS),
    (Builtin::StringIo, types::file::methods::string_io::METHODS),
    (Builtin::IncrementalNewlineDecoder, types::file::methods::newlines::METHODS),
    (Builtin::Frame, types::frame::methods::METHODS),
    (Builtin::FrameLocalsProxy, types::frame::methods::proxy::METHODS),
    (Builtin::Traceback, types::traceback::methods::METHODS),
    (Builtin::Property, types::descriptor::methods::PROPERTY),
    (Builtin::ClassMethod, types::descriptor::methods::CLASS_METHOD),
    (Builtin::StaticMethod, types::descriptor::methods::STATIC_METHOD_BASE),
    (Builtin::StaticMethod, types::descriptor::methods::STATIC_METHOD),
    (Builtin::GetSetDescriptor, types::descriptor::methods::GET_SET),
    (Builtin::MemberDescriptor, types::descriptor::methods::MEMBER),
    (Builtin::Super, types::super_object::methods::METHODS),
    (Builtin::MappingProxy, types::mapping_proxy::methods::METHODS),
    (Builtin::GenericAlias, types::generic_alias::methods::METHODS),
    (Builtin::List, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::Tuple, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::Dict, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::Set, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::FrozenSet, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::UnionType, types::generic_alias::union::METHODS),
    (Builtin::TypeVar, types::type_parameter::methods::COMMON),
    (Builtin::TypeVar, types::type_parameter::methods::VARIANCE),
    (Builtin::TypeVar, types::type_parameter::methods::TYPE_VAR),
    (Builtin::ParamSpec, types::type_parameter::methods::COMMON),
    (Builtin::ParamSpec, types::type_parameter::methods::VARIANCE),
    (Builtin::ParamSpec, types::type_parameter::methods::PARAM_SPEC),
    (Builtin::ParamSpecArgs, types::type_parameter::parts::COMMON),
    (Builtin::ParamSpecArgs, types::type_parameter::parts::ARGS),
    (Builtin::ParamSpecKwargs, types::type_parameter::parts::COMMON),
    (Builtin::ParamSpecKwargs, types::type_parameter::parts::KWARGS),
    (Builtin::TypeVarTuple, types::type_parameter::methods::COMMON),
    (Builtin::TypeVarTuple, types::type_parameter::methods::TYPE_VAR_TUPLE),
    (Builtin::TypeAliasType, types::type_parameter::alias::METHODS),
    (Builtin::Generic, types::type_parameter::methods::GENERIC),
    (Builtin::NoDefaultType, types::type_parameter::methods::NO_DEFAULT),
    (Builtin::ConstantEvaluator, types::type_parameter::parts::CONSTANT),
    (Builtin::Template, types::template::methods::TEMPLATE),
    (Builtin::Interpolation, types::template::methods::INTERPOLATION),
    (Builtin::WeakReference, types::weak::methods::REFERENCE),
    (Builtin::MemoryView, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::WeakReference, types::generic_alias::methods::CLASS_GETITEM),
    (Builtin::WeakProxy, types::weak::methods::proxy::COMMON),
    (Builtin::WeakProxy, types::weak::methods::proxy::OPERATORS),
    (Builtin::CallableWeakProxy, types::weak::methods::proxy::COMMON),
    (Builtin::CallableWeakProxy, types::weak::methods::proxy::OPERATORS),
    (Builtin::CallableWeakProxy, types::weak::methods::proxy::CALL),
];

/// How objects of built-in classes with native state cross to another process.
const CROSSINGS: &[(Builtin, Option<Crossing>)] = &[
    (Builtin::ByteArray, ByteArray::CROSSING),
    (Builtin::BytesIo, types::file::methods::bytes_io::BytesFile::CROSSING),
    (Builtin::StringIo, types::file::methods::string_io::StringFile::CROSSING),
    (Builtin::Range, WideRange::CROSSING),
    (Builtin::Property, Property::CROSSING),
    (Builtin::ClassMethod, ClassMethod::CROSSING),
    (Builtin::ClassMethodDescriptor, ClassMethod::CROSSING),
    (Builtin::StaticMethod, StaticMethod::CROSSING),
    (Builtin::MemberDescriptor, Member::CROSSING),
    (Builtin::GenericAlias, GenericAlias::CROSSING),
    (Builtin::UnionType, Union::CROSSING),
    (Builtin::TypeVar, TypeParameter::CROSSING),
    (Builtin::ParamSpec, TypeParameter::CROSSING),
    (Builtin::TypeVarTuple, TypeParameter::CROSSING),
    (Builtin::ParamSpecArgs, ParamSpecPart::CROSSING),
    (Builtin::ParamSpecKwargs, ParamSpecPart::CROSSING),
    (Builtin::TypeAliasType, TypeAlias::CROSSING),
    (Builtin::NoDefaultType, NoDefault::CROSSING),
    (Builtin::ConstantEvaluator, Constant::CROSSING),
    (Builtin::Template, Template::CROSSING),
    (Builtin::Interpolation, Interpolation::CROSSING),
];

/// The families of built-in functions.
const FUNCTIONS: &[&[&NativeDef]] = &[
    functions::classes::FUNCTIONS,
    run::FUNCTIONS,
    run::compile::FUNCTIONS,
    functions::io::FUNCTIONS,
    types::file::methods::open::OPEN,
    functions::iteration::FUNCTIONS,
    functions::numbers::FUNCTIONS,
    functions::objects::FUNCTIONS,
    import::FUNCTIONS,
];

const HOOKS: Hooks = Hooks {
    import_module: import::import_module,
    import_name: import::import_name,
    import_from: import::import_from,
    import_star: import::import_star,
    missing_in_module: import::missing_in_module,
    place_module: import::importlib::place,
    finalise: crate::finalise::finalise,
    deliver: crate::signals::deliver,
};

impl Interpreter {
    /// A new interpreter and the context of the calling thread, which becomes its main thread.
    pub fn start(config: Config, native_stack: usize) -> Box<Ctx> {
        crate::memory::restock();
        types::str::set_hash_seed(config.options.hash_seed);
        let mut cx = Ctx::new(Arc::new(Interpreter::new(config, &HOOKS)), native_stack, true);
        bootstrap(&mut cx);
        cx
    }
}

/// Fills a new interpreter.
fn bootstrap(cx: &mut Ctx) {
    let cx = &*cx;
    make_classes(cx);
    cx.interp().init_names(cx);
    for &builtin in Builtin::ALL {
        special::install(cx, builtin);
    }
    for (builtin, methods) in METHODS.iter().chain(types::exception::methods::TABLE) {
        define_methods(cx, cx.class(*builtin), methods);
    }
    let classes = CROSSINGS.iter().map(|(builtin, crossing)| (Value::of(cx.class(*builtin)).word().0, *crossing));
    cx.interp().crossings.lock().extend(classes.filter_map(|(class, crossing)| Some((class, crossing?))));
    types::type_parameter::make_no_default(cx);
    let fields = ["value", "expression", "conversion", "format_spec"].map(|field| cx.intern(field));
    let interpolation = cx.class(Builtin::Interpolation).names(cx);
    interpolation.set_name(cx, cx.name(Name::__match_args__), cx.tuple(&fields));
    let modules = Dict::alloc(cx);
    cx.interp().modules.store(Value::of(modules).word());
    let builtins = Module::alloc(cx, "builtins");
    cx.interp().builtins.store(Value::of(builtins).word());
    let names = builtins.names(cx);
    for &builtin in Builtin::ALL.iter().filter(|builtin| builtin.is_public()) {
        names.set_name(cx, cx.intern(builtin.text()), Value::of(cx.class(builtin)));
    }
    for alias in ["EnvironmentError", "IOError"] {
        names.set_name(cx, cx.intern(alias), Value::of(cx.class(Builtin::OSError)));
    }
    names.set_name(cx, cx.intern("Ellipsis"), Value::ELLIPSIS);
    names.set_name(cx, cx.intern("NotImplemented"), Value::NOT_IMPLEMENTED);
    let debug = !cx.interp().config.options.is_on(Switch::Optimize);
    names.set_name(cx, cx.name(Name::__debug__), Value::bool(debug));
    for family in FUNCTIONS {
        define_functions(cx, builtins, family);
    }
    modules.set_name(cx, cx.intern("builtins"), Value::of(builtins));
    functions::site::define(cx, builtins);
    if let Some(digits) = cx.interp().config.options.max_str_digits {
        cx.interp().set_max_str_digits(digits);
    }
}

/// Makes the built-in classes, whose root shapes get the classes' own numbers.
/// What patterns take the instances of a built-in class for.
fn collection(builtin: Builtin) -> Collection {
    match builtin {
        Builtin::List | Builtin::Tuple | Builtin::Range | Builtin::MemoryView => Collection::Sequence,
        Builtin::Dict | Builtin::MappingProxy => Collection::Mapping,
        _ => Collection::Neither,
    }
}

fn make_classes(cx: &Ctx) {
    // The shapes come first, so that objects made on the way have theirs; they learn their class when it is made.
    for &builtin in Builtin::ALL {
        cx.interp().reserve_shape(builtin.shape());
    }
    for &builtin in Builtin::ALL {
        let text = builtin.text();
        let (name, qualname) = (cx.intern(text), cx.intern(text.rsplit('.').next().unwrap_or(text)));
        let name = if builtin.is_changeable() { qualname } else { name };
        let bases: Vec<_> = builtin.bases().iter().map(|&base| cx.class(base)).collect();
        let names = Dict::name_space(cx);
        let (has_dict, is_final, weak) = (builtin.has_dict(), builtin.is_final(), builtin.takes_weak_references());
        let collection = collection(builtin);
        let flags =
            ClassFlags { heap: builtin.is_changeable(), has_dict, keeps_beside: false, is_final, weak, collection };
        let class = Class::alloc(
            cx,
            ClassSpec {
                name,
                qualname,
                bases: cx.tuple(&bases.iter().copied().map(Value::of).collect::<Vec<_>>()),
                names,
                layout: builtin.layout(),
                flags,
                builtin: Some(builtin),
                metaclass: None,
            },
        );
        let order = mro::linearise(cx, &bases).unwrap_or_else(|_| panic!("the built-in classes have an order"));
        class.mro.set_in(cx, class.header(), mro::with_class(cx, class, order));
        cx.interp().set_class(builtin, class);
        cx.interp().settle_shape(builtin.shape(), class);
    }
    let metaclass = Value::of(cx.class(Builtin::Type)).word();
    for &builtin in Builtin::ALL {
        cx.class(builtin).settle_own_shape(cx, metaclass);
        let names = cx.class(builtin).names(cx);
        let module = builtin.text().rsplit_once('.').map_or("builtins", |(module, _)| module);
        names.set_name(cx, cx.intern("__module__"), cx.intern(module));
        names.set_name(cx, cx.intern("__doc__"), Value::NONE);
    }
}
