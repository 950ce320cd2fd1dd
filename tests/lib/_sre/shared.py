# modes: gil none
# A pattern, a scanner and a match that many threads use at once.
import threading
from _code import *

pattern = compiled(group(1, repeat(in_set([CATEGORY, 10]), 1, MOST)), 1, {"n": 1})
subject = "é".join(str(number) for number in range(4000))
scanner = pattern.scanner(subject)
match = pattern.search(subject, 20)
found, regs, busy = [], [], []


def work():
    while True:
        try:
            next_match = scanner.search()
        except ValueError as error:
            assert str(error) == "regular expression scanner already executing"
            busy.append(1)
            continue
        if next_match is None:
            break
        found.append(int(next_match["n"]))
    regs.append((match.regs, match.groupdict(), len(pattern.findall(subject)), pattern.sub("", subject) == "é" * 3999))


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(found) == list(range(4000)), set(map(str, regs)))
