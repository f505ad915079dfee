/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-withdrawal-words.h"

#include <glib/gi18n-lib.h>

#include "zifu-entry-words.h"
#include "zifu-words.h"

/**
 * zifu_withdrawal_dup_heading:
 * @withdrawal: what is taken back
 *
 * Returns: (transfer full): the question
 */
char *
zifu_withdrawal_dup_heading (const ZifuWithdrawal *withdrawal)
{
  g_return_val_if_fail (withdrawal != NULL, NULL);

  return g_strdup (withdrawal->receipt != NULL ? _("Take Back This Receipt?") : _("Take Back This Refund?"));
}

/* What leaves the history, and what counts again. */
static char *
dup_what (const ZifuWithdrawal *withdrawal)
{
  const ZifuEntry *shown = withdrawal->original != NULL ? withdrawal->original : withdrawal->entry;
  g_autofree char *day = zifu_words_date (withdrawal->entry->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *title = zifu_entry_dup_title (shown, NULL);
  g_autofree char *then = zifu_words_date (shown->date, ZIFU_DATE_STYLE_LONG);
  g_autofree char *bill = withdrawal->receipt != NULL ? zifu_words_money (withdrawal->receipt->total, ZIFU_MONEY_STYLE_LIST) : NULL;

  if (bill != NULL)
    /* Translators: {1} is an institution or a kind of visit, {2} a day, {3} an amount. */
    return zifu_words_fill (_("The visit “{1}” of {2} leaves the history, with its bill of {3}."), title, day, bill, NULL);
  if (withdrawal->original == NULL)
    /* Translators: {1} is a day. */
    return zifu_words_fill (_("The refund of {1} leaves the history."), day, NULL);
  /* Translators: {1} is the day of the refund, {2} what was refunded, such as an institution, {3} the day of that. */
  return zifu_words_fill (_("The refund of {1} leaves the history, and “{2}” of {3} counts again."), day, title, then, NULL);
}

static char *
dup_balance (const ZifuWithdrawal *withdrawal)
{
  g_autofree char *before = zifu_words_money (withdrawal->before, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *after = zifu_words_money (withdrawal->after, ZIFU_MONEY_STYLE_LIST);

  if (withdrawal->after < 0 && withdrawal->after < withdrawal->before)
    /* Translators: {1} and {2} are amounts; {2} is below zero. */
    return zifu_words_fill (_("The account goes from {1} to {2}, which is less than nothing: something else must be wrong or missing as"
                              " well."), before, after, NULL);
  /* Translators: {1} and {2} are amounts. */
  return zifu_words_fill (_("The account goes from {1} to {2}."), before, after, NULL);
}

static void
add_sentence (GString *text, const char *sentence)
{
  g_string_append_printf (text, "%s%s", text->len > 0 && !zifu_words_is_chinese () ? " " : "", sentence);
}

/**
 * zifu_withdrawal_dup_consequences:
 * @withdrawal: what is taken back
 *
 * Returns: (transfer full): what will be different, in a few sentences
 */
char *
zifu_withdrawal_dup_consequences (const ZifuWithdrawal *withdrawal)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *what = NULL, *balance = NULL;

  g_return_val_if_fail (withdrawal != NULL, NULL);

  what = dup_what (withdrawal);
  add_sentence (text, what);
  if (withdrawal->before != withdrawal->after)
    {
      balance = dup_balance (withdrawal);
      add_sentence (text, balance);
    }
  if (withdrawal->n_relatives > 0)
    add_sentence (text, _("Relatives' accounts give back what they got from it."));
  if (withdrawal->moves_totals)
    add_sentence (text, _("The totals of the year count the visit again."));
  if (withdrawal->is_replaced)
    add_sentence (text, _("The corrected receipt stays beside it: both count then. If they are one visit, take back the corrected one"
                          " first."));
  if (withdrawal->is_correction)
    add_sentence (text, _("The receipt that it corrected stays refunded; that refund can be taken back as well."));
  if (withdrawal->estimate_id != 0)
    add_sentence (text, _("The saved estimate stays, without a bill."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
