/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "zifu-job.h"
#include "zifu-pack-library.h"
#include "zifu-record.h"

G_BEGIN_DECLS

#define ZIFU_LEDGER_ERROR (zifu_ledger_error_quark ())

/**
 * ZifuLedgerError:
 * @ZIFU_LEDGER_ERROR_OPEN: the file cannot be opened or created
 * @ZIFU_LEDGER_ERROR_DAMAGED: the file is not a ledger, or is damaged
 * @ZIFU_LEDGER_ERROR_NEWER: the file was written by a newer program
 * @ZIFU_LEDGER_ERROR_BUSY: another program holds the file
 * @ZIFU_LEDGER_ERROR_FULL: no space left
 * @ZIFU_LEDGER_ERROR_NOT_FOUND: no such person, account or entry
 * @ZIFU_LEDGER_ERROR_INPUT: a value cannot be stored
 * @ZIFU_LEDGER_ERROR_INTERNAL: anything else that SQLite reports
 * @ZIFU_LEDGER_ERROR_DUPLICATE: the row that is imported is there already
 * @ZIFU_LEDGER_ERROR_REFERRED: later entries refer to what would be taken away
 * @ZIFU_LEDGER_ERROR_READ_ONLY: the file was opened for reading only; see zifu_ledger_is_read_only()
 *
 * Why the ledger refused.  Nothing was changed.
 */
typedef enum {
  ZIFU_LEDGER_ERROR_OPEN,
  ZIFU_LEDGER_ERROR_DAMAGED,
  ZIFU_LEDGER_ERROR_NEWER,
  ZIFU_LEDGER_ERROR_BUSY,
  ZIFU_LEDGER_ERROR_FULL,
  ZIFU_LEDGER_ERROR_NOT_FOUND,
  ZIFU_LEDGER_ERROR_INPUT,
  ZIFU_LEDGER_ERROR_INTERNAL,
  ZIFU_LEDGER_ERROR_DUPLICATE,
  ZIFU_LEDGER_ERROR_REFERRED,
  ZIFU_LEDGER_ERROR_READ_ONLY,
} ZifuLedgerError;

/**
 * ZifuProvenance:
 *
 * Where a row came from.  Sample rows are marked as such wherever they are shown.
 */
typedef enum { ZIFU_PROVENANCE_TYPED, ZIFU_PROVENANCE_IMPORTED, ZIFU_PROVENANCE_SYNCED, ZIFU_PROVENANCE_SAMPLE } ZifuProvenance;

/**
 * ZifuMember:
 *
 * A person of the household (table psn_b).  Platform names in the comments.
 */
typedef struct {
  gint64         id;             /* 0 = not stored yet */
  char          *name;           /* psn_name */
  char          *relation;       /* self, spouse, parent, child, sibling, grandparent, grandchild, other: seen from the owner */
  char          *sex;            /* gend: "1" male, "2" female, "0" unknown */
  ZifuDate       birth;          /* brdy; 0 = not known */
  char          *region;         /* insu_admdvs: id of the pack, such as 110000 */
  char          *insurance;      /* insutype: 310, 390 */
  char          *status;         /* active, retired, flexible, resident */
  char          *resident_class; /* nullable: student, minor, working, elderly, or as the region calls it */
  ZifuMoney      base;           /* psn_clctstd, fen a month; −1 = not known */
  gboolean       has_account;
  gboolean       archived;       /* arch_flag: no longer in daily use; filled when read, changed by zifu_ledger_set_archived() */
  ZifuProvenance provenance;
} ZifuMember;

/**
 * ZifuEntryKind:
 *
 * What a row of the history is about: its icon and its filter.
 */
typedef enum {
  ZIFU_ENTRY_CREDIT,
  ZIFU_ENTRY_OUTPATIENT,
  ZIFU_ENTRY_PHARMACY,
  ZIFU_ENTRY_INPATIENT,
  ZIFU_ENTRY_FAMILY,   /* a relative paid from this account */
  ZIFU_ENTRY_TRANSFER,
  ZIFU_ENTRY_REFUND,
  ZIFU_ENTRY_INTEREST,
  ZIFU_ENTRY_PREMIUM,  /* a relative's resident premium */
  ZIFU_ENTRY_OPENING,  /* balance with which the records begin */
  ZIFU_ENTRY_CORRECTION, /* balance that was raised or lowered by hand */
} ZifuEntryKind;
#define ZIFU_N_ENTRY_KINDS (ZIFU_ENTRY_CORRECTION + 1)

/**
 * ZifuEntry:
 *
 * One row of the history.  Append-only: a correction or a refund is a row of its own that names the original.
 */
