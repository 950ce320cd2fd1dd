# Threads feed one hash at once: each update is one step, long or short.
# modes: gil none
import hashlib
import hmac
import io
import tempfile
import threading

PIECES = [b"a" * 5000, b"a" * 10, b"a" * 2048, b"a" * 2047]
ROUNDS = 50


def feed(hash):
    for _ in range(ROUNDS):
        for piece in PIECES:
            hash.update(piece)
            hash.copy().digest()


total = b"a" * (4 * ROUNDS * sum(map(len, PIECES)))
for make in hashlib.sha256, hashlib.md5, hashlib.blake2b, hashlib.sha3_256, lambda data=None: hmac.new(b"k", data, "sha1"):
    hash = make()
    threads = [threading.Thread(target=feed, args=(hash,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(hash.digest() == make(total).digest(), hash.hexdigest())

print(hashlib.file_digest(io.BytesIO(total), "sha256").hexdigest() == hashlib.sha256(total).hexdigest())
with tempfile.TemporaryFile() as file:
    file.write(total)
    file.seek(0)
    print(hashlib.file_digest(file, hashlib.md5).hexdigest())
