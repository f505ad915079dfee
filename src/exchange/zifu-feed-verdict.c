/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-verdict.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-feed-private.h"
#include "zifu-words.h"

/* What the checks found, and how it is told. */

/**
 * zifu_feed_mark_free:
 * @self: (nullable) (transfer full): a mark
 *
 * Frees @self with its texts.
 */
void
zifu_feed_mark_free (ZifuFeedMark *self)
{
  if (self == NULL)
    return;

  g_free (self->type);
  g_free (self->id);
  g_free (self->field);
  g_free (self->time);
  g_free (self);
}

/**
 * zifu_feed_verdict_new:
 *
 * Returns: (transfer full): a verdict that found nothing, to be freed with zifu_feed_verdict_free()
 */
ZifuFeedVerdict *
zifu_feed_verdict_new (void)
{
  ZifuFeedVerdict *self = g_new0 (ZifuFeedVerdict, 1);

  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_feed_mark_free);
  return self;
}

/**
 * zifu_feed_verdict_free:
 * @self: (nullable) (transfer full): a verdict
 *
 * Frees @self with its marks.
 */
void
zifu_feed_verdict_free (ZifuFeedVerdict *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->marks);
  g_free (self);
}

/**
 * zifu_feed_mark_format:
 * @self: a mark
 *
 * Returns: (transfer full): the mark as one line for the connection's @place, such as "C5|310|12.30|12.31"; of C4 the time stands for the
 *   row.  zifu_feed_place_describe() reads it
 */
