/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-import.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_REVIEW (zifu_import_review_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportReview, zifu_import_review, ZIFU, IMPORT_REVIEW, GtkWidget)

/*
 * What an import would do, line by line, and the decision about doubtful lines.
 *
 * Signals: "changed" (): another number of lines is taken.
 */
GtkWidget *zifu_import_review_new (void);
void       zifu_import_review_set_plan (ZifuImportReview *self, ZifuImportPlan *plan, const char *const *remarks);
void       zifu_import_review_show_state (ZifuImportReview *self, int state);
void       zifu_import_review_take_doubtful (ZifuImportReview *self, gboolean taken);
guint      zifu_import_review_get_n_shown (ZifuImportReview *self);

G_END_DECLS
