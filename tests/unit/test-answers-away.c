/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R33 to R38: another city, by the rules of Beijing. */

#include "guide-support.h"

static const char *const rows[] = { "R33", "R34", "R35", "R36", "R37", "R38", NULL };

static void
test_not_filed (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'card':'active','account':'normal'}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R33");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==,
                   "In another province only after filing; no filing is known here. You also need an activated card and a connected "
                   "institution.");
  g_assert_cmpstr (answer->in_your_case, ==, "Your card is active.");
  guide_assert_text (answer->points, 2, "Counts as filed without filing: Tianjin, Hebei");

  /*
   * A first stay of 30,000.00 in a tier-3 hospital: (30,000.00 − 1,300.00) × 85 % = 24,395.00.  Without filing the ratio may
   * fall by 20 points at most: 28,700.00 × 65 % = 18,655.00, which is 5,740.00 less.
   */
  answer = guide_find (en, "R34");
  g_assert_cmpstr (answer->answer, ==,
                   "Of a stay of 30,000.00 the fund pays up to 5,740.00 less without filing; the reduction of this region was not found.");
  guide_assert_text (answer->points, 0, "where insured: fund 24,395.00, you 5,605.00");
  guide_assert_text (answer->points, 3, "filed, temporary: fund 24,395.00, you 5,605.00");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer->points, 5),
                                   "elsewhere, not filed (yours today): fund between 18,655.00 and 24,395.00 ("));
  g_assert_true (answer->unverified);

  /* 5,000.00 − (1,800.00 − 1,462.30) = 4,662.30: at 70 % 3,263.61, at 50 % 2,331.15. */
  g_assert_cmpstr (guide_find (en, "R35")->in_your_case, ==,
                   "Of an outpatient bill of 5,000.00 in another province, not filed, you claim between 2,331.15 and 3,263.61 at home; the "
                   "reduction of this region was not found.");
  g_assert_cmpuint (guide_find (en, "R35")->papers->len, ==, 5);

  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  g_assert_cmpstr (guide_find (zh, "R33")->answer, ==, "跨省要先备案，这里没有备案记录。还要卡已激活、机构已联网。");
  guide_assert_text (guide_find (zh, "R33")->points, 2, "不用办就视同备案：天津、河北");
  g_assert_cmpstr (guide_find (zh, "R34")->answer, ==, "住院 30,000.00，不备案基金最多少付 5,740.00；本地具体降低多少没有查到。");
}

/* A temporary filing without a last day of its own: six months, by the national rule. */
static void
test_filed (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'card':'lost','filings':[{'remote':'filed_temp','place':'31','begndate':'2026-08-31'}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R33");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==,
                   "Yes: filed, temporary, until 28 February 2027. You also need an activated card and a connected institution.");
  g_assert_cmpstr (answer->in_your_case, ==,
                   "Your card does not work at present: put that right before you travel, or use the electronic credential.");
  guide_assert_text (answer->points, 0, "Your filing (filed, temporary) for Shanghai, from 31 August 2026 until 28 February 2027: valid");
  /* Beijing takes nothing off after filing. */
  g_assert_cmpstr (guide_find (en, "R35")->in_your_case, ==,
                   "Of an outpatient bill of 5,000.00 in another province you claim 3,263.61 at home.");
  g_assert_cmpstr (guide_find (en, "R36")->in_your_case, ==, "Your balance: 3,286.40. Your filing today: valid.");
  guide_assert_text (guide_find (en, "R36")->points, 3, "Family mutual aid with a relative insured in another province: yes");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R33")->answer, ==, "能：临时备案，到2027年2月28日为止。还要卡已激活、机构已联网。");
}

static void
test_filing_states (void)
{
  static const struct
  {
    const char *filing, *answer;
  } states[] = {
    { "{'remote':'filed_temp','begndate':'2026-01-10'}", "Not any more: the filing ended on 10 July 2026. File again, then it works." },
    { "{'remote':'filed_long','begndate':'2027-01-01'}", "Not yet: the filing begins on 1 January 2027." },
    { "{'remote':'filed_long','place':'310000','begndate':'2020-01-01'}",
      "Yes: filed, long-term, until you change it. You also need an activated card and a connected institution." },
    { "{'remote':'referred','begndate':'2026-11-01','enddate':'2026-12-31'}",
      "Yes: filed, referred, until 31 December 2026. You also need an activated card and a connected institution." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = g_strdup_printf (GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'filings':[%s]}}", states[i].filing);
      g_autoptr (ZifuRecordFile) file = guide_file (text);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");

      g_assert_cmpstr (guide_find (en, "R33")->answer, ==, states[i].answer);
    }
}

/* In Hebei nothing is lost without a filing. */
static void
test_free_zone (void)
{
  g_autoptr (ZifuRecordFile) file =
      guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "},'visit':{'date':'2026-11-20','care':'outpatient','class':'3','place':'other',"
                                            "'remote':'unfiled','place_province':'13','bill':{'in_scope':'1000.00'}}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  g_assert_cmpstr (guide_find (en, "R34")->answer, ==, "By the rules found here nothing: of a stay of 30,000.00 the fund pays the same.");
}

