# The library's modules that read XML.
import io
import plistlib
import xml.dom.minidom
import xml.etree.ElementTree as ET

TEXT = """<?xml version="1.0"?>
<!DOCTYPE list [<!ENTITY who "world"><!ATTLIST item kind CDATA "plain">]>
<list xmlns:x="urn:x"><item n="1">hello &who;</item><x:item n="2"><![CDATA[<raw>]]></x:item><!-- end --><?do it?></list>
"""

root = ET.fromstring(TEXT)
print(root.tag, [(child.tag, child.attrib, child.text) for child in root])
print(ET.tostring(root))
for event, element in ET.iterparse(io.BytesIO(TEXT.encode()), ("start", "end", "start-ns", "end-ns")):
    print(event, getattr(element, "tag", element))
pull = ET.XMLPullParser(("end",))
pull.feed("<a><b/>")
pull.feed("</a>")
pull.close()
print([element.tag for _, element in pull.read_events()])
try:
    ET.fromstring("<a><b></a>")
except ET.ParseError as error:
    print(error, error.code, error.position)

document = xml.dom.minidom.parseString(TEXT)
print(document.toxml())
print(document.documentElement.getElementsByTagNameNS("urn:x", "item")[0].firstChild.data)
document.unlink()
print(plistlib.loads(plistlib.dumps({"a": [1, 2.5, True, "x", b"bytes"]})))
