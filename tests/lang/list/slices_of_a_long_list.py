# stress: no, hundreds of thousands of polls
"""A slice costs what it changes and what moves along, not the whole list; that holds for a list that threads share too."""

import threading

LENGTH, ROUNDS = 200_000, 10_000


def change(numbers):
    for i in range(ROUNDS):
        numbers[i : i + 2] = [i, -i]
        numbers[i : i + 9 : 4] = [1, 2, 3]
        numbers[len(numbers) :] = [i, i + 1, i + 2]
        numbers[-2:-1] = [7, 8, 9]
        numbers[-3::2] = [5, 6]
        del numbers[-4::2]
        del numbers[-2:]
        numbers.insert(len(numbers) - 1, i)
        numbers.pop(-2)
        numbers[-1:] = []
        numbers.append(i)
        numbers.insert(-1, i)
        del numbers[-1]
    print(len(numbers), sum(numbers), numbers[:5], numbers[ROUNDS - 2 : ROUNDS + 9], numbers[-5:])


change([0] * LENGTH)
thread = threading.Thread(target=change, args=([0] * LENGTH,))
thread.start()
thread.join()
