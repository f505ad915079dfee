# SPDX-License-Identifier: GPL-3.0-or-later
"""Which cases show each shape that rules take: below, at and above its boundary.

make-table.py writes the two tables of this file into README.md and checks them.  A place is FOLDER/CASE, or only CASE for the folder
shapes, with #N for the N-th visit of a case of several.  Where a shape has no figure to lie below or above, the three places are a value
that fits, one that just does not, and another branch.
"""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))

import reference  # noqa: E402

LETTERS = {"A": 9, "B": 12, "C": 8, "D": 12, "E": 0, "F": 0, "G": 0, "K": 10}
KEYS = [f"{letter}{n}" for letter, count in LETTERS.items() for n in range(1, count + 1)] + ["E", "F", "G"]

# Key, the shape in words, below (fits), at (just does not), above (another branch), and more cases on rules of real regions.
SHAPES = [
    ("A1", "insurance and plan", "shape-a1-plan#1", "shape-a1-plan#2", "shape-a1-plan#3",
     "regions/cq-resident-plan1-adult regions/cq-resident-plan2-adult regions/440300-ip-plan2-t1"),
    ("A2", "status: active, retired, flexible", "shape-a2-status#1", "shape-a2-status#2", "shape-a2-status#3",
     "beijing/110000-op-active beijing/110000-op-retired-66 beijing/110000-op-flexible regions/320100-op-1949"),
    ("A3", "age bands", "shape-a3-age#1", "shape-a3-age#2", "shape-a3-age#3",
     "beijing/110000-op-retired-66 beijing/110000-op-retired-70 regions/120000-op-retired-72 regions/310000-res-ip-60"),
    ("A4", "cohort by a day", "shape-a4-cohort#1", "shape-a4-cohort#2", "shape-a4-cohort#3", "regions/310000-op-retired-2000-t3"),
    ("A5", "class of a resident", "shape-a5-resident-class#1", "shape-a5-resident-class#2", "shape-a5-resident-class#3",
     "beijing/110000-resident-child-two-stays#1 beijing/110000-resident-elderly-2nd#1 regions/120000-res-student#1"),
    ("A6", "months of continuous cover", "shape-a6-months-of-cover#1", "shape-a6-months-of-cover#2 shape-a6-months-of-cover#3",
     "shape-a6-months-of-cover#4", "regions/440300-special-1 beijing/110000-special-cancer-from-outside"),
    ("A7", "institution: level, community, pharmacy, chosen, signed doctor", "shape-a7-institution#1 shape-a7-institution#2 shape-a7-institution#3",
     "shape-a7-institution#4 shape-a7-institution#5", "shape-a7-institution#6 shape-a7-institution#7",
     "beijing/110000-op-community regions/440300-op-not-chosen regions/sz-retired-chosen regions/330100-op-retired-contract"),
    ("A8", "class of remote care, free zone", "shape-a8-remote#1 shape-a8-remote#4", "shape-a8-remote#2 shape-a8-remote#3", "shape-a8-remote#5",
     "beijing/110000-jjj-unfiled regions/120000-jjj-low-tier regions/510100-res-unfiled#2 beijing/110000-filed-long"),
    ("A9", "benefit year, validity of a rule", "shape-a9-year-and-validity#1", "shape-a9-year-and-validity#2", "shape-a9-year-and-validity#3",
     "regions/sh-year-turns-in-july#1 regions/310000-op-new-medical-year#2 regions/330100-ip-2026-refused regions/310000-op-2026-not-confirmed"),
    ("B1", "deductible: yearly, shared by all institutions", "shape-b1-yearly#1", "shape-b1-yearly#2", "shape-b1-yearly#3",
     "beijing/110000-op-below-deductible beijing/110000-op-with-history beijing/110000-op-new-year#2"),
    ("B2", "deductible: yearly, by level", "shape-b2-yearly-by-level#2", "shape-b2-yearly-by-level#1 shape-b2-yearly-by-level#3",
     "shape-b2-yearly-by-level#4 shape-b2-yearly-by-level#5", "beijing/110000-resident-op-two-levels#2"),
    ("B3", "deductible: each visit", "shape-b3-per-visit#1", "shape-b3-per-visit#2", "shape-b3-per-visit#3", "published/oss-zhengzhou-per-visit"),
    ("B4", "deductible: none at primary care", "shape-b4-zero-at-primary#1", "shape-b4-zero-at-primary#2",
     "shape-b4-zero-at-primary#3 shape-b4-zero-at-primary#4", "regions/310000-res-op-village#1"),
    ("B5", "deductible: reduced on a condition", "shape-b5-reduced#1", "shape-b5-reduced#2", "shape-b5-reduced#3",
     "regions/330100-op-retired-contract regions/330100-res-op-t3-school"),
    ("B6", "deductible: each stay, by level", "shape-b6-per-stay#1", "shape-b6-per-stay#2", "shape-b6-per-stay#3",
     "regions/440100-ip-retired-t2-twice#2"),
    ("B7", "deductible: falls with the number of the stay", "shape-b7-half-then-flat#1 shape-b7-less-100-with-floor#3",
     "shape-b7-half-then-flat#2 shape-b7-less-100-with-floor#4", "shape-b7-half-then-flat#3 shape-b7-less-100-with-floor#5",
     "beijing/bj-ip-two-stays#2 regions/320100-ip-three-stays#3 regions/510100-later-stays#4 regions/320500-ip-retired-stays#3"),
    ("B8", "deductible: one a year at the highest level", "shape-b8-highest-level#1", "shape-b8-highest-level#2",
     "shape-b8-highest-level#3 shape-b8-highest-level#4", "regions/330100-res-ip-highest-level#2 regions/510100-higher-level#2"),
    ("B9", "deductible: over the stays of a year", "shape-b9-over-the-stays#1", "shape-b9-over-the-stays#2",
     "shape-b9-over-the-stays#3 shape-b9-over-the-stays#4", "regions/310000-ip-yearly-deductible#2"),
    ("B10", "deductible: by period of 90 or 360 days", "shape-b10-360-days#2 shape-b10-90-days-of-a-stay#1",
     "shape-b10-360-days#3 shape-b10-90-days-of-a-stay#2", "shape-b10-360-days#4 shape-b10-90-days-of-a-stay#3",
     "beijing/bj-special-360-days#2 beijing/110000-sequence-across-the-year#8 beijing/110000-sequence-across-the-year#9 "
     "beijing/110000-ip-stay-over-90-days-refused"),
    ("B11", "deductible: which payments count", "shape-b11-what-counts#1 shape-b11-what-counts#2", "shape-b11-what-counts#3",
     "shape-b11-what-counts#4", "regions/310000-op-pharmacy-counts#2"),
    ("B12", "deductible: measured on the cost in scope", "shape-b12-on-in-scope-cost#1", "shape-b12-on-in-scope-cost#2",
     "shape-b12-on-in-scope-cost#3", "published/lanzhou-op-1 beijing/110000-op-with-history"),
    ("C1", "ratio by level", "shape-c1-by-level#1", "shape-c1-by-level#2", "shape-c1-by-level#3", "published/seo-5000-l1 published/seo-5000-l2"),
    ("C2", "ratio by level and band, marginal", "shape-c2-level-and-band#1", "shape-c2-level-and-band#2 shape-c2-level-and-band#4",
     "shape-c2-level-and-band#3 shape-c2-level-and-band#5", "beijing/110000-ip-active-45000 regions/420100-ip-active-300000"),
    ("C3", "a line above which a rule of its own holds", "shape-c3-line-with-its-own-rule#1", "shape-c3-line-with-its-own-rule#2",
     "shape-c3-line-with-its-own-rule#3", "regions/120000-op-active-10000"),
    ("C4", "another ratio above a cap", "shape-c4-ratio-above-a-cap#1", "shape-c4-ratio-above-a-cap#2", "shape-c4-ratio-above-a-cap#3",
     "beijing/110000-ip-over-pool regions/sh-ceiling regions/500000-pool-cap"),
    ("C5", "retired: points, factor on the own share, own table", "shape-c5-retired#1 shape-c5-retired#3 shape-c5-retired#6",
     "shape-c5-retired#2 shape-c5-retired#4 shape-c5-retired#7", "shape-c5-retired#5",
     "beijing/110000-ip-retired-pool-only regions/420100-ip-retired regions/320100-ip-1949"),
    ("C6", "points for age, not above 100%", "shape-c6-age-points#1", "shape-c6-age-points#2", "shape-c6-age-points#3 shape-c6-age-points#4",
     "regions/510100-age-60 regions/510100-age-92"),
    ("C7", "several payers in one ratio", "shape-c7-two-payers#1", "shape-c7-two-payers#3", "shape-c7-two-payers#2 shape-c7-two-payers#4",
     "beijing/110000-ip-retired-45000"),
    ("C8", "remote care: points, first own share, factor", "shape-c8-remote#1 shape-c8-remote#4 shape-c8-remote#6", "shape-c8-remote#3",
     "shape-c8-remote#2 shape-c8-remote#5 shape-c8-remote#7", "regions/js-remote-unfiled regions/440300-ip-remote#1"),
    ("D1", "cap on money paid, on cost, on own payments", "shape-d1-measures#1 shape-d1-measures#4 shape-d1-measures#7",
     "shape-d1-measures#2 shape-d1-measures#5 shape-d1-measures#8", "shape-d1-measures#3 shape-d1-measures#6 shape-d1-measures#9",
     "regions/320100-op-limit-15000 regions/320500-op-limit-13000 regions/320100-special-dialysis-cost-cap"),
    ("D2", "cap shared by outpatient and inpatient care", "shape-d2-shared-cap#2", "shape-d2-shared-cap#3", "shape-d2-shared-cap#4 shape-d2-shared-cap#5",
     "regions/420100-ceiling-with-outpatient#2"),
    ("D3", "cap inside a cap", "shape-d3-sub-cap#1", "shape-d3-sub-cap#2 shape-d3-sub-cap#4", "shape-d3-sub-cap#3 shape-d3-sub-cap#5",
     "regions/440300-op-sub-cap#1 regions/320500-op-pharmacy-3000"),
    ("D4", "cap as a share of an indexed wage", "shape-d4-cap-of-a-wage#1", "shape-d4-cap-of-a-wage#2", "shape-d4-cap-of-a-wage#3 shape-d4-cap-of-a-wage#4",
     "regions/440100-caps-2024 regions/440300-caps-2025 regions/440100-op-cap-2024"),
    ("D5", "caps by status", "shape-d5-cap-by-status#1 shape-d5-cap-by-status#4", "shape-d5-cap-by-status#2 shape-d5-cap-by-status#5",
     "shape-d5-cap-by-status#3 shape-d5-cap-by-status#6", "regions/420100-op-retired-cap regions/500000-op-retired-cap"),
    ("D6", "cap that grows", "shape-d6-growing-cap#1", "shape-d6-growing-cap#2", "shape-d6-growing-cap#3", "published/serious-limit-incentive-hainan"),
    ("D7", "cap by disease, cap by kind of cost", "shape-d7-per-disease-and-kind#1 shape-d7-per-disease-and-kind#5",
     "shape-d7-per-disease-and-kind#2 shape-d7-per-disease-and-kind#6", "shape-d7-per-disease-and-kind#3 shape-d7-per-disease-and-kind#7",
     "regions/320100-special-dialysis-cost-cap"),
    ("D8", "fixed quota, the patient pays nothing", "shape-d8-fixed-quota#1", "shape-d8-fixed-quota#2", "shape-d8-fixed-quota#3",
     "regions/440100-ip-psychiatric published/bj-cataract-5150"),
    ("D9", "cap by the month", "shape-d9-monthly-cap#1", "shape-d9-monthly-cap#2", "shape-d9-monthly-cap#3 shape-d9-monthly-cap#4",
     "regions/440100-op-2022-monthly#1"),
    ("D10", "two outpatient stages", "shape-d10-two-stages#1", "shape-d10-two-stages#2", "shape-d10-two-stages#3", "regions/320100-res-op-two-stages"),
    ("D11", "layer on the own payments, paid after the year", "shape-d11-after-the-year#1", "shape-d11-after-the-year#2 shape-d11-after-the-year#3",
     "shape-d11-after-the-year#4", "beijing/bj-year-serious#2 beijing/110000-resident-serious"),
    ("D12", "no cap is null", "shape-d12-no-cap#1", "shape-d12-no-cap#2", "shape-d12-no-cap#3 shape-d12-no-cap#4", ""),
    ("E", "order of the steps: out, limit, first share, account, deductible, bands, layers", "shape-e-pipeline#1 shape-e-account-first#1",
     "shape-e-pipeline#2 shape-e-account-first#2", "shape-e-pipeline#3 shape-e-account-first#3",
     "regions/610100-bed regions/sh-current-account-first#1 special-then-ordinary"),
    ("F", "waiting and gaps", "shape-f-gap-of-two-months waiting-share-0", "shape-f-gap-of-three-months waiting-share-1-2",
     "shape-f-gap-of-four-months waiting-share-1", "regions/310000-cov-flexible-1m regions/310000-cov-flexible-4m national/coverage-resident-two-years"),
    ("G", "contributions and credits", "shape-g-base-below-floor shape-g-cut-day-before shape-g-base-above-floor",
     "shape-g-base-at-floor shape-g-base-at-ceiling shape-g-cut-last-day", "shape-g-base-above-ceiling shape-g-cut-day-after",
     "beijing/110000-credit-2026-clamped beijing/110000-credit-retired-72 regions/credit-yearly"),
    ("K1", "a line on the money paid that switches the ratio", "shape-k1-line-on-paid-money#1", "shape-k1-line-on-paid-money#2",
     "shape-k1-line-on-paid-money#3", "beijing/110000-op-40000 beijing/110000-op-40000-over-the-year#7"),
    ("K2", "deductible a tenth less for each earlier stay", "shape-k2-tenth-less-for-each-stay#3", "shape-k2-tenth-less-for-each-stay#4",
     "shape-k2-tenth-less-for-each-stay#5 shape-k2-tenth-less-for-each-stay#6", "regions/500000-five-stays#4 regions/cq-level2-after-level3#2"),
    ("K3", "no deductible from the fourth stay on", "shape-k3-nothing-from-the-fourth#3", "shape-k3-nothing-from-the-fourth#4",
     "shape-k3-nothing-from-the-fourth#5", "regions/610100-four-stays#4"),
    ("K4", "first share by the price of a piece", "shape-k4-first-share-by-unit-price#1",
     "shape-k4-first-share-by-unit-price#2 shape-k4-first-share-by-unit-price#4", "shape-k4-first-share-by-unit-price#3 shape-k4-first-share-by-unit-price#5",
     "regions/610100-material-25000 beijing/110000-material-exactly-500 beijing/110000-material-above-500"),
    ("K5", "points for age, whatever the status", "shape-k5-points-for-age#1", "shape-k5-points-for-age#2", "shape-k5-points-for-age#3",
     "regions/510100-age-60"),
    ("K6", "remote care: factor on the own share, own deductible", "shape-k6-remote-own-share#1 shape-k6-remote-own-share#3",
     "shape-k6-remote-own-share#2 shape-k6-remote-own-share#4", "shape-k6-remote-own-share#5", "regions/120000-remote#1 tianjin-own-share-factor"),
    ("K7", "half the benefits while waiting", "waiting-share-0", "waiting-share-1-2", "waiting-share-1", ""),
    ("K8", "plan without an account", "shape-k8-plan-without-account#1", "shape-k8-plan-without-account#2", "shape-k8-plan-without-account#3",
     "regions/510100-op-pool-only"),
    ("K9", "a reward that ends with the year, one that stays", "shape-k9-two-rewards#1", "shape-k9-two-rewards#2", "shape-k9-two-rewards#3", ""),
    ("K10", "mutual aid within a quota", "shape-k10-quota-of-a-relative#1", "shape-k10-quota-of-a-relative#2", "shape-k10-quota-of-a-relative#3",
     "beijing/110000-op-mutual-aid tiny#1"),
]

