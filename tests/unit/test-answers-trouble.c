/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R06, R20, R23 to R27: a balance that cannot be used, by the rules of Beijing. */

#include "guide-support.h"

static const char *const rows[] = { "R06", "R20", "R23", "R24", "R25", "R26", "R27", NULL };

#define IN_ORDER "'record':{'card':'active','account':'normal'}"

static void
test_in_order (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE ",'paid':[{'year':2025},{'year':2026}]}," IN_ORDER "}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");

  guide_check (en, rows);
  g_assert_cmpuint (guide_find (en, "R06")->causes->len, ==, 0);
  g_assert_cmpstr (guide_find (en, "R06")->answer, ==,
                   "The data here show nothing that would stop a payment. Go through the checks below, one by one.");
  g_assert_cmpuint (guide_find (en, "R06")->steps->len, ==, 4);
  g_assert_cmpstr (guide_find (en, "R20")->answer, ==, "It is not empty: 3,286.40. The data here show no credit that is missing.");
  g_assert_cmpstr (guide_find (en, "R23")->answer, ==, "Yours are in order: the card is active and the account is normal.");
  g_assert_cmpuint (guide_find (en, "R23")->points->len, ==, 7);
  g_assert_cmpstr (guide_find (en, "R24")->answer, ==, "That cannot be said: no entries of the account are recorded here.");
  g_assert_cmpstr (guide_find (en, "R27")->answer, ==,
                   "The fund pays today: by your contribution months you are covered, and your data show nothing against it.");
  /* Of 5,000.00, (5,000.00 − 337.70) × 70 % is claimed afterwards. */
  g_assert_cmpstr (guide_find (en, "R26")->in_your_case, ==, "A bill of 5,000.00: you pay all of it first and claim 3,263.61 afterwards.");
  /* 1,000.00 with 200.00 out of catalogue: (800.00 − 337.70) × 70 % = 323.61; the account pays the other 476.39. */
  g_assert_cmpstr (guide_find (en, "R25")->in_your_case, ==,
                   "A bill of 1,000.00, 200.00 of it out of catalogue: fund 323.61, account 476.39, cash 200.00");
  guide_assert_text (guide_find (en, "R25")->points, 3, "Category C and items without a national code: from neither fund nor account");

  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  g_assert_cmpstr (guide_find (zh, "R06")->question, ==, "有余额却付不了款，为什么？");
  g_assert_cmpstr (guide_find (zh, "R06")->answer, ==, "这里的数据看不出有什么会拦住付款。请逐条核对下面各项。");
  g_assert_cmpstr (guide_find (zh, "R20")->answer, ==, "不是空的：3,286.40。这里的数据没有发现漏划。");
  guide_assert_text (guide_find (zh, "R25")->points, 3, "丙类和没有国家编码的项目：基金和账户都不付");
}

/* The own state comes first, the others stand below it. */
static void
test_states (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "},'record':{'card':'dormant','account':'frozen'}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R23");

  guide_check (en, rows);
  g_assert_cmpstr (answer->answer, ==, "Yours: The account is frozen. What to do stands below.");
  g_assert_cmpuint (answer->causes->len, ==, 2);
  g_assert_cmpuint (answer->points->len, ==, 5);
  g_assert_cmpstr (guide_find (en, "R06")->answer, ==,
                   "Your data show what to look at, 2 things in all. The first: The account is frozen.");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  g_assert_cmpstr (guide_find (zh, "R23")->answer, ==, "你现在是：个人账户被冻结。怎么办见下面。");
  g_assert_cmpstr (guide_find (zh, "R06")->answer, ==, "数据里有 2 处要看。首先：个人账户被冻结。");

  /* Nothing known: worth a look, and said so. */
  g_autoptr (ZifuRecordFile) unknown = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "}}");
  g_autoptr (GPtrArray) of_unknown = guide_answers (unknown, "en");
  g_assert_cmpstr (guide_find (of_unknown, "R06")->answer, ==, "Your data show no cause. Worth a look first: The account is frozen.");
  g_assert_cmpstr (guide_find (of_unknown, "R23")->answer, ==,
                   "The state of yours is not known here; the app shows it. Each state has its own way out.");
}

