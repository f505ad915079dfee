/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-fits.h"
#include "test-household.h"

#include <sqlite3.h>

#include "zifu-backup-shelf.h"
#include "zifu-backups-view.h"
#include "zifu-ledger-connections.h"
#include "zifu-sheet.h"
#include "zifu-window.h"
#include "zifu-work-view.h"

/* Backups, from the window: made, looked at, restored, undone; and a household that cannot be opened any more. */

typedef struct {
  char       *folder, *path;
  ZifuWindow *window;
} House;

static GtkWidget *
find_toplevel (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (g_type_is_a (G_OBJECT_TYPE (l->data), type) && gtk_widget_get_visible (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
find_view (void)
{
  GtkWidget *sheet = find_toplevel (ZIFU_TYPE_SHEET);

  return sheet != NULL ? find (sheet, ZIFU_TYPE_BACKUPS_VIEW, NULL) : NULL;
}

/* So many that saving them can be stopped; under the sanitizers each takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
#define MANY "20000"
#define MANY_AND_TWO "20002"
#else
#define MANY "200000"
#define MANY_AND_TWO "200002"
#endif

static void
wait_for_state (House *house, const char *state)
{
  gint64 end = g_get_monotonic_time () + 240 * G_TIME_SPAN_SECOND;

  while (g_strcmp0 (zifu_window_get_state (house->window), state) != 0 && g_get_monotonic_time () < end)
    spin (10);
  g_assert_cmpstr (zifu_window_get_state (house->window), ==, state);
}

/* Mother and daughter: two people, and an entry each. */
static void
make_household (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);

  g_assert_no_error (error);
  household_add (ledger, "Zhou Yuqing", "self", "1986-05-20", "active", 328640);
  household_add (ledger, "Zhou Ping", "parent", "1956-02-11", "retired", 5000);
}

static void
show_window (House *house, int width, const char *state)
{
  house->window = zifu_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (house->window), width, 760);
  zifu_window_open (house->window, house->path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (house->window));
  wait_for_state (house, state);
}

static void
set_up_closed (House *house)
{
  g_autoptr (GError) error = NULL;

  house->folder = g_dir_make_tmp ("zifu-backups-XXXXXX", &error);
  g_assert_no_error (error);
  house->path = g_build_filename (house->folder, "household.db", NULL);
  make_household (house->path);
}

static void
set_up (House *house)
{
  set_up_closed (house);
  show_window (house, 1100, "main");
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
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
tear_down_house (House *house)
{
  gtk_window_destroy (GTK_WINDOW (house->window));
  spin (200);
  remove_folder (house->folder);
  g_free (house->folder);
  g_free (house->path);
}

static GtkWidget *
open_backups (House *house)
{
  GtkWidget *view;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house->window), "win.backups", NULL));
  view = find_view ();
  g_assert_nonnull (view);
  return view;
}

static void
wait_for_view (GtkWidget *view, const char *state)
{
  for (guint i = 0; i < 3000 && g_strcmp0 (zifu_backups_view_get_state (ZIFU_BACKUPS_VIEW (view)), state) != 0; i++)
    spin (10);
  g_assert_cmpstr (zifu_backups_view_get_state (ZIFU_BACKUPS_VIEW (view)), ==, state);
}

/* The question of either libadwaita: a window of its own, or, later, a part of the window. */
static GtkWidget *
find_question_in (GtkWidget *widget)
{
  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwMessageDialog") || g_str_equal (G_OBJECT_TYPE_NAME (widget), "AdwAlertDialog"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_question_in (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
find_question (void)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWidget) toplevel = g_list_model_get_item (toplevels, i);
      GtkWidget *found = find_question_in (toplevel);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
wait_for_dialog (void)
{
  GtkWidget *dialog = NULL;

  for (guint i = 0; i < 1000 && (dialog = find_question ()) == NULL; i++)
    spin (10);
  g_assert_nonnull (dialog);
  return dialog;
}

