#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the house: engine <- life <- words; life <- policy <- ledger <- exchange <- ui.  A step back does not compile.

    layering.py ROOT BUILD

A small file is compiled with exactly the flags that a file of the room is compiled with, once as it is and once for each header
that the room must not see.  The engine is also read: it knows no clock, no file, no environment and no floating point.
"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

import common

# What each room may not include.  A room that is not built (a build without the window) is left out.
JSON, SQLITE, SOUP = "json-glib/json-glib.h", "sqlite3.h", "libsoup/soup.h"
GIO, GOBJECT, GTK, ADW = "gio/gio.h", "glib-object.h", "gtk/gtk.h", "adwaita.h"
FOREIGN = {
    "engine": [JSON, SQLITE, SOUP, GIO, GOBJECT, GTK, ADW, "zifu-words.h", "zifu-pack-library.h", "zifu-ledger.h", "zifu-session.h"],
    "life": [JSON, SQLITE, SOUP, GIO, GOBJECT, GTK, ADW, "zifu-words.h", "zifu-pack-library.h", "zifu-ledger.h", "zifu-session.h"],
    "words": [JSON, SQLITE, SOUP, GIO, GOBJECT, GTK, ADW, "zifu-pack-library.h", "zifu-ledger.h", "zifu-session.h"],
    "policy": [SQLITE, SOUP, GTK, ADW, "zifu-words.h", "zifu-ledger.h", "zifu-session.h"],
    "ledger": [SOUP, GTK, ADW, "zifu-words.h", "zifu-exchange.h", "zifu-session.h"],
    "exchange": [SOUP, GTK, ADW, "zifu-session.h"],
}
OWN = {"engine": "zifu-engine.h", "life": "zifu-record.h", "words": "zifu-words.h", "policy": "zifu-pack-library.h",
       "ledger": "zifu-ledger.h", "exchange": "zifu-exchange.h"}

# What a pure room does not do.
IMPURE = [
    (r"\b(?:float|double|gfloat|gdouble|long double)\b", "floating point"),
    (r"\bg_ascii_strtod\b|\bstrtod\b|\batof\b", "floating point"),
    (r"\b(?:time|clock|clock_gettime|gettimeofday|localtime|localtime_r|gmtime)\s*\(", "a clock"),
    (r"\bg_(?:get_real_time|get_monotonic_time|date_time_new_now\w*|date_set_time\w*|timer_new|random_\w+)\b", "a clock or chance"),
    (r"\b(?:getenv|secure_getenv|setenv|g_getenv|g_setenv|g_get_environ|g_get_home_dir|g_get_user_\w+|g_get_tmp_dir)\b", "the environment"),
    (r"\b(?:fopen|open|read|write|fread|fwrite|printf|fprintf|puts|g_print|g_printerr|g_file_\w+|g_fopen|g_open|g_mkdir\w*|g_spawn_\w+)\s*\(",
     "files or output"),
    (r"\b(?:setlocale|gettext|dgettext|g_dgettext|_)\s*\(", "a language"),
]
GLOBAL = re.compile(r"^static\s+(?!const\b)(?!inline\b)(?:[A-Za-z_]\w*[\s*]+)+\w+(?:\s*\[[^\]]*\])*\s*(?:=[^;]*)?;", re.MULTILINE)


def flags(build, room):
    """The compiler and the flags of a file of the room, without its name and output."""
    with open(os.path.join(build, "compile_commands.json"), encoding="utf-8") as file:
        for entry in json.load(file):
            if f"/src/{room}/" in os.path.abspath(os.path.join(entry["directory"], entry["file"])) and entry["file"].endswith(".c"):
                words, kept, skip = shlex.split(entry["command"]), [], False
                for word in words:
                    if skip or word in ("-o", "-MF", "-MQ", "-MD", "-c", entry["file"]):
                        skip = word in ("-o", "-MF", "-MQ")
                        continue
                    kept.append(word)
                return entry["directory"], kept
    return None, None