static void
test_family (void)
{
  g_autoptr (ZifuRecordFile) file =
      guide_file (GUIDE_HEAD GUIDE_EMPLOYEE
                  "},'record':{'card':'active','account':'normal','family':[{'id':'mother','relation':'parent','given':true,"
                  "'begndate':'2025-01-01'},{'id':'7','relation':'child','given':true,'begndate':'2025-01-01','enddate':'2026-06-30'}],"
                  "'movements':[{'acct_modi_date':'2025-10-01','kind':'family','pay_sumamt':'50.00','relative':'mother'},"
                  "{'acct_modi_date':'2026-03-01','kind':'premium','pay_sumamt':'400.00','relative':'7'},"
                  "{'acct_modi_date':'2026-08-10','kind':'family','pay_sumamt':'120.50','relative':'mother'},"
                  "{'acct_modi_date':'2026-08-12','kind':'refund','inc_sumamt':'20.50','relative':'mother'}]}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R24");

  guide_check (en, rows);
  /* 400.00 + 120.50 − 20.50; what lies more than twelve months back is not counted. */
  g_assert_cmpstr (answer->answer, ==, "Yes. In the last twelve months 500.00 was paid from it for relatives; each payment stands below.");
  g_assert_cmpstr (answer->in_your_case, ==, "May use your account now: mother.");
  g_assert_cmpuint (answer->points->len, ==, 3);
  guide_assert_text (answer->points, 0, "12 August 2026: mother, 20.50 came back");
  guide_assert_text (answer->points, 1, "10 August 2026: mother, 120.50");
  guide_assert_text (answer->points, 2, "1 March 2026: son or daughter, 400.00, a premium");
  g_assert_cmpstr (guide_find (en, "R20")->answer, ==,
                   "It is not empty: 3,286.40. Your data show why it is not more: Relatives used the account.");
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_assert_text (guide_find (zh, "R24")->points, 2, "2026年3月1日：子女，400.00，保费");
}

/* Line by line: A in scope, B with its first share of 10 %, C out of catalogue; a deposit. */
static void
test_lines (void)
{
  g_autoptr (ZifuRecordFile) file =
      guide_file (GUIDE_HEAD GUIDE_EMPLOYEE
                  "}," IN_ORDER ",'visit':{'date':'2026-11-20','care':'outpatient','class':'3','prepaid':'500.00',"
                  "'bill':{'lines':[{'item':'drug','category':'A','amount':'1000.00'},{'item':'drug','category':'B','amount':'2000.00'},"
                  "{'item':'drug','category':'C','amount':'150.00'}]}}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R25");

  guide_check (en, rows);
  guide_assert_text (answer->points, 0,
                     "Line 1 (drugs, category A), 1,000.00 in scope: the fund above the deductible, your part from the account");
  guide_assert_text (answer->points, 1,
                     "Line 2 (drugs, category B), 1,800.00 in scope: the fund above the deductible, your part from the account");
  guide_assert_text (answer->points, 2,
                     "Line 2 (drugs, category B), 200.00 category-B first share: not from the fund, but from the account");
  guide_assert_text (answer->points, 3, "Line 3 (drugs, category C), 150.00 out of catalogue: from neither fund nor account");
  guide_assert_text (answer->points, 4, "Deposit of 500.00, which is no treatment yet: from neither fund nor account");
  /* (2,800.00 − 337.70) × 70 % = 1,723.61; of the other 1,426.39 the account pays all but 150.00. */
  g_assert_cmpstr (answer->in_your_case, ==, "Your bill of 3,150.00: fund 1,723.61, account 1,276.39, cash 150.00");
  g_assert_cmpint (answer->bill, ==, 315000);
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  guide_check (zh, rows);
  g_assert_cmpstr (guide_find (zh, "R25")->in_your_case, ==, "你的账单 3,150.00：基金付 1,723.61，账户付 1,276.39，现金 150.00");
}

#define BILLS(bills) "'record':{'card':'active','account':'normal','bills':[" bills "]}"
#define ITEM(name, category, amount, out, over, prior) \
  "{'item':'" name "','category':'" category "','amount':'" amount "','out':'" out "','over_limit':'" over "','prior':'" prior "'}"

