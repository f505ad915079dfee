/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-figure.h"

G_BEGIN_DECLS

/**
 * ZifuRetirement:
 *
 * How far somebody is from benefits in retirement without further contributions (R22).  Whether somebody is retired is a
 * status that the record states; it is never derived from age.
 */
typedef struct {
  gboolean    retired;
  ZifuFigure  need_years;        /* years of contributions in all; amount retire_years */
  ZifuFigure  need_actual_years; /* of them actually paid; amount retire_years_actual */
  int         have_months;       /* paid, with those that count as paid; −1 = not known */
  int         have_actual_months;
  int         missing_months;    /* still to be paid; −1 = cannot be said */
  ZifuMonth   ready;             /* month in which nothing is missing any more, if contributions go on; 0 = cannot be said */
  ZifuCredit *credit;            /* owned, nullable: what is credited to a retired person of the same age */
  GError     *credit_error;      /* owned, nullable */
} ZifuRetirement;

ZifuRetirement *zifu_retirement_new (ZifuPack *pack, const ZifuPerson *person, ZifuDate today);
void            zifu_retirement_free (ZifuRetirement *retirement);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuRetirement, zifu_retirement_free)

G_END_DECLS
