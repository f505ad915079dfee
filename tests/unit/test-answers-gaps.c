/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R28 to R32: interrupted contributions, by the rules of Beijing (those of the nation stand in for its own). */

#include "guide-support.h"

static const char *const rows[] = { "R28", "R29", "R30", "R31", "R32", NULL };

/*
 * A flexible worker, paid to August; September and October are missing on 24 November: two months, which may be made up within
 * three.  584.92 × 2 = 1,169.84.  A visit of 5,000.00: (5,000.00 − 1,800.00) × 70 % = 2,240.00 from the fund; 500.00 account,
 * 2,260.00 cash.
 */
static void
test_flexible (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD "'person':{'insurance':'310','status':'flexible','age':40,'account':{'balance':'500.00'}," GUIDE_PAID_TO_AUGUST "}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer;

  guide_check (en, rows);
  g_assert_cmpstr (guide_find (en, "R28")->answer, ==,
                   "No. 500.00 stays yours and stays usable; only the fund's payments stop while contributions are missing.");
  g_assert_cmpstr (guide_find (en, "R28")->in_your_case, ==,
                   "Today: suspended, the fund pays nothing. A visit of 5,000.00 today: fund 0.00, account 500.00, cash 4,500.00.");
  answer = guide_find (en, "R29");
  g_assert_cmpstr (answer->answer, ==, "From this month on, when you pay again this month.");
  g_assert_cmpuint (answer->points->len, ==, 2);
  guide_assert_text (answer->points, 0, "Until August 2026: covered");
  guide_assert_text (answer->points, 1, "From September 2026 on: suspended, the fund pays nothing");
  g_assert_true (answer->unverified);
  g_assert_true (g_str_has_prefix (answer->why, "By this rule, which is not verified: "));
  answer = guide_find (en, "R30");
  g_assert_cmpstr (answer->answer, ==,
                   "All missed months (2): costs 1,169.84; full benefits from this month on, and the bills of the gap can be claimed too.");
  guide_assert_text (answer->points, 0, "Pay nothing more: no day on which the fund pays in full again.");
  guide_assert_text (answer->points, 2,
                     "Make up missed months (2): costs 1,169.84, full benefits from this month on. A visit of 5,000.00 then: "
                     "fund 2,240.00, account 500.00, cash 2,260.00.");
  /* The premium is confirmed to June 2026 only. */
  guide_assert_text (answer->points, 3, "The cost rests on an amount that is confirmed up to 30 June 2026 only.");
  g_assert_cmpstr (guide_find (en, "R31")->answer, ==, "You pay yourself, without an employer; what is missing only you can make up.");
  g_assert_cmpstr (guide_find (en, "R32")->answer, ==,
                   "A bill of 5,000.00: the fund pays 0.00 today and 2,240.00 once you are covered again.");

  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  g_assert_cmpstr (guide_find (zh, "R28")->answer, ==, "不会。500.00 还是你的，照样能用；断缴期间停的只是基金报销。");
  g_assert_cmpstr (guide_find (zh, "R29")->answer, ==, "这个月续缴的话，从这个月起。");
  g_assert_cmpstr (guide_find (zh, "R30")->answer, ==, "欠的 2 个月全补：要 1,169.84；从这个月起待遇全部恢复，断缴期间的费用也能补报。");
  g_assert_cmpstr (guide_find (zh, "R32")->answer, ==, "账单 5,000.00：今天基金付 0.00，恢复后付 2,240.00。");
}

/* Four months are more than three: six months of waiting from September, to February; making up brings no earlier day. */
static void
test_waiting (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "," GUIDE_PAID_AGAIN "}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R29");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==, "From 1 March 2027 on, when you go on paying.");
  guide_assert_text (answer->points, 0, "Until April 2026: covered");
  guide_assert_text (answer->points, 1, "May 2026 to August 2026: suspended, the fund pays nothing");
  guide_assert_text (answer->points, 2, "September 2026 to February 2027: waiting period, the fund pays nothing");
  guide_assert_text (answer->points, 3, "From March 2027 on: covered");
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==,
                   "All missed months (4): the employer declares and pays it with your part; but it brings no earlier day: full "
                   "benefits from 1 March 2027 on either way.");
  answer = guide_find (en, "R32");
  /* In March another year has begun: 1,800.00 of deductible anew, so (5,000.00 − 1,800.00) × 70 %. */
  g_assert_cmpstr (answer->answer, ==, "A bill of 5,000.00: the fund pays 0.00 today and 2,240.00 once you are covered again.");
  guide_assert_text (answer->points, 0, "24 November 2026, today: fund 0.00, account 3,286.40, cash 1,713.60");
  guide_assert_text (answer->points, 1, "1 March 2027, contributions go on: fund 2,240.00, account 2,760.00, cash 0.00");
  g_assert_cmpstr (g_ptr_array_index (answer->points, answer->points->len - 1), ==,
                   "A day in the next benefit year: deductible and caps begin anew there.");
  /* No figure of the Guide promises money of the fund meanwhile. */
  g_assert_nonnull (strstr (guide_find (en, "R26")->in_your_case, "nothing to claim"));
  g_assert_nonnull (strstr (guide_find (en, "R01")->in_your_case, "fund 0.00"));

  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_assert_text (guide_find (zh, "R29")->points, 2, "2026年9月到2027年2月：等待期，基金不付");
  g_assert_cmpstr (guide_find (zh, "R29")->answer, ==, "继续缴费的话，从2027年3月1日起。");
}

