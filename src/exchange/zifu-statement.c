/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-statement-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-entries-private.h"
#include "zifu-words.h"

/* What goes onto a statement; how it is drawn is in zifu-statement-draw.c. */

#define PAGE 500

/* Characters that a row has room for on any page. */
#define MAX_DETAIL 300

static void
row_free (gpointer data)
{
  ZifuStatementRow *row = data;

  g_free (row->day);
  g_free (row->kind);
  g_free (row->detail);
  g_free (row);
}

/**
 * zifu_statement_free:
 * @self: (nullable) (transfer full): a statement
 *
 * Frees @self.
 */
void
zifu_statement_free (ZifuStatement *self)
{
  if (self == NULL)
    return;

  g_free (self->title);
  g_free (self->name);
  g_free (self->insurance);
  g_free (self->region);
  g_free (self->period);
  g_free (self->footer);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->pages, g_array_unref);
  g_clear_pointer (&self->baselines, g_array_unref);
  g_clear_object (&self->context);
  g_free (self);
}

static void
add_part (GPtrArray *parts, char *text)
{
  if (text != NULL && *text != '\0')
    g_ptr_array_add (parts, text);
  else
    g_free (text);
}

static void
add_bill (const ZifuEntry *entry, GPtrArray *parts)
{
  g_autofree char *total = zifu_words_money (entry->total, ZIFU_MONEY_STYLE_LIST);
  g_autofree char *paid = zifu_words_money (entry->person_paid, ZIFU_MONEY_STYLE_LIST);

  /* Translators: the whole bill of a visit, funds included. */
  add_part (parts, g_strdup_printf (_("bill %s"), total));
  /* Translators: {1} is the part of a bill that was left to the person. */
  if (entry->person_paid != entry->total)
    add_part (parts, zifu_words_fill (_("own part {1}"), paid, NULL));
}

static char *
make_detail (const ZifuEntry *entry)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  add_part (parts, g_strdup (entry->institution));
  if (entry->relative_name != NULL)
    /* Translators: {1} is the relative who used the account. */
    add_part (parts, zifu_words_fill (C_ ("relative", "for {1}"), entry->relative_name, NULL));
  if (entry->for_month != 0)
    {
      g_autofree char *month = zifu_words_month (entry->for_month, TRUE);

      /* Translators: the month for which a contribution was paid. */
      add_part (parts, g_strdup_printf (_("for %s"), month));
    }
  if (entry->total > 0 && entry->kind != ZIFU_ENTRY_FAMILY)
    add_bill (entry, parts);
  add_part (parts, g_strdup (entry->note));
  if (entry->original_id != 0)
    add_part (parts, g_strdup (_("reverses an earlier payment")));
  if (entry->reversed_by != 0)
    add_part (parts, g_strdup (_("refunded")));
  if (entry->provenance == ZIFU_PROVENANCE_SAMPLE)
    add_part (parts, g_strdup (_("sample data")));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static gboolean
is_unverified (ZifuLedger *ledger, const ZifuEntry *entry, gboolean *unverified, GError **error)
{
  ZifuSettlementRecord *record;

  *unverified = FALSE;
  if (entry->settlement_id == 0)
    return TRUE;
  record = zifu_ledger_get_settlement (ledger, entry->settlement_id, error);
  if (record == NULL)
    return FALSE;
  *unverified = record->unverified;
  zifu_settlement_record_free (record);
  return TRUE;
}

/* A text of any length is printed whole. */
static void
add_detail (ZifuStatement *self, ZifuStatementRow *row, const char *detail)
{
  const char *rest = detail;

  while (rest != NULL)
    {
      gboolean fits = g_utf8_strlen (rest, -1) <= MAX_DETAIL;
      const char *end = fits ? NULL : g_utf8_offset_to_pointer (rest, MAX_DETAIL);
      ZifuMoney balance = row->balance;

      row->detail = fits ? g_strdup (rest) : g_strndup (rest, end - rest);
      rest = end;
      if (rest != NULL)
        {
          row = g_new0 (ZifuStatementRow, 1);
          row->balance = balance;
          g_ptr_array_add (self->rows, row);
        }
    }
}

