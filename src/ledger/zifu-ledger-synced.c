/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-private.h"

/* Rows of history that a source brings, changes and takes away. */

static int
compare_moves (gconstpointer a, gconstpointer b)
{
  const ZifuBalanceMove *x = a, *y = b;

  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

/* What moved up to this row. */
static ZifuMoney
take_moves (GArray *moves, guint *next, ZifuDate date, gint64 id, gboolean *fresh)
{
  ZifuMoney sum = 0;

  for (; *next < moves->len; (*next)++)
    {
      const ZifuBalanceMove *move = &g_array_index (moves, ZifuBalanceMove, *next);

      if (move->date > date || (move->date == date && move->id > id))
        break;
      sum += move->amount;
      *fresh = *fresh || (move->lands && move->id == id);
    }
  return sum;
}

/*
 * _zifu_ledger_move_balances:
 * @last_old: entries with a greater number are new: their balances are not known yet
 * @moves: of ZifuBalanceMove: what rows that were there before gained, lost or took away with them; it is sorted
 * @from: first day that is concerned
 *
 * Brings the recorded balances of an account up to date after rows came, changed and went.  A balance that did not agree with the movements
 * before does not agree afterwards, by the same amount.
 */
gboolean
_zifu_ledger_move_balances (ZifuLedger *self, gint64 member_id, gint64 last_old, GArray *moves, ZifuDate from, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = NULL, update = NULL;
  ZifuMoney before = 0, shift = 0;
  gboolean row, done;
  guint next = 0;

  g_array_sort (moves, compare_moves);
  if (!_zifu_ledger_get_int (self, &before, error,
                             "SELECT balc FROM acct_incexpd_d WHERE psn_no = ? AND acct_modi_date < ?"
                             " ORDER BY acct_modi_date DESC, rid DESC LIMIT 1",
                             "id", member_id, from))
    return FALSE;
  rows = _zifu_ledger_prepare (self, error,
                               "SELECT rid, acct_modi_date, inc_sumamt - pay_sumamt, balc FROM acct_incexpd_d WHERE psn_no = ?"
                               " AND acct_modi_date >= ? ORDER BY acct_modi_date, rid",
                               "id", member_id, from);
  if (rows != NULL)
    update = _zifu_ledger_prepare (self, error, "UPDATE acct_incexpd_d SET balc = ? WHERE rid = ?", "ii", G_GINT64_CONSTANT (0),
                                   G_GINT64_CONSTANT (0));
  if (update == NULL)
    return FALSE;
  while (_zifu_ledger_step (self, rows, &row, error))
    {
      gint64 id = row ? sqlite3_column_int64 (rows, 0) : 0;
      ZifuMoney amount = row ? sqlite3_column_int64 (rows, 2) : 0, recorded = row ? sqlite3_column_int64 (rows, 3) : 0;
      gboolean fresh = id > last_old;

      if (!row)
        return TRUE;
      shift += take_moves (moves, &next, _zifu_column_date (rows, 1), id, &fresh);
      if (id > last_old)
        shift += amount;
      before = fresh ? before + amount : recorded + shift;
      if (before == recorded)
        continue;
      if (!_zifu_ledger_bind (self, update, error, "ii", before, id) || !_zifu_ledger_step (self, update, &done, error))
        return FALSE;
      sqlite3_reset (update);
    }
  return FALSE;
}

/* The rows that go, as moves of the balances. */
static GArray *
list_leaving (ZifuLedger *self, gint64 member_id, ZifuDate *from, GError **error)
{
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (ZifuBalanceMove));
  g_autoptr (sqlite3_stmt) rows = _zifu_ledger_prepare (
    self, error, "SELECT acct_modi_date, rid, pay_sumamt - inc_sumamt FROM acct_incexpd_d WHERE psn_no = ? AND provenance = 'synced'", "i",
    member_id);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self, rows, &row, error))
    {
      ZifuBalanceMove move = { 0 };

      if (!row)
        return g_steal_pointer (&moves);
      move.date = _zifu_column_date (rows, 0);
      move.id = sqlite3_column_int64 (rows, 1);
      move.amount = sqlite3_column_int64 (rows, 2);
      *from = *from == 0 ? move.date : MIN (*from, move.date);
      g_array_append_val (moves, move);
    }
  return NULL;
}

