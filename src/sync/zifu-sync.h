/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-feed-pass.h"
#include "zifu-http.h"
#include "zifu-token-source.h"

G_BEGIN_DECLS

/**
 * ZifuDiscovery:
 *
 * What a provider says of itself before anybody signed in.
 */
typedef struct {
  char             *issuer, *api_base; /* owned */
  guint             max_limit, min_interval_s;
  ZifuProfileAnswer fund_includes_acct, acct_includes_mulaid, hosp_part_within_psn_part;
  gint64            clock_skew_s; /* its clock minus ours, when they are more than 300 s apart; else 0 */
} ZifuDiscovery;

/**
 * ZifuFeedPerson:
 *
 * Whose account it is, and until when it may be read.
 */
typedef struct {
  char *psn_no, *psn_name;      /* owned: of the source */
  char *gend, *brdy;            /* owned, nullable */
  char *consent_expires, *etag; /* owned, nullable */
} ZifuFeedPerson;

/**
 * ZifuSyncProgress:
 * @stage: a text for people
 * @n_entries: rows so far
 */
typedef void (*ZifuSyncProgress) (const char *stage, guint n_entries, gpointer user_data);

/**
 * ZifuSyncOptions:
 *
 * @random: (nullable): seeds the wait between tries; %NULL = from the system
 */
typedef struct {
  ZifuHttp         *http;
  ZifuTokenSource  *tokens;
  GRand            *random;
  guint             wait_unit_ms;   /* 1000; tests make it shorter */
  gint64            now;            /* seconds since 1970; 0 = the clock */
  gboolean          by_hand;        /* the person asked: not_before is said, not the schedule */
  ZifuSyncProgress  progress;
  gpointer          progress_data;
} ZifuSyncOptions;

ZifuDiscovery   *zifu_sync_discover (ZifuHttp *http, const char *base_url, GCancellable *cancellable, GError **error);
void             zifu_discovery_free (ZifuDiscovery *self);
ZifuFeedPerson  *zifu_sync_get_person (const ZifuSyncOptions *options, const char *api_base, const char *etag, GCancellable *cancellable,
                                       GError **error);
void             zifu_feed_person_free (ZifuFeedPerson *self);
ZifuFeedVerdict *zifu_sync_run (ZifuLedger *ledger, gint64 connection_id, const ZifuSyncOptions *options, GCancellable *cancellable,
                                GError **error);
gboolean         zifu_sync_fetch_fees (ZifuLedger *ledger, gint64 connection_id, const char *setl_id, const ZifuSyncOptions *options,
                                       GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuDiscovery, zifu_discovery_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedPerson, zifu_feed_person_free)

G_END_DECLS
