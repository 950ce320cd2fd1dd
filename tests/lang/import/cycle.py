import _cycle_a

print(_cycle_a.name, _cycle_a.get_b())
