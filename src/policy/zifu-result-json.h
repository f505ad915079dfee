/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-engine.h"
#include "zifu-json-pen.h"

G_BEGIN_DECLS

JsonNode  *zifu_json_wrap (JsonObject *object);
void       zifu_json_set_money (JsonObject *object, const char *name, ZifuMoney amount);
char      *zifu_json_format_yuan (ZifuRational value);
void       zifu_json_pen_payers (ZifuJsonPen *pen, const char *name, const GArray *lines);
JsonNode  *zifu_json_from_pen (ZifuJsonPen *pen);
void       zifu_trace_write (const GArray *trace, ZifuJsonPen *pen);
void       zifu_settlement_write (const ZifuSettlement *settlement, gboolean with_trace, ZifuJsonPen *pen);
void       zifu_settlements_write (const GPtrArray *settlements, gboolean with_trace, ZifuJsonPen *pen);
JsonNode  *zifu_credit_to_json (const ZifuCredit *credit);
JsonNode  *zifu_amounts_to_json (const GArray *amounts);
JsonNode  *zifu_coverage_to_json (const ZifuCoverage *coverage);

GPtrArray *zifu_json_differences (JsonNode *expected, JsonNode *actual);

G_END_DECLS
