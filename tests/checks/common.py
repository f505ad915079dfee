# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of the tree share.

A check is a function from the root of a tree to a list of problems.  report() runs it on this tree and then on small trees
in which an offender was planted: a check that cannot fail would prove nothing.
"""
import os
import re
import sys
import tempfile

SKIPPED_FOLDERS = {".git", "__pycache__"}


def files(root, folders, endings):
    """Paths relative to the root, in order, of the files below some folders whose names end so."""
    found = []
    for folder in folders:
        start = os.path.join(root, folder)
        if os.path.isfile(start):
            found.append(folder)
        for path, below, names in os.walk(start):
            below[:] = sorted(d for d in below if d not in SKIPPED_FOLDERS and not d.startswith(("_build", "build")))
            found += [os.path.relpath(os.path.join(path, n), root) for n in sorted(names) if n.endswith(tuple(endings))]
    return found


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def without_comments(text, strings=False):
    """C without comments, and without the contents of strings when asked; lines keep their numbers."""
    def blank(match):
        token = match.group(0)
        if token.startswith("/"):
            return "\n" * token.count("\n") or " "
        return token[0] + token[-1] if strings else token
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text, flags=re.DOTALL)


def plant(folder, tree):
    for path, text in tree.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)) or folder, exist_ok=True)
        with open(os.path.join(folder, path), "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())


def report(name, root, check, offenders, innocent=None):
    """TAP: the tree itself, then (label, {path: text}, pattern of the problem) for each planted offender."""
    print("TAP version 13")
    print(f"1..{1 + len(offenders) + (innocent is not None)}")
    problems = check(root)
    for problem in problems[:60]:
        print(problem, file=sys.stderr)
    print(f"{'not ok' if problems else 'ok'} - /checks/{name}")
    failed = bool(problems)
    for label, tree, pattern in offenders + ([("innocent", innocent, None)] if innocent is not None else []):
        with tempfile.TemporaryDirectory(prefix="zifu-check.") as folder:
            plant(folder, tree)
            found = check(folder)
        good = not found if pattern is None else any(re.search(pattern, p) for p in found)
        if not good:
            print(f"{label}: found {found}", file=sys.stderr)
        print(f"{'ok' if good else 'not ok'} - /checks/{name}/{'lets-pass' if pattern is None else 'finds'}-{label}")
        failed = failed or not good
    sys.exit(1 if failed else 0)
