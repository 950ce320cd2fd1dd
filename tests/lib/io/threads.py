# modes: gil none
"""Each operation of a file that threads share is done whole."""

import io
import os
import threading

path = f"/tmp/argil_io_threads_{os.getpid()}"
LINES, THREADS = 2000, 4


def run(work):
    threads = [threading.Thread(target=work, args=(i,)) for i in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


with open(path, "w") as f:
    run(lambda i: [f.write(f"{i} {j} {'x' * (j % 50)}\n") for j in range(LINES)])
with open(path) as f:
    lines = f.readlines()
print(len(lines), all(len(line.split()[1:]) in (1, 2) for line in lines))
print(all([int(line.split()[1]) for line in lines if line[0] == str(i)] == list(range(LINES)) for i in range(THREADS)))
with open(path) as f:
    found = []
    run(lambda i: found.extend(iter(f.readline, "")))
    print(sorted(found) == sorted(lines))
with open(path, "rb") as f:
    found = []
    run(lambda i: found.extend(iter(f.readline, b"")))
    print(len(found), sorted(found) == sorted(line.encode() for line in lines))
with open(path, "wb") as f:
    run(lambda i: [f.write(bytes([65 + i]) * 9 + b"\n") for j in range(LINES)])
with open(path, "rb") as f:
    print({bytes(line): n for line, n in sorted((line, 1) for line in f)})
os.remove(path)
data, text = io.BytesIO(), io.StringIO()
run(lambda i: [(data.write(b"%d;" % i * 3), text.write(f"{i};" * 3)) for j in range(LINES)])
for held in data.getvalue().decode(), text.getvalue():
    print(len(held), all(held.count(f"{i};{i};{i};") >= LINES for i in range(THREADS)))
data.seek(0)
found = []
run(lambda i: found.extend(iter(lambda: data.read(6), b"")))
print(len(found), sorted(set(found)))
