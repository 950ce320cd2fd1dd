"""Making, showing, copying and changing nodes."""
import _ast
import warnings


def show(make):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            print(make())
        except Exception as error:
            print(type(error).__name__, error)
    for warning in caught:
        print("   ", warning.category.__name__, warning.message)


Name, Constant, Return = _ast.Name, _ast.Constant, _ast.Return
show(lambda: Name("x"))
show(lambda: vars(Name("x", lineno=3)))
show(lambda: Name())
show(lambda: Name("x", foo=1))
show(lambda: Name("x", id="y"))
show(lambda: Name("x", 1, 2))
show(lambda: _ast.Add(1))
show(lambda: Return())
show(lambda: sorted(vars(_ast.FunctionDef("f", None))))
show(lambda: Constant())
show(lambda: Constant(1, lineno=3).__reduce_ex__(4))
show(lambda: Return().__reduce__())
show(lambda: vars(Constant(1).__replace__(value=3, lineno=4)))
show(lambda: Constant(1).__replace__(val=3))
show(lambda: Constant(1).__replace__(3))
bare = Name("x")
del bare.id, bare.ctx
show(lambda: bare.__replace__())
show(lambda: bare)
show(lambda: Constant((1, 2, 3)))
show(lambda: Constant([1, 2]))
show(lambda: Constant((1,)))
deep = _ast.Expr(_ast.Expr(_ast.Expr(_ast.Expr(3))))
show(lambda: deep)
ring = _ast.List()
ring.elts.append(ring)
show(lambda: ring)
show(lambda: _ast.List([Name(c) for c in "abcd"]))


class Own(_ast.AST):
    _fields = ("a", "b")
    _field_types = {"a": int, "b": str | None}


show(lambda: Own(1, 2))
show(lambda: Own(1, 2, 3))
show(lambda: Own())
show(lambda: _ast.AST.__init__(3))
show(lambda: compile("a", "", "eval", _ast.PyCF_ONLY_AST).body.ctx is compile("b", "", "eval", 0x400).body.ctx)
