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

gboolean           zifu_export_csv (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                                    GError **error);
const char *const *zifu_export_csv_columns (void);
const char        *zifu_export_kind_name (ZifuEntryKind kind);
char              *zifu_export_csv_unguard (const char *text);
gboolean           zifu_export_journal (ZifuLedger *ledger, const ZifuExportSelection *selection, const char *path, const ZifuJob *job,
                                        GError **error);

G_END_DECLS
