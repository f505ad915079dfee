/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-rule.h"

#include <string.h>

static const char *const kind_names[ZIFU_N_RULE_KINDS] = { "route", "gate",  "scope",   "fixed", "deductible", "share",  "adjust",
                                                           "cap",   "layer", "account", "tally", "amount",     "credit", "coverage" };

static const char *const bucket_names[ZIFU_N_BUCKETS] = { "deductible", "copay", "over_cap", "reduction", "prior", "over_limit", "out",
                                                          "claim" };

/* What an account pays unless its rule says otherwise. */
static const ZifuBucket account_default[] = { ZIFU_BUCKET_DEDUCTIBLE, ZIFU_BUCKET_COPAY, ZIFU_BUCKET_OVER_CAP,
                                              ZIFU_BUCKET_REDUCTION,  ZIFU_BUCKET_PRIOR, ZIFU_BUCKET_OVER_LIMIT };

static void
clause_clear (gpointer data)
{
  ZifuClause *clause = data;

  g_free (clause->axis);
  zifu_condition_free (clause->condition);
}

static void
citation_clear (gpointer data)
{
  ZifuCitation *citation = data;

  g_free (citation->id);
  g_free (citation->clause);
}

static void
band_pay_clear (gpointer data)
{
  ZifuBandPay *pay = data;

  g_free (pay->payer);
  zifu_expr_free (pay->ratio);
}

static void
band_clear (gpointer data)
{
  ZifuBand *band = data;

  zifu_expr_free (band->upto);
  g_clear_pointer (&band->pay, g_array_unref);
}

static void
fixed_pay_clear (gpointer data)
{
  ZifuFixedPay *pay = data;

  g_free (pay->payer);
  zifu_expr_free (pay->value);
}

static GArray *
array_new (guint size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, TRUE, size);

  g_array_set_clear_func (array, clear);
  return array;
}

/**
 * zifu_band_array_new:
 *
 * Returns: (transfer full) (element-type ZifuBand): no bands yet; the array frees what its bands own
 */
GArray *
zifu_band_array_new (void)
{
  return array_new (sizeof (ZifuBand), band_clear);
}

/**
 * zifu_band_pay_array_new:
 *
 * Returns: (transfer full) (element-type ZifuBandPay): no payers yet; the array frees what its members own
 */
GArray *
zifu_band_pay_array_new (void)
{
  return array_new (sizeof (ZifuBandPay), band_pay_clear);
}

/**
 * zifu_fixed_pay_array_new:
 *
 * Returns: (transfer full) (element-type ZifuFixedPay): no payers yet; the array frees what its members own
 */
GArray *
zifu_fixed_pay_array_new (void)
{
  return array_new (sizeof (ZifuFixedPay), fixed_pay_clear);
}

/**
 * zifu_rule_new:
 * @kind: its kind
 *
 * Returns: (transfer full): a rule to be filled; zifu_rule_set_defaults() completes it
 */
ZifuRule *
zifu_rule_new (ZifuRuleKind kind)
{
  ZifuRule *rule = g_new0 (ZifuRule, 1);

  rule->kind = kind;
  rule->when = array_new (sizeof (ZifuClause), clause_clear);
  rule->citations = array_new (sizeof (ZifuCitation), citation_clear);
  rule->round = ZIFU_ROUND_FEN;
  if (kind == ZIFU_RULE_SCOPE)
    rule->u.scope.covered = -1;
  else if (kind == ZIFU_RULE_FIXED)
    rule->u.fixed.rest = ZIFU_BUCKET_COPAY;
  else if (kind == ZIFU_RULE_ADJUST)
    rule->u.adjust.skip_zero = TRUE;
  return rule;
}

