x = "global"


def read():
    return x


def shadow():
    x = "local"
    return x


def write():
    global x, created
    x = "changed"
    created = "new global"


def unbound():
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = 1


print(read(), shadow(), x)
write()
print(read(), x, created)
unbound()


def outer():
    x = "enclosing"

    class C:
        y = x
        x = "class"

        def method(self):
            return x

    return C.y, C.x, C().method()


print(outer())


def conditional(flag):
    if flag:
        v = 1
    return v


print(conditional(True))
try:
    conditional(False)
except UnboundLocalError as error:
    print(error)


def f():
    print = "shadowed"
    return print


print(f())
len_before = len
len = lambda x: "my len"
print(len([]))
del len
print(len([1]))
try:
    unknown_name
except NameError as error:
    print(error, error.name)


def augmented():
    x += 1


try:
    augmented()
except UnboundLocalError as error:
    print(error)
for loop_var in range(2):
    pass
print(loop_var, "loop_var" in globals(), sorted(k for k in locals() if k.startswith("loop")))


def has_locals(a, b=2):
    c = 3
    return locals()


print(has_locals(1))
