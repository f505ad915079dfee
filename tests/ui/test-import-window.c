/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"

#include "zifu-backup.h"
#include "zifu-history-page.h"
#include "zifu-import-window.h"
#include "zifu-imports-view.h"
#include "zifu-window.h"

/* Files of other programs, from the window: chosen, mapped, looked at, imported, and taken back. */

typedef struct {
  char       *folder;
  char       *path;
  ZifuWindow *window;
  GtkWidget  *import; /* not owned: the window of the import */
} House;

static GtkWidget *
find_toplevel (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (g_type_is_a (G_OBJECT_TYPE (toplevel), type))
        return toplevel;
    }
  return NULL;
}

static void
house_set_up (House *house, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-import-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  house->window = zifu_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (house->window), 1100, 760);
  zifu_window_open (house->window, house->path, TODAY, TRUE);
  gtk_window_present (GTK_WINDOW (house->window));
  while (g_strcmp0 (zifu_window_get_state (house->window), "main") != 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpstr (zifu_window_get_state (house->window), ==, "main");
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (g_file_test (inner, G_FILE_TEST_IS_DIR))
        remove_folder (inner);
      else
        g_remove (inner);
    }
  g_rmdir (path);
}

static void
house_tear_down (House *house, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (house->window));
  spin (200);
  remove_folder (house->folder);
  g_free (house->folder);
  g_free (house->path);
}

/* A copy: what stays out of an import is reported beside its file. */
static char *
copy_fixture (House *house, const char *name)
{
  g_autofree char *from = g_test_build_filename (G_TEST_DIST, "fixtures", "import", name, NULL);
  char *path = g_build_filename (house->folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, &error));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, &error));
  g_assert_no_error (error);
  return path;
}

static void
wait_for_step (House *house, const char *step)
{
  gint64 end = g_get_monotonic_time () + 60 * G_TIME_SPAN_SECOND;

  while (g_strcmp0 (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (house->import)), step) != 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpstr (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (house->import)), ==, step);
  spin (50);
}

static void
open_file (House *house, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  zifu_window_import_file (house->window, file);
  house->import = find_toplevel (ZIFU_TYPE_IMPORT_WINDOW);
  g_assert_nonnull (house->import);
}

static guint
count_entries (House *house)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = zifu_ledger_list_entries (zifu_session_get_ledger (zifu_window_get_session (house->window)), 0, NULL, 0,
                                                            &error);

  g_assert_no_error (error);
  return entries->len;
}

/* The window itself is larger than its content by its shadow. */
static void
assert_content_fits (GtkWidget *window)
{
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (window));

  wait_for_frame (content);
  assert_fits (content, content);
}

/* Nothing is written before the last step; what is imported is there at once, and is gone when it is taken back. */
static void
import_and_undo (House *house, const char *name, guint n)
{
  g_autofree char *path = copy_fixture (house, name);
  guint before = count_entries (house);

  open_file (house, path);
  wait_for_step (house, "columns");
  assert_content_fits (house->import);
  g_assert_cmpuint (count_entries (house), ==, before);
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "review");
  assert_content_fits (house->import);
  g_assert_cmpuint (count_entries (house), ==, before);
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "done");
  g_assert_cmpuint (count_entries (house), ==, before + n);

  g_assert_true (gtk_widget_activate_action (house->import, "import.undo", NULL));
  for (guint i = 0; i < 3000 && count_entries (house) != before; i++)
    spin (10);
  g_assert_cmpuint (count_entries (house), ==, before);
  gtk_window_close (GTK_WINDOW (house->import));
  spin (100);
  g_assert_null (find_toplevel (ZIFU_TYPE_IMPORT_WINDOW));
}

static void
test_semicolon (House *house, gconstpointer data)
{
  import_and_undo (house, "semicolon.csv", 3);
}

static void
test_gb18030 (House *house, gconstpointer data)
{
  import_and_undo (house, "gb18030.csv", GPOINTER_TO_UINT (data));
}

static void
test_sheets (House *house, gconstpointer data)
{
  import_and_undo (house, "sheets.xlsx", GPOINTER_TO_UINT (data));
}

