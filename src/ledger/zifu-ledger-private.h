/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "zifu-ledger-estimates.h"
#include "zifu-ledger-life.h"
#include "zifu-ledger.h"

G_BEGIN_DECLS

typedef struct _ZifuImportRun ZifuImportRun;

typedef struct {
  ZifuDate first, last;
} ZifuSpan;

/* What a search text means in this file. */
typedef struct {
  char       *needle;    /* owned: lower case, plain */
  gboolean    has_letters;
  GArray     *texts;     /* owned: numbers of the texts that contain it */
  GByteArray *bits;      /* owned: the same, a bit each */
  GArray     *relatives; /* owned: people whose name contains it */
  GArray     *spans;     /* owned, of ZifuSpan: days that it names */
  gboolean    has_amount;
  ZifuMoney   amount_from, amount_to;
  gint64      data_version, changes; /* of the file, when it was looked for */
} ZifuSearch;

struct _ZifuLedger {
  GObject     parent_instance;
  sqlite3    *db;       /* owned */
  char       *path;     /* owned */
  int         version;  /* of the schema */
  gboolean    read_only;
  char       *reason;   /* owned, nullable: why it is read-only, for people */
  GCancellable *cancellable; /* owned, nullable: stops what takes long */
  guint       depth;    /* of nested transactions; only the outermost one is a transaction of SQLite */
  gboolean    failed;   /* a nested one was given up: the outermost one must not be committed */
  GHashTable *touched;  /* owned: id of an account (gint64*) -> how far balance and movements were apart before (gint64*) */
  ZifuImportRun *import; /* owned, nullable: the import that is running */
  ZifuSearch *search;   /* owned, nullable: what was found last */
  gboolean    entered;  /* whether the file is among those that this program has open */
  guint64     device, number; /* of the file */
};

/* zifu-ledger-places.c */
void _zifu_ledger_enter (ZifuLedger *self);
void _zifu_ledger_leave (ZifuLedger *self);

/* zifu-ledger-schema.c */
#define ZIFU_LEDGER_SCHEMA_VERSION 10
#define ZIFU_LEDGER_APPLICATION_ID 0x5A696675 /* "Zifu" */
#define ZIFU_BACKUP_APPLICATION_ID 0x5A696642 /* "ZifB": of a backup, which is no ledger until it was restored */
gboolean _zifu_ledger_migrate (ZifuLedger *self, GError **error);
int      _zifu_ledger_create (sqlite3 *db, int version);
gboolean _zifu_ledger_read_version (ZifuLedger *self, int *version, GError **error);

/* zifu-ledger-salvage.c, zifu-ledger-salvage-mend.c */
#define ZIFU_SALVAGE_ASIDE ".damaged-" /* behind the name of a file: it was put aside, and the time follows */
int _zifu_salvage_mend (sqlite3 *db, int version, ZifuSalvage *report);

/* zifu-ledger-schema-life.c */
extern const char _zifu_ledger_life_step[];

/* zifu-ledger-schema-sync.c */
#define ZIFU_LEDGER_SYNC_SINCE 8 /* from this shape on, everything of a source that is read beside its rows is there */
#define ZIFU_SYNC_ROW_COLUMNS \
  "type TEXT NOT NULL CHECK (type <> '')," \
  "id TEXT NOT NULL CHECK (id <> '')," \
  "ver INTEGER NOT NULL," \
  "seq INTEGER NOT NULL," \
  "vali_flag TEXT NOT NULL CHECK (vali_flag IN ('0', '1'))," \
  "fresh INTEGER NOT NULL CHECK (fresh IN (0, 1))," \
  "crte_time TEXT," \
  "inc_sumamt INTEGER," \
  "pay_sumamt INTEGER," \
  "balc INTEGER," \
  "code TEXT," \
  "refer_id TEXT," \
  "insutype TEXT," \
  "json TEXT"
#define ZIFU_SYNC_MARK_COLUMNS \
  "chk INTEGER NOT NULL CHECK (chk BETWEEN 1 AND 8)," \
  "type TEXT NOT NULL," \
  "id TEXT NOT NULL," \
  "field TEXT," \
  "crte_time TEXT," \
  "expected INTEGER NOT NULL," \
  "stated INTEGER NOT NULL"
