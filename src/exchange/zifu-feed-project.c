/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <string.h>

#include "zifu-mapping-private.h"

/*
 * From the rows of a source to what people see.  A movement is an entry with the source's number as its key; a visit by which the account
 * did not move is an entry of its own.  What a person typed or imported before and the source brings as well is not doubled: the entry
 * becomes the source's, with its note; it keeps to its import, and is the file's again when the source is disconnected.  What the source
 * takes back goes, except what somebody wrote.
 */

#define MAX_TEXTS 5000

/* A row of the source on its way into the history. */
typedef struct {
  const char   *key;
  const char   *lonely_key; /* nullable: of the visit's own entry, which becomes this one */
  ZifuDate      date;
  ZifuEntryKind kind;
  const char   *code;
  ZifuMoney     amount;
  const char   *place;      /* nullable */
  gint64        settlement_id;
} Item;

/* An entry that is there. */
typedef struct {
  gint64         id, settlement_id, relative_id, place_id, note_id;
  ZifuDate       date;
  ZifuMoney      amount;
  ZifuProvenance provenance;
  char           kind[16];
  char           code[16];
  gboolean       has_key;
} Known;

#define KNOWN "SELECT rid, setl_id, relt_psn_no, fixmedins_id, memo_id, acct_modi_date, inc_sumamt - pay_sumamt, provenance, kind," \
              " acct_incexpd_type, souc_rid IS NOT NULL FROM acct_incexpd_d WHERE psn_no = ?"

static gboolean
read_known (ZifuFeedProjection *self, sqlite3_stmt *statement, Known *known, gboolean *found, GError **error)
{
  if (!_zifu_ledger_step (self->mirror->ledger, statement, found, error))
    return FALSE;
  if (*found)
    {
      known->id = sqlite3_column_int64 (statement, 0);
      known->settlement_id = sqlite3_column_int64 (statement, 1);
      known->relative_id = sqlite3_column_int64 (statement, 2);
      known->place_id = sqlite3_column_int64 (statement, 3);
      known->note_id = sqlite3_column_int64 (statement, 4);
      known->date = _zifu_column_date (statement, 5);
      known->amount = sqlite3_column_int64 (statement, 6);
      known->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 7));
      g_strlcpy (known->kind, (const char *) sqlite3_column_text (statement, 8), sizeof known->kind);
      g_strlcpy (known->code, (const char *) sqlite3_column_text (statement, 9), sizeof known->code);
      known->has_key = sqlite3_column_int (statement, 10);
    }
  sqlite3_reset (statement);
  return TRUE;
}

static gboolean
find_by_key (ZifuFeedProjection *self, const char *key, Known *known, gboolean *found, GError **error)
{
  *found = FALSE;
  if (key == NULL)
    return TRUE;
  sqlite3_reset (self->by_key);
  sqlite3_bind_text (self->by_key, 2, key, -1, SQLITE_TRANSIENT);
  return read_known (self, self->by_key, known, found, error);
}

static gboolean
is_care (ZifuEntryKind kind)
{
  return kind == ZIFU_ENTRY_OUTPATIENT || kind == ZIFU_ENTRY_PHARMACY || kind == ZIFU_ENTRY_INPATIENT;
}

/*
 * The same thing on the same day, which a person typed or imported and which no source has claimed yet: of one amount, and of one kind
 * where a person said the kind (a file's was guessed), or a relative's payment.  Of equal ones the place decides, then the age; the others
 * stay: two entries for one thing are seen and mended, one that swallowed something else is lost.
 */
static gboolean
find_other (ZifuFeedProjection *self, const Item *item, Known *known, gboolean *found, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  *found = FALSE;
  if (!self->has_others || (item->amount == 0 && item->settlement_id == 0))
    return TRUE;
  statement = _zifu_ledger_prepare (self->mirror->ledger, error,
                                    KNOWN " AND acct_modi_date = ? AND inc_sumamt + pay_sumamt = ? AND inc_sumamt - pay_sumamt = ?"
                                          " AND provenance <> 'synced' AND (souc_rid IS NULL OR souc_rid LIKE 'h:%') AND kind <> 'opening'"
                                          " AND (inc_sumamt <> pay_sumamt OR setl_id = ?5) AND (kind = ?6 OR provenance = 'imported' OR"
                                          " (kind = 'family' AND ?7)) ORDER BY kind <> ?6, IFNULL ((SELECT txt FROM txt_d WHERE txt_id ="
                                          " fixmedins_id), '') <> IFNULL (?8, ''), rid LIMIT 1",
                                    "idiiitit", self->member->id, item->date, ABS (item->amount), item->amount, item->settlement_id,
                                    _zifu_entry_kind_name (item->kind), (gint64) is_care (item->kind), item->place);
  return statement != NULL && read_known (self, statement, known, found, error);
}

