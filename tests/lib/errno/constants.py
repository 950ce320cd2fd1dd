# Every name with its number, and the dict that leads back.
import errno

for name in sorted(dir(errno)):
    # EFTYPE is newer than some systems' headers, on which there is no such name.
    if name.startswith("E") and name != "EFTYPE":
        print(name, getattr(errno, name))
print([(number, name) for number, name in errno.errorcode.items() if name != "EFTYPE"])
print(errno.errorcode[errno.EAGAIN], errno.errorcode[errno.EOPNOTSUPP], errno.errorcode[errno.EDEADLK])

try:
    open("no such file")
except OSError as error:
    print(errno.errorcode[error.errno], error.errno == errno.ENOENT)
