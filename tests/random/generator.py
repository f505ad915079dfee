# SPDX-License-Identifier: GPL-3.0-or-later
"""Random cases over the whole grammar of policy packs (data/policies/README.md).

A case is drawn from its seed alone, so a seed is all that is needed to see it again.  Most cases can be settled; some are
refused, because refusing what cannot be settled is part of the grammar as well.
"""
import datetime
import random

CLASSES = ["1", "2", "3"]
STATUS = ["active", "retired", "flexible"]
CARE = ["outpatient", "outpatient", "inpatient", "special", "pharmacy"]
ITEMS = ["drug", "exam", "herbal", "implant", "registration", "bed"]
GROUPS = ["main", "herbal", "implant"]
TAGS = ["poor", "veteran", "disabled"]
DISEASES = ["dialysis", "cataract", "tumour"]
BUCKETS = ["deductible", "copay", "over_cap", "reduction", "prior", "over_limit", "out"]
PURSES = ["balance", "current", "earlier"]
ROUNDS = ["fen", "fen_down", "fen_up", "jiao", "jiao_down", "yuan", "yuan_down", "yuan_up", "ten", "ten_up", "hundred_down"]
RESULTS = ["fund_paid", "in_scope", "personal_in_scope", "person", "total", "deductible", "prior", "over_limit", "out", "own_account", "mutual_aid"]
MEASURES = ["eligible_cost", "fund_paid", "personal_paid"]
N_PARENTS = 8
KINDS = ["settle"] * 17 + ["amounts", "credit", "coverage"]


def show(fen):
    return f"{fen // 100}.{fen % 100:02d}"


