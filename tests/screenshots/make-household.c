/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-household.h"

#include "zifu-ledger-estimates.h"

/* An outpatient visit that was estimated before it. */
static gint64
save_estimate (ZifuLedger *ledger, ZifuPack *pack, gint64 member_id, ZifuDate date, const char *institution, ZifuMoney total)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, member_id, &error);
  g_autoptr (ZifuPerson) person = zifu_ledger_load_person (ledger, member_id, &error);
  g_autoptr (ZifuVisit) visit = zifu_visit_new ();
  g_autoptr (ZifuSettlement) settlement = NULL;
  g_autoptr (ZifuSavedEstimate) estimate = NULL;
  gint64 id;

  g_assert_no_error (error);
  visit->date = date;
  zifu_facts_set_string (visit->facts, "care", "outpatient");
  zifu_facts_set_string (visit->facts, "class", "3");
  zifu_facts_set_boolean (visit->facts, "designated", TRUE);
  visit->use_account = TRUE;
  zifu_visit_set_total (visit, total);
  zifu_visit_set_parts (visit, 0, 0, 3600);
  settlement = zifu_settle (pack, person, visit, &error);
  g_assert_no_error (error);
  estimate = zifu_saved_estimate_new (member, person, visit, settlement, institution, NULL, date - 3);
  id = zifu_ledger_save_estimate (ledger, estimate, &error);
  g_assert_no_error (error);
  return id;
}

/* Three estimates: one whose real bill is known, one whose bill seems to have come, one that waits. */
static void
add_estimates (ZifuLedger *ledger, gboolean chinese)
{
  const char *hospital = chinese ? "市第一医院" : "City First Hospital", *clinic = chinese ? "和平诊所" : "Harmony Clinic";
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (ZifuPack) pack = NULL;
  gint64 person = household_add (ledger, chinese ? "林晓梅" : "Lin Xiaomei", "self", "1986-05-20", "active", 328640);
  gint64 ids[2];

  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, "110000", &error);
  g_assert_no_error (error);
  ids[0] = save_estimate (ledger, pack, person, zifu_date_new (2026, 10, 12), hospital, 240000);
  ids[1] = save_estimate (ledger, pack, person, zifu_date_new (2026, 11, 16), clinic, 86000);
  save_estimate (ledger, pack, person, zifu_date_new (2026, 11, 28), hospital, 130000);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (ZifuSavedEstimate) estimate = zifu_ledger_get_estimate (ledger, ids[i], &error);
      g_autoptr (ZifuBillFigures) receipt = zifu_bill_figures_new ();
      ZifuMoney total = estimate->figures->amount[ZIFU_BILL_TOTAL], fund = estimate->figures->amount[ZIFU_BILL_FUND_SUM];
      gint64 id;

      zifu_bill_figures_set (receipt, ZIFU_BILL_TOTAL, total);
      zifu_bill_figures_set (receipt, ZIFU_BILL_FUND_SUM, MAX (fund - 1200, 0));
      zifu_bill_figures_set (receipt, ZIFU_BILL_ACCOUNT, 40000);
      id = zifu_ledger_add_receipt (ledger, estimate, receipt, estimate->date, estimate->institution, ZIFU_PROVENANCE_TYPED, &error);
      g_assert_no_error (error);
      zifu_ledger_set_pair (ledger, ids[i], id, i == 0 ? ZIFU_PAIR_CONFIRMED : ZIFU_PAIR_OPEN, &error);
      g_assert_no_error (error);
    }
}

/* Somebody in Shanghai, where the money of an account is of this year or of earlier ones. */
static void
add_divided (ZifuLedger *ledger, gboolean chinese)
{
  g_autoptr (GError) error = NULL;
  gint64 id = household_add (ledger, chinese ? "顾思远" : "Gu Siyuan", "self", "1986-05-20", "active", 428640);
  g_autoptr (ZifuMember) member = zifu_ledger_get_member (ledger, id, &error);

  g_assert_no_error (error);
  g_free (member->region);
  member->region = g_strdup ("310000");
  zifu_ledger_update_member (ledger, member, &error);
  g_assert_no_error (error);
  household_pay (ledger, id, zifu_month_new (2026, 1), zifu_month_new (2026, 11));
}

/* Writes a household for pictures: make-household FILE interrupted|unlucky|estimated|divided|child zh|en */
int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuLedger) ledger = NULL;
  gboolean chinese;

  if (argc != 4)
    return 2;
  ledger = zifu_ledger_open (argv[1], &error);
  g_assert_no_error (error);
  chinese = g_str_equal (argv[3], "zh");
  if (g_str_equal (argv[2], "interrupted"))
    household_add_interrupted (ledger, chinese ? "周雨晴" : "Zhou Yuqing", "self");
  else if (g_str_equal (argv[2], "estimated"))
    add_estimates (ledger, chinese);
  else if (g_str_equal (argv[2], "divided"))
    add_divided (ledger, chinese);
  else if (g_str_equal (argv[2], "child"))
    household_add (ledger, chinese ? "陈小禾" : "Chen Xiaohe", "self", "2015-09-12", "resident", 0);
  else
    household_add_unlucky (ledger, chinese ? "林晓梅" : "Lin Xiaomei", chinese ? "王秀兰" : "Wang Xiulan", chinese ? "陈小禾" : "Chen Xiaohe");
  return 0;
}
