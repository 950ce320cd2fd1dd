# Keys made of hashes: HMAC, PBKDF2 and scrypt.
import _hashlib
import _hmac
import hashlib
import hmac

NAMES = [name for name in sorted(hashlib.algorithms_available) if not name.startswith("shake")]


def attempt(function, *arguments, **named):
    try:
        result = function(*arguments, **named)
        print(arguments, named, result.hex() if isinstance(result, bytes) else result)
    except Exception as error:
        print(arguments, named, type(error).__name__, error)


for name in NAMES:
    for key in b"", b"key", b"k" * 64, b"k" * 65, b"k" * 200:
        made = hmac.new(key, b"message", name)
        assert made.hexdigest() == hmac.digest(key, b"message", name).hex()
    print(made.name, made.digest_size, made.block_size, made.hexdigest())
    print(hashlib.pbkdf2_hmac(name, b"password", b"salt", 3).hex())
    print(hashlib.pbkdf2_hmac(name, b"password" * 40, b"salt", 2, 100).hex())
for compute in sorted(name for name in dir(_hmac) if name.startswith("compute_")):
    if compute != "compute_digest":
        print(compute, getattr(_hmac, compute)(b"key", b"m" * 5000).hex())

made = _hmac.new(b"key", None, "sha256")
made.update(msg=b"mess")
copy = made.copy()
made.update(bytearray(b"age"))
copy.update(b"y")
print(made.hexdigest() == hmac.new(b"key", b"message", "sha256").hexdigest(), copy.hexdigest(), made.name)
print(hmac.new(b"key", b"m", hashlib.sha1).hexdigest(), hmac.compare_digest("a", "a"))

derive = hashlib.pbkdf2_hmac
for rounds in 0, -1, 1 << 31, 1.5:
    attempt(derive, "sha1", b"p", b"s", rounds)
for size in 0, -1, 1, None, 1 << 40:
    attempt(derive, "sha1", b"p", b"s", 1, size)
for arguments in (
    ("xx", b"p", b"s", 1), ("sha1", "p", b"s", 1), ("sha1", b"p", "s", 1), (1, b"p", b"s", 1), ("sha1", b"p", b"s"),
    ("shake_128", b"p", b"s", 1), ("SHA1", b"p", b"s", 1), ("sha-1", b"p", b"s", 1),
):
    attempt(derive, *arguments)
attempt(derive, hash_name="md5", password=b"p", salt=b"s", iterations=3, dklen=None)

mix = hashlib.scrypt
attempt(mix, b"", salt=b"", n=16, r=1, p=1)
attempt(mix, b"password", salt=b"NaCl", n=1024, r=8, p=16)
attempt(mix, b"p", salt=b"s", n=16384, r=8, p=1, dklen=100)
attempt(mix, b"p")
good = dict(salt=b"s", n=2, r=8, p=1)
for changed in (
    dict(n=3), dict(n=1), dict(n=0), dict(n=-1), dict(n=2.0), dict(n=None), dict(n=1 << 20), dict(n=1 << 31), dict(n=1 << 70),
    dict(r=0), dict(r=-1), dict(p=0), dict(p=1 << 30), dict(maxmem=-1), dict(maxmem=1), dict(maxmem=1 << 31), dict(dklen=0),
    dict(dklen=-1), dict(dklen=1 << 31), dict(salt="s"), dict(salt=None), dict(n=65536, r=1), dict(n=32768),
):
    attempt(mix, b"p", **(good | changed))
attempt(mix, "p", **good)
attempt(mix, b"p", b"s", n=2, r=8, p=1)

for digest in None, "xx", "shake_128", hashlib.shake_128, 1:
    for function in _hashlib.hmac_new, _hashlib.hmac_digest, _hmac.new, _hmac.compute_digest, hmac.new:
        try:
            print(function(b"k", b"m", digest))
        except Exception as error:
            print(function.__name__, type(error).__name__, str(error).replace(repr(digest), "it"))
for function in _hashlib.hmac_new, _hmac.new:
    attempt(function, b"k")
    attempt(function, "k", b"m", "md5")
    attempt(function, b"k", "m", "md5")
