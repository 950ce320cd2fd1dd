def outer(x):
    def inner():
        return x, y

    before = inner.__closure__[1]
    try:
        before.cell_contents
    except ValueError as error:
        print(error)
    y = 2
    return inner


inner = outer(1)
print([cell.cell_contents for cell in inner.__closure__], inner())
inner.__closure__[0].cell_contents = 5
print(inner())
