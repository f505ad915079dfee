/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One rule: its header, and what of its content can be judged without a bill. */

#include <string.h>

#include <glib/gi18n.h>

#include "zifu-lint-private.h"

static void
add (ZifuLint *lint, ZifuLintSeverity severity, const ZifuPath *path, const char *member, const ZifuRule *rule, const char *template_,
     const char *arg1, const char *arg2)
{
  ZifuPath at = zifu_path_member (path, member);

  zifu_lint_add (lint, severity, member ? &at : path, rule, template_, arg1, arg2);
}

static void
check_title (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  if (!rule->title.zh && !rule->title.en)
    add (lint, ZIFU_LINT_INFO, path, NULL, rule, N_ ("no title"), NULL, NULL);
  else if (!rule->title.zh)
    add (lint, ZIFU_LINT_WARNING, path, "title", rule, N_ ("the title is missing in Chinese"), NULL, NULL);
  else if (!rule->title.en)
    add (lint, ZIFU_LINT_WARNING, path, "title", rule, N_ ("the title is missing in English"), NULL, NULL);
}

static void
check_sources (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  ZifuPath sources = zifu_path_member (path, "sources");

  if (rule->citations->len == 0)
    add (lint, ZIFU_LINT_WARNING, path, NULL, rule, N_ ("no source"), NULL, NULL);
  for (guint i = 0; i < rule->citations->len; i++)
    {
      const ZifuCitation *citation = &g_array_index (rule->citations, ZifuCitation, i);
      ZifuPath at = zifu_path_item (&sources, i);

      if (!citation->source)
        zifu_lint_add (lint, ZIFU_LINT_ERROR, &at, rule, N_ ("source '{1}' is not in the pack"), citation->id, NULL);
    }
}

static void
check_confidence (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  static const char *const marks[] = { "2S", "1S-off", "1S", "1S-weak", "R", "decided", NULL };

  if (!rule->confidence_text)
    add (lint, ZIFU_LINT_UNVERIFIED, path, NULL, rule, N_ ("nothing says how sure this is: it counts as not verified"), NULL, NULL);
  else if (!g_strv_contains (marks, rule->confidence_text))
    add (lint, ZIFU_LINT_WARNING, path, "confidence", rule, N_ ("'{1}' is no mark of confidence: 2S, 1S-off, 1S, 1S-weak, R or decided"),
         rule->confidence_text, NULL);
  else if (rule->confidence == ZIFU_CONFIDENCE_UNVERIFIED)
    add (lint, ZIFU_LINT_UNVERIFIED, path, "confidence", rule, N_ ("not verified: {1}"), rule->confidence_text, NULL);
}

static void
check_days (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  if (rule->valid_to != 0 && rule->valid_to < rule->valid_from)
    add (lint, ZIFU_LINT_ERROR, path, "valid_to", rule, N_ ("ends before it begins"), NULL, NULL);
  if (rule->confirmed_to != 0 && rule->confirmed_to < rule->valid_from)
    add (lint, ZIFU_LINT_WARNING, path, "confirmed_to", rule, N_ ("ends before it begins"), NULL, NULL);
}

static void
check_overrides (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  ZifuPath overrides = zifu_path_member (path, "overrides");

  for (guint i = 0; rule->overrides && rule->overrides[i]; i++)
    {
      ZifuPath at = zifu_path_item (&overrides, i);

      if (!zifu_pack_get_rule (lint->pack, rule->overrides[i]))
        zifu_lint_add (lint, ZIFU_LINT_WARNING, &at, rule, N_ ("no rule '{1}'"), rule->overrides[i], NULL);
    }
}

