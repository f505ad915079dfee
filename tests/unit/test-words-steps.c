/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "words-support.h"

/* Beijing, employee: the visits of the pictures. */
#define CLINIC                                                                                                                             \
  "{'id': 'clinic', 'source': 'made here', 'rows': ['R10'], 'policy': '110000',"                                                           \
  " 'person': {'insurance': '310', 'status': 'active', 'account': {'balance': '%s'}, 'counters': {'op_ded': '1462.30'}},"                  \
  " 'visit': {'date': '2026-11-24', 'care': 'outpatient', 'class': '3', 'place': 'city',"                                                  \
  "  'bill': {'total': '1200.00', 'out': '80.00', 'prior': '62.00'}%s}, 'expect': {}}"

#define STAY                                                                                                                               \
  "{'id': 'stay', 'source': 'made here', 'rows': ['R11'], 'policy': '110000',"                                                             \
  " 'person': {'insurance': '310', 'status': 'active', 'account': {'balance': '3286.40'},"                                                 \
  "  'mutual_aid': [{'id': '陈志远', 'balance': '9000.00', 'quota': '1500.00'}],"                                                       \
  "  'counters': {'stays': '1', 'pool_fund': '12920.00', 'pool_and_large': '12920.00'}},"                                                  \
  " 'visit': {'date': '2026-11-24', 'care': 'inpatient', 'class': '3', 'place': 'city',"                                                   \
  "  'bill': {'total': '168000.00', 'out': '6000.00', 'prior': '4000.00'}}, 'expect': {}}"

/* A tiny region: {1} more rules, {2} the person, {3} more of the visit, {4} the bill. */
#define TINY                                                                                                                               \
  "{'id': 'tiny', 'source': 'made here', 'rows': ['R10'], 'policy': {'pack': 'tiny', 'title': 'Tiny',"                                     \
  " 'sources': [{'id': 's', 'title': 'Notice'}], 'rules': ["                                                                               \
  "  {'id': 'share', 'kind': 'share', 'valid_from': '2020-01-01', 'sources': ['s'], 'confidence': '2S', 'bands': [%s]}%s]},"               \
  " 'person': {%s}, 'visit': {'date': '2025-03-01', 'care': 'outpatient'%s, 'bill': {'total': '%s'}}, 'expect': {}}"
#define GATE ", {'id': 'g', 'kind': 'gate', 'valid_from': '2020-01-01',"
#define HALF "{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.5'}]}"

typedef struct
{
  const char *title, *formula, *amount, *role;
} Row;

static void
check_steps (const ZifuSettlement *settlement, const Row *rows, guint n_rows)
{
  g_autoptr (GPtrArray) steps = zifu_words_steps (settlement);

  for (guint i = 0; i < MIN (n_rows, steps->len); i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);
      g_autofree char *amount = step->has_amount ? zifu_words_money (step->amount, ZIFU_MONEY_STYLE_LIST) : NULL;

      g_assert_cmpstr (step->title, ==, rows[i].title);
      g_assert_cmpstr (step->formula, ==, rows[i].formula);
      g_assert_cmpstr (amount, ==, rows[i].amount);
      g_assert_cmpstr (step->role, ==, rows[i].role);
    }
  g_assert_cmpuint (steps->len, ==, n_rows);
}

