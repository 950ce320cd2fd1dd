def t(x):
    print(x, end=" ")
    return x


print(t(1) + t(2) * t(3))
print([t(1), t(2)][t(0)])
d = {t("k"): t("v"), t("k2"): t("v2")}
print(t(1) < t(2) < t(3))


def f(*args, **kwargs):
    return len(args) + len(kwargs)


print(f(t(1), t(2), *[t(3)], a=t(4), **{"b": t(5)}))
a = [0, 0]
a[t(0)], a[t(1)] = t(2), t(3)
print(a)
a[t(1)] += t(5)
print(a)
x = t("val") if t(True) else t("never")
print(x)
print((lambda p=t("default"): p)())


class C:
    attr = t("class body")

    def __init__(self):
        t("init")

    def __setattr__(self, name, value):
        t(f"set {name}")
        object.__setattr__(self, name, value)


C().y = t("value")
print()
i = 0
b = [10, 20, 30]
i = b[i] = 1
print(i, b)
print(
    t(2) ** t(3) ** t(0),
    -(t(2) ** 2),
    t("%s") % t("x"),
    t(1) if t(0) else t(2),
    not t(0) == t(1),
    t(1) | t(2) & t(3) ^ t(4) << t(1),
)
