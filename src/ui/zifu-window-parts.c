/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "zifu-compat.h"
#include "zifu-config.h"
#include "zifu-estimate-page.h"
#include "zifu-guide-page.h"
#include "zifu-person-form.h"
#include "zifu-sheet.h"
#include "zifu-shortcuts-view.h"
#include "zifu-widgets.h"
#include "zifu-window-private.h"

#define SHORTCUTS_WIDTH 520

static void
sample_deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ZifuWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), NULL) || zifu_window_get_session (self) == NULL)
    return;

  if (!zifu_ledger_delete_sample (zifu_session_get_ledger (zifu_window_get_session (self)), &error))
    g_signal_emit_by_name (zifu_window_get_session (self), "failed", error);
  zifu_session_emit_changed (zifu_window_get_session (self));
}

static void
sample_created_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  ZifuWindow *self = data;
  g_autoptr (GError) error = NULL;
  gboolean created = zifu_household_add_sample_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!created)
    g_signal_emit_by_name (self->session, "failed", error);
  zifu_session_emit_changed (self->session);
}

/*
 * _zifu_window_create_sample_action:
 *
 * win.create-sample: fills an empty household with an invented family.
 */
void
_zifu_window_create_sample_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);

  if (self->household == NULL || g_strcmp0 (zifu_window_get_state (self), "welcome") != 0)
    return;

  _zifu_window_set_state (self, "loading");
  zifu_household_add_sample_async (self->household->ledger, self->household->library, self->today, self->cancellable, sample_created_cb,
                                   self);
}

/**
 * _zifu_window_delete_sample:
 * @self: the window
 *
 * Asks, and deletes the sample household.
 */
void
_zifu_window_delete_sample (ZifuWindow *self)
{
  zifu_compat_confirm (GTK_WINDOW (self), _("Delete the Sample Data?"),
                       _("The invented family and everything entered for it are deleted. What you entered for your own family stays."),
                       _("Cancel"), _("Delete"), TRUE, sample_deleted_cb, g_object_ref (self));
}

static void
saved_cb (ZifuSession *session, gint64 member_id)
{
  zifu_session_set_member_id (session, member_id);
}

/**
 * _zifu_window_open_form:
 * @self: the window
 * @member_id: who is edited; 0 = a new person
 *
 * Opens the form over the window.
 */
void
_zifu_window_open_form (ZifuWindow *self, gint64 member_id)
{
  ZifuSession *session = zifu_window_get_session (self);
  GtkWidget *form;

  if (session == NULL)
    return;

  form = zifu_person_form_new (session, member_id);
  zifu_widgets_follow_scheme (form);
  /* Never larger than the window: on a telephone it covers it. */
  gtk_window_set_default_size (GTK_WINDOW (form), CLAMP (gtk_widget_get_width (GTK_WIDGET (self)), 320, 460),
                               CLAMP (gtk_widget_get_height (GTK_WIDGET (self)), 400, 640));
  gtk_window_set_transient_for (GTK_WINDOW (form), GTK_WINDOW (self));
  if (member_id == 0)
    g_signal_connect_object (form, "saved", G_CALLBACK (saved_cb), session, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form));
}

/*
 * _zifu_window_shortcuts_action:
 *
 * win.show-help-overlay: what the keyboard does.
 */
void
_zifu_window_shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *view = zifu_shortcuts_view_new (gtk_window_get_application (GTK_WINDOW (widget)));

  zifu_sheet_present (GTK_WINDOW (zifu_sheet_new (_("Keyboard Shortcuts"), view)), widget, SHORTCUTS_WIDTH);
}

/*
 * _zifu_window_fit_header:
 * @narrow: whether the window is as narrow as a telephone
 *
 * The title has the room that the buttons leave it: a narrow window has only the one that closes it.
 */
void
_zifu_window_fit_header (ZifuWindow *self, gboolean narrow)
{
  g_autofree char *usual = NULL;
  g_auto (GStrv) sides = NULL;
  GString *layout;

  if (!narrow)
    {
      adw_header_bar_set_decoration_layout (ADW_HEADER_BAR (self->header), NULL);
      return;
    }
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-decoration-layout", &usual, NULL);
  sides = g_strsplit (usual != NULL ? usual : "", ":", 2);
  layout = g_string_new (NULL);
  for (guint i = 0; sides[i] != NULL; i++)
    {
      g_auto (GStrv) buttons = g_strsplit (sides[i], ",", -1);

      g_string_append (layout, i > 0 ? ":" : "");
      for (guint j = 0; buttons[j] != NULL; j++)
        if (!g_str_equal (buttons[j], "minimize") && !g_str_equal (buttons[j], "maximize"))
          g_string_append_printf (layout, "%s,", buttons[j]);
    }
  adw_header_bar_set_decoration_layout (ADW_HEADER_BAR (self->header), layout->str);
  g_string_free (layout, TRUE);
}

/*
 * _zifu_window_history_action:
 *
 * win.export and win.print are about what the history shows: it comes on screen, so that nobody prints what they do not see.
 */
