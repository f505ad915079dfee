/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-bill-figures.h"
#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuSavedEstimate:
 *
 * An estimate that somebody saved (table presetl_d).  It never changes; it is deleted or kept.
 */
typedef struct {
  gint64           id;                /* 0 = not stored yet */
  gint64           member_id;
  ZifuDate         saved_on;          /* crte_time */
  ZifuDate         date;              /* setl_time: day of the visit */
  char            *care;              /* outpatient, pharmacy, inpatient, special, emergency */
  char            *institution;       /* nullable: fixmedins_name */
  char            *institution_class; /* nullable */
  char            *region;            /* insu_admdvs */
  char            *insurance;         /* insutype */
  char            *policy;            /* id of the pack */
  char            *policy_version;    /* zifu_pack_dup_version() */
  char            *case_text;         /* what it was worked out from: zifu_case_text_parse() */
  char            *note;              /* nullable: memo */
  ZifuBillFigures *figures;           /* all of them stated */
  gboolean         unverified;        /* rested on an unverified figure */
  ZifuProvenance   provenance;
  gint64           settlement_id;     /* filled when read: the settlement that it belongs to, as somebody confirmed; 0 = none */
} ZifuSavedEstimate;

/**
 * ZifuPairState:
 * @ZIFU_PAIR_OPEN: nobody said anything yet
 * @ZIFU_PAIR_CONFIRMED: the estimate was about this settlement
 * @ZIFU_PAIR_REFUSED: it was not
 *
 * What a person said of an estimate and a settlement.
 */
typedef enum { ZIFU_PAIR_OPEN, ZIFU_PAIR_CONFIRMED, ZIFU_PAIR_REFUSED } ZifuPairState;

/** ZIFU_PAIR_LIKELY: from this score on a pair is offered. */
#define ZIFU_PAIR_LIKELY 50

/** ZIFU_PAIR_CLEAR: how much better than the next one the best must be to be called the one. */
#define ZIFU_PAIR_CLEAR 10

/**
 * ZifuPair:
 *
 * An estimate and a settlement that may belong together.  It is only ever offered: what belongs together, people say.
 */
typedef struct {
  gint64        estimate_id, settlement_id;
  guint         score;   /* 0 to 100 */
  gboolean      is_best; /* likely, and clearly better than any other of this estimate */
  ZifuPairState state;
  ZifuDate      date;        /* of the settlement */
  ZifuMoney     total;       /* of the settlement */
  char         *care;        /* of the settlement */
  char         *institution; /* of the settlement; nullable */
} ZifuPair;

ZifuSavedEstimate *zifu_saved_estimate_new (const ZifuMember *member, const ZifuPerson *person, const ZifuVisit *visit,
                                            const ZifuSettlement *settlement, const char *institution, const char *note, ZifuDate today);
ZifuSavedEstimate *zifu_saved_estimate_copy (const ZifuSavedEstimate *estimate);
void               zifu_saved_estimate_free (ZifuSavedEstimate *estimate);
void               zifu_pair_free (ZifuPair *pair);

gint64             zifu_ledger_save_estimate (ZifuLedger *self, const ZifuSavedEstimate *estimate, GError **error);
GPtrArray         *zifu_ledger_list_estimates (ZifuLedger *self, gint64 member_id, GError **error);
ZifuSavedEstimate *zifu_ledger_get_estimate (ZifuLedger *self, gint64 estimate_id, GError **error);
gboolean           zifu_ledger_delete_estimate (ZifuLedger *self, gint64 estimate_id, GError **error);

guint              zifu_pair_score (const ZifuSavedEstimate *estimate, ZifuDate date, const char *care, const char *institution,
                                    const char *institution_class, ZifuMoney total);
GPtrArray         *zifu_ledger_list_pairs (ZifuLedger *self, const ZifuSavedEstimate *estimate, GError **error);
GPtrArray         *zifu_ledger_list_pairs_of_settlement (ZifuLedger *self, gint64 settlement_id, GError **error);
GPtrArray         *zifu_ledger_list_offers (ZifuLedger *self, gint64 member_id, GError **error);
gboolean           zifu_ledger_set_pair (ZifuLedger *self, gint64 estimate_id, gint64 settlement_id, ZifuPairState state, GError **error);

ZifuBillFigures   *zifu_settlement_record_get_figures (const ZifuSettlementRecord *record);
gint64             zifu_ledger_add_receipt (ZifuLedger *self, const ZifuSavedEstimate *about, const ZifuBillFigures *figures, ZifuDate date,
                                            const char *institution, ZifuProvenance provenance, GError **error);
gboolean           zifu_ledger_is_receipt (ZifuLedger *self, gint64 settlement_id);
gint64             zifu_ledger_correct_receipt (ZifuLedger *self, gint64 entry_id, const ZifuSavedEstimate *about,
                                                const ZifuBillFigures *figures, ZifuDate date, const char *institution, const char *note,
                                                gint64 *reversal_id, GError **error);
gboolean           zifu_ledger_withdraw_receipt (ZifuLedger *self, gint64 settlement_id, gint64 reversal_id, gint64 estimate_id,
                                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuSavedEstimate, zifu_saved_estimate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuPair, zifu_pair_free)

G_END_DECLS
