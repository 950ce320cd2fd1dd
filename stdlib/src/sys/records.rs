//! The records of `sys`.

use argil_interp::ctx::{Ctx, Slot};
use argil_interp::options::{Options, Switch};
use argil_interp::struct_sequence::{Maker, StructSequence};
use argil_interp::value::Value;

/// Defines the records.
pub(super) fn define(cx: &Ctx, module: Slot) {
    let set = |name: &str, sequence: &'static StructSequence, values: &[Value<'_>]| {
        sequence.define(cx, module, "");
        cx.define(module, name, sequence.make(cx, values));
    };
    let int = |number: i64| cx.int(number);
    let version = [int(3), int(14), int(0), cx.str("final"), int(0)];
    set("version_info", &VERSION_INFO, &version);
    let float = [
        cx.float(f64::MAX),
        int(f64::MAX_EXP.into()),
        int(f64::MAX_10_EXP.into()),
        cx.float(f64::MIN_POSITIVE),
        int(f64::MIN_EXP.into()),
        int(f64::MIN_10_EXP.into()),
        int(f64::DIGITS.into()),
        int(f64::MANTISSA_DIGITS.into()),
        cx.float(f64::EPSILON),
        int(f64::RADIX.into()),
        int(1),
    ];
    set("float_info", &FLOAT_INFO, &float);
    set("int_info", &INT_INFO, &[int(30), int(4), int(4300), int(640)]);
    let hash = [
        int(64),
        int((1 << 61) - 1),
        int(314_159),
        int(0),
        int(1_000_003),
        cx.str("foldhash"),
        int(64),
        int(0),
        int(0),
    ];
    set("hash_info", &HASH_INFO, &hash);
    set("thread_info", &THREAD_INFO, &[cx.str("pthread"), cx.str("futex"), Value::NONE]);
    let options = &cx.interp().config.options;
    let switch = |options: &Options, switch: Switch| int(options.get(switch).into());
    let flags = FLAGS.fields.iter().map(|(name, _)| match *name {
        "debug" => switch(options, Switch::Debug),
        "inspect" => switch(options, Switch::Inspect),
        "interactive" => switch(options, Switch::Interactive),
        "optimize" => switch(options, Switch::Optimize),
        "dont_write_bytecode" => switch(options, Switch::DontWriteBytecode),
        "no_user_site" => switch(options, Switch::NoUserSite),
        "no_site" => switch(options, Switch::NoSite),
        "ignore_environment" => switch(options, Switch::IgnoreEnvironment),
        "verbose" => switch(options, Switch::Verbose),
        "bytes_warning" => switch(options, Switch::BytesWarning),
        "quiet" => switch(options, Switch::Quiet),
        "hash_randomization" => switch(options, Switch::HashRandomization),
        "isolated" => switch(options, Switch::Isolated),
        "dev_mode" => Value::bool(options.is_on(Switch::DevMode)),
        "utf8_mode" => int(i64::from(options.extra("utf8") != Some("0"))),
        "warn_default_encoding" => switch(options, Switch::WarnDefaultEncoding),
        "safe_path" => Value::bool(options.is_on(Switch::SafePath)),
        "int_max_str_digits" => int(cx.interp().max_str_digits() as i64),
        "gil" => int(i64::from(!cx.interp().lock.may_run_at_once())),
        _ => int(0),
    });
    set("flags", &FLAGS, &flags.collect::<Vec<_>>());
    let unraisable = UNRAISABLE.define(cx, module, "");
    cx.define(module, "_UnraisableHookArgsType", cx.get(unraisable));
}

/// `sys.version_info`.
static VERSION_INFO: StructSequence = StructSequence {
    name: "sys.version_info",
    doc: "sys.version_info\n\nVersion information as a named tuple.",
    fields: &[
        ("major", Some("Major release number")),
        ("minor", Some("Minor release number")),
        ("micro", Some("Patch release number")),
        ("releaselevel", Some("'alpha', 'beta', 'candidate', or 'final'")),
        ("serial", Some("Serial release number")),
    ],
    elements: 5,
    unnamed: 0,
    maker: Maker::Nothing,
};

