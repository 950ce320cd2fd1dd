data = {"a": {"b": [1, 2]}}
print(data["a"]["b"][0])
print(data["a"]["c"][0] + data["a"]["b"][1])
