for s in (
    "plain",
    "it's",
    'say "hi"',
    "both ' and \"",
    "tab\t nl\n cr\r",
    "back\\slash",
    "\x00\x1f\x7f",
    "é日😀",
    "\x85\xa0",
    "\u2028",
    "",
    "\xad",
    "\U000e0001",
):
    print(repr(s), ascii(s), len(s))
print(str("x"), str(5), str(None), str(1.5), str([1, "a"]), str(b"x"), str(), repr(str(1)))
print("%s %r %a" % ("é", "é", "é"), f"{'é'!r} {'é'!s} {'é'!a}")
