name = None
print(f"hello {name.title()} and {1 + 1}")
