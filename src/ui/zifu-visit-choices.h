/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/*
 * What the rules of a region let a person choose for a visit: values of axes, and their words.
 *
 * The functions that list give (element-type utf8) arrays without a terminator.
 */
GPtrArray  *zifu_choices_kinds (void);
GPtrArray  *zifu_choices_institutions (ZifuPack *pack, const char *care);
GPtrArray  *zifu_choices_places (ZifuPack *pack);
GPtrArray  *zifu_choices_provinces (ZifuPack *pack);
GPtrArray  *zifu_choices_values (ZifuPack *pack, const char *axis);
const char *zifu_choices_kind_label (const char *care);
char       *zifu_choices_label (const char *axis, const char *value);
char       *zifu_choices_sentence (const char *text);
char       *zifu_choices_place_label (const char *remote, ZifuPack *pack);
gboolean    zifu_choices_knows (ZifuPack *pack, const char *axis, const char *value);
gboolean    zifu_choices_uses_axis (ZifuPack *pack, const char *axis);
guint       zifu_choices_next_stay (ZifuPack *pack, const ZifuPerson *person, ZifuDate on);

G_END_DECLS
