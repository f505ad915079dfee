/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-feed-private.h"

#include <string.h>

#include "zifu-case-file.h"
#include "zifu-json.h"

/*
 * Months that were paid, enrolments, ties and yearly totals.  What a person said of these is never replaced: the source fills what nobody
 * said.  Ties and totals that cannot be told apart by name stay with the rows of the source.
 */

/* Runs @func for each row of a type that is in force. */
typedef gboolean (*RowFunc) (ZifuFeedProjection *self, JsonObject *data, GError **error);

static gboolean
each_row (ZifuFeedProjection *self, const char *type, RowFunc func, GError **error)
{
  g_autoptr (sqlite3_stmt) rows =
    _zifu_ledger_prepare (self->mirror->ledger, error,
                          "SELECT json FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = ? AND vali_flag = '1' ORDER BY seq", "iit",
                          self->mirror->sync_id, self->mirror->gen, type);
  gboolean row;

  while (rows != NULL && _zifu_ledger_step (self->mirror->ledger, rows, &row, error))
    {
      g_autoptr (JsonNode) node = NULL;

      if (!row)
        return TRUE;
      node = zifu_json_read_foreign ((const char *) sqlite3_column_text (rows, 0), (gsize) sqlite3_column_bytes (rows, 0), NULL, error);
      if (node == NULL || !func (self, json_node_get_object (node), error))
        return FALSE;
    }
  return FALSE;
}

static ZifuMonth
read_month (JsonObject *data, const char *name)
{
  gint64 digits = g_ascii_strtoll (zifu_json_peek_string (data, name), NULL, 10);

  return zifu_month_new ((int) (digits / 100), (int) (digits % 100));
}

static ZifuDate
read_day (JsonObject *data, const char *name)
{
  const char *text = zifu_json_peek_string (data, name);
  g_autofree char *day = g_strndup (text != NULL ? text : "", 10);

  return zifu_date_parse (day);
}

static gboolean
put_months (ZifuFeedProjection *self, JsonObject *data, GError **error)
{
  const char *paid = zifu_json_peek_string (data, "clct_flag");
  ZifuMonth first = read_month (data, "accrym_begn"), last = read_month (data, "accrym_end");
  ZifuMoney credited = -1, own = _zifu_feed_money (data, "psn_clct_into_acct_amt"), employer = _zifu_feed_money (data,
                                                                                                                 "emp_clct_into_acct_amt");
  ZifuMoney base = _zifu_feed_money (data, "psn_clctstd");

  if ((g_strcmp0 (paid, "1") != 0 && g_strcmp0 (paid, "4") != 0) || g_strcmp0 (zifu_json_peek_string (data, "revs_flag"), "Z") != 0 ||
      last - first > 1200)
    return TRUE;
  if (first == last && json_object_has_member (data, "psn_clct_into_acct_amt") && own >= 0 && employer >= 0)
    credited = own + employer;
  for (ZifuMonth month = first; month <= last; month++)
    if (!_zifu_ledger_run (self->mirror->ledger, error,
                           "INSERT OR IGNORE INTO psn_clct_detl_d (psn_no, cashym, clct_time, psn_clctstd, psn_clct_into_acct_amt,"
                           " provenance)"
                           " VALUES (?, ?, ?, ?, ?, 'synced')",
                           "imdaa", self->member->id, month, read_day (data, "clct_time"), base > 0 ? base : (ZifuMoney) -1, credited))
      return FALSE;
  return TRUE;
}

/* What the platform's psn_type says of somebody's status here; NULL = nothing. */
static const char *
find_status (const char *type, const char **resident_class)
{
  *resident_class = NULL;
  if (g_str_equal (type, "1103"))
    return "flexible";
  if (g_str_has_prefix (type, "11"))
    return "active";
  if (g_str_has_prefix (type, "12"))
    return "retired";
  if (g_str_equal (type, "1403") || g_str_equal (type, "1404"))
    *resident_class = "student";
  else if (g_str_has_prefix (type, "14"))
    *resident_class = "minor";
  else if (g_str_has_prefix (type, "15"))
    *resident_class = "working";
  else if (g_str_has_prefix (type, "16"))
    *resident_class = "elderly";
  return *resident_class != NULL ? "resident" : NULL;
}