/// `sys.float_info`.
static FLOAT_INFO: StructSequence = StructSequence {
    name: "sys.float_info",
    doc: "sys.float_info\n\nA named tuple holding information about the float type. It contains low level\ninformation about the precision and internal representation. Please study\nyour system's :file:`float.h` for more information.",
    fields: &[
        ("max", Some("DBL_MAX -- maximum representable finite float")),
        ("max_exp", Some("DBL_MAX_EXP -- maximum int e such that radix**(e-1) is representable")),
        ("max_10_exp", Some("DBL_MAX_10_EXP -- maximum int e such that 10**e is representable")),
        ("min", Some("DBL_MIN -- Minimum positive normalized float")),
        ("min_exp", Some("DBL_MIN_EXP -- minimum int e such that radix**(e-1) is a normalized float")),
        ("min_10_exp", Some("DBL_MIN_10_EXP -- minimum int e such that 10**e is a normalized float")),
        ("dig", Some("DBL_DIG -- maximum number of decimal digits that can be faithfully represented in a float")),
        ("mant_dig", Some("DBL_MANT_DIG -- mantissa digits")),
        ("epsilon", Some("DBL_EPSILON -- Difference between 1 and the next representable float")),
        ("radix", Some("FLT_RADIX -- radix of exponent")),
        ("rounds", Some("FLT_ROUNDS -- rounding mode used for arithmetic operations")),
    ],
    elements: 11,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `sys.int_info`.
static INT_INFO: StructSequence = StructSequence {
    name: "sys.int_info",
    doc: "sys.int_info\n\nA named tuple that holds information about Python's\ninternal representation of integers.  The attributes are read only.",
    fields: &[
        ("bits_per_digit", Some("size of a digit in bits")),
        ("sizeof_digit", Some("size in bytes of the C type used to represent a digit")),
        ("default_max_str_digits", Some("maximum string conversion digits limitation")),
        ("str_digits_check_threshold", Some("minimum positive value for int_max_str_digits")),
    ],
    elements: 4,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `sys.hash_info`.
static HASH_INFO: StructSequence = StructSequence {
    name: "sys.hash_info",
    doc: "hash_info\n\nA named tuple providing parameters used for computing\nhashes. The attributes are read only.",
    fields: &[
        ("width", Some("width of the type used for hashing, in bits")),
        ("modulus", Some("prime number giving the modulus on which the hash function is based")),
        ("inf", Some("value to be used for hash of a positive infinity")),
        ("nan", Some("value to be used for hash of a nan")),
        ("imag", Some("multiplier used for the imaginary part of a complex number")),
        ("algorithm", Some("name of the algorithm for hashing of str, bytes and memoryviews")),
        ("hash_bits", Some("internal output size of hash algorithm")),
        ("seed_bits", Some("seed size of hash algorithm")),
        ("cutoff", Some("small string optimization cutoff")),
    ],
    elements: 9,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `sys.thread_info`.
static THREAD_INFO: StructSequence = StructSequence {
    name: "sys.thread_info",
    doc: "sys.thread_info\n\nA named tuple holding information about the thread implementation.",
    fields: &[
        ("name", Some("name of the thread implementation")),
        ("lock", Some("name of the lock implementation")),
        ("version", Some("name and version of the thread library")),
    ],
    elements: 3,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `sys.flags`.
static FLAGS: StructSequence = StructSequence {
    name: "sys.flags",
    doc: "sys.flags\n\nFlags provided through command line arguments or environment vars.",
    fields: &[
        ("debug", Some("-d")),
        ("inspect", Some("-i")),
        ("interactive", Some("-i")),
        ("optimize", Some("-O or -OO")),
        ("dont_write_bytecode", Some("-B")),
        ("no_user_site", Some("-s")),
        ("no_site", Some("-S")),
        ("ignore_environment", Some("-E")),
        ("verbose", Some("-v")),
        ("bytes_warning", Some("-b")),
        ("quiet", Some("-q")),
        ("hash_randomization", Some("-R")),
        ("isolated", Some("-I")),
        ("dev_mode", Some("-X dev")),
        ("utf8_mode", Some("-X utf8")),
        ("warn_default_encoding", Some("-X warn_default_encoding")),
        ("safe_path", Some("-P")),
        ("int_max_str_digits", Some("-X int_max_str_digits")),
        ("gil", Some("-X gil")),
        ("thread_inherit_context", Some("-X thread_inherit_context")),
        ("context_aware_warnings", Some("-X context_aware_warnings")),
    ],
    elements: 18,
    unnamed: 0,
    maker: Maker::Nothing,
};

/// `builtins.UnraisableHookArgs`.
static UNRAISABLE: StructSequence = StructSequence {
    name: "builtins.UnraisableHookArgs",
    doc: "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.",
    fields: &[
        ("exc_type", Some("Exception type")),
        ("exc_value", Some("Exception value")),
        ("exc_traceback", Some("Exception traceback")),
        ("err_msg", Some("Error message")),
        ("object", Some("Object causing the exception")),
    ],
    elements: 5,
    unnamed: 0,
    maker: Maker::Sequence,
};

/// `sys.get_asyncgen_hooks()`
pub fn asyncgen_hooks(cx: &Ctx) -> Value<'_> {
    let hooks = [&cx.watch.first_iteration, &cx.watch.finalizer].map(|field| field.get_or_none(cx));
    ASYNCGEN_HOOKS.make(cx, &hooks)
}

static ASYNCGEN_HOOKS: StructSequence = StructSequence {
    name: "sys.asyncgen_hooks",
    doc: "The hooks of asynchronous generators.",
    fields: &[("firstiter", None), ("finalizer", None)],
    elements: 2,
    unnamed: 0,
    maker: Maker::Nothing,
};
