print(repr(5), str(-5), hex(255), oct(8), bin(5), hex(-255), oct(-8), bin(-5), hex(0), hex(2**70))
print(
    format(255, "x"),
    format(255, "X"),
    format(255, "#x"),
    format(255, "b"),
    format(255, "#b"),
    format(255, "o"),
    format(255, "c"),
)
print(f"{1234567:,}", f"{1234567:_}", f"{0xDEADBEEF:_x}", f"{-1234567:,}", f"{1e6:,}", f"{123:,}")
print(f"{42:5}|{42:<5}|{42:>5}|{42:^5}|{42:05}|{-42:05}|{42:+}|{42: }|{-42: }|{42:*^9}|{42:=+6}")
print(f"{255:#06x} {255:#010b} {5:08b} {7:e} {7:f} {7:.2f} {7:g} {50:%} {65:c}")
print(f"{10**30:,}", f"{2**70:x}", f"{10**30:e}", f"{-5:x}", f"{0:d}", f"{42:n}")
for spec in ("s", ".2d", "q", ",x", "10.3", "=", "_,"):
    try:
        print(format(42, spec))
    except ValueError as error:
        print(spec, "ValueError", error)