static void
test_clinic (void)
{
  static const Row en[] = {
    { "Take off out-of-catalogue", "1,200.00 − 80.00", "1,120.00", "left" },
    { "Take off category-B first share", "1,120.00 − 62.00", "1,058.00", "left" },
    { "Take off what is left of the deductible", "1,058.00 − 337.70 (1,800 − 1,462.30 paid)", "720.30", "left" },
    { "70% until 20,000 has been paid", "720.30 × 70%", "504.21", "fund" },
    { "Below 20,000: no further band", "Above 20,000 it is 60%", "0.00", "fund" },
    { "The rest is mine", "1,200.00 − 504.21", "695.79", "mine" },
    { "My account pays what it may", "695.79 − 80.00 out of catalogue; balance suffices", "615.79", "account" },
    { "Cash for the remainder", "695.79 − 615.79", "80.00", "cash" },
  };
  static const Row zh[] = {
    { "减去目录外", "1,200.00 − 80.00", "1,120.00", "余下" },
    { "减去乙类先行自付", "1,120.00 − 62.00", "1,058.00", "余下" },
    { "减去还没付满的起付线", "1,058.00 − 337.70（1,800 − 已付 1,462.30）", "720.30", "余下" },
    { "基金付满 20,000 以前付 70%", "720.30 × 70%", "504.21", "基金付" },
    { "未到 20,000，不进入下一段", "20,000 以上改付 60%", "0.00", "基金付" },
    { "其余由我付", "1,200.00 − 504.21", "695.79", "我付" },
    { "账户付它能付的", "695.79 − 目录外 80.00；余额够", "615.79", "账户付" },
    { "剩下的用现金", "695.79 − 615.79", "80.00", "现金" },
  };
  g_autofree char *text = g_strdup_printf (CLINIC, "3286.40", "");
  g_autoptr (GPtrArray) settlements = settle_text (text);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);

  speak ("en");
  check_steps (s, en, G_N_ELEMENTS (en));
  speak ("zh_CN");
  check_steps (s, zh, G_N_ELEMENTS (zh));

  g_autoptr (GPtrArray) shares = zifu_words_shares (s);
  const ZifuShare *fund = g_ptr_array_index (shares, 0), *account = g_ptr_array_index (shares, 1), *cash = g_ptr_array_index (shares, 2);
  g_assert_cmpuint (shares->len, ==, 3);
  g_assert_cmpint (fund->kind, ==, ZIFU_PAYER_FUND);
  g_assert_cmpstr (fund->name, ==, "大额互助资金");
  g_assert_cmpstr (fund->brief, ==, "基金");
  g_assert_cmpstr (fund->note, ==, "1,058.00 − 起付线 337.70，再付 70%");
  g_assert_cmpint (account->amount, ==, 61579);
  g_assert_cmpstr (cash->note, ==, "全自费部分，账户不能付");

  g_autoptr (GPtrArray) missing = zifu_words_not_calculated (s);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "年底可能的二次报销（大病保险）：年度结束才知道，这里按 0 算");
}

static void
test_stay (void)
{
  static const Row en[] = {
    { "Take off out-of-catalogue", "168,000.00 − 6,000.00", "162,000.00", "left" },
    { "Take off category-B first share", "162,000.00 − 4,000.00", "158,000.00", "left" },
    { "Take off the deductible (stay 2 of this year)", "158,000.00 − 650.00", "157,350.00", "left" },
    { "85% up to 30,000", "29,350.00 × 85%", "24,947.50", "fund" },
    { "90% from 30,000 to 40,000", "10,000.00 × 90%", "9,000.00", "fund" },
    { "95% above 40,000", "55,928.95 × 95%", "53,132.50", "fund" },
    { "This year's cap is reached", "Cap 100,000; the figure is the cost that lies above it", "62,071.05", "above the cap" },
    { "Pooled fund, together", "24,947.50 + 9,000.00 + 53,132.50", "87,080.00", "fund" },
    { "Large-amount fund pays 85% above the cap", "62,071.05 × 85%", "52,760.39", "large-amount" },
    { "The rest is mine", "168,000.00 − 139,840.39", "28,159.61", "mine" },
    { "My account pays what it may", "28,159.61 − 6,000.00 out of catalogue; balance 3,286.40 does not suffice", "3,286.40", "account" },
    { "Family account pays", "陈志远", "1,500.00", "family" },
    { "Cash for the remainder", "28,159.61 − 3,286.40 − 1,500.00", "23,373.21", "cash" },
  };
  g_autoptr (GPtrArray) settlements = settle_text (STAY);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);

  speak ("en");
  check_steps (s, en, G_N_ELEMENTS (en));
  g_autofree char *headline = zifu_words_headline (s);
  g_assert_cmpstr (headline, ==, "¥3,286.40 from my personal account, ¥1,500.00 from family accounts, ¥23,373.21 in cash");
  speak ("zh_CN");
  g_autofree char *zh = zifu_words_headline (s);
  g_assert_cmpstr (zh, ==, "个人账户扣 ¥3,286.40，家庭共济 ¥1,500.00，另付现金 ¥23,373.21");

  g_autoptr (GPtrArray) shares = zifu_words_shares (s);
  static const ZifuPayerKind kinds[] = { ZIFU_PAYER_FUND, ZIFU_PAYER_LAYER, ZIFU_PAYER_ACCOUNT, ZIFU_PAYER_FAMILY, ZIFU_PAYER_CASH };
  g_assert_cmpuint (shares->len, ==, G_N_ELEMENTS (kinds));
  for (guint i = 0; i < shares->len; i++)
    g_assert_cmpint (((ZifuShare *) g_ptr_array_index (shares, i))->kind, ==, kinds[i]);
  g_assert_cmpstr (((ZifuShare *) g_ptr_array_index (shares, 0))->note, ==, "今年剩余封顶额用完");
  g_assert_cmpstr (((ZifuShare *) g_ptr_array_index (shares, 1))->note, ==, "封顶线以上 85%");
  g_assert_cmpstr (((ZifuShare *) g_ptr_array_index (shares, 3))->note, ==, "陈志远");
}

