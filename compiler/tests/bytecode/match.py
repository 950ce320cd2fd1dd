match subject:
    case 1 | None:
        a()
    case [x, [y, *rest]] if x:
        b()
    case [first, *_, last]:
        c()
    case {"k": v, **others}:
        d()
    case Point(0, y=z):
        e()
    case _ as whole:
        f()