static gboolean
has_layer (const ZifuPack *pack, const char *layer)
{
  if (g_str_equal (layer, "base"))
    return TRUE;
  for (guint i = 0; i < pack->by_kind[ZIFU_RULE_LAYER]->len; i++)
    {
      if (g_str_equal (((const ZifuRule *) g_ptr_array_index (pack->by_kind[ZIFU_RULE_LAYER], i))->layer, layer))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_share (const ZifuPack *pack, const char *layer)
{
  for (guint i = 0; i < pack->by_kind[ZIFU_RULE_SHARE]->len; i++)
    {
      if (g_str_equal (((const ZifuRule *) g_ptr_array_index (pack->by_kind[ZIFU_RULE_SHARE], i))->layer, layer))
        return TRUE;
    }
  return FALSE;
}

static void
check_layer (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  if (rule->kind == ZIFU_RULE_LAYER)
    {
      if (!rule->u.layer.unknown && !has_share (lint->pack, rule->layer))
        add (lint, ZIFU_LINT_ERROR, path, "layer", rule, N_ ("layer '{1}': no share rule"), rule->layer, NULL);
    }
  else if (rule->layer && !has_layer (lint->pack, rule->layer))
    {
      add (lint, ZIFU_LINT_ERROR, path, "layer", rule, N_ ("no layer rule '{1}'"), rule->layer, NULL);
    }
}

static gboolean
op_suits (const ZifuRule *rule)
{
  ZifuOp op = rule->u.adjust.op;

  return rule->u.adjust.target == ZIFU_TARGET_RATIO || (op != ZIFU_OP_OWN_TIMES && op != ZIFU_OP_OF_REST);
}

static void
check_adjust (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  gboolean base = g_str_equal (rule->layer, "base");

  if (rule->u.adjust.reduction && (!base || rule->u.adjust.target != ZIFU_TARGET_RATIO))
    add (lint, ZIFU_LINT_ERROR, path, "bucket", rule, N_ ("bucket works on ratios of the base layer only"), NULL, NULL);
  if (!op_suits (rule))
    add (lint, ZIFU_LINT_ERROR, path, "op", rule, N_ ("this op works on ratios only"), NULL, NULL);
  if (rule->u.adjust.op == ZIFU_OP_OF_REST && !rule->u.adjust.payer)
    add (lint, ZIFU_LINT_ERROR, path, NULL, rule, N_ ("of_rest needs a payer"), NULL, NULL);
  if (rule->u.adjust.target == ZIFU_TARGET_SCOPE && !base)
    add (lint, ZIFU_LINT_WARNING, path, "layer", rule, N_ ("a first own share belongs to the base layer: this rule has no effect"), NULL,
         NULL);
}

/* Numbers that are written down can be compared before any bill is there. */
static gboolean
is_literal (const ZifuExpr *expr)
{
  return expr && expr->kind == ZIFU_EXPR_NUMBER;
}

static void
check_ratio (ZifuLint *lint, const ZifuRule *rule, const ZifuExpr *ratio, const ZifuPath *path)
{
  if (!is_literal (ratio))
    return;
  if (zifu_rational_sign (ratio->number) < 0 || zifu_rational_cmp (ratio->number, ZIFU_RATIONAL_ONE) > 0)
    add (lint, ZIFU_LINT_ERROR, path, "ratio", rule, N_ ("a share lies between 0 and 1"), NULL, NULL);
}

static void
check_band_pays (ZifuLint *lint, const ZifuRule *rule, const ZifuBand *band, const ZifuPath *path)
{
  ZifuPath pays = zifu_path_member (path, "pay");
  ZifuRational sum = ZIFU_RATIONAL_ZERO;

  for (guint i = 0; i < band->pay->len; i++)
    {
      const ZifuBandPay *pay = &g_array_index (band->pay, ZifuBandPay, i);
      ZifuPath at = zifu_path_item (&pays, i);

      check_ratio (lint, rule, pay->ratio, pay->payer ? &at : path);
      if (is_literal (pay->ratio) && !zifu_rational_add (sum, pay->ratio->number, &sum))
        return;
    }
  if (band->pay->len > 1 && zifu_rational_cmp (sum, ZIFU_RATIONAL_ONE) > 0)
    add (lint, ZIFU_LINT_WARNING, path, "pay", rule, N_ ("the payers of this band pay more than the whole"), NULL, NULL);
}

static void
check_bands (ZifuLint *lint, const ZifuRule *rule, const GArray *bands, const ZifuPath *path)
{
  ZifuRational last = ZIFU_RATIONAL_ZERO;

  for (guint i = 0; bands && i < bands->len; i++)
    {
      const ZifuBand *band = &g_array_index (bands, ZifuBand, i);
      ZifuPath at = zifu_path_item (path, i);

      check_band_pays (lint, rule, band, &at);
      if (!band->upto && i + 1 < bands->len)
        add (lint, ZIFU_LINT_ERROR, &at, "upto", rule, N_ ("a band without an end must be the last one"), NULL, NULL);
      if (!is_literal (band->upto))
        continue;
      if (zifu_rational_cmp (band->upto->number, last) <= 0)
        add (lint, ZIFU_LINT_ERROR, &at, "upto", rule, N_ ("bands are not rising"), NULL, NULL);
      last = band->upto->number;
    }
}

static void
check_all_bands (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  ZifuPath bands = zifu_path_member (path, "bands");
  ZifuPath first_own = zifu_path_member (path, "first_own");
  ZifuPath own_bands = zifu_path_member (&first_own, "bands");

  if (rule->kind == ZIFU_RULE_SHARE)
    check_bands (lint, rule, rule->u.share.bands, &bands);
  else if (rule->kind == ZIFU_RULE_SCOPE)
    check_bands (lint, rule, rule->u.scope.first_own_bands, &own_bands);
}

/* Months that are written down; a member that is not there counts as nought. */
static gboolean
read_months (const ZifuExpr *expr, ZifuRational *months)
{
  *months = expr != NULL ? expr->number : ZIFU_RATIONAL_ZERO;
  return expr == NULL || is_literal (expr);
}

/* Whoever misses few months has cover by the grace; whoever then pays again would wait: a month more paid would bring less. */
static void
check_coverage (ZifuLint *lint, const ZifuRule *rule, const ZifuPath *path)
{
  ZifuRational grace, unwaited, waiting;

  if (!read_months (rule->u.coverage.grace, &grace) || !read_months (rule->u.coverage.waiting_free, &unwaited))
    return;
  if (read_months (rule->u.coverage.waiting, &waiting) && zifu_rational_sign (waiting) <= 0)
    return;
  if (zifu_rational_cmp (grace, unwaited) > 0)
    add (lint, ZIFU_LINT_WARNING, path, "grace", rule,
         N_ ("grace is longer than waiting_free: whoever pays again within it waits, whoever does not has benefits"), NULL, NULL);
}

/**
 * zifu_lint_rule:
 * @lint: the linter
 * @rule: a rule of the pack
 * @node: the rule as written
 * @path: its place
 *
 * Looks at the header of a rule, its layer, its bands.
 */
void
zifu_lint_rule (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path)
{
  check_title (lint, rule, path);
  check_sources (lint, rule, path);
  check_confidence (lint, rule, path);
  check_days (lint, rule, path);
  check_overrides (lint, rule, path);
  check_layer (lint, rule, path);
  check_all_bands (lint, rule, path);
  if (rule->kind == ZIFU_RULE_ADJUST)
    check_adjust (lint, rule, path);
  else if (rule->kind == ZIFU_RULE_COVERAGE)
    check_coverage (lint, rule, path);
}
