/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-person-removal.h"

#include <glib/gi18n-lib.h>

#include "zifu-backup-shelf.h"
#include "zifu-compat.h"
#include "zifu-words.h"

/* Files that are named in the question; of more only the number is told. */
#define MOST_NAMES 6

typedef struct
{
  GtkWindow   *parent;    /* owned */
  ZifuSession *session;   /* owned */
  char        *path;      /* owned: of the ledger */
  gint64       member_id;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_object (&work->parent);
  g_clear_object (&work->session);
  g_free (work->path);
  g_free (work);
}

static guint
count_entries (ZifuSession *session, gint64 member_id)
{
  g_autoptr (GArray) months = zifu_ledger_list_months (zifu_session_get_ledger (session), member_id, NULL);
  guint n = 0;

  for (guint i = 0; months != NULL && i < months->len; i++)
    n += g_array_index (months, ZifuMonthSummary, i).n_entries;

  return n;
}

/* Files that keep what the person had; those that lie elsewhere with where they lie. */
static void
append_files (GString *body, const char *heading, const GPtrArray *paths, gboolean elsewhere)
{
  if (paths->len == 0)
    return;
  g_string_append_printf (body, "\n\n%s", heading);
  for (guint i = 0; i < paths->len && i < MOST_NAMES; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *name = elsewhere ? g_filename_display_name (path) : g_filename_display_basename (path);

      g_string_append_printf (body, "\n• %s", name);
    }
  if (paths->len > MOST_NAMES)
    {
      g_autofree char *number = g_strdup_printf ("%u", paths->len - MOST_NAMES);
      /* Translators: {1} is how many files are not named. */
      g_autofree char *more = zifu_words_fill (ngettext ("and {1} more", "and {1} more", paths->len - MOST_NAMES), number, NULL);

      g_string_append_printf (body, "\n• %s", more);
    }
}

/* Backups that were written to other places and are there now: a memory stick that is not plugged in nobody sees. */
static GPtrArray *
list_elsewhere (ZifuLedger *ledger, const GPtrArray *copies)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) items = zifu_backup_shelf_list (zifu_ledger_get_path (ledger), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const ZifuBackupItem *item = g_ptr_array_index (items, i);

      if (!g_ptr_array_find_with_equal_func ((GPtrArray *) copies, item->path, g_str_equal, NULL))
        g_ptr_array_add (paths, g_strdup (item->path));
    }
  return paths;
}

/**
 * zifu_person_removal_dup_body:
 * @session: the session
 * @member: who is to be deleted
 *
 * Returns: (transfer full): what goes, what stays with relatives, and which files keep what they have
 */
char *
zifu_person_removal_dup_body (ZifuSession *session, const ZifuMember *member)
{
  g_autoptr (GPtrArray) copies = NULL;
  g_autoptr (GPtrArray) elsewhere = NULL;
  GString *body = g_string_new (NULL);
  g_autofree char *number = NULL;
  g_autofree char *gone = NULL;
  guint n;

  g_return_val_if_fail (ZIFU_IS_SESSION (session) && member != NULL, NULL);

  n = count_entries (session, member->id);
  number = g_strdup_printf ("%'u", n);
  /* Translators: {1} is the number of entries of a person who is to be deleted. */
  gone = zifu_words_fill (ngettext ("{1} entry and all settlements, contributions and permissions of this person are deleted from the "
                                    "ledger and their place is overwritten. This cannot be undone.",
                                    "{1} entries and all settlements, contributions and permissions of this person are deleted from "
                                    "the ledger and their place is overwritten. This cannot be undone.",
                                    n),
                          number, NULL);
  g_string_append (body, gone);
  g_string_append_printf (body, "\n\n%s",
                          _("Payments that relatives made for this person stay in the relatives’ accounts, without the name."));
  copies = zifu_ledger_list_copies (zifu_session_get_ledger (session));
  elsewhere = list_elsewhere (zifu_session_get_ledger (session), copies);
  append_files (body, _("These files beside the ledger keep what they have. Delete them yourself if nothing may remain:"), copies, FALSE);
  append_files (body, _("So do these backups in other places:"), elsewhere, TRUE);
  g_string_append_printf (body, "\n\n%s", _("Exported files and other copies elsewhere are not known to this program."));

  return g_string_free (body, FALSE);
}

