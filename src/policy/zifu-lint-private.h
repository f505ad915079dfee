/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-lint.h"
#include "zifu-parse.h"

G_BEGIN_DECLS

/**
 * ZifuLint:
 *
 * A pack under the linter.  @pack is NULL while its structure is looked at.
 */
typedef struct {
  const ZifuPackDocument *document;
  JsonObject             *object;  /* of the document */
  ZifuPath                root;
  ZifuPack               *pack;    /* with everything that it inherits */
  guint                   depth;   /* of the rules that are the document's own */
  GPtrArray              *chain;   /* of ZifuPackDocument, the root first */
  GPtrArray              *remarks; /* of ZifuRemark */
} ZifuLint;

void zifu_lint_add (ZifuLint *lint, ZifuLintSeverity severity, const ZifuPath *path, const ZifuRule *rule, const char *template_,
                    const char *arg1, const char *arg2);
void zifu_lint_head (ZifuLint *lint);
void zifu_lint_rule (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path);
void zifu_lint_content (ZifuLint *lint, const ZifuRule *rule, JsonNode *node, const ZifuPath *path);
void zifu_lint_clashes (ZifuLint *lint);
void zifu_pack_document_check_all (const ZifuPackDocument *document, GPtrArray *errors);

G_END_DECLS
