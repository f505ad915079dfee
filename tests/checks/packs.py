#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Packs, case files and person files have the shape that their schemas tell, and the linter finds nothing in a pack that we ship.

    packs.py ROOT CLI
"""
import json
import os
import subprocess
import sys

import jsonschema

import common


def no_float(text):
    raise ValueError(f"{text}: amounts and ratios are strings")


def load(root, path):
    return json.loads(common.read(root, path), parse_float=no_float)


def where(error):
    return "/" + "/".join(str(p) for p in error.absolute_path)


def shapes(root, schema, paths):
    try:
        validator = jsonschema.Draft202012Validator(load(root, schema))
    except (OSError, ValueError) as error:
        return [f"{schema}: {error}"]
    problems = []
    for path in paths:
        try:
            document = load(root, path)
        except (OSError, ValueError) as error:
            problems.append(f"{path}: {error}")
            continue
        # A case that expects a refusal may be refused for its shape.
        if isinstance(document.get("expect"), dict) and "error" in document["expect"]:
            continue
        for error in list(validator.iter_errors(document))[:3]:
            # Of a rule that fits no kind the innermost complaint is the useful one.
            best = jsonschema.exceptions.best_match([error])
            problems.append(f"{path}: {where(best)}: {best.message[:200]}")
    return problems


def check(root):
    packs = common.files(root, ["data/policies"], [".json"])
    # Below "bad" stand files that must be refused; the tests of the reader look at them.
    cases = [p for p in common.files(root, ["tests/cases"], [".json"]) if "/bad/" not in p and "/packs/" not in p]
    problems = [] if packs else ["data/policies: no packs"]
    problems += shapes(root, "data/schemas/policy.schema.json", packs)
    problems += shapes(root, "data/schemas/case.schema.json", cases)
    problems += shapes(root, "data/schemas/person.schema.json", common.files(root, ["tests/people"], [".json"]))
    for path in packs:
        done = subprocess.run([sys.argv[2], "policy", "check", os.path.join(root, path), "--packs", os.path.join(root, "data/policies")],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            problems.append(f"{path}: zifu-cli policy check: {(done.stdout + done.stderr).strip()[:500]}")
    return problems


if __name__ == "__main__":
    tree = sys.argv[1]
    schemas = {p: common.read(tree, p) for p in common.files(tree, ["data/schemas"], [".json"])}
    rule = {"id": "share", "kind": "share", "valid_from": "2024-01-01", "bands": [{"upto": None, "pay": [{"payer": "hifp", "ratio": "0.5"}]}],
            "sources": ["s"], "confidence": "1S-off"}
    pack = {"pack": "990000", "title": {"zh_CN": "试", "en": "Trial"}, "sources": [{"id": "s", "title": "Notice"}], "rules": [rule]}
    case = {"id": "a", "source": "made here", "rows": [], "policy": "990000", "person": {}, "visit": {"date": "2025-01-01", "care": "outpatient", "bill": {"total": "1.00"}}, "expect": {}}

    movement = {"acct_modi_date": "2025-01-01", "kind": "visit", "pay_sumamt": "1.00"}

    def tree_of(p, c, m=movement):
        person = {"policy": "990000", "person": {}, "record": {"movements": [m]}}
        return {**schemas, "data/policies/990000.json": json.dumps(p), "tests/cases/a.json": json.dumps(c), "tests/people/a.json": json.dumps(person)}
    common.report("packs", tree, check, [
        ("misspelt-field", tree_of({**pack, "rules": [{**rule, "bandz": []}]}, case), r"990000\.json: /rules/0"),
        ("misspelt-case-field", tree_of(pack, {**case, "vist": {}}), r"a\.json"),
        ("number-with-a-point", tree_of(pack, {**case, "person": {"age": 1.5}}), r"strings"),
        ("misspelt-field-of-person", tree_of(pack, case, {**movement, "relativ": "a"}), r"people/a\.json: /record/movements/0"),
        ("income-and-outlay", tree_of(pack, case, {**movement, "inc_sumamt": "1.00"}), r"people/a\.json: /record/movements/0"),
        ("missing-source", tree_of({**pack, "rules": [{**rule, "sources": ["nowhere"]}]}, case), "policy check"),
    ], tree_of(pack, case))
