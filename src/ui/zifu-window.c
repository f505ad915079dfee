/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-window.h"

#include <glib/gi18n-lib.h>

#include "zifu-account-page.h"
#include "zifu-config.h"
#include "zifu-day-watch.h"
#include "zifu-entry-words.h"
#include "zifu-estimate-page.h"
#include "zifu-guide-page.h"
#include "zifu-history-page.h"
#include "zifu-ui-rows.h"
#include "zifu-welcome-page.h"
#include "zifu-window-private.h"

G_DEFINE_FINAL_TYPE (ZifuWindow, zifu_window, ADW_TYPE_APPLICATION_WINDOW)

typedef struct
{
  const char *name;
  const char *title;
  const char *icon;
  GtkWidget *(*create) (ZifuSession *session);
} Page;

static const Page page_table[] = {
  { "account", NC_("page", "Account"), "zifu-account-symbolic", zifu_account_page_new },
  { "history", NC_("page", "History"), "zifu-history-symbolic", zifu_history_page_new },
  { "estimate", NC_("page", "Estimate"), "zifu-estimate-symbolic", zifu_estimate_page_new },
  { "guide", NC_("page", "Guide"), "zifu-guide-symbolic", zifu_guide_page_new },
};

static ZifuHistoryPage *
get_history (ZifuWindow *self)
{
  return ZIFU_HISTORY_PAGE (adw_view_stack_get_child_by_name (self->pages, "history"));
}

static gboolean
is_state (ZifuWindow *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->states), name) == 0;
}

static gboolean
detail_covers (ZifuWindow *self)
{
  return is_state (self, "main") && g_strcmp0 (adw_view_stack_get_visible_child_name (self->pages), "history") == 0
         && zifu_history_page_get_detail_open (get_history (self));
}

static const char *
page_title (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    if (g_strcmp0 (page_table[i].name, name) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "page", page_table[i].title);

  return _("Zifu");
}

/* Whose data these are is told by words; a relative's header is tinted as well. */
static void
show_person (ZifuWindow *self, gboolean main, gboolean detail)
{
  g_autoptr (ZifuMember) member = main ? zifu_session_dup_member (self->session) : NULL;
  const char *title = main ? page_title (zifu_window_get_page_name (self)) : _("Zifu");
  gboolean relative = member != NULL && g_strcmp0 (member->relation, "self") != 0;
  g_autofree char *who = relative ? zifu_member_dup_title (member) : g_strdup (member != NULL ? member->name : "");

  adw_window_title_set_title (self->window_title, detail ? zifu_history_page_get_detail_title (get_history (self)) : title);
  adw_window_title_set_subtitle (self->window_title, who);
  if (relative)
    gtk_widget_add_css_class (self->header, "relative");
  else
    gtk_widget_remove_css_class (self->header, "relative");
}

static void
show_chrome (ZifuWindow *self)
{
  gboolean main = is_state (self, "main");
  gboolean narrow = zifu_width_bin_get_narrow (self->bin);
  gboolean detail = detail_covers (self);

  gtk_stack_set_visible_child_name (self->title_stack, main && !narrow ? "switcher" : "title");
  gtk_widget_set_visible (GTK_WIDGET (self->switcher), main && !detail);
  gtk_widget_set_visible (self->back, detail);
  adw_view_switcher_bar_set_reveal (self->bar, main && narrow && !detail);
  show_person (self, main, detail);
  _zifu_window_fit_header (self, narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.person", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.search", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-person", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.import", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.imports", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.backups", self->session != NULL || is_state (self, "error"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.connect", self->session != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.connections", main);
  _zifu_window_show_sync (self);
}

/*
 * _zifu_window_set_state:
 * @state: loading, error, welcome, main, or work
 */
void
_zifu_window_set_state (ZifuWindow *self, const char *state)
{
  gtk_stack_set_visible_child_name (self->states, state);
  gtk_spinner_set_spinning (self->spinner, g_strcmp0 (state, "loading") == 0);
  show_chrome (self);
}

static void
show_error (ZifuWindow *self, const GError *error)
{
  g_autofree char *text = zifu_ui_error_text (error);
  g_autofree char *description = self->path != NULL ? g_strdup_printf ("%s\n\n%s", text, self->path) : g_strdup (text);
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_status_page_set_description (self->error, markup);
  _zifu_window_offer_rescue (self, error);
  _zifu_window_set_state (self, "error");
}

static void
add_toast (ZifuWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, g_object_ref (toast));
}