# The worked vectors of the collected facts, and the cases that hold them.
VECTORS = [
    ("Beijing, active, tier 3, in scope 45,000: fund 38,145, person 6,855", "beijing/110000-ip-active-45000 beijing/bj-ip-active-45000"),
    ("the same, retired, without the supplement: fund 40,367, person 4,633", "beijing/110000-ip-retired-pool-only"),
    ("two stays in a year: deductibles 1,300 + 650 = 1,950", "beijing/bj-ip-two-stays beijing/110000-ip-12000-two-stays"),
    ("in scope 12,000: fund 9,095, person 2,905", "beijing/bj-ip-12000"),
    ("Hangzhou, resident, tier 3, 1,000: 280", "regions/330100-res-op-t3-1000 regions/hz-resident-op"),
    ("the same, sent by the school's clinic: 400", "regions/330100-res-op-t3-school regions/hz-resident-op-school"),
    ("Hangzhou, resident: tier 2, then tier 3, 800 - 500 = 300", "regions/330100-res-ip-highest-level regions/hz-one-deductible-highest"),
    ("Shenzhen, retired, tier 3, 1,000: 600", "regions/440300-op-retired-t3-1000 regions/sz-retired-chosen"),
    ("the same, not the chosen institution: 0", "regions/440300-op-not-chosen regions/sz-retired-not-chosen"),
    ("Nanjing, special disease, retired, 72 years, 10,000: 9,600", "regions/320100-special-retired-72"),
    ("Shanghai, flexible: a break of 1 month, no waiting; of 4 months, 6 of waiting", "regions/310000-cov-flexible-1m regions/310000-cov-flexible-4m"),
    ("Jiangsu at 88%: referred 83%, unfiled 68%, emergency 88%",
     "regions/js-remote-local regions/js-remote-referred regions/js-remote-unfiled regions/js-remote-emergency"),
    ("Chengdu, 36 years, tier 2, 8,400 in all: fund 5,850, person 2,550", "regions/510100-explainer-36"),
    ("Chengdu: 60 years at tier 3 89%; 92 years at the community 100%", "regions/510100-age-60 regions/510100-age-92"),
    ("Chengdu before 2009: 40 years, 30,000 at tier 1: 24,564.51; 50 years, 60,000 at tier 3: 46,336",
     "regions/510100-old-30000 regions/510100-old-60000"),
    ("Sichuan's provincial scheme, 60 years: 87% + 4% = 91%", "regions/510100-provincial-60"),
    ("Xi'an, active, tier 3, in scope 60,650: fund 54,745.50, person 5,904.50", "regions/610100-ip-60650"),
]


