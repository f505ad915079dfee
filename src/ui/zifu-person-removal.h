/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "zifu-session.h"

G_BEGIN_DECLS

/* Taking somebody out of the household: out of sight, or for good. */
char    *zifu_person_removal_dup_body (ZifuSession *session, const ZifuMember *member);
void     zifu_person_removal_async (GtkWindow *parent, ZifuSession *session, const ZifuMember *member, GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean zifu_person_removal_finish (GAsyncResult *result, GError **error);
gboolean zifu_person_removal_can_archive (ZifuSession *session, const ZifuMember *member);
gboolean zifu_person_removal_set_archived (ZifuSession *session, gint64 member_id, gboolean archived, GError **error);

G_END_DECLS
