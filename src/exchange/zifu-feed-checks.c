/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

/* What rows must hold by themselves and in pairs: the checks C2, C3, C6 and C7.  The tolerance is 0. */

static const char *const amounts[] = {
  "medfee_sumamt", "fulamt_ownpay_amt", "overlmt_selfpay", "preselfpay_amt", "inscp_scp_amt",   "act_pay_dedc", "hifp_pay",
  "cvlserv_pay",   "hifes_pay",         "hifmi_pay",       "hifob_pay",      "hifdm_pay",       "maf_pay",      "oth_pay",
  "fund_pay_sumamt", "psn_part_amt",    "acct_pay",        "acct_mulaid_pay", "psn_cash_pay",   "hosp_part_amt",
};

/* An amount of a row whose shape was looked at; 0 when it has none. */
ZifuMoney
_zifu_feed_money (JsonObject *data, const char *name)
{
  ZifuMoney amount = 0;

  zifu_feed_get_money (data, name, &amount);
  return amount;
}

typedef struct {
  const char *field; /* NULL = all is well */
  ZifuMoney   expected, stated;
} Fault;

/* @wanted says which forms of an identity the source uses: what it does not say may be either. */
static gboolean
may_be (ZifuProfileAnswer answer, ZifuProfileAnswer wanted)
{
  return answer == ZIFU_PROFILE_UNKNOWN || answer == wanted;
}

/* I1: the whole bill is the sum of its four parts. */
static Fault
check_parts (JsonObject *s)
{
  ZifuMoney total = _zifu_feed_money (s, "medfee_sumamt");
  ZifuMoney sum = _zifu_feed_money (s, "fulamt_ownpay_amt") + _zifu_feed_money (s, "overlmt_selfpay") +
                  _zifu_feed_money (s, "preselfpay_amt") + _zifu_feed_money (s, "inscp_scp_amt");

  return sum == total ? (Fault){ NULL } : (Fault){ "medfee_sumamt", sum, total };
}

/* I3: funds, person and, where it is not part of the person's, hospital. */
static Fault
check_payers (const ZifuFeedMirror *self, JsonObject *s)
{
  ZifuMoney total = _zifu_feed_money (s, "medfee_sumamt"), fund = _zifu_feed_money (s, "fund_pay_sumamt");
  ZifuMoney person = _zifu_feed_money (s, "psn_part_amt"), account = _zifu_feed_money (s, "acct_pay");
  ZifuMoney hospital = _zifu_feed_money (s, "hosp_part_amt"), sum = 0;

  for (ZifuProfileAnswer f = ZIFU_PROFILE_YES; f >= ZIFU_PROFILE_NO; f--)
    for (ZifuProfileAnswer h = ZIFU_PROFILE_YES; h >= ZIFU_PROFILE_NO; h--)
      if (may_be (self->fund_includes_acct, f) && may_be (self->hosp_part_within_psn_part, h))
        {
          sum = fund + person - (f == ZIFU_PROFILE_YES ? account : 0) + (h == ZIFU_PROFILE_YES ? 0 : hospital);
          if (sum == total)
            return (Fault){ NULL };
        }
  return (Fault){ "fund_pay_sumamt", total - (sum - fund), fund };
}

/* I4: account and cash; relatives' accounts, where they are not part of the account's. */
static Fault
check_person (const ZifuFeedMirror *self, JsonObject *s)
{
  ZifuMoney person = _zifu_feed_money (s, "psn_part_amt"), account = _zifu_feed_money (s, "acct_pay");
  ZifuMoney relatives = _zifu_feed_money (s, "acct_mulaid_pay"), cash = _zifu_feed_money (s, "psn_cash_pay");
  ZifuMoney hospital = _zifu_feed_money (s, "hosp_part_amt"), sum = 0;

  for (ZifuProfileAnswer m = ZIFU_PROFILE_NO; m <= ZIFU_PROFILE_YES; m++)
    if (may_be (self->acct_includes_mulaid, m))
      {
        sum = account + cash + (m == ZIFU_PROFILE_YES ? 0 : relatives);
        if (sum == person || (may_be (self->hosp_part_within_psn_part, ZIFU_PROFILE_YES) && sum + hospital == person))
          return (Fault){ NULL };
      }
  return (Fault){ "psn_part_amt", sum, person };
}

