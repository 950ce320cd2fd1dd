print("failing module starts")
1 / 0
