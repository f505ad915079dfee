/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-pass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-feed-private.h"

/*
 * One way through the pages of a source.  A page, the state after it and how far the chain goes are one transaction; so is the end: checks,
 * what people see, and the verdict.  What people see changes only there.
 */

struct _ZifuFeedPass {
  ZifuLedger     *ledger;
  gint64          connection_id, member_id;
  gboolean        is_full;
  ZifuFeedMirror *mirror;
  char           *state, *begin_state; /* nullable */
  gint64          last_seq, begin_seq;
  guint           n_entries;
  gboolean        has_more;   /* as the last page said; TRUE before the first one */
  gboolean        broken;     /* the chain had a gap */
  JsonObject     *checkpoint; /* nullable: of the last page */
};

static gboolean
set_error (GError **error, ZifuExchangeError code, const char *message)
{
  zifu_exchange_set_error (error, code, message, NULL, NULL);
  return FALSE;
}

/* A full pass begins anew: whatever an earlier one left behind goes. */
static gboolean
begin_full (ZifuLedger *ledger, gint64 connection_id, gint64 gen, GError **error)
{
  gboolean success;

  if (!_zifu_ledger_begin (ledger, error))
    return FALSE;
  success = _zifu_ledger_run (ledger, error, "DELETE FROM sync_row_d WHERE sync_id = ? AND gen <> ?", "ii", connection_id, gen) &&
            _zifu_ledger_run (ledger, error, "DELETE FROM sync_mark_d WHERE sync_id = ? AND gen <> ?", "ii", connection_id, gen) &&
            _zifu_ledger_run (ledger, error, "UPDATE sync_d SET full_run = 1, full_state = NULL, full_seq = 0 WHERE sync_id = ?", "i",
                              connection_id);
  return _zifu_ledger_end (ledger, success, error);
}

static gboolean
read_place (ZifuFeedPass *self, gboolean full, gint64 *gen, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT psn_no, gen, state, last_seq, full_run, full_state, full_seq, needs_full FROM sync_d WHERE sync_id = ?",
                          "i",
                          self->connection_id);
  gboolean row, resumes;

  if (statement == NULL || !_zifu_ledger_step (self->ledger, statement, &row, error))
    return FALSE;
  if (!row)
    {
      g_set_error_literal (error, ZIFU_LEDGER_ERROR, ZIFU_LEDGER_ERROR_NOT_FOUND, _("This account is not connected to a provider."));
      return FALSE;
    }
  self->member_id = sqlite3_column_int64 (statement, 0);
  *gen = sqlite3_column_int64 (statement, 1);
  resumes = !full && sqlite3_column_int (statement, 4);
  self->is_full = full || resumes || sqlite3_column_int (statement, 7);
  if (resumes || !self->is_full)
    {
      self->state = _zifu_column_text (statement, resumes ? 5 : 2);
      self->last_seq = sqlite3_column_int64 (statement, resumes ? 6 : 3);
    }
  g_clear_pointer (&statement, sqlite3_finalize);
  return !self->is_full || resumes || begin_full (self->ledger, self->connection_id, *gen, error);
}

/**
 * zifu_feed_pass_begin:
 * @ledger: a ledger, used by this thread only
 * @connection_id: a connection
 * @full: whether everything shall be fetched once more from its beginning (410, or @needs_full of a verdict), whatever a full pass before
 *   left behind
 * @error: return location for a #ZifuLedgerError
 *
 * Begins a pass where the last one stopped.  A full pass that was cut short is gone on with, and one that a check asked for is begun, also
 * without @full: see zifu_feed_pass_is_full().
 *
 * Returns: (transfer full) (nullable): the pass, to be freed with zifu_feed_pass_free(), or %NULL with an error
 */