/* How somebody is insured decides what is paid.  It is taken for people whom the provider brought; of others it stays what they said. */
static gboolean
put_person (ZifuFeedProjection *self, JsonObject *data, GError **error)
{
  const char *type = zifu_json_peek_string (data, "psn_type"), *resident_class;
  const char *status = type != NULL ? find_status (type, &resident_class) : NULL;

  if (status == NULL)
    return TRUE;
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "UPDATE psn_b SET insutype = ?1, status = ?2, resident_class = ?3, acct_flag = IIF (?4, 1, EXISTS (SELECT 1"
                           " FROM acct_incexpd_d WHERE psn_no = ?5 AND inc_sumamt + pay_sumamt <> 0)) WHERE psn_no = ?5 AND provenance = "
                           "'synced'",
                           "tttii", zifu_json_peek_string (data, "insutype"), status, resident_class,
                           (gint64) json_object_has_member (data, "balc"), self->member->id);
}

/* Only where nobody stated an enrolment of this scheme. */
static gboolean
put_enrolment (ZifuFeedProjection *self, JsonObject *data, GError **error)
{
  const char *insutype = zifu_json_peek_string (data, "insutype"), *state = zifu_json_peek_string (data, "psn_insu_stas");
  ZifuDate from = read_day (data, "psn_insu_date"), until = read_day (data, "paus_insu_date");

  if ((g_strcmp0 (insutype, "310") != 0 && g_strcmp0 (insutype, "390") != 0) || from == 0 || (until != 0 && until < from))
    return TRUE;
  if (g_strcmp0 (state, "1") == 0 && !put_person (self, data, error))
    return FALSE;
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "INSERT INTO psn_insu_d (psn_no, insutype, insu_admdvs, crt_insu_date, paus_insu_date, psn_insu_stas, work_flag,"
                           " provenance) SELECT ?1, ?2, ?3, ?4, ?5, ?6, 1, 'synced' WHERE NOT EXISTS (SELECT 1 FROM psn_insu_d"
                           " WHERE psn_no = ?1 AND insutype = ?2 AND provenance <> 'synced')",
                           "ittddt", self->member->id, insutype, zifu_json_peek_string (data, "insuplc_admdvs"), from, until,
                           g_strcmp0 (state, "1") == 0 ? "1" : "2");
}

/* Of a county 110105 the pack may be its own, its city's (110100) or its province's (110000), in this order. */
static const char *
choose_region (const char *const *regions, const char *code)
{
  for (guint digits = 6; digits >= 2 && strlen (code) == 6; digits -= 2)
    {
      g_autofree char *id = g_strdup_printf ("%.*s%.*s", (int) digits, code, (int) (6 - digits), "000000");

      for (guint i = 0; regions[i] != NULL; i++)
        if (g_str_equal (regions[i], id))
          return regions[i];
    }
  return NULL;
}

/*
 * _zifu_feed_take_region:
 *
 * Where somebody is insured decides by which rules: it is taken for people whom the provider brought, when there are rules of that place;
 * of others it stays what they said.
 */
gboolean
_zifu_feed_take_region (ZifuFeedMirror *mirror, gint64 member_id, GError **error)
{
  g_autoptr (sqlite3_stmt) row = NULL;
  const char *code, *region;
  gboolean there;

  if (mirror->regions == NULL)
    return TRUE;
  row = _zifu_ledger_prepare (mirror->ledger, error,
                              "SELECT json ->> '$.insuplc_admdvs' FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = 'insuinfo'"
                              " AND vali_flag = '1' AND code = '1' ORDER BY seq DESC LIMIT 1",
                              "ii", mirror->sync_id, mirror->gen);
  if (row == NULL || !_zifu_ledger_step (mirror->ledger, row, &there, error))
    return FALSE;
  code = there ? (const char *) sqlite3_column_text (row, 0) : NULL;
  region = code != NULL ? choose_region ((const char *const *) mirror->regions, code) : NULL;
  return region == NULL || _zifu_ledger_run (mirror->ledger, error,
                                             "UPDATE psn_b SET insu_admdvs = ? WHERE psn_no = ? AND provenance = 'synced'", "ti", region,
                                             member_id);
}

