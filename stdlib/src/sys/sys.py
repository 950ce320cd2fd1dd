from _types import SimpleNamespace as _SimpleNamespace


__displayhook__ = displayhook
hexversion = 0x030E00F0
version = f"3.14.0 (argil {_argil_version})"
copyright = ""
abiflags = ""
api_version = 1013
implementation = _SimpleNamespace(
    name="argil", cache_tag="argil-314", version=version_info, hexversion=hexversion, supports_isolated_interpreters=False
)
__excepthook__ = excepthook

def _UnraisableHookArgs(*fields):
    return _UnraisableHookArgsType(fields)


def unraisablehook(unraisable, /):
    """Handle an unraisable exception."""
    if not isinstance(unraisable, _UnraisableHookArgsType):
        raise TypeError("sys.unraisablehook argument type must be UnraisableHookArgs")
    _, value, _, message, object = unraisable
    heading = message or "Exception ignored in"
    _show_unraisable(heading + (":" if object is None else f": {object!r}"), value)


__unraisablehook__ = unraisablehook
def breakpointhook(*args, **kws):
    """This hook function is called by built-in breakpoint()."""
    import os

    name = os.environ.get("PYTHONBREAKPOINT") or "pdb.set_trace"
    if name == "0":
        return None
    module, _, function = name.rpartition(".")
    try:
        import importlib

        hook = getattr(importlib.import_module(module or "builtins"), function)
    except (ImportError, AttributeError, ValueError):
        import warnings

        warnings.warn(f'Ignoring unimportable $PYTHONBREAKPOINT: "{name}"', RuntimeWarning, stacklevel=3)
        return None
    return hook(*args, **kws)


__breakpointhook__ = breakpointhook


def call_tracing(func, args, /):
    """Call func(*args), while tracing is enabled."""
    return func(*args)


def is_finalizing():
    """Return True if Python is exiting: no script sees that in Argil."""
    return False


def getrefcount(object, /):
    """A constant: Argil does not count references."""
    return 2


def getallocatedblocks():
    """The number of memory blocks that CPython's allocator has: Argil has none."""
    return 0


def getunicodeinternedsize(*, _only_immortal=False):
    """The number of strings that CPython has interned: Argil does not count them."""
    return 0


def _is_interned(string, /):
    """Whether a string is the one that is used for names."""
    if not isinstance(string, str):
        raise TypeError(f"_is_interned() argument must be str, not {type(string).__name__}")
    return string is intern(string)


def _is_immortal(op, /):
    """Whether an object's references are not counted: so it is with all of them."""
    return True


def _clear_internal_caches():
    """Clear all internal performance-related caches: they are kept right without."""


_clear_type_cache = _clear_internal_caches


def _clear_type_descriptors(type_, /):
    """Takes out of a class what dataclasses with slots replace."""
    for name in ("__dict__", "__weakref__"):
        if name in type_.__dict__:
            type.__delattr__(type_, name)


def is_stack_trampoline_active():
    """Whether a stack profiler trampoline is active: there is none."""
    return False


def activate_stack_trampoline(backend, /):
    """Activate a stack profiler trampoline: there is none."""
    raise ValueError("perf trampoline not available")


def deactivate_stack_trampoline():
    """Deactivate the stack profiler trampoline: there is none."""


def is_remote_debug_enabled():
    """Whether another process may run code in this one: it may not."""
    return False


def remote_exec(pid, script):
    """Run a script in another process, which Argil does not let happen."""
    raise RuntimeError("Remote debugging is not enabled")


_origin_depth = 0


def get_coroutine_origin_tracking_depth():
    """Check status of origin tracking for coroutine objects in this thread."""
    return _origin_depth


def set_coroutine_origin_tracking_depth(depth):
    """Enable or disable origin tracking for coroutine objects in this thread; Argil notes the depth and tracks nothing."""
    global _origin_depth
    if not isinstance(depth, int):
        raise TypeError(f"'{type(depth).__name__}' object cannot be interpreted as an integer")
    if depth < 0:
        raise ValueError("depth must be >= 0")
    _origin_depth = depth


_dlopen_flags = 2


def getdlopenflags():
    """Return the current value of the flags that are used for dlopen calls."""
    return _dlopen_flags


def setdlopenflags(flags, /):
    """Set the flags used by the interpreter for dlopen calls."""
    global _dlopen_flags
    _dlopen_flags = flags


_jit = _SimpleNamespace(is_available=lambda: False, is_enabled=lambda: False, is_active=lambda: False)
platlibdir = "lib"
float_repr_style = "short"
_base_executable = executable
_framework = ""
_git = ("Argil", "", "")
_home = _stdlib_dir = None
stdlib_module_names = frozenset(builtin_module_names)


def __getattr__(name):
    if name == "monitoring":
        import _monitoring

        return globals().setdefault(name, _monitoring)

    # importlib makes these when they are first asked for.
    if name in ("meta_path", "path_hooks", "path_importer_cache"):
        import _frozen_importlib

        return globals()[name]
    raise AttributeError(f"module 'sys' has no attribute {name!r}")

