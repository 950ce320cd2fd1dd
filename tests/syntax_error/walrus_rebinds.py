table = {(k := 1): (v := 2) for k in range(2) for v in range(2)}
