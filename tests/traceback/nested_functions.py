def outer():
    def inner():
        class Local:
            def method(self):
                raise LookupError("deep")

        Local().method()

    inner()


outer()
