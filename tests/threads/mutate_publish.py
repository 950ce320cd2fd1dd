# modes: gil none
"""Structures built by one thread and handed over through a shared list arrive complete."""

import threading

ROUNDS = 1000
mailbox = [None]
bad = []


class Node:
    def __init__(self, n):
        self.n = n
        self.children = [n, (n, {"n": n})]
        self.mapping = {"self": self, n: str(n)}


def build():
    for i in range(ROUNDS):
        mailbox[0] = Node(i)


def inspect():
    for _ in range(ROUNDS):
        node = mailbox[0]
        if node is None:
            continue
        n = node.n
        if (
            node.children != [n, (n, {"n": n})]
            or node.mapping["self"] is not node
            or node.mapping[n] != str(n)
        ):
            bad.append(n)


threads = [threading.Thread(target=build), threading.Thread(target=inspect), threading.Thread(target=inspect)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(bad, mailbox[0].n)
