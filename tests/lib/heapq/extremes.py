"""The n largest and smallest; where none are wanted, no key is asked for."""

import heapq

words = ["pear", "fig", "apple", "kiwi"]
for n in (2, 1, 9, 0, -1):
    print(n, heapq.nlargest(n, words, len), heapq.nsmallest(n, words, key=len))
print(heapq.nlargest(0, [3, "a"]), heapq.nsmallest(-2, words, lambda word: 1 / 0))
