from _cycle_from_b import b
a = 1
