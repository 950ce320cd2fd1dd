# `str`, `repr` and `ascii` hand on what the methods return, f-strings and format() ask subclasses of str; sigma at the end of words.
class Sub(str):
    pass


class Shows:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def __repr__(self):
        return self.text


class Own(str):
    def __str__(self):
        return "own"


class Formats(str):
    def __format__(self, spec):
        return f"<{spec}>"


for text in ["abc", Sub("abc"), Sub("é")]:
    for function in (str, repr, ascii):
        shown = function(Shows(text))
        print(type(shown).__name__, str.__str__(shown))
print(type(str(Sub("a"))).__name__, type(Sub(Shows(Sub("a")))).__name__, type(f"{Sub('a')}").__name__)
print(f"{Own('a')} {Own('a')!s} {Own('a')!r} {Formats('a')} {Formats('a'):x}", format(Own("a")), format(Formats("a")))
print(f"{Own('a')}", f"{Formats('a')}")
for text in ["ΑΣ Σ", "A\u0345\u03a3", "A\u03a3\u0345", "A.Σ B", "ΣΑΣ", "ﬁnß Σ", "İΑΣ"]:
    print([ascii(change) for change in (text.capitalize(), text.title(), text.swapcase(), text.lower())])
for value in (Shows("x"), 3.5):
    try:
        print("%c" % value)
    except TypeError as error:
        print(error)
