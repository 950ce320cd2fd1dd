# stress: no, half a million calls
"""Perfect play by minimax with a memory, on tuples."""

from functools import cache

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def winner(board):
    for a, b, c in LINES:
        if board[a] != " " and board[a] == board[b] == board[c]:
            return board[a]
    return None


def moves(board):
    return [i for i, square in enumerate(board) if square == " "]


def play(board, move, player):
    return board[:move] + (player,) + board[move + 1 :]


@cache
def value(board, player):
    """1 if X wins with best play, -1 if O does, 0 for a draw."""
    won = winner(board)
    if won or not moves(board):
        return {"X": 1, "O": -1, None: 0}[won]
    other = "O" if player == "X" else "X"
    results = (value(play(board, move, player), other) for move in moves(board))
    return max(results) if player == "X" else min(results)


def best(board, player):
    other = "O" if player == "X" else "X"
    choose = max if player == "X" else min
    return choose(moves(board), key=lambda move: value(play(board, move, player), other))


board, player = (" ",) * 9, "X"
print("value of the empty board:", value(board, player))
while winner(board) is None and moves(board):
    board = play(board, best(board, player), player)
    player = "O" if player == "X" else "X"
    print("\n".join("|".join(board[row : row + 3]) for row in (0, 3, 6)), end="\n\n")
print("winner:", winner(board), "positions seen:", value.cache_info().currsize)
