/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-pack-library.h"

G_BEGIN_DECLS

/**
 * ZifuLintSeverity:
 * @ZIFU_LINT_UNVERIFIED: a figure that is neither official nor supported by two sources; estimates that use it say so
 * @ZIFU_LINT_INFO: nothing wrong, but good to know
 * @ZIFU_LINT_WARNING: probably not what was meant
 * @ZIFU_LINT_ERROR: the pack cannot be used, or will refuse where it should answer
 *
 * How much a remark matters.
 */
typedef enum { ZIFU_LINT_UNVERIFIED, ZIFU_LINT_INFO, ZIFU_LINT_WARNING, ZIFU_LINT_ERROR } ZifuLintSeverity;

/**
 * ZifuRemark:
 * @where: file and JSON pointer
 * @rule_id: (nullable): the rule that it is about
 * @template_: an English message marked with N_(), with {1}, {2} and {3} for the arguments
 *
 * What the linter has to say about one place of a pack.
 */
typedef struct {
  ZifuLintSeverity severity;
  char            *where;
  char            *rule_id;
  const char      *template_; /* static */
  char            *args[3];
} ZifuRemark;

GPtrArray *zifu_lint_file (ZifuPackLibrary *library, const char *path, GError **error);
GPtrArray *zifu_lint_node (ZifuPackLibrary *library, JsonNode *node, const char *file, GError **error);
void       zifu_remark_free (ZifuRemark *remark);
char      *zifu_remark_format (const ZifuRemark *remark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRemark, zifu_remark_free)

G_END_DECLS