static void
test_interrupted (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "," GUIDE_PAID_TO_AUGUST "}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  g_assert_cmpstr (guide_find (en, "R34")->in_your_case, ==,
                   "Your filing today: none. Your insurance today: suspended, the fund pays nothing. The figures hold once you are covered "
                   "in full.");
  g_assert_cmpstr (guide_find (en, "R35")->in_your_case, ==,
                   "A bill of 5,000.00: as things stand the fund owes nothing of it, so there is nothing to claim.");
}

/* Ten working days and five after Monday, 2 November 2026: 23 November. */
static void
test_move (void)
{
  g_autoptr (ZifuRecordFile) file =
      guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'move':{'state':'in_transit','insu_admdvs':'310000','requested':'2026-11-02'}}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R37");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==, "Your balance of 3,286.40 goes along, and your years are added up in the new region.");
  g_assert_cmpstr (
      answer->in_your_case, ==,
      "Requested on 2 November 2026; by the terms it should have been done by 23 November 2026 (public holidays make it later). "
      "Ask both regions.");
  guide_assert_text (answer->points, 0, "Requested: the old region sends years and balance; term in working days: 10");
  guide_assert_text (answer->points, 1, "In transit (yours today): the new region takes them in; term in working days: 5");
  g_assert_false (answer->unverified);

  /* A destination without accounts: recalled only, so it is marked. */
  file->record->move.account_there_known = TRUE;
  g_autoptr (GPtrArray) paid_out = guide_answers (file, "en");
  g_assert_cmpstr (guide_find (paid_out, "R37")->answer, ==,
                   "The new region keeps no personal accounts: your balance of 3,286.40 is paid out, the years are added up.");
  g_assert_true (guide_find (paid_out, "R37")->unverified);
  g_assert_nonnull (guide_find (paid_out, "R38")->in_your_case);

  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R37")->answer, ==, "转入地不设个人账户：你的余额 3,286.40 退还给你，年限合并计算。");
}

static void
test_withdrawal (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R38");

  g_assert_cmpstr (answer->answer, ==,
                   "No, only in the cases below. Your 3,286.40 is for care, carries over from year to year and is inherited.");
  g_assert_cmpuint (answer->points->len, ==, 5);
  guide_assert_text (answer->points, 0,
                     "After a death: the balance goes to the heirs: into an heir's own account, or once in money to an heir without one");
  guide_assert_text (answer->points, 1, "Settling abroad: the balance is paid out (not verified)");
  guide_assert_text (answer->points, 3, "Leaving the insurance for other reasons: the rules found here do not say so");
  guide_assert_text (answer->points, 4, "Any other wish, such as rent, a loan or daily needs: no");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_assert_text (guide_find (zh, "R38")->points, 1, "出国（境）定居：余额退还（未核实）");
}

static void
test_others (void)
{
  g_autoptr (ZifuRecordFile) retired = guide_file (GUIDE_HEAD GUIDE_RETIRED "}");
  g_autoptr (ZifuRecordFile) resident = guide_file (GUIDE_HEAD GUIDE_RESIDENT "}");
  g_autoptr (GPtrArray) of_retired = guide_answers (retired, "en");
  g_autoptr (GPtrArray) of_resident = guide_answers (resident, "en");

  guide_check (of_retired, rows);
  guide_check (of_resident, rows);
  g_assert_cmpstr (guide_find (of_retired, "R37")->answer, ==,
                   "Retired people stay insured where they are; nothing is transferred. File for long-term care where you live instead.");
  g_assert_null (guide_find (of_retired, "R37")->in_your_case);
  g_assert_cmpstr (guide_find (of_resident, "R37")->answer, ==,
                   "You enrol in the new region; a resident has no balance to take along. Do not leave a gap between the two.");
  g_assert_cmpstr (guide_find (of_resident, "R36")->answer, ==,
                   "You have no account of your own; a relative's account may pay your part there as it does at home.");
  g_assert_cmpstr (guide_find (of_resident, "R38")->answer, ==,
                   "You have no account to take money from. An account is paid out in the cases below only.");

  speak ("zh_CN");
  g_autoptr (GPtrArray) nowhere = zifu_answers (NULL, retired->record, GUIDE_DAY);
  guide_check (nowhere, rows);
  g_assert_cmpstr (guide_find (nowhere, "R34")->answer, ==, "各地不同，还没有你这个地方的规则。");
  g_assert_cmpstr (guide_find (nowhere, "R35")->in_your_case, ==, "算不出数字：还没有这个地方的规则");
  guide_assert_text (guide_find (nowhere, "R38")->points, 0, "参保人去世：这里找到的规则没有写可以");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R33-R35/not-filed", test_not_filed);
  g_test_add_func ("/answers/R33-R36/filed", test_filed);
  g_test_add_func ("/answers/R33/filing-states", test_filing_states);
  g_test_add_func ("/answers/R34/free-zone", test_free_zone);
  g_test_add_func ("/answers/R34-R35/interrupted", test_interrupted);
  g_test_add_func ("/answers/R37/move", test_move);
  g_test_add_func ("/answers/R38/withdrawal", test_withdrawal);
  g_test_add_func ("/answers/R33-R38/others", test_others);
  return g_test_run ();
}