static void
delete_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (work->path, &error);

  if (ledger != NULL && zifu_ledger_delete_member (ledger, work->member_id, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the outer task over. */
static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *work = g_task_get_task_data (task);
  GError *error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (work->parent), TRUE);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_boolean (task, TRUE);
      zifu_session_emit_changed (work->session);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Work *work = g_task_get_task_data (task);
  g_autoptr (GTask) deleting = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    {
      g_task_return_boolean (task, FALSE);
      return;
    }

  /* Overwriting takes its time; nobody edits meanwhile whom it is about. */
  gtk_widget_set_sensitive (GTK_WIDGET (work->parent), FALSE);
  deleting = g_task_new (NULL, NULL, deleted_cb, g_object_ref (task));
  g_task_set_task_data (deleting, work, NULL);
  g_task_run_in_thread (deleting, delete_in_thread);
}

/**
 * zifu_person_removal_async:
 * @parent: the window in front of which the question stands; it cannot be used while the person is being deleted
 * @session: the session
 * @member: who is to be deleted
 * @callback: (scope async): called when it is done, or not wanted
 * @user_data: for @callback
 *
 * Says what goes and what remains elsewhere, asks, and deletes a person for good, in a thread.  The pages are told.
 */
void
zifu_person_removal_async (GtkWindow *parent, ZifuSession *session, const ZifuMember *member, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  GTask *task;
  Work *work;

  g_return_if_fail (GTK_IS_WINDOW (parent) && ZIFU_IS_SESSION (session) && member != NULL);

  work = g_new0 (Work, 1);
  work->parent = g_object_ref (parent);
  work->session = g_object_ref (session);
  work->path = g_strdup (zifu_ledger_get_path (zifu_session_get_ledger (session)));
  work->member_id = member->id;
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, zifu_person_removal_async);
  g_task_set_task_data (task, work, work_free);
  /* Translators: %s is a person. */
  heading = g_strdup_printf (_("Delete %s?"), member->name);
  body = zifu_person_removal_dup_body (session, member);
  zifu_compat_confirm (parent, heading, body, _("Cancel"), _("Delete"), TRUE, confirmed_cb, task);
}

/**
 * zifu_person_removal_finish:
 * @result: what the callback was given
 * @error: return location for an error of the ledger
 *
 * Returns: whether the person was deleted; %FALSE without an error when that was not wanted
 */
gboolean
zifu_person_removal_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_person_removal_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * zifu_person_removal_can_archive:
 * @session: the session
 * @member: somebody
 *
 * Returns: whether somebody else is left to be on screen when @member goes into the archive
 */
gboolean
zifu_person_removal_can_archive (ZifuSession *session, const ZifuMember *member)
{
  g_autoptr (GPtrArray) members = NULL;

  g_return_val_if_fail (ZIFU_IS_SESSION (session) && member != NULL, FALSE);

  members = zifu_session_list_members (session);
  for (guint i = 0; i < members->len; i++)
    {
      const ZifuMember *other = g_ptr_array_index (members, i);

      if (other->id != member->id && !other->archived)
        return TRUE;
    }

  return FALSE;
}

/**
 * zifu_person_removal_set_archived:
 * @session: the session
 * @member_id: who
 * @archived: whether the person is out of sight from now on
 * @error: return location for an error of the ledger
 *
 * Puts somebody into the archive or takes them out; nothing is deleted.  Who was on screen makes room for somebody else.
 *
 * Returns: whether it was stored
 */
gboolean
zifu_person_removal_set_archived (ZifuSession *session, gint64 member_id, gboolean archived, GError **error)
{
  g_autoptr (GPtrArray) members = NULL;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), FALSE);

  if (!zifu_ledger_set_archived (zifu_session_get_ledger (session), member_id, archived, error))
    return FALSE;

  zifu_session_emit_changed (session);
  members = zifu_session_list_members (session);
  for (guint i = 0; archived && i < members->len && zifu_session_get_member_id (session) == member_id; i++)
    {
      const ZifuMember *other = g_ptr_array_index (members, i);

      if (!other->archived)
        zifu_session_set_member_id (session, other->id);
    }

  return TRUE;
}
