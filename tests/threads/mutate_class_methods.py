# modes: gil none
# stress: no, a million calls
"""A method is replaced by an attribute of another kind while other threads use it: they see one or the other."""

import threading

ROUNDS = 3000


class Target:
    def method(self):
        return "method"


shared = Target()
bad = []
running = True
KINDS = [
    lambda self: "function",
    staticmethod(lambda: "static"),
    classmethod(lambda cls: cls.__name__),
    property(lambda self: lambda: "property"),
]


def use():
    while running:
        result = shared.method()
        if result not in ("method", "function", "static", "Target", "property"):
            bad.append(result)


def change():
    for i in range(ROUNDS):
        Target.method = KINDS[i % len(KINDS)]


users = [threading.Thread(target=use) for _ in range(2)]
for t in users:
    t.start()
changing = threading.Thread(target=change)
changing.start()
changing.join()
running = False
for t in users:
    t.join()
print(bad, shared.method())
