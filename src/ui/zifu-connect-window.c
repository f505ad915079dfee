/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-connect-window.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "zifu-compat.h"
#include "zifu-connect-window-private.h"
#include "zifu-entry-words.h"
#include "zifu-widgets.h"
#include "zifu-words.h"

G_DEFINE_FINAL_TYPE (ZifuConnectWindow, zifu_connect_window, ADW_TYPE_WINDOW)

enum { SIGNAL_OPEN_URI, N_SIGNALS };
static guint signals[N_SIGNALS];

#define TICK_MS 250

/* What a thread is given and leaves behind. */
typedef struct {
  ZifuConnectWindow  *window;  /* owned */
  ZifuTokenStore     *store;   /* owned */
  ZifuConnectOffer   *offer;   /* of the window, which keeps it meanwhile; or owned, when it was made here */
  ZifuConnectAccount *account; /* owned, nullable: what was signed in to */
  char               *address; /* owned, nullable */
  gboolean            by_code, lasting;
} Task;

static void
task_free (gpointer data)
{
  Task *task = data;

  if (task->address != NULL)
    zifu_connect_offer_free (task->offer);
  zifu_connect_account_free (task->account);
  g_object_unref (task->window);
  g_object_unref (task->store);
  g_free (task->address);
  g_free (task);
}

static Task *
task_new (ZifuConnectWindow *self)
{
  Task *task = g_new0 (Task, 1);

  task->window = g_object_ref (self);
  task->store = g_object_ref (zifu_sync_center_get_store (self->center));
  return task;
}

static gboolean
is_step (ZifuConnectWindow *self, const char *step)
{
  return g_str_equal (zifu_connect_window_get_step (self), step);
}

static void
begin (ZifuConnectWindow *self, ZifuWorkFunc func, Task *task, GAsyncReadyCallback callback)
{
  g_clear_object (&self->work);
  self->work = zifu_work_new ();
  zifu_work_run_async (self->work, func, task, task_free, callback, g_object_ref (self));
}

/* Whether the answer is still wanted: the window was not closed, and nothing else was begun. */
static gboolean
end (ZifuConnectWindow *self, GObject *source)
{
  if (self->session == NULL || self->work != ZIFU_WORK (source))
    return FALSE;
  g_clear_object (&self->work);
  return TRUE;
}

static gboolean
look_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);

  task->offer = zifu_connect_look (http, task->address, job->cancellable, error);
  task->lasting = task->offer != NULL && zifu_token_store_is_lasting (task->store, job->cancellable);
  return task->offer != NULL;
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuConnectWindow) self = data;
  Task *task = zifu_work_get_data (result);
  g_autoptr (GError) error = NULL;
  gboolean done = zifu_work_run_finish (ZIFU_WORK (source), result, &error);

  if (!end (self, source))
    return;
  g_clear_pointer (&self->offer, zifu_connect_offer_free);
  if (!done && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      _zifu_connect_window_set_step (self, "address");
      return;
    }
  if (!done)
    {
      _zifu_connect_window_show_error (self, error, "address");
      return;
    }
  self->offer = g_steal_pointer (&task->offer);
  _zifu_connect_window_show_offer (self, task->lasting);
}

/* The page that the person has to see; from the thread of the sign-in. */
typedef struct {
  ZifuConnectWindow *window; /* owned */
  char              *code;   /* owned, nullable */
  char              *place, *uri; /* owned */
} Page;

static gboolean
show_page_cb (gpointer data)
{
  Page *page = data;
  ZifuConnectWindow *self = page->window;

  if (self->session != NULL && self->work != NULL && !zifu_work_is_cancelled (self->work))
    {
      g_free (self->uri);
      self->uri = g_strdup (page->uri);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "connect.open", TRUE);
      if (page->code == NULL)
        {
          _zifu_connect_window_set_step (self, "browser");
          g_signal_emit (self, signals[SIGNAL_OPEN_URI], 0, self->uri);
        }
      else
        {
          gtk_label_set_text (self->code, page->code);
          gtk_label_set_text (self->code_place, page->place);
          _zifu_connect_window_set_step (self, "device");
        }
    }
  g_object_unref (page->window);
  g_free (page->code);
  g_free (page->place);
  g_free (page->uri);
  g_free (page);
  return G_SOURCE_REMOVE;
}

