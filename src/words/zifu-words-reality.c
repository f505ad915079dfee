/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-words-reality.h"

#include "zifu-words-private.h"

/* An estimate against a receipt, for people (R42). */

/**
 * zifu_words_bill_part:
 * @part: a figure of a settlement
 * @payer: (nullable): of %ZIFU_BILL_FUND: which fund
 *
 * Returns: (transfer none): its name for people
 */
const char *
zifu_words_bill_part (ZifuBillPart part, const char *payer)
{
  switch (part)
    {
    case ZIFU_BILL_TOTAL:
      return _ ("Total bill");
    case ZIFU_BILL_OUT:
      return _ ("Out of catalogue");
    case ZIFU_BILL_OVER_LIMIT:
      return _ ("Over price limit");
    case ZIFU_BILL_PRIOR:
      return _ ("Category-B first share");
    case ZIFU_BILL_IN_SCOPE:
      return _ ("In scope");
    case ZIFU_BILL_DEDUCTIBLE:
      return _ ("Deductible paid now");
    case ZIFU_BILL_FUND:
      return payer != NULL ? zifu_words_payer_name (payer) : _ ("Funds together");
    case ZIFU_BILL_FUND_SUM:
      return _ ("Funds together");
    case ZIFU_BILL_HOSPITAL:
      return _ ("Hospital");
    case ZIFU_BILL_PERSON:
      return _ ("Person's part");
    case ZIFU_BILL_ACCOUNT:
      return _ ("From own account");
    case ZIFU_BILL_MUTUAL:
      return _ ("From family's accounts");
    case ZIFU_BILL_CASH:
    default:
      return _ ("Cash");
    }
}

static char *
value_name (const char *axis, const ZifuValue *value)
{
  g_autofree char *text = NULL;
  const char *word;

  if (value == NULL || value->kind == ZIFU_VALUE_NULL)
    return g_strdup (_ ("not stated"));
  if (value->kind == ZIFU_VALUE_BOOLEAN)
    return g_strdup (value->boolean ? _ ("yes") : _ ("no"));
  if (value->kind == ZIFU_VALUE_LIST)
    {
      g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < value->list->len; i++)
        g_ptr_array_add (parts, value_name (axis, g_ptr_array_index (value->list, i)));
      return parts->len > 0 ? zifu_words_join (parts, _ (", ")) : g_strdup (_ ("not stated"));
    }
  text = zifu_value_format (value);
  word = value->kind == ZIFU_VALUE_STRING ? zifu_words_axis_value (axis, text) : NULL;
  return g_strdup (word != NULL ? word : text);
}

static char *
fact_name (const ZifuChange *change)
{
  const char *axis = zifu_words_axis (change->axis);
  g_autofree char *was = value_name (change->axis, change->was), *is = value_name (change->axis, change->is);
  g_autofree char *line = g_strdup_printf ("%d", change->line + 1);

  if (change->kind == ZIFU_CHANGE_ITEM)
    /* Translators: {1} is the number of a line of the bill, {2} a fact such as “category”, {3} what the estimate took it to be, {4} what it
     * must have been */
    return zifu_words_fill (_ ("Line {1} of the bill, {2}: {4} instead of {3}"), line, axis != NULL ? axis : change->axis, was, is, NULL);
  /* Translators: {1} is a fact such as “institution”, {2} what the estimate took it to be, {3} what it must have been */
  return zifu_words_fill (_ ("{1}: {3} instead of {2}"), axis != NULL ? axis : change->axis, was, is, NULL);
}

static char *
total_name (const ZifuPack *pack, const ZifuChange *change)
{
  const ZifuCounterDecl *counter = zifu_pack_get_counter (pack, change->counter);
  const char *title = counter != NULL ? zifu_words_text (&counter->title) : NULL;
  g_autofree char *was = zifu_words_yuan (change->number_was, FALSE), *is = zifu_words_yuan (change->number_is, FALSE);

  if (change->kind == ZIFU_CHANGE_DEDUCTIBLE)
    /* Translators: {1} and {2} are amounts */
    return zifu_words_fill (_ ("Deductible met before this visit: {2} instead of {1}. Earlier visits may be missing here"), was, is, NULL);
  /* Translators: {1} is the name of a yearly total, {2} and {3} are amounts or counts */
  return zifu_words_fill (_ ("Yearly total “{1}” before this visit: {3} instead of {2}"), title != NULL ? title : change->counter, was, is,
                          NULL);
}

static char *
amounts_name (const char *template_, ZifuMoney was, ZifuMoney is)
{
  g_autofree char *before = zifu_words_money (was, ZIFU_MONEY_STYLE_LIST), *after = zifu_words_money (is, ZIFU_MONEY_STYLE_LIST);

  return zifu_words_fill (template_, before, after, NULL);
}

/**
 * zifu_words_change:
 * @pack: the rules
 * @change: a fact that was otherwise
 *
 * Returns: (transfer full): the fact, what the estimate took it to be and what it must have been, without a full stop
 */
