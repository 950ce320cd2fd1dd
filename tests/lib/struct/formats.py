# Sizes, and what is wrong with formats.
from _struct import calcsize, error, pack, unpack, Struct, _clearcache


def attempt(function, *arguments):
    try:
        print(arguments, function(*arguments))
    except Exception as exception:
        print(arguments, type(exception), exception)


for format in """
,i,@i,=i,bi,bq,=bq,!bq,>hP,P,n,=n,<N,<P,3s2p,0i,b0i,s,p,0s,0p,x,5x,?,e,f,d,F,D,<F,>D,bF,bD, i i ,3 i,i3,3,z,i@,@,<,
999999999999999999999s,9223372036854775807s,9223372036854775808s,9223372036854775807sb,1152921504606846976q,2147483648i,
lq,bl,bL,bhilq,qb,qb0q,bxxh,h2xi,be,bf,bd,cb?""".replace("\n", "").split(","):
    attempt(calcsize, format)
for format in "\x00", "é", b"i", bytearray(b"i"), 1, None, [], "\tb\n\v\f\r", "i\x00i", "\u3000i", "i\x1fi":
    attempt(calcsize, format)
    attempt(Struct, format)
for arguments in (), ("i", 2):
    attempt(calcsize, *arguments)
for _ in range(3):
    for number in range(150):
        assert calcsize(f"{number}s") == number
_clearcache()
attempt(calcsize, "i")
try:
    pack("1000000000000000000s", b"")
except MemoryError as exception:
    print("MemoryError")
print(error, error.__module__, error.__name__, error.__mro__, repr(error("a")))
