import binascii


def show(name, *arguments, **named):
    shown = [bytes(argument) if isinstance(argument, memoryview) and argument.contiguous else argument
             for argument in arguments]
    shown = ["a view" if isinstance(argument, memoryview) else argument for argument in shown]
    try:
        result = getattr(binascii, name)(*arguments, **named)
    except Exception as error:
        print(name, shown, named, type(error).__name__, error)
    else:
        print(name, shown, named, result)
