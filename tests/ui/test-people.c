/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "test-page.h"

#include "zifu-backup-shelf.h"
#include "zifu-backup.h"
#include "zifu-person-removal.h"
#include "zifu-person-switcher.h"

/* People go out of sight into the archive, and for good when they are deleted. */

static GtkWidget *
make_switcher (ZifuSession *session)
{
  return g_object_new (ZIFU_TYPE_PERSON_SWITCHER, "session", session, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  open_ledger (fixture);
  add_sample (fixture);
  show_page (fixture, make_switcher, 360, 640);
}

static void
tear_down_page (Fixture *fixture, gconstpointer data)
{
  tear_down (fixture);
}

static ZifuMember *
dup_relative (Fixture *fixture)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (fixture->session);

  for (guint i = 0; i < members->len; i++)
    if (((ZifuMember *) g_ptr_array_index (members, i))->id != zifu_session_get_member_id (fixture->session))
      return zifu_member_copy (g_ptr_array_index (members, i));
  return NULL;
}

/* A row of the list, which stands in a popover: it is made anew whether that is open or not. */
static GtkWidget *
find_row (Fixture *fixture, const char *text)
{
  GtkWidget *button = gtk_widget_get_first_child (fixture->page);

  return find (gtk_popover_get_child (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), ADW_TYPE_ACTION_ROW, text);
}

static void
activate (GtkWidget *row)
{
  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  spin (50);
}

static void
test_archive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuMember) relative = dup_relative (fixture);
  g_autoptr (GError) error = NULL;
  gint64 owner = zifu_session_get_member_id (fixture->session);

  g_assert_nonnull (find_row (fixture, relative->name));
  g_assert_null (find_row (fixture, "Show Archived"));
  g_assert_true (zifu_person_removal_can_archive (fixture->session, relative));
  g_assert_true (zifu_person_removal_set_archived (fixture->session, relative->id, TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (find_row (fixture, relative->name));

  activate (find_row (fixture, "Show Archived (1)"));
  g_assert_nonnull (find_row (fixture, relative->name));
  activate (find_row (fixture, "Hide Archived (1)"));
  g_assert_null (find_row (fixture, relative->name));

  /* Whoever is on screen makes room, and who is taken out again is in the list. */
  g_assert_true (zifu_person_removal_set_archived (fixture->session, owner, TRUE, &error));
  g_assert_cmpint (zifu_session_get_member_id (fixture->session), !=, owner);
  g_assert_cmpint (zifu_session_get_member_id (fixture->session), !=, relative->id);
  g_assert_true (zifu_person_removal_set_archived (fixture->session, relative->id, FALSE, &error));
  g_assert_nonnull (find_row (fixture, relative->name));
  g_assert_nonnull (find_row (fixture, "Show Archived (1)"));
}

/* The last one who is not archived stays on screen. */
static void
test_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (fixture->session);

  for (guint i = 1; i < members->len; i++)
    zifu_ledger_set_archived (fixture->ledger, ((ZifuMember *) g_ptr_array_index (members, i))->id, TRUE, NULL);
  g_assert_false (zifu_person_removal_can_archive (fixture->session, g_ptr_array_index (members, 0)));
  g_assert_true (zifu_person_removal_can_archive (fixture->session, g_ptr_array_index (members, 1)));
}

static GtkWidget *
find_button (const char *label)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      GtkWidget *button = find (toplevel, GTK_TYPE_BUTTON, label);

      if (button != NULL)
        return button;
    }
  return NULL;
}

typedef struct {
  gboolean done, success;
} Answer;

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->success = zifu_person_removal_finish (result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

static Answer
ask (Fixture *fixture, const ZifuMember *member, const char *label)
{
  Answer answer = { 0 };

  zifu_person_removal_async (GTK_WINDOW (fixture->window), fixture->session, member, removed_cb, &answer);
  for (guint i = 0; i < 500 && find_button (label) == NULL; i++)
    spin (10);
  g_assert_nonnull (find_button (label));
  g_signal_emit_by_name (find_button (label), "clicked");
  for (guint i = 0; i < 1000 && !answer.done; i++)
    spin (10);
  g_assert_true (answer.done);
  return answer;
}

static gboolean
file_holds (const char *path, const char *text)
{
  g_autofree char *bytes = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &bytes, &length, NULL) && memmem (bytes, length, text, strlen (text)) != NULL;
}

/* R24: nothing of a person who was deleted is left in the file or beside it; what keeps something is named before. */
static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ZifuMember) relative = dup_relative (fixture);
  g_autofree char *copy = g_build_filename (fixture->folder, "kept.zifu-backup", NULL);
  g_autofree char *place = g_dir_make_tmp ("zifu-stick-XXXXXX", NULL), *stick = g_build_filename (place, "of us.zifu-backup", NULL);
  g_autofree char *notes = g_build_filename (fixture->folder, "backups", "elsewhere.list", NULL);
  g_autofree char *notes_folder = g_path_get_dirname (notes), *elsewhere = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 25, 8, 0, 0);
  g_autofree char *log = g_strconcat (zifu_ledger_get_path (fixture->ledger), "-wal", NULL);
  g_autofree char *body = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GError) error = NULL;
  guint before;

  members = zifu_session_list_members (fixture->session);
  before = members->len;
  g_assert_true (zifu_backup_write (fixture->ledger, copy, now, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (zifu_backup_write (fixture->ledger, stick, now, NULL, &error));
  g_assert_true (zifu_backup_shelf_note (zifu_ledger_get_path (fixture->ledger), stick, &error));
  g_assert_no_error (error);
  body = zifu_person_removal_dup_body (fixture->session, relative);
  elsewhere = g_strconcat ("So do these backups in other places:\n• ", stick, "\n\n", NULL);
  g_assert_nonnull (strstr (body, elsewhere));
  g_assert_nonnull (strstr (body, "This cannot be undone."));
  g_assert_nonnull (strstr (body, "• kept.zifu-backup"));
  g_assert_null (strstr (body, "household.db"));
  g_assert_true (file_holds (zifu_ledger_get_path (fixture->ledger), relative->name) || file_holds (log, relative->name));

  /* Not wanted: everybody is there. */
  g_assert_false (ask (fixture, relative, "Cancel").success);
  g_clear_pointer (&members, g_ptr_array_unref);
  members = zifu_session_list_members (fixture->session);
  g_assert_cmpuint (members->len, ==, before);

  g_assert_true (ask (fixture, relative, "Delete").success);
  g_clear_pointer (&members, g_ptr_array_unref);
  members = zifu_session_list_members (fixture->session);
  g_assert_cmpuint (members->len, ==, before - 1);
  g_assert_true (gtk_widget_get_sensitive (fixture->window));
  g_assert_false (file_holds (zifu_ledger_get_path (fixture->ledger), relative->name));
  g_assert_false (file_holds (log, relative->name));
  g_assert_null (find_row (fixture, relative->name));
  g_assert_cmpint (g_remove (stick), ==, 0);
  g_assert_cmpint (g_remove (place), ==, 0);
  g_assert_cmpint (g_remove (notes), ==, 0);
  g_assert_cmpint (g_remove (notes_folder), ==, 0);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/household/R24-archive", Fixture, NULL, set_up, test_archive, tear_down_page);
  g_test_add ("/household/R24-last", Fixture, NULL, set_up, test_last, tear_down_page);
  g_test_add ("/household/R24-delete", Fixture, NULL, set_up, test_delete, tear_down_page);

  return g_test_run ();
}
