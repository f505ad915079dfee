/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-person.h"
#include "zifu-settle.h"

G_BEGIN_DECLS

typedef struct {
  const ZifuRule *rule;
  const char     *slot;
  ZifuMoney       amount;
  gboolean        yearly;
} ZifuCreditLine;

/**
 * ZifuCredit:
 *
 * What is credited to an account: one line a slot.  @total a month, @yearly once a year, @year in twelve months.
 */
typedef struct {
  ZifuPack *pack;
  GArray   *lines; /* of ZifuCreditLine, by slot */
  ZifuMoney total, yearly, year;
} ZifuCredit;

/**
 * ZifuNamedAmount:
 *
 * What an amount rule says of a person on a day: money in yuan, or a plain count, or nothing (@is_null: no limit).
 */
typedef struct {
  const ZifuRule *rule; /* owned by the pack; NULL = no rule fits */
  char           *name;
  gboolean        is_null;
  ZifuRational    value;
} ZifuNamedAmount;

typedef enum {
  ZIFU_COVERAGE_NONE,
  ZIFU_COVERAGE_COVERED,
  ZIFU_COVERAGE_GRACE,
  ZIFU_COVERAGE_SUSPENDED,
  ZIFU_COVERAGE_WAITING,
} ZifuCoverageState;

typedef struct {
  ZifuCoverageState state;
  ZifuRational      share;
  ZifuMonth         from, to;
} ZifuCoverageInterval;

/**
 * ZifuCoverage:
 *
 * The intervals of a time, without gap or overlap.
 */
typedef struct {
  GArray   *intervals; /* of ZifuCoverageInterval */
  gboolean  has_restored;
  ZifuMonth restored;
  ZifuMonth first;      /* first month paid in time; after the timeline when there is none */
  ZifuMonth first_wait; /* last month of the wait of those who are new; 0 = none */
  const ZifuRule *rule; /* owned by the pack */
  ZifuPack *pack;
} ZifuCoverage;

ZifuCredit   *zifu_credit_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, GError **error);
void          zifu_credit_free (ZifuCredit *credit);
GArray       *zifu_amounts_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuUnknownAs unknown_as, GError **error);
gboolean      zifu_amount_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *name, ZifuNamedAmount *amount,
                                   GError **error);
void          zifu_named_amount_clear (ZifuNamedAmount *amount);
const ZifuRule *zifu_account_rule_find (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, const char *care);
ZifuCoverage *zifu_coverage_project (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuMonth known, ZifuMonth from,
                                     ZifuMonth to, const char *benefit, GError **error);
const ZifuCoverageInterval *zifu_coverage_at (const ZifuCoverage *coverage, ZifuMonth month);
ZifuCoverage *zifu_coverage_compute (ZifuPack *pack, const ZifuPerson *person, ZifuDate on, ZifuMonth from, ZifuMonth to,
                                     const char *benefit, GError **error);
void          zifu_coverage_free (ZifuCoverage *coverage);
const char   *zifu_coverage_state_name (ZifuCoverageState state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ZifuNamedAmount, zifu_named_amount_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCredit, zifu_credit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuCoverage, zifu_coverage_free)

G_END_DECLS
