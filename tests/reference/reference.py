# SPDX-License-Identifier: GPL-3.0-or-later
"""Executable specification of the policy-pack grammar (see data/policies/README.md): slow and exact.

Standard library only.  Money is whole fen, ratios are Fractions, every payer line is rounded once.
    reference.py settle CASE.json [--check] [--packs DIR]     settle / credit / amount / coverage, as the case says
    reference.py run DIR [--packs DIR]                        --check on every case below DIR, folders packs and bad left out
    reference.py lint PACK.json                               rules that may clash, missing sources, indexes, layers
Packs named by a case are looked for in --packs, then in tests/cases/packs and data/policies of this tree.
Exit 0 = done (and equal), 1 = --check found a difference, 2 = bad input.
"""
import datetime
import json
import os
import re
import sys
from fractions import Fraction as F

# ------------------------------------------------------------------------------------------------ basics


class PolicyError(Exception):
    """Bad pack or case; `where` is a JSON pointer or a rule id."""

    def __init__(self, where, msg):
        super().__init__(f"{where}: {msg}")


def reason(text):
    """Why a figure is not known: a text, or one in two languages."""
    return text if isinstance(text, str) else text.get("en", text.get("zh"))


class UnknownFigure(PolicyError):
    """A figure that exists but was not found, and the computation needs it."""

    def __init__(self, where, reason, at_least=None):
        super().__init__(where, f"figure not known: {reason}")
        self.at_least = at_least


NUM = re.compile(r"^-?\d+(\.\d{1,6})?$")
FRAC = re.compile(r"^-?\d+/[1-9]\d*$")


def num(s, where="value"):
    if isinstance(s, bool) or isinstance(s, float):
        raise PolicyError(where, f"not an exact number: {s!r}")
    if isinstance(s, (int, F)):
        return F(s)
    if isinstance(s, str) and (NUM.match(s) or FRAC.match(s)):
        return F(s)
    raise PolicyError(where, f"not an exact number: {s!r}")


def floor_div(x):
    return x.numerator // x.denominator


def half_up(x):
    """Nearest integer, halves away from zero."""
    return floor_div(x + F(1, 2)) if x >= 0 else -floor_div(-x + F(1, 2))


def trunc(x):
    return floor_div(x) if x >= 0 else -floor_div(-x)


UNITS = {"fen": 1, "jiao": 10, "yuan": 100, "ten": 1000, "hundred": 10000, "thousand": 100000}


def rnd(x, mode="fen"):
    """x in yuan (Fraction) -> whole fen (int).  Mode = UNIT (half up), UNIT_down (cut) or UNIT_up."""
    unit, _, way = mode.partition("_")
    if unit not in UNITS or way not in ("", "down", "up"):
        raise PolicyError("round", f"unknown mode {mode!r}")
    y = x * 100 / UNITS[unit]
    return UNITS[unit] * (half_up(y) if not way else trunc(y) if way == "down" else -floor_div(-y))


def fen(s, where="amount"):
    """A money literal of a case (yuan, at most two decimals, not negative) -> fen."""
    v = num(s, where) * 100
    if v.denominator != 1 or v < 0:
        raise PolicyError(where, f"not a money amount: {s!r}")
    return v.numerator


def show(f):
    sign = "-" if f < 0 else ""
    return f"{sign}{abs(f) // 100}.{abs(f) % 100:02d}"


def date(s, where="date"):
    try:
        return datetime.date.fromisoformat(s)
    except (TypeError, ValueError):
        raise PolicyError(where, f"not a date: {s!r}")


def full_years(born, on):
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


# ------------------------------------------------------------------------------------------------ packs

META = {"id", "title", "when", "valid_from", "valid_to", "sources", "confidence", "note", "clause", "overrides", "confirmed_to", "_depth",
        "benefit"}
META |= {"valid_from"}
FIELDS = {                                          # kind: required fields, other fields
    "route": ("to", ""),
    "gate": ("", "slot fund account payout reason"),
    "scope": ("", "covered price_limit first_own group"),
    "fixed": ("per pay", "price rest feeds"),
    "deductible": ("amount", "layer counter year_cap absorb exempt round"),
    "share": ("bands", "layer measure origin counter payers round"),
    "adjust": ("slot op value", "layer target seq payer floor ceiling skip_zero bucket"),
    "cap": ("measure amount", "layer slot origin counter payers"),
    "layer": ("layer seq input", "payout unknown"),
    "account": ("", "order first_purses purses pays mutual_pays"),
    "tally": ("counter add", ""),
    "amount": ("name value", "round"),
    "credit": ("slot amount", "round every"),
    "coverage": ("", "lag repair_within retroactive grace grace_share waiting_free waiting waiting_share initial_waiting"),
}


def check_rule(r):
    """Unknown, missing and misspelt fields are refused, never ignored."""
    name = r.get("id", "a rule without id")
    if r.get("kind") not in FIELDS:
        raise PolicyError(name, f"unknown kind {r.get('kind')!r}")
    must, may = (w.split() for w in FIELDS[r["kind"]])
    for f in ["id", "valid_from"] + must:
        if f not in r:
            raise PolicyError(name, f"field {f!r} is missing")
    for f in r:
        if f != "kind" and f not in META and f not in must and f not in may:
            raise PolicyError(name, f"unknown field {f!r}")
    if r["kind"] == "share" and not r["bands"]:
        raise PolicyError(name, "no bands")


class Pack:
    def __init__(self, doc, load):
        self.rules, self.indexes, self.counters, self.axes, self.year_start = [], {}, {}, {}, "01-01"
        chain, seen = [], set()
        while doc is not None:
            if doc["pack"] in seen:
                raise PolicyError(doc["pack"], "extends itself")
            seen.add(doc["pack"])
            chain.append(doc)
            doc = load(doc["extends"]) if doc.get("extends") else None
        dropped = set()
        for depth, d in enumerate(reversed(chain)):          # 0 = root (national)
            dropped |= set(d.get("drops", []))
            self.year_start = d.get("year_start", self.year_start)
            self.indexes.update(d.get("indexes", {}))
            self.counters.update(d.get("counters", {}))
            self.axes.update(d.get("axes", {}))
            for r in d.get("rules", []):
                check_rule(r)
                self.rules.append(dict(r, _depth=depth))
        self.rules = [r for r in self.rules if r["id"] not in dropped]
        ids = set()
        for r in self.rules:
            if r["id"] in ids:
                raise PolicyError(r["id"], "two rules with this id")
            ids.add(r["id"])
        self.kinds = {k: [r for r in self.rules if r["kind"] == k] for k in FIELDS}
        self.unknown_as = None                      # "low" or "high": which end of `between` stands for an unknown figure


def matches_one(cond, v, where):
    """Does value v (None = unknown) satisfy the condition?"""
    if isinstance(cond, dict):
        ok = True
        for k, c in cond.items():
            if k == "not":
                ok = ok and not matches_one(c, v, where)
            elif k == "known":
                ok = ok and ((v is not None) == c)
            elif v is None:
                ok = False
            elif k == "min":
                ok = ok and num(v, where) >= num(c, where)
            elif k == "max":
                ok = ok and num(v, where) <= num(c, where)
            elif k == "from":
                ok = ok and date(v, where) >= date(c, where)
            elif k == "to":
                ok = ok and date(v, where) <= date(c, where)
            else:
                raise PolicyError(where, f"unknown condition {k!r}")
        return ok
    if v is None:
        return False
    options = cond if isinstance(cond, list) else [cond]
    if isinstance(v, list):                                    # a set-valued axis (tags): any in common
        return any(o in v for o in options)
    return any(type(o) is type(v) and o == v for o in options)


# ------------------------------------------------------------------------------------------------ context


