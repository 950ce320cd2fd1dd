# Threads compress at once, and feed one decompressor at once: each call is one step.
# modes: gil none
import bz2
import lzma
import threading
from compression import zstd

DATA = bytes(i * i % 253 for i in range(20000))
results = []


def work():
    for module in bz2, lzma, zstd:
        results.append(module.decompress(module.compress(DATA)) == DATA)


def run(target, *arguments):
    threads = [threading.Thread(target=target, args=arguments) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


run(work)
print(results)

for reader, made in (
    (bz2.BZ2Decompressor(), bz2.compress(DATA)), (lzma.LZMADecompressor(), lzma.compress(DATA)),
    (zstd.ZstdDecompressor(), zstd.compress(DATA)),
):
    parts = [reader.decompress(made, 10)]

    def drain():
        while not reader.eof:
            try:
                parts.append(reader.decompress(b"", 100))
            except EOFError:
                return

    run(drain)
    print(sum(map(len, parts)), sorted(b"".join(parts)) == sorted(DATA), reader.eof)

for writer in bz2.BZ2Compressor(), lzma.LZMACompressor(), zstd.ZstdCompressor():
    parts = []

    def feed():
        for _ in range(50):
            parts.append(writer.compress(b"same" * 100))

    run(feed)
    print(sum(map(len, parts)) >= 0, type(writer.flush()))
