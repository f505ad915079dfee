#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""People of every region and status ask every question, on days at the edges of the calendar too: no answer contradicts another (TAP).

    regions.py ZIFU-CLI
"""
import importlib.util
import json
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
REGIONS = ["110000", "120000", "310000", "320100", "320500", "330100", "420100", "440100", "440300", "500000", "510100", "610100"]
# Ordinary, the last days of a year, of a leap February and of a medical year, and the days after them.
DAYS = ["2026-11-24", "2025-12-31", "2026-01-01", "2024-02-29", "2026-06-30", "2026-07-01"]
MONEY = r"(\d[\d,]*\.\d\d)"


def table():
    spec = importlib.util.spec_from_file_location("table", HERE / "make-table.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def years(first, last):
    return [{"year": year} for year in range(first, last + 1)]


def months(last, year=2026):
    return [{"month": f"{year}-{month:02}"} for month in range(1, last + 1)]


# Somebody of every status: paid without a gap and above every ceiling, interrupted and below every floor, retired, residents of every
# class, a child that is not enrolled yet.
PEOPLE = {
    "employee": {"insurance": "310", "status": "active", "sex": "1", "birth": "1990-03-31", "base": "99000.00",
                 "account": {"balance": "1200.00"}, "paid": years(2015, 2025) + months(11)},
    "flexible": {"insurance": "310", "status": "flexible", "sex": "2", "birth": "1980-06-30", "base": "3000.00",
                 "account": {"balance": "300.00"}, "paid": years(2018, 2025) + months(8)},
    "retired": {"insurance": "310", "status": "retired", "sex": "1", "birth": "1955-02-28", "retired_on": "2015-03-01",
                "account": {"balance": "5200.00"}, "paid": years(1990, 2014)},
    "adult": {"insurance": "390", "status": "resident", "resident_class": "working", "sex": "2", "birth": "1978-11-24",
              "paid": years(2020, 2026)},
    "student": {"insurance": "390", "status": "resident", "resident_class": "student", "sex": "1", "birth": "2012-02-29",
                "paid": years(2018, 2026)},
    "newborn": {"insurance": "390", "status": "resident", "resident_class": "minor", "sex": "1", "birth": "2023-12-31"},
    "elderly": {"insurance": "390", "status": "resident", "resident_class": "elderly", "sex": "2", "birth": "1950-12-31",
                "paid": years(2023, 2024)},
}


# What is known beside contributions; everybody else has a card that works.
RECORDS = {"frozen": {"card": "active", "account": "frozen"}, "lost": {"card": "lost", "account": "normal"}}
PEOPLE["frozen"] = PEOPLE["lost"] = dict(PEOPLE["employee"], base="9000.00")


def find(pattern, text):
    match = re.search(pattern, text or "")
    return match.group(1) if match else None


def same(what, figures):
    """Figures of several answers; who gives none has nothing to contradict."""
    told = {name: figure for name, figure in figures.items() if figure is not None}
    if len(set(told.values())) > 1:
        yield f"{what}: {told}"


def contradictions(en, name, person, day):
    text = {row: " ".join([answer["answer"], answer.get("in_your_case", "")]) for row, answer in en.items()}
    yield from same("monthly credit", {
        # The next credit follows the bounds of its own month, which begin anew in January or in July.
        "R17": find(MONEY + r" a month\. The next", text["R17"]) if day[5:] not in ("12-31", "06-30") else None, **{
            row: find(MONEY + r" is credited each month\.", text[row]) for row in ("R18", "R19", "R22")}})
    yield from same("yearly credit", {
        "R17": find(MONEY + r" once a year", text["R17"]), **{
            row: find(MONEY + r" is credited once a year\.", text[row]) for row in ("R18", "R19", "R22")}})
    yield from same("fund of the example", {
        "R01": find(r"A bill of 5,000\.00: fund " + MONEY, text["R01"]),
        "R03": find(r"A bill of 5,000\.00: fund " + MONEY, text["R03"]),
        "R10": find(r"bill of 5,000\.00: fund " + MONEY, text["R10"]),
        "R32": find(r"no change is in sight\. fund " + MONEY, text["R32"])})
    covered = {"R29": "reimbursed today" in text["R29"] or "still reimbursed" in text["R29"]}
    for row in ("R28", "R31"):
        state = find(r"Today: (covered|suspended|waiting)", text[row])
        covered[row] = state == "covered" if state else None
    if "the fund pays" in text["R32"] and "today and" in text["R32"]:
        covered["R32"] = False
    yield from same("covered today", covered)
    balance = person.get("account", {}).get("balance")
    if balance:
        figure = f"{float(balance):,.2f}"
        for row in ("R07", "R28", "R36"):
            if figure not in text[row]:
                yield f"{row} does not name the balance of {figure}: {text[row]}"
        for row, told in text.items():
            if "no personal account" in told or "no account is kept" in told:
                yield f"{row} denies the account: {told}"
    for row in ("R01", "R04", "R05", "R10", "R11", "R36") if name in RECORDS else ():
        if not re.search("frozen|does not work|No figures", text[row]):
            yield f"{row} does not say that the account cannot be used: {text[row]}"
    for row, answer in en.items():
        for cause in answer["causes"]:
            if not cause.get("source"):
                yield f"{row}: cause {cause['cause']} names no document, nor that none was found"


def unhelpful(answers):
    for row, answer in answers.items():
        text = " ".join(filter(None, [answer["answer"], answer.get("in_your_case"), *answer["points"], *answer["steps"]]))
        for pattern in (r"\{\d\}", r"\(null\)", r"known here more", r"no entry for", r"(?<![\d,])0\.00 a month", r"(?<![\d,])0\.00 is credited", r"\.\.(?!\.)",
                        r" {2}", r"\b(\w{3,}) \1\b", r"。。", r"，。", r"（）"):
            if re.search(pattern, text):
                yield f"{row}: {re.search(pattern, text).group()!r} in: {text}"


def main():
    cli = sys.argv[1]
    module = table()
    number = 0
    print(f"1..{len(REGIONS) * len(PEOPLE)}")
    with tempfile.TemporaryDirectory() as folder:
        for region in REGIONS:
            for name, person in PEOPLE.items():
                found = []
                for day in DAYS:
                    path = pathlib.Path(folder) / f"{region}-{name}.json"
                    path.write_text(json.dumps({"id": name, "policy": region, "date": day, "person": person,
                                                "record": RECORDS.get(name, {"card": "active"})}),
                                    encoding="utf-8")
                    en = module.explain(cli, path, "en")
                    found += [f"{day} {problem}" for problem in [*contradictions(en, name, person, day), *unhelpful(en)]]
                    if day == DAYS[0]:
                        zh = module.explain(cli, path, "zh_CN")
                        found += [f"{row} {problem}" for row in module.ROWS for problem in module.problems(row, zh, en)]
                        found += list(unhelpful(zh))
                number += 1
                for problem in found:
                    print("#", problem)
                print("ok" if not found else "not ok", number, "-", f"{region} {name}: no answer contradicts another")


if __name__ == "__main__":
    main()
