z = 3 + 4j
print(
    z,
    z.real,
    z.imag,
    abs(z),
    z.conjugate(),
    z * 2,
    z + 1,
    z - 1j,
    z * z,
    z / (1 + 1j),
    -z,
    z == 3 + 4j,
    z != 1,
    1j**2,
    complex(1, -2),
    complex("1+2j"),
    complex(),
    complex(5),
)
print(
    repr(1j),
    repr(-1j),
    repr(1 + 0j),
    repr(0j),
    repr(1.5 - 2.5j),
    repr(complex(-0.0, 1)),
    bool(0j),
    hash(1 + 0j) == hash(1),
    isinstance(z, complex),
    [2j],
    2**1j == 2**1j,
)
for f in (lambda: z < 1, lambda: int(z), lambda: z // 1, lambda: complex("x"), lambda: z % 2, lambda: 1j / 0):
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
