/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <string.h>

#include "zifu-bill-figures.h"
#include "zifu-case-file.h"
#include "zifu-json.h"
#include "zifu-mapping-private.h"

/*
 * Settlements of a source as receipts.  Ours count funds without the account, the hospital's part beside the person's, and the own account
 * without relatives' ones; a settlement that does not add up in that form stays with the rows of the source only, and is marked there.
 */

/*
 * _zifu_feed_care:
 *
 * The care that a med_type is; codes that are not known are visits.
 */
const char *
_zifu_feed_care (const char *med_type)
{
  static const struct {
    const char *prefix, *care;
  } cares[] = { { "41", "pharmacy" }, { "52", "inpatient" }, { "2", "inpatient" }, { "13", "emergency" }, { "14", "special" } };

  for (guint i = 0; med_type != NULL && i < G_N_ELEMENTS (cares); i++)
    if (g_str_has_prefix (med_type, cares[i].prefix))
      return cares[i].care;
  return "outpatient";
}

/*
 * _zifu_feed_find_kind:
 *
 * What a movement is, by its code, the care that it paid for, and which way it went.
 */
ZifuEntryKind
_zifu_feed_find_kind (ZifuFeedProjection *self, const char *code, const char *med_type, ZifuMoney amount)
{
  const char *care = med_type != NULL && g_str_equal (code, "201") ? _zifu_feed_care (med_type) : "";
  g_autofree char *key = g_strdup_printf ("%s|%s|%d", code, care, amount > 0 ? 1 : amount < 0 ? -1 : 0);
  gpointer known;
  ZifuEntryKind kind;

  if (g_hash_table_lookup_extended (self->kinds, key, NULL, &known))
    return GPOINTER_TO_INT (known);
  if (*care != '\0' && amount <= 0)
    kind = _zifu_entry_kind_of_care (care);
  else
    kind = _zifu_mapping_find_kind (self->mapping, "", code, "", "", amount);
  if (kind == ZIFU_ENTRY_PREMIUM || kind == ZIFU_ENTRY_FAMILY)
    kind = ZIFU_ENTRY_TRANSFER;
  g_hash_table_insert (self->kinds, g_steal_pointer (&key), GINT_TO_POINTER (kind));
  return kind;
}

static const char *
find_class (const char *care, const char *hosp_lv)
{
  if (g_str_equal (care, "pharmacy"))
    return "pharmacy";
  if (hosp_lv == NULL || hosp_lv[0] == '\0' || hosp_lv[1] == '\0')
    return NULL;
  if (hosp_lv[0] == '1')
    return g_str_equal (hosp_lv, "10") ? "1" : NULL;
  return hosp_lv[1] >= '1' && hosp_lv[1] <= '4' ? "3" : hosp_lv[1] >= '5' && hosp_lv[1] <= '7' ? "2" : hosp_lv[1] >= '8' ? "1" : NULL;
}

static gboolean
may_be (ZifuProfileAnswer answer, ZifuProfileAnswer wanted)
{
  return answer == ZIFU_PROFILE_UNKNOWN || answer == wanted;
}

