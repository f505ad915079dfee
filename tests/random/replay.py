# SPDX-License-Identifier: GPL-3.0-or-later
"""Works a settlement out again from its trace alone, with exact fractions, and compares every fen.

The trace says what a step started from and what it led to; here each step is calculated anew: the deductible, the bands, the
rounding of each payer's line, caps, layers, the person's part, and who pays it.  Of the rules only what a trace does not repeat is
looked up: how a share rule rounds, and whose payments a cap counts.
"""
import re
from fractions import Fraction as F

UNITS = {"fen": 1, "jiao": 10, "yuan": 100, "ten": 1000, "hundred": 10000, "thousand": 100000}


def fen(text):
    return int(F(text) * 100) if (F(text) * 100).denominator == 1 else None


def rounded(yuan, mode):
    """Yuan as an exact fraction to whole fen, by one of the modes of the grammar."""
    unit, _, way = mode.partition("_")
    units = yuan * 100 / UNITS[unit]
    whole = units.numerator // units.denominator
    if way == "":
        whole = (units + F(1, 2)).numerator // (units + F(1, 2)).denominator
    elif way == "up" and units != whole:
        whole += 1
    return whole * UNITS[unit]


class Replay:
    """One visit.  `wrong` fills with what does not come out."""

    def __init__(self, person, visit, result, rules):
        self.result, self.rules, self.wrong = result, rules, []
        self.trace = result["trace"]
        self.layers, self.order = {}, []
        # What a settlement sheet says is given, not calculated: no step stands for it.  It stands where the base layer would.
        benefits = min([F(person.get("coverage_share", "1"))] + [F(s["fund"]) for s in self.steps("gate")])
        whole = any("line" not in s for s in self.steps("fixed"))
        given = visit.get("base_paid", {}) if benefits > 0 and not whole else {}
        self.funds = {payer: fen(amount) for payer, amount in given.items()}
        self.later, self.hospital = {}, 0

    def need(self, name, found, wanted):
        if found != wanted:
            self.wrong.append(f"{name}: the trace gives {found}, the settlement says {wanted}")

    def at_most(self, name, found, limit):
        if found > limit:
            self.wrong.append(f"{name}: {found} is more than {limit}")

    def steps(self, *names):
        return [s for s in self.trace if s["step"] in names]

    def money(self, field):
        return fen(self.result[field])

    # ------------------------------------------------------------------ the bill

    def bill(self):
        (bill,) = self.steps("bill")
        total, out, over, prior, scope = (fen(bill[k]) for k in ("total", "out", "over_limit", "prior", "in_scope"))
        self.need("the parts of the bill", out + over + prior + scope, total)
        lines = self.steps("scope")
        for step in lines:
            for part, whole in (("out", out), ("over_limit", over), ("prior", prior), ("in_scope", scope)):
                self.at_most(f"line {step['line']}, {part}", fen(step[part]), whole)
        for step in self.steps("first_own"):
            moved = rounded(F(step["in"]) * F(step["ratio"]), "fen")
            self.need("first own share", min(moved, fen(step["in"])), fen(step["amount"]))
            prior, scope = prior + fen(step["amount"]), scope - fen(step["amount"])
        for field, found in (("medfee_sumamt", total), ("fulamt_ownpay_amt", out), ("overlmt_selfpay", over), ("preselfpay_amt", prior),
                             ("inscp_scp_amt", scope)):
            self.need(field, found, self.money(field))

    # ------------------------------------------------------------------ layers

    def collect(self):
        """The steps of each layer, in order; a layer ends with the step that sums it up."""
        for step in self.trace:
            if step["step"] in ("deductible", "share", "band", "cap", "limit", "layer"):
                if step["layer"] not in self.layers:
                    self.layers[step["layer"]] = []
                    self.order.append(step["layer"])
                self.layers[step["layer"]].append(step)

    def deductible(self, layer, steps, total):
        applied = 0
        for step in (s for s in steps if s["step"] == "deductible"):
            rule = self.rules[step["rule"]]
            applied = fen(step["applied"])
            asked = min(fen(step["in"]), max(0, fen(step["need"]) - fen(step["met"])))
            self.at_most(f"{layer}: deductible", applied, asked)
            own = [r for r in self.rules.values() if r["kind"] == "cap" and r.get("layer", "base") == layer and r["measure"] != "fund_paid"]
            if "exempt" not in rule and "year_cap" not in rule and not own:
                self.need(f"{layer}: deductible", asked, applied)
            self.need(f"{layer}: what the deductible is taken from", fen(step["in"]), total)
        return applied

    def band(self, layer, step):
        cost, low = F(step["cost"]), F(step["from"])
        rates = [F(p["ratio"]) for p in step["payers"]]
        for payer, rate in zip(step["payers"], rates):
            self.need(f"{layer}, band {step['band']}: {payer['payer']}", cost * rate, F(payer["amount"]))
            if not 0 <= rate <= 1:
                self.wrong.append(f"{layer}, band {step['band']}: a ratio of {rate}")
        if sum(rates) > 1:
            self.wrong.append(f"{layer}, band {step['band']}: {sum(rates)} of the cost")
        rule = self.rules[step["rule"]]
        speed = {"eligible_cost": F(1), "personal_paid": 1 - sum(rates)}.get(rule.get("measure", "eligible_cost"))
        if speed is None:
            speed = sum(r for p, r in zip(step["payers"], rates) if p["payer"] in rule.get("payers", [p["payer"]]))
        if step["upto"] is not None:
            self.at_most(f"{layer}, band {step['band']}: what lies on it", cost * speed, F(step["upto"]) - low)

    def groups(self, layer, steps, left):
        """The cost of each group that lies over a cap, exactly; each yuan of a group is on a band or over a cap."""
        over, shared = F(0), 0
        for step in (s for s in steps if s["step"] == "share"):
            walked = sum(F(s["cost"]) for s in steps if s["step"] == "band" and s["group"] == step["group"])
            capped = [s for s in steps if s["step"] == "cap" and s["group"] == step["group"]]
            rest = F(step["in"]) - walked
            if rest < 0 or (rest > 0 and not capped):
                self.wrong.append(f"{layer}, {step['group']}: {walked} of {step['in']} lies on bands")
            for cap in capped:
                self.need(f"{layer}, {step['group']}: what lies above the cap", rounded(rest, "fen"), fen(cap["left"]))
            over, shared = over + rest, shared + fen(step["in"])
        self.need(f"{layer}: what the groups hold", shared, left)
        return over

    def pay(self, layer, steps, left):
        """Each payer's line: the exact sum, rounded once, at most what is left of the cost and of each cap."""
        exact, order, mode = {}, [], "fen"
        for step in (s for s in steps if s["step"] == "band"):
            mode = self.rules[step["rule"]].get("round", "fen")
            for payer in step["payers"]:
                if payer["payer"] not in exact:
                    order.append(payer["payer"])
                exact[payer["payer"]] = exact.get(payer["payer"], F(0)) + F(payer["amount"])
        caps = [s for s in steps if s["step"] == "limit" and s["measure"] == "fund_paid" and s["whole"]]
        used = [0] * len(caps)
        lines = {}
        for payer in order:
            amount = min(rounded(exact[payer], mode), left)
            counting = [i for i, c in enumerate(caps) if payer in self.rules[c["rule"]].get("payers", [payer])]
            for i in counting:
                amount = min(amount, max(0, fen(caps[i]["limit"]) - fen(caps[i]["before"]) - used[i]))
            for i in counting:
                used[i] += amount
            left -= amount
            lines[payer] = amount
        for i, cap in enumerate(caps):
            self.need(f"{layer}: what {cap['rule']} has counted", used[i], fen(cap["used"]))
        return lines

    def own_limits(self, layer, steps, applied, copay):
        """What rounding has put on the person beyond a limit of own payments goes above the cap."""
        excess = 0
        limits = [s for s in steps if s["step"] == "limit" and s["measure"] == "personal_paid" and s["whole"]]
        counted = [applied if self.rules[s["rule"]].get("origin", "from_zero") == "from_zero" else 0 for s in limits]
        for step, of_deductible in zip(limits, counted):
            room = max(0, fen(step["limit"]) - fen(step["before"]) - of_deductible)
            excess = max(excess, copay - room)
        excess = min(max(excess, 0), copay)
        for step, of_deductible in zip(limits, counted):
            self.need(f"{layer}: what {step['rule']} has counted", copay - excess + of_deductible, fen(step["used"]))
        return excess

    def cost_limits(self, layer, steps, applied, cost):
        for step in (s for s in steps if s["step"] == "limit" and s["measure"] == "eligible_cost" and s["whole"]):
            counts = self.rules[step["rule"]].get("origin", "from_zero") == "from_zero"
            self.need(f"{layer}: what {step['rule']} has counted", cost - (0 if counts else applied), fen(step["used"]))

    def layer(self, layer):
        steps = self.layers[layer]
        sums = [s for s in steps if s["step"] == "layer"]
        if len(sums) != 1:
            self.wrong.append(f"{layer}: {len(sums)} sums of one layer")
            return
        (end,) = sums
        total, later = fen(end["in"]), self.later if end["after_year"] else self.funds
        applied = self.deductible(layer, steps, total)
        self.need(f"{layer}: deductible of the layer", applied, fen(end["deductible"]))
        over = rounded(self.groups(layer, steps, total - applied), "fen")
        for step in (s for s in steps if s["step"] == "band"):
            self.band(layer, step)
        lines = self.pay(layer, steps, total - applied - over)
        over += self.own_limits(layer, steps, applied, total - applied - over - sum(lines.values()))
        self.need(f"{layer}: what lies above caps", over, fen(end["over_cap"]))
        self.cost_limits(layer, steps, applied, total - over)
        told = {p["payer"]: fen(p["amount"]) for p in end["payers"]}
        self.need(f"{layer}: who pays", {p: a for p, a in lines.items() if a}, {p: a for p, a in told.items() if a})
        for payer, amount in lines.items():
            later[payer] = later.get(payer, 0) + amount
        self.bands(layer, steps)
        if layer == "base":
            self.need("act_pay_dedc", applied, self.money("act_pay_dedc"))

    def bands(self, layer, steps):
        paid = {}
        for step in (s for s in steps if s["step"] == "band"):
            if step["payers"]:
                paid[step["band"]] = paid.get(step["band"], F(0)) + sum(F(p["amount"]) for p in step["payers"])
        wanted = [fen(a) for a in self.result["bands"].get(layer, [])]
        found = [rounded(paid.get(i, F(0)), "fen") for i in range(max(paid, default=-1) + 1)]
        self.need(f"{layer}: what is paid on each band", found, wanted)

    # ------------------------------------------------------------------ who pays

    def fixed(self):
        for step in self.steps("fixed"):
            paid = 0
            for payer in step["payers"]:
                amount = fen(payer["amount"])
                paid += amount
                if payer["payer"] == "hospital":
                    self.hospital += amount
                else:
                    self.funds[payer["payer"]] = self.funds.get(payer["payer"], 0) + amount
            # What exceeds a price is the hospital's, and is no payment of its own in the trace.
            excess = fen(step["in"]) - paid - fen(step["left"])
            if excess < 0 or (excess > 0 and self.rules[step["rule"]].get("price") is None):
                self.wrong.append(f"a fixed item of {step['in']} leaves {step['left']} after {paid} fen")
            self.hospital += excess

    def person(self):
        claim = any(s["claim"] for s in self.steps("gate"))
        now = {} if claim else self.funds
        positive = lambda amounts: {p: a for p, a in amounts.items() if a}
        of_result = lambda field: positive({p: fen(a) for p, a in self.result[field].items()})
        self.need("funds", positive(now), of_result("funds"))
        self.need("claim", positive(self.funds if claim else {}), of_result("claim"))
        self.need("later", positive(self.later), of_result("later"))
        self.need("fund_pay_sumamt", sum(now.values()), self.money("fund_pay_sumamt"))
        self.need("hosp_part_amt", self.hospital, self.money("hosp_part_amt"))
        (step,) = self.steps("person")
        self.need("what others pay", sum(now.values()) + self.hospital, fen(step["paid_by_others"]))
        self.need("the person's part", fen(step["total"]) - fen(step["paid_by_others"]), fen(step["person"]))
        self.need("the bill of the person's step", fen(step["total"]), self.money("medfee_sumamt"))
        self.need("psn_part_amt", fen(step["person"]), self.money("psn_part_amt"))

    def till(self):
        own = sum(fen(s["amount"]) for s in self.steps("account", "account_first"))
        mutual = sum(fen(s["amount"]) for s in self.steps("mutual_aid"))
        for step in self.steps("account"):
            self.at_most("the account", fen(step["amount"]), min(fen(step["payable"]), fen(step["balance"])))
        self.need("own_acct_pay", own, self.money("own_acct_pay"))
        self.need("acct_mulaid_pay", mutual, self.money("acct_mulaid_pay"))
        cash = self.money("psn_part_amt") - own - mutual
        self.need("psn_cash_pay", cash, self.money("psn_cash_pay"))
        self.need("the step of the cash", sum(fen(s["amount"]) for s in self.steps("cash")), cash)

    def run(self):
        self.bill()
        self.fixed()
        self.collect()
        for layer in self.order:
            self.layer(layer)
        if "base" not in self.order:
            self.need("act_pay_dedc without a base layer", 0, self.money("act_pay_dedc"))
        self.person()
        self.till()
        return self.wrong