static void
failed_cb (ZifuWindow *self, const GError *error)
{
  g_autofree char *text = zifu_ui_error_text (error);
  g_autoptr (AdwToast) toast = zifu_ui_toast (text);

  add_toast (self, toast);
}

static void
open_entry_cb (ZifuWindow *self, gint64 entry_id)
{
  zifu_window_show_page (self, "history");
  if (entry_id != 0)
    zifu_history_page_open_entry (get_history (self), entry_id);
}

static void
connect_page (ZifuWindow *self, GtkWidget *page)
{
  if (ZIFU_IS_ACCOUNT_PAGE (page))
    {
      g_object_bind_property (self->bin, "narrow", page, "narrow", G_BINDING_SYNC_CREATE);
      g_signal_connect_object (page, "open-entry", G_CALLBACK (open_entry_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "toast", G_CALLBACK (add_toast), self, G_CONNECT_SWAPPED);
    }
  else if (ZIFU_IS_HISTORY_PAGE (page))
    {
      g_object_bind_property (self->bin, "narrow", page, "narrow", G_BINDING_SYNC_CREATE);
      g_signal_connect_object (page, "notify::detail-open", G_CALLBACK (show_chrome), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "toast", G_CALLBACK (add_toast), self, G_CONNECT_SWAPPED);
    }
  else if (ZIFU_IS_GUIDE_PAGE (page))
    {
      g_signal_connect_object (page, "estimate", G_CALLBACK (_zifu_window_leave_guide), self, G_CONNECT_SWAPPED);
    }
}

/* Whether they were not there yet. */
static gboolean
make_pages (ZifuWindow *self)
{
  if (get_history (self) != NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    {
      const Page *page = &page_table[i];
      GtkWidget *child = page->create (self->session);

      adw_view_stack_add_titled_with_icon (self->pages, child, page->name, page_title (page->name), page->icon);
      connect_page (self, child);
    }
  if (self->wanted != NULL)
    adw_view_stack_set_visible_child_name (self->pages, self->wanted);
  g_clear_pointer (&self->wanted, g_free);
  _zifu_window_take_asked (self);

  return TRUE;
}

static void
show_sample_notice (ZifuWindow *self)
{
  gboolean sample = self->session != NULL && zifu_ledger_has_sample (zifu_session_get_ledger (self->session), NULL);

  zifu_notice_set_revealed (self->sample, sample);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete-sample", sample);
}

static void
session_changed_cb (ZifuWindow *self)
{
  gboolean first;

  show_sample_notice (self);
  if (zifu_session_get_member_id (self->session) == 0)
    {
      _zifu_window_set_state (self, "welcome");
      return;
    }

  first = make_pages (self);
  _zifu_window_set_state (self, "main");
  if (first)
    _zifu_window_focus_page (self);
}

static void
take_household (ZifuWindow *self, ZifuHousehold *household)
{
  self->household = household;
  self->session = g_object_ref (household->session);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  zifu_day_watch_start (self->session);
  zifu_person_switcher_set_session (self->switcher, self->session);
  session_changed_cb (self);
  _zifu_window_begin_data (self);
  _zifu_window_begin_sync (self);
  _zifu_window_tell_restored (self);
}

/*
 * _zifu_window_let_go:
 *
 * Closes the household, with everything that looks at it; the window comes back to the same page when another one is opened.
 */
void
_zifu_window_let_go (ZifuWindow *self)
{
  zifu_person_switcher_set_session (self->switcher, NULL);
  if (get_history (self) != NULL)
    self->wanted = g_strdup (zifu_window_get_page_name (self));
  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    if (adw_view_stack_get_child_by_name (self->pages, page_table[i].name) != NULL)
      adw_view_stack_remove (self->pages, adw_view_stack_get_child_by_name (self->pages, page_table[i].name));
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->household, zifu_household_free);
  show_sample_notice (self);
  show_chrome (self);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ZifuHousehold *household = zifu_household_open_finish (result, &error);

  /* A window that was closed meanwhile is gone: the answer must not touch it. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (household == NULL)
    show_error (data, error);
  else
    take_household (data, household);
}

/*
 * _zifu_window_start_opening:
 *
 * Opens what lies at the path of the window.
 */
void
_zifu_window_start_opening (ZifuWindow *self)
{
  _zifu_window_set_state (self, "loading");
  zifu_household_open_async (self->path, self->today, self->with_sample, self->cancellable, opened_cb, self);
}

static void
delete_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zifu_window_delete_sample (ZIFU_WINDOW (widget));
}

static void
sample_button_cb (ZifuWindow *self)
{
  _zifu_window_delete_sample (self);
}

static void
add_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zifu_window_open_form (ZIFU_WINDOW (widget), 0);
}

