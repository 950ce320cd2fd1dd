print(2 + 3 * 4 - 5 // 2 % 3, (2 + 3) * 4, 2 ** 3 ** 2, -2 ** 2, (-2) ** 2, not 1 == 2, not (1 == 2), 1 < 2 == True, 5 & 3 == 3)
print(1 + 2 if 3 else 4 + 5, [1, 2][0:1] + [3], "a" "b" + "c", 3 - -3, 3 - - - 3, ~-5, not not 5, 1 or 2 and 3, (1, 2) + (3,), 4 - 2 - 1, 100 / 10 / 2, 2 * 3 % 4)
x = [
    1,
    2,  # comment
    3,
]
y = (1 +
     2
     + 3)
z = 1 + \
    2
print(x, y, z); print("semicolon"); w = 5; print(w)
if x: print("one line if")
for i in range(2): print(i, end=" "); print("same line")
while False: pass
class Short: attr = 5
def short(): return Short.attr
print(short(), (lambda x: (lambda y: x + y))(1)(2), (yes := True) and yes)
print([i for i in range(3) if i if i > 1], {**{}, **{"a": 1}}, {*[1]}, (*[1, 2],), [*"ab", *"c"], x[0], x[-1:], x[::2][0], "abc"[1].upper(), (1).__add__(2), 1.5.__class__, 1 .real)
def annotated(a: int = 5, *, b: "str" = "x") -> None: return a, b
print(annotated(), annotated(b="q"))
print(1 if True else 2 if True else 3, (1 if False else 2), [1 if i else 0 for i in range(3)], 1 in [1] in [[1]], 1 < 3 > 2 != 5, x is not None, 3 not in [1, 2])
a = b = c = d = 0
print(a, b, c, d, a == b == c == d, 0xFF, 0o17, 0b11, 1_000, 1e3, 1.5e-3, .5, 5., 10_0.0_1, 0x_F, 00)
lambda: 0
"expression statement"
...
é = "unicode identifier"
print(é, type(...), _ if (_ := 3) else 0)
if 1:
	tab = "tab indented"
	if 2:
		print(tab)
print(f"{x!r}" "implicit", "trailing comma",)
