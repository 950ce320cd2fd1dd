"""A coroutine that waits is not closed when it is dropped; one that was never awaited is not warned of.

Cause: objects die when the collector finds them, which may be much later or never, and nothing of
theirs runs then.
Workaround: await every coroutine, or close it.

CPython prints:
    closed
    done
Argil prints:
    done
"""

class Pause:
    def __await__(self):
        yield


async def waits():
    try:
        await Pause()
    finally:
        print("closed")


waiting = waits()
waiting.send(None)
del waiting
print("done")
