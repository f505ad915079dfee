/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-import.h"

G_BEGIN_DECLS

/**
 * ZifuFeedRow:
 *
 * The newest state of one row of a feed document.  Belongs to the document.
 */
typedef struct {
  guint       number; /* in the document, from 1 */
  const char *type;
  const char *id;
  gint64      ver;
  gint64      seq;
  gboolean    withdrawn;
  JsonObject *data;   /* nullable */
  const char *raw;    /* nullable: @data, as it stands in the document */
  gsize       raw_length;
} ZifuFeedRow;

/**
 * ZifuFeed:
 *
 * A page of changes as an account's source sends it, or as it lies in a file.
 */
typedef struct {
  JsonNode   *root;       /* owned */
  GPtrArray  *rows;       /* of ZifuFeedRow: each row once */
  gboolean    whole;      /* begins at the beginning and ends at the end */
  gboolean    has_more;
  JsonObject *checkpoint; /* nullable */
  const char *person;     /* nullable: psn_name, when the document says whose it is */
  const char *state;      /* what to ask for next */
  guint       n_entries;
  gint64      before_seq; /* prev_seq of the first row; 0 when there is none */
  gint64      last_seq;   /* seq of the last row; 0 when there is none */
} ZifuFeed;

/** ZIFU_FEED_MAX_BYTES: how long a page may be. */
#define ZIFU_FEED_MAX_BYTES (8 * 1024 * 1024)

/** ZIFU_FEED_MAX_ENTRIES: how many rows a page of a server may hold. */
#define ZIFU_FEED_MAX_ENTRIES 500

ZifuFeed *zifu_feed_parse (const char *text, gsize length, const char *name, GError **error);
ZifuFeed *zifu_feed_parse_page (const char *text, gsize length, GError **error);
gboolean  zifu_feed_check_row (const char *type, JsonObject *data, const char **field);
gboolean  zifu_feed_check_fees (const char *text, gsize length, const char *setl_id, GError **error);
void      zifu_feed_free (ZifuFeed *self);
gboolean  zifu_feed_get_money (JsonObject *data, const char *name, ZifuMoney *amount);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeed, zifu_feed_free)

G_END_DECLS
