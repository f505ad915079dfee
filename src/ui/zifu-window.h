/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_WINDOW (zifu_window_get_type ())
G_DECLARE_FINAL_TYPE (ZifuWindow, zifu_window, ZIFU, WINDOW, AdwApplicationWindow)

/*
 * The window: loading, an error with a way to try again, the first run, or the four pages.
 *
 * Actions: "win.page" (s), "win.search", "win.person", "win.back", "win.retry", "win.create-sample", "win.delete-sample",
 * "win.add-person", "win.edit-person" (x), "win.import", "win.imports", "win.backups",
 * "win.undo-restore" (ay), "win.restore-newest", "win.salvage", "win.sync", "win.connect", "win.connections".
 */
ZifuWindow  *zifu_window_new (AdwApplication *app);
void         zifu_window_open (ZifuWindow *self, const char *path, ZifuDate today, gboolean with_sample);
void         zifu_window_show_page (ZifuWindow *self, const char *name);
void         zifu_window_search_guide (ZifuWindow *self, const char *text);
void         zifu_window_import_file (ZifuWindow *self, GFile *file);
void         zifu_window_connect (ZifuWindow *self, const char *address);
gboolean     zifu_window_is_page (const char *name);
const char  *zifu_window_get_page_name (ZifuWindow *self);
const char  *zifu_window_get_state (ZifuWindow *self);
ZifuSession *zifu_window_get_session (ZifuWindow *self);
GtkWidget   *zifu_window_get_page (ZifuWindow *self, const char *name);

G_END_DECLS
