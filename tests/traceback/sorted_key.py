def key(x):
    return x["rank"]


sorted([{"rank": 1}, {}], key=key)