/* An opening balance that somebody typed is again what it was. */
static gboolean
restore_opening (ZifuLedger *self, gint64 member_id, gint64 connection_id, GArray *moves, ZifuDate *from, GError **error)
{
  g_autoptr (sqlite3_stmt) opening = _zifu_ledger_prepare (
    self, error,
    "SELECT e.rid, e.acct_modi_date, e.inc_sumamt - e.pay_sumamt, c.open_date, c.open_amt FROM acct_incexpd_d e, sync_d c"
    " WHERE e.psn_no = ? AND e.souc_rid = '" ZIFU_SYNC_OPENING_KEY "' AND e.provenance <> 'synced' AND c.sync_id = ?"
    " AND c.open_date IS NOT NULL",
    "ii", member_id, connection_id);
  ZifuMoney was, is;
  ZifuDate day_was, day_is;
  ZifuBalanceMove move;
  gboolean row;
  gint64 id;

  if (opening == NULL || !_zifu_ledger_step (self, opening, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  id = sqlite3_column_int64 (opening, 0);
  day_is = _zifu_column_date (opening, 1);
  is = sqlite3_column_int64 (opening, 2);
  day_was = _zifu_column_date (opening, 3);
  was = sqlite3_column_int64 (opening, 4);
  move = (ZifuBalanceMove){ day_is, id, -is, FALSE };
  g_array_append_val (moves, move);
  move = (ZifuBalanceMove){ day_was, id, was, TRUE };
  g_array_append_val (moves, move);
  *from = *from == 0 ? MIN (day_is, day_was) : MIN (*from, MIN (day_is, day_was));
  return _zifu_ledger_run (
    self, error,
    "UPDATE acct_incexpd_d SET acct_modi_date = ?, inc_sumamt = ?, pay_sumamt = ?, kind = 'opening', souc_rid = NULL WHERE rid = ?",
    "diii", day_was, MAX (was, 0), MAX (-was, 0), id);
}

static gboolean
delete_rows (ZifuLedger *self, gint64 member_id, GError **error)
{
#define OF_SYNCED "setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?1 AND provenance = 'synced')"
  static const char *const statements[] = {
    "UPDATE acct_incexpd_d SET init_rid = NULL WHERE psn_no = ?1 AND provenance <> 'synced' AND init_rid IN"
    " (SELECT rid FROM acct_incexpd_d WHERE psn_no = ?1 AND provenance = 'synced')",
    "UPDATE acct_incexpd_d SET init_rid = NULL WHERE psn_no = ?1 AND provenance = 'synced'",
    "UPDATE acct_incexpd_d SET setl_id = NULL WHERE provenance <> 'synced' AND " OF_SYNCED,
    "DELETE FROM acct_incexpd_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "DELETE FROM presetl_pair_d WHERE " OF_SYNCED,
    "DELETE FROM setl_purse_d WHERE " OF_SYNCED,
    "DELETE FROM setl_mulaid_d WHERE " OF_SYNCED,
    "DELETE FROM setl_cum_d WHERE " OF_SYNCED,
    "DELETE FROM setl_base_d WHERE " OF_SYNCED,
    "DELETE FROM setl_axis_d WHERE " OF_SYNCED,
    "DELETE FROM setl_input_d WHERE " OF_SYNCED,
    "DELETE FROM feedetl_d WHERE " OF_SYNCED,
    "DELETE FROM setldetail WHERE " OF_SYNCED,
    "DELETE FROM setl_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "UPDATE setl_d SET souc_rid = NULL WHERE psn_no = ?1 AND souc_rid IS NOT NULL AND impt_id IS NULL",
    "DELETE FROM psn_clct_detl_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "DELETE FROM psn_mulaid_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "DELETE FROM cum_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "DELETE FROM psn_insu_d WHERE psn_no = ?1 AND provenance = 'synced'",
    "DELETE FROM crtyear_d WHERE psn_no = ?1 AND provenance = 'synced'",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!_zifu_ledger_run (self, error, statements[i], "i", member_id))
      return FALSE;
  return _zifu_ledger_drop_texts (self, error);
}

/*
 * _zifu_ledger_drop_synced:
 *
 * Takes away everything that a source brought for a person, inside a transaction that is running.  What somebody typed or imported stays,
 * and the balances after it are those of what stays.
 */
gboolean
_zifu_ledger_drop_synced (ZifuLedger *self, gint64 member_id, gint64 connection_id, GError **error)
{
  g_autoptr (GArray) moves = NULL;
  ZifuDate from = 0;

  if (!_zifu_ledger_touch (self, member_id, error) ||
      !_zifu_ledger_exec (self, "INSERT INTO unlock_d (reason) VALUES ('an account is disconnected')", error))
    return FALSE;
  /* What a file had brought before the source did is the file's again. */
  if (!_zifu_ledger_run (self, error,
                         "UPDATE acct_incexpd_d SET provenance = 'imported', souc_rid = NULL WHERE psn_no = ? AND provenance = 'synced'"
                         " AND impt_id IS NOT NULL",
                         "i", member_id))
    return FALSE;
  moves = list_leaving (self, member_id, &from, error);
  if (moves == NULL || !delete_rows (self, member_id, error) || !restore_opening (self, member_id, connection_id, moves, &from, error))
    return FALSE;
  return (from == 0 || (_zifu_ledger_move_balances (self, member_id, G_MAXINT64, moves, from, error) &&
                        _zifu_ledger_count_months (self, member_id, zifu_month_of (from), error))) &&
         _zifu_ledger_exec (self, "DELETE FROM unlock_d", error);
}