def replay(case, result, rules):
    """What of a result does not follow from its trace; `rules` are those of the pack, by id."""
    wrong = []
    visits = case["visits"] if "visits" in case else [case["visit"]]
    for n, (visit, told) in enumerate(zip(visits, result["visits"] if "visits" in result else [result])):
        wrong += [f"visit {n}: {text}" for text in Replay(case["person"], visit, told, rules).run()]
    return wrong


# ---------------------------------------------------------------------------------------------- two languages

MONTHS = "January February March April May June July August September October November December".split()
NUMERALS = {"一": "1", "二": "2", "三": "3"}


def numbers(text):
    """All numbers that a text tells, in order of size: a month that is a word, and a level that is a numeral, are numbers as well.
    Titles of documents are left out, and the one phrase that is a year in English only."""
    text = re.sub(r"^(?:Sources|来源)\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
    text = re.sub(rf"(\d+) ({'|'.join(MONTHS)}) (\d{{4}})", lambda m: f"{m[3]} {MONTHS.index(m[2]) + 1} {m[1]}", text)
    text = re.sub(rf"\b({'|'.join(MONTHS)}) (\d{{4}})", lambda m: f"{m[2]} {MONTHS.index(m[1]) + 1}", text)
    text = re.sub("[Ww]orkers? from before 1949", "", text)
    # One sign of per cent may stand behind several numbers, and one level behind two.
    while (more := re.sub(r"(?<![\d,.])(\d\d(?:\.\d+)?)(, | and |/|–|-|、| to | 到 )(?=\d[\d.]*%)", r"\1%\2", text)) != text:
        text = more
    text = text.replace("二、三级", "二级、三级").replace("tiers 2 and 3", "tier-2 and tier-3")
    # Chinese counts in ten thousands: 40 万 is 400,000.
    text = re.sub(r"(\d+(?:\.\d+)?) ?万", lambda m: f"{round(float(m[1]) * 10000):,}", text)
    text = re.sub("([一二三])[级档类]", lambda m: f"tier-{NUMERALS[m[1]]}", text)
    return sorted(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?%?", text))


def same_numbers(english, chinese):
    one, other = numbers(english), numbers(chinese)
    if one == other:
        return []
    only = [n for n in one if one.count(n) > other.count(n)], [n for n in other if other.count(n) > one.count(n)]
    return [f"the languages tell different numbers: English alone {sorted(set(only[0]))}, Chinese alone {sorted(set(only[1]))}"]