static gboolean
find_text (ZifuFeedProjection *self, const char *text, gint64 *id, GError **error)
{
  const gint64 *known;

  *id = 0;
  if (text == NULL || *text == '\0')
    return TRUE;
  known = g_hash_table_lookup (self->texts, text);
  if (known != NULL)
    {
      *id = *known;
      return TRUE;
    }
  if (!_zifu_ledger_put_text (self->mirror->ledger, text, id, error))
    return FALSE;
  if (g_hash_table_size (self->texts) >= MAX_TEXTS)
    g_hash_table_remove_all (self->texts);
  g_hash_table_insert (self->texts, g_strdup (text), g_memdup2 (id, sizeof *id));
  return TRUE;
}

static void
touch_day (ZifuFeedProjection *self, ZifuDate date)
{
  self->from = self->from == 0 ? date : MIN (self->from, date);
}

static void
add_move (ZifuFeedProjection *self, ZifuDate date, gint64 id, ZifuMoney amount, gboolean lands)
{
  ZifuBalanceMove move = { date, id, amount, lands };

  g_array_append_val (self->moves, move);
  touch_day (self, date);
}

/* A row of before is worth something else now, or stands on another day. */
static void
move_known (ZifuFeedProjection *self, const Known *known, ZifuDate date, ZifuMoney amount)
{
  if (known->date == date && known->amount == amount)
    return;
  if (known->date == date)
    add_move (self, date, known->id, amount - known->amount, FALSE);
  else
    {
      add_move (self, known->date, known->id, -known->amount, FALSE);
      add_move (self, date, known->id, amount, TRUE);
    }
}

static gboolean
update_entry (ZifuFeedProjection *self, const Item *item, const Known *known, GError **error)
{
  gboolean typed = known->provenance == ZIFU_PROVENANCE_TYPED || known->provenance == ZIFU_PROVENANCE_SAMPLE;
  const char *kind = typed || known->relative_id != 0 ? known->kind : _zifu_entry_kind_name (item->kind);
  const char *code = typed ? known->code : item->code;
  gint64 settlement = typed && known->settlement_id != 0 ? known->settlement_id : item->settlement_id, place;

  if (!find_text (self, item->place, &place, error))
    return FALSE;
  if (place == 0 || (typed && known->place_id != 0))
    place = known->place_id;
  move_known (self, known, item->date, item->amount);
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "UPDATE acct_incexpd_d SET souc_rid = ?2, acct_modi_date = ?3, kind = ?4, acct_incexpd_type = ?5,"
                           " inc_sumamt = ?6, pay_sumamt = ?7, fixmedins_id = ?8, setl_id = ?9,"
                           " provenance = IIF (?10, provenance, 'synced') WHERE rid = ?1",
                           "itdttiirri", known->id, item->key, item->date, kind, code, MAX (item->amount, 0), MAX (-item->amount, 0), place,
                           settlement, (gint64) typed);
}

static gboolean
insert_entry (ZifuFeedProjection *self, const Item *item, GError **error)
{
  ZifuEntry entry = { .base = -1, .provenance = ZIFU_PROVENANCE_SYNCED };
  gint64 place;

  entry.member_id = self->member->id;
  entry.date = item->date;
  entry.kind = item->kind;
  entry.incexpd_type = (char *) item->code;
  entry.amount = item->amount;
  entry.settlement_id = item->settlement_id;
  entry.souc_rid = (char *) item->key;
  if (!find_text (self, item->place, &place, error))
    return FALSE;
  if (item->date < self->newest)
    self->in_order = FALSE;
  self->newest = MAX (self->newest, item->date);
  self->balance += item->amount;
  touch_day (self, item->date);
  return _zifu_ledger_run_insert (self->mirror->ledger, self->insert, &entry, self->balance, place, 0, 0, error);
}

