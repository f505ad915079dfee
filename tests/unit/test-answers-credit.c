/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R17 to R22: the next credits, the base, premiums of relatives, and retirement. */

#include "answers-support.h"

static GPtrArray *
answers_on (const char *text, ZifuDate today)
{
  g_autoptr (ZifuRecordFile) file = person_text (text);
  GPtrArray *answers = zifu_answers (file->pack, file->record, today);

  check_form (answers);
  return answers;
}

/* 12,000 × 2 % = 240 a month; 3,286.40 + 12 × 240 = 6,166.40 */
static void
test_employee (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("employee");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  g_assert_cmpstr (answer_of (en, "R17")->answer, ==, "240.00 a month. The next credit is expected on 5 December 2026.");
  g_assert_cmpstr (answer_of (en, "R17")->in_your_case, ==,
                   "The balance is 3,286.40 now, and 6,166.40 in November 2027 if nothing is spent.");
  assert_point (en, "R17", "5 December 2026: +240.00, balance 3,526.40");
  assert_point (en, "R17", "5 November 2027: +240.00, balance 6,166.40");
  assert_point (en, "R17", "From July 2027 on the rule is past the day up to which it is confirmed: the amounts may change.");
  g_assert_true (answer_of (en, "R17")->unverified);

  g_assert_cmpstr (answer_of (en, "R18")->answer, ==,
                   "Your base of 12,000.00 lies between the floor of 7,270.00 and the ceiling of 36,348.00: it counts as it is.");
  g_assert_cmpstr (answer_of (en, "R18")->in_your_case, ==, "240.00 is credited each month.");

  g_assert_cmpstr (answer_of (en, "R21")->answer, ==, "Yes: the yearly resident premium of close relatives may be paid from your account.");
  g_assert_cmpstr (answer_of (en, "R21")->in_your_case, ==,
                   "435.00 were paid from your account for premiums in the last twelve months, the last time on 12 January 2026.");
  assert_point (en, "R21", "elderly resident: 460.00 (Resident premium of 2026)");
  assert_point (en, "R21", "What the premium of the next year is, is not known here yet.");
  g_assert_true (answer_of (en, "R21")->unverified);

  /* 100 − 3 below the age of 70; 20 years for a woman, by a rule that is not verified: 240 − 35 = 205 months from November 2026 on. */
  g_assert_cmpstr (answer_of (en, "R22")->answer, ==,
                   "At pension age, with 20 years of contributions. Months still missing: 205; if you go on paying, they are there in "
                   "December 2043.");
  g_assert_true (answer_of (en, "R22")->unverified);
  g_assert_cmpstr (answer_of (en, "R22")->in_your_case, ==, "A retired person of your age is credited 97.00 a month at present.");
  /* 2024, 2025 and eleven months of 2026 */
  assert_point (en, "R22", "Months of contributions in your data: 35");

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  check_form (zh);
  g_assert_cmpstr (answer_of (zh, "R17")->answer, ==, "每月 240.00，下一笔预计 2026年12月5日到账。");
  g_assert_cmpstr (answer_of (zh, "R17")->in_your_case, ==, "现在余额 3,286.40；一分不花的话，2027年11月有 6,166.40。");
  g_assert_cmpstr (answer_of (zh, "R18")->answer, ==, "你的基数 12,000.00 在下限 7,270.00 和上限 36,348.00 之间，照实算。");
  g_assert_cmpstr (answer_of (zh, "R21")->in_your_case, ==, "近十二个月从你的账户代缴保费 435.00，最近一次是 2026年1月12日。");
  g_assert_cmpstr (answer_of (zh, "R22")->in_your_case, ==, "现在和你同龄的退休人员每月划入 97.00。");
}

/* From 70: 110 − 3 = 107; 86.40 + 12 × 107 = 1,370.40 */
static void
test_retired (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("retired");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  g_assert_cmpstr (answer_of (en, "R17")->answer, ==, "107.00 a month. The next credit is expected on 5 December 2026.");
  g_assert_cmpstr (answer_of (en, "R17")->in_your_case, ==, "The balance is 86.40 now, and 1,370.40 in November 2027 if nothing is spent.");
  g_assert_false (answer_of (en, "R17")->unverified);
  g_assert_cmpstr (answer_of (en, "R18")->answer, ==,
                   "None any more: you are retired. What is credited follows the rule for retired people.");
  g_assert_cmpstr (answer_of (en, "R22")->answer, ==,
                   "You are retired: you pay no more, and the fund pays by the rules for retired people.");
  g_assert_cmpstr (answer_of (en, "R22")->in_your_case, ==, "107.00 is credited each month.");
  assert_point (en, "R22", "Large-amount premium withheld: 3 a month: −3.00");
  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  g_assert_cmpstr (answer_of (zh, "R22")->answer, ==, "你已经退休：不用再缴费，基金按退休人员的规则付。");
}

