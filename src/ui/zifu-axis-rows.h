/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-engine.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_AXIS_ROWS (zifu_axis_rows_get_type ())
G_DECLARE_FINAL_TYPE (ZifuAxisRows, zifu_axis_rows, ZIFU, AXIS_ROWS, AdwPreferencesGroup)

/*
 * What the rules of a region ask beyond the questions that every region has: a plan, the day of retirement, a family doctor.
 * Nothing has to be answered; what is not stated is not known.  The group hides itself while nothing is asked.
 *
 * Signals: "changed" (): an answer may be different.
 */
GtkWidget *zifu_axis_rows_new (void);
void       zifu_axis_rows_ask_person (ZifuAxisRows *self, const GPtrArray *asked);
void       zifu_axis_rows_ask_visit (ZifuAxisRows *self, ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit);
void       zifu_axis_rows_show (ZifuAxisRows *self, const ZifuFacts *facts);
gboolean   zifu_axis_rows_apply (ZifuAxisRows *self, ZifuFacts *facts);
char      *zifu_axis_rows_dup_problem (ZifuAxisRows *self, GtkWidget **row);

G_END_DECLS
