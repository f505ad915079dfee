/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_TIE_FORM (zifu_tie_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuTieForm, zifu_tie_form, ZIFU, TIE_FORM, AdwWindow)

/*
 * Allows a relative of the household the use of the account of the person on screen, as far as the rules of the day allow it.
 *
 * Signals: "saved" (gint64 relative): it was stored.
 * Actions: "tie.save" (Ctrl+S).
 */
GtkWidget *zifu_tie_form_new (ZifuSession *session);
GPtrArray *zifu_tie_form_list_candidates (ZifuSession *session);
gboolean   zifu_tie_form_save (ZifuTieForm *self);

G_END_DECLS
