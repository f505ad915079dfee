/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The window over a household with a million entries, on a display of its own: opened, scrolled to the last row and back, searched and
 * filtered, and a file of as many lines imported through its own window.
 *
 *   bench-window [N]
 *
 * A stall is the time of the processor that the main loop took in one go, with the painting of a frame, which this program has to do
 * itself here.  The floor is the same with a thousand entries, which is measured first: what a million adds to it is the window's.
 */
#include <adwaita.h>
#include <locale.h>
#include <time.h>

#include "bench-household.h"
#include "zifu-history-page.h"
#include "zifu-import-window.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"
#include "zifu-window.h"
#include "zifu-words.h"
#include "zifu-work-view.h"

#define FEW 1000
#define TODAY (zifu_date_new (2026, 11, 26))

typedef struct {
  double stall; /* ms */
  gint64 begin; /* µs */
} Watch;

static double
used_here (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static Watch
watch_begin (void)
{
  return (Watch){ 0, g_get_monotonic_time () };
}

static void
turn (Watch *watch)
{
  double begin = used_here ();

  if (!g_main_context_iteration (NULL, FALSE))
    g_usleep (500);
  watch->stall = MAX (watch->stall, used_here () - begin);
}

static void
turn_for (Watch *watch, guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    turn (watch);
}

static void
tell (const Watch *watch, const char *what)
{
  gint64 cache;

  g_print ("  %-52s %9.2f s  longest stall %7.1f ms  %6.1f MB\n", what, (double) (g_get_monotonic_time () - watch->begin) / 1e6,
           watch->stall, (double) resident (&cache) / 1e6);
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static ZifuWindow *
open_window (const char *path)
{
  ZifuWindow *window = zifu_window_new (NULL);
  Watch watch = watch_begin ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 760);
  zifu_window_open (window, path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  while (g_strcmp0 (zifu_window_get_state (window), "main") != 0)
    turn (&watch);
  tell (&watch, "opened, first page of the window");
  turn_for (&watch, 2000);
  watch = watch_begin ();
  zifu_window_show_page (window, "history");
  turn_for (&watch, 1000);
  tell (&watch, "history shown");
  return window;
}

/* As a finger does: always to the end of what is there; then all pages one after the other. */
static void
scroll (GtkAdjustment *adjustment, ZifuHistoryModel *model, guint n)
{
  GListModel *list = G_LIST_MODEL (model);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  Watch watch = watch_begin ();

  while (g_list_model_get_n_items (list) < MIN (n, 5000) && !zifu_history_model_get_complete (model))
    {
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
      turn (&watch);
    }
  tell (&watch, "scrolled through the first 5000 rows");
  watch = watch_begin ();
  while (!zifu_history_model_get_complete (model))
    {
      double begin = used_here ();

      zifu_history_model_load_more (model);
      watch.stall = MAX (watch.stall, used_here () - begin);
      if (g_list_model_get_n_items (list) % 5000 < ZIFU_HISTORY_MODEL_PAGE_SIZE)
        turn_for (&watch, 20);
    }
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  turn_for (&watch, 500);
  tell (&watch, "all pages read, scrolled to the last row");
  watch = watch_begin ();
  for (guint i = 0; i < 60; i++)
    {
      gtk_adjustment_set_value (adjustment, g_rand_double_range (random, 0, gtk_adjustment_get_upper (adjustment)));
      turn_for (&watch, 50);
    }
  tell (&watch, "sixty jumps with the scroll bar");
  g_print ("  %u rows, %u pages of them kept\n", g_list_model_get_n_items (list), zifu_history_model_get_n_kept (model));
}

static void
wait_for_totals (Watch *watch, ZifuHistoryModel *model)
{
  ZifuHistoryTotals totals;

  turn_for (watch, 400);
  while (zifu_history_model_get_loading (model) || !zifu_history_model_get_totals (model, &totals))
    turn (watch);
  turn_for (watch, 200);
}

static void
look_for (ZifuHistoryPage *page)
{
  static const char *const texts[] = { "药房", "龙凤", "2011-03", "3.00" };
  ZifuHistoryModel *model = zifu_history_page_get_model (page);
  Watch watch;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *what = g_strdup_printf ("search for %s, with the sums", texts[i]);

      watch = watch_begin ();
      zifu_history_page_set_search (page, texts[i]);
      wait_for_totals (&watch, model);
      tell (&watch, what);
    }
  watch = watch_begin ();
  zifu_history_page_set_search (page, "");
  zifu_history_page_set_kind (page, ZIFU_ENTRY_PHARMACY);
  wait_for_totals (&watch, model);
  tell (&watch, "one kind only");
  watch = watch_begin ();
  zifu_history_page_set_kind (page, -1);
  turn_for (&watch, 600);
  tell (&watch, "everything again");
}

static void
write_csv (const char *path, guint n)
{
  FILE *stream = g_fopen (path, "wb");

  fputs ("交易日期,收入,支出,机构名称,备注\n", stream);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *date = zifu_date_format (zifu_date_new (1995, 1, 2) + (ZifuDate) ((gint64) i * 11000 / n));

      fprintf (stream, "%s,%s,%s,第%u医院,复诊取药 %u\n", date, i % 4 == 0 ? "600.00" : "", i % 4 == 0 ? "" : "1.25", i % 400, i % 90);
    }
  if (fclose (stream) != 0)
    g_error ("no space");
}