static void
free_content (ZifuRule *rule)
{
  switch (rule->kind)
    {
    case ZIFU_RULE_ROUTE:
      g_free (rule->u.route.to);
      break;
    case ZIFU_RULE_GATE:
      g_free (rule->u.gate.reason);
      break;
    case ZIFU_RULE_SCOPE:
      zifu_expr_free (rule->u.scope.price_limit);
      zifu_expr_free (rule->u.scope.first_own);
      g_clear_pointer (&rule->u.scope.first_own_bands, g_array_unref);
      g_free (rule->u.scope.group);
      break;
    case ZIFU_RULE_FIXED:
      zifu_expr_free (rule->u.fixed.price);
      g_clear_pointer (&rule->u.fixed.pay, g_array_unref);
      g_strfreev (rule->u.fixed.feeds);
      break;
    case ZIFU_RULE_DEDUCTIBLE:
      g_free (rule->u.deductible.cap_counter);
      zifu_expr_free (rule->u.deductible.cap_amount);
      g_strfreev (rule->u.deductible.absorb);
      g_strfreev (rule->u.deductible.exempt);
      break;
    case ZIFU_RULE_SHARE:
      g_clear_pointer (&rule->u.share.bands, g_array_unref);
      break;
    case ZIFU_RULE_ADJUST:
      g_free (rule->u.adjust.payer);
      zifu_expr_free (rule->u.adjust.floor);
      zifu_expr_free (rule->u.adjust.ceiling);
      break;
    case ZIFU_RULE_LAYER:
      g_free (rule->u.layer.unknown);
      g_free (rule->u.layer.unknown_zh);
      break;
    case ZIFU_RULE_ACCOUNT:
      g_strfreev (rule->u.account.first_purses);
      g_strfreev (rule->u.account.purses);
      break;
    case ZIFU_RULE_AMOUNT:
      g_free (rule->u.amount.name);
      break;
    case ZIFU_RULE_COVERAGE:
      zifu_expr_free (rule->u.coverage.lag);
      zifu_expr_free (rule->u.coverage.repair_within);
      zifu_expr_free (rule->u.coverage.grace);
      zifu_expr_free (rule->u.coverage.grace_share);
      zifu_expr_free (rule->u.coverage.waiting_free);
      zifu_expr_free (rule->u.coverage.waiting);
      zifu_expr_free (rule->u.coverage.waiting_share);
      zifu_expr_free (rule->u.coverage.initial_waiting);
      break;
    case ZIFU_RULE_CAP:
    case ZIFU_RULE_TALLY:
    case ZIFU_RULE_CREDIT:
    default:
      break;
    }
}

/**
 * zifu_rule_free:
 * @rule: (nullable) (transfer full): a rule
 *
 * Frees a rule and everything that it holds.
 */
void
zifu_rule_free (ZifuRule *rule)
{
  if (rule == NULL)
    return;
  free_content (rule);
  g_free (rule->id);
  g_free (rule->pack_id);
  g_free (rule->pointer);
  g_free (rule->title.zh);
  g_free (rule->title.en);
  g_free (rule->note);
  g_free (rule->clause);
  g_clear_pointer (&rule->benefits, g_ptr_array_unref);
  g_array_unref (rule->when);
  g_array_unref (rule->citations);
  g_free (rule->confidence_text);
  g_strfreev (rule->overrides);
  g_free (rule->payload);
  g_free (rule->layer);
  g_free (rule->slot);
  g_free (rule->counter);
  g_strfreev (rule->payers);
  zifu_expr_free (rule->value);
  g_free (rule);
}

static gboolean
is_layered (ZifuRuleKind kind)
{
  return kind == ZIFU_RULE_DEDUCTIBLE || kind == ZIFU_RULE_SHARE || kind == ZIFU_RULE_ADJUST || kind == ZIFU_RULE_CAP;
}

/**
 * zifu_rule_set_defaults:
 * @rule: a rule whose stated fields are all set
 *
 * Puts in what a rule may leave out: its layer, its slot, what an account pays.
 */
