print(
    float("1.5"),
    float(" -2e3 \n"),
    float("1_000.5"),
    float(".5"),
    float("5."),
    float("+3"),
    float("1e-400"),
    float("1e400"),
)
print(float(), float(3), float(True), float("123456789012345678901234567890"), float(b"2.5"), float("  inf"))
print(float("0.1") == 0.1, float("9007199254740993"), float("2.2250738585072014e-308"), float("1" * 30))
for x in ("", "abc", "1.2.3", "1e", "--1", "1 2", "0x10", None, [], "1__0.0", "infinit"):
    try:
        print(float(x))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
