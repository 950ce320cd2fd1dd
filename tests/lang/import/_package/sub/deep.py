from . import sibling_value
from .. import constant as parent_constant
from ..other import function

VALUE = function() + "!"
