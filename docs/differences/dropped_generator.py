"""A generator that is dropped before its end does not run its `finally`.

Cause: CPython counts references and closes a generator when the last one goes. Argil's collector
finds garbage later, perhaps never, and does not run code of the script when it does.
Workaround: `contextlib.closing(generator)` in a `with` statement, or `generator.close()`.

CPython prints:
    first
    closed
    end
Argil prints:
    first
    end
"""


def lines():
    try:
        yield "first"
        yield "second"
    finally:
        print("closed")


for line in lines():
    print(line)
    break
print("end")
