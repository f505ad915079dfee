/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers by the rules of all regions: what was thin, empty, or contradicted another answer. */

#include "guide-support.h"

static const char *const regions[] = { "110000", "120000", "310000", "320100", "320500", "330100",
                                       "420100", "440100", "440300", "500000", "510100", "610100" };

#define RECORD "'record':{'card':'active','account':'normal'}"

static ZifuRecordFile *
person_of (const char *region, const char *person, const char *record)
{
  g_autofree char *text =
      g_strdup_printf ("{'policy':'%s','date':'2026-11-24','person':{%s}%s%s}", region, person, record != NULL ? "," : "",
                       record != NULL ? record : "");

  return guide_file (text);
}

static ZifuMoney
money_after (const char *text, const char *before)
{
  const char *at = text != NULL ? strstr (text, before) : NULL;
  g_autoptr (GString) digits = g_string_new (NULL);
  ZifuMoney fen = 0;

  g_assert_nonnull (at);
  for (at += strlen (before); g_ascii_isdigit (*at) || *at == ',' || *at == '.'; at++)
    if (*at != ',')
      g_string_append_c (digits, *at);
  /* A full stop behind a sum is no part of it. */
  if (digits->len > 0 && digits->str[digits->len - 1] == '.')
    g_string_truncate (digits, digits->len - 1);
  if (!zifu_money_parse (digits->str, &fen, NULL))
    g_error ("no amount behind “%s” in “%s”", before, text);
  return fen;
}

static gboolean
has_figures (const ZifuAnswer *answer)
{
  return answer->in_your_case != NULL && !g_str_has_prefix (answer->in_your_case, "No figures");
}

/*
 * R04, every region, balances at the edges: the account pays what it may of 1,000.00 and no more than it holds; 100.00 out of catalogue
 * are never its own where the rules say so; fund, account and cash make the bill.
 */
static void
test_what_account_pays (gconstpointer data)
{
  static const char *const balances[] = { "0.00", "0.01", "315.00", "899.99", "900.00", "5000.00" };
  ZifuMoney before = 0;
  guint told = 0;

  for (guint i = 0; i < G_N_ELEMENTS (balances); i++)
    {
      g_autofree char *person = g_strdup_printf ("'insurance':'310','status':'active','age':40,'base':'9000.00','plan':'1',"
                                                 "'account':{'balance':'%s'}",
                                                 balances[i]);
      g_autoptr (ZifuRecordFile) file = person_of (data, person, RECORD);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");
      const ZifuAnswer *answer = guide_find (en, "R04");
      ZifuMoney balance = 0, account, cash;

      g_assert_cmpuint (answer->points->len, ==, 6);
      guide_assert_text (answer->points, 0, "Deductible: yes");
      g_assert_true (zifu_money_parse (balances[i], &balance, NULL));
      if (!has_figures (answer))
        continue;
      told++;
      account = money_after (answer->in_your_case, "the account pays ");
      cash = money_after (strstr (answer->in_your_case, "the account pays "), ", ");
      g_assert_cmpint (account, <=, balance);
      g_assert_cmpint (account, >=, before);
      g_assert_cmpint (account + cash, <=, 100000);
      g_assert_cmpint (cash, >=, g_str_equal (g_ptr_array_index (answer->points, 5), "Out of catalogue: no") ? 10000 : 0);
      before = account;
    }
  g_test_message ("%u of %u told", told, (guint) G_N_ELEMENTS (balances));
  g_assert_true (told == 0 || told == G_N_ELEMENTS (balances));
}

/* R04 and R01 without an account, with a frozen one, and without rules: nothing is promised of it. */
static void
test_no_account (void)
{
  g_autoptr (ZifuRecordFile) none =
      person_of ("110000", "'insurance':'390','status':'resident','resident_class':'working','age':40", RECORD);
  g_autoptr (ZifuRecordFile) frozen =
      person_of ("110000", "'insurance':'310','status':'active','age':40,'base':'9000.00','account':{'balance':'100.00'}",
                 "'record':{'card':'active','account':'frozen'}");
  g_autoptr (ZifuRecordFile) lost =
      person_of ("110000", "'insurance':'310','status':'active','age':40,'base':'9000.00','account':{'balance':'100.00'}",
                 "'record':{'card':'lost','account':'normal'}");
  g_autoptr (GPtrArray) resident = guide_answers (none, "en");
  g_autoptr (GPtrArray) locked = guide_answers (frozen, "en");
  g_autoptr (GPtrArray) carded = guide_answers (lost, "en");
  static const char *const rows[] = { "R01", "R04", "R05", "R10", "R11", "R16" };

  g_assert_cmpuint (guide_find (resident, "R04")->points->len, ==, 0);
  g_assert_true (g_str_has_prefix (guide_find (resident, "R04")->answer, "You have no personal account."));
  g_assert_cmpstr (guide_find (locked, "R01")->answer, ==,
                   "The fund pays as usual, but your account cannot pay at present: your part is paid in cash, by phone or bank card.");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (g_str_has_prefix (guide_find (locked, rows[i])->in_your_case, "Your account is frozen: until it is freed"));
      g_assert_true (g_str_has_prefix (guide_find (carded, rows[i])->in_your_case, "Your card does not work at present"));
    }
  g_assert_true (g_str_has_prefix (guide_find (locked, "R36")->answer, "Your account is frozen"));
  g_assert_true (g_str_has_prefix (guide_find (carded, "R36")->answer, "Your card does not work at present"));
  g_autoptr (GPtrArray) zh = guide_answers (frozen, "zh_CN");
  g_assert_true (g_str_has_prefix (guide_find (zh, "R36")->answer, "你的个人账户被冻结：解冻之前"));
}

