"""Keys that are deleted and come back, as the same object and as an equal one."""

for make in (lambda n: n, lambda n: (0, n), lambda n: f"key {n}", float, lambda n: n * 10**30 + 1):
    d = {}
    for turn in range(1, 1000):
        key = turn % 64
        d[make(key)] = turn
        if d.get(make(key)) != turn:
            print("lost", turn)
            break
        if turn % 3 == 0:
            d.pop(make(key))
            if make(key) in d:
                print("came back", turn)
                break
    else:
        print(len(d), sum(d.values()))
