value = "x"
print(3 + -value)
