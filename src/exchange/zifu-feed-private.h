/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-feed-pass.h"
#include "zifu-ledger-private.h"

G_BEGIN_DECLS

/*
 * ZifuFeedMirror:
 *
 * The rows of a source as they are kept, of one connection and one generation: see zifu-ledger-schema-sync.c.  The statements are prepared
 * once.  Who writes does so inside a transaction of the ledger.
 */
typedef struct {
  ZifuLedger       *ledger;
  gint64            sync_id, gen;
  ZifuProfileAnswer fund_includes_acct, acct_includes_mulaid, hosp_part_within_psn_part;
  sqlite3_stmt     *put, *mark, *unmark; /* owned */
  guint             n_new, n_changed, n_withdrawn;
  char            **regions;   /* owned, nullable: packs that there are */
  gboolean          has_shown; /* movements that people see already */
  guint             n_marks[ZIFU_FEED_CHECK_DIGEST + 1]; /* of the checks that look at everything */
} ZifuFeedMirror;

/* What a source says of everything that it has. */
typedef struct {
  gboolean  has_accounts; /* with the movements of at least one account */
  gboolean  agrees;       /* C5 holds */
  guint     n_accounts;
  ZifuMoney opening, balance; /* of all accounts */
} ZifuFeedTotals;

/* zifu-feed-mirror.c */
ZifuFeedMirror *_zifu_feed_mirror_new (ZifuLedger *ledger, gint64 sync_id, gint64 gen, GError **error);
gboolean        _zifu_feed_mirror_put (ZifuFeedMirror *self, const ZifuFeedRow *row, GError **error);
gboolean        _zifu_feed_mirror_mark (ZifuFeedMirror *self, ZifuFeedCheck check, const char *type, const char *id, const char *field,
                                        const char *time, ZifuMoney expected, ZifuMoney stated, GError **error);
ZifuFeedMark   *_zifu_feed_mark_read (sqlite3_stmt *statement);
gboolean        _zifu_feed_mirror_read_marks (ZifuFeedMirror *self, ZifuFeedVerdict *verdict, GError **error);
void            _zifu_feed_mirror_free (ZifuFeedMirror *self);

/* zifu-feed-checks.c */
ZifuMoney _zifu_feed_money (JsonObject *data, const char *name);
gboolean  _zifu_feed_check_settlement (ZifuFeedMirror *self, const char *id, JsonObject *data, GError **error);
gboolean  _zifu_feed_check_settlements (ZifuFeedMirror *self, GError **error);
gboolean  _zifu_feed_check_pairs (ZifuFeedMirror *self, GError **error);
gboolean  _zifu_feed_check_movements (ZifuFeedMirror *self, GError **error);
gboolean  _zifu_feed_check_months (ZifuFeedMirror *self, GError **error);

/* zifu-feed-totals.c */
gboolean _zifu_feed_check_totals (ZifuFeedMirror *self, JsonObject *checkpoint, ZifuFeedTotals *totals, GError **error);
gboolean _zifu_feed_check_digest (ZifuFeedMirror *self, JsonObject *checkpoint, GError **error);

/* zifu-feed-project.c */
typedef struct {
  ZifuFeedMirror   *mirror;
  const ZifuMember *member;
  ZifuMapping      *mapping;      /* knows kinds by their codes */
  GHashTable       *texts;        /* text -> number (gint64*) */
  GHashTable       *kinds;        /* code, care and direction -> ZifuEntryKind */
  GArray           *moves;        /* of ZifuBalanceMove */
  ZifuDate          from;         /* first day on which something changed; 0 = none */
  ZifuDate          newest;       /* day of the newest row so far */
  ZifuMoney         balance;      /* after it, as long as rows come in order */
  gboolean          in_order;
  gint64            last_old;     /* number of the last entry that was there before */
  gboolean          has_others;   /* the person has rows that may be the same as rows of the source */
  sqlite3_stmt     *insert, *by_key; /* owned */
} ZifuFeedProjection;

gboolean _zifu_feed_project (ZifuFeedMirror *mirror, const ZifuFeedTotals *totals, GError **error);

/* zifu-feed-settlements.c */
gboolean    _zifu_feed_project_settlements (ZifuFeedProjection *self, GError **error);
const char *_zifu_feed_care (const char *med_type);
ZifuEntryKind _zifu_feed_find_kind (ZifuFeedProjection *self, const char *code, const char *med_type, ZifuMoney amount);

/* zifu-feed-document.c */
gboolean _zifu_feed_check_document (ZifuLedger *ledger, const ZifuFeed *feed, GPtrArray *remarks, GError **error);

/* zifu-feed-rest.c */
gboolean _zifu_feed_take_region (ZifuFeedMirror *mirror, gint64 member_id, GError **error);
gboolean _zifu_feed_project_rest (ZifuFeedProjection *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedMirror, _zifu_feed_mirror_free)

G_END_DECLS
