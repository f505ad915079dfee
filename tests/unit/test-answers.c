/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "words-support.h"

#define TODAY zifu_date_new (2026, 11, 24)

/* The answers to somebody of whom nothing but the person is known. */
static GPtrArray *
answers_of (ZifuPack *pack, const ZifuPerson *person, ZifuDate today)
{
  g_autoptr (ZifuRecord) record = zifu_record_new_for_person (person);

  return zifu_answers (pack, record, today);
}

static ZifuPerson *
person_new (const char *insurance, const char *status, int age)
{
  ZifuPerson *person = zifu_person_new ();

  zifu_facts_set_string (person->facts, "insurance", insurance);
  if (status != NULL)
    zifu_facts_set_string (person->facts, "status", status);
  zifu_facts_set_int (person->facts, "age", age);
  return person;
}

static ZifuPerson *
employee_new (ZifuMoney balance)
{
  ZifuPerson *person = person_new ("310", "active", 40);

  zifu_facts_set_int (person->facts, "base", 12000);
  zifu_person_add_purse (person, "balance", balance);
  zifu_person_add_counter (person, "op_ded", zifu_rational_from_fen (146230), 0);
  return person;
}

static ZifuPerson *
child_new (void)
{
  ZifuPerson *person = person_new ("390", "resident", 8);

  zifu_facts_set_string (person->facts, "resident_class", "student");
  return person;
}

static const ZifuAnswer *
find (GPtrArray *answers, const char *row)
{
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);
      if (g_str_equal (answer->row, row))
        return answer;
    }
  g_assert_not_reached ();
}

/* What every answer owes its reader; others that stand between these have tests of their own. */
static void
check_form (GPtrArray *answers)
{
  static const char *const rows[] = { "R01", "R02", "R04", "R09", "R19" };
  guint n = 0;

  for (guint i = 0; i < answers->len; i++)
    n += n < G_N_ELEMENTS (rows) && g_str_equal (((const ZifuAnswer *) g_ptr_array_index (answers, i))->row, rows[n]);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < answers->len; i++)
    {
      const ZifuAnswer *answer = g_ptr_array_index (answers, i);

      g_assert_true (answer->section[0] != '\0' && answer->question[0] != '\0' && answer->answer[0] != '\0');
      g_assert_nonnull (answer->why);
      g_assert_nonnull (answer->keywords);
      g_assert_null (strstr (answer->answer, "{"));
      g_assert_true (answer->in_your_case == NULL || strstr (answer->in_your_case, "{") == NULL);
      g_assert_true (answer->url == NULL || strstr (answer->url, "gov.cn") != NULL);
    }
}

static void
test_employee (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) person = employee_new (328640);

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = answers_of (pack, person, TODAY);
  check_form (zh);
  g_assert_cmpstr (find (zh, "R01")->question, ==, "余额不够，还能刷医保吗？");
  g_assert_cmpstr (find (zh, "R01")->answer, ==, "能。基金照付；你的账户先付 3,286.40，不够的再付现金。");
  g_assert_cmpstr (find (zh, "R01")->in_your_case, ==, "账单 5,000.00：基金付 3,263.61，账户付 1,736.39，现金 0.00");
  g_assert_cmpint (find (zh, "R01")->bill, ==, 500000);
  g_assert_cmpstr (find (zh, "R02")->answer, ==, "一样报。你现在门诊再付 337.70 就过起付线。");
  g_assert_cmpstr (find (zh, "R02")->in_your_case, ==, "账单 5,000.00：不管余额多少，基金都付 3,263.61");
  g_assert_cmpstr (find (zh, "R09")->in_your_case, ==,
                   "你自己的钱：3,286.40。账单 5,000.00，基金付 3,263.61，其中没有一分钱出自你的余额。");
  g_assert_cmpstr (find (zh, "R19")->answer, ==, "不能。只有缴费划入、转移、退费和利息会进账。");
  g_assert_cmpstr (find (zh, "R19")->in_your_case, ==, "每月划入 240.00。");

  /* 1,000.00 with 100.00 out of catalogue: (900.00 − 337.70) × 70 % = 393.61 from the fund. */
  g_assert_cmpstr (find (zh, "R04")->in_your_case, ==, "账单 1,000.00，其中目录外 100.00：账户付 506.39，现金 100.00");
  g_assert_nonnull (find (zh, "R04")->points);
  g_assert_cmpstr (g_ptr_array_index (find (zh, "R04")->points, 0), ==, "起付线：可以付");
  g_assert_cmpstr (g_ptr_array_index (find (zh, "R04")->points, 5), ==, "全自费（目录外）：不能付");
  g_assert_nonnull (strstr (find (zh, "R04")->source, "国办发〔2021〕14号"));
  g_assert_nonnull (find (zh, "R04")->url);

  speak ("en");
  g_autoptr (GPtrArray) en = answers_of (pack, person, TODAY);
  check_form (en);
  g_assert_cmpstr (find (en, "R01")->in_your_case, ==, "A bill of 5,000.00: fund 3,263.61, account 1,736.39, cash 0.00");
  g_assert_cmpstr (find (en, "R02")->answer, ==, "Just the same. 337.70 more and you pass the outpatient deductible.");
}