typedef struct {
  gint64         id;
  gint64         member_id;
  ZifuDate       date;
  ZifuEntryKind  kind;
  char          *incexpd_type;   /* acct_incexpd_type: 101, 103, 107, 109, 201 … */
  ZifuMoney      amount;         /* effect on the account: income > 0, outlay < 0, 0 = account not touched */
  ZifuMoney      balance;        /* balc: of the account after this row */
  char          *institution;    /* nullable: fixmedins_name */
  char          *note;           /* nullable: free text */
  ZifuMonth      for_month;      /* cashym of a credit; 0 = none */
  ZifuMoney      base;           /* base of a credit, fen; −1 = none */
  gint64         relative_id;    /* FAMILY, PREMIUM: who used it; 0 = none */
  char          *relative_name;  /* nullable: filled when read */
  gint64         settlement_id;  /* 0 = none */
  gint64         original_id;    /* init_setl_id: row that this one reverses; 0 = none */
  gint64         reversed_by;    /* filled when read: row that reverses this one; 0 = none */
  ZifuMoney      person_paid;    /* filled when read: psn_part_amt of its settlement; 0 = none */
  ZifuMoney      total;          /* filled when read: medfee_sumamt of its settlement; 0 = none */
  guint          days;           /* filled when read: days of a stay; 0 = none */
  ZifuProvenance provenance;
  char          *souc_rid;       /* nullable: stable key of the row at its source; of one person no two rows have the same */
  gint64         impt_id;        /* filled when read: import that brought it; 0 = none */
} ZifuEntry;

/**
 * ZifuImport:
 *
 * One import (table impt_d): what a file brought, and whether that was undone.
 */
typedef struct {
  gint64   id;
  gint64   member_id; /* whose entries; 0 = of several people */
  char    *time;      /* yyyy-MM-ddTHH:mm:ssZ; the ledger has no clock of its own */
  char    *file_name; /* without the folder */
  char    *file_hash; /* SHA-256 of the file, in hexadecimal */
  char    *mapping;   /* nullable: name of the mapping */
  guint    n_new, n_dup, n_doubt, n_bad;
  gboolean undone;
} ZifuImport;

/**
 * ZifuSettlementRecord:
 *
 * A stored settlement (table setl_d).
 */
typedef struct {
  gint64    id;
  gint64    member_id;
  ZifuDate  date;
  ZifuDate  begin;           /* first day of a stay; else = date */
  char     *care;            /* outpatient, pharmacy, inpatient, special, emergency */
  char     *med_type;        /* 11, 41, 21, 14, 13 */
  char     *institution;     /* fixmedins_name */
  char     *institution_class; /* hosp_lv as our axis class: 3, 2, 1, community, pharmacy */
  char     *region;          /* insu_admdvs: id of the pack by which it was settled */
  ZifuMoney total, out, over_limit, prior, in_scope, deductible, fund_sum, hospital, person, own_account, mutual, cash;
  ZifuMoney balance_before, balance_after;
  GArray   *funds;           /* of ZifuPayerAmount: hifp_pay, hifob_pay … by payer */
  guint     stay;            /* n-th stay of the year; 0 = none */
  gboolean  refunded;        /* refd_setl_flag */
  gboolean  unverified;      /* rested on an unverified figure */
  ZifuProvenance provenance;
  char     *insurance;       /* insutype */
  gint64    unstated;        /* figures that its receipt does not state: 1 << #ZifuBillPart of each */
} ZifuSettlementRecord;

typedef struct {
  ZifuMonth month;
  ZifuMoney income, outlay; /* outlay ≤ 0 */
  ZifuMoney end_balance;
  guint     n_entries;
} ZifuMonthSummary;

/**
 * ZifuYearSummary:
 *
 * What a calendar year brought, as zifu_ledger_list_years() counts.
 */
typedef struct {
  int       year;
  ZifuMoney income, outlay; /* outlay ≤ 0 */
  ZifuMoney end_balance;
  guint     n_entries;
} ZifuYearSummary;

/**
 * ZifuEntryFilter:
 *
 * Which rows of the history are wanted.  All members that are set must hold.
 */
typedef struct {
  gboolean    has_kind;
  ZifuEntryKind kind;
  const char *text;      /* nullable: substring of institution, note or relative, ASCII case and width and blanks around it ignored; or
                          * an amount (1058, 1,058.00); or days (2026-11, 2026年11月24日, 11月24日) */
  ZifuDate    before_date; /* keyset: rows older than (before_date, before_id); 0 = from the newest */
  gint64      before_id;
  guint       kinds;       /* several kinds: 1 << kind of each; 0 = all */
  ZifuDate    from, to;    /* first and last day; 0 = open */
  const char *institution; /* nullable: the whole name of an institution */
  gboolean    has_amount;
  ZifuMoney   amount_from, amount_to; /* size of the movement, whichever way it went */
  const gint64 *member_ids;  /* when whole households are listed: only these people */
  guint       n_member_ids;  /* 0 = everybody */
} ZifuEntryFilter;

