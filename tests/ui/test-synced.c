/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include "zifu-account-page.h"
#include "zifu-answer-row.h"
#include "zifu-dossier.h"
#include "zifu-fee-group.h"
#include "zifu-feed-pass.h"
#include "zifu-guide-page.h"
#include "zifu-history-page.h"
#include "zifu-settlement-view.h"

/* What a provider sent on the pages: lines of bills, and bills that do not add up. */

#define BILL(id, time, in_scope) \
  "{\"setl_id\":\"" id "\",\"init_setl_id\":null,\"psn_no\":\"P\",\"insutype\":\"310\",\"med_type\":\"11\",\"setl_time\":\"" time "\"," \
  "\"fixmedins_name\":\"Municipal Hospital No. 1\",\"hosp_lv\":\"02\",\"medfee_sumamt\":\"200.00\",\"fulamt_ownpay_amt\":\"0.00\"," \
  "\"overlmt_selfpay\":\"0.00\",\"preselfpay_amt\":\"20.00\",\"inscp_scp_amt\":\"" in_scope "\",\"act_pay_dedc\":\"100.00\"," \
  "\"hifp_pay\":\"100.00\",\"fund_pay_sumamt\":\"100.00\",\"psn_part_amt\":\"100.00\",\"acct_pay\":\"0.00\",\"acct_mulaid_pay\":\"0.00\"," \
  "\"psn_cash_pay\":\"100.00\",\"hosp_part_amt\":\"0.00\",\"balc\":\"0.00\",\"refd_setl_flag\":\"0\"}"

static const char page[] =
  "{\"state\":\"s3\",\"has_more\":false,\"count\":3,\"entries\":["
  "{\"seq\":\"1\",\"prev_seq\":\"0\",\"type\":\"setlinfo\",\"op\":\"put\",\"id\":\"S1\",\"ver\":1,\"data\":"
  BILL ("S1", "2026-11-03 10:00:00", "180.00") "},"
  "{\"seq\":\"2\",\"prev_seq\":\"1\",\"type\":\"setlinfo\",\"op\":\"put\",\"id\":\"S2\",\"ver\":1,\"data\":"
  BILL ("S2", "2026-11-04 10:00:00", "180.05") "},"
  "{\"seq\":\"3\",\"prev_seq\":\"2\",\"type\":\"setlinfo\",\"op\":\"put\",\"id\":\"S3\",\"ver\":1,\"data\":"
  BILL ("S3", "2026-11-05 10:00:00", "180.00") "}]}";

#define LINE(n, name, sum, scope) \
  "{\"feedetl_sn\":\"" n "\",\"hilist_name\":\"" name "\",\"cnt\":\"2\",\"pric\":\"60.00\",\"det_item_fee_sumamt\":\"" sum "\"," \
  "\"fulamt_ownpay_amt\":\"0.00\",\"overlmt_amt\":\"0.00\",\"preselfpay_amt\":\"20.00\",\"inscp_scp_amt\":\"" scope "\"," \
  "\"chrgitm_lv\":\"02\"}"
#define LAST "{\"feedetl_sn\":\"9\",\"hilist_name\":\"Computed tomography of the chest & abdomen <contrast>\"," \
  "\"det_item_fee_sumamt\":\"80.00\",\"chrgitm_lv\":\"01\"}"

static gint64
add_connection (Fixture *fixture, gint64 person)
{
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();
  g_autoptr (ZifuFeedPass) pass = NULL;
  g_autoptr (ZifuFeedVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more;
  gint64 id;

  connection->member_id = person;
  connection->name = g_strdup ("Provider");
  /* Nobody listens there: what asks finds no network. */
  connection->base_url = g_strdup ("http://127.0.0.1:1");
  connection->api_base = g_strdup ("http://127.0.0.1:1");
  connection->issuer = g_strdup ("http://127.0.0.1:1");
  connection->client_id = g_strdup ("zifu");
  connection->key = g_strdup ("test-synced");
  id = zifu_ledger_add_connection (fixture->ledger, connection, &error);
  g_assert_no_error (error);
  pass = zifu_feed_pass_begin (fixture->ledger, id, FALSE, &error);
  g_assert_no_error (error);
  g_assert_true (zifu_feed_pass_apply (pass, page, sizeof page - 1, &more, &error));
  g_assert_no_error (error);
  verdict = zifu_feed_pass_finish (pass, 1000, &error);
  g_assert_no_error (error);
  return id;
}

static void
keep (Fixture *fixture, gint64 connection, const char *bill, const char *list)
{
  g_autofree char *json = g_strdup_printf ("{\"setl_id\":\"%s\",\"feelist\":[%s]}", bill, list);
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_ledger_put_fees (fixture->ledger, connection, bill, NULL, json, &error));
  g_assert_no_error (error);
}