/* Its button: what is asked for (the style says it destroys, or is meant to be pressed), or the other; styles have longer names later. */
static GtkWidget *
find_response (GtkWidget *root, gboolean accept)
{
  if (GTK_IS_BUTTON (root))
    {
      static const char *const styles[] = { "destructive", "destructive-action", "suggested", "suggested-action" };
      gboolean styled = FALSE;

      for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
        styled = styled || gtk_widget_has_css_class (root, styles[i]);
      return styled == accept ? root : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_response (child, accept);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Presses the button that does it, or the other. */
static void
answer (gboolean accept)
{
  GtkWidget *dialog = wait_for_dialog (), *button;

  wait_for_frame (dialog);
  button = find_response (dialog, accept);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  for (guint i = 0; i < 1000 && find_question () != NULL; i++)
    spin (10);
}

/* The text of the question, until the next one. */
static const char *
wait_for_question (void)
{
  static char *body = NULL;
  GtkWidget *dialog = wait_for_dialog ();

  wait_for_frame (dialog);
  g_assert_nonnull (find_response (dialog, TRUE));
  g_clear_pointer (&body, g_free);
  g_object_get (dialog, "body", &body, NULL);
  return body;
}

static guint
count_people (House *house)
{
  g_autoptr (GPtrArray) members = zifu_session_list_members (zifu_window_get_session (house->window));

  return members->len;
}

/* Until another household is on screen. */
static void
wait_for_people (House *house, guint n)
{
  for (guint i = 0; i < 6000; i++)
    {
      if (g_strcmp0 (zifu_window_get_state (house->window), "main") == 0 && count_people (house) == n)
        return;
      spin (10);
    }
  g_error ("the window shows %s, not %u people", zifu_window_get_state (house->window), n);
}

static void
add_child (House *house)
{
  ZifuSession *session = zifu_window_get_session (house->window);

  household_add (zifu_session_get_ledger (session), "Zhou Le", "child", "2015-09-12", "resident", 0);
  zifu_session_emit_changed (session);
}

/* The backup of today is written by itself; waits for it. */
static void
wait_for_ring (House *house, guint n)
{
  g_autofree char *folder = zifu_backup_default_folder (house->path);

  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (GPtrArray) files = zifu_backup_list (folder, NULL);

      if (files->len == n)
        return;
      spin (10);
    }
  g_error ("no backup of today");
}

static void
back_up_now (GtkWidget *view)
{
  g_assert_true (gtk_widget_activate_action (view, "backups.now", NULL));
  wait_for_view (view, "work");
  wait_for_view (view, "list");
  assert_shows (view, "made by hand");
}

static void
close_sheet (void)
{
  gtk_window_destroy (GTK_WINDOW (find_toplevel (ZIFU_TYPE_SHEET)));
  spin (50);
}

/* What the automatic and the hand-made one hold is told, and that they were checked; a damaged one is told and offers nothing. */
static void
test_list (void)
{
  House house = { NULL };
  g_autofree char *folder = NULL, *broken = NULL, *bytes = NULL;
  g_autoptr (GPtrArray) items = NULL;
  GtkWidget *view;
  gsize length;

  set_up (&house);
  wait_for_ring (&house, 1);
  view = open_backups (&house);
  assert_shows (view, "automatic");
  assert_shows (view, "2 people, 2 entries, the newest of 1 January 2026");
  back_up_now (view);
  assert_shows (view, "Backed up and checked");
  close_sheet ();

  folder = zifu_backup_default_folder (house.path);
  items = zifu_backup_shelf_list (house.path, NULL);
  g_assert_cmpuint (items->len, ==, 2);
  g_file_get_contents (((ZifuBackupItem *) g_ptr_array_index (items, 0))->path, &bytes, &length, NULL);
  broken = g_build_filename (folder, "broken.zifu-backup", NULL);
  g_file_set_contents (broken, bytes, (gssize) (length / 2), NULL);
  view = open_backups (&house);
  assert_shows (view, "is damaged. Nothing was changed.");
  for (guint i = 0; i < 3000 && find (view, ADW_TYPE_ACTION_ROW, NULL) != NULL && shows (view, "not checked yet"); i++)
    spin (10);
  g_assert_false (shows (view, "not checked yet"));
  assert_fits (view, view);

  /* What somebody made they can delete, once they were asked. */
  g_clear_pointer (&items, g_ptr_array_unref);
  items = zifu_backup_shelf_list (house.path, NULL);
  for (guint i = 0; i < items->len; i++)
    if (g_str_equal (((ZifuBackupItem *) g_ptr_array_index (items, i))->path, broken))
      g_assert_true (gtk_widget_activate_action (view, "backups.delete", "u", i));
  wait_for_question ();
  g_assert_true (g_file_test (broken, G_FILE_TEST_EXISTS));
  answer (TRUE);
  for (guint i = 0; i < 1000 && g_file_test (broken, G_FILE_TEST_EXISTS); i++)
    spin (10);
  g_assert_false (g_file_test (broken, G_FILE_TEST_EXISTS));
  g_assert_false (shows (view, "is damaged"));
  tear_down_house (&house);
}

/* Where the button of a backup stands against what is said of it: below, or beside. */
static gboolean
is_below (GtkWidget *view)
{
  GtkWidget *button = NULL, *words;
  graphene_rect_t above, below;

  for (guint i = 0; i < 3000 && (button = find (view, GTK_TYPE_BUTTON, "Restore")) == NULL; i++)
    spin (10);
  g_assert_nonnull (button);
  wait_for_frame (view);
  words = find (view, GTK_TYPE_LABEL, "2 people, 2 entries");
  g_assert_true (gtk_widget_compute_bounds (words, view, &above) && gtk_widget_compute_bounds (button, view, &below));
  return below.origin.y >= above.origin.y + above.size.height;
}

/* On a telephone what a backup holds is not squeezed between its mark and its button. */
static void
test_narrow (void)
{
  House house = { NULL };
  GtkWidget *view;

  set_up_closed (&house);
  show_window (&house, 360, "main");
  wait_for_ring (&house, 1);
  view = open_backups (&house);
  g_assert_true (is_below (view));
  assert_fits (view, view);
  close_sheet ();
  tear_down_house (&house);

  set_up (&house);
  wait_for_ring (&house, 1);
  view = open_backups (&house);
  g_assert_false (is_below (view));
  close_sheet ();
  tear_down_house (&house);
}

/* From now to then and back: it is said what is replaced, every page looks at the other household, and nothing is lost. */
static void
test_restore (void)
{
  House house = { NULL };
  GtkWidget *view, *button;
  g_autoptr (GPtrArray) items = NULL;
  const char *question;

  set_up (&house);
  wait_for_ring (&house, 1);
  view = open_backups (&house);
  back_up_now (view);
  close_sheet ();
  add_child (&house);
  zifu_window_show_page (house.window, "history");
  g_assert_cmpuint (count_people (&house), ==, 3);

  view = open_backups (&house);
  button = NULL;
  for (guint i = 0; i < 3000 && (button = find (view, GTK_TYPE_BUTTON, "Restore")) == NULL; i++)
    spin (10);
  /* By the keyboard: the row does what its button does. */
  g_assert_true (gtk_widget_activate (gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW)));
  question = wait_for_question ();
  g_assert_nonnull (strstr (question, "Here now: 3 people, 2 entries"));
  g_assert_nonnull (strstr (question, "In the backup: 2 people, 2 entries"));
  answer (FALSE);
  spin (100);
  g_assert_cmpuint (count_people (&house), ==, 3);

  g_assert_true (gtk_widget_activate_action (view, "backups.restore", "u", 0));
  wait_for_question ();
  answer (TRUE);
  wait_for_people (&house, 2);
  g_assert_null (find_view ());
  g_assert_cmpstr (zifu_window_get_page_name (house.window), ==, "history");
  assert_shows (GTK_WIDGET (house.window), "Restored");

  items = zifu_backup_shelf_list (house.path, NULL);
  view = open_backups (&house);
  assert_shows (view, "before restoring");
  close_sheet ();
  button = find (GTK_WIDGET (house.window), GTK_TYPE_BUTTON, "Undo");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  wait_for_people (&house, 3);
  tear_down_house (&house);
}

