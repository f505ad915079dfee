/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of the window over a household with a million entries: what the first page, later pages and a search cost, and how much memory
 * the list takes when so many rows were scrolled to.  No window is opened.
 *
 *   bench-model [N]
 */
#include "bench-household.h"
#include "zifu-history-model.h"

/* Until the answer is there: a thread looks for it. */
static void
search (ZifuHistoryModel *model, const char *text)
{
  ZifuHistoryFilter filter;

  zifu_history_filter_init (&filter);
  filter.text = g_strdup (text);
  zifu_history_model_set_filter (model, &filter);
  while (zifu_history_model_get_loading (model))
    g_main_context_iteration (NULL, TRUE);
  zifu_history_filter_clear (&filter);
}

/* Scrolls until @n rows were read; the slowest page, in milliseconds. */
static double
scroll (ZifuHistoryModel *model, guint n)
{
  double worst = 0;

  while (g_list_model_get_n_items (G_LIST_MODEL (model)) < n)
    {
      gint64 begin = used ();

      if (!zifu_history_model_load_more (model))
        break;
      worst = MAX (worst, (double) (used () - begin) / 1000.0);
    }
  return worst;
}

/* From the last row that was read to the first one; what is in memory then. */
static gint64
scroll_back (ZifuHistoryModel *model)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (model));
  double worst = 0, all = 0;
  gint64 cache, now;

  for (guint i = n; i > 0; i--)
    {
      gint64 begin = used ();

      g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), i - 1));
      worst = MAX (worst, (double) (used () - begin) / 1000.0);
      all += (double) (used () - begin) / 1000.0;
    }
  now = resident (&cache);
  g_print ("%7u rows back to the first one: slowest page     %9.2f ms   %6.2f ms on average, %u pages kept\n", n, worst,
           all * ZIFU_HISTORY_MODEL_PAGE_SIZE / n, zifu_history_model_get_n_kept (model));
  return now;
}

static void
measure (ZifuSession *session, guint n)
{
  static const guint scrolled[] = { 100, 1000, 10000, 100000, 1000000 };
  gint64 most = 0;
  gint64 cache_before, cache, before = resident (&cache_before), begin = used ();
  g_autoptr (ZifuHistoryModel) model = zifu_history_model_new (session);

  g_print ("first page, with the sums of every month           %9.2f ms\n", (double) (used () - begin) / 1000.0);
  for (guint i = 0; i < G_N_ELEMENTS (scrolled) && scrolled[i] <= n; i++)
    {
      double worst = scroll (model, scrolled[i]);
      gint64 now = resident (&cache) - before;

      most = MAX (most, now);
      g_print ("%7u rows scrolled to: slowest page               %9.2f ms   %6.1f MB more in memory, %4.1f MB of it pages of the file\n",
               g_list_model_get_n_items (G_LIST_MODEL (model)), worst, (double) now / 1e6, (double) (cache - cache_before) / 1e6);
    }
  most = MAX (most, scroll_back (model) - before);
  g_print ("memory: %.1f MB more at most, floor 20 MB: %s\n", (double) most / 1e6, most < 20000000 ? "kept" : "BROKEN");
  begin = used ();
  search (model, "药房");
  g_print ("search 药房, first page                            %9.2f ms\n", (double) (used () - begin) / 1000.0);
  begin = used ();
  search (model, "龙凤");
  g_print ("search 龙凤 (nothing)                              %9.2f ms\n", (double) (used () - begin) / 1000.0);
}

int
main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) atoi (argv[1]) : 1000000;
  g_autofree char *folder = g_dir_make_tmp ("zifu-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (ZifuSession) session = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;

  fill (path, n);
  ledger = zifu_ledger_open (path, &error);
  if (ledger == NULL)
    g_error ("%s", error->message);
  session = zifu_session_new (ledger, library, zifu_date_new (2026, 11, 26));
  zifu_session_set_member_id (session, 1);
  g_print ("%u entries\n", n);
  measure (session, n);

  g_clear_object (&session);
  g_clear_object (&ledger);
  g_unlink (path);
  g_rmdir (folder);
  return 0;
}
