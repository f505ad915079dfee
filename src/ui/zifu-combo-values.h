/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Choices of a row, and the values (of char*) that stand behind them in the same order. */
const char *zifu_combo_values_get (AdwComboRow *row, GPtrArray *values);
gboolean    zifu_combo_values_choose (AdwComboRow *row, GPtrArray *values, const char *value);
void        zifu_combo_values_offer (AdwComboRow *row, GPtrArray **slot, GPtrArray *values, GtkStringList *words, const char *fallback);

G_END_DECLS
