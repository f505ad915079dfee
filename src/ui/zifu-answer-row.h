/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-answers.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_ANSWER_ROW (zifu_answer_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuAnswerRow, zifu_answer_row, ZIFU, ANSWER_ROW, AdwExpanderRow)

/*
 * A question of the Guide with its answer; expanded, what it means for this person, every cause that applies, why, what to do, where to go,
 * what to bring, and where it is written.
 *
 * Signals: "estimate" (gint64 bill): go and estimate with a bill of so many fen.
 */
GtkWidget        *zifu_answer_row_new (ZifuAnswer *answer);
const ZifuAnswer *zifu_answer_row_get_answer (ZifuAnswerRow *self);
void              zifu_answer_row_set_answer (ZifuAnswerRow *self, ZifuAnswer *answer);
void              zifu_answer_row_ask (ZifuAnswerRow *self, ZifuSession *session);

G_END_DECLS
