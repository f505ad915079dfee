# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of the tests' own: starts the provider, walks its feed, and works everything out once more."""
import base64
import hashlib
import json
import os
import secrets
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


class Provider:
    """The program itself, as long as it is wanted."""

    def __init__(self, program, *arguments):
        self.folder = tempfile.TemporaryDirectory(prefix="zifu-provider.")
        port = os.path.join(self.folder.name, "port")
        self.process = subprocess.Popen([program, "--port=0", "--port-file", port, "--control", "--today=2026-11-26", *arguments],
                                        stdout=subprocess.DEVNULL)
        for _ in range(600):
            if os.path.exists(port) or self.process.poll() is not None:
                break
            time.sleep(0.05)
        with open(port, encoding="ascii") as file:
            self.port = int(file.read())
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.status = self.process.wait(20)
        self.folder.cleanup()

    def control(self, command, **fields):
        status, _, body = get(f"{self.base}/control/{command}?{urllib.parse.urlencode(fields)}")
        assert status == 200, (command, status, body)
        return json.loads(body)

    def token(self, person="owner"):
        return self.control("token", person=person)["token"]


def get(url, token=None, form=None, **headers):
    """(status, headers, body); a redirect is not followed."""
    if token:
        headers["Authorization"] = "Bearer " + token
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    try:
        answer = OPENER.open(urllib.request.Request(url, data, {k.replace("_", "-"): v for k, v in headers.items()}), timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read()


def walk(base, token, limit=200, state=None, last=0):
    """All pages: ({(type, id): entry}, checkpoint, state, number of the last entry, number of pages)."""
    rows, pages = {}, 0
    while True:
        since = f"&since={state}" if state else ""
        status, headers, body = get(f"{base}/v1/changes?limit={limit}{since}", token)
        assert status == 200, (status, body)
        assert headers["Cache-Control"] == "no-store" and headers["Yibao-Version"] == "1.0"
        page, pages = json.loads(body), pages + 1
        assert page["count"] == len(page["entries"]) <= limit
        for entry in page["entries"]:
            assert int(entry["prev_seq"]) == last < int(entry["seq"]), (entry, last)
            last = int(entry["seq"])
            rows[entry["type"], entry["id"]] = entry
        assert ("checkpoint" in page) != page["has_more"]
        state = page["state"]
        if not page["has_more"]:
            return rows, page["checkpoint"], state, last, pages


def fen(data, name):
    text = data.get(name, "0.00")
    whole, part = text.split(".")
    assert len(part) == 2 and text != "-0.00", text
    return int(whole + part)


def digest(rows):
    lines = sorted(f"{e['type']}|{e['id']}|{e['ver']}" for e in rows.values() if e["op"] == "put")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


SCOPE = ("fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt")
FUNDS = ("hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "hifdm_pay", "maf_pay", "oth_pay")


def judge(rows, checkpoint):
    """The names of the checks that do not hold, C2 to C8."""
    bad, live = set(), [e for e in rows.values() if e["op"] == "put"]
    kinds = {}
    for entry in live:
        kinds.setdefault(entry["type"], []).append(entry)
    if {k: len(v) for k, v in kinds.items()} != checkpoint["counts"] or digest(rows) != checkpoint["digest"]:
        bad.add("C8")
    moved, account = {}, checkpoint["acct"][0] if checkpoint["acct"] else {}
    balance = fen(account, "opening")
    income = outlay = 0
    for entry in sorted(kinds.get("acct_detl", []), key=lambda e: (e["data"]["crte_time"], int(e["seq"]))):
        data = entry["data"]
        change = fen(data, "inc_sumamt") - fen(data, "pay_sumamt")
        income, outlay = income + fen(data, "inc_sumamt"), outlay + fen(data, "pay_sumamt")
        balance += change
        if balance != fen(data, "balc"):
            bad.add("C4")
            balance = fen(data, "balc")
        source = data.get("acct_incexpd_souc_id")
        moved[source] = moved.get(source, 0) + change
    if account:
        stated = fen(account, "balc")
        if fen(account, "opening") + income - outlay != stated or fen(kinds["insuinfo"][0]["data"], "balc") != stated or \
           (income, outlay) != (fen(account, "inc_sumamt"), fen(account, "pay_sumamt")):
            bad.add("C5")
    settlements = {e["id"]: e["data"] for e in kinds.get("setlinfo", [])}
    for name, data in settlements.items():
        total = fen(data, "medfee_sumamt")
        if total != sum(fen(data, n) for n in SCOPE) or fen(data, "fund_pay_sumamt") != sum(fen(data, n) for n in FUNDS) or \
           total != fen(data, "fund_pay_sumamt") + fen(data, "psn_part_amt") + fen(data, "hosp_part_amt") or \
           fen(data, "psn_part_amt") != fen(data, "acct_pay") + fen(data, "psn_cash_pay"):
            bad.add("C2")
        if moved.get(name, 0) != fen(data, "acct_mulaid_pay") - fen(data, "acct_pay"):
            bad.add("C6")
        if "init_setl_id" in data:
            original = settlements[data["init_setl_id"]]
            amounts = [n for n in data if n.endswith(("_pay", "_amt", "_sumamt", "_selfpay", "_dedc"))]
            if any(fen(data, n) != -fen(original, n) for n in amounts) or original["refd_setl_flag"] + data["refd_setl_flag"] != "11":
                bad.add("C3")
    paid = [e["data"]["accrym_begn"] for e in kinds.get("clct_detl", []) if e["data"]["revs_flag"] == "Z" and e["data"]["clct_flag"] == "1"]
    if len(paid) != len(set(paid)):
        bad.add("C7")
    return bad


def pkce():
    verifier = secrets.token_urlsafe(48)
    return verifier, base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
