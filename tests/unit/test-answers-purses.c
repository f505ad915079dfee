/* SPDX-License-Identifier: GPL-3.0-or-later */

/* R03 to R16: who pays, out of which purse, and what a visit costs. */

#include "answers-support.h"

static void
test_employee (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("employee");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  /* (5,000 − (1,800 − 1,462.30)) × 70 % = 3,263.61; the account has 3,286.40. */
  g_assert_cmpstr (
      answer_of (en, "R03")->answer, ==,
      "The fund pays its share and the resident all the rest, in cash, by phone or bank card. You have employee insurance: your "
      "account pays before cash.");
  g_assert_cmpstr (answer_of (en, "R03")->in_your_case, ==, "A bill of 5,000.00: fund 3,263.61, account 1,736.39, cash 0.00");

  g_assert_cmpstr (answer_of (en, "R05")->in_your_case, ==, "A bill of 200.00: fund 0.00, account 200.00, cash 0.00");
  assert_point (en, "R05", "With a balance of 200.00: fund 0.00, account 200.00, cash 0.00");
  assert_point (en, "R05", "With a balance of 80.00: fund 0.00, account 80.00, cash 120.00");
  assert_point (en, "R05", "With a balance of 0.00: fund 0.00, account 0.00, cash 200.00");
  assert_point (en, "R05", "At a pharmacy that is not designated: fund 0.00, account 0.00, cash 200.00");
  g_assert_nonnull (strstr (answer_of (en, "R05")->answer, "whether the fund pays there too is not known here"));
  g_assert_true (answer_of (en, "R05")->unverified);

  g_assert_cmpstr (answer_of (en, "R07")->in_your_case, ==,
                   "Your account holds 3,286.40. Interest of the last twelve months: 13.47, the last on 31 December 2025.");
  assert_point (en, "R07", "It is inherited: what is left goes to the heirs.");
  assert_point (en, "R07", "It does not raise what the fund pays: that is the same with any balance.");

  g_assert_cmpstr (answer_of (en, "R10")->in_your_case, ==, "A bill of 5,000.00: fund 3,263.61, account 1,736.39, cash 0.00");
  g_assert_cmpint (answer_of (en, "R10")->bill, ==, 500000);
  assert_point (en, "R10", "Take off what is left of the deductible: 5,000.00 − 337.70 (1,800 − 1,462.30 paid) → 4,662.30 (left)");
  assert_point (en, "R10", "My account pays what it may: Balance 3,286.40 suffices → 1,736.39 (account)");
}

/* 30,000 − 2,000 − 500 − 1,500 = 26,000 in scope; (26,000 − 1,300) × 85 % = 20,995; 9,005 are left, of which the account may pay all but
   2,500 and has 3,286.40: 5,718.60 in cash. */
static void
test_employee_stay (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("employee");

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  check_form (zh);
  g_assert_cmpstr (answer_of (zh, "R11")->in_your_case, ==,
                   "三级医院，目录外 2,000.00，超限价 500.00，先行自付 1,500.00。账单 30,000.00：基金付 20,995.00，账户付 "
                   "3,286.40，现金 5,718.60");
  assert_point (zh, "R11", "减去起付线（今年第 1 次住院）：26,000.00 − 1,300.00 → 24,700.00（余下）");
  assert_point (zh, "R11", "剩下的用现金：9,005.00 − 3,286.40 → 5,718.60（现金）");
  assert_point (zh, "R11", "住院押金不能用个人账户付。用现金、扫码或银行卡交，出院时多退少补。");
  g_assert_nonnull (strstr (answer_of (zh, "R11")->source, "市政府令第158号"));
  g_assert_false (answer_of (zh, "R11")->unverified);

  /* As a resident with nothing used up: (5,000 − 550) × 50 % = 2,225.00. */
  g_assert_cmpstr (answer_of (zh, "R14")->in_your_case, ==,
                   "账单 5,000.00：按职工医保基金付 3,263.61，按居民医保付 2,225.00。选错多花 1,038.61。");

  /* All in scope: 30,000 − (30,000 − 1,300) × 85 % = 5,605; a device with 30 % first share: 30,000 − (27,000 − 1,300) × 85 % = 8,155. */
  g_assert_cmpstr (answer_of (zh, "R15")->in_your_case, ==,
                   "三级医院住院费 30,000.00：你付 ¥5,605 – 30,000。全在目录内最少，全在目录外最多。");
  assert_point (zh, "R15", "10,000.00 的耗材（国产、进口一样）：先行自付 3,000.00，超限价 0.00。含它的账单共 30,000.00，你付 8,155.00。");
  g_assert_true (answer_of (zh, "R15")->unverified);

  g_assert_cmpstr (answer_of (zh, "R16")->in_your_case, ==,
                   "账单 5,000.00，当场结算：基金付 3,263.61，账户付 1,736.39，现金 0.00。先付后报：全部先由你付，之后报 3,263.61。");
  assert_text (answer_of (zh, "R16")->papers, "费用明细清单");
  g_assert_false (has_text (answer_of (zh, "R16")->papers, "孩子的：户口簿，以及代办家长的身份证"));
  g_assert_nonnull (strstr (answer_of (zh, "R16")->source, "医保发〔2022〕22号"));
}

