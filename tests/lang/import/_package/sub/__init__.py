print("sub init")
name = "sub"
from .sibling import sibling_value
