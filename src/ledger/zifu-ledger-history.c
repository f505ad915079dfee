/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-ledger-query-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Pages of the history.
 *
 * A page is made in two steps: first the places of its rows (day and number), then the rows themselves.  Places are looked for in the
 * order of the history, and what does not fit is passed over.  When too much is passed over, the filter is a narrow one: then the rows
 * that fit are taken from the index that names fewest, and the newest of them are the page.  So neither a filter that nearly everything
 * fits nor one that nothing fits reads the history.
 */

/* So many rows are looked at before a filter is taken for a narrow one. */
#define MAX_PASSED 2000
/* Fewer kinds than this are looked up one by one. */
#define MAX_KINDS 4

static int
compare_places (const ZifuPlace *a, const ZifuPlace *b)
{
  if (a->date != b->date)
    return a->date > b->date ? -1 : 1;
  return a->id > b->id ? -1 : a->id < b->id;
}

static guint
count_kinds (guint kinds)
{
  guint n = 0;

  for (; kinds != 0; kinds &= kinds - 1)
    n++;
  return n;
}

#define NEWEST_FIRST " ORDER BY acct_modi_date DESC, rid DESC"

static sqlite3_stmt *
prepare (const ZifuQuery *query, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2 (query->ledger->db, sql, -1, &statement, NULL);

  if (code != SQLITE_OK)
    _zifu_ledger_set_error (query->ledger, code, error);
  return statement;
}

/* One index read in the order of the history: rows that fit and rows that do not. */
typedef struct {
  sqlite3_stmt *statement; /* owned */
  ZifuPlace         place;
  gboolean      fits, done;
} Stream;

static void
stream_clear (gpointer data)
{
  sqlite3_finalize (((Stream *) data)->statement);
}

static gboolean
stream_next (const ZifuQuery *query, Stream *stream, GError **error)
{
  gboolean row;

  if (!_zifu_ledger_step (query->ledger, stream->statement, &row, error))
    return FALSE;
  stream->done = !row;
  if (row)
    {
      stream->place.id = sqlite3_column_int64 (stream->statement, 0);
      stream->place.date = _zifu_column_date (stream->statement, 1);
      stream->fits = sqlite3_column_int (stream->statement, 2);
    }
  return TRUE;
}

/* @kind: −1 = all kinds that are wanted. */
static gboolean
add_stream (const ZifuQuery *query, GArray *streams, gint64 member_id, int kind, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT rid, acct_modi_date, 1");
  Stream stream = { 0 };

  _zifu_query_append_conditions (sql, query, kind < 0, TRUE, TRUE, TRUE);
  g_string_append_printf (sql, " FROM acct_incexpd_d INDEXED BY %s WHERE psn_no = %" G_GINT64_FORMAT,
                          kind < 0 ? "acct_incexpd_d_by_day" : "acct_incexpd_d_by_kind", member_id);
  if (kind >= 0)
    g_string_append_printf (sql, " AND kind = '%s'", _zifu_entry_kind_name (kind));
  _zifu_query_append_days (sql, query, query->from, query->to);
  g_string_append (sql, NEWEST_FIRST);

  stream.statement = prepare (query, sql->str, error);
  if (stream.statement == NULL)
    return FALSE;
  g_array_append_val (streams, stream);
  return stream_next (query, &g_array_index (streams, Stream, streams->len - 1), error);
}

static gboolean
add_streams (const ZifuQuery *query, GArray *streams, GError **error)
{
  gboolean by_kind = query->kinds != 0 && count_kinds (query->kinds) <= MAX_KINDS;

  for (guint i = 0; i < query->members->len; i++)
    {
      gint64 member_id = g_array_index (query->members, gint64, i);

      if (!by_kind && !add_stream (query, streams, member_id, -1, error))
        return FALSE;
      for (int kind = 0; by_kind && kind < ZIFU_N_ENTRY_KINDS; kind++)
        if ((query->kinds & (1u << kind)) && !add_stream (query, streams, member_id, kind, error))
          return FALSE;
    }
  return TRUE;
}