/* One way of counting; whether the bill adds up in it, and what it is in ours. */
static gboolean
fit_form (JsonObject *s, gboolean fund_includes, gboolean hospital_within, gboolean relatives_within, ZifuMoney *a)
{
  ZifuMoney account = _zifu_feed_money (s, "acct_pay");

  a[ZIFU_BILL_TOTAL] = _zifu_feed_money (s, "medfee_sumamt");
  a[ZIFU_BILL_OUT] = _zifu_feed_money (s, "fulamt_ownpay_amt");
  a[ZIFU_BILL_OVER_LIMIT] = _zifu_feed_money (s, "overlmt_selfpay");
  a[ZIFU_BILL_PRIOR] = _zifu_feed_money (s, "preselfpay_amt");
  a[ZIFU_BILL_IN_SCOPE] = _zifu_feed_money (s, "inscp_scp_amt");
  a[ZIFU_BILL_DEDUCTIBLE] = _zifu_feed_money (s, "act_pay_dedc");
  a[ZIFU_BILL_HOSPITAL] = _zifu_feed_money (s, "hosp_part_amt");
  a[ZIFU_BILL_MUTUAL] = _zifu_feed_money (s, "acct_mulaid_pay");
  a[ZIFU_BILL_CASH] = _zifu_feed_money (s, "psn_cash_pay");
  a[ZIFU_BILL_FUND_SUM] = _zifu_feed_money (s, "fund_pay_sumamt") - (fund_includes ? account : 0);
  a[ZIFU_BILL_PERSON] = _zifu_feed_money (s, "psn_part_amt") - (hospital_within ? a[ZIFU_BILL_HOSPITAL] : 0);
  a[ZIFU_BILL_ACCOUNT] = account - (relatives_within ? a[ZIFU_BILL_MUTUAL] : 0);
  for (guint part = 0; part < ZIFU_N_BILL_PARTS; part++)
    if (a[part] < 0)
      return FALSE;
  return a[ZIFU_BILL_TOTAL] == a[ZIFU_BILL_OUT] + a[ZIFU_BILL_OVER_LIMIT] + a[ZIFU_BILL_PRIOR] + a[ZIFU_BILL_IN_SCOPE] &&
         a[ZIFU_BILL_TOTAL] == a[ZIFU_BILL_FUND_SUM] + a[ZIFU_BILL_HOSPITAL] + a[ZIFU_BILL_PERSON] &&
         a[ZIFU_BILL_PERSON] == a[ZIFU_BILL_ACCOUNT] + a[ZIFU_BILL_MUTUAL] + a[ZIFU_BILL_CASH];
}

static gboolean
fit (const ZifuFeedMirror *mirror, JsonObject *s, ZifuMoney *a)
{
  for (guint form = 0; form < 8; form++)
    {
      gboolean fund = form & 1, hospital = form & 2, relatives = !(form & 4);

      if (may_be (mirror->fund_includes_acct, fund ? ZIFU_PROFILE_YES : ZIFU_PROFILE_NO) &&
          may_be (mirror->hosp_part_within_psn_part, hospital ? ZIFU_PROFILE_YES : ZIFU_PROFILE_NO) &&
          may_be (mirror->acct_includes_mulaid, relatives ? ZIFU_PROFILE_YES : ZIFU_PROFILE_NO) &&
          fit_form (s, fund, hospital, relatives, a))
        return TRUE;
    }
  return FALSE;
}

static const char *const payers[][2] = {
  { "hifp", "hifp_pay" },   { "cvlserv", "cvlserv_pay" }, { "hifes", "hifes_pay" }, { "hifmi", "hifmi_pay" },
  { "hifob", "hifob_pay" }, { "hifdm", "hifdm_pay" },     { "maf", "maf_pay" },     { "oth", "oth_pay" },
};

/* Which fund paid is stated only when the funds come to their sum. */
static gboolean
are_funds_stated (JsonObject *s, ZifuMoney sum)
{
  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      ZifuMoney paid = _zifu_feed_money (s, payers[i][1]);

      if (paid < 0)
        return FALSE;
      sum -= paid;
    }
  return sum == 0;
}

typedef struct {
  ZifuFeedProjection *projection;
  sqlite3_stmt       *put, *fund, *find, *unfund; /* owned */
  gboolean            has_typed; /* receipts that may be the same as settlements of the source */
} Writing;

static gboolean
run (Writing *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  sqlite3_reset (statement);
  if (code != SQLITE_DONE && code != SQLITE_ROW)
    _zifu_ledger_set_error (self->projection->mirror->ledger, code, error);
  return code == SQLITE_DONE || code == SQLITE_ROW;
}

static gboolean
put_fund (Writing *self, gint64 id, gint64 seq, const char *payer, const char *insurance, ZifuMoney amount, GError **error)
{
  return _zifu_ledger_bind (self->projection->mirror->ledger, self->fund, error, "iitti", id, seq, payer,
                            _zifu_fund_pay_type (payer, insurance), amount) &&
         run (self, self->fund, error);
}

