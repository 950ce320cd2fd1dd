g = ValueError("deep")
for i in range(15):
    g = ExceptionGroup(f"level {i}", [g, KeyError(i)])
raise g
