/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-json.h"

/* What all rows together must hold: the checks C4, C5 and C8.  What is compared comes from two sides: sums of rows, and what is stated. */

typedef struct {
  gboolean  has_stated;         /* the checkpoint names this account */
  ZifuMoney opening, inc, pay, balance; /* as the checkpoint states them */
  ZifuMoney sum_inc, sum_pay;   /* of the movements */
  gboolean  has_running;
  ZifuMoney running;            /* balance after the last movement, as it was stated with it */
  gboolean  broken;             /* a break was marked already: only the first one is told */
} Account;

typedef struct {
  ZifuFeedMirror *mirror;
  GHashTable     *accounts; /* insutype -> Account*; "" where rows do not say of which account they are */
  guint           n_stated;
  const char     *only;     /* nullable: the one account that there is */
} Totals;

static gboolean
fail_sums (GError **error)
{
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_LIMIT, _("The amounts that the provider sent are too large to be added up."), NULL,
                           NULL);
  return FALSE;
}

static Account *
get_account (Totals *self, const char *insutype)
{
  Account *account = g_hash_table_lookup (self->accounts, insutype);

  if (account == NULL)
    g_hash_table_insert (self->accounts, g_strdup (insutype), account = g_new0 (Account, 1));
  return account;
}

/* With one account all movements are its own, whatever scheme they name. */
static Account *
find_account (Totals *self, const char *insutype)
{
  if (self->n_stated <= 1)
    insutype = self->only != NULL ? self->only : "";
  return get_account (self, insutype != NULL ? insutype : "");
}

static gboolean
fail_checkpoint (GError **error)
{
  zifu_exchange_set_error (error, ZIFU_EXCHANGE_ERROR_FORMAT, _("The totals that the provider sent cannot be read. Nothing was changed."),
                           NULL,
                           NULL);
  return FALSE;
}

static gboolean
read_stated (Totals *self, JsonObject *checkpoint, ZifuFeedTotals *totals, GError **error)
{
  JsonNode *node = json_object_get_member (checkpoint, "acct");
  JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *item = json_array_get_element (list, i);
      JsonObject *stated = JSON_NODE_HOLDS_OBJECT (item) ? json_node_get_object (item) : NULL;
      const char *insutype = stated != NULL ? zifu_json_peek_string (stated, "insutype") : NULL;
      Account *account;

      if (insutype == NULL || *insutype == '\0' || g_hash_table_contains (self->accounts, insutype))
        return fail_checkpoint (error);
      account = get_account (self, insutype);
      account->has_stated = TRUE;
      if (!json_object_has_member (stated, "opening") || !zifu_feed_get_money (stated, "opening", &account->opening) ||
          !json_object_has_member (stated, "inc_sumamt") || !zifu_feed_get_money (stated, "inc_sumamt", &account->inc) ||
          !json_object_has_member (stated, "pay_sumamt") || !zifu_feed_get_money (stated, "pay_sumamt", &account->pay) ||
          !json_object_has_member (stated, "balc") || !zifu_feed_get_money (stated, "balc", &account->balance))
        return fail_checkpoint (error);
      account->has_running = TRUE;
      account->running = account->opening;
      self->n_stated++;
      self->only = self->n_stated == 1 ? insutype : NULL;
      if (!zifu_money_add (totals->opening, account->opening, &totals->opening) ||
          !zifu_money_add (totals->balance, account->balance, &totals->balance))
        return fail_sums (error);
    }
  return list != NULL || fail_checkpoint (error);
}

/* C4: each balance follows from the one before, in the order of the account. */
static gboolean
add_movement (Totals *self, sqlite3_stmt *rows, GError **error)
{
  const char *insutype = (const char *) sqlite3_column_text (rows, 2);
  Account *account = find_account (self, insutype);
  ZifuMoney inc = sqlite3_column_int64 (rows, 3), pay = sqlite3_column_int64 (rows, 4), stated = sqlite3_column_int64 (rows, 5);
  gboolean mixed = self->n_stated > 1 && insutype == NULL;
  ZifuMoney expected;

  if (!zifu_money_add (account->sum_inc, inc, &account->sum_inc) || !zifu_money_add (account->sum_pay, pay, &account->sum_pay) ||
      !zifu_money_add (account->running, inc - pay, &expected))
    return fail_sums (error);
  if (account->has_running && !mixed && !account->broken && expected != stated)
    {
      account->broken = TRUE;
      if (!_zifu_feed_mirror_mark (self->mirror, ZIFU_FEED_CHECK_RUNNING, "acct_detl", (const char *) sqlite3_column_text (rows, 0), "balc",
                                   (const char *) sqlite3_column_text (rows, 1), expected, stated, error))
        return FALSE;
    }
  account->has_running = TRUE;
  account->running = stated;
  return TRUE;
}