#define BORN(birth, paid) \
  GUIDE_HEAD "'person':{'insurance':'390','status':'resident','resident_class':'student','birth':'" birth "'" paid "}}"

/* R29: a child is covered from birth on when it is enrolled within 90 days: the last day, one day later, and after it was enrolled. */
static void
test_newborn (void)
{
  g_autoptr (ZifuRecordFile) last = guide_file (BORN ("2026-08-26", "")), late = guide_file (BORN ("2026-08-25", ""));
  g_autoptr (ZifuRecordFile) enrolled = guide_file (BORN ("2026-08-25", ",'paid':[{'month':'2026-11'},{'month':'2026-12'}]"));
  g_autoptr (ZifuRecordFile) after = guide_file (BORN ("2026-07-02", ",'paid':[{'month':'2026-11'},{'month':'2026-12'}]"));
  g_autoptr (ZifuRecordFile) older = guide_file (BORN ("2025-11-24", ""));
  g_autoptr (GPtrArray) en = guide_answers (last, "en"), of_late = guide_answers (late, "en");
  g_autoptr (GPtrArray) of_enrolled = guide_answers (enrolled, "en"), of_after = guide_answers (after, "en");
  g_autoptr (GPtrArray) of_older = guide_answers (older, "en");
  const ZifuAnswer *answer = guide_find (en, "R29");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==, "From birth on, when the child is enrolled by 24 November 2026.");
  g_assert_cmpstr (answer->in_your_case, ==, "Born on 26 August 2026; no month is paid by the data here.");
  guide_assert_text (answer->steps, 0, "Enrol the child by 24 November 2026, that day included.");
  /* There are no months to look up. */
  guide_assert_text (guide_find (en, "R30")->steps, 0, "Enrol the child by 24 November 2026, that day included.");
  guide_assert_text (guide_find (en, "R32")->steps, 0, "Enrol the child by 24 November 2026, that day included.");
  g_assert_cmpuint (guide_find (en, "R32")->steps->len, ==, 1);
  guide_assert_text (answer->points, 0, "After that day the child waits as others do who enrol late.");
  guide_assert_text (answer->papers, 0, "Birth certificate");
  guide_assert_text (answer->papers, 1, "Household register in which the child stands");
  g_assert_nonnull (strstr (answer->why, "Newborns enrolled within 90 days of household registration: covered from birth"));
  g_assert_true (answer->unverified && answer->source != NULL && answer->where != NULL);

  guide_check (of_late, rows);
  answer = guide_find (of_late, "R29");
  g_assert_cmpstr (answer->answer, ==,
                   "The days for enrolling with cover from birth ended on 23 November 2026: ask what the wait is now.");
  g_assert_cmpuint (answer->steps->len, ==, 0);

  answer = guide_find (of_enrolled, "R29");
  g_assert_cmpstr (g_ptr_array_index (answer->points, answer->points->len - 1), ==,
                   "Enrolled by 23 November 2026, the child is covered from birth on 25 August 2026: claim the bills since then.");
  answer = guide_find (of_after, "R29");
  for (guint i = 0; i < answer->points->len; i++)
    g_assert_null (strstr (g_ptr_array_index (answer->points, i), "birth"));
  /* From the first birthday on nothing is said of it. */
  g_assert_nonnull (strstr (guide_find (of_older, "R29")->in_your_case, "Missing: the months"));

  g_autoptr (GPtrArray) zh = guide_answers (last, "zh_CN");
  guide_check (zh, rows);
  answer = guide_find (zh, "R29");
  g_assert_cmpstr (answer->answer, ==, "2026年11月24日当天或之前给孩子参保的，从出生起就能报。");
  guide_assert_text (answer->papers, 0, "出生医学证明");
}

