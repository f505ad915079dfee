#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts that every rule of every shipped pack is exercised by a case.

    exercised.py ROOT ZIFU-CLI [PACK-ID …]
    exercised.py --self-test ZIFU-CLI

A rule is exercised when it stands among the "rules" of the result of a case, or when it is what refuses the case: an
unknown figure names its rule in the message.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def find_cases(root):
    """Every case that names a shipped pack or holds its own pack on top of one."""
    for path in sorted((root / "tests/cases").rglob("*.json")):
        if "packs" in path.parts or "bad" in path.parts:
            continue
        case = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(case, dict) and isinstance(case.get("policy"), str):
            yield path, case


def run(cli, root, cases):
    """One line of result a case."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as batch:
        for _, case in cases:
            batch.write(json.dumps(case, ensure_ascii=False) + "\n")
        batch.flush()
        done = subprocess.run([cli, "settle", "--batch", batch.name, "--lang", "en", "--packs", root / "tests/cases/packs"],
                              stdout=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    lines = done.stdout.splitlines()
    if len(lines) != len(cases):
        sys.exit(f"{len(cases)} cases, but {len(lines)} results: exit status {done.returncode}")
    return [json.loads(line) for line in lines]


def rules_of(result, known):
    """The ids of the rules that a result rests on, or by which it is refused."""
    used = set(result.get("rules", []))
    for visit in result.get("visits", []):
        used.update(visit.get("rules", []))
    if "error" in result:
        used.update(word for word in re.findall(r"[A-Za-z0-9_-]+", json.dumps(result["error"])) if word in known)
    return used


def self_test(cli):
    """A pack with one rule that a case uses and one that none does: the idle one is named."""
    rule = {"kind": "amount", "valid_from": "2020-01-01", "value": "1.00", "sources": ["s"], "confidence": "2S"}
    pack = {"pack": "lazy", "sources": [{"id": "s", "title": "made here"}],
            "rules": [dict(rule, id="busy", name="a"), dict(rule, id="idle", name="b", when={"status": "retired"})]}
    case = {"id": "c", "policy": "lazy", "compute": "amounts", "date": "2025-01-01", "person": {"status": "active"}}
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, content in (("data/policies/lazy.json", pack), ("tests/cases/packs/lazy.json", pack), ("tests/cases/c.json", case)):
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content), encoding="utf-8")
        done = subprocess.run([sys.executable, __file__, root, cli], stdout=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    wanted = ["lazy: 1 of 2 rules exercised by 1 cases", "  not exercised: idle", "  fewer than six cases"]
    if done.returncode != 1 or done.stdout.splitlines() != wanted:
        sys.exit(f"the check did not find what is wrong: {done.stdout}")


def main():
    if sys.argv[1] == "--self-test":
        self_test(sys.argv[2])
        return
    root, cli, wanted = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    packs = {}
    for path in sorted((root / "data/policies").glob("*.json")):
        pack = json.loads(path.read_text(encoding="utf-8"))
        packs[pack["pack"]] = [rule["id"] for rule in pack["rules"]]
    cases = [(path, case) for path, case in find_cases(root) if case["policy"] in packs]
    known = {rule for rules in packs.values() for rule in rules}
    used, count = set(), {}
    for (_, case), result in zip(cases, run(cli, root, cases)):
        used |= rules_of(result, known)
        count[case["policy"]] = count.get(case["policy"], 0) + 1
    missing = 0
    for pack, rules in packs.items():
        if wanted and pack not in wanted:
            continue
        idle = [rule for rule in rules if rule not in used]
        missing += len(idle)
        print(f"{pack}: {len(rules) - len(idle)} of {len(rules)} rules exercised by {count.get(pack, 0)} cases")
        for rule in idle:
            print(f"  not exercised: {rule}")
        if count.get(pack, 0) < 6:
            print("  fewer than six cases")
            missing += 1
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