char *
zifu_words_change (const ZifuPack *pack, const ZifuChange *change)
{
  g_autofree char *was = NULL, *is = NULL;

  g_return_val_if_fail (pack != NULL && change != NULL, NULL);

  switch (change->kind)
    {
    case ZIFU_CHANGE_BILL:
      return g_strdup (_ ("The bill itself was another; with it everything else comes out as estimated"));
    case ZIFU_CHANGE_DATE:
      was = zifu_words_date (change->date_was, ZIFU_DATE_STYLE_LONG);
      is = zifu_words_date (change->date_is, ZIFU_DATE_STYLE_LONG);
      /* Translators: {1} and {2} are days */
      return zifu_words_fill (_ ("Day of the visit: {2} instead of {1}"), was, is, NULL);
    case ZIFU_CHANGE_ITEM:
    case ZIFU_CHANGE_AXIS:
      return fact_name (change);
    case ZIFU_CHANGE_DEDUCTIBLE:
    case ZIFU_CHANGE_COUNTER:
      return total_name (pack, change);
    case ZIFU_CHANGE_CURRENT:
      was = zifu_words_yuan (change->number_was, FALSE);
      is = zifu_words_yuan (change->number_is, FALSE);
      /* Translators: {1} and {2} are amounts */
      return zifu_words_fill (_ ("This year's money on the own account, which pays first: {2} instead of {1}"), was, is, NULL);
    case ZIFU_CHANGE_EARLIER:
      is = zifu_words_yuan (change->number_is, FALSE);
      /* Translators: {1} is an amount */
      return zifu_words_fill (_ ("An earlier visit of the same kind this year, {1} in scope, that is missing here"), is, NULL);
    case ZIFU_CHANGE_COVER:
      return g_strdup (zifu_rational_sign (change->number_is) == 0 ? _ ("The benefits were suspended on that day")
                                                                   : _ ("The full benefits applied on that day"));
    case ZIFU_CHANGE_ACCOUNT_UNUSED:
      return g_strdup (_ ("The own account was not used"));
    case ZIFU_CHANGE_MUTUAL_UNUSED:
      return g_strdup (_ ("No relative's account was used"));
    case ZIFU_CHANGE_BALANCE:
      /* Translators: {1} and {2} are amounts */
      return amounts_name (_ ("Own account: it held {2} instead of {1}"), change->amount_was, change->amount_is);
    case ZIFU_CHANGE_MUTUAL:
    default:
      /* Translators: {1} and {2} are amounts */
      return amounts_name (_ ("Relatives' accounts: they gave {2} instead of up to {1}"), change->amount_was, change->amount_is);
    }
}

static const ZifuBillLineDifference *
first_line (const ZifuReality *reality)
{
  return reality->comparison->first >= 0
           ? &g_array_index (reality->comparison->lines, ZifuBillLineDifference, reality->comparison->first)
           : NULL;
}

/**
 * zifu_words_reality_step:
 * @reality: what was found
 *
 * Returns: (transfer full) (nullable): the rule of the estimate at the first step that differs, and its documents below; %NULL when
 *   nothing differs or no rule decides the step
 */
char *
zifu_words_reality_step (const ZifuReality *reality)
{
  g_autofree char *rule = NULL, *sources = NULL;

  if (reality->rule == NULL)
    return NULL;
  rule = zifu_words_rule (reality->rule);
  sources = zifu_words_rule_sources (reality->rule);
  if (rule == NULL || sources == NULL)
    return g_strdup (rule != NULL ? rule : sources);
  return g_strconcat (rule, "\n", sources, NULL);
}

/**
 * zifu_words_reality_hint:
 * @reality: what was found
 *
 * Returns: (transfer none) (nullable): what to look at when no single fact explains the receipt; %NULL when one does or nothing differs
 */
const char *
zifu_words_reality_hint (const ZifuReality *reality)
{
  const ZifuBillLineDifference *line = first_line (reality);

  if (line == NULL || reality->explained)
    return NULL;
  switch (line->part)
    {
    case ZIFU_BILL_DEDUCTIBLE:
      return _ ("Another deductible: look for earlier visits of this year that are not recorded here.");
    case ZIFU_BILL_FUND:
    case ZIFU_BILL_FUND_SUM:
    case ZIFU_BILL_HOSPITAL:
      return _ ("Another share of the fund: check the level of the institution, the filing, and whether the person is retired.");
    case ZIFU_BILL_ACCOUNT:
    case ZIFU_BILL_MUTUAL:
    case ZIFU_BILL_CASH:
      return _ ("Another purse paid: check the balance and the relatives' accounts on that day.");
    case ZIFU_BILL_PERSON:
      return _ ("Ask the institution for the settlement sheet: it names each part.");
    case ZIFU_BILL_TOTAL:
    case ZIFU_BILL_OUT:
    case ZIFU_BILL_OVER_LIMIT:
    case ZIFU_BILL_PRIOR:
    case ZIFU_BILL_IN_SCOPE:
    default:
      return _ ("Another bill: drugs of category B, items with a price limit, or items with restricted use may be in it.");
    }
}

/**
 * zifu_words_reality_summary:
 * @reality: what was found
 *
 * Returns: (transfer full): one sentence: what differs first, or that nothing does
 */
char *
zifu_words_reality_summary (const ZifuReality *reality)
{
  const ZifuBillLineDifference *line = first_line (reality);
  g_autofree char *amount = NULL;

  if (line == NULL)
    return g_strdup (_ ("The receipt is as it was estimated."));
  amount = zifu_words_money (line->difference, ZIFU_MONEY_STYLE_SIGNED);
  /* Translators: {1} is a figure of the bill such as “Deductible paid now”, {2} an amount with its sign */
  return zifu_words_fill (_ ("First difference: {1}, {2}"), zifu_words_bill_part (line->part, line->payer), amount, NULL);
}