/* R29, R30: newly enrolled in October: three months of waiting by the national rule, and nothing that could be made up. */
static void
test_first_enrolment (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD "'person':{'insurance':'390','status':'resident','resident_class':'working','age':40,"
                 "'paid':[{'month':'2026-10'},{'month':'2026-11'},{'month':'2026-12'}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R29");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==, "From 1 January 2027 on, when you go on paying.");
  g_assert_cmpuint (answer->steps->len, ==, 1);
  guide_assert_text (answer->steps, 0, "Go on paying without a gap until the wait is over.");
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==, "Nothing can be made up: you are newly enrolled, and only the wait has to pass.");
  const ZifuCauseWords *cause = g_ptr_array_index (guide_find (en, "R27")->causes, 0);
  guide_assert_text (cause->evidence, 0, "The first contribution is that of October 2026; who is newly enrolled then waits.");
  g_assert_nonnull (strstr (cause->remedy, "where months were missed"));
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  guide_assert_text (guide_find (zh, "R29")->steps, 0, "继续缴费，不要断，直到等待期结束。");
}

static void
test_employer (void)
{
  g_autoptr (ZifuRecordFile) file =
      guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "," GUIDE_PAID_TO_AUGUST "},'record':{'arrears_from':'2026-09'}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R31");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==,
                   "Your employer owes contributions since September 2026. The fund stops meanwhile; what is paid within the term of the "
                   "region is made good.");
  g_assert_cmpstr (
      answer->in_your_case, ==,
      "If the employer pays everything this month: full benefits from this month on, and the bills of the gap can be claimed too.");
  guide_assert_text (answer->papers, 0, "Labour contract");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R31")->in_your_case, ==, "单位这个月全补上的话：从这个月起待遇全部恢复，断缴期间的费用也能补报。");
}

/* Residents pay by the year: 2026 is missing, no whole year yet: three months of waiting, to January, for 460.00. */
static void
test_resident (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD
      "'person':{'insurance':'390','status':'resident','resident_class':'elderly','age':68,'paid':[{'year':2024},{'year':2025}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  g_assert_cmpstr (
      guide_find (en, "R28")->answer, ==,
      "There is no balance to lose: you have no personal account. Only the fund's payments stop while contributions are missing.");
  g_assert_cmpstr (guide_find (en, "R28")->in_your_case, ==,
                   "Today: suspended, the fund pays nothing. A visit of 5,000.00 today: fund 0.00, cash 5,000.00.");
  g_assert_cmpstr (guide_find (en, "R29")->answer, ==, "From 1 February 2027 on, when you pay again this month.");
  /* The provinces set the exact figures. */
  g_assert_true (guide_find (en, "R29")->unverified);
  g_assert_true (g_str_has_prefix (guide_find (en, "R29")->why, "By this national rule; your region may set other terms"));
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==,
                   "No whole year is missing: the months of this year come with its premium, and nothing else can be made up.");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (guide_find (en, "R30")->points, 1),
                                   "Enrol again this month for the premium of a year, 460.00: full benefits from 1 February 2027 on."));
  /* The premium of 2026 has one unofficial source. */
  g_assert_true (guide_find (en, "R30")->unverified);
  g_assert_cmpstr (guide_find (en, "R31")->answer, ==, "No employer pays for residents: you pay the yearly premium yourself.");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  for (guint r = 0; rows[r] != NULL; r++)
    g_assert_null (strstr (guide_find (zh, rows[r])->answer, "你的账户"));
}

/*
 * 2022 to 2025 are missing, four years: 3 + 4 months of waiting from November, to May.  Buying back one year takes a month off,
 * and six is the least, so more of them brings nothing: 795.00 for one, not 3,180.00 for four.
 */
static void
test_missed_years (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD
      "'person':{'insurance':'390','status':'resident','resident_class':'working','age':45,'paid':[{'year':2020},{'year':2021}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R30");

  guide_check (en, rows);
  g_assert_cmpstr (guide_find (en, "R29")->answer, ==,
                   "From 1 June 2027 on when you pay again this month; from 1 May 2027 on when you also make up what is missing.");
  g_assert_cmpstr (answer->answer, ==,
                   "It is enough to make up part of the missed years (1), besides the premium of this year: costs 795.00; full benefits "
                   "from 1 May 2027 on. More of them brings no earlier day.");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer->points, 1),
                                   "Enrol again this month for the premium of a year, 795.00: full benefits from 1 June 2027 on."));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer->points, 5),
                                   "Besides, make up missed years (4): costs 3,180.00 more, full benefits from 1 May 2027 on."));
  g_assert_true (answer->unverified);
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R30")->answer, ==,
                   "只补其中 1 年就够（当年保费另缴）：要 795.00；从2027年5月1日起待遇全部恢复。再多补也不会更早。");
}

