/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The part of the door that has to do with files: choosing one, and showing where one is.
 *
 * zifu_compat_choose_file() answers through a GAsyncReadyCallback; finish with zifu_compat_choose_file_finish().
 */
void   zifu_compat_choose_file (GtkWindow *parent, const char *title, const char *accept_label, gboolean save, const char *suggested_name,
                                const char *filter_name, const char *const *suffixes, GAsyncReadyCallback callback, gpointer user_data);
GFile *zifu_compat_choose_file_finish (GAsyncResult *result, GError **error);
void   zifu_compat_show_in_folder (GtkWindow *parent, GFile *file);

G_END_DECLS
