#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold between settlements, on the rules of real regions.

    properties.py --cli ZIFU-CLI [--count N] [--seed S] [--out DIR]
    properties.py --self-test

Each round takes the pack, the person and the visit of a stored case, gives them a new bill, and settles it beside its relatives: the
same lines in another order, another balance, a larger bill, the bill in two halves, the second of two visits from the state that the
first one left.  A round that breaks a property is made smaller while it still does, and written to DIR as a case file with its twin.
"""
import argparse
import copy
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(HERE, "..")
sys.path[:0] = [HERE, os.path.join(HERE, "..", "reference")]

from compare import broken, fen, funds_of, smaller  # noqa: E402

PACKS = os.path.join(TESTS, "cases", "packs")
ITEMS = ["drug", "exam", "service", "material", "bed", "treatment"]
SILENT = {"trace", "rules", "notes"}


def show(amount):
    return f"{amount // 100}.{amount % 100:02d}"


# ---------------------------------------------------------------------------------------------- what is drawn


def templates():
    """Stored cases whose rules are a pack, with one or more visits and a result."""
    out = []
    for path in sorted(glob.glob(os.path.join(TESTS, "cases", "beijing", "*.json")) + glob.glob(os.path.join(TESTS, "cases", "regions", "*.json"))):
        with open(path, encoding="utf-8") as file:
            case = json.load(file)
        if case.get("compute", "settle") == "settle" and isinstance(case["policy"], str) and "error" not in case["expect"]:
            out.append({k: case[k] for k in ("id", "policy", "person", "visit", "visits", "unknown_as") if k in case})
    return out


def amount(rng):
    return rng.randrange(1, 10 ** rng.randrange(2, 8))


def draw(rng, chosen):
    """A case of one visit with a new bill, another balance and other counters."""
    case = {"id": chosen["id"], "policy": chosen["policy"], "person": copy.deepcopy(chosen["person"]), "source": "drawn", "expect": {"psn_part_amt": "0.00"}}
    visit = copy.deepcopy(rng.choice(chosen.get("visits") or [chosen["visit"]]))
    visit.pop("base_paid", None)
    visit.pop("prepaid", None)
    case["person"]["account"] = {"balance": show(amount(rng))}
    if rng.random() < 0.5:
        visit["bill"] = {"total": show(amount(rng)), "out": "0.00"}
    else:
        visit["bill"] = {"lines": [{"item": rng.choice(ITEMS), "category": rng.choice("AAC"), "amount": show(amount(rng))} for _ in range(rng.randrange(1, 6))]}
    case["visit"] = visit
    return case


# ---------------------------------------------------------------------------------------------- the properties


def with_bill(case, bill, suffix):
    twin = copy.deepcopy(case)
    twin["id"] += suffix
    twin["visit"]["bill"] = bill
    return twin


def reordered(case, rng):
    lines = case["visit"]["bill"].get("lines")
    if not lines or len(lines) < 2:
        return None
    return with_bill(case, {"lines": rng.sample(lines, len(lines))}, "-reordered")


def same_result(result, twin):
    strip = lambda o: {k: v for k, v in o.items() if k not in SILENT}
    return [] if strip(result) == strip(twin) else ["another order of the lines changes the result"]


def richer(case, _rng):
    twin = copy.deepcopy(case)
    twin["id"] += "-richer"
    twin["person"]["account"] = {"balance": "99999999.00"}
    twin["person"].pop("mutual_aid", None)
    return twin


def same_funds(result, twin):
    return [] if funds_of(result) == funds_of(twin) else ["the funds depend on the balance"]


def larger(case, rng):
    bill = case["visit"]["bill"]
    return with_bill(case, {"total": show(fen(bill["total"]) + amount(rng)), "out": "0.00"}, "-larger") if "total" in bill else None


def not_less(result, twin):
    return [] if fen(twin["fund_pay_sumamt"]) >= fen(result["fund_pay_sumamt"]) else ["the funds pay less for a larger bill"]


def halves(case, rng):
    bill = case["visit"]["bill"]
    if "total" not in bill or fen(bill["total"]) < 2:
        return None
    first = rng.randrange(1, fen(bill["total"]))
    twin = copy.deepcopy(case)
    twin["id"] += "-halves"
    visit = twin.pop("visit")
    twin["visits"] = [dict(visit, bill={"total": show(part), "out": "0.00"}) for part in (first, fen(bill["total"]) - first)]
    return twin


def runs_over_the_year(rule):
    """Whether a rule cares only for what the year has seen, and not for how many visits it took.  A counter with an axis in its
    name, such as {stay}, is another one for each visit."""
    counted = "counter" in rule and "{" not in rule["counter"]
    if rule["kind"] in ("fixed", "gate", "layer") or "absorb" in rule or "year_cap" in rule or rule.get("round", "fen") != "fen":
        return False
    if rule["kind"] in ("deductible", "cap") and not counted or rule["kind"] == "share" and len(rule["bands"]) > 1 and not counted:
        return False
    return '"stay"' not in json.dumps(rule) and '"counter"' not in json.dumps([rule.get("amount"), rule.get("bands"), rule.get("value")])


def same_sum(result, twin, rules):
    """Where deductible, bands and caps all run over the year, one bill or two is the same but for the rounding of each payer's line."""
    used = [rules[r] for v in twin["visits"] for r in v["rules"] if r in rules]
    if not all(runs_over_the_year(r) for r in used):
        return []
    apart = sum(fen(v["fund_pay_sumamt"]) for v in twin["visits"])
    return [] if abs(apart - fen(result["fund_pay_sumamt"])) <= 4 else [f"one bill {result['fund_pay_sumamt']}, in two {show(apart)}"]