class Ctx:
    """Axes, counters, indexes, named amounts: everything an expression or a selector may read."""

    def __init__(self, pack, person, visit, counters, on):
        self.pack, self.person, self.visit, self.counters, self.on = pack, person, visit, counters, on
        self.extra, self.results, self._stack, self.used = {}, {}, [], {}

    def axis(self, name):
        if name in self.extra:
            return self.extra[name]
        if name in self.visit and not isinstance(self.visit[name], dict):
            return self.visit[name]
        if name == "age" and "age" not in self.person and "birth" in self.person:
            return full_years(date(self.person["birth"], "/person/birth"), self.on)
        if name == "stay":
            return int(self.counters.get("stays") + 1)
        if name == "date":
            return self.on.isoformat()
        v = self.person.get(name)
        return None if isinstance(v, dict) else v

    def with_(self, **kw):
        c = Ctx(self.pack, self.person, self.visit, self.counters, self.on)
        c.extra, c.results, c._stack, c.used = {**self.extra, **kw}, self.results, self._stack, self.used
        return c

    def name(self, template):
        def put(m):
            v = self.axis(m.group(1))
            if v is None:
                raise PolicyError(template, f"axis {m.group(1)!r} unknown")
            return str(v)
        return re.sub(r"\{(\w+)\}", put, template)

    # ---- expressions -> Fraction (or None = null, where allowed)
    def ev(self, x, where):
        if x is None:
            return None
        if not isinstance(x, dict):
            return num(x, where)
        keys = set(x)
        if "by" in x:
            return self.ev(self.pick(x, where), where)
        if "unknown" in x:
            if "between" in x and self.pack.unknown_as:
                return self.ev(x["between"][self.pack.unknown_as == "high"], where)
            raise UnknownFigure(where, reason(x["unknown"]), x.get("at_least"))
        if keys == {"axis"}:
            v = self.axis(x["axis"])
            if v is None:
                raise PolicyError(where, f"axis {x['axis']!r} unknown")
            return num(v, where)
        if keys == {"counter"}:
            return self.counters.get(self.name(x["counter"]))
        if keys == {"index"}:
            return self.index(x["index"], where)
        if keys == {"amount"}:
            return named_amount(self, x["amount"], where)
        if keys == {"result"}:
            if x["result"] not in self.results:
                raise PolicyError(where, f"no result {x['result']!r} here")
            return F(self.results[x["result"]], 100)
        if keys == {"round", "of"}:
            return F(rnd(self.must(x["of"], where), x["round"]), 100)
        for op in ("sum", "product", "min", "max"):
            if keys == {op}:
                vals = [self.ev(v, where) for v in x[op]]
                if op in ("min", "max"):
                    if op == "min":                            # null = no limit
                        vals = [v for v in vals if v is not None] or [None]
                    if None in vals:
                        return None
                    return min(vals) if op == "min" else max(vals)
                if None in vals:
                    raise PolicyError(where, f"null inside {op}")
                out = F(0) if op == "sum" else F(1)
                for v in vals:
                    out = out + v if op == "sum" else out * v
                return out
        raise PolicyError(where, f"unknown expression {sorted(keys)}")

    def must(self, x, where):
        v = self.ev(x, where)
        if v is None:
            raise PolicyError(where, "null where a number is needed")
        return v

    def pick(self, x, where):
        by = x["by"]
        v = self.ev(by, where) if isinstance(by, dict) else self.axis(by)
        hits = [] if v is None else [k for k in x["of"] if key_fits(k, v)]
        if len(hits) > 1:
            raise PolicyError(where, f"table keys {hits} all fit {v}")
        if hits:
            return x["of"][hits[0]]
        if "else" in x:
            return x["else"]
        raise PolicyError(where, f"no entry for {by if isinstance(by, str) else 'expression'} = {v}")

    def index(self, name, where):
        best = None
        for e in self.pack.indexes.get(name, []):
            if date(e["from"]) <= self.on and (not e.get("to") or self.on <= date(e["to"])):
                if best is None or e["from"] > best["from"]:
                    best = e
        if best is None:
            raise PolicyError(where, f"index {name!r} has no value on {self.on}")
        return num(best["value"], where)


RANGE = re.compile(r"^(\d+)(?:-(\d+)|(\+))?$")
HALF_OPEN = re.compile(r"^(?:<(-?[\d.]+)|>=(-?[\d.]+)|(-?[\d.]+)\.\.(-?[\d.]+))$")


def key_fits(key, v):
    if isinstance(v, bool):
        return key == ("true" if v else "false")
    if isinstance(v, list):
        return any(k in v for k in key.split("|"))
    if isinstance(v, str):
        return v in key.split("|")
    for k in key.split("|"):
        m, h = RANGE.match(k), HALF_OPEN.match(k)
        if m:
            lo, hi = int(m.group(1)), m.group(2)
            if (m.group(3) and v >= lo) or (hi and lo <= v <= int(hi)) or (not m.group(3) and not hi and v == lo):
                return True
        elif h:
            if h.group(1) is not None and v < num(h.group(1)):
                return True
            if h.group(2) is not None and v >= num(h.group(2)):
                return True
            if h.group(3) is not None and num(h.group(3)) <= v < num(h.group(4)):
                return True
    return False


# ------------------------------------------------------------------------------------------------ rule selection


def in_force(r, on):
    if date(r["valid_from"], r["id"]) > on:
        return False
    return r.get("valid_to") is None or on <= date(r["valid_to"], r["id"])


def fits(r, ctx):
    b = r.get("benefit", "*")
    if b != "*":
        have = ctx.axis("benefit")
        if have not in (b if isinstance(b, list) else [b]):
            return False
    return all(matches_one(c, ctx.axis(a), f"{r['id']}/when/{a}") for a, c in r.get("when", {}).items())


def specificity(r):
    return (r["_depth"], len(r.get("when", {})) + (r.get("benefit", "*") != "*"))


def payload(r):
    return {k: v for k, v in r.items() if k not in META}


def winner(rules, ctx, where):
    """The one rule of a slot: in force, matching, most specific; equal and different = error."""
    hits = [r for r in rules if in_force(r, ctx.on) and fits(r, ctx)]
    beaten = {i for r in hits for i in r.get("overrides", [])}
    hits = [r for r in hits if r["id"] not in beaten]
    if not hits:
        return None
    top = max(specificity(r) for r in hits)
    best = sorted((r for r in hits if specificity(r) == top), key=lambda r: r["id"])
    for r in best[1:]:
        if payload(r) != payload(best[0]):
            raise PolicyError(where, f"rules {best[0]['id']!r} and {r['id']!r} both match and disagree")
    ctx.used[best[0]["id"]] = best[0]
    return best[0]


def one(ctx, kind, where, **need):
    return winner([r for r in ctx.pack.kinds[kind] if all(r.get(k, DEF.get(k)) == v for k, v in need.items())], ctx, where)


DEF = {"layer": "base", "target": "ratio"}


def slots(ctx, kind, slot_of, where, **need):
    """One winner per slot, in slot order."""
    groups = {}
    for r in ctx.pack.kinds[kind]:
        if all(r.get(k, DEF.get(k)) == v for k, v in need.items()):
            groups.setdefault(slot_of(r), []).append(r)
    out = []
    for s in sorted(groups):
        w = winner(groups[s], ctx, f"{where}/{s}")
        if w:
            out.append((s, w))
    return out


def named_amount(ctx, name, where):
    if name in ctx._stack:
        raise PolicyError(where, f"amount {name!r} refers to itself")
    ctx._stack.append(name)
    try:
        r = one(ctx, "amount", f"amount {name}", name=name)
        if r is None:
            raise PolicyError(where, f"no amount rule {name!r} matches")
        v = ctx.ev(r["value"], r["id"])
        return v if v is None or r.get("round") is None else F(rnd(v, r["round"]), 100)
    finally:
        ctx._stack.pop()


# ------------------------------------------------------------------------------------------------ counters


