"""Nested lists: the product of two matrices."""


def matrix(n, seed):
    return [[float((i * seed + j) % 17) for j in range(n)] for i in range(n)]


def product(a, b):
    n = len(b)
    columns = len(b[0])
    result = []
    for row in a:
        out = []
        for j in range(columns):
            total = 0.0
            for k in range(n):
                total += row[k] * b[k][j]
            out.append(total)
        result.append(out)
    return result


c = product(matrix(200, 3), matrix(200, 7))
print(sum(sum(row) for row in c), c[17][42])
