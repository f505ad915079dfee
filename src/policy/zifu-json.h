/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-path.h"

G_BEGIN_DECLS

/** ZIFU_JSON_MAX_DEPTH: how deeply lists and objects may be nested in a file. */
#define ZIFU_JSON_MAX_DEPTH 64

/** ZIFU_JSON_MAX_BYTES: the size above which a file is refused. */
#define ZIFU_JSON_MAX_BYTES (64 * 1024 * 1024)

/**
 * ZifuJsonStyle:
 * @ZIFU_JSON_LINE: on one line, with blanks after ',' and ':'
 * @ZIFU_JSON_PRETTY: one member a line, one blank of indentation a level
 * @ZIFU_JSON_CANONICAL: members sorted, no blanks: equal text means equal content
 *
 * How zifu_json_write() lays a document out.
 */
typedef enum { ZIFU_JSON_LINE, ZIFU_JSON_PRETTY, ZIFU_JSON_CANONICAL } ZifuJsonStyle;

char    *zifu_json_read_bytes (const char *path, gsize *length, GError **error);
char    *zifu_json_write (JsonNode *node, ZifuJsonStyle style);

JsonObject *zifu_json_to_object (JsonNode *node, const ZifuPath *path, GError **error);
JsonArray  *zifu_json_to_array (JsonNode *node, const ZifuPath *path, GError **error);
const char *zifu_json_to_string (JsonNode *node, const ZifuPath *path, GError **error);
gboolean    zifu_json_to_int (JsonNode *node, const ZifuPath *path, gint64 *out, GError **error);
gboolean    zifu_json_to_date (JsonNode *node, const ZifuPath *path, ZifuDate *out, GError **error);
gboolean    zifu_json_to_money (JsonNode *node, const ZifuPath *path, ZifuMoney *out, GError **error);
gboolean    zifu_json_to_number (JsonNode *node, const ZifuPath *path, ZifuRational *out, GError **error);
ZifuValue  *zifu_json_to_value (JsonNode *node, const ZifuPath *path, gboolean allow_list, GError **error);
char      **zifu_json_to_strv (JsonNode *node, const ZifuPath *path, GError **error);
gboolean    zifu_json_to_text (JsonNode *node, const ZifuPath *path, ZifuText *out, GError **error);

gboolean    zifu_json_to_reason (JsonNode *node, const ZifuPath *path, char **english, char **chinese, GError **error);

const char *zifu_json_peek_string (JsonObject *object, const char *name);

gboolean zifu_json_check_fields (JsonObject *object, const ZifuPath *path, const char *required, const char *optional, GError **error);
gboolean zifu_json_get_string (JsonObject *object, const char *name, const ZifuPath *path, char **out, GError **error);
gboolean zifu_json_get_boolean (JsonObject *object, const char *name, const ZifuPath *path, gboolean *out, GError **error);
gboolean zifu_json_get_date (JsonObject *object, const char *name, const ZifuPath *path, ZifuDate *out, GError **error);
gboolean zifu_json_get_money (JsonObject *object, const char *name, const ZifuPath *path, gboolean *has, ZifuMoney *out, GError **error);
gboolean zifu_json_get_choice (JsonObject *object, const char *name, const ZifuPath *path, const char *const *choices, int *out,
                               GError **error);
gboolean zifu_json_choose (JsonNode *node, const ZifuPath *path, const char *const *choices, int *out, GError **error);

G_END_DECLS