static void
show_page (ZifuConnectWindow *self, const char *code, const char *place, const char *uri)
{
  Page *page = g_new0 (Page, 1);

  page->window = g_object_ref (self);
  page->code = g_strdup (code);
  page->place = g_strdup (place);
  page->uri = g_strdup (uri);
  /* Not g_main_context_invoke(): that may call it here, in this thread. */
  g_idle_add_full (G_PRIORITY_DEFAULT, show_page_cb, page, NULL);
}

static void
open_browser (const char *url, gpointer data)
{
  show_page (((Task *) data)->window, NULL, NULL, url);
}

static void
show_code (const char *code, const char *url, const char *whole_url, guint expires_in_s, gpointer data)
{
  show_page (((Task *) data)->window, code, url, whole_url != NULL ? whole_url : url);
}

static gboolean
sign_in_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  Task *task = data;
  g_autoptr (SoupSession) soup = zifu_http_new_session ();
  g_autoptr (ZifuHttp) http = zifu_http_new (soup);
  const ZifuConnectOffer *offer = task->offer;
  g_autoptr (ZifuTokens) tokens = NULL;

  if (task->by_code)
    tokens = zifu_sign_in_with_code (http, offer->issuer, ZIFU_CONNECT_CLIENT_ID, offer->discovery->api_base, show_code, task,
                                     job->cancellable, error);
  else
    tokens = zifu_sign_in_with_browser (http, offer->issuer, ZIFU_CONNECT_CLIENT_ID, offer->discovery->api_base, open_browser, task,
                                        job->cancellable, error);
  if (tokens == NULL)
    return FALSE;
  task->account = zifu_connect_enter (http, offer, tokens, task->store, job->cancellable, error);
  return task->account != NULL;
}

static gboolean
forget_in_thread (const ZifuJob *job, gpointer data, GError **error)
{
  return zifu_account_tokens_sign_out (data, NULL, error);
}

/* Signed in, and then nothing came of it, or a newer sign-in took its place: nobody shall be able to read by it. */
static void
forget (ZifuAccountTokens *tokens)
{
  g_autoptr (ZifuWork) work = zifu_work_new ();

  zifu_work_run_async (work, forget_in_thread, g_object_ref (tokens), g_object_unref, NULL, NULL);
}

/* The sign-in led nowhere: it is given up, and can be made anew. */
static void
refuse_account (ZifuConnectWindow *self, const GError *error)
{
  forget (self->account->tokens);
  g_clear_pointer (&self->account, zifu_connect_account_free);
  _zifu_connect_window_show_error (self, error, "offer");
}

static void
renew (ZifuConnectWindow *self)
{
  ZifuLedger *ledger = zifu_session_get_ledger (self->session);
  const ZifuConnection *before = zifu_sync_center_get (self->center, self->connection_id);
  g_autoptr (ZifuAccountTokens) old = before != NULL ? zifu_connect_get_tokens (before, zifu_sync_center_get_store (self->center)) : NULL;
  g_autoptr (GError) error = NULL;

  if (!zifu_connect_renew (ledger, self->connection_id, self->offer, self->account, &error))
    {
      refuse_account (self, error);
      return;
    }
  if (old != NULL)
    forget (old);
  zifu_sync_center_reload (self->center);
  _zifu_connect_window_set_step (self, "sync");
  zifu_sync_center_run (self->center, self->connection_id, TRUE);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuConnectWindow) self = data;
  Task *task = zifu_work_get_data (result);
  g_autoptr (GError) error = NULL;
  gboolean done = zifu_work_run_finish (ZIFU_WORK (source), result, &error);

  if (!end (self, source))
    {
      if (task->account != NULL)
        forget (task->account->tokens);
      return;
    }
  gtk_window_present (GTK_WINDOW (self));
  if (!done && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      _zifu_connect_window_set_step (self, "offer");
      return;
    }
  if (!done)
    {
      _zifu_connect_window_show_error (self, error, "offer");
      return;
    }
  self->account = g_steal_pointer (&task->account);
  if (self->renewing)
    renew (self);
  else if (!zifu_connect_check_new (zifu_session_get_ledger (self->session), self->offer, self->account, &error))
    refuse_account (self, error);
  else
    _zifu_connect_window_show_who (self);
}

