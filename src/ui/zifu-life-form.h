/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-ledger-life.h"
#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_LIFE_FORM (zifu_life_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuLifeForm, zifu_life_form, ZIFU, LIFE_FORM, AdwWindow)

/*
 * Enter or change an enrolment, months that were paid, a filing or a move.
 *
 * Actions: "life.save" checks and stores.
 * Signals: "saved" (gpointer before, gpointer after): it was stored; what stood there (ZifuLifeEvent, nullable) and what stands there now.
 */
GtkWidget *zifu_life_form_new (ZifuSession *session, const ZifuLifeEvent *event);
gboolean   zifu_life_form_save (ZifuLifeForm *self);

G_END_DECLS
