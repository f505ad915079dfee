#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spectral reads the OpenAPI document, and Prism stands between a client and the provider and judges every message.

    test-contract.py ZIFU-PROVIDER FOLDER-OF-THE-DOCUMENT          (ZIFU_PEERS_DIR: where the judges are installed)
"""
import json
import os
import socket
import subprocess
import sys
import time
import traceback

from client import Provider, get, judge, walk

PROGRAM, FOLDER = sys.argv[1:]
PEERS = os.environ["ZIFU_PEERS_DIR"]
DOCUMENT = os.path.join(FOLDER, "account-feed.openapi.yaml")


def peer(name, *arguments):
    return [os.path.join(PEERS, "run-node"), os.path.join(PEERS, "node_modules", ".bin", name), *arguments]


def lint(document):
    return subprocess.run(peer("spectral", "lint", "-F", "warn", "-r", os.path.join(FOLDER, "spectral.yaml"), document),
                          stdout=sys.stderr, check=False).returncode


class Prism:
    def __init__(self, upstream):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.process = subprocess.Popen(peer("prism", "proxy", "-h", "127.0.0.1", "-p", str(port), "--errors", DOCUMENT, upstream),
                                        stdout=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        raise RuntimeError("Prism does not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def check(base, path, token, wanted):
    status, headers, body = get(base + path, token)
    assert status == wanted, (path, status, body[:600])
    assert "sl-violations" not in headers, (path, headers["sl-violations"])
    return body


def everything(p, prism):
    token = p.token()
    check(prism.base, "/.well-known/yibao-configuration", None, 200)
    check(prism.base, "/v1/person", token, 200)
    rows, checkpoint, state, last, pages = walk(prism.base, token, 500)
    assert len(rows) == 5000 and pages == 10 and not judge(rows, checkpoint)
    p.control("add", n=30)
    p.control("reverse")
    p.control("delete")
    delta, checkpoint, state, _, _ = walk(prism.base, token, 200, state, last)
    rows.update(delta)
    assert not judge(rows, checkpoint)
    for person in ("father", "child"):
        assert not judge(*walk(prism.base, p.token(person), 500)[:2])
    for name in [k[1] for k in rows if k[0] == "setlinfo"][:60]:
        fees = json.loads(check(prism.base, f"/v1/settlements/{name}/fees", token, 200))
        total = sum(round(float(line["det_item_fee_sumamt"]) * 100) for line in fees["feelist"])
        assert f"{total / 100:.2f}" == rows["setlinfo", name]["data"]["medfee_sumamt"]
    check(prism.base, "/v1/settlements/S9/fees", token, 404)
    check(prism.base, "/v1/person", "nonsense", 401)
    for fault, status in (("409", 409), ("410", 410), ("429", 429), ("503", 503), ("consent", 403), ("401", 401), ("400", 400)):
        p.control("fault", fault=fault)
        check(prism.base, "/v1/changes", token, status)
        p.control("clear")
    p.control("expire")
    check(prism.base, f"/v1/changes?since={state}", token, 410)


def violations(p, prism):
    token = p.token()
    for fault in ("money-as-number", "money-format"):
        p.control("fault", fault=fault)
        status, _, body = get(f"{prism.base}/v1/changes?limit=50", token)
        assert status == 500 and b"violation" in body.lower(), (fault, status, body[:600])
        p.control("clear")
    status, _, body = get(f"{prism.base}/v1/changes?limit=501", token)
    assert status == 422, (status, body[:300])


def main():
    failed = False

    def report(name, function):
        nonlocal failed
        try:
            function()
            print(f"ok - /contract/{name}", flush=True)
        except Exception:  # pylint: disable=broad-except
            traceback.print_exc()
            print(f"not ok - /contract/{name}", flush=True)
            failed = True

    def lint_good():
        assert lint(DOCUMENT) == 0

    print("TAP version 13\n1..3", flush=True)
    report("spectral", lint_good)
    with Provider(PROGRAM, "--entries=5000") as p, Prism(p.base) as prism:
        report("everything", lambda: everything(p, prism))
        report("violations-are-found", lambda: violations(p, prism))
    sys.exit(1 if failed else 0)


main()
