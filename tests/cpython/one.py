"""Runs one of CPython's test modules and notes what comes of each method.

    one.py NAME FOLDER NOTES [SKIPPED...]

FOLDER holds the package `test`. NOTES gets a line as each test method begins and another as it ends: a letter (`S` begun, `P` passed,
`K` skipped, `F` failed), its name, and the last line of the reason. Methods whose names are given are not run.
"""

import sys
import types
import unittest

# C modules of CPython's build that a test module imports for a few of its methods: it gets an empty one, or one with the names
# given, so that the other methods run. What uses it fails.
STAND_INS = {
    "test_bytes": {"_testlimitedcapi": ()},
    "test_class": {"_testinternalcapi": ("has_inline_values",)},
    "test_types": {"_datetime": ()},
}


class Notes(unittest.TestResult):
    """Writes down what happens as it happens, so that a test that ends the process is known by name."""

    def __init__(self, file):
        super().__init__()
        self.file = file
        self.outcomes = {}

    def note(self, letter, test, reason=""):
        lines = [line for line in str(reason).splitlines() if line.strip()]
        # A test that the harness makes itself (of a doc string, of an import that failed) may show its place: only the name counts.
        name = test.id().split(" ")[0]
        print(letter, name, *lines[-1:], file=self.file, flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.outcomes[test] = ("P", "")
        self.note("S", test)

    def stopTest(self, test):
        letter, reason = self.outcomes.pop(test, ("P", ""))
        self.note(letter, test, reason)
        super().stopTest(test)

    def fail(self, test, error):
        reason = self._exc_info_to_string(error, test)
        if isinstance(test, unittest.TestCase) and test in self.outcomes:
            self.outcomes[test] = ("F", reason)
        else:
            # A class or module could not be set up.
            self.note("F", test, reason)

    def addFailure(self, test, err):
        self.fail(test, err)

    def addError(self, test, err):
        self.fail(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.fail(test, err)

    def addSkip(self, test, reason):
        if test in self.outcomes:
            if self.outcomes[test][0] == "P":
                self.outcomes[test] = ("K", reason)
        else:
            self.note("K", test, reason)

    def addUnexpectedSuccess(self, test):
        self.outcomes[test] = ("F", "unexpected success")


def methods(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from methods(test)
        else:
            yield test


def without(suite, skipped):
    """The suite without some methods, its nesting kept, so that classes and modules are set up as usual."""
    kept = []
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            kept.append(without(test, skipped))
        elif test.id().split(" ")[0] not in skipped:
            kept.append(test)
    return type(suite)(kept)


def stand_in(name):
    for module, names in STAND_INS.get(name, {}).items():
        try:
            __import__(module)
        except ImportError:
            sys.modules[module] = types.ModuleType(module)
            vars(sys.modules[module]).update(dict.fromkeys(names))


def main(name, folder, notes, *skipped):
    sys.path.append(folder)
    sys.argv[1:] = []
    with open(notes, "a", encoding="utf-8", errors="replace") as file:
        stand_in(name)
        suite = unittest.defaultTestLoader.loadTestsFromName("test." + name)
        without(suite, frozenset(skipped)).run(Notes(file))
        print("END", file=file, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
