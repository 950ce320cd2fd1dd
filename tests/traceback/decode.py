data = b"ok \xff"
print(data.decode("utf-8"))
