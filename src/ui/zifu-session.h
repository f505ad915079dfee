/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-ledger.h"
#include "zifu-pack-library.h"
#include "zifu-stated.h"

G_BEGIN_DECLS

#define ZIFU_TYPE_SESSION (zifu_session_get_type ())
G_DECLARE_FINAL_TYPE (ZifuSession, zifu_session, ZIFU, SESSION, GObject)

/*
 * What every page looks at: the ledger, the packs, who is on screen, and which day it is.
 *
 * Properties: "member-id" (gint64, 0 = nobody yet).
 * Signals: "changed" (): somebody else is on screen, or the data of the household changed: ask for everything anew; "stated" (): the
 * person on screen stated something else, data are as they were.
 */
ZifuSession     *zifu_session_new (ZifuLedger *ledger, ZifuPackLibrary *library, ZifuDate today);
ZifuLedger      *zifu_session_get_ledger (ZifuSession *self);
ZifuPackLibrary *zifu_session_get_library (ZifuSession *self);
ZifuDate         zifu_session_get_today (ZifuSession *self);
GDateTime       *zifu_session_dup_now (ZifuSession *self);
void             zifu_session_follow_clock (ZifuSession *self, GDateTime *now);
gint64           zifu_session_get_member_id (ZifuSession *self);
void             zifu_session_set_member_id (ZifuSession *self, gint64 member_id);
ZifuMember      *zifu_session_dup_member (ZifuSession *self);
GPtrArray       *zifu_session_list_members (ZifuSession *self);
ZifuPack        *zifu_session_dup_pack (ZifuSession *self, GError **error);
ZifuPerson      *zifu_session_dup_person (ZifuSession *self, GError **error);
ZifuRecord      *zifu_session_dup_record (ZifuSession *self, GError **error);
gboolean         zifu_session_check_balance (ZifuSession *self, ZifuBalanceBreak *broken);
void             zifu_session_prepare (ZifuSession *self);
void             zifu_session_get_stated (ZifuSession *self, ZifuStated *stated);
void             zifu_session_set_stated (ZifuSession *self, const ZifuStated *stated);
void             zifu_session_emit_changed (ZifuSession *self);

G_END_DECLS
