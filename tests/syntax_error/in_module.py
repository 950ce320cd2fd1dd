print("before import")
import _bad_syntax