static void
test_retired (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("retired");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  /* From 70: (5,000 − 1,300) × 90 % = 3,330; 1,670 are left: 86.40 from the account, the rest from the daughter's. */
  g_assert_cmpstr (answer_of (en, "R12")->in_your_case, ==, "A bill of 5,000.00: fund 3,330.00, account 86.40, family 1,583.60, cash 0.00");
  g_assert_cmpstr (answer_of (en, "R12")->answer, ==,
                   "Yes. After your own account the accounts of the relatives who allow it pay, then cash.");
  assert_point (en, "R12", "林晓梅 (son or daughter): you may use this account, up to 2,000.00");
  g_assert_cmpstr (answer_of (en, "R05")->in_your_case, ==, "A bill of 200.00: fund 0.00, account 86.40, family 113.60, cash 0.00");
  g_assert_cmpstr (answer_of (en, "R07")->in_your_case, ==,
                   "Your account holds 86.40. No interest is recorded for the last twelve months.");

  /* Own share 15 % × 0.6 = 9 %, half of it from the supplement: (26,000 − 1,300) × 95.5 % = 23,588.50; then 86.40 and the quota of 2,000.
   */
  g_assert_nonnull (
      strstr (answer_of (en, "R11")->in_your_case, "A bill of 30,000.00: fund 23,588.50, account 86.40, family 2,000.00, cash 4,325.10"));
  /* 3,330 − 2,225 */
  g_assert_nonnull (strstr (answer_of (en, "R14")->in_your_case, "The wrong choice costs 1,105.00."));
  g_assert_cmpstr (
      answer_of (en, "R08")->in_your_case, ==,
      "The rules of your region name no fixed amount for this fee; suppose that 20 are reimbursed. Of the other 40.00: account "
      "40.00, cash 0.00.");
}

static void
test_child (void)
{
  g_autoptr (ZifuRecordFile) file = person_file ("resident-child");
  static const char *const languages[] = { "en", "zh_CN" };

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      speak (languages[l]);
      g_autoptr (GPtrArray) answers = zifu_answers (file->pack, file->record, TODAY);
      check_form (answers);
      /* Nobody tells a child of an account of its own. */
      for (guint i = 0; i < answers->len; i++)
        {
          const ZifuAnswer *answer = g_ptr_array_index (answers, i);
          g_assert_null (strstr (answer->answer, "你的账户"));
          g_assert_null (strstr (answer->answer, "your account"));
          g_assert_true (answer->in_your_case == NULL || strstr (answer->in_your_case, ", account ") == NULL);
        }
      g_assert_nonnull (
          strstr (answer_of (answers, "R16")->papers->pdata[answer_of (answers, "R16")->papers->len - 1], l == 0 ? "For a child" : "孩子"));
    }

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  g_assert_cmpstr (answer_of (zh, "R03")->answer, ==, "基金照样付它的一份，其余全部由你用现金、扫码或银行卡付。");
  g_assert_cmpstr (answer_of (zh, "R03")->in_your_case, ==, "账单 5,000.00：基金付 2,225.00，现金 2,775.00");
  g_assert_cmpstr (answer_of (zh, "R07")->answer, ==, "没有可攒的：你没有个人账户。");
  /* A parent's account could pay all of the own part, (5,000 − 550) × 50 % + 550. */
  g_assert_cmpstr (answer_of (zh, "R12")->in_your_case, ==,
                   "账单 5,000.00：基金付 2,225.00，现金 2,775.00。还没有家人的账户给你用；有的话最多能付 2,775.00。");
  /* Children: deductible 650: (26,000 − 650) × 75 % = 19,012.50 */
  g_assert_nonnull (strstr (answer_of (zh, "R11")->in_your_case, "账单 30,000.00：基金付 19,012.50，现金 10,987.50"));
  g_assert_cmpstr (answer_of (zh, "R14")->in_your_case, ==, "你的资料里只有居民医保。");
  /* 30,000 − (30,000 − 650) × 75 % = 7,987.50, downwards to the yuan */
  g_assert_nonnull (strstr (answer_of (zh, "R15")->in_your_case, "你付 ¥7,987 – 30,000"));
  g_assert_cmpstr (answer_of (zh, "R13")->answer, ==, "按你参保地的规则，你的险种不分档，不用选。");
}

