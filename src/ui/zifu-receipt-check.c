/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-receipt-check.h"

#include <glib/gi18n-lib.h>

#include "zifu-words-reality.h"
#include "zifu-words.h"

static const ZifuBillPart payers[] = { ZIFU_BILL_FUND_SUM, ZIFU_BILL_HOSPITAL, ZIFU_BILL_ACCOUNT, ZIFU_BILL_MUTUAL, ZIFU_BILL_CASH };
static const ZifuBillPart parts[] = { ZIFU_BILL_OUT, ZIFU_BILL_PRIOR, ZIFU_BILL_OVER_LIMIT, ZIFU_BILL_DEDUCTIBLE };

/* The sum of what is stated, and the last of it. */
static gboolean
add_up (const ZifuBillFigures *figures, const ZifuBillPart *list, guint n, ZifuMoney *sum, ZifuBillPart *last)
{
  *sum = 0;
  for (guint i = 0; i < n; i++)
    if (figures->known[list[i]])
      {
        *last = list[i];
        if (!zifu_money_add (*sum, figures->amount[list[i]], sum))
          return FALSE;
      }
  return TRUE;
}

static char *
dup_sums (const char *template_, ZifuMoney sum, ZifuMoney total)
{
  g_autofree char *left = zifu_words_money (sum, ZIFU_MONEY_STYLE_LIST), *right = zifu_words_money (total, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *apart = zifu_words_money (ABS (sum - total), ZIFU_MONEY_STYLE_LIST);

  return zifu_words_fill (template_, left, right, apart, NULL);
}

/* Which figure takes what no other one names: cash before the account, and the fund only when all that a person paid is stated. */
static gboolean
find_rest (const ZifuBillFigures *figures, gboolean has_account, ZifuBillPart *rest)
{
  if (figures->known[ZIFU_BILL_FUND_SUM] && !figures->known[ZIFU_BILL_CASH])
    *rest = ZIFU_BILL_CASH;
  else if (figures->known[ZIFU_BILL_FUND_SUM] && has_account && !figures->known[ZIFU_BILL_ACCOUNT])
    *rest = ZIFU_BILL_ACCOUNT;
  else if (!figures->known[ZIFU_BILL_FUND_SUM])
    *rest = ZIFU_BILL_FUND_SUM;
  else
    return FALSE;
  return TRUE;
}

static void
take_rest (ZifuBillFigures *figures, ZifuBillPart rest, ZifuMoney amount)
{
  if (rest == ZIFU_BILL_FUND_SUM && !figures->known[ZIFU_BILL_ACCOUNT])
    zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT, 0);
  if (rest == ZIFU_BILL_CASH && !figures->known[ZIFU_BILL_ACCOUNT])
    zifu_bill_figures_set (figures, ZIFU_BILL_ACCOUNT, 0);
  zifu_bill_figures_set (figures, rest, amount);
}

