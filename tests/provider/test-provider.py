#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the provider does what the protocol says.

    test-provider.py ZIFU-PROVIDER
"""
import json
import re
import socket
import sys
import traceback
import urllib.parse

from client import Provider, get, judge, pkce, walk

PROGRAM = sys.argv[1]
REDIRECT = "http://127.0.0.1:53187/callback"
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def problem(answer):
    status, headers, body = answer
    document = json.loads(body)
    assert headers["Content-Type"] == "application/problem+json" and document["status"] == status
    return status, document["type"].rsplit(":", 1)[-1]


@test
def pages_and_sums(p):
    """R40: every person's history adds up to the fen, however it is cut into pages."""
    for person in ("owner", "father", "child"):
        token, seen = p.token(person), []
        for limit in (500, 200, 1) if person == "father" else (500, 7):
            rows, checkpoint, _, last, pages = walk(p.base, token, limit)
            assert not judge(rows, checkpoint) and checkpoint["last_seq"] == str(last)
            assert pages == max(1, -(-len(rows) // limit))
            seen.append(rows)
        assert all(rows == seen[0] for rows in seen) and len(seen[0]) == 500


@test
def mistakes_are_found(p):
    """R40: each mistake in rows or totals breaks the check that it is made for."""
    token = p.token("father")
    for fault, check in (("sums", "C2"), ("red-pair", "C3"), ("running", "C4"), ("unreconciled", "C5"), ("movements", "C6"), ("months", "C7"),
                         ("balance", "C5"), ("digest", "C8"), ("counts", "C8")):
        person = "owner" if fault == "months" else "father"
        token = p.token(person)
        p.control("fault", fault=fault, person=person)
        rows, checkpoint, *_ = walk(p.base, token, 500)
        assert check in judge(rows, checkpoint), (fault, judge(rows, checkpoint))
        p.control("mend", person=person)
        p.control("clear")
        rows, checkpoint, *_ = walk(p.base, token, 500)
        assert not judge(rows, checkpoint), (fault, judge(rows, checkpoint))
    for fault in ("gap", "chain"):
        p.control("fault", fault=fault)
        try:
            walk(p.base, token, 500)
        except AssertionError:
            p.control("clear")
            continue
        raise AssertionError(fault)


@test
def changes(p):
    """R40: what changes arrives as a delta, and the whole still adds up."""
    token = p.token()
    rows, _, state, last, _ = walk(p.base, token, 500)
    for command in (("add", {"n": 20}), ("reverse", {}), ("bump", {}), ("delete", {})):
        p.control(command[0], **command[1])
    delta, checkpoint, _, _, _ = walk(p.base, token, 500, state, last)
    assert 0 < len(delta) < 60 and any(e["op"] == "del" for e in delta.values())
    assert all(e["ver"] > rows[k]["ver"] for k, e in delta.items() if k in rows)
    rows.update(delta)
    assert not judge(rows, checkpoint)


@test
def states(p):
    token = p.token()
    _, _, body = get(f"{p.base}/v1/changes?limit=5", token)
    middle = json.loads(body)["state"]
    *_, end, _, _ = walk(p.base, token, 500)
    p.control("move")
    assert problem(get(f"{p.base}/v1/changes?since={middle}", token)) == (409, "state-moved")
    assert get(f"{p.base}/v1/changes?since={end}", token)[0] == 200
    p.control("expire")
    assert problem(get(f"{p.base}/v1/changes?since={end}", token)) == (410, "state-expired")
    for query in ("limit=0", "limit=501", "limit=x", "since=nonsense", f"since={end[:-4]}"):
        assert problem(get(f"{p.base}/v1/changes?{query}", token)) == (400, "invalid-request"), query
    assert problem(get(f"{p.base}/v1/changes?since={end}", p.token("child"))) == (400, "invalid-request")


@test
def documents(p):
    token = p.token()
    for path in ("/v1/person", "/v1/settlements/S010000001/fees"):
        status, headers, body = get(p.base + path, token)
        assert status == 200 and json.loads(body)
        assert get(p.base + path, token, If_None_Match=headers["ETag"])[0] == 304
        assert get(p.base + path)[0] == 401 and get(p.base + path, "nonsense")[0] == 401
    assert problem(get(f"{p.base}/v1/settlements/S9/fees", token)) == (404, "not-found")
    p.control("consent-end")
    assert problem(get(f"{p.base}/v1/person", token)) == (403, "consent-expired")
    p.control("consent-renew")


@test
def only_here(p):
    assert get(f"{p.base}/.well-known/yibao-configuration", Host="evil.example")[0] == 421
    # A socket on 127.0.0.1 does not answer under another address of this computer.
    with socket.socket() as other:
        assert other.connect_ex(("127.0.0.2", p.port)) != 0


def authorize(p, challenge, **more):
    query = {"response_type": "code", "client_id": "zifu", "redirect_uri": REDIRECT, "state": "s", "scope": "account:read offline_access",
             "code_challenge": challenge, "code_challenge_method": "S256", **more}
    return get(f"{p.base}/authorize?" + urllib.parse.urlencode({k: v for k, v in query.items() if v is not None}))


def returned(headers):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(headers["Location"]).query))


