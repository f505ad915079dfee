/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-account-facts.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_FAMILY_GROUP (zifu_family_group_get_type ())
G_DECLARE_FINAL_TYPE (ZifuFamilyGroup, zifu_family_group, ZIFU, FAMILY_GROUP, AdwPreferencesGroup)

/*
 * Family mutual aid of the person on screen: who may use the account and what they used, whose accounts the person may use, and how to
 * allow and to end it.
 *
 * Signals: "toast" (AdwToast): to be shown; it offers to undo what was done.
 */
void zifu_family_group_set_session (ZifuFamilyGroup *self, ZifuSession *session);
void zifu_family_group_show (ZifuFamilyGroup *self, const ZifuAccountFacts *facts);
void zifu_family_group_end (ZifuFamilyGroup *self, gint64 relative_id);
void zifu_family_group_allow (ZifuFamilyGroup *self);

G_END_DECLS
