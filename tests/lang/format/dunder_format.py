class Money:
    def __init__(self, amount):
        self.amount = amount

    def __format__(self, spec):
        print(f"spec={spec!r}", end=" ")
        if spec == "bad":
            return 5
        return f"{self.amount:{spec or '.2f'}}€"

    def __str__(self):
        return "str form"

    def __repr__(self):
        return "repr form"


m = Money(5)
print(f"{m}", f"{m:.1f}", f"{m!s}", f"{m!r:>12}", "{:8.3f}".format(m), format(m, "e"), format(m), "%s" % m)


class Plain:
    def __str__(self):
        return "plain"


p = Plain()
print(f"{p}", format(p, ""))
for f in (lambda: f"{p:>10}", lambda: format(m, "bad"), lambda: format(m, 5), lambda: format()):
    try:
        f()
    except TypeError as error:
        print(error)