/* A tie with somebody of the household who has the name, when nobody else has it. */
static gboolean
put_tie (ZifuFeedProjection *self, JsonObject *data, GError **error)
{
  if (read_day (data, "enddate") != 0)
    return TRUE;
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "INSERT OR IGNORE INTO psn_mulaid_d (psn_no, relt_psn_no, begndate, provenance)"
                           " SELECT ?1, MIN (psn_no), ?3, 'synced' FROM psn_b WHERE psn_name = ?2 AND psn_no <> ?1 HAVING COUNT (*) = 1",
                           "itd", self->member->id, zifu_json_peek_string (data, "psn_name"), read_day (data, "begndate"));
}

/* The total of the newest year. */
static gboolean
put_total (ZifuFeedProjection *self, JsonObject *data, GError **error)
{
  const char *year = zifu_json_peek_string (data, "year");
  ZifuMoney amount = _zifu_feed_money (data, "cum");
  ZifuDate since = strlen (year) == 4 ? zifu_date_new ((int) g_ascii_strtoll (year, NULL, 10), 1, 1) : 0;
  ZifuRational value = zifu_rational_from_int (amount);
  g_autofree char *text = NULL;

  if (since == 0 || amount < 0 || !zifu_rational_div (value, zifu_rational_from_int (100), &value))
    return TRUE;
  text = zifu_rational_format (value);
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "INSERT INTO cum_d (psn_no, cum_type_code, cum, since, provenance) VALUES (?, ?, ?, ?, 'synced')"
                           " ON CONFLICT DO UPDATE SET cum = excluded.cum, since = excluded.since WHERE provenance = 'synced'"
                           " AND excluded.since >= since",
                           "ittd", self->member->id, zifu_json_peek_string (data, "cum_type_code"), text, since);
}

/* Lines of a bill that was corrected or taken back are not its lines any more. */
static gboolean
drop_fees (ZifuFeedProjection *self, GError **error)
{
  return _zifu_ledger_run (self->mirror->ledger, error,
                           "DELETE FROM sync_fee_d WHERE sync_id = ?1 AND NOT EXISTS (SELECT 1 FROM sync_row_d r WHERE r.sync_id = ?1"
                           " AND r.gen = ?2 AND r.type = 'setlinfo' AND r.id = sync_fee_d.source_id AND r.vali_flag = '1'"
                           " AND r.ver = sync_fee_d.ver)",
                           "ii", self->mirror->sync_id, self->mirror->gen);
}

/*
 * _zifu_feed_project_rest:
 *
 * Writes these kinds anew, of which a row came, changed or went, and drops the lines of bills that are not what they were.
 */
gboolean
_zifu_feed_project_rest (ZifuFeedProjection *self, GError **error)
{
  static const struct {
    const char *type, *clear;
    RowFunc     put;
  } kinds[] = {
    { "clct_detl", "DELETE FROM psn_clct_detl_d WHERE psn_no = ? AND provenance = 'synced'", put_months },
    { "insuinfo", "DELETE FROM psn_insu_d WHERE psn_no = ? AND provenance = 'synced'", put_enrolment },
    { "mulaid", "DELETE FROM psn_mulaid_d WHERE psn_no = ? AND provenance = 'synced'", put_tie },
    { "cum", "DELETE FROM cum_d WHERE psn_no = ? AND provenance = 'synced'", put_total },
  };
  ZifuLedger *ledger = self->mirror->ledger;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gint64 fresh;

      if (!_zifu_ledger_get_int (ledger, &fresh, error,
                                 "SELECT EXISTS (SELECT 1 FROM sync_row_d WHERE sync_id = ? AND gen = ? AND type = ? AND fresh = 1)", "iit",
                                 self->mirror->sync_id, self->mirror->gen, kinds[i].type))
        return FALSE;
      if (fresh && (!_zifu_ledger_run (ledger, error, kinds[i].clear, "i", self->member->id) ||
                    !each_row (self, kinds[i].type, kinds[i].put, error)))
        return FALSE;
    }
  return drop_fees (self, error);
}
