/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "zifu-ledger-connections.h"

G_BEGIN_DECLS

/*
 * What the desktop tells of somebody who looks at something else: rows that arrived by themselves, a sign-in that is asked for, a backup
 * that could not be written.  A screen may be seen by others, also a locked one: no name of a person, no amount, no institution.
 */
gboolean zifu_notices_is_watched (GtkApplication *app);
void     zifu_notices_tell_account (GtkApplication *app, const ZifuConnection *connection, guint n_new, gboolean troubled);
void     zifu_notices_withdraw_account (GtkApplication *app, gint64 connection_id);
void     zifu_notices_tell_backup (GtkApplication *app);
void     zifu_notices_withdraw_backup (GtkApplication *app);

G_END_DECLS
