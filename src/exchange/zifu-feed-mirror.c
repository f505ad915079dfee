/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <string.h>

#include "zifu-json.h"

/* The rows of a source as they are kept. */

/* So many marks of a check are kept with their place; the others are counted. */
#define MAX_MARKS 1000

static sqlite3_stmt *
prepare (ZifuLedger *ledger, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v3 (ledger->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);

  if (code != SQLITE_OK)
    _zifu_ledger_set_error (ledger, code, error);
  return statement;
}

static gboolean
read_profile (ZifuFeedMirror *self, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT fund_includes_acct, acct_includes_mulaid, hosp_part_within_psn_part FROM sync_d WHERE sync_id = ?", "i",
                          self->sync_id);
  gboolean row;

  if (statement == NULL || !_zifu_ledger_step (self->ledger, statement, &row, error))
    return FALSE;
  if (row)
    {
      self->fund_includes_acct = sqlite3_column_int (statement, 0);
      self->acct_includes_mulaid = sqlite3_column_int (statement, 1);
      self->hosp_part_within_psn_part = sqlite3_column_int (statement, 2);
    }
  return TRUE;
}

/*
 * _zifu_feed_mirror_new:
 *
 * Returns: (transfer full) (nullable): the rows of a generation, or %NULL with an error
 */
