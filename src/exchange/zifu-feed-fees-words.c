/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-fees.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/* Lines of a bill as people read them, in the window and on the command line. */

/* 01, 02 and 03 are national (chrgitm_lv); what a region adds stays as it was sent. */
static const char *
name_level (const char *level)
{
  if (g_str_equal (level, "01"))
    return _("Category A");
  if (g_str_equal (level, "02"))
    return _("Category B");
  if (g_str_equal (level, "03"))
    return _("Category C, own expense");
  return level;
}

/**
 * zifu_feed_fee_name:
 * @fee: a line
 *
 * Returns: (transfer none): what was paid for, in the language of the program when the source does not say
 */
const char *
zifu_feed_fee_name (const ZifuFeedFee *fee)
{
  g_return_val_if_fail (fee != NULL, NULL);

  return fee->name != NULL ? fee->name : _("Item without a name");
}

/**
 * zifu_feed_fee_describe:
 * @fee: a line
 *
 * Returns: (transfer full): category, quantity and parts of the line, in the language of the program
 */
char *
zifu_feed_fee_describe (const ZifuFeedFee *fee)
{
  GString *note;

  g_return_val_if_fail (fee != NULL, NULL);

  note = g_string_new (name_level (fee->level));
  if (fee->quantity != NULL && fee->price != NULL)
    g_string_append_printf (note, " · %s × %s", fee->quantity, fee->price);
  else if (fee->quantity != NULL)
    g_string_append_printf (note, " · × %s", fee->quantity);
  if (fee->has_parts)
    {
      g_autofree char *in_scope = zifu_words_money (fee->in_scope, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *own = zifu_words_money (fee->own, ZIFU_MONEY_STYLE_LIST);
      /* Translators: of one line of a bill: {1} what counts for the insurance, {2} what the person bears in any case. */
      g_autofree char *parts = zifu_words_fill (_("in scope {1}, own share {2}"), in_scope, own, NULL);

      g_string_append_printf (note, " · %s", parts);
    }
  if (!fee->adds_up)
    g_string_append_printf (note, " · %s", _("parts do not add up"));
  return g_string_free (note, FALSE);
}

/**
 * zifu_feed_fees_summarize:
 * @self: the lines of a bill, which were fetched
 *
 * Returns: (transfer full): how many there are and what they come to, in the language of the program
 */
char *
zifu_feed_fees_summarize (const ZifuFeedFees *self)
{
  g_autofree char *number = NULL;
  g_autofree char *total = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->lines->len == 0)
    return g_strdup (_("The provider has no lines of this bill."));
  number = g_strdup_printf ("%u", self->lines->len);
  total = zifu_words_money (self->total, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} is how many lines a bill has, {2} what they come to. */
  return zifu_words_fill (g_dngettext (GETTEXT_PACKAGE, "{1} line, {2} in all", "{1} lines, {2} in all", self->lines->len), number, total,
                          NULL);
}

/**
 * zifu_feed_fees_doubt:
 * @self: the lines of a bill
 *
 * Returns: (transfer full) (nullable): what does not add up, in a sentence in the language of the program; %NULL when all does
 */
char *
zifu_feed_fees_doubt (const ZifuFeedFees *self)
{
  g_autofree char *total = NULL;
  g_autofree char *stated = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (zifu_feed_fees_agree (self))
    return NULL;
  if (!self->has_stated || self->total == self->stated)
    return g_strdup (_("The parts of a line do not come to its amount. They are shown as the provider sent them."));
  total = zifu_words_money (self->total, ZIFU_MONEY_STYLE_LIST);
  stated = zifu_words_money (self->stated, ZIFU_MONEY_STYLE_LIST);
  /* Translators: {1} and {2} are amounts. */
  return zifu_words_fill (_("The lines come to {1}, the bill says {2}. Both are shown as the provider sent them."), total, stated, NULL);
}
