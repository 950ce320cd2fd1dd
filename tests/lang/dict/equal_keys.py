# A key that is deleted and inserted again as an equal object, not the same one.
d = {}
for turn in range(20):
    for n in range(4):
        d[n, "x"] = turn
        d["k" + str(n)] = turn
        d[n * 10**30 + 1] = turn
        assert (n, "x") in d and d["k" + str(n)] == turn and d[n * 10**30 + 1] == turn
    if turn % 3 == 0:
        for n in range(3):
            del d[n, "x"]
            del d["k" + str(n)]
            del d[n * 10**30 + 1]
            assert (n, "x") not in d and "k" + str(n) not in d
            d["k" + str(n)] = -1
            assert d.pop("k" + str(n)) == -1
print(len(d), d.get((1, "x")), d[3, "x"], list(d)[:3])