/* No payment is more than what it is a part of. */
static Fault
check_limits (const ZifuFeedMirror *self, JsonObject *s)
{
  static const char *const limits[][2] = {
    { "hifp_pay", "fund_pay_sumamt" },  { "cvlserv_pay", "fund_pay_sumamt" }, { "hifes_pay", "fund_pay_sumamt" },
    { "hifmi_pay", "fund_pay_sumamt" }, { "hifob_pay", "fund_pay_sumamt" },   { "hifdm_pay", "fund_pay_sumamt" },
    { "maf_pay", "fund_pay_sumamt" },   { "oth_pay", "fund_pay_sumamt" },     { "acct_pay", "psn_part_amt" },
    { "psn_cash_pay", "psn_part_amt" }, { "acct_mulaid_pay", "acct_pay" },
  };
  gint64 sign = _zifu_feed_money (s, "medfee_sumamt") < 0 ? -1 : 1;

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      ZifuMoney part = _zifu_feed_money (s, limits[i][0]), whole = _zifu_feed_money (s, limits[i][1]);

      if (g_str_equal (limits[i][1], "acct_pay") && self->acct_includes_mulaid != ZIFU_PROFILE_YES)
        continue;
      if (sign * part < 0 || sign * part > sign * whole)
        return (Fault){ limits[i][0], whole, part };
    }
  return (Fault){ NULL };
}

/*
 * _zifu_feed_check_settlement:
 *
 * C2: marks a settlement whose parts do not add up in the form that the source uses.
 */
gboolean
_zifu_feed_check_settlement (ZifuFeedMirror *self, const char *id, JsonObject *data, GError **error)
{
  Fault fault = check_parts (data);

  if (fault.field == NULL)
    fault = check_payers (self, data);
  if (fault.field == NULL)
    fault = check_person (self, data);
  if (fault.field == NULL)
    fault = check_limits (self, data);
  return fault.field == NULL ||
         _zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_SETTLEMENT, "setlinfo", id, fault.field, zifu_json_peek_string (data, "setl_time"),
                                 fault.expected, fault.stated, error);
}

static JsonNode *
read_json (sqlite3_stmt *statement, int column, GError **error)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return zifu_json_read_foreign (text != NULL ? text : "{}", text != NULL ? (gsize) sqlite3_column_bytes (statement, column) : 2, NULL,
                                 error);
}

/*
 * _zifu_feed_check_settlements:
 *
 * C2 once more for all, after the source said that it counts in another way.
 */
gboolean
_zifu_feed_check_settlements (ZifuFeedMirror *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows = NULL;
  gboolean row;

  if (!_zifu_ledger_run (self->ledger, error, "DELETE FROM sync_mark_d WHERE sync_id = ? AND gen = ? AND chk = 2", "ii", self->sync_id,
                         self->gen))
    return FALSE;
  rows = _zifu_ledger_prepare (self->ledger, error,
                               "SELECT id, json FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'setlinfo' AND vali_flag = '1'",
                               "ii",
                               self->sync_id, self->gen);
  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      g_autoptr (JsonNode) node = NULL;

      if (!row)
        return TRUE;
      node = read_json (rows, 1, error);
      if (node == NULL ||
          !_zifu_feed_check_settlement (self, (const char *) sqlite3_column_text (rows, 0), json_node_get_object (node), error))
        return FALSE;
    }
  return FALSE;
}

static Fault
compare_pair (JsonObject *red, JsonObject *original)
{
  const char *flag = zifu_json_peek_string (original, "refd_setl_flag");

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      ZifuMoney x = _zifu_feed_money (red, amounts[i]), y = _zifu_feed_money (original, amounts[i]);

      if (x != -y)
        return (Fault){ amounts[i], -y, x };
    }
  return g_strcmp0 (flag, "1") == 0 ? (Fault){ NULL } : (Fault){ "refd_setl_flag", 0, 0 };
}

/*
 * _zifu_feed_check_pairs:
 *
 * C3: marks a reversal that does not undo exactly its original.
 */
gboolean
_zifu_feed_check_pairs (ZifuFeedMirror *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT r.id, r.crte_time, r.json, o.json FROM sync_row_d r LEFT JOIN sync_row_d o ON o.sync_id = r.sync_id"
                          " AND o.gen = r.gen AND o.type = 'setlinfo' AND o.id = r.refer_id AND o.vali_flag = '1'"
                          " WHERE r.sync_id = ? AND r.gen = ? AND r.type = 'setlinfo' AND r.vali_flag = '1' AND r.refer_id IS NOT NULL",
                          "ii", self->sync_id, self->gen);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      g_autoptr (JsonNode) red = NULL, original = NULL;
      Fault fault = { "init_setl_id", 0, 0 };

      if (!row)
        return TRUE;
      red = read_json (rows, 2, error);
      original = red != NULL ? read_json (rows, 3, error) : NULL;
      if (original == NULL)
        return FALSE;
      if (sqlite3_column_type (rows, 3) != SQLITE_NULL)
        fault = compare_pair (json_node_get_object (red), json_node_get_object (original));
      if (fault.field != NULL &&
          !_zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_RED_PAIR, "setlinfo", (const char *) sqlite3_column_text (rows, 0), fault.field,
                                   (const char *) sqlite3_column_text (rows, 1), fault.expected, fault.stated, error))
        return FALSE;
    }
  return FALSE;
}

