/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include <sqlite3.h>

#include "zifu-entry-words.h"
#include "zifu-export-bar.h"
#include "zifu-filter-chip.h"
#include "zifu-history-page.h"
#include "zifu-history-print.h"
#include "zifu-history-row.h"
#include "zifu-settlement-view.h"
#include "zifu-statement.h"
#include "zifu-ui-rows.h"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  open_ledger (fixture);
  add_sample (fixture);
  show_page (fixture, zifu_history_page_new, GPOINTER_TO_INT (data), 760);
}

static void
tear_down_page (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture);
}

static ZifuHistoryPage *
page_of (Fixture *fixture)
{
  return ZIFU_HISTORY_PAGE (fixture->page);
}

static guint
shown (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (zifu_history_page_get_model (page_of (fixture))));
}

/* What is filtered is read in a thread: rows first, then the sums. */
static void
wait_for_rows (Fixture *fixture)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (page_of (fixture));
  ZifuHistoryTotals totals;

  for (guint i = 0; i < 1500 && !zifu_history_model_get_totals (model, &totals); i++)
    spin (10);
  g_assert_true (zifu_history_model_get_totals (model, &totals));
}

static GPtrArray *
list_all (Fixture *fixture, int kind, const char *text)
{
  ZifuEntryFilter filter = { .has_kind = kind >= 0, .kind = kind >= 0 ? (ZifuEntryKind) kind : ZIFU_ENTRY_CREDIT, .text = text };
  g_autoptr (GError) error = NULL;
  GPtrArray *entries
    = zifu_ledger_list_entries (fixture->ledger, zifu_session_get_member_id (fixture->session), &filter, 100000, &error);

  g_assert_no_error (error);
  return entries;
}

static void
load_all (Fixture *fixture)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (page_of (fixture));

  wait_for_rows (fixture);
  while (zifu_history_model_load_more (model))
    wait_for_rows (fixture);
  g_assert_true (zifu_history_model_get_complete (model));
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = list_all (fixture, -1, NULL);
  GListModel *model = G_LIST_MODEL (zifu_history_page_get_model (page_of (fixture)));

  load_all (fixture);
  g_assert_cmpuint (shown (fixture), ==, all->len);
  g_assert_cmpuint (all->len, >, 40);
  for (guint i = 0; i < all->len; i++)
    {
      g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (model, i);
      g_autoptr (ZifuHistoryItem) next = g_list_model_get_item (model, i + 1);
      const ZifuEntry *entry = zifu_history_item_get_entry (item);
      gboolean ends = next == NULL || zifu_month_of (zifu_history_item_get_entry (next)->date) != zifu_month_of (entry->date);

      g_assert_cmpint (entry->id, ==, ((ZifuEntry *) g_ptr_array_index (all, i))->id);
      g_assert_cmpint (zifu_history_item_get_last (item), ==, ends);
      if (next != NULL)
        g_assert_cmpint (zifu_history_item_get_first (next), ==, ends);
    }
  assert_fits (fixture->page, fixture->page);
}

/* What is read aloud of a row stands where the focus is, on the row of the list itself. */
static void
test_spoken (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row, *item;
  g_autofree char *spoken = NULL;

  load_all (fixture);
  wait_for_frame (fixture->page);
  row = find (fixture->page, ZIFU_TYPE_HISTORY_ROW, NULL);
  g_assert_nonnull (row);
  spoken = zifu_entry_dup_accessible (zifu_history_item_get_entry (zifu_history_row_get_item (ZIFU_HISTORY_ROW (row))), NULL);
  item = gtk_widget_get_parent (row);
  g_assert_true (gtk_widget_get_focusable (item));
  gtk_test_accessible_assert_property (item, GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);
}

static void
test_sums (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) months = zifu_ledger_list_months (fixture->ledger, zifu_session_get_member_id (fixture->session), NULL);
  GListModel *model = G_LIST_MODEL (zifu_history_page_get_model (page_of (fixture)));
  guint checked = 0;

  load_all (fixture);
  for (guint i = 0; i < shown (fixture); i++)
    {
      g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (model, i);
      ZifuMoney income, outlay;

      if (!zifu_history_item_get_first (item))
        continue;
      zifu_history_item_get_sums (item, &income, &outlay);
      for (guint m = 0; m < months->len; m++)
        {
          const ZifuMonthSummary *summary = &g_array_index (months, ZifuMonthSummary, m);

          if (summary->month != zifu_month_of (zifu_history_item_get_entry (item)->date))
            continue;
          g_assert_cmpint (income, ==, summary->income);
          g_assert_cmpint (outlay, ==, summary->outlay);
          checked++;
        }
    }
  g_assert_cmpuint (checked, ==, months->len);
}

static void
test_filter (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stays = list_all (fixture, ZIFU_ENTRY_INPATIENT, NULL);
  g_autoptr (GPtrArray) pharmacy = list_all (fixture, -1, "Kangyuan");
  ZifuMoney income, outlay, sum = 0;

  g_assert_cmpuint (stays->len, >, 0);
  zifu_history_page_set_kind (page_of (fixture), ZIFU_ENTRY_INPATIENT);
  wait_for_rows (fixture);
  g_assert_cmpuint (shown (fixture), ==, stays->len);

  /* Under a filter the month shows the sums of what fits. */
  for (guint i = 0; i < shown (fixture); i++)
    {
      g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (G_LIST_MODEL (zifu_history_page_get_model (page_of (fixture))), i);

      if (zifu_history_item_get_first (item))
        {
          zifu_history_item_get_sums (item, &income, &outlay);
          g_assert_cmpint (income, ==, 0);
          sum += outlay;
        }
    }
  for (guint i = 0; i < stays->len; i++)
    sum -= ((ZifuEntry *) g_ptr_array_index (stays, i))->amount;
  g_assert_cmpint (sum, ==, 0);

  zifu_history_page_set_search (page_of (fixture), "no such place");
  wait_for_rows (fixture);
  g_assert_cmpuint (shown (fixture), ==, 0);
  g_assert_true (find (fixture->page, ADW_TYPE_STATUS_PAGE, NULL) != NULL);
  assert_shows (fixture->page, "Clear Filters");

  g_assert_true (gtk_widget_activate_action (fixture->page, "history.clear", NULL));
  zifu_history_page_set_search (page_of (fixture), "kangyuan");
  load_all (fixture);
  g_assert_cmpuint (shown (fixture), ==, pharmacy->len);
  g_assert_cmpuint (pharmacy->len, >, 0);
}