ZifuFeedPass *
zifu_feed_pass_begin (ZifuLedger *ledger, gint64 connection_id, gboolean full, GError **error)
{
  g_autoptr (ZifuFeedPass) self = NULL;
  gint64 gen = 0;

  g_return_val_if_fail (ZIFU_IS_LEDGER (ledger), NULL);

  self = g_new0 (ZifuFeedPass, 1);
  self->ledger = g_object_ref (ledger);
  self->connection_id = connection_id;
  self->has_more = TRUE;
  if (!read_place (self, full, &gen, error))
    return NULL;
  self->begin_state = g_strdup (self->state);
  self->begin_seq = self->last_seq;
  self->mirror = _zifu_feed_mirror_new (ledger, connection_id, gen + self->is_full, error);
  return self->mirror != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * zifu_feed_pass_set_regions:
 * @self: a pass
 * @regions: (array zero-terminated=1) (nullable): ids of the packs that there are; is copied
 *
 * Says by which rules people can be insured here.  When the pass ends, a person whom the provider brought moves to the one of these regions
 * in which the provider says that they are insured; else they stay where they are.
 */
void
zifu_feed_pass_set_regions (ZifuFeedPass *self, const char *const *regions)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->mirror->regions);
  self->mirror->regions = g_strdupv ((char **) regions);
}

/**
 * zifu_feed_pass_is_full:
 * @self: a pass
 *
 * Returns: whether everything is fetched, beside what is there
 */
gboolean
zifu_feed_pass_is_full (const ZifuFeedPass *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_full;
}

/**
 * zifu_feed_pass_get_state:
 * @self: a pass
 *
 * Returns: (transfer none) (nullable): the state to ask for next; %NULL = from the beginning
 */
const char *
zifu_feed_pass_get_state (const ZifuFeedPass *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->state;
}

/**
 * zifu_feed_pass_get_n_entries:
 * @self: a pass
 *
 * Returns: how many rows came so far
 */
guint
zifu_feed_pass_get_n_entries (const ZifuFeedPass *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_entries;
}

static gboolean
put_place (ZifuFeedPass *self, const char *state, gint64 seq, GError **error)
{
  return _zifu_ledger_run (self->ledger, error,
                           self->is_full
                             ? "UPDATE sync_d SET full_state = ?, full_seq = ?, verdict = 'unfinished' WHERE sync_id = ?"
                             : "UPDATE sync_d SET state = ?, last_seq = ?, verdict = 'unfinished' WHERE sync_id = ?",
                           "tii", state, seq, self->connection_id);
}

/* A gap in the chain: what is missing is not guessed, everything is fetched once more. */
static gboolean
fail_chain (ZifuFeedPass *self, GError **error)
{
  self->broken = TRUE;
  if (!_zifu_ledger_begin (self->ledger, error) ||
      !_zifu_ledger_end (self->ledger,
                         _zifu_ledger_run (self->ledger, error, "UPDATE sync_d SET needs_full = 1, full_run = 0 WHERE sync_id = ?", "i",
                                           self->connection_id),
                         error))
    return FALSE;
  return set_error (error, ZIFU_EXCHANGE_ERROR_DAMAGED,
                    _("Rows are missing in what the provider sent. Everything will be fetched once more."));
}

static gboolean
put_page (ZifuFeedPass *self, const ZifuFeed *page, const char *state, gint64 seq, GError **error)
{
  gboolean success;

  if (!_zifu_ledger_begin (self->ledger, error))
    return FALSE;
  success = TRUE;
  for (guint i = 0; success && i < page->rows->len; i++)
    success = _zifu_feed_mirror_put (self->mirror, g_ptr_array_index (page->rows, i), error);
  success = success && put_place (self, state, seq, error);
  return _zifu_ledger_end (self->ledger, success, error);
}

/**
 * zifu_feed_pass_apply:
 * @self: a pass
 * @text: (array length=length): a page, with a NUL behind it
 * @length: its length in bytes
 * @has_more: (out): whether another page follows
 * @error: return location for an error of #ZifuError (no JSON), #ZifuExchangeError or #ZifuLedgerError
 *
 * Writes a page and the state after it in one transaction.  A page that was written before changes nothing.  With an error nothing of the
 * page is written; %ZIFU_EXCHANGE_ERROR_DAMAGED means that rows are missing before it, or in it, and that the next pass is a full one.
 *
 * Returns: whether it was written
 */