/* The same file again brings nothing new. */
static void
test_twice (House *house, gconstpointer data)
{
  g_autofree char *path = copy_fixture (house, "semicolon.csv");
  guint before = count_entries (house);

  open_file (house, path);
  wait_for_step (house, "columns");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "review");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "done");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  spin (100);

  open_file (house, path);
  wait_for_step (house, "columns");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "review");
  g_assert_false (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  gtk_window_close (GTK_WINDOW (house->import));
  spin (100);
  g_assert_cmpuint (count_entries (house), ==, before + 3);
}

/* What is no table is refused in words, and the window can be used on. */
static void
test_refusals (House *house, gconstpointer data)
{
  g_autofree char *path = g_build_filename (house->folder, "picture.csv", NULL);
  g_autofree char *missing = g_build_filename (house->folder, "missing.csv", NULL);
  guint before = count_entries (house);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, &error));
  open_file (house, path);
  wait_for_step (house, "error");
  gtk_window_close (GTK_WINDOW (house->import));
  spin (100);
  open_file (house, missing);
  wait_for_step (house, "error");
  gtk_window_close (GTK_WINDOW (house->import));
  spin (100);
  g_assert_cmpuint (count_entries (house), ==, before);
}

static guint
count_toplevels (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      n += g_type_is_a (G_OBJECT_TYPE (toplevel), type);
    }
  return n;
}

/* Of several files at once each is looked at, the next one when the one before was closed; none gets lost. */
static void
test_several (House *house, gconstpointer data)
{
  static const char *const names[] = { "semicolon.csv", "gb18030.csv", "sheets.xlsx" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = copy_fixture (house, names[i]);

      open_file (house, path);
    }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpuint (count_toplevels (ZIFU_TYPE_IMPORT_WINDOW), ==, 1);
      house->import = find_toplevel (ZIFU_TYPE_IMPORT_WINDOW);
      wait_for_step (house, "columns");
      assert_shows (house->import, names[i]);
      gtk_window_close (GTK_WINDOW (house->import));
      spin (200);
    }
  g_assert_cmpuint (count_toplevels (ZIFU_TYPE_IMPORT_WINDOW), ==, 0);
}

/* The list of imports says what came from where; an empty one says so. */
static void
test_list (House *house, gconstpointer data)
{
  g_autofree char *path = copy_fixture (house, "semicolon.csv");
  GtkWidget *sheet;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.imports", NULL));
  spin (200);
  sheet = find_toplevel (g_type_from_name ("ZifuSheet"));
  g_assert_nonnull (sheet);
  assert_shows (sheet, "Nothing Was Imported Yet");
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);

  open_file (house, path);
  wait_for_step (house, "columns");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "review");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "done");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  spin (100);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.imports", NULL));
  spin (200);
  sheet = find_toplevel (g_type_from_name ("ZifuSheet"));
  g_assert_nonnull (sheet);
  assert_shows (sheet, "semicolon.csv");
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
}

/* A button with these words and no more: where the question stands in the window of the list, its rows have an “Undo…” as well. */
static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (root))
    return NULL;
  if (GTK_IS_BUTTON (root) && gtk_button_get_label (GTK_BUTTON (root)) != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (gtk_button_get_label (GTK_BUTTON (root)), "_", -1);
      g_autofree char *words = g_strjoinv ("", parts);

      if (g_str_equal (words, label))
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

static void
answer_question (House *house, const char *question, const char *label)
{
  GtkWidget *button = NULL;
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint n = 0; n < 500 && button == NULL; n++)
    {
      spin (20);
      for (guint i = 0; button == NULL && i < g_list_model_get_n_items (toplevels); i++)
        {
          g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

          if (shows (toplevel, question))
            button = find_button (toplevel, label);
        }
    }
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  spin (100);
}

static void
import_file (House *house, const char *name)
{
  g_autofree char *path = copy_fixture (house, name);

  open_file (house, path);
  wait_for_step (house, "columns");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "review");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  wait_for_step (house, "done");
  g_assert_true (zifu_import_window_next (ZIFU_IMPORT_WINDOW (house->import)));
  spin (100);
}

/* What a refund was typed for holds its import, which says what to do; that is not said any more once another import is.  When the refund
 * was taken back in the history, the import goes. */
