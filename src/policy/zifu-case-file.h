/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-pack-library.h"

G_BEGIN_DECLS

/**
 * ZifuCompute:
 *
 * What a case file asks for.
 */
typedef enum { ZIFU_COMPUTE_SETTLE, ZIFU_COMPUTE_AMOUNTS, ZIFU_COMPUTE_CREDIT, ZIFU_COMPUTE_COVERAGE } ZifuCompute;

/**
 * ZifuCaseFile:
 *
 * A case file: a pack, a person, one visit or several, and what is expected (policy guide, section on case files).
 */
typedef struct _ZifuCaseFile ZifuCaseFile;

/**
 * ZifuCaseDesk:
 *
 * What one case after the other may be run with.  One thread at a time.
 */
typedef struct _ZifuCaseDesk ZifuCaseDesk;

ZifuCaseDesk *zifu_case_desk_new (void);
void          zifu_case_desk_free (ZifuCaseDesk *desk);
void          zifu_case_desk_set_twice (ZifuCaseDesk *desk, gboolean twice);

ZifuCaseFile *zifu_case_file_load (ZifuPackLibrary *library, const char *path, GError **error);
ZifuCaseFile *zifu_case_file_parse (ZifuPackLibrary *library, const char *text, gssize length, const char *name, GError **error);
void          zifu_case_file_free (ZifuCaseFile *self);
ZifuCompute   zifu_case_file_get_compute (ZifuCaseFile *self);
const char   *zifu_case_file_get_id (ZifuCaseFile *self);
JsonNode     *zifu_case_file_run (ZifuCaseFile *self, GError **error);
gboolean      zifu_case_file_write (ZifuCaseFile *self, ZifuCaseDesk *desk, gboolean with_trace, GString *into, GError **error);
GPtrArray    *zifu_case_file_settle (ZifuCaseFile *self, GError **error);
GPtrArray    *zifu_case_file_check (ZifuCaseFile *self, GError **error);

gboolean      zifu_case_file_get_question (ZifuCaseFile *self, ZifuPack **pack, const ZifuPerson **person, const ZifuVisit **visit,
                                           GError **error);
JsonNode     *zifu_range_to_json (const ZifuRange *range);
JsonNode     *zifu_settlement_to_json (const ZifuSettlement *settlement, gboolean with_trace);
JsonNode     *zifu_json_read_file (const char *path, GError **error);
JsonNode     *zifu_json_read_own (const char *text, gssize length, GError **error);
JsonNode     *zifu_json_read_foreign (const char *text, gsize length, const char *name, GError **error);
JsonNode     *zifu_json_read_text (const char *text, gssize length, const char *name, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCaseFile, zifu_case_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCaseDesk, zifu_case_desk_free)

G_END_DECLS