static void
sign_in (ZifuConnectWindow *self, gboolean by_code)
{
  Task *task;

  if (self->offer == NULL || self->work != NULL)
    return;
  task = task_new (self);
  task->offer = self->offer;
  task->by_code = by_code;
  _zifu_connect_window_set_step (self, "work");
  begin (self, sign_in_in_thread, task, signed_in_cb);
}

static void
use_browser_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sign_in (ZIFU_CONNECT_WINDOW (widget), FALSE);
}

static void
use_code_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sign_in (ZIFU_CONNECT_WINDOW (widget), TRUE);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (widget);

  if (self->uri != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN_URI], 0, self->uri);
}

static void
source_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN_URI], 0, g_variant_get_string (parameter, NULL));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_text (ZIFU_CONNECT_WINDOW (widget)->code));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (widget);

  if (is_step (self, "sync"))
    zifu_sync_center_cancel (self->center, self->connection_id);
  else if (self->work != NULL)
    zifu_work_cancel (self->work);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_connect_window_next (ZIFU_CONNECT_WINDOW (widget));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (widget);

  if (is_step (self, "error") && g_strcmp0 (self->back, "sync") == 0)
    {
      _zifu_connect_window_set_step (self, "sync");
      zifu_sync_center_run (self->center, self->connection_id, TRUE);
    }
  else if (is_step (self, "error") && self->back != NULL)
    _zifu_connect_window_set_step (self, self->back);
  else if (is_step (self, "offer"))
    _zifu_connect_window_set_step (self, "address");
}

static void
default_open_uri (ZifuConnectWindow *self, const char *uri)
{
  zifu_compat_open_uri (GTK_WINDOW (self), uri);
}

static void
fetched_cb (ZifuConnectWindow *self, gint64 connection_id)
{
  const GError *error = zifu_sync_center_get_error (self->center, connection_id);

  if (self->session == NULL || connection_id != self->connection_id || !is_step (self, "sync"))
    return;
  if (error != NULL)
    _zifu_connect_window_show_error (self, error, "sync");
  else
    _zifu_connect_window_show_done (self);
}

static gboolean
tick_cb (gpointer data)
{
  ZifuConnectWindow *self = data;
  g_autofree char *stage = self->connection_id != 0 ? zifu_sync_center_dup_stage (self->center, self->connection_id) : NULL;

  if (stage != NULL && is_step (self, "sync"))
    _zifu_connect_window_set_description (self->fetching, stage);
  return G_SOURCE_CONTINUE;
}

static void
connect_account (ZifuConnectWindow *self)
{
  gint64 member_id = _zifu_connect_window_get_member (self);
  g_autoptr (ZifuMember) newcomer = member_id == 0 ? _zifu_connect_window_dup_newcomer (self) : NULL;
  g_autoptr (GError) error = NULL;
  const ZifuConnection *connection;

  self->connection_id = zifu_connect_store (zifu_session_get_ledger (self->session), self->offer, self->account, newcomer, member_id,
                                            &error);
  if (self->connection_id == 0)
    {
      _zifu_connect_window_show_error (self, error, "who");
      return;
    }
  zifu_sync_center_reload (self->center);
  connection = zifu_sync_center_get (self->center, self->connection_id);
  if (connection != NULL)
    zifu_session_set_member_id (self->session, connection->member_id);
  zifu_session_emit_changed (self->session);
  _zifu_connect_window_set_step (self, "sync");
  zifu_sync_center_run (self->center, self->connection_id, TRUE);
}

static void
zifu_connect_window_dispose (GObject *object)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->work != NULL)
    zifu_work_cancel (self->work);
  g_clear_object (&self->work);
  if (self->session != NULL && self->account != NULL && self->connection_id == 0)
    forget (self->account->tokens);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (zifu_connect_window_parent_class)->dispose (object);
}

static void
zifu_connect_window_finalize (GObject *object)
{
  ZifuConnectWindow *self = ZIFU_CONNECT_WINDOW (object);

  g_clear_object (&self->center);
  g_clear_pointer (&self->offer, zifu_connect_offer_free);
  g_clear_pointer (&self->account, zifu_connect_account_free);
  g_ptr_array_unref (self->members);
  g_ptr_array_unref (self->regions);
  g_free (self->back);
  g_free (self->uri);

  G_OBJECT_CLASS (zifu_connect_window_parent_class)->finalize (object);
}