static gboolean
put_funds (Writing *self, gint64 id, JsonObject *s, const char *insurance, ZifuMoney sum, gboolean stated, GError **error)
{
  gint64 seq = 0;

  if (!stated)
    return sum == 0 || put_fund (self, id, 0, "hifp", insurance, sum, error);
  for (guint i = 0; i < G_N_ELEMENTS (payers); i++)
    {
      ZifuMoney paid = _zifu_feed_money (s, payers[i][1]);

      if (paid > 0 && !put_fund (self, id, seq++, payers[i][0], insurance, paid, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
find_settlement (Writing *self, const char *key, gint64 *id, gboolean *synced, GError **error)
{
  gboolean row;

  sqlite3_reset (self->find);
  sqlite3_bind_text (self->find, 2, key, -1, SQLITE_TRANSIENT);
  if (!_zifu_ledger_step (self->projection->mirror->ledger, self->find, &row, error))
    return FALSE;
  *id = row ? sqlite3_column_int64 (self->find, 0) : 0;
  *synced = row && sqlite3_column_int (self->find, 1);
  sqlite3_reset (self->find);
  return TRUE;
}

/* A receipt that somebody typed, of the same day, care and total, is this settlement; one of the same place before others. */
static gboolean
claim_typed (Writing *self, const char *key, const char *day, const char *care, const char *place, ZifuMoney total, GError **error)
{
  return !self->has_typed ||
         _zifu_ledger_run (self->projection->mirror->ledger, error,
                           "UPDATE setl_d SET souc_rid = ?2 WHERE setl_id = (SELECT setl_id FROM setl_d WHERE psn_no = ?1"
                           " AND souc_rid IS NULL AND substr (setl_time, 1, 10) = ?3 AND medfee_sumamt = ?4 AND refd_setl_flag = '0'"
                           " AND care = ?5 ORDER BY IFNULL (fixmedins_name, '') <> IFNULL (?6, ''), setl_id LIMIT 1)"
                           " AND NOT EXISTS (SELECT 1 FROM setl_d WHERE psn_no = ?1 AND souc_rid = ?2)",
                           "ittitt", self->projection->member->id, key, day, total, care, place);
}

/* A settlement that is not there any more, or does not add up any more. */
static gboolean
drop_settlement (Writing *self, const char *key, GError **error)
{
  static const char *const statements[] = {
    "UPDATE acct_incexpd_d SET setl_id = NULL WHERE setl_id = ?", "DELETE FROM presetl_pair_d WHERE setl_id = ?",
    "DELETE FROM feedetl_d WHERE setl_id = ?",                    "DELETE FROM setldetail WHERE setl_id = ?",
    "DELETE FROM setl_d WHERE setl_id = ?",
  };
  ZifuLedger *ledger = self->projection->mirror->ledger;
  gboolean synced;
  gint64 id;

  if (!find_settlement (self, key, &id, &synced, error))
    return FALSE;
  if (id != 0 && !synced)
    return _zifu_ledger_run (ledger, error, "UPDATE setl_d SET souc_rid = NULL WHERE setl_id = ?", "i", id);
  for (guint i = 0; id != 0 && i < G_N_ELEMENTS (statements); i++)
    if (!_zifu_ledger_run (ledger, error, statements[i], "i", id))
      return FALSE;
  return TRUE;
}

/* Movements that were written before their settlement came, or changed, are looked at again. */
static gboolean
refresh_movements (Writing *self, const char *key, GError **error)
{
  return _zifu_ledger_run (self->projection->mirror->ledger, error,
                           "UPDATE sync_row_d SET fresh = 1 WHERE sync_id = ? AND gen = ? AND refer_id = ? AND +type = 'acct_detl'"
                           " AND vali_flag = '1' AND fresh = 0",
                           "iit", self->projection->mirror->sync_id, self->projection->mirror->gen, key);
}

static gboolean
write_settlement (Writing *self, const char *key, JsonObject *s, const ZifuMoney *a, GError **error)
{
  const ZifuMember *member = self->projection->member;
  const char *insutype = zifu_json_peek_string (s, "insutype"), *care = _zifu_feed_care (zifu_json_peek_string (s, "med_type"));
  const char *insurance = g_strcmp0 (insutype, "310") == 0 || g_strcmp0 (insutype, "390") == 0 ? insutype : member->insurance;
  gboolean stated = are_funds_stated (s, a[ZIFU_BILL_FUND_SUM]), synced;
  g_autofree char *day = g_strndup (zifu_json_peek_string (s, "setl_time"), 10);
  gint64 unstated = 0, id;

  if (!stated)
    unstated |= (gint64) 1 << ZIFU_BILL_FUND;
  if (!json_object_has_member (s, "act_pay_dedc"))
    unstated |= (gint64) 1 << ZIFU_BILL_DEDUCTIBLE;
  if (!claim_typed (self, key, day, care, zifu_json_peek_string (s, "fixmedins_name"), a[ZIFU_BILL_TOTAL], error) ||
      !_zifu_ledger_bind (self->projection->mirror->ledger, self->put, error, "ittttttttiiiiiiiiiiiitit", member->id, key, day, day, care,
                          _zifu_med_type_of_care (care), zifu_json_peek_string (s, "fixmedins_name"),
                          find_class (care, zifu_json_peek_string (s, "hosp_lv")), member->region, a[ZIFU_BILL_TOTAL], a[ZIFU_BILL_OUT],
                          a[ZIFU_BILL_OVER_LIMIT], a[ZIFU_BILL_PRIOR], a[ZIFU_BILL_IN_SCOPE], a[ZIFU_BILL_DEDUCTIBLE],
                          a[ZIFU_BILL_FUND_SUM],
                          a[ZIFU_BILL_HOSPITAL], a[ZIFU_BILL_PERSON], a[ZIFU_BILL_ACCOUNT], a[ZIFU_BILL_MUTUAL], a[ZIFU_BILL_CASH],
                          zifu_json_peek_string (s, "refd_setl_flag"), unstated, insurance) ||
      !run (self, self->put, error) || !find_settlement (self, key, &id, &synced, error))
    return FALSE;
  if (!synced)
    return _zifu_ledger_run (self->projection->mirror->ledger, error, "UPDATE setl_d SET refd_setl_flag = ? WHERE setl_id = ?", "ti",
                             zifu_json_peek_string (s, "refd_setl_flag"), id);
  sqlite3_bind_int64 (self->unfund, 1, id);
  return run (self, self->unfund, error) && put_funds (self, id, s, insurance, a[ZIFU_BILL_FUND_SUM], stated, error);
}

static gboolean
project_settlement (Writing *self, const char *key, const char *json, gsize length, gboolean valid, GError **error)
{
  ZifuMoney a[ZIFU_N_BILL_PARTS] = { 0 };
  g_autoptr (JsonNode) node = NULL;

  if (!valid)
    return drop_settlement (self, key, error);
  node = zifu_json_read_foreign (json, length, NULL, error);
  if (node == NULL)
    return FALSE;
  return (fit (self->projection->mirror, json_node_get_object (node), a) ? write_settlement (self, key, json_node_get_object (node), a,
                                                                                             error)
                                                                         : drop_settlement (self, key, error)) &&
         (!self->projection->mirror->has_shown || refresh_movements (self, key, error));
}

static gboolean
prepare (Writing *self, GError **error)
{
#define FIGURES(x) \
  x (setl_time) "," x (begndate) "," x (care) "," x (med_type) "," x (fixmedins_name) "," x (fixmedins_class) "," x (medfee_sumamt) "," \
  x (fulamt_ownpay_amt) "," x (overlmt_selfpay) "," x (preselfpay_amt) "," x (inscp_scp_amt) "," x (act_pay_dedc) "," \
  x (fund_pay_sumamt) "," x (hosp_part_amt) "," x (psn_part_amt) "," x (own_acct_pay) "," x (acct_mulaid_pay) "," x (psn_cash_pay) "," \
  x (refd_setl_flag) "," x (unstated) "," x (insutype)
#define TAKE(column) #column " = excluded." #column
  static const char put[] =
    "INSERT INTO setl_d (psn_no, souc_rid, setl_time, begndate, care, med_type, fixmedins_name, fixmedins_class, insu_admdvs,"
    " medfee_sumamt,"
    " fulamt_ownpay_amt, overlmt_selfpay, preselfpay_amt, inscp_scp_amt, act_pay_dedc, fund_pay_sumamt, hosp_part_amt, psn_part_amt,"
    " own_acct_pay, acct_mulaid_pay, psn_cash_pay, refd_setl_flag, unstated, insutype, unverified, provenance)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'synced')"
    " ON CONFLICT (psn_no, souc_rid) WHERE souc_rid IS NOT NULL DO UPDATE SET " FIGURES (TAKE)
    " WHERE setl_d.provenance = 'synced'";
  ZifuLedger *ledger = self->projection->mirror->ledger;
  const gint64 none = 0;
  gint64 n;

  if (!_zifu_ledger_get_int (ledger, &n, error,
                             "SELECT EXISTS (SELECT 1 FROM setl_d WHERE psn_no = ? AND souc_rid IS NULL AND provenance <> 'synced')", "i",
                             self->projection->member->id))
    return FALSE;
  self->has_typed = n != 0;
  self->put = _zifu_ledger_prepare (ledger, error, put, "ittttttttiiiiiiiiiiiitit", none, "", "", "", "", "", "", "", "", none, none, none,
                                    none,
                                    none, none, none, none, none, none, none, none, "", none, "");
  if (self->put == NULL)
    return FALSE;
  self->fund = _zifu_ledger_prepare (ledger, error,
                                     "INSERT INTO setldetail (setl_id, seq, payout, layer, payer, fund_pay_type, fund_payamt)"
                                     " VALUES (?, ?, 'now', '', ?, ?, ?)",
                                     "iitti", none, none, "", "", none);
  if (self->fund == NULL)
    return FALSE;
  self->find = _zifu_ledger_prepare (ledger, error, "SELECT setl_id, provenance = 'synced' FROM setl_d WHERE psn_no = ? AND souc_rid = ?",
                                     "it",
                                     self->projection->member->id, "");
  if (self->find == NULL)
    return FALSE;
  self->unfund = _zifu_ledger_prepare (ledger, error, "DELETE FROM setldetail WHERE setl_id = ?", "i", none);
  return self->unfund != NULL;
}

static gboolean
project_all (Writing *self, GError **error)
{
  g_autoptr (sqlite3_stmt) ids = NULL, item = NULL;
  ZifuFeedMirror *mirror = self->projection->mirror;
  gboolean row, there;

  /* Reversals are entries, no settlements: the original carries the flag. */
  ids = _zifu_ledger_prepare (mirror->ledger, error,
                              "SELECT row_id FROM sync_row_d WHERE sync_id = ? AND gen = ? AND fresh = 1 AND type = 'setlinfo'"
                              " AND (refer_id IS NULL OR vali_flag = '0') ORDER BY row_id",
                              "ii", mirror->sync_id, mirror->gen);
  if (ids != NULL)
    item = _zifu_ledger_prepare (mirror->ledger, error, "SELECT id, json, vali_flag = '1' FROM sync_row_d WHERE row_id = ?", "i",
                                 G_GINT64_CONSTANT (0));
  while (item != NULL && _zifu_ledger_step (mirror->ledger, ids, &row, error))
    {
      if (!row)
        return TRUE;
      sqlite3_reset (item);
      sqlite3_bind_int64 (item, 1, sqlite3_column_int64 (ids, 0));
      if (!_zifu_ledger_step (mirror->ledger, item, &there, error) || !there ||
          !project_settlement (self, (const char *) sqlite3_column_text (item, 0), (const char *) sqlite3_column_text (item, 1),
                               (gsize) sqlite3_column_bytes (item, 1), sqlite3_column_int (item, 2), error))
        return FALSE;
    }
  return FALSE;
}

/*
 * _zifu_feed_project_settlements:
 *
 * Writes the settlements that came or changed, and takes away those that went.
 */
gboolean
_zifu_feed_project_settlements (ZifuFeedProjection *projection, GError **error)
{
  Writing self = { .projection = projection };
  gboolean success = prepare (&self, error) && project_all (&self, error);

  sqlite3_finalize (self.put);
  sqlite3_finalize (self.fund);
  sqlite3_finalize (self.find);
  sqlite3_finalize (self.unfund);
  return success;
}
