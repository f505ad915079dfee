#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The questions of the requirements, each with its command and what comes out in both languages.

    make-table.py ZIFU-CLI             writes README.md beside this file
    make-table.py ZIFU-CLI --check     says whether it is what would be written
    make-table.py ZIFU-CLI --test      asks every question of every person, in both languages (TAP)
"""
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROWS = [f"R{n:02}" for n in range(1, 39)]
HAN = re.compile(r"[\u4e00-\u9fff]")
# What person files call a relative by: a Chinese answer has words of its own for them.
RELATIVE = re.compile(r"(?i)(?<![a-z])(mother|father|wife|husband|son|daughter|brother|sister|spouse|parent|child|sibling|grand[a-z]+)"
                      r"(?![a-z])")
# The people whose answers stand in the table; all others are asked as well.
SHOWN = {
    "R03": ["resident-child"],
    "R06": ["cause-account-frozen"],
    "R13": ["chongqing-resident"],
    "R14": ["cause-double", "double-new-employee", "double-two-employers", "double-two-homes", "double-undecided"],
    "R20": ["cause-two-family-credit"],
    "R22": ["retired"],
    "R27": ["cause-waiting"],
    "R29": ["cause-waiting", "first-enrolment", "newborn"],
    "R30": ["cause-two-resident-interrupted", "first-enrolment"],
    "R31": ["cause-two-dormant-arrears"],
    "R33": ["cause-filing-expired"],
    "R37": ["shenzhen-flexible"],
}


def explain(cli, person, lang):
    done = subprocess.run([cli, "explain", "all", "--person", person, "--json", "--lang", lang], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    if done.returncode != 0:
        sys.exit(f"{person.name}: {done.stderr}")
    return {answer["row"]: answer for answer in json.loads(done.stdout)}


def told(answer):
    texts = [answer["answer"], answer.get("in_your_case", ""), *answer["points"]]
    for cause in answer["causes"]:
        texts += cause["evidence"]
    return " ".join(texts)


def numbers(answer):
    """Amounts with fen, wherever they stand: both languages must name the same ones."""
    return sorted(re.findall(r"\d[\d,]*\.\d\d", told(answer)))


def problems(row, zh, en):
    if row not in zh or row not in en:
        yield "no answer"
        return
    for lang, answer in (("zh", zh[row]), ("en", en[row])):
        for name in ("question", "answer"):
            if not answer.get(name):
                yield f"{lang}: no {name}"
            elif "{" in answer[name]:
                yield f"{lang}: a gap in {name}: {answer[name]}"
            elif bool(HAN.search(answer[name])) != (lang == "zh"):
                yield f"{lang}: {name} is in the wrong language: {answer[name]}"
        for cause in answer["causes"]:
            if not cause.get("title") or not cause.get("remedy") or not cause["evidence"]:
                yield f"{lang}: cause {cause['cause']} has no title, evidence or remedy"
        if answer.get("url") and "gov.cn" not in answer["url"]:
            yield f"{lang}: a link that is not official: {answer['url']}"
    if RELATIVE.search(told(zh[row])):
        yield f"zh: a relative in English: {RELATIVE.search(told(zh[row])).group()}"
    if numbers(zh[row]) != numbers(en[row]):
        yield f"amounts differ: {numbers(zh[row])} and {numbers(en[row])}"


def run_tests(cli):
    people = sorted(HERE.glob("*.json"))
    answers = {path.stem: (explain(cli, path, "zh_CN"), explain(cli, path, "en")) for path in people}
    print(f"TAP version 13\n1..{len(ROWS)}")
    bad = 0
    for n, row in enumerate(ROWS, 1):
        # A question may not concern somebody, but each concerns somebody here, and then the answer is about that person.
        own = any(zh.get(row, {}).get("in_your_case") or zh.get(row, {}).get("causes") for zh, _ in answers.values()) or \
            len({zh.get(row, {}).get("answer") for zh, _ in answers.values()}) > 1
        found = [f"{name}: {text}" for name, (zh, en) in answers.items() for text in problems(row, zh, en)]
        found += [] if own else ["nobody: the answer never says anything of the person's own"]
        bad += bool(found)
        print(f"{'not ok' if found else 'ok'} {n} - {row} answered for {len(people)} people in both languages")
        for text in found:
            print(f"# {text}")
    return 1 if bad else 0


def cell(answer):
    parts = [answer["answer"], answer.get("in_your_case"), *[f"{c['title']}: {c['evidence'][0]}" for c in answer["causes"][:2]]]
    if not answer.get("in_your_case") and not answer["causes"]:
        parts += answer["points"][:2]
    return " ".join(p for p in parts if p).replace("|", "\\|").replace("\n", " ")


def table(cli):
    cache = {}
    lines = ["# People, and what they are told", "",
             "Person files for `zifu-cli explain`; how to write one is in [tests/cases/README.md](../cases/README.md). The files `cause-*` plant",
             "causes in a history; `test-diagnose` asserts that exactly these are named. The table is made by `make-table.py`; `regions.py` asks",
             "people of all regions and statuses, and compares what the answers say of the same thing.", "",
             "| row | command | 中文 | English |", "| --- | --- | --- | --- |"]
    for row, person in [(row, person) for row in ROWS for person in SHOWN.get(row, ["employee"])]:
        if person not in cache:
            path = HERE / f"{person}.json"
            cache[person] = (explain(cli, path, "zh_CN"), explain(cli, path, "en"))
        zh, en = cache[person]
        lines.append(f"| {row} | `explain {row} --person tests/persons/{person}.json` | **{zh[row]['question']}** {cell(zh[row])} | "
                     f"**{en[row]['question']}** {cell(en[row])} |")
    return "\n".join(lines) + "\n"


def main():
    cli, mode = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    if mode == "--test":
        sys.exit(run_tests(cli))
    text = table(cli)
    if mode == "--check":
        if (HERE / "README.md").read_text(encoding="utf-8") != text:
            sys.exit("tests/persons/README.md is not what make-table.py makes")
    else:
        (HERE / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
