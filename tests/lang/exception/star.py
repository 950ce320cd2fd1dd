"""except*: parts of groups, the rest, and what the clauses raise."""


def show(e, depth=0):
    if isinstance(e, BaseExceptionGroup):
        print("  " * depth + f"{type(e).__name__} {e.message!r}", getattr(e, "__notes__", ""))
        for member in e.exceptions:
            show(member, depth + 1)
    else:
        print("  " * depth + repr(e))


def run(exc, *clauses):
    try:
        try:
            raise exc
        except* ValueError as e:
            print("ValueError part")
            show(e)
            if clauses:
                clauses[0](e)
        except* (TypeError, KeyError) as e:
            print("TypeError or KeyError part")
            show(e)
            if len(clauses) > 1:
                clauses[1](e)
        else:
            print("nothing")
        finally:
            print("finally")
    except BaseException as e:
        print("left:")
        show(e)
        print("context", type(e.__context__).__name__, "cause", type(e.__cause__).__name__)


def again(e):
    raise e


def other(e):
    raise OSError("other")


def chained(e):
    raise OSError("chained") from e


G = ExceptionGroup
run(G("all handled", [ValueError(1), TypeError(2)]))
run(G("some left", [ValueError(1), OSError(2), G("inner", [KeyError(3), OSError(4)])]))
run(G("again", [ValueError(1), OSError(2)]), again)
run(G("other", [ValueError(1), OSError(2)]), other)
run(G("both", [ValueError(1), TypeError(2), OSError(3)]), other, chained)
run(G("both again", [ValueError(1), TypeError(2), OSError(3)]), again, again)
run(ValueError("naked"))
run(ValueError("naked again"), again)
run(KeyError("naked other"), again, other)
run(OSError("not caught"))
noted = G("noted", [ValueError(1), OSError(2)])
noted.add_note("a note")
run(noted)
run(BaseExceptionGroup("base", [ValueError(1), KeyboardInterrupt()]))


def nothing():
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else")
    finally:
        print("finally")


nothing()


def bare():
    try:
        raise G("g", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise
    except* TypeError:
        print("type")


try:
    bare()
except G as e:
    show(e)


def names():
    e = "mine"
    try:
        raise G("g", [ValueError(1)])
    except* ValueError as e:
        print(type(e).__name__)
    try:
        e
    except UnboundLocalError as error:
        print(error)


names()


def in_loop():
    for n in range(3):
        try:
            raise G(str(n), [ValueError(n), TypeError(n)])
        except* ValueError as e:
            for m in range(3):
                if m == 1:
                    continue
                if m == 2:
                    break
                print(n, m, e.exceptions)
        except* TypeError:
            def inner():
                return "returned"
            print(inner())


in_loop()


class Mine(ExceptionGroup):
    def derive(self, exceptions):
        return Mine(self.message + " derived", exceptions)


run(Mine("mine", [ValueError(1), OSError(2)]))
for classes in (ExceptionGroup, (ValueError, BaseExceptionGroup), 5, "text", (ValueError, int)):
    try:
        try:
            raise G("g", [ValueError(1)])
        except* classes:
            print("caught")
    except BaseException as e:
        show(e)
        print(type(e.__context__).__name__)


def handled():
    import sys
    try:
        raise G("g", [ValueError(1), TypeError(2)])
    except* ValueError as e:
        print(sys.exception() is e, type(sys.exception()).__name__)
    except* TypeError as e:
        print(sys.exception().exceptions)
    print(sys.exception())


handled()
for source in (
    "for x in y:\n try: pass\n except* A: break",
    "for x in y:\n try: pass\n except* A: continue",
    "def f():\n try: pass\n except* A: return 1",
    "def f():\n try: pass\n except* A:\n  for x in y: return",
    "try: pass\nexcept*: pass",
    "try: pass\nexcept A: pass\nexcept* B: pass",
    "try: pass\nexcept* A: pass\nexcept B: pass",
    "def f():\n try: pass\n except* A:\n  for x in y: break\n return 1",
):
    try:
        compile(source, "<source>", "exec")
        print("compiled")
    except SyntaxError as e:
        print(e.msg, e.lineno, e.offset)
