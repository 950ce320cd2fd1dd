"""What the database says of single characters, normal forms, names, and what it says of bad arguments."""
import unicodedata as u
def show(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except Exception as e: print(type(e).__name__, e)
for f in ('category','bidirectional','combining','mirrored','east_asian_width','decomposition','decimal','digit','numeric','name'):
    for a in (('ab',),(1,),(),('x','y','z'),('a',),('5',),('\u0378',),('½',),('²',)): print(f,end=' '); show(getattr(u,f),*a)
for a in (('x',),(1,),('NFC',),('NFC',1),('X','a'),('X',''),('NFC','e\u0301'),('NFKD','ﬁ가'),('NFD','가각'),('NFC','\u1100\u1161\u11a8'),('NFKC','①'),('NFC','')): show(u.normalize,*a); show(u.is_normalized,*a)
for a in (('LATIN SMALL LETTER A',),('latin small letter a',),('nope',),('x'*300,),(1,),(),('HANGUL SYLLABLE GA',),('CJK UNIFIED IDEOGRAPH-4E00',),('NULL',),('LINE FEED',),('SNOWMAN ',),('cjk unified ideograph-4e00',),('é',)): show(u.lookup,*a)
for c in ('\0','\n','가','一','\U00020000','\u1c89','\U0001ccd6','\u088f','\ue000','\U0010ffff','☃','\uf900','\U00017000','\U00018b00','\U0001b170'): show(u.name,c,None)
print(u.unidata_version,u.ucd_3_2_0.unidata_version,u.UCD,type(u.ucd_3_2_0),[n for n in dir(u) if n[0]!='_'],[n for n in dir(u.ucd_3_2_0) if n[0]!='_'])
show(u.UCD); o=u.ucd_3_2_0; show(o.category,'\u0220'); show(o.category,'\u0221'); show(o.name,'\u0221'); show(o.lookup,'LATIN SMALL LETTER D WITH CURL'); show(o.normalize,'NFKC','\U0002f868'); show(u.normalize,'NFKC','\U0002f868'); show(o.numeric,'\u4e00'); show(o.decomposition,'\u1ffe')
