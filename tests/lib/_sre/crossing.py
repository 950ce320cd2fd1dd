# Patterns travel between threads.
# modes: gil none
import queue
import threading
from _code import *

pattern = compiled(group(1, repeat(in_set([CATEGORY, 14]), 1, MOST)) + text("é"), 1, {"word": 1}, "(?P<word>…)é", 34)


def work(pattern, answers):
    answers.put((pattern, pattern.findall("aé bcé éé"), pattern.search("xé").groupdict()))


answers = queue.Queue()
thread = threading.Thread(target=work, args=(pattern, answers))
thread.start()
thread.join()
back, found, groups = answers.get()
print(back, back == pattern, hash(back) == hash(pattern), dict(back.groupindex), found, groups, back.match("zé").lastgroup)