/* Ten days ago something was fetched, and nothing since. */
static void
connect_first (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);
  g_autoptr (GPtrArray) members = zifu_ledger_list_members (ledger, &error);
  g_autoptr (ZifuConnection) connection = zifu_connection_new ();

  connection->member_id = ((ZifuMember *) g_ptr_array_index (members, 0))->id;
  connection->name = g_strdup ("Insurance bureau");
  connection->base_url = g_strdup ("https://provider.invalid/");
  connection->client_id = g_strdup ("zifu");
  connection->verdict = ZIFU_CONNECTION_VERIFIED;
  connection->arrived_at = connection->verified_at = connection->tried_at = g_get_real_time () / G_USEC_PER_SEC - 10 * 24 * 3600;
  zifu_ledger_add_connection (ledger, connection, &error);
  g_assert_no_error (error);
}

static gboolean
is_stale (House *house)
{
  GtkWidget *label = find (GTK_WIDGET (house->window), GTK_TYPE_LABEL, "Not updated for");

  return label != NULL && zifu_notice_get_revealed (ZIFU_NOTICE (gtk_widget_get_ancestor (label, ZIFU_TYPE_NOTICE)));
}

/* What is said of a provider goes with the household that it belongs to.  The backup is opened like any other file. */
static void
test_connected (void)
{
  House house = { NULL };
  g_autofree char *path = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  ZifuLedger *ledger;

  set_up_closed (&house);
  path = g_build_filename (house.folder, "before.zifu-backup", NULL);
  ledger = zifu_ledger_open (house.path, &error);
  g_assert_true (zifu_backup_write (ledger, path, now, NULL, &error));
  household_add (ledger, "Zhou Le", "child", "2015-09-12", "resident", 0);
  g_object_unref (ledger);
  connect_first (house.path);
  show_window (&house, 1100, "main");
  for (guint i = 0; i < 500 && !is_stale (&house); i++)
    spin (10);
  g_assert_true (is_stale (&house));
  assert_shows (GTK_WIDGET (house.window), "Balance on ");
  /* While the provider is asked once more, which may take a while, it stays so. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.sync", NULL));
  g_assert_true (is_stale (&house));

  file = g_file_new_for_path (path);
  zifu_window_import_file (house.window, file);
  wait_for_question ();
  answer (TRUE);
  wait_for_people (&house, 2);
  g_assert_false (is_stale (&house));
  g_assert_false (shows (GTK_WIDGET (house.window), "Balance on "));
  tear_down_house (&house);
}

/* One from elsewhere: a damaged, a foreign and a newer one are refused, and the household stays as it is. */
static void
test_elsewhere (void)
{
  House house = { NULL };
  g_autofree char *path = NULL, *bytes = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  GtkWidget *view;
  gsize length;

  set_up (&house);
  wait_for_ring (&house, 1);
  path = g_build_filename (house.folder, "stick.zifu-backup", NULL);
  view = open_backups (&house);
  zifu_backups_view_write (ZIFU_BACKUPS_VIEW (view), path);
  wait_for_view (view, "work");
  wait_for_view (view, "list");
  assert_shows (view, "stick.zifu-backup");
  g_assert_true (g_file_get_contents (path, &bytes, &length, &error));

  g_file_set_contents (path, bytes, (gssize) (length - 5000), NULL);
  zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (view), path);
  wait_for_view (view, "list");
  assert_shows (view, "The backup “stick.zifu-backup” is damaged. Nothing was changed.");
  bytes[62] = 0x40;
  g_file_set_contents (path, bytes, (gssize) length, NULL);
  zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (view), path);
  wait_for_view (view, "list");
  assert_shows (view, "was made by a newer version");
  g_file_set_contents (path, "Dear friend", -1, NULL);
  zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (view), path);
  wait_for_view (view, "list");
  assert_shows (view, "is not a backup of this program");
  g_assert_null (find_question ());
  g_assert_cmpuint (count_people (&house), ==, 2);

  /* A folder that is a file cannot be written to. */
  zifu_backups_view_write (ZIFU_BACKUPS_VIEW (view), "/proc/self/status/a.zifu-backup");
  wait_for_view (view, "list");
  assert_shows (view, "Not a directory");
  tear_down_house (&house);
}

