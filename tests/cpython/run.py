"""Holds Argil to CPython's own tests.

    python3 tests/cpython/run.py --folder LIB [--argil BIN] [--python CMD] [--jobs N] [--lock MODE] [--table FILE] [NAME...]

LIB is the folder with CPython 3.14's package `test` (Debian: libpython3.14-testsuite puts it into /usr/lib/python3.14); CMD is a
CPython 3.14 that sees the same folder, whose outcomes Argil's are compared with (default python3.14). Without names, the modules of
files.txt run, and with `--table` their table is written. A module that hangs or ends its process goes on behind the method that did.
"""

import argparse
import concurrent.futures
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What a test says that is about CPython's own C code.
INTERNALS = re.compile(r"_test\w*capi|_testmultiphase|_testinternal|implementation detail specific to cpython|C _\w+ module required")
# Methods that may hang or end the process before a module is given up.
MOST_RESTARTS = 25


def listed():
    lines = (HERE / "files.txt").read_text().splitlines()
    return [name for line in lines if not line.startswith("#") for name in line.split()]


def differences():
    """Patterns of methods that are to differ, and why."""
    found = []
    for line in (HERE / "differences.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            pattern, reason = line.split(None, 1)
            found.append((re.compile(pattern), reason))
    return found


def read(notes):
    """The outcome of each method, the method that had begun last, and whether the end was reached."""
    outcomes, begun, ended = {}, None, False
    for line in notes.read_text(errors="replace").splitlines():
        letter, _, rest = line.partition(" ")
        name, _, reason = rest.partition(" ")
        if letter == "END":
            ended = True
        elif letter == "S":
            begun = name
        elif letter in "PKF":
            begun = None
            if outcomes.get(name, ("P",))[0] != "F":
                outcomes[name] = (letter, reason)
    return outcomes, begun, ended


def run(command, name, options):
    """The outcomes of a module's methods."""
    outcomes, skipped = {}, []
    for _ in range(MOST_RESTARTS):
        with tempfile.TemporaryDirectory() as scratch:
            notes = Path(scratch, "notes")
            notes.touch()
            environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": scratch}
            reason = "ended the process"
            with open(Path(scratch, "log"), "w") as log:
                arguments = [*command, str(HERE / "one.py"), name, options.folder, str(notes), *skipped]
                child = subprocess.Popen(
                    arguments, cwd=scratch, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
                )
                try:
                    child.wait(options.timeout)
                except subprocess.TimeoutExpired:
                    reason = "hung"
                finally:
                    try:
                        os.killpg(child.pid, 9)
                    except ProcessLookupError:
                        pass
                    child.wait()
            found, begun, ended = read(notes)
            text = Path(scratch, "log").read_text(errors="replace").strip().splitlines()
            if options.logs:
                Path(options.logs, name + ".log").write_text("\n".join(text))
        outcomes.update(found)
        if ended:
            break
        last = text[-1] if text else ""
        if begun is None:
            outcomes[f"test.{name}"] = ("F", f"{reason}: {last}")
            break
        outcomes[begun] = ("F", f"{reason}: {last}" if reason != "hung" else reason)
        skipped.append(begun)
    return outcomes


class Row:
    """A module's outcomes here, against CPython's."""

    def __init__(self, name, expected, found, known):
        self.name = name
        self.good = self.skipped = self.designed = 0
        self.failures = []
        crash = next((reason for key, (letter, reason) in found.items() if letter == "F" and (key == f"test.{name}" or key.startswith("unittest.loader."))), None)
        # A method that CPython fails too counts for nobody.
        self.methods = [method for method, (letter, _) in expected.items() if letter != "F"]
        for method in self.methods:
            letter, reason = found.get(method, ("F", crash or "was not run"))
            if letter == "P" or letter == expected[method][0]:
                self.good += 1
                self.skipped += letter == "K"
                continue
            if letter == "K":
                reason = "skipped: " + reason
            why = "needs CPython's own C modules" if INTERNALS.search(reason) else None
            why = next((why for pattern, why in known if pattern.search(method)), why)
            self.designed += why is not None
            self.failures.append((method, why or reason))

    def share(self):
        counted = len(self.methods) - self.designed
        return self.good / counted if counted else 1.0


def kind(reason):
    """A failure's cause in a word, by its message."""
    if re.search(r"ModuleNotFoundError|ImportError|has no attribute|NotImplementedError|not supported yet|no such module", reason):
        return "missing"
    if reason.startswith(("hung", "ended the process")):
        return reason.split(":")[0]
    return "fault"


def table(rows):
    good, counted = sum(row.good for row in rows), sum(len(row.methods) - row.designed for row in rows)
    lines = [
        "# Conformance",
        "",
        "What CPython 3.14's own tests say of Argil: the methods that pass, or are skipped as in CPython, of those that CPython",
        "passes or skips. Written by `tests/cpython/run.py --table`; methods that are to differ stand in",
        "`tests/cpython/differences.txt` and are not counted.",
        "",
        f"**{good} of {counted} methods: {good / max(counted, 1):.1%}**",
        "",
        "| module | methods | good | of these skipped | different | failed | share | causes |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        causes = {}
        for method, reason in row.failures:
            if INTERNALS.search(reason) or reason == "needs CPython's own C modules" or any(pattern.search(method) for pattern, _ in KNOWN):
                continue
            causes[kind(reason)] = causes.get(kind(reason), 0) + 1
        shown = ", ".join(f"{cause} {count}" for cause, count in sorted(causes.items()))
        failed = len(row.failures) - row.designed
        lines.append(
            f"| {row.name} | {len(row.methods)} | {row.good} | {row.skipped} | {row.designed} | {failed} | {row.share():.1%} | {shown} |"
        )
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True, help="the folder that has CPython's package `test`")
    parser.add_argument("--argil", default="target/release/argil")
    parser.add_argument("--python", default="python3.14")
    parser.add_argument("--expected", help="a folder that keeps CPython's outcomes from run to run")
    parser.add_argument("--lock", default="gil")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=600, help="seconds for a module")
    parser.add_argument("--table", help="the file to write the table to")
    parser.add_argument("--logs", help="a folder for what the modules print")
    parser.add_argument("--failures", action="store_true", help="list the methods that fail")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    names = options.names or listed()

    def both(name):
        kept = Path(options.expected, name) if options.expected else None
        if kept and kept.exists():
            expected = read(kept)[0]
        else:
            expected = run(shlex.split(options.python), name, options)
            if kept:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_text("".join(f"{letter} {method} {reason}\n" for method, (letter, reason) in expected.items()))
        found = run([os.path.abspath(options.argil), "--lock", options.lock], name, options)
        row = Row(name, expected, found, KNOWN)
        print(f"{name}: {row.good}/{len(row.methods)} {row.share():.1%}", flush=True)
        if options.failures:
            for method, reason in row.failures:
                print(f"    {method}: {reason[:200]}", flush=True)
        return row

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(both, names))
    text = table(rows)
    if options.table:
        Path(options.table).write_text(text)
    print(text.splitlines()[6])


KNOWN = differences()

if __name__ == "__main__":
    sys.exit(main())
