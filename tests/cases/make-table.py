# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the tables at the end of tests/cases/README.md: which case shows which shape (see shapes.py), and all cases.

    make-table.py              writes the tables anew
    make-table.py --check      exits 1 when the tables in the file are not those that would be written, or a case is not in order
    make-table.py --self-test  shows that the check of the shapes can fail
"""
import json
import os
import re
import sys

import shapes

HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, "README.md")
BEGIN, END = "<!-- table of cases: begin -->", "<!-- table of cases: end -->"
FOLDERS = [
    ("beijing", "Beijing: the pack data/policies/110000.json, and the example pack that the grammar was shown on"),
    ("national", "National rules"),
    ("regions", "Test vectors of other regions, with their rules inside or on the drafts in packs/"),
    ("published", "Examples that bureaus, hospitals, newspapers, textbooks and open projects published with their results"),
    ("shapes", "Single pieces of the grammar"),
    ("bad", "Input that must be refused"),
]


def cases(folder):
    top = os.path.join(HERE, folder)
    for name in sorted(os.listdir(top)):
        if name.endswith(".json"):
            with open(os.path.join(top, name), encoding="utf-8") as fh:
                yield name, json.load(fh)


def faults(name, case):
    """What is wrong with a case as a file; whether it comes out right is for the runner."""
    found = [f"no {field}" for field in ("id", "source", "rows", "note", "policy", "person", "expect") if field not in case]
    if case.get("id") != name[:-5]:
        found.append("id is not the name of the file")
    found += [f"{row} is no row" for row in case.get("rows", []) if not re.fullmatch(r"R(0[1-9]|[1-3][0-9]|4[0-2])", row)]
    if not case.get("expect"):
        found.append("expects nothing")
    return found


def source(text):
    """An address is shown by its host only: it is evidence, not a recommendation.  The case file holds all of it."""
    hosts = re.findall(r"https?://([^/\s]+)", text)
    return ", ".join(f"`{h}`" for h in dict.fromkeys(hosts)) if hosts else text


def cell(text):
    return " ".join(text.split()).replace("|", "\\|")


def table():
    out, total, wrong, known = [], 0, [], {}
    for folder, title in FOLDERS:
        found = list(cases(folder))
        total += len(found)
        known.update({f"{folder}/{name[:-5]}": case for name, case in found})
        out += ["", f"### {folder}/ – {len(found)} cases", "", title + ".", "", "| case | what it shows | rows | source |", "| --- | --- | --- | --- |"]
        for name, case in found:
            wrong += [f"{folder}/{name}: {fault}" for fault in faults(name, case)]
            out.append(f"| {name[:-5]} | {cell(case.get('note', ''))} | {' '.join(case.get('rows', []))} | {cell(source(case.get('source', '')))} |")
    wrong += shapes.faults(known)
    first = [] if wrong else shapes.tables(known, shapes.reference.loader(shapes.reference.pack_folders()))
    return "\n".join([BEGIN, "", f"{total} cases.", ""] + first + out + ["", END]), wrong


def main(argv):
    if argv == ["--self-test"]:
        return shapes.self_test()
    new, wrong = table()
    for line in wrong:
        print(line, file=sys.stderr)
    with open(README, encoding="utf-8") as fh:
        text = fh.read()
    head, found, rest = text.partition(BEGIN)
    _, ended, tail = rest.partition(END)
    if not found or not ended:
        print(f"{README}: the lines '{BEGIN}' and '{END}' are missing", file=sys.stderr)
        return 1
    if argv == ["--check"]:
        if head + new + tail != text:
            print("the tables of cases are not up to date: run tests/cases/make-table.py", file=sys.stderr)
            return 1
        return 1 if wrong else 0
    if argv:
        print(__doc__, file=sys.stderr)
        return 2
    if wrong:
        return 1
    with open(README, "w", encoding="utf-8") as fh:
        fh.write(head + new + tail)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