def compiles(directory, command, header):
    with tempfile.NamedTemporaryFile("w", suffix=".c", encoding="utf-8") as file:
        file.write(f'#include "{header}"\nint zifu_check_layering;\n')
        file.flush()
        done = subprocess.run(command + ["-fsyntax-only", file.name], cwd=directory, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stderr


def rooms(build, foreign):
    problems = []
    for room, headers in foreign.items():
        directory, command = flags(build, room)
        if command is None:
            problems.append(f"src/{room}: no file of this room is compiled")
            continue
        good, said = compiles(directory, command, OWN[room])
        if not good:
            problems.append(f"src/{room}: {OWN[room]} itself does not compile: {said.strip()[:300]}")
        problems += [f"src/{room}: <{h}> can be included" for h in headers if compiles(directory, command, h)[0]]
    return problems


def purity(root):
    problems = []
    for path in common.files(root, ["src/engine", "src/life"], [".c", ".h"]):
        text = common.without_comments(common.read(root, path), strings=True)
        for number, line in enumerate(text.split("\n"), 1):
            problems += [f"{path}:{number}: {what} in a pure room" for pattern, what in IMPURE if re.search(pattern, line)]
        problems += [f"{path}: a variable that outlives the call: {' '.join(m.group(0).split())[:80]}" for m in GLOBAL.finditer(text)]
    # No money in floating point above the engine either.
    for path in common.files(root, ["src/policy", "src/words", "src/ledger"], [".c", ".h"]):
        for number, line in enumerate(common.without_comments(common.read(root, path), strings=True).split("\n"), 1):
            if re.search(IMPURE[0][0] + "|" + IMPURE[1][0], line):
                problems.append(f"{path}:{number}: floating point")
    return problems


def includes(root):
    """The order of the rooms, as the include lines tell it."""
    order = {"engine": {"engine"}, "life": {"engine", "life"}, "words": {"engine", "life", "words"}, "policy": {"engine", "life", "policy"},
             "ledger": {"engine", "life", "policy", "ledger"}, "widgets": {"engine", "life", "words", "widgets", "compat"}}
    home = {os.path.basename(p): p.split(os.sep)[1] for p in common.files(root, ["src"], [".h"])}
    problems = []
    for room, allowed in order.items():
        for path in common.files(root, [f"src/{room}"], [".c", ".h"]):
            for name in re.findall(r'^\s*#\s*include\s+"([^"]+)"', common.read(root, path), re.MULTILINE):
                if home.get(name, room) not in allowed:
                    problems.append(f"{path}: includes {name} of src/{home[name]}")
    return problems


def check(build, root):
    return rooms(build, FOREIGN) + purity(root) + includes(root)


def check_texts(root):
    return purity(root) + includes(root)


if __name__ == "__main__":
    build_folder = sys.argv[2]
    planted = [
        ("float", {"src/engine/a.c": "double x;\n"}, "floating point"),
        ("clock", {"src/engine/a.c": "x = time (NULL);\n"}, "a clock"),
        ("environment", {"src/engine/a.c": 'x = g_getenv ("HOME");\n'}, "environment"),
        ("file", {"src/engine/a.c": "g_file_get_contents (p, &c, NULL, NULL);\n"}, "files"),
        ("global", {"src/engine/a.c": "static GHashTable *cache;\n"}, "outlives"),
        ("clock-in-life", {"src/life/a.c": "x = time (NULL);\n"}, "a clock"),
        ("float-in-ledger", {"src/ledger/a.c": "gdouble x;\n"}, "floating point"),
        ("upward-include", {"src/engine/a.c": '#include "b.h"\n', "src/policy/b.h": ""}, "includes b.h of src/policy"),
    ]
    # The compiler's answer must be able to fail as well: the own header of a room, named as foreign, can be included.
    seen = rooms(build_folder, {"engine": [OWN["engine"]]})
    if not any("can be included" in p for p in seen):
        print("not ok - /checks/layering: a foreign header was not noticed")
        sys.exit(1)

    def both(root):
        return check(build_folder, root) if os.path.samefile(root, sys.argv[1]) else check_texts(root)
    common.report("layering", sys.argv[1], both, planted,
                  {"src/engine/a.c": '/* double */ static const char *const names[] = {"time (x)"};\nstatic void\nf (int lifetime)\n{\n}\n'})