/* What the movements of a kind say of a settlement; @n: how many there are. */
static gboolean
sum_movements (ZifuFeedMirror *self, sqlite3_stmt *movements, const char *settlement, const char *code, ZifuMoney *sum, guint *n,
               GError **error)
{
  gboolean row = TRUE;

  *sum = 0;
  *n = 0;
  sqlite3_reset (movements);
  sqlite3_bind_text (movements, 3, settlement, -1, SQLITE_TRANSIENT);
  sqlite3_bind_text (movements, 4, code, -1, SQLITE_STATIC);
  while (row)
    {
      if (!_zifu_ledger_step (self->ledger, movements, &row, error))
        return FALSE;
      if (row && !zifu_money_add (*sum, sqlite3_column_int64 (movements, 0), sum))
        *sum = G_MAXINT64;
      *n += row;
    }
  sqlite3_reset (movements);
  return TRUE;
}

/* Own account: what relatives paid is part of it or not, as the source says. */
static gboolean
is_own_pay (const ZifuFeedMirror *self, ZifuMoney moved, ZifuMoney account, ZifuMoney relatives)
{
  return (may_be (self->acct_includes_mulaid, ZIFU_PROFILE_YES) && moved == account - relatives) ||
         (may_be (self->acct_includes_mulaid, ZIFU_PROFILE_NO) && moved == account);
}

static gboolean
check_moved (ZifuFeedMirror *self, sqlite3_stmt *settlement, sqlite3_stmt *movements, GError **error)
{
  const char *id = (const char *) sqlite3_column_text (settlement, 0), *original = (const char *) sqlite3_column_text (settlement, 2);
  ZifuMoney account = sqlite3_column_int64 (settlement, 3), relatives = sqlite3_column_int64 (settlement, 4), moved;
  guint n;

  if (!sum_movements (self, movements, id, original != NULL ? "109" : "201", &moved, &n, error))
    return FALSE;
  /* Some sources name the original beside what they give back. */
  if (original != NULL && n == 0 && !sum_movements (self, movements, original, "109", &moved, &n, error))
    return FALSE;
  return is_own_pay (self, moved, account, relatives) ||
         _zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_MOVEMENTS, "setlinfo", id, "acct_pay",
                                 (const char *) sqlite3_column_text (settlement, 1),
                                 self->acct_includes_mulaid == ZIFU_PROFILE_NO ? account : account - relatives, moved, error);
}

/*
 * _zifu_feed_check_movements:
 *
 * C6: marks a settlement by which the account did not move as the settlement says.
 */
gboolean
_zifu_feed_check_movements (ZifuFeedMirror *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT id, crte_time, refer_id, pay_sumamt, inc_sumamt FROM sync_row_d WHERE sync_id = ? AND gen = ?"
                          " AND type = 'setlinfo' AND vali_flag = '1'",
                          "ii", self->sync_id, self->gen);
  g_autoptr (sqlite3_stmt) movements = NULL;
  gboolean row;

  if (rows != NULL)
    movements = _zifu_ledger_prepare (self->ledger, error,
                                      "SELECT pay_sumamt - inc_sumamt FROM sync_row_d WHERE sync_id = ? AND gen = ? AND refer_id = ?"
                                      " AND +type = 'acct_detl' AND vali_flag = '1' AND code = ?",
                                      "iitt", self->sync_id, self->gen, "", "");
  while (movements != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      if (!row)
        return TRUE;
      if (!check_moved (self, rows, movements, error))
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_feed_check_months:
 *
 * C7: marks months that are paid twice in one scheme.
 */
gboolean
_zifu_feed_check_months (ZifuFeedMirror *self, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->ledger, error,
                          "SELECT id, insutype, inc_sumamt, pay_sumamt FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'clct_detl'"
                          " AND vali_flag = '1' AND code IN ('1 Z', '4 Z') ORDER BY insutype, inc_sumamt, pay_sumamt, seq",
                          "ii", self->sync_id, self->gen);
  g_autofree char *scheme = NULL;
  gint64 last = 0;
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->ledger, rows, &row, error))
    {
      const char *insutype = row ? (const char *) sqlite3_column_text (rows, 1) : NULL;
      gint64 first = row ? sqlite3_column_int64 (rows, 2) : 0;

      if (!row)
        return TRUE;
      if (g_strcmp0 (insutype, scheme) != 0)
        {
          g_free (scheme);
          scheme = g_strdup (insutype);
          last = 0;
        }
      if (first <= last && !_zifu_feed_mirror_mark (self, ZIFU_FEED_CHECK_MONTHS, "clct_detl", (const char *) sqlite3_column_text (rows, 0),
                                                    "accrym_begn", NULL, last, first, error))
        return FALSE;
      last = MAX (last, sqlite3_column_int64 (rows, 3));
    }
  return FALSE;
}