/* R08 with a rule of the question itself, and with an account that is short: 25 from it, 15 in cash. */
static void
test_registration_fee (void)
{
  g_autoptr (ZifuRecordFile) file = person_text (
      "{'policy': {'pack': 'inline', 'extends': '110000', 'sources': [{'id': 'case', 'title': 'rules of this case'}], 'rules': [{'id': "
      "'registration', 'kind': 'fixed', 'title': 'A fixed 20', 'valid_from': '2020-01-01', 'when': {'item': 'registration'}, 'per': "
      "'line', "
      "'pay': [{'payer': 'hifob', 'amount': '20.00'}], 'confidence': 'R', 'sources': ['case']}]}, 'person': {'insurance': '310', 'status': "
      "'active', 'age': 40, 'account': {'balance': '25.00'}}}");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  g_assert_cmpstr (answer_of (en, "R08")->in_your_case, ==,
                   "Of a fee of 60.00 the fund pays a fixed 20.00. Of the other 40.00: account 25.00, cash 15.00.");
  g_assert_true (answer_of (en, "R08")->unverified);
  g_assert_cmpstr (answer_of (en, "R08")->source, ==, "rules of this case");
  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (file->pack, file->record, TODAY);
  g_assert_cmpstr (answer_of (zh, "R08")->in_your_case, ==, "费用 60.00，基金定额付 20.00。另外的 40.00：账户付 25.00，现金 15.00。");
}

/* R10 where this year's money goes first: 5,000 − 800 = 4,200; (4,200 − 500) × 70 % = 2,590; then 1,500 of earlier years. */
static void
test_account_first (void)
{
  g_autoptr (ZifuRecordFile) file =
      person_text ("{'policy': '310000', 'person': {'insurance': '310', 'status': 'active', 'age': 35, 'base': "
                   "'12000.00', 'account': {'current': '800.00', 'earlier': '1500.00'}}}");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (file->pack, file->record, TODAY);
  check_form (en);
  g_assert_true (g_str_has_prefix (answer_of (en, "R10")->answer, "Here this year's account money goes first"));
  g_assert_cmpstr (answer_of (en, "R10")->in_your_case, ==, "A bill of 5,000.00: fund 2,590.00, account 2,300.00, cash 110.00");
  g_assert_cmpstr (answer_of (en, "R07")->answer, ==, "You may, but you need not: nothing expires at the end of the year.");
  assert_point (en, "R07", "Money of this year goes before the deductible here; money of earlier years pays your own part.");
}

