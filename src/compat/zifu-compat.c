/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-compat.h"

#include <adwaita.h>

/*
 * Both branches of every function are real: CI builds the older one on Debian 12 and the newer one on a current runtime.  Nothing here
 * speaks to people except with texts that the caller gives.
 */

/* --- open_uri --- */

#if GTK_CHECK_VERSION(4, 10, 0)
static void
uri_launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("Cannot open an address: %s", error->message);
}
#endif

/**
 * zifu_compat_open_uri:
 * @parent: (nullable): the window from which it is opened
 * @uri: a web address
 *
 * Opens an address in the user's browser.
 */
void
zifu_compat_open_uri (GtkWindow *parent, const char *uri)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (uri != NULL);

#if GTK_CHECK_VERSION(4, 10, 0)
  {
    g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

    gtk_uri_launcher_launch (launcher, parent, NULL, uri_launched_cb, NULL);
  }
#else
  gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
#endif
}

/* --- announce --- */

/**
 * zifu_compat_announce:
 * @status: a widget of role "status" that stands for what is announced, such as the label of a result
 * @text: a sentence
 *
 * Lets screen readers say a sentence without moving the focus.
 */
void
zifu_compat_announce (GtkWidget *status, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (status));
  g_return_if_fail (text != NULL);

#if GTK_CHECK_VERSION(4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (status), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
  gtk_accessible_update_property (GTK_ACCESSIBLE (status), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* --- save_text_file --- */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes @task over. */
static void
write_file (GTask *task, GFile *file)
{
  GBytes *bytes = g_task_get_task_data (task);

  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, g_task_get_cancellable (task),
                                       written_cb, task);
}

static void
return_dismissed (GTask *task)
{
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  g_object_unref (task);
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    write_file (task, file);
  else
    return_dismissed (task);
}
#else
static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  if (file != NULL)
    write_file (task, file);
  else
    return_dismissed (task);
}
#endif

/**
 * zifu_compat_save_text_file:
 * @parent: (nullable): the window in front of which the dialog stands
 * @title: what the dialog is called
 * @suggested_name: a file name
 * @text: what is written
 * @cancellable: (nullable): to stop writing
 * @callback: (nullable): called when all is done
 * @user_data: for @callback
 *
 * Asks for a file and writes a text into it.  The result is a GTask: finish with g_task_propagate_boolean().  A dialog that was closed
 * gives %G_IO_ERROR_CANCELLED.
 */
void
zifu_compat_save_text_file (GtkWindow *parent, const char *title, const char *suggested_name, const char *text, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL && suggested_name != NULL && text != NULL);

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, zifu_compat_save_text_file);
  g_task_set_task_data (task, g_bytes_new (text, strlen (text)), (GDestroyNotify) g_bytes_unref);
#if GTK_CHECK_VERSION(4, 10, 0)
  {
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

    gtk_file_dialog_set_title (dialog, title);
    gtk_file_dialog_set_initial_name (dialog, suggested_name);
    gtk_file_dialog_save (dialog, parent, cancellable, file_chosen_cb, task);
  }
#else
  {
    GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested_name);
    g_signal_connect (dialog, "response", G_CALLBACK (file_chosen_cb), task);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  }
#endif
}

/* --- show_about --- */

/**
 * zifu_compat_show_about:
 * @parent: (nullable): the window in front of which it stands
 * @app_id: the application id, which is the name of its icon
 * @name: the name of the program in the user's language
 * @version: its version
 * @comments: one or two sentences what it is
 *
 * Shows who made the program and under which licence.
 */
void
zifu_compat_show_about (GtkWindow *parent, const char *app_id, const char *name, const char *version, const char *comments)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

#if ADW_CHECK_VERSION(1, 5, 0)
  {
    AdwDialog *dialog = adw_about_dialog_new ();

    g_object_set (dialog, "application-icon", app_id, "application-name", name, "version", version, "comments", comments, "license-type",
                  GTK_LICENSE_GPL_3_0, NULL);
    adw_dialog_present (dialog, parent != NULL ? GTK_WIDGET (parent) : NULL);
  }
#else
  {
    GtkWidget *window = adw_about_window_new ();

    g_object_set (window, "application-icon", app_id, "application-name", name, "version", version, "comments", comments, "license-type",
                  GTK_LICENSE_GPL_3_0, NULL);
    gtk_window_set_modal (GTK_WINDOW (window), TRUE);
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
    gtk_window_present (GTK_WINDOW (window));
  }
#endif
}

/* --- confirm --- */

#define ACCEPT "accept"
#define CANCEL "cancel"

static void
return_choice (GTask *task, const char *response)
{
  g_task_return_boolean (task, g_strcmp0 (response, ACCEPT) == 0);
  g_object_unref (task);
}

#if ADW_CHECK_VERSION(1, 5, 0)
/* The large heading of the question is measured for widths that it does not fit in before the small one is taken instead, which GTK
 * reports; one that may break its line is measured without a word, and is chosen exactly as before. */
static void
let_large_heading_wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "title-2"))
    gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    let_large_heading_wrap (child);
}

static void
choice_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_choice (user_data, adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result));
}
#else
static void
choice_made_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  return_choice (user_data, response);
}
#endif

/**
 * zifu_compat_confirm:
 * @parent: (nullable): the window in front of which the question stands
 * @heading: the question
 * @body: (nullable): what happens
 * @cancel_label: the button that changes nothing
 * @accept_label: the button that does it, named by a verb
 * @destructive: whether something is lost
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks before something that cannot be undone.  The result is a GTask: g_task_propagate_boolean() gives %TRUE only for @accept_label.
 */
void
zifu_compat_confirm (GtkWindow *parent, const char *heading, const char *body, const char *cancel_label, const char *accept_label,
                     gboolean destructive, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (heading != NULL && cancel_label != NULL && accept_label != NULL);

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, zifu_compat_confirm);
#if ADW_CHECK_VERSION(1, 5, 0)
  {
    AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

    adw_alert_dialog_add_responses (dialog, CANCEL, cancel_label, ACCEPT, accept_label, NULL);
    adw_alert_dialog_set_response_appearance (dialog, ACCEPT, destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
    adw_alert_dialog_set_default_response (dialog, destructive ? CANCEL : ACCEPT);
    adw_alert_dialog_set_close_response (dialog, CANCEL);
    let_large_heading_wrap (adw_dialog_get_child (ADW_DIALOG (dialog)));
    adw_alert_dialog_choose (dialog, parent != NULL ? GTK_WIDGET (parent) : NULL, NULL, choice_made_cb, task);
  }
#else
  {
    AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));

    adw_message_dialog_add_responses (dialog, CANCEL, cancel_label, ACCEPT, accept_label, NULL);
    adw_message_dialog_set_response_appearance (dialog, ACCEPT, destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
    adw_message_dialog_set_default_response (dialog, destructive ? CANCEL : ACCEPT);
    adw_message_dialog_set_close_response (dialog, CANCEL);
    gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
    g_signal_connect (dialog, "response", G_CALLBACK (choice_made_cb), task);
    gtk_window_present (GTK_WINDOW (dialog));
  }
#endif
}
