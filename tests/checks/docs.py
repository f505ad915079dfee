#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every function that a header declares (headers named …private.h apart) has a gtk-doc comment that tells each parameter and what is returned.

    docs.py ROOT
"""
import re
import sys

import common

COMMENT = re.compile(r"/\*\*\n(.*?)\*/", re.DOTALL)
DECLARATION = re.compile(r"(?:^|[;{}\n])\s*((?:[A-Za-z_][\w\s]*?[\s*]+))(\w+)\s*\(([^;{}]*)\)\s*(?:G_GNUC_\w+(?:\s*\([^)]*\))?\s*)*(;|\{)")
ATTRIBUTE = re.compile(r"\bG_(?:GNUC_\w+|DECLARE_\w+|DEFINE_\w+)\s*(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?")


def flat(text):
    """A header without comments, preprocessor lines, declaration macros and the bodies of types."""
    text = common.without_comments(text)
    text = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^G_(?:BEGIN|END)_DECLS$", "", text, flags=re.MULTILINE)
    text = ATTRIBUTE.sub("", text)
    out, depth = [], 0
    for char in text:
        if char == "{":
            depth += 1
            if depth == 1:
                out.append("{")
        elif char == "}":
            depth -= 1
            if depth == 0:
                out.append("}")
        elif depth == 0:
            out.append(char)
    return "".join(out)


def parameters(text):
    """The names in a list of parameters."""
    names, depth, start = [], 0, 0
    pieces = []
    for i, char in enumerate(text):
        depth += {"(": 1, ")": -1}.get(char, 0)
        if char == "," and depth == 0:
            pieces.append(text[start:i])
            start = i + 1
    pieces.append(text[start:])
    for piece in (p.strip() for p in pieces):
        if piece in ("", "void"):
            continue
        if piece == "...":
            names.append("...")
            continue
        pointer = re.search(r"\(\s*\*\s*(\w+)\s*\)\s*\(", piece)
        names.append(pointer.group(1) if pointer else re.sub(r"\[[^\]]*\]\s*$", "", piece).split()[-1].lstrip("*"))
    return names


def declared(text):
    """(name, parameters, whether something is returned) of the functions that a header declares."""
    found = []
    for match in DECLARATION.finditer(flat(text)):
        kind, name = " ".join(match.group(1).split()), match.group(2)
        if kind.split()[0] in ("typedef", "return", "else") or "(" in kind:
            continue
        found.append((name, parameters(match.group(3)), not re.fullmatch(r"(?:static |inline |extern )*void", kind)))
    return found


def documented(text):
    """{name: lines of the comment} of the gtk-doc comments of a file."""
    found = {}
    for match in COMMENT.finditer(text):
        lines = [re.sub(r"^\s*\* ?", "", line).rstrip() for line in match.group(1).split("\n")]
        head = re.fullmatch(r"(\w+):(?: \(.*\))*", lines[0])
        if head:
            found[head.group(1)] = lines[1:]
    return found


def check(root):
    docs = {}
    for path in common.files(root, ["src"], [".c", ".h"]):
        docs.update(documented(common.read(root, path)))
    problems = []
    for path in common.files(root, ["src"], [".h"]):
        # What stays inside one room is not public.
        if path.endswith("private.h"):
            continue
        for name, names, returns in declared(common.read(root, path)):
            where = f"{path}: {name} ()"
            if name not in docs:
                problems.append(f"{where}: no gtk-doc comment")
                continue
            told = {m.group(1): m.group(2) for m in (re.match(r"@([\w.]+):(.*)", line) for line in docs[name]) if m}
            # The names of the definition may be longer than those of the declaration, never fewer.
            problems += [f"{where}: @{n} is not told" for n in names if n not in told]
            problems += [f"{where}: @{n} is not a parameter" for n in told if n not in names]
            problems += [f"{where}: @{n} is told with nothing" for n, t in told.items() if not re.sub(r"\([^()]*\):?", "", t).strip()]
            if returns and not any(line.startswith("Returns:") for line in docs[name]):
                problems.append(f"{where}: what is returned is not told")
            if not any(docs[name]):
                problems.append(f"{where}: what it does is not told")
    return problems


HEADER = "/* SPDX */\n#pragma once\n#include <glib.h>\nG_BEGIN_DECLS\ntypedef struct { int (*f) (int x); } T;\nint foo (const char *text, T *t, ...) G_GNUC_PRINTF (1, 3);\n" \
         "G_DEFINE_AUTOPTR_CLEANUP_FUNC (T, t_free)\nG_END_DECLS\n"
GOOD = "/**\n * foo:\n * @text: a text\n * @t: (nullable): a thing\n * @...: more\n *\n * Counts.\n *\n * Returns: the count\n */\n"

if __name__ == "__main__":
    common.report("docs", sys.argv[1], check, [
        ("no-comment", {"src/a.h": HEADER, "src/a.c": "int x;\n"}, "no gtk-doc"),
        ("missing-parameter", {"src/a.h": HEADER, "src/a.c": GOOD.replace(" * @t: (nullable): a thing\n", "")}, "@t is not told"),
        ("empty-parameter", {"src/a.h": HEADER, "src/a.c": GOOD.replace("a thing", "")}, "with nothing"),
        ("wrong-parameter", {"src/a.h": HEADER, "src/a.c": GOOD.replace("@text", "@txt")}, "@txt is not a parameter"),
        ("missing-return", {"src/a.h": HEADER, "src/a.c": GOOD.replace("Returns: the count", "")}, "returned"),
        ("empty-comment", {"src/a.h": HEADER, "src/a.c": GOOD.replace("foo:", "x:") + "/**\n * foo:\n */\n"}, "what it does"),
        ("inline-function", {"src/a.h": HEADER + "static inline gboolean\nbar (int x)\n{\n  return x > 0;\n}\n", "src/a.c": GOOD}, r"bar \(\): no"),
    ], {"src/a.h": HEADER, "src/a.c": GOOD})
