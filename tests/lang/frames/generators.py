"""The frames of generators and coroutines, while they wait, run and when they are finished."""
import sys


def numbers(first):
    own = sys._getframe()
    print(own.f_generator is generator, own is generator.gi_frame, own.f_back is sys._getframe(1))
    sent = yield first
    print("sent", sent, own.f_locals["first"])
    yield first


generator = numbers(5)
frame = generator.gi_frame
print(frame.f_locals, frame.f_back, frame.f_lineno, generator.gi_code is numbers.__code__)
print(next(generator), frame.f_back, frame.f_lineno, generator.gi_yieldfrom)
frame.f_locals["first"] = 6
print(generator.send("word"))
try:
    frame.clear()
except RuntimeError as error:
    print(error)
print(list(generator), generator.gi_frame, frame.f_locals["first"] if "first" in frame.f_locals else "none")


def delegating():
    yield from inner


def inner_numbers():
    yield 1
    yield 2


inner = inner_numbers()
outer = delegating()
print(outer.gi_yieldfrom)
next(outer)
print(outer.gi_yieldfrom is inner)


class Wait:
    def __await__(self):
        yield "waiting"


async def coroutine(wait):
    await wait


async def asynchronous():
    yield 1


started = coroutine(Wait())
print(started.cr_frame.f_code.co_name, started.cr_await, started.cr_origin)
started.send(None)
print(type(started.cr_await).__name__, started.cr_frame.f_locals["wait"].__class__.__name__)
started.close()
print(started.cr_frame, started.cr_await)
agen = asynchronous()
print(agen.ag_frame.f_code.co_name, agen.ag_code.co_name, agen.ag_await)


def never():
    yield


created = never()
created.close()
print(created.gi_frame)
many = [numbers_of for numbers_of in (inner_numbers() for _ in range(3))]
frames = [each.gi_frame for each in many]
print([next(each) for each in many], [each is many[at].gi_frame for at, each in enumerate(frames)])
