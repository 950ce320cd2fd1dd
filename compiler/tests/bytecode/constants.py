folded = 2 * 3 + 4
big = 0xffffffffffffffffffff
negative = -1
text = "ab" "cd" + "e" * 3
nested = (1, (2.5, "x"), -3)
left_to_run_time = 1 / 0
if 0:
    dead()
while True:
    break
if __debug__:
    debug()
