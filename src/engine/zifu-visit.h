/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"
#include "zifu-value.h"

G_BEGIN_DECLS

/**
 * ZifuBillLine:
 *
 * One line of a bill.  @facts holds every axis of the line, those below included.
 */
typedef struct {
  ZifuFacts   *facts; /* owned */
  ZifuMoney    amount;
  ZifuRational quantity; /* 1 unless stated */
  gboolean     has_out, has_over_limit, has_prior;
  ZifuMoney    out, over_limit, prior;
} ZifuBillLine;

typedef struct {
  char     *payer;
  ZifuMoney amount;
} ZifuPayerAmount;

/**
 * ZifuVisit:
 *
 * A visit to an institution and its bill: either lines, or a total with what is known of its parts.
 */
typedef struct _ZifuVisit ZifuVisit;
struct _ZifuVisit {
  ZifuFacts *facts; /* axes: care, class, place, remote, stay … */
  ZifuDate   date;  /* settlement date */
  char      *pointer; /* where it stands in its file, for messages; "/visit" unless set */

  GArray    *lines; /* of ZifuBillLine; NULL = the bill is given by its parts */
  gboolean   has_total, has_out, has_over_limit, has_prior, has_in_scope, clamp;
  ZifuMoney  total, out, over_limit, prior, in_scope;

  gboolean   has_prepaid;
  ZifuMoney  prepaid;
  GArray    *base_paid; /* nullable, of ZifuPayerAmount: a settlement sheet's base layer */
  gboolean   use_account;
  gboolean   use_mutual_aid;
};

ZifuVisit    *zifu_visit_new (void);
ZifuVisit    *zifu_visit_copy (const ZifuVisit *visit);
void          zifu_visit_free (ZifuVisit *visit);
ZifuBillLine *zifu_visit_add_line (ZifuVisit *visit, ZifuMoney amount);
void          zifu_visit_set_total (ZifuVisit *visit, ZifuMoney total);
void          zifu_visit_set_parts (ZifuVisit *visit, ZifuMoney out, ZifuMoney over_limit, ZifuMoney prior);
void          zifu_visit_add_base_paid (ZifuVisit *visit, const char *payer, ZifuMoney amount);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuVisit, zifu_visit_free)

G_END_DECLS
