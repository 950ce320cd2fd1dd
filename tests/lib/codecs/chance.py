# Texts and bytes by chance, through each codec with each handler.
import _codecs

seed, N = 7, 1500
state=seed
def rnd(n):
    global state
    state=(state*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return (state>>33)%n
def pick(s): return s[rnd(len(s))]
CH=['a','b','Z','0','+','-','/','\\','n','x','u','U','N','{','}','é','ÿ','€','☃','\U0001f600','\0','\n','\t','~','\x7f','\x80','&','?','\ufffe','Ж','1','8','9','f']
BY=[b'a',b'+',b'-',b'/',b'\\',b'n',b'x',b'u',b'U',b'N',b'{',b'}',b'0',b'1',b'7',b'4',b'A',b'\xc3\xa9',b'\xe2\x82\xac',b'\xf0\x9f\x98\x80',b'\xff',b'\xfe',b'\xc3',b'\xe2\x82',b'\xf0\x9f',b'\0',b'\0\0',b'\xff\xfe',b'\xfe\xff',b'\xff\xfe\0\0',b'\0\0\xfe\xff',b'A\0',b'\0A',b'+AGE-',b'\\x41',b'\\u20ac',b'\\U0001f600',b'\\N{DIGIT ONE}',b'\n',b'\x80',b'A\0\0\0',b'\0\0\0A',b'&']
def h1(e): return ('<%d>'%e.start, e.end)
def h2(e):
    if isinstance(e,UnicodeDecodeError): return ('#', e.start+1)
    return (b'#%d'%e.start, e.end)
def h3(e): return ('é☃', e.end)
def h4(e): return ('', -1 if e.end<len(e.object) else e.end)
def h5(e): return 7
def h6(e): return ('x', 1000)
def h7(e):
    if isinstance(e,UnicodeDecodeError) and b'zz' not in e.object:
        e.object=e.object[:e.start]+b'zz'+e.object[e.end:]
        return ('!', e.start)
    return ('!', e.end)
def h8(e): return (str(e)+e.reason+e.encoding, e.end)
for i,h in enumerate((h1,h2,h3,h4,h5,h6,h7,h8)): _codecs.register_error('h%d'%(i+1),h)
ERR=['strict','ignore','replace','backslashreplace','xmlcharrefreplace','namereplace','h1','h2','h3','h4','h5','h6','h7','h8','nosuch',None]
TABLE=''.join(map(chr,range(128)))+''.join(chr(0x400+i) if i%3 else '\ufffe' for i in range(128))
MAP=_codecs.charmap_build(TABLE)
D={i:(i if i%5 else None) for i in range(200)}
D[0xe9]=b'e'; D[0x20ac]=b'EUR'; D[63]=63; D[1]='xy'
DD={i:(chr(i) if i%3 else i) for i in range(200)}; DD[0xff]='\ufffe'; DD[0xfe]=0xfffe; DD[10]='longer'; DD[9]=None
ENC=['ascii','latin_1','utf_8','utf_7','utf_16','utf_16_le','utf_16_be','utf_32','utf_32_le','utf_32_be','unicode_escape','raw_unicode_escape','charmap']
for i in range(N):
    name=pick(ENC); err=pick(ERR); way=rnd(3)
    if way==0:
        s=''.join(pick(CH) for _ in range(rnd(12)))
        f=getattr(_codecs,name+'_encode'); a=(s,err)
        if name=='charmap': a+=(pick([MAP,D,None,TABLE]),)
        elif name in('utf_16','utf_32'): a+=(rnd(3)-1,)
    else:
        s=b''.join(pick(BY) for _ in range(rnd(12)))
        a=(s,err)
        if name in('utf_16','utf_32') and rnd(2): f=getattr(_codecs,name+'_ex_decode'); a+=(rnd(3)-1,rnd(2))
        else:
            f=getattr(_codecs,name+'_decode')
            if name=='charmap': a+=(pick([TABLE,DD,None,D]),)
            elif name not in('ascii','latin_1'): a+=(rnd(2),)
    shown=f.__name__+ascii(a[:2])+(ascii(a[2:]) if name!='charmap' else '')
    try: r=f(*a)
    except Exception as e:
        r=type(e).__name__+': '+str(e)
        if isinstance(e,UnicodeError): r+=' %r'%((e.encoding,e.start,e.end,e.reason),)
    print(shown,'->',ascii(r))
