# stress: no, it makes megabytes of it
"""Garbage is collected: what a loop throws away does not add up, cycles included."""


def peak_megabytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return 0


class Node:
    def __init__(self, payload):
        self.payload = payload
        self.me = self


kept = []
for i in range(30_000):
    rows = [0.5 + j for j in range(200)]
    table = {i: rows, "other": str(i) * 10}
    node = Node(table)
    table["back"] = node
    if i % 3000 == 0:
        kept.append((i, rows[-1], node))
print([(i, last, node.payload[i][0], node.me is node) for i, last, node in kept])
print(peak_megabytes() < 120)
