"""Every class of nodes, with all that it says of itself."""
import _ast

for name in sorted(vars(_ast)):
    if name.startswith("__"):
        continue
    value = getattr(_ast, name)
    if not isinstance(value, type):
        print(name, value)
        continue
    print(name, value.__base__.__name__, value._fields, value._attributes, value.__match_args__)
    print("   ", getattr(value, "_field_types", None), value.__module__, repr(value.__doc__))
    defaults = [k for k, v in vars(value).items() if v is None and k != "__doc__" and not k.startswith("__")]
    print("   ", sorted(defaults))

print(issubclass(_ast.Add, _ast.operator), _ast.AST.__base__, _ast.AST.__name__)
match _ast.Name("x", _ast.Load()):
    case _ast.Name(name, _ast.Store()):
        print("stored", name)
    case _ast.Name(name, _ast.Load()):
        print("loaded", name)