void
_zifu_window_history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ZifuWindow *self = ZIFU_WINDOW (widget);
  GtkWidget *page = zifu_window_get_page (self, "history");

  if (page == NULL || g_strcmp0 (zifu_window_get_state (self), "main") != 0)
    return;
  zifu_window_show_page (self, "history");
  if (g_str_equal (name, "win.print"))
    gtk_widget_activate_action (page, "history.print", NULL);
  else
    gtk_widget_activate_action (page, "history.export", "s", "csv");
}

/*
 * _zifu_window_open_uri_action:
 *
 * win.open-uri: what the button of a toast leads to.
 */
void
_zifu_window_open_uri_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  zifu_compat_open_uri (GTK_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static GSettings *
open_settings (void)
{
  static const char *const keys[] = { "window-width", "window-height", "window-maximized", "last-page" };
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, ZIFU_APP_ID, TRUE) : NULL;

  if (schema == NULL)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!g_settings_schema_has_key (schema, keys[i]))
      return NULL;

  return g_settings_new_full (schema, NULL, NULL);
}

static void
set_int_in_range (GSettings *settings, const char *name, int value)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_int32 (value));

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, name);
  if (g_settings_schema_key_range_check (key, variant))
    g_settings_set_value (settings, name, variant);
}

static void
store_state (ZifuWindow *self, GSettings *settings)
{
  const char *page = zifu_window_get_page_name (self);
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  set_int_in_range (settings, "window-width", width);
  set_int_in_range (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (page != NULL)
    g_settings_set_string (settings, "last-page", page);
}

static void
settings_free (gpointer data, GClosure *closure)
{
  g_object_unref (data);
}

/**
 * _zifu_window_restore_state:
 * @self: the window
 *
 * Gives the window the size and the page that it had, and remembers both when it goes.  Without a schema nothing happens:
 * some uninstalled runs have none.
 */
void
_zifu_window_restore_state (ZifuWindow *self)
{
  GSettings *settings = open_settings ();
  g_autofree char *page = NULL;

  if (settings == NULL)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  page = g_settings_get_string (settings, "last-page");
  if (zifu_window_is_page (page))
    zifu_window_show_page (self, page);
  g_signal_connect_data (self, "unrealize", G_CALLBACK (store_state), settings, settings_free, 0);
}

/* What somebody asked for before there was a Guide. */
void
_zifu_window_take_asked (ZifuWindow *self)
{
  GtkWidget *guide = zifu_window_get_page (self, "guide");

  if (guide == NULL || self->asked == NULL)
    return;

  zifu_guide_page_set_search (ZIFU_GUIDE_PAGE (guide), self->asked);
  g_clear_pointer (&self->asked, g_free);
}

/* Whoever comes with the keyboard, or starts the program for an estimate, begins to type the bill. */
void
_zifu_window_focus_page (ZifuWindow *self)
{
  GtkWidget *visible = adw_view_stack_get_visible_child (self->pages);

  if (ZIFU_IS_ESTIMATE_PAGE (visible))
    zifu_estimate_page_focus_bill (ZIFU_ESTIMATE_PAGE (visible));
}

/**
 * zifu_window_search_guide:
 * @self: a window
 * @text: words, or a whole question
 *
 * Shows the Guide with what fits @text, now or as soon as the household is open.
 */
void
zifu_window_search_guide (ZifuWindow *self, const char *text)
{
  g_return_if_fail (ZIFU_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  zifu_window_show_page (self, "guide");
  g_free (self->asked);
  self->asked = g_strdup (text);
  _zifu_window_take_asked (self);
}

/*
 * _zifu_window_leave_guide:
 * @bill: fen
 *
 * Shows the estimate of a bill that an answer of the Guide speaks of.  Going back leads to that answer again.
 */
void
_zifu_window_leave_guide (ZifuWindow *self, gint64 bill)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  zifu_window_show_page (self, "estimate");
  zifu_estimate_page_set_bill (ZIFU_ESTIMATE_PAGE (zifu_window_get_page (self, "estimate")), bill);
  g_set_weak_pointer (&self->left, focus != NULL ? focus : zifu_window_get_page (self, "guide"));
}

/*
 * _zifu_window_back_to_guide:
 *
 * Returns: whether the estimate on screen was asked for in the Guide, which is shown again then, with the keyboard where it was
 */
gboolean
_zifu_window_back_to_guide (ZifuWindow *self)
{
  GtkWidget *left = self->left;

  if (left == NULL || g_strcmp0 (zifu_window_get_page_name (self), "estimate") != 0)
    return FALSE;
  zifu_window_show_page (self, "guide");
  gtk_widget_grab_focus (left);
  return TRUE;
}

/*
 * _zifu_window_forget_guide:
 *
 * Whoever has gone on to another page does not go back from there.
 */
void
_zifu_window_forget_guide (ZifuWindow *self)
{
  if (g_strcmp0 (zifu_window_get_page_name (self), "estimate") != 0)
    g_clear_weak_pointer (&self->left);
}