/* A birthday between two credits: 97 a month until the age of 70, 107 from it. */
static void
test_birthday (void)
{
  speak ("en");
  g_autoptr (GPtrArray) en = answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'retired', 'birth': '1957-03-08', "
                                         "'account': {'balance': '0.00'}}}",
                                         TODAY);

  g_assert_cmpstr (answer_of (en, "R17")->answer, ==, "97.00 a month. The next credit is expected in December 2026.");
  assert_point (en, "R17", "March 2027: +97.00, balance 388.00");
  assert_point (en, "R17", "April 2027: +107.00, balance 495.00");
  assert_point (en, "R17", "The day of the month is not known: no earlier credit is in your data.");
}

static void
test_child (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("resident-child");

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  check_form (zh);
  g_assert_cmpstr (answer_of (zh, "R17")->answer, ==, "不划入：居民没有个人账户。你有的是每次看病基金付的那一份。");
  g_assert_cmpstr (answer_of (zh, "R17")->in_your_case, ==, "账单 5,000.00：基金付 2,225.00，现金 2,775.00");
  g_assert_cmpstr (answer_of (zh, "R18")->answer, ==, "没有基数：居民不看收入，按年缴固定的保费。");
  g_assert_cmpstr (answer_of (zh, "R18")->in_your_case, ==, "你的保费：每年 435.00。");
  g_assert_cmpstr (answer_of (zh, "R21")->answer, ==, "能：有个人账户的近亲属可以用账户替你缴保费。");
  g_assert_cmpstr (answer_of (zh, "R22")->answer, ==, "居民医保没有这一天：按年缴费，一般老了也要缴。");
  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  g_assert_cmpstr (answer_of (en, "R21")->in_your_case, ==, "Your premium: 435.00 a year.");
  g_assert_null (strstr (answer_of (en, "R22")->answer, "pension age"));
}

/* Which day the next credit comes: by the day that most credits had, and whether this month's has come. */
static void
test_next_day (void)
{
  static const char text[] =
      "{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': '12000.00', 'account': "
      "{'balance': '100.00'}}, 'record': {'movements': [{'acct_modi_date': '2026-08-26', 'kind': 'credit', "
      "'inc_sumamt': '240.00'}, {'acct_modi_date': '2026-09-28', 'kind': 'credit', 'inc_sumamt': '240.00'}, "
      "{'acct_modi_date': '2026-10-28', 'kind': 'credit', 'inc_sumamt': '240.00'}]}}";

  speak ("en");
  g_autoptr (GPtrArray) due = answers_on (text, TODAY);
  g_assert_cmpstr (answer_of (due, "R17")->answer, ==, "240.00 a month. The next credit is expected on 28 November 2026.");
  assert_point (due, "R17", "28 November 2026: +240.00, balance 340.00");
  assert_point (due, "R17", "28 February 2027: +240.00, balance 1,060.00");
  /* Two days past it, and nothing has come. */
  g_autoptr (GPtrArray) late = answers_on (text, zifu_date_new (2026, 11, 30));
  g_assert_cmpstr (answer_of (late, "R17")->answer, ==, "240.00 a month. The next credit is expected on 28 December 2026.");
  assert_point (late, "R17", "This month's credit is not in your data yet, although its usual day is past.");
}

