/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-context.h"

G_BEGIN_DECLS

const ZifuFace *zifu_face_find (const ZifuRun *run);
void            zifu_face_remember (const ZifuRun *run, ZifuView *view, const ZifuRoute *route, guint stay);

G_END_DECLS