class Counters:
    def __init__(self, pack, given, first_day):
        self.pack, self.v = pack, {}
        for k, x in (given or {}).items():
            if isinstance(x, dict):
                self.v[k] = (num(x["value"], f"/person/counters/{k}"), date(x.get("since", first_day.isoformat())))
            else:
                self.v[k] = (num(x, f"/person/counters/{k}"), first_day)

    def declared(self, name):
        for t, d in self.pack.counters.items():
            if t == name or ("{" in t and re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(t)), name)):
                return d
        return {}

    def period(self, name, since, on):
        """True when a value begun at `since` still counts on day `on`."""
        reset = self.declared(name).get("reset", "year")
        if reset == "never":
            return True
        if reset == "month":
            return (since.year, since.month) == (on.year, on.month)
        if isinstance(reset, dict):
            return (on - since).days < reset["days"]
        mm, dd = map(int, self.declared(name).get("year_start", self.pack.year_start).split("-"))
        return benefit_year(since, mm, dd) == benefit_year(on, mm, dd)

    def start_visit(self, on):
        for k, (v, since) in list(self.v.items()):
            if not self.period(k, since, on):
                del self.v[k]
        self.on = on

    def get(self, name):
        return self.v.get(name, (F(0), None))[0]

    def add(self, name, amount):
        if amount == 0:                             # a feed of nothing does not begin a period
            return
        v, since = self.v.get(name, (F(0), self.on))
        self.v[name] = (v + amount, since)


def benefit_year(d, mm, dd):
    return d.year if (d.month, d.day) >= (mm, dd) else d.year - 1


# ------------------------------------------------------------------------------------------------ settlement

PERSONAL = ["deductible", "copay", "over_cap"]
PARTS = PERSONAL + ["reduction", "prior", "over_limit", "out", "claim"]
ACCOUNT_DEFAULT = PERSONAL + ["reduction", "prior", "over_limit"]


PURSES = ["balance", "current", "earlier"]


def settle_visit(pack, person, visit, counters, purses, mutual):
    on = date(visit["date"], "/visit/date")
    counters.start_visit(on)
    ctx = Ctx(pack, person, visit, counters, on)
    trace, notes = [], []
    check_axes(pack, person, visit)

    # 1 route
    r = one(ctx, "route", "route")
    ctx.extra["benefit"] = r["to"] if r else visit.get("care")
    trace.append({"step": "route", "rule": r and r["id"], "benefit": ctx.extra["benefit"]})

    # 2 gates
    gate, acct_open, claim = F(1), True, False
    if person.get("coverage_share") is not None:
        gate = min(gate, num(person["coverage_share"], "/person/coverage_share"))
    for s, g in slots(ctx, "gate", lambda r: r.get("slot", r["id"]), "gate"):
        if "fund" in g:
            gate = min(gate, ctx.must(g["fund"], g["id"]))
        if g.get("account") is False:
            acct_open = False
        claim = claim or g.get("payout") == "claim"
        trace.append({"step": "gate", "rule": g["id"], "fund": str(gate), "account": acct_open})

    if gate < 0:
        raise PolicyError("gate", "a share of benefits below 0")

    # 3 scope, 4 fixed items
    part = {p: 0 for p in PARTS}                   # what the person still bears, before any layer
    groups, funds, hospital = {}, [], 0
    total, in_scope = 0, 0
    scope_out = {"out": 0, "over_limit": 0, "prior": 0}      # where the lines fall; what a fixed rule leaves to a bucket is not counted here
    lines, bill = bill_lines(visit)
    for n, ln in enumerate(lines):
        lc = ctx.with_(**{k: v for k, v in ln.items() if not isinstance(v, dict)})
        if "unit_price" not in ln and num(ln.get("quantity", "1")) > 0:
            lc.extra["unit_price"] = num(ln["amount"]) / num(ln.get("quantity", "1"))
        out, over, prior, scope, group = scope_line(lc, ln, n, trace)
        total += out + over + prior + scope
        for bucket, a in (("out", out), ("over_limit", over), ("prior", prior)):
            part[bucket] += a
            scope_out[bucket] += a
        lc.extra["group"] = group
        fx = one(lc, "fixed", f"line {n} fixed", per="line") or one(lc, "fixed", f"line {n} fixed", per="unit")
        in_scope += scope
        if fx and gate > 0:
            qty = num(ln.get("quantity", "1")) if fx["per"] == "unit" else F(1)
            paid, left, hosp = pay_fixed(lc, fx, scope, qty, gate)
            for payer, a in paid:
                funds.append((payer, "fixed", a))
            hospital += hosp
            part[fx.get("rest", "copay")] += left
            trace.append({"step": "fixed", "rule": fx["id"], "in": show(scope), "left": show(left)})
        else:
            groups[group] = groups.get(group, 0) + scope
    scope_out["in_scope"] = in_scope

    # 4b a fixed rule for the whole visit
    fx = one(ctx, "fixed", "visit fixed", per="visit") if gate > 0 else None
    if fx:
        x = sum(groups.values())
        paid, left, hosp = pay_fixed(ctx, fx, x, F(1), gate)
        for payer, a in paid:
            funds.append((payer, "fixed", a))
        hospital += hosp
        part[fx.get("rest", "copay")] += left
        groups = {}
        trace.append({"step": "fixed", "rule": fx["id"], "in": show(x), "left": show(left), "hospital": show(hosp)})

    # 5 first own share on the in-scope cost (remote care)
    if gate > 0:
        for g in sorted(groups):
            gc = ctx.with_(group=g)
            for s, a in slots(gc, "adjust", lambda r: r["slot"], "adjust", target="scope"):
                if a.get("layer", "base") != "base":
                    continue
                own = min(groups[g], rnd(F(groups[g], 100) * gc.must(a["value"], a["id"])))
                groups[g] -= own
                part["prior"] += own
                scope_out["prior"] += own
                scope_out["in_scope"] -= own
                trace.append({"step": "first_own", "rule": a["id"], "group": g, "amount": show(own)})

    # 6 account money before the deductible
    acc = one(ctx, "account", "account") or {"id": None}
    use_own = acct_open and visit.get("use_account", True)
    acct_first, used = 0, {}
    order = stack_order(ctx, groups)
    for p in purses:
        if p not in set(acc.get("purses", PURSES)) | set(acc.get("first_purses", ["current"])) | set(PURSES):
            raise PolicyError(f"/person/account/{p}", "no account rule knows this purse")
    if acc.get("order") == "before_deductible" and use_own:
        for p in acc.get("first_purses", ["current"]):
            for g in order:
                a = min(purses.get(p, 0), groups[g])
                if a > 0:
                    groups[g] -= a
                    purses[p] -= a
                    used[p] = used.get(p, 0) + a
                    acct_first += a
        trace.append({"step": "account_first", "rule": acc["id"], "amount": show(acct_first)})

    # 7 layers
    later, bands_out, dedc = [], {}, 0
    net = dict(part)                                # what is borne after later refunds, too
    given = visit.get("base_paid") if not fx and gate > 0 else None
    if given is not None:                           # a settlement sheet is at hand: the base layer is not computed
        room = sum(groups.values())
        for p, a in given.items():
            a = fen(a, f"/visit/base_paid/{p}")
            if a > room:
                raise PolicyError(f"/visit/base_paid/{p}", "more than the in-scope cost")
            room -= a
            funds.append((p, "base", a))
        part["copay"] += room
        net = dict(part)
    elif gate > 0 and not fx:
        res = run_layer(ctx, "base", [(g, groups[g]) for g in order], gate, trace)
        funds += [(p, "base", a) for p, a in res["lines"]]
        bands_out["base"] = res["bands"]
        dedc = res["d"]
        part["deductible"] += res["d"]
        part["copay"] += res["copay"]
        part["over_cap"] += res["over_cap"]
        part["reduction"] += res["reduction"]
        net = dict(part)
    elif not fx:
        part["copay"] += sum(groups.values())
        net = dict(part)
    if gate > 0:
        for s, ly in sorted(slots(ctx, "layer", lambda r: r["layer"], "layer"), key=lambda t: (t[1]["seq"], t[0])):
            if ly.get("unknown"):
                notes.append({"note": "layer-not-estimated", "rule": ly["id"], "reason": reason(ly["unknown"])})
                continue
            inputs = [q for b in ly["input"] for q in (PERSONAL if b == "personal" else [b])]
            x = sum(net[b] for b in inputs)
            lc = ctx.with_(layer=s)
            res = run_layer(lc, s, [("main", x)], gate, trace)
            bands_out[s] = res["bands"]
            now = ly.get("payout", "now") == "now"
            for p, a in res["lines"]:
                (funds if now else later).append((p, s, a))
            paid = sum(a for _, a in res["lines"])
            for book in ([net, part] if now else [net]):
                take_from(book, inputs, paid)
                if inputs == ["over_cap"]:          # this layer's own remainder replaces the bucket
                    keep = min(res["over_cap"], book["over_cap"])
                    book["copay"] += book["over_cap"] - keep
                    book["over_cap"] = keep

    # 8 who pays the person's part
    for p, ly, a in list(funds):
        if p == "hospital":
            hospital += a
    funds = [f for f in funds if f[0] != "hospital"]
    claimed = funds if claim else []                # paid first by the person, refunded on a claim
    funds = [] if claim else funds
    part["claim"] = sum(a for _, _, a in claimed)
    fund_sum = sum(a for _, _, a in funds)
    person_part = total - fund_sum - hospital
    assert person_part == sum(part.values()) + acct_first, (person_part, part, acct_first)
    own_after = 0
    rest = dict(part)
    if use_own:
        for p in acc.get("purses", PURSES):
            for b in acc.get("pays", ACCOUNT_DEFAULT) if p in purses else []:
                a = min(purses[p], rest[b])
                purses[p] -= a
                rest[b] -= a
                used[p] = used.get(p, 0) + a
                own_after += a
    mut = []
    if acct_open and visit.get("use_mutual_aid", True):
        for m in mutual:
            can = m["balance"] if m.get("quota") is None else min(m["balance"], m["quota"])
            got = 0
            for b in acc.get("mutual_pays", acc.get("pays", ACCOUNT_DEFAULT)):
                a = min(can - got, rest[b])
                rest[b] -= a
                got += a
            m["balance"] -= got
            if m.get("quota") is not None:
                m["quota"] -= got
            if got:
                mut.append({"id": m["id"], "amount": show(got)})
    mut_sum = sum(fen(m["amount"]) for m in mut)
    own = acct_first + own_after
    cash = person_part - own - mut_sum
    trace.append({"step": "account", "rule": acc["id"], "own": show(own), "mutual_aid": show(mut_sum), "cash": show(cash)})

    # 9 tallies
    by = {}
    for p, _, a in funds:
        by[p] = by.get(p, 0) + a
    claim_by = {}
    for p, _, a in claimed:
        claim_by[p] = claim_by.get(p, 0) + a
    personal = sum(net[b] for b in PERSONAL) + acct_first
    ctx.results = {"fund_paid": fund_sum + part["claim"], "in_scope": scope_out["in_scope"], "personal_in_scope": personal,
                   "person": person_part - part["claim"], "total": total, "deductible": dedc, "prior": part["prior"],
                   "out": part["out"], "over_limit": part["over_limit"], "own_account": own, "mutual_aid": mut_sum}
    if gate > 0:
        for s, t in slots(ctx, "tally", lambda r: r["counter"], "tally"):
            counters.add(ctx.name(t["counter"]), ctx.must(t["add"], t["id"]))

    later_by = {}
    for p, _, a in later:
        later_by[p] = later_by.get(p, 0) + a
    res = {
        "benefit": ctx.extra["benefit"],
        "medfee_sumamt": show(total),
        "fulamt_ownpay_amt": show(scope_out["out"]),
        "overlmt_selfpay": show(scope_out["over_limit"]),
        "preselfpay_amt": show(scope_out["prior"]),
        "inscp_scp_amt": show(scope_out["in_scope"]),
        "act_pay_dedc": show(dedc),
        "funds": {p: show(a) for p, a in by.items()},
        "lines": [{"layer": ly, "payer": p, "amount": show(a)} for p, ly, a in funds],
        "bands": bands_out,
        "fund_pay_sumamt": show(fund_sum),
        "hosp_part_amt": show(hospital),
        "psn_part_amt": show(person_part),
        "parts": {b: show(part[b]) for b in PARTS} | {"account_first": show(acct_first)},
        "acct_pay": show(own + mut_sum),
        "own_acct_pay": show(own),
        "acct_mulaid_pay": show(mut_sum),
        "mutual_aid": mut,
        "psn_cash_pay": show(cash),
        "later": {p: show(a) for p, a in later_by.items()},
        "claim": {p: show(a) for p, a in claim_by.items()},
        "balc": show(sum(purses.values())),
        "purses": {k: show(v) for k, v in purses.items()},
        "counters": {k: dec(v) for k, (v, _) in sorted(counters.v.items())},
        "rules": sorted(ctx.used),
        "notes": notes + [{"note": "not-confirmed", "rule": i, "confirmed_to": q["confirmed_to"]} for i, q in sorted(ctx.used.items())
                  if q.get("confirmed_to") and date(q["confirmed_to"], i) < on],
        "trace": trace,
    }
    if "prepaid" in visit:
        res["refund"] = show(max(0, fen(visit["prepaid"]) - cash))
        res["still_due"] = show(max(0, cash - fen(visit["prepaid"])))
    return res


