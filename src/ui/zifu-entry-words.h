/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/* Words and icons for what the ledger stores: persons, entries, errors. */
const char *zifu_entry_kind_icon (ZifuEntryKind kind);
const char *zifu_entry_kind_name (ZifuEntryKind kind);
const char *zifu_entry_kind_filter (ZifuEntryKind kind);
char       *zifu_entry_dup_title (const ZifuEntry *entry, const char *relative);
char       *zifu_entry_dup_detail (const ZifuEntry *entry, ZifuDate original_date, gboolean with_month);
gboolean    zifu_entry_is_cash_only (const ZifuEntry *entry);
char       *zifu_entry_dup_accessible (const ZifuEntry *entry, const char *relative);
char       *zifu_credit_dup_formula (ZifuMoney base, ZifuMoney amount);

const char *zifu_relation_name (const char *relation, const char *sex);
char       *zifu_member_dup_title (const ZifuMember *member);
char       *zifu_member_dup_detail (const ZifuMember *member, const char *region);
const char *zifu_provenance_name (ZifuProvenance provenance);

char       *zifu_ui_error_text (const GError *error);

G_END_DECLS