static void
test_retired (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_RETIRED "}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  g_assert_cmpstr (guide_find (en, "R28")->answer, ==, "No. 500.00 stays yours, and you are covered without contributions.");
  g_assert_cmpstr (guide_find (en, "R29")->answer, ==,
                   "You are reimbursed today and stay so: retired people who are covered pay no contributions.");
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==, "Nothing: retired people who are covered have no months to make up.");
  g_assert_cmpuint (guide_find (en, "R30")->points->len, ==, 0);
  /* (5,000.00 − 1,300.00) × 90 % = 3,330.00 */
  g_assert_cmpstr (guide_find (en, "R32")->in_your_case, ==, "fund 3,330.00, account 500.00, cash 1,170.00");
}

/* Covered and paid; a year that is not over; the current month not yet paid. */
static void
test_covered (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE ",'paid':[{'year':2025},{'year':2026}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  g_assert_cmpstr (guide_find (en, "R29")->answer, ==, "You are reimbursed today, and nothing is missing.");
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==, "Nothing is missing, so there is nothing to make up.");
  g_assert_cmpstr (guide_find (en, "R32")->answer, ==, "The same: you are covered today, and no change is in sight.");
  g_assert_cmpstr (guide_find (en, "R31")->answer, ==,
                   "Your data show no arrears. If they came, the fund would stop and be restored when the employer pays.");
}

static void
test_unknown (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  /* The balance does not depend on it. */
  g_assert_cmpstr (guide_find (en, "R28")->answer, ==,
                   "No. 3,286.40 stays yours and stays usable; only the fund's payments stop while contributions are missing.");
  g_assert_cmpstr (guide_find (en, "R29")->answer, ==, "That cannot be said yet: the data do not say which months are paid.");
  g_assert_cmpstr (guide_find (en, "R29")->in_your_case, ==,
                   "Missing: the months for which contributions were paid, and the months in which they were paid.");
  g_assert_cmpuint (guide_find (en, "R30")->steps->len, ==, 2);

  /* A region without rules. */
  speak ("zh_CN");
  g_autoptr (GPtrArray) nowhere = zifu_answers (NULL, file->record, GUIDE_DAY);
  guide_check (nowhere, rows);
  g_assert_cmpstr (guide_find (nowhere, "R29")->answer, ==, "这里说不准：等待期各地不同，请问参保地。");
  g_assert_cmpstr (guide_find (nowhere, "R29")->in_your_case, ==, "还没有你这个地方的规则。");
}

/* States of the account outlive a gap. */
static void
test_account_states (void)
{
  static const struct
  {
    const char *state, *answer;
  } states[] = {
    { "frozen", "No. 3,286.40 stays yours; but the account is frozen, and that has nothing to do with contributions." },
    { "closed", "The account is recorded as closed; that does not come from a gap. Ask where the balance of 3,286.40 went." },
    { "moved", "No. The account was moved to another region, and the balance of 3,286.40 goes along." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *text = g_strdup_printf (GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'account':'%s'}}", states[i].state);
      g_autoptr (ZifuRecordFile) file = guide_file (text);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");

      g_assert_cmpstr (guide_find (en, "R28")->answer, ==, states[i].answer);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R28-R32/flexible", test_flexible);
  g_test_add_func ("/answers/R28-R32/waiting", test_waiting);
  g_test_add_func ("/answers/R29/newborn", test_newborn);
  g_test_add_func ("/answers/R29-R30/first-enrolment", test_first_enrolment);
  g_test_add_func ("/answers/R31/employer", test_employer);
  g_test_add_func ("/answers/R28-R32/resident", test_resident);
  g_test_add_func ("/answers/R29-R30/missed-years", test_missed_years);
  g_test_add_func ("/answers/R28-R32/retired", test_retired);
  g_test_add_func ("/answers/R28-R32/covered", test_covered);
  g_test_add_func ("/answers/R28-R32/unknown", test_unknown);
  g_test_add_func ("/answers/R28/account-states", test_account_states);
  return g_test_run ();
}