def check_axes(pack, person, visit):
    """A pack may list the values it knows of an axis; another value is refused."""
    for name, values in pack.axes.items():
        places = [("/person", person), ("/visit", visit)]
        places += [(f"/visit/bill/lines/{i}", ln) for i, ln in enumerate(visit.get("bill", {}).get("lines", []))]
        for where, doc in places:
            for v in doc[name] if isinstance(doc.get(name), list) else [doc.get(name)]:
                if v is not None and v not in values:
                    raise PolicyError(f"{where}/{name}", f"{v!r} is not a value that the pack knows: {values}")


def dec(v):
    """A counter value: two decimals."""
    return show(half_up(v * 100))


def take_from(book, names, amount):
    for b in names:
        a = min(book[b], amount)
        book[b] -= a
        amount -= a


def bill_lines(visit):
    """The bill as lines; an aggregate bill becomes lines whose split is given."""
    b = visit.get("bill", {})
    if "lines" in b:
        return b["lines"], b
    g = {k: fen(b[k], f"/visit/bill/{k}") for k in ("total", "out", "over_limit", "prior", "in_scope") if k in b}
    out, over, prior = g.get("out", 0), g.get("over_limit", 0), g.get("prior", 0)
    if "total" not in g:
        g["total"] = out + over + prior + g.get("in_scope", 0)
    if out + over + prior > g["total"]:
        if not b.get("clamp"):
            raise PolicyError("/visit/bill", "parts exceed the total")
        out = min(out, g["total"])
        over = min(over, g["total"] - out)
        prior = min(prior, g["total"] - out - over)
    scope = g["total"] - out - over - prior
    if "in_scope" in g and g["in_scope"] != scope:
        if g["in_scope"] > scope or "out" in g:
            raise PolicyError("/visit/bill", "total is not the sum of its parts")
        out, scope = out + scope - g["in_scope"], g["in_scope"]      # total and in_scope known: the rest is out
    return [{"amount": show(g["total"]), "out": show(out), "over_limit": show(over), "prior": show(prior)}], b


