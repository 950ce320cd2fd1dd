"""Observers, a registry of commands, an undo stack and a small simulation with a seeded random generator."""

import random


class Observable:
    def __init__(self):
        self._observers = {}

    def on(self, event):
        def register(function):
            self._observers.setdefault(event, []).append(function)
            return function

        return register

    def emit(self, event, *args, **kwargs):
        return [observer(*args, **kwargs) for observer in self._observers.get(event, ())]


bus = Observable()


@bus.on("greet")
def hello(name, punctuation="."):
    return f"hello {name}{punctuation}"


@bus.on("greet")
@bus.on("leave")
def shout(name, **_):
    return name.upper()


print(bus.emit("greet", "ann", punctuation="!"), bus.emit("leave", "bob"), bus.emit("nothing"))


class Editor:
    def __init__(self):
        self.text = ""
        self._undo = []

    def do(self, command, *args):
        method = getattr(self, f"do_{command}", None)
        if method is None:
            raise NotImplementedError(f"unknown command {command!r}")
        before = self.text
        method(*args)
        self._undo.append((command, before))
        return self

    def do_insert(self, text, at=None):
        at = len(self.text) if at is None else at
        self.text = self.text[:at] + text + self.text[at:]

    def do_delete(self, start, end):
        self.text = self.text[:start] + self.text[end:]

    def undo(self):
        command, self.text = self._undo.pop()
        return command


editor = Editor()
editor.do("insert", "hello").do("insert", " world").do("delete", 0, 1).do("insert", "J", 0)
print(editor.text, editor.undo(), editor.undo(), editor.text, len(editor._undo))
try:
    editor.do("format")
except NotImplementedError as error:
    print(error)


class Customer:
    next_id = 1

    def __init__(self, arrival, service):
        self.id, self.arrival, self.service = Customer.next_id, arrival, service
        Customer.next_id += 1


def simulate(seed, count):
    rng = random.Random(seed)
    clock = free_at = 0
    waits = []
    for _ in range(count):
        clock += rng.randint(1, 5)
        customer = Customer(clock, rng.randint(1, 6))
        start = max(clock, free_at)
        waits.append(start - customer.arrival)
        free_at = start + customer.service
    return max(waits), round(sum(waits) / len(waits), 3), free_at


print(simulate(1, 100), simulate(2, 100), Customer.next_id)
random.seed(12)
word = random.choice(["python", "argil", "clay"])
shown = ["_"] * len(word)
for guess in random.sample("abcdefghijklmnopqrstuvwxyz", 20):
    for i, c in enumerate(word):
        if c == guess:
            shown[i] = c
    if "_" not in shown:
        break
print(word, "".join(shown))