/* The latest bills with their lines: each item that was left out with how much, why and who pays; the rest is not told. */
static void
test_bills (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD GUIDE_EMPLOYEE "}," BILLS (
          "{'date':'2026-11-18','care':'outpatient','class':'3','institution':'Hospital No. 1','bill':{'lines':["
          ITEM ("Aspirin", "A", "80.00", "0.00", "0.00", "0.00") "," ITEM ("Collagen", "C", "150.00", "150.00", "0.00", "0.00") ","
          ITEM ("Ward", "B", "90.00", "0.00", "40.00", "5.00") "," ITEM ("Ward", "B", "90.00", "0.00", "40.00", "5.00") ","
          "{'category':'C','amount':'12.00'},{'item':'drug','category':'B','amount':'30.00'},"
          "{'item':'Saline','category':'B','amount':'6.00'},{'amount':'2.00'}]}},"
          "{'date':'2026-10-02','care':'outpatient','bill':{'lines':[{'category':'A','amount':'20.00','out':'0.00'}]}}") "}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R25");

  guide_check (en, rows);
  /* 150.00 + 2 × 40.00 + 2 × 5.00 + 12.00 of 460.00. */
  g_assert_cmpstr (answer->in_your_case, ==,
                   "Of your latest bill with its lines, 460.00, the fund left out 252.00: each item stands below.");
  g_assert_cmpint (answer->bill, ==, 46000);
  g_assert_cmpuint (answer->points->len, ==, 9);
  guide_assert_text (answer->points, 0, "18 November 2026, Hospital No. 1, bill of 460.00: the fund left out 252.00, namely");
  guide_assert_text (answer->points, 1, "Line 2 (Collagen, category C), 150.00 out of catalogue: from neither fund nor account");
  guide_assert_text (answer->points, 2, "Ward (category B, 2 lines), 80.00 over price limit: from neither fund nor account");
  guide_assert_text (answer->points, 3,
                     "Ward (category B, 2 lines), 10.00 category-B first share: not from the fund, but from the account");
  guide_assert_text (answer->points, 4, "Line 5 (C), 12.00 out of catalogue: from neither fund nor account");
  /* The scope rules of Beijing: 10 % of a drug of category B is mine; of Saline they do not know what kind of item it is. */
  guide_assert_text (answer->points, 5,
                     "Lines of it that do not say what of them is in scope, judged by the rules here: 1, of which 3.00 would be left out");
  guide_assert_text (answer->points, 6,
                     "Line 6 (drugs, category B), 3.00 category-B first share: not from the fund, but from the account");
  guide_assert_text (answer->points, 7,
                     "Lines of it of which neither they nor the rules here say what is in scope: 2 (the rules here go by the kind of item, "
                     "such as drug or material, and only a name is given; no category A, B or C is given)");
  guide_assert_text (answer->points, 8, "2 October 2026, bill of 20.00: no line says that something was left out");
  /* What to do about each of the three, and the law that such lines are left out by. */
  guide_assert_text (answer->steps, 0, "Out of catalogue: next time ask before it is used, and ask what the catalogue has instead.");
  guide_assert_text (answer->steps, 1, "Over a price limit: ask for one within the limit, such as one bought centrally (集采).");
  guide_assert_text (answer->steps, 2, "First share of category B: ask whether an item of category A does the same.");
  g_assert_nonnull (strstr (answer->source, "Social Insurance Law"));
  g_assert_true (answer->unverified); /* the shares of category B in Beijing are */
  g_autoptr (GPtrArray) zh = guide_answers (file, "zh_CN");
  const ZifuAnswer *chinese = guide_find (zh, "R25");
  guide_check (zh, rows);
  g_assert_cmpstr (chinese->in_your_case, ==, "你最近一张有明细的账单 460.00，基金没有算进去的有 252.00，逐项列在下面。");
  guide_assert_text (chinese->points, 0, "2026年11月18日，Hospital No. 1，账单 460.00：基金没有算进去的有 252.00，分别是");
  guide_assert_text (chinese->points, 1, "第 2 行（Collagen，C 类），全自费（目录外） 150.00：基金和账户都不付");
  guide_assert_text (chinese->points, 2, "Ward（B 类，2 行），超限价自付 80.00：基金和账户都不付");
  guide_assert_text (chinese->points, 5, "没有写明哪部分在范围内、按本地规则判断的行：1 行，其中 3.00 不算进去");
  guide_assert_text (chinese->points, 7,
                     "没有写明、按本地规则也判断不了哪部分在范围内的行：2 行（本地规则按项目的种类（如药品、材料）定，这里只写了名称；没有写甲、乙、丙类）");
  guide_assert_text (chinese->points, 8, "2026年10月2日，账单 20.00：没有哪一行写着有费用没算进去");
}

