import sys

print(
    sys.maxsize,
    sys.byteorder,
    sys.version_info >= (3, 14),
    sys.version_info[:2],
    sys.version_info.major,
    sys.version.startswith("3.14"),
    sys.platform,
    type(sys.path).__name__,
    type(sys.modules).__name__,
)
print(
    sys.implementation.name in ("cpython", "argil"),
    isinstance(sys.executable, str),
    sys.stdout is not sys.stderr,
    sys.float_info.epsilon,
    sys.float_info.max,
    sys.getrecursionlimit(),
    sys.hexversion >= 0x030E0000,
)
print(
    sys.intern("abc"),
    isinstance(sys.getsizeof([]), int),
    sys.getdefaultencoding(),
    sys.stdout.isatty() in (True, False),
    sys.flags is not None,
    sys._is_gil_enabled() in (True, False),
    sys.getswitchinterval() > 0,
)
sys.stdout.write("written\n")
sys.stdout.flush()
print(sys.stdout.encoding.lower(), sys.argv, "sys" in sys.modules, sys.modules["__main__"].__name__)
saved = sys.stdout


class Capture:
    def __init__(self):
        self.text = ""

    def write(self, s):
        self.text += s


sys.stdout = Capture()
print("captured", 1)
captured = sys.stdout.text
sys.stdout = saved
print(repr(captured))
try:
    sys.nope
except AttributeError as error:
    print(error)
