/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-import-item.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_LINES (zifu_import_lines_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportLines, zifu_import_lines, ZIFU, IMPORT_LINES, GObject)

/*
 * The lines of a plan as a GListModel of ZifuImportItem: all of them, or those of one state.  A million lines are a million numbers.
 *
 * Signals: "taken" (): somebody decided about a line.
 */
ZifuImportLines *zifu_import_lines_new (void);
void             zifu_import_lines_set_plan (ZifuImportLines *self, ZifuImportPlan *plan);
ZifuImportPlan  *zifu_import_lines_get_plan (ZifuImportLines *self);
void             zifu_import_lines_set_state (ZifuImportLines *self, int state);
void             zifu_import_lines_set_taken (ZifuImportLines *self, guint i, gboolean taken);
void             zifu_import_lines_take_doubtful (ZifuImportLines *self, gboolean taken);

G_END_DECLS
