def nested(rows):
    total = 0
    for row in rows:
        for x in row:
            total += x
    return total


def targets(pairs, o):
    for i, (a, b) in pairs:
        print(i, a, b)
    for o.x in pairs:
        continue
    for x in pairs:
        if x:
            break
    else:
        x = None
    return x


def branches(xs):
    for x in xs:
        if x:
            one()
        elif xs:
            two()
        else:
            three()