static gint64
set_up_person (Fixture *fixture)
{
  open_ledger (fixture);
  add_employee (fixture, 100000);
  return add_connection (fixture, 1);
}

static gint64
find_entry (Fixture *fixture, const char *key)
{
  ZifuEntryFilter filter = { 0 };
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (fixture->ledger, 1, &filter, 100, NULL);

  for (guint i = 0; i < entries->len; i++)
    if (g_strcmp0 (((const ZifuEntry *) g_ptr_array_index (entries, i))->souc_rid, key) == 0)
      return ((const ZifuEntry *) g_ptr_array_index (entries, i))->id;
  g_assert_not_reached ();
}

static GtkWidget *
open_entry (Fixture *fixture, const char *key)
{
  GtkWidget *view;

  g_assert_true (zifu_history_page_open_entry (ZIFU_HISTORY_PAGE (fixture->page), find_entry (fixture, key)));
  spin (50);
  view = find (fixture->page, ZIFU_TYPE_SETTLEMENT_VIEW, NULL);
  g_assert_nonnull (view);
  return view;
}

/* Narrow from the beginning: a wide page would not let the window become as narrow as a phone. */
static GtkWidget *
new_narrow_page (ZifuSession *session)
{
  GtkWidget *history = zifu_history_page_new (session);

  zifu_history_page_set_narrow (ZIFU_HISTORY_PAGE (history), TRUE);
  return history;
}

static void
show_history (Fixture *fixture, int width)
{
  show_page (fixture, width < 600 ? new_narrow_page : zifu_history_page_new, width, 760);
  g_assert_cmpint (gtk_widget_get_width (fixture->page), ==, width);
}

/* R39: lines that are kept: name, category, amounts and how many they are; also on a phone. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  gint64 connection = set_up_person (fixture);
  GtkWidget *view;

  keep (fixture, connection, "S1", LINE ("1", "Amoxicillin capsules", "120.00", "100.00") "," LAST);
  show_history (fixture, GPOINTER_TO_INT (data));
  view = open_entry (fixture, "S1");
  assert_shows (view, "Lines of the Bill");
  assert_shows (view, "2 lines, 200.00 in all");
  assert_shows (view, "Amoxicillin capsules");
  assert_shows (view, "Category B · 2 × 60.00 · in scope 100.00, own share 20.00");
  assert_shows (view, "Computed tomography of the chest & abdomen <contrast>");
  assert_shows (view, "Category A");
  g_assert_false (shows (view, "Do Not Add Up"));
  g_assert_false (shows (view, "Fetch the Lines"));
  assert_fits (fixture->page, fixture->page);
}

/* Lines that come to something else than the bill: both figures are said, and they can be fetched again. */
static void
test_lines_differ (Fixture *fixture, gconstpointer data)
{
  gint64 connection = set_up_person (fixture);
  GtkWidget *view;

  keep (fixture, connection, "S1", LINE ("1", "Amoxicillin capsules", "120.01", "100.01") "," LAST);
  show_history (fixture, GPOINTER_TO_INT (data));
  view = open_entry (fixture, "S1");
  assert_shows (view, "The Lines Do Not Add Up");
  assert_shows (view, "The lines come to 200.01, the bill says 200.00.");
  assert_shows (view, "Fetch the Lines Again");
  assert_fits (fixture->page, fixture->page);
}