/* R13, every region: plans are compared with the same bills, and where there are none it is said what the one kind pays. */
static void
test_plans (gconstpointer data)
{
  static const char *const people[] = {
    "'insurance':'310','status':'active','age':40,'base':'9000.00'", "'insurance':'310','status':'flexible','age':40,'base':'9000.00'",
    "'insurance':'310','status':'retired','age':72,'retired_on':'2014-05-01'",
    "'insurance':'390','status':'resident','resident_class':'working','age':40", "'insurance':'390','status':'resident',"
                                                                                  "'resident_class':'student','age':11" };
  guint told = 0;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ZifuRecordFile) file = person_of (data, people[i], NULL);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");
      const ZifuAnswer *answer = guide_find (en, "R13");
      gboolean plans = g_str_has_prefix (answer->answer, "Each plan");
      guint n = 0;

      for (guint k = 0; k < answer->points->len; k++)
        {
          const char *point = g_ptr_array_index (answer->points, k);

          if (strstr (point, "outpatient bill of 1,000.00") == NULL && strstr (point, "a stay of 10,000.00") == NULL)
            continue;
          n++;
          g_assert_cmpint (g_str_has_prefix (point, "For you: "), ==, !plans);
          /* A stay that no rule of the plan settles means that the plan is another insurance's. */
          g_assert_true (!plans || strstr (point, "a stay of 10,000.00") != NULL);
        }
      g_assert_true (plans ? n >= 2 : n <= 1);
      told += n;
    }
  /* Employees at work are paid something in every region. */
  g_assert_cmpuint (told, >=, 3);
}

/* R16 and R36, every region and status: steps and papers do not depend on figures, and the figures make the bill. */
static void
test_claim_and_elsewhere (gconstpointer data)
{
  static const struct
  {
    const char *person;
    gboolean account, child;
  } people[] = {
    { "'insurance':'310','status':'active','age':40,'base':'9000.00','account':{'balance':'1200.00'}", TRUE, FALSE },
    { "'insurance':'310','status':'retired','age':72,'retired_on':'2014-05-01','account':{'balance':'0.00'}", TRUE, FALSE },
    { "'insurance':'390','status':'resident','resident_class':'student','birth':'2008-11-25'", FALSE, TRUE },
    { "'insurance':'390','status':'resident','resident_class':'student','birth':'2008-11-24'", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (ZifuRecordFile) file = person_of (data, people[i].person, RECORD);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");
      const ZifuAnswer *claim = guide_find (en, "R16"), *elsewhere = guide_find (en, "R36");

      g_assert_cmpuint (claim->steps->len, ==, 5);
      /* The day before the 18th birthday is still a child's. */
      g_assert_cmpuint (claim->papers->len, ==, people[i].child ? 7 : 6);
      if (has_figures (claim))
        g_assert_cmpint (money_after (claim->in_your_case, "on the spot: fund "), ==,
                         money_after (claim->in_your_case, "all of it by you, and "));
      g_assert_true (
          g_str_has_prefix (elsewhere->answer, people[i].account ? "Yes, where bills are settled directly" : "You have no account"));
      g_assert_cmpint (elsewhere->in_your_case != NULL, ==, people[i].account);
      g_assert_cmpuint (elsewhere->points->len, ==, people[i].account ? 4 : 3);
    }
}

/* R17, R18, R19: floor and ceiling hold the base wherever they are known, also where the rule of the credit does not ask for them. */
static void
test_base_counts (gconstpointer data)
{
  static const char *const bases[] = { "0.01", "3000.00", "9000.00", "99000.00" };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autofree char *person = g_strdup_printf (
          "'insurance':'310','status':'active','age':40,'plan':'1','base':'%s','account':{'balance':'1.00'}", bases[i]);
      g_autoptr (ZifuRecordFile) file = person_of (data, person, RECORD);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");
      const char *bounds = guide_find (en, "R18")->answer, *next = guide_find (en, "R17")->answer;
      ZifuMoney month;

      /* Two per cent of a fen, where no floor is known, are nothing. */
      if (!has_figures (guide_find (en, "R19")) || g_str_has_prefix (guide_find (en, "R19")->in_your_case, "Nothing"))
        continue;
      month = money_after (guide_find (en, "R19")->in_your_case, "");
      if (strstr (next, " a month.") != NULL)
        g_assert_cmpint (money_after (next, ""), ==, month);
      g_assert_cmpint (money_after (guide_find (en, "R18")->in_your_case, ""), ==, month);
      if (strstr (bounds, "is below the floor: ") != NULL)
        g_assert_cmpint ((money_after (bounds, "is below the floor: ") + 25) / 50, ==, month);
      if (strstr (bounds, "is above the ceiling: ") != NULL)
        g_assert_cmpint ((money_after (bounds, "is above the ceiling: ") + 25) / 50, ==, month);
    }
}

