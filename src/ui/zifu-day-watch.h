/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-session.h"

G_BEGIN_DECLS

void zifu_day_watch_start (ZifuSession *session);

G_END_DECLS
