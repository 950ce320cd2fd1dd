0, 00, 1, 1_000, 0xFF, 0Xf_f, 0o17, 0O1_7, 0b101, 0B1_1
9223372036854775807, 9223372036854775808
1.5, .5, 5., 1e5, 1E-2, 1_0.0_1e+1_0, 00.5, 1e999, 1e-400
1j, 1.5J, 0j, 1e3j, 010j
None, True, False, ...
"", '', """""", '''a'''
"a'b", 'a"b', """a "b" ""c""", '''
line
'''
"\n\t\\\'\"\a\b\f\v\r\0\12\1234\x41\u00e9\U0001F600\N{BULLET}\N{latin small letter a}"
"a\
b", "\d\ "
r"\n\"", R'\x', u"a", U'b'
b"a\x00\xff\n\u1234\400"[0], rb"\n", Rb'\x', bR"", B""
"a" 'b' """c""", "é€😀" "\x00"
b"a" b'b'
f"", f"a", f"a" "b" f"{c}" 'd'
f"{a}{b!r}{c!s:>10}{d!a}{e:{f}.{g}}{h:}"
f"{a=}{b = }{c=!s}{d=:>5}{ e = !r:^{f}}"
f"{{{a}}}{{}}\n\x41\N{BULLET}{b}"
rf"\n{a}\{b}", fR'\{a:\d}'
f"{a['b']}{f'{c}{"d"}'}{'''e'''}"
f"{a:%H:%M}{b:{c}{d}}{(lambda: e)}{f != g}{h:=+5}"
f"""{
    a,  # a comment
    b
}
{c:
}"""
f'{a if b else c}{*d, e}{yield}'
f"{a:{b!r:{c}}}"
t"a{b}c{d!r:>{e}}"
t"a" t'{b = }'
