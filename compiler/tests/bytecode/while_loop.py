def countdown(n):
    while n > 0:
        n -= 1


def leaves_early(n):
    while n:
        if n == 3:
            break
        if n == 5:
            continue
        n = step(n)
    else:
        done()


def forever():
    while True:
        tick()


def reads(read):
    while line := read():
        use(line)


def tests_with_code(xs):
    while any(x for x in xs):
        xs = step(xs)


def spins():
    while True:
        pass


def branches(n):
    while n:
        if n > 1:
            n = one()
        else:
            n = two()
