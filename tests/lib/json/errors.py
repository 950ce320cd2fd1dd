"""What the scanner and the encoder say of what they cannot read or write."""
import _json
import collections
import json


class Plain:
    pass


class Own(list):
    pass


def default(value):
    return [Plain] if isinstance(value, Plain) else 1 / 0


def show(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error, getattr(error, "__notes__", None))


for value in ([Plain()], Own([1, Plain()]), {"a": Own([{"é": {1}}])}, Plain(), {1: Plain()}, {(1,): 2}, [float("nan")]):
    show(json.dumps, value, allow_nan=False)
show(json.dumps, [Plain()], default=default)
show(json.dumps, collections.OrderedDict(a=Plain()))
show(json.dumps, {True: 1, "a": 2}, sort_keys=True)
show(json.dumps, {float("inf"): 1}, allow_nan=False)
circle = [1]
circle.append({"again": circle})
show(json.dumps, circle)

for text in (
    "[1,]", '{"a":1,}', "[", "{", '{"a"', '{"a":', '{"a":1', "[1", "[1 2", "{1", "tru", '"abc', '"a\nb"', '{"a":1 "b"',
    '[1,\n"é" 3', "-Infinity", "-", "1.", "1e", "1e+5", "-0", "01", "1.5E3", '{"a":1,  }', '"\\u12"', '"\\ud83d\\u12"',
    '"\\x"', '["\\', "1" * 5000,
):
    show(json.loads, text)

for args in ((1, 0), ("x", -1), ("", 0), ("nan", 0), ("-", 0), ('"a\\u12', 1), ('"a\\q"', 1), ("é\\q", 1)):
    show(json.JSONDecoder().scan_once, *args)
    show(_json.scanstring, *args)
for function in (_json.encode_basestring, _json.encode_basestring_ascii):
    show(function, 1)
for args in ((1,) * 9, (None,) * 9, (1, None, None, None, "a", "b", 1, 1, 1)):
    show(_json.make_encoder, *args)
show(_json.make_encoder(None, None, lambda text: 4, None, ": ", ", ", False, False, True), "x", 0)


class Wrong(dict):
    def items(self):
        return [(1, 2, 3)]


show(json.dumps, Wrong(a=1))
deep = "[" * 500_000
for text in (deep, deep.replace("[", '{"a":')):
    try:
        json.loads(text)
    except RecursionError as error:
        print(type(error).__name__)
try:
    json.dumps(Plain(), default=lambda value: [value], check_circular=False)
except RecursionError as error:
    print(type(error).__name__)