static void
test_typed_search (Fixture *fixture, gconstpointer data)
{
  GtkWidget *search = find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL);
  guint all = shown (fixture);

  g_assert_cmpuint (gtk_search_entry_get_search_delay (GTK_SEARCH_ENTRY (search)), ==, 300);
  gtk_editable_set_text (GTK_EDITABLE (search), "Kangyuan");
  g_assert_cmpuint (shown (fixture), ==, all);
  for (guint i = 0; i < 500 && shown (fixture) == all; i++)
    spin (20);
  g_assert_cmpuint (shown (fixture), <, all);
}

/* R11, R12: what was stored adds up, for every settlement of the sample. */
static void
test_shares (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) all = list_all (fixture, -1, NULL);
  guint checked = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (all, i);
      g_autoptr (ZifuSettlementRecord) record = NULL;
      g_autoptr (GPtrArray) shares = NULL;
      ZifuMoney sum = 0;

      if (entry->settlement_id == 0)
        continue;
      record = zifu_ledger_get_settlement (fixture->ledger, entry->settlement_id, NULL);
      g_assert_nonnull (record);
      shares = zifu_settlement_record_shares (record);
      for (guint s = 0; s < shares->len; s++)
        sum += ((ZifuShare *) g_ptr_array_index (shares, s))->amount;
      g_assert_cmpint (sum, ==, record->total);
      g_assert_cmpint (record->in_scope + record->prior + record->over_limit + record->out, ==, record->total);
      g_assert_cmpint (record->own_account + record->mutual + record->cash, ==, record->person);
      checked++;
    }
  g_assert_cmpuint (checked, >, 10);
}

static void
test_detail_beside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stays = list_all (fixture, ZIFU_ENTRY_INPATIENT, NULL);
  const ZifuEntry *stay = g_ptr_array_index (stays, 0);
  g_autoptr (ZifuSettlementRecord) record = zifu_ledger_get_settlement (fixture->ledger, stay->settlement_id, NULL);
  g_autofree char *person = zifu_words_money (record->person, ZIFU_MONEY_STYLE_SYMBOL);
  g_autofree char *scope = zifu_words_money (record->in_scope, ZIFU_MONEY_STYLE_LIST);

  g_assert_true (zifu_history_page_open_entry (page_of (fixture), stay->id));
  /* As the entry does by itself some time after it was made. */
  g_signal_emit_by_name (find (fixture->page, GTK_TYPE_SEARCH_ENTRY, NULL), "search-changed");
  spin (50);
  g_assert_false (zifu_history_page_get_detail_open (page_of (fixture)));
  assert_shows (fixture->page, "What the Bill Was Made Of");
  assert_shows (fixture->page, person);
  assert_shows (fixture->page, scope);
  assert_fits (fixture->page, fixture->page);
}

/* A refund leads to what it took back, also from behind a filter. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) refunds = list_all (fixture, ZIFU_ENTRY_REFUND, NULL);
  const ZifuEntry *refund = g_ptr_array_index (refunds, 0);
  GtkWidget *row;

  g_assert_cmpint (refund->original_id, !=, 0);
  zifu_history_page_set_kind (page_of (fixture), ZIFU_ENTRY_REFUND);
  wait_for_rows (fixture);
  g_assert_true (zifu_history_page_open_entry (page_of (fixture), refund->id));
  spin (20);
  row = find (fixture->page, ADW_TYPE_ACTION_ROW, "The payment that was taken back");
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_activate_action (row, "history.open", "x", refund->original_id));
  spin (20);
  g_assert_nonnull (find (fixture->page, ADW_TYPE_ACTION_ROW, "The refund of this payment"));
  g_assert_false (zifu_history_model_has_filter (zifu_history_page_get_model (page_of (fixture))));
}

static void
test_detail_narrow (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) stays = list_all (fixture, ZIFU_ENTRY_INPATIENT, NULL);
  const ZifuEntry *stay = g_ptr_array_index (stays, 0);
  GtkWidget *focus;

  zifu_history_page_set_narrow (page_of (fixture), TRUE);
  spin (50);
  assert_fits (fixture->page, fixture->page);
  g_assert_true (zifu_history_page_open_entry (page_of (fixture), stay->id));
  spin (50);
  g_assert_true (zifu_history_page_get_detail_open (page_of (fixture)));
  assert_shows (fixture->page, "I paid");
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_true (ZIFU_IS_SETTLEMENT_VIEW (focus));
  assert_fits (fixture->page, fixture->page);

  /* Escape is this action; the focus returns to the row. */
  g_assert_true (gtk_widget_activate_action (fixture->page, "history.back", NULL));
  spin (300);
  g_assert_false (zifu_history_page_get_detail_open (page_of (fixture)));
  focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));
  g_assert_nonnull (focus);
  g_assert_true (ZIFU_IS_HISTORY_ROW (gtk_widget_get_first_child (focus)));
  g_assert_cmpint (zifu_history_item_get_entry (zifu_history_row_get_item (ZIFU_HISTORY_ROW (gtk_widget_get_first_child (focus))))->id, ==,
                   stay->id);

  zifu_history_page_set_narrow (page_of (fixture), FALSE);
  spin (20);
}

