/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-estimator.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_COMPARE_ROW (zifu_compare_row_get_type ())
G_DECLARE_FINAL_TYPE (ZifuCompareRow, zifu_compare_row, ZIFU, COMPARE_ROW, AdwPreferencesRow)

/* What the same visit costs at another institution. */
GtkWidget  *zifu_compare_row_new (const ZifuComparison *comparison);
const char *zifu_compare_row_get_value (ZifuCompareRow *self);

G_END_DECLS
