/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-json.h"
#include "zifu-record.h"

G_BEGIN_DECLS

gboolean zifu_record_parse (ZifuRecord *record, JsonNode *node, const ZifuPath *path, GError **error);

G_END_DECLS
