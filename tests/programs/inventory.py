# stdin: add widget 10 2.50
# stdin: add gadget 3 19.99
# stdin: remove widget 4
# stdin: remove gadget 10
# stdin: frobnicate
# stdin: add broken x 1
# stdin:
# stdin: report
# stdin: quit
# stdin: never read
"""A command loop that reads standard input."""


class Inventory:
    def __init__(self):
        self.stock = {}

    def add(self, name, quantity, price):
        quantity, price = int(quantity), float(price)
        have, _ = self.stock.get(name, (0, price))
        self.stock[name] = (have + quantity, price)
        return f"{name}: {have + quantity}"

    def remove(self, name, quantity):
        have, price = self.stock[name]
        if int(quantity) > have:
            raise ValueError(f"only {have} of {name}")
        self.stock[name] = (have - int(quantity), price)
        return f"{name}: {have - int(quantity)}"

    def report(self):
        lines = [
            f"{name:<10}{quantity:>5} x {price:>7.2f} = {quantity * price:>9.2f}"
            for name, (quantity, price) in sorted(self.stock.items())
        ]
        total = sum(quantity * price for quantity, price in self.stock.values())
        return "\n".join([*lines, f"{'total':<10}{total:>27.2f}"])


def main():
    inventory = Inventory()
    while True:
        try:
            line = input("> ")
        except EOFError:
            break
        if not line.strip():
            continue
        command, *arguments = line.split()
        if command == "quit":
            print("bye")
            return 0
        try:
            action = getattr(inventory, command)
            print(action(*arguments))
        except (AttributeError, ValueError, TypeError, KeyError) as error:
            print(f"{type(error).__name__}: {error}")
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