static void
set_filter (Fixture *fixture, const ZifuHistoryFilter *filter)
{
  zifu_history_page_set_filter (page_of (fixture), filter);
  wait_for_rows (fixture);
}

/* What is told of all rows that fit is what they come to, and clearing shows everything again. */
static void
assert_totals (Fixture *fixture, gint64 member_id, const ZifuHistoryFilter *filter)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (page_of (fixture));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  ZifuHistoryTotals totals;
  ZifuEntryFilter entries;
  ZifuMoney income = 0, outlay = 0;

  set_filter (fixture, filter);
  zifu_history_filter_to_entries (filter, &entries);
  rows = zifu_ledger_list_entries (fixture->ledger, member_id, &entries, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (rows, i);

      if (entry->kind == ZIFU_ENTRY_OPENING || entry->kind == ZIFU_ENTRY_CORRECTION)
        continue;
      income += MAX (entry->amount, 0);
      outlay += MIN (entry->amount, 0);
    }
  g_assert_true (zifu_history_model_get_totals (model, &totals));
  g_assert_cmpuint (totals.n_entries, ==, rows->len);
  g_assert_cmpint (totals.income, ==, income);
  g_assert_cmpint (totals.outlay, ==, outlay);
  load_all (fixture);
  g_assert_cmpuint (shown (fixture), ==, rows->len);
}

/* R21: sums under every kind of filter, and under all of them at once. */
static void
test_totals (Fixture *fixture, gconstpointer data)
{
  gint64 on_screen = zifu_session_get_member_id (fixture->session);
  g_autoptr (GPtrArray) all = list_all (fixture, -1, NULL);
  g_autoptr (GPtrArray) names = zifu_ledger_list_institutions (fixture->ledger, on_screen, NULL);
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (fixture->ledger, NULL);
  ZifuHistoryFilter filter;

  zifu_history_filter_init (&filter);
  assert_totals (fixture, on_screen, &filter);
  filter.from = zifu_date_new (2026, 1, 1);
  filter.to = zifu_date_new (2026, 12, 31);
  assert_totals (fixture, on_screen, &filter);
  assert_shows (fixture->page, "2026");
  filter.institution = g_ptr_array_index (names, 0);
  assert_totals (fixture, on_screen, &filter);
  assert_shows (fixture->page, filter.institution);
  filter.amount_from = 1000;
  assert_totals (fixture, on_screen, &filter);
  assert_shows (fixture->page, "10 yuan and more");
  filter.kind = ZIFU_ENTRY_PHARMACY;
  filter.text = (char *) "a";
  assert_totals (fixture, on_screen, &filter);

  g_assert_true (gtk_widget_activate_action (fixture->page, "history.clear", NULL));
  g_assert_false (zifu_history_model_has_filter (zifu_history_page_get_model (page_of (fixture))));
  load_all (fixture);
  g_assert_cmpuint (shown (fixture), ==, all->len);

  zifu_history_filter_init (&filter);
  filter.everybody = TRUE;
  assert_totals (fixture, 0, &filter);
  g_assert_cmpuint (shown (fixture), >, all->len);
  assert_shows (fixture->page, "Whole household");
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *member = g_ptr_array_index (members, i);

      zifu_history_filter_init (&filter);
      filter.member_id = member->id == on_screen ? 0 : member->id;
      assert_totals (fixture, member->id, &filter);
    }
  assert_fits (fixture->page, fixture->page);
}

static GtkWidget *
chip_of (Fixture *fixture, const char *value)
{
  GtkWidget *label = find (fixture->page, GTK_TYPE_LABEL, value);

  g_assert_nonnull (label);

  return gtk_widget_get_ancestor (label, ZIFU_TYPE_FILTER_CHIP);
}

/* Each chip is taken off by itself, the others stay; Delete is this action. */
static void
test_chips (Fixture *fixture, gconstpointer data)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (page_of (fixture));
  ZifuHistoryFilter filter;

  zifu_history_filter_init (&filter);
  filter.from = zifu_date_new (2026, 10, 1);
  filter.to = zifu_date_new (2026, 10, 31);
  filter.amount_to = 100000;
  set_filter (fixture, &filter);
  g_assert_true (gtk_widget_activate_action (chip_of (fixture, "October 2026"), "chip.clear", NULL));
  wait_for_rows (fixture);
  g_assert_cmpint (zifu_history_model_get_filter (model)->from, ==, 0);
  g_assert_cmpint (zifu_history_model_get_filter (model)->amount_to, ==, 100000);
  g_assert_true (gtk_widget_activate_action (chip_of (fixture, "up to 1,000 yuan"), "chip.clear", NULL));
  wait_for_rows (fixture);
  g_assert_false (zifu_history_model_has_filter (model));
  assert_shows (fixture->page, "Period");
}

