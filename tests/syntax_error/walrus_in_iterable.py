rows = [x for x in (lambda a=[y for y in (1, 2)]: (b := a))()]
