from _cycle_from_a import a
b = 1