void
zifu_rule_set_defaults (ZifuRule *rule)
{
  g_return_if_fail (rule != NULL);

  if (rule->layer == NULL && is_layered (rule->kind))
    rule->layer = g_strdup ("base");
  if (rule->slot == NULL && rule->kind == ZIFU_RULE_GATE)
    rule->slot = g_strdup (rule->id);
  if (rule->slot == NULL && rule->kind == ZIFU_RULE_CAP)
    rule->slot = g_strdup (rule->counter != NULL ? rule->counter : "visit");
  if (rule->kind == ZIFU_RULE_ACCOUNT)
    {
      static const char *const purses[] = { "balance", "current", "earlier", NULL };
      static const char *const first[] = { "current", NULL };

      if (rule->u.account.purses == NULL)
        rule->u.account.purses = g_strdupv ((char **) purses);
      if (rule->u.account.first_purses == NULL)
        rule->u.account.first_purses = g_strdupv ((char **) first);
    }
  rule->confidence = zifu_confidence_from_text (rule->confidence_text);
}

/**
 * zifu_rule_specificity:
 * @rule: a rule
 *
 * Of the rules that fit, the deeper pack wins, then the one with more constrained axes.
 *
 * Returns: a number that is greater for the rule that wins
 */
guint
zifu_rule_specificity (const ZifuRule *rule)
{
  return rule->depth * 1000 + rule->when->len + (rule->benefits != NULL ? 1 : 0);
}

static void
bands_foreach_expr (GArray *bands, ZifuExprFunc func, gpointer data)
{
  for (guint i = 0; bands != NULL && i < bands->len; i++)
    {
      const ZifuBand *band = &g_array_index (bands, ZifuBand, i);

      zifu_expr_foreach (band->upto, func, data);
      for (guint j = 0; j < band->pay->len; j++)
        zifu_expr_foreach (g_array_index (band->pay, ZifuBandPay, j).ratio, func, data);
    }
}

static void
fixed_foreach_expr (ZifuRule *rule, ZifuExprFunc func, gpointer data)
{
  zifu_expr_foreach (rule->u.fixed.price, func, data);
  for (guint i = 0; rule->u.fixed.pay != NULL && i < rule->u.fixed.pay->len; i++)
    zifu_expr_foreach (g_array_index (rule->u.fixed.pay, ZifuFixedPay, i).value, func, data);
}

static void
coverage_foreach_expr (ZifuRule *rule, ZifuExprFunc func, gpointer data)
{
  ZifuExpr *const exprs[] = { rule->u.coverage.lag,           rule->u.coverage.repair_within, rule->u.coverage.grace,
                              rule->u.coverage.grace_share,   rule->u.coverage.waiting_free,  rule->u.coverage.waiting,
                              rule->u.coverage.waiting_share, rule->u.coverage.initial_waiting };

  for (guint i = 0; i < G_N_ELEMENTS (exprs); i++)
    zifu_expr_foreach (exprs[i], func, data);
}

/**
 * zifu_rule_foreach_expr:
 * @rule: a rule
 * @func: (scope call): what is done
 * @data: given to @func
 *
 * Calls a function for every expression of a rule, those inside others included.
 */
