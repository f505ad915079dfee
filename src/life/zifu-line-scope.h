/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuLineSource:
 * @ZIFU_LINE_STATED: the line says itself what of it is out of scope
 * @ZIFU_LINE_JUDGED: it does not, and the rules of the region tell
 * @ZIFU_LINE_NO_CATEGORY: it does not, and says no category either
 * @ZIFU_LINE_NO_KIND: the rules go by the kind of item, which the line does not say
 * @ZIFU_LINE_NOT_FOUND: the rules cannot tell, see the error
 *
 * Where it is known from what of a line of a bill is out of scope.
 */
typedef enum {
  ZIFU_LINE_STATED,
  ZIFU_LINE_JUDGED,
  ZIFU_LINE_NO_CATEGORY,
  ZIFU_LINE_NO_KIND,
  ZIFU_LINE_NOT_FOUND,
} ZifuLineSource;

/**
 * ZifuLineScope:
 *
 * What of a line of a bill the fund leaves out.  Amounts are fen, below 0 on a return, and 0 where it is not known.
 */
typedef struct {
  ZifuLineSource  source;
  ZifuMoney       out, over_limit, prior;
  const ZifuRule *rule;  /* nullable, owned by the pack: by which it was judged */
  GError         *error; /* owned, nullable: of ZIFU_LINE_NOT_FOUND */
} ZifuLineScope;

void     zifu_line_scope_find (ZifuPack *pack, const ZifuPerson *person, const ZifuVisit *visit, guint i, ZifuLineScope *scope);
gboolean zifu_line_scope_is_known (const ZifuLineScope *scope);
void     zifu_line_scope_clear (ZifuLineScope *scope);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuLineScope, zifu_line_scope_clear)

G_END_DECLS
