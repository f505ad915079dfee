/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-json.h"

G_BEGIN_DECLS

gboolean    zifu_json_get_month (JsonObject *object, const char *name, const ZifuPath *path, ZifuMonth *out, GError **error);
gboolean    zifu_facts_parse (ZifuFacts *facts, JsonObject *object, const ZifuPath *path, const char *const *reserved,
                              gboolean allow_lists, GError **error);
ZifuPerson *zifu_person_parse (JsonNode *node, const ZifuPath *path, GError **error);
ZifuVisit  *zifu_visit_parse (JsonNode *node, const ZifuPath *path, GError **error);

G_END_DECLS