static void
edit_person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  _zifu_window_open_form (ZIFU_WINDOW (widget), g_variant_get_int64 (parameter));
}

static void
page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_window_show_page (ZIFU_WINDOW (widget), g_variant_get_string (parameter, NULL));
  _zifu_window_focus_page (ZIFU_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  GtkWidget *visible = adw_view_stack_get_visible_child (self->pages);

  if (ZIFU_IS_GUIDE_PAGE (visible))
    {
      zifu_guide_page_focus_search (ZIFU_GUIDE_PAGE (visible));
      return;
    }

  zifu_window_show_page (self, "history");
  zifu_history_page_focus_search (get_history (self));
}

static void
person_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_person_switcher_popup (ZIFU_WINDOW (widget)->switcher);
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  if (detail_covers (self))
    zifu_history_page_close_detail (get_history (self));
  else
    _zifu_window_back_to_guide (self);
}

static void
page_changed_cb (ZifuWindow *self)
{
  _zifu_window_forget_guide (self);
  show_chrome (self);
}

static void
zifu_window_dispose (GObject *object)
{
  ZifuWindow *self = ZIFU_WINDOW (object);

  g_clear_weak_pointer (&self->left);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ZIFU_TYPE_WINDOW);
  g_clear_object (&self->keeper);
  if (self->center != NULL)
    g_object_run_dispose (G_OBJECT (self->center));
  g_clear_object (&self->center);
  g_clear_object (&self->session);
  g_clear_pointer (&self->household, zifu_household_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->asked, g_free);
  g_queue_clear_full (&self->pending, g_free);
  g_clear_weak_pointer (&self->importing);
  g_clear_weak_pointer (&self->connecting);
  g_clear_pointer (&self->provider, g_free);
  g_clear_pointer (&self->told, g_free);
  _zifu_window_forget_restored (self);

  G_OBJECT_CLASS (zifu_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.page", "s", page_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.export", NULL, _zifu_window_history_action);
  gtk_widget_class_install_action (widget_class, "win.print", NULL, _zifu_window_history_action);
  gtk_widget_class_install_action (widget_class, "win.open-uri", "s", _zifu_window_open_uri_action);
  gtk_widget_class_install_action (widget_class, "win.person", NULL, person_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, _zifu_window_shortcuts_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.create-sample", NULL, _zifu_window_create_sample_action);
  gtk_widget_class_install_action (widget_class, "win.delete-sample", NULL, delete_sample_action);
  gtk_widget_class_install_action (widget_class, "win.add-person", NULL, add_person_action);
  gtk_widget_class_install_action (widget_class, "win.edit-person", "x", edit_person_action);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, bin);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, header);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, title_stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, back);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, sync);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, sync_stack);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, sample);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, stale);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, states);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, error);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, ZifuWindow, bar);
  gtk_widget_class_bind_template_callback (widget_class, sample_button_cb);
  gtk_widget_class_bind_template_callback_full (widget_class, "stale_button_cb", G_CALLBACK (_zifu_window_stale_clicked));
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
}