static gboolean
put_item (ZifuFeedProjection *self, const Item *item, GError **error)
{
  gboolean found;
  Known known;

  if (!find_by_key (self, item->key, &known, &found, error) || (!found && !find_by_key (self, item->lonely_key, &known, &found, error)) ||
      (!found && !find_other (self, item, &known, &found, error)))
    return FALSE;
  return found ? update_entry (self, item, &known, error) : insert_entry (self, item, error);
}

/* ---- what the source took back */

/* What somebody wrote beside an entry stays, without the money. */
static gboolean
drop_entry (ZifuFeedProjection *self, const char *key, GError **error)
{
  gboolean found;
  Known known;

  if (!find_by_key (self, key, &known, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (known.provenance == ZIFU_PROVENANCE_TYPED || known.provenance == ZIFU_PROVENANCE_SAMPLE)
    return _zifu_ledger_run (self->mirror->ledger, error, "UPDATE acct_incexpd_d SET souc_rid = NULL WHERE rid = ?", "i", known.id);
  if (known.note_id != 0)
    {
      move_known (self, &known, known.date, 0);
      return _zifu_ledger_run (self->mirror->ledger, error,
                               "UPDATE acct_incexpd_d SET inc_sumamt = 0, pay_sumamt = 0, souc_rid = NULL, provenance = 'imported'"
                               " WHERE rid = ?",
                               "i", known.id);
    }
  add_move (self, known.date, known.id, -known.amount, FALSE);
  return _zifu_ledger_run (self->mirror->ledger, error, "UPDATE acct_incexpd_d SET init_rid = NULL WHERE init_rid = ?", "i", known.id) &&
         _zifu_ledger_run (self->mirror->ledger, error, "DELETE FROM acct_incexpd_d WHERE rid = ?", "i", known.id);
}

static gboolean
drop_withdrawn (ZifuFeedProjection *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT id FROM sync_row_d WHERE sync_id = ? AND gen = ? AND fresh = 1 AND type IN ('acct_detl', 'setlinfo')"
                          " AND vali_flag = '0'",
                          "ii", self->mirror->sync_id, self->mirror->gen);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->mirror->ledger, rows, &row, error))
    {
      if (!row)
        return TRUE;
      if (!drop_entry (self, (const char *) sqlite3_column_text (rows, 0), error))
        return FALSE;
    }
  return FALSE;
}

/* ---- movements and visits */

static ZifuDate
read_day (sqlite3_stmt *statement, int column)
{
  g_autofree char *day = g_strndup ((const char *) sqlite3_column_text (statement, column), 10);

  return zifu_date_parse (day);
}

/* Columns: type, id, time, income, outlay, code, refer_id, settlement's med_type, place, its number here, whether it is the first of its
 * settlement, whether a movement stands for it. */
static const char item_sql[] =
  "SELECT m.type, m.id, m.crte_time, m.inc_sumamt, m.pay_sumamt, m.code, m.refer_id, s.code,"
  " CASE m.type WHEN 'setlinfo' THEN m.json ->> '$.fixmedins_name' ELSE s.json ->> '$.fixmedins_name' END,"
  " (SELECT d.setl_id FROM setl_d d WHERE d.psn_no = ?2 AND d.souc_rid = IIF (m.type = 'setlinfo', m.id, m.refer_id)),"
  " NOT EXISTS (SELECT 1 FROM sync_row_d f WHERE f.sync_id = m.sync_id AND f.gen = m.gen AND f.refer_id = m.refer_id"
  "  AND +f.type = 'acct_detl' AND f.code = '201' AND f.vali_flag = '1' AND f.seq < m.seq),"
  " m.type = 'setlinfo' AND EXISTS (SELECT 1 FROM sync_row_d f WHERE f.sync_id = m.sync_id AND f.gen = m.gen AND +f.type = 'acct_detl'"
  "  AND f.vali_flag = '1' AND f.refer_id IN (m.id, m.refer_id) AND (f.refer_id = m.id OR f.code = '109'))"
  " FROM sync_row_d m LEFT JOIN sync_row_d s ON m.type = 'acct_detl' AND s.sync_id = m.sync_id AND s.gen = m.gen AND s.type = 'setlinfo'"
  " AND s.id = m.refer_id AND s.vali_flag = '1' WHERE m.row_id = ?1";

