def attempt(f):
    try:
        f()
    except TypeError as error:
        print(f"TypeError: {error}")


attempt(lambda: print("a", sep=1))
attempt(lambda: print("a", end=2))
attempt(lambda: print("a", colour="red"))
attempt(lambda: len())
attempt(lambda: len(1, 2))
attempt(lambda: len(5))