def decide(p, body, decision="allow"):
    request = re.search(rb'name="request" value="([0-9a-f]+)"', body).group(1).decode()
    return get(f"{p.base}/authorize/decision", form={"request": request, "person": "father", "decision": decision})


def redeem(p, code, verifier):
    status, _, body = get(f"{p.base}/token", form={"grant_type": "authorization_code", "code": code, "code_verifier": verifier,
                                                   "client_id": "zifu", "redirect_uri": REDIRECT})
    return status, json.loads(body)


@test
def sign_in(p):
    verifier, challenge = pkce()
    back = returned(decide(p, authorize(p, challenge)[2])[1])
    assert back["state"] == "s" and back["iss"] == p.base
    assert redeem(p, back["code"], "x" * 64) == (400, {"error": "invalid_grant", "error_description": "the verifier does not fit"})
    back = returned(decide(p, authorize(p, challenge)[2])[1])
    status, tokens = redeem(p, back["code"], verifier)
    assert status == 200
    assert "11000000" in get(f"{p.base}/v1/person", tokens["access_token"])[2].decode()
    refresh = {"grant_type": "refresh_token", "client_id": "zifu", "refresh_token": tokens["refresh_token"]}
    status, _, body = get(f"{p.base}/token", form=refresh)
    newer = json.loads(body)
    assert status == 200 and newer["refresh_token"] != tokens["refresh_token"]
    # The old one once more: whoever has it, everything ends.
    assert get(f"{p.base}/token", form=refresh)[0] == 400
    assert get(f"{p.base}/v1/person", newer["access_token"])[0] == 401
    assert get(f"{p.base}/token", form={**refresh, "refresh_token": newer["refresh_token"]})[0] == 400


@test
def sign_in_refused(p):
    _, challenge = pkce()
    assert returned(decide(p, authorize(p, challenge)[2], "deny")[1])["error"] == "access_denied"
    assert returned(authorize(p, challenge, code_challenge=None)[1])["error"] == "invalid_request"
    assert returned(authorize(p, challenge, code_challenge_method="plain")[1])["error"] == "invalid_request"
    assert returned(authorize(p, challenge, scope="everything")[1])["error"] == "invalid_scope"
    for redirect in ("http://localhost:5000/callback", "http://127.0.0.1.evil.example/callback", "https://evil.example/", None):
        status, headers, _ = authorize(p, challenge, redirect_uri=redirect)
        assert status == 400 and headers["Location"] is None


@test
def device(p):
    def poll():
        status, _, body = get(f"{p.base}/token", form={"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "client_id": "zifu",
                                                       "device_code": given["device_code"]})
        return status, json.loads(body).get("error")

    given = json.loads(get(f"{p.base}/device_authorization", form={"client_id": "zifu", "scope": "account:read offline_access"})[2])
    assert re.fullmatch("[A-Z]{4}-[A-Z]{4}", given["user_code"])
    assert poll() == (400, "authorization_pending") and poll() == (400, "slow_down")
    assert get(f"{p.base}/device", form={"user_code": "XXXX-XXXX"})[0] == 400
    page = get(f"{p.base}/device", form={"user_code": given["user_code"].lower().replace("-", " ")})[2]
    assert decide(p, page)[0] == 200 and get(f"{p.base}/device", form={"user_code": given["user_code"]})[0] == 400


@test
def revocation(p):
    token = p.token()
    assert get(f"{p.base}/v1/person", token)[0] == 200
    assert get(f"{p.base}/revoke", form={"token": token, "client_id": "zifu"})[0] == 200
    assert get(f"{p.base}/v1/person", token)[0] == 401
    assert get(f"{p.base}/revoke", form={"token": "nonsense", "client_id": "zifu"})[0] == 200


def main():
    print("TAP version 13")
    print(f"1..{len(TESTS) + 1}")
    failed = False
    for function in TESTS:
        try:
            with Provider(PROGRAM, "--entries=500") as p:
                function(p)
            assert p.status == 0, p.status
            print(f"ok - /provider/{function.__name__}", flush=True)
        except Exception:  # pylint: disable=broad-except
            traceback.print_exc()
            print(f"not ok - /provider/{function.__name__}", flush=True)
            failed = True
    texts = []
    for seed in (1, 1, 2):
        with Provider(PROGRAM, "--entries=200", f"--seed={seed}") as p:
            texts.append(get(f"{p.base}/control/rows")[2])
    same = texts[0] == texts[1] != texts[2]
    print(f"{'ok' if same else 'not ok'} - /provider/same-seed-same-history")
    sys.exit(1 if failed or not same else 0)


main()
