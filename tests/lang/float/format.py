x = 1234.56789
print(
    f"{x:.2f} {x:10.2f}| {x:<10.1f}| {x:^12.3f}| {x:>12.0f}| {x:+.1f} {x:010.2f} {x:,.2f} {x:_.1f} {x:e} {x:.2e} {x:E}"
)
print(
    f"{x:g} {x:.3g} {x:.10g} {x:G} {0.00001:g} {1e20:g} {1e5:g} {1e6:g} {123456789.0:g} {0.5:%} {0.12345:.1%} {x:n}"
)
print(
    f"{x} {x:10} {1.0:5}| {1e20} {1e20:f} {0.1:.20f} {1e-7:f} {2.5:.0f} {3.5:.0f} {0.0:.3f} {-0.0:.1f} {1.0:g}"
)
print(f"{x:.3} {1e10:.3} {3.0:.1} {100.0:.5} {1e16:,} {x:#.0f} {5.0:#g} {-0.0:z.1f}")
print("%.2f|%8.3f|%-8.1f|%+.1f|%08.2f|%e|%g|%G|%5.0f|%s|%r|%d" % (x, x, x, x, x, x, x, 1e-10, x, x, x, x))
print("{:.1f} {:>8.2f} {!r}".format(x, x, x), format(x, ".1f"), format(x), format(x, ""))
for spec in ("d", "x", "s", "c", ".f", "10.2q"):
    try:
        print(format(x, spec))
    except ValueError as error:
        print(error)
