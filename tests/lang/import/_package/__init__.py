print("package init", __name__)
constant = 10
from . import other