/* R13: Chongqing's resident plans in a tier-2 hospital: (10,000 − 300) × 70 % and × 75 %. */
static void
test_plans (void)
{
  g_autoptr (ZifuRecordFile) resident = person_text ("{'policy': '500000', 'person': {'insurance': '390', 'status': 'resident', "
                                                     "'resident_class': 'working', 'plan': '1', 'age': 35}}");
  g_autoptr (ZifuRecordFile) unknown = person_text ("{'policy': '500000', 'person': {'insurance': '390', 'status': 'resident', "
                                                    "'resident_class': 'working', 'age': 35}}");
  g_autoptr (ZifuRecordFile) employee = person_text ("{'policy': '500000', 'person': {'insurance': '310', 'status': 'active', 'age': 35, "
                                                     "'base': '6000.00', 'account': {'balance': '500.00'}}}");

  speak ("en");
  g_autoptr (GPtrArray) of_resident = zifu_answers (resident->pack, resident->record, TODAY);
  g_autoptr (GPtrArray) of_unknown = zifu_answers (unknown->pack, unknown->record, TODAY);
  g_autoptr (GPtrArray) of_employee = zifu_answers (employee->pack, employee->record, TODAY);
  check_form (of_resident);
  check_form (of_unknown);
  check_form (of_employee);
  g_assert_cmpuint (answer_of (of_resident, "R13")->points->len, ==, 2);
  g_assert_cmpstr (answer_of (of_resident, "R13")->in_your_case, ==, "Yours: plan 1");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer_of (of_resident, "R13")->points, 0),
                                   "plan 1: a stay of 10,000.00 in a tier-2 hospital: the fund pays 6,790.00; "));
  g_assert_true (g_str_has_prefix (g_ptr_array_index (answer_of (of_resident, "R13")->points, 1),
                                   "plan 2: a stay of 10,000.00 in a tier-2 hospital: the fund pays 7,275.00; "));
  g_assert_true (g_str_has_suffix (g_ptr_array_index (answer_of (of_resident, "R13")->points, 1), "; premium 775.00 a year"));
  g_assert_cmpstr (answer_of (of_unknown, "R13")->in_your_case, ==, "Which one is yours is not in your data: please fill it in.");
  g_assert_cmpuint (answer_of (of_unknown, "R13")->points->len, ==, 2);
  /* The plans of residents are no choice of an employee. */
  for (guint i = 0; i < answer_of (of_employee, "R13")->points->len; i++)
    g_assert_false (g_str_has_prefix (g_ptr_array_index (answer_of (of_employee, "R13")->points, i), "plan "));
}

static char *
double_answer (const char *person, const char *enrolments)
{
  g_autofree char *text = g_strdup_printf ("{'policy': '110000', 'person': {%s}, 'record': {'enrolments': [%s]}}", person, enrolments);
  g_autoptr (ZifuRecordFile) file = person_text (text);
  g_autoptr (GPtrArray) answers = zifu_answers (file->pack, file->record, TODAY);

  check_form (answers);
  const ZifuAnswer *answer = answer_of (answers, "R14");
  /* Where to go and what to bring stands wherever there are two. */
  g_assert_nonnull (answer->where);
  assert_text (answer->papers, zifu_words_is_chinese () ? "两份参保的证明" : "Proof of both enrolments");
  return g_strjoin ("\n", answer->answer, answer->in_your_case != NULL ? answer->in_your_case : "-",
                    answer->points->len > 2 ? g_ptr_array_index (answer->points, 0) : "-",
                    answer->points->len > 2 ? g_ptr_array_index (answer->points, 1) : "-", NULL);
}

/* R14: which of two is kept, and what the wrong one costs. */
static void
test_double (void)
{
  speak ("en");
  g_autofree char *both = double_answer ("'insurance': '390', 'status': 'resident', 'age': 30",
                                         "{'insutype': '390', 'insu_admdvs': '110000', 'begndate': '2020-01-01'}, {'insutype': '310', "
                                         "'insu_admdvs': '310000', 'begndate': '2025-07-01'}");
  /* Nothing used up under employee insurance: (5,000 − 1,800) × 70 % = 2,240 against 2,225. */
  g_assert_cmpstr (
      both, ==,
      "No, and you are in both: choose employee insurance when you settle, and have the resident one ended.\n"
      "A bill of 5,000.00: the fund pays 2,240.00 under employee insurance, 2,225.00 under resident insurance. The wrong choice "
      "costs 15.00.\n"
      "Keep: employee insurance, Shanghai (310000), since 1 July 2025\n"
      "End: resident insurance, Beijing, since 1 January 2020");
  g_autofree char *work = double_answer ("'insurance': '310', 'status': 'active', 'age': 30",
                                         "{'insutype': '310', 'insu_admdvs': '110000', 'begndate': '2020-01-01'}, {'insutype': '310', "
                                         "'insu_admdvs': '310000', 'begndate': '2025-07-01', 'place_of_work': true}");
  g_assert_cmpstr (work, ==,
                   "No, and you are in two employee insurances: keep the one at your place of work, end the other.\n-\n"
                   "Keep: employee insurance, Shanghai (310000), since 1 July 2025\n"
                   "End: employee insurance, Beijing, since 1 January 2020");
  g_autofree char *undecided = double_answer ("'insurance': '390', 'status': 'resident', 'age': 30",
                                              "{'insutype': '390', 'insu_admdvs': '110000', 'begndate': '2020-01-01'}, {'insutype': '390', "
                                              "'insu_admdvs': '310000', 'begndate': '2025-07-01'}");
  g_assert_true (g_str_has_prefix (undecided,
                                   "No, and you are in two resident insurances: the one where you live, or go to school, is kept. "
                                   "Your data do not say which that is."));
  g_assert_nonnull (strstr (undecided, "One of two: resident insurance, Shanghai (310000), since 1 July 2025"));
  speak ("zh_CN");
  g_autofree char *zh = double_answer ("'insurance': '310', 'status': 'active', 'age': 30",
                                       "{'insutype': '390', 'insu_admdvs': '110000', 'begndate': '2020-01-01'}, {'insutype': '310', "
                                       "'insu_admdvs': '110000', 'begndate': '2025-07-01'}");
  g_assert_nonnull (strstr (zh, "不能，而你两份都有：结算时选职工医保，并把居民医保停掉。"));
  g_assert_nonnull (strstr (zh, "保留：职工医保，北京，2025年7月1日起"));
}

