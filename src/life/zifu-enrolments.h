/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-figure.h"
#include "zifu-record.h"

G_BEGIN_DECLS

/**
 * ZifuDoubleReason:
 * @ZIFU_DOUBLE_NONE: there is one enrolment, or none
 * @ZIFU_DOUBLE_EMPLOYEE: employee insurance that has run for long enough goes before resident insurance
 * @ZIFU_DOUBLE_WORK: of two employee insurances the one at the place of work is kept
 * @ZIFU_DOUBLE_HOME: of two resident insurances the one where the person lives or studies is kept
 *
 * Which of two enrolments is kept.
 */
typedef enum { ZIFU_DOUBLE_NONE, ZIFU_DOUBLE_EMPLOYEE, ZIFU_DOUBLE_WORK, ZIFU_DOUBLE_HOME } ZifuDoubleReason;

/**
 * ZifuDouble:
 *
 * Two enrolments that are paid at the same time (R14).
 */
typedef struct {
  ZifuDoubleReason     reason;
  const ZifuEnrolment *keep, *end; /* nullable, owned by the record */
  gboolean             undecided;  /* the record does not say where the person works or lives; or the rules leave it open, because
                                      employee insurance has not run for long enough, or nobody knows since when */
  ZifuDate             employee_since; /* with ZIFU_DOUBLE_EMPLOYEE: since when employee insurance has run without a gap; 0 = not known */
  const ZifuRule      *rule;       /* nullable, owned by the pack */
} ZifuDouble;

ZifuDouble zifu_double_find (ZifuPack *pack, const ZifuRecord *record, ZifuDate on);
gboolean   zifu_newborn_window (ZifuPack *pack, const ZifuPerson *person, ZifuDate *last_day, const ZifuRule **rule);

G_END_DECLS
