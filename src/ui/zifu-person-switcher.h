/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_PERSON_SWITCHER (zifu_person_switcher_get_type ())
G_DECLARE_FINAL_TYPE (ZifuPersonSwitcher, zifu_person_switcher, ZIFU, PERSON_SWITCHER, GtkWidget)

/*
 * Who is on screen, and the household to choose from.
 *
 * Properties: "session" (ZifuSession, nullable), "narrow" (gboolean: the avatar only).
 */
ZifuSession *zifu_person_switcher_get_session (ZifuPersonSwitcher *self);
void         zifu_person_switcher_set_session (ZifuPersonSwitcher *self, ZifuSession *session);
void         zifu_person_switcher_popup (ZifuPersonSwitcher *self);

G_END_DECLS
