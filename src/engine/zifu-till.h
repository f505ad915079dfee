/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-layer.h"
#include "zifu-scope.h"

G_BEGIN_DECLS

/*
 * The till: one visit while it is settled.  The steps of the policy guide's section on settlement are its functions, in
 * their order; each reads what the earlier ones left here.
 */
typedef struct {
  ZifuRun         *run;
  ZifuContext      context;
  ZifuSettlement  *settlement;
  const ZifuVisit *visit;
  GArray          *purses; /* of ZifuPurse: taken from as the account pays */
  GArray          *mutual; /* of ZifuMutualAccount */

  ZifuRational gate; /* share of the benefits */
  gboolean     account_open, claim;
  GArray      *groups; /* of ZifuSegment: in-scope cost */
  ZifuMoney    part[ZIFU_N_BUCKETS]; /* what the person bears now */
  ZifuMoney    net[ZIFU_N_BUCKETS];  /* the same, after refunds that come after the year */
  const ZifuRule *fixed_visit; /* nullable */
  const ZifuRule *account;     /* nullable */
  GArray      *funds; /* of ZifuFundLine, the hospital's part among them */
} ZifuTill;

gboolean zifu_till_check_axes (ZifuTill *self, GError **error);
gboolean zifu_till_scope (ZifuTill *self, GError **error);
gboolean zifu_till_first_own (ZifuTill *self, GError **error);
gboolean zifu_till_account_first (ZifuTill *self, GError **error);
gboolean zifu_till_layers (ZifuTill *self, GError **error);
gboolean zifu_till_person (ZifuTill *self, GError **error);
gboolean zifu_till_stack (ZifuTill *self, GError **error);

G_END_DECLS