static Stream *
newest_stream (GArray *streams)
{
  Stream *newest = NULL;

  for (guint i = 0; i < streams->len; i++)
    {
      Stream *stream = &g_array_index (streams, Stream, i);

      if (!stream->done && (newest == NULL || compare_places (&stream->place, &newest->place) < 0))
        newest = stream;
    }
  return newest;
}

/* Goes through the history; @gave_up when too many rows did not fit. */
static gboolean
walk (const ZifuQuery *query, GArray *places, gboolean *gave_up, GError **error)
{
  g_autoptr (GArray) streams = g_array_new (FALSE, FALSE, sizeof (Stream));
  guint n_passed = 0;
  Stream *stream;

  g_array_set_clear_func (streams, stream_clear);
  if (!add_streams (query, streams, error))
    return FALSE;

  while ((stream = newest_stream (streams)) != NULL && (query->limit == 0 || places->len < query->limit))
    {
      if (stream->fits)
        g_array_append_val (places, stream->place);
      else if (query->limit != 0 && ++n_passed > MAX_PASSED)
        {
          *gave_up = TRUE;
          return TRUE;
        }
      if (!stream_next (query, stream, error))
        return FALSE;
    }
  return TRUE;
}

/* Puts a place where it belongs among the newest ones, once. */
static void
keep_newest (const ZifuQuery *query, GArray *places, const ZifuPlace *place)
{
  guint low = 0, high = places->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (compare_places (&g_array_index (places, ZifuPlace, middle), place) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < places->len && g_array_index (places, ZifuPlace, low).id == place->id)
    return;
  g_array_insert_val (places, low, *place);
  if (places->len > query->limit)
    g_array_set_size (places, query->limit);
}

/* Rows of an index for each of @ids (the parameter ?1 of @where), as long as they are newer than the oldest of the newest. */
static gboolean
collect (const ZifuQuery *query, GArray *places, const char *index, const char *where,
         GArray *ids, ZifuDate from, ZifuDate to, gboolean found,
         GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_string_append_printf (sql, "SELECT rid, acct_modi_date FROM acct_incexpd_d INDEXED BY %s WHERE %s", index, where);
  _zifu_query_append_days (sql, query, from, to);
  _zifu_query_append_conditions (sql, query, TRUE, TRUE, TRUE, !found);
  g_string_append_printf (sql, " AND acct_modi_date >= ?2" NEWEST_FIRST " LIMIT %u", query->limit);
  statement = prepare (query, sql->str, error);
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      ZifuDate oldest = places->len == query->limit ? g_array_index (places, ZifuPlace, places->len - 1).date : zifu_date_new (1, 1, 1);
      gboolean row = TRUE;

      if (!_zifu_ledger_bind (query->ledger, statement, error, "id", g_array_index (ids, gint64, i), oldest))
        return FALSE;
      while (row)
        {
          ZifuPlace place;

          if (!_zifu_ledger_step (query->ledger, statement, &row, error))
            return FALSE;
          if (!row)
            break;
          place.id = sqlite3_column_int64 (statement, 0);
          place.date = _zifu_column_date (statement, 1);
          keep_newest (query, places, &place);
        }
      sqlite3_reset (statement);
    }
  return TRUE;
}

static GArray *
one_id (gint64 id)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  return ids;
}

static gboolean
collect_amounts (const ZifuQuery *query, GArray *places, gint64 member_id, ZifuMoney from, ZifuMoney to, gboolean found, GError **error)
{
  g_autoptr (GArray) ids = one_id (member_id);
  g_autofree char *where = g_strdup_printf ("psn_no = ?1 AND inc_sumamt + pay_sumamt BETWEEN %" G_GINT64_FORMAT " AND %" G_GINT64_FORMAT,
                                            from, to);

  return collect (query, places, "acct_incexpd_d_by_amount", where, ids, query->from, query->to, found, error);
}

