for src in (b"ascii('\xff')", b"# coding: latin-1\nascii('\xe9')", b"# coding: nonsense\nascii('\xe9')"):
    try: print(eval(compile(src, "a.py", "eval")))
    except SyntaxError as e: print("SyntaxError", e)
