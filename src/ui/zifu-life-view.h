/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-ledger-life.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_LIFE_VIEW (zifu_life_view_get_type ())
G_DECLARE_FINAL_TYPE (ZifuLifeView, zifu_life_view, ZIFU, LIFE_VIEW, GtkBox)

/*
 * What happens to somebody around the bills: enrolments, months paid, filings, moves; each can be added, changed, and taken away with a
 * way back.
 */
GtkWidget *zifu_life_view_new (ZifuSession *session, gint64 member_id);
void       zifu_life_view_remove (ZifuLifeView *self, const ZifuLifeEvent *event);
void       zifu_life_view_edit (ZifuLifeView *self, const ZifuLifeEvent *event);
void       zifu_life_view_present (ZifuSession *session, gint64 member_id, GtkWidget *over);

G_END_DECLS
