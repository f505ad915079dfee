/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-provider.h"

G_BEGIN_DECLS

/* Providers that are known on this computer: files in folders. */
char     **zifu_provider_list_folders (void);
GPtrArray *zifu_provider_list_read (const char *const *folders, GPtrArray *problems);

G_END_DECLS
