/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-mapping.h"

G_BEGIN_DECLS

/* Between the titles of two rows. */
#define ZIFU_MAPPING_STROKE " / "

/* zifu-mapping.c */
char  *_zifu_mapping_normalise (const char *title);
char **_zifu_mapping_titles (const GPtrArray *head, guint first, guint n_rows);

/* zifu-mapping-words.c */
guint         _zifu_mapping_rate_title (const char *title, ZifuField *field, gboolean *own);
ZifuEntryKind _zifu_mapping_find_kind (const ZifuMapping *self, const char *kind, const char *code, const char *institution,
                                       const char *note, ZifuMoney amount);
int           _zifu_mapping_find_direction (const char *text);
gboolean      _zifu_mapping_is_sum (const ZifuTableRow *row);

G_END_DECLS
