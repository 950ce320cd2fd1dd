"""Values as text and back, with every hook."""
import json

value = {
    "text": 'quotes " and \\ and \n\t\r\b\f\x01\x7f é € 😀',
    "numbers": [0, -1, 2**70, -(10**30), 0.1, -1.5e300, 1e-7, 1e22, 123456789012345680.0],
    "words": [True, False, None],
    "": {}, "empty": [[], {}, ()],
}
for options in (
    {}, {"ensure_ascii": False}, {"indent": 2}, {"indent": "\t", "separators": (",", ":")}, {"sort_keys": True},
    {"indent": 0}, {"check_circular": False, "indent": 1},
):
    text = json.dumps(value, **options)
    print(text)
    assert json.loads(text) == json.loads(json.dumps(value))

odd = {1: "int", 1.5: "float", True: "bool", None: "none", (1, 2): "skipped"}
print(json.dumps(odd, skipkeys=True))
print(json.dumps({"a": float("nan"), "b": [float("inf"), float("-inf")]}))
print(json.dumps([{1, 2}, b"x"], default=lambda other: sorted(other)))
print(json.loads('{"a": 1, "b": {"c": 2}}', object_hook=lambda made: sorted(made.items())))
print(json.loads('{"a": 1, "b": {"c": 2}}', object_pairs_hook=lambda pairs: pairs))
print(json.loads("[1, 2.5, -3e2, NaN, Infinity, -Infinity]", parse_int=str, parse_float=lambda t: t, parse_constant=repr))
print(json.loads(' \n\t[ "\\u00e9\\ud83d\\ude00\\/" , { "k" : [ ] , "l" : { } } ] \r\n'))
print(json.loads('"a\tb"', strict=False), json.loads(b'{"k": "\xc3\xa9"}'))
same = json.loads('[{"a_key": 1, "b_\xe9": 2}, {"a_key": 3, "b_\xe9": 4}]')
print([a is b for a, b in zip(*same)])


class Text(str):
    pass


class Number(int):
    def __repr__(self):
        return "wrong"


print(json.dumps({Text("k"): [Text("é"), Number(5)]}))
print(json.JSONEncoder(indent=3).encode([1, {"a": [2]}]))
print("".join(json.JSONEncoder(indent=3).iterencode([1, {"a": [2]}])))
