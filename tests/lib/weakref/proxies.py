"""Proxies: what is done with one is done with its object."""

import _weakref
import gc


class Number:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Number({self.value})"

    def __add__(self, other):
        return ("add", self.value, other)

    def __radd__(self, other):
        return ("radd", other, self.value)

    def __iadd__(self, other):
        self.value += other
        return self

    def __neg__(self):
        return -self.value

    def __lt__(self, other):
        return self.value < other

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    def __len__(self):
        return 3

    def __getitem__(self, key):
        return ("item", key)

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("delete", key)

    def __contains__(self, key):
        return key == 1

    def __iter__(self):
        return iter("abc")

    def __call__(self, *args, **kwargs):
        return args, kwargs


n = Number(4)
p = _weakref.proxy(n)
print(type(p), p.__class__, isinstance(p, Number), _weakref.proxy(n) is p, str(p), repr(p)[:17])
print(p + 1, 2 + p, -p, p < 5, 5 > p, p == 4, p != 4, p == n, len(p), p["k"], 1 in p, 2 in p, list(p), bool(p))
print(p(1, a=2))
p.extra = 5
print(n.extra, p.extra, hasattr(p, "value"), hasattr(p, "none"))
del p.extra
print(hasattr(n, "extra"))
p[1] = 2
del p[3]
q = p
q += 10
print(n.value, q is n)
for wrong in hash, next:
    try:
        wrong(p)
    except TypeError as error:
        print(error)


class Plain:
    def step(self):
        return "stepped"


x = Plain()
plain = _weakref.proxy(x, lambda proxy: print("dead", type(proxy).__name__))
print(type(plain), plain.step())
del x
gc.collect()
for use in (lambda: plain.step, lambda: str(plain), lambda: plain + 1, lambda: len(plain), lambda: bool(plain)):
    try:
        use()
    except ReferenceError as error:
        print(error)
print(repr(plain).startswith("<weakproxy at 0x"), repr(plain).endswith("; dead>"))
