import _package
import _package.sub
import _package.sub.deep as deep
from _package import sub, constant
from _package.other import function
from _package.sub.deep import VALUE

print(
    _package.__name__,
    _package.constant,
    _package.sub.name,
    sub is _package.sub,
    constant,
    function(),
    VALUE,
    deep.__name__,
)
print(
    _package.other.function is function,
    deep.sibling_value,
    deep.parent_constant,
    _package.__package__,
    sub.__package__,
    deep.__package__,
)
import _package.other

print(_package.other.__name__)