/**
 * ZifuEntryPlace:
 *
 * Where a row stands in the history: rows are ordered by day, those of one day by number.
 */
typedef struct {
  ZifuDate date;
  gint64   id; /* of the entry */
} ZifuEntryPlace;

typedef struct {
  gint64    owner_id;    /* whose account */
  gint64    relative_id; /* who may use it */
  gboolean  has_quota;
  ZifuMoney quota;
  ZifuDate  from;
} ZifuMutualTie;

/**
 * ZifuBalanceBreak:
 *
 * The first row at which the entries and the recorded balance do not agree.
 */
typedef struct {
  gint64    entry_id; /* 0 = none: everything agrees */
  ZifuDate  date;
  ZifuMoney recorded, expected;
} ZifuBalanceBreak;

/**
 * ZifuSalvage:
 *
 * What zifu_ledger_salvage() could read of a damaged file, and what it could not.
 */
typedef struct {
  char    *aside; /* where the damaged file lies now; to be freed with zifu_salvage_clear() */
  gboolean readable; /* whether anything could be read at all */
  gint64   people, entries, settlements, contributions; /* saved */
  gint64   lost_people, lost_entries, lost_settlements, lost_contributions; /* at least so many could not be read; −1 = not known */
  gint64   nameless; /* people whose entries were saved but not their names */
} ZifuSalvage;

#define ZIFU_TYPE_LEDGER (zifu_ledger_get_type ())
G_DECLARE_FINAL_TYPE (ZifuLedger, zifu_ledger, ZIFU, LEDGER, GObject)

GQuark      zifu_ledger_error_quark (void);
ZifuLedger *zifu_ledger_open (const char *path, GError **error);
ZifuLedger *zifu_ledger_open_reader (ZifuLedger *self, GError **error);
char       *zifu_ledger_default_path (void);
gboolean    zifu_ledger_is_open_at (const char *path);
gboolean    zifu_ledger_lies_at (const char *path);
const char *zifu_ledger_get_path (ZifuLedger *self);
int         zifu_ledger_get_schema_version (ZifuLedger *self);
gint64      zifu_ledger_get_n_written (ZifuLedger *self);
gboolean    zifu_ledger_is_read_only (ZifuLedger *self);
const char *zifu_ledger_get_read_only_reason (ZifuLedger *self);
void        zifu_ledger_set_cancellable (ZifuLedger *self, GCancellable *cancellable);
GPtrArray  *zifu_ledger_check_laws (ZifuLedger *self, GError **error);
GPtrArray  *zifu_ledger_verify (ZifuLedger *self, GError **error);
GPtrArray  *zifu_ledger_list_copies (ZifuLedger *self);
gboolean    zifu_ledger_salvage (const char *path, const char *stamp, const ZifuJob *job, ZifuSalvage *report, GError **error);

GPtrArray  *zifu_ledger_list_members (ZifuLedger *self, GError **error);
ZifuMember *zifu_ledger_get_member (ZifuLedger *self, gint64 member_id, GError **error);
gint64      zifu_ledger_add_member (ZifuLedger *self, const ZifuMember *member, ZifuMoney opening_balance, ZifuDate on, GError **error);
gboolean    zifu_ledger_update_member (ZifuLedger *self, const ZifuMember *member, GError **error);
gboolean    zifu_ledger_delete_member (ZifuLedger *self, gint64 member_id, GError **error);
gboolean    zifu_ledger_set_archived (ZifuLedger *self, gint64 member_id, gboolean archived, GError **error);
gboolean    zifu_ledger_delete_sample (ZifuLedger *self, GError **error);
gboolean    zifu_ledger_has_sample (ZifuLedger *self, GError **error);

gint64      zifu_ledger_add_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error);
gint64      zifu_ledger_add_settlement (ZifuLedger *self, gint64 member_id, const ZifuVisit *visit, const ZifuSettlement *settlement,
                                        const char *institution, ZifuDate begin, ZifuProvenance provenance, GError **error);
