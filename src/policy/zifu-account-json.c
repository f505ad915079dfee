/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several visits together, and the computations that are no settlement. */

#include "zifu-case-file.h"
#include "zifu-result-json.h"

/* Each sum is over one member of the settlements, or over two. */
static const struct
{
  const char *name;
  glong first, second;
} sums[] = {
  { "medfee_sumamt", G_STRUCT_OFFSET (ZifuSettlement, total), -1 },
  { "fund_pay_sumamt", G_STRUCT_OFFSET (ZifuSettlement, fund_sum), -1 },
  { "hosp_part_amt", G_STRUCT_OFFSET (ZifuSettlement, hospital), -1 },
  { "psn_part_amt", G_STRUCT_OFFSET (ZifuSettlement, person), -1 },
  { "acct_pay", G_STRUCT_OFFSET (ZifuSettlement, own_account), G_STRUCT_OFFSET (ZifuSettlement, mutual_sum) },
  { "psn_cash_pay", G_STRUCT_OFFSET (ZifuSettlement, cash), -1 },
};

/* Each amount is below 10^16 fen, so that the sum of hundreds of visits fits. */
static ZifuMoney
add_up (const GPtrArray *settlements, glong offset)
{
  ZifuMoney total = 0;

  for (guint i = 0; offset >= 0 && i < settlements->len; i++)
    total += G_STRUCT_MEMBER (ZifuMoney, g_ptr_array_index (settlements, i), offset);
  return total;
}

static void
write_all_payers (ZifuJsonPen *pen, const char *name, const GPtrArray *settlements, glong offset)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (ZifuFundLine));

  for (guint i = 0; i < settlements->len; i++)
    {
      const GArray *one = G_STRUCT_MEMBER (GArray *, g_ptr_array_index (settlements, i), offset);

      g_array_append_vals (lines, one->data, one->len);
    }
  zifu_json_pen_payers (pen, name, lines);
}

static void
write_sum (const GPtrArray *settlements, ZifuJsonPen *pen)
{
  zifu_json_pen_open (pen, "sum", '{');
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    zifu_json_pen_money (pen, sums[i].name, add_up (settlements, sums[i].first) + add_up (settlements, sums[i].second));
  write_all_payers (pen, "funds", settlements, G_STRUCT_OFFSET (ZifuSettlement, lines));
  write_all_payers (pen, "later", settlements, G_STRUCT_OFFSET (ZifuSettlement, later));
  write_all_payers (pen, "claim", settlements, G_STRUCT_OFFSET (ZifuSettlement, claims));
  zifu_json_pen_close (pen, '}');
}

/**
 * zifu_settlements_write:
 * @settlements: (element-type ZifuSettlement): the visits of a case, in order
 * @with_trace: whether their steps are listed, too
 * @pen: where it goes
 *
 * Writes {"visits": […], "sum": {…}}.
 */
void
zifu_settlements_write (const GPtrArray *settlements, gboolean with_trace, ZifuJsonPen *pen)
{
  zifu_json_pen_open (pen, NULL, '{');
  zifu_json_pen_open (pen, "visits", '[');
  for (guint i = 0; i < settlements->len; i++)
    zifu_settlement_write (g_ptr_array_index (settlements, i), with_trace, pen);
  zifu_json_pen_close (pen, ']');
  write_sum (settlements, pen);
  zifu_json_pen_close (pen, '}');
}

static void
add_rule (JsonArray *rules, const ZifuRule *rule)
{
  if (rule != NULL)
    json_array_add_string_element (rules, rule->id);
}

/**
 * zifu_credit_to_json:
 * @credit: what is credited to an account
 *
 * Returns: (transfer full): its lines, the sum of a month, of what comes once a year, and of a year, and the rules
 */
JsonNode *
zifu_credit_to_json (const ZifuCredit *credit)
{
  JsonObject *object = json_object_new ();
  JsonObject *lines = json_object_new ();
  JsonArray *rules = json_array_new ();

  for (guint i = 0; i < credit->lines->len; i++)
    {
      const ZifuCreditLine *line = &g_array_index (credit->lines, ZifuCreditLine, i);

      zifu_json_set_money (lines, line->slot, line->amount);
      add_rule (rules, line->rule);
    }
  json_object_set_object_member (object, "credit", lines);
  zifu_json_set_money (object, "total", credit->total);
  zifu_json_set_money (object, "yearly", credit->yearly);
  zifu_json_set_money (object, "year", credit->year);
  json_object_set_array_member (object, "rules", rules);
  return zifu_json_wrap (object);
}

/**
 * zifu_amounts_to_json:
 * @amounts: (element-type ZifuNamedAmount): named amounts
 *
 * Returns: (transfer full): {"amounts": {NAME: amount or null}, "rules": […]}
 */
JsonNode *
zifu_amounts_to_json (const GArray *amounts)
{
  JsonObject *object = json_object_new ();
  JsonObject *values = json_object_new ();
  JsonArray *rules = json_array_new ();

  for (guint i = 0; i < amounts->len; i++)
    {
      const ZifuNamedAmount *amount = &g_array_index (amounts, ZifuNamedAmount, i);
      g_autofree char *text = amount->is_null ? NULL : zifu_json_format_yuan (amount->value);

      if (text)
        json_object_set_string_member (values, amount->name, text);
      else
        json_object_set_null_member (values, amount->name);
      add_rule (rules, amount->rule);
    }
  json_object_set_object_member (object, "amounts", values);
  json_object_set_array_member (object, "rules", rules);
  return zifu_json_wrap (object);
}

/**
 * zifu_coverage_to_json:
 * @coverage: a timeline
 *
 * Returns: (transfer full): {"timeline": [{state, share, from, to}], "restored": month or null, "rules": […]}
 */
JsonNode *
zifu_coverage_to_json (const ZifuCoverage *coverage)
{
  JsonObject *object = json_object_new ();
  JsonArray *timeline = json_array_new ();
  JsonArray *rules = json_array_new ();
  g_autofree char *restored = coverage->has_restored ? zifu_month_format (coverage->restored) : NULL;

  for (guint i = 0; i < coverage->intervals->len; i++)
    {
      const ZifuCoverageInterval *interval = &g_array_index (coverage->intervals, ZifuCoverageInterval, i);
      JsonObject *one = json_object_new ();
      g_autofree char *share = zifu_rational_format (interval->share);
      g_autofree char *from = zifu_month_format (interval->from);
      g_autofree char *to = zifu_month_format (interval->to);

      json_object_set_string_member (one, "state", zifu_coverage_state_name (interval->state));
      json_object_set_string_member (one, "share", share);
      json_object_set_string_member (one, "from", from);
      json_object_set_string_member (one, "to", to);
      json_array_add_object_element (timeline, one);
    }
  json_object_set_array_member (object, "timeline", timeline);
  if (restored)
    json_object_set_string_member (object, "restored", restored);
  else
    json_object_set_null_member (object, "restored");
  add_rule (rules, coverage->rule);
  json_object_set_array_member (object, "rules", rules);
  return zifu_json_wrap (object);
}
