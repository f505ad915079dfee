/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-mapping.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_IMPORT_RULES (zifu_import_rules_get_type ())
G_DECLARE_FINAL_TYPE (ZifuImportRules, zifu_import_rules, ZIFU, IMPORT_RULES, GtkWidget)

/*
 * By which words an entry is of which kind.
 *
 * Signals: "changed" ().
 */
GtkWidget *zifu_import_rules_new (void);
void       zifu_import_rules_set_mapping (ZifuImportRules *self, ZifuMapping *mapping);
gboolean   zifu_import_rules_add (ZifuImportRules *self, const char *text, ZifuEntryKind kind);

G_END_DECLS
