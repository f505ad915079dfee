/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

#include <glib/gi18n-lib.h>

/*
 * A refund is a row of its own that names the original (init_setl_id of the platform).  When the original is the payment of a settlement,
 * the whole settlement is undone: the flag of the platform is set, relatives' accounts get back what they paid, and the yearly totals lose
 * what the settlement had added to them.  When such a refund is taken back (zifu-ledger-withdraw.c) the totals count the settlement again.
 */

/* A settlement is taken back whole, everything else whole or in part. */
static gboolean
returns_no_more (const ZifuEntry *refund, const ZifuEntry *original)
{
  if (original->settlement_id != 0 || refund->amount == 0)
    return refund->amount == -original->amount;
  return (refund->amount > 0) != (original->amount > 0) && ABS (refund->amount) <= ABS (original->amount);
}

/*
 * _zifu_ledger_check_refund:
 *
 * Whether @entry may reverse the row that it names.
 */
gboolean
_zifu_ledger_check_refund (ZifuLedger *self, const ZifuEntry *entry, GError **error)
{
  g_autoptr (ZifuEntry) original = zifu_ledger_get_entry (self, entry->original_id, error);
  const char *message = NULL;

  if (original == NULL)
    return FALSE;

  if (original->member_id != entry->member_id)
    message = _("The original entry is in another person's history.");
  else if (original->reversed_by != 0)
    message = _("This entry was refunded already.");
  else if (original->kind == ZIFU_ENTRY_REFUND || original->kind == ZIFU_ENTRY_OPENING)
    message = _("An entry of this kind cannot be refunded.");
  else if (original->kind == ZIFU_ENTRY_FAMILY && original->settlement_id != 0)
    message = _("Refund this in the history of the person who was treated; the account that paid gets its part back.");
  else if (entry->date < original->date)
    message = _("A refund cannot be earlier than what it refunds.");
  else if (!returns_no_more (entry, original))
    message = _("A refund returns what was paid, and no more.");

  if (message != NULL)
    g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, message);
  return message == NULL;
}

#define FED "c.cum NOT NULL AND (c.old_cum IS NULL OR c.old_since <> c.since OR c.old_cum <> c.cum)"

/* The first day, from @since on, on which a settlement that stands fed the total; 0 = there is none. */
static gboolean
find_first_feed (ZifuLedger *self, gint64 member_id, const char *name, ZifuDate since, ZifuDate *first, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT MIN (s.setl_time) FROM setl_d s JOIN setl_cum_d c ON c.setl_id = s.setl_id"
                          " WHERE s.psn_no = ? AND s.refd_setl_flag = '0' AND c.cum_type_code = ? AND s.setl_time >= ?"
                          " AND " FED,
                          "itd", member_id, name, since);
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  *first = row && sqlite3_column_type (statement, 0) != SQLITE_NULL ? _zifu_column_date (statement, 0) : 0;
  return TRUE;
}

/* What a settlement did to one total. */
typedef struct {
  const char  *name;
  ZifuRational fed;
  gboolean     has_old, same_period;
  ZifuRational old;
  ZifuDate     old_since, since; /* 0 = of whatever visit comes next: it was stated, not fed */
  gint64       refund_id;
} Fed;

/*
 * What stood there before stands there again: another period's total, or none, and then the next feed begins a period.  When the period
 * began with what is undone, it begins with the next settlement that stands.
 */
static gboolean
put_rest (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuRational rest, ZifuDate since, GError **error)
{
  ZifuDate first = 0;
  gboolean alone = zifu_rational_equal (rest, fed->same_period ? fed->old : ZIFU_RATIONAL_ZERO);

  if (alone && fed->has_old && fed->old_since != fed->since)
    return _zifu_ledger_put_counter (self, original->member_id, fed->name, fed->old, fed->old_since, error);
  if (zifu_rational_sign (rest) == 0)
    return _zifu_ledger_run (self, error, "DELETE FROM cum_d WHERE psn_no = ? AND cum_type_code = ?", "it", original->member_id,
                             fed->name);
  if (since == original->date && !find_first_feed (self, original->member_id, fed->name, since, &first, error))
    return FALSE;
  return _zifu_ledger_put_counter (self, original->member_id, fed->name, rest, first != 0 ? first : since, error);
}

