/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_PERSON_FORM (zifu_person_form_get_type ())
G_DECLARE_FINAL_TYPE (ZifuPersonForm, zifu_person_form, ZIFU, PERSON_FORM, AdwWindow)

/*
 * Enter or edit a person of the household.
 *
 * Actions: "form.save" checks and stores, "form.delete" asks first.
 * Signals: "saved" (gint64 member): the person was stored; the form is about to close.
 */
GtkWidget *zifu_person_form_new (ZifuSession *session, gint64 member_id);
gboolean   zifu_person_form_save (ZifuPersonForm *self);

G_END_DECLS
