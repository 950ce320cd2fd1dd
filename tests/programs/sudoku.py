"""Solving by constraint and search, with a board in strings."""

PUZZLE = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79
""".split()


def candidates(board, row, column):
    used = set(board[row]) | {board[r][column] for r in range(9)}
    top, left = row // 3 * 3, column // 3 * 3
    used |= {board[r][c] for r in range(top, top + 3) for c in range(left, left + 3)}
    return sorted(set("123456789") - used)


def solve(board):
    best = None
    for row in range(9):
        for column in range(9):
            if board[row][column] == ".":
                options = candidates(board, row, column)
                if not options:
                    return None
                if best is None or len(options) < len(best[2]):
                    best = row, column, options
    if best is None:
        return board
    row, column, options = best
    for digit in options:
        board[row][column] = digit
        if solve(board):
            return board
    board[row][column] = "."
    return None


solution = solve([list(line) for line in PUZZLE])
for i, row in enumerate(solution):
    if i and i % 3 == 0:
        print("------+-------+------")
    print(" | ".join(" ".join(row[c : c + 3]) for c in (0, 3, 6)))
print(all(sorted(row) == list("123456789") for row in list(zip(*solution)) + solution))
