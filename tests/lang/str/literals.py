print('single', "double", '''triple
line''', """also "quoted" here""")
print("a\tb\\n\x41\u00e9\U0001F600\101\0end".replace("\0", "<nul>"), 'it\'s', "say \"hi\"", "new\
line")
print(r"raw\n\t", R'\d+', r"\"", "con" "cat" 'enated', "\N{GREEK SMALL LETTER ALPHA}")
print("a" "b" f"{1 + 1}" "c")
print(("long "
       "string"))
print(len("日本語"), "naïve café", "😀", len("😀"))
print("\a\b\f\v\r".encode(), "bell\x07".encode())
print("""
 first
second \
third""")
print(u"old", "'" '"')
