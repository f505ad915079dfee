/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-import-window-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "zifu-household.h"
#include "zifu-import-undo.h"
#include "zifu-words.h"

/* What takes long: each step runs in a thread, and its answer leads to the next one.  An answer to a window that is gone is dropped. */

static const char *
get_ledger_path (ZifuImportWindow *self)
{
  return zifu_ledger_get_path (zifu_session_get_ledger (self->session));
}

static ZifuWork *
begin (ZifuImportWindow *self, const char *title, const char *note)
{
  g_clear_object (&self->work);
  self->work = zifu_work_new ();
  zifu_work_view_watch (self->progress, self->work, title, note);
  _zifu_import_window_set_step (self, "work");
  return self->work;
}

/* Whether the answer is still wanted. */
static gboolean
end (ZifuImportWindow *self)
{
  g_clear_object (&self->work);
  return self->session != NULL;
}

/* Giving up leads back to where it began; anything else is told. */
static void
fail (ZifuImportWindow *self, const GError *error, const char *back)
{
  self->back = back;
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _zifu_import_window_set_step (self, back != NULL ? back : "choose");
  else
    _zifu_import_window_show_error (self, error);
}

static void
loaded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportSource) source = zifu_import_source_load_finish (ZIFU_WORK (object), result, &error);

  if (!end (self))
    return;
  if (source == NULL)
    {
      fail (self, error, self->source != NULL ? "columns" : NULL);
      return;
    }
  zifu_import_columns_set_source (self->columns, NULL);
  g_clear_pointer (&self->source, zifu_import_source_free);
  self->source = g_steal_pointer (&source);
  if (self->source->kind != ZIFU_SOURCE_HOUSEHOLD)
    zifu_import_columns_set_source (self->columns, self->source);
  _zifu_import_window_set_step (self, self->source->kind == ZIFU_SOURCE_HOUSEHOLD ? "household" : "columns");
}

/*
 * _zifu_import_window_load:
 * @path: a file
 * @options: (nullable): what the user said of it
 *
 * Looks into the file.
 */
void
_zifu_import_window_load (ZifuImportWindow *self, const char *path, const ZifuTableOptions *options)
{
  ZifuWork *work = begin (self, _("Looking into the file"), NULL);

  zifu_import_source_load_async (path, options, work, loaded_cb, g_object_ref (self));
}

/* The plan and the work that it was made by: the thread tells its progress there. */
typedef struct {
  ZifuImportWindow *window; /* owned */
  ZifuWork         *work;   /* owned */
} Step;

static Step *
step_new (ZifuImportWindow *window, ZifuWork *work)
{
  Step *step = g_new0 (Step, 1);

  *step = (Step){ g_object_ref (window), g_object_ref (work) };
  return step;
}

static void
step_free (Step *step)
{
  g_object_unref (step->window);
  g_object_unref (step->work);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
planned_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ZifuImportWindow *self = step->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuImportPlan) plan = zifu_import_plan_finish (result, &error);
  g_auto (GStrv) remarks = NULL;

  if (!end (self))
    return;
  if (plan != NULL)
    remarks = zifu_import_plan_list_remarks (plan, zifu_session_get_ledger (self->session), &error);
  if (remarks == NULL)
    {
      fail (self, error, "columns");
      return;
    }
  zifu_import_review_set_plan (self->review, NULL, NULL);
  g_clear_pointer (&self->plan, zifu_import_plan_free);
  self->plan = g_steal_pointer (&plan);
  zifu_import_review_set_plan (self->review, self->plan, (const char *const *) remarks);
  _zifu_import_window_set_step (self, "review");
}

/*
 * _zifu_import_window_plan:
 *
 * Reads the file and says of each line what would be done with it.
 */
void
_zifu_import_window_plan (ZifuImportWindow *self)
{
  ZifuImportOptions options = { 0 };
  ZifuWork *work = begin (self, _("Comparing with the entries"), _("Nothing is stored yet."));

  options.member_id = zifu_import_columns_get_member_id (self->columns);
  options.mapping = self->source->mapping;
  options.today = zifu_session_get_today (self->session);
  zifu_import_source_get_options (self->source, &options.table);
  zifu_import_plan_async (get_ledger_path (self), self->source->path, &options, zifu_work_get_job (work), planned_cb,
                          step_new (self, work));
}