static void
test_undo_refused (House *house, gconstpointer data)
{
  ZifuLedger *ledger = zifu_session_get_ledger (zifu_window_get_session (house->window));
  ZifuEntry refund = { .kind = ZIFU_ENTRY_REFUND, .base = -1, .provenance = ZIFU_PROVENANCE_TYPED, .date = TODAY };
  g_autoptr (GPtrArray) imports = NULL, entries = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *sheet, *view, *problem;
  guint before = count_entries (house);
  gint64 refund_id;

  import_file (house, "semicolon.csv");
  imports = zifu_ledger_list_imports (ledger, 0, &error);
  entries = zifu_ledger_list_entries (ledger, 0, NULL, 0, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len && refund.original_id == 0; i++)
    {
      const ZifuEntry *entry = g_ptr_array_index (entries, i);

      if (entry->provenance != ZIFU_PROVENANCE_IMPORTED || entry->settlement_id != 0 || entry->amount >= 0)
        continue;
      refund.original_id = entry->id;
      refund.member_id = entry->member_id;
      refund.amount = -entry->amount;
    }
  g_assert_cmpint (refund.original_id, !=, 0);
  refund_id = zifu_ledger_add_entry (ledger, &refund, &error);
  g_assert_no_error (error);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.imports", NULL));
  spin (200);
  sheet = find_toplevel (g_type_from_name ("ZifuSheet"));
  view = find (sheet, ZIFU_TYPE_IMPORTS_VIEW, NULL);
  problem = find (sheet, ZIFU_TYPE_NOTICE, NULL);
  zifu_imports_view_undo (ZIFU_IMPORTS_VIEW (view), ((ZifuImport *) g_ptr_array_index (imports, 0))->id);
  answer_question (house, "Undo This Import?", "Undo");
  for (guint n = 0; n < 500 && !zifu_notice_get_revealed (ZIFU_NOTICE (problem)); n++)
    spin (20);
  g_assert_true (zifu_notice_get_revealed (ZIFU_NOTICE (problem)));
  assert_shows (sheet, "In the history, take back the refund of");

  zifu_imports_view_undo (ZIFU_IMPORTS_VIEW (view), ((ZifuImport *) g_ptr_array_index (imports, 0))->id);
  g_assert_false (zifu_notice_get_revealed (ZIFU_NOTICE (problem)));
  answer_question (house, "Undo This Import?", "Cancel");

  g_assert_true (gtk_widget_activate_action (find (GTK_WIDGET (house->window), ZIFU_TYPE_HISTORY_PAGE, NULL), "receipt.take-back", "x",
                                             refund_id));
  answer_question (house, "Take Back This Refund?", "Take Back");
  for (guint n = 0; n < 500 && count_entries (house) != entries->len; n++)
    spin (20);
  zifu_imports_view_undo (ZIFU_IMPORTS_VIEW (view), ((ZifuImport *) g_ptr_array_index (imports, 0))->id);
  answer_question (house, "Undo This Import?", "Undo");
  for (guint n = 0; n < 500 && count_entries (house) != before; n++)
    spin (20);
  g_assert_cmpuint (count_entries (house), ==, before);
  gtk_window_close (GTK_WINDOW (sheet));
  spin (100);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  zifu_ui_register ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/import/R39/semicolon", House, NULL, house_set_up, test_semicolon, house_tear_down);
  g_test_add ("/import/R39/gb18030", House, GUINT_TO_POINTER (3), house_set_up, test_gb18030, house_tear_down);
  g_test_add ("/import/R39/sheets", House, GUINT_TO_POINTER (4), house_set_up, test_sheets, house_tear_down);
  g_test_add ("/import/R39/twice", House, NULL, house_set_up, test_twice, house_tear_down);
  g_test_add ("/import/R39/refusals", House, NULL, house_set_up, test_refusals, house_tear_down);
  g_test_add ("/import/R39/several", House, NULL, house_set_up, test_several, house_tear_down);
  g_test_add ("/import/R39/undo-refused", House, NULL, house_set_up, test_undo_refused, house_tear_down);
  g_test_add ("/import/R39/list", House, NULL, house_set_up, test_list, house_tear_down);

  return g_test_run ();
}
