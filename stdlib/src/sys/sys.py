from _types import SimpleNamespace as _SimpleNamespace


def _record_class(module, name, names):
    """A new class of tuples whose elements have names."""
    prefix = "" if module == "builtins" else module + "."

    def __repr__(self):
        return f"{prefix}{name}(" + ", ".join(f"{n}={v!r}" for n, v in zip(names, self)) + ")"

    def getter(index):
        return property(lambda self: self[index])

    members = {n: getter(i) for i, n in enumerate(names)}
    members |= {"__slots__": (), "__module__": module, "__repr__": __repr__, "n_fields": len(names)}
    return type(name, (tuple,), members)


def _record(name, /, **fields):
    """An instance of a new class of tuples whose elements have names."""
    return tuple.__new__(_record_class("sys", name, tuple(fields)), fields.values())


__displayhook__ = displayhook
version_info = _record("version_info", major=3, minor=14, micro=0, releaselevel="final", serial=0)
hexversion = 0x030E00F0
version = f"3.14.0 (argil {_argil_version})"
copyright = ""
api_version = 1013
implementation = _SimpleNamespace(
    name="argil", cache_tag="argil-314", version=version_info, hexversion=hexversion, supports_isolated_interpreters=False
)
float_info = _record(
    "float_info",
    max=1.7976931348623157e308,
    max_exp=1024,
    max_10_exp=308,
    min=2.2250738585072014e-308,
    min_exp=-1021,
    min_10_exp=-307,
    dig=15,
    mant_dig=53,
    epsilon=2.220446049250313e-16,
    radix=2,
    rounds=1,
)
int_info = _record(
    "int_info", bits_per_digit=30, sizeof_digit=4, default_max_str_digits=4300, str_digits_check_threshold=640
)
hash_info = _record(
    "hash_info",
    width=64,
    modulus=2**61 - 1,
    inf=314159,
    nan=0,
    imag=1000003,
    algorithm="foldhash",
    hash_bits=64,
    seed_bits=0,
    cutoff=0,
)
thread_info = _record("thread_info", name="pthread", lock="futex", version=None)
flags = _record(
    "flags",
    debug=0,
    inspect=0,
    interactive=0,
    optimize=0,
    dont_write_bytecode=1,
    no_user_site=0,
    no_site=0,
    ignore_environment=0,
    verbose=0,
    bytes_warning=0,
    quiet=0,
    hash_randomization=0,
    isolated=0,
    dev_mode=False,
    utf8_mode=1,
    warn_default_encoding=0,
    safe_path=False,
    int_max_str_digits=4300,
    gil=1,
    thread_inherit_context=0,
    context_aware_warnings=0,
)
__excepthook__ = excepthook
_UnraisableHookArgsType = _record_class(
    "builtins", "UnraisableHookArgs", ("exc_type", "exc_value", "exc_traceback", "err_msg", "object")
)


def _UnraisableHookArgs(*fields):
    return tuple.__new__(_UnraisableHookArgsType, fields)


def unraisablehook(unraisable, /):
    """Handle an unraisable exception."""
    if not isinstance(unraisable, _UnraisableHookArgsType):
        raise TypeError("sys.unraisablehook argument type must be UnraisableHookArgs")
    _, value, _, message, object = unraisable
    heading = message or "Exception ignored in"
    _show_unraisable(heading + (":" if object is None else f": {object!r}"), value)


__unraisablehook__ = unraisablehook
stdlib_module_names = frozenset(builtin_module_names)
dont_write_bytecode = True
pycache_prefix = None
warnoptions = []
prefix = exec_prefix = base_prefix = base_exec_prefix = ""


def __getattr__(name):
    # importlib makes these when they are first asked for.
    if name in ("meta_path", "path_hooks", "path_importer_cache"):
        import _frozen_importlib

        return globals()[name]
    raise AttributeError(f"module 'sys' has no attribute {name!r}")