static gboolean
add_movements (Totals *self, ZifuFeedTotals *totals, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT id, crte_time, insutype, inc_sumamt, pay_sumamt, balc FROM sync_row_d WHERE sync_id = ? AND gen = ?"
                          " AND crte_time IS NOT NULL AND +type = 'acct_detl' AND vali_flag = '1' ORDER BY crte_time, seq",
                          "ii", self->mirror->sync_id, self->mirror->gen);
  gboolean row, first = TRUE;

  while (rows != NULL && _zifu_ledger_step (self->mirror->ledger, rows, &row, error))
    {
      if (!row)
        return TRUE;
      /* Without totals the first movement says what there was before it. */
      if (first && self->n_stated == 0)
        totals->opening = sqlite3_column_int64 (rows, 5) - sqlite3_column_int64 (rows, 3) + sqlite3_column_int64 (rows, 4);
      first = FALSE;
      if (!add_movement (self, rows, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
compare (Totals *self, ZifuFeedTotals *totals, const char *insutype, const char *field, ZifuMoney expected, ZifuMoney stated,
         GError **error)
{
  if (expected == stated)
    return TRUE;
  totals->agrees = FALSE;
  return _zifu_feed_mirror_mark (self->mirror, ZIFU_FEED_CHECK_BALANCE, "", insutype, field, NULL, expected, stated, error);
}

/* C5 of one account, or of all together where rows do not say of which they are. */
static gboolean
compare_account (Totals *self, ZifuFeedTotals *totals, const char *insutype, const Account *account, GError **error)
{
  ZifuMoney expected;

  if (!zifu_money_add (account->opening, account->sum_inc, &expected) || !zifu_money_add (expected, -account->sum_pay, &expected))
    return fail_sums (error);
  if (expected != account->balance)
    return compare (self, totals, insutype, "balc", expected, account->balance, error);
  return account->sum_inc != account->inc ? compare (self, totals, insutype, "inc_sumamt", account->sum_inc, account->inc, error)
                                          : compare (self, totals, insutype, "pay_sumamt", account->sum_pay, account->pay, error);
}

static gboolean
compare_together (Totals *self, ZifuFeedTotals *totals, GError **error)
{
  Account all = { 0 };
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Account *account = value;

      if (!zifu_money_add (all.opening, account->opening, &all.opening) || !zifu_money_add (all.inc, account->inc, &all.inc) ||
          !zifu_money_add (all.pay, account->pay, &all.pay) || !zifu_money_add (all.balance, account->balance, &all.balance) ||
          !zifu_money_add (all.sum_inc, account->sum_inc, &all.sum_inc) || !zifu_money_add (all.sum_pay, account->sum_pay, &all.sum_pay))
        return fail_sums (error);
    }
  return compare_account (self, totals, "", &all, error);
}

static gboolean
compare_accounts (Totals *self, ZifuFeedTotals *totals, GError **error)
{
  GHashTableIter iter;
  gpointer insutype, value;

  if (self->n_stated > 1 && g_hash_table_contains (self->accounts, ""))
    return compare_together (self, totals, error);
  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, &insutype, &value))
    if (!compare_account (self, totals, insutype, value, error))
      return FALSE;
  return TRUE;
}

