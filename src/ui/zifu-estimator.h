/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "zifu-estimator-cover.h"
#include "zifu-session.h"

G_BEGIN_DECLS

/**
 * ZifuEstimateState:
 * @ZIFU_ESTIMATE_EMPTY: nothing to settle yet
 * @ZIFU_ESTIMATE_READY: the settlement belongs to the visit
 * @ZIFU_ESTIMATE_STALE: the visit cannot be used as typed; the settlement is the last good one
 * @ZIFU_ESTIMATE_REFUSED: the engine refused; there is no settlement, but a reason
 *
 * How what is shown relates to what was typed.
 */
typedef enum {
  ZIFU_ESTIMATE_EMPTY,
  ZIFU_ESTIMATE_READY,
  ZIFU_ESTIMATE_STALE,
  ZIFU_ESTIMATE_REFUSED,
} ZifuEstimateState;

/**
 * ZifuRangeCase:
 * @ZIFU_RANGE_LEAST: the case in which the person pays least
 * @ZIFU_RANGE_LIKELY: the case like earlier bills of the person
 * @ZIFU_RANGE_MOST: the case in which the person pays most
 *
 * The cases between which the truth lies.
 */
typedef enum { ZIFU_RANGE_LEAST, ZIFU_RANGE_LIKELY, ZIFU_RANGE_MOST } ZifuRangeCase;
#define ZIFU_N_RANGE_CASES (ZIFU_RANGE_MOST + 1)

/**
 * ZifuComparison:
 *
 * The same visit at another institution.
 */
typedef struct {
  char           *value;      /* of the axis class */
  gboolean        current;    /* the one that was entered */
  gboolean        least;      /* nobody else is cheaper, and somebody is dearer */
  ZifuSettlement *settlement; /* owned, nullable: refused */
  char           *refusal;    /* nullable */
  gboolean        has_difference; /* both this one and the visit entered could be settled */
  ZifuMoney       difference; /* person's part less that of the visit entered */
} ZifuComparison;

#define ZIFU_TYPE_ESTIMATOR (zifu_estimator_get_type ())
G_DECLARE_FINAL_TYPE (ZifuEstimator, zifu_estimator, ZIFU, ESTIMATOR, GObject)

/*
 * Between the form and the result: takes a visit, settles it for the person on screen a moment after the last change.
 *
 * Properties: "settlement" (pointer, read only): notified whenever the state, the settlement or the reason changed.
 */
ZifuEstimator        *zifu_estimator_new (ZifuSession *session);
void                  zifu_estimator_set_visit (ZifuEstimator *self, const ZifuVisit *visit);
void                  zifu_estimator_set_unusable (ZifuEstimator *self);
void                  zifu_estimator_flush (ZifuEstimator *self);
ZifuEstimateState     zifu_estimator_get_state (ZifuEstimator *self);
const ZifuSettlement *zifu_estimator_get_settlement (ZifuEstimator *self);
const ZifuVisit      *zifu_estimator_get_visit (ZifuEstimator *self);
gint64                zifu_estimator_get_member_id (ZifuEstimator *self);
const ZifuVisit      *zifu_estimator_get_entered (ZifuEstimator *self);
ZifuPack             *zifu_estimator_get_pack (ZifuEstimator *self);
const ZifuPerson     *zifu_estimator_get_person (ZifuEstimator *self);
const char           *zifu_estimator_get_refusal (ZifuEstimator *self);
const char           *zifu_estimator_get_advice (ZifuEstimator *self);
const ZifuRange      *zifu_estimator_get_range (ZifuEstimator *self);
guint                 zifu_estimator_get_n_similar (ZifuEstimator *self);
const ZifuCoverOther *zifu_estimator_get_other (ZifuEstimator *self);
const ZifuSettlement *zifu_estimator_get_case (ZifuEstimator *self, ZifuRangeCase which);
gboolean              zifu_estimator_set_then (ZifuEstimator *self, const char *policy, const ZifuPerson *person, const ZifuVisit *visit,
                                               GError **error);
void                  zifu_estimator_set_now (ZifuEstimator *self);
gboolean              zifu_estimator_is_then (ZifuEstimator *self);
GPtrArray            *zifu_estimator_compare (ZifuEstimator *self);
GPtrArray            *zifu_comparisons_not_calculated (const GPtrArray *comparisons);
void                  zifu_comparison_free (ZifuComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuComparison, zifu_comparison_free)

G_END_DECLS