static gboolean
project_item (ZifuFeedProjection *self, sqlite3_stmt *row, GError **error)
{
  gboolean visit = g_strcmp0 ((const char *) sqlite3_column_text (row, 0), "setlinfo") == 0;
  const char *source = (const char *) sqlite3_column_text (row, 6), *code = (const char *) sqlite3_column_text (row, 5);
  Item item = { .key = (const char *) sqlite3_column_text (row, 1), .date = read_day (row, 2) };

  item.place = (const char *) sqlite3_column_text (row, 8);
  if (visit)
    {
      if (sqlite3_column_int (row, 11))
        return TRUE;
      /* A reversal by which the account did not move. */
      item.code = source != NULL ? "109" : "201";
      item.kind = source != NULL ? ZIFU_ENTRY_REFUND : _zifu_entry_kind_of_care (_zifu_feed_care (code));
      item.settlement_id = source != NULL ? 0 : sqlite3_column_int64 (row, 9);
      return put_item (self, &item, error);
    }
  item.amount = sqlite3_column_int64 (row, 3) - sqlite3_column_int64 (row, 4);
  item.code = code;
  item.kind = _zifu_feed_find_kind (self, code, (const char *) sqlite3_column_text (row, 7), item.amount);
  if (g_str_equal (code, "201") && sqlite3_column_int (row, 10))
    item.settlement_id = sqlite3_column_int64 (row, 9);
  item.lonely_key = source;
  return put_item (self, &item, error);
}

static gboolean
project_items (ZifuFeedProjection *self, const char *which, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT row_id FROM sync_row_d m WHERE sync_id = ? AND gen = ? AND vali_flag = '1' AND ", which,
                                      " ORDER BY crte_time, seq", NULL);
  g_autoptr (sqlite3_stmt) ids = _zifu_ledger_prepare (self->mirror->ledger, error, sql, "ii", self->mirror->sync_id, self->mirror->gen);
  g_autoptr (sqlite3_stmt) item = NULL;
  gboolean row, there;

  if (ids != NULL)
    item = _zifu_ledger_prepare (self->mirror->ledger, error, item_sql, "ii", G_GINT64_CONSTANT (0), self->member->id);
  while (item != NULL && _zifu_ledger_step (self->mirror->ledger, ids, &row, error))
    {
      if (!row)
        return TRUE;
      sqlite3_reset (item);
      sqlite3_bind_int64 (item, 1, sqlite3_column_int64 (ids, 0));
      if (!_zifu_ledger_step (self->mirror->ledger, item, &there, error) || (there && !project_item (self, item, error)))
        return FALSE;
    }
  return FALSE;
}

/* After rows changed or went, a visit may have lost the movement that stood for it, and an entry its settlement. */
static gboolean
project_lonely (ZifuFeedProjection *self, GError **error)
{
  g_autofree char *which = NULL;

  if (!self->mirror->has_shown)
    return TRUE;
  which = g_strdup_printf ("type = 'setlinfo' AND fresh = 0 AND NOT EXISTS (SELECT 1 FROM acct_incexpd_d e WHERE e.psn_no ="
                           " %" G_GINT64_FORMAT " AND e.souc_rid = m.id)", self->member->id);
  return project_items (self, which, error);
}