extern const char _zifu_ledger_sync_step[];
extern const char _zifu_ledger_sync_more_step[];
extern const char _zifu_ledger_sync_clock_step[];

/* zifu-ledger-schema-purses.c */
#define ZIFU_LEDGER_PURSES_SINCE 10
extern const char _zifu_ledger_purses_step[];

/* zifu-ledger-synced.c */
#define ZIFU_SYNC_OPENING_KEY "opening:sync" /* souc_rid of the balance with which a source begins */

typedef struct {
  ZifuDate  date;
  gint64    id;
  ZifuMoney amount; /* by which the balances from this place on move */
  gboolean  lands;  /* the row itself comes to this place from another one: the balance recorded with it says nothing */
} ZifuBalanceMove;

gboolean _zifu_ledger_move_balances (ZifuLedger *self, gint64 member_id, gint64 last_old, GArray *moves, ZifuDate from, GError **error);
gboolean _zifu_ledger_drop_synced (ZifuLedger *self, gint64 member_id, gint64 connection_id, GError **error);

/* zifu-ledger-sql.c */
gboolean      _zifu_ledger_exec (ZifuLedger *self, const char *sql, GError **error);
sqlite3_stmt *_zifu_ledger_prepare (ZifuLedger *self, GError **error, const char *sql, const char *types, ...);
gboolean      _zifu_ledger_bind (ZifuLedger *self, sqlite3_stmt *statement, GError **error, const char *types, ...);
gboolean      _zifu_ledger_run (ZifuLedger *self, GError **error, const char *sql, const char *types, ...);
gboolean      _zifu_ledger_step (ZifuLedger *self, sqlite3_stmt *statement, gboolean *row, GError **error);
gboolean      _zifu_ledger_get_int (ZifuLedger *self, gint64 *value, GError **error, const char *sql, const char *types, ...);
char         *_zifu_ledger_detail (ZifuLedger *self, int code);
void          _zifu_ledger_compact (ZifuLedger *self);
void          _zifu_ledger_set_error (ZifuLedger *self, int code, GError **error);
char         *_zifu_column_text (sqlite3_stmt *statement, int column);
ZifuDate      _zifu_column_date (sqlite3_stmt *statement, int column);
ZifuMonth     _zifu_column_month (sqlite3_stmt *statement, int column);
gint64        _zifu_column_int (sqlite3_stmt *statement, int column, gint64 when_null);
gboolean      _zifu_column_rational (sqlite3_stmt *statement, int column, ZifuRational *value, GError **error);

/* zifu-ledger-axes.c */
const char *_zifu_value_form (const ZifuValue *value);
ZifuValue  *_zifu_column_value (sqlite3_stmt *statement, int form_column, int text_column);

/* zifu-ledger-transaction.c */
gboolean _zifu_ledger_begin (ZifuLedger *self, GError **error);
gboolean _zifu_ledger_end (ZifuLedger *self, gboolean success, GError **error);
gboolean _zifu_ledger_touch (ZifuLedger *self, gint64 member_id, GError **error);

/* zifu-entry.c */
const char *_zifu_entry_kind_name (ZifuEntryKind kind);
gboolean    _zifu_entry_kind_parse (const char *name, ZifuEntryKind *kind);
const char *_zifu_provenance_name (ZifuProvenance provenance);
ZifuProvenance _zifu_provenance_parse (const char *name);

/* zifu-ledger-balance.c */
gboolean _zifu_ledger_read_start (ZifuLedger *self, gint64 member_id, ZifuDate from, ZifuMoney *balance, GError **error);
gboolean _zifu_ledger_shift_balances (ZifuLedger *self, gint64 member_id, ZifuDate from, gint64 last_old, gint64 leaving, GError **error);

/* zifu-ledger-months.c */
typedef struct {
  ZifuMoney income, outlay, adjusted; /* outlay ≥ 0 */
  gint64    n;
} ZifuMonthSums;
gboolean _zifu_month_sums_add (ZifuMonthSums *sums, const ZifuEntry *entry);
gboolean _zifu_ledger_put_month (ZifuLedger *self, gint64 member_id, ZifuMonth month, const ZifuMonthSums *more, GError **error);
gboolean _zifu_ledger_count_months (ZifuLedger *self, gint64 member_id, ZifuMonth from, GError **error);

