#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks rules of the engine on purpose, one at a time, and shows which tests notice.

    mutate.py [--only WORD] TREE

The tree is copied, built without the window, and must pass first.  Then each mutation below is made, built, and tested: it must
fail, or nothing guards that rule.  Exit status 1 when a mutation survives or can no longer be made.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

# What is broken, in which file, and how.  The old text must stand there just once.
MUTATIONS = [
    ("a day after the last one a rule still holds", "zifu-plan.c", "days[n++] = to + 1;", "days[n++] = to + 2;"),
    ("less specific rules win", "zifu-select.c", "hits->rules[i]->plan.specificity > best->plan.specificity",
     "hits->rules[i]->plan.specificity < best->plan.specificity"),
    ("rules that are overridden stay", "zifu-select.c", "!(overrides && is_overridden (hits->rules[i], hits))", "TRUE"),
    ("what was met of the deductible is forgotten", "zifu-layer.c", "MAX (0, need.need - met)", "MAX (0, need.need)"),
    ("a band ends a yuan too late", "zifu-walk.c", "zifu_arith_sub (&self->arith, band->upto, active[0]->at), rate",
     "zifu_arith_add (&self->arith, zifu_arith_sub (&self->arith, band->upto, active[0]->at), ZIFU_RATIONAL_ONE), rate"),
    ("in whole numbers a band ends a yuan too late", "zifu-layer-whole.c", "!shorten (self, 0, band->upto,",
     "!shorten (self, 0, band->upto + 100 * terms->den,"),
    ("a cap that is used up does not close", "zifu-walk.c", "zifu_rational_sign (room) <= 0", "zifu_rational_sign (room) < 0"),
    ("in whole numbers a cap that is used up does not close", "zifu-layer-whole.c", "self->closed = meter;", "continue;"),
    ("points are added where nobody pays", "zifu-bands.c", "adjust->u.adjust.skip_zero && band->ratios[hit].num == 0", "FALSE"),
    ("a supplement pays where nobody pays", "zifu-bands.c", "adjust->u.adjust.skip_zero && !somebody_pays (band)", "FALSE"),
    ("category C is covered", "zifu-scope.c", "!is_letter (self->category, 'C')", "!is_letter (self->category, 'D')"),
    ("the quota of a relative is no limit", "zifu-till-layers.c", "account->has_quota ? MIN (account->balance, account->quota)",
     "account->has_quota ? MAX (account->balance, account->quota)"),
    ("refunds after the year are paid at once", "zifu-till-layers.c", "  if (!later)", "  if (TRUE)"),
    ("a period of 360 days has 361", "zifu-counters.c", "on - since < (int) decl->days", "on - since <= (int) decl->days"),
    ("halves are cut", "zifu-rational.c", "r >= den - r", "r > den - r"),
    ("people who differ in a table are taken for one another", "zifu-plan-axes.c", "self->axes[expr->id].decides = TRUE;", ""),
    ("what a counter held for somebody is remembered for others", "zifu-eval.c", "  self->run->live = TRUE;\n  if (!zifu_context_counter",
     "  if (!zifu_context_counter"),
    ("what list somebody has is remembered for others", "zifu-eval.c", "  self->run->live = TRUE;\n  for (guint i = 0; value",
     "  for (guint i = 0; value"),
    ("the index of one day is remembered for another", "zifu-plan.c",
     "n = add_days (self->days, n, g_array_index (entries, ZifuIndexEntry, j).from, g_array_index (entries, ZifuIndexEntry, j).to);", ";"),
    ("an age at a bound is taken for one below it", "zifu-plan-axes.c", "return num < bound ? 2 * i : 2 * i + 1;", "return 2 * i;"),
    ("in whole numbers halves are cut", "zifu-layer-whole.c", "r >= unit - r", "r > unit - r"),
    ("in whole numbers what lies between two fen is lost", "zifu-layer-whole.c", "  self->left *= factor;", ""),
    ("a stay that was counted is not seen in the same visit", "zifu-counters.c", "  self->stay_moved = TRUE;", ""),
    ("lines of another price are taken for one another", "zifu-till-axes.c", "if (plan->unit_price >= 0 && !bounds->has_price)",
     "if (FALSE)"),
    ("who begins once more has paid already", "zifu-settle.c", "desk->twice)\n    desk_restore (desk);\n  else", "desk->twice)\n    ;\n  else"),
    ("another stay is taken for the same", "zifu-face.c", "face->stays != (gint64) run->counters->stay.number.num", "FALSE"),
    ("another day is taken for the same", "zifu-face.c", "face->day != 0 && face->day != run->on", "FALSE"),
    ("another care is taken for the same", "zifu-till-enter.c", "!is_same_route (self, known)",
     "!(TRUE || is_same_route (self, known))"),
    ("lines of another price look the same", "zifu-line-face.c", "face->single = axis != NULL && !bounds->has_price;",
     "face->single = FALSE;"),
    ("whoever has a list has any list", "zifu-facts.c", "      self->has_list = TRUE;\n", ""),
    ("two that feed one counter need not agree", "zifu-layer-whole.c", "same_as >= 0 && self->used[m] != (", "FALSE && self->used[m] != ("),
    ("a visit that is refused leaves its traces", "zifu-settle.c", "  if (!settled && desk->goes_on)\n    desk_restore (desk);", ""),
]
TESTS = ["test-money", "test-rational", "test-date", "test-settle", "test-credit", "test-cases", "test-settler", "test-again"]


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


