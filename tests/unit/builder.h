/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

/* Short ways to build rules, people and visits in tests of the engine. */

static inline ZifuRational
build_number (const char *text)
{
  ZifuRational out = ZIFU_RATIONAL_ZERO;

  if (!zifu_rational_parse (text, &out))
    g_error ("not a number: %s", text);
  return out;
}

static inline ZifuExpr *
build_expr (const char *text)
{
  return text != NULL ? zifu_expr_new_number (build_number (text)) : zifu_expr_new (ZIFU_EXPR_NULL);
}

static inline ZifuRule *
build_rule (ZifuPack *pack, ZifuRuleKind kind, const char *id)
{
  ZifuRule *rule = zifu_rule_new (kind);

  rule->id = g_strdup (id);
  rule->valid_from = zifu_date_parse ("2020-01-01");
  zifu_pack_take_rule (pack, rule);
  return rule;
}

static inline void
build_when (ZifuRule *rule, const char *axis, ZifuValue *value)
{
  ZifuClause clause = { g_strdup (axis), zifu_condition_new_equal (value) };

  g_array_append_val (rule->when, clause);
}

static inline void
build_benefit (ZifuRule *rule, const char *benefit)
{
  if (rule->benefits == NULL)
    rule->benefits = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (rule->benefits, g_strdup (benefit));
}

/* One band: up to @upto (NULL = without end) @payer pays @ratio (NULL = nobody pays). */
static inline void
build_band (ZifuRule *rule, const char *upto, const char *payer, const char *ratio)
{
  ZifuBand band = { upto != NULL ? build_expr (upto) : NULL, zifu_band_pay_array_new () };

  if (payer != NULL)
    {
      ZifuBandPay pay = { g_strdup (payer), build_expr (ratio) };

      g_array_append_val (band.pay, pay);
    }
  if (rule->u.share.bands == NULL)
    rule->u.share.bands = zifu_band_array_new ();
  g_array_append_val (rule->u.share.bands, band);
}

static inline void
build_finish (ZifuPack *pack)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < pack->rules->len; i++)
    zifu_rule_set_defaults (g_ptr_array_index (pack->rules, i));
  zifu_pack_finish (pack, &error);
  g_assert_no_error (error);
}

static inline ZifuVisit *
build_visit (const char *date, const char *care, ZifuMoney total, ZifuMoney out, ZifuMoney prior)
{
  ZifuVisit *visit = zifu_visit_new ();

  visit->date = zifu_date_parse (date);
  zifu_facts_set_string (visit->facts, "care", care);
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, out, 0, prior);
  return visit;
}

/* total = funds + hospital + person; person = account + family + cash = its parts; total = what it is made of. */
static inline void
assert_identities (const ZifuSettlement *s)
{
  ZifuMoney parts = s->account_first, funds = 0;

  for (guint i = 0; i < ZIFU_N_BUCKETS; i++)
    {
      g_assert_cmpint (s->parts[i], >=, 0);
      parts += s->parts[i];
    }
  for (guint i = 0; i < s->lines->len; i++)
    {
      g_assert_cmpint (g_array_index (s->lines, ZifuFundLine, i).amount, >, 0);
      funds += g_array_index (s->lines, ZifuFundLine, i).amount;
    }
  g_assert_cmpint (s->fund_sum, ==, funds);
  g_assert_cmpint (s->total, ==, s->fund_sum + s->hospital + s->person);
  g_assert_cmpint (s->person, ==, s->own_account + s->mutual_sum + s->cash);
  g_assert_cmpint (s->person, ==, parts);
  g_assert_cmpint (s->total, ==, s->in_scope + s->prior + s->over_limit + s->out);
  g_assert_cmpint (s->cash, >=, 0);
  g_assert_cmpint (s->balance, >=, 0);
}
