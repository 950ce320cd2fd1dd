"""Records the trees of the programs in this folder: `python3.14 compiler/tests/ast/record.py`.

A line for each node: where it begins and ends in bytes, its class, and what it has besides children. In the order of
the text, outer nodes first.
"""

import ast
import itertools
import pathlib


def quoted(text):
    if isinstance(text, bytes):
        text = text.decode("latin-1")
    return '"' + "".join(c if " " <= c <= "~" else "\\u{%x}" % ord(c) for c in text) + '"'


def pieces(values):
    return quoted("".join(v.value if isinstance(v, ast.Constant) else "{}" for v in values))


def name(operator):
    return type(operator).__name__


def detail(node):
    match node:
        case ast.Constant(value=str() | bytes()):
            return f" {type(node.value).__name__} {quoted(node.value)}"
        case ast.Constant():
            return f" {type(node.value).__name__} {node.value!r}"
        case ast.JoinedStr() | ast.TemplateStr():
            return " " + pieces(node.values)
        case ast.FormattedValue() | ast.Interpolation():
            conversion = "" if node.conversion < 0 else " " + chr(node.conversion)
            return conversion + (" " + pieces(node.format_spec.values) if node.format_spec else "")
        case ast.Name():
            return " " + node.id
        case ast.Attribute():
            return " " + node.attr
        case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.AugAssign():
            return " " + name(node.op)
        case ast.Compare():
            return "".join(" " + name(op) for op in node.ops)
        case ast.alias():
            return f" {node.name}" + (f" as {node.asname}" if node.asname else "")
        case ast.ImportFrom():
            return f" {'.' * node.level}{node.module or ''}"
        case ast.keyword() | ast.arg():
            return f" {node.arg or '**'}"
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return " " + node.name
        case ast.Global() | ast.Nonlocal():
            return " " + " ".join(node.names)
        case ast.AnnAssign():
            return " simple" if node.simple else ""
        case ast.MatchAs() | ast.MatchStar():
            return f" {node.name}" if node.name else ""
        case ast.MatchSingleton():
            return f" {node.value}"
        case ast.MatchMapping():
            return f" {node.rest}" if node.rest else ""
        case ast.MatchClass():
            return "".join(" " + name for name in node.kwd_attrs)
    return ""


def record(source):
    lines = source.encode().splitlines(keepends=True)
    starts = [0, *itertools.accumulate(map(len, lines))]
    found = []

    def visit(node):
        if hasattr(node, "lineno"):
            start = starts[node.lineno - 1] + node.col_offset
            end = starts[node.end_lineno - 1] + node.end_col_offset
            found.append((start, -end, name(node) + detail(node)))
        for field, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if field == "format_spec" and child:
                    for part in child.values:
                        if not isinstance(part, ast.Constant):
                            visit(part)
                elif isinstance(child, ast.AST):
                    if not isinstance(node, ast.JoinedStr | ast.TemplateStr) or not isinstance(child, ast.Constant):
                        visit(child)

    visit(ast.parse(source))
    return "".join(f"{start}..{-end} {what}\n" for start, end, what in sorted(found))


for path in sorted(pathlib.Path(__file__).parent.glob("*.py")):
    if path.name != "record.py":
        path.with_suffix(".txt").write_text(record(path.read_text()))