class Maker:
    """Draws one pack, one person and the visits."""

    def __init__(self, seed, prefix="r"):
        self.r = random.Random(seed)
        self.prefix = prefix
        self.rules, self.counters, self.amounts = [], {}, []
        self.needs_disease = False
        self.unknown = self.r.random() < 0.08

    # ------------------------------------------------------------------ small things

    def chance(self, p):
        return self.r.random() < p

    def fen(self, high):
        r = self.r
        return r.choice([r.randint(0, high * 100), r.randint(0, high) * 100, r.randint(0, 300)])

    def money(self, high):
        return show(self.fen(high))

    def ratio(self):
        r = self.r
        return r.choice(["0", "1", "0.5", "1/3", "0.85", "0.333", "0.0001", "2/7", show(r.randint(0, 100)), f"{r.randint(0, 10000) / 10000:.4f}"])

    def day(self, first, last):
        return (first + datetime.timedelta(days=self.r.randint(0, (last - first).days))).isoformat()

    # ------------------------------------------------------------------ expressions

    def table(self, leaf):
        r = self.r
        kind = r.randint(0, 9)
        if kind == 0:
            return {"by": "class", "of": {c: leaf() for c in CLASSES}}
        if kind == 1:
            return {"by": "class", "of": {"1|community": leaf(), r.choice(["2", "2|township"]): leaf()}, "else": leaf()}
        if kind == 2:
            return {"by": "age", "of": {"0-17": leaf(), "18..70": leaf(), "70+": leaf()}}
        if kind == 3:
            return {"by": {"counter": "stays"}, "of": {"0": leaf(), "1|2": leaf(), "3+": leaf()}}
        if kind == 4:
            return {"by": {"axis": "base"}, "of": {"<3000": leaf(), "3000..8000.50": leaf(), ">=8000.50": leaf()}}
        if kind == 5:
            return {"by": "chosen", "of": {"true": leaf()}, "else": leaf()}
        if kind == 6:
            return {"by": "tags", "of": {"poor|veteran": leaf()}, "else": leaf()}
        if kind == 7:
            return {"by": "stay", "of": {"1": leaf(), "2+": leaf()}}
        if kind == 8:
            return {"by": "status", "of": {"active|flexible": leaf(), "retired": {"by": "age", "of": {"0-69": leaf(), "70+": leaf()}}}}
        return {"by": "benefit", "of": {"inpatient": leaf()}, "else": leaf()}

    def amount(self, high, depth=2):
        r = self.r
        leaf = lambda: self.amount(high, depth - 1)
        k = r.random()
        if depth == 0 or k < 0.55:
            return self.money(high)
        if k < 0.75:
            return self.table(leaf)
        kind = r.randint(0, 9)
        if kind == 0:
            return {"max": [self.money(high // 2 + 1), {"product": [leaf(), {"sum": ["1", {"product": ["-0.1", {"counter": "stays"}]}]}]}]}
        if kind == 1:
            return {"min": [leaf(), None, self.money(high)]}
        if kind == 2:
            return {"sum": [leaf(), self.money(100)]}
        if kind == 3:
            return {"product": [{"index": "wage"}, r.choice(["0.01", "1/12", "0.05"])]}
        if kind == 4:
            return {"round": r.choice(ROUNDS), "of": {"product": [leaf(), self.ratio()]}}
        if kind == 5:
            return {"round": "yuan_up", "of": {"product": [{"axis": "days"}, "100/3"]}}
        if kind == 6 and self.amounts:
            return {"amount": r.choice(self.amounts)}
        if kind == 7 and self.unknown:
            return {"unknown": "not published", "between": [self.money(high), self.money(high)]}
        if kind == 8:
            return {"product": [{"axis": "base"}, self.ratio()]}
        return {"min": [leaf(), leaf()]}

    def share_of_cost(self, depth=2):
        r = self.r
        leaf = lambda: self.share_of_cost(depth - 1)
        k = r.random()
        if depth == 0 or k < 0.6:
            return self.ratio()
        if k < 0.85:
            return self.table(leaf)
        if k < 0.93:
            return {"min": ["1", {"sum": ["0.5", {"product": ["0.004", {"axis": "age"}]}]}]}
        if self.unknown and self.chance(0.5):
            return {"unknown": "ratio not published"}
        return {"product": [self.ratio(), leaf()]}

    # ------------------------------------------------------------------ rules

    def condition(self):
        """One axis and what it must hold."""
        r = self.r
        return r.choice([
            ("status", r.choice(STATUS)),
            ("status", r.sample(STATUS, 2)),
            ("class", r.choice([["1", "2"], "3", {"not": "3"}])),
            ("age", r.choice([{"min": 60}, {"max": "17"}, {"min": 18, "max": 69}])),
            ("chosen", r.choice([True, False])),
            ("remote", r.choice(["unfiled", ["local", "referred"], {"not": "local"}])),
            ("tags", r.choice([r.choice(TAGS), r.sample(TAGS, 2), {"not": "poor"}])),
            ("disease", r.choice([{"known": True}, {"known": False}, r.choice(DISEASES)])),
            ("date", r.choice([{"from": "2025-01-01"}, {"to": "2024-06-30"}, {"from": "2024-03-01", "to": "2025-08-31"}])),
            ("base", r.choice([{"min": "5000"}, {"max": "7000.50"}])),
            ("care", r.choice(["inpatient", ["outpatient", "pharmacy"]])),
            ("referral", r.choice([True, {"known": False}])),
        ])

    def add(self, kind, **fields):
        rule = {"id": f"{self.prefix}{len(self.rules):02d}-{kind}", "kind": kind, "valid_from": "2020-01-01", **fields}
        self.rules.append(rule)
        return rule

    def rivals(self, rule, change):
        """Sometimes other rules for the slot of this one: more special, dated, superseding, equal or, rarely, in conflict."""
        r = self.r
        k = r.random()
        twin = {x: v for x, v in rule.items() if x != "id"}
        if k < 0.16:
            axis, held = self.condition()
            self.add(**{**twin, **change(), "when": {**rule.get("when", {}), axis: held}})
        elif k < 0.22:
            self.add(**{**twin, **change(), "benefit": r.choice(["inpatient", ["outpatient", "special"]])})
        elif k < 0.28:
            rule["valid_to"] = "2024-12-31"
            self.add(**{**twin, **change(), "valid_from": "2025-01-01"})
        elif k < 0.31:
            self.add(**{**twin, **change(), "overrides": [rule["id"]]})
        elif k < 0.34:
            self.add(**twin)
        elif k < 0.345:
            self.add(**{**twin, **change()})
        if self.chance(0.05):
            rule["confirmed_to"] = "2024-12-31"

    def counter(self, name):
        """A counter, declared with some period or left to the benefit year."""
        r = self.r
        if self.chance(0.08):
            self.needs_disease = True
            name += ":{disease}"
        if self.chance(0.5):
            reset = r.choice(["year", "year", "month", "never", {"days": r.choice([30, 90, 360])}])
            self.counters[name] = {"reset": reset}
            if reset == "year" and self.chance(0.3):
                self.counters[name]["year_start"] = r.choice(["07-01", "04-15"])
        return name

    def pay(self, payers, least):
        return [{"payer": p, "ratio": self.share_of_cost()} for p in self.r.sample(payers, self.r.randint(least, len(payers)))]

    def bands(self, payers):
        tops = sorted({self.fen(30000) for _ in range(self.r.randint(0, 3))} - {0})
        bands = [{"upto": show(top), "pay": self.pay(payers, 1)} for top in tops]
        if tops and self.chance(0.05):
            bands[-1]["upto"] = {"product": [{"index": "wage"}, "2"]}
        if tops and self.unknown and self.chance(0.3):
            bands[-1]["upto"] = {"unknown": "where the band ends is not published"}
        if not tops or self.chance(0.85):
            bands.append({"upto": None, "pay": self.pay(payers, 0)})
        return bands

    def deductible(self, layer):
        fields = {"counter": self.counter(f"ded_{layer}")} if self.chance(0.5) else {}
        if layer == "base" and self.chance(0.2):
            fields["exempt"] = self.r.choice([["implant"], ["herbal", "implant"]])
        if layer == "base" and self.chance(0.15):
            fields["absorb"] = self.r.sample(GROUPS, self.r.randint(1, 3))
        if self.chance(0.15):
            fields["year_cap"] = {"counter": f"dedcap_{layer}", "amount": self.amount(3000)}
        if self.chance(0.1):
            fields["round"] = self.r.choice(ROUNDS)
        rule = self.add("deductible", layer=layer, amount=self.amount(2000), **fields)
        self.rivals(rule, lambda: {"amount": self.amount(2000)})

    def share(self, layer, payers):
        measure = self.r.choice(MEASURES)
        fields = {"counter": self.counter(f"band_{layer}_{measure}")} if self.chance(0.5) else {}
        if self.chance(0.1):
            fields["round"] = self.r.choice(["yuan", "yuan_down", "fen_down", "jiao"])
        if measure == "fund_paid" and self.chance(0.3):
            fields["payers"] = payers[:1]
        rule = self.add("share", layer=layer, measure=measure, origin=self.r.choice(["from_zero", "from_deductible"]), bands=self.bands(payers), **fields)
        self.rivals(rule, lambda: {"bands": self.bands(payers)})
        if layer == "base" and self.chance(0.3):
            same = {"round": fields["round"]} if "round" in fields else {}
            self.add("share", layer=layer, when={"group": "herbal"}, bands=[{"upto": None, "pay": self.pay(payers[:1], 0)}], **same)

    def caps(self, layer, payers):
        for i in range(self.r.choice([0, 1, 1, 2])):
            measure = self.r.choice(["fund_paid"] + MEASURES)
            fields = {"counter": self.counter(f"cap_{layer}_{i}")} if self.chance(0.6) else {"slot": f"v{i}"}
            if measure == "fund_paid" and self.chance(0.4):
                fields["payers"] = self.r.sample(payers, 1)
            if self.chance(0.1):
                fields["when"] = {"group": "herbal"}
            amount = None if self.chance(0.1) else self.amount(40000)
            if self.unknown and self.chance(0.5):
                amount = {"unknown": "cap not published", "at_least": self.money(40000)}
            rule = self.add("cap", layer=layer, measure=measure, origin=self.r.choice(["from_zero", "from_deductible"]), amount=amount, **fields)
            if "slot" in fields:
                self.rivals(rule, lambda: {"amount": self.amount(40000)})

    def adjusts(self, layer, payers):
        r = self.r
        for i in range(r.choice([0, 0, 1, 2, 3])):
            op = r.choice(["plus", "times", "set", "own_times", "of_rest"])
            value = {"plus": r.choice(["0.05", "-0.2", "0.0001", "0.5", {"product": ["0.002", {"axis": "age"}]}]),
                     "own_times": r.choice(["0.6", "0.8", "1.2", "1/3", "0"])}.get(op) or self.share_of_cost()
            fields = {"payer": r.choice(payers + ["hifes"])} if op == "of_rest" or self.chance(0.4) else {}
            if self.chance(0.4):
                fields["when"] = dict([self.condition()])
            if self.chance(0.15):
                fields["floor"] = self.ratio()
            if self.chance(0.15):
                fields["ceiling"] = self.ratio()
            if self.chance(0.2):
                fields["skip_zero"] = False
            if layer == "base" and self.chance(0.2):
                fields["bucket"] = "reduction"
            self.add("adjust", layer=layer, slot=f"s{i}", seq=r.randint(0, 5), op=op, value=value, **fields)
        for target in ("deductible", "cap"):
            for i in range(r.choice([0, 0, 0, 1, 2])):
                op = r.choice(["plus", "times", "set"])
                value = {"plus": r.choice(["-300.00", "120.50"]), "times": r.choice(["1.05", "0.5", "2/3"]), "set": self.money(2000)}[op]
                fields = {"floor": self.money(500)} if self.chance(0.2) else {}
                if self.chance(0.2):
                    fields["ceiling"] = self.money(5000)
                self.add("adjust", layer=layer, target=target, slot=f"{target}{i}", seq=r.randint(0, 3), op=op, value=value,
                         when=dict([self.condition()]), **fields)

    def layer(self, layer, payers):
        if self.chance(0.7):
            self.deductible(layer)
        self.share(layer, payers)
        self.caps(layer, payers)
        self.adjusts(layer, payers)

    def upper_layers(self):
        r = self.r
        if self.chance(0.5):
            self.add("layer", layer="large", seq=10, input=["over_cap"], **({"when": dict([self.condition()])} if self.chance(0.2) else {}))
            self.layer("large", ["hifob", "hifes"])
        if self.chance(0.5):
            inputs = r.choice([["personal"], ["personal"], ["personal", "prior"], ["deductible", "copay"]])
            self.add("layer", layer="serious", seq=20, input=inputs, payout=r.choice(["now", "after_year"]))
            self.layer("serious", ["hifmi"])
        if self.chance(0.3):
            inputs = r.choice([["personal"], ["personal", "prior", "over_limit", "out"], ["prior", "out"], ["deductible"], ["copay", "reduction"]])
            self.add("layer", layer="aid", seq=r.choice([20, 30]), input=inputs)
            self.layer("aid", ["maf"])
        if self.chance(0.08):
            self.add("layer", layer="unknown", seq=40, input=["personal"], unknown="rule not published")

    def scope_and_gates(self):
        r = self.r
        if self.chance(0.3):
            self.add("route", when={"care": ["pharmacy", "special"]}, to=r.choice(["outpatient", "special"]))
        if self.chance(0.3):
            self.add("gate", when={"chosen": False}, fund=r.choice(["0", "0.5", "1/3"]), **({"account": False} if self.chance(0.3) else {}))
        if self.chance(0.15):
            self.add("gate", slot="remote", when={"remote": "unfiled"}, payout="claim", **({"fund": self.share_of_cost()} if self.chance(0.3) else {}))
        if self.chance(0.1):
            self.add("gate", when=dict([self.condition()]), account=False)
        rule = self.add("scope", when={"category": "B"}, first_own=self.share_of_cost(), **({"price_limit": self.amount(500, 1)} if self.chance(0.3) else {}))
        self.rivals(rule, lambda: {"first_own": self.share_of_cost()})
        self.add("scope", when={"item": "herbal", "category": ["A", "B"]}, group="herbal", first_own=self.share_of_cost())
        self.add("scope", when={"item": "implant", "category": ["A", "B"]}, group="implant",
                 first_own={"bands": [{"upto": "5000.00", "ratio": "0"}, {"upto": "20000.00", "ratio": self.ratio()}, {"upto": None, "ratio": self.ratio()}]})
        if self.chance(0.2):
            self.add("scope", when={"item": "bed", "category": r.choice([["A", "C"], ["A", "B", "C"]])}, price_limit=r.choice(["60.00", None]),
                     covered=r.choice([True, True, False]))
        if self.chance(0.15):
            self.add("scope", when={"item": "exam", "category": "A", "unit_price": {"min": "200"}}, first_own=self.ratio(),
                     group=r.choice(["main", "herbal"]))
        if self.chance(0.2):
            self.add("adjust", target="scope", slot="remote", when={"remote": "unfiled"}, op="set", value=self.share_of_cost())

    def fixed_items(self):
        r = self.r
        if self.chance(0.4):
            pay = r.choice([[{"payer": "hifp", "amount": self.money(30)}, {"payer": "cvlserv", "down_to": self.money(20)}],
                            [{"payer": "hifp", "ratio": self.ratio(), "round": r.choice(ROUNDS)}],
                            [{"payer": "hifp", "amount": {"by": "class", "of": {"1": "20.00"}, "else": "10.50"}}, {"payer": "hospital", "ratio": "0.1"}]])
            fields = {"price": self.amount(60, 1)} if self.chance(0.3) else {}
            if self.chance(0.3):
                fields["rest"] = r.choice(["copay", "prior", "out", "over_limit"])
            if self.chance(0.3):
                fields["feeds"] = [self.counter("registrations")]
            self.add("fixed", per=r.choice(["line", "unit"]), when={"item": "registration"}, pay=pay, **fields)
        if self.chance(0.15):
            pay = r.choice([[{"payer": "hifp", "ratio": self.ratio(), "round": r.choice(["fen", "yuan_down"])}],
                            [{"payer": "hifp", "amount": "4000.00"}, {"payer": "hospital", "down_to": "500.00"}]])
            self.add("fixed", per="visit", when={"disease": "cataract"}, pay=pay, **({"price": self.money(9000)} if self.chance(0.7) else {}))

    def account(self):
        r = self.r
        if self.chance(0.6):
            fields = {"order": "before_deductible" if self.chance(0.3) else "after_fund", "pays": r.sample(BUCKETS + ["claim"], r.randint(1, 8))}
            if self.chance(0.3):
                fields["mutual_pays"] = r.sample(BUCKETS, r.randint(0, 6))
            if self.chance(0.3):
                fields["purses"] = r.sample(PURSES, r.randint(1, 3))
            if self.chance(0.2):
                fields["first_purses"] = r.sample(PURSES, r.randint(1, 2))
            rule = self.add("account", **fields)
            self.rivals(rule, lambda: {"pays": r.sample(BUCKETS, r.randint(1, 6))})

    def tallies(self):
        self.add("tally", counter="stays", add=1, when={"care": "inpatient"})
        for i in range(self.r.choice([0, 0, 1, 2])):
            name = self.r.choice(RESULTS)
            add = {"result": name} if self.chance(0.7) else {"sum": [{"result": name}, {"product": [{"result": self.r.choice(RESULTS)}, self.ratio()]}]}
            self.add("tally", counter=self.counter(f"tally_{i}"), add=add)

    def named_amounts(self):
        for name in ("floor", "ceiling", "norm")[:self.r.choice([0, 1, 2, 3])]:
            fields = {"round": self.r.choice(ROUNDS)} if self.chance(0.5) else {}
            rule = self.add("amount", name=name, value=self.amount(5000), **fields)
            self.rivals(rule, lambda: {"value": self.amount(5000)})
            self.amounts.append(name)

    def credits(self):
        """Lines of the monthly credit, for cases that ask for it."""
        r = self.r
        lines = {"personal": {"product": [{"max": [{"axis": "base"}, "3863.00"]}, self.ratio()]}, "flat": self.amount(300), "fee": "-3.00"}
        for slot in r.sample(list(lines), r.randint(1, 3)):
            fields = {"round": r.choice(ROUNDS)} if self.chance(0.4) else {}
            if self.chance(0.2):
                fields["every"] = "year"
            rule = self.add("credit", slot=slot, amount=lines[slot], **fields)
            self.rivals(rule, lambda: {"amount": self.amount(300)})

    def coverage(self):
        r = self.r
        months = lambda high: r.choice([r.randint(0, high), {"by": "status", "of": {"flexible": r.randint(0, high)}, "else": r.randint(0, high)}])
        waiting = r.choice([months(6), {"by": "gap_months", "of": {"0-3": 0, "4+": 6}},
                            {"max": [0, {"sum": [3, {"axis": "missed_years"}, {"product": [-1, {"axis": "repaired_years"}]}]}]}])
        fields = {"lag": months(2), "repair_within": months(4), "grace": months(3), "waiting_free": months(3), "waiting": waiting,
                  "initial_waiting": r.choice([0, 0, 3, {"by": "first_month", "of": {"1-2": 0}, "else": 3}]), "retroactive": self.chance(0.5)}
        fields = {k: v for k, v in fields.items() if self.chance(0.75)}
        if self.chance(0.4):
            fields["waiting_share"] = r.choice(["0", "0.5", "1/3"])
        if self.chance(0.3):
            fields["grace_share"] = r.choice(["1", "0.5"])
        self.add("coverage", **fields)

    def pack(self, pack_id="inline", parent=None, kind="settle"):
        r = self.r
        self.named_amounts()
        if kind == "credit":
            self.credits()
        elif kind == "coverage":
            self.coverage()
        elif kind == "settle":
            self.layer("base", ["hifp", "cvlserv"])
            self.upper_layers()
            self.scope_and_gates()
            self.fixed_items()
            self.account()
            self.tallies()
        wage = [{"from": "2020-01-01", "value": "77257.00"}]
        if self.chance(0.3):
            wage = [{"from": "2020-01-01", "to": "2024-06-30", "value": "77257.00"}, {"from": "2024-07-01", "value": self.money(90000)}]
        doc = {"pack": pack_id, "title": "Drawn at random", "rules": self.rules, "indexes": {"wage": wage}}
        if self.counters:
            doc["counters"] = self.counters
        if self.chance(0.2):
            doc["year_start"] = r.choice(["07-01", "04-01"])
        if self.chance(0.1):
            doc["axes"] = {"class": CLASSES, "status": STATUS[:2] if self.chance(0.2) else STATUS}
        if parent is not None:
            doc["extends"] = parent["pack"]
            doc["drops"] = r.sample([q["id"] for q in parent["rules"]], min(len(parent["rules"]), r.randint(0, 4)))
        return doc

    # ------------------------------------------------------------------ faults

    def spoil(self, case):
        """Something that must be refused if a visit gets to it."""
        r = self.r
        rules = case["policy"]["rules"]
        visit = case["visits"][-1] if "visits" in case else case.get("visit", {})
        shares = [q for q in rules if q["kind"] == "share"]
        amounts = [q for q in rules if q["kind"] == "deductible"]
        kind = r.randint(0, 11)
        if kind == 0:
            case["policy"]["indexes"]["wage"] = [{"from": "2025-03-01", "value": "77257.00"}]
        elif kind == 1 and amounts:
            r.choice(amounts)["amount"] = {"by": "age", "of": {"0-40": "100.00", "30-60": "200.00", "61+": "300.00"}}
        elif kind == 2:
            self.add("amount", name="round", value={"sum": [{"amount": "round"}, "1"]})
            for q in amounts:
                q["amount"] = {"amount": "round"}
        elif kind == 3 and shares:
            rules.remove(r.choice(shares))
        elif kind == 4 and amounts:
            r.choice(amounts)["amount"] = {r.choice(["sum", "product"]): ["1", None]}
        elif kind == 5 and amounts:
            r.choice(amounts)["amount"] = r.choice([None, {"amount": "nowhere"}, {"axis": "pension"}, {"by": "pension", "of": {"1": "2.00"}}])
        elif kind == 6:
            case["person"]["base"] = "much"
        elif kind == 7:
            case["person"]["account"] = {"savings": "100.00"}
        elif kind == 8 and "visits" in case:
            case["visits"].append({**visit, "date": "2023-12-01"})
        elif kind == 9 and visit:
            visit["bill"] = {"total": "100.00", "out": "70.00", r.choice(["prior", "in_scope"]): "40.00"}
        elif kind == 10 and visit:
            visit["bill"] = {"lines": [{"item": "drug", "category": "A", "amount": "10.00", "out": "6.00", "over_limit": "5.00"}]}
        elif kind == 11 and shares:
            tops = [q for q in shares if len(q["bands"]) > 1]
            if tops:
                r.choice(tops)["bands"][0]["upto"] = "90000.00"

    # ------------------------------------------------------------------ person and visits

    def person(self):
        r = self.r
        person = {"insurance": "310", "status": r.choice(STATUS), "base": self.money(20000)}
        if self.chance(0.6):
            person["age"] = r.randint(0, 95)
        else:
            person["birth"] = self.day(datetime.date(1930, 1, 1), datetime.date(2023, 12, 31))
        if self.chance(0.5):
            person["tags"] = r.sample(TAGS, r.randint(0, 2))
        account = r.choice([{}, {"balance": self.money(5000)}, {"current": self.money(800), "earlier": self.money(3000)}])
        if account:
            person["account"] = account
        aid = [{"id": f"m{i}", "balance": self.money(1000), **({"quota": self.money(300)} if self.chance(0.5) else {})} for i in range(r.choice([0, 0, 1, 2]))]
        if aid:
            person["mutual_aid"] = aid
        if self.chance(0.1):
            person["coverage_share"] = r.choice(["0", "0.5", "1", "2/3"])
        if self.chance(0.3):
            names = [n for n in {q["counter"] for q in self.rules if isinstance(q.get("counter"), str)} if "{" not in n]
            chosen = r.sample(sorted(names), min(len(names), r.randint(1, 3)))
            person["counters"] = {n: r.choice([self.money(3000), {"value": self.money(3000), "since": self.day(datetime.date(2023, 6, 1), datetime.date(2024, 1, 1))}])
                                  for n in chosen}
        return person

    def bill_line(self):
        r = self.r
        line = {"item": r.choice(ITEMS), "category": r.choice("AABC"), "amount": self.money(r.choice([10, 1000, 60000]))}
        if self.chance(0.6):
            line["quantity"] = r.choice([str(r.randint(1, 5)), r.randint(1, 5), "1.5", "2/3"])
        whole = int(line["amount"].replace(".", ""))
        for part in ("out", "over_limit", "prior"):
            if self.chance(0.015):
                line[part] = show(r.randint(0, whole))
                whole -= int(line[part].replace(".", ""))
        if self.chance(0.1):
            line["group"] = r.choice(GROUPS + ["zeta", "alpha"])
        return line

    def bill(self):
        r = self.r
        if self.chance(0.6):
            return {"lines": [self.bill_line() for _ in range(r.randint(1, 6))]}
        total = self.fen(r.choice([100, 5000, 500000]))
        a, b, c = sorted(r.randint(0, total) for _ in range(3))
        parts = {"out": a // 3, "over_limit": (b - a) // 3, "prior": (c - b) // 3}
        kind = r.random()
        if kind < 0.5:
            bill = {"total": total, **parts}
        elif kind < 0.65:
            bill = {"in_scope": total - sum(parts.values()), **parts}
        elif kind < 0.8:
            bill = {"total": total, "in_scope": total - sum(parts.values()), "prior": parts["prior"], "over_limit": parts["over_limit"]}
        elif kind < 0.9:
            bill = {"total": total}
        else:
            bill = {"total": total, "out": r.randint(0, total + 5000), "over_limit": parts["over_limit"], "prior": parts["prior"]}
        bill = {k: show(v) for k, v in bill.items()}
        if kind >= 0.9:
            bill["clamp"] = True
        return bill

    def visit(self, date):
        r = self.r
        visit = {"date": date, "care": r.choice(CARE), "class": r.choice(CLASSES), "chosen": r.random() < 0.8,
                 "remote": r.choice(["local", "local", "local", "unfiled", "referred"]), "days": r.randint(1, 40), "bill": self.bill()}
        if self.needs_disease or self.chance(0.15):
            visit["disease"] = r.choice(DISEASES)
        if self.chance(0.1):
            visit["referral"] = r.choice([True, False])
        if self.chance(0.05):
            visit["stay"] = r.randint(1, 3)
        if self.chance(0.05):
            visit["base_paid"] = r.choice([{}, {"hifp": self.money(50)}])
        if self.chance(0.1):
            visit["use_account"] = False
        if self.chance(0.05):
            visit["use_mutual_aid"] = False
        if self.chance(0.1):
            visit["prepaid"] = self.money(5000)
        return visit

    def visits(self):
        day, out = 1, []
        for _ in range(self.r.randint(1, 4)):
            day = min(day + self.r.randint(0, 200), 720)
            out.append(self.visit((datetime.date(2024, 1, 1) + datetime.timedelta(days=day)).isoformat()))
        return out

    def paid_months(self):
        r = self.r
        paid, missing = [], 0
        for n in range(r.randint(6, 60)):
            year, month = 2020 + n // 12, n % 12 + 1
            missing = missing - 1 if missing else r.choice([0] * 12 + [1, 2, 5, 14])
            if missing and not self.chance(0.3):
                continue
            entry = {"month": f"{year}-{month:02d}"}
            if missing or self.chance(0.05):
                late = n + r.randint(1, 8)
                entry["paid_on"] = f"{2020 + late // 12}-{late % 12 + 1:02d}"
            elif self.chance(0.3):
                entry["paid_on"] = entry["month"] + "-15"
            paid.append(entry)
        if self.chance(0.1):
            paid = [{"year": y, **({"paid_on": f"{y}-03"} if self.chance(0.4) else {})} for y in sorted(r.sample(range(2019, 2025), r.randint(1, 4)))]
        return paid


def parents():
    """Packs that others extend: the same ones for every seed."""
    return [Maker(-1 - n, prefix=f"p{n}-").pack(f"parent-{n}") for n in range(N_PARENTS)]


def case(seed, above=None):
    """The case of a seed; `above` are the packs of parents()."""
    m = Maker(seed)
    kind = m.r.choice(KINDS)
    parent = m.r.choice(above) if above and kind == "settle" and m.chance(0.1) else None
    if parent is not None:
        m.needs_disease = any("{disease}" in str(q) for q in parent["rules"])
    pack = m.pack(parent=parent, kind=kind)
    c = {"id": f"random-{seed}", "source": f"tests/random/generator.py, seed {seed}", "rows": [], "policy": pack, "person": m.person()}
    # A credit is what is posted: the engine takes no end of an interval for it.
    if m.unknown and kind != "credit" and m.chance(0.6):
        c["unknown_as"] = m.r.choice(["low", "high"])
    if kind == "settle":
        visits = m.visits()
        if len(visits) == 1 and m.chance(0.5):
            c["visit"] = visits[0]
        else:
            c["visits"] = visits
        if m.chance(0.04):
            m.spoil(c)
        return c
    c["compute"] = kind
    c["date"] = m.day(datetime.date(2024, 1, 1), datetime.date(2026, 6, 30))
    if kind == "coverage":
        c["person"]["paid"] = m.paid_months()
        c["from"], c["to"] = "2020-01", "2026-12"
        if m.chance(0.3):
            c["benefit"] = m.r.choice(["inpatient", "outpatient"])
    return c
