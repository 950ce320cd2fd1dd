# modes: gil none
"""Threads that allocate for all they are worth while collections happen."""

import threading

results = [None] * 4


def work(n):
    kept = []
    for i in range(3000):
        structure = {"list": [i] * 20, "text": f"{n}-{i}", "nested": [{"i": i}]}
        structure["self"] = structure
        if i % 50 == 0:
            kept.append(structure)
    results[n] = (
        len(kept),
        sum(s["nested"][0]["i"] for s in kept),
        all(s["self"] is s and len(s["list"]) == 20 for s in kept),
        kept[-1]["text"],
    )


threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for result in results:
    print(result)
