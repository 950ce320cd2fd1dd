def f():
    value = 1
    print(vlaue)


f()
