/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-config.h"

#include "zifu-leave-guard.h"

#include <glib/gi18n-lib.h>

#include "zifu-widgets.h"

#define KEY "zifu-leave-guard"
#define WIDTH 340

/**
 * Guard:
 *
 * What belongs to a form that is watched.
 */
typedef struct {
  char         *before; /* owned: what every field held */
  ZifuLeaveSave save;
  GtkWidget    *dialog; /* nullable, not owned: the question, while it stands */
} Guard;

static void
guard_free (gpointer data)
{
  Guard *guard = data;

  g_free (guard->before);
  g_free (guard);
}

/* What every field holds, one after the other: texts, choices, switches. */
static void
append_fields (GtkWidget *widget, GString *fields)
{
  if (GTK_IS_EDITABLE (widget))
    g_string_append_printf (fields, "%s\n", gtk_editable_get_text (GTK_EDITABLE (widget)));
  else if (ADW_IS_COMBO_ROW (widget))
    g_string_append_printf (fields, "%u\n", adw_combo_row_get_selected (ADW_COMBO_ROW (widget)));
  else if (GTK_IS_SWITCH (widget))
    g_string_append_printf (fields, "%d\n", gtk_switch_get_active (GTK_SWITCH (widget)));
  if (GTK_IS_EDITABLE (widget) || ADW_IS_COMBO_ROW (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    append_fields (child, fields);
}

static char *
dup_fields (GtkWindow *form)
{
  GString *fields = g_string_new (NULL);

  append_fields (GTK_WIDGET (form), fields);
  return g_string_free (fields, FALSE);
}

static void
save_cb (GtkWindow *form)
{
  Guard *guard = g_object_get_data (G_OBJECT (form), KEY);

  if (guard == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (guard->dialog));
  guard->save (form);
}

static void
discard_cb (GtkWindow *form)
{
  Guard *guard = g_object_get_data (G_OBJECT (form), KEY);

  if (guard == NULL)
    return;
  gtk_window_destroy (GTK_WINDOW (guard->dialog));
  zifu_leave_guard_release (form);
  gtk_window_close (form);
}

static void
dialog_gone_cb (GtkWindow *form)
{
  Guard *guard = g_object_get_data (G_OBJECT (form), KEY);

  if (guard != NULL)
    guard->dialog = NULL;
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *css_class)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  if (css_class != NULL)
    gtk_widget_add_css_class (button, css_class);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
make_words (void)
{
  GtkWidget *words = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 12, NULL);
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", _("Save Changes?"), "wrap", TRUE, "justify", GTK_JUSTIFY_CENTER, NULL);
  GtkWidget *body = g_object_new (GTK_TYPE_LABEL, "label", _("What was changed here is not stored yet."), "wrap", TRUE, "justify",
                                  GTK_JUSTIFY_CENTER, NULL);

  gtk_widget_add_css_class (heading, "title-2");
  gtk_box_append (GTK_BOX (words), heading);
  gtk_box_append (GTK_BOX (words), body);
  return words;
}

static gboolean
escape_cb (GtkWidget *dialog, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (dialog));
  return GDK_EVENT_STOP;
}

static GtkWidget *
make_dialog (GtkWindow *form)
{
  GtkWidget *dialog = g_object_new (ADW_TYPE_WINDOW, "modal", TRUE, "destroy-with-parent", TRUE, "transient-for", form, "resizable", FALSE,
                                    "title", _("Save Changes?"), "default-width", MIN (WIDTH, gtk_widget_get_width (GTK_WIDGET (form))),
                                    NULL);
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 24, "margin-top", 24, "margin-bottom",
                                 18, "margin-start", 18, "margin-end", 18, NULL);
  GtkWidget *buttons = g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL, "spacing", 6, NULL);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkWidget *save, *discard, *keep;

  gtk_box_append (GTK_BOX (box), make_words ());
  gtk_box_append (GTK_BOX (box), buttons);
  save = add_button (buttons, _("_Save"), "suggested-action");
  discard = add_button (buttons, _("_Discard"), "destructive-action");
  keep = add_button (buttons, _("_Keep Editing"), NULL);
  g_signal_connect_object (save, "clicked", G_CALLBACK (save_cb), form, G_CONNECT_SWAPPED);
  g_signal_connect_object (discard, "clicked", G_CALLBACK (discard_cb), form, G_CONNECT_SWAPPED);
  g_signal_connect_object (keep, "clicked", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (dialog_gone_cb), form, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (escape_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  gtk_window_set_default_widget (GTK_WINDOW (dialog), save);
  gtk_widget_grab_focus (save);
  zifu_widgets_follow_scheme (dialog);
  return dialog;
}

static gboolean
close_request_cb (GtkWindow *form)
{
  Guard *guard = g_object_get_data (G_OBJECT (form), KEY);
  g_autofree char *now = NULL;

  if (guard == NULL)
    return FALSE;
  if (guard->dialog != NULL)
    {
      gtk_window_present (GTK_WINDOW (guard->dialog));
      return TRUE;
    }
  now = dup_fields (form);
  if (g_str_equal (now, guard->before))
    return FALSE;
  guard->dialog = make_dialog (form);
  gtk_window_present (GTK_WINDOW (guard->dialog));
  return TRUE;
}

/**
 * zifu_leave_guard_watch:
 * @form: a window with fields that are filled in already
 * @save: what its own button does
 *
 * From now on closing the window asks first when a field holds something else.  To be called once.
 */
void
zifu_leave_guard_watch (GtkWindow *form, ZifuLeaveSave save)
{
  Guard *guard;

  g_return_if_fail (GTK_IS_WINDOW (form) && save != NULL);

  guard = g_new0 (Guard, 1);
  guard->save = save;
  guard->before = dup_fields (form);
  g_object_set_data_full (G_OBJECT (form), KEY, guard, guard_free);
  g_signal_connect (form, "close-request", G_CALLBACK (close_request_cb), NULL);
}

/**
 * zifu_leave_guard_release:
 * @form: a window that may be watched
 *
 * What was entered is stored, or not wanted: nothing is asked any more.
 */
void
zifu_leave_guard_release (GtkWindow *form)
{
  g_return_if_fail (GTK_IS_WINDOW (form));

  g_object_set_data (G_OBJECT (form), KEY, NULL);
}
