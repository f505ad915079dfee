/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ZIFU_TYPE_CHOICE_ROW (zifu_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuChoiceRow, zifu_choice_row, ZIFU, CHOICE_ROW, AdwComboRow)

/*
 * A combo row of a string list whose choices are read to their end: the toolkit cuts them after 20 letters, where "Elsewhere, filed
 * long-term" and "Elsewhere, filed for a time" still look alike.  In all else an AdwComboRow.
 */
GtkWidget *zifu_choice_row_new (void);

G_END_DECLS