/* What takes back names what it takes back, when there is exactly one and it can be that one. */
static gboolean
link_refunds (ZifuFeedProjection *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT m.id, IFNULL ((SELECT r.refer_id FROM sync_row_d r WHERE r.sync_id = m.sync_id AND r.gen = m.gen"
                          "  AND r.type = 'setlinfo' AND r.id = m.refer_id), m.refer_id) FROM sync_row_d m WHERE m.sync_id = ? AND"
                          " m.gen = ?"
                          " AND m.fresh = 1 AND m.vali_flag = '1' AND m.refer_id IS NOT NULL AND ((m.type = 'acct_detl' AND m.code = '109')"
                          " OR m.type = 'setlinfo')",
                          "ii", self->mirror->sync_id, self->mirror->gen);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->mirror->ledger, rows, &row, error))
    {
      if (!row)
        return TRUE;
      if (!_zifu_ledger_run (self->mirror->ledger, error,
                             "UPDATE acct_incexpd_d SET init_rid = o.rid FROM (SELECT MIN (e.rid) AS rid, MIN (e.acct_modi_date) AS day,"
                             "  MIN (e.inc_sumamt - e.pay_sumamt) AS amount FROM acct_incexpd_d e WHERE e.psn_no = ?1"
                             "  AND e.kind NOT IN ('refund', 'opening') AND e.souc_rid IN (SELECT ?3 UNION ALL SELECT f.id FROM"
                             " sync_row_d f"
                             "   WHERE f.sync_id = ?4 AND f.gen = ?5 AND f.refer_id = ?3 AND +f.type = 'acct_detl' AND f.code = '201'"
                             "   AND f.vali_flag = '1') HAVING COUNT (*) = 1) o"
                             " WHERE psn_no = ?1 AND souc_rid = ?2 AND kind = 'refund' AND init_rid IS NULL AND acct_modi_date >= o.day"
                             " AND ((o.amount = 0 AND inc_sumamt = 0) OR (o.amount < 0 AND pay_sumamt = 0 AND inc_sumamt <= -o.amount))"
                             " AND NOT EXISTS (SELECT 1 FROM acct_incexpd_d x WHERE x.init_rid = o.rid)",
                             "ittii", self->member->id, (const char *) sqlite3_column_text (rows, 0),
                             (const char *) sqlite3_column_text (rows, 1), self->mirror->sync_id, self->mirror->gen))
        return FALSE;
    }
  return FALSE;
}

/* ---- the balance with which the source begins */

/* The day before the first movement. */
static gboolean
find_opening_day (ZifuFeedProjection *self, ZifuDate *date, GError **error)
{
  g_autoptr (sqlite3_stmt) first =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT MIN (day) FROM (SELECT MIN (substr (crte_time, 1, 10)) AS day FROM sync_row_d WHERE sync_id = ? AND"
                          " gen = ?"
                          " AND crte_time IS NOT NULL AND vali_flag = '1' UNION ALL SELECT MIN (acct_modi_date) FROM acct_incexpd_d"
                          " WHERE psn_no = ? AND kind <> 'opening')",
                          "iii", self->mirror->sync_id, self->mirror->gen, self->member->id);
  gboolean row;

  if (first == NULL || !_zifu_ledger_step (self->mirror->ledger, first, &row, error))
    return FALSE;
  *date = row ? _zifu_column_date (first, 0) : 0;
  *date = *date > 1 ? *date - 1 : zifu_date_new (2000, 1, 1);
  return TRUE;
}

static gboolean
take_opening (ZifuFeedProjection *self, const Known *known, ZifuMoney amount, ZifuDate date, GError **error)
{
  gboolean typed = known->provenance == ZIFU_PROVENANCE_TYPED || known->provenance == ZIFU_PROVENANCE_SAMPLE;

  if (!known->has_key && typed &&
      !_zifu_ledger_run (self->mirror->ledger, error, "UPDATE sync_d SET open_date = ?, open_amt = ? WHERE sync_id = ?", "dii", known->date,
                         known->amount, self->mirror->sync_id))
    return FALSE;
  move_known (self, known, date, amount);
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "UPDATE acct_incexpd_d SET souc_rid = '" ZIFU_SYNC_OPENING_KEY "', acct_modi_date = ?2, inc_sumamt = ?3,"
                           " pay_sumamt = ?4, kind = IIF (?4 > 0, 'correction', 'opening'), provenance = IIF (?5, provenance, 'synced'),"
                           " impt_id = IIF (?5, impt_id, NULL) WHERE rid = ?1",
                           "idiii", known->id, date, MAX (amount, 0), MAX (-amount, 0), (gint64) typed);
}