static void
zifu_window_class_init (ZifuWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = zifu_window_dispose;

  zifu_ui_register ();
  g_type_ensure (ZIFU_TYPE_NOTICE);
  g_type_ensure (ZIFU_TYPE_PERSON_SWITCHER);
  g_type_ensure (ZIFU_TYPE_WELCOME_PAGE);
  g_type_ensure (ZIFU_TYPE_WIDTH_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/zifu/Zifu/ui/zifu-window.ui");
  bind_children (widget_class);
  install_actions (widget_class);
  _zifu_window_install_data_actions (widget_class);
  _zifu_window_install_restore_actions (widget_class);
  _zifu_window_install_sync_actions (widget_class);
}

static void
zifu_window_init (ZifuWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  if (ZIFU_DEVEL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "devel");
  zifu_widgets_follow_scheme (GTK_WIDGET (self));
  g_signal_connect_object (self->bin, "notify::narrow", G_CALLBACK (show_chrome), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (_zifu_window_seen), NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.delete-sample", FALSE);
  _zifu_window_restore_state (self);
  _zifu_window_init_data (self);
  _zifu_window_set_state (self, "loading");
}

/**
 * zifu_window_new:
 * @app: (nullable): the application
 *
 * Returns: (transfer none): a window that waits for zifu_window_open(), owned by the toolkit like every window
 */
ZifuWindow *
zifu_window_new (AdwApplication *app)
{
  g_return_val_if_fail (app == NULL || ADW_IS_APPLICATION (app), NULL);

  return g_object_new (ZIFU_TYPE_WINDOW, "application", app, NULL);
}

/**
 * zifu_window_open:
 * @self: a window that has no household yet
 * @path: file of the ledger
 * @today: the day on which everything is looked at
 * @with_sample: fill an empty ledger with the sample household without asking
 *
 * Opens a household in the background; the window shows the outcome.
 */
void
zifu_window_open (ZifuWindow *self, const char *path, ZifuDate today, gboolean with_sample)
{
  g_return_if_fail (ZIFU_IS_WINDOW (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (today > 0);
  g_return_if_fail (self->session == NULL);

  g_free (self->path);
  self->path = g_strdup (path);
  self->today = today;
  self->with_sample = with_sample;
  _zifu_window_start_opening (self);
}

/**
 * zifu_window_is_page:
 * @name: a word
 *
 * Returns: whether there is a page of this name
 */
gboolean
zifu_window_is_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (page_table); i++)
    if (g_strcmp0 (page_table[i].name, name) == 0)
      return TRUE;

  return FALSE;
}

/**
 * zifu_window_show_page:
 * @self: a window
 * @name: account, history, estimate or guide
 *
 * Shows a page, now or as soon as the household is open.
 */
void
zifu_window_show_page (ZifuWindow *self, const char *name)
{
  g_return_if_fail (ZIFU_IS_WINDOW (self));
  g_return_if_fail (zifu_window_is_page (name));

  if (get_history (self) != NULL)
    {
      adw_view_stack_set_visible_child_name (self->pages, name);
      return;
    }

  g_free (self->wanted);
  self->wanted = g_strdup (name);
}

/**
 * zifu_window_get_page_name:
 * @self: a window
 *
 * Returns: (nullable): the page on screen, %NULL before there are pages
 */
const char *
zifu_window_get_page_name (ZifuWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_WINDOW (self), NULL);

  return adw_view_stack_get_visible_child_name (self->pages);
}

/**
 * zifu_window_get_state:
 * @self: a window
 *
 * Returns: loading, error, welcome or main
 */
const char *
zifu_window_get_state (ZifuWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->states);
}

/**
 * zifu_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): its session, once the household is open
 */
ZifuSession *
zifu_window_get_session (ZifuWindow *self)
{
  g_return_val_if_fail (ZIFU_IS_WINDOW (self), NULL);

  return self->session;
}

/**
 * zifu_window_get_page:
 * @self: a window
 * @name: account, history, estimate or guide
 *
 * Returns: (transfer none) (nullable): the page, once the household is open and has members
 */
GtkWidget *
zifu_window_get_page (ZifuWindow *self, const char *name)
{
  g_return_val_if_fail (ZIFU_IS_WINDOW (self), NULL);

  return adw_view_stack_get_child_by_name (self->pages, name);
}
