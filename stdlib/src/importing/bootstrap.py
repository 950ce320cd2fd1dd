# `_frozen_importlib`: Lib's own importlib._bootstrap under the name by which it finds itself, set up. It is imported when a
# script first asks for what it is for: finders, loaders, specs. Until then, and as long as sys.meta_path and sys.path_hooks
# stay as they are made here, modules are imported natively, in the same order.
import _imp
import sys

exec(_imp._library_code("importlib._bootstrap"), globals())
sys.meta_path = []
sys.path_hooks = []
sys.path_importer_cache = {}
_install(sys, _imp)
_install_external_importers()


def _place(module):
    """Gives a module that was imported natively its __spec__ and __loader__."""
    name = module.__name__
    if "__spec__" in vars(module) or name == "__main__":
        return
    if name in sys.builtin_module_names or name == "builtins":
        spec = ModuleSpec(name, BuiltinImporter, origin="built-in")
    else:
        spec = _bootstrap_external._spec_of_native(module)
    module.__spec__ = spec
    module.__loader__ = spec.loader


for _module in list(sys.modules.values()):
    if isinstance(_module, type(sys)):
        _place(_module)
_imp._importlib_is_ready()