/* Everything that carries one of the texts, names one of the relatives, lies on one of the days or is of the amount. */
static gboolean
collect_found (const ZifuQuery *query, GArray *places, gint64 member_id, GError **error)
{
  const ZifuSearch *search = query->ledger->search;
  g_autofree char *place = g_strdup_printf ("fixmedins_id = ?1 AND psn_no = %" G_GINT64_FORMAT, member_id);
  g_autofree char *memo = g_strdup_printf ("memo_id = ?1 AND psn_no = %" G_GINT64_FORMAT, member_id);
  g_autofree char *relative = g_strdup_printf ("relt_psn_no = ?1 AND psn_no = %" G_GINT64_FORMAT, member_id);
  g_autoptr (GArray) ids = one_id (member_id);

  if (search->texts->len > ZIFU_QUERY_MAX_TEXTS)
    return collect (query, places, "acct_incexpd_d_by_day", "psn_no = ?1", ids, query->from, query->to, FALSE, error);

  if (!collect (query, places, "acct_incexpd_d_by_place", place, search->texts, query->from, query->to, TRUE, error) ||
      !collect (query, places, "acct_incexpd_d_by_memo", memo, search->texts, query->from, query->to, TRUE, error) ||
      !collect (query, places, "acct_incexpd_d_by_relative", relative, search->relatives, query->from, query->to, TRUE, error) ||
      (search->has_amount && !collect_amounts (query, places, member_id, search->amount_from, search->amount_to, TRUE, error)))
    return FALSE;
  for (guint i = search->spans->len; i > 0; i--)
    {
      const ZifuSpan *span = &g_array_index (search->spans, ZifuSpan, i - 1);

      /* Spans stand oldest first: what is left is older than everything that was found. */
      if (places->len == query->limit && span->last < g_array_index (places, ZifuPlace, places->len - 1).date)
        break;
      if (query->before.date != 0 && span->first > query->before.date)
        continue;
      if (!collect (query, places, "acct_incexpd_d_by_day", "psn_no = ?1", ids, MAX (span->first, query->from),
                    query->to != 0 ? MIN (span->last, query->to) : span->last, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/* The rows that fit, by the index that names fewest. */
static gboolean
gather (const ZifuQuery *query, GArray *places, GError **error)
{
  g_autoptr (GArray) institution = one_id (query->institution);

  for (guint i = 0; i < query->members->len; i++)
    {
      gint64 member_id = g_array_index (query->members, gint64, i);
      g_autofree char *place = g_strdup_printf ("fixmedins_id = ?1 AND psn_no = %" G_GINT64_FORMAT, member_id);
      g_autoptr (GArray) ids = one_id (member_id);
      gboolean success;

      if (query->has_institution)
        success = collect (query, places, "acct_incexpd_d_by_place", place, institution, query->from, query->to, FALSE, error);
      else if (query->has_search)
        success = collect_found (query, places, member_id, error);
      else if (query->has_amount)
        success = collect_amounts (query, places, member_id, query->amount_from, query->amount_to, FALSE, error);
      else
        success = collect (query, places, "acct_incexpd_d_by_day", "psn_no = ?1", ids, query->from, query->to, FALSE, error);
      if (!success)
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_places (const ZifuQuery *query, GArray *places, GError **error)
{
  gboolean gave_up = FALSE;

  if (_zifu_query_is_void (query))
    return TRUE;
  if (!walk (query, places, &gave_up, error))
    return FALSE;
  if (!gave_up)
    return TRUE;

  g_array_set_size (places, 0);
  return gather (query, places, error);
}

static guint
days_of_stay (const char *care, ZifuDate begin, ZifuDate end)
{
  return g_strcmp0 (care, "inpatient") == 0 && begin > 0 ? MAX (end - begin, 1) : 0;
}

static ZifuEntry *
read_entry (sqlite3_stmt *statement)
{
  ZifuEntry *entry = zifu_entry_new ();

  entry->id = sqlite3_column_int64 (statement, 0);
  entry->member_id = sqlite3_column_int64 (statement, 1);
  entry->date = _zifu_column_date (statement, 2);
  _zifu_entry_kind_parse ((const char *) sqlite3_column_text (statement, 3), &entry->kind);
  entry->incexpd_type = _zifu_column_text (statement, 4);
  entry->amount = sqlite3_column_int64 (statement, 5);
  entry->balance = sqlite3_column_int64 (statement, 6);
  entry->institution = _zifu_column_text (statement, 7);
  entry->note = _zifu_column_text (statement, 8);
  entry->for_month = _zifu_column_month (statement, 9);
  entry->base = _zifu_column_int (statement, 10, -1);
  entry->relative_id = sqlite3_column_int64 (statement, 11);
  entry->relative_name = _zifu_column_text (statement, 12);
  entry->settlement_id = sqlite3_column_int64 (statement, 13);
  entry->original_id = sqlite3_column_int64 (statement, 14);
  entry->reversed_by = sqlite3_column_int64 (statement, 15);
  entry->person_paid = sqlite3_column_int64 (statement, 16);
  entry->total = sqlite3_column_int64 (statement, 17);
  entry->days = days_of_stay ((const char *) sqlite3_column_text (statement, 18), _zifu_column_date (statement, 19),
                              _zifu_column_date (statement, 20));
  entry->provenance = _zifu_provenance_parse ((const char *) sqlite3_column_text (statement, 21));
  entry->souc_rid = _zifu_column_text (statement, 22);
  entry->impt_id = sqlite3_column_int64 (statement, 23);
  return entry;
}

#define ENTRY_QUERY \
  "SELECT e.rid, e.psn_no, e.acct_modi_date, e.kind, e.acct_incexpd_type, e.inc_sumamt - e.pay_sumamt, e.balc, f.txt," \
  " m.txt, e.cashym, e.psn_clctstd, e.relt_psn_no, p.psn_name, e.setl_id, e.init_rid, r.rid, s.psn_part_amt, s.medfee_sumamt, s.care," \
  " s.begndate, s.setl_time, e.provenance, e.souc_rid, e.impt_id" \
  " FROM acct_incexpd_d e LEFT JOIN psn_b p ON p.psn_no = e.relt_psn_no LEFT JOIN setl_d s ON s.setl_id = e.setl_id" \
  " LEFT JOIN acct_incexpd_d r ON r.init_rid = e.rid LEFT JOIN txt_d f ON f.txt_id = e.fixmedins_id" \
  " LEFT JOIN txt_d m ON m.txt_id = e.memo_id"

static gboolean
read_places (ZifuLedger *self, GArray *places, GPtrArray *entries, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, ENTRY_QUERY " WHERE e.rid = ?", "i", G_GINT64_CONSTANT (0));
  gboolean row;

  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < places->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, g_array_index (places, ZifuPlace, i).id);
      if (!_zifu_ledger_step (self, statement, &row, error))
        return FALSE;
      if (row)
        g_ptr_array_add (entries, read_entry (statement));
      sqlite3_reset (statement);
    }
  return TRUE;
}

/* The places that fit, and where @entries is wanted also what stands there: all of one moment, also while another program writes. */
static gboolean
list_places (ZifuQuery *query, gint64 member_id, const ZifuEntryFilter *filter, GArray *places, GPtrArray *entries, GError **error)
{
  ZifuLedger *self = query->ledger;
  gboolean alone = sqlite3_get_autocommit (self->db) != 0, success;

  if (alone && !_zifu_ledger_exec (self, "BEGIN", error))
    return FALSE;
  success = _zifu_query_read (query, member_id, filter, error) && find_places (query, places, error) &&
            (entries == NULL || read_places (self, places, entries, error));
  if (alone)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return success;
}

/**
 * zifu_ledger_list_entries:
 * @self: a ledger
 * @member_id: whose account; 0 = of the whole household, or of the people whom @filter names
 * @filter: (nullable): which rows; %NULL = all
 * @limit: how many at most; 0 = no limit
 * @error: return location for an error
 *
 * A page of the history, newest first.  The next page begins before the last row of this one: before_date and before_id of @filter are
 * its date and id, so that a page costs the same wherever it lies, and rows that arrive meanwhile move nothing.  All rows of a page are of
 * one moment, also while another program writes.
 *
 * Returns: (transfer full) (element-type ZifuEntry) (nullable): the rows, or %NULL with an error
 */
GPtrArray *
zifu_ledger_list_entries (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ZifuPlace));
  g_auto (ZifuQuery) query = { .ledger = self, .limit = limit };

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);
  g_return_val_if_fail (filter == NULL || !filter->has_kind || _zifu_entry_kind_name (filter->kind) != NULL, NULL);

  return list_places (&query, member_id, filter, places, entries, error) ? g_steal_pointer (&entries) : NULL;
}

