# What hash functions refuse, and in which words.
import _blake2
import _hashlib
import _hmac
import _md5
import _sha2
import _sha3
import copy
import hashlib
import pickle
import re


def show(result):
    return re.sub("0x[0-9a-f]+", "0x", repr(result))


def attempt(function, *arguments, **named):
    try:
        print(show(function(*arguments, **named)))
    except Exception as error:
        print(type(error).__name__, show(str(error)))


for function in hashlib.md5, _md5.md5, _sha3.sha3_256, _sha3.shake_128, _blake2.blake2b, lambda *a, **k: hashlib.new("md5", *a, **k):
    attempt(function, string=b"a")
    attempt(function, b"a", string=b"a")
    attempt(function, data=b"a")
    attempt(function, data=b"", string=b"")
    attempt(function, "a")
    attempt(function, 1)
    if function not in (_sha3.sha3_256, _sha3.shake_128):
        # CPython calls both by the name of another.
        attempt(function, b"a", b"b")
        attempt(function, x=1)
    attempt(function, b"", usedforsecurity=[])
    attempt(function, memoryview(b"abcd")[::2])

for hash in (
    hashlib.sha256(), _md5.md5(), _sha2.sha256(), _sha3.shake_128(), _sha3.sha3_256(), _blake2.blake2b(), hashlib.shake_128(),
    _hmac.new(b"k", b"", "md5"), _hashlib.hmac_new(b"k", b"", "md5"),
):
    print(show(hash), type(hash), type(hash).__base__, [name for name in dir(hash) if not name.startswith("__")])
    if not isinstance(hash, (type(_sha3.shake_128()), type(_sha3.sha3_256()), type(_blake2.blake2b()))):
        attempt(type(hash))
    attempt(hash.update, "a")
    attempt(hash.update, 5)
    if not isinstance(hash, type(hashlib.shake_128())):
        attempt(hash.update)
    attempt(setattr, hash, "name", 1)
    attempt(pickle.dumps, hash)
    attempt(copy.copy, hash)
    for size in -1, 5, 1 << 70, "a", 2.0:
        attempt(hash.digest, size)

for name in (
    "md5", "MD5", "Sha256", "sha-256", "SHA2-256", "SHA512-256", "RIPEMD-160", "rmd160", "SM3", "MD5-SHA1", "shake128",
    "SHAKE-128", "BLAKE2b512", "blake2s256", "sha3-256", "SHA3_256", "whirlpool", "md4", "xx", "ssl3-md5", "sha", "RSA-SHA256",
    "a\0b",
):
    attempt(_hashlib.new, name)
attempt(_hashlib.new, 1)
attempt(_hashlib.new)
attempt(hashlib.new, "xx")

for function in hashlib.blake2b, hashlib.blake2s:
    for named in (
        dict(digest_size=0), dict(digest_size=65), dict(digest_size=-1), dict(digest_size=1 << 70), dict(key=b"a" * 65),
        dict(salt=b"a" * 17), dict(person=b"a" * 17), dict(fanout=-1), dict(fanout=256), dict(depth=0), dict(depth=256),
        dict(leaf_size=-1), dict(leaf_size=1 << 32), dict(node_offset=-1), dict(node_offset=1 << 64), dict(node_offset=1 << 48),
        dict(node_depth=-1), dict(node_depth=256), dict(inner_size=-1), dict(inner_size=65), dict(key="a"), dict(person=None),
        dict(digest_size="a"), dict(x=1),
    ):
        attempt(lambda: function(**named).hexdigest())
print(_hashlib.UnsupportedDigestmodError.__bases__, _hmac.UnknownHashError.__bases__)
