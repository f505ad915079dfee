/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-import.h"

G_BEGIN_DECLS

/* More than this is no household's history. */
#define ZIFU_IMPORT_MAX_LINES 5000000

/* How a souc_rid begins that was made here, because the source has no number of its own. */
#define ZIFU_IMPORT_HASH_MARK "h:"

/* A balance with which the records of an account begin, because the file begins in the middle. */
typedef struct {
  gint64    member_id;
  ZifuDate  date;
  ZifuMoney amount;
} ZifuImportOpening;

struct _ZifuImportPlan {
  char         *path;      /* owned */
  char         *file_name; /* owned: without the folder, as people see it */
  char         *hash;      /* owned, nullable */
  ZifuMapping  *mapping;   /* owned, nullable: a feed needs none */
  gint64        member_id; /* 0 = several people */
  ZifuDate      today;
  GPtrArray    *members;   /* of ZifuMember */
  GArray       *lines;     /* of ZifuImportLine */
  GStringChunk *chunk;     /* their texts; equal ones are the same pointer */
  GArray       *openings;  /* of ZifuImportOpening */
  GPtrArray    *remarks;   /* of char* */
  gboolean      falling;   /* the newest line stands first */
};

/* zifu-import.c */
ZifuImportPlan *_zifu_import_plan_new_empty (ZifuLedger *ledger, const char *path, const ZifuImportOptions *options, GError **error);
const char     *_zifu_import_intern (ZifuImportPlan *self, const char *text);
void            _zifu_import_line_init (ZifuImportPlan *self, ZifuImportLine *line, gint64 number);
gboolean        _zifu_import_add_line (ZifuImportPlan *self, const ZifuImportLine *line, GError **error);
void            _zifu_import_mark (ZifuImportLine *line, ZifuLineState state, ZifuLineReason reason, const char *detail);
const ZifuMember *_zifu_import_find_member (ZifuImportPlan *self, gint64 id);
gboolean        _zifu_import_is_named (const ZifuMember *member, const char *name);
gint64          _zifu_import_find_name (ZifuImportPlan *self, const char *name);

/* zifu-import-table.c */
gboolean _zifu_import_read_table (ZifuImportPlan *self, const ZifuImportOptions *options, const ZifuJob *job, GError **error);

/* zifu-import-feed.c */
gboolean _zifu_import_read_feed (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuJob *job, GError **error);

/* zifu-import-known.c */
gboolean _zifu_import_compare (ZifuImportPlan *self, ZifuLedger *ledger, const ZifuJob *job, GError **error);

/* zifu-import-checks.c */
gboolean _zifu_import_check_lines (ZifuImportPlan *self, ZifuLedger *ledger, GError **error);
gboolean _zifu_import_read_begin (ZifuLedger *ledger, gint64 member_id, gboolean *unused, ZifuEntry **opening, GError **error);
gboolean _zifu_import_add_balance_remarks (ZifuImportPlan *self, ZifuLedger *ledger, GPtrArray *remarks, GError **error);

/* zifu-import-words.c */
char *_zifu_import_describe (const ZifuImportLine *line);

G_END_DECLS
