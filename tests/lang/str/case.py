print(
    "Hello World".upper(),
    "Hello World".lower(),
    "hello world".title(),
    "hello WORLD".capitalize(),
    "Hello".swapcase(),
    "Straße".casefold(),
)
print(
    "they're bill's".title(),
    "3rd place".title(),
    "élan vital".upper(),
    "ÉLAN".lower(),
    "ß".upper(),
    "ŉ".upper(),
    "ﬁ".upper(),
    "İ".lower() == "i̇",
)
print(
    "ΑΣ".lower(),
    "ΑΣ ΣΑ".lower(),
    "".upper(),
    "123".upper(),
    "ǆ".title(),
    "aBc dEf".swapcase(),
    "ß".capitalize(),
    "ß".swapcase(),
)
print(
    "abc".isupper(),
    "ABC".isupper(),
    "AB1".isupper(),
    "12".isupper(),
    "abc".islower(),
    "aBc".islower(),
    "".islower(),
    "a1".islower(),
)
print("Hello World".istitle(), "Hello world".istitle(), "".istitle(), "A1b".istitle(), "A1B".istitle())