static gboolean
read_total (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, gboolean *there, ZifuRational *total, ZifuDate *since,
            GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    self, error, "SELECT cum, since FROM cum_d WHERE psn_no = ? AND cum_type_code = ?", "it", original->member_id, fed->name);

  if (statement == NULL || !_zifu_ledger_step (self, statement, there, error))
    return FALSE;
  *since = *there ? _zifu_column_date (statement, 1) : 0;
  return !*there || _zifu_column_rational (statement, 0, total, error);
}

/* Whether a total of this period holds what the settlement fed: one that is typed late may lie before the day on which the period began. */
static gboolean
is_of_period (const ZifuEntry *original, const Fed *fed, ZifuDate since)
{
  return since >= fed->since && since <= MAX (original->date, fed->since);
}

/* What the total is without the settlement.  A total whose period began anew since then holds nothing of it any more. */
static gboolean
give_back_counter (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, GError **error)
{
  ZifuRational now = ZIFU_RATIONAL_ZERO, rest;
  ZifuDate since;
  gboolean there;

  if (!read_total (self, original, fed, &there, &now, &since, error))
    return FALSE;
  if (!there || !is_of_period (original, fed, since))
    return TRUE;

  if (!zifu_rational_sub (now, fed->fed, &rest) || zifu_rational_sign (rest) < 0)
    rest = ZIFU_RATIONAL_ZERO;
  return put_rest (self, original, fed, rest, since, error);
}

/* ---- a settlement whose refund is taken back */

static gboolean
put_sum (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuRational now, ZifuDate since, GError **error)
{
  ZifuRational sum;

  if (zifu_rational_add (now, fed->fed, &sum))
    return _zifu_ledger_put_counter (self, original->member_id, fed->name, sum, since, error);
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT, _("The amount is too large."));
  return FALSE;
}

/* The period begins where it began, or with the settlement itself when what began it was refunded as well. */
static gboolean
put_from_its_beginning (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuRational now, GError **error)
{
  gint64 gone;

  if (!_zifu_ledger_get_int (self, &gone, error,
                             "SELECT COUNT (*) FROM setl_d s JOIN setl_cum_d c ON c.setl_id = s.setl_id WHERE s.psn_no = ?"
                             " AND s.setl_id <> ? AND s.refd_setl_flag = '1' AND s.setl_time = ? AND c.cum_type_code = ?",
                             "iidt", original->member_id, original->settlement_id, fed->since, fed->name))
    return FALSE;
  return put_sum (self, original, fed, now, gone != 0 ? original->date : fed->since, error);
}

static gboolean
refuse_total (GError **error)
{
  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_REFERRED,
                       _("Since this refund other visits have begun the totals of the year anew; it can no longer be said what they would"
                         " be without it. Nothing was changed."));
  return FALSE;
}

/* How the visit that began the total that stands belongs to the settlement. */
typedef enum { BEGUN_BY_NONE, BEGUN_TOGETHER, BEGUN_APART, BEGUN_SINCE } Beginning;

/*
 * Two visits belong to one period or do not, as the rules said when the later one was recorded.  A visit that was recorded after the refund
 * knew nothing of the settlement.  One that was refunded in its turn tells as much: a total that comes back may begin with it.
 */
