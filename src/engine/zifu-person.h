/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-date.h"
#include "zifu-value.h"

G_BEGIN_DECLS

typedef struct {
  char     *name; /* balance, current, earlier, or a purse that an account rule names */
  ZifuMoney amount;
} ZifuPurse;

/**
 * ZifuMutualAccount:
 *
 * The account of a relative who allowed its use (platform: acct_mulaid_pay).
 */
typedef struct {
  char     *id;
  ZifuMoney balance;
  gboolean  has_quota;
  ZifuMoney quota;
} ZifuMutualAccount;

typedef struct {
  char        *name;
  ZifuRational value; /* yuan, or a plain count */
  ZifuDate     since; /* 0 = in the period of the first visit */
} ZifuCounterValue;

/**
 * ZifuPayment:
 *
 * Contribution months @first .. @first + @n_months − 1, paid in month @paid_on.
 */
typedef struct {
  ZifuMonth first;
  guint     n_months;
  ZifuMonth paid_on;
} ZifuPayment;

/**
 * ZifuPerson:
 *
 * An insured person as the engine sees one: axes (@facts), money, and what earlier visits of the year left behind.
 */
typedef struct _ZifuPerson ZifuPerson;
struct _ZifuPerson {
  ZifuFacts   *facts;    /* owned, never NULL */
  GArray      *purses;   /* of ZifuPurse */
  GArray      *mutual;   /* of ZifuMutualAccount, in the order of use */
  GArray      *counters; /* of ZifuCounterValue */
  GArray      *payments; /* of ZifuPayment */
  gboolean     has_coverage_share;
  ZifuRational coverage_share;
};

ZifuPerson *zifu_person_new (void);
ZifuPerson *zifu_person_copy (const ZifuPerson *person);
void        zifu_person_free (ZifuPerson *person);
void        zifu_person_add_purse (ZifuPerson *person, const char *name, ZifuMoney amount);
void        zifu_person_add_mutual (ZifuPerson *person, const char *id, ZifuMoney balance, const ZifuMoney *quota);
void        zifu_person_add_counter (ZifuPerson *person, const char *name, ZifuRational value, ZifuDate since);
void        zifu_person_add_payment (ZifuPerson *person, ZifuMonth first, guint n_months, ZifuMonth paid_on);
ZifuMoney   zifu_person_get_balance (const ZifuPerson *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZifuPerson, zifu_person_free)

G_END_DECLS
