# sub and subn, and the templates that Lib makes of replacements.
import _sre
import sys
from _code import *

word = group(1, repeat(in_set([CATEGORY, 14]), 1, MOST))
pattern = compiled(word, 1, {"word": 1})
print(pattern.sub("-", "a bé c"), pattern.subn("-", "a bé c", 2), pattern.subn("-", "", count=0), pattern.subn("-", "a", -1))
print(pattern.sub(lambda match: match[0] * 2, "a bé"), pattern.sub(lambda match: None, "a bé"), pattern.sub("", "é"))
print(compiled([]).sub("-", "é1"), compiled([]).subn("-", "ab", 2), compiled(repeat(text("x"), 0, MOST)).sub("-", "axxb"))
print(compiled(text("a"), pattern=None).sub(b"<>", b"\xffaba"), compiled(text("a"), pattern=None).sub(bytearray(b"-"), b"a"))
print(compiled(text("a"), pattern=None).subn(lambda match: memoryview(b"xyz")[1:], bytearray(b"aba")))
for repl, subject in (
    (b"-", "a b"), (lambda match: 1, " a b"), (lambda match: b"", "a"), ("-", b"a"), (lambda match: 1 / 0, "a"), (b"-", " "),
    (lambda match: [], b"a"), ("x", 1),
):
    print(attempt(compiled(word, 1, pattern=None).sub, repl, subject))


class Text(str):
    pass


subject = "no match here?"
print(compiled(text("z")).sub("-", subject) is subject, type(compiled(text("z")).sub("-", Text("ab"))))

print(attempt(_sre.template, pattern, []), attempt(_sre.template, pattern, ["a", 1]), attempt(_sre.template, pattern, ()))
print(attempt(_sre.template, pattern, ["", "a", ""]), attempt(_sre.template, pattern, ["", -1, ""]))
print(type(_sre.template(pattern, ["<", 1, ">"])), attempt(type(_sre.template(pattern, [""]))))


# In the place of Lib's: \0 to \9 are groups.
def compile_template(pattern, repl):
    print("compile", type(repl).__name__, repl)
    hash(repl)
    empty, parts = repl[:0], repl.split("\\" if isinstance(repl, str) else b"\\")
    template = [parts[0]]
    for part in parts[1:]:
        template += [int(part[:1]), part[1:]]
    return _sre.template(pattern, template)


module = type(sys)("re")
module._compile_template = compile_template
sys.modules["re"] = module
print(pattern.sub("<\\1\\0>", "a bé"), pattern.match("éa").expand("\\1, \\1!"), attempt(pattern.sub, "\\2", "a"))
print(pattern.sub(Text("[\\1]"), "ab"), attempt(pattern.match("a").expand, "\\3"), pattern.match("a").expand("plain"))
either = compiled(any_of(group(1, text("a")), group(2, text("b"))), 2, pattern=None)
print(either.sub("(\\1,\\2)", "ab"), either.sub(b"(\\1,\\2)", b"ab"), either.sub(bytearray(b"(\\1,\\2)"), b"ab"))
print(attempt(pattern.sub, 1, "a"))
module._compile_template = lambda pattern, repl: 1