gboolean
zifu_feed_pass_apply (ZifuFeedPass *self, const char *text, gsize length, gboolean *has_more, GError **error)
{
  g_autoptr (ZifuFeed) page = NULL;
  g_autoptr (GError) own_error = NULL;
  gboolean replayed;
  gint64 seq;
  char *state;

  g_return_val_if_fail (self != NULL && text != NULL && has_more != NULL, FALSE);

  page = zifu_feed_parse_page (text, length, &own_error);
  if (page == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  replayed = page->n_entries > 0 && page->last_seq <= self->last_seq && page->before_seq < self->last_seq;
  if (page->n_entries > 0 && !replayed && page->before_seq != self->last_seq)
    return fail_chain (self, error);
  seq = MAX (self->last_seq, page->last_seq);
  /* Of a page that came before, a later one may have moved the state on already. */
  state = g_strdup (replayed && page->last_seq < self->last_seq ? self->state : page->state);
  if (!put_page (self, page, state, seq, error))
    {
      g_free (state);
      return FALSE;
    }
  g_free (self->state);
  self->state = state;
  self->last_seq = seq;
  self->n_entries += page->n_entries;
  self->has_more = *has_more = page->has_more;
  g_clear_pointer (&self->checkpoint, json_object_unref);
  if (page->checkpoint != NULL && !page->has_more)
    self->checkpoint = json_object_ref (page->checkpoint);
  return TRUE;
}

/**
 * zifu_feed_pass_rewind:
 * @self: a pass
 * @error: return location for a #ZifuLedgerError
 *
 * Goes back to the state that the pass began with (409).  Rows that came since then stay: when they come again, nothing changes.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_feed_pass_rewind (ZifuFeedPass *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!_zifu_ledger_begin (self->ledger, error) ||
      !_zifu_ledger_end (self->ledger, put_place (self, self->begin_state, self->begin_seq, error), error))
    return FALSE;
  g_free (self->state);
  self->state = g_strdup (self->begin_state);
  self->last_seq = self->begin_seq;
  self->has_more = TRUE;
  g_clear_pointer (&self->checkpoint, json_object_unref);
  return TRUE;
}

static gboolean
run_checks (ZifuFeedPass *self, ZifuFeedTotals *totals, GError **error)
{
  gint64 recheck;

  return _zifu_ledger_get_int (self->ledger, &recheck, error, "SELECT recheck FROM sync_d WHERE sync_id = ?", "i", self->connection_id) &&
         _zifu_ledger_run (self->ledger, error, "DELETE FROM sync_mark_d WHERE sync_id = ? AND gen = ? AND chk <> 2", "ii",
                           self->connection_id, self->mirror->gen) &&
         (!recheck || _zifu_feed_check_settlements (self->mirror, error)) && _zifu_feed_check_pairs (self->mirror, error) &&
         _zifu_feed_check_totals (self->mirror, self->checkpoint, totals, error) && _zifu_feed_check_movements (self->mirror, error) &&
         _zifu_feed_check_months (self->mirror, error) &&
         (self->checkpoint == NULL || _zifu_feed_check_digest (self->mirror, self->checkpoint, error));
}

/* What a full pass brought is what differs from what was there. */
static gboolean
count_differences (ZifuFeedPass *self, GError **error)
{
  static const char known[] = "SELECT COUNT (*) FROM sync_row_d n WHERE sync_id = ?1 AND gen = ?2 AND fresh = 1 AND vali_flag = '1'"
                              " AND EXISTS (SELECT 1 FROM sync_row_d o WHERE o.sync_id = ?1 AND o.gen = ?2 - 1 AND o.type = n.type"
                              " AND o.id = n.id AND o.vali_flag = '1')";
  static const char fresh[] = "SELECT COUNT (*) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND fresh = 1 AND vali_flag = ?";
  gint64 n_changed, n_fresh, n_gone;

  if (!_zifu_ledger_get_int (self->ledger, &n_changed, error, known, "ii", self->connection_id, self->mirror->gen) ||
      !_zifu_ledger_get_int (self->ledger, &n_fresh, error, fresh, "iit", self->connection_id, self->mirror->gen, "1") ||
      !_zifu_ledger_get_int (self->ledger, &n_gone, error, fresh, "iit", self->connection_id, self->mirror->gen, "0"))
    return FALSE;
  self->mirror->n_changed = (guint) n_changed;
  self->mirror->n_new = (guint) (n_fresh - n_changed);
  self->mirror->n_withdrawn = (guint) n_gone;
  return TRUE;
}

/* What came takes the place of what was there.  Rows that did not change need not be looked at again. */
static gboolean
swap (ZifuFeedPass *self, GError **error)
{
  static const char *const statements[] = {
    /* OR FAIL: the transaction around it undoes a failure; SQLite need not keep the old pages of all rows in memory for that. */
    "UPDATE OR FAIL sync_row_d SET fresh = 0 WHERE sync_id = ?1 AND gen = ?2 AND fresh = 1 AND EXISTS (SELECT 1 FROM sync_row_d o"
    " WHERE o.sync_id = ?1 AND o.gen = ?2 - 1 AND o.type = sync_row_d.type AND o.id = sync_row_d.id AND o.fresh = 0 AND o.vali_flag = '1'"
    " AND o.json IS sync_row_d.json)",
    /* What the source does not have any more goes, as if it had taken it back. */
    "INSERT INTO sync_row_d (sync_id, gen, type, id, ver, seq, vali_flag, fresh, crte_time, refer_id)"
    " SELECT ?1, ?2, type, id, ver, 0, '0', 1, NULL, refer_id FROM sync_row_d o WHERE sync_id = ?1 AND gen = ?2 - 1 AND vali_flag = '1'"
    " AND NOT EXISTS (SELECT 1 FROM sync_row_d n WHERE n.sync_id = ?1 AND n.gen = ?2 AND n.type = o.type AND n.id = o.id)",
    "DELETE FROM sync_row_d WHERE sync_id = ?1 AND gen < ?2",
    "DELETE FROM sync_mark_d WHERE sync_id = ?1 AND gen < ?2",
    "UPDATE sync_d SET gen = ?2, state = full_state, last_seq = full_seq, full_run = 0, full_state = NULL, full_seq = 0, needs_full = 0"
    " WHERE sync_id = ?1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if ((i == 2 && !count_differences (self, error)) ||
        !_zifu_ledger_run (self->ledger, error, statements[i], "ii", self->connection_id, self->mirror->gen))
      return FALSE;
  return TRUE;
}

static gboolean
count_unknown (ZifuFeedPass *self, ZifuFeedVerdict *verdict, GError **error)
{
  gint64 n;

  if (!_zifu_ledger_get_int (self->ledger, &n, error,
                             "SELECT COUNT (*) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND vali_flag = '1' AND type NOT IN"
                             " ('insuinfo', 'setlinfo', 'acct_detl', 'clct_detl', 'mulaid', 'cum')",
                             "ii", self->connection_id, self->mirror->gen))
    return FALSE;
  verdict->n_unknown = (guint) n;
  return TRUE;
}

static void
judge (ZifuFeedPass *self, const ZifuFeedTotals *totals, ZifuFeedVerdict *verdict)
{
  const guint *n = self->mirror->n_marks;

  verdict->needs_full = n[ZIFU_FEED_CHECK_DIGEST] > 0;
  if (verdict->needs_full || !totals->agrees || n[ZIFU_FEED_CHECK_RUNNING] > 0)
    verdict->verdict = ZIFU_CONNECTION_UNRECONCILED;
  else
    verdict->verdict = totals->has_accounts ? ZIFU_CONNECTION_VERIFIED : ZIFU_CONNECTION_UNVERIFIED;
  verdict->n_new = self->mirror->n_new;
  verdict->n_changed = self->mirror->n_changed;
  verdict->n_withdrawn = self->mirror->n_withdrawn;
}

/* A figure that was verified stays with its date until another one is. */
static gboolean
put_verdict (ZifuFeedPass *self, const ZifuFeedTotals *totals, const ZifuFeedVerdict *verdict, gint64 now, GError **error)
{
  static const char *const names[] = { "never", "unfinished", "unverified", "verified", "unreconciled" };
  gboolean verified = verdict->verdict == ZIFU_CONNECTION_VERIFIED, failed = verdict->verdict == ZIFU_CONNECTION_UNRECONCILED;
  g_autofree char *place = failed && verdict->marks->len > 0 ? zifu_feed_mark_format (g_ptr_array_index (verdict->marks, 0)) : NULL;

  return _zifu_ledger_run (self->ledger, error,
                           "UPDATE sync_d SET verdict = ?2, place = ?3, arrived_at = ?4, verified_at = IIF (?5, ?4, verified_at),"
                           " balc = IIF (?5, ?6, balc), needs_full = ?7, recheck = 0, full_run = IIF (?7, 0, full_run) WHERE sync_id = ?1",
                           "ittiiii", self->connection_id, names[verdict->verdict], place, now, (gint64) verified, totals->balance,
                           (gint64) verdict->needs_full);
}

static gboolean
finish (ZifuFeedPass *self, ZifuFeedVerdict *verdict, gint64 now, GError **error)
{
  ZifuFeedTotals totals;

  if (!run_checks (self, &totals, error))
    return FALSE;
  verdict->needs_full = self->mirror->n_marks[ZIFU_FEED_CHECK_DIGEST] > 0;
  if (self->is_full && !verdict->needs_full && !swap (self, error))
    return FALSE;
  judge (self, &totals, verdict);
  if (!_zifu_feed_mirror_read_marks (self->mirror, verdict, error) || !count_unknown (self, verdict, error))
    return FALSE;
  /* What is not what the source has is not shown: what was shown before stays until everything arrived once more. */
  if (!verdict->needs_full && !_zifu_feed_project (self->mirror, &totals, error))
    return FALSE;
  return put_verdict (self, &totals, verdict, now, error);
}

/* A pass that did not come to its end. */
static ZifuFeedVerdict *
leave_unfinished (ZifuFeedPass *self)
{
  ZifuFeedVerdict *verdict = zifu_feed_verdict_new ();

  verdict->verdict = ZIFU_CONNECTION_UNFINISHED;
  verdict->needs_full = self->broken;
  verdict->n_new = self->mirror->n_new;
  verdict->n_changed = self->mirror->n_changed;
  verdict->n_withdrawn = self->mirror->n_withdrawn;
  return verdict;
}

/* A long transaction keeps what it changes again and again in memory, and no more than this. */
static void
set_cache (ZifuLedger *ledger, gboolean large)
{
  sqlite3_exec (ledger->db, large ? "PRAGMA cache_size = -12288" : "PRAGMA cache_size = -4096; PRAGMA shrink_memory", NULL, NULL, NULL);
}

/**
 * zifu_feed_pass_finish:
 * @self: a pass
 * @now: seconds since 1970
 * @error: return location for a #ZifuLedgerError or a #ZifuExchangeError
 *
 * Ends the pass in one transaction: looks at everything that must hold (C2 to C8), puts a full pass in the place of what was there, brings
 * the history up to date, and keeps the verdict with the connection.  Before its last page a pass ends unfinished, and nothing changes.
 * When the rows are not those that the source has (C8), what people see stays as it was and @needs_full says what to do.  When they are
 * and do not add up (C4, C5), they are shown, and the balance that was verified last stays with its date.
 *
 * Returns: (transfer full) (nullable): the verdict, or %NULL with an error
 */
ZifuFeedVerdict *
zifu_feed_pass_finish (ZifuFeedPass *self, gint64 now, GError **error)
{
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  gboolean success;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->has_more || self->broken)
    return leave_unfinished (self);
  verdict = zifu_feed_verdict_new ();
  set_cache (self->ledger, TRUE);
  memset (self->mirror->n_marks, 0, sizeof self->mirror->n_marks);
  success = _zifu_ledger_begin (self->ledger, error) && _zifu_ledger_end (self->ledger, finish (self, verdict, now, error), error);
  set_cache (self->ledger, FALSE);
  return success ? g_steal_pointer (&verdict) : NULL;
}

/**
 * zifu_feed_pass_free:
 * @self: (nullable) (transfer full): a pass
 *
 * Ends @self; what it wrote stays.
 */
void
zifu_feed_pass_free (ZifuFeedPass *self)
{
  if (self == NULL)
    return;

  _zifu_feed_mirror_free (self->mirror);
  g_clear_pointer (&self->checkpoint, json_object_unref);
  g_free (self->state);
  g_free (self->begin_state);
  g_object_unref (self->ledger);
  g_free (self);
}
