/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"

G_BEGIN_DECLS

ZifuDate zifu_day_text_parse (const char *text);
char    *zifu_time_dup_text (const char *time);

G_END_DECLS
