"""Runs every test of this folder: `python3 clients/python/tests [PATTERN]`.

Ends with `N passed, N failed`. Rows of a table count one by one. An empty selection is a failure.
"""

import os
import sys
import unittest

_HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [_HERE, os.path.dirname(_HERE)]


class Counting(unittest.TextTestResult):
    """Counts rows (sub-tests) as tests of their own."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.passed = 0
        self._rows = 0

    def startTest(self, test):
        super().startTest(test)
        self._rows = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        if self._rows == 0:
            self.passed += 1

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        self._rows += 1
        if err is None:
            self.passed += 1


def main():
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = ["*%s*" % sys.argv[1]]
    suite = loader.discover(_HERE, top_level_dir=_HERE)
    result = unittest.TextTestRunner(resultclass=Counting, verbosity=0).run(suite)
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    print("%d passed, %d failed" % (result.passed, failed))
    return 0 if failed == 0 and result.passed > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
