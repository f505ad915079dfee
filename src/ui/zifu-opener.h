/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-session.h"

G_BEGIN_DECLS

/**
 * ZifuHousehold:
 *
 * An open ledger, the policy packs that belong to it, and what pages look at.
 */
typedef struct {
  ZifuLedger      *ledger;  /* owned */
  ZifuPackLibrary *library; /* owned */
  ZifuSession     *session; /* owned */
} ZifuHousehold;

/* Opening a ledger and making the sample may take long: both happen in a thread, and nobody else uses the ledger meanwhile. */
void           zifu_household_open_async (const char *path, ZifuDate today, gboolean with_sample, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
ZifuHousehold *zifu_household_open_finish (GAsyncResult *result, GError **error);
void           zifu_household_add_sample_async (ZifuLedger *ledger, ZifuPackLibrary *library, ZifuDate today, GCancellable *cancellable,
                                                GAsyncReadyCallback callback, gpointer user_data);
gboolean       zifu_household_add_sample_finish (GAsyncResult *result, GError **error);
void           zifu_household_free (ZifuHousehold *household);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuHousehold, zifu_household_free)

G_END_DECLS
