items = [3, "a"]
print(1 < items[0] < items[1])
