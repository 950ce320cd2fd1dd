print(round(2.5), round(3.5), round(-2.5), round(0.5), round(1.5), round(2.4), round(2.6), type(round(2.5)))
print(
    round(2.675, 2), round(1.005, 2), round(3.14159, 3), round(3.14159, 0), round(5.5, 0), type(round(5.5, 0))
)
print(
    round(12345.678, -2),
    round(15.0, -1),
    round(25.0, -1),
    round(1e300, -299),
    round(1.5, 400),
    round(1e-300, 5),
    round(1234.5, -5),
)
print(
    round(5),
    round(15, -1),
    round(25, -1),
    round(-15, -1),
    round(12345, -2),
    round(5, 2),
    round(2**70, -3),
    round(7, -10),
)
print(round(2.5, None), round(True), round(number=2.567, ndigits=1), round(-0.4), round(-0.4, 0))
for args in (("a",), (1.5, "a"), (1.5, 1.0), ()):
    try:
        round(*args)
    except TypeError as error:
        print(error)
