# Every hash function, at once and piece by piece, around the length of a block and beyond that from which the lock is left.
import _blake2
import _hashlib
import _md5
import _sha1
import _sha2
import _sha3
import hashlib

NAMES = sorted(hashlib.algorithms_available)
print(NAMES)
print(sorted(hashlib.algorithms_guaranteed))
DATA = bytes(i * i % 251 for i in range(10000))
LENGTHS = 0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 143, 144, 145, 167, 168, 169, 2047, 2048, 10000


def digest(hash):
    return hash.hexdigest(20) if hash.digest_size == 0 else hash.hexdigest()


for name in NAMES:
    made = hashlib.new(name)
    print(name, made.name, made.digest_size, made.block_size)
    sums = hashlib.sha256()
    for length in LENGTHS:
        whole = hashlib.new(name, DATA[:length])
        pieces = hashlib.new(name)
        for start in range(0, length, 37):
            pieces.update(memoryview(DATA)[start:min(start + 37, length)])
        assert digest(whole) == digest(pieces), (name, length)
        sums.update(digest(whole).encode())
    print(sums.hexdigest())

MODULES = {
    "md5": _md5.md5, "sha1": _sha1.sha1, "sha224": _sha2.sha224, "sha256": _sha2.sha256, "sha384": _sha2.sha384,
    "sha512": _sha2.sha512, "sha3_224": _sha3.sha3_224, "sha3_256": _sha3.sha3_256, "sha3_384": _sha3.sha3_384,
    "sha3_512": _sha3.sha3_512, "shake_128": _sha3.shake_128, "shake_256": _sha3.shake_256, "blake2b": _blake2.blake2b,
    "blake2s": _blake2.blake2s,
}
for name, constructor in MODULES.items():
    assert digest(constructor(DATA)) == digest(hashlib.new(name, DATA)), name
    print(name, type(constructor()).__module__, type(constructor()).__qualname__, digest(constructor(string=DATA)))
    # A copy goes its own way.
    one = constructor(b"a")
    two = one.copy()
    two.update(bytearray(b"b"))
    assert digest(one) == digest(constructor(b"a")) and digest(two) == digest(constructor(b"ab"))
    assert type(one) is type(two)

shake = hashlib.shake_256(b"abc")
print(shake.digest(0), shake.hexdigest(5), len(shake.digest(length=100000)), shake.digest(100000)[-4:])
for hash in _sha3.sha3_224(), _sha3.shake_128():
    print(hash._capacity_bits, hash._rate_bits, hash._suffix)

for parameters in (
    dict(digest_size=1), dict(key=b"k"), dict(key=b"k" * 32), dict(salt=b"s"), dict(person=b"person"), dict(fanout=0),
    dict(depth=255), dict(leaf_size=4096), dict(node_offset=12345), dict(node_depth=1), dict(inner_size=32),
    dict(last_node=True),
    dict(digest_size=7, key=b"k", salt=b"s", person=b"p", fanout=2, depth=2, leaf_size=100, node_offset=1, node_depth=1,
         inner_size=32, last_node=True),
):
    for constructor in hashlib.blake2b, hashlib.blake2s:
        print(parameters, constructor(DATA, **parameters).hexdigest())
for constructor in hashlib.blake2b, hashlib.blake2s:
    print(constructor.SALT_SIZE, constructor.PERSON_SIZE, constructor.MAX_KEY_SIZE, constructor.MAX_DIGEST_SIZE)
print(_hashlib.get_fips_mode(), sorted(_hashlib.openssl_md_meth_names), sorted(_hashlib._constructors.values()))
