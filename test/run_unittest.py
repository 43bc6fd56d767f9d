#!/usr/bin/env python3
"""Runs the unittest tests of a directory and prints TAP, so that they can be counted.

    run_unittest.py DIRECTORY
"""
import os
import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.number = 0

    def report(self, test, good, detail='', directive=''):
        self.number += 1
        print(f'{"ok" if good else "not ok"} {self.number} - {test.id()}{directive}')
        for line in detail.splitlines():
            print(f'# {line}')
        sys.stdout.flush()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.report(test, True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report(test, False, self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.report(test, False, self.errors[-1][1])

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.report(test, True, directive=f' # SKIP {reason}')

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self.report(test, True)

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.report(test, False, 'was expected to fail')

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            pairs = self.failures if issubclass(err[0], test.failureException) else self.errors
            self.report(subtest, False, pairs[-1][1])


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.path[0] = os.getcwd()
    tests = unittest.defaultTestLoader.discover(sys.argv[1])
    result = TapResult(None, None, 0)
    tests.run(result)
    print(f'1..{result.number}')
    return 0 if result.wasSuccessful() and result.number > 0 else 1


if __name__ == '__main__':
    sys.exit(main())