static void
zifu_connect_window_class_init (ZifuConnectWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = zifu_connect_window_dispose;
  object_class->finalize = zifu_connect_window_finalize;
  signals[SIGNAL_OPEN_URI] = g_signal_new_class_handler ("open-uri", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                                         G_CALLBACK (default_open_uri), NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "connect.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "connect.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "connect.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "connect.use-browser", NULL, use_browser_action);
  gtk_widget_class_install_action (widget_class, "connect.use-code", NULL, use_code_action);
  gtk_widget_class_install_action (widget_class, "connect.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "connect.source", "s", source_action);
  gtk_widget_class_install_action (widget_class, "connect.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
zifu_connect_window_init (ZifuConnectWindow *self)
{
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify) zifu_member_free);
  self->regions = g_ptr_array_new_with_free_func (g_free);
  gtk_window_set_title (GTK_WINDOW (self), _("Connect a Provider"));
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
  _zifu_connect_window_build (self);
  g_signal_connect_object (self->address, "entry-activated", G_CALLBACK (zifu_connect_window_next), self, G_CONNECT_SWAPPED);
  self->tick = g_timeout_add (TICK_MS, tick_cb, self);
}

/**
 * zifu_connect_window_new:
 * @session: the household
 * @center: its connections
 * @connection_id: to sign in to again; 0 = a new one
 *
 * Returns: (transfer floating): the window
 */
GtkWidget *
zifu_connect_window_new (ZifuSession *session, ZifuSyncCenter *center, gint64 connection_id)
{
  ZifuConnectWindow *self;
  const ZifuConnection *connection;

  g_return_val_if_fail (ZIFU_IS_SESSION (session), NULL);
  g_return_val_if_fail (ZIFU_IS_SYNC_CENTER (center), NULL);

  self = g_object_new (ZIFU_TYPE_CONNECT_WINDOW, NULL);
  self->session = g_object_ref (session);
  self->center = g_object_ref (center);
  connection = zifu_sync_center_get (center, connection_id);
  self->connection_id = connection != NULL ? connection_id : 0;
  self->renewing = connection != NULL;
  g_signal_connect_object (center, "finished", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
  _zifu_connect_window_offer_known (self);
  _zifu_connect_window_set_step (self, "address");
  if (connection != NULL)
    zifu_connect_window_look (self, connection->base_url);
  return GTK_WIDGET (self);
}

/**
 * zifu_connect_window_look:
 * @self: the window
 * @address: of a provider
 *
 * Goes there and asks what it offers.
 */
void
zifu_connect_window_look (ZifuConnectWindow *self, const char *address)
{
  Task *task;

  g_return_if_fail (ZIFU_IS_CONNECT_WINDOW (self));
  g_return_if_fail (address != NULL);

  if (self->work != NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->address), address);
  task = task_new (self);
  task->address = g_strdup (address);
  _zifu_connect_window_set_step (self, "work");
  begin (self, look_in_thread, task, looked_cb);
}

/**
 * zifu_connect_window_next:
 * @self: the window
 *
 * Goes on from a step that waits for it.
 *
 * Returns: whether there was something to go on with
 */
gboolean
zifu_connect_window_next (ZifuConnectWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_CONNECT_WINDOW (self), FALSE);

  if (is_step (self, "address"))
    {
      const char *address = gtk_editable_get_text (GTK_EDITABLE (self->address));

      if (address[strspn (address, " \t")] == '\0')
        {
          gtk_widget_error_bell (self->address);
          return FALSE;
        }
      zifu_connect_window_look (self, address);
    }
  else if (is_step (self, "who"))
    connect_account (self);
  else if (is_step (self, "done"))
    gtk_window_close (GTK_WINDOW (self));
  else
    return FALSE;
  return TRUE;
}

/**
 * zifu_connect_window_get_step:
 * @self: the window
 *
 * Returns: (transfer none): the step that is shown
 */
const char *
zifu_connect_window_get_step (ZifuConnectWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_CONNECT_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->steps);
}