/* Contributions stopped in July 2026. */
static void
test_interrupted (void)
{
  speak ("en");
  g_autoptr (GPtrArray) en =
      answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': '12000.00', "
                  "'account': {'balance': '100.00'}, 'paid': [{'year': 2025}, {'month': '2026-01'}, {'month': "
                  "'2026-02'}, {'month': '2026-03'}, {'month': '2026-04'}, {'month': '2026-05'}, {'month': "
                  "'2026-06'}]}}",
                  TODAY);

  g_assert_cmpstr (answer_of (en, "R17")->answer, ==, "Nothing while no contribution is paid. Once it is paid again, 240.00 a month.");
  g_assert_cmpstr (answer_of (en, "R17")->in_your_case, ==, "No contribution is known for July 2026 and after.");
  /* October was made up in November: contributions go on. */
  g_autoptr (GPtrArray) late = answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': "
                                           "'12000.00', 'account': {'balance': '100.00'}, 'paid': [{'year': 2025}, {'month': '2026-09'}, "
                                           "{'month': '2026-10', 'paid_on': '2026-11'}]}}",
                                           TODAY);
  g_assert_true (g_str_has_prefix (answer_of (late, "R17")->answer, "240.00 a month."));

  speak ("zh_CN");
  g_autoptr (GPtrArray) flexible =
      answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'flexible', 'age': 45, 'base': "
                  "'7270.00'}}",
                  TODAY);
  g_assert_cmpstr (answer_of (flexible, "R17")->answer, ==, "不划入。按你参保地的规则，你这种参保方式不设个人账户。");
  g_assert_cmpstr (answer_of (flexible, "R18")->in_your_case, ==, "你是灵活就业人员，每月缴 584.92。");
  assert_point (flexible, "R18", "这里用到的规则超过了确认的有效期，数字可能已经变了。");
  g_assert_cmpstr (answer_of (flexible, "R21")->answer, ==, "个人账户可以，但你没有账户：用现金、扫码或银行卡缴。");
}

/* R18: 7,270 × 2 % = 145.40 and 36,348 × 2 % = 726.96 */
static void
test_bounds (void)
{
  speak ("en");
  g_autoptr (GPtrArray) low = answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': "
                                          "'3000.00'}}",
                                          TODAY);
  g_autoptr (GPtrArray) high = answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': "
                                           "'50000.00'}}",
                                           TODAY);
  g_autoptr (GPtrArray) unknown = answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40}}", TODAY);
  g_autoptr (GPtrArray) national =
      answers_on ("{'policy': 'national', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': "
                  "'3000.00'}}",
                  TODAY);

  g_assert_cmpstr (answer_of (low, "R18")->answer, ==, "Your base of 3,000.00 is below the floor: 7,270.00 count instead.");
  g_assert_cmpstr (answer_of (low, "R18")->in_your_case, ==, "145.40 is credited each month.");
  g_assert_cmpstr (answer_of (high, "R18")->answer, ==, "Your base of 50,000.00 is above the ceiling: 36,348.00 count instead.");
  g_assert_cmpstr (answer_of (high, "R18")->in_your_case, ==, "726.96 is credited each month.");
  g_assert_cmpstr (answer_of (unknown, "R18")->answer, ==,
                   "At least 7,270.00 and at most 36,348.00 a month count. Your own base is not in your data.");
  g_assert_true (g_str_has_prefix (answer_of (unknown, "R18")->in_your_case, "No figures: "));
  g_assert_true (g_str_has_prefix (answer_of (unknown, "R17")->in_your_case, "No figures: "));
  g_assert_nonnull (strstr (answer_of (national, "R18")->answer, "Those of your region are not known here."));
  g_assert_cmpstr (answer_of (national, "R18")->in_your_case, ==, "60.00 is credited each month.");
}

/* R21 before the national rule: each region decided. */
static void
test_premium_before (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("employee");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, zifu_date_new (2025, 6, 1));
  check_form (en);
  g_assert_cmpstr (answer_of (en, "R21")->answer, ==, "That is for each region to say, and the rules here do not say it.");
  assert_point (en, "R21", "pupil, student or child: 375.00 (Resident premium of 2025)");
  assert_point (en, "R21", "pupil, student or child: 435.00 (Resident premium of 2026)");
  g_assert_cmpuint (answer_of (en, "R21")->steps->len, ==, 0);
}

