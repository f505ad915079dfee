/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_WINDOW (zifu_import_window_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportWindow, zifu_import_window, ZIFU, IMPORT_WINDOW, AdwWindow)

/*
 * Entries out of a file: choose it, say what its columns are, look at what would happen line by line, import, take back.
 *
 *   choose -> (work) -> columns -> (work) -> review -> (work) -> done
 *                    -> household          ----------> (work) -> done
 *
 * Nothing is written before the last step, and that is one transaction.
 * Signals: "imported" (gint64 import, guint n): a file was imported, and the pages were told; "needs-person" (): there is nobody yet.
 * Actions: "import.choose" (Ctrl+O), "import.next" (Ctrl+Return), "import.back" (Alt+Left), "import.undo", "import.show-report",
 * "import.add-person".
 */
GtkWidget  *zifu_import_window_new (ZifuSession *session);
void        zifu_import_window_open (ZifuImportWindow *self, const char *path);
const char *zifu_import_window_get_step (ZifuImportWindow *self);
gboolean    zifu_import_window_next (ZifuImportWindow *self);

G_END_DECLS
