/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-answers.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_ANSWER_ROW (zifu_answer_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuAnswerRow, zifu_answer_row, ZIFU, ANSWER_ROW, AdwExpanderRow)

/*
 * A question of the Guide with its answer; expanded, what it means for this person, why, and where it is written.
 *
 * Signals: "estimate" (gint64 bill): go and estimate with a bill of so many fen.
 */
GtkWidget        *zifu_answer_row_new (ZifuAnswer *answer);
const ZifuAnswer *zifu_answer_row_get_answer (ZifuAnswerRow *self);

G_END_DECLS