static void
test_rich_and_poor (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) rich = employee_new (1234567);
  g_autoptr (ZifuPerson) poor = employee_new (0);

  speak ("en");
  g_autoptr (GPtrArray) of_rich = answers_of (pack, rich, TODAY);
  g_autoptr (GPtrArray) of_poor = answers_of (pack, poor, TODAY);

  /* The bill of the example is always higher than the balance. */
  g_assert_cmpint (find (of_rich, "R01")->bill, ==, 1500000);
  g_assert_cmpstr (find (of_poor, "R01")->answer, ==, "Yes. The fund pays as usual; your account is empty, so your part is paid in cash.");
  g_assert_cmpstr (find (of_poor, "R02")->in_your_case, ==, "A bill of 5,000.00: the fund pays 3,263.61, whatever the balance");
}

static void
test_retired (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) person = person_new ("310", "retired", 72);

  zifu_person_add_purse (person, "balance", 50000);
  speak ("en");
  g_autoptr (GPtrArray) answers = answers_of (pack, person, TODAY);
  check_form (answers);
  /* (5,000 − 1,300) × 90 % */
  g_assert_cmpstr (find (answers, "R01")->in_your_case, ==, "A bill of 5,000.00: fund 3,330.00, account 500.00, cash 1,170.00");
  g_assert_cmpstr (find (answers, "R02")->answer, ==, "Just the same. 1,300.00 more and you pass the outpatient deductible.");
  g_assert_cmpstr (find (answers, "R19")->in_your_case, ==, "107.00 is credited each month.");
}

static void
test_resident (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) person = child_new ();

  speak ("zh_CN");
  g_autoptr (GPtrArray) answers = answers_of (pack, person, TODAY);
  check_form (answers);
  /* (5,000 − 550) × 50 % */
  g_assert_cmpstr (find (answers, "R01")->in_your_case, ==, "账单 5,000.00：基金付 2,225.00，现金 2,775.00");
  g_assert_cmpstr (find (answers, "R02")->answer, ==, "给报，不需要有账户。你现在门诊再付 550.00 就过起付线。");
  g_assert_cmpstr (find (answers, "R09")->in_your_case, ==, "账单 5,000.00，基金付 2,225.00。");
  g_assert_cmpstr (find (answers, "R19")->answer, ==, "不能。居民按年缴费，没有可以充钱的个人账户。");
  g_assert_null (find (answers, "R19")->in_your_case);
  for (guint i = 0; i < answers->len; i++)
    g_assert_null (strstr (((ZifuAnswer *) g_ptr_array_index (answers, i))->answer, "你的账户"));

  /* A relative's account is named beside the fund. */
  zifu_person_add_mutual (person, "mother", 100000, NULL);
  g_autoptr (GPtrArray) with_mother = answers_of (pack, person, TODAY);
  g_assert_cmpstr (find (with_mother, "R01")->in_your_case, ==, "账单 5,000.00：基金付 2,225.00，家庭共济付 1,000.00，现金 1,775.00");
}

static void
test_refused (void)
{
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) person = person_new ("310", NULL, 40);

  zifu_person_add_purse (person, "balance", 10000);
  speak ("zh_CN");
  g_autoptr (GPtrArray) nowhere = answers_of (NULL, person, TODAY);
  check_form (nowhere);
  g_assert_cmpstr (find (nowhere, "R01")->in_your_case, ==, "算不出数字：还没有这个地方的规则");
  g_assert_cmpint (find (nowhere, "R01")->bill, ==, 0);
  g_assert_cmpint (find (nowhere, "R04")->bill, ==, 0);

  /* Without a status nobody knows which rule holds. */
  g_autoptr (GPtrArray) unknown = answers_of (pack, person, TODAY);
  check_form (unknown);
  g_assert_true (g_str_has_prefix (find (unknown, "R01")->in_your_case, "算不出数字："));
  g_assert_cmpint (find (unknown, "R01")->bill, ==, 0);
}

static void
test_search (void)
{
  static const struct
  {
    const char *text, *row;
  } hits[] = {
    { "充值", "R19" },
    { "我能往卡里充钱吗", "R19" },
    { "top up", "R19" },
    { "Can I TOP UP my card?", "R19" },
    { "余额不够", "R01" },
    { "balance too low", "R01" },
    { "没钱还报销吗", "R02" },
    { "药店", "R04" },
    { "两个钱包", "R09" },
    { "pooled fund", "R09" },
    { "", "R01" },
  };
  static const struct
  {
    const char *text, *row;
  } misses[] = { { "充值", "R01" }, { "pregnancy", "R19" }, { "top up wallet elsewhere", "R19" }, { "生育津贴", "R02" } };
  g_autoptr (ZifuPack) pack = beijing_new ();
  g_autoptr (ZifuPerson) person = employee_new (328640);
  static const char *const languages[] = { "en", "zh_CN" };

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      speak (languages[l]);
      g_autoptr (GPtrArray) answers = answers_of (pack, person, TODAY);
      for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
        if (!zifu_answer_matches (find (answers, hits[i].row), hits[i].text))
          g_error ("“%s” does not find %s in %s", hits[i].text, hits[i].row, languages[l]);
      for (guint i = 0; i < G_N_ELEMENTS (misses); i++)
        if (zifu_answer_matches (find (answers, misses[i].row), misses[i].text))
          g_error ("“%s” finds %s in %s", misses[i].text, misses[i].row, languages[l]);
      g_assert_true (zifu_answer_matches (find (answers, "R01"), NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R01-R19-employee", test_employee);
  g_test_add_func ("/answers/R01-R02-rich-and-poor", test_rich_and_poor);
  g_test_add_func ("/answers/R01-R19-retired", test_retired);
  g_test_add_func ("/answers/R03-resident", test_resident);
  g_test_add_func ("/answers/R01-refused", test_refused);
  g_test_add_func ("/answers/R19-search", test_search);
  return g_test_run ();
}
