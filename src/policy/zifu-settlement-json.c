/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Results under the names of the national platform. */

#include "zifu-case-file.h"
#include "zifu-result-json.h"

/**
 * zifu_json_set_money:
 * @object: an object
 * @name: a member
 * @amount: an amount in fen
 *
 * Writes an amount as text with two decimals.
 */
void
zifu_json_set_money (JsonObject *object, const char *name, ZifuMoney amount)
{
  g_autofree char *text = zifu_money_format (amount, ZIFU_MONEY_PLAIN);

  json_object_set_string_member (object, name, text);
}

/**
 * zifu_json_format_yuan:
 * @value: a number of yuan, or a count
 *
 * Returns: (transfer full): it with two decimals, half up
 */
char *
zifu_json_format_yuan (ZifuRational value)
{
  ZifuMoney fen;

  /* What a person states of a counter may be beyond any amount of money: then it is shown exactly. */
  if (!zifu_rational_round (value, ZIFU_ROUND_FEN, &fen))
    return zifu_rational_format (value);
  return zifu_money_format (fen, ZIFU_MONEY_PLAIN);
}

/**
 * zifu_json_wrap:
 * @object: (transfer full): an object
 *
 * Returns: (transfer full): a node that holds it
 */
JsonNode *
zifu_json_wrap (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static ZifuMoney
get_total (const GArray *lines, const char *payer)
{
  ZifuMoney total = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (lines, ZifuFundLine, i);

      if (g_str_equal (line->payer, payer))
        total += line->amount;
    }
  return total;
}

/**
 * zifu_json_set_payers:
 * @object: an object
 * @name: a member
 * @lines: (element-type ZifuFundLine): lines of payers
 *
 * Writes what each payer pays in all, in the order in which they first appear.
 */
void
zifu_json_set_payers (JsonObject *object, const char *name, const GArray *lines)
{
  JsonObject *payers = json_object_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const char *payer = g_array_index (lines, ZifuFundLine, i).payer;

      if (!json_object_has_member (payers, payer))
        zifu_json_set_money (payers, payer, get_total (lines, payer));
    }
  json_object_set_object_member (object, name, payers);
}

static JsonArray *
lines_to_json (const GArray *lines)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (lines, ZifuFundLine, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "layer", line->layer);
      json_object_set_string_member (object, "payer", line->payer);
      zifu_json_set_money (object, "amount", line->amount);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
bands_to_json (const GArray *bands)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < bands->len; i++)
    {
      const ZifuBandTotals *totals = &g_array_index (bands, ZifuBandTotals, i);
      JsonArray *paid = json_array_new ();

      for (guint j = 0; j < totals->n_paid; j++)
        {
          g_autofree char *text = zifu_money_format (totals->paid[j], ZIFU_MONEY_PLAIN);

          json_array_add_string_element (paid, text);
        }
      json_object_set_array_member (object, totals->layer, paid);
    }
  return object;
}

static JsonObject *
parts_to_json (const ZifuSettlement *settlement)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < ZIFU_N_BUCKETS; i++)
    zifu_json_set_money (object, zifu_bucket_name ((ZifuBucket) i), settlement->parts[i]);
  zifu_json_set_money (object, "account_first", settlement->account_first);
  return object;
}

static JsonArray *
mutual_to_json (const GArray *mutual)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < mutual->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (mutual, ZifuPayerAmount, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "id", paid->payer);
      zifu_json_set_money (object, "amount", paid->amount);
      json_array_add_object_element (array, object);
    }
  return array;
}

static JsonObject *
purses_to_json (const GArray *purses)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < purses->len; i++)
    {
      const ZifuPurse *purse = &g_array_index (purses, ZifuPurse, i);

      zifu_json_set_money (object, purse->name, purse->amount);
    }
  return object;
}

static JsonObject *
counters_to_json (const GArray *counters)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (counters, ZifuCounterValue, i);
      g_autofree char *text = zifu_json_format_yuan (counter->value);

      json_object_set_string_member (object, counter->name, text);
    }
  return object;
}

