# modes: gil none
"""Reading keys that stay, while others come and go and the table is rebuilt under the readers."""

import threading

ROUNDS = 2000
shared = {f"stays {i}": i for i in range(20)}
bad = []


def churn(name):
    for i in range(ROUNDS):
        shared[f"{name} {i}"] = i
    for i in range(ROUNDS):
        del shared[f"{name} {i}"]


def read():
    for i in range(ROUNDS * 2):
        k = i % 20
        if (
            shared[f"stays {k}"] != k
            or shared.get(f"stays {k}") != k
            or f"stays {k}" not in shared
            or "never" in shared
        ):
            bad.append(k)


threads = [threading.Thread(target=churn, args=(n,)) for n in ("a", "b")]
threads += [threading.Thread(target=read) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, shared == {f"stays {i}": i for i in range(20)})
