/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-ledger.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_FEE_GROUP (zifu_fee_group_get_type ())
G_DECLARE_FINAL_TYPE (ZifuFeeGroup, zifu_fee_group, ZIFU, FEE_GROUP, AdwPreferencesGroup)

/*
 * The lines of a bill, as the provider sent them.  Nothing is asked for before somebody says so; what was fetched is kept and shown
 * without a network.  Reading and fetching happen in threads.
 */
GtkWidget *zifu_fee_group_new (void);
void       zifu_fee_group_set_bill (ZifuFeeGroup *self, ZifuLedger *ledger, gint64 connection_id, const char *setl_id);
gboolean   zifu_fee_group_is_busy (ZifuFeeGroup *self);

G_END_DECLS
