/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"

G_BEGIN_DECLS

ZifuDate zifu_day_text_parse (const char *text);

G_END_DECLS