static gboolean
find_beginning (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuDate since, Beginning *beginning, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error,
                          "SELECT COUNT (*), MAX (c.since = ?), MAX (e.rid > ?) FROM setl_d s JOIN setl_cum_d c ON c.setl_id = s.setl_id"
                          " JOIN acct_incexpd_d e ON e.setl_id = s.setl_id AND e.psn_no = s.psn_no WHERE s.psn_no = ?"
                          " AND s.setl_time = ? AND c.cum_type_code = ? AND " FED,
                          "diidt", fed->since, fed->refund_id, original->member_id, since, fed->name);
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return FALSE;
  *beginning = sqlite3_column_int (statement, 0) == 0 ? BEGUN_BY_NONE
               : sqlite3_column_int (statement, 1)    ? BEGUN_TOGETHER
               : sqlite3_column_int (statement, 2)    ? BEGUN_SINCE
                                                      : BEGUN_APART;
  return TRUE;
}

/* The total stands for a period that begins after the visit: it moved on to the next visit when this one was refunded, or it is another
 * period, or somebody stated it. */
static gboolean
count_before_total (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuRational now, ZifuDate since, GError **error)
{
  Beginning beginning;

  if (!find_beginning (self, original, fed, since, &beginning, error))
    return FALSE;
  if (beginning == BEGUN_TOGETHER)
    return put_from_its_beginning (self, original, fed, now, error);
  return beginning != BEGUN_SINCE || refuse_total (error);
}

/* The total stands for a period before that of the visit. */
static gboolean
count_after_total (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, ZifuRational now, ZifuDate since, GError **error)
{
  Beginning beginning;

  if (fed->has_old && fed->old_since == since && zifu_rational_equal (fed->old, now))
    return put_sum (self, original, fed, fed->same_period ? now : ZIFU_RATIONAL_ZERO, fed->since, error);
  /* Stated since then, for whatever visit comes next. */
  if (since == 0)
    return TRUE;
  if (!find_beginning (self, original, fed, since, &beginning, error))
    return FALSE;
  return beginning == BEGUN_APART ? put_from_its_beginning (self, original, fed, ZIFU_RATIONAL_ZERO, error) : refuse_total (error);
}

/* What the total is with the settlement once more: what give_back_counter() took from it, where it stands now. */
static gboolean
count_again (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, GError **error)
{
  ZifuRational now = ZIFU_RATIONAL_ZERO;
  ZifuDate since;
  gboolean there;

  if (!read_total (self, original, fed, &there, &now, &since, error))
    return FALSE;
  if (!there)
    return put_from_its_beginning (self, original, fed, now, error);
  if (is_of_period (original, fed, since))
    return put_sum (self, original, fed, now, since, error);
  return since > original->date ? count_before_total (self, original, fed, now, since, error)
                                : count_after_total (self, original, fed, now, since, error);
}

/* ---- */

