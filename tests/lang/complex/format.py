"""Complex numbers by format specification."""

for spec in ["", ".2", ".5", "10.1", ".0f", "g", "e", "+.1f", ",.2f", "<12.3", "F"]:
    print(spec, [format(z, spec) for z in (1.5 - 2j, 1234.5 + 0.125j, 0.5j, complex(-0.0, 1), 3 + 20j)])
