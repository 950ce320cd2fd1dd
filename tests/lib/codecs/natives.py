import _codecs
# The functions of _codecs, and what they say about wrong arguments.
def t(f, *a):
    try: print(f.__name__ if hasattr(f,'__name__') else f, a, '->', f(*a))
    except BaseException as e: print(f.__name__ , a, '!!', type(e).__name__, e)
for n in ('strict','ignore','replace','xmlcharrefreplace','backslashreplace','namereplace','surrogatepass','surrogateescape'):
    print(_codecs.lookup_error(n))
t(_codecs.lookup_error,'xx')
t(_codecs.lookup_error,3)
t(_codecs.register,3)
t(_codecs.lookup,'no\0such')
t(_codecs.register_error,'a',3)
t(_codecs.register_error,3,3)
t(_codecs._unregister_error,'strict')
t(_codecs._unregister_error,'nosuch')
t(_codecs.utf_32_le_decode, b'\0\xd8\0\0')
t(_codecs.utf_32_le_decode, b'\0\xd8\xff\0')
t(_codecs.utf_32_le_decode, b'\0\0', 'strict', True)
t(_codecs.utf_32_decode, b'\0\0\xfe\xff\0\xd8\xff\0')
t(_codecs.utf_16_decode, b'\xfe\xff\xdc\xff\0')
t(_codecs.utf_16_ex_decode, b'\xfe\xff\xdc')
t(_codecs.utf_16_ex_decode, b'')
t(_codecs.utf_16_ex_decode, b'a\0')
t(_codecs.utf_8_decode, 'x')
t(_codecs.utf_8_decode, b'x', 3)
t(_codecs.utf_8_encode, b'x')
t(_codecs.escape_encode, 'x')
t(_codecs.escape_encode, b'x\n\t\'"\x00\xff\\')
t(_codecs.escape_decode, 'x\\xz')
t(_codecs.escape_decode, 'x\\x1')
t(_codecs.escape_decode, 'x\\x1','replace')
t(_codecs.escape_decode, 'x\\x1z','ignore')
t(_codecs.escape_decode, 'x\\x1z','foo')
t(_codecs.escape_decode, 'x\\')
t(_codecs.readbuffer_encode, 'xé')
t(_codecs.charmap_build, 'abc')
m=_codecs.charmap_build(''.join(map(chr,range(128)))+''.join(map(chr,range(0x410,0x410+128))))
print(type(m), repr(type(m)), type(m).__module__, [a for a in dir(m) if a not in dir(object)])
t(m.size)
t(type(m))
t(_codecs.charmap_build, 3)
t(_codecs.charmap_encode, 'abcé', 'strict', {97:b'zz',98:'q',99:300})
t(_codecs.charmap_encode, 'abcé', 'strict', {97:b'zz',98:1,99:300})
t(_codecs.charmap_encode, 'abcé', 'strict', {97:b'zz',98:1,99:None})
t(_codecs.charmap_encode, 'abcé', 'replace', {97:b'zz',98:1,99:None})
t(_codecs.charmap_encode, 'abcé', 'ignore', {97:b'zz',98:1,99:None})
t(_codecs.charmap_encode, 'abcé', 'xmlcharrefreplace', {97:b'zz',98:1,99:None,ord('&'):b'&'})
t(_codecs.charmap_encode, 'é€', 'strict')
t(_codecs.charmap_encode, 'é€', 'strict', 3)
t(_codecs.charmap_decode, b'abc\xff', 'strict', 'abc')
t(_codecs.charmap_decode, b'\0\1\2', 'strict', 'ab\ufffe')
t(_codecs.charmap_decode, b'\0\1\2', 'strict', {0:'xx',1:120,2:None})
t(_codecs.charmap_decode, b'\0\1\2', 'replace', {0:'xx',1:120,2:None})
t(_codecs.charmap_decode, b'\0\1\2', 'replace', {0:'xx',1:12000000})
t(_codecs.charmap_decode, b'\0\1\2', 'replace', {0:'xx',1:b''})
t(_codecs.charmap_decode, b'\0\1\2', 'strict', 3)
t(_codecs.encode, 'x', 3)
t(_codecs.utf_7_decode, b'+AGEA', 'strict', True)
t(_codecs.utf_7_decode, b'a+AGE', 'strict', False)
t(_codecs.utf_7_encode, ''.join(map(chr,range(128)))+'é€')
t(_codecs.unicode_escape_decode, '\\x4 \\u12')
t(_codecs.unicode_escape_decode, '\\')
t(_codecs.unicode_escape_decode, '\\N{foo}')
t(_codecs.unicode_escape_decode, '\\Nfoo')
t(_codecs.unicode_escape_decode, '\\U00110000')
t(_codecs.raw_unicode_escape_decode, 'é\\y\\x\\u00', 'strict', False)
t(_codecs.raw_unicode_escape_decode, 'é\\y\\x\\u00', 'strict', True)
t(_codecs.raw_unicode_escape_decode, '\\U00110000', 'strict', True)
t(UnicodeDecodeError,'a','b',0,1,'r')
t(UnicodeDecodeError,'a',bytearray(b'b'),0,1,'r')
t(UnicodeDecodeError,'a',b'b',0,1)
t(UnicodeDecodeError,3,b'b',0,1,'r')
t(UnicodeEncodeError,'a',b'b',0,1,'r')
t(UnicodeEncodeError,'a','b','',1,'r')
t(UnicodeEncodeError,'a','b',0,1,3)
t(UnicodeTranslateError,'b',0,1,3)
t(UnicodeTranslateError,'b',0,1,'r')
t(UnicodeTranslateError,'bbb',0,2,'r')
e=UnicodeTranslateError('bbb',0,2,'r'); print(repr(e), e.object, e.start, e.end, e.reason, hasattr(e,'encoding'), getattr(e,'encoding',0), e.args)
e=UnicodeEncodeError('u','bbb',0,2,'r'); 
for a,v in (('start','x'),('start',5),('end',-3),('object',3),('encoding',4),('reason',5)):
    try: setattr(e,a,v); print(a, getattr(e,a), str(e))
    except Exception as x: print(a, type(x).__name__, x)
