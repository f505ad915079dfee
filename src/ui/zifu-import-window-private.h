/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-import-columns.h"
#include "zifu-import-review.h"
#include "zifu-import-window.h"
#include "zifu-work-view.h"

G_BEGIN_DECLS

struct _ZifuImportWindow {
  AdwWindow parent_instance;

  ZifuSession      *session; /* owned, nullable: NULL = the window is gone */
  ZifuWork         *work;    /* owned, nullable: what is being done */
  ZifuImportSource *source;  /* owned, nullable */
  ZifuImportPlan   *plan;    /* owned, nullable */
  char             *report;  /* owned, nullable: where lines that stayed out are */
  const char       *back;    /* nullable: the step to which an error leads back */
  gint64            import_id;
  guint             n_taken;
  gboolean          closing; /* to be closed as soon as what is being written is over */

  AdwWindowTitle    *title;
  GtkWidget         *back_button, *next_button;
  GtkStack          *steps;
  ZifuWorkView      *progress;
  ZifuImportColumns *columns;
  ZifuImportReview  *review;
  AdwStatusPage     *error, *household, *done;
  GtkWidget         *add_person, *undo, *show_report;
  GtkWidget         *done_rows; /* GtkListBox */
};

/* zifu-import-window-build.c */
void _zifu_import_window_build (ZifuImportWindow *self);
void _zifu_import_window_set_step (ZifuImportWindow *self, const char *step);
void _zifu_import_window_show_next (ZifuImportWindow *self);
void _zifu_import_window_show_error (ZifuImportWindow *self, const GError *error);
void _zifu_import_window_show_done (ZifuImportWindow *self);
void _zifu_import_window_show_undone (ZifuImportWindow *self);
void _zifu_import_window_show_household (ZifuImportWindow *self, gint64 n_members, gint64 n_entries, gboolean balanced);

/* zifu-import-window-run.c */
void _zifu_import_window_load (ZifuImportWindow *self, const char *path, const ZifuTableOptions *options);
void _zifu_import_window_plan (ZifuImportWindow *self);
void _zifu_import_window_apply (ZifuImportWindow *self);
void _zifu_import_window_read_household (ZifuImportWindow *self);
void _zifu_import_window_undo (ZifuImportWindow *self);

/* zifu-import-window.c */
void _zifu_import_window_emit_imported (ZifuImportWindow *self);

G_END_DECLS
