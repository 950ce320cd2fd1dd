# modes: gil none
"""Compound operations need a lock, in every mode; with one, nothing is lost."""

import threading

ROUNDS = 1500


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()


accounts = [Account(1000) for _ in range(4)]


def transfer(source, target):
    first, second = sorted((source, target))
    for i in range(ROUNDS):
        with accounts[first].lock, accounts[second].lock:
            accounts[source].balance -= i % 7
            accounts[target].balance += i % 7


threads = [threading.Thread(target=transfer, args=(n, (n + 1) % 4)) for n in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sum(a.balance for a in accounts), [a.lock.locked() for a in accounts])
