# `_frozen_importlib_external`: Lib's own importlib._bootstrap_external, and how it finds what is in the library's image.
import _imp

exec(_imp._library_code("importlib._bootstrap_external"), globals())


class LibraryLoader(_LoaderBasics):
    """Loads a module of the library's image."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def get_filename(self, fullname=None):
        return self.path

    def get_code(self, fullname):
        return _imp._library_code(fullname)

    def get_source(self, fullname):
        return _imp._library_source(self.path)

    def get_data(self, path):
        source = _imp._library_source(path)
        if source is None:
            raise FileNotFoundError(2, "No such file or directory", path)
        return source.encode()


class LibraryFinder:
    """Finds modules in the library's image, of which an entry of sys.path or of a package's __path__ is a folder."""

    def __init__(self, path):
        if path != _imp._library_root and not path.startswith(_imp._library_root + "/"):
            raise ImportError("no folder of the library", path=path)
        self.path = path

    def __repr__(self):
        return f"LibraryFinder({self.path!r})"

    def _names(self):
        """The prefix of the names of this folder's modules."""
        return self.path[len(_imp._library_root) + 1:].replace("/", ".") + "." if "/" in self.path else ""

    def find_spec(self, fullname, target=None):
        place = _imp._find_in_library(self._names() + fullname.rpartition(".")[2])
        return place and _library_spec(fullname, *place)

    def iter_modules(self, prefix=""):
        """The names of this folder's modules, and whether they are packages; for pkgutil."""
        start = self._names()
        for name, is_package in _imp._library_modules():
            rest = name[len(start):]
            if name.startswith(start) and rest and "." not in rest:
                yield prefix + rest, is_package

    def invalidate_caches(self):
        """The image does not change."""


def _library_spec(name, path, folder):
    spec = _bootstrap.ModuleSpec(name, LibraryLoader(name, path), origin=path, is_package=folder is not None)
    spec._set_fileattr = True
    if folder is not None:
        spec.submodule_search_locations.append(folder)
    return spec


def _spec_of_native(module):
    """The spec of a module that was imported natively, from the image or a file."""
    name, path = module.__name__, getattr(module, "__file__", None)
    folders = getattr(module, "__path__", None)
    if path is None:
        spec = _bootstrap.ModuleSpec(name, NamespaceLoader(name, folders, None), is_package=True)
        spec.submodule_search_locations = folders
        return spec
    if path.startswith(_imp._library_root + "/"):
        return _library_spec(name, path, folders[0] if folders else None)
    return spec_from_file_location(name, path, submodule_search_locations=folders)


def _archive_hook(path):
    """Makes a finder for an archive, or a folder in one. `zipimport` is only imported where a file is."""
    place = path
    while place and not _path_isfile(place):
        if _path_isdir(place):
            break
        place = _path_split(place)[0]
    if not place or not _path_isfile(place):
        raise ImportError("no archive", path=path)
    from zipimport import zipimporter

    return zipimporter(path)


def _install(_bootstrap_module):
    """Install the path-based import components."""
    _set_bootstrap_module(_bootstrap_module)
    sys.path_hooks.append(LibraryFinder)
    sys.path_hooks.append(_archive_hook)
    sys.path_hooks.append(FileFinder.path_hook(*_get_supported_file_loaders()))
    sys.meta_path.append(PathFinder)