/* What is chosen below a chip is what is shown. */
static void
test_choices (Fixture *fixture, gconstpointer data)
{
  ZifuHistoryModel *model = zifu_history_page_get_model (page_of (fixture));
  GtkWidget *chip = chip_of (fixture, "Period"), *label, *row;

  zifu_filter_chip_popup (ZIFU_FILTER_CHIP (chip));
  spin (50);
  label = find (chip, GTK_TYPE_LABEL, "Last year");
  g_assert_nonnull (label);
  row = gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  wait_for_rows (fixture);
  g_assert_cmpint (zifu_history_model_get_filter (model)->from, ==, zifu_date_new (2025, 1, 1));
  g_assert_cmpint (zifu_history_model_get_filter (model)->to, ==, zifu_date_new (2025, 12, 31));

  chip = chip_of (fixture, "Institution");
  zifu_filter_chip_popup (ZIFU_FILTER_CHIP (chip));
  assert_shows (chip, "Kangyuan");
  label = find (chip, GTK_TYPE_LABEL, "Kangyuan");
  row = gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  wait_for_rows (fixture);
  g_assert_nonnull (strstr (zifu_history_model_get_filter (model)->institution, "Kangyuan"));

  zifu_filter_chip_popup (ZIFU_FILTER_CHIP (chip_of (fixture, "Amount")));
  spin (50);
  chip = chip_of (fixture, "Amount");
  gtk_editable_set_text (GTK_EDITABLE (find (chip, ADW_TYPE_ENTRY_ROW, "At least")), "500");
  gtk_editable_set_text (GTK_EDITABLE (find (chip, ADW_TYPE_ENTRY_ROW, "At most")), "20");
  g_signal_emit_by_name (find (chip, GTK_TYPE_BUTTON, "Apply"), "clicked");
  wait_for_rows (fixture);
  g_assert_cmpint (zifu_history_model_get_filter (model)->amount_from, ==, 2000);
  g_assert_cmpint (zifu_history_model_get_filter (model)->amount_to, ==, 50000);
}

/* A row that arrives leaves those that are there where they are, and the selection as well. */
static void
test_stable (Fixture *fixture, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (zifu_history_page_get_model (page_of (fixture)));
  g_autoptr (ZifuHistoryItem) before = g_list_model_get_item (model, 5);
  g_autoptr (ZifuHistoryItem) after = NULL;
  g_autoptr (GError) error = NULL;
  ZifuEntry entry = { .member_id = zifu_session_get_member_id (fixture->session), .date = zifu_date_new (2026, 11, 25), .base = -1,
                      .kind = ZIFU_ENTRY_TRANSFER, .amount = 100, .note = (char *) "just arrived" };

  g_assert_true (zifu_history_page_open_entry (page_of (fixture), zifu_history_item_get_entry (before)->id));
  g_assert_cmpint (zifu_ledger_add_entry (fixture->ledger, &entry, &error), >, 0);
  zifu_session_emit_changed (fixture->session);
  wait_for_rows (fixture);
  after = g_list_model_get_item (model, 6);
  g_assert_true (before == after);
  assert_shows (fixture->page, "just arrived");
}

/* ---- export and print */

static void
toast_cb (char **title, AdwToast *toast)
{
  g_free (*title);
  /* It wraps: beside its buttons a telephone has no room for a sentence on one line. */
  g_assert_true (gtk_label_get_wrap (GTK_LABEL (adw_toast_get_custom_title (toast))));
  *title = g_strdup (gtk_label_get_label (GTK_LABEL (adw_toast_get_custom_title (toast))));
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (fixture->page, ZIFU_TYPE_EXPORT_BAR, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "shown.csv", NULL);
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "where.csv", NULL);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  ZifuHistoryFilter filter;
  guint n = 0;

  g_signal_connect_swapped (fixture->page, "toast", G_CALLBACK (toast_cb), &title);
  zifu_history_filter_init (&filter);
  filter.kind = ZIFU_ENTRY_PHARMACY;
  set_filter (fixture, &filter);
  load_all (fixture);
  zifu_export_bar_run (ZIFU_EXPORT_BAR (bar), fixture->session, &filter, ZIFU_EXPORT_CSV, path);
  g_assert_true (zifu_export_bar_get_busy (ZIFU_EXPORT_BAR (bar)));
  for (guint i = 0; i < 500 && zifu_export_bar_get_busy (ZIFU_EXPORT_BAR (bar)); i++)
    spin (10);
  g_assert_cmpstr (title, ==, "Exported to “shown.csv”");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\r\n", -1);
  while (lines[n] != NULL && *lines[n] != '\0')
    n++;
  g_assert_cmpuint (n, ==, shown (fixture) + 1);

  zifu_export_bar_run (ZIFU_EXPORT_BAR (bar), fixture->session, &filter, ZIFU_EXPORT_JSON, nowhere);
  for (guint i = 0; i < 500 && zifu_export_bar_get_busy (ZIFU_EXPORT_BAR (bar)); i++)
    spin (10);
  g_assert_nonnull (strstr (title, "Choose a folder in which you may write. Nothing was written."));
  g_unlink (path);
}