e=UnicodeEncodeError('u','bbb',0,2,'r')
e.object=b'x'
try: print(str(e))
except Exception as x: print(type(x), x)
for h in ('strict','ignore','replace','xmlcharrefreplace','backslashreplace','namereplace','surrogatepass'):
    f=_codecs.lookup_error(h)
    for e in (3, ValueError('x'), UnicodeEncodeError('utf-8','aé€\U0001f600\x01b',1,5,'r'), UnicodeDecodeError('utf-8',b'a\xff\xed\xa0\x80b',1,5,'r'), UnicodeTranslateError('aé€\U0001f600\x01b',1,5,'r'),UnicodeEncodeError('utf-8','aé€\U0001f600\x01b',-4,50,'r'),UnicodeEncodeError('utf-8','abc',5,2,'r'),UnicodeDecodeError('utf-8',b'',5,2,'r')):
        try: print(h, ascii(f(e)))
        except BaseException as x: print(h, type(x).__name__, x)

print(_codecs.charmap_encode('abc', 'strict', m), _codecs.charmap_encode('aé\u0410', 'replace', m))
try:
    _codecs.charmap_encode('abcé', 'strict', m)
except UnicodeEncodeError as e:
    print(e)

# Codecs and handlers that a script registers.
def search(name):
    print('search', name)
    if name == 'twice':
        return (lambda s, errors='strict': (s.encode() * 2, len(s)), lambda b, errors='strict': (bytes(b).decode() + errors, len(b)), None, None)
    if name == 'wrong':
        return 7
    if name == 'odd':
        return (lambda s, errors='strict': 'odd', lambda b, errors='strict': ('x', 1, 2), None, None)
    if name == 'fails':
        return (lambda s: 1 / 0, lambda b: b.nope, None, None)


_codecs.register(search)
print('ab'.encode('Twice'), b'ab'.decode('TWICE', 'replace'), str(b'x', 'twice'), bytes('x', 'twice'))
for call in (lambda: 'a'.encode('wrong'), lambda: 'a'.encode('odd'), lambda: b'a'.decode('odd'), lambda: 'a'.encode('fails'), lambda: b'a'.decode('fails'), lambda: 'a'.encode('no such-thing'), lambda: _codecs.encode([1], 'twice')):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e, getattr(e, '__notes__', None))
_codecs.unregister(search)
try:
    'a'.encode('twice')
except LookupError as e:
    print(e)
try:
    'é'.encode('ascii')
except UnicodeError as e:
    print(e, getattr(e, '__notes__', None))
try:
    _codecs.encode('é', 'ascii')
except UnicodeError as e:
    print(e, e.__notes__)