/* Nothing is asked for by looking; when nobody answers that is said, and it can be tried again. */
static void
test_lines_fetch (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view, *row, *group;
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  set_up_person (fixture);
  show_history (fixture, GPOINTER_TO_INT (data));
  view = open_entry (fixture, "S1");
  assert_shows (view, "Fetch the Lines of This Bill");
  group = find (view, ZIFU_TYPE_FEE_GROUP, NULL);
  g_assert_false (zifu_fee_group_is_busy (ZIFU_FEE_GROUP (group)));
  row = find (view, ADW_TYPE_ACTION_ROW, "Fetch the Lines of This Bill");
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_true (zifu_fee_group_is_busy (ZIFU_FEE_GROUP (group)));
  while (zifu_fee_group_is_busy (ZIFU_FEE_GROUP (group)) && g_get_monotonic_time () < end)
    spin (20);
  assert_shows (view, "The lines could not be fetched");
  assert_shows (view, "Fetch the Lines of This Bill");
  assert_fits (fixture->page, fixture->page);
}

/* A long bill comes in pieces. */
static void
test_many_lines (Fixture *fixture, gconstpointer data)
{
  gint64 connection = set_up_person (fixture);
  g_autoptr (GString) list = g_string_new (NULL);
  GtkWidget *view, *row;

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (list, "%s{\"feedetl_sn\":\"%u\",\"hilist_name\":\"Item no. %u\",\"det_item_fee_sumamt\":\"1.00\","
                            "\"chrgitm_lv\":\"03\"}", i > 0 ? "," : "", i, i + 1);
  keep (fixture, connection, "S1", list->str);
  show_history (fixture, GPOINTER_TO_INT (data));
  view = open_entry (fixture, "S1");
  assert_shows (view, "150 lines, 150.00 in all");
  assert_shows (view, "Item no. 100");
  g_assert_false (shows (view, "Item no. 101"));
  row = find (view, ADW_TYPE_ACTION_ROW, "50 More Lines");
  g_assert_nonnull (row);
  adw_action_row_activate (ADW_ACTION_ROW (row));
  assert_shows (view, "Item no. 150");
  g_assert_null (find (view, ADW_TYPE_ACTION_ROW, "More Line"));
}

/* R39: a bill that does not add up says so in the list and, with the check and both figures, in the details. */
static void
test_doubt (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;

  set_up_person (fixture);
  show_history (fixture, GPOINTER_TO_INT (data));
  assert_shows (fixture->page, "does not add up");
  assert_fits (fixture->page, fixture->page);
  view = open_entry (fixture, "S2");
  assert_shows (view, "These Figures Do Not Add Up");
  assert_shows (view, "Parts of the bill");
  assert_shows (view, "Bill S2, total: should be 200.05, the provider says 200.00.");
  assert_fits (fixture->page, fixture->page);
  view = open_entry (fixture, "S3");
  g_assert_false (shows (view, "These Figures Do Not Add Up"));
}

/* R39: the card of the funds tells what the bills of the year say was paid, not 0.00. */
static void
test_card (Fixture *fixture, gconstpointer data)
{
  set_up_person (fixture);
  show_page (fixture, zifu_account_page_new, GPOINTER_TO_INT (data), 900);
  assert_shows (fixture->page, "Outpatient deductible");
  assert_shows (fixture->page, "1,600.00 more of your own");
}

/* R25: the guide names the items of the bill that were left out, also when their lines were fetched after the page was made. */
static void
test_guide (Fixture *fixture, gconstpointer data)
{
  gint64 connection = set_up_person (fixture);

  show_page (fixture, zifu_guide_page_new, GPOINTER_TO_INT (data), 900);
  zifu_guide_page_set_search (ZIFU_GUIDE_PAGE (fixture->page), "health product");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find (fixture->page, ZIFU_TYPE_ANSWER_ROW, "Which items of the bill")), TRUE);
  spin (50);
  assert_shows (fixture->page, "In your case");
  g_assert_false (shows (fixture->page, "Amoxicillin"));
  keep (fixture, connection, "S1", LINE ("1", "Amoxicillin capsules", "120.00", "100.00") "," LAST);
  gtk_widget_set_visible (fixture->page, FALSE);
  gtk_widget_set_visible (fixture->page, TRUE);
  spin (100);
  assert_shows (fixture->page, "Of your latest bill with its lines, 200.00, the fund left out 20.00: each item stands below.");
  assert_shows (fixture->page, "3 November 2026, Municipal Hospital No. 1, bill of 200.00: the fund left out 20.00, namely");
  assert_shows (fixture->page,
                "Line 1 (Amoxicillin capsules, category B), 20.00 category-B first share: not from the fund, but from the account");
}