/* R22: 25 years, of them 10 paid: 300 − (240 + 12) = 48 months are missing, four years from November 2026. */
static void
test_years (void)
{
  static const char text[] =
      "{'policy': {'pack': 'inline', 'extends': '110000', 'sources': [{'id': 'case', 'title': 'case'}], 'rules': [{'id': "
      "'y', 'kind': 'amount', 'title': 'Years', 'valid_from': '2020-01-01', 'name': 'retire_years', 'value': {'by': "
      "'sex', 'of': {'1': '25', '2': '20'}}, 'confidence': '2S', 'sources': ['case']}, {'id': 'a', 'kind': 'amount', "
      "'title': 'Paid', 'valid_from': '2020-01-01', 'name': 'retire_years_actual', 'value': '10', 'confidence': 'R', "
      "'sources': ['case']}]}, 'person': {'insurance': '310', 'status': 'active', 'age': 50, 'base': '12000.00', "
      "'account': {'balance': '1.00'}%s}}";
  g_autofree char *short_of = g_strdup_printf (text, ", 'sex': '1', 'months_paid': 240, 'months_deemed': 12");
  g_autofree char *done = g_strdup_printf (text, ", 'sex': '2', 'months_paid': 240");
  g_autofree char *no_months = g_strdup_printf (text, ", 'sex': '1'");
  g_autofree char *no_sex = g_strdup_printf (text, ", 'months_paid': 240");

  speak ("en");
  g_autoptr (GPtrArray) one = answers_on (short_of, TODAY);
  g_autoptr (GPtrArray) two = answers_on (done, TODAY);
  g_autoptr (GPtrArray) three = answers_on (no_months, TODAY);
  g_autoptr (GPtrArray) four = answers_on (no_sex, TODAY);
  g_assert_cmpstr (
      answer_of (one, "R22")->answer, ==,
      "At pension age, with 25 years of contributions. Months still missing: 48; if you go on paying, they are there in November "
      "2030.");
  assert_point (one, "R22", "Of them actually paid: 10");
  assert_point (one, "R22", "Months of contributions in your data: 252");
  g_assert_true (answer_of (one, "R22")->unverified);
  g_assert_cmpstr (answer_of (two, "R22")->answer, ==, "At pension age: the 20 years of contributions that are required are there.");
  g_assert_cmpstr (answer_of (three, "R22")->answer, ==,
                   "At pension age, with 25 years of contributions. How many you have is not in your data.");
  assert_point (four, "R22", "The rules ask for data that are missing, such as your sex.");
}

/* Where no rule fits nothing is known, which is not the same as nothing. */
static void
test_unknown (void)
{
  speak ("en");
  g_autoptr (GPtrArray) status =
      answers_on ("{'policy': '110000', 'person': {'insurance': '310', 'age': 40, 'account': {'balance': '1.00'}}}", TODAY);
  g_assert_cmpstr (answer_of (status, "R17")->answer, ==, "The rules do not say it: they know of no credit for somebody with your data.");
  g_assert_cmpstr (answer_of (status, "R17")->in_your_case, ==, "Look whether insurance, status and contribution base are filled in.");
  g_assert_null (answer_of (status, "R19")->in_your_case);
  g_assert_null (answer_of (status, "R18")->in_your_case);

  g_autoptr (ZifuRecordFile) employee = person_file ("employee");
  g_autoptr (GPtrArray) nowhere = zifu_answers (NULL, employee->record, TODAY);
  check_form (nowhere);
  g_assert_cmpstr (answer_of (nowhere, "R17")->in_your_case, ==, "No figures: there are no rules for this region yet");
  g_assert_cmpstr (answer_of (nowhere, "R22")->answer, ==, "At pension age, with the years of contributions that the region requires.");
  g_assert_cmpstr (answer_of (nowhere, "R21")->answer, ==, "That is for each region to say, and the rules here do not say it.");

  /* Before the oldest rule. */
  g_autoptr (GPtrArray) long_ago = zifu_answers (employee->pack, employee->record, zifu_date_new (2015, 1, 1));
  check_form (long_ago);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R17-R18-R21-R22-employee", test_employee);
  g_test_add_func ("/answers/R17-R18-R22-retired", test_retired);
  g_test_add_func ("/answers/R17-birthday", test_birthday);
  g_test_add_func ("/answers/R17-R18-R21-R22-child", test_child);
  g_test_add_func ("/answers/R17-next-day", test_next_day);
  g_test_add_func ("/answers/R17-R18-R21-interrupted-and-flexible", test_interrupted);
  g_test_add_func ("/answers/R18-bounds", test_bounds);
  g_test_add_func ("/answers/R21-before-2026", test_premium_before);
  g_test_add_func ("/answers/R22-years", test_years);
  g_test_add_func ("/answers/R17-R19-R22-unknown", test_unknown);
  return g_test_run ();
}