GPtrArray  *zifu_ledger_list_entries (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error);
GArray     *zifu_ledger_list_places (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, guint limit, GError **error);
GPtrArray  *zifu_ledger_read_entries (ZifuLedger *self, const gint64 *ids, guint n_ids, GError **error);
ZifuEntry  *zifu_ledger_get_entry (ZifuLedger *self, gint64 entry_id, GError **error);
ZifuSettlementRecord *zifu_ledger_get_settlement (ZifuLedger *self, gint64 settlement_id, GError **error);
gboolean    zifu_ledger_load_basis (ZifuLedger *self, gint64 settlement_id, ZifuPerson **person, ZifuVisit **visit, GError **error);
GArray     *zifu_ledger_list_months (ZifuLedger *self, gint64 member_id, GError **error);
GArray     *zifu_ledger_list_years (ZifuLedger *self, gint64 member_id, GError **error);
GArray     *zifu_ledger_sum_entries (ZifuLedger *self, gint64 member_id, const ZifuEntryFilter *filter, GError **error);
GPtrArray  *zifu_ledger_list_institutions (ZifuLedger *self, gint64 member_id, GError **error);
gboolean    zifu_ledger_get_size (ZifuLedger *self, gint64 member_id, ZifuDate since, gint64 *n_entries, gint64 *n_bills, GError **error);
gboolean    zifu_ledger_get_balance (ZifuLedger *self, gint64 member_id, ZifuMoney *balance, ZifuDate *as_of, GError **error);
gboolean    zifu_ledger_check_balance (ZifuLedger *self, gint64 member_id, ZifuBalanceBreak *out, GError **error);

gint64      zifu_ledger_begin_import (ZifuLedger *self, const ZifuImport *import, GError **error);
gint64      zifu_ledger_add_import_entry (ZifuLedger *self, const ZifuEntry *entry, GError **error);
gboolean    zifu_ledger_add_import_contribution (ZifuLedger *self, gint64 member_id, ZifuMonth month, ZifuDate paid_on, ZifuMoney base,
                                                 ZifuMoney credited, ZifuProvenance provenance, GError **error);
gboolean    zifu_ledger_commit_import (ZifuLedger *self, const ZifuImport *counts, GError **error);
void        zifu_ledger_abort_import (ZifuLedger *self);
gboolean    zifu_ledger_undo_import (ZifuLedger *self, gint64 import_id, GError **error);
GPtrArray  *zifu_ledger_list_imports (ZifuLedger *self, gint64 member_id, GError **error);
ZifuImport *zifu_ledger_get_import (ZifuLedger *self, gint64 import_id, GError **error);
gboolean    zifu_ledger_link_refund (ZifuLedger *self, gint64 refund_id, gint64 original_id, GError **error);
gboolean    zifu_ledger_find_source (ZifuLedger *self, gint64 member_id, const char *souc_rid, gint64 *entry_id, GError **error);

gboolean    zifu_ledger_set_counter (ZifuLedger *self, gint64 member_id, const char *name, ZifuRational value, ZifuDate since,
                                     GError **error);
gboolean    zifu_ledger_set_axes (ZifuLedger *self, gint64 member_id, const ZifuFacts *facts, GError **error);
gboolean    zifu_ledger_load_axes (ZifuLedger *self, gint64 member_id, ZifuFacts *facts, GError **error);
gboolean    zifu_ledger_set_tie (ZifuLedger *self, const ZifuMutualTie *tie, GError **error);
gboolean    zifu_ledger_end_tie (ZifuLedger *self, gint64 owner_id, gint64 relative_id, GError **error);
GArray     *zifu_ledger_list_ties (ZifuLedger *self, gint64 owner_id, GError **error);
gboolean    zifu_ledger_add_contribution (ZifuLedger *self, gint64 member_id, ZifuMonth month, ZifuDate paid_on, ZifuMoney base,
                                          ZifuMoney credited, ZifuProvenance provenance, GError **error);
ZifuPerson *zifu_ledger_load_person (ZifuLedger *self, gint64 member_id, GError **error);
ZifuPerson *zifu_ledger_load_person_on (ZifuLedger *self, gint64 member_id, ZifuPack *pack, ZifuDate on, GError **error);
ZifuRecord *zifu_ledger_load_record (ZifuLedger *self, gint64 member_id, ZifuDate since, GError **error);

ZifuMember           *zifu_member_new (void);
ZifuMember           *zifu_member_copy (const ZifuMember *member);
void                  zifu_member_free (ZifuMember *member);
gint64                zifu_member_find_owner (GPtrArray *members);
const char           *zifu_member_relation_to (const ZifuMember *person, const ZifuMember *relative);
const char           *zifu_member_place_of (const ZifuMember *person, const ZifuMember *relative);
ZifuEntry            *zifu_entry_new (void);
ZifuEntry            *zifu_entry_copy (const ZifuEntry *entry);
void                  zifu_entry_free (ZifuEntry *entry);
void                  zifu_settlement_record_free (ZifuSettlementRecord *record);
ZifuImport           *zifu_import_new (void);
void                  zifu_import_free (ZifuImport *import);
void                  zifu_salvage_clear (ZifuSalvage *report);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuMember, zifu_member_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuEntry, zifu_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuSettlementRecord, zifu_settlement_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuImport, zifu_import_free)

G_END_DECLS
