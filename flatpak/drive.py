#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""drive.py APP-ID LOCALE WIDTH PICTURE: starts the installed Flatpak, makes an estimate as a screen reader's user would, reads the answer,
takes a picture, and closes the window.  Runs inside a session bus and a display of its own.  Waits for what must come, never for a time."""

import gettext
import os
import re
import subprocess
import sys
import time

import pyatspi

PATIENCE = 60
BILL = 100000  # fen
AMOUNT = re.compile(r"\d[\d,]*\.\d\d")


def fen(text):
    return int(text.replace(",", "").replace(".", ""))


def nodes(parent):
    for i in range(parent.childCount):
        child = parent.getChildAtIndex(i)
        if child is not None:
            yield child
            yield from nodes(child)


def wait(what, find, process):
    """What find() returns once it is something.  The tree changes while it is read, so a lost node is only tried again."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"the program ended with {process.returncode} while waiting for {what}")
        try:
            found = find()
        except Exception:  # pyatspi raises GLib errors of many kinds for a node that is gone
            found = None
        if found:
            return found
        time.sleep(0.05)
    process.kill()
    sys.exit(f"nothing came: {what}")


def entry(app, name):
    return next((n for n in nodes(app) if n.name == name and "EditableText" in pyatspi.listInterfaces(n)), None)


def cases(app, title):
    """What is paid by the funds and by the person, for each case of the range: a list of two amounts in fen."""
    rows = next((n for n in nodes(app) if n.name == title and n.getRoleName() == "list"), None)
    if rows is None:
        return None
    found = []
    for row in rows:
        texts = [n.name for n in nodes(row) if n.getRoleName() == "label"]
        amounts = [fen(m) for t in texts for m in AMOUNT.findall(t)]
        found.append((amounts[0], amounts[-1]))
    return found if len(found) == 3 else None


def strip(app, title):
    """What the strip of a narrow window says: the least and the most that the person pays, in yuan."""
    said = next((n.name for n in nodes(app) if n.getRoleName() == "label" and n.name.startswith(title) and n.name != title), "")
    found = [int(m.replace(",", "")) for m in re.findall(r"\d[\d,]*", said)]
    return found if len(found) == 2 else None


def check_cases(app, words, process):
    rows = wait("the answer", lambda: cases(app, words.gettext("Three Cases")), process)
    for funds, mine in rows:
        if funds + mine != BILL:
            sys.exit(f"{funds} + {mine} fen is not the bill of {BILL}")
    if not rows[0][1] < rows[2][1]:
        sys.exit(f"the least is not below the most: {rows}")
    return rows


def check_strip(app, words, process):
    least, most = wait("the answer", lambda: strip(app, words.gettext("I will pay about")), process)
    if not 0 < least < most <= BILL // 100:
        sys.exit(f"between {least} and {most} of {BILL // 100} yuan")
    return least, most


def close(app):
    """The window may be gone before it says that it goes."""
    actions = app[0].queryAction()
    close_at = [actions.getName(i) for i in range(actions.nActions)].index("window.close")
    try:
        actions.doAction(close_at)
    except Exception:
        pass


def main():
    app_id, locale, width, picture = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    share = os.path.join(os.environ["FLATPAK_USER_DIR"], "app", app_id, "current", "active", "files", "share", "locale")
    # The English catalogue says for "yuan" what the sources say; the Chinese one must be there, or this fails.
    words = gettext.translation("zifu", share, [locale.split("_", 1)[0] if locale.startswith("en") else locale])
    process = subprocess.Popen(["flatpak", "run", "--user", "--env=GSK_RENDERER=cairo", "--env=GDK_BACKEND=x11", f"--env=LC_ALL={locale}.UTF-8",
                                app_id, "--sample", "--estimate"])
    app = wait("the program on the accessibility bus",
               lambda: next((a for a in pyatspi.Registry.getDesktop(0) if a and a.name == app_id), None), process)
    box = wait("the entry of the bill", lambda: entry(app, words.gettext("Bill, total (yuan)")), process)
    box.queryEditableText().setTextContents("1000")
    found = (check_strip if width < 600 else check_cases)(app, words, process)
    time.sleep(1)  # until the picture is still; nothing is decided by it
    subprocess.run(["import", "-window", "root", picture], check=True)
    close(app)
    if process.wait(PATIENCE) != 0:
        sys.exit(f"the program ended with {process.returncode}")
    print(f"{locale}: {found}")


main()
