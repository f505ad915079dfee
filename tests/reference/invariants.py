# SPDX-License-Identifier: GPL-3.0-or-later
"""Random packs, persons and bills; checks what must hold for every settlement.

    invariants.py [N] [SEED] [--out DIR]      N cases from SEED on; a failing case is written to DIR as JSON
    invariants.py --emit N SEED DIR           writes N cases with their computed result as `expect` (for a second engine)
"""
import copy, json, os, random, sys
import reference as ref
from reference import fen

CLASSES, STATUS, GROUPS = ["1", "2", "3"], ["active", "retired"], ["main", "herbal", "implant"]


def money(r, hi):
    return f"{r.choice([r.randint(0, hi * 100), r.randint(0, hi) * 100, r.randint(0, 300)]) / 100:.2f}"


def ratio(r):
    return r.choice(["0", "1", "0.5", "1/3", "0.85", "0.333", "0.0001", f"{r.randint(0, 10000) / 10000:.4f}"])


def expr_amount(r, hi):
    k = r.random()
    if k < 0.6:
        return money(r, hi)
    if k < 0.8:
        return {"by": "class", "of": {c: money(r, hi) for c in CLASSES}}
    if k < 0.9:
        return {"max": [money(r, hi // 2 + 1), {"product": [money(r, hi), {"sum": ["1", {"product": ["-0.1", {"counter": "stays"}]}]}]}]}
    return {"by": "stay", "of": {"1": money(r, hi), "2+": {"product": [{"index": "wage"}, "0.01"]}}}


def expr_ratio(r):
    k = r.random()
    if k < 0.6:
        return ratio(r)
    if k < 0.8:
        return {"by": "class", "of": {c: ratio(r) for c in CLASSES}}
    if k < 0.9:
        return {"by": "age", "of": {"0-69": ratio(r), "70+": ratio(r)}}
    return {"min": ["1", {"sum": ["0.5", {"product": ["0.004", {"axis": "age"}]}]}]}


def pack(r):
    rules, n = [], [0]

    def add(kind, **kw):
        n[0] += 1
        rules.append({"id": f"r{n[0]:02d}-{kind}", "kind": kind, "valid_from": "2020-01-01", **kw})

    def piece(layer, payers):
        counters = [None, "year_a", "year_b"]
        if r.random() < 0.7:
            kw = {"counter": f"ded_{layer}"} if r.random() < 0.5 else {}
            if layer == "base" and r.random() < 0.2:
                kw["exempt"] = ["implant"]
            if r.random() < 0.15:
                kw["year_cap"] = {"counter": f"dedcap_{layer}", "amount": money(r, 3000)}
            add("deductible", layer=layer, amount=expr_amount(r, 2000), **kw)
        tops = sorted({int(float(money(r, 30000)) * 100) for _ in range(r.randint(0, 3))} - {0})
        bands = [{"upto": f"{t / 100:.2f}", "pay": [{"payer": p, "ratio": expr_ratio(r)} for p in r.sample(payers, r.randint(1, len(payers)))]} for t in tops]
        bands.append({"upto": None, "pay": [{"payer": p, "ratio": expr_ratio(r)} for p in payers[:r.randint(0, len(payers))]]})
        m = r.choice(["eligible_cost", "fund_paid", "personal_paid"])
        kw = {"counter": f"band_{layer}_{m}"} if r.random() < 0.5 else {}
        if r.random() < 0.1:
            kw["round"] = r.choice(["yuan", "yuan_down", "fen_down"])
        add("share", layer=layer, measure=m, origin=r.choice(["from_zero", "from_deductible"]), bands=bands, **kw)
        if layer == "base" and r.random() < 0.3:
            add("share", layer=layer, when={"group": "herbal"}, bands=[{"upto": None, "pay": [{"payer": "hifp", "ratio": expr_ratio(r)}]}])
        for i in range(r.choice([0, 1, 1, 2])):
            m = r.choice(["fund_paid", "fund_paid", "eligible_cost", "personal_paid"])
            kw = {"counter": f"cap_{layer}_{i}"} if r.random() < 0.6 else {"slot": f"v{i}"}
            if m == "fund_paid" and r.random() < 0.4:
                kw["payers"] = r.sample(payers, 1)
            if r.random() < 0.1:
                kw["when"] = {"group": "herbal"}
            add("cap", layer=layer, measure=m, origin=r.choice(["from_zero", "from_deductible"]), amount=None if r.random() < 0.1 else expr_amount(r, 40000), **kw)
        for i in range(r.choice([0, 0, 1, 2, 3])):
            op = r.choice(["plus", "times", "set", "own_times", "of_rest"])
            v = ratio(r) if op != "plus" else r.choice(["0.05", "-0.2", "0.0001", "0.5"])
            if op == "own_times":
                v = r.choice(["0.6", "0.8", "1.2", "1/3", "0"])
            kw = {"payer": r.choice(payers + ["hifes"])} if op == "of_rest" or r.random() < 0.4 else {}
            if r.random() < 0.4:
                kw["when"] = {"status": r.choice(STATUS)}
            if r.random() < 0.2 and layer == "base":
                kw["bucket"] = "reduction"
            add("adjust", layer=layer, slot=f"s{i}", seq=r.randint(0, 5), op=op, value=v, **kw)

    piece("base", ["hifp", "cvlserv"])
    if r.random() < 0.5:
        add("layer", layer="large", seq=10, input=["over_cap"])
        piece("large", ["hifob"])
    if r.random() < 0.5:
        add("layer", layer="serious", seq=20, input=["personal"] + (["prior"] if r.random() < 0.2 else []), payout=r.choice(["now", "after_year"]))
        piece("serious", ["hifmi"])
    if r.random() < 0.3:
        add("layer", layer="aid", seq=30, input=r.choice([["personal"], ["personal", "prior", "over_limit", "out"], ["prior", "out"], ["deductible"], ["copay"]]))
        piece("aid", ["maf"])
    if r.random() < 0.3:
        add("gate", when={"chosen": False}, fund=r.choice(["0", "0.5"]), **({"account": False} if r.random() < 0.3 else {}))
    if r.random() < 0.1:
        add("gate", when={"remote": "unfiled"}, payout="claim")
    add("scope", when={"category": "B"}, first_own=expr_ratio(r), **({"price_limit": money(r, 500)} if r.random() < 0.3 else {}))
    add("scope", when={"item": "herbal", "category": ["A", "B"]}, group="herbal", first_own=expr_ratio(r))
    add("scope", when={"item": "implant", "category": ["A", "B"]}, group="implant", first_own={"bands": [{"upto": "5000.00", "ratio": "0"}, {"upto": "20000.00", "ratio": ratio(r)}, {"upto": None, "ratio": ratio(r)}]})
    if r.random() < 0.4:
        add("fixed", per=r.choice(["line", "unit"]), when={"item": "registration"}, pay=[{"payer": "hifp", "amount": money(r, 30)}, {"payer": "cvlserv", "down_to": money(r, 20)}], **({"price": money(r, 60)} if r.random() < 0.3 else {}))
    if r.random() < 0.15:
        add("fixed", per="visit", when={"disease": "cataract"}, price=money(r, 9000), pay=[{"payer": "hifp", "ratio": ratio(r), "round": r.choice(["fen", "yuan_down"])}])
    if r.random() < 0.2:
        add("adjust", target="scope", slot="remote", when={"remote": "unfiled"}, op="set", value=ratio(r))
    if r.random() < 0.3:
        add("adjust", target="deductible", slot="d", when={"remote": "unfiled"}, op="times", value="1.05")
    if r.random() < 0.6:
        first = r.random() < 0.3
        pays = r.sample(ref.PARTS, r.randint(1, 6))
        add("account", order="before_deductible" if first else "after_fund", pays=pays, **({"mutual_pays": r.sample(ref.PARTS, r.randint(0, 6))} if r.random() < 0.3 else {}))
    add("tally", counter="stays", add=1, when={"care": "inpatient"})
    return {"pack": "inline", "rules": rules, "indexes": {"wage": [{"from": "2020-01-01", "value": "77257.00"}]}}


def line(r):
    item = r.choice(["drug", "exam", "herbal", "implant", "registration", "bed"])
    ln = {"item": item, "category": r.choice("AABC"), "amount": money(r, r.choice([10, 1000, 60000])), "quantity": str(r.randint(1, 5))}
    return ln


def bill(r):
    if r.random() < 0.4:
        total = fen(money(r, r.choice([100, 5000, 500000])))
        a, b, c = sorted(r.randint(0, total) for _ in range(3))
        out, over, prior = a // 3, (b - a) // 3, (c - b) // 3
        return {"total": ref.show(total), "out": ref.show(out), "over_limit": ref.show(over), "prior": ref.show(prior)}
    return {"lines": [line(r) for _ in range(r.randint(1, 6))]}


def case(seed):
    r = random.Random(seed)
    person = {"insurance": "310", "status": r.choice(STATUS), "age": r.randint(0, 95),
              "account": r.choice([{}, {"balance": money(r, 5000)}, {"current": money(r, 800), "earlier": money(r, 3000)}]),
              "mutual_aid": [{"id": f"m{i}", "balance": money(r, 1000), **({"quota": money(r, 300)} if r.random() < 0.5 else {})} for i in range(r.choice([0, 0, 1, 2]))]}
    if r.random() < 0.1:
        person["coverage_share"] = r.choice(["0", "0.5", "1"])
    visits, day = [], 1
    for _ in range(r.randint(1, 4)):
        day = min(day + r.randint(0, 200), 720)
        date = (ref.datetime.date(2024, 1, 1) + ref.datetime.timedelta(days=day)).isoformat()
        v = {"date": date, "care": r.choice(["outpatient", "inpatient"]), "class": r.choice(CLASSES), "chosen": r.random() < 0.8,
             "remote": r.choice(["local", "local", "unfiled"]), "bill": bill(r)}
        if r.random() < 0.1:
            v["disease"] = "cataract"
        if r.random() < 0.05:
            v["base_paid"] = {}
        if r.random() < 0.1:
            v["use_account"] = False
        if r.random() < 0.1:
            v["prepaid"] = money(r, 5000)
        visits.append(v)
    return {"id": f"random-{seed}", "source": f"invariants.py seed {seed}", "rows": [], "policy": pack(r), "person": person, "visits": visits}


def problems(c, res, load):
    bad = []
    need = lambda ok, what: None if ok else bad.append(what)
    mut0 = sum(min(fen(m["balance"]), fen(m.get("quota", m["balance"]))) for m in c["person"].get("mutual_aid", []))
    acc0 = sum(fen(v) for v in c["person"].get("account", {}).values())
    part_caps = {q["id"] for q in c["policy"]["rules"] if q["kind"] == "cap" and "group" in q.get("when", {}) and q["measure"] != "fund_paid"}
    for i, o in enumerate(res["visits"]):
        m = lambda k: fen_signed(o[k])
        t = f"visit {i}: "
        need(m("medfee_sumamt") == m("fund_pay_sumamt") + m("hosp_part_amt") + m("psn_part_amt"), t + "total = funds + hospital + person")
        need(m("psn_part_amt") == m("own_acct_pay") + m("acct_mulaid_pay") + m("psn_cash_pay"), t + "person = account + mutual aid + cash")
        need(m("acct_pay") == m("own_acct_pay") + m("acct_mulaid_pay"), t + "acct_pay holds mutual aid")
        need(m("medfee_sumamt") == m("fulamt_ownpay_amt") + m("overlmt_selfpay") + m("preselfpay_amt") + m("inscp_scp_amt"), t + "scope parts sum to total")
        need(m("psn_part_amt") == sum(fen_signed(v) for v in o["parts"].values()), t + "buckets sum to the person's part")
        need(m("fund_pay_sumamt") == sum(fen_signed(v) for v in o["funds"].values()), t + "funds sum")
        need(sum(fen_signed(v) for v in list(o["later"].values()) + list(o["claim"].values())) <= m("psn_part_amt"), t + "later refunds within the person's part")
        flat = [o[k] for k in ("medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt", "act_pay_dedc", "fund_pay_sumamt",
                "hosp_part_amt", "psn_part_amt", "own_acct_pay", "acct_mulaid_pay", "psn_cash_pay", "balc")] + list(o["funds"].values()) + list(o["later"].values()) + list(o["claim"].values()) + list(o["parts"].values()) \
            + list(o["purses"].values()) + list(o["counters"].values()) + [x for b in o["bands"].values() for x in b]
        need(all(fen_signed(v) >= 0 for v in flat), t + "nothing negative")
        acc0 -= m("own_acct_pay")
        mut0 -= m("acct_mulaid_pay")
        need(m("balc") == acc0, t + "balance moves by the own account's payment")
        need(mut0 >= 0, t + "mutual aid within balances and quotas")
        billed = sum(fen(l["amount"]) for l in c["visits"][i]["bill"]["lines"]) if "lines" in c["visits"][i]["bill"] else fen(c["visits"][i]["bill"]["total"])
        need(billed == m("medfee_sumamt"), t + "the whole bill is settled")
        for s in o["trace"]:
            if s["step"] == "limit":
                need(not s["whole"] or s["rule"] in part_caps or fen(s["used"]) <= max(0, fen(s["limit"]) - fen(s["before"])), t + f"limit of {s['rule']}")
    if not any(r_["kind"] == "account" and r_.get("order") == "before_deductible" for r_ in c["policy"]["rules"]):
        for change in ({"balance": "100000.00", "current": "100000.00"} if acc0 % 2 else {},):
            d = copy.deepcopy(c)
            d["person"]["account"] = change
            d["person"]["mutual_aid"] = []
            other = ref.compute(d, load)
            for i, (a, b) in enumerate(zip(res["visits"], other["visits"])):
                need(a["lines"] == b["lines"] and a["later"] == b["later"] and a["counters"] == b["counters"], f"visit {i}: fund independent of balance")
    return bad


def fen_signed(s):
    return -fen(s[1:]) if s.startswith("-") else fen(s)


def main(argv):
    load = ref.loader([])
    if argv[:1] == ["--emit"]:
        n, seed, out = int(argv[1]), int(argv[2]), argv[3]
        os.makedirs(out, exist_ok=True)
        for s in range(seed, seed + n):
            c = case(s)
            try:
                res = ref.compute(c, load)
                c["expect"] = {"visits": [{k: v for k, v in o.items() if k not in ("trace", "notes", "rules")} for o in res["visits"]], "sum": res["sum"]}
            except ref.PolicyError as err:
                c["expect"] = {"error": str(err).split(": ", 1)[1][:40]}
            json.dump(c, open(os.path.join(out, c["id"] + ".json"), "w"), indent=1)
        return 0
    out = argv[argv.index("--out") + 1] if "--out" in argv else "failing"
    nums = [int(a) for a in argv if a.isdigit()]
    n, seed = (nums + [1000, 1][len(nums):])[:2]
    bad = refused = visits = 0
    reasons = {}
    for s in range(seed, seed + n):
        c = case(s)
        try:
            res = ref.compute(c, load)
            found = problems(c, res, load)
            visits += len(res["visits"])
        except ref.PolicyError as err:
            refused += 1
            k = str(err).split(": ", 1)[1][:45]
            reasons[k] = reasons.get(k, 0) + 1
            continue
        except Exception as err:                     # anything else is a fault of the interpreter
            found = [f"{type(err).__name__}: {err}"]
        if found:
            bad += 1
            os.makedirs(out, exist_ok=True)
            json.dump({**c, "found": found}, open(os.path.join(out, c["id"] + ".json"), "w"), indent=1)
            if bad <= 20:
                print(s, found[:3])
    print(f"{n} cases, {visits} visits, {refused} refused {reasons}, {bad} failing")
    return bad > 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
