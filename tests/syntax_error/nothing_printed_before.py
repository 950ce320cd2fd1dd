print("must not be printed")
def f(:
    pass
