/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-mapping.h"

G_BEGIN_DECLS

/**
 * ZifuLineState:
 * @ZIFU_LINE_NEW: becomes an entry
 * @ZIFU_LINE_DUPLICATE: is there already
 * @ZIFU_LINE_DOUBTFUL: becomes an entry only when somebody says so
 * @ZIFU_LINE_WRONG: cannot become an entry
 *
 * What an import would do with a line.
 */
typedef enum { ZIFU_LINE_NEW, ZIFU_LINE_DUPLICATE, ZIFU_LINE_DOUBTFUL, ZIFU_LINE_WRONG } ZifuLineState;
#define ZIFU_N_LINE_STATES (ZIFU_LINE_WRONG + 1)

/**
 * ZifuLineReason:
 *
 * Why a line is not simply new; zifu_import_plan_describe() has the words.
 */
typedef enum {
  ZIFU_REASON_NONE,
  /* duplicate */
  ZIFU_REASON_KNOWN,         /* was imported or recorded before */
  ZIFU_REASON_TWICE,         /* stands in the file twice, with the same number of its source */
  /* doubtful */
  ZIFU_REASON_SIMILAR,       /* an entry of the same day and amount is there, with another text */
  ZIFU_REASON_BALANCE,       /* the balance beside it does not continue the one before */
  ZIFU_REASON_FUTURE,
  ZIFU_REASON_FAR_PAST,
  ZIFU_REASON_NO_RELATIVE,   /* a relative's payment, and it is not known whose */
  ZIFU_REASON_SUMS,          /* a settlement whose parts do not add up */
  ZIFU_REASON_PAIR,          /* a refund that does not mirror its original */
  ZIFU_REASON_MONTHS,        /* months that overlap */
  /* wrong */
  ZIFU_REASON_BAD_BYTES,
  ZIFU_REASON_NO_DATE,
  ZIFU_REASON_BAD_DATE,
  ZIFU_REASON_NO_SUCH_DAY,
  ZIFU_REASON_DAY_OR_MONTH,
  ZIFU_REASON_SHORT_YEAR,
  ZIFU_REASON_NO_AMOUNT,
  ZIFU_REASON_BAD_AMOUNT,
  ZIFU_REASON_DECIMALS,
  ZIFU_REASON_TOO_LARGE,
  ZIFU_REASON_BOTH,          /* income and outlay at once */
  ZIFU_REASON_DIRECTION,     /* in or out is not known */
  ZIFU_REASON_BAD_MONTH,
  ZIFU_REASON_NO_ACCOUNT,    /* the person has none, and money moved */
  ZIFU_REASON_OTHER_PERSON,
  ZIFU_REASON_NO_PERSON,     /* nobody of this name is in the household */
  ZIFU_REASON_KEY_AGAIN,     /* the source's number is there already, with another day or amount */
  ZIFU_REASON_SUM_ROW,       /* a line of sums */
  ZIFU_REASON_TITLE_ROW,     /* titles once more */
  ZIFU_REASON_WITHDRAWN,     /* the source took the row back */
  ZIFU_REASON_UNKNOWN_TYPE,  /* a row of a feed that is kept elsewhere */
  ZIFU_REASON_BAD_ROW,       /* a row of a feed without what it must have */
} ZifuLineReason;

/**
 * ZifuImportLine:
 *
 * A line of the file, as it would become an entry.  Texts belong to the plan.
 */
