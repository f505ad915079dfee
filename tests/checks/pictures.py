#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures that the software description and the README name are there, have the size that is said, and no other lies beside them.

    pictures.py ROOT
"""
import os
import re
import struct
import sys

import common

METAINFO = "data/org.zifu.Zifu.metainfo.xml.in"
FOLDER = "data/screenshots"
IMAGE = re.compile(r'<image [^>]*?width="(\d+)" height="(\d+)"[^>]*>@screenshots_url@/([^<]+)</image>')


def size(path):
    """Width and height of a PNG; None when it is none."""
    with open(path, "rb") as file:
        head = file.read(24)
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" and len(head) == 24 else None


def check(root):
    text = common.read(root, METAINFO)
    named = {name: (int(width), int(height)) for width, height, name in IMAGE.findall(text)}
    problems = [f"{METAINFO}: no picture is named"] if not named else []
    if text.count("<image") != len(named):
        problems.append(f"{METAINFO}: an image without its size, named twice, or from elsewhere")
    for name, wanted in named.items():
        path = os.path.join(root, FOLDER, name)
        if not os.path.exists(path):
            problems.append(f"{METAINFO}: {name} is missing in {FOLDER}")
        elif size(path) != wanted:
            problems.append(f"{FOLDER}/{name}: {size(path)} instead of {wanted}")
    readme = common.read(root, "README.md")
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme):
        if not os.path.exists(os.path.join(root, picture)):
            problems.append(f"README.md: {picture} is missing")
    for path in common.files(root, [FOLDER], [""]):
        if os.path.basename(path) not in named and path not in readme:
            problems.append(f"{path}: named by nobody")
    return problems


def png(width, height):
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height)


def tree(image='<image type="source" width="11" height="7">@screenshots_url@/one.png</image>', picture=png(11, 7), **more):
    return {METAINFO: image, "README.md": more.get("readme", ""), f"{FOLDER}/one.png": picture, **more.get("files", {})}


if __name__ == "__main__":
    common.report("pictures", sys.argv[1], check, [
        ("missing", tree('<image type="source" width="11" height="7">@screenshots_url@/two.png</image>'), "two.png is missing"),
        ("another-size", tree(picture=png(12, 7)), r"\(12, 7\) instead"),
        ("no-picture", tree(picture="text"), "None instead"),
        ("no-size", tree('<image type="source">@screenshots_url@/one.png</image>'), "without its size"),
        ("from-elsewhere", tree('<image type="source" width="11" height="7">https://elsewhere/one.png</image>'), "from elsewhere"),
        ("left-over", tree(files={f"{FOLDER}/old.png": "x"}), "old.png: named by nobody"),
        ("readme", tree(readme="![a page](data/screenshots/gone.png)"), "gone.png is missing"),
    ], tree(readme="![a page](data/screenshots/one.png)"))
