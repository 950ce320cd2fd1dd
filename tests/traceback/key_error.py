d = {1: 2}
d["missing key"]
