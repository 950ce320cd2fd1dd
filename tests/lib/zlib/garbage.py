# Objects that nobody has any more give their memory back before it becomes much.
import zlib

for number in range(20000):
    one = zlib.compressobj()
    two = one.copy()
    if number % 4 == 0:
        three = zlib.decompressobj()
        four = zlib._ZlibDecompressor()
with open("/proc/self/status") as status:
    peak = next(line for line in status if line.startswith("VmHWM"))
print(int(peak.split()[1]) < 500_000)
