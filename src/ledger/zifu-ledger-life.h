/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

G_BEGIN_DECLS

/**
 * ZifuLifeKind:
 * @ZIFU_LIFE_ENROLMENT: an enrolment in an insurance, beside the one that the person is entered with, or the same with its days
 * @ZIFU_LIFE_SPELL: months for which contributions were paid
 * @ZIFU_LIFE_FILING: a filing for care elsewhere
 * @ZIFU_LIFE_MOVE: a transfer of the insurance relation
 *
 * What happens to somebody around the bills.
 */
typedef enum { ZIFU_LIFE_ENROLMENT, ZIFU_LIFE_SPELL, ZIFU_LIFE_FILING, ZIFU_LIFE_MOVE } ZifuLifeKind;
#define ZIFU_N_LIFE_KINDS (ZIFU_LIFE_MOVE + 1)

/**
 * ZifuLifeEvent:
 *
 * One of them (tables psn_insu_d, psn_clct_detl_d, psn_filg_d, psn_tras_d).
 */
typedef struct {
  ZifuLifeKind  kind;
  gint64        id;            /* 0 = not stored yet; a spell has none: it is known by its months */
  gint64        member_id;
  char         *region;        /* nullable: where enrolled, place of care, or where to: code of a region or its first two digits */
  ZifuDate      from;          /* first day; of a move: when it was requested; of a spell: a day of its first month */
  ZifuDate      to;            /* last day, 0 = open; of a spell: a day of its last month */
  char         *insurance;     /* ENROLMENT: 310 or 390 */
  gboolean      paid;          /* ENROLMENT: contributions are being paid */
  gboolean      place_of_work; /* ENROLMENT: where the person works, studies or usually lives */
  char         *filing;        /* FILING: filed_long, filed_temp or referred */
  ZifuMoveState state;         /* MOVE */
  gboolean      account_there_known, account_there; /* MOVE: whether there are personal accounts there */
  ZifuDate      paid_on;       /* SPELL: day on which all of it was paid; 0 = each month in time */
  ZifuMoney     base;          /* SPELL: fen a month; −1 = not known */
  ZifuMoney     credited;      /* SPELL: fen of each month that went to the account; −1 = not known */
  ZifuProvenance provenance;   /* SPELL: months that were imported are not changed by hand */
} ZifuLifeEvent;

GPtrArray     *zifu_ledger_list_life (ZifuLedger *self, gint64 member_id, GError **error);
gboolean       zifu_ledger_replace_life (ZifuLedger *self, const ZifuLifeEvent *before, ZifuLifeEvent *after, GError **error);
gboolean       zifu_ledger_load_filings (ZifuLedger *self, gint64 member_id, ZifuRecord *record, GError **error);

ZifuLifeEvent *zifu_life_event_new (ZifuLifeKind kind, gint64 member_id);
ZifuLifeEvent *zifu_life_event_copy (const ZifuLifeEvent *event);
void           zifu_life_event_free (ZifuLifeEvent *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuLifeEvent, zifu_life_event_free)

G_END_DECLS