/* A household of a newer program is only read: it can be backed up, and nothing takes its place. */
static void
test_read_only (void)
{
  House house = { NULL };
  g_autofree char *bytes = NULL, *folder = NULL;
  g_autoptr (GPtrArray) files = NULL;
  GtkWidget *view;
  gsize length;

  set_up (&house);
  wait_for_ring (&house, 1);
  gtk_window_destroy (GTK_WINDOW (house.window));
  spin (200);
  g_file_get_contents (house.path, &bytes, &length, NULL);
  bytes[62] = 0x40;
  g_file_set_contents (house.path, bytes, (gssize) length, NULL);
  show_window (&house, 1100, "main");
  g_assert_true (zifu_ledger_is_read_only (zifu_session_get_ledger (zifu_window_get_session (house.window))));
  view = open_backups (&house);
  assert_shows (view, "Nothing can be restored");
  assert_shows (view, "checked");
  g_assert_null (find (view, GTK_TYPE_BUTTON, "Restore"));
  folder = zifu_backup_default_folder (house.path);
  files = zifu_backup_list (folder, NULL);
  zifu_backups_view_choose (ZIFU_BACKUPS_VIEW (view), ((ZifuBackupFile *) g_ptr_array_index (files, 0))->path);
  spin (200);
  g_assert_null (find_question ());
  tear_down_house (&house);
}

