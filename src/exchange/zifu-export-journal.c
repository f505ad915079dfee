/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-entries-private.h"
#include "zifu-ledger-private.h"
#include "zifu-output-private.h"

/*
 * A journal that hledger and ledger both read: one transaction an entry, in the order of the account, each with the balance
 * after it, so that these programs check the balance once more.
 */
typedef struct {
  ZifuOutput *output;
  gboolean    whole;     /* nothing is left out between two entries: balances can be asserted */
  gint64      member_id; /* whose entries are being written; 0 = none yet */
  char       *account;   /* owned: assets:medical:… of that person */
  GHashTable *accounts;  /* owned: account (char*) -> itself; two people of one name are told apart */
} Journal;

/* The other side of an entry. */
static const char *
other_account (const ZifuEntry *entry)
{
  switch (entry->kind)
    {
    case ZIFU_ENTRY_CREDIT:
      return "income:medical:credit";
    case ZIFU_ENTRY_INTEREST:
      return "income:medical:interest";
    case ZIFU_ENTRY_OUTPATIENT:
      return "expenses:medical:outpatient";
    case ZIFU_ENTRY_PHARMACY:
      return "expenses:medical:pharmacy";
    case ZIFU_ENTRY_INPATIENT:
      return "expenses:medical:inpatient";
    case ZIFU_ENTRY_FAMILY:
      return "expenses:medical:family";
    case ZIFU_ENTRY_PREMIUM:
      return "expenses:medical:premium";
    case ZIFU_ENTRY_REFUND:
      return "expenses:medical:refund";
    case ZIFU_ENTRY_OPENING:
      return "equity:opening balances";
    case ZIFU_ENTRY_CORRECTION:
      return "equity:corrections";
    case ZIFU_ENTRY_TRANSFER:
    default:
      return "equity:transfers";
    }
}

/* A free text on one line, without the characters by which a journal is divided: their wide forms look the same. */
static char *
make_plain (const char *text)
{
  static const char *const wide[][2] = {
    { ";", "；" }, { ":", "：" }, { "|", "｜" }, { "[", "［" }, { "]", "］" }, { "(", "（" }, { ")", "）" },
    { "*", "＊" }, { "!", "！" }, { "=", "＝" }, { "{", "｛" }, { "}", "｝" }, { "@", "＠" }, { "#", "＃" }, { "%", "％" }, { "\"", "＂" },
  };
  GString *plain = g_string_new (NULL);
  gboolean blank = TRUE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint i = 0;

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          if (!blank)
            g_string_append_c (plain, ' ');
          blank = TRUE;
          continue;
        }
      blank = FALSE;
      while (i < G_N_ELEMENTS (wide) && (gunichar) *wide[i][0] != c)
        i++;
      if (i < G_N_ELEMENTS (wide))
        g_string_append (plain, wide[i][1]);
      else
        g_string_append_unichar (plain, c);
    }
  return g_strchomp (g_string_free (plain, FALSE));
}

static void
begin_member (Journal *journal, const ZifuMember *member)
{
  g_autofree char *name = make_plain (member->name);
  char *account = g_strconcat ("assets:medical:", name, NULL);

  if (g_hash_table_contains (journal->accounts, account))
    {
      g_autofree char *taken = account;

      account = g_strdup_printf ("%s %" G_GINT64_FORMAT, taken, member->id);
    }
  g_free (journal->account);
  journal->account = g_strdup (account);
  g_hash_table_add (journal->accounts, account);
  journal->member_id = member->id;
}

static void
put_posting (Journal *journal, const char *account, ZifuMoney amount, const ZifuMoney *balance)
{
  char text[ZIFU_MONEY_LENGTH];

  zifu_money_print (amount, text);
  _zifu_output_puts (journal->output, "    ");
  _zifu_output_puts (journal->output, account);
  _zifu_output_puts (journal->output, "  ");
  _zifu_output_puts (journal->output, text);
  _zifu_output_puts (journal->output, " CNY");
  if (balance != NULL)
    {
      zifu_money_print (*balance, text);
      _zifu_output_puts (journal->output, " = ");
      _zifu_output_puts (journal->output, text);
      _zifu_output_puts (journal->output, " CNY");
    }
  _zifu_output_puts (journal->output, "\n");
}

static void
put_head (Journal *journal, ZifuDate date, const char *title)
{
  g_autofree char *day = zifu_date_format (date);
  g_autofree char *plain = make_plain (title);

  _zifu_output_puts (journal->output, "\n");
  _zifu_output_puts (journal->output, day);
  _zifu_output_puts (journal->output, " ");
  _zifu_output_puts (journal->output, plain);
  _zifu_output_puts (journal->output, "\n");
}