def places(text):
    return [p if "/" in p else f"shapes/{p}" for p in text.split()]


def place_fault(place, cases):
    """Why a place proves nothing: no such case, no such visit, or nothing is expected of it."""
    name, _, number = place.partition("#")
    case = cases.get(name)
    if case is None:
        return f"no case {name}"
    if "visits" not in case:
        return f"{place}: has one visit only" if number else None
    wanted = case["expect"].get("visits", [])
    if not number:
        return None if "error" in case["expect"] else f"{place}: which of its visits?"
    if not 1 <= int(number) <= len(case["visits"]):
        return f"{place}: no such visit"
    return None if len(wanted) >= int(number) and wanted[int(number) - 1] else f"{place}: nothing is expected of this visit"


def faults(cases, shapes=None, vectors=None):
    """Shapes without three places, places that do not exist, cases that lead nowhere."""
    shapes, vectors = SHAPES if shapes is None else shapes, VECTORS if vectors is None else vectors
    found = [f"shape {key} is missing" for key in KEYS if key not in [s[0] for s in shapes]]
    named = set()
    for key, _, *columns in shapes:
        proofs = [p for column in columns[:3] for p in places(column)]
        found += [f"shape {key}: no case {word} its boundary" for word, column in zip(("below", "at", "above"), columns) if not places(column)]
        if len(set(proofs)) < max(3, len(proofs)):
            found.append(f"shape {key}: fewer than three different places")
        every = proofs + places(columns[3])
        found += [f"shape {key}: {fault}" for fault in (place_fault(p, cases) for p in every) if fault]
        named |= {p.partition("#")[0] for p in every}
    found += [f"{name}: a case of a shape that no shape names" for name in cases if name.startswith("shapes/shape-") and name not in named]
    found += [f"vector {words}: no case {p}" for words, text in vectors for p in places(text) if p not in cases]
    return found