/**
 * zifu_ledger_list_places:
 * @self: a ledger
 * @member_id: as zifu_ledger_list_entries() takes it
 * @filter: (nullable): which rows; %NULL = all
 * @limit: how many at most; 0 = no limit
 * @error: return location for an error
 *
 * Like zifu_ledger_list_entries(), but tells of each row only where it stands, which costs much less.
 *
 * Returns: (transfer full) (element-type ZifuEntryPlace) (nullable): the places, or %NULL with an error
 */
GArray *
zifu_ledger_list_places (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ZifuPlace));
  g_auto (ZifuQuery) query = { .ledger = self, .limit = limit };

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);
  g_return_val_if_fail (filter == NULL || !filter->has_kind || _zifu_entry_kind_name (filter->kind) != NULL, NULL);

  return list_places (&query, member_id, filter, places, NULL, error) ? g_steal_pointer (&places) : NULL;
}

/**
 * zifu_ledger_read_entries:
 * @self: a ledger
 * @ids: (array length=n_ids): which rows
 * @n_ids: how many
 * @error: return location for an error
 *
 * Reads rows whose numbers are known, as zifu_ledger_list_entries() does and in the order of @ids; a row that is not there any more is left
 * out.
 *
 * Returns: (transfer full) (element-type ZifuEntry) (nullable): the rows, or %NULL with an error
 */