typedef struct {
  gint64         line;        /* in the file, from 1 */
  ZifuLineState  state;
  ZifuLineReason reason;
  int            column;      /* which cell is meant, from 1; 0 = none */
  gboolean       taken;       /* whether it becomes an entry */
  ZifuEntryKind  kind;
  gint64         member_id;
  gint64         relative_id; /* 0 = none */
  ZifuDate       date;
  ZifuMonth      month;       /* 0 = none */
  ZifuMoney      amount;      /* fen; income > 0, outlay < 0 */
  ZifuMoney      balance;     /* fen, as the file says; only with has_balance */
  ZifuMoney      base;        /* fen; -1 = none */
  gboolean       has_balance;
  gboolean       is_month;    /* a month of contributions, not an entry */
  gboolean       own_key;     /* souc_rid is the source's own */
  const char    *institution; /* nullable */
  const char    *note;        /* nullable */
  const char    *code;        /* nullable: acct_incexpd_type */
  const char    *souc_rid;    /* nullable: only when it is wrong */
  const char    *number;      /* nullable: our own number of the row in one of our own files */
  const char    *original;    /* nullable: of a refund: souc_rid of what it takes back */
  guint          original_line; /* the line of what it takes back, from 1; 0 = not in this file */
  gint64         entry_id;    /* the entry that it is already, or became; 0 = none */
  const char    *detail;      /* nullable: what the reason is about: the cell, a name, a balance */
  const char    *raw;         /* nullable: the whole line, when it is wrong */
} ZifuImportLine;

/**
 * ZifuImportOptions:
 *
 * How a file is imported.
 */
typedef struct {
  gint64             member_id; /* whose account; 0 = as the column of names says */
  const ZifuMapping *mapping;   /* nullable: guessed */
  ZifuTableOptions   table;
  ZifuDate           today;
} ZifuImportOptions;

/**
 * ZifuImportPlan:
 *
 * What an import would do, line by line.  Nothing was written yet.
 */
typedef struct _ZifuImportPlan ZifuImportPlan;

ZifuImportPlan       *zifu_import_plan_new (ZifuLedger *ledger, const char *path, const ZifuImportOptions *options, const ZifuJob *job,
                                            GError **error);
void                  zifu_import_plan_free (ZifuImportPlan *self);
const char           *zifu_import_plan_get_file_name (ZifuImportPlan *self);
const ZifuMapping    *zifu_import_plan_get_mapping (ZifuImportPlan *self);
guint                 zifu_import_plan_get_n_lines (ZifuImportPlan *self);
const ZifuImportLine *zifu_import_plan_get_line (ZifuImportPlan *self, guint i);
guint                 zifu_import_plan_count (ZifuImportPlan *self, ZifuLineState state);
guint                 zifu_import_plan_count_taken (ZifuImportPlan *self);
void                  zifu_import_plan_set_taken (ZifuImportPlan *self, guint i, gboolean taken);
void                  zifu_import_plan_take_doubtful (ZifuImportPlan *self, gboolean taken);
char                 *zifu_import_plan_describe (ZifuImportPlan *self, guint i);
char                **zifu_import_plan_list_remarks (ZifuImportPlan *self, ZifuLedger *ledger, GError **error);
gboolean              zifu_import_is_household (const char *path);
gboolean              zifu_import_is_document (const char *path);
const char           *zifu_line_state_get_name (ZifuLineState state);
const char           *zifu_line_reason_get_name (ZifuLineReason reason);

char                 *zifu_import_plan_find_report_path (ZifuImportPlan *self);
gboolean              zifu_import_plan_write_report (ZifuImportPlan *self, const char *path, GError **error);
gboolean              zifu_import_apply (ZifuImportPlan *self, ZifuLedger *ledger, const char *time, const char *report_path,
                                         const ZifuJob *job, gint64 *import_id, GError **error);

void                  zifu_import_plan_async (const char *ledger_path, const char *path, const ZifuImportOptions *options,
                                              const ZifuJob *job,
                                              GAsyncReadyCallback callback, gpointer user_data);
ZifuImportPlan       *zifu_import_plan_finish (GAsyncResult *result, GError **error);
void                  zifu_import_apply_async (ZifuImportPlan *self, const char *ledger_path, const char *time, const char *report_path,
                                               const ZifuJob *job, GAsyncReadyCallback callback, gpointer user_data);
gboolean              zifu_import_apply_finish (GAsyncResult *result, gint64 *import_id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuImportPlan, zifu_import_plan_free)

G_END_DECLS
