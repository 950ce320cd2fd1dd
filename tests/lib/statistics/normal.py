# The inverse of the normal distribution, which `statistics.NormalDist` takes from `_statistics`.
from _statistics import _normal_dist_inv_cdf as inverse


def show(*arguments, **named):
    try:
        print(arguments, named, inverse(*arguments, **named))
    except Exception as error:
        print(arguments, named, type(error).__name__, error)


for p in [
    0.001, 0.01, 0.02, 0.05, 0.1, 0.25, 0.425, 0.5, 0.925, 0.9, 0.97, 0.999, 1e-10, 1e-11, 1e-12, 1e-300, 5e-324, 1 - 1e-16,
    0.0, 1.0, -1, 2, float("nan"), float("inf"), True,
]:
    show(p, 0.0, 1.0)
for number in range(1, 200):
    print(inverse(number / 200, 100.0, 15.0), end=" ")
print()
show(0.3, 10, -2)
show(0.3, 10, 0)
show("x", 1, 2)
show()
show(1, 2)
show(p=0.3, mu=0, sigma=1)
