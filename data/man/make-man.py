#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-man.py ZIFU-CLI ZIFU [--check]: writes the manual pages from what the programs say of themselves, in both languages, so that a page
never misses an option.  --check only says whether the pages here are what would be written."""

import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = {"en": ("", "C"), "zh_CN": ("zh_CN", "zh_CN")}
OPTION = re.compile(r"^\s+(-\S(?:.*?\S)?)(?:\s{2,}(\S.*))?$")
COMMAND = re.compile(r"^  (\w[\w-]*) {2,}(\S.*)$")

WORDS = {
    "en": {
        "manual": "Zifu Manual", "name": "NAME", "synopsis": "SYNOPSIS", "description": "DESCRIPTION", "options": "OPTIONS",
        "commands": "COMMANDS", "status": "EXIT STATUS", "files": "FILES", "environment": "ENVIRONMENT", "see": "SEE ALSO",
        "zifu": "what will I pay? Medical insurance in China, worked out to the fen",
        "zifu-cli": "settle medical bills and look after account data without a window",
        "zifu-text": ["Opens the window of Zifu. It shows the balance and the entries of a personal account of China's basic medical insurance, "
                      "and says to the fen what a visit will cost: what the pooled fund pays, what the account pays, and what is left.",
                      "One window is open for each person at the computer: a second call brings it to the front."],
        "zifu-cli-text": ["The engine of Zifu, its rules and its records, for scripts and for terminals. Results for people are in the "
                          "language of the system; with JSON, names of fields are those of the national platform."],
        "ledger": "Records of the household, readable by their owner alone.",
        "backups": "Automatic backups: the last 7 days, 4 weeks and 12 months.",
        "packs": "Policy packs of one's own; they go before those that are installed.",
        "packdir": "Folders of policy packs to search first, separated by colons.",
        "lang": "Language of texts.",
        "statuses": [("0", "Done, and as expected."), ("1", "A difference, or an error in a pack."), ("2", "Bad input or wrong usage.")],
    },
    "zh_CN": {
        "manual": "自付手册", "name": "名称", "synopsis": "用法", "description": "说明", "options": "选项",
        "commands": "命令", "status": "退出状态", "files": "文件", "environment": "环境变量", "see": "另见",
        "zifu": "我要付多少？中国医疗保险，算到分",
        "zifu-cli": "不开窗口，结算医疗费用、管理账户数据",
        "zifu-text": ["打开「自付」的窗口：显示基本医疗保险个人账户的余额和明细，并算到分地回答看一次病要付多少——统筹基金付多少、账户付多少、还剩多少。",
                      "每个使用者只开一个窗口：再次运行会把它带到前面。"],
        "zifu-cli-text": ["「自付」的结算引擎、规则和记录，供脚本和终端使用。给人看的结果用系统的语言；JSON 里的字段名与国家平台一致。"],
        "ledger": "家庭记录，只有本人可读。",
        "backups": "自动备份：最近 7 天、4 周、12 个月。",
        "packs": "自己的规则包，优先于随程序安装的。",
        "packdir": "优先查找规则包的文件夹，用冒号分隔。",
        "lang": "文字的语言。",
        "statuses": [("0", "完成，与预期一致。"), ("1", "有差异，或规则包有错。"), ("2", "输入有误或用法不对。")],
    },
}


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def say(program, arguments, locale):
    environment = dict(os.environ, LC_ALL=f"{locale}.UTF-8", LANGUAGE="en" if locale == "C" else locale, COLUMNS="400")
    return subprocess.run([program, *arguments, "--help"], env=environment, check=True, capture_output=True, text=True).stdout


def options_of(text):
    found = []
    for line in text.split("\n"):
        match = OPTION.match(line)
        if match and not re.match(r"-h, --help(\s|$)|--help-|-\?", match.group(1)):
            found.append((match.group(1), match.group(2) or ""))
    return found


def commands_of(text):
    return [m.groups() for m in map(COMMAND.match, text.split("\n")) if m]


def write_options(page, options):
    for flag, text in options:
        page += [".TP", f".B {roff(flag)}", roff(text)]


def usage_of(text, program):
    """The lines that begin with the name of the program, and the sentences below them."""
    lines = [l.strip() for l in text.split("\n")]
    usage = [l for l in lines if l.startswith(program + " ")]
    start = max(i for i, l in enumerate(lines) if l.startswith(program + " ")) + 1
    summary = []
    for line in lines[start:]:
        if re.search(r"[:：]$", line):
            break
        if line:
            summary.append(line)
    return usage, summary


def write_command(page, program, name, locale, depth):
    text = say(program, name, locale)
    inner = commands_of(text)
    usage, summary = usage_of(text, "zifu-cli")
    if inner and depth == 0:
        for sub, _ in inner:
            write_command(page, program, [*name, sub], locale, 1)
        return
    page += [f".SS {roff(' '.join(name))}", *[f".B {roff(u)}\n.br" for u in usage], ".PP", *[roff(s) for s in summary]]
    write_options(page, options_of(text))


def make(name, program, language):
    folder, locale = LANGUAGES[language]
    words = WORDS[language]
    text = say(program, [], locale)
    page = [".\\\" SPDX-License-Identifier: GPL-3.0-or-later", ".\\\" Written by make-man.py.",
            f'.TH {name.upper()} 1 "" "Zifu" "{words["manual"]}"', f".SH {words['name']}", f"{roff(name)} \\- {roff(words[name])}",
            f".SH {words['synopsis']}"]
    if name == "zifu":
        page += [".B zifu", "[\\fIOPTION\\fR]... [\\fIFILE\\fR]" if language == "en" else "[\\fI选项\\fR]... [\\fI文件\\fR]"]
    else:
        page += [f".B {roff('zifu-cli')}", "\\fICOMMAND\\fR [\\fIOPTION\\fR]..." if language == "en" else "\\fI命令\\fR [\\fI选项\\fR]..."]
    page += [f".SH {words['description']}"]
    for paragraph in words[name + "-text"]:
        page += [roff(paragraph), ".PP"]
    if name == "zifu":
        page += [f".SH {words['options']}"]
        write_options(page, options_of(text))
    else:
        page += [f".SH {words['commands']}"]
        for command, _ in commands_of(text):
            write_command(page, program, [command], locale, 0)
        page += [f".SH {words['status']}"]
        for status, meaning in words["statuses"]:
            page += [".TP", f".B {status}", roff(meaning)]
    page += [f".SH {words['files']}", ".TP", ".I ~/.local/share/zifu/household.db", words["ledger"], ".TP", ".I ~/.local/share/zifu/backups/",
             words["backups"], ".TP", ".I ~/.local/share/zifu/policies/", words["packs"], f".SH {words['environment']}", ".TP",
             ".B ZIFU_POLICY_DIR", words["packdir"], ".TP", ".B LANGUAGE, LC_MESSAGES", words["lang"], f".SH {words['see']}",
             ".BR zifu-cli (1)" if name == "zifu" else ".BR zifu (1)"]
    return os.path.join(HERE, folder, name + ".1"), "\n".join(page) + "\n"


def main():
    programs = dict(zip(("zifu-cli", "zifu"), sys.argv[1:3]))
    stale = []
    for language in LANGUAGES:
        for name, program in programs.items():
            path, text = make(name, program, language)
            old = open(path, encoding="utf-8").read() if os.path.exists(path) else None
            if old == text:
                continue
            stale.append(os.path.relpath(path, HERE))
            if "--check" not in sys.argv:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "w", encoding="utf-8").write(text)
    if stale and "--check" in sys.argv:
        sys.exit(f"not what the programs say: {', '.join(stale)}; run data/man/make-man.py ZIFU-CLI ZIFU")
    print("written:" if stale else "up to date", *stale)


main()
