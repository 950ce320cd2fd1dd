# modes: gil none
"""Methods and class attributes replaced while others call them: calls see one or the other."""

import threading

ROUNDS = 1500


class Target:
    value = 1

    def method(self):
        return 1


def replacement(n):
    return lambda self: n


bad = []


def replace(n):
    method = replacement(n)
    for _ in range(ROUNDS):
        Target.method = method
        Target.value = n


def call():
    shared = Target()
    for _ in range(ROUNDS):
        if shared.method() not in (1, 2, 3) or shared.value not in (1, 2, 3):
            bad.append(shared.value)


threads = [threading.Thread(target=replace, args=(n,)) for n in (2, 3)]
threads += [threading.Thread(target=call) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, Target().method() in (2, 3), Target.value in (2, 3))
