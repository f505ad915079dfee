/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-engine.h"

G_BEGIN_DECLS

/**
 * ZifuBenefitSketch:
 * @known: the engine could settle such a visit; the other members mean something only then
 * @has_share: the funds would pay something; @share of the first cost above the deductible
 * @rises: a larger bill gets a greater share
 * @has_deductible: there is a deductible; @need and @met in fen
 * @counter: (nullable): counter that remembers the deductible over the year; owned by the pack
 * @has_cap: there is a yearly cap of the first fund; @limit and @used in fen
 * @cap_on_cost: the cap counts cost, not what the fund paid
 * @has_next: a layer pays above the cap; @next_share of the cost by @next_payer (owned by the pack)
 * @above: (nullable): why nothing can be said of very large bills, such as a cap that was not found; then what is here is of smaller ones
 *
 * What one kind of care is entitled to, read off a settlement of an invented visit.
 */
typedef struct {
  gboolean     known;
  gboolean     has_share, rises;
  ZifuRational share;
  gboolean     has_deductible;
  ZifuMoney    need, met;
  char        *counter;
  gboolean     has_cap, cap_on_cost;
  ZifuMoney    limit, used;
  gboolean     has_next;
  ZifuRational next_share;
  char        *next_payer;
  gboolean     unverified, cap_unverified, next_unverified;
  GError      *above; /* owned */
} ZifuBenefitSketch;

gboolean zifu_benefit_sketch_make (ZifuPack *pack, const ZifuPerson *person, const char *care, const char *institution_class, ZifuDate on,
                                   ZifuBenefitSketch *sketch, GError **error);
void     zifu_benefit_sketch_clear (ZifuBenefitSketch *sketch);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuBenefitSketch, zifu_benefit_sketch_clear)

G_END_DECLS