class Copy:
    def __init__(self, tree, folder):
        self.tree = os.path.join(folder, "tree")
        self.build = os.path.join(folder, "build")
        shutil.copytree(tree, self.tree, ignore=shutil.ignore_patterns("_build*", ".git"))
        done = run(["meson", "setup", "-Dgui=false", "-Dwerror=false", "-Doptimization=0", self.build, self.tree])
        if done.returncode != 0:
            sys.exit(done.stdout[-2000:] + done.stderr[-2000:])

    def path(self, name):
        return os.path.join(self.tree, "src", "engine", name)

    def failures(self):
        """Names of the tests that fail; None when it does not compile."""
        done = run(["ninja", "-C", self.build] + [f"tests/unit/{t}" for t in TESTS])
        if done.returncode != 0:
            return None
        tests = os.path.join(self.tree, "tests")
        env = dict(os.environ, G_TEST_SRCDIR=tests, ZIFU_POLICY_DIR=os.path.join(self.tree, "data", "policies"), LC_ALL="C.UTF-8")
        failed = []
        for test in TESTS:
            # A test program stops at its first failure, unless it is told to go on.
            try:
                done = run([os.path.join(self.build, "tests", "unit", test), "-k"], env=env, timeout=120)
            except subprocess.TimeoutExpired:
                failed.append(f"{test}, which never ends")
                continue
            failed += re.findall(r"^not ok \d+ (\S+)", done.stdout, re.MULTILINE)
            if done.returncode != 0 and not failed:
                failed.append(test)
        return failed


def mutate(copy, file, old, new):
    with open(copy.path(file), encoding="utf-8") as source:
        text = source.read()
    if text.count(old) != 1:
        return None
    with open(copy.path(file), "w", encoding="utf-8") as source:
        source.write(text.replace(old, new))
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", default="")
    parser.add_argument("tree")
    args = parser.parse_args()
    chosen = [m for m in MUTATIONS if args.only in m[0]]
    survived = 0
    print("TAP version 13", f"1..{1 + len(chosen)}", sep="\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="zifu-mutation.") as folder:
        copy = Copy(args.tree, folder)
        failed = copy.failures()
        print(f"{'ok' if failed == [] else 'not ok'} 1 - unbroken, every test passes", flush=True)
        if failed != []:
            print(f"# {failed}")
            return 1
        for n, (what, file, old, new) in enumerate(chosen, start=2):
            text = mutate(copy, file, old, new)
            failed = copy.failures() if text is not None else []
            survived += not failed
            print(f"{'ok' if failed else 'not ok'} {n} - {what} ({file})")
            if text is None:
                print("#   that text does not stand there just once any more: choose another mutation")
                continue
            for name in (failed or [])[:3]:
                print(f"#   noticed by {name}")
            if failed and len(failed) > 3:
                print(f"#   and {len(failed) - 3} more", flush=True)
            with open(copy.path(file), "w", encoding="utf-8") as source:
                source.write(text)
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