/* Cancelled, nothing is left behind and what was there stays. */
static void
test_export_cancelled (Fixture *fixture, gconstpointer data)
{
  GtkWidget *bar = find (fixture->page, ZIFU_TYPE_EXPORT_BAR, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "shown.csv", NULL);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  ZifuHistoryFilter filter;

  g_signal_connect_swapped (fixture->page, "toast", G_CALLBACK (toast_cb), &title);
  zifu_history_filter_init (&filter);
  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  zifu_export_bar_run (ZIFU_EXPORT_BAR (bar), fixture->session, &filter, ZIFU_EXPORT_CSV, path);
  g_assert_true (gtk_widget_activate_action (bar, "export.cancel", NULL));
  for (guint i = 0; i < 500 && zifu_export_bar_get_busy (ZIFU_EXPORT_BAR (bar)); i++)
    spin (10);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  /* Whoever cancels in the moment in which it is done, is too late. */
  if (strstr (title, "cancelled") != NULL)
    g_assert_cmpstr (text, ==, "before");
  else
    g_assert_cmpstr (text, !=, "before");
  g_unlink (path);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (zifu_history_print_finish (result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* What a program prints about a PDF; NULL when it is not installed. */
static char *
run_tool (const char *tool, const char *a, const char *path, const char *b)
{
  g_autofree char *program = g_find_program_in_path (tool);
  const char *argv[] = { program, a, path, b, NULL };
  char *text = NULL;
  int status = 0;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &text, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);

  return text;
}

/* Every page of the printer says what the PDF of the command line says, in the same order and columns. */
static void
test_print (Fixture *fixture, gconstpointer data)
{
  g_autofree char *printed = g_build_filename (fixture->folder, "printed.pdf", NULL);
  g_autofree char *drawn = g_build_filename (fixture->folder, "drawn.pdf", NULL);
  g_autoptr (ZifuPack) pack = zifu_session_dup_pack (fixture->session, NULL);
  g_autoptr (ZifuStatement) statement = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *mine = NULL;
  g_autofree char *expected = NULL;
  gint64 id = zifu_history_page_get_printed (page_of (fixture));
  ZifuDate first, last;
  gboolean done = FALSE;

  zifu_history_page_get_period (page_of (fixture), &first, &last);
  g_assert_cmpint (first, ==, zifu_date_new (2026, 1, 1));
  g_assert_cmpint (last, ==, zifu_date_new (2026, 12, 31));
  g_assert_false (zifu_history_page_prints_more (page_of (fixture)));
  zifu_history_print_async (GTK_WINDOW (fixture->window), fixture->session, id, first, last, printed, NULL, printed_cb, &done);
  for (guint i = 0; i < 1000 && !done; i++)
    spin (10);
  g_assert_true (done);

  statement = zifu_statement_new (fixture->ledger, id, first, last, zifu_words_text (&pack->title), TODAY, &error);
  g_assert_no_error (error);
  g_assert_true (zifu_statement_write_pdf (statement, drawn, NULL, &error));
  mine = run_tool ("pdftotext", "-layout", printed, "-");
  expected = run_tool ("pdftotext", "-layout", drawn, "-");
  if (mine == NULL)
    {
      g_test_skip ("pdftotext is not installed");
    }
  else
    {
      g_assert_nonnull (strstr (mine, "Yearly statement"));
      g_assert_nonnull (strstr (mine, "Page 2 of 2"));
      g_assert_cmpstr (mine, ==, expected);
    }
  g_unlink (printed);
  g_unlink (drawn);
}

/* More than two pages: the model reads them as it is asked, the list as it is scrolled. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = NULL;
  GtkAdjustment *adjustment;

  open_ledger (fixture);
  add_employee (fixture, 100000000);
  for (int i = 0; i < 250; i++)
    {
      g_autoptr (ZifuEntry) entry = zifu_entry_new ();
      g_autoptr (GError) error = NULL;

      entry->member_id = 1;
      entry->date = zifu_date_new (2026, 1, 2) + i;
      entry->kind = ZIFU_ENTRY_PHARMACY;
      entry->amount = -100;
      entry->institution = g_strdup_printf ("Place %d", i);
      g_assert_cmpint (zifu_ledger_add_entry (fixture->ledger, entry, &error), >, 0);
      g_assert_no_error (error);
    }
  show_page (fixture, zifu_history_page_new, 1000, 700);
  list = find (fixture->page, GTK_TYPE_LIST_VIEW, NULL);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  g_assert_cmpuint (shown (fixture), ==, ZIFU_HISTORY_MODEL_PAGE_SIZE);
  for (guint i = 0; i < 40 && shown (fixture) < 251; i++)
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      spin (50);
    }
  g_assert_cmpuint (shown (fixture), ==, 251);
  tear_down (fixture);
}

/* Rows of a file, in three years; the newest of them takes back the oldest but one. */
#define FAR_ROWS 6000

static void
add_far_rows (Fixture *fixture)
{
  g_autofree char *sql = g_strdup_printf (
    "BEGIN;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)"
    "  WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n <= %d)"
    "  SELECT 1, date ('2023-01-01', '+' || (n / 6) || ' days'), IIF (n %% 2, 'pharmacy', 'credit'), IIF (n %% 2, '201', '101'),"
    "    IIF (n %% 2, 0, 500), IIF (n %% 2, 300, 0), 0, 'imported' FROM t;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, init_rid, provenance)"
    "  SELECT 1, '2025-12-31', 'refund', '102', 300, 0, 0, MIN (rid), 'imported' FROM acct_incexpd_d WHERE kind = 'pharmacy';"
    "DELETE FROM acct_mon_d;"
    "INSERT INTO acct_mon_d (psn_no, ym, inc_sumamt, pay_sumamt, adj_sumamt, cnt)"
    "  SELECT psn_no, substr (acct_modi_date, 1, 7) AS ym, SUM (IIF (kind = 'opening', 0, inc_sumamt)),"
    "    SUM (IIF (kind = 'opening', 0, pay_sumamt)), SUM (IIF (kind = 'opening', inc_sumamt - pay_sumamt, 0)), COUNT (*)"
    "  FROM acct_incexpd_d GROUP BY 1, 2;"
    "COMMIT;", FAR_ROWS);
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (zifu_ledger_get_path (fixture->ledger), &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_null (message);
  sqlite3_close (db);
}

/* Row @position is the one of the ledger, opens and closes its month where it should, and has the sums of its month. */
static void
assert_row (GListModel *model, guint position, GPtrArray *entries, GArray *months, guint *month)
{
  g_autoptr (ZifuHistoryItem) item = g_list_model_get_item (model, position);
  const ZifuEntry *entry = g_ptr_array_index (entries, position), *shown_entry = zifu_history_item_get_entry (item);
  const ZifuEntry *newer = position > 0 ? g_ptr_array_index (entries, position - 1) : NULL;
  const ZifuEntry *older = position + 1 < entries->len ? g_ptr_array_index (entries, position + 1) : NULL;
  gboolean first = newer == NULL || zifu_month_of (newer->date) != zifu_month_of (entry->date);
  ZifuMoney income, outlay;

  g_assert_cmpint (shown_entry->id, ==, entry->id);
  g_assert_cmpint (shown_entry->amount, ==, entry->amount);
  g_assert_cmpint (shown_entry->date, ==, entry->date);
  g_assert_cmpint (zifu_history_item_get_first (item), ==, first);
  g_assert_cmpint (zifu_history_item_get_last (item), ==, older == NULL || zifu_month_of (older->date) != zifu_month_of (entry->date));
  if (!first)
    return;
  while (g_array_index (months, ZifuMonthSummary, *month).month != zifu_month_of (entry->date))
    *month = (*month + 1) % months->len;
  zifu_history_item_get_sums (item, &income, &outlay);
  g_assert_cmpint (income, ==, g_array_index (months, ZifuMonthSummary, *month).income);
  g_assert_cmpint (outlay, ==, g_array_index (months, ZifuMonthSummary, *month).outlay);
}

/* From the first row to the last one and back: every row is right, and only a few pages are in memory at any time. */
static void
test_far (Fixture *fixture, gconstpointer data)
{
  ZifuHistoryModel *model;
  g_autoptr (ZifuHistoryItem) held = NULL, again = NULL, newest = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) months = NULL;
  guint month = 0, most = 0, position;

  open_ledger (fixture);
  add_employee (fixture, 100000000);
  add_far_rows (fixture);
  show_page (fixture, zifu_history_page_new, 1000, 700);
  entries = list_all (fixture, -1, NULL);
  g_assert_cmpuint (entries->len, ==, FAR_ROWS + 3);
  months = zifu_ledger_list_months (fixture->ledger, 1, NULL);
  model = zifu_history_page_get_model (page_of (fixture));
  held = g_list_model_get_item (G_LIST_MODEL (model), 7);
  while (zifu_history_model_load_more (model))
    most = MAX (most, zifu_history_model_get_n_kept (model));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, entries->len);

  for (guint i = entries->len; i > 0; i--, most = MAX (most, zifu_history_model_get_n_kept (model)))
    assert_row (G_LIST_MODEL (model), i - 1, entries, months, &month);
  for (guint i = 0; i < entries->len; i++, most = MAX (most, zifu_history_model_get_n_kept (model)))
    assert_row (G_LIST_MODEL (model), i, entries, months, &month);
  g_test_message ("at most %u pages of %u kept", most, entries->len / ZIFU_HISTORY_MODEL_PAGE_SIZE);
  g_assert_cmpuint (most, >=, 4);
  g_assert_cmpuint (most, <=, 20);

  /* Who holds on to a row has the one that the list has, and finds what lies far back. */
  again = g_list_model_get_item (G_LIST_MODEL (model), 7);
  g_assert_true (held == again);
  newest = g_list_model_get_item (G_LIST_MODEL (model), 1);
  g_assert_cmpint (zifu_history_item_get_original_date (newest), ==, zifu_date_new (2023, 1, 1));
  g_assert_true (zifu_history_model_find (model, zifu_history_item_get_entry (newest)->original_id, &position));
  g_assert_cmpuint (position, >, FAR_ROWS - 100);
  g_clear_object (&held);
  g_clear_object (&again);
  g_clear_object (&newest);
  tear_down (fixture);
}

/* A row that another program takes away while its page is not in memory: all is read anew. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  ZifuHistoryModel *model;
  g_autoptr (ZifuHistoryItem) empty = NULL;
  g_autofree char *sql = NULL;
  sqlite3 *db = NULL;
  gint64 id;
  guint n;

  open_ledger (fixture);
  add_employee (fixture, 100000000);
  add_far_rows (fixture);
  show_page (fixture, zifu_history_page_new, 1000, 700);
  model = zifu_history_page_get_model (page_of (fixture));
  while (g_list_model_get_n_items (G_LIST_MODEL (model)) < 5000)
    g_assert_true (zifu_history_model_load_more (model));
  n = g_list_model_get_n_items (G_LIST_MODEL (model));
  empty = g_list_model_get_item (G_LIST_MODEL (model), 2042);
  id = zifu_history_item_get_entry (empty)->id;
  sql = g_strdup_printf ("INSERT INTO unlock_d (reason) VALUES ('test'); DELETE FROM acct_incexpd_d WHERE rid = %" G_GINT64_FORMAT
                         "; DELETE FROM unlock_d", id);
  g_clear_object (&empty);
  for (guint i = n; i > n - 2500; i--)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), i - 1));
  g_assert_cmpint (sqlite3_open (zifu_ledger_get_path (fixture->ledger), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  empty = g_list_model_get_item (G_LIST_MODEL (model), 2042);
  g_assert_cmpint (zifu_history_item_get_entry (empty)->id, ==, id);
  g_assert_cmpint (zifu_history_item_get_entry (empty)->amount, ==, 0);
  g_clear_object (&empty);
  for (guint i = 0; i < 1000 && g_list_model_get_n_items (G_LIST_MODEL (model)) == n; i++)
    spin (10);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n - 1);
  while (zifu_history_model_load_more (model))
    ;
  g_assert_false (zifu_history_model_find (model, id, NULL));
  tear_down (fixture);
}

/* The row that shows @item, if it is on screen. */
static gboolean
is_on_screen (Fixture *fixture, ZifuHistoryItem *item)
{
  GtkWidget *list = find (fixture->page, GTK_TYPE_LIST_VIEW, NULL), *child;
  graphene_rect_t place;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ZIFU_IS_HISTORY_ROW (row) && gtk_widget_get_child_visible (child) && zifu_history_row_get_item (ZIFU_HISTORY_ROW (row)) == item
          && gtk_widget_compute_bounds (row, list, &place))
        return place.origin.y + place.size.height > 0 && place.origin.y < (float) gtk_widget_get_height (list);
    }
  return FALSE;
}

