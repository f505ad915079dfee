/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-private.h"

#include <glib/gi18n-lib.h>

#include "zifu-words.h"

/* Whether lines make sense: days, accounts, and the balance that stands beside them. */

/* The first personal accounts of the insurance were opened in a trial of that year. */
#define FIRST_YEAR 1994

static void
check_day (ZifuImportPlan *self, ZifuImportLine *line)
{
  const ZifuMember *member = _zifu_import_find_member (self, line->member_id);
  ZifuDate first = zifu_date_new (FIRST_YEAR, 1, 1);

  if (line->date > self->today)
    _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_FUTURE, NULL);
  else if (line->date < MAX (first, member != NULL ? member->birth : 0))
    _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_FAR_PAST, NULL);
  if (member != NULL && !member->has_account && line->amount != 0)
    _zifu_import_mark (line, ZIFU_LINE_WRONG, ZIFU_REASON_NO_ACCOUNT, NULL);
}

/* The lines of one person from the oldest to the newest, as far as the file is in order at all. */
typedef struct {
  GArray  *lines;
  gint64   member_id;
  gboolean falling;
  guint    i;
} Walk;

static ZifuImportLine *
next_line (Walk *walk)
{
  while (walk->i < walk->lines->len)
    {
      guint i = walk->falling ? walk->lines->len - 1 - walk->i : walk->i;
      ZifuImportLine *line = &g_array_index (walk->lines, ZifuImportLine, i);

      walk->i++;
      if (line->member_id == walk->member_id && !line->is_month)
        return line;
    }
  return NULL;
}

typedef struct {
  guint     n_steps, n_good;
  ZifuMoney first; /* balance before the oldest line */
  ZifuDate  date;  /* its day */
  gboolean  has_first;
  gboolean  is_cut;  /* a line before the first balance cannot be read, or they are too much to be added up */
} Chain;

/* Goes through the balances; with @mark the lines at which they do not continue are doubtful. */
static Chain
follow (ZifuImportPlan *self, gint64 member_id, gboolean falling, gboolean mark)
{
  Walk walk = { self->lines, member_id, falling, 0 };
  Chain chain = { 0 };
  gboolean known = FALSE;
  ZifuMoney balance = 0, before = 0;
  ZifuImportLine *line;

  while ((line = next_line (&walk)) != NULL)
    {
      /* What a line moved that cannot be read is not known. */
      if (line->state == ZIFU_LINE_WRONG)
        {
          known = FALSE;
          chain.is_cut = chain.is_cut || !chain.has_first;
          continue;
        }
      if (chain.date == 0)
        chain.date = line->date;
      if (!zifu_money_add (balance, line->amount, &balance))
        known = FALSE;
      if (!chain.has_first && !zifu_money_add (before, line->amount, &before))
        chain.is_cut = TRUE;
      if (!line->has_balance)
        continue;
      if (!chain.has_first && (before == G_MININT64 || !zifu_money_add (line->balance, -before, &chain.first)))
        chain.is_cut = TRUE;
      chain.has_first = TRUE;
      if (known)
        {
          chain.n_steps++;
          chain.n_good += balance == line->balance;
          if (mark && balance != line->balance)
            {
              g_autofree char *expected = zifu_money_format (balance, ZIFU_MONEY_GROUPED);

              _zifu_import_mark (line, ZIFU_LINE_DOUBTFUL, ZIFU_REASON_BALANCE, _zifu_import_intern (self, expected));
            }
        }
      balance = line->balance;
      known = TRUE;
    }
  return chain;
}

/*
 * _zifu_import_read_begin:
 * @unused: (out): whether nothing was recorded so far, a balance of 0 apart
 * @opening: (out) (optional) (nullable): the balance that was entered, when nothing else was recorded
 *
 * How the records of an account begin.
 */
gboolean
_zifu_import_read_begin (ZifuLedger *ledger, gint64 member_id, gboolean *unused, ZifuEntry **opening, GError **error)
{
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (ledger, member_id, NULL, 2, error);
  const ZifuEntry *first;

  if (entries == NULL)
    return FALSE;
  first = entries->len == 1 ? g_ptr_array_index (entries, 0) : NULL;
  if (first != NULL && first->kind != ZIFU_ENTRY_OPENING)
    first = NULL;
  *unused = entries->len == 0 || (first != NULL && first->amount == 0);
  if (opening != NULL)
    *opening = first != NULL && first->amount != 0 ? zifu_entry_copy (first) : NULL;
  return TRUE;
}

/* A balance of today, entered before its history came, would be counted on top of the history. */
static void
remark_opening (ZifuImportPlan *self, const ZifuEntry *opening, const Chain *chain)
{
  g_autofree char *amount = NULL, *date = NULL;

  if (opening == NULL || chain->date == 0 || opening->date < chain->date)
    return;
  amount = zifu_words_money (opening->amount, ZIFU_MONEY_STYLE_SYMBOL);
  date = zifu_words_date (opening->date, ZIFU_DATE_STYLE_LONG);
  g_ptr_array_add (self->remarks,
                   zifu_words_fill (_("The account begins with {1}, entered for {2}. Older entries of the file are counted on "
                                                     "top of that: correct this balance, or import later entries only."),
                                                   amount, date, NULL));
}

