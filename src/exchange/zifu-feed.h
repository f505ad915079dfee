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
  gboolean    withdrawn;
  JsonObject *data;   /* nullable */
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
} ZifuFeed;

ZifuFeed *zifu_feed_parse (const char *text, gsize length, const char *name, GError **error);
void      zifu_feed_free (ZifuFeed *self);
gboolean  zifu_feed_get_money (JsonObject *data, const char *name, ZifuMoney *amount);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuFeed, zifu_feed_free)

G_END_DECLS
