def T(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


class C:
    def __complex__(self):
        return 5


class C2:
    def __complex__(self):
        return 1 + 2j


class C3:
    def __float__(self):
        return 5


class C4:
    def __int__(self):
        return "a"


class C5:
    def __index__(self):
        return "a"


class C6:
    def __bool__(self):
        return 5

    def __len__(self):
        return -1

    def __str__(self):
        return 5

    def __repr__(self):
        return 5

    def __hash__(self):
        return "a"

    def __iter__(self):
        return 5

    def __contains__(self, x):
        return "yes"

    def __format__(self, s):
        return 5

    def __bytes__(self):
        return 5

    def __float__(self):
        return 1.5


class C7:
    def __len__(self):
        return "a"


class C8:
    def __index__(self):
        return 7


for x in (
    "complex(C())",
    "complex(C2())",
    "float(C3())",
    "int(C4())",
    "hex(C5())",
    "bool(C6())",
    "len(C6())",
    "str(C6())",
    "repr(C6())",
    "hash(C6())",
    "iter(C6())",
    "5 in C6()",
    "format(C6())",
    "f'{C6()}'",
    "bytes(C6())",
    "len(C7())",
    "[1,2][C5()]",
    "range(C5())",
    "print(C6())",
    "'%s' % C6()",
    "bool(C7())",
    "complex(C8())",
    "float(C8())",
    "int(C8())",
    "range(C8())",
    "[1]*C8()",
    "list(C6())",
    "'a' * C5()",
    "complex(C6())",
    "round(C6())",
    "abs(C6())",
    "-C6()",
    "C6()()",
    "C6()[0]",
    "C6() < C6()",
    "C6() + 1",
    "next(C6())",
    "int.__add__('a', 5)",
    "int.__add__(5, 'a')",
    "int.__add__()",
    "int.__add__(5)",
    "str.__len__(5)",
    "list.__getitem__([1], 'a')",
    "dict.__getitem__({}, 1)",
    "list.append(5, 5)",
    "list.append()",
    "object.__new__()",
    "object.__new__(5)",
    "object.__new__(int)",
    "int.__new__(str)",
    "object()()",
    "object().x",
    "object.__setattr__(5, 'a', 1)",
    "type('A', 5, {})",
    "type(5, (), {})",
    "type()",
    "type(1,2)",
    "[].__add__(5)",
    "(5).__add__('a')",
    "'a'.__add__(5)",
    "(5).__lt__('a')",
    "(5).__pow__(2, 3, 4)",
    "[].__iadd__(5)",
    "{}.__or__(5)",
    "[].__len__(1)",
    "str.__new__(int)",
    "float.__new__(str, 'a')",
    "object.__eq__(5)",
    "super()",
    "super(5)",
    "super(int, 'a')",
    "super(int, 5).foo",
    "property(5).fget",
    "classmethod()",
    "staticmethod()",
):
    print(x, end=" ")
    T(lambda: eval(x))
