"""What a case binds, and when."""


def early(value):
    a = b = "old"
    match value:
        case [a, b, 3]:
            return "matched", a, b
        case [a, 5]:
            return "second", a, b
    return "none", a, b


print(early([1, 2, 3]), early([1, 2, 4]), early([1, 5]), early(7))


def guarded(value):
    x = "old"
    match value:
        case [x, y] if x > y:
            return "guard", x, y
        case value if value == "again":
            return "again", x
        case [y, x]:
            return "last", x, y
    return "none", x, value


print(guarded([2, 1]), guarded([1, 2]), guarded("again"), guarded("other"))


def subject_changes():
    x = [1, [2, 3]]
    match x:
        case [1, x] if x == 7:
            return "no"
        case [1, [2, y]]:
            return x, y


print(subject_changes())

match (1, {"k": [10, 20, 30]}, "end"):
    case (int() as n, {"k": [head, *tail], **others}, ("end" | "stop") as word):
        print(n, head, tail, others, word)

match [1, 2, 3]:
    case [x] | [x, _] | [_, _, x]:
        print("alternative", x)


class InClass:
    match {"p": 1}:
        case {"p": attribute}:
            pass


print(InClass.attribute)


def cells():
    match [1, 2]:
        case [a, b]:
            return lambda: a + b


print(cells()())


def of_globals():
    global found
    match "global":
        case found:
            pass


of_globals()
print(found)


def nested(value):
    match value:
        case {"op": "add", "args": [left, right]}:
            match left, right:
                case int(), int():
                    return left + right
                case str(), _:
                    return left + str(right)
        case {"op": op}:
            return f"unknown {op}"
        case _:
            return "no operation"


for value in ({"op": "add", "args": [1, 2]}, {"op": "add", "args": ["a", 2]}, {"op": "add", "args": [1, "b"]}, {"op": "x"}, 3):
    print(nested(value))

match = "still a name"
case = [match]
print(match, case)
for n in range(4):
    match n:
        case 1:
            continue
        case 3:
            break
    print("loop", n)
while True:
    match n:
        case 3:
            n = 0
        case _:
            break


def many(command):
    match command.split():
        case ["go", ("north" | "south") as way]:
            return way
        case ["go", *ways] if len(ways) > 1:
            return "many ways"
        case ["take", item, *_]:
            return item
        case [] | [""]:
            return "nothing"
        case _:
            return f"what is {command!r}?"


for command in ("go north", "go west", "go a b", "take lamp now", "", "dance"):
    print(many(command))