def one_after_another(case, rng):
    twin = copy.deepcopy(case)
    twin["id"] += "-two"
    visit = twin.pop("visit")
    twin["visits"] = [visit, dict(copy.deepcopy(visit), bill={"total": show(amount(rng)), "out": "0.00"})]
    return twin


def from_the_state(twin, two):
    """The second visit alone, from the counters and purses that the first one left."""
    alone = copy.deepcopy(twin)
    alone["id"] += "-alone"
    alone["visit"] = alone.pop("visits")[1]
    alone["person"]["counters"] = {k: v for k, v in two["visits"][0]["counters"].items() if fen(v) != 0}
    alone["person"]["account"] = two["visits"][0]["purses"]
    for relative in alone["person"].get("mutual_aid", []):
        paid = sum(fen(m["amount"]) for m in two["visits"][0].get("mutual_aid", []) if m["id"] == relative["id"])
        relative["balance"] = show(fen(relative["balance"]) - paid)
        if "quota" in relative:
            relative["quota"] = show(fen(relative["quota"]) - paid)
    return alone


PROPERTIES = [(reordered, same_result), (richer, same_funds), (larger, not_less), (halves, same_sum)]


# ---------------------------------------------------------------------------------------------- running


class Runner:
    def __init__(self, cli):
        self.cli = cli
        self.rules = {}

    def settle(self, cases):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as batch:
            for case in cases:
                batch.write(json.dumps(case) + "\n")
            batch.flush()
            done = subprocess.run([self.cli, "settle", "--batch", batch.name, "--packs", PACKS], capture_output=True, text=True, check=False)
        results = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
        if len(results) != len(cases):
            sys.exit(f"{len(cases)} cases, {len(results)} results, exit status {done.returncode}\n{done.stderr[-2000:]}")
        return results

    def rules_of(self, pack):
        if pack not in self.rules:
            for folder in (PACKS, os.environ.get("ZIFU_POLICY_DIR", os.path.join(TESTS, "..", "data", "policies"))):
                path = os.path.join(folder, pack + ".json")
                if os.path.exists(path):
                    with open(path, encoding="utf-8") as file:
                        loaded = json.load(file)
                    self.rules[pack] = {r["id"]: r for r in loaded["rules"]}
                    if "extends" in loaded:
                        self.rules[pack] = {**self.rules_of(loaded["extends"]), **self.rules[pack]}
                    break
        return self.rules[pack]


def twins(case, rng):
    made = [(check, make(case, rng)) for make, check in PROPERTIES]
    return [(check, twin) for check, twin in made if twin is not None]


def judge(runner, check, case, result, twin, other):
    if check is same_sum:
        return same_sum(result, other, runner.rules_of(case["policy"]))
    return check(result, other)


def examine(runner, cases, seeds):
    """Problems of a list of cases, as (case, twin, text), and how many comparisons were made for each property."""
    results = runner.settle(cases)
    pairs, problems, made = [], [], {}
    for case, result, seed in zip(cases, results, seeds):
        if "error" in result:
            made["refused"] = made.get("refused", 0) + 1
            continue
        problems += [(case, None, text) for text in broken(case, result)]
        pairs += [(check, case, result, twin) for check, twin in twins(case, random.Random(seed))]
        pairs.append((from_the_state, case, result, one_after_another(case, random.Random(seed))))
    later = []
    for (check, case, result, twin), other in zip(pairs, runner.settle([p[3] for p in pairs]) if pairs else []):
        if "error" in other:
            continue
        made[check.__name__] = made.get(check.__name__, 0) + 1
        if check is from_the_state:
            later.append((case, twin, other))
            continue
        problems += [(case, twin, text) for text in judge(runner, check, case, result, twin, other)]
    alone = [from_the_state(twin, two) for _, twin, two in later]
    for (case, twin, two), single, result in zip(later, alone, runner.settle(alone) if alone else []):
        if "error" in result or not re.fullmatch(r"\d{4}-\d\d-\d\d", twin["visits"][1]["date"]):
            continue
        second = two["visits"][1]
        for field in ("fund_pay_sumamt", "psn_part_amt", "psn_cash_pay", "own_acct_pay", "funds", "counters"):
            if second[field] != result[field]:
                problems.append((single, twin, f"{field}: {second[field]} in a row, {result[field]} from the state"))
                break
    return problems, made