static gboolean
add_row (ZifuStatement *self, ZifuLedger *ledger, const ZifuEntry *entry, GError **error)
{
  ZifuStatementRow *row = g_new0 (ZifuStatementRow, 1);
  g_autofree char *detail = make_detail (entry);
  gboolean adjusts = entry->kind == ZIFU_ENTRY_OPENING || entry->kind == ZIFU_ENTRY_CORRECTION;

  g_ptr_array_add (self->rows, row);
  row->day = zifu_words_date (entry->date, ZIFU_DATE_STYLE_ISO);
  row->kind = g_strdup (zifu_export_kind_name (entry->kind));
  row->income = MAX (entry->amount, 0);
  row->outlay = MAX (-entry->amount, 0);
  row->balance = entry->balance;
  if (!is_unverified (ledger, entry, &row->unverified, error))
    return FALSE;
  add_detail (self, row, detail);

  self->kinds[entry->kind].count++;
  self->kinds[entry->kind].income += row->income;
  self->kinds[entry->kind].outlay += row->outlay;
  if (adjusts)
    self->adjusted += entry->amount;
  else
    {
      self->income += row->income;
      self->outlay += row->outlay;
    }
  return TRUE;
}

/* The pages of the ledger go back in time. */
static gboolean
read_rows (ZifuStatement *self, ZifuLedger *ledger, gint64 member_id, ZifuDate first, ZifuDate last, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);
  ZifuEntryFilter filter = { .from = first, .to = last };
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GPtrArray) page = zifu_ledger_list_entries (ledger, member_id, &filter, PAGE, error);

      if (page == NULL)
        return FALSE;
      more = page->len == PAGE;
      for (guint i = 0; i < page->len; i++)
        {
          const ZifuEntry *entry = g_ptr_array_index (page, i);

          g_ptr_array_add (entries, zifu_entry_copy (entry));
          filter.before_date = entry->date;
          filter.before_id = entry->id;
        }
    }
  for (guint i = entries->len; i > 0; i--)
    if (!add_row (self, ledger, g_ptr_array_index (entries, i - 1), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_opening (ZifuStatement *self, ZifuLedger *ledger, gint64 member_id, ZifuDate first, GError **error)
{
  const ZifuEntryFilter filter = { .before_date = first };
  g_autoptr (GPtrArray) page = zifu_ledger_list_entries (ledger, member_id, &filter, 1, error);

  if (page == NULL)
    return FALSE;
  self->opening = page->len > 0 ? ((const ZifuEntry *) g_ptr_array_index (page, 0))->balance : 0;
  return TRUE;
}

static gboolean
add_notices (ZifuStatement *self, ZifuLedger *ledger, const ZifuMember *member, GError **error)
{
  ZifuBalanceBreak broken;
  guint n_unverified = 0;

  if (!zifu_ledger_check_balance (ledger, member->id, &broken, error))
    return FALSE;

  if (member->provenance == ZIFU_PROVENANCE_SAMPLE)
    g_ptr_array_add (self->notices, g_strdup (_("Sample data: no real person, no real payments.")));
  if (!member->has_account)
    g_ptr_array_add (self->notices, g_strdup (_("This person has no personal account. The entries are visits.")));
  for (guint i = 0; i < self->rows->len; i++)
    n_unverified += ((const ZifuStatementRow *) g_ptr_array_index (self->rows, i))->unverified;
  if (n_unverified > 0)
    g_ptr_array_add (self->notices,
                     g_strdup (_("Entries marked * rest on a rule whose figures could not be verified.")));
  if (broken.entry_id != 0)
    {
      g_autofree char *day = zifu_words_date (broken.date, ZIFU_DATE_STYLE_LONG);
      g_autofree char *recorded = zifu_words_money (broken.recorded, ZIFU_MONEY_STYLE_LIST);
      g_autofree char *expected = zifu_words_money (broken.expected, ZIFU_MONEY_STYLE_LIST);

      /* Translators: {1} is a day, {2} and {3} are amounts */
      g_ptr_array_add (self->notices, zifu_words_fill (_("From {1} on the recorded balances do not agree with the entries: "
                                                         "recorded {2}, by the entries {3}."),
                                                       day, recorded, expected, NULL));
    }
  return TRUE;
}

static const char *
find_title (ZifuDate first, ZifuDate last)
{
  int year, month, day;

  zifu_date_split (first, &year, &month, &day);
  if (day == 1 && last == first + zifu_date_days_in_month (year, month) - 1)
    return _("Monthly statement of the personal account");
  if (day == 1 && month == 1 && last == zifu_date_new (year, 12, 31))
    return _("Yearly statement of the personal account");
  return _("Statement of the personal account");
}

static void
fill_head (ZifuStatement *self, const ZifuMember *member, ZifuDate first, ZifuDate last, const char *region, ZifuDate printed_on)
{
  g_autofree char *day = zifu_words_date (printed_on, ZIFU_DATE_STYLE_LONG);
  const char *kind = zifu_words_axis_value ("insurance", member->insurance);

  if (g_strcmp0 (member->insurance, "310") == 0 && member->status != NULL)
    kind = zifu_words_axis_value ("status", member->status);
  self->title = g_strdup (find_title (first, last));
  self->name = g_strdup (member->name);
  self->insurance = g_strdup (kind);
  self->region = g_strdup (region != NULL ? region : member->region);
  self->period = zifu_words_period (first, last);
  /* Translators: {1} is the day of printing */
  self->footer = zifu_words_fill (_("Zifu, {1}. From your own records; not a document of the insurance."), day, NULL);
}

/**
 * zifu_statement_new:
 * @ledger: a ledger, used by this thread only
 * @member_id: whose account
 * @first: first day of the period
 * @last: last day of the period
 * @region: (nullable): name of the region; %NULL = its number
 * @printed_on: the day that the foot of the page tells
 * @error: return location for an error of the ledger, or %ZIFU_EXCHANGE_ERROR_INPUT when there is no such period
 *
 * Reads what a statement says, in the language of the session: balance before and after, income and outlay by kind, every entry, and
 * what must not be overlooked (sample data, unverified figures, a balance that does not agree).
 *
 * Returns: (transfer full) (nullable): a statement, or %NULL with an error
 */
ZifuStatement *
zifu_statement_new (ZifuLedger *ledger, gint64 member_id, ZifuDate first, ZifuDate last, const char *region, ZifuDate printed_on,
                    GError **error)
{
  g_autoptr (ZifuStatement) self = g_new0 (ZifuStatement, 1);
  g_autoptr (ZifuMember) member = NULL;
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  if (first <= 0 || last < first || last > zifu_date_new (9999, 12, 31))
    {
      zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_INPUT, _("The period must begin before it ends."), NULL, NULL);
      return NULL;
    }
  if (!_zifu_reading_begin (ledger, error))
    return NULL;

  self->notices = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  member = zifu_ledger_get_member (ledger, member_id, error);
  success = member != NULL && read_opening (self, ledger, member_id, first, error) &&
            read_rows (self, ledger, member_id, first, last, error) && add_notices (self, ledger, member, error);
  _zifu_reading_end (ledger);
  if (!success)
    return NULL;

  self->closing = self->rows->len > 0 ? ((const ZifuStatementRow *) g_ptr_array_index (self->rows, self->rows->len - 1))->balance
                                      : self->opening;
  fill_head (self, member, first, last, region, printed_on);
  return g_steal_pointer (&self);
}