static void
check_headline (const char *balance, const char *more, const char *want)
{
  g_autofree char *text = g_strdup_printf (CLINIC, balance, more);
  g_autoptr (GPtrArray) settlements = settle_text (text);
  g_autofree char *headline = zifu_words_headline (g_ptr_array_index (settlements, 0));

  g_assert_cmpstr (headline, ==, want);
}

static void
test_headlines (void)
{
  speak ("zh_CN");
  check_headline ("3286.40", "", "个人账户扣 ¥615.79，另付现金 ¥80.00");
  check_headline ("100.00", "", "个人账户扣 ¥100.00，另付现金 ¥595.79");
  check_headline ("0.00", "", "付现金 ¥695.79（含扫码、银行卡）");
  check_headline ("3286.40", ", 'use_account': false", "付现金 ¥695.79（含扫码、银行卡）");

  g_autofree char *all = g_strdup_printf (TINY, HALF, "", "'account': {'balance': '500.00'}", "", "100.00");
  g_autoptr (GPtrArray) settlements = settle_text (all);
  g_autofree char *no_cash = zifu_words_headline (g_ptr_array_index (settlements, 0));
  g_assert_cmpstr (no_cash, ==, "个人账户扣 ¥50.00，不用付现金");

  g_autofree char *free_text = g_strdup_printf (TINY, "{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '1'}]}", "", "", "", "100.00");
  g_autoptr (GPtrArray) nothing = settle_text (free_text);
  g_autofree char *none = zifu_words_headline (g_ptr_array_index (nothing, 0));
  g_assert_cmpstr (none, ==, "我不用付钱");
}

/* A bill of nothing is no reason to say what the account may not pay. */
static void
test_nothing (void)
{
  g_autofree char *text = g_strdup_printf (TINY, HALF, "", "'account': {'balance': '500.00'}", "", "0.00");
  g_autoptr (GPtrArray) settlements = settle_text (text);

  speak ("en");
  g_autoptr (GPtrArray) steps = zifu_words_steps (g_ptr_array_index (settlements, 0));
  const ZifuStepWords *last = g_ptr_array_index (steps, steps->len - 1);
  g_assert_cmpstr (last->title, ==, "There is nothing to pay");
  g_assert_cmpint (last->amount, ==, 0);
}

static void
check_gate (const char *rule, const char *person, const char *visit, const char *want)
{
  g_autofree char *text = g_strdup_printf (TINY, HALF, rule, person, visit, "100.00");
  g_autoptr (GPtrArray) settlements = settle_text (text);
  g_autofree char *gate = zifu_words_gate (g_ptr_array_index (settlements, 0));

  g_assert_cmpstr (gate, ==, want);
}

static void
test_gates (void)
{
  static const char shut[] = GATE " 'fund': '0', 'reason': 'not-chosen', 'when': {'chosen': false}}";
  static const char both[] = GATE " 'fund': '0', 'account': false, 'reason': 'not-designated'}";
  static const char claim[] = GATE " 'payout': 'claim', 'reason': 'not-connected'}";
  static const char half[] = GATE " 'fund': '0.5', 'reason': 'half of it', 'title': {'zh': '等待期。', 'en': 'Waiting period.'}}";

  speak ("zh_CN");
  check_gate ("", "", "", NULL);
  check_gate (shut, "", ", 'chosen': true", NULL);
  check_gate (shut, "", ", 'chosen': false", "这家不是事先选定的机构。这次基金不付；账户里的钱照常能用。");
  check_gate (both, "", "", "这家不是定点机构。基金不付，个人账户也不能用：整张账单付现金。");
  check_gate (claim, "", "", "这家机构不能直接结算。先付全额，留好发票和病历，再回参保地报基金该付的部分。");
  check_gate (half, "", "", "等待期。只付待遇的 50%。");
  check_gate ("", "'coverage_share': '0'", "", "这一天待遇暂停。这次基金不付；账户里的钱照常能用。");
  speak ("en");
  check_gate (
      shut, "", ", 'chosen': false",
      "This is not an institution that was chosen beforehand. The funds pay nothing this time; the money in the account stays usable.");

  g_autofree char *text = g_strdup_printf (TINY, HALF, claim, "", "", "100.00");
  g_autoptr (GPtrArray) settlements = settle_text (text);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);
  g_autoptr (GPtrArray) shares = zifu_words_shares (s);
  g_autofree char *headline = zifu_words_headline (s);
  g_assert_cmpuint (shares->len, ==, 1);
  g_assert_cmpstr (((ZifuShare *) g_ptr_array_index (shares, 0))->note, ==, "of it 50.00 to be claimed afterwards");
  g_assert_cmpstr (headline, ==, "¥100.00 in cash, by phone or bank card; ¥50.00 of it can be claimed afterwards");
}

