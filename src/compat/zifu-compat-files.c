/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-compat-files.h"

/* --- choose_file --- */

static void
return_file (GTask *task, GFile *file)
{
  if (file != NULL)
    g_task_return_pointer (task, file, g_object_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "No file was chosen");
  g_object_unref (task);
}

static GtkFileFilter *
new_filter (const char *name, const char *const *suffixes)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; suffixes[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, suffixes[i]);
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_file (user_data, gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  return_file (user_data, gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL));
}
#else
static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  GFile *file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
  return_file (user_data, file);
}
#endif

/**
 * zifu_compat_choose_file:
 * @parent: (nullable): the window in front of which the dialog stands
 * @title: what the dialog is called
 * @accept_label: the button that chooses, named by a verb
 * @save: whether a file is to be written; else one that is there is chosen
 * @suggested_name: (nullable): a file name; only with @save
 * @filter_name: (nullable): what files with the @suffixes are; %NULL = all files
 * @suffixes: (nullable) (array zero-terminated=1): how the names of such files end, without a point
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks for a file; nothing is opened or written.
 */
void
zifu_compat_choose_file (GtkWindow *parent, const char *title, const char *accept_label, gboolean save, const char *suggested_name,
                         const char *filter_name, const char *const *suffixes, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GtkFileFilter) filter = NULL;
  GTask *task;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (title != NULL && accept_label != NULL);
  g_return_if_fail ((filter_name == NULL) == (suffixes == NULL));

  task = g_task_new (parent, NULL, callback, user_data);
  g_task_set_source_tag (task, zifu_compat_choose_file);
  if (filter_name != NULL)
    filter = new_filter (filter_name, suffixes);
#if GTK_CHECK_VERSION(4, 10, 0)
  {
    g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
    g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

    gtk_file_dialog_set_title (dialog, title);
    gtk_file_dialog_set_accept_label (dialog, accept_label);
    if (filter != NULL)
      {
        g_list_store_append (filters, filter);
        gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
      }
    if (save && suggested_name != NULL)
      gtk_file_dialog_set_initial_name (dialog, suggested_name);
    if (save)
      gtk_file_dialog_save (dialog, parent, NULL, saved_cb, task);
    else
      gtk_file_dialog_open (dialog, parent, NULL, opened_cb, task);
  }
#else
  {
    GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, parent, save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, accept_label, NULL);

    gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
    if (filter != NULL)
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    if (save && suggested_name != NULL)
      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), suggested_name);
    g_signal_connect (dialog, "response", G_CALLBACK (chosen_cb), task);
    gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
  }
#endif
}

/**
 * zifu_compat_choose_file_finish:
 * @result: what the callback was given
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with an error when the dialog was closed
 */
GFile *
zifu_compat_choose_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, zifu_compat_choose_file), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- show_in_folder --- */

/**
 * zifu_compat_show_in_folder:
 * @parent: (nullable): the window from which it is shown
 * @file: a file
 *
 * Opens the folder of a file in the user's file manager; where that is possible the file is selected.
 */
void
zifu_compat_show_in_folder (GtkWindow *parent, GFile *file)
{
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));
  g_return_if_fail (G_IS_FILE (file));

#if GTK_CHECK_VERSION(4, 10, 0)
  {
    g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (file);

    gtk_file_launcher_open_containing_folder (launcher, parent, NULL, NULL, NULL);
  }
#else
  {
    g_autoptr (GFile) folder = g_file_get_parent (file);
    g_autofree char *uri = g_file_get_uri (folder != NULL ? folder : file);

    gtk_show_uri (parent, uri, GDK_CURRENT_TIME);
  }
#endif
}
