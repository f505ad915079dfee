/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-cli-ledger.h"
#include "zifu-import.h"

G_BEGIN_DECLS

/**
 * ZifuCliImportResult:
 *
 * What became of an import.
 */
typedef struct {
  gint64      import_id;   /* 0 = nothing was written */
  const char *report_path; /* nullable: where lines that stayed out are */
  gboolean    applied;
} ZifuCliImportResult;

void zifu_cli_tell_plan (ZifuImportPlan *plan, char **remarks, const ZifuCliImportResult *result);
void zifu_cli_tell_plan_json (ZifuImportPlan *plan, char **remarks, const ZifuCliImportResult *result);
int  zifu_cli_list_imports (ZifuLedger *ledger, gint64 member_id, gboolean json);

G_END_DECLS
