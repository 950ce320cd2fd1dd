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
stdlib_module_names = frozenset(builtin_module_names)
dont_write_bytecode = True
pycache_prefix = None
warnoptions = []
prefix = exec_prefix = base_prefix = base_exec_prefix = ""


def __getattr__(name):
    if name == "monitoring":
        import _monitoring

        return globals().setdefault(name, _monitoring)

    # importlib makes these when they are first asked for.
    if name in ("meta_path", "path_hooks", "path_importer_cache"):
        import _frozen_importlib

        return globals()[name]
    raise AttributeError(f"module 'sys' has no attribute {name!r}")

