# Scanners go on where the match before ended.
from _code import *

pattern = compiled(any_of(group(1, repeat(in_set([CATEGORY, 10]), 1, MOST)), group(2, [ANY])), 2)
scanner = pattern.scanner("12é3", 0, 4)
kind = type(scanner)
print(kind, kind.__doc__, scanner.pattern is pattern, attempt(kind), attempt(scanner.match, 1))
while match := scanner.match():
    print(match, match.lastindex)
print(scanner.match(), scanner.search())
scanner = compiled(repeat(text("x"), 0, MOST)).scanner("axxb")
print([scanner.search() for _ in range(6)])
scanner = compiled(repeat(text("x"), 0, MOST)).scanner("xxb")
print(scanner.match(), scanner.match(), scanner.match(), scanner.search(), scanner.search(), scanner.match())
array = bytearray(b"aXbX")
matches = compiled(text("X"), pattern=None).finditer(array)
print(next(matches).span())
for match in matches:
    print(match.span())
print(list(compiled([]).finditer("é")), list(compiled([]).finditer("", 5)))
