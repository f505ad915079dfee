#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts what meson recorded and prints the closing line of tests/run.sh.

    count.py [--passed N] [--failed N] LOGBASE...

LOGBASE.json (one test program a line) and LOGBASE.junit.xml (the subtests of programs that speak TAP) are read.  What was
counted elsewhere is added: a build that failed counts as a failure, and so does a test program that failed outside any of its subtests.
"""
import json
import os
import sys
import xml.etree.ElementTree as ElementTree

GOOD = {"OK", "EXPECTEDFAIL"}


def subtests(path):
    """{program: [passed, failed, skipped]} of the programs whose subtests are listed."""
    found = {}
    for suite in ElementTree.parse(path).getroot().iter("testsuite"):
        counts = [0, 0, 0]
        for case in suite.findall("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                counts[1] += 1
            elif case.find("skipped") is not None:
                counts[2] += 1
            else:
                counts[0] += 1
        found[suite.get("name")] = counts
    return found


def program_counts(record, listed):
    """What one line of the log stands for."""
    result = record["result"]
    # The line is named "project:suite / program", or "program" alone; JUnit puts "project." before it.
    counts = next((c for name, c in listed.items() if sum(c) > 0 and name.partition(".")[2] == record["name"]), None)
    if counts is None:
        counts = [int(result in GOOD), int(result not in GOOD | {"SKIP"}), int(result == "SKIP")]
    counts = list(counts)
    if result not in GOOD | {"SKIP"} and counts[1] == 0:
        counts[1] = 1
    return counts


def count(base):
    total = [0, 0, 0]
    listed = subtests(base + ".junit.xml") if os.path.exists(base + ".junit.xml") else {}
    with open(base + ".json", encoding="utf-8") as log:
        for text in log:
            if text.strip():
                total = [a + b for a, b in zip(total, program_counts(json.loads(text), listed))]
    return total


def main(arguments):
    total = [0, 0, 0]
    while arguments[:1] in (["--passed"], ["--failed"]):
        total[("--passed", "--failed").index(arguments[0])] += int(arguments[1])
        arguments = arguments[2:]
    for base in arguments:
        try:
            total = [a + b for a, b in zip(total, count(base))]
        except (OSError, ValueError, ElementTree.ParseError) as error:
            print(f"{base}: {error}", file=sys.stderr)
            total[1] += 1
    line = f"{total[0]} passed, {total[1]} failed"
    print(line + (f", {total[2]} skipped" if total[2] else ""))
    return 1 if total[1] or not total[0] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
