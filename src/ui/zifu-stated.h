/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuStatedPlace:
 * @ZIFU_STATED_PLACE_UNKNOWN: nothing was stated
 * @ZIFU_STATED_PLACE_HOME: where the person is insured
 * @ZIFU_STATED_PLACE_FILED: elsewhere, and filed
 * @ZIFU_STATED_PLACE_UNFILED: elsewhere, and not filed
 * @ZIFU_STATED_PLACE_EMERGENCY: elsewhere, as an emergency
 *
 * Where a payment was refused.
 */
typedef enum {
  ZIFU_STATED_PLACE_UNKNOWN,
  ZIFU_STATED_PLACE_HOME,
  ZIFU_STATED_PLACE_FILED,
  ZIFU_STATED_PLACE_UNFILED,
  ZIFU_STATED_PLACE_EMERGENCY,
} ZifuStatedPlace;

/**
 * ZifuStatedYes:
 *
 * An answer of yes or no, or none yet.
 */
typedef enum { ZIFU_STATED_OPEN, ZIFU_STATED_YES, ZIFU_STATED_NO } ZifuStatedYes;

/**
 * ZifuStated:
 *
 * What a person states of a payment that was refused and what no data can know.  It lives as long as the session and is never stored.
 */
typedef struct {
  ZifuCardState    card;
  ZifuAccountState account;
  ZifuStatedYes    identity_changed;
  ZifuStatedYes    designated, connected;
  ZifuStatedPlace  place;
} ZifuStated;

void  zifu_stated_apply (const ZifuStated *stated, ZifuRecord *record, ZifuDate today);
guint zifu_stated_count (const ZifuStated *stated);

G_END_DECLS
