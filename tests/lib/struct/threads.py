# A bytearray that one thread makes shorter and longer while others pack into it and unpack from it: each finds room or says
# that there is none, and never writes or reads beside it.
# modes: gil none
import threading
from _struct import Struct, error, iter_unpack, pack_into, unpack_from

array = bytearray(64)
done = threading.Event()
wrong = []


def resize():
    for _ in range(3000):
        del array[8:]
        array.extend(bytes(56))
    done.set()


def pack():
    while not done.is_set():
        try:
            pack_into("<QQ", array, 32, 2**64 - 1, 2**64 - 1)
        except error as exception:
            if "buffer of at least 48 bytes" not in str(exception):
                wrong.append(exception)


def unpack():
    while not done.is_set():
        try:
            for number in unpack_from("<QQ", array, 32):
                if number not in (0, 2**64 - 1):
                    wrong.append(number)
        except error as exception:
            if "buffer of at least 48 bytes" not in str(exception):
                wrong.append(exception)
        for number, in iter_unpack("<Q", array):
            if number not in (0, 2**64 - 1):
                wrong.append(number)


# An iterator that several threads share gives each value once; a Struct may get another format at any time.
shared = iter_unpack("<I", b"".join(number.to_bytes(4, "little") for number in range(8000)))
taken = [[] for _ in range(3)]
one = Struct("<I")


def take(mine):
    for number, in shared:
        mine.append(number)
        one.__init__("<I" if number % 2 else "<Q")
        if one.pack(7) not in (b"\7\0\0\0", b"\7\0\0\0\0\0\0\0"):
            wrong.append(number)


threads = [threading.Thread(target=target) for target in (resize, pack, unpack)]
threads += [threading.Thread(target=take, args=(mine,)) for mine in taken]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(sum(taken, [])) == list(range(8000)), wrong)
