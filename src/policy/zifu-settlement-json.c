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
 * zifu_json_pen_payers:
 * @pen: a pen
 * @name: a member
 * @lines: (element-type ZifuFundLine): lines of payers
 *
 * Writes what each payer pays in all, in the order in which they first appear.
 */
void
zifu_json_pen_payers (ZifuJsonPen *pen, const char *name, const GArray *lines)
{
  zifu_json_pen_open (pen, name, '{');
  for (guint i = 0; i < lines->len; i++)
    {
      const char *payer = g_array_index (lines, ZifuFundLine, i).payer;
      guint first = 0;

      while (!g_str_equal (g_array_index (lines, ZifuFundLine, first).payer, payer))
        first++;
      if (first == i)
        zifu_json_pen_money (pen, payer, get_total (lines, payer));
    }
  zifu_json_pen_close (pen, '}');
}

static void
write_lines (ZifuJsonPen *pen, const GArray *lines)
{
  zifu_json_pen_open (pen, "lines", '[');
  for (guint i = 0; i < lines->len; i++)
    {
      const ZifuFundLine *line = &g_array_index (lines, ZifuFundLine, i);

      zifu_json_pen_open (pen, NULL, '{');
      zifu_json_pen_text (pen, "layer", line->layer);
      zifu_json_pen_text (pen, "payer", line->payer);
      zifu_json_pen_money (pen, "amount", line->amount);
      zifu_json_pen_close (pen, '}');
    }
  zifu_json_pen_close (pen, ']');
}

/* A layer that a pack calls "base" as well comes later, and stands for both. */
static gboolean
comes_again (const GArray *bands, guint i)
{
  const char *layer = g_array_index (bands, ZifuBandTotals, i).layer;

  for (guint j = i + 1; j < bands->len; j++)
    if (g_str_equal (g_array_index (bands, ZifuBandTotals, j).layer, layer))
      return TRUE;
  return FALSE;
}

static void
write_bands (ZifuJsonPen *pen, const GArray *bands)
{
  zifu_json_pen_open (pen, "bands", '{');
  for (guint i = 0; i < bands->len; i++)
    {
      const ZifuBandTotals *totals = &g_array_index (bands, ZifuBandTotals, i);

      if (comes_again (bands, i))
        continue;
      zifu_json_pen_open (pen, totals->layer, '[');
      for (guint j = 0; j < totals->n_paid; j++)
        zifu_json_pen_money (pen, NULL, totals->paid[j]);
      zifu_json_pen_close (pen, ']');
    }
  zifu_json_pen_close (pen, '}');
}

static void
write_parts (ZifuJsonPen *pen, const ZifuSettlement *settlement)
{
  zifu_json_pen_open (pen, "parts", '{');
  for (guint i = 0; i < ZIFU_N_BUCKETS; i++)
    zifu_json_pen_money (pen, zifu_bucket_name ((ZifuBucket) i), settlement->parts[i]);
  zifu_json_pen_money (pen, "account_first", settlement->account_first);
  zifu_json_pen_close (pen, '}');
}

static void
write_mutual (ZifuJsonPen *pen, const GArray *mutual)
{
  zifu_json_pen_open (pen, "mutual_aid", '[');
  for (guint i = 0; i < mutual->len; i++)
    {
      const ZifuPayerAmount *paid = &g_array_index (mutual, ZifuPayerAmount, i);

      zifu_json_pen_open (pen, NULL, '{');
      zifu_json_pen_text (pen, "id", paid->payer);
      zifu_json_pen_money (pen, "amount", paid->amount);
      zifu_json_pen_close (pen, '}');
    }
  zifu_json_pen_close (pen, ']');
}

static void
write_purses (ZifuJsonPen *pen, const GArray *purses)
{
  zifu_json_pen_open (pen, "purses", '{');
  for (guint i = 0; i < purses->len; i++)
    {
      const ZifuPurse *purse = &g_array_index (purses, ZifuPurse, i);

      zifu_json_pen_money (pen, purse->name, purse->amount);
    }
  zifu_json_pen_close (pen, '}');
}

static void
write_counters (ZifuJsonPen *pen, const GArray *counters)
{
  zifu_json_pen_open (pen, "counters", '{');
  for (guint i = 0; i < counters->len; i++)
    {
      const ZifuCounterValue *counter = &g_array_index (counters, ZifuCounterValue, i);

      zifu_json_pen_yuan (pen, counter->name, counter->value);
    }
  zifu_json_pen_close (pen, '}');
}

static void
write_rules (ZifuJsonPen *pen, const GPtrArray *rules)
{
  zifu_json_pen_open (pen, "rules", '[');
  for (guint i = 0; i < rules->len; i++)
    zifu_json_pen_text (pen, NULL, ((const ZifuRule *) g_ptr_array_index (rules, i))->id);
  zifu_json_pen_close (pen, ']');
}

