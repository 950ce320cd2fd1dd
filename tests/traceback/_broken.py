def run(n):
    return helper(n)


def helper(n):
    return n.no_such_attribute