/* What enrolments say that an account holds. */
static gboolean
compare_enrolments (Totals *self, ZifuFeedTotals *totals, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT insutype, balc FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'insuinfo' AND vali_flag = '1'"
                          " AND balc IS NOT NULL AND insutype IS NOT NULL ORDER BY seq",
                          "ii", self->mirror->sync_id, self->mirror->gen);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->mirror->ledger, rows, &row, error))
    {
      const char *insutype = row ? (const char *) sqlite3_column_text (rows, 0) : NULL;
      const Account *account = row ? g_hash_table_lookup (self->accounts, insutype) : NULL;

      if (!row)
        return TRUE;
      if (account != NULL && account->has_stated && totals->agrees &&
          !compare (self, totals, insutype, "insuinfo.balc", account->balance, sqlite3_column_int64 (rows, 1), error))
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_feed_check_totals:
 * @checkpoint: (nullable): what the source states of everything
 *
 * C4 and C5: marks the first movement that does not follow, and accounts that are not the sum of their movements.
 */
gboolean
_zifu_feed_check_totals (ZifuFeedMirror *self, JsonObject *checkpoint, ZifuFeedTotals *totals, GError **error)
{
  g_autoptr (GHashTable) accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Totals all = { self, accounts, 0, NULL };
  gboolean had_rows;

  *totals = (ZifuFeedTotals){ .agrees = TRUE };
  if ((checkpoint != NULL && !read_stated (&all, checkpoint, totals, error)) || !add_movements (&all, totals, error))
    return FALSE;
  totals->n_accounts = all.n_stated;
  had_rows = g_hash_table_size (accounts) > all.n_stated;
  totals->has_accounts = checkpoint != NULL && (all.n_stated > 0 || !had_rows);
  if (all.n_stated == 0)
    return TRUE;
  return compare_accounts (&all, totals, error) && compare_enrolments (&all, totals, error);
}

/* ---- C8 */

static gboolean
count_type (ZifuFeedMirror *self, const char *type, gint64 *n, GError **error)
{
  return _zifu_ledger_get_int (self->ledger, n, error,
                               "SELECT COUNT (*) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = ? AND vali_flag = '1'", "iit",
                               self->sync_id, self->gen, type);
}

/* Each type that is named, and that no other type is there. */
static gboolean
check_counts (ZifuFeedMirror *self, JsonObject *counts, GError **error)
{
  JsonObjectIter iter;
  const char *type;
  JsonNode *node;
  gint64 named = 0, all, n;

  if (json_object_get_size (counts) == 0)
    return TRUE;
  json_object_iter_init (&iter, counts);
  while (json_object_iter_next (&iter, &type, &node))
    {
      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
        return fail_checkpoint (error);
      if (!count_type (self, type, &n, error))
        return FALSE;
      named += n;
      if (n != json_node_get_int (node) &&
          !_zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_DIGEST, type, "", "counts", NULL, n, json_node_get_int (node), error))
        return FALSE;
    }
  if (!_zifu_ledger_get_int (self->ledger, &all, error,
                             "SELECT COUNT (*) FROM sync_row_d WHERE sync_id = ? AND gen = ? AND vali_flag = '1'",
                             "ii", self->sync_id, self->gen))
    return FALSE;
  return all == named || _zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_DIGEST, "", "", "counts", NULL, all, named, error);
}

/* SHA-256 over the sorted lines type|id|ver, without and with an end of the last line; @sorted: whether the lines came in that order. */
static gboolean
digest_lines (ZifuFeedMirror *self, const char *order, char **without, char **with, gboolean *sorted, GError **error)
{
  g_autofree char *sql = g_strconcat ("SELECT type || '|' || id || '|' || ver FROM sync_row_d WHERE sync_id = ? AND gen = ?"
                                      " AND vali_flag = '1' ORDER BY ", order, NULL);
  g_autoptr (sqlite3_stmt) rows = _zifu_ledger_prepare (self->ledger, error, sql, "ii", self->sync_id, self->gen);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GChecksum) ended = NULL;
  g_autoptr (GString) last = g_string_new (NULL);
  gboolean row;

  *sorted = TRUE;
  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      const char *line = row ? (const char *) sqlite3_column_text (rows, 0) : NULL;

      if (!row)
        {
          ended = g_checksum_copy (checksum);
          g_checksum_update (ended, (const guchar *) "\n", 1);
          *without = g_strdup (g_checksum_get_string (checksum));
          *with = g_strdup (g_checksum_get_string (ended));
          return TRUE;
        }
      if (last->len > 0)
        {
          *sorted = *sorted && strcmp (last->str, line) < 0;
          g_checksum_update (checksum, (const guchar *) "\n", 1);
        }
      g_checksum_update (checksum, (const guchar *) line, -1);
      g_string_assign (last, line);
    }
  return FALSE;
}

/*
 * _zifu_feed_check_digest:
 *
 * C8: marks that what is kept is not what the source has.
 */
gboolean
_zifu_feed_check_digest (ZifuFeedMirror *self, JsonObject *checkpoint, GError **error)
{
  JsonNode *counts = json_object_get_member (checkpoint, "counts"), *node = json_object_get_member (checkpoint, "digest");
  const char *digest = zifu_json_peek_string (checkpoint, "digest");
  g_autofree char *without = NULL, *with = NULL;
  gboolean sorted;

  if (counts == NULL || !JSON_NODE_HOLDS_OBJECT (counts) || (node != NULL && digest == NULL))
    return fail_checkpoint (error);
  if (!check_counts (self, json_node_get_object (counts), error))
    return FALSE;
  if (digest == NULL || self->n_marks[ZIFU_FEED_CHECK_DIGEST] > 0)
    return TRUE;
  /* The order of the index is the order of the lines, unless one number begins as another one does. */
  if (!digest_lines (self, "type, id", &without, &with, &sorted, error))
    return FALSE;
  if (!sorted)
    {
      g_clear_pointer (&without, g_free);
      g_clear_pointer (&with, g_free);
      if (!digest_lines (self, "type || '|' || id || '|' || ver", &without, &with, &sorted, error))
        return FALSE;
    }
  return g_ascii_strcasecmp (digest, without) == 0 || g_ascii_strcasecmp (digest, with) == 0 ||
         _zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_DIGEST, "", "", "digest", NULL, 0, 0, error);
}
