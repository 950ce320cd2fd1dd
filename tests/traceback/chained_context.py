def lookup(d, key):
    try:
        return d[key]
    except KeyError:
        return d["default"]


lookup({}, "k")
