/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "zifu-sample.h"
#include "zifu-session.h"
#include "zifu-ui-rows.h"
#include "zifu-widgets.h"

/*
 * A page in a window over a ledger of its own: what the tests of single pages share.  Nothing outside the temporary folder
 * is touched.
 */
typedef struct {
  char            *folder;
  ZifuLedger      *ledger;
  ZifuPackLibrary *library;
  ZifuSession     *session;
  GtkWidget       *window;
  GtkWidget       *page;
} Fixture;

#define TODAY (zifu_date_new (2026, 11, 25))

/* Lets the window live for a while.  On a busy machine a single frame may take longer than that: what has become due
 * meanwhile still gets its turn. */
static inline void
spin (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_GINT64_CONSTANT (1000);
  gint64 last = end + 5 * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  while (g_get_monotonic_time () < last && g_main_context_iteration (NULL, FALSE))
    continue;
}

static inline void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

/* Until the window was laid out and painted once more: on a busy machine that takes longer than any fixed time. */
static inline void
wait_for_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;
  gboolean painted = FALSE;
  gulong handler;

  g_assert_nonnull (clock);
  handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painted);
  gtk_widget_queue_draw (widget);
  while (!painted && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  g_signal_handler_disconnect (clock, handler);
}

/* The first widget of a type, from @root down, whose label holds @text. */
static inline GtkWidget *
find (GtkWidget *root, GType type, const char *text)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    {
      const char *label = GTK_IS_LABEL (root)             ? gtk_label_get_label (GTK_LABEL (root))
                          : ADW_IS_PREFERENCES_ROW (root) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root))
                          : GTK_IS_BUTTON (root)          ? gtk_button_get_label (GTK_BUTTON (root))
                                                          : NULL;

      if (text == NULL || (label != NULL && strstr (label, text) != NULL))
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static inline gboolean
shows (GtkWidget *root, const char *text)
{
  return find (root, GTK_TYPE_LABEL, text) != NULL;
}

/* Every text that is on screen, for the message of a test that misses one. */
static inline void
list_texts (GtkWidget *root, GString *texts)
{
  if (!gtk_widget_get_visible (root))
    return;
  if (GTK_IS_LABEL (root) && *gtk_label_get_label (GTK_LABEL (root)) != '\0')
    g_string_append_printf (texts, " | %s", gtk_label_get_label (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_texts (child, texts);
}

/* Waits, as a person would on a busy machine, until @text is on screen. */
static inline void
assert_shows (GtkWidget *root, const char *text)
{
  g_autoptr (GString) texts = NULL;

  for (guint i = 0; i < 500 && !shows (root, text); i++)
    spin (20);
  if (shows (root, text))
    return;

  texts = g_string_new (NULL);
  list_texts (root, texts);
  g_error ("“%s” is not on screen, but%s", text, texts->str);
}

/* Every line of a text lies in the room that the text got. */
static inline void
assert_not_cut (GtkWidget *label)
{
  int height = 0;

  pango_layout_get_pixel_size (gtk_label_get_layout (GTK_LABEL (label)), NULL, &height);
  if (gtk_widget_get_height (label) < height)
    g_error ("“%s” is %d high and got %d, in a width of %d", gtk_label_get_label (GTK_LABEL (label)), height,
             gtk_widget_get_height (label), gtk_widget_get_width (label));
}

/* No visible part of @root lies outside it to the left or right. */
static inline void
assert_inside (GtkWidget *widget, GtkWidget *root)
{
  graphene_rect_t bounds;

  /* The touch area of an overlay scroll bar is wider than what is drawn of it. */
  if (!gtk_widget_get_mapped (widget) || GTK_IS_POPOVER (widget) || GTK_IS_SCROLLBAR (widget))
    return;
  /* Children first: the innermost one is to blame.  What an editable text scrolls inside itself is not on screen. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && !GTK_IS_TEXT (widget);
       child = gtk_widget_get_next_sibling (child))
    assert_inside (child, root);
  if (GTK_IS_LABEL (widget))
    assert_not_cut (widget);
  if (gtk_widget_compute_bounds (widget, root, &bounds)
      && (bounds.origin.x < -1 || bounds.origin.x + bounds.size.width > gtk_widget_get_width (root) + 1))
    g_error ("%s “%s” reaches from %.0f to %.0f in a window of %d", G_OBJECT_TYPE_NAME (widget),
             GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget)) : gtk_widget_get_name (widget), bounds.origin.x,
             bounds.origin.x + bounds.size.width, gtk_widget_get_width (root));
}

static inline void
open_ledger (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("zifu-page-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "household.db", NULL);
  fixture->ledger = zifu_ledger_open (path, &error);
  g_assert_no_error (error);
  fixture->library = zifu_pack_library_new ();
  zifu_pack_library_add_folder (fixture->library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
}

/* One employee in Beijing without any entry but the opening of the account. */
static inline void
add_employee (Fixture *fixture, ZifuMoney balance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();

  member->name = g_strdup ("Employee");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("2");
  member->birth = zifu_date_new (1986, 5, 20);
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->base = 1200000;
  member->has_account = TRUE;
  g_assert_cmpint (zifu_ledger_add_member (fixture->ledger, member, balance, zifu_date_new (2026, 1, 1), &error), >, 0);
  g_assert_no_error (error);
}

static inline void
add_sample (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("ZIFU_SAMPLE_DIR"), "household.json", NULL);
  g_autofree char *json = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &json, &length, &error));
  g_assert_true (zifu_sample_create (fixture->ledger, fixture->library, json, length, zifu_words_is_chinese (), TODAY, &error));
  g_assert_no_error (error);
}

static inline void
show_page (Fixture *fixture, GtkWidget *(*page_new) (ZifuSession *session), int width, int height)
{
  fixture->session = zifu_session_new (fixture->ledger, fixture->library, TODAY);
  fixture->page = page_new (fixture->session);
  fixture->window = gtk_window_new ();
  zifu_widgets_follow_scheme (fixture->window);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), width, height);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->page);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  spin (50);
}

static inline void
tear_down (Fixture *fixture)
{
  g_autoptr (GDir) dir = NULL;
  const char *name = NULL;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  spin (20);
  g_assert_finalize_object (fixture->session);
  g_object_unref (fixture->ledger);
  zifu_pack_library_unref (fixture->library);
  dir = g_dir_open (fixture->folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
}

static inline void
test_page_init (int *argc, char ***argv)
{
  setlocale (LC_ALL, "");
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  gtk_test_init (argc, argv, NULL);
  g_set_prgname ("zifu-test");
  zifu_ui_register ();
  adw_init ();
  zifu_widgets_use_style (gdk_display_get_default ());
}