/* What was given back was not left out; of many items the largest are named; bills of later days and of the fourth on are not told. */
static void
test_many_items (void)
{
  g_autoptr (GString) lines = g_string_new ("{'item':'Returned','category':'C','amount':'9000.00','out':'9000.00'}");
  g_autofree char *text = NULL;

  for (guint i = 1; i <= 22; i++)
    g_string_append_printf (lines, ",{'item':'Item %u','category':'C','amount':'%u.00','out':'%u.00'}", i, i, i);
  text = g_strdup_printf (GUIDE_HEAD GUIDE_EMPLOYEE "}," BILLS (
                              "{'date':'2026-11-25','care':'outpatient','bill':{'lines':[{'category':'C','amount':'1.00'}]}},"
                              "{'date':'2026-11-18','care':'outpatient','bill':{'lines':[%s]}}") "}",
                          lines->str);
  g_autoptr (ZifuRecordFile) file = guide_file (text);
  ZifuVisit *bill = g_ptr_array_index (file->record->bills, 1);
  ZifuBillLine *back = zifu_visit_add_line (bill, -900000);

  zifu_facts_set_string (back->facts, "item", "Returned");
  zifu_facts_set_string (back->facts, "category", "C");
  back->has_out = TRUE;
  back->out = -900000;
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R25");

  g_assert_cmpuint (answer->points->len, ==, 22);
  guide_assert_text (answer->points, 0, "18 November 2026, bill of 253.00: the fund left out 253.00, namely");
  guide_assert_text (answer->points, 1, "Line 23 (Item 22, category C), 22.00 out of catalogue: from neither fund nor account");
  guide_assert_text (answer->points, 20, "Line 4 (Item 3, category C), 3.00 out of catalogue: from neither fund nor account");
  guide_assert_text (answer->points, 21, "Further items: 2, 3.00 together");
}

/* Residents have no account of which something could be said; a visit of which no bill is known does not hide the bills. */
static void
test_bills_resident (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD "'person':{'insurance':'390','status':'resident','resident_class':'student','age':9}," BILLS (
          "{'date':'2026-11-18','care':'outpatient','bill':{'lines':[{'item':'Collagen','category':'C','amount':'1.50','out':'1.50'}]}}")
          ",'visit':{'date':'2026-11-20','care':'outpatient','class':'3','connected':false,'bill':{'total':'0.00','out':'0.00'}}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R25");

  guide_assert_text (answer->points, 1, "Line 1 (Collagen, category C), 1.50 out of catalogue: not from the fund");
  g_assert_cmpstr (answer->in_your_case, ==, "Of your latest bill with its lines, 1.50, the fund left out 1.50: each item stands below.");
}

/* A work injury: the fund pays nothing, the account may. */
static void
test_gate (void)
{
  g_autoptr (ZifuRecordFile) file = guide_file (
      GUIDE_HEAD GUIDE_EMPLOYEE "}," IN_ORDER ",'visit':{'date':'2026-11-20','care':'outpatient','class':'3','cause':'work_injury',"
                                "'bill':{'in_scope':'1000.00'}}}");
  g_autoptr (GPtrArray) en = guide_answers (file, "en");
  const ZifuAnswer *answer = guide_find (en, "R25");

  guide_check (en, rows);
  guide_assert_text (
      answer->points, 0,
      "A work injury is paid by the work-injury insurance. The funds pay nothing this time; the money in the account stays usable.");
  guide_assert_text (answer->points, 1, "The bill, 1,000.00 in scope: not from the fund, but from the account");
  g_assert_cmpstr (guide_find (en, "R27")->answer, ==, "Your data show the cause: Somebody else has to pay for this.");
}