char *
zifu_feed_mark_format (const ZifuFeedMark *self)
{
  g_autofree char *expected = NULL, *stated = NULL;
  const char *where;

  g_return_val_if_fail (self != NULL, NULL);

  expected = zifu_money_format (self->expected, ZIFU_MONEY_PLAIN);
  stated = zifu_money_format (self->stated, ZIFU_MONEY_PLAIN);
  where = self->check == ZIFU_FEED_CHECK_RUNNING && self->time != NULL ? self->time : self->id;
  if (self->check == ZIFU_FEED_CHECK_DIGEST)
    return g_strdup_printf ("C8|%s|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT, self->type, self->expected, self->stated);
  return g_strdup_printf ("C%d|%s|%s|%s", self->check, where, expected, stated);
}

/**
 * zifu_feed_place_describe:
 * @place: (nullable): what zifu_feed_mark_format() wrote
 *
 * Returns: (transfer full) (nullable): a sentence for people; %NULL when @place is none of that
 */
char *
zifu_feed_place_describe (const char *place)
{
  g_auto (GStrv) parts = g_strsplit (place != NULL ? place : "", "|", 4);
  ZifuFeedMark mark = { 0 };

  if (g_strv_length (parts) != 4 || parts[0][0] != 'C' || parts[0][1] < '1' || parts[0][1] > '8' || parts[0][2] != '\0')
    return NULL;
  mark.check = (ZifuFeedCheck) (parts[0][1] - '0');
  mark.type = mark.check == ZIFU_FEED_CHECK_DIGEST ? parts[1] : (char *) "";
  mark.id = parts[1];
  mark.time = parts[1];
  if (mark.check == ZIFU_FEED_CHECK_DIGEST)
    {
      mark.expected = g_ascii_strtoll (parts[2], NULL, 10);
      mark.stated = g_ascii_strtoll (parts[3], NULL, 10);
      mark.field = (char *) (*parts[1] != '\0' || mark.expected != mark.stated ? "counts" : "digest");
    }
  else
    for (guint i = 2; i < 4; i++)
      {
        ZifuMoney amount = 0;

        if (!zifu_money_parse (parts[i] + (*parts[i] == '-'), &amount, NULL))
          return NULL;
        *(i == 2 ? &mark.expected : &mark.stated) = *parts[i] == '-' ? -amount : amount;
      }
  return zifu_feed_mark_describe (&mark);
}

static const char *
name_scheme (const char *insutype)
{
  if (g_strcmp0 (insutype, "310") == 0)
    return _("employee insurance");
  if (g_strcmp0 (insutype, "390") == 0)
    return _("resident insurance");
  return insutype;
}

/* Amounts of a settlement in the words that the window uses for them. */
static const char *
name_field (const char *field)
{
  static const char *const names[][2] = {
    { "medfee_sumamt", N_("total") },           { "fund_pay_sumamt", N_("paid by the funds") },
    { "psn_part_amt", N_("paid by the person") }, { "acct_pay", N_("paid from the account") },
    { "acct_mulaid_pay", N_("paid from relatives' accounts") }, { "psn_cash_pay", N_("paid in cash") },
    { "hosp_part_amt", N_("borne by the hospital") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (field, names[i][0]) == 0)
      return _(names[i][1]);
  return field != NULL ? field : "";
}

static char *
describe_balance (const ZifuFeedMark *self, const char *expected, const char *stated)
{
  if (g_strcmp0 (self->field, "inc_sumamt") == 0)
    /* Translators: {1} and {2} are amounts */
    return zifu_words_fill (_("The income adds up to {1}, the provider says {2}."), expected, stated, NULL);
  if (g_strcmp0 (self->field, "pay_sumamt") == 0)
    return zifu_words_fill (_("The outlay adds up to {1}, the provider says {2}."), expected, stated, NULL);
  if (g_strcmp0 (self->field, "insuinfo.balc") == 0)
    return zifu_words_fill (_("The provider states two balances: {1} and {2}."), expected, stated, NULL);
  if (*self->id == '\0')
    return zifu_words_fill (_("The balance should be {1}, the provider says {2}."), expected, stated, NULL);
  /* Translators: {1} is a kind of insurance, {2} and {3} are amounts */
  return zifu_words_fill (_("The balance of the {1} account should be {2}, the provider says {3}."), name_scheme (self->id), expected,
                          stated, NULL);
}

static char *
describe_pair (const ZifuFeedMark *self, const char *expected, const char *stated)
{
  if (g_strcmp0 (self->field, "init_setl_id") == 0)
    /* Translators: {1} is the number of a bill */
    return zifu_words_fill (_("The reversal {1} names a bill that the provider did not send."), self->id, NULL);
  if (g_strcmp0 (self->field, "refd_setl_flag") == 0)
    return zifu_words_fill (_("The bill that {1} reverses is not marked as reversed."), self->id, NULL);
  /* Translators: {1} is the number of a bill, {2} and {3} are amounts */
  return zifu_words_fill (_("The reversal {1} should give back {2}, the provider says {3}."), self->id, expected, stated, NULL);
}

static char *
describe_digest (const ZifuFeedMark *self)
{
  g_autofree char *kept = g_strdup_printf ("%" G_GINT64_FORMAT, self->expected);
  g_autofree char *stated = g_strdup_printf ("%" G_GINT64_FORMAT, self->stated);

  if (g_strcmp0 (self->field, "counts") != 0)
    return g_strdup (_("What arrived is not what the provider has. Everything will be fetched once more."));
  /* Translators: {1} and {2} are numbers */
  return zifu_words_fill (_("{1} rows arrived, the provider has {2}. Everything will be fetched once more."), kept, stated, NULL);
}

static char *
describe_months (const ZifuFeedMark *self)
{
  int month = (int) self->stated;
  g_autofree char *text = g_strdup_printf ("%04d-%02d", month / 100, month % 100);

  /* Translators: {1} is a month */
  return zifu_words_fill (_("Months from {1} on are counted twice in the contributions."), text, NULL);
}

/**
 * zifu_feed_check_name:
 * @check: a check of single bills or movements (C2, C3, C4 or C6)
 *
 * Returns: (transfer none): what was compared, in the language of the program; "" for any other check
 */
const char *
zifu_feed_check_name (ZifuFeedCheck check)
{
  switch (check)
    {
    case ZIFU_FEED_CHECK_SETTLEMENT:
      return _("Parts of the bill");
    case ZIFU_FEED_CHECK_RED_PAIR:
      return _("Bill and reversal");
    case ZIFU_FEED_CHECK_RUNNING:
      return _("Balance after this movement");
    case ZIFU_FEED_CHECK_MOVEMENTS:
      return _("Bill and account");
    case ZIFU_FEED_CHECK_NONE:
    case ZIFU_FEED_CHECK_CHAIN:
    case ZIFU_FEED_CHECK_BALANCE:
    case ZIFU_FEED_CHECK_MONTHS:
    case ZIFU_FEED_CHECK_DIGEST:
    default:
      return "";
    }
}

/**
 * zifu_feed_mark_describe:
 * @self: a mark
 *
 * Returns: (transfer full): what does not fit, in a sentence for people, in the language of the program
 */
char *
zifu_feed_mark_describe (const ZifuFeedMark *self)
{
  g_autofree char *expected = NULL, *stated = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  expected = zifu_words_money (self->expected, ZIFU_MONEY_STYLE_LIST);
  stated = zifu_words_money (self->stated, ZIFU_MONEY_STYLE_LIST);
  switch (self->check)
    {
    case ZIFU_FEED_CHECK_CHAIN:
      return g_strdup (_("Rows are missing in what the provider sent. Everything will be fetched once more."));
    case ZIFU_FEED_CHECK_SETTLEMENT:
      return self->field == NULL
               /* Translators: {1} is the number of a bill */
               ? zifu_words_fill (_("The parts of the bill {1} do not add up."), self->id, NULL)
               /* Translators: {1} is the number of a bill, {2} what an amount of it is, {3} and {4} amounts */
               : zifu_words_fill (_("Bill {1}, {2}: should be {3}, the provider says {4}."), self->id, name_field (self->field), expected,
                                  stated, NULL);
    case ZIFU_FEED_CHECK_RED_PAIR:
      return describe_pair (self, expected, stated);
    case ZIFU_FEED_CHECK_RUNNING:
      /* Translators: {1} is a day and a time, {2} and {3} are amounts */
      return zifu_words_fill (_("The balance after {1} should be {2}, the provider says {3}."), self->time != NULL ? self->time : self->id,
                              expected, stated, NULL);
    case ZIFU_FEED_CHECK_BALANCE:
      return describe_balance (self, expected, stated);
    case ZIFU_FEED_CHECK_MOVEMENTS:
      /* Translators: {1} is the number of a bill, {2} and {3} are amounts */
      return zifu_words_fill (_("For the bill {1} the account should have moved by {2}; it moved by {3}."), self->id, expected, stated,
                              NULL);
    case ZIFU_FEED_CHECK_MONTHS:
      return describe_months (self);
    case ZIFU_FEED_CHECK_DIGEST:
      return describe_digest (self);
    case ZIFU_FEED_CHECK_NONE:
    default:
      return g_strdup ("");
    }
}
