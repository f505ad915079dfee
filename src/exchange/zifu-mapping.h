/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-table.h"

G_BEGIN_DECLS

/**
 * ZifuField:
 * @ZIFU_FIELD_DATE: the day of the entry
 * @ZIFU_FIELD_INCOME: what came in
 * @ZIFU_FIELD_OUTLAY: what went out
 * @ZIFU_FIELD_AMOUNT: what moved, with a sign, or with a direction beside it
 * @ZIFU_FIELD_DIRECTION: in or out, in words
 * @ZIFU_FIELD_BALANCE: what the account held afterwards
 * @ZIFU_FIELD_KIND: what it was, in words
 * @ZIFU_FIELD_CODE: what it was, as acct_incexpd_type
 * @ZIFU_FIELD_INSTITUTION: where
 * @ZIFU_FIELD_NOTE: free text
 * @ZIFU_FIELD_MONTH: month for which a contribution was credited
 * @ZIFU_FIELD_BASE: base of the contribution
 * @ZIFU_FIELD_KEY: number by which the source itself knows the entry
 * @ZIFU_FIELD_PERSON: whose account
 * @ZIFU_FIELD_RELATIVE: who used it
 * @ZIFU_FIELD_ORIGINAL: of a refund: number of the entry that it takes back
 *
 * What a column can be.
 */
typedef enum {
  ZIFU_FIELD_DATE,
  ZIFU_FIELD_INCOME,
  ZIFU_FIELD_OUTLAY,
  ZIFU_FIELD_AMOUNT,
  ZIFU_FIELD_DIRECTION,
  ZIFU_FIELD_BALANCE,
  ZIFU_FIELD_KIND,
  ZIFU_FIELD_CODE,
  ZIFU_FIELD_INSTITUTION,
  ZIFU_FIELD_NOTE,
  ZIFU_FIELD_MONTH,
  ZIFU_FIELD_BASE,
  ZIFU_FIELD_KEY,
  ZIFU_FIELD_PERSON,
  ZIFU_FIELD_RELATIVE,
  ZIFU_FIELD_ORIGINAL,
} ZifuField;
#define ZIFU_N_FIELDS (ZIFU_FIELD_ORIGINAL + 1)

/**
 * ZifuDateOrder:
 * @ZIFU_DATE_AUTO: as the day itself says; where it does not, the line is wrong
 * @ZIFU_DATE_DMY: 03/04/2026 is the 3rd of April
 * @ZIFU_DATE_MDY: 03/04/2026 is the 4th of March
 *
 * What comes first when the year stands last.
 */
typedef enum { ZIFU_DATE_AUTO, ZIFU_DATE_DMY, ZIFU_DATE_MDY } ZifuDateOrder;

/**
 * ZifuNumberForm:
 * @ZIFU_NUMBER_POINT: 1,234.50
 * @ZIFU_NUMBER_COMMA: 1.234,50 and 1 234,50
 *
 * What stands before the fen.
 */
typedef enum { ZIFU_NUMBER_POINT, ZIFU_NUMBER_COMMA } ZifuNumberForm;

/**
 * ZifuKindRule:
 *
 * An entry whose kind, institution or note holds the text is of the kind.
 */
typedef struct {
  char         *text; /* owned */
  ZifuEntryKind kind;
} ZifuKindRule;

/**
 * ZifuMapping:
 *
 * How the columns of a table become entries.
 */
typedef struct {
  char          *name;                   /* nullable: under which it is saved */
  int            columns[ZIFU_N_FIELDS]; /* from 0; -1 = none */
  char          *titles[ZIFU_N_FIELDS];  /* nullable: by which a column is found in other files of the same source */
  gint64         title_line;             /* rows behind this line are entries; 0 = there are no titles */
  ZifuDateOrder  date_order;
  ZifuNumberForm number_form;
  gboolean       plus_is_outlay;         /* ZIFU_FIELD_AMOUNT: 12.50 went out and -12.50 came in */
  gboolean       outlay_is_negative;     /* ZIFU_FIELD_OUTLAY: -12.50 went out */
  GPtrArray     *rules;                  /* of ZifuKindRule; the first one that fits counts */
  guint          confidence;             /* of a guess, in percent; 100 = said by the user, or one of our own files */
  gboolean       own;                    /* one of our own files: free text may stand behind a quote */
  int            own_number;             /* column of our own number of the row, which refunds name; -1 = none */
} ZifuMapping;

ZifuMapping *zifu_mapping_new (void);
ZifuMapping *zifu_mapping_copy (const ZifuMapping *self);
void         zifu_mapping_free (ZifuMapping *self);
void         zifu_mapping_add_rule (ZifuMapping *self, const char *text, ZifuEntryKind kind);
const char  *zifu_field_get_name (ZifuField field);
const char  *zifu_field_get_words (ZifuField field);

ZifuMapping *zifu_mapping_guess (ZifuTable *table);
gboolean     zifu_mapping_bind (ZifuMapping *self, ZifuTable *table, GError **error);
gboolean     zifu_mapping_check (const ZifuMapping *self, GError **error);
char       **zifu_mapping_list_titles (const ZifuMapping *self, ZifuTable *table);
void         zifu_mapping_set_column (ZifuMapping *self, ZifuField field, int column, ZifuTable *table);
void         zifu_mapping_set_title_line (ZifuMapping *self, gint64 line, ZifuTable *table);

char        *zifu_mapping_to_json (const ZifuMapping *self);
ZifuMapping *zifu_mapping_parse (const char *text, gssize length, const char *name, GError **error);
char        *zifu_mapping_default_folder (void);
gboolean     zifu_mapping_save (const ZifuMapping *self, const char *folder, GError **error);
ZifuMapping *zifu_mapping_load (const char *folder, const char *name, GError **error);
gboolean     zifu_mapping_remove (const char *folder, const char *name, GError **error);
char       **zifu_mapping_list (const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuMapping, zifu_mapping_free)

G_END_DECLS