def scope_line(lc, ln, n, trace):
    where = f"/visit/bill/lines/{n}"
    amount = fen(ln["amount"], where)
    group = ln.get("group", "main")
    r = one(lc, "scope", f"line {n} scope") if "item" in ln or "category" in ln else None
    if r is None and ln.get("category") == "B" and "prior" not in ln:
        raise PolicyError(where, "category B and no scope rule tells its first own share")
    r = r or {"id": None}
    if "out" in ln:
        out = fen(ln["out"], where)
    elif r.get("covered", ln.get("category") != "C") is False:
        out = amount
    else:
        out = 0
    left = amount - out
    if "over_limit" in ln:
        over = fen(ln["over_limit"], where)
    elif r.get("price_limit") is not None and out == 0:
        lim = lc.ev(r["price_limit"], r["id"])
        qty = num(ln.get("quantity", "1"), where)
        over = 0 if lim is None else max(0, left - rnd(lim * qty))
    else:
        over = 0
    if over > left:
        raise PolicyError(where, "over_limit exceeds the line")
    left -= over
    if "prior" in ln:
        prior = fen(ln["prior"], where)
    elif r.get("first_own") is not None:
        prior = first_own(lc, r, ln, left, where)
    else:
        prior = 0
    if prior > left:
        raise PolicyError(where, "prior exceeds the line")
    if r["id"]:
        trace.append({"step": "scope", "rule": r["id"], "line": n, "out": show(out), "over_limit": show(over),
                      "prior": show(prior), "in_scope": show(left - prior)})
    return out, over, prior, left - prior, r.get("group", group)


def first_own(lc, r, ln, left, where):
    """A ratio, or marginal bands over the unit price; times the line, half up to the fen."""
    fo = r["first_own"]
    if isinstance(fo, dict) and "bands" in fo:
        qty = num(ln.get("quantity", "1"), where)
        unit, own, at = F(left, 100) / qty, F(0), F(0)
        for b in fo["bands"]:
            top = lc.ev(b["upto"], r["id"])
            top = unit if top is None else min(unit, top)
            if top > at:
                own += (top - at) * lc.must(b["ratio"], r["id"])
                at = top
        return min(left, rnd(own * qty))
    return min(left, rnd(F(left, 100) * lc.must(fo, r["id"])))


def pay_fixed(ctx, fx, x, qty, gate):
    """Fixed amounts or a fixed price.  Returns payer lines, what the person bears, the hospital's part."""
    hosp = 0
    if fx.get("price") is not None:
        price = rnd(ctx.must(fx["price"], fx["id"]) * qty)
        hosp, x = max(0, x - price), min(x, price)
    left, out, base = x, [], x
    for p in fx["pay"]:
        if "amount" in p:
            a = rnd(ctx.must(p["amount"], fx["id"]) * qty * gate, p.get("round", "fen"))
        elif "ratio" in p:
            a = rnd(F(base, 100) * ctx.must(p["ratio"], fx["id"]) * gate, p.get("round", "fen"))
        else:
            a = rnd(F(max(0, left - rnd(ctx.must(p["down_to"], fx["id"]) * qty)), 100) * gate, p.get("round", "fen"))
        a = max(0, min(a, left))
        left -= a
        if a:
            out.append((p["payer"], a))
    for name in fx.get("feeds", []):                # counters this fund money counts towards; no cap is applied to it
        ctx.counters.add(ctx.name(name), F(sum(a for p, a in out if p != "hospital"), 100))
    return out, left, hosp


def stack_order(ctx, groups):
    """Order in which the groups are stacked on the cost axis: absorb list, then main, then by name; exempt groups last."""
    d = one(ctx, "deductible", "deductible", layer="base") or {}
    absorb, exempt = d.get("absorb", []), d.get("exempt", [])
    names = [g for g in absorb if g in groups]
    names += [g for g in ["main"] if g in groups and g not in names and g not in exempt]
    names += [g for g in sorted(groups) if g not in names and g not in exempt]
    return names + [g for g in sorted(groups) if g in exempt and g not in names]


def adjusted(ctx, layer, target, value, where):
    """plus / times / set on a deductible or a cap."""
    if value is None:
        return None
    for s, a in sorted(slots(ctx, "adjust", lambda r: r["slot"], where, layer=layer, target=target),
                       key=lambda t: (t[1].get("seq", 0), t[0])):
        v = ctx.must(a["value"], a["id"])
        if a["op"] not in ("plus", "times", "set"):
            raise PolicyError(a["id"], f"op {a['op']!r} does not suit a {target}")
        value = {"plus": value + v, "times": value * v, "set": v}[a["op"]]
        for k, f in (("floor", max), ("ceiling", min)):
            if k in a:
                value = f(value, ctx.must(a[k], a["id"]))
    return max(F(0), value)


def band_table(ctx, layer, gate, where):
    """The share rule of a layer for one group: [(upto, [(payer, ratio)])] with every adjustment applied."""
    r = one(ctx, "share", where, layer=layer)
    if r is None:
        raise PolicyError(where, "no share rule matches")
    adj = sorted(slots(ctx, "adjust", lambda r: r["slot"], where, layer=layer, target="ratio"),
                 key=lambda t: (t[1].get("seq", 0), t[0]))
    bands, last = [], F(0)
    for b in r["bands"]:
        try:
            upto = ctx.ev(b.get("upto"), r["id"])
            if upto is not None and upto <= last:
                raise PolicyError(r["id"], "bands are not rising")
            last = upto if upto is not None else last
        except UnknownFigure as err:                # where this band ends is not known: nothing from here on is
            bands.append((None, err, F(0)))
            break
        try:
            bands.append((upto, *band_ratios(ctx, r, b, adj, gate)))
        except UnknownFigure as err:                # refused only when the walk gets here
            bands.append((upto, err, F(0)))
    if not bands or bands[-1][0] is not None:
        bands.append((None, [], F(0)))              # beyond the last band nothing is paid
    return r, bands, [a["id"] for _, a in adj]


def band_ratios(ctx, r, b, adj, gate):
    """[(payer, ratio)] of one band and the ratio that goes to the bucket `reduction`."""
    parts = [[p["payer"], ctx.must(p["ratio"], r["id"])] for p in b["pay"]]
    reduction = F(0)
    for s, a in adj:
        v = ctx.must(a["value"], a["id"])
        who = a.get("payer")
        if a["op"] not in ("plus", "times", "set", "own_times", "of_rest"):
            raise PolicyError(a["id"], f"op {a['op']!r} does not suit a ratio")
        hit = next((p for p in parts if p[0] == who), None) if who else (parts[0] if parts else None)
        before = sum((p[1] for p in parts), F(0))
        if a["op"] == "of_rest":
            if who is None:
                raise PolicyError(a["id"], "of_rest needs a payer")
            if a.get("skip_zero", True) and not any(p[1] for p in parts):
                continue
            if hit is None:
                hit = [who, F(0)]
                parts.append(hit)
            hit[1] += v * (1 - before)
        elif hit is None:
            continue
        elif a["op"] in ("plus", "own_times") and a.get("skip_zero", True) and hit[1] == 0:
            continue
        else:
            others = before - hit[1]
            hit[1] = {"plus": hit[1] + v, "times": hit[1] * v, "set": v,
                      "own_times": 1 - others - (1 - before) * v}[a["op"]]
        for k, f in (("floor", max), ("ceiling", min)):
            if k in a:
                hit[1] = f(hit[1], ctx.must(a[k], a["id"]))
        if a.get("bucket") == "reduction":
            reduction += max(F(0), before - sum((p[1] for p in parts), F(0)))
    left = F(1)
    for p in parts:                                 # nobody below 0, all together not above 1, earlier payers first
        p[1] = max(F(0), min(p[1], left))
        left -= p[1]
    return [(p, q * gate) for p, q in parts], min(reduction, left) * gate


def cap_slot(r):
    return r.get("slot", r.get("counter", "visit"))