/* R12: the ties of a person, each with what the rules say of it. */
static void
test_family (void)
{
  g_autoptr (ZifuRecordFile) employee = person_file ("employee");
  g_autoptr (ZifuRecordFile) others = person_text (
      "{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'account': {'balance': '900.00'}}, 'record': "
      "{'family': [{'id': 'a', 'relation': 'child', 'given': true, 'begndate': '2024-01-01', 'enddate': '2026-06-30'}, {'id': 'b', "
      "'relation': "
      "'other', 'given': true, 'begndate': '2024-01-01'}, {'id': 'c', 'relation': 'spouse', 'given': true, 'begndate': '2027-01-01'}, "
      "{'id': "
      "'7', 'relation': 'sibling', 'given': true, 'begndate': '2025-01-01'}]}}");

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (employee->pack, employee->record, TODAY);
  g_autoptr (GPtrArray) of_others = zifu_answers (others->pack, others->record, TODAY);
  check_form (of_others);
  /* 86.50 + 113.50 */
  assert_point (
      en, "R12",
      "林国栋 (parent): may use your account, up to 2,000.00; 200.00 in the last twelve months, the last time on 14 October 2026");
  assert_point (en, "R12", "Of your account relatives may use up to 3,286.40.");
  assert_point (en, "R12", "Those who may share an account: spouse, parent, son or daughter, brother or sister, grandparent, grandchild");
  assert_point (en, "R12", "Those who may not: somebody else");
  assert_point (of_others, "R12", "a (son or daughter): ended on 30 June 2026");
  assert_point (of_others, "R12", "b (somebody else): the rules do not allow this relation");
  assert_point (of_others, "R12", "c (spouse): begins on 1 January 2027");
  assert_point (of_others, "R12", "brother or sister: may use your account; not used so far");

  /* Before July 2024 only spouse, parents and children. */
  g_autoptr (GPtrArray) before = zifu_answers (employee->pack, employee->record, zifu_date_new (2024, 3, 1));
  assert_point (before, "R12", "Those who may share an account: spouse, parent, son or daughter");

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (employee->pack, employee->record, TODAY);
  assert_point (zh, "R12", "可以共济的：配偶、父母、子女、兄弟姐妹、（外）祖父母、（外）孙子女");
  assert_point (zh, "R12", "林国栋（父母）：可以用你的账户，最多 2,000.00；近十二个月用了 200.00，最近一次是 2026年10月14日");
}