/* zifu-ledger-search.c */
gboolean _zifu_search_is_blank (const char *text);
gboolean _zifu_ledger_search (ZifuLedger *self, const char *text, GError **error);
gboolean _zifu_ledger_add_functions (ZifuLedger *self, GError **error);
void     _zifu_search_free (ZifuSearch *search);

/* zifu-ledger-texts.c */
gboolean _zifu_ledger_put_text (ZifuLedger *self, const char *text, gint64 *id, GError **error);
gboolean _zifu_ledger_drop_texts (ZifuLedger *self, GError **error);

/* zifu-ledger-entries.c */
gboolean _zifu_ledger_check_entry (const ZifuEntry *entry, GError **error);
gboolean _zifu_ledger_check_account (ZifuLedger *self, const ZifuEntry *entry, GError **error);
sqlite3_stmt *_zifu_ledger_prepare_insert (ZifuLedger *self, GError **error);
gboolean _zifu_ledger_run_insert (ZifuLedger *self, sqlite3_stmt *statement, const ZifuEntry *entry, ZifuMoney balance,
                                  gint64 institution_id, gint64 note_id, gint64 import_id, GError **error);
gint64   _zifu_ledger_insert_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error);

/* zifu-ledger-refunds.c */
gboolean _zifu_ledger_check_refund (ZifuLedger *self, const ZifuEntry *entry, GError **error);
gboolean _zifu_ledger_reverse_settlement (ZifuLedger *self, const ZifuEntry *refund, GError **error);
gboolean _zifu_ledger_count_settlement_again (ZifuLedger *self, const ZifuEntry *original, gint64 refund_id, GError **error);

/* zifu-ledger-withdraw.c */
gboolean _zifu_ledger_check_withdrawal (ZifuLedger *self, const ZifuEntry *entry, GError **error);
GArray  *_zifu_ledger_list_relatives_refunds (ZifuLedger *self, const ZifuEntry *original, GError **error);
gboolean _zifu_ledger_say_again (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, ZifuPairState state, GError **error);

/* zifu-ledger-settlements.c */
const char   *_zifu_med_type_of_care (const char *care);
ZifuEntryKind _zifu_entry_kind_of_care (const char *care);
const char   *_zifu_fund_pay_type (const char *payer, const char *insurance);

/* zifu-ledger-people.c */
gboolean _zifu_ledger_check_contribution (ZifuMonth month, ZifuDate paid_on, ZifuMoney base, ZifuMoney credited, ZifuProvenance provenance,
                                          GError **error);
gboolean _zifu_ledger_put_counter (ZifuLedger *self, gint64 member_id, const char *name, ZifuRational value, ZifuDate since,
                                   GError **error);
gint64   _zifu_ledger_find_mutual_owner (ZifuLedger *self, gint64 relative_id, const char *id, GError **error);

/* zifu-ledger-record.c */
ZifuMovementKind _zifu_movement_kind (ZifuEntryKind kind);

/* zifu-ledger-purses.c */
gboolean _zifu_ledger_divide (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, ZifuPerson *person, GError **error);
gboolean _zifu_ledger_limit_mutual (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, ZifuPerson *person, GError **error);

/* zifu-ledger-life.c */
gboolean _zifu_ledger_load_life (ZifuLedger *self, gint64 member_id, ZifuRecord *record, GError **error);

/* zifu-ledger-spells.c */
gboolean _zifu_ledger_list_spells (ZifuLedger *self, gint64 member_id, GPtrArray *events, GError **error);
gboolean _zifu_ledger_drop_spell (ZifuLedger *self, const ZifuLifeEvent *spell, GError **error);
gboolean _zifu_ledger_insert_spell (ZifuLedger *self, const ZifuLifeEvent *spell, GError **error);

/* zifu-ledger-basis.c */
gboolean _zifu_ledger_insert_basis (ZifuLedger *self, gint64 settlement_id, gint64 member_id, const ZifuPerson *before,
                                    const ZifuVisit *visit, const ZifuSettlement *settlement, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