def marks(case, load):
    """How well the rules that settled a case are proven: the marks of their sources."""
    pack = reference.Pack(case["policy"] if isinstance(case["policy"], dict) else load(case["policy"]), load)
    rules = {r["id"]: r for r in pack.rules}
    if case.get("compute") == "coverage":
        context = reference.Ctx(pack, case["person"], {}, None, reference.date(case["date"]))
        used = [r["id"] for r in pack.rules if r["kind"] == "coverage" and reference.in_force(r, context.on) and reference.fits(r, context)]
    else:
        result = reference.compute(case, load)
        used = [u for v in result.get("visits", [result]) for u in v["rules"]]
    return sorted({rules[u].get("confidence", "none") for u in used if u in rules} - {"decided"})


def link(place):
    name, _, number = place.partition("#")
    folder, _, short = name.partition("/")
    return f"[{short}]({folder}/{short}.json)" + (f" {number}" if number else "")


def tables(cases, load):
    out = ["### Every shape of rules, below, at and above its boundary", "",
           "A number after a case is that visit of it. Where nothing is counted: a value that fits, one that just does not, another branch.", "",
           "| | shape | below | at | above | on rules of real regions |", "| --- | --- | --- | --- | --- | --- |"]
    for key, words, *columns in SHAPES:
        out.append(f"| {key} | {words} | " + " | ".join(", ".join(link(p) for p in places(c)) or "–" for c in columns) + " |")
    out += ["", "### Worked vectors of the collected facts", "",
            "The marks are those of the rules that settle the case: 2S = two sources agree. Steps that the requirements decided are left out.", "",
            "| vector | cases | marks |", "| --- | --- | --- |"]
    for words, text in VECTORS:
        found = sorted({m for p in places(text) for m in marks(cases[p], load)})
        out.append(f"| {words} | {', '.join(link(p) for p in places(text))} | {' '.join(found)} |")
    return out


