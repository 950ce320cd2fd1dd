def T(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e)


T(lambda: ExceptionGroup("a", [KeyboardInterrupt()]))
T(lambda: ExceptionGroup("a", []))
T(lambda: ExceptionGroup("a", [5]))
T(lambda: ExceptionGroup("a", 5))
T(lambda: ExceptionGroup(5, [ValueError()]))
T(lambda: ExceptionGroup("a"))
T(lambda: BaseExceptionGroup("a", [ValueError()]))
T(lambda: BaseExceptionGroup("a", [KeyboardInterrupt()]))
T(lambda: type(BaseExceptionGroup("a", [ValueError()])))


class MyG(ExceptionGroup):
    pass


T(lambda: MyG("a", [KeyboardInterrupt()]))


class MyG2(BaseExceptionGroup):
    pass


T(lambda: type(MyG2("a", [ValueError()])))


class MyG3(ExceptionGroup):
    def derive(self, excs):
        return MyG3(self.message, excs)


eg = ExceptionGroup("eg", [ValueError(1), TypeError(2), ExceptionGroup("in", [ValueError(3), KeyError(4)])])
T(lambda: eg.split(ValueError))
T(lambda: eg.subgroup(lambda e: isinstance(e, KeyError)))
T(lambda: eg.subgroup((ValueError, TypeError)))
T(lambda: eg.split(5))
T(lambda: eg.subgroup([ValueError]))
T(lambda: (eg.message, eg.exceptions, str(eg), repr(eg)))
T(lambda: MyG3("x", [ValueError(1), TypeError(2)]).split(ValueError))
T(lambda: (issubclass(ExceptionGroup, Exception), [c.__name__ for c in ExceptionGroup.__mro__]))
