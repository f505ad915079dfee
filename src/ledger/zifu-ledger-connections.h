/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuConnectionVerdict:
 * @ZIFU_CONNECTION_NEVER: nothing arrived yet
 * @ZIFU_CONNECTION_UNFINISHED: a pass stopped before its last page; what is shown is older
 * @ZIFU_CONNECTION_UNVERIFIED: everything arrived, but the source sent no checkpoint to compare with
 * @ZIFU_CONNECTION_VERIFIED: everything arrived and adds up
 * @ZIFU_CONNECTION_UNRECONCILED: everything arrived and does not add up; @place says where
 *
 * What the checks after the last synchronisation found.
 */
typedef enum {
  ZIFU_CONNECTION_NEVER,
  ZIFU_CONNECTION_UNFINISHED,
  ZIFU_CONNECTION_UNVERIFIED,
  ZIFU_CONNECTION_VERIFIED,
  ZIFU_CONNECTION_UNRECONCILED
} ZifuConnectionVerdict;

typedef enum { ZIFU_PROFILE_UNKNOWN, ZIFU_PROFILE_NO, ZIFU_PROFILE_YES } ZifuProfileAnswer;

/**
 * ZifuConnection:
 *
 * Where the account of one person comes from.  Holds no token and nothing else that is secret.  Times are seconds since 1970 (UTC),
 * 0 = never.
 */
typedef struct {
  gint64                id;          /* sync_id; filled by zifu_ledger_add_connection() */
  gint64                member_id;   /* psn_no of this ledger; one connection for a person */
  char                 *key;         /* owned, nullable: under which the keyring keeps the sign-in; random, says nothing of the person */
  char                 *name;        /* owned: of the provider, for people */
  char                 *base_url;    /* owned: where its discovery document is */
  char                 *issuer;      /* owned, nullable: of tokens */
  char                 *api_base;    /* owned, nullable */
  char                 *client_id;   /* owned: this program, as the issuer knows it */
  ZifuProfileAnswer     fund_includes_acct, acct_includes_mulaid, hosp_part_within_psn_part;
  guint                 max_limit;      /* entries on a page; 0 = not said */
  guint                 min_interval_s; /* between two synchronisations; 0 = not said */
  gboolean              automatic;      /* on start and every few hours */
  gboolean              on_metered;     /* also where data are paid for by volume */
  char                 *consent_expires; /* owned, nullable: RFC 3339 */
  char                 *psn_etag;       /* owned, nullable: of the person's document */
  char                 *psn_digest;     /* owned, nullable: SHA-256 of psn_no at the source: whether it is still the same person */
  gint64                tried_at;       /* last attempt */
  gint64                arrived_at;     /* last time that everything arrived */
  gint64                not_before;     /* the source asked to wait until then */
  ZifuConnectionVerdict verdict;
  char                 *place;          /* owned, nullable: where it does not add up: "C5|310|12.30|12.31", see zifu-feed-verdict.h */
  gint64                verified_at;    /* last time that everything added up */
  ZifuMoney             verified_balance; /* of the personal account, then */
  char                 *problem;        /* owned, nullable: why the last attempt failed, as a ZifuSyncError's nick */
  gint64                clock_skew_s;   /* the provider's clock minus ours when it last answered, when that was much; else 0 */
} ZifuConnection;

ZifuConnection *zifu_connection_new (void);
ZifuConnection *zifu_connection_copy (const ZifuConnection *self);
void            zifu_connection_free (ZifuConnection *self);

gint64          zifu_ledger_add_connection (ZifuLedger *self, const ZifuConnection *connection, GError **error);
ZifuConnection *zifu_ledger_get_connection (ZifuLedger *self, gint64 connection_id, GError **error);
GPtrArray      *zifu_ledger_list_connections (ZifuLedger *self, GError **error);
gboolean        zifu_ledger_update_connection (ZifuLedger *self, const ZifuConnection *connection, GError **error);
gboolean        zifu_ledger_delete_connection (ZifuLedger *self, gint64 connection_id, gboolean with_entries, GError **error);

gboolean        zifu_ledger_get_fees (ZifuLedger *self, gint64 connection_id, const char *source_id, char **etag, char **json,
                                      GError **error);
gboolean        zifu_ledger_put_fees (ZifuLedger *self, gint64 connection_id, const char *source_id, const char *etag, const char *json,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuConnection, zifu_connection_free)

G_END_DECLS
