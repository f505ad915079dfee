/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-json.h"
#include "zifu-pack-library.h"

G_BEGIN_DECLS

ZifuExpr      *zifu_expr_parse (JsonNode *node, const ZifuPath *path, GError **error);
gboolean       zifu_expr_parse_member (JsonObject *object, const char *name, const ZifuPath *path, ZifuExpr **out, GError **error);
gboolean       zifu_round_parse_member (JsonObject *object, const char *name, const ZifuPath *path, ZifuRound *out, gboolean *has,
                                        GError **error);
ZifuCondition *zifu_condition_parse (JsonNode *node, const ZifuPath *path, GError **error);

ZifuRule   *zifu_rule_parse (JsonNode *node, const ZifuPath *path, GError **error);
gboolean    zifu_rule_parse_content (ZifuRule *rule, JsonObject *object, const ZifuPath *path, GError **error);
const char *zifu_rule_fields (ZifuRuleKind kind, gboolean required);
GArray     *zifu_bands_parse (JsonNode *node, const ZifuPath *path, gboolean with_payers, GError **error);

/**
 * ZifuPackDocument:
 *
 * The text of a pack: its root node, and what messages call it.
 */
typedef struct {
  JsonNode *node;    /* owned */
  char     *file;    /* owned, nullable: as messages name it */
  char     *pointer; /* owned: of the pack inside the file */
} ZifuPackDocument;

ZifuPackDocument *zifu_pack_document_new (JsonNode *node, const char *file, const char *pointer);
void              zifu_pack_document_free (ZifuPackDocument *document);
gboolean          zifu_pack_document_check (const ZifuPackDocument *document, GError **error);
const char       *zifu_pack_document_get_id (const ZifuPackDocument *document);
const char       *zifu_pack_document_get_parent (const ZifuPackDocument *document);
ZifuPack         *zifu_pack_build (GPtrArray *chain, GError **error);
gboolean          zifu_pack_library_get_chain (ZifuPackLibrary *library, ZifuPackDocument *leaf, GPtrArray *chain, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuPackDocument, zifu_pack_document_free)

G_END_DECLS
