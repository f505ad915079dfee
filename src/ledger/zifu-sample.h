/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

gboolean zifu_sample_create (ZifuLedger *ledger, ZifuPackLibrary *library, const char *sample_json, gssize length, gboolean chinese,
                             ZifuDate today, GError **error);

G_END_DECLS