/* What is rounded once is not told as if it were rounded band by band. */
static void
test_rounding (void)
{
  static const char bands[] = "{'upto': '0.01', 'pay': [{'payer': 'hifp', 'ratio': '0.5'}]},"
                              " {'upto': '0.02', 'pay': [{'payer': 'hifp', 'ratio': '0.4'}]},"
                              " {'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.5'}]}";
  g_autofree char *text = g_strdup_printf (TINY, bands, "", "", "", "0.05");
  g_autoptr (GPtrArray) settlements = settle_text (text);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);

  speak ("en");
  g_autoptr (GPtrArray) steps = zifu_words_steps (s);
  const ZifuStepWords *together = g_ptr_array_index (steps, 3);
  g_assert_cmpstr (together->title, ==, "Pooled fund, together");
  g_assert_cmpstr (together->formula, ==, "0.005 + 0.004 + 0.015, rounded once at the end");
  g_assert_cmpint (together->amount, ==, 2);
  g_assert_cmpint (s->fund_sum, ==, 2);
}

static void
test_unverified (void)
{
  static const char rule[] = ", {'id': 'ded', 'kind': 'deductible', 'valid_from': '2020-01-01', 'confirmed_to': '2024-12-31',"
                             " 'amount': '10.00', 'sources': ['s'], 'confidence': '1S'}";
  g_autofree char *text = g_strdup_printf (TINY, HALF, rule, "", "", "100.00");
  g_autoptr (GPtrArray) settlements = settle_text (text);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);

  speak ("zh_CN");
  g_autoptr (GPtrArray) steps = zifu_words_steps (s);
  const ZifuStepWords *deductible = g_ptr_array_index (steps, 0), *share = g_ptr_array_index (steps, 1);
  g_assert_true (deductible->unverified && deductible->outdated);
  g_assert_cmpstr (deductible->confidence, ==, "只有一个非官方来源");
  g_assert_false (share->unverified || share->outdated);

  g_autoptr (GPtrArray) shares = zifu_words_shares (s);
  g_assert_true (((ZifuShare *) g_ptr_array_index (shares, 0))->unverified);
  g_autoptr (GPtrArray) missing = zifu_words_not_calculated (s);
  g_assert_cmpuint (missing->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (missing, 0), ==, "这里用到的 1 条规则只核实到 2024年12月31日，之后可能有变");
}

