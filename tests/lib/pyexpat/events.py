# Each kind of text and of mistake, event by event with its place.
from xml.parsers import expat
NAMES=[n for n in dir(expat.ParserCreate()) if n.endswith('Handler')]
def run(data, ns=None, skip=(), expand=None, chunks=None, **attrs):
    p=expat.ParserCreate(namespace_separator=ns)
    for k,v in attrs.items():
        if k[0].isupper(): getattr(p,k)(v)
        else: setattr(p,k,v)
    def mk(n):
        def h(*a):
            print('  ',n,a,p.CurrentLineNumber,p.CurrentColumnNumber,p.CurrentByteIndex)
            return 1
        return h
    for n in NAMES:
        if n in skip or n.startswith('Default') and n!=expand: continue
        setattr(p,n,mk(n))
    print(data[:60], ns, skip, expand, attrs)
    try:
        if chunks:
            for i in range(0,len(data),chunks): p.Parse(data[i:i+chunks])
            print(p.Parse(b'' if isinstance(data,bytes) else '',True))
        else: print(p.Parse(data,True))
    except expat.ExpatError as e: print("  !", e, e.code, e.lineno, e.offset, p.ErrorByteIndex)
    except Exception as e: print("  !!", repr(e))
DOC=b'''<?xml version="1.0" encoding="iso-8859-1" standalone="no"?>
<?xml-stylesheet href="stylesheet.css"?>
<!-- comment data -->
<!DOCTYPE quotations SYSTEM "quotations.dtd" [
<!ELEMENT root ANY>
<!ELEMENT a (b, (c | d)*, e?)>
<!ELEMENT m (#PCDATA|b)*>
<!ATTLIST root attr1 CDATA #REQUIRED attr2 CDATA #IMPLIED t (x|y) "x" f CDATA #FIXED "q">
<!NOTATION notation SYSTEM "notation.jpeg">
<!NOTATION n2 PUBLIC "pub">
<!ENTITY acirc "&#226;">
<!ENTITY % pe "x">
<!ENTITY external_entity SYSTEM "entity.file">
<!ENTITY unparsed_entity SYSTEM "entity.file" NDATA notation>
%unparsed_entity;
]>

<root attr1="value1" attr2="value2&#8000;">
<myns:subelement xmlns:myns="http://www.python.org/namespace">
     Contents of subelements
</myns:subelement>
<sub2><![CDATA[contents of CDATA section]]></sub2>
&external_entity;
&skipped_entity;
&acirc;
\xb5 &lt;
</root>
'''
run(DOC,'!'); run(DOC,'!',chunks=100000); run(DOC, skip=NAMES, expand='DefaultHandler'); run(DOC, expand='DefaultHandlerExpand')
run(DOC,'!',namespace_prefixes=1,buffer_text=1,ordered_attributes=1,specified_attributes=1)
for bad in [b'', b'a', b'<', b'<a', b'<a>', b'<a></b>', b'<a b="1" b="2"/>', b'<a/><b/>', b'<a/>x', b'<a>&x;</a>', b'<a>&#0;</a>', b'<a>&#xD800;</a>', b'<a b="<"/>', b'<a b=1/>', b'<a b/>', b'<a>]]></a>', b'<a><!-- -- --></a>', b'<a>\x00</a>', b'<a>\xff</a>', b'\n\n<a>\n  <b>\n</a>', b'<a><?xml version="1.0"?></a>', b' <?xml version="1.0"?><a/>', b'<?xml version="1.0" encoding="foo"?><a/>', b'<a><![CDATA[x', b'<a>\xe2\x82', b'<!DOCTYPE a [<!ENTITY b "&b;">]><a>&b;</a>', b'<!DOCTYPE a [<!ENTITY b "<x>">]><a>&b;</a>', b'<!DOCTYPE a [<!ENTITY b SYSTEM "x">]><a q="&b;"/>', b'<!DOCTYPE a [<!FOO>]><a/>', b'<!DOCTYPE a [<!ELEMENT a (b|c,d)>]><a/>', b'<!DOCTYPE', b'<!DOCTYPE a><!DOCTYPE b><a/>', b'<?xml version="1.0"', b'<?xml versio="1.0"?><a/>', b'<a xmlns:b="x"><b:c:d/></a>', b'<b:c/>', b'<a xmlns:xml="x"/>', b'<a xmlns:b=""/>', b'<a>&lt</a>', b'<a>& b</a>', b'<1/>', b'<a><?x', b'<?x y?><a/>', b'<a\n b="&zz;"/>', b'<a>\r\n\r<b>\r\n</c></a>', b'&', b'<!-', b'<a>\xc3\xa9\xf0\x9f\x98\x80</b>', b'<a></a ></a>', b'<a/ >', b'<a><b/></a><!-- x --><?p q?>\n ']:
    run(bad, skip=NAMES); run(bad, ns=' ', skip=NAMES)
run('<a>\u20ac<b\u00e9 c="\u00e9"/></a>'); run('<?xml version="1.0" encoding="utf-16"?><a>\u20ac</a>'.encode('utf-16')); run(b'<?xml version="1.0" encoding="cp1252"?><a>\x80</a>'); run(b'\xef\xbb\xbf<a>x</a>')
run(b'<!DOCTYPE a [<!ENTITY b "x<c>y</c>z"><!ENTITY d "&b;&b;"><!ATTLIST a n NMTOKENS " p  q " c CDATA "1&#10;2">]><a n=" 1\t 2 " z="&b;q\n\tw">&d;</a>'.replace(b'&b;q',b'q'))
run(b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY d "&b;&b;">]><a z="&d;">&d;<b/>t</a>', expand='DefaultHandler', skip=['SkippedEntityHandler'])
run(b'<!DOCTYPE a [<!ENTITY % p "<!ENTITY q \'v\'>">%p;]><a>&q;</a>', SetParamEntityParsing=2)
run(b'<!DOCTYPE a PUBLIC "p  q" "s"><a/>', SetParamEntityParsing=2); run(b"<?xml version='1.0'?><!DOCTYPE doc PUBLIC 'foo' 'bar'><e/>", UseForeignDTD=True, SetParamEntityParsing=2); run(b"<?xml version='1.0'?><element/>", UseForeignDTD=True, SetParamEntityParsing=2)
run(b'<a xmlns="u" xmlns:p="v" p:q="1" r="2"><p:b xmlns=""><c/></p:b></a>', ns=' ')
