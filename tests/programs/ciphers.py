"""Caesar, Vigenère, run lengths, Morse, roman numerals, and bases."""


def caesar(text, shift):
    result = []
    for c in text:
        if c.isalpha() and c.isascii():
            base = ord("A") if c.isupper() else ord("a")
            result.append(chr((ord(c) - base + shift) % 26 + base))
        else:
            result.append(c)
    return "".join(result)


def vigenere(text, key, sign=1):
    return "".join(caesar(c, sign * (ord(k) - 97)) for c, k in zip(text, key * len(text)))


def run_lengths(text):
    runs = []
    for c in text:
        if runs and runs[-1][0] == c:
            runs[-1][1] += 1
        else:
            runs.append([c, 1])
    return "".join(f"{n if n > 1 else ''}{c}" for c, n in runs)


def expand(code):
    result, digits = "", ""
    for c in code:
        if c.isdigit():
            digits += c
        else:
            result += c * int(digits or 1)
            digits = ""
    return result


ROMAN = {
    "M": 1000,
    "CM": 900,
    "D": 500,
    "CD": 400,
    "C": 100,
    "XC": 90,
    "L": 50,
    "XL": 40,
    "X": 10,
    "IX": 9,
    "V": 5,
    "IV": 4,
    "I": 1,
}


def to_roman(n):
    if not 0 < n < 4000:
        raise ValueError(f"no roman numeral for {n}")
    result = ""
    for symbol, value in ROMAN.items():
        while n >= value:
            result += symbol
            n -= value
    return result


def from_roman(text):
    values = [ROMAN[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def to_base(n, base):
    digits = ""
    while n:
        n, digit = divmod(n, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


secret = caesar("Hello, World!", 3)
print(
    secret,
    caesar(secret, -3),
    caesar("abcxyz", 29),
    vigenere("attackatdawn", "lemon"),
    vigenere(vigenere("attackatdawn", "lemon"), "lemon", -1),
)
code = run_lengths("aaabccddddde")
print(code, expand(code), expand(run_lengths("xyz")) == "xyz")
print(
    [to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)],
    all(from_roman(to_roman(n)) == n for n in range(1, 500)),
)
for bad in (0, 4000):
    try:
        to_roman(bad)
    except ValueError as error:
        print(error)
print(
    [to_base(255, b) for b in (2, 8, 16, 36)],
    all(int(to_base(n, b), b) == n for n in range(100) for b in range(2, 37)),
    to_base(2**100, 36),
)
