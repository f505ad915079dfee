/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-engine.h"

G_BEGIN_DECLS

JsonNode  *zifu_json_wrap (JsonObject *object);
void       zifu_json_set_money (JsonObject *object, const char *name, ZifuMoney amount);
void       zifu_json_set_payers (JsonObject *object, const char *name, const GArray *lines);
char      *zifu_json_format_yuan (ZifuRational value);
JsonArray *zifu_trace_to_json (const GArray *trace);
JsonNode  *zifu_settlements_to_json (const GPtrArray *settlements);
JsonNode  *zifu_credit_to_json (const ZifuCredit *credit);
JsonNode  *zifu_amounts_to_json (const GArray *amounts);
JsonNode  *zifu_coverage_to_json (const ZifuCoverage *coverage);

GPtrArray *zifu_json_differences (JsonNode *expected, JsonNode *actual);

G_END_DECLS
