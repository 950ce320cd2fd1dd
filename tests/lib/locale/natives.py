import _locale


def show(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


for call in (
    lambda: _locale.setlocale(_locale.LC_ALL, "C"),
    lambda: _locale.setlocale(_locale.LC_CTYPE),
    lambda: _locale.setlocale(99),
    lambda: _locale.setlocale(0, "xx"),
    lambda: _locale.setlocale("a"),
    lambda: sorted(_locale.localeconv().items()),
    lambda: [_locale.nl_langinfo(getattr(_locale, name)) for name in ("CODESET", "D_FMT", "DAY_1", "CRNCYSTR", "RADIXCHAR")],
    lambda: _locale.nl_langinfo(999999),
    lambda: (_locale.strcoll("a", "b"), _locale.strcoll("b", "a"), _locale.strcoll("a", "a")),
    lambda: _locale.strcoll("a\0", "b"),
    lambda: _locale.strxfrm("abc"),
    lambda: (_locale.gettext("x"), _locale.dgettext(None, "x"), _locale.dcgettext("d", "x", 5), _locale.textdomain(None)),
    lambda: _locale.bindtextdomain("x", None),
    lambda: _locale.bindtextdomain("", "a"),
    lambda: _locale.bind_textdomain_codeset("x", None),
    lambda: _locale.Error.__mro__,
    lambda: _locale.setlocale(_locale.LC_ALL, "C.UTF-8"),
    lambda: (_locale.nl_langinfo(_locale.CODESET), _locale.getencoding()),
):
    show(call)