/* A file that begins in the middle says by its first balance what was there before. */
static gboolean
add_opening (ZifuImportPlan *self, ZifuLedger *ledger, gint64 member_id, const Chain *chain, GError **error)
{
  ZifuImportOpening opening = { member_id, chain->date, chain->first };
  g_autofree char *amount = NULL;
  const ZifuMember *member = _zifu_import_find_member (self, member_id);
  g_autoptr (ZifuEntry) known = NULL;
  gboolean unused;

  if (!_zifu_import_read_begin (ledger, member_id, &unused, &known, error))
    return FALSE;
  remark_opening (self, known, chain);
  if (!unused || !member->has_account || !chain->has_first || chain->is_cut || chain->first <= 0 || chain->first > ZIFU_MONEY_MAX)
    return TRUE;

  g_array_append_val (self->openings, opening);
  amount = zifu_words_money (chain->first, ZIFU_MONEY_STYLE_SYMBOL);
  g_ptr_array_add (self->remarks,
                   zifu_words_fill (_("The file begins with a balance: {1} is entered as the opening balance."), amount, NULL));
  return TRUE;
}

static gboolean
check_balances (ZifuImportPlan *self, ZifuLedger *ledger, gint64 member_id, GError **error)
{
  Chain rising = follow (self, member_id, FALSE, FALSE), falling = follow (self, member_id, TRUE, FALSE), chain;
  gboolean back = falling.n_good > rising.n_good || (falling.n_good == rising.n_good && self->falling);

  chain = back ? falling : rising;
  if (chain.n_good > 0)
    self->falling = back;
  /* A column of some other balance would make every line doubtful. */
  if (chain.n_steps >= 4 && chain.n_good * 2 < chain.n_steps)
    {
      g_ptr_array_add (self->remarks,
                       g_strdup (_("The balances in the file do not follow from its amounts. They are not used; look whether "
                                                  "the columns are the right ones.")));
      return TRUE;
    }
  follow (self, member_id, back, TRUE);
  return add_opening (self, ledger, member_id, &chain, error);
}

/*
 * _zifu_import_check_lines:
 *
 * Looks for lines that are not likely, and for an opening balance.
 */
gboolean
_zifu_import_check_lines (ZifuImportPlan *self, ZifuLedger *ledger, GError **error)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      ZifuImportLine *line = &g_array_index (self->lines, ZifuImportLine, i);

      if (!line->is_month && (line->state == ZIFU_LINE_NEW || line->state == ZIFU_LINE_DOUBTFUL))
        check_day (self, line);
    }
  for (guint i = 0; i < self->members->len; i++)
    if (!check_balances (self, ledger, ((const ZifuMember *) g_ptr_array_index (self->members, i))->id, error))
      return FALSE;
  return TRUE;
}

/* The balance that the file ends with, and what is added to the account. */
static gboolean
sum_up (ZifuImportPlan *self, gint64 member_id, ZifuMoney *sum, ZifuMoney *last, ZifuDate *newest)
{
  Walk walk = { self->lines, member_id, self->falling, 0 };
  gboolean has_last = FALSE;
  const ZifuImportLine *line;

  *sum = *last = 0;
  *newest = 0;
  while ((line = next_line (&walk)) != NULL)
    {
      if (line->state == ZIFU_LINE_WRONG)
        continue;
      if (line->taken && !zifu_money_add (*sum, line->amount, sum))
        return FALSE;
      has_last = line->has_balance;
      *last = line->balance;
      *newest = MAX (*newest, line->date);
    }
  for (guint i = 0; i < self->openings->len; i++)
    {
      const ZifuImportOpening *opening = &g_array_index (self->openings, ZifuImportOpening, i);

      if (opening->member_id == member_id && !zifu_money_add (*sum, opening->amount, sum))
        return FALSE;
    }
  return has_last;
}

/*
 * _zifu_import_add_balance_remarks:
 *
 * Compares the balance that an account would have with the one that the file ends with, where the file is newer than the account.
 */
gboolean
_zifu_import_add_balance_remarks (ZifuImportPlan *self, ZifuLedger *ledger, GPtrArray *remarks, GError **error)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (self->members, i);
      ZifuMoney sum, last, balance;
      ZifuDate newest, as_of;
      g_autofree char *ours = NULL, *theirs = NULL;

      if (!sum_up (self, member->id, &sum, &last, &newest))
        continue;
      if (!zifu_ledger_get_balance (ledger, member->id, &balance, &as_of, error))
        return FALSE;
      if (newest < as_of || !zifu_money_add (balance, sum, &balance) || balance == last)
        continue;
      ours = zifu_words_money (balance, ZIFU_MONEY_STYLE_SYMBOL);
      theirs = zifu_words_money (last, ZIFU_MONEY_STYLE_SYMBOL);
      g_ptr_array_add (remarks, zifu_words_fill (_("{1}: the account would hold {2} after the import; the file says {3}."), member->name,
                                                 ours, theirs, NULL));
    }
  return TRUE;
}