static JsonArray *
rules_to_json (const GPtrArray *rules)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < rules->len; i++)
    json_array_add_string_element (array, ((const ZifuRule *) g_ptr_array_index (rules, i))->id);
  return array;
}

static JsonArray *
notes_to_json (const GArray *notes)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < notes->len; i++)
    {
      const ZifuNote *note = &g_array_index (notes, ZifuNote, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "note", note->note);
      json_object_set_string_member (object, "rule", note->rule->id);
      if (note->reason)
        json_object_set_string_member (object, "reason", note->reason);
      if (note->confirmed_to != 0)
        {
          g_autofree char *date = zifu_date_format (note->confirmed_to);

          json_object_set_string_member (object, "confirmed_to", date);
        }
      json_array_add_object_element (array, object);
    }
  return array;
}

static void
set_bill (JsonObject *object, const ZifuSettlement *settlement)
{
  if (settlement->benefit)
    json_object_set_string_member (object, "benefit", settlement->benefit);
  else
    json_object_set_null_member (object, "benefit");
  zifu_json_set_money (object, "medfee_sumamt", settlement->total);
  zifu_json_set_money (object, "fulamt_ownpay_amt", settlement->out);
  zifu_json_set_money (object, "overlmt_selfpay", settlement->over_limit);
  zifu_json_set_money (object, "preselfpay_amt", settlement->prior);
  zifu_json_set_money (object, "inscp_scp_amt", settlement->in_scope);
  zifu_json_set_money (object, "act_pay_dedc", settlement->deductible);
}

/* At this border acct_pay contains acct_mulaid_pay, as it does on the platform. */
static void
set_payment (JsonObject *object, const ZifuSettlement *settlement)
{
  zifu_json_set_money (object, "acct_pay", settlement->own_account + settlement->mutual_sum);
  zifu_json_set_money (object, "own_acct_pay", settlement->own_account);
  zifu_json_set_money (object, "acct_mulaid_pay", settlement->mutual_sum);
  json_object_set_array_member (object, "mutual_aid", mutual_to_json (settlement->mutual));
  zifu_json_set_money (object, "psn_cash_pay", settlement->cash);
}

/**
 * zifu_settlement_to_json:
 * @settlement: a settlement
 * @with_trace: whether its steps are listed, too
 *
 * Writes a settlement under the names of the national platform, amounts as text with two decimals.
 *
 * Returns: (transfer full): an object
 */
JsonNode *
zifu_settlement_to_json (const ZifuSettlement *settlement, gboolean with_trace)
{
  JsonObject *object;

  g_return_val_if_fail (settlement != NULL, NULL);

  object = json_object_new ();
  set_bill (object, settlement);
  zifu_json_set_payers (object, "funds", settlement->lines);
  json_object_set_array_member (object, "lines", lines_to_json (settlement->lines));
  json_object_set_object_member (object, "bands", bands_to_json (settlement->bands));
  zifu_json_set_money (object, "fund_pay_sumamt", settlement->fund_sum);
  zifu_json_set_money (object, "hosp_part_amt", settlement->hospital);
  zifu_json_set_money (object, "psn_part_amt", settlement->person);
  json_object_set_object_member (object, "parts", parts_to_json (settlement));
  set_payment (object, settlement);
  zifu_json_set_payers (object, "later", settlement->later);
  zifu_json_set_payers (object, "claim", settlement->claims);
  zifu_json_set_money (object, "balc", settlement->balance);
  json_object_set_object_member (object, "purses", purses_to_json (settlement->purses));
  json_object_set_object_member (object, "counters", counters_to_json (settlement->counters));
  json_object_set_array_member (object, "rules", rules_to_json (settlement->rules));
  json_object_set_array_member (object, "notes", notes_to_json (settlement->notes));
  if (with_trace)
    json_object_set_array_member (object, "trace", zifu_trace_to_json (settlement->trace));
  if (settlement->has_prepaid)
    {
      zifu_json_set_money (object, "refund", settlement->refund);
      zifu_json_set_money (object, "still_due", settlement->still_due);
    }
  return zifu_json_wrap (object);
}
