def f(a):
    empty = [], (), {}
    few = [a, 1]
    table = [1, 2, 3]
    letters = {"a", "b", "c"}
    return {a: 1, "b": [a]}, {a}, (a,), few, table, letters, empty
