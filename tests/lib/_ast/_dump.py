"""A tree as text, with the places of its nodes."""
from _ast import AST, PyCF_ONLY_AST


def dump(node):
    if isinstance(node, list):
        return "[" + ", ".join(map(dump, node)) + "]"
    if not isinstance(node, AST):
        return repr(node)
    fields = ", ".join(f"{name}={dump(getattr(node, name))}" for name in node._fields)
    places = [getattr(node, name) for name in node._attributes]
    where = "@" + ":".join(map(str, places)) if places else ""
    return f"{type(node).__name__}{where}({fields})"


def show(text, mode="exec"):
    print(dump(compile(text, "<text>", mode, PyCF_ONLY_AST)))