/* R12 where relatives may use money of earlier years only. */
static void
test_family_earlier_years (void)
{
  static const char pack[] =
      "{'policy': {'pack': 'inline', 'extends': '110000', 'sources': [{'id': 'case', 'title': 'case'}], 'rules': [{'id': "
      "'earlier', 'kind': 'amount', 'title': 'Earlier years only', 'valid_from': '2020-01-01', 'name': "
      "'mutual_aid_current_money', 'value': '0', 'confidence': 'R', 'sources': ['case']}]}, 'person': {'insurance': "
      "'310', 'status': 'active', 'age': 40, 'account': {%s}}}";
  g_autofree char *apart = g_strdup_printf (pack, "'current': '300.00', 'earlier': '700.00'");
  g_autofree char *together = g_strdup_printf (pack, "'balance': '1000.00'");
  g_autoptr (ZifuRecordFile) one = person_text (apart);
  g_autoptr (ZifuRecordFile) other = person_text (together);

  speak ("en");
  g_autoptr (GPtrArray) known = zifu_answers (one->pack, one->record, TODAY);
  g_autoptr (GPtrArray) unknown = zifu_answers (other->pack, other->record, TODAY);
  assert_point (known, "R12", "Relatives may use money of earlier years only: 700.00 of the balance.");
  g_assert_true (answer_of (known, "R12")->unverified);
  assert_point (unknown, "R12",
                "Relatives may use money of earlier years only. How much of the balance that is, is not known: between 0.00 and 1,000.00.");
  assert_text (answer_of (unknown, "R12")->steps,
               "See in the app how much of the balance was credited this year and how much is of earlier years, and enter the two parts "
               "here.");
}

/* R16 of the visit that stands in the data. */
static void
test_chosen_visit (void)
{
  static const char text[] =
      "{'policy': '110000', 'person': {'insurance': '310', 'status': 'retired', 'age': 65, 'account': {'balance': "
      "'50.00'}}, 'visit': {'date': '2026-11-24', 'care': 'outpatient', 'class': '3', 'place': 'city', 'designated': "
      "true, 'connected': %s, 'bill': {'total': '2300.00', 'out': '0.00', 'over_limit': '0.00', 'prior': '0.00'}}}";
  g_autofree char *unconnected = g_strdup_printf (text, "false");
  g_autofree char *connected = g_strdup_printf (text, "true");
  g_autoptr (ZifuRecordFile) later = person_text (unconnected);
  g_autoptr (ZifuRecordFile) now = person_text (connected);

  speak ("en");
  g_autoptr (GPtrArray) of_later = zifu_answers (later->pack, later->record, TODAY);
  g_autoptr (GPtrArray) of_now = zifu_answers (now->pack, now->record, TODAY);
  /* (2,300 − 1,300) × 85 % */
  g_assert_cmpstr (answer_of (of_later, "R16")->in_your_case, ==,
                   "The visit in your data is paid first; 850.00 of it can be claimed afterwards.");
  g_assert_cmpstr (answer_of (of_now, "R16")->in_your_case, ==,
                   "The visit in your data is settled on the spot: fund 850.00, account 50.00, cash 1,400.00.");
}

/* Nobody is promised the fund's share on a day on which it is not paid. */
static void
test_uncovered (void)
{
  static const char text[] =
      "{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'base': '12000.00', 'account': "
      "{'balance': '100.00'}, 'paid': [%s]}}";
  g_autofree char *gap = g_strdup_printf (text, "{'year': 2025}, {'month': '2026-01'}, {'month': '2026-02'}");
  g_autofree char *again = g_strdup_printf (text, "{'year': 2025}, {'month': '2026-09'}, {'month': '2026-10'}, {'month': '2026-11'}");
  g_autoptr (ZifuRecordFile) stopped = person_text (gap);
  g_autoptr (ZifuRecordFile) waiting = person_text (again);

  speak ("en");
  g_autoptr (GPtrArray) en = zifu_answers (stopped->pack, stopped->record, TODAY);
  g_autoptr (GPtrArray) of_waiting = zifu_answers (waiting->pack, waiting->record, TODAY);
  check_form (en);
  check_form (of_waiting);
  g_assert_cmpstr (answer_of (en, "R01")->answer, ==, "Your account stays usable, but the fund pays nothing today: the rest is cash.");
  g_assert_cmpstr (answer_of (en, "R01")->in_your_case, ==,
                   "Your cover is suspended today. A bill of 5,000.00: fund 0.00, account 100.00, cash 4,900.00");
  g_assert_true (g_str_has_prefix (answer_of (en, "R02")->answer, "Not today"));
  g_assert_cmpstr (answer_of (en, "R10")->in_your_case, ==, answer_of (en, "R01")->in_your_case);
  g_assert_nonnull (strstr (answer_of (en, "R11")->in_your_case, "A bill of 30,000.00: fund 0.00, account 100.00, cash 29,900.00"));
  g_assert_cmpstr (
      answer_of (en, "R15")->in_your_case, ==,
      "Your cover is suspended today. Of a stay of 30,000.00 in a tier-3 hospital you pay 30,000.00, whatever is in the catalogue.");
  /* What either insurance pays while it is in force. */
  g_assert_nonnull (strstr (answer_of (en, "R14")->in_your_case, "the fund pays 2,240.00 under employee insurance"));
  g_assert_cmpstr (answer_of (of_waiting, "R01")->in_your_case, ==,
                   "Your waiting period is not over. A bill of 5,000.00: fund 0.00, account 100.00, cash 4,900.00");

  speak ("zh_CN");
  g_autoptr (GPtrArray) zh = zifu_answers (stopped->pack, stopped->record, TODAY);
  g_assert_cmpstr (answer_of (zh, "R01")->answer, ==, "账户照样能用，但基金今天不付：不够的付现金。");
  g_assert_cmpstr (answer_of (zh, "R01")->in_your_case, ==,
                   "你今天的待遇是暂停的。账单 5,000.00：基金付 0.00，账户付 100.00，现金 4,900.00");
}