static void
put_tag (Journal *journal, const char *name, const char *value)
{
  g_autofree char *plain = value != NULL ? make_plain (value) : NULL;

  if (plain == NULL || *plain == '\0')
    return;
  _zifu_output_puts (journal->output, "    ; ");
  _zifu_output_puts (journal->output, name);
  _zifu_output_puts (journal->output, ": ");
  _zifu_output_puts (journal->output, plain);
  _zifu_output_puts (journal->output, "\n");
}

static void
put_id_tag (Journal *journal, const char *name, gint64 id)
{
  char text[ZIFU_MONEY_LENGTH];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, id);
  put_tag (journal, name, id != 0 ? text : NULL);
}

static void
put_money_tag (Journal *journal, const char *name, ZifuMoney amount)
{
  char text[ZIFU_MONEY_LENGTH];

  zifu_money_print (amount, text);
  put_tag (journal, name, text);
}

static void
put_tags (Journal *journal, const ZifuEntry *entry)
{
  put_id_tag (journal, "rid", entry->id);
  put_tag (journal, "kind", _zifu_entry_kind_name (entry->kind));
  put_tag (journal, "acct_incexpd_type", entry->incexpd_type);
  put_tag (journal, "memo", entry->note);
  put_tag (journal, "relt_psn_name", entry->relative_name);
  if (entry->settlement_id != 0)
    {
      put_id_tag (journal, "setl_id", entry->settlement_id);
      put_money_tag (journal, "medfee_sumamt", entry->total);
      put_money_tag (journal, "psn_part_amt", entry->person_paid);
    }
  put_id_tag (journal, "init_rid", entry->original_id);
  if (entry->provenance != ZIFU_PROVENANCE_TYPED)
    put_tag (journal, "provenance", _zifu_provenance_name (entry->provenance));
}

static gboolean
write_entry (const ZifuMember *member, const ZifuEntry *entry, gpointer user_data, GError **error)
{
  Journal *journal = user_data;

  if (journal->member_id != member->id)
    {
      ZifuMoney before = entry->balance - entry->amount;

      begin_member (journal, member);
      if (journal->whole && before != 0)
        {
          put_head (journal, entry->date, _("Balance before"));
          put_posting (journal, journal->account, before, &before);
          put_posting (journal, "equity:opening balances", -before, NULL);
        }
    }

  put_head (journal, entry->date, entry->institution != NULL ? entry->institution : zifu_export_kind_name (entry->kind));
  put_tags (journal, entry);
  put_posting (journal, journal->account, entry->amount, journal->whole ? &entry->balance : NULL);
  put_posting (journal, other_account (entry), -entry->amount, NULL);
  return _zifu_output_check (journal->output, error);
}

/* A selection by anything but time leaves entries out in between. */
static gboolean
is_whole (const ZifuEntryFilter *filter)
{
  return filter == NULL || (!filter->has_kind && filter->kinds == 0 && filter->institution == NULL && !filter->has_amount &&
                            (filter->text == NULL || *filter->text == '\0'));
}

static void
put_introduction (Journal *journal)
{
  g_autofree char *title = make_plain (_("Personal accounts of the basic medical insurance"));

  _zifu_output_puts (journal->output, "; ");
  _zifu_output_puts (journal->output, title);
  _zifu_output_puts (journal->output, "\n\ncommodity CNY\n    format 1,000.00 CNY\n");
}

/**
 * zifu_export_journal:
 * @ledger: a ledger, used by this thread only
 * @selection: what to write
 * @path: (nullable): the file; %NULL = the standard output
 * @job: (nullable): progress in entries, and a way to give up
 * @error: return location for a #ZifuExchangeError, a #ZifuLedgerError or %G_IO_ERROR_CANCELLED
 *
 * Writes entries as a journal for hledger and ledger: one transaction an entry in assets:medical:NAME, amounts in CNY.  Unless entries
 * are left out in between, each states the balance after it.  The file has mode 0600 and is there when it is complete, or not at all.
 *
 * Returns: whether it was written
 */
gboolean
zifu_export_journal (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job, GError **error)
{
  g_autoptr (ZifuOutput) output = NULL;
  Journal journal = { 0 };
  gboolean success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), FALSE);
  g_return_val_if_fail (selection != NULL, FALSE);

  output = _zifu_output_open (path, error);
  if (output == NULL)
    return FALSE;

  journal.output = output;
  journal.whole = is_whole (selection->filter);
  journal.accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  put_introduction (&journal);
  success = _zifu_entries_walk (ledger, selection, write_entry, &journal, job, error) &&
            _zifu_output_commit (output, error);
  g_hash_table_unref (journal.accounts);
  g_free (journal.account);
  return success;
}
