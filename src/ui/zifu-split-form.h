/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_SPLIT_FORM (zifu_split_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSplitForm, zifu_split_form, ZIFU, SPLIT_FORM, AdwWindow)

/*
 * How much of the account of the person on screen was this year's money on a day, as the insurance's own app shows it.
 *
 * Signal: "saved" (gboolean): stored; FALSE = taken back.
 */
GtkWidget *zifu_split_form_new (ZifuSession *session);
gboolean   zifu_split_form_save (ZifuSplitForm *self);
gboolean   zifu_split_form_drop (ZifuSplitForm *self);

G_END_DECLS