typedef struct {
  guint n, position, removed, added;
} Told;

static void
told_cb (Told *told, guint position, guint removed, guint added)
{
  *told = (Told){ told->n + 1, position, removed, added };
}

/* Whoever reads far back stays there while something arrives, or nothing does; with a filter and without. */
static void
test_far_stays (Fixture *fixture, gconstpointer data)
{
  const gboolean filtered = GPOINTER_TO_INT (data);
  ZifuEntry arrived = { .member_id = 1, .date = zifu_date_new (2026, 11, 25), .base = -1, .kind = ZIFU_ENTRY_CREDIT, .amount = 100 };
  g_autoptr (ZifuHistoryItem) looked_at = NULL, chosen = NULL, after = NULL;
  g_autoptr (GError) error = NULL;
  ZifuHistoryModel *model;
  Told told = { 0 };
  guint n;

  open_ledger (fixture);
  add_employee (fixture, 100000000);
  add_far_rows (fixture);
  show_page (fixture, zifu_history_page_new, 1000, 700);
  model = zifu_history_page_get_model (page_of (fixture));
  if (filtered)
    {
      ZifuHistoryFilter filter;

      zifu_history_filter_init (&filter);
      filter.amount_from = 1;
      filter.amount_to = 100000;
      set_filter (fixture, &filter);
      wait_for_rows (fixture);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (model)) < 2500)
    {
      g_assert_true (zifu_history_model_load_more (model));
      wait_for_rows (fixture);
    }
  n = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_assert_cmpuint (n, ==, 2500);
  chosen = g_list_model_get_item (G_LIST_MODEL (model), 3);
  g_assert_true (zifu_history_page_open_entry (page_of (fixture), zifu_history_item_get_entry (chosen)->id));
  looked_at = g_list_model_get_item (G_LIST_MODEL (model), 2042);
  /* A few rows further: some versions stop with the row that is asked for just below what is on screen. */
  gtk_widget_activate_action (find (fixture->page, GTK_TYPE_LIST_VIEW, NULL), "list.scroll-to-item", "u", 2046);
  for (guint i = 0; i < 500 && !is_on_screen (fixture, looked_at); i++)
    spin (10);
  g_assert_true (is_on_screen (fixture, looked_at));
  n = g_list_model_get_n_items (G_LIST_MODEL (model));
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (told_cb), &told);

  zifu_session_emit_changed (fixture->session);
  wait_for_rows (fixture);
  g_assert_cmpuint (told.n, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n);

  g_assert_cmpint (zifu_ledger_add_entry (fixture->ledger, &arrived, &error), >, 0);
  g_assert_no_error (error);
  zifu_session_emit_changed (fixture->session);
  wait_for_rows (fixture);
  g_assert_cmpuint (told.n, ==, 1);
  g_assert_cmpuint (told.position, ==, 0);
  g_assert_cmpuint (told.added, ==, told.removed + 1);
  g_assert_cmpuint (told.added, <=, 2);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (model)), ==, n + 1);
  after = g_list_model_get_item (G_LIST_MODEL (model), 2043);
  g_assert_true (after == looked_at);
  wait_for_frame (fixture->page);
  g_assert_true (is_on_screen (fixture, looked_at));
  g_assert_cmpuint (zifu_history_model_get_n_kept (model), <=, 20);

  g_clear_object (&looked_at);
  g_clear_object (&chosen);
  g_clear_object (&after);
  tear_down (fixture);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuMember) member = zifu_member_new ();

  open_ledger (fixture);
  member->name = g_strdup ("Child");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("0");
  member->birth = zifu_date_new (2016, 1, 1);
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("390");
  member->status = g_strdup ("resident");
  member->resident_class = g_strdup ("student");
  member->base = -1;
  g_assert_cmpint (zifu_ledger_add_member (fixture->ledger, member, 0, TODAY, NULL), >, 0);
  show_page (fixture, zifu_history_page_new, 360, 640);
  zifu_history_page_set_narrow (page_of (fixture), TRUE);
  spin (20);
  assert_shows (fixture->page, "No Entries Yet");
  g_assert_nonnull (find (fixture->page, GTK_TYPE_BUTTON, "Import a File"));
  assert_fits (fixture->page, fixture->page);
  tear_down (fixture);
}