GPtrArray *
zifu_ledger_read_entries (ZifuLedger *self, const gint64 *ids, guint n_ids, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_entry_free);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (ZifuPlace));
  gboolean alone, success;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);
  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  for (guint i = 0; i < n_ids; i++)
    {
      const ZifuPlace place = { .id = ids[i] };

      g_array_append_val (places, place);
    }
  alone = sqlite3_get_autocommit (self->db) != 0;
  if (alone && !_zifu_ledger_exec (self, "BEGIN", error))
    return NULL;
  success = read_places (self, places, entries, error);
  if (alone)
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return success ? g_steal_pointer (&entries) : NULL;
}

/**
 * zifu_ledger_get_entry:
 * @self: a ledger
 * @entry_id: which row
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the row, or %NULL with an error (%ZIFU_LEDGER_ERROR_NOT_FOUND when there is none)
 */
ZifuEntry *
zifu_ledger_get_entry (ZifuLedger *self, gint64 entry_id, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gboolean row;

  g_return_val_if_fail (ZIFU_IS_LEDGER (self), NULL);

  statement = _zifu_ledger_prepare (self, error, ENTRY_QUERY " WHERE e.rid = ?", "i", entry_id);
  if (statement == NULL || !_zifu_ledger_step (self, statement, &row, error))
    return NULL;
  if (row)
    return read_entry (statement);

  g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This entry is not in the history."));
  return NULL;
}