static void
test_others (void)
{
  g_autoptr (ZifuRecordFile) retired = guide_file (GUIDE_HEAD GUIDE_RETIRED "," IN_ORDER "}");
  g_autoptr (ZifuRecordFile) resident = guide_file (GUIDE_HEAD GUIDE_RESIDENT "}");
  g_autoptr (GPtrArray) of_retired = guide_answers (retired, "en");
  g_autoptr (GPtrArray) of_resident = guide_answers (resident, "zh_CN");

  guide_check (of_retired, rows);
  g_assert_cmpstr (guide_find (of_retired, "R27")->answer, ==,
                   "The fund pays: you are retired and covered without contributions, and your data show nothing against it.");
  g_assert_cmpuint (guide_find (of_retired, "R20")->causes->len, ==, 0);
  guide_check (of_resident, rows);
  g_assert_cmpstr (guide_find (of_resident, "R06")->answer, ==, "数据里找到了原因：居民医保没有个人账户。");
  g_assert_cmpstr (guide_find (of_resident, "R20")->answer, ==, "数据里找到了原因：居民医保没有个人账户。");
  g_assert_cmpstr (guide_find (of_resident, "R24")->answer, ==, "不是。你没有可供家人使用的个人账户。");
  /* Of the account nothing is said to somebody who has none. */
  g_assert_cmpuint (guide_find (of_resident, "R23")->points->len, ==, 4);

  speak ("en");
  g_autoptr (GPtrArray) nowhere = zifu_answers (NULL, retired->record, GUIDE_DAY);
  guide_check (nowhere, rows);
  g_assert_cmpstr (guide_find (nowhere, "R26")->in_your_case, ==, "No figures: there are no rules for this region yet");
}

static void
test_search (void)
{
  static const struct
  {
    const char *text, *row;
  } hits[] = {
    { "刷不了", "R06" },   { "payment refused", "R06" },  { "账户没钱", "R20" }, { "account empty", "R20" },
    { "激活", "R23" },     { "frozen", "R23" },           { "解绑", "R24" },     { "family used", "R24" },
    { "保健品", "R25" },   { "category C", "R25" },       { "垫付", "R26" },     { "not connected", "R26" },
    { "重复参保", "R27" }, { "double insurance", "R27" }, { "余额清零", "R28" }, { "stopped paying", "R28" },
    { "等待期", "R29" },   { "waiting period", "R29" },   { "补缴", "R30" },     { "make up", "R30" },
    { "单位欠费", "R31" }, { "employer arrears", "R31" }, { "恢复后", "R32" },   { "visit today", "R32" },
    { "备案", "R33" },     { "another city", "R33" },     { "不备案", "R34" },   { "not filed", "R34" },
    { "异地门诊", "R35" }, { "claim at home", "R35" },    { "跨省共济", "R36" }, { "another region", "R36" },
    { "转移", "R37" },     { "transfer", "R37" },         { "提现", "R38" },     { "withdraw", "R38" },
  };
  static const char *const languages[] = { "en", "zh_CN" };
  g_autoptr (ZifuRecordFile) file = guide_file (GUIDE_HEAD GUIDE_EMPLOYEE "}}");

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (GPtrArray) answers = guide_answers (file, languages[l]);

      for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
        if (!zifu_answer_matches (guide_find (answers, hits[i].row), hits[i].text))
          g_error ("“%s” does not find %s in %s", hits[i].text, hits[i].row, languages[l]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R06-R27/in-order", test_in_order);
  g_test_add_func ("/answers/R06-R23/states", test_states);
  g_test_add_func ("/answers/R20-R24/family", test_family);
  g_test_add_func ("/answers/R25/lines", test_lines);
  g_test_add_func ("/answers/R25/bills", test_bills);
  g_test_add_func ("/answers/R25/bills-many-items", test_many_items);
  g_test_add_func ("/answers/R25/bills-resident", test_bills_resident);
  g_test_add_func ("/answers/R25-R27/gate", test_gate);
  g_test_add_func ("/answers/R06-R27/others", test_others);
  g_test_add_func ("/answers/R06-R38/search", test_search);
  return g_test_run ();
}