def self_test():
    """A check that cannot fail proves nothing: what is planted must be found, and what is right must pass."""
    case = {"visits": [{}, {}, {}], "expect": {"visits": [{"fund_pay_sumamt": "1.00"}, {"fund_pay_sumamt": "1.00"}, {}]}}
    cases = {"shapes/shape-x": case, "shapes/one": {"expect": {"total": "1.00"}}}
    good = [(key, "words", "shape-x#1", "shape-x#2", "one", "") for key in KEYS]

    def broken(**columns):
        names = ["below", "at", "above", "more"]
        return [good[0][:2] + tuple(columns.get(n, v) for n, v in zip(names, good[0][2:]))] + good[1:]
    tests = [
        ("right", good, [], cases, None),
        ("missing-shape", good[1:], [], cases, "shape A1 is missing"),
        ("nothing-below", broken(below=""), [], cases, "shape A1: no case below"),
        ("nothing-at", broken(at=""), [], cases, "shape A1: no case at"),
        ("nothing-above", broken(above=""), [], cases, "shape A1: no case above"),
        ("twice-the-same", broken(at="shape-x#1"), [], cases, "fewer than three"),
        ("no-such-case", broken(above="gone"), [], cases, "no case shapes/gone"),
        ("no-such-case-elsewhere", broken(more="beijing/gone"), [], cases, "no case beijing/gone"),
        ("no-such-visit", broken(at="shape-x#4"), [], cases, "no such visit"),
        ("nothing-expected", broken(at="shape-x#3"), [], cases, "nothing is expected"),
        ("which-visit", broken(at="shape-x"), [], cases, "which of its visits"),
        ("a-visit-of-one", broken(above="one#1"), [], cases, "one visit only"),
        ("nobody-names-it", good, [], dict(cases, **{"shapes/shape-y": case}), "that no shape names"),
        ("vector", good, [("words", "regions/gone")], cases, "no case regions/gone"),
    ]
    failed = 0
    print("TAP version 13", f"1..{len(tests)}", sep="\n")
    for n, (label, shapes, vectors, known, wanted) in enumerate(tests, start=1):
        found = faults(known, shapes, vectors)
        passed = not found if wanted is None else any(wanted in f for f in found)
        failed += not passed
        print(f"{'ok' if passed else 'not ok'} {n} - /cases/shapes/{label}" + ("" if passed else f"\n# found {found}"))
    return 1 if failed else 0
