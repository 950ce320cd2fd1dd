"""Records what CPython 3.14 says of the mistakes in this folder: `python3.14 compiler/tests/syntax_errors/record.py`.

Each .txt file holds cases, one after the other: the source, a line `---`, what CPython prints, a line `===`.
Write the source of a new case and the two lines, then run this.
"""

import ast
import pathlib
import traceback


def report(source):
    # The lines shown are read from the file.
    pathlib.Path("x.py").write_text(source)
    try:
        ast.parse(source, "x.py")
    except SyntaxError as error:
        # Without the source, misspelt keywords are looked for as in a file.
        line, column, _ = error._metadata
        error._metadata = line, column, None
        return "".join(traceback.format_exception_only(error))
    raise SystemExit(f"not a mistake:\n{source}")


for path in sorted(pathlib.Path(__file__).parent.glob("*.txt")):
    recorded = []
    for case in path.read_text().split("===\n")[:-1]:
        source = case.split("---\n")[0]
        recorded.append(f"{source}---\n{report(source)}===\n")
    path.write_text("".join(recorded))
pathlib.Path("x.py").unlink(missing_ok=True)
