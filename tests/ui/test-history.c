/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include "zifu-entry-words.h"
#include "zifu-history-page.h"
#include "zifu-history-row.h"
#include "zifu-settlement-view.h"
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
  assert_fits (fixture->page, fixture->page);
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
  g_test_add ("/history/month-sums", Fixture, GINT_TO_POINTER (1100), set_up, test_sums, tear_down_page);
  g_test_add ("/history/filter", Fixture, GINT_TO_POINTER (1100), set_up, test_filter, tear_down_page);
  g_test_add ("/history/typed-search", Fixture, GINT_TO_POINTER (1100), set_up, test_typed_search, tear_down_page);
  g_test_add ("/history/R11-R12-shares-add-up", Fixture, GINT_TO_POINTER (1100), set_up, test_shares, tear_down_page);
  g_test_add ("/history/detail-beside", Fixture, GINT_TO_POINTER (1100), set_up, test_detail_beside, tear_down_page);
  g_test_add ("/history/links", Fixture, GINT_TO_POINTER (1100), set_up, test_links, tear_down_page);
  g_test_add ("/history/detail-narrow", Fixture, GINT_TO_POINTER (360), set_up, test_detail_narrow, tear_down_page);
  g_test_add ("/history/pages", Fixture, NULL, NULL, test_pages, NULL);
  g_test_add ("/history/empty", Fixture, NULL, NULL, test_empty, NULL);
  g_test_add_func ("/history/words", test_words);

  return g_test_run ();
}
