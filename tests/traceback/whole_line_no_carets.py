raise ValueError("the whole line is the error")