static gboolean
leaves_lines (ZifuImportPlan *plan)
{
  return zifu_import_plan_get_n_lines (plan) - zifu_import_plan_count (plan, ZIFU_LINE_DUPLICATE) > zifu_import_plan_count_taken (plan);
}

/* Beside the file, or where the user may write: a memory stick may be read-only. */
static char *
find_report_path (ZifuImportPlan *plan)
{
  g_autofree char *beside = zifu_import_plan_find_report_path (plan);
  g_autofree char *folder = g_path_get_dirname (beside), *name = NULL;
  const char *home = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  char *path;

  if (g_access (folder, W_OK) == 0)
    return g_steal_pointer (&beside);
  if (home == NULL || g_access (home, W_OK) != 0)
    home = g_get_home_dir ();
  name = g_path_get_basename (beside);
  path = g_build_filename (home, name, NULL);
  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK); i++)
    {
      g_free (path);
      path = g_strdup_printf ("%s/%s-%u.csv", home, name, i);
    }
  return path;
}

static char *
format_now (ZifuSession *session)
{
  g_autoptr (GDateTime) now = zifu_session_dup_now (session);
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);

  return g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
}

static void
applied_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (Step) step = data;
  ZifuImportWindow *self = step->window;
  g_autoptr (GError) error = NULL;
  gboolean applied = zifu_import_apply_finish (result, &self->import_id, &error);

  if (!end (self))
    return;
  if (!applied)
    {
      g_clear_pointer (&self->report, g_free);
      fail (self, error, "review");
      return;
    }
  zifu_session_emit_changed (self->session);
  _zifu_import_window_show_done (self);
  _zifu_import_window_emit_imported (self);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

/*
 * _zifu_import_window_apply:
 *
 * Writes the lines that are taken, all of them or none.
 */
void
_zifu_import_window_apply (ZifuImportWindow *self)
{
  g_autofree char *time = format_now (self->session);
  ZifuWork *work = begin (self, _("Importing"), _("All of it is stored, or nothing."));

  self->n_taken = zifu_import_plan_count_taken (self->plan);
  g_free (self->report);
  self->report = leaves_lines (self->plan) ? find_report_path (self->plan) : NULL;
  zifu_import_apply_async (self->plan, get_ledger_path (self), time, self->report, zifu_work_get_job (work), applied_cb,
                           step_new (self, work));
}

typedef struct {
  char                *ledger_path, *path; /* owned */
  ZifuHouseholdSummary summary;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->ledger_path);
  g_free (reading->path);
  g_free (reading);
}

static gboolean
read_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (reading->ledger_path, error);

  return ledger != NULL && zifu_household_json_read (ledger, reading->path, &reading->summary, job, error);
}

static void
household_read_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = zifu_work_get_data (result);
  gboolean done = zifu_work_run_finish (ZIFU_WORK (object), result, &error);

  if (!end (self))
    return;
  if (!done)
    {
      fail (self, error, "household");
      return;
    }
  zifu_session_emit_changed (self->session);
  _zifu_import_window_show_household (self, reading->summary.n_members, reading->summary.n_entries, reading->summary.broken_member == 0);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

/*
 * _zifu_import_window_read_household:
 *
 * Reads a whole household into an empty ledger.
 */
void
_zifu_import_window_read_household (ZifuImportWindow *self)
{
  ZifuWork *work = begin (self, _("Reading the household"), _("All of it is stored, or nothing."));
  Reading *reading = g_new0 (Reading, 1);

  reading->ledger_path = g_strdup (get_ledger_path (self));
  reading->path = g_strdup (self->source->path);
  zifu_work_run_async (work, read_in_thread, reading, reading_free, household_read_cb, g_object_ref (self));
}

static void
undone_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuImportWindow) self = data;
  g_autoptr (GError) error = NULL;
  gboolean undone = zifu_import_undo_finish (ZIFU_WORK (object), result, &error);

  if (!end (self))
    return;
  if (!undone)
    {
      fail (self, error, "done");
      return;
    }
  self->import_id = 0;
  zifu_session_emit_changed (self->session);
  _zifu_import_window_show_undone (self);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
}

/*
 * _zifu_import_window_undo:
 *
 * Takes the import back.
 */
void
_zifu_import_window_undo (ZifuImportWindow *self)
{
  ZifuWork *work = begin (self, _("Taking the import back"), NULL);

  zifu_import_undo_async (self->session, self->import_id, work, undone_cb, g_object_ref (self));
}
