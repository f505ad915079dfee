/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-exchange.h"

G_BEGIN_DECLS

/**
 * ZifuExportSelection:
 * @member_id: whose account; 0 = everybody's
 * @filter: (nullable): which entries; %NULL = all
 * @first: first day; 0 = from the beginning
 * @last: last day; 0 = to the end
 * @bom: whether a CSV begins with a byte order mark, by which spreadsheet programs know UTF-8
 *
 * What goes into a file.
 */
typedef struct {
  gint64                 member_id;
  const ZifuEntryFilter *filter;
  ZifuDate               first, last;
  gboolean               bom;
} ZifuExportSelection;

/**
 * ZifuExportFormat:
 * @ZIFU_EXPORT_CSV: a table
 * @ZIFU_EXPORT_JSON: a list for programs
 * @ZIFU_EXPORT_JOURNAL: a journal for hledger and ledger
 *
 * What kind of file entries are written to.
 */
typedef enum { ZIFU_EXPORT_CSV, ZIFU_EXPORT_JSON, ZIFU_EXPORT_JOURNAL } ZifuExportFormat;
#define ZIFU_N_EXPORT_FORMATS (ZIFU_EXPORT_JOURNAL + 1)

gboolean           zifu_export_csv (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                                    GError **error);
const char        *zifu_export_kind_name (ZifuEntryKind kind);
char              *zifu_export_csv_unguard (const char *text);
gboolean           zifu_export_journal (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                                        GError **error);
gboolean           zifu_export_json (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                                     GError **error);
void               zifu_export_async (ZifuLedger *ledger, ZifuExportFormat format, const ZifuExportSelection *selection, const char *path,
                                      const ZifuJob *job, GAsyncReadyCallback callback, gpointer user_data);
gboolean           zifu_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
