#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Habits that a machine can see: licence lines, short files, no notes to ourselves, no path of the machine that built it.

    tidy.py ROOT
"""
import os
import re
import sys

import common

TEXTS = [".c", ".h", ".ui", ".py", ".sh", ".json", ".md", ".css", ".xml", ".in", ".build", ".po", ".desktop", ".supp", ".yaml", ".txt", "/run"]
FOLDERS = ["src", "data", "po", "tests", "flatpak", ".ci", "README.md", "meson.build", "meson_options.txt"]
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
MAX_LINES, MAX_COLUMNS = 600, 140
# Put together here, so that this file does not hold what it looks for.
NOTES = re.compile(r"\b(?:TO" + "DO|FIX" + "ME|X" + "XX|HA" + r"CK)\b")
MACHINE = re.compile(r"(?<![\w.$}/~-])/(?:" + "wo" + "rk|ro" + "ot|ho" + r"me/\w+)/|/tm" + r"p/(?:brief|po|build-)")
# Chinese characters fill two columns in an editor, yet one in the length that is measured here.
RULES = [
    (r"[ \t]+$", "white space at the end of a line"),
    (r"\t", "a tabulator"),
    (r"\r", "a carriage return"),
]


def licence(path, lines):
    if path.endswith((".c", ".h")):
        return lines[0] == f"/* {LICENCE} */"
    if path.endswith((".py", ".sh")) or os.path.basename(path) == "run":
        return any(line == f"# {LICENCE}" for line in lines[:3])
    return True


def check(root):
    problems = []
    for path in common.files(root, FOLDERS, TEXTS):
        try:
            text = common.read(root, path)
        except UnicodeDecodeError:
            # Broken text on purpose, for the tests of the readers.
            if "bad" not in path:
                problems.append(f"{path}: not UTF-8")
            continue
        lines = text.split("\n")
        source = path.endswith((".c", ".h"))
        if not licence(path, lines):
            problems.append(f"{path}: no licence line")
        if source and path.startswith("src/") and len(lines) - 1 > MAX_LINES:
            problems.append(f"{path}: {len(lines) - 1} lines; {MAX_LINES} are enough")
        if path.endswith(".h") and "#pragma once" not in lines:
            problems.append(f"{path}: no #pragma once")
        for number, line in enumerate(lines, 1):
            where = f"{path}:{number}"
            if NOTES.search(line):
                problems.append(f"{where}: a note to ourselves")
            if MACHINE.search(line):
                problems.append(f"{where}: a path of one machine")
            if source:
                problems += [f"{where}: {what}" for pattern, what in RULES if re.search(pattern, line)]
                if len(line) > MAX_COLUMNS:
                    problems.append(f"{where}: {len(line)} columns")
        if source and text and not text.endswith("\n"):
            problems.append(f"{path}: no line end at the end")
    return problems


GOOD = f"/* {LICENCE} */\nint x;\n"

if __name__ == "__main__":
    common.report("tidy", sys.argv[1], check, [
        ("no-licence", {"src/a.c": "int x;\n"}, "no licence"),
        ("long-file", {"src/a.c": GOOD + "\n" * 600}, "602 lines"),
        ("long-line", {"src/a.c": GOOD + "/* " + "x" * 140 + " */\n"}, "columns"),
        ("note", {"src/a.c": GOOD + "/* TO" + "DO: later */\n"}, "note"),
        ("machine", {"data/a.json": '"/ro' + 'ot/x"\n'}, "machine"),
        ("white-space", {"src/a.c": GOOD + "int y; \n"}, "white space"),
        ("unguarded-header", {"src/a.h": GOOD}, "pragma"),
    ], {"src/a.c": GOOD, "src/a.h": GOOD + "#pragma once\n", "README.md": "~/.cache/zifu\n"})
