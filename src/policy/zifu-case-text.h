/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

char    *zifu_case_text_new (const char *policy, const ZifuPerson *person, const ZifuVisit *visit);
gboolean zifu_case_text_parse (const char *text, char **policy, ZifuPerson **person, ZifuVisit **visit, GError **error);
char    *zifu_pack_dup_version (const ZifuPack *pack);

G_END_DECLS
