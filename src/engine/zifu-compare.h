/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-settle.h"

G_BEGIN_DECLS

/**
 * ZifuAlternative:
 * @person: who; another date may find another share of benefits or another balance
 * @visit: the visit as it would be
 *
 * One way in which a visit could go: another institution, another filing, another day.
 */
typedef struct {
  const ZifuPerson *person;
  const ZifuVisit  *visit;
} ZifuAlternative;

/**
 * ZifuOutcome:
 * @settlement: (nullable): what comes out; %NULL when it is refused
 * @error: (nullable): why it is refused
 * @extra: fen that the person pays more than with the cheapest alternative; 0 when refused
 *
 * What comes of an alternative.
 */
typedef struct {
  ZifuSettlement *settlement;
  GError         *error;
  ZifuMoney       extra;
} ZifuOutcome;

GPtrArray *zifu_compare (ZifuPack *pack, const ZifuAlternative *alternatives, guint n_alternatives);

G_END_DECLS
