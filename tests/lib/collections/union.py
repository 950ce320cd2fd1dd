from collections import OrderedDict, defaultdict

counts = defaultdict(int, a=1)
print(counts | {"b": 2}, {"a": 5, "b": 2} | counts, type({} | counts).__name__, ({} | counts)["new"])
ordered = OrderedDict(a=1)
print(ordered | {"b": 2}, {"a": 5, "b": 2} | ordered, ordered | counts, counts | ordered)
for f in (lambda: counts | [], lambda: [] | ordered):
    try:
        f()
    except TypeError as error:
        print(error)