/* Before there is anything to keep the list says when something will be. */
static void
test_empty (void)
{
  House house = { NULL };
  g_autoptr (GError) error = NULL;
  GtkWidget *view, *sheet;

  house.folder = g_dir_make_tmp ("zifu-backups-XXXXXX", &error);
  house.path = g_build_filename (house.folder, "household.db", NULL);
  show_window (&house, 360, "welcome");
  view = open_backups (&house);
  g_assert_cmpstr (zifu_backups_view_get_state (ZIFU_BACKUPS_VIEW (view)), ==, "empty");
  assert_shows (view, "No Backup Yet");
  sheet = adw_window_get_content (ADW_WINDOW (find_toplevel (ZIFU_TYPE_SHEET)));
  wait_for_frame (sheet);
  assert_fits (sheet, sheet);
  back_up_now (view);
  assert_fits (sheet, sheet);
  tear_down_house (&house);
}

static void
damage (House *house)
{
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (house->path, &bytes, &length, NULL));
  for (gsize i = 4096; i < length; i += 3)
    bytes[i] ^= 0x5a;
  g_assert_true (g_file_set_contents (house->path, bytes, (gssize) length, NULL));
}

/* A damaged household: the newest backup that is whole is found, past one that is not. */
static void
test_rescue (void)
{
  House house = { NULL };
  g_autofree char *folder = NULL, *broken = NULL;

  set_up (&house);
  wait_for_ring (&house, 1);
  gtk_window_destroy (GTK_WINDOW (house.window));
  spin (200);
  folder = zifu_backup_default_folder (house.path);
  broken = g_build_filename (folder, "z.zifu-backup", NULL);
  g_file_set_contents (broken, "nothing any more", -1, NULL);
  damage (&house);

  show_window (&house, 360, "error");
  assert_shows (GTK_WIDGET (house.window), "Restore the Newest Whole Backup…");
  assert_shows (GTK_WIDGET (house.window), "Save What Can Be Read…");
  assert_fits (adw_application_window_get_content (ADW_APPLICATION_WINDOW (house.window)),
               adw_application_window_get_content (ADW_APPLICATION_WINDOW (house.window)));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.restore-newest", NULL));
  g_assert_nonnull (strstr (wait_for_question (), "In the backup: 2 people, 2 entries"));
  answer (TRUE);
  wait_for_state (&house, "main");
  g_assert_cmpuint (count_people (&house), ==, 2);
  tear_down_house (&house);
}