static void
wait_for_step (Watch *watch, GtkWidget *window, const char *step)
{
  while (g_strcmp0 (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (window)), step) != 0)
    {
      if (g_str_equal (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (window)), "error"))
        g_error ("the import failed before %s", step);
      turn (watch);
    }
  turn_for (watch, 300);
}

static GtkWidget *
find_import (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);

      if (ZIFU_IS_IMPORT_WINDOW (toplevel))
        return toplevel;
    }
  g_error ("there is no window for the import");
}

/* Next, and given up half way: back where it began. */
static void
give_up (GtkWidget *import, const char *step, const char *what)
{
  Watch watch = watch_begin ();

  zifu_import_window_next (ZIFU_IMPORT_WINDOW (import));
  turn_for (&watch, 150);
  if (g_str_equal (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)), "work"))
    g_signal_emit_by_name (find (find (import, ZIFU_TYPE_WORK_VIEW), GTK_TYPE_BUTTON), "clicked");
  while (g_str_equal (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)), "work"))
    turn (&watch);
  turn_for (&watch, 200);
  if (g_strcmp0 (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)), step) != 0)
    g_print ("  too few lines to be stopped: %s\n", zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)));
  tell (&watch, what);
}

static void
import (ZifuWindow *window, const char *csv)
{
  g_autoptr (GFile) file = g_file_new_for_path (csv);
  Watch watch = watch_begin ();
  GtkWidget *import;

  zifu_window_import_file (window, file);
  import = find_import ();
  wait_for_step (&watch, import, "columns");
  tell (&watch, "import: file looked into");
  give_up (import, "columns", "import: dry run, stopped");
  watch = watch_begin ();
  if (g_str_equal (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)), "columns"))
    zifu_import_window_next (ZIFU_IMPORT_WINDOW (import));
  wait_for_step (&watch, import, "review");
  tell (&watch, "import: dry run, lines shown");
  give_up (import, "review", "import: stopped while it is stored");
  watch = watch_begin ();
  if (g_str_equal (zifu_import_window_get_step (ZIFU_IMPORT_WINDOW (import)), "review"))
    zifu_import_window_next (ZIFU_IMPORT_WINDOW (import));
  wait_for_step (&watch, import, "done");
  tell (&watch, "import: stored, pages told");
  watch = watch_begin ();
  gtk_window_close (GTK_WINDOW (import));
  turn_for (&watch, 500);
  tell (&watch, "import: window closed");
}

static void
measure (const char *folder, guint n)
{
  g_autofree char *path = g_build_filename (folder, "household.db", NULL), *csv = g_build_filename (folder, "lines.csv", NULL);
  ZifuWindow *window;
  GtkWidget *page, *list;

  g_print ("%u entries\n", n);
  fill (path, n);
  write_csv (csv, n);
  window = open_window (path);
  page = find (zifu_window_get_page (window, "history"), ZIFU_TYPE_HISTORY_PAGE);
  list = find (page, GTK_TYPE_LIST_VIEW);
  scroll (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list)), zifu_history_page_get_model (ZIFU_HISTORY_PAGE (page)), n);
  look_for (ZIFU_HISTORY_PAGE (page));
  import (window, csv);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  g_autofree char *folder = NULL, *few = g_strdup_printf ("%u", FEW);

  if (n > FEW)
    g_spawn_sync (NULL, (char *[]){ argv[0], few, NULL }, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, NULL, NULL);
  setlocale (LC_ALL, "");
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  gtk_init ();
  zifu_ui_register ();
  adw_init ();
  zifu_widgets_use_style (gdk_display_get_default ());
  folder = g_dir_make_tmp ("zifu-bench-XXXXXX", NULL);
  measure (folder, n);
  g_spawn_sync (NULL, (char *[]){ (char *) "rm", (char *) "-r", folder, NULL }, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  return 0;
}
