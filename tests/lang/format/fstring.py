name = "World"
n = 42
x = 3.14159
print(f"Hello {name}! {n} {n + 1} {x:.2f} {name!r} {n:>6} {n:05d} {{braces}} {'quoted'} {name.upper()} {[1, 2][0]} {len(name)}")
print(f"{n=} {x=:.1f} {name=} {n + 1 = } {name!r:>10} {name = !s}")
width, prec = 10, 3
print(f"{x:{width}.{prec}f}|{name:>{width}}|{name:{'*'}^{width}}|{n:{'x'}}|{n:#{'x'}}")
print(f"{f'{name} nested'} {'a' if n > 40 else 'b'} {(lambda y: y * 2)(n)} { {'k': 1}['k'] } {n!s:>5}")
print(f"{'single'}" f'{"double"}' "plain" rf"\{n}" fr"{n}\n" f"""triple {
    n
} end""")
print(f"{"same quotes"} {f"{f"{n}"}"} {'\n'.join(['a', 'b'])} {name[0]}{name[-1]} {name[1:3]}")
print(f"", f"{''}", f"{n:}", f"{None} {True} {[1, 'a']} {(1,)} {b'x'}")
print(f"{n:,} {10 ** 6:,} {0.5:%} {n:b} {n:o} {n:X} {n:e} {-n:+} {n:+}")
print(f"{n # a comment
}", f"{n:>{5 + 3}}", f"a{n}b{n}c", f"{n}{n}", f"\x41{n}\u00e9", f"{n != 5} {n >= 5} {n == 42}")
