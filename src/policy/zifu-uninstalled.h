/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *zifu_uninstalled_find_build (void);
char *zifu_uninstalled_find_sources (void);

G_END_DECLS