/* Without any backup what can be read is saved, and it is said what was lost; the damaged file stays. */
static void
test_salvage (void)
{
  House house = { NULL };
  GtkWidget *report;

  set_up_closed (&house);
  damage (&house);
  show_window (&house, 1100, "error");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.restore-newest", NULL));
  wait_for_state (&house, "error");
  assert_shows (GTK_WIDGET (house.window), "There is no backup that is whole");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.salvage", NULL));
  answer (TRUE);
  for (guint i = 0; i < 3000 && find_toplevel (ZIFU_TYPE_SHEET) == NULL; i++)
    spin (10);
  report = find_toplevel (ZIFU_TYPE_SHEET);
  g_assert_nonnull (report);
  assert_shows (report, "The damaged file, unchanged");
  assert_shows (report, ".damaged-");
  tear_down_house (&house);
}

/* So many rows that saving them can be stopped; one page of them cannot be read. */
static void
damage_many (House *house)
{
  static const char rows[] =
    "PRAGMA journal_mode = DELETE;"
    "INSERT INTO acct_incexpd_d (psn_no, acct_modi_date, kind, acct_incexpd_type, inc_sumamt, pay_sumamt, balc, provenance)"
    "  WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < " MANY ")"
    "  SELECT 1, '2026-04-01', 'credit', '101', 0, 0, 328640, 'imported' FROM t";
  g_autofree char *bytes = NULL;
  sqlite3_stmt *statement = NULL;
  sqlite3 *db = NULL;
  gsize length;

  g_assert_cmpint (sqlite3_open (house->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, rows, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT rootpage FROM sqlite_schema WHERE name = 'acct_mon_d'", -1, &statement, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_true (g_file_get_contents (house->path, &bytes, &length, NULL));
  memset (bytes + (sqlite3_column_int (statement, 0) - 1) * 4096, 0xa5, 4096);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (house->path, bytes, (gssize) length, NULL));
}

/* It is shown how far the saving is; stopped, everything is as it was, and it can be asked for again. */
static void
test_salvage_stopped (void)
{
  House house = { NULL };
  g_autofree char *before = NULL, *after = NULL, *half = NULL;
  gsize length_before, length_after;
  GtkWidget *work;

  set_up_closed (&house);
  damage_many (&house);
  half = g_strconcat (house.path, ".salvage", NULL);
  g_assert_true (g_file_get_contents (house.path, &before, &length_before, NULL));
  show_window (&house, 1100, "error");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.salvage", NULL));
  answer (TRUE);
  wait_for_state (&house, "work");
  assert_shows (GTK_WIDGET (house.window), "Saving What Can Be Read");
  work = find (GTK_WIDGET (house.window), ZIFU_TYPE_WORK_VIEW, NULL);
  g_assert_nonnull (find (work, GTK_TYPE_PROGRESS_BAR, NULL));
  g_signal_emit_by_name (find (work, GTK_TYPE_BUTTON, NULL), "clicked");
  wait_for_state (&house, "error");
  assert_shows (GTK_WIDGET (house.window), "Stopped. Nothing was changed.");
  g_assert_true (g_file_get_contents (house.path, &after, &length_after, NULL));
  g_assert_cmpmem (after, length_after, before, length_before);
  g_assert_false (g_file_test (half, G_FILE_TEST_EXISTS));

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (house.window), "win.salvage", NULL));
  answer (TRUE);
  wait_for_state (&house, "main");
  assert_shows (find_toplevel (ZIFU_TYPE_SHEET), "saved: " MANY_AND_TWO " · lost: 0");
  tear_down_house (&house);
}

int
main (int argc, char **argv)
{
  test_page_init (&argc, &argv);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_test_add_func ("/backups/list", test_list);
  g_test_add_func ("/backups/narrow", test_narrow);
  g_test_add_func ("/backups/restore", test_restore);
  g_test_add_func ("/backups/connected", test_connected);
  g_test_add_func ("/backups/elsewhere", test_elsewhere);
  g_test_add_func ("/backups/read-only", test_read_only);
  g_test_add_func ("/backups/empty", test_empty);
  g_test_add_func ("/backups/rescue", test_rescue);
  g_test_add_func ("/backups/salvage", test_salvage);
  g_test_add_func ("/backups/salvage-stopped", test_salvage_stopped);
  return g_test_run ();
}