static void
write_notes (ZifuJsonPen *pen, const GArray *notes)
{
  zifu_json_pen_open (pen, "notes", '[');
  for (guint i = 0; i < notes->len; i++)
    {
      const ZifuNote *note = &g_array_index (notes, ZifuNote, i);

      zifu_json_pen_open (pen, NULL, '{');
      zifu_json_pen_text (pen, "note", note->note);
      zifu_json_pen_text (pen, "rule", note->rule->id);
      if (note->reason)
        zifu_json_pen_text (pen, "reason", note->reason);
      if (note->confirmed_to != 0)
        {
          g_autofree char *date = zifu_date_format (note->confirmed_to);

          zifu_json_pen_text (pen, "confirmed_to", date);
        }
      zifu_json_pen_close (pen, '}');
    }
  zifu_json_pen_close (pen, ']');
}

static void
write_bill (ZifuJsonPen *pen, const ZifuSettlement *settlement)
{
  if (settlement->benefit)
    zifu_json_pen_text (pen, "benefit", settlement->benefit);
  else
    zifu_json_pen_null (pen, "benefit");
  zifu_json_pen_money (pen, "medfee_sumamt", settlement->total);
  zifu_json_pen_money (pen, "fulamt_ownpay_amt", settlement->out);
  zifu_json_pen_money (pen, "overlmt_selfpay", settlement->over_limit);
  zifu_json_pen_money (pen, "preselfpay_amt", settlement->prior);
  zifu_json_pen_money (pen, "inscp_scp_amt", settlement->in_scope);
  zifu_json_pen_money (pen, "act_pay_dedc", settlement->deductible);
}

/* At this border acct_pay contains acct_mulaid_pay, as it does on the platform. */
static void
write_payment (ZifuJsonPen *pen, const ZifuSettlement *settlement)
{
  zifu_json_pen_money (pen, "acct_pay", settlement->own_account + settlement->mutual_sum);
  zifu_json_pen_money (pen, "own_acct_pay", settlement->own_account);
  zifu_json_pen_money (pen, "acct_mulaid_pay", settlement->mutual_sum);
  write_mutual (pen, settlement->mutual);
  zifu_json_pen_money (pen, "psn_cash_pay", settlement->cash);
}

/**
 * zifu_settlement_write:
 * @settlement: a settlement
 * @with_trace: whether its steps are listed, too
 * @pen: where it goes
 *
 * Writes a settlement under the names of the national platform, amounts as text with two decimals.
 */
void
zifu_settlement_write (const ZifuSettlement *settlement, gboolean with_trace, ZifuJsonPen *pen)
{
  zifu_json_pen_open (pen, NULL, '{');
  write_bill (pen, settlement);
  zifu_json_pen_payers (pen, "funds", settlement->lines);
  write_lines (pen, settlement->lines);
  write_bands (pen, settlement->bands);
  zifu_json_pen_money (pen, "fund_pay_sumamt", settlement->fund_sum);
  zifu_json_pen_money (pen, "hosp_part_amt", settlement->hospital);
  zifu_json_pen_money (pen, "psn_part_amt", settlement->person);
  write_parts (pen, settlement);
  write_payment (pen, settlement);
  zifu_json_pen_payers (pen, "later", settlement->later);
  zifu_json_pen_payers (pen, "claim", settlement->claims);
  zifu_json_pen_money (pen, "balc", settlement->balance);
  write_purses (pen, settlement->purses);
  write_counters (pen, settlement->counters);
  write_rules (pen, settlement->rules);
  write_notes (pen, settlement->notes);
  if (with_trace)
    zifu_trace_write (settlement->trace, pen);
  if (settlement->has_prepaid)
    {
      zifu_json_pen_money (pen, "refund", settlement->refund);
      zifu_json_pen_money (pen, "still_due", settlement->still_due);
    }
  zifu_json_pen_close (pen, '}');
}

/**
 * zifu_json_from_pen:
 * @pen: (transfer full): a pen that has written a document
 *
 * Returns: (transfer full): the document
 */
JsonNode *
zifu_json_from_pen (ZifuJsonPen *pen)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = zifu_json_read_own (pen->into->str, (gssize) pen->into->len, &error);

  /* What we write we can read. */
  if (node == NULL)
    g_error ("%s: %s", error->message, pen->into->str);
  g_string_free (pen->into, TRUE);
  pen->into = NULL;
  return node;
}

/**
 * zifu_settlement_to_json:
 * @settlement: a settlement
 * @with_trace: whether its steps are listed, too
 *
 * Returns: (transfer full): the settlement as an object, see zifu_settlement_write()
 */
JsonNode *
zifu_settlement_to_json (const ZifuSettlement *settlement, gboolean with_trace)
{
  ZifuJsonPen pen = { g_string_new (NULL), FALSE };

  g_return_val_if_fail (settlement != NULL, NULL);

  zifu_settlement_write (settlement, with_trace, &pen);
  return zifu_json_from_pen (&pen);
}