static gboolean
for_each_fed (ZifuLedger *self, const ZifuEntry *original, gint64 refund_id,
              gboolean (*change) (ZifuLedger *self, const ZifuEntry *original, const Fed *fed, GError **error), GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT cum_type_code, old_cum, old_since, cum, since FROM setl_cum_d"
                          " WHERE setl_id = ? AND cum NOT NULL",
                          "i", original->settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      Fed fed = { .old = ZIFU_RATIONAL_ZERO, .refund_id = refund_id };
      ZifuRational after;

      if (!row)
        return TRUE;
      fed.name = (const char *) sqlite3_column_text (statement, 0);
      fed.has_old = sqlite3_column_type (statement, 1) != SQLITE_NULL;
      fed.old_since = _zifu_column_date (statement, 2);
      fed.since = _zifu_column_date (statement, 4);
      fed.same_period = fed.has_old && (fed.old_since == 0 || fed.old_since == fed.since);
      if ((fed.has_old && !_zifu_column_rational (statement, 1, &fed.old, error)) || !_zifu_column_rational (statement, 3, &after, error))
        return FALSE;
      if (zifu_rational_sub (after, fed.same_period ? fed.old : ZIFU_RATIONAL_ZERO, &fed.fed) &&
          zifu_rational_sign (fed.fed) != 0 && !change (self, original, &fed, error))
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_ledger_count_settlement_again:
 *
 * Feeds the totals of the year once more with the settlement behind @original, whose refund is taken back; @refund_id was its number.
 *
 * Returns: %FALSE with %ZIFU_LEDGER_ERROR_REFERRED when nobody can say what the totals would be
 */
gboolean
_zifu_ledger_count_settlement_again (ZifuLedger *self, const ZifuEntry *original, gint64 refund_id, GError **error)
{
  return for_each_fed (self, original, refund_id, count_again, error);
}

static gboolean
refund_relatives (ZifuLedger *self, const ZifuEntry *original, const ZifuEntry *refund, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT rid, psn_no, pay_sumamt FROM acct_incexpd_d WHERE setl_id = ? AND kind = 'family'"
                          " ORDER BY rid",
                          "i", original->settlement_id);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      ZifuEntry entry = { .kind = ZIFU_ENTRY_REFUND, .base = -1 };

      if (!row)
        return TRUE;

      entry.member_id = sqlite3_column_int64 (statement, 1);
      entry.date = refund->date;
      entry.amount = sqlite3_column_int64 (statement, 2);
      entry.institution = original->institution;
      entry.note = refund->note;
      entry.relative_id = original->member_id;
      entry.original_id = sqlite3_column_int64 (statement, 0);
      entry.provenance = refund->provenance;
      if (_zifu_ledger_insert_entry (self, &entry, error) == 0)
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_ledger_reverse_settlement:
 *
 * Undoes what stands behind the row that @refund names, if there is a settlement behind it.
 */
gboolean
_zifu_ledger_reverse_settlement (ZifuLedger *self, const ZifuEntry *refund, GError **error)
{
  g_autoptr (ZifuEntry) original = zifu_ledger_get_entry (self, refund->original_id, error);

  if (original == NULL)
    return FALSE;
  if (original->settlement_id == 0)
    return TRUE;

  return _zifu_ledger_run (self, error, "UPDATE setl_d SET refd_setl_flag = '1' WHERE setl_id = ?", "i", original->settlement_id) &&
         for_each_fed (self, original, 0, give_back_counter, error) && refund_relatives (self, original, refund, error);
}

static gboolean
link_refund (ZifuLedger *self, ZifuEntry *refund, gint64 original_id, GError **error)
{
  g_autoptr (ZifuEntry) original = zifu_ledger_get_entry (self, original_id, error);

  if (original == NULL)
    return FALSE;
  refund->original_id = original_id;
  if (refund->kind != ZIFU_ENTRY_REFUND || original->settlement_id != 0)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_INPUT,
                           refund->kind != ZIFU_ENTRY_REFUND
                             ? _("Only a refund reverses another entry.")
                             : _("A visit that was worked out here is refunded in the history, not by a file."));
      return FALSE;
    }
  return _zifu_ledger_check_refund (self, refund, error) &&
         _zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('a refund is tied to its original')", error) &&
         _zifu_ledger_run (self, error, "UPDATE acct_incexpd_d SET init_rid = ? WHERE rid = ? AND init_rid IS NULL", "ii", original_id,
                           refund->id) &&
         _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);
}

/**
 * zifu_ledger_link_refund:
 * @self: a ledger, also one with a running import
 * @refund_id: a refund that came without what it takes back
 * @original_id: the row that it takes back
 * @error: return location for an error
 *
 * Ties a refund to its original.  One that is tied already stays as it is.
 *
 * Returns: whether it is tied; %FALSE with %ZIFU_LEDGER_ERROR_INPUT when it cannot be, as for zifu_ledger_add_import_entry()
 */
gboolean
zifu_ledger_link_refund (ZifuLedger *self, gint64 refund_id, gint64 original_id, GError **error)
{
  g_autoptr (ZifuEntry) refund = NULL;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), FALSE);

  refund = zifu_ledger_get_entry (self, refund_id, error);
  if (refund == NULL || refund->original_id != 0)
    return refund != NULL;
  if (self->import != NULL)
    return link_refund (self, refund, original_id, error);
  if (!_zifu_ledger_begin (self, error))
    return FALSE;
  return _zifu_ledger_end (self, link_refund (self, refund, original_id, error), error);
}