/* Where this year's money pays first, an account of which the year is not known is told; elsewhere, and when it is known, nothing is. */
static void
test_undivided (void)
{
  static const struct
  {
    const char *policy, *account, *care;
    gboolean told;
  } rows[] = {
    { "310000", "'balance': '900.00'", "outpatient", TRUE },
    { "310000", "'current': '300.00', 'earlier': '500.00', 'balance': '900.00'", "outpatient", TRUE },
    { "310000", "'current': '300.00', 'earlier': '600.00'", "outpatient", FALSE },
    { "310000", "'balance': '0.00'", "outpatient", FALSE },
    { "310000", "'balance': '900.00'", "inpatient", FALSE },
    { "110000", "'balance': '900.00'", "outpatient", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{'policy': '%s', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'account': {%s}}, 'visit': {"
                         "'date': '2024-03-01', 'care': '%s', 'class': '1', 'designated': true, 'bill': {'in_scope': '2000.00'}}}",
                         rows[i].policy, rows[i].account, rows[i].care);
      g_autoptr (GPtrArray) settlements = settle_text (text);
      gboolean en = FALSE, zh = FALSE;

      speak ("en");
      g_autoptr (GPtrArray) english = zifu_words_not_calculated (g_ptr_array_index (settlements, 0));
      speak ("zh_CN");
      g_autoptr (GPtrArray) chinese = zifu_words_not_calculated (g_ptr_array_index (settlements, 0));
      for (guint n = 0; n < english->len; n++)
        {
          en |= strstr (g_ptr_array_index (english, n), "¥900.00 of no known year") != NULL;
          zh |= strstr (g_ptr_array_index (chinese, n), "¥900.00 分不清当年还是历年") != NULL;
        }
      g_assert_cmpint (en, ==, rows[i].told);
      g_assert_cmpint (zh, ==, rows[i].told);
    }
}

/* A limit of which only a bound is known is never told as the limit. */
static void
test_bound (void)
{
  static const struct {
    const char *amount, *en, *zh;
  } rows[] = {
    { "{'unknown': {'zh': '未找到', 'en': 'not found'}, 'at_least': '900.00'}",
      "0.00 before + 50.00 now; how high the cap is was not found, but it is not below 900",
      "以前 0.00 + 这次 50.00；封顶线是多少没有查到，但不低于 900" },
    { "'900.00'", "0.00 before + 50.00 now, cap 900", "以前 0.00 + 这次 50.00，封顶线 900" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *cap = g_strdup_printf (", {'id': 'cap', 'kind': 'cap', 'valid_from': '2020-01-01', 'measure': 'fund_paid',"
                                              " 'amount': %s, 'sources': ['s'], 'confidence': '2S'}", rows[i].amount);
      g_autofree char *text = g_strdup_printf (TINY, HALF, cap, "", "", "100.00");
      g_autoptr (GPtrArray) settlements = settle_text (text);
      guint n = 0;

      speak ("en");
      g_autoptr (GPtrArray) en = zifu_words_steps (g_ptr_array_index (settlements, 0));
      speak ("zh_CN");
      g_autoptr (GPtrArray) zh = zifu_words_steps (g_ptr_array_index (settlements, 0));
      for (guint k = 0; k < en->len; k++)
        if (g_strcmp0 (((const ZifuStepWords *) g_ptr_array_index (en, k))->title, "The cap is not reached") == 0)
          {
            n++;
            g_assert_cmpstr (((const ZifuStepWords *) g_ptr_array_index (en, k))->formula, ==, rows[i].en);
            g_assert_cmpstr (((const ZifuStepWords *) g_ptr_array_index (zh, k))->formula, ==, rows[i].zh);
          }
      g_assert_cmpuint (n, ==, 1);
    }
}

/* A limit that the rules name for other care only was not found for this one; that there is none, or that it is not asked, is known. */
static void
test_no_cap (void)
{
#define CAP(fields) \
  ", {'id': 'cap', 'kind': 'cap', 'valid_from': '2020-01-01', 'measure': 'fund_paid', " fields ", 'sources': ['s'], 'confidence': '2S'}"
  static const struct
  {
    const char *rule, *bill;
    gboolean told;
  } rows[] = {
    { CAP ("'when': {'care': 'inpatient'}, 'amount': '900.00'"), "100.00", TRUE },
    { CAP ("'when': {'care': 'inpatient'}, 'amount': '900.00'"), "0.00", FALSE },
    { CAP ("'when': {'care': 'outpatient'}, 'amount': '900.00'"), "100.00", FALSE },
    { CAP ("'when': {'care': 'outpatient'}, 'amount': null"), "100.00", FALSE },
    { "", "100.00", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strdup_printf (TINY, HALF, rows[i].rule, "", "", rows[i].bill);
      g_autoptr (GPtrArray) settlements = settle_text (text);

      speak ("en");
      g_autoptr (GPtrArray) en = zifu_words_not_calculated (g_ptr_array_index (settlements, 0));
      speak ("zh_CN");
      g_autoptr (GPtrArray) zh = zifu_words_not_calculated (g_ptr_array_index (settlements, 0));
      g_assert_cmpuint (en->len, ==, rows[i].told ? 1 : 0);
      g_assert_cmpuint (zh->len, ==, en->len);
      if (!rows[i].told)
        continue;
      g_assert_cmpstr (g_ptr_array_index (en, 0), ==,
                       "A yearly limit of the fund: none was found for this kind of care, so the figures go without one");
      g_assert_cmpstr (g_ptr_array_index (zh, 0), ==, "基金的年度封顶线：没有查到这类就医的，这里按没有封顶线算");
    }
#undef CAP
}

static int
compare_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Every number of a text, sorted: languages may order them differently. */
static char *
numbers_of (const char *text)
{
  g_auto (GStrv) found = g_regex_split_simple ("[^0-9.,]+", text, 0, 0);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();

  for (guint i = 0; found[i] != NULL; i++)
    {
      char *end = found[i] + strlen (found[i]);
      while (end > found[i] && !g_ascii_isdigit (end[-1]))
        *--end = '\0';
      if (g_ascii_isdigit (found[i][0]))
        g_ptr_array_add (numbers, found[i]);
    }
  g_ptr_array_sort (numbers, compare_text);
  g_ptr_array_add (numbers, NULL);
  return g_strjoinv (" ", (char **) numbers->pdata);
}

static char *
numbers_of_steps (GPtrArray *steps)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    {
      const ZifuStepWords *step = g_ptr_array_index (steps, i);
      g_autofree char *text = g_strjoin (" ", step->title, step->formula != NULL ? step->formula : "", NULL);
      g_autofree char *numbers = numbers_of (text);
      g_string_append_printf (all, "%s|%" G_GINT64_FORMAT "\n", numbers, step->amount);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

static void
check_settlement (const ZifuSettlement *s, const char *path)
{
  g_autoptr (GPtrArray) shares = zifu_words_shares (s);
  ZifuMoney sum = 0;

  for (guint i = 0; i < shares->len; i++)
    {
      const ZifuShare *share = g_ptr_array_index (shares, i);
      g_assert_cmpint (share->amount, >, 0);
      g_assert_true (share->name[0] != '\0' && share->brief[0] != '\0');
      sum += share->amount;
    }
  if (sum != s->total)
    g_error ("%s: the shares make %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT, path, sum, s->total);

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_words_steps (s);
  g_autofree char *en_numbers = numbers_of_steps (en);
  g_autofree char *en_text = zifu_words_settlement (s);
  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_words_steps (s);
  g_autofree char *zh_numbers = numbers_of_steps (zh);
  g_autofree char *zh_text = zifu_words_settlement (s);

  if (!g_str_equal (en_numbers, zh_numbers))
    g_error ("%s: English says\n%s\nand Chinese\n%s", path, en_numbers, zh_numbers);
  g_assert_true (g_utf8_validate (en_text, -1, NULL) && g_utf8_validate (zh_text, -1, NULL));
  g_assert_null (strstr (en_text, "{1}"));
  g_assert_null (strstr (zh_text, "{1}"));
  g_autofree char *person = zifu_words_money (s->person, ZIFU_MONEY_STYLE_SYMBOL);
  g_assert_nonnull (strstr (zh_text, person));
}

static guint
check_folder (ZifuPackLibrary *library, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (ZifuCaseFile) file = NULL;
      g_autoptr (GPtrArray) settlements = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          n += check_folder (library, path);
          continue;
        }
      if (!g_str_has_suffix (name, ".json") || (file = zifu_case_file_load (library, path, NULL)) == NULL ||
          zifu_case_file_get_compute (file) != ZIFU_COMPUTE_SETTLE || (settlements = zifu_case_file_settle (file, NULL)) == NULL)
        continue;
      for (guint i = 0; i < settlements->len; i++, n++)
        check_settlement (g_ptr_array_index (settlements, i), path);
    }
  return n;
}

/* Whatever the tree can settle can be told, in both languages, with the same figures. */
static void
test_every_case (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autofree char *cases = g_test_build_filename (G_TEST_DIST, "cases", NULL);
  g_autofree char *packs = g_build_filename (cases, "packs", NULL);

  zifu_pack_library_add_folder (library, packs, FALSE);
  guint n = check_folder (library, cases);
  g_test_message ("%u settlements told", n);
  g_assert_cmpuint (n, >, 120);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/words/steps/R10-nothing", test_nothing);
  g_test_add_func ("/words/steps/R10-clinic", test_clinic);
  g_test_add_func ("/words/steps/R11-stay", test_stay);
  g_test_add_func ("/words/steps/R01-headlines", test_headlines);
  g_test_add_func ("/words/steps/R26-gates", test_gates);
  g_test_add_func ("/words/steps/R41-rounding", test_rounding);
  g_test_add_func ("/words/steps/R41-unverified", test_unverified);
  g_test_add_func ("/words/steps/undivided", test_undivided);
  g_test_add_func ("/words/steps/R41-bound", test_bound);
  g_test_add_func ("/words/steps/R41-no-cap", test_no_cap);
  g_test_add_func ("/words/steps/R41-every-case", test_every_case);
  return g_test_run ();
}
