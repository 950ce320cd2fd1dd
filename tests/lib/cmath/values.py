"""Every function at many finite numbers: large, small, subnormal, near branch cuts. To twelve digits: the last ones are the
mathematical library's."""
import cmath

parts = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e-300, 1e-310, -3e-320, 1e300, -1e308, 1.7e308, 3.14, -709.5, 710.2, 1 + 1e-9]
names = "acos acosh asin asinh atan atanh cos cosh exp log log10 sin sinh sqrt tan tanh phase polar".split()


def show(name, *args):
    try:
        value = getattr(cmath, name)(*args)
        parts = (value.real, value.imag) if isinstance(value, complex) else value if isinstance(value, tuple) else (value,)
        print(name, *args, *(f"{float(part):.12g}" for part in parts))
    except (ValueError, OverflowError) as error:
        print(name, *args, type(error).__name__, error)


for re in parts:
    for im in parts:
        for name in names:
            show(name, complex(re, im))
        show("rect", re, im)
        show("log", complex(re, im), complex(im, re))
        show("isclose", complex(re, im), complex(re, im * 1.0000000001))