/* Whatever is missing is said, and nothing is made up for it. */
static void
test_unknown (void)
{
  static const char *const persons[] = {
    "{'policy': '110000', 'person': {'insurance': '310', 'age': 40, 'account': {'balance': '100.00'}}}",
    "{'policy': '110000', 'person': {'age': 40}}",
    "{'policy': '110000', 'person': {'insurance': '310', 'status': 'flexible', 'age': 45}}",
    "{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40}}",
    "{'policy': '110000', 'person': {'insurance': '390', 'status': 'resident'}}",
    "{'policy': 'national', 'person': {'insurance': '310', 'status': 'active', 'age': 40, 'account': {'balance': '100.00'}}}",
    "{'policy': '320100', 'person': {'insurance': '310', 'status': 'active', 'age': 45, 'base': '9000.00', 'account': {'balance': "
    "'9.00'}}}",
    "{'policy': '330100', 'person': {'insurance': '390', 'status': 'resident', 'resident_class': 'student', 'age': 12}}",
    "{'policy': '440100', 'person': {'insurance': '310', 'status': 'retired', 'age': 65, 'account': {'balance': '900.00'}}}",
    "{'policy': '440300', 'person': {'insurance': '310', 'status': 'active', 'plan': '2', 'age': 30, 'account': {'balance': '900.00'}}}",
  };
  static const char *const languages[] = { "en", "zh_CN" };

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    for (guint i = 0; i < G_N_ELEMENTS (persons); i++)
      {
        g_autoptr (ZifuRecordFile) file = person_text (persons[i]);

        speak (languages[l]);
        g_autoptr (GPtrArray) answers = zifu_answers (file->pack, file->record, TODAY);
        check_form (answers);
        g_autoptr (GPtrArray) nowhere = zifu_answers (NULL, file->record, TODAY);
        check_form (nowhere);
        g_assert_cmpuint (answers->len, ==, nowhere->len);
        g_assert_cmpstr (answer_of (nowhere, "R11")->in_your_case, ==,
                         l == 0 ? "No figures: there are no rules for this region yet" : "算不出数字：还没有这个地方的规则");
        g_assert_cmpstr (answer_of (nowhere, "R15")->in_your_case, ==, answer_of (nowhere, "R11")->in_your_case);
        g_assert_cmpstr (answer_of (nowhere, "R05")->in_your_case, ==, answer_of (nowhere, "R11")->in_your_case);
        g_assert_cmpint (answer_of (nowhere, "R10")->bill, ==, 0);
      }
}