/* Raises what the records begin with by @by. */
static gboolean
raise_opening (ZifuFeedProjection *self, ZifuMoney by, GError **error)
{
  Item item = { .key = ZIFU_SYNC_OPENING_KEY, .kind = by < 0 ? ZIFU_ENTRY_CORRECTION : ZIFU_ENTRY_OPENING, .code = "111", .amount = by };
  g_autoptr (sqlite3_stmt) other = NULL;
  gboolean found;
  Known known;

  if (by == 0)
    return TRUE;
  if (!find_opening_day (self, &item.date, error) || !find_by_key (self, item.key, &known, &found, error))
    return FALSE;
  if (!found)
    {
      other = _zifu_ledger_prepare (self->mirror->ledger, error, KNOWN " AND kind = 'opening' ORDER BY acct_modi_date, rid LIMIT 1", "i",
                                    self->member->id);
      if (other == NULL || !read_known (self, other, &known, &found, error))
        return FALSE;
      known.has_key = FALSE;
    }
  return found ? take_opening (self, &known, known.amount + by, MIN (known.date, item.date), error) : insert_entry (self, &item, error);
}

/* What the account here must hold less what it holds. */
static gboolean
find_missing (ZifuFeedProjection *self, const ZifuFeedTotals *totals, ZifuMoney *missing, GError **error)
{
  gint64 moved, held;

  if (!_zifu_ledger_get_int (self->mirror->ledger, &moved, error,
                             "SELECT SUM (inc_sumamt - pay_sumamt) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND crte_time IS NOT NULL"
                             " AND type = 'acct_detl' AND vali_flag = '1'",
                             "ii", self->mirror->sync_id, self->mirror->gen) ||
      !_zifu_ledger_get_int (self->mirror->ledger, &held, error,
                             "SELECT SUM (inc_sumamt - pay_sumamt + adj_sumamt) FROM acct_mon_d WHERE psn_no = ?", "i", self->member->id))
    return FALSE;
  *missing = totals->opening + moved - held;
  return TRUE;
}

static gboolean
settle_balances (ZifuFeedProjection *self, GError **error)
{
  ZifuLedger *ledger = self->mirror->ledger;

  if (self->from == 0)
    return TRUE;
  if ((!self->in_order || self->moves->len > 0) &&
      !_zifu_ledger_move_balances (ledger, self->member->id, self->last_old, self->moves, self->from, error))
    return FALSE;
  return _zifu_ledger_count_months (ledger, self->member->id, zifu_month_of (self->from), error);
}

/* Begins to count what changes. */
static gboolean
start (ZifuFeedProjection *self, GError **error)
{
  g_array_set_size (self->moves, 0);
  self->from = 0;
  self->in_order = TRUE;
  return _zifu_ledger_get_int (self->mirror->ledger, &self->last_old, error, "SELECT MAX (rid) FROM acct_incexpd_d", "") &&
         zifu_ledger_get_balance (self->mirror->ledger, self->member->id, &self->balance, &self->newest, error);
}

/* The opening balance comes first where it can be known, so that the balances after it need not be written twice. */
static gboolean
open_account (ZifuFeedProjection *self, const ZifuFeedTotals *totals, GError **error)
{
  ZifuMoney held;
  gint64 shown;

  if (!_zifu_ledger_get_int (self->mirror->ledger, &shown, error,
                             "SELECT EXISTS (SELECT 1 FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'acct_detl' AND fresh = 0)",
                             "ii",
                             self->mirror->sync_id, self->mirror->gen) ||
      !_zifu_ledger_get_int (self->mirror->ledger, &held, error,
                             "SELECT SUM (inc_sumamt - pay_sumamt + adj_sumamt) FROM acct_mon_d WHERE psn_no = ?", "i", self->member->id))
    return FALSE;
  self->mirror->has_shown = shown != 0;
  if (shown || self->has_others)
    return TRUE;
  return raise_opening (self, totals->opening - held, error) && settle_balances (self, error) && start (self, error);
}