def run_layer(ctx, layer, segments, gate, trace):
    """Deductible, marginal bands, caps.  segments = [(group, fen)] stacked on one cost axis."""
    c, where = ctx.counters, f"{ctx.axis('benefit')}/{layer}"
    x = sum(a for _, a in segments)

    # deductible
    d, feeds = 0, {}
    dr = one(ctx, "deductible", where, layer=layer)
    exempt = (dr or {}).get("exempt", [])
    if dr:
        need = adjusted(ctx, layer, "deductible", ctx.must(dr["amount"], dr["id"]), where)
        need_fen = rnd(need, dr.get("round", "fen"))
        met = rnd(c.get(ctx.name(dr["counter"]))) if dr.get("counter") else 0
        base = sum(a for g, a in segments if g not in exempt)
        d = min(base, max(0, need_fen - met))
        yc = dr.get("year_cap")
        if yc:
            lim = ctx.ev(yc["amount"], dr["id"])
            if lim is not None:
                d = min(d, max(0, rnd(lim) - rnd(c.get(ctx.name(yc["counter"])))))
        for s, cp in slots(ctx, "cap", cap_slot, where, layer=layer):
            try:
                lim = adjusted(ctx, layer, "cap", ctx.ev(cp["amount"], cp["id"]), where)
            except UnknownFigure:                  # decided in the walk
                continue
            if lim is not None and cp["measure"] != "fund_paid" and cp.get("origin", "from_zero") == "from_zero":
                d = min(d, max(0, rnd(lim) - (rnd(c.get(ctx.name(cp["counter"]))) if cp.get("counter") else 0)))
        if yc:
            feed(feeds, ctx.name(yc["counter"]), d, dr["id"])
        if dr.get("counter"):
            feed(feeds, ctx.name(dr["counter"]), d, dr["id"])
        trace.append({"step": "deductible", "rule": dr["id"], "layer": layer, "need": show(need_fen), "met": show(met),
                      "applied": show(d)})

    # bands and caps: walk along the cost that is left; every share and cap rule has a meter over its own segments
    paid, order, per_band, meters = {}, [], {}, {}
    over, moved, skip, rounding = F(0), F(0), d, None
    live = [g for g, a in segments if a > 0]

    def meter(rule, gctx, lim=None):
        m = meters.get(rule["id"])
        if m is None:
            name = gctx.name(rule["counter"]) if rule.get("counter") else None
            m = meters[rule["id"]] = {"rule": rule, "counter": name, "c0": c.get(name) if name else F(0), "lim": lim,
                                      "measure": rule.get("measure", "eligible_cost"), "payers": rule.get("payers"),
                                      "zero": rule.get("origin", "from_zero") == "from_zero", "groups": [],
                                      "x": F(0), "d": F(0), "e": F(0), "own": F(0), "over": F(0), "paid": {}}
        return m

    for g, amount in segments:
        take = 0 if g in exempt else min(skip, amount)
        skip -= take
        left = F(amount - take, 100)
        if amount == 0:
            continue
        gc = ctx.with_(group=g)
        r, bands, adj = band_table(gc, layer, gate, where)
        if rounding not in (None, r.get("round", "fen")):
            raise PolicyError(r["id"], "two share rules of one layer round differently")
        rounding = r.get("round", "fen")
        share = meter(r, gc)
        caps = []
        for s, cp in slots(gc, "cap", cap_slot, where, layer=layer):
            not_known = None
            try:
                lim = gc.ev(cp["amount"], cp["id"])
            except UnknownFigure as err:
                if err.at_least is None:
                    raise
                lim, not_known = gc.must(err.at_least, cp["id"]), err
            lim = adjusted(gc, layer, "cap", lim, where)
            caps.append(meter(cp, gc, None if lim is None else F(rnd(lim), 100)))
            caps[-1]["not_known"] = not_known
        active = [share] + caps
        for m in active:
            m["groups"].append(g)
            m["x"] += F(amount, 100)
            m["d"] += F(take, 100)
        trace.append({"step": "share", "rule": r["id"], "layer": layer, "group": g, "adjust": adj})
        while left > 0:
            pos = position(share)
            i = next(i for i, b in enumerate(bands) if b[0] is None or pos < b[0])
            upto, parts, less = bands[i]
            if isinstance(parts, UnknownFigure):
                raise parts
            step = left
            rate = pay_rate(share, parts)
            if upto is not None and rate > 0:
                step = min(step, (upto - pos) / rate)
            closed = None
            for m in caps:
                rate = pay_rate(m, parts)
                if m["lim"] is None or rate == 0:
                    continue
                room = m["lim"] - position(m)
                if room <= 0:
                    closed = m
                else:
                    step = min(step, room / rate)
            if closed and closed["not_known"]:
                raise closed["not_known"]
            if closed:
                over += left
                for m in active:
                    m["over"] += left
                trace.append({"step": "cap", "rule": closed["rule"]["id"], "layer": layer, "group": g,
                              "left": show(half_up(left * 100))})
                break
            for p, q in parts:
                if p not in order:
                    order.append(p)
                paid[p] = paid.get(p, F(0)) + q * step
                per_band[i] = per_band.get(i, F(0)) + q * step
                for m in active:
                    m["paid"][p] = m["paid"].get(p, F(0)) + q * step
            moved += less * step
            for m in active:
                m["own"] += step * (1 - sum((q for _, q in parts), F(0)))
                m["e"] += step
            left -= step

    # rounding: each payer line once; never above what is left, never above a fund cap over the whole layer
    over_fen = half_up(over * 100)
    room, lines = x - d - over_fen, []
    cap_room = {k: max(0, rnd(m["lim"] - m["c0"])) for k, m in meters.items()
                if m["lim"] is not None and m["measure"] == "fund_paid" and m["groups"] == live}
    for p in order:
        a = min([rnd(paid[p], rounding), room] + [v for k, v in cap_room.items() if counted(meters[k]["payers"], p)])
        a = max(0, a)
        for k in cap_room:
            if counted(meters[k]["payers"], p):
                cap_room[k] -= a
        room -= a
        if a:
            lines.append((p, a))
    copay = x - d - over_fen - sum(a for _, a in lines)
    for m in meters.values():                       # what rounding leaves above a cap on personal payments is over the cap
        if m["lim"] is not None and m["measure"] == "personal_paid" and m["groups"] == live:
            extra = min(copay, copay + (d if m["zero"] else 0) - max(0, rnd(m["lim"] - m["c0"])))
            if extra > 0:
                copay, over_fen = copay - extra, over_fen + extra

    # counters fed by the share and cap rules of this layer
    for rid, m in meters.items():
        whole = m["groups"] == live
        md, mx = rnd(m["d"]), rnd(m["x"])
        mover = over_fen if whole else half_up(m["over"] * 100)
        mlines = lines if whole else [(p, rnd(v, rounding)) for p, v in m["paid"].items()]
        if m["measure"] == "fund_paid":
            a = sum(v for p, v in mlines if counted(m["payers"], p))
        elif m["measure"] == "eligible_cost":
            a = mx - mover - (0 if m["zero"] else md)
        else:
            a = max(0, mx - mover - md - sum(v for _, v in mlines)) + (md if m["zero"] else 0)
        if m["counter"]:
            feed(feeds, m["counter"], a, rid)
        if m["lim"] is not None:
            trace.append({"step": "limit", "rule": rid, "whole": whole, "measure": m["measure"], "before": show(rnd(m["c0"])),
                          "used": show(a), "limit": show(rnd(m["lim"]))})
    for cn, a in feeds.items():
        c.add(cn, F(a, 100))
    trace.append({"step": "layer", "layer": layer, "in": show(x), "deductible": show(d), "over_cap": show(over_fen),
                  "lines": {p: show(a) for p, a in lines}})
    bands = [show(half_up(per_band.get(i, F(0)) * 100)) for i in range(max(per_band) + 1)] if per_band else []
    reduction = min(copay, half_up(moved * 100))
    return {"d": d, "copay": copay - reduction, "reduction": reduction, "over_cap": over_fen, "lines": lines, "bands": bands}


def feed(feeds, name, amount, rid):
    if name in feeds and feeds[name] != amount:
        raise PolicyError(rid, f"counter {name!r} is fed two different amounts in one layer")
    feeds[name] = amount


def counted(payers, p):
    return payers is None or p in payers