static void
test_unknown_words (void)
{
  g_autoptr (ZifuRecordFile) balance = person_text ("{'policy': '110000', 'person': {'insurance': '310', 'status': 'active', 'age': 40, "
                                                    "'base': '8000.00'}}");
  g_autoptr (ZifuRecordFile) status = person_text ("{'policy': '110000', 'person': {'insurance': '310', 'age': 40, 'account': {'balance': "
                                                   "'100.00'}}}");
  g_autoptr (ZifuRecordFile) bare = person_text ("{'policy': {'pack': 'inline', 'extends': 'national', 'sources': [{'id': 's', 'title': "
                                                 "'made here'}], 'axes': {'class': ['1', '2', '3']}, 'rules': [{'id': 'share', "
                                                 "'kind': 'share', 'benefit': 'outpatient', "
                                                 "'valid_from': '2020-01-01', 'sources': ['s'], 'bands': [{'upto': null, 'pay': "
                                                 "[{'payer': 'hifp', 'ratio': '0.5'}]}]}]}, 'person': {'insurance': '310', 'status': "
                                                 "'active', 'age': 45, 'account': {'balance': '9.00'}}}");

  speak ("en");
  /* An employee whose balance is not known has an account all the same. */
  g_autoptr (GPtrArray) answers = zifu_answers (balance->pack, balance->record, TODAY);
  g_assert_cmpstr (answer_of (answers, "R07")->in_your_case, ==, "Your balance is not in your data.");
  assert_point (answers, "R10", "The balance of your account is not in your data: these figures do without it.");
  assert_point (answers, "R05", "With a balance of 80.00: fund 0.00, account 80.00, cash 120.00");

  g_autoptr (GPtrArray) of_status = zifu_answers (status->pack, status->record, TODAY);
  g_assert_true (g_str_has_prefix (answer_of (of_status, "R11")->in_your_case, "A tier-3 hospital"));
  g_assert_true (g_str_has_prefix (answer_of (of_status, "R14")->in_your_case, "No figures: "));

  g_autoptr (GPtrArray) of_bare = zifu_answers (bare->pack, bare->record, TODAY);
  g_assert_cmpstr (answer_of (of_bare, "R05")->in_your_case, ==,
                   "No figures: the rules of your region do not say yet how a pharmacy bill is settled.");
}

static void
test_search (void)
{
  static const struct
  {
    const char *text, *row;
  } hits[] = {
    { "居民医保 没有账户", "R03" }, { "药店买药", "R05" },          { "pharmacy", "R05" },
    { "余额清零", "R07" },          { "save up", "R07" },           { "挂号费", "R08" },
    { "门诊顺序", "R10" },          { "住院押金", "R11" },          { "deposit", "R11" },
    { "家庭共济", "R12" },          { "family mutual aid", "R12" }, { "二档", "R13" },
    { "重复参保", "R14" },          { "心脏支架", "R15" },          { "stent", "R15" },
    { "零星报销", "R16" },          { "invoice", "R16" },           { "什么时候到账", "R17" },
    { "缴费基数", "R18" },          { "contribution base", "R18" }, { "给孩子缴居民医保", "R21" },
    { "退休 年限", "R22" },         { "retirement years", "R22" },
  };
  static const char *const languages[] = { "en", "zh_CN" };
  g_autoptr (ZifuRecordFile) file = person_file ("employee");

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      speak (languages[l]);
      g_autoptr (GPtrArray) answers = zifu_answers (file->pack, file->record, TODAY);
      for (guint i = 0; i < G_N_ELEMENTS (hits); i++)
        if (!zifu_answer_matches (answer_of (answers, hits[i].row), hits[i].text))
          g_error ("“%s” does not find %s in %s", hits[i].text, hits[i].row, languages[l]);
      /* Whoever wants to top up finds that answer, and no other of these. */
      for (guint i = 0; i < answers->len; i++)
        {
          const ZifuAnswer *answer = g_ptr_array_index (answers, i);
          if (zifu_answer_matches (answer, "充值"))
            g_assert_cmpstr (answer->row, ==, "R19");
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/answers/R03-R05-R07-R10-employee", test_employee);
  g_test_add_func ("/answers/R11-R14-R15-R16-employee", test_employee_stay);
  g_test_add_func ("/answers/R05-R07-R08-R11-R12-R14-retired", test_retired);
  g_test_add_func ("/answers/R03-R07-R11-R12-R16-child", test_child);
  g_test_add_func ("/answers/R08-fixed", test_registration_fee);
  g_test_add_func ("/answers/R10-account-first", test_account_first);
  g_test_add_func ("/answers/R12-ties", test_family);
  g_test_add_func ("/answers/R12-earlier-years", test_family_earlier_years);
  g_test_add_func ("/answers/R13-plans", test_plans);
  g_test_add_func ("/answers/R14-double", test_double);
  g_test_add_func ("/answers/R16-chosen-visit", test_chosen_visit);
  g_test_add_func ("/answers/R01-R02-R10-R11-R15-uncovered", test_uncovered);
  g_test_add_func ("/answers/R03-R16-unknown", test_unknown);
  g_test_add_func ("/answers/R05-R07-R10-R11-R14-unknown-words", test_unknown_words);
  g_test_add_func ("/answers/R03-R22-search", test_search);
  return g_test_run ();
}