/* Lines of a long bill are read in a thread: the account counts as large because of them. */
static void
test_long_bill (Fixture *fixture, gconstpointer data)
{
  const ZifuDate today = zifu_date_new (2026, 11, 24);
  gint64 connection = set_up_person (fixture);
  g_autoptr (GString) list = g_string_new (LAST);
  g_autoptr (ZifuDossier) dossier = NULL;

  show_history (fixture, GPOINTER_TO_INT (data));
  keep (fixture, connection, "S1", LAST);
  g_assert_false (zifu_dossier_is_large (fixture->ledger, 1, today));
  for (guint i = 0; i < 600; i++)
    g_string_append (list, "," LAST);
  keep (fixture, connection, "S1", list->str);
  g_assert_true (zifu_dossier_is_large (fixture->ledger, 1, today));
  dossier = zifu_dossier_read (fixture->ledger, NULL, 1, today);
  g_assert_cmpuint (dossier->record->bills->len, ==, 1);
  g_assert_cmpuint (((const ZifuVisit *) g_ptr_array_index (dossier->record->bills, 0))->lines->len, ==, 601);
}

/* The longest of it on a phone, in the language of the process. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  gint64 connection = set_up_person (fixture);
  gboolean chinese = zifu_words_is_chinese ();
  GtkWidget *view;

  keep (fixture, connection, "S2", LINE ("1", "Amoxicillin capsules", "120.01", "100.01") "," LAST);
  show_history (fixture, 360);
  assert_shows (fixture->page, chinese ? "数字对不上" : "does not add up");
  view = open_entry (fixture, "S2");
  assert_shows (view, chinese ? "费用明细合计 200.01，账单总额为 200.00。" : "The lines come to 200.01, the bill says 200.00.");
  assert_shows (view, chinese ? "共 2 条，合计 200.01" : "2 lines, 200.01 in all");
  assert_shows (view, chinese ? "乙类 · 2 × 60.00 · 范围内 100.01，个人承担 20.00" : "Category B");
  assert_shows (view, chinese ? "账单各项的合计" : "Parts of the bill");
  assert_fits (fixture->page, fixture->page);
}

static void
test_narrow_chinese (void)
{
  g_setenv ("LANGUAGE", "zh_CN", TRUE);
  g_setenv ("LC_ALL", "zh_CN.UTF-8", TRUE);
  g_test_trap_subprocess ("/synced/R39/narrow", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_trap_assert_passed ();
}

static void
tear_down_page (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  /* What slides in is at its place at once. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
#define ADD(path, width, function) g_test_add ("/synced/" path, Fixture, GINT_TO_POINTER (width), NULL, function, tear_down_page)
  ADD ("R39/lines", 1100, test_lines);
  ADD ("R39/lines-narrow", 360, test_lines);
  ADD ("R39/lines-differ", 360, test_lines_differ);
  ADD ("R40/lines-fetch", 360, test_lines_fetch);
  ADD ("R39/many-lines", 1100, test_many_lines);
  ADD ("R39/doubt", 1100, test_doubt);
  ADD ("R39/doubt-narrow", 360, test_doubt);
  ADD ("R39/card", 1100, test_card);
  ADD ("R25/guide", 1100, test_guide);
  ADD ("R25/guide-narrow", 360, test_guide);
  ADD ("R25/long-bill", 360, test_long_bill);
  ADD ("R39/narrow", 360, test_narrow);
  g_test_add_func ("/synced/R39/narrow-chinese", test_narrow_chinese);
  return g_test_run ();
}
