"a b".split().join(",")
