/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-export.h"
#include "zifu-history-filter.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_EXPORT_BAR (zifu_export_bar_get_type ())
G_DECLARE_FINAL_TYPE (ZifuExportBar, zifu_export_bar, ZIFU, EXPORT_BAR, GtkWidget)

/*
 * Writes what is shown into a file; while that goes on, tells how far it is and can be stopped.  Otherwise it is not seen.
 *
 * Signals: "toast" (AdwToast): what came of it.
 */
GtkWidget *zifu_export_bar_new (void);
void       zifu_export_bar_choose (ZifuExportBar *self, ZifuSession *session, const ZifuHistoryFilter *filter, ZifuExportFormat format);
void       zifu_export_bar_run (ZifuExportBar *self, ZifuSession *session, const ZifuHistoryFilter *filter, ZifuExportFormat format,
                                const char *path);
gboolean   zifu_export_bar_get_busy (ZifuExportBar *self);

G_END_DECLS
