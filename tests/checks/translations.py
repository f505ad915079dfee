#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text for people is translated: po/POTFILES.in is complete, both catalogues are, and no placeholder got lost.

    translations.py ROOT
"""
import os
import re
import subprocess
import sys
import tempfile

import common

MARKED = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|dngettext|g_dngettext|Q_)\s*\(\s*\"")
TRANSLATABLE = re.compile(r"\btranslatable=[\"']yes[\"']")
PLACEHOLDER = re.compile(r"\{\w+\}|%(?:\d+\$)?[-+ #0']*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z]|%%")
CATALOGUES = ["zh_CN", "en"]


def run(root, *command):
    env = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en")
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def listed(root, name):
    try:
        lines = common.read(root, f"po/{name}").split("\n")
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def potfiles(root):
    """Files with texts that are not listed, and listed files that are not there."""
    have = listed(root, "POTFILES.in")
    skip = set(listed(root, "POTFILES.skip"))
    problems = [f"po/POTFILES.in: {p} does not exist" for p in have if not os.path.exists(os.path.join(root, p))]
    problems += [f"po/POTFILES.in: {p} is listed twice" for p in sorted(set(have)) if have.count(p) > 1]
    for path in common.files(root, ["src"], [".c", ".h", ".ui"]):
        text = common.read(root, path)
        text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL) if path.endswith(".ui") else common.without_comments(text)
        if (TRANSLATABLE if path.endswith(".ui") else MARKED).search(text) and path not in have and path not in skip:
            problems.append(f"{path}: has texts for people and is not in po/POTFILES.in")
    for path in common.files(root, ["data"], [".desktop", ".desktop.in", ".desktop.in.in", ".metainfo.xml.in", ".metainfo.xml.in.in",
                                              ".metainfo.xml", ".gschema.xml", ".gschema.xml.in"]):
        if path not in have and path not in skip:
            problems.append(f"{path}: has texts for people and is not in po/POTFILES.in")
    return problems


def template(root, pot):
    """What the sources say today, as a template of a catalogue."""
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as names:
        names.write("\n".join(p for p in listed(root, "POTFILES.in") if os.path.exists(os.path.join(root, p))) + "\n")
        names.flush()
        return run(root, "xgettext", "--from-code=UTF-8", "--files-from=" + names.name, "--output=" + pot, "--add-comments=Translators:",
                   "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=ngettext:1,2",
                   "--keyword=g_dngettext:2,3", "--keyword=g_dcgettext:2", "--keyword=g_dpgettext2:2c,3")


def unquote(text):
    # What stands between the quotes is a C string.
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def entries(text):
    """[(number of the line, flags, {keyword: text})] of a catalogue; "comment" is what translators are told."""
    out, entry, flags, key, first, told = [], {}, set(), None, 0, ""
    for number, line in enumerate(text.split("\n") + [""], 1):
        keyword = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+\"(.*)\"\s*$", line)
        if line.startswith("#~"):
            continue
        if (not line.strip() or (line.startswith("#") and entry)) and entry:
            out.append((first, flags, {**entry, "comment": told}))
            entry, flags, key, told = {}, set(), None, ""
        if line.startswith("#."):
            told += line[2:]
        elif line.startswith("#,"):
            flags = {f.strip() for f in line[2:].split(",")}
        elif keyword:
            if keyword.group(1) in entry:
                out.append((first, flags, {**entry, "comment": told}))
                entry, flags, told = {}, set(), ""
            if not entry:
                first = number
            key = keyword.group(1)
            entry[key] = unquote(keyword.group(2))
        elif line.startswith('"') and key is not None:
            entry[key] += unquote(line.strip()[1:-1])
    return out


def catalogue(root, language, pot):
    path = f"po/{language}.po"
    if not os.path.exists(os.path.join(root, path)):
        return [f"{path}: missing"]
    problems = []
    status, said = run(root, "msgfmt", "--check", "--statistics", "--output-file=/dev/null", path)
    if status != 0 or re.search(r"fuzzy|untranslated", said):
        problems += [f"{path}: {line}" for line in said.strip().split("\n")]
    here = entries(common.read(root, path))
    if pot is not None:
        have = {(e.get("msgctxt"), e["msgid"]) for _, _, e in here}
        problems += [f"{path}: not in the catalogue: {e['msgid']!r}" for _, _, e in entries(common.read("", pot))
                     if (e.get("msgctxt"), e["msgid"]) not in have]
    for number, flags, entry in here:
        if not entry.get("msgid"):
            continue
        for key, text in entry.items():
            if not key.startswith("msgstr") or not text:
                continue
            want = sorted(PLACEHOLDER.findall(entry["msgid"]) if "c-format" in flags else re.findall(r"\{\w+\}", entry["msgid"]))
            other = entry.get("msgid_plural", entry["msgid"])
            also = sorted(PLACEHOLDER.findall(other) if "c-format" in flags else re.findall(r"\{\w+\}", other))
            got = sorted(re.sub(r"\d+\$", "", p) for p in (PLACEHOLDER.findall(text) if "c-format" in flags else re.findall(r"\{\w+\}", text)))
            # A comment may offer more than the English text uses: another order, or a form without the year.
            offered = set(re.findall(r"\{\w+\}", entry["comment"]))
            if got not in (want, also) and not (got and offered > set(want) and set(got) <= offered):
                problems.append(f"{path}:{number}: placeholders {want} became {got}")
            if re.search(r"…\(_\w\)", text):
                problems.append(f"{path}:{number}: the letter of a menu stands before the dots, as in 导入文件(_I)…")
            if language == "zh_CN" and "您" in text:
                problems.append(f"{path}:{number}: the program says 你")
            if language == "en" and text not in (entry["msgid"], other):
                problems.append(f"{path}:{number}: the English text is the message itself, not {text!r}")
    return problems


def check(root):
    problems = potfiles(root)
    if sorted(listed(root, "LINGUAS")) != sorted(CATALOGUES):
        problems.append(f"po/LINGUAS: lists {listed(root, 'LINGUAS')}")
    with tempfile.TemporaryDirectory(prefix="zifu-pot.") as folder:
        pot = os.path.join(folder, "zifu.pot")
        status, said = template(root, pot)
        if status != 0 or not os.path.exists(pot):
            problems.append(f"xgettext: {said.strip()}")
            pot = None
        for language in CATALOGUES:
            problems += catalogue(root, language, pot)
    return problems


HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: zh_CN\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
SOURCE = 'x = _("Paid {1} of {2}");\ny = _("Bill");\n'
ENGLISH = HEAD + 'msgid "Paid {1} of {2}"\nmsgstr "Paid {1} of {2}"\n\nmsgid "Bill"\nmsgstr "Bill"\n'
CHINESE = HEAD + 'msgid "Paid {1} of {2}"\nmsgstr "{2} 中已付 {1}"\n\nmsgid "Bill"\nmsgstr "账单"\n'
TREE = {"src/a.c": SOURCE, "po/POTFILES.in": "src/a.c\n", "po/LINGUAS": "en\nzh_CN\n", "po/en.po": ENGLISH, "po/zh_CN.po": CHINESE}

if __name__ == "__main__":
    common.report("translations", sys.argv[1], check, [
        ("letter-after-dots", {**TREE, "po/zh_CN.po": CHINESE.replace("账单", "账单…(_B)")}, r"po/zh_CN\.po:\d+: the letter.*before the dots"),
        ("polite-you", {**TREE, "po/zh_CN.po": CHINESE.replace("账单", "您的账单")}, r"po/zh_CN\.po:\d+: the program says"),
        ("file-not-listed", {**TREE, "src/b.c": '_("Bill")\n'}, r"src/b\.c.*not in"),
        ("ui-not-listed", {**TREE, "src/b.ui": '<property translatable="yes">Bill</property>\n'}, r"src/b\.ui.*not in"),
        ("listed-and-gone", {**TREE, "po/POTFILES.in": "src/a.c\nsrc/z.c\n"}, "does not exist"),
        ("untranslated", {**TREE, "po/zh_CN.po": CHINESE.replace("账单", "")}, "untranslated"),
        ("fuzzy", {**TREE, "po/zh_CN.po": CHINESE.replace('msgid "Bill"', '#, fuzzy\nmsgid "Bill"')}, "fuzzy"),
        ("not-in-catalogue", {**TREE, "src/a.c": SOURCE + '_("Cash");\n'}, "po/zh_CN.po.*"),
        ("lost-placeholder", {**TREE, "po/zh_CN.po": CHINESE.replace("{2} 中已付 {1}", "已付 {1}")}, "placeholders"),
        ("other-english", {**TREE, "po/en.po": ENGLISH.replace('msgstr "Bill"', 'msgstr "Invoice"')}, "English"),
    ], TREE)
