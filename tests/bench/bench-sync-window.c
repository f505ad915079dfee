/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The real window while an account with many entries arrives: how long it does not answer, and how long it shows nothing new.
 *
 *   ZIFU_PROVIDER=PROGRAM bench-sync-window [N]
 *
 * A stall is the time between two turns of the main loop that are meant to be 5 ms apart, and what the loop computed in it is told beside
 * it: on a busy machine the rest is waiting for a processor.  A gap is the time between two frames.  The floor is the same window, left
 * alone for a while before.  Needs a display.
 */
#include <time.h>

#include "../provider/provider-support.h"
#include "../ui/test-page.h"

#include "zifu-connect-window.h"
#include "zifu-window.h"

#define TURN_MS 5

typedef struct {
  char        *folder, *base;
  ZifuWindow  *window;
  GtkWidget   *connect; /* not owned */
  gint64       last_turn, last_frame, last_used;
  gint64       stall, computing, gap; /* the longest, in microseconds */
  guint        n_frames;
} Bench;

/* Processor time of this thread: other programs do not count. */
static gint64
used (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
on_turn (gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time (), computed = used ();

  self->computing = MAX (self->computing, computed - self->last_used);
  self->last_used = computed;
  self->stall = MAX (self->stall, now - self->last_turn - TURN_MS * 1000);
  self->last_turn = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
on_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *self = data;
  gint64 now = g_get_monotonic_time ();

  self->gap = MAX (self->gap, now - self->last_frame);
  self->last_frame = now;
  self->n_frames++;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
begin (Bench *self)
{
  self->last_turn = self->last_frame = g_get_monotonic_time ();
  self->last_used = used ();
  self->stall = self->computing = self->gap = 0;
  self->n_frames = 0;
}

static void
tell_times (Bench *self, const char *what, gint64 began)
{
  g_print ("%-33s %8.0f ms  longest stall %6.1f ms, computing %6.1f ms, gap between frames %6.1f ms, %u frames\n", what,
           (double) (g_get_monotonic_time () - began) / 1000.0, (double) self->stall / 1000.0, (double) self->computing / 1000.0,
           (double) self->gap / 1000.0, self->n_frames);
}

/* Runs the loop, without ever waiting longer than the next turn, until something holds. */
#define run_until(condition)                                                                                                           \
  G_STMT_START                                                                                                                         \
  {                                                                                                                                    \
    gint64 end_ = g_get_monotonic_time () + 600 * G_TIME_SPAN_SECOND;                                                                  \
    while (!(condition) && g_get_monotonic_time () < end_)                                                                             \
      g_main_context_iteration (NULL, TRUE);                                                                                           \
    if (!(condition))                                                                                                                  \
      g_error ("not within ten minutes: %s", #condition);                                                                              \
  }                                                                                                                                    \
  G_STMT_END

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

static char *
send (SoupMessage *message)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("proxy-resolver", NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static char *
between (const char *text, const char *before, const char *after)
{
  const char *first = strstr (text, before), *last = first != NULL ? strstr (first + strlen (before), after) : NULL;

  g_assert_nonnull (last);
  return g_strndup (first + strlen (before), (gsize) (last - first) - strlen (before));
}

/* What a person does in the browser. */
static void
open_uri_cb (Bench *self, const char *uri, GtkWidget *window)
{
  g_autoptr (SoupMessage) ask = soup_message_new ("GET", uri);
  g_autoptr (SoupMessage) allow = NULL;
  g_autofree char *page = send (ask), *action = between (page, "action=\"", "\"");
  g_autofree char *request = between (page, "name=\"request\" value=\"", "\""), *url = g_strconcat (self->base, action, NULL);
  g_autofree char *answer = NULL;

  g_signal_stop_emission_by_name (window, "open-uri");
  allow = soup_message_new_from_encoded_form ("POST", url,
                                              soup_form_encode ("request", request, "person", "owner", "decision", "allow", NULL));
  answer = send (allow);
}

static gboolean
at_step (Bench *self, const char *name)
{
  return g_str_equal (zifu_connect_window_get_step (ZIFU_CONNECT_WINDOW (self->connect)), name);
}

/* Up to the question whose account it is. */
static void
sign_in (Bench *self)
{
  zifu_window_connect (self->window, self->base);
  run_until ((self->connect = find_toplevel (ZIFU_TYPE_CONNECT_WINDOW)) != NULL);
  g_signal_connect_swapped (self->connect, "open-uri", G_CALLBACK (open_uri_cb), self);
  run_until (at_step (self, "offer"));
  g_assert_true (gtk_widget_activate_action (self->connect, "connect.use-browser", NULL));
  run_until (at_step (self, "who"));
}

/* Pages are made and laid out once, whatever they show. */
static void
measure_pages (Bench *self, gboolean first)
{
  static const char *const pages[] = { "history", "estimate", "guide", "account" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *what = g_strconcat (pages[i], first ? ", first time, few rows" : "", NULL);
      gint64 began = g_get_monotonic_time ();

      begin (self);
      zifu_window_show_page (self->window, pages[i]);
      run_until (g_get_monotonic_time () > began + G_USEC_PER_SEC);
      tell_times (self, what, began);
    }
}

/* A typed entry tells what making and showing the pages costs by itself. */
static void
add_typed (Bench *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = zifu_ledger_open (path, &error);
  g_autoptr (ZifuMember) member = zifu_member_new ();

  g_assert_no_error (error);
  member->name = g_strdup ("林晓梅");
  member->relation = g_strdup ("self");
  member->sex = g_strdup ("2");
  member->region = g_strdup ("110000");
  member->insurance = g_strdup ("310");
  member->status = g_strdup ("active");
  member->base = -1;
  member->has_account = TRUE;
  zifu_ledger_add_member (ledger, member, 10000, TODAY - 100, &error);
  g_assert_no_error (error);
}

static void
measure_idle (Bench *self)
{
  gint64 began = g_get_monotonic_time ();

  begin (self);
  run_until (g_get_monotonic_time () > began + 3 * G_USEC_PER_SEC);
  tell_times (self, "floor: left alone", began);
}

static void
measure_pull (Bench *self)
{
  gint64 began;

  sign_in (self);
  began = g_get_monotonic_time ();
  begin (self);
  g_assert_true (zifu_connect_window_next (ZIFU_CONNECT_WINDOW (self->connect)));
  run_until (at_step (self, "done") || at_step (self, "error"));
  g_assert_true (at_step (self, "done"));
  tell_times (self, "everything arrives", began);
  began = g_get_monotonic_time ();
  begin (self);
  g_assert_true (zifu_connect_window_next (ZIFU_CONNECT_WINDOW (self->connect)));
  run_until (find_toplevel (ZIFU_TYPE_CONNECT_WINDOW) == NULL && g_get_monotonic_time () > began + G_USEC_PER_SEC);
  tell_times (self, "the account is shown", began);
}

static void
has_changed_cb (gboolean *changed)
{
  *changed = TRUE;
}

/* New entries come while the history is on screen. */
static void
measure_delta (Bench *self)
{
  gint64 began;
  gboolean changed = FALSE;
  gulong handler;

  zifu_window_show_page (self->window, "history");
  tell (self->base, "add?n=400");
  handler = g_signal_connect_swapped (zifu_window_get_session (self->window), "changed", G_CALLBACK (has_changed_cb), &changed);
  began = g_get_monotonic_time ();
  begin (self);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window), "win.sync", NULL));
  run_until (changed);
  run_until (g_get_monotonic_time () > began + G_USEC_PER_SEC);
  tell_times (self, "new entries arrive", began);
  g_signal_handler_disconnect (zifu_window_get_session (self->window), handler);
}

int
main (int argc, char *argv[])
{
  Bench self = { NULL };
  g_autofree char *entries = g_strconcat ("--entries=", argc > 1 ? argv[1] : "100000", NULL), *path = NULL;
  const char *const options[] = { entries, "--max-limit=500", NULL };
  g_autoptr (GError) error = NULL;
  GSubprocess *provider;

  setlocale (LC_ALL, "");
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  adw_init ();
  zifu_ui_register ();
  zifu_widgets_use_style (gdk_display_get_default ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  self.folder = g_dir_make_tmp ("zifu-bench-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self.folder, "household.db", NULL);
  provider = start_provider (self.folder, options, &self.base);
  self.window = zifu_window_new (NULL);
  gtk_window_set_default_size (GTK_WINDOW (self.window), 1100, 760);
  add_typed (&self, path);
  zifu_window_open (self.window, path, TODAY, FALSE);
  gtk_window_present (GTK_WINDOW (self.window));
  run_until (g_strcmp0 (zifu_window_get_state (self.window), "main") == 0);
  self.last_turn = g_get_monotonic_time ();
  g_timeout_add_full (G_PRIORITY_HIGH, TURN_MS, on_turn, &self, NULL);
  gtk_widget_add_tick_callback (GTK_WIDGET (self.window), on_frame, &self, NULL);
  measure_idle (&self);
  measure_pages (&self, TRUE);
  measure_pull (&self);
  measure_pages (&self, FALSE);
  measure_delta (&self);

  gtk_window_destroy (GTK_WINDOW (self.window));
  spin (300);
  g_subprocess_force_exit (provider);
  g_subprocess_wait (provider, NULL, NULL);
  g_object_unref (provider);
  g_spawn_sync (NULL, (char *[]){ (char *) "/bin/rm", (char *) "-r", self.folder, NULL }, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL);
  g_free (self.folder);
  g_free (self.base);
  return 0;
}
