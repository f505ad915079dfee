/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-http-private.h"
#include "zifu-sync.h"

G_BEGIN_DECLS

/** ZIFU_SYNC_MAX_BYTES: of a page, decoded. */
#define ZIFU_SYNC_MAX_BYTES (8 * 1024 * 1024)

/*
 * ZifuSyncCall:
 *
 * What the requests of one run share.
 */
typedef struct {
  const ZifuSyncOptions *options;
  GCancellable          *cancellable; /* borrowed, nullable */
  GRand                 *random;      /* owned */
  char                  *token;       /* owned, nullable */
  gboolean               patient;     /* tries again after a pause */
  gint64                 wait_s;      /* for how long the server asked to be left alone when it was BUSY; 0 = not said */
  gint64                 skew_s;      /* clock of the server minus ours, when they are far apart; 0 = they are not */
  guint                  n_entries;
} ZifuSyncCall;

void       _zifu_sync_call_init (ZifuSyncCall *self, const ZifuSyncOptions *options, GCancellable *cancellable);
void       _zifu_sync_call_clear (ZifuSyncCall *self);
void       _zifu_sync_call_tell (ZifuSyncCall *self, const char *stage);
ZifuReply *_zifu_sync_call_get (ZifuSyncCall *self, const char *url, const char *etag, gboolean authorized, GError **error);
gboolean   _zifu_sync_call_pause (ZifuSyncCall *self, guint n_repeats, gint64 retry_after_s, GError **error);

/* _zifu_sync_read_object: Returns: (transfer full) (nullable): the one object of a reply with status 200, or %NULL with an error */
JsonNode  *_zifu_sync_read_object (const ZifuReply *reply, GError **error);
gboolean   _zifu_sync_is_json (const ZifuReply *reply);
char      *_zifu_sync_join (const char *base, const char *path);
/* _zifu_sync_read_text: Returns: a member that is a text of 1 to @max characters; %NULL otherwise */
const char *_zifu_sync_read_text (JsonObject *object, const char *name, gsize max);

ZifuDiscovery  *_zifu_sync_discover (ZifuSyncCall *call, const char *base_url, GError **error);
gboolean        _zifu_sync_adopt (ZifuConnection *connection, const ZifuDiscovery *discovery, GError **error);
ZifuFeedPerson *_zifu_sync_fetch_person (ZifuSyncCall *call, const char *api_base, const char *etag, GError **error);
/* _zifu_sync_hash_person: Returns: (transfer full): what is kept of psn_no to know the person again */
char           *_zifu_sync_hash_person (const char *psn_no);

ZifuFeedVerdict *_zifu_sync_pull (ZifuSyncCall *call, ZifuLedger *ledger, const ZifuConnection *connection, gint64 now, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuSyncCall, _zifu_sync_call_clear)

G_END_DECLS