def position(m):
    """Where a meter stands, in yuan: its counter before the visit plus what this visit and layer added."""
    if m["measure"] == "fund_paid":
        return m["c0"] + sum((v for p, v in m["paid"].items() if counted(m["payers"], p)), F(0))
    return m["c0"] + (m["d"] if m["zero"] else 0) + (m["e"] if m["measure"] == "eligible_cost" else m["own"])


def pay_rate(m, parts):
    """How fast a meter moves per yuan of cost."""
    if m["measure"] == "fund_paid":
        return sum((q for p, q in parts if counted(m["payers"], p)), F(0))
    return F(1) if m["measure"] == "eligible_cost" else 1 - sum((q for _, q in parts), F(0))


# ------------------------------------------------------------------------------------------------ other computations


def compute_credit(pack, case):
    """One month's (or year's) credit: one line per slot, summed."""
    on = date(case["date"], "/date")
    ctx = Ctx(pack, case["person"], {}, Counters(pack, {}, on), on)
    out, total, yearly = {}, 0, 0
    for s, r in slots(ctx, "credit", lambda r: r["slot"], "credit"):
        a = rnd(ctx.must(r["amount"], r["id"]), r.get("round", "fen"))
        out[s] = show(a)
        if r.get("every", "month") == "year":
            yearly += a
        else:
            total += a
    return {"credit": out, "total": show(total), "yearly": show(yearly), "year": show(total * 12 + yearly)}


def compute_amounts(pack, case):
    on = date(case["date"], "/date")
    ctx = Ctx(pack, case["person"], {}, Counters(pack, case["person"].get("counters"), on), on)
    ctx.counters.start_visit(on)
    names = sorted({r["name"] for r in pack.rules if r["kind"] == "amount"})
    out = {}
    for n in names:
        if one(ctx, "amount", f"amount {n}", name=n) is None:
            continue                                # not for this person or day
        v = named_amount(ctx, n, n)
        out[n] = None if v is None else dec(v)
    return {"amounts": out}


def ym(s):
    y, m = s.split("-")[:2]
    return int(y) * 12 + int(m) - 1


def ym_show(n):
    return f"{n // 12:04d}-{n % 12 + 1:02d}"