static ZifuReceiptState
check_payers (ZifuBillFigures *figures, gboolean has_account, char **text, ZifuBillPart *wrong)
{
  ZifuMoney total = figures->amount[ZIFU_BILL_TOTAL], sum;
  ZifuBillPart rest = ZIFU_BILL_CASH;
  g_autofree char *amount = NULL;

  if (!figures->known[ZIFU_BILL_FUND_SUM] && !figures->known[ZIFU_BILL_CASH])
    {
      *text = g_strdup (_("Type what the fund paid, or what was paid in cash."));
      return ZIFU_RECEIPT_EMPTY;
    }
  if (!add_up (figures, payers, G_N_ELEMENTS (payers), &sum, wrong) || sum > total)
    {
      /* Translators: {1} is a sum, {2} the total, {3} the difference */
      *text = dup_sums (_("Fund, accounts and cash add up to {1}; the total is {2}: {3} too much."), sum, total);
      return ZIFU_RECEIPT_BAD;
    }
  if (!find_rest (figures, has_account, &rest))
    {
      if (sum == total)
        return ZIFU_RECEIPT_GOOD;
      /* Translators: {1} is a sum, {2} the total, {3} the difference */
      *text = dup_sums (_("Fund, accounts and cash add up to {1}; the total is {2}: {3} are missing."), sum, total);
      return ZIFU_RECEIPT_BAD;
    }
  take_rest (figures, rest, total - sum);
  if (sum == total)
    return ZIFU_RECEIPT_GOOD;
  amount = zifu_words_money (total - sum, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is an amount, {2} a figure of the receipt such as “Cash” */
  *text = zifu_words_fill (_("{1} are not named: they count as “{2}”."), amount, zifu_words_bill_part (rest, NULL), NULL);
  return ZIFU_RECEIPT_OPEN;
}

static gboolean
is_same (const ZifuBillFigures *left, const ZifuBillFigures *right, ZifuBillPart part)
{
  return left->known[part] == right->known[part] && (!left->known[part] || left->amount[part] == right->amount[part]);
}

/**
 * zifu_receipt_keep_unasked:
 * @figures: what is typed of a receipt that is corrected
 * @before: (nullable): what the receipt stated until now; %NULL = it is a new one
 *
 * Nobody is asked for the single funds and for what is in scope: they stay as they were stated, as long as the figures that they are parts
 * of stay.
 */
void
zifu_receipt_keep_unasked (ZifuBillFigures *figures, const ZifuBillFigures *before)
{
  g_return_if_fail (figures != NULL);

  if (before == NULL)
    return;
  for (guint i = 0; i < before->funds->len && is_same (figures, before, ZIFU_BILL_FUND_SUM); i++)
    {
      const ZifuPayerAmount *fund = &g_array_index (before->funds, ZifuPayerAmount, i);

      zifu_bill_figures_add_fund (figures, fund->payer, fund->amount);
    }
  if (before->known[ZIFU_BILL_IN_SCOPE] && is_same (figures, before, ZIFU_BILL_TOTAL) && is_same (figures, before, ZIFU_BILL_OUT)
      && is_same (figures, before, ZIFU_BILL_PRIOR) && is_same (figures, before, ZIFU_BILL_OVER_LIMIT))
    zifu_bill_figures_set (figures, ZIFU_BILL_IN_SCOPE, before->amount[ZIFU_BILL_IN_SCOPE]);
}

/**
 * zifu_receipt_check:
 * @figures: what is typed of a receipt; what follows from it is filled in
 * @has_account: whether the person has an account that may have paid
 * @text: (out) (transfer full): how it adds up, as a sentence
 * @wrong: (out): when it contradicts itself, the figure to look at
 *
 * A receipt adds up when fund, hospital, accounts and cash are its total, and the parts that the person bears alone are no more than that.
 *
 * Returns: how the figures go together
 */
ZifuReceiptState
zifu_receipt_check (ZifuBillFigures *figures, gboolean has_account, char **text, ZifuBillPart *wrong)
{
  ZifuReceiptState state;
  ZifuMoney total, sum;

  g_return_val_if_fail (figures != NULL && text != NULL && wrong != NULL, ZIFU_RECEIPT_EMPTY);

  *text = NULL;
  *wrong = ZIFU_BILL_TOTAL;
  total = figures->amount[ZIFU_BILL_TOTAL];
  if (!figures->known[ZIFU_BILL_TOTAL])
    {
      *text = g_strdup (_("Type the total of the receipt."));
      return ZIFU_RECEIPT_EMPTY;
    }
  if (!add_up (figures, parts, G_N_ELEMENTS (parts), &sum, wrong) || sum > total)
    {
      /* Translators: {1} is a sum, {2} the total, {3} the difference */
      *text = dup_sums (_("The parts add up to {1}: {3} more than the total of {2}."), sum, total);
      return ZIFU_RECEIPT_BAD;
    }
  state = check_payers (figures, has_account, text, wrong);
  if (state == ZIFU_RECEIPT_GOOD)
    {
      g_autofree char *all = zifu_words_money (total, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *fund = zifu_words_money (figures->amount[ZIFU_BILL_FUND_SUM], ZIFU_MONEY_STYLE_LIST);
      ZifuMoney mine = total - figures->amount[ZIFU_BILL_FUND_SUM] - figures->amount[ZIFU_BILL_HOSPITAL];
      g_autofree char *person = zifu_words_money (mine, ZIFU_MONEY_STYLE_LIST);

      /* Translators: {1} is the total, {2} what the funds paid, {3} what the person paid */
      *text = zifu_words_fill (_("It adds up: {1} in all, funds {2}, I paid {3}."), all, fund, person, NULL);
    }
  return state;
}

/**
 * zifu_receipt_check_account:
 * @figures: a receipt that adds up
 * @before: (nullable): what the receipt stated that is corrected by it
 * @ledger: the ledger in which it is to stand
 * @member_id: whose receipt it is
 *
 * A receipt was paid: when it takes more than the account holds here, money that came in was not entered.
 *
 * Returns: (transfer full) (nullable): that, and what to do, as a sentence; %NULL when the account holds enough, or it cannot be read
 */
char *
zifu_receipt_check_account (const ZifuBillFigures *figures, const ZifuBillFigures *before, ZifuLedger *ledger, gint64 member_id)
{
  g_autofree char *holds = NULL, *takes = NULL;
  ZifuMoney balance = 0;

  g_return_val_if_fail (figures != NULL && ZIFU_IS_LEDGER (ledger), NULL);

  if (!zifu_ledger_get_balance (ledger, member_id, &balance, NULL, NULL))
    return NULL;
  if (before != NULL)
    balance += before->amount[ZIFU_BILL_ACCOUNT];
  if (figures->amount[ZIFU_BILL_ACCOUNT] == 0 || figures->amount[ZIFU_BILL_ACCOUNT] <= balance)
    return NULL;
  holds = zifu_words_money (balance, ZIFU_MONEY_STYLE_LIST);
  takes = zifu_words_money (figures->amount[ZIFU_BILL_ACCOUNT], ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is what the account paid, {2} its balance */
  return zifu_words_fill (_("The account paid {1}, but by what is entered here it holds {2}. If money that came in is missing,"
                            " correct the balance first."),
                          takes, holds, NULL);
}

/**
 * zifu_receipt_dup_difference:
 * @figures: what is typed of a receipt
 * @estimated: what was estimated
 *
 * Returns: (transfer full): where the first figure lies that is not as it was estimated, as a sentence
 */
char *
zifu_receipt_dup_difference (const ZifuBillFigures *figures, const ZifuBillFigures *estimated)
{
  g_autoptr (ZifuBillFigures) charged = NULL;
  g_autoptr (ZifuBillComparison) comparison = NULL;
  g_autofree char *amount = NULL;
  const ZifuBillLineDifference *line;
  ZifuBillPart wrong;

  g_return_val_if_fail (figures != NULL && estimated != NULL, NULL);

  charged = zifu_bill_figures_copy (figures);
  zifu_bill_figures_complete (charged, &wrong);
  comparison = zifu_bill_comparison_new (estimated, charged);
  if (comparison->first < 0)
    return g_strdup (_("The receipt is as it was estimated."));
  line = &g_array_index (comparison->lines, ZifuBillLineDifference, comparison->first);
  amount = zifu_words_money (line->difference, ZIFU_MONEY_STYLE_SIGNED);
  return zifu_words_fill (_("First difference: {1}, {2}"), zifu_words_bill_part (line->part, line->payer), amount, NULL);
}

/* A balance that was typed in after @date: what happened until then is in it already. */
static ZifuDate
find_typed_balance (ZifuLedger *ledger, gint64 member_id, ZifuDate date)
{
  ZifuEntryFilter filter = { .kinds = (1u << ZIFU_ENTRY_OPENING) | (1u << ZIFU_ENTRY_CORRECTION), .from = date + 1 };
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (ledger, member_id, &filter, 0, NULL);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (entry->amount != 0 && entry->provenance == ZIFU_PROVENANCE_TYPED)
        return entry->date;
    }
  return 0;
}

/**
 * zifu_receipt_dup_remark:
 * @ledger: the ledger
 * @member_id: whose receipt
 * @date: its day; 0 = not known
 * @figures: what it states
 *
 * Returns: (transfer full) (nullable): what happens to the account that nobody would expect: somebody who typed in the balance of today,
 *   and then a receipt of last week, finds its part taken off twice
 */
char *
zifu_receipt_dup_remark (ZifuLedger *ledger, gint64 member_id, ZifuDate date, const ZifuBillFigures *figures)
{
  g_autofree char *day = NULL, *amount = NULL;
  ZifuDate typed_on;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger) && figures != NULL, NULL);

  if (date == 0 || !figures->known[ZIFU_BILL_ACCOUNT] || figures->amount[ZIFU_BILL_ACCOUNT] <= 0)
    return NULL;
  typed_on = find_typed_balance (ledger, member_id, date);
  if (typed_on == 0)
    return NULL;
  day = zifu_words_date (typed_on, ZIFU_DATE_STYLE_LONG);
  amount = zifu_words_money (figures->amount[ZIFU_BILL_ACCOUNT], ZIFU_MONEY_STYLE_SYMBOL);
  /* Translators: {1} is a day, {2} an amount */
  return zifu_words_fill (_("The balance was entered on {1}, after this visit. {2} is taken off it nevertheless: if that balance was "
                            "right, correct it once the receipt is saved."),
                          day, amount, NULL);
}

/**
 * zifu_receipt_are_same:
 * @a: (nullable) (element-type ZifuSavedEstimate): estimates that were offered
 * @b: (element-type ZifuSavedEstimate): estimates
 *
 * Returns: whether they are the same ones in the same order
 */
gboolean
zifu_receipt_are_same (const GPtrArray *a, const GPtrArray *b)
{
  g_return_val_if_fail (b != NULL, FALSE);

  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return TRUE;
}

/**
 * zifu_receipt_dup_estimate_title:
 * @estimate: an estimate that a receipt may be about
 *
 * Returns: (transfer full): what it is called where one is chosen: its day, and what the person pays
 */
char *
zifu_receipt_dup_estimate_title (const ZifuSavedEstimate *estimate)
{
  g_autofree char *day = NULL, *part = NULL;

  g_return_val_if_fail (estimate != NULL, NULL);

  day = zifu_words_date (estimate->date, ZIFU_DATE_STYLE_DAY);
  part = zifu_words_money (estimate->figures->amount[ZIFU_BILL_PERSON], ZIFU_MONEY_STYLE_SYMBOL);
  /* Translators: {1} is a day, {2} an amount */
  return zifu_words_fill (_("{1}: I pay {2}"), day, part, NULL);
}
