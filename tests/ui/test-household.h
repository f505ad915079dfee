/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "zifu-ledger.h"

/*
 * A household in which not everything is well, for tests and pictures: what the sample household, where it is, cannot show.  Today is
 * 25 November 2026.
 */

static inline gint64
household_add (ZifuLedger *ledger, const char *name, const char *relation, const char *birth, const char *status, ZifuMoney balance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_member_new ();
  gboolean resident = g_str_equal (status, "resident");
  gint64 id;

  member->name = g_strdup (name);
  member->relation = g_strdup (relation);
  member->sex = g_strdup ("2");
  member->birth = zifu_date_parse (birth);
  member->region = g_strdup ("110000");
  member->insurance = g_strdup (resident ? "390" : "310");
  member->status = g_strdup (status);
  member->resident_class = resident ? g_strdup ("student") : NULL;
  member->base = g_str_equal (status, "active") ? 1200000 : -1;
  member->has_account = !resident;
  id = zifu_ledger_add_member (ledger, member, resident ? 0 : balance, zifu_date_new (2026, 1, 1), &error);
  g_assert_no_error (error);
  return id;
}

static inline void
household_pay (ZifuLedger *ledger, gint64 id, ZifuMonth from, ZifuMonth to)
{
  g_autoptr (GError) error = NULL;

  for (ZifuMonth month = from; month <= to; month++)
    zifu_ledger_add_contribution (ledger, id, month, 0, -1, -1, ZIFU_PROVENANCE_TYPED, &error);
  g_assert_no_error (error);
}

static inline void
household_credit (ZifuLedger *ledger, gint64 id, ZifuMonth for_month, ZifuMoney amount)
{
  g_autoptr (GError) error = NULL;
  ZifuEntry entry = { .member_id = id, .kind = ZIFU_ENTRY_CREDIT, .amount = amount, .for_month = for_month, .base = 1200000 };
  int year, month;

  zifu_month_split (for_month + 1, &year, &month);
  entry.date = zifu_date_new (year, month, 5);
  zifu_ledger_add_entry (ledger, &entry, &error);
  g_assert_no_error (error);
}

static inline void
household_spend (ZifuLedger *ledger, gint64 id, gint64 relative, ZifuDate date, ZifuMoney amount)
{
  g_autoptr (GError) error = NULL;
  ZifuEntry entry = { .member_id = id, .kind = ZIFU_ENTRY_FAMILY, .amount = -amount, .base = -1, .relative_id = relative, .date = date };

  zifu_ledger_add_entry (ledger, &entry, &error);
  g_assert_no_error (error);
}

/* A flexible worker who paid up to August: September and October are missing. */
static inline gint64
household_add_interrupted (ZifuLedger *ledger, const char *name, const char *relation)
{
  gint64 id = household_add (ledger, name, relation, "1984-03-12", "flexible", 328640);

  household_pay (ledger, id, zifu_month_new (2024, 11), zifu_month_new (2026, 8));
  return id;
}

/* An employee whose credit for June is 220.00 instead of 240.00, and that for August is missing; the mother uses the account. */
static inline gint64
household_add_unlucky (ZifuLedger *ledger, const char *name, const char *mother_name, const char *child_name)
{
  g_autoptr (GError) error = NULL;
  gint64 id = household_add (ledger, name, "self", "1986-05-20", "active", 328640);
  gint64 mother = household_add (ledger, mother_name, "parent", "1956-02-11", "retired", 5000);
  ZifuMutualTie tie = { .owner_id = id, .relative_id = mother, .has_quota = TRUE, .quota = 200000, .from = zifu_date_new (2026, 2, 1) };

  household_add (ledger, child_name, "child", "2015-09-12", "resident", 0);
  household_pay (ledger, id, zifu_month_new (2026, 1), zifu_month_new (2026, 10));
  for (int month = 1; month <= 10; month++)
    if (month != 8)
      household_credit (ledger, id, zifu_month_new (2026, month), month == 6 ? 22000 : 24000);
  zifu_ledger_set_tie (ledger, &tie, &error);
  g_assert_no_error (error);
  household_spend (ledger, id, mother, zifu_date_new (2026, 5, 14), 31250);
  household_spend (ledger, id, mother, zifu_date_new (2026, 11, 6), 12000);
  return id;
}
