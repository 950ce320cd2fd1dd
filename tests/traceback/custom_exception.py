class AppError(Exception):
    def __str__(self):
        return f"custom: {self.args[0]}"


class Outer:
    class InnerError(AppError):
        pass


raise Outer.InnerError("payload")
