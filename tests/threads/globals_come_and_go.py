# modes: gil none
# Threads that only read a global while others make, change and delete other globals.
import threading

counter = 0
stop = False
bad = []


def work():
    global counter
    while not stop:
        try:
            counter = (counter + 1) % 100
            helper()
            len("x")
        except NameError as e:
            bad.append(str(e))
            return


def helper():
    return counter


ts = [threading.Thread(target=work) for _ in range(3)]
for t in ts:
    t.start()
g = globals()
for i in range(20000):
    g[f"made{i}"] = i
    if i >= 50:
        del g[f"made{i - 50}"]
    if i % 1000 == 0:
        exec(f"also{i} = {i}")
stop = True
for t in ts:
    t.join()
print(bad, len([n for n in g if n.startswith("made")]), len([n for n in g if n.startswith("also")]), 0 <= counter < 100)
for i in range(19950, 20000):
    assert g[f"made{i}"] == i
g["len"] = lambda x: "shadowed"
print(len("abc"))
del g["len"]
print(len("abc"))