ZifuFeedMirror *
_zifu_feed_mirror_new (ZifuLedger *ledger, gint64 sync_id, gint64 gen, GError **error)
{
  /* What a source takes back keeps what it was, without being in force. */
#define KEPT(column) #column " = IIF (excluded.vali_flag = '0', sync_row_d." #column ", excluded." #column ")"
  static const char put[] =
    "INSERT INTO sync_row_d (sync_id, gen, type, id, ver, seq, vali_flag, fresh, crte_time, inc_sumamt, pay_sumamt, balc, code, refer_id,"
    " insutype, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)"
    " ON CONFLICT (sync_id, gen, type, id) DO UPDATE SET ver = excluded.ver, seq = excluded.seq, vali_flag = excluded.vali_flag, fresh = 1,"
    KEPT (crte_time) "," KEPT (inc_sumamt) "," KEPT (pay_sumamt) "," KEPT (balc) "," KEPT (code) "," KEPT (refer_id) ","
    KEPT (insutype) "," KEPT (json) " WHERE excluded.ver > ver";
  g_autoptr (ZifuFeedMirror) self = g_new0 (ZifuFeedMirror, 1);

  self->ledger = ledger;
  self->sync_id = sync_id;
  self->gen = gen;
  if (!read_profile (self, error))
    return NULL;
  self->put = prepare (ledger, put, error);
  if (self->put == NULL)
    return NULL;
  self->mark = prepare (ledger,
                        "INSERT OR REPLACE INTO sync_mark_d (sync_id, gen, chk, type, id, field, crte_time, expected, stated)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        error);
  if (self->mark == NULL)
    return NULL;
  self->unmark = prepare (ledger, "DELETE FROM sync_mark_d WHERE sync_id = ? AND gen = ? AND chk = 2 AND type = 'setlinfo' AND id = ?",
                          error);
  return self->unmark != NULL ? g_steal_pointer (&self) : NULL;
}

/* Ends; a statement that is left open would keep the file from being written by others. */
void
_zifu_feed_mirror_free (ZifuFeedMirror *self)
{
  if (self == NULL)
    return;

  sqlite3_finalize (self->put);
  sqlite3_finalize (self->mark);
  sqlite3_finalize (self->unmark);
  g_strfreev (self->regions);
  g_free (self);
}

static void
bind_text (sqlite3_stmt *statement, int i, const char *text)
{
  if (text != NULL && *text != '\0')
    sqlite3_bind_text (statement, i, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, i);
}

static void
bind_member (sqlite3_stmt *statement, int i, JsonObject *data, const char *name)
{
  bind_text (statement, i, zifu_json_peek_string (data, name));
}

/* A month as a number, such as 202601. */
static void
bind_month (sqlite3_stmt *statement, int i, JsonObject *data, const char *name)
{
  const char *text = zifu_json_peek_string (data, name);

  sqlite3_bind_int64 (statement, i, text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0);
}

/* What the checks and the history need, beside the text. */
static void
bind_data (sqlite3_stmt *statement, const ZifuFeedRow *row, char *flags, gsize size)
{
  gboolean settlement = g_str_equal (row->type, "setlinfo");
  JsonObject *data = row->data;

  bind_member (statement, 15, data, "insutype");
  if (settlement || g_str_equal (row->type, "acct_detl"))
    {
      bind_member (statement, 9, data, settlement ? "setl_time" : "crte_time");
      sqlite3_bind_int64 (statement, 10, _zifu_feed_money (data, settlement ? "acct_mulaid_pay" : "inc_sumamt"));
      sqlite3_bind_int64 (statement, 11, _zifu_feed_money (data, settlement ? "acct_pay" : "pay_sumamt"));
      sqlite3_bind_int64 (statement, 12, _zifu_feed_money (data, "balc"));
      bind_member (statement, 13, data, settlement ? "med_type" : "acct_incexpd_type");
      bind_member (statement, 14, data, settlement ? "init_setl_id" : "acct_incexpd_souc_id");
    }
  else if (g_str_equal (row->type, "clct_detl"))
    {
      const char *paid = zifu_json_peek_string (data, "clct_flag"), *revised = zifu_json_peek_string (data, "revs_flag");

      bind_month (statement, 10, data, "accrym_begn");
      bind_month (statement, 11, data, "accrym_end");
      g_snprintf (flags, size, "%s %s", paid != NULL ? paid : "", revised != NULL ? revised : "");
      bind_text (statement, 13, flags);
    }
  else if (g_str_equal (row->type, "insuinfo"))
    {
      if (json_object_has_member (data, "balc"))
        sqlite3_bind_int64 (statement, 12, _zifu_feed_money (data, "balc"));
      bind_member (statement, 13, data, "psn_insu_stas");
    }
}

static gboolean
run (ZifuFeedMirror *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  if (code != SQLITE_DONE)
    _zifu_ledger_set_error (self->ledger, code, error);
  return code == SQLITE_DONE;
}

/*
 * _zifu_feed_mirror_put:
 *
 * Writes a row when it is newer than what is kept of it, and looks at a settlement by itself.
 */
gboolean
_zifu_feed_mirror_put (ZifuFeedMirror *self, const ZifuFeedRow *row, GError **error)
{
  gboolean success, is_new;
  char flags[16];

  sqlite3_clear_bindings (self->put);
  sqlite3_bind_int64 (self->put, 1, self->sync_id);
  sqlite3_bind_int64 (self->put, 2, self->gen);
  sqlite3_bind_text (self->put, 3, row->type, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->put, 4, row->id, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (self->put, 5, row->ver);
  sqlite3_bind_int64 (self->put, 6, row->seq);
  sqlite3_bind_text (self->put, 7, row->withdrawn ? "0" : "1", -1, SQLITE_STATIC);
  sqlite3_bind_int (self->put, 8, !row->withdrawn);
  if (row->data != NULL && !row->withdrawn)
    bind_data (self->put, row, flags, sizeof flags);
  if (row->raw != NULL && !row->withdrawn)
    sqlite3_bind_text64 (self->put, 16, row->raw, row->raw_length, SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_set_last_insert_rowid (self->ledger->db, -1);
  success = run (self, self->put, error);
  if (!success || sqlite3_changes (self->ledger->db) == 0)
    return success;
  is_new = sqlite3_last_insert_rowid (self->ledger->db) != -1;
  if (row->withdrawn)
    self->n_withdrawn += !is_new;
  else if (is_new)
    self->n_new++;
  else
    self->n_changed++;
  if (!g_str_equal (row->type, "setlinfo"))
    return TRUE;
  if (!is_new)
    {
      sqlite3_bind_int64 (self->unmark, 1, self->sync_id);
      sqlite3_bind_int64 (self->unmark, 2, self->gen);
      sqlite3_bind_text (self->unmark, 3, row->id, -1, SQLITE_STATIC);
      success = run (self, self->unmark, error);
    }
  return success && (row->withdrawn || _zifu_feed_check_settlement (self, row->id, row->data, error));
}

/*
 * _zifu_feed_mirror_mark:
 *
 * Keeps the place of something that does not fit.
 */
gboolean
_zifu_feed_mirror_mark (ZifuFeedMirror *self, ZifuFeedCheck check, const char *type, const char *id, const char *field, const char *time,
                        ZifuMoney expected, ZifuMoney stated, GError **error)
{
  if (self->n_marks[check]++ >= MAX_MARKS && check != ZIFU_FEED_CHECK_SETTLEMENT)
    return TRUE;
  sqlite3_bind_int64 (self->mark, 1, self->sync_id);
  sqlite3_bind_int64 (self->mark, 2, self->gen);
  sqlite3_bind_int (self->mark, 3, check);
  sqlite3_bind_text (self->mark, 4, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (self->mark, 5, id, -1, SQLITE_STATIC);
  bind_text (self->mark, 6, field);
  bind_text (self->mark, 7, time);
  sqlite3_bind_int64 (self->mark, 8, expected);
  sqlite3_bind_int64 (self->mark, 9, stated);
  return run (self, self->mark, error);
}

/*
 * _zifu_feed_mark_read:
 * @statement: stands at a row of chk, type, id, field, crte_time, expected, stated
 *
 * Returns: (transfer full): the mark of that row
 */
ZifuFeedMark *
_zifu_feed_mark_read (sqlite3_stmt *statement)
{
  ZifuFeedMark *mark = g_new0 (ZifuFeedMark, 1);

  mark->check = sqlite3_column_int (statement, 0);
  mark->type = _zifu_column_text (statement, 1);
  mark->id = _zifu_column_text (statement, 2);
  mark->field = _zifu_column_text (statement, 3);
  mark->time = _zifu_column_text (statement, 4);
  mark->expected = sqlite3_column_int64 (statement, 5);
  mark->stated = sqlite3_column_int64 (statement, 6);
  return mark;
}

/*
 * _zifu_feed_mirror_read_marks:
 *
 * The marks into the verdict, the worst check first.
 */
gboolean
_zifu_feed_mirror_read_marks (ZifuFeedMirror *self, ZifuFeedVerdict *verdict, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT chk, type, id, field, crte_time, expected, stated FROM sync_mark_d WHERE sync_id = ? AND gen = ?"
                          " ORDER BY CASE chk WHEN 1 THEN 0 WHEN 8 THEN 1 WHEN 5 THEN 2 WHEN 4 THEN 3 ELSE chk + 4 END, crte_time, type, id"
                          " LIMIT 1000",
                          "ii", self->sync_id, self->gen);
  gint64 n_settlements;
  gboolean row = TRUE;

  if (statement == NULL)
    return FALSE;
  g_ptr_array_set_size (verdict->marks, 0);
  while (row)
    {
      if (!_zifu_ledger_step (self->ledger, statement, &row, error))
        return FALSE;
      if (!row)
        break;
      g_ptr_array_add (verdict->marks, _zifu_feed_mark_read (statement));
    }
  if (!_zifu_ledger_get_int (self->ledger, &n_settlements, error,
                             "SELECT COUNT (*) FROM sync_mark_d WHERE sync_id = ? AND gen = ? AND chk = 2", "ii", self->sync_id, self->gen))
    return FALSE;
  verdict->n_marks = (guint) n_settlements;
  for (guint i = 0; i < G_N_ELEMENTS (self->n_marks); i++)
    if (i != ZIFU_FEED_CHECK_SETTLEMENT)
      verdict->n_marks += self->n_marks[i];
  return TRUE;
}
