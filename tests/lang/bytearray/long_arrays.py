# stress: no, hundreds of thousands of polls
"""What looks at a few bytes of a long bytearray, or takes them from its front, does not touch the others."""

LENGTH = 160_000
queue = bytearray(range(256)) * (LENGTH // 256)
taken = 0
for i in range(LENGTH // 4):
    taken += queue[0]
    del queue[:1]
    queue.append(i & 255)
    if i % 2:
        taken += queue.pop(0)
        queue[:0] = b"z"
print(len(queue), taken, queue[:3], queue[-3:])

found = 0
view = memoryview(queue)
for i in range(LENGTH // 4):
    found += queue.find(b"\x07", i) - i + len(queue) + view[i] + len(memoryview(queue))
    found += queue.startswith(b"z") + queue.endswith(b"\x9f") + (122 in queue) + (b"z" in queue)
    found += queue.count(b"\x01", i, i + 9) + queue.index(122) + queue.rindex(159) + (queue == b"z")
    found += view[i : i + 8].tobytes()[0]
print(found)
view.release()

queue[:] = bytes(range(256)) * 256
del queue[-LENGTH::2]
print(len(queue), queue[:4], sum(queue))
for i in range(20_000):
    del queue[-4::3]
    queue[-1:] = b"abc"
print(len(queue), queue[-4:])
queue[5:3] = b"mid"
queue[:9] = b""
queue[:2] = b"front"
print(queue[:12], queue.startswith(queue), queue in queue, queue == queue, queue.find(queue))
