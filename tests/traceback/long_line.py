values = [1, 2, 3]; more = {"key": values}; text = "some text that makes this line longer"; result = more["key"][0] + more["key"][1] + more["other"][2]
