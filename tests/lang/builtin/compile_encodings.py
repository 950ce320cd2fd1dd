# Bytes that are compiled are in UTF-8, or in the encoding that one of their first two lines declares.
sources = [
    b"# coding: Latin_1\r\nascii('\xe9')", b"#\n# vim: fileencoding=iso8859-1\nascii('\xe9')", b"# coding: latin-1-unix\nascii('\xe9')",
    b"# coding: L1\nascii('\xe9')", b"\n\n# coding: latin-1\nascii('\xe9')", b"\xef\xbb\xbfascii('\xc3\xa9')", b"# coding: utf8\n1", b"# coding: utf-8-sig\n2",
    b"1 # coding: nonsense\n", b"ascii(\n1,\n'\xc3')", b"'a' '\xed\xa0\x80'", b"# coding: ascii\nascii('\xe9')", b"\xef\xbb\xbf# coding: latin-1\nascii('a')",
    b"# coding: latin-1\n'\xe9' $", b"1\0", "1\0", bytearray(b"1 + 2"), memoryview(b"3 + 4"), 5,
]
for source in sources:
    try:
        print(eval(compile(source, "a.py", "eval")))
    except (SyntaxError, TypeError) as error:
        print(type(error).__name__, error, getattr(error, "lineno", None))
for run in (eval, exec):
    for source in (b"ascii('\xff')", b"# coding: latin-1\nascii('\xe9')", bytearray(b"1 + 1"), "a\0"):
        try:
            print(run(source))
        except SyntaxError as error:
            print(error, error.filename)