def compute_coverage(pack, case):
    """Month by month: none, covered, grace, suspended, waiting; see the pack guide."""
    person, on = case["person"], date(case["date"], "/date")
    first, last, today = ym(case["from"]), ym(case["to"]), ym(case["date"])
    paid = {}
    for p in person["paid"]:
        months = [ym(p["month"])] if "month" in p else [p["year"] * 12 + i for i in range(12)]
        for m in months:
            at = ym(p["paid_on"]) if "paid_on" in p else months[0]
            if at <= today:
                paid[m] = min(at, paid.get(m, at))
    ctx = Ctx(pack, person, {}, Counters(pack, {}, on), on)
    if "benefit" in case:
        ctx.extra["benefit"] = case["benefit"]
    in_time = {m for m, at in paid.items() if at <= m}
    start = min(in_time) if in_time else last + 1
    ctx.extra.update(first_year=start // 12, first_month=start % 12 + 1)
    if "birth" in person:
        ctx.extra["first_age"] = max(start - ym(person["birth"]), 0) // 12
    r = one(ctx, "coverage", "coverage")
    if r is None:
        raise PolicyError("coverage", "no coverage rule matches")

    def months_of(field, c=ctx, default=0):
        v = c.must(r.get(field, default), r["id"])
        if v.denominator != 1 or v < 0:
            raise PolicyError(r["id"], f"{field} is not a number of months")
        return v.numerator

    lag, grace, repair, free = (months_of(k) for k in ("lag", "grace", "repair_within", "waiting_free"))
    state = {m: ("none", F(0)) for m in range(first, last + 1)}

    def put(m, what, share=F(0)):
        if m in state:
            state[m] = (what, share)

    for m in range(start, last + 1):
        put(m + lag, "covered", F(1))
    waits = [(start + lag, months_of("initial_waiting"))]
    m = start
    while m <= last:
        if m in in_time:
            m += 1
            continue
        a = m
        while m <= last and m not in in_time:
            m += 1
        b, length = m - 1, m - a                                   # the gap a..b; m = first month paid in time again
        repaid = [paid[k] for k in range(a, b + 1) if k in paid]
        whole = len(repaid) == length
        for k in range(a, b + 1):
            if k < a + grace:
                put(k + lag, "grace", ctx.must(r.get("grace_share", "1"), r["id"]))
            else:
                put(k + lag, "suspended")
        if whole and length <= repair:                             # made up in time
            back = max(repaid) + lag
            for k in range(a + lag, b + 1 + lag):
                if r.get("retroactive") or k >= back:
                    put(k, "covered", F(1))
        elif length > free and m <= last:
            gc = ctx.with_(gap_months=length, missed_years=length // 12, repaired_months=len(repaid),
                           repaired_years=len(repaid) // 12)
            waits.append((m + lag, months_of("waiting", gc)))
    share = ctx.must(r.get("waiting_share", "0"), r["id"])
    for at, n in waits:
        for k in range(at, at + n):
            if state.get(k, ("",))[0] in ("covered", "grace"):
                put(k, "waiting", share)
    out = []
    for m in range(first, last + 1):
        s, sh = state[m]
        if out and out[-1]["state"] == s and out[-1]["share"] == str(sh):
            out[-1]["to"] = ym_show(m)
        else:
            out.append({"state": s, "share": str(sh), "from": ym_show(m), "to": ym_show(m)})
    return {"timeline": out, "restored": out[-1]["from"] if out[-1]["state"] == "covered" and len(out) > 1 else None}


# ------------------------------------------------------------------------------------------------ lint


def disjoint(a, b):
    """True when two conditions on one axis cannot both hold (only what is plain to see)."""
    values = lambda c: set(map(repr, c if isinstance(c, list) else [c])) if not isinstance(c, dict) else None
    va, vb = values(a), values(b)
    if va is not None and vb is not None:
        return not va & vb
    for x, y in ((a, b), (b, a)):
        if isinstance(x, dict) and isinstance(y, dict):
            if "max" in x and "min" in y and num(x["max"]) < num(y["min"]):
                return True
            if "to" in x and "from" in y and x["to"] < y["from"]:
                return True
        if isinstance(x, dict) and set(x) == {"not"} and not isinstance(y, dict):
            vx, vy = values(x["not"]), values(y)
            if vx is not None and vy <= vx:
                return True
        if isinstance(x, dict) and not isinstance(y, dict):
            ys = y if isinstance(y, list) else [y]
            if all(isinstance(v, (int, str)) and not matches_one(x, v, "lint") for v in ys if not isinstance(v, bool)):
                return not any(isinstance(v, bool) for v in ys)
    return False


def static_slot(r):
    k = r["kind"]
    own = {"gate": r.get("slot", r["id"]), "adjust": (r.get("target", "ratio"), r.get("slot")), "cap": cap_slot(r), "layer": r.get("layer"),
           "tally": r.get("counter"), "amount": r.get("name"), "credit": r.get("slot"), "fixed": r.get("per")}.get(k)
    return (k, r.get("layer", "base") if k in ("deductible", "share", "adjust", "cap") else None, own)


def words(x, key):
    """Every value of `key` inside an expression tree."""
    if isinstance(x, dict):
        for k, v in x.items():
            if k == key and isinstance(v, str):
                yield v
            yield from words(v, key)
    elif isinstance(x, list):
        for v in x:
            yield from words(v, key)


def lint(doc, load):
    pack, out = Pack(doc, load), []
    chain, d = [doc], doc
    while d.get("extends"):
        d = load(d["extends"])
        chain.append(d)
    sources = {s["id"] for d in chain for s in d.get("sources", [])}
    names = {r.get("name") for r in pack.kinds["amount"]}
    layers = {"base"} | {r["layer"] for r in pack.kinds["layer"]}
    benefits = lambda r: None if r.get("benefit", "*") == "*" else set(r["benefit"] if isinstance(r["benefit"], list) else [r["benefit"]])
    for r in pack.rules:
        for s in r.get("sources", []):
            if (s if isinstance(s, str) else s["id"]) not in sources:
                out.append(f"{r['id']}: source {s!r} is not in the pack")
        if not r.get("sources"):
            out.append(f"{r['id']}: no source")
        for n in words(payload(r), "index"):
            if n not in pack.indexes:
                out.append(f"{r['id']}: index {n!r} is not in the pack")
        if r["kind"] not in ("tally",):
            for n in words({k: v for k, v in payload(r).items() if k not in ("amount",) or isinstance(v, dict)}, "amount"):
                if not NUM.match(n) and not FRAC.match(n) and n not in names:
                    out.append(f"{r['id']}: no amount rule {n!r}")
        if r["kind"] in ("share", "deductible", "cap", "adjust") and r.get("layer", "base") not in layers:
            out.append(f"{r['id']}: no layer rule {r['layer']!r}")
        if r.get("bucket") and (r.get("layer", "base") != "base" or r.get("target", "ratio") != "ratio"):
            out.append(f"{r['id']}: bucket works on ratios of the base layer only")
        if r.get("valid_to") and r["valid_to"] < r["valid_from"]:
            out.append(f"{r['id']}: ends before it begins")
    skipped = {r["layer"] for r in pack.kinds["layer"] if r.get("unknown")}
    for ly in layers - skipped:
        if not any(r.get("layer", "base") == ly for r in pack.kinds["share"]):
            out.append(f"layer {ly!r}: no share rule")
    groups = {}
    for r in pack.rules:
        groups.setdefault(static_slot(r), []).append(r)
    for rules in groups.values():
        for i, a in enumerate(rules):
            for b in rules[i + 1:]:
                if payload(a) == payload(b) or specificity(a) != specificity(b):
                    continue
                if b["id"] in a.get("overrides", []) or a["id"] in b.get("overrides", []):
                    continue
                if (a.get("valid_to") or "9999") < b["valid_from"] or (b.get("valid_to") or "9999") < a["valid_from"]:
                    continue
                ba, bb = benefits(a), benefits(b)
                if ba is not None and bb is not None and not ba & bb:
                    continue
                wa, wb = a.get("when", {}), b.get("when", {})
                if any(disjoint(wa[k], wb[k]) for k in wa if k in wb):
                    continue
                out.append(f"{a['id']} and {b['id']}: may both match, equally specific, and disagree")
    return out


# ------------------------------------------------------------------------------------------------ case files


def pack_folders():
    here = os.path.dirname(os.path.abspath(__file__))
    return [os.path.normpath(os.path.join(here, "..", "cases", "packs")),
            os.path.normpath(os.path.join(here, "..", "..", "data", "policies"))]


def case_files(top):
    """Every case below a folder; packs are no cases, and what stands in bad is for the schema's reader, which this program has not."""
    for folder, inner, names in os.walk(top):
        inner[:] = [d for d in inner if d not in ("packs", "bad")]
        for name in names:
            if name.endswith(".json"):
                yield os.path.join(folder, name)


def loader(dirs):
    def load(pid):
        for d in dirs:
            p = os.path.join(d, pid + ".json")
            if os.path.exists(p):
                with open(p, encoding="utf-8") as fh:
                    return json.load(fh, parse_float=no_float)
        raise PolicyError("/policy", f"no pack {pid!r}")
    return load


def no_float(s):
    raise PolicyError("number", f"{s}: write amounts and ratios as strings")


def compute(case, load):
    pol = case["policy"]
    pack = Pack(load(pol) if isinstance(pol, str) else pol, load)
    pack.unknown_as = case.get("unknown_as")
    what = case.get("compute", "settle")
    if what == "credit":
        return compute_credit(pack, case)
    if what == "amounts":
        return compute_amounts(pack, case)
    if what == "coverage":
        return compute_coverage(pack, case)
    person = case.get("person", {})
    visits = case["visits"] if "visits" in case else [case["visit"]]
    counters = Counters(pack, person.get("counters"), date(visits[0]["date"], "/visit/date"))
    purses = {k: fen(v, f"/person/account/{k}") for k, v in person.get("account", {}).items()}
    mutual = [{"id": m["id"], "balance": fen(m["balance"]), "quota": fen(m["quota"]) if m.get("quota") else None}
              for m in person.get("mutual_aid", [])]
    out, last = [], None
    for i, v in enumerate(visits):
        if last and v["date"] < last:
            raise PolicyError(f"/visits/{i}/date", "visits are not in order of time")
        last = v["date"]
        out.append(settle_visit(pack, person, v, counters, purses, mutual))
    if "visits" not in case:
        return out[0]
    keys = ["medfee_sumamt", "fund_pay_sumamt", "hosp_part_amt", "psn_part_amt", "acct_pay", "psn_cash_pay"]
    tot = {k: show(sum(fen(o[k]) for o in out)) for k in keys}
    for m in ("funds", "later", "claim"):
        tot[m] = {}
        for o in out:
            for p, a in o[m].items():
                tot[m][p] = show(fen(tot[m].get(p, "0")) + fen(a))
    return {"visits": out, "sum": tot}


def differences(want, got, path=""):
    if isinstance(want, dict):
        if not isinstance(got, dict):
            return [f"{path}: expected an object, got {got!r}"]
        return [d for k, v in want.items() for d in differences(v, got.get(k), f"{path}/{k}")]
    if isinstance(want, list):
        if not isinstance(got, list) or len(got) != len(want):
            return [f"{path}: expected {want!r}, got {got!r}"]
        return [d for i, v in enumerate(want) for d in differences(v, got[i], f"{path}/{i}")]
    return [] if want == got else [f"{path}: expected {want!r}, got {got!r}"]


def check(case, load):
    exp = case.get("expect", {})
    if "error" in exp:
        try:
            compute(case, load)
        except PolicyError as err:
            return [] if exp["error"] in str(err) else [f"error expected to contain {exp['error']!r}, got {err}"]
        return ["an error was expected"]
    return differences(exp, compute(case, load))


def main(argv):
    args = [a for a in argv if not a.startswith("--")]
    dirs = pack_folders()
    if "--packs" in argv:
        dirs.insert(0, argv[argv.index("--packs") + 1])
        args.remove(dirs[0])
    load = loader(dirs)
    if len(args) == 2 and args[0] == "lint":
        try:
            with open(args[1], encoding="utf-8") as fh:
                found = lint(json.load(fh, parse_float=no_float), load)
        except PolicyError as err:
            print(err, file=sys.stderr)
            return 2
        print("\n".join(found + [f"{len(found)} remarks"]))
        return 1 if found else 0
    if len(args) != 2 or args[0] not in ("settle", "run"):
        print(__doc__, file=sys.stderr)
        return 2
    files = [args[1]]
    if args[0] == "run":
        files = sorted(case_files(args[1]))
    bad = ok = 0
    for path in files:
        try:
            with open(path, encoding="utf-8") as fh:
                case = json.load(fh, parse_float=no_float)
            if args[0] == "settle" and "--check" not in argv:
                print(json.dumps(compute(case, load), ensure_ascii=False, indent=1))
                return 0
            diff = check(case, load)
        except PolicyError as err:
            print(f"{path}: {err}", file=sys.stderr)
            if args[0] == "settle":
                return 2
            bad += 1
            continue
        except (KeyError, TypeError, ValueError, AttributeError) as err:
            print(f"{path}: malformed ({type(err).__name__} {err}); check it against the schema", file=sys.stderr)
            if args[0] == "settle":
                return 2
            bad += 1
            continue
        for d in diff:
            print(f"{os.path.basename(path)} {d}")
        bad += bool(diff)
        ok += not diff
    if args[0] == "run":
        print(f"{ok} pass, {bad} fail")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
