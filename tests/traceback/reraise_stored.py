stored = None
try:
    int("x")
except ValueError as e:
    stored = e
print("later")
raise stored