def shrink(runner, case, seed, text):
    """The same problem with less: fewer lines, fewer facts, while some problem remains."""
    kind = text.split(":")[0].split(",")[0]
    for _ in range(40):
        for less in smaller({**case, "policy": {"rules": []}}):
            less["policy"] = case["policy"]
            found, _made = examine(runner, [less], [seed])
            if any(t.startswith(kind) for _, _, t in found):
                case = less
                break
        else:
            return case
    return case


def self_test():
    """Each property notices a result that breaks it, and lets one pass that does not."""
    base = {"fund_pay_sumamt": "10.00", "lines": [], "later": {}, "claim": {}, "counters": {}, "bands": {}}
    less = dict(base, fund_pay_sumamt="9.99")
    moved = dict(base, counters={"c": "1.00"})
    rules = {"d": {"kind": "deductible", "counter": "c"}, "f": {"kind": "deductible"}, "s": {"kind": "deductible", "counter": "c:{stay}"}}
    two = lambda a, b, rule: {"visits": [{"fund_pay_sumamt": a, "rules": [rule]}, {"fund_pay_sumamt": b, "rules": []}]}
    tests = [
        ("order", same_result(base, less) and not same_result(base, dict(base, trace=[1]))),
        ("balance", same_funds(base, moved) and not same_funds(base, dict(base, psn_cash_pay="1.00"))),
        ("larger", not_less(base, less) and not not_less(less, base)),
        ("halves", same_sum(base, two("5.00", "4.90", "d"), rules) and not same_sum(base, two("5.00", "5.01", "d"), rules)),
        ("halves-each-visit", not same_sum(base, two("1.00", "1.00", "f"), rules) and not same_sum(base, two("1.00", "1.00", "s"), rules)),
    ]
    print("TAP version 13", f"1..{len(tests)}", sep="\n")
    for n, (name, passed) in enumerate(tests, start=1):
        print(f"{'ok' if passed else 'not ok'} {n} - /properties/self/{name}")
    return 0 if all(t[1] for t in tests) else 1


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--cli", required=True)
    parser.add_argument("--count", type=int, default=int(os.environ.get("ZIFU_PROPERTY_COUNT", "3000")))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default=os.path.join(os.environ.get("G_TEST_BUILDDIR", "."), "property-failing"))
    args = parser.parse_args()
    runner, pool, made, problems = Runner(os.path.abspath(args.cli)), templates(), {}, []
    for start in range(args.seed, args.seed + args.count, 500):
        seeds = list(range(start, min(start + 500, args.seed + args.count)))
        cases = [draw(random.Random(s), random.Random(s).choice(pool)) for s in seeds]
        found, more = examine(runner, cases, seeds)
        made = {k: made.get(k, 0) + more.get(k, 0) for k in {*made, *more}}
        problems += [(seeds[cases.index(case)] if case in cases else start, case, twin, text) for case, twin, text in found]
    names = ["same_result", "same_funds", "not_less", "same_sum", "from_the_state"]
    print("TAP version 13", f"1..{1 + len(names)}", f"# {args.count} rounds on {len(pool)} stored cases: {made}", sep="\n")
    for seed, case, twin, text in problems[:10]:
        os.makedirs(args.out, exist_ok=True)
        small = shrink(runner, case, seed, text)
        path = os.path.join(args.out, f"{case['id']}-{seed}.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(small, file, ensure_ascii=False, indent=1)
        print(f"# seed {seed}, {case['id']}: {text}\n#   {path}\n#   twin {json.dumps(twin, ensure_ascii=False)[:400]}")
    print(f"{'not ok' if problems else 'ok'} 1 - /properties/real-regions")
    for n, name in enumerate(names, start=2):
        # A property that was hardly ever compared proves nothing.
        print(f"{'ok' if made.get(name, 0) * 20 >= args.count else 'not ok'} {n} - /properties/{name}/was-compared")
    return 1 if problems or any(made.get(name, 0) * 20 < args.count for name in names) else 0


if __name__ == "__main__":
    sys.exit(main())