/* The window is laid out while what pops up has no size yet: that must not make its titles small. */
static void
laid_out_cb (GtkWidget *title, GtkWidget *window)
{
  PangoAttrList *attributes;

  g_signal_emit_by_name (gtk_native_get_surface (GTK_NATIVE (window)), "layout", gtk_widget_get_width (window),
                         gtk_widget_get_height (window));
  attributes = gtk_label_get_attributes (GTK_LABEL (title));
  if (attributes != NULL)
    {
      g_autoptr (PangoAttrIterator) first = pango_attr_list_get_iterator (attributes);

      g_assert_null (pango_attr_iterator_get (first, PANGO_ATTR_SCALE));
    }
  g_object_set_data (G_OBJECT (title), "laid-out", title);
}

static void
test_filter_titles (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = gtk_widget_get_ancestor (find (fixture->page, GTK_TYPE_LABEL, "Period"), GTK_TYPE_MENU_BUTTON);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  GtkWidget *title = find (gtk_popover_get_child (popover), GTK_TYPE_LABEL, "From (such as");

  g_assert_nonnull (title);
  g_signal_connect_object (title, "map", G_CALLBACK (laid_out_cb), fixture->window, G_CONNECT_AFTER);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  spin (300);
  g_assert_nonnull (g_object_get_data (G_OBJECT (title), "laid-out"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  spin (300);
}

/* On a telephone what can be done when nothing was found stands on the screen, not below it. */
static void
test_nothing_found (Fixture *fixture, gconstpointer data)
{
  graphene_rect_t bounds;
  GtkWidget *button;

  open_ledger (fixture);
  add_sample (fixture);
  /* What header, notice and switcher leave of 640. */
  show_page (fixture, zifu_history_page_new, 360, 478);
  zifu_history_page_set_narrow (page_of (fixture), TRUE);
  gtk_widget_add_css_class (fixture->window, "narrow");
  zifu_history_page_set_search (page_of (fixture), "no such text");
  assert_shows (fixture->page, "No Matching Entries");
  wait_for_frame (fixture->page);
  g_assert_cmpint (gtk_widget_get_height (fixture->page), ==, 478);
  button = find (fixture->page, GTK_TYPE_BUTTON, "Clear Filters");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_compute_bounds (button, fixture->page, &bounds));
  g_assert_cmpfloat (bounds.origin.y + bounds.size.height, <=, 478);
  tear_down (fixture);
}

static void
test_words (void)
{
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  ZifuEntry entry = { .date = TODAY, .kind = ZIFU_ENTRY_CREDIT, .amount = 24000, .balance = 24000, .base = 1200000,
                      .for_month = zifu_month_new (2026, 10) };
  g_autofree char *detail = zifu_entry_dup_detail (&entry, 0, FALSE);
  g_autofree char *odd = zifu_credit_dup_formula (1200000, 12345);

  g_assert_cmpstr (detail, ==, "25 Nov · for October · 12,000 × 2%");
  g_assert_null (odd);
  for (guint kind = 0; kind < ZIFU_N_ENTRY_KINDS; kind++)
    {
      g_autofree char *title = NULL;

      entry.kind = (ZifuEntryKind) kind;
      title = zifu_entry_dup_title (&entry, NULL);
      g_assert_cmpstr (title, !=, "");
      g_assert_cmpstr (zifu_entry_kind_filter (entry.kind), !=, "");
      g_assert_true (gtk_icon_theme_has_icon (icons, zifu_entry_kind_icon (entry.kind)));
    }
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  zifu_ui_register ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/history/rows", Fixture, GINT_TO_POINTER (1100), set_up, test_rows, tear_down_page);
  g_test_add ("/history/spoken", Fixture, GINT_TO_POINTER (1100), set_up, test_spoken, tear_down_page);
  g_test_add ("/history/month-sums", Fixture, GINT_TO_POINTER (1100), set_up, test_sums, tear_down_page);
  g_test_add ("/history/filter", Fixture, GINT_TO_POINTER (1100), set_up, test_filter, tear_down_page);
  g_test_add ("/history/typed-search", Fixture, GINT_TO_POINTER (1100), set_up, test_typed_search, tear_down_page);
  g_test_add ("/history/R11-R12-shares-add-up", Fixture, GINT_TO_POINTER (1100), set_up, test_shares, tear_down_page);
  g_test_add ("/history/detail-beside", Fixture, GINT_TO_POINTER (1100), set_up, test_detail_beside, tear_down_page);
  g_test_add ("/history/links", Fixture, GINT_TO_POINTER (1100), set_up, test_links, tear_down_page);
  g_test_add ("/history/detail-narrow", Fixture, GINT_TO_POINTER (360), set_up, test_detail_narrow, tear_down_page);
  g_test_add ("/history/R21-totals", Fixture, GINT_TO_POINTER (1100), set_up, test_totals, tear_down_page);
  g_test_add ("/history/chips", Fixture, GINT_TO_POINTER (1100), set_up, test_chips, tear_down_page);
  g_test_add ("/history/choices", Fixture, GINT_TO_POINTER (1100), set_up, test_choices, tear_down_page);
  g_test_add ("/history/stable", Fixture, GINT_TO_POINTER (1100), set_up, test_stable, tear_down_page);
  g_test_add ("/history/R37-export", Fixture, GINT_TO_POINTER (1100), set_up, test_export, tear_down_page);
  g_test_add ("/history/R37-export-cancelled", Fixture, GINT_TO_POINTER (1100), set_up, test_export_cancelled, tear_down_page);
  g_test_add ("/history/R37-print", Fixture, GINT_TO_POINTER (1100), set_up, test_print, tear_down_page);
  g_test_add ("/history/pages", Fixture, NULL, NULL, test_pages, NULL);
  g_test_add ("/history/far", Fixture, NULL, NULL, test_far, NULL);
  g_test_add ("/history/gone", Fixture, NULL, NULL, test_gone, NULL);
  g_test_add ("/history/far-stays", Fixture, GINT_TO_POINTER (FALSE), NULL, test_far_stays, NULL);
  g_test_add ("/history/far-stays-filtered", Fixture, GINT_TO_POINTER (TRUE), NULL, test_far_stays, NULL);
  g_test_add ("/history/empty", Fixture, NULL, NULL, test_empty, NULL);
  g_test_add ("/history/filter-titles", Fixture, GINT_TO_POINTER (360), set_up, test_filter_titles, tear_down_page);
  g_test_add ("/history/nothing-found", Fixture, NULL, NULL, test_nothing_found, NULL);
  g_test_add_func ("/history/words", test_words);

  return g_test_run ();
}
