/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger-connections.h"

G_BEGIN_DECLS

/**
 * ZifuFeedCheck:
 *
 * The checks C1 to C8 that rows of a source must pass.
 */
typedef enum {
  ZIFU_FEED_CHECK_NONE,
  ZIFU_FEED_CHECK_CHAIN = 1,       /* C1: no row is missing between two */
  ZIFU_FEED_CHECK_SETTLEMENT = 2,  /* C2: the parts of a bill add up */
  ZIFU_FEED_CHECK_RED_PAIR = 3,    /* C3: a reversal undoes exactly its original */
  ZIFU_FEED_CHECK_RUNNING = 4,     /* C4: each balance follows from the one before */
  ZIFU_FEED_CHECK_BALANCE = 5,     /* C5: movements and stated balance agree */
  ZIFU_FEED_CHECK_MOVEMENTS = 6,   /* C6: the account moved by what the settlement says */
  ZIFU_FEED_CHECK_MONTHS = 7,      /* C7: no month is paid twice */
  ZIFU_FEED_CHECK_DIGEST = 8       /* C8: counts and digest */
} ZifuFeedCheck;

/**
 * ZifuFeedMark:
 *
 * One place where rows do not fit each other.  Amounts are fen.
 */
typedef struct {
  ZifuFeedCheck check;
  char         *type;     /* owned: of the row, "" = the whole account */
  char         *id;       /* owned: of the row; insutype where the check is of an account */
  char         *field;    /* owned, nullable: the amount, in the platform's name */
  char         *time;     /* owned, nullable: of the row, as the source has it */
  ZifuMoney     expected, stated;
} ZifuFeedMark;

/**
 * ZifuFeedVerdict:
 *
 * What the checks at the end of a pass found.
 */
typedef struct {
  ZifuConnectionVerdict verdict;
  gboolean   needs_full;  /* C1 or C8: everything must be fetched once more */
  GPtrArray *marks;       /* owned, of ZifuFeedMark: at most 1,000; the first one of the worst check stands first */
  guint      n_marks;     /* all of them */
  guint      n_unknown;   /* rows of a type that this program does not know: kept as they are */
  guint      n_new, n_changed, n_withdrawn; /* rows that this pass brought */
} ZifuFeedVerdict;

ZifuFeedVerdict *zifu_feed_verdict_new (void);
void             zifu_feed_verdict_free (ZifuFeedVerdict *self);
void             zifu_feed_mark_free (ZifuFeedMark *self);
const char      *zifu_feed_check_name (ZifuFeedCheck check);
char            *zifu_feed_mark_format (const ZifuFeedMark *self);
char            *zifu_feed_place_describe (const char *place);
char            *zifu_feed_mark_describe (const ZifuFeedMark *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeedVerdict, zifu_feed_verdict_free)

G_END_DECLS