void
zifu_rule_foreach_expr (ZifuRule *rule, ZifuExprFunc func, gpointer data)
{
  zifu_expr_foreach (rule->value, func, data);
  switch (rule->kind)
    {
    case ZIFU_RULE_SCOPE:
      zifu_expr_foreach (rule->u.scope.price_limit, func, data);
      zifu_expr_foreach (rule->u.scope.first_own, func, data);
      bands_foreach_expr (rule->u.scope.first_own_bands, func, data);
      break;
    case ZIFU_RULE_FIXED:
      fixed_foreach_expr (rule, func, data);
      break;
    case ZIFU_RULE_DEDUCTIBLE:
      zifu_expr_foreach (rule->u.deductible.cap_amount, func, data);
      break;
    case ZIFU_RULE_SHARE:
      bands_foreach_expr (rule->u.share.bands, func, data);
      break;
    case ZIFU_RULE_ADJUST:
      zifu_expr_foreach (rule->u.adjust.floor, func, data);
      zifu_expr_foreach (rule->u.adjust.ceiling, func, data);
      break;
    case ZIFU_RULE_COVERAGE:
      coverage_foreach_expr (rule, func, data);
      break;
    case ZIFU_RULE_ROUTE:
    case ZIFU_RULE_GATE:
    case ZIFU_RULE_CAP:
    case ZIFU_RULE_LAYER:
    case ZIFU_RULE_ACCOUNT:
    case ZIFU_RULE_TALLY:
    case ZIFU_RULE_AMOUNT:
    case ZIFU_RULE_CREDIT:
    default:
      break;
    }
}

/**
 * zifu_rule_kind_name:
 * @kind: a kind
 *
 * Returns: (transfer none): its name in a pack
 */
const char *
zifu_rule_kind_name (ZifuRuleKind kind)
{
  g_return_val_if_fail (kind < ZIFU_N_RULE_KINDS, NULL);

  return kind_names[kind];
}

/**
 * zifu_rule_kind_parse:
 * @name: the name of a kind in a pack
 * @kind: (out): the kind
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
zifu_rule_kind_parse (const char *name, ZifuRuleKind *kind)
{
  for (guint i = 0; i < ZIFU_N_RULE_KINDS; i++)
    if (g_str_equal (name, kind_names[i]))
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * zifu_bucket_name:
 * @bucket: a part of what the person bears
 *
 * Returns: (transfer none): its name in packs and results
 */
const char *
zifu_bucket_name (ZifuBucket bucket)
{
  g_return_val_if_fail (bucket < ZIFU_N_BUCKETS, NULL);

  return bucket_names[bucket];
}

/**
 * zifu_bucket_parse:
 * @name: its name in a pack
 * @bucket: (out): the part
 *
 * Returns: %FALSE when there is no such part
 */
gboolean
zifu_bucket_parse (const char *name, ZifuBucket *bucket)
{
  for (guint i = 0; i < ZIFU_N_BUCKETS; i++)
    if (g_str_equal (name, bucket_names[i]))
      {
        *bucket = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * zifu_buckets_add:
 * @buckets: an ordered list of parts
 * @bucket: one more
 *
 * Appends a part; a part that the list holds already is not added twice.
 */
void
zifu_buckets_add (ZifuBuckets *buckets, ZifuBucket bucket)
{
  for (guint i = 0; i < buckets->n; i++)
    if (buckets->bucket[i] == bucket)
      return;
  g_return_if_fail (buckets->n < G_N_ELEMENTS (buckets->bucket));

  buckets->bucket[buckets->n++] = bucket;
}

/**
 * zifu_buckets_account_default:
 *
 * Returns: what an account pays when no rule says otherwise
 */
ZifuBuckets
zifu_buckets_account_default (void)
{
  ZifuBuckets out = { .n = 0 };

  for (guint i = 0; i < G_N_ELEMENTS (account_default); i++)
    zifu_buckets_add (&out, account_default[i]);
  return out;
}

/**
 * zifu_confidence_from_text:
 * @mark: (nullable): a mark such as "2S"
 *
 * Only a figure that two independent sources or a quotation of the official text support counts as verified.
 *
 * Returns: what the mark stands for
 */
ZifuConfidence
zifu_confidence_from_text (const char *mark)
{
  if (mark == NULL)
    return ZIFU_CONFIDENCE_UNVERIFIED;
  if (g_str_equal (mark, "2S") || g_str_equal (mark, "1S-off"))
    return ZIFU_CONFIDENCE_VERIFIED;
  if (g_str_equal (mark, "decided"))
    return ZIFU_CONFIDENCE_DECIDED;
  return ZIFU_CONFIDENCE_UNVERIFIED;
}
