/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The only door to what GTK and libadwaita renamed after our floors: five calls here, and those on files in zifu-compat-files.h.
 *
 * zifu_compat_save_text_file() and zifu_compat_confirm() answer through a GAsyncReadyCallback whose result is a GTask: finish both with
 * g_task_propagate_boolean (G_TASK (result), &error).  A dialog that was closed without a choice gives G_IO_ERROR_CANCELLED when saving,
 * and FALSE without an error when confirming.
 */
void zifu_compat_open_uri (GtkWindow *parent, const char *uri);
void zifu_compat_announce (GtkWidget *status, const char *text);
void zifu_compat_save_text_file (GtkWindow *parent, const char *title, const char *suggested_name, const char *text,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void zifu_compat_show_about (GtkWindow *parent, const char *app_id, const char *name, const char *version, const char *comments);
void zifu_compat_confirm (GtkWindow *parent, const char *heading, const char *body, const char *cancel_label, const char *accept_label,
                          gboolean destructive, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
