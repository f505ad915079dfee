/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-household-private.h"

#define OF_OWN_ESTIMATES "presetl_id IN (SELECT presetl_id FROM presetl_d WHERE psn_no = ?1)"
#define OF_OWN_CONNECTION "sync_id IN (SELECT sync_id FROM sync_d WHERE psn_no = ?1)"
#define OF_OWN_SETTLEMENTS "setl_id IN (SELECT setl_id FROM setl_d WHERE psn_no = ?1)"

/* What is derived is not among them: txt_d (texts of entries), acct_mon_d (sums of months), unlock_d (always empty). */
static const ZifuHouseholdTable tables[] = {
  { "psn_b", "psn_no = ?1" },
  { "impt_d",
    "psn_no = ?1 OR impt_id IN (SELECT impt_id FROM acct_incexpd_d WHERE psn_no = ?1) OR impt_id IN (SELECT impt_id FROM setl_d"
    " WHERE psn_no = ?1) OR impt_id IN (SELECT impt_id FROM psn_clct_detl_d WHERE psn_no = ?1)" },
  { "setl_d", "psn_no = ?1" },
  { "setldetail", OF_OWN_SETTLEMENTS },
  { "feedetl_d", OF_OWN_SETTLEMENTS },
  { "setl_input_d", OF_OWN_SETTLEMENTS },
  { "setl_axis_d", OF_OWN_SETTLEMENTS },
  { "setl_base_d", OF_OWN_SETTLEMENTS },
  { "setl_cum_d", OF_OWN_SETTLEMENTS },
  { "setl_mulaid_d", OF_OWN_SETTLEMENTS },
  { "setl_purse_d", OF_OWN_SETTLEMENTS },
  { "acct_incexpd_d", "psn_no = ?1" },
  { "psn_clct_detl_d", "psn_no = ?1" },
  { "psn_mulaid_d", NULL },
  { "cum_d", "psn_no = ?1" },
  { "psn_axis_d", "psn_no = ?1" },
  { "presetl_d", "psn_no = ?1" },
  { "presetldetail", OF_OWN_ESTIMATES },
  { "presetl_pair_d", OF_OWN_ESTIMATES },
  { "psn_insu_d", "psn_no = ?1" },
  { "psn_filg_d", "psn_no = ?1" },
  { "psn_tras_d", "psn_no = ?1" },
  { "crtyear_d", "psn_no = ?1" },
  { "sync_d", "psn_no = ?1", TRUE },
  { "sync_row_d", OF_OWN_CONNECTION, TRUE },
  { "sync_mark_d", OF_OWN_CONNECTION, TRUE },
  { "sync_fee_d", OF_OWN_CONNECTION, TRUE },
};

/* Columns that hold fen; the document tells them in yuan, as all our files do. */
static const char *const money_columns[] = {
  "act_pay_dedc",    "acct_mulaid_pay", "balc",           "crtyear_balc",  "det_item_fee_sumamt", "fulamt_ownpay_amt", "fund_pay_sumamt",
  "fund_payamt",     "hosp_part_amt",   "inc_sumamt",     "inscp_scp_amt",       "medfee_sumamt",     "old_balc",
  "overlmt_amt",     "overlmt_selfpay", "own_acct_pay",   "pay_sumamt",          "prepaid",           "preselfpay_amt",
  "psn_cash_pay",    "psn_clct_into_acct_amt", "psn_clctstd", "psn_part_amt",    "quota",
};

/* Columns that hold days, yyyy-MM-dd; those of what a source sent are as the source wrote them. */
static const char *const date_columns[] = { "acct_modi_date", "balc_date",      "begndate",  "brdy",      "clct_time",     "crt_insu_date",
                                            "crte_time",      "enddate",        "old_since", "paus_insu_date", "setl_time",
                                            "since",          "tras_date" };

/*
 * _zifu_household_is_day:
 *
 * Whether a column of a table that is no mirror holds days.
 */
gboolean
_zifu_household_is_day (const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (date_columns); i++)
    if (g_str_equal (column, date_columns[i]))
      return TRUE;
  return FALSE;
}

/*
 * _zifu_household_tables:
 *
 * The tables in the order of the document.
 */
const ZifuHouseholdTable *
_zifu_household_tables (guint *n)
{
  *n = G_N_ELEMENTS (tables);
  return tables;
}

static void
column_free (gpointer data)
{
  ZifuHouseholdColumn *column = data;

  g_free (column->name);
  g_free (column->stored);
  g_free (column->otherwise);
  g_free (column);
}

static ZifuColumnKind
kind_of (const char *stored)
{
  for (guint i = 0; i < G_N_ELEMENTS (money_columns); i++)
    if (g_str_equal (stored, money_columns[i]))
      return ZIFU_COLUMN_MONEY;
  return g_str_equal (stored, "fixmedins_id") || g_str_equal (stored, "memo_id") ? ZIFU_COLUMN_TEXT_ID : ZIFU_COLUMN_PLAIN;
}

static ZifuHouseholdColumn *
read_column (sqlite3_stmt *statement)
{
  ZifuHouseholdColumn *column = g_new0 (ZifuHouseholdColumn, 1);

  column->stored = _zifu_column_text (statement, 0);
  column->kind = kind_of (column->stored);
  column->name = g_strdup (g_str_equal (column->stored, "fixmedins_id") ? "fixmedins_name"
                           : g_str_equal (column->stored, "memo_id")    ? "memo"
                                                                        : column->stored);
  column->is_text = column->kind == ZIFU_COLUMN_TEXT_ID || g_strcmp0 ((const char *) sqlite3_column_text (statement, 1), "TEXT") == 0;
  /* A column that may be empty stays empty; one that may not has its default. */
  if (sqlite3_column_int (statement, 2))
    column->otherwise = _zifu_column_text (statement, 3);
  column->key = sqlite3_column_int (statement, 4);
  return column;
}

/*
 * _zifu_household_columns:
 *
 * The columns of a table that are stored, in the order of the table.
 *
 * Returns: (transfer full) (element-type ZifuHouseholdColumn) (nullable): the columns, or %NULL with an error
 */
GPtrArray *
_zifu_household_columns (ZifuLedger *ledger, const char *table, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (column_free);
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (
    ledger, error, "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo (?) WHERE hidden = 0 ORDER BY cid", "t", table);
  gboolean row;

  if (statement == NULL)
    return NULL;

  while (_zifu_ledger_step (ledger, statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&columns);
      g_ptr_array_add (columns, read_column (statement));
    }
  return NULL;
}