/* An account that is fed once a year is so in every answer; whoever keeps an old account is not told that there is none. */
static void
test_credits_agree (void)
{
  g_autoptr (ZifuRecordFile) shanghai =
      person_of ("310000",
                 "'insurance':'310','status':'retired','birth':'1955-02-28','retired_on':'2015-03-01','account':{'balance':'9.00'}",
                 RECORD);
  g_autoptr (ZifuRecordFile) working =
      person_of ("310000", "'insurance':'310','status':'active','sex':'1','birth':'1990-03-31','base':'9000.00'", RECORD);
  g_autoptr (ZifuRecordFile) beijing =
      person_of ("110000", "'insurance':'310','status':'flexible','sex':'2','age':46,'base':'9000.00','account':{'balance':'300.00'}",
                 RECORD);
  g_autoptr (GPtrArray) yearly = guide_answers (shanghai, "en");
  g_autoptr (GPtrArray) later = guide_answers (working, "en");
  g_autoptr (GPtrArray) kept = guide_answers (beijing, "en");

  g_assert_cmpstr (guide_find (yearly, "R18")->in_your_case, ==, "1,680.00 is credited once a year.");
  g_assert_cmpstr (guide_find (yearly, "R19")->in_your_case, ==, "1,680.00 is credited once a year.");
  g_assert_cmpstr (guide_find (yearly, "R22")->in_your_case, ==, "1,680.00 is credited once a year.");
  g_assert_cmpstr (guide_find (later, "R22")->in_your_case, ==,
                   "A retired person of your age is credited 1,680.00 once a year at present.");
  g_assert_cmpstr (guide_find (kept, "R17")->answer, ==,
                   "Nothing: by the rules of your region nothing is credited for your kind of insurance. The 300.00 in your account stay "
                   "yours.");
  g_autoptr (GPtrArray) zh = guide_answers (beijing, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R17")->answer, ==, "不划入：按你参保地的规则，你这种参保方式不划个人账户。账户里的 300.00 还是你的。");
}

/* R29: a child of whom nothing is paid, where the region names no term; R30: a cost that is not known is no amount; R32: nothing stays
 * nothing. */
static void
test_gaps (void)
{
  g_autoptr (ZifuRecordFile) born =
      person_of ("310000", "'insurance':'390','status':'resident','resident_class':'minor','birth':'2026-10-20'", RECORD);
  g_autoptr (ZifuRecordFile) older =
      person_of ("310000", "'insurance':'390','status':'resident','resident_class':'minor','birth':'2025-11-24'", RECORD);
  g_autoptr (ZifuRecordFile) elderly = person_of (
      "510100",
      "'insurance':'390','status':'resident','resident_class':'elderly','birth':'1950-12-31','plan':'high','paid':[{'year':2024}]", RECORD);
  g_autoptr (GPtrArray) en = guide_answers (born, "en");
  g_autoptr (GPtrArray) first = guide_answers (older, "en");
  g_autoptr (GPtrArray) gap = guide_answers (elderly, "en");
  const ZifuAnswer *making_up = guide_find (gap, "R30");
  gboolean said = FALSE;

  g_assert_cmpstr (guide_find (en, "R29")->answer, ==,
                   "Not before the child is enrolled. Up to which day after birth the cover goes back to birth was not found for your "
                   "region: enrol soon, and ask.");
  g_assert_cmpuint (guide_find (en, "R29")->papers->len, ==, 2);
  g_assert_cmpstr (guide_find (en, "R30")->answer, ==,
                   "Nothing is missing: the child is not enrolled yet, and pays from its enrolment on.");
  g_assert_true (g_str_has_prefix (guide_find (en, "R32")->answer, "All of it today, because the child is not enrolled yet"));
  /* The first birthday ends it. */
  g_assert_true (g_str_has_prefix (guide_find (first, "R29")->answer, "That cannot be said yet"));
  for (guint i = 0; i < making_up->points->len; i++)
    {
      const char *point = g_ptr_array_index (making_up->points, i);

      g_assert_null (strstr (point, "known here more"));
      said |= strstr (point, "what that costs on top is not known here; full benefits from") != NULL;
    }
  g_assert_true (said);
  g_assert_true (g_str_has_prefix (guide_find (gap, "R32")->answer,
                                   "The same: of a bill of 5,000.00 for outpatient care in a tier-3 hospital the fund pays nothing today"));
}

/* What rules ask for is named as people name it. */
static void
test_plain_reasons (void)
{
  g_autoptr (ZifuRecordFile) file =
      person_of ("440300", "'insurance':'310','status':'active','age':40,'base':'9000.00','account':{'balance':'1.00'}", RECORD);
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  g_assert_cmpstr (guide_find (en, "R17")->in_your_case, ==, "No figures: the rules here go by this, which is not stated: plan");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R17")->in_your_case, ==, "算不出数字：本地规则要看档次，资料里没有填");
}

static const ZifuCauseWords *
cause_of (const ZifuAnswer *answer, const char *name)
{
  for (guint i = 0; i < answer->causes->len; i++)
    if (g_str_equal (((const ZifuCauseWords *) g_ptr_array_index (answer->causes, i))->name, name))
      return g_ptr_array_index (answer->causes, i);
  g_error ("no cause %s", name);
}

/* R06, R23: a cause names its document, or that none was found; none is invented. */
static void
test_documents (void)
{
  static const struct
  {
    const char *record, *row, *cause, *source;
  } rows[] = {
    { "'card':'active','account':'frozen'", "R06", "account-frozen", NULL },
    { "'card':'active','account':'closed'", "R06", "account-closed", NULL },
    { "'card':'not_activated','account':'normal'", "R06", "card-not-activated", NULL },
    { "'card':'dormant','account':'normal'", "R06", "card-dormant", NULL },
    { "'card':'lost','account':'normal'", "R06", "card-lost", NULL },
    { "'card':'active','account':'normal','identity_changed':true", "R06", "identity-changed", NULL },
    { "'card':'active','account':'normal','data_since':'2026-11-01'", "R27", "data-arriving", NULL },
    { "'card':'active','account':'moved'", "R06", "account-moved", "医保办发〔2021〕43号" },
    { "'card':'active','account':'normal','movements':[{'acct_modi_date':'2026-10-10','kind':'visit','pay_sumamt':'9.00'}]", "R20", "spent",
      "·" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *record = g_strdup_printf ("'record':{%s}", rows[i].record);
      g_autoptr (ZifuRecordFile) file = person_of (
          "110000", "'insurance':'310','status':'active','age':40,'base':'9000.00','account':{'balance':'0.00'}", record);
      g_autoptr (GPtrArray) en = guide_answers (file, "en");
      const ZifuCauseWords *cause = cause_of (guide_find (en, rows[i].row), rows[i].cause);

      if (rows[i].source == NULL)
        {
          g_assert_cmpstr (cause->source, ==, "No official document was found on this.");
          g_assert_null (cause->url);
          g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
          g_assert_cmpstr (cause_of (guide_find (zh, rows[i].row), rows[i].cause)->source, ==,
                           "没有查到这方面的正式文件。");
        }
      else
        g_assert_nonnull (strstr (cause->source, rows[i].source));
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    GTestDataFunc test;
  } by_region[] = {
    { "/answers/R04-balances/", test_what_account_pays },
    { "/answers/R13-plans/", test_plans },
    { "/answers/R16-R36/", test_claim_and_elsewhere },
    { "/answers/R17-R18-R19-base/", test_base_counts },
  };

  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  for (guint i = 0; i < G_N_ELEMENTS (by_region); i++)
    for (guint k = 0; k < G_N_ELEMENTS (regions); k++)
      {
        g_autofree char *path = g_strconcat (by_region[i].path, regions[k], NULL);

        g_test_add_data_func (path, regions[k], by_region[i].test);
      }
  g_test_add_func ("/answers/R01-R04-R36/no-account", test_no_account);
  g_test_add_func ("/answers/R17-R18-R22/credits-agree", test_credits_agree);
  g_test_add_func ("/answers/R29-R30-R32/gaps", test_gaps);
  g_test_add_func ("/answers/R17/plain-reasons", test_plain_reasons);
  g_test_add_func ("/answers/R06-R20-R27/documents", test_documents);
  return g_test_run ();
}
