/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "zifu-household.h"
#include "zifu-ledger-private.h"

G_BEGIN_DECLS

#define ZIFU_HOUSEHOLD_FORMAT "zifu-household"
#define ZIFU_HOUSEHOLD_VERSION 1

/*
 * A table of the ledger, as the document shows it.
 */
typedef struct {
  const char *name;
  const char *mine; /* nullable: which rows belong to the person ?1; NULL = none */
  gboolean    is_mirror; /* what a source sent: it stays out of a document by which nobody shall be known */
} ZifuHouseholdTable;

typedef enum { ZIFU_COLUMN_PLAIN, ZIFU_COLUMN_MONEY, ZIFU_COLUMN_TEXT_ID } ZifuColumnKind;

/*
 * A column of a table.  What the ledger keeps as the number of a text is the text itself in the document.
 */
typedef struct {
  char          *name;   /* owned: in the document */
  char          *stored; /* owned: in the table */
  ZifuColumnKind kind;
  gboolean       is_text;
  char          *otherwise; /* owned, nullable: what stands there when the document says nothing, as SQL */
  int            key;       /* place in the primary key, from 1; 0 = none */
} ZifuHouseholdColumn;

/*
 * A value of a row, before it becomes text.
 */
typedef struct {
  const ZifuHouseholdColumn *column;
  gboolean                   is_null;
  gint64                     number;
  char                      *text; /* owned; used when the column is one of text */
} ZifuHouseholdCell;

typedef struct _ZifuDisguise ZifuDisguise;

/* zifu-household-tables.c */
const ZifuHouseholdTable *_zifu_household_tables (guint *n);
gboolean   _zifu_household_is_day (const char *column);
GPtrArray *_zifu_household_columns (ZifuLedger *ledger, const char *table, GError **error);

/* zifu-household-disguise.c */
ZifuDisguise *_zifu_disguise_new (ZifuLedger *ledger, GError **error);
gboolean      _zifu_disguise_row (ZifuDisguise *self, const ZifuHouseholdTable *table, ZifuHouseholdCell *cells, guint n, GError **error);
void          _zifu_disguise_free (ZifuDisguise *self);

/* zifu-json-scanner.c */
typedef struct _ZifuJsonScanner ZifuJsonScanner;

ZifuJsonScanner *_zifu_json_scanner_new (const char *path, GError **error);
gint64           _zifu_json_scanner_get_size (ZifuJsonScanner *self);
gint64           _zifu_json_scanner_get_offset (ZifuJsonScanner *self);
gboolean         _zifu_json_scanner_enter (ZifuJsonScanner *self, char bracket, GError **error);
gboolean         _zifu_json_scanner_next (ZifuJsonScanner *self, char bracket, gboolean *more, GError **error);
gboolean         _zifu_json_scanner_name (ZifuJsonScanner *self, char **name, GError **error);
gboolean         _zifu_json_scanner_value (ZifuJsonScanner *self, JsonNode **value, GError **error);
gboolean         _zifu_json_scanner_finish (ZifuJsonScanner *self, GError **error);
void             _zifu_json_scanner_free (ZifuJsonScanner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuDisguise, _zifu_disguise_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuJsonScanner, _zifu_json_scanner_free)

G_END_DECLS
