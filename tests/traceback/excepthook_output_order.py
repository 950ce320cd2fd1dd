print("printed first")
print("no newline at the end", end="")
1 / 0
