"""Strings: joined, formatted, split, searched."""


def table(n):
    rows = []
    for i in range(n):
        rows.append(f"{i:06d},{i * 37 % 1000:>5},{'name' + str(i % 100)},{i / 7:.3f}")
    return "\n".join(rows)


def parse(text):
    total = 0
    names = set()
    for line in text.split("\n"):
        number, weight, name, ratio = line.split(",")
        total += int(number) + int(weight.strip())
        names.add(name.upper())
        if ratio.endswith("5"):
            total += 1
    return total, len(names)


def build(n):
    text = ""
    for i in range(n):
        text += chr(97 + i % 26)
    return text.count("xyz"), text.replace("abc", "-").find("z")


print(parse(table(500_000)), build(600_000))
