# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of messages at the end of tests/lint/README.md.

    make-table.py              writes the table anew
    make-table.py --check      exits 1 when the table is not the one that would be written, or a message of the loader or the
                               linter has no pack that shows it
    make-table.py --self-test  shows that the check can fail
"""
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
README = os.path.join(HERE, "README.md")
POLICY = os.path.join(HERE, "..", "..", "src", "policy")
BEGIN, END = "<!-- table of messages: begin -->", "<!-- table of messages: end -->"
# Where packs are read and judged; the rest of src/policy reads cases and writes results.
SOURCES = ["json-file", "json-reader", "json", "json-fields", "pack-library", "pack-build", "parse-bands", "parse-content",
           "parse-expr", "parse-rule", "lint",
           "lint-clash", "lint-content", "lint-head", "lint-rule"]
# Refusals that no file here can show.
ELSEWHERE = {
    "larger than 64 MB": "no file of this folder is that large; test-policy reads one without an end",
    "not a UTF-8 text (byte {1})": "such a text is no file of this folder; test-json holds one",
    "cannot be read: {1}": "about a file, not about what stands in it; test-policy",
    "not a money amount: '{1}'": "amounts of a bill, never of a pack; tests/cases/bad",
    "not a money amount: '{1}' is negative": "amounts of a bill, never of a pack; tests/cases/bad",
    "not a money amount: '{1}' has more than two decimals": "amounts of a bill, never of a pack; tests/cases/bad",
    "not a money amount: '{1}' is more than 99999999999999.99": "amounts of a bill, never of a pack; tests/cases/bad",
    'a money amount is needed here, as text such as "1300.00"': "amounts of a bill, never of a pack; tests/cases/bad",
}


def files():
    for name in sorted(os.listdir(HERE)):
        if name.endswith(".json"):
            with open(os.path.join(HERE, name), encoding="utf-8") as fh:
                yield name[:-5], json.load(fh)


def refusals(text):
    """The messages in a C source that mean a refusal: every one but the linter's milder remarks."""
    found = []
    for match in re.finditer(r'N_ \(((?:"(?:\\.|[^"\\])*"\s*)+)\)', text):
        severity = re.findall(r"ZIFU_LINT_(\w+)", text[text.rfind(";", 0, match.start()) + 1:match.start()])
        if not severity or severity[-1] == "ERROR":
            found.append(json.loads('"' + "".join(re.findall(r'"((?:\\.|[^"\\])*)"', match.group(1))) + '"'))
    return found


def pattern(template):
    return re.compile(".*".join(re.escape(part) for part in re.split(r"\{[1-3]\}", template)) + "$", re.DOTALL)


def faults(packs, templates):
    """Files that are not in order, and refusals that nothing shows."""
    wrong, said = [], []
    for name, pack in packs:
        if set(pack) not in ({"why", "refused_by", "expect", "pack"}, {"why", "refused_by", "expect", "text"}):
            wrong.append(f"{name}: needs why, refused_by, expect, and pack or text")
            continue
        if pack["refused_by"] not in ("loader", "linter"):
            wrong.append(f"{name}: refused by the loader or by the linter")
        if not any(": error: " in line for line in pack["expect"]):
            wrong.append(f"{name}: no error is expected")
        said += [line.split(": error: ", 1)[1] for line in pack["expect"] if ": error: " in line]
    for template in sorted(set(templates)):
        if template not in ELSEWHERE and not any(pattern(template).match(text) for text in said):
            wrong.append(f"no pack shows the message: {template}")
    wrong += [f"there is no such message any more: {template}" for template in ELSEWHERE if template not in templates]
    return wrong


def all_templates():
    found = []
    for name in SOURCES:
        with open(os.path.join(POLICY, f"zifu-{name}.c"), encoding="utf-8") as fh:
            found += refusals(fh.read())
    return found


def cell(text):
    return text.replace("|", "\\|")


def table(packs):
    out = [BEGIN, "", f"{len(packs)} packs.", "", "| pack | what is wrong | refused by | place and message |", "| --- | --- | --- | --- |"]
    for name, pack in packs:
        lines = "<br>".join(f"`{cell(line.replace(': error: ', ': ').replace('pack.json', '', 1).lstrip(':').strip())}`" for line in pack["expect"])
        out.append(f"| [{name}]({name}.json) | {cell(pack['why'])} | {pack['refused_by']} | {lines} |")
    out += ["", "Refusals that no file here can show:", "", "| message | why |", "| --- | --- |"]
    out += [f"| `{cell(message)}` | {why} |" for message, why in ELSEWHERE.items()]
    return "\n".join(out + ["", END])


def self_test():
    good = {"why": "w", "refused_by": "loader", "expect": ["pack.json#/a: error: no pack 'x'"], "pack": {}}
    missing = list(ELSEWHERE)
    source = 'f (N_ ("no pack \'{1}\'"), id); add (lint, ZIFU_LINT_WARNING, N_ ("no " "title")); add (lint, ZIFU_LINT_ERROR, p, N_ ("bad \\"x\\""));'
    tests = [
        ("reads-refusals", refusals(source) == ["no pack '{1}'", 'bad "x"']),
        ("right", not faults([("a", good)], missing + ["no pack '{1}'"])),
        ("nothing-shows-it", any("no pack shows" in f for f in faults([("a", good)], missing + ["unknown kind '{1}'"]))),
        ("no-error", any("no error" in f for f in faults([("a", dict(good, expect=["pack.json: warning: x"]))], missing))),
        ("unknown-member", any("needs why" in f for f in faults([("a", dict(good, note="x"))], missing))),
        ("who", any("by the loader" in f for f in faults([("a", dict(good, refused_by="me"))], missing))),
        ("gone", any("any more" in f for f in faults([("a", good)], missing[1:]))),
    ]
    print("TAP version 13", f"1..{len(tests)}", sep="\n")
    for n, (label, passed) in enumerate(tests, start=1):
        print(f"{'ok' if passed else 'not ok'} {n} - /bad-packs/table/{label}")
    return 0 if all(passed for _, passed in tests) else 1


def main(argv):
    if argv == ["--self-test"]:
        return self_test()
    packs = list(files())
    wrong = faults(packs, all_templates())
    for line in wrong:
        print(line, file=sys.stderr)
    with open(README, encoding="utf-8") as fh:
        text = fh.read()
    head, _, rest = text.partition(BEGIN)
    new = head + table(packs) + rest.partition(END)[2]
    if argv == ["--check"]:
        if new != text:
            print("the table of messages is not up to date: run tests/lint/make-table.py", file=sys.stderr)
        return 1 if wrong or new != text else 0
    if argv:
        print(__doc__, file=sys.stderr)
        return 2
    with open(README, "w", encoding="utf-8") as fh:
        fh.write(new)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
