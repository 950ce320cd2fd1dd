class A:
    def f(self):
        raise RuntimeError("in A")


class B(A):
    def f(self):
        return super().f()


B().f()
