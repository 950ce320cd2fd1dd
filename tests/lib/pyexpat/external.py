# External entities, parsers within handlers, limits and what is refused.
from xml.parsers import expat

ENTITIES = {"greeting": b"<?xml encoding='utf-8'?>hello <b>bold</b>", "rules": b"<!ENTITY inner 'from outside'><!ATTLIST a k CDATA 'd'>"}


def read(data, mode=0, context_free=False):
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.SetParamEntityParsing(mode)
    seen = []
    parser.StartElementHandler = lambda name, attrs: seen.append((name, attrs))
    parser.EndElementHandler = lambda name: seen.append("/" + name)
    parser.CharacterDataHandler = seen.append
    parser.SkippedEntityHandler = lambda *args: seen.append(("skipped", *args))
    parser.buffer_text = True

    def external(context, base, system, public):
        seen.append(("external", context, base, system, public))
        inner = parser.ExternalEntityParserCreate(context)
        inner.Parse(ENTITIES[system], True)
        return 1

    parser.ExternalEntityRefHandler = external
    parser.SetBase("http://base")
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        seen.append(str(error))
    print(seen)


read(b"<!DOCTYPE a [<!ENTITY g SYSTEM 'greeting'>]><a>&g;!</a>")
read(b"<!DOCTYPE a PUBLIC 'pub' 'rules'><a>&inner;</a>", expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
read(b"<!DOCTYPE a SYSTEM 'rules'><a>&inner;</a>")
read(b"<!DOCTYPE a [<!ENTITY % r SYSTEM 'rules'>%r;<!ENTITY late 'x'>]><a>&inner;&late;</a>", 2)
read(b"<!DOCTYPE a [<!ENTITY % r SYSTEM 'rules'>%r;<!ENTITY late 'x'>]><a>&late;</a>")

laughs = b"<!DOCTYPE a [<!ENTITY l0 'haha'>"
for n in range(1, 12):
    laughs += b"<!ENTITY l%d '%s'>" % (n, b"&l%d;" % (n - 1) * 10)
parser = expat.ParserCreate()
try:
    parser.Parse(laughs + b"]><a>&l11;</a>", True)
except expat.ExpatError as error:
    print(error.code == expat.errors.codes[expat.errors.XML_ERROR_AMPLIFICATION_LIMIT_BREACH])

deep = expat.ParserCreate()
depth = 0
def down(name, attrs):
    global depth
    depth += 1
deep.StartElementHandler = down
deep.Parse("<a>" * 100000 + "</a>" * 100000, True)
print(depth)

models = []
parser = expat.ParserCreate()
parser.ElementDeclHandler = lambda name, model: models.append(model)
parser.Parse("<!DOCTYPE a [<!ELEMENT a " + "(" * 2000 + "b" + ")" * 2000 + ">]><a/>", True)
n, model = 0, models[0]
while model[3]:
    n, model = n + 1, model[3][0]
print(n, model)

parser = expat.ParserCreate()
def again(name, attrs):
    parser.Parse("<x/>")
parser.StartElementHandler = again
try:
    parser.Parse("<a/>", True)
except RuntimeError as error:
    print(error)

def fails(name, attrs):
    raise KeyError(name)
parser = expat.ParserCreate()
parser.StartElementHandler = fails
try:
    parser.Parse("<a/>", True)
except KeyError as error:
    print("raised", error)

parser = expat.ParserCreate()
print(parser.Parse("<a/>", True))
try:
    parser.Parse("<a/>", True)
except expat.ExpatError as error:
    print(error.code, expat.ErrorString(error.code))
for bad in (lambda: expat.ParserCreate(namespace_separator="long"), lambda: expat.ParserCreate(intern=1), lambda: parser.Parse(1),
            lambda: parser.ParseFile(1), lambda: setattr(parser, "buffer_size", 0), lambda: setattr(parser, "buffer_size", "x")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
