def f(g):
    try:
        g()
    except ValueError as e:
        print(e)
    except (KeyError, IndexError):
        raise
    else:
        return 1
    for x in g:
        try:
            continue
        except:
            break
