# Objects that several threads use: each call is done whole, one after the other. Objects of their own work side by side.
# modes: gil none
import threading
import zlib

packer = zlib.compressobj()
pieces = []
parts = []
lock = threading.Lock()
texts = [bytes([65 + number]) * 1000 for number in range(4)]


def feed(text):
    for _ in range(50):
        with lock:
            parts.append(packer.compress(text))
            pieces.append(text)


wrong = []


def alone(text):
    for _ in range(20):
        one, two = zlib.compressobj(), zlib.decompressobj()
        packed = one.compress(text * 10) + one.flush()
        if two.decompress(packed) != text * 10 or zlib.decompress(zlib.compress(text)) != text:
            wrong.append(text)


shared = zlib.decompressobj()
stream = zlib.compress(bytes(100_000))
taken = []


def ask():
    # The data of a call lies in one piece in the stream or not at all; copies and attributes are of a whole state.
    while not shared.eof:
        copy = shared.copy()
        taken.append(len(copy.flush()))
        if shared.unused_data:
            wrong.append(shared.unused_data)


def give():
    for at in range(0, len(stream), 4):
        shared.decompress(stream[at:at + 4])


threads = [threading.Thread(target=feed, args=(text,)) for text in texts]
threads += [threading.Thread(target=alone, args=(text,)) for text in texts]
threads += [threading.Thread(target=ask), threading.Thread(target=give)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
parts.append(packer.flush())
print(zlib.decompress(b"".join(parts)) == b"".join(pieces), wrong, shared.eof, max(taken, default=0) <= 100_000)

# Many threads compress with one object without a lock of their own: each piece is taken whole, so gzip's count is right.
packer = zlib.compressobj(wbits=31)


def press(text):
    for number in range(50):
        packer.compress(text[number:])


threads = [threading.Thread(target=press, args=(text,)) for text in texts]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(int.from_bytes(packer.flush()[-4:], "little") == 4 * sum(range(951, 1001)))