static gboolean
close_account (ZifuFeedProjection *self, const ZifuFeedTotals *totals, gboolean has_movements, GError **error)
{
  ZifuMoney missing = 0;

  if (!settle_balances (self, error))
    return FALSE;
  if (!has_movements && totals->n_accounts == 0)
    return TRUE;
  return find_missing (self, totals, &missing, error) &&
         (missing == 0 || (start (self, error) && raise_opening (self, missing, error) && settle_balances (self, error)));
}

/* What the source reports moves the account, also when nobody said here that there is one. */
static gboolean
ensure_account (ZifuFeedProjection *self, gboolean *has_movements, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self->mirror->ledger, &n, error,
                             "SELECT EXISTS (SELECT 1 FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'acct_detl' AND"
                             " vali_flag = '1')",
                             "ii", self->mirror->sync_id, self->mirror->gen))
    return FALSE;
  *has_movements = n != 0;
  return n == 0 || self->member->has_account ||
         _zifu_ledger_run (self->mirror->ledger, error, "UPDATE psn_b SET acct_flag = 1 WHERE psn_no = ?", "i", self->member->id);
}

static gboolean
prepare (ZifuFeedProjection *self, GError **error)
{
  gint64 others;

  if (!_zifu_ledger_get_int (self->mirror->ledger, &others, error,
                             "SELECT EXISTS (SELECT 1 FROM acct_incexpd_d WHERE psn_no = ? AND provenance <> 'synced' AND kind <>"
                             " 'opening')",
                             "i", self->member->id))
    return FALSE;
  self->has_others = others != 0;
  self->insert = _zifu_ledger_prepare_insert (self->mirror->ledger, error);
  if (self->insert != NULL)
    self->by_key = _zifu_ledger_prepare (self->mirror->ledger, error, KNOWN " AND souc_rid = ?", "it", self->member->id, "");
  return self->by_key != NULL;
}

static gboolean
project (ZifuFeedProjection *self, const ZifuFeedTotals *totals, GError **error)
{
  static const char fresh[] = "fresh = 1 AND type IN ('acct_detl', 'setlinfo')";
  ZifuLedger *ledger = self->mirror->ledger;
  gboolean has_movements;

  return prepare (self, error) && ensure_account (self, &has_movements, error) && _zifu_ledger_touch (ledger, self->member->id, error) &&
         _zifu_ledger_exec (ledger, "INSERT INTO unlock_d (reason) VALUES ('a source brings rows')", error) && start (self, error) &&
         (!has_movements || open_account (self, totals, error)) && drop_withdrawn (self, error) &&
         _zifu_feed_project_settlements (self, error) && project_items (self, fresh, error) && project_lonely (self, error) &&
         link_refunds (self, error) && close_account (self, totals, has_movements, error) && _zifu_feed_project_rest (self, error) &&
         /* OR FAIL, as in swap(). */
         _zifu_ledger_run (ledger, error, "UPDATE OR FAIL sync_row_d SET fresh = 0 WHERE sync_id = ? AND gen = ? AND fresh = 1", "ii",
                           self->mirror->sync_id, self->mirror->gen) &&
         (!self->mirror->has_shown || _zifu_ledger_drop_texts (ledger, error)) && _zifu_ledger_exec (ledger, "DELETE FROM unlock_d", error);
}

/*
 * _zifu_feed_project:
 *
 * Brings what people see to what the mirror holds, inside a transaction that is running.
 */
gboolean
_zifu_feed_project (ZifuFeedMirror *mirror, const ZifuFeedTotals *totals, GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GHashTable) kinds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (ZifuBalanceMove));
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();
  g_autoptr (ZifuMember) member = NULL;
  ZifuFeedProjection self = { .mirror = mirror, .mapping = mapping, .texts = texts, .kinds = kinds, .moves = moves };
  gint64 member_id;
  gboolean success;

  if (!_zifu_ledger_get_int (mirror->ledger, &member_id, error, "SELECT psn_no FROM sync_d WHERE sync_id = ?", "i", mirror->sync_id) ||
      !_zifu_feed_take_region (mirror, member_id, error))
    return FALSE;
  member = zifu_ledger_get_member (mirror->ledger, member_id, error);
  if (member == NULL)
    return FALSE;
  self.member = member;
  success = project (&self, totals, error);
  sqlite3_finalize (self.insert);
  sqlite3_finalize (self.by_key);
  return success;
}
