/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "words-support.h"

static void
test_money (void)
{
  static const struct
  {
    ZifuMoney amount;
    ZifuMoneyStyle style;
    const char *en, *zh;
  } rows[] = {
    { 0, ZIFU_MONEY_STYLE_LIST, "0.00", NULL },
    { 5, ZIFU_MONEY_STYLE_LIST, "0.05", NULL },
    { 105800, ZIFU_MONEY_STYLE_LIST, "1,058.00", NULL },
    { -105800, ZIFU_MONEY_STYLE_LIST, "−1,058.00", NULL },
    { ZIFU_MONEY_MAX, ZIFU_MONEY_STYLE_LIST, "99,999,999,999,999.99", NULL },
    { 105800, ZIFU_MONEY_STYLE_SYMBOL, "¥1,058.00", NULL },
    { -5, ZIFU_MONEY_STYLE_SYMBOL, "−¥0.05", NULL },
    { 24000, ZIFU_MONEY_STYLE_SIGNED, "+240.00", NULL },
    { -24000, ZIFU_MONEY_STYLE_SIGNED, "−240.00", NULL },
    { 0, ZIFU_MONEY_STYLE_SIGNED, "0.00", NULL },
    { 69579, ZIFU_MONEY_STYLE_SPOKEN, "695.79 yuan", "695.79 元" },
    { 180000, ZIFU_MONEY_STYLE_SHORT, "1,800", NULL },
    { 180020, ZIFU_MONEY_STYLE_SHORT, "1,800.20", NULL },
    { 100000000, ZIFU_MONEY_STYLE_SHORT, "1,000,000", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      speak ("en");
      g_autofree char *en = zifu_words_money (rows[i].amount, rows[i].style);
      g_assert_cmpstr (en, ==, rows[i].en);
      speak ("zh_CN");
      g_autofree char *zh = zifu_words_money (rows[i].amount, rows[i].style);
      g_assert_cmpstr (zh, ==, rows[i].zh != NULL ? rows[i].zh : rows[i].en);
    }
}

static void
test_ratio (void)
{
  static const struct
  {
    const char *ratio, *text;
  } rows[] = { { "0.7", "70%" }, { "0.955", "95.5%" },  { "1/3", "33.33%" }, { "2/3", "66.67%" },    { "1", "100%" },
               { "0", "0%" },    { "0.0005", "0.05%" }, { "1.5", "150%" },   { "0.9999", "99.99%" }, { "0.99999", "100%" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZifuRational ratio;
      g_assert_true (zifu_rational_parse (rows[i].ratio, &ratio));
      g_autofree char *text = zifu_words_ratio (ratio);
      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_days (void)
{
  static const struct
  {
    ZifuDateStyle style;
    const char *en, *zh;
  } rows[] = {
    { ZIFU_DATE_STYLE_LONG, "24 November 2026", "2026年11月24日" },
    { ZIFU_DATE_STYLE_DAY, "24 November", "11月24日" },
    { ZIFU_DATE_STYLE_SHORT, "24 Nov", "24日" },
    { ZIFU_DATE_STYLE_ISO, "2026-11-24", "2026-11-24" },
  };
  ZifuDate day = zifu_date_new (2026, 11, 24);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      speak ("en");
      g_autofree char *en = zifu_words_date (day, rows[i].style);
      g_assert_cmpstr (en, ==, rows[i].en);
      speak ("zh_CN");
      g_autofree char *zh = zifu_words_date (day, rows[i].style);
      g_assert_cmpstr (zh, ==, rows[i].zh);
    }
  for (int month = 1; month <= 12; month++)
    {
      g_autofree char *want = g_strdup_printf ("2025年%d月", month);
      g_autofree char *want_alone = g_strdup_printf ("%d月", month);
      g_autofree char *zh = zifu_words_month (zifu_month_new (2025, month), TRUE);
      g_autofree char *alone = zifu_words_month (zifu_month_new (2025, month), FALSE);
      g_assert_cmpstr (zh, ==, want);
      g_assert_cmpstr (alone, ==, want_alone);
    }
  speak ("en");
  g_autofree char *may = zifu_words_month (zifu_month_new (2025, 5), TRUE);
  g_autofree char *december = zifu_words_month (zifu_month_new (2025, 12), FALSE);
  g_assert_cmpstr (may, ==, "May 2025");
  g_assert_cmpstr (december, ==, "December");
}

static void
test_periods (void)
{
  static const struct
  {
    const char *first, *last, *en, *zh;
  } rows[] = {
    { "2026-10-09", "2026-10-09", "9 October 2026", "2026年10月9日" },
    { "2026-10-09", "2026-10-14", "9 – 14 October 2026", "2026年10月9日 – 14日" },
    { "2026-10-09", "2026-11-02", "9 October – 2 November 2026", "2026年10月9日 – 11月2日" },
    { "2026-12-30", "2027-01-02", "30 December 2026 – 2 January 2027", "2026年12月30日 – 2027年1月2日" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      speak ("en");
      g_autofree char *en = zifu_words_period (zifu_date_parse (rows[i].first), zifu_date_parse (rows[i].last));
      g_assert_cmpstr (en, ==, rows[i].en);
      speak ("zh_CN");
      g_autofree char *zh = zifu_words_period (zifu_date_parse (rows[i].first), zifu_date_parse (rows[i].last));
      g_assert_cmpstr (zh, ==, rows[i].zh);
    }
}

static void
test_texts (void)
{
  const ZifuText both = { (char *) "北京", (char *) "Beijing" }, only_zh = { (char *) "北京", NULL }, none = { NULL, NULL };

  speak ("en");
  g_assert_cmpstr (zifu_words_text (&both), ==, "Beijing");
  g_assert_cmpstr (zifu_words_text (&only_zh), ==, "北京");
  g_assert_null (zifu_words_text (&none));
  g_assert_null (zifu_words_text (NULL));
  speak ("zh_CN");
  g_assert_cmpstr (zifu_words_text (&both), ==, "北京");

  g_autofree char *filled = zifu_words_fill ("{2} before {1}, {3}", "a", "b", NULL);
  g_autofree char *plain = zifu_words_fill ("nothing", NULL);
  g_assert_cmpstr (filled, ==, "b before a, {3}");
  g_assert_cmpstr (plain, ==, "nothing");
}

static void
test_errors (void)
{
  g_autoptr (GError) in_file = NULL;
  g_autoptr (GError) typed = NULL;
  g_autoptr (GError) axis = NULL;
  g_autoptr (GError) figure = NULL;
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOENT, "no such file");

  zifu_error_set (&in_file, ZIFU_ERROR_INPUT, "a.json#/visit/bill/total", "more than two decimals: “{1}”", "1.234", NULL, NULL);
  zifu_error_set (&typed, ZIFU_ERROR_INPUT, "/visit/bill/total", "more than two decimals: “{1}”", "1.234", NULL, NULL);
  zifu_error_set (&axis, ZIFU_ERROR_MISSING, NULL, "axis '{1}' unknown", "class", NULL, NULL);

  zifu_error_set (&figure, ZIFU_ERROR_UNKNOWN_FIGURE, "x", "figure not known: {1}", "Care outside Beijing: say whether it was filed.",
                  "在北京以外就医：请说明是否已备案。", NULL);

  speak ("en");
  g_autofree char *en_file = zifu_words_error (in_file);
  g_autofree char *en_typed = zifu_words_error (typed);
  g_autofree char *en_axis = zifu_words_error (axis);
  g_autofree char *en_other = zifu_words_error (other);
  g_assert_cmpstr (en_file, ==, "a.json#/visit/bill/total: more than two decimals: “1.234”");
  g_assert_cmpstr (en_file, ==, in_file->message);
  g_assert_cmpstr (en_typed, ==, "bill, total (/visit/bill/total): more than two decimals: “1.234”");
  g_assert_cmpstr (en_axis, ==, "axis 'institution (class)' unknown");
  g_assert_cmpstr (en_other, ==, "no such file");

  speak ("zh_CN");
  g_autofree char *zh_file = zifu_words_error (in_file);
  g_autofree char *zh_typed = zifu_words_error (typed);
  g_autofree char *zh_axis = zifu_words_error_message (axis);
  g_assert_cmpstr (zh_file, ==, "a.json#/visit/bill/total：小数超过两位：“1.234”");
  g_assert_cmpstr (zh_typed, ==, "账单总额（/visit/bill/total）：小数超过两位：“1.234”");
  g_autofree char *zh_figure = zifu_words_error_message (figure);
  g_assert_cmpstr (zh_axis, ==, "没有填写“机构（class）”");
  g_assert_cmpstr (zh_figure, ==, "缺少数字：在北京以外就医：请说明是否已备案。");
}

static void
test_names (void)
{
  speak ("zh_CN");
  g_assert_cmpstr (zifu_words_payer_name ("hifp"), ==, "统筹基金");
  g_assert_cmpstr (zifu_words_payer_name ("hifob"), ==, "大额互助资金");
  g_assert_cmpstr (zifu_words_payer_name ("hifmi"), ==, "大病保险");
  g_assert_cmpstr (zifu_words_payer_name ("maf"), ==, "医疗救助");
  g_assert_cmpstr (zifu_words_payer_name ("city_fund"), ==, "city_fund");
  g_assert_cmpstr (zifu_words_axis_value ("class", "3"), ==, "三级医院");
  g_assert_cmpstr (zifu_words_axis_value ("class", "own word"), ==, "own word");
  g_assert_cmpstr (zifu_words_axis_value ("place_province", "13"), ==, "河北");
  g_assert_cmpstr (zifu_words_axis_value ("connected", "false"), ==, "不能直接结算");
  g_assert_cmpstr (zifu_words_axis ("class"), ==, "机构");
  for (int bucket = 0; bucket < ZIFU_N_BUCKETS; bucket++)
    g_assert_nonnull (zifu_words_bucket (bucket));

  g_assert_cmpint (zifu_words_payer_kind ("base", "hifp"), ==, ZIFU_PAYER_FUND);
  g_assert_cmpint (zifu_words_payer_kind ("base", "hifob"), ==, ZIFU_PAYER_FUND);
  g_assert_cmpint (zifu_words_payer_kind ("large", "hifob"), ==, ZIFU_PAYER_LAYER);
  g_assert_cmpint (zifu_words_payer_kind ("base", "hifes"), ==, ZIFU_PAYER_LAYER);
  g_assert_cmpint (zifu_words_payer_kind ("base", "hospital"), ==, ZIFU_PAYER_HOSPITAL);
}

static void
test_confidence (void)
{
  static const struct
  {
    const char *mark, *zh;
  } rows[] = { { "2S", "两个来源一致" },
               { "1S-off", "一个来源，引用了官方原文" },
               { "1S", "只有一个非官方来源" },
               { "1S-weak", "只有一个非官方来源" },
               { "R", "仅凭记忆，没有找到来源" },
               { "decided", "我们对规则的理解，不是规则里的数字" },
               { NULL, "这个数字没有官方原文或两个来源印证" } };

  speak ("zh_CN");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (ZifuRule) rule = zifu_rule_new (ZIFU_RULE_SHARE);
      rule->confidence_text = g_strdup (rows[i].mark);
      rule->confidence = zifu_confidence_from_text (rows[i].mark);
      g_autofree char *text = zifu_words_confidence (rule);
      g_assert_cmpstr (text, ==, rows[i].zh);
    }
}

static void
test_rule (void)
{
  static const char conditions[] =
      "{'id': 't', 'source': 'made here', 'rows': ['R10'], 'policy': {'pack': 't', 'title': 'T',"
      " 'sources': [{'id': 's', 'title': {'zh': '通知', 'en': 'Notice'}, 'number': '1号', 'issuer': '某局', 'date': '2024-01-02',"
      "  'url': 'https://www.gov.cn/x'}],"
      " 'rules': [{'id': 'share', 'kind': 'share', 'benefit': 'outpatient', 'valid_from': '2023-01-01', 'valid_to': '2026-12-31',"
      "  'clause': '7', 'sources': ['s'], 'confidence': '2S',"
      "  'when': {'status': ['active', 'flexible'], 'class': {'not': 'community'}, 'age': {'min': 60, 'max': 69}, 'chosen': {'not': false},"
      "           'sex': {'known': true}},"
      "  'bands': [{'upto': null, 'pay': [{'payer': 'hifp', 'ratio': '0.7'}]}]}]},"
      " 'person': {'status': 'active', 'age': 61, 'sex': '1'}, 'visit': {'date': '2025-03-01', 'care': 'outpatient', 'class': '3',"
      "  'bill': {'total': '100.00'}}, 'expect': {}}";

  speak ("en");
  g_autoptr (GPtrArray) settlements = settle_text (conditions);
  const ZifuSettlement *s = g_ptr_array_index (settlements, 0);
  const ZifuRule *rule = zifu_pack_get_rule (s->pack, "share");
  g_autofree char *en = zifu_words_rule (rule);
  g_assert_nonnull (strstr (en, "outpatient · "));
  g_assert_nonnull (strstr (en, "working age, flexible worker"));
  g_assert_nonnull (strstr (en, "other than community clinic"));
  g_assert_nonnull (strstr (en, "age 60 to 69"));
  g_assert_nonnull (strstr (en, "chosen institution"));
  g_assert_nonnull (strstr (en, "sex known"));
  g_assert_true (g_str_has_suffix (en, "in force from 2023-01-01 to 2026-12-31"));

  speak ("zh_CN");
  g_autofree char *zh = zifu_words_rule (rule);
  g_autofree char *source = zifu_words_source (zifu_pack_get_source (s->pack, "s"));
  g_assert_nonnull (strstr (zh, "在职、灵活就业"));
  g_assert_nonnull (strstr (zh, "社区卫生服务中心以外"));
  g_assert_nonnull (strstr (zh, "年龄 60 到 69"));
  g_assert_true (g_str_has_suffix (zh, "2023-01-01 到 2026-12-31 有效"));
  g_assert_cmpstr (source, ==, "通知 · 1号 · 某局 · 2024-01-02");

  g_autoptr (GPtrArray) steps = zifu_words_steps (s);
  const ZifuStepWords *step = g_ptr_array_index (steps, 0);
  g_assert_cmpstr (step->title, ==, "统筹基金付 70%");
  g_assert_cmpstr (step->source, ==, "通知 · 1号 · 某局 · 2024-01-02 · 第 7 条");
  g_assert_cmpstr (step->confidence, ==, "两个来源一致");
  g_assert_cmpstr (step->url, ==, "https://www.gov.cn/x");
  g_assert_false (step->unverified);
}

static void
check_reason (const ZifuRule *rule, const char *reason, const char *chinese)
{
  g_autoptr (GError) error = NULL;

  if (reason == NULL)
    return;
  zifu_error_set (&error, ZIFU_ERROR_UNKNOWN_FIGURE, rule->id, "{1}", reason, chinese, NULL);
  g_autofree char *said = zifu_words_error_message (error);
  if (g_str_equal (said, reason))
    g_error ("%s: no Chinese for “%s”", rule->id, reason);
}

static void
check_expr (const ZifuRule *rule, const ZifuExpr *expr)
{
  if (expr == NULL)
    return;
  check_reason (rule, expr->reason, expr->reason_zh);
  check_expr (rule, expr->by);
  check_expr (rule, expr->otherwise);
  for (guint i = 0; expr->args != NULL && i < expr->args->len; i++)
    check_expr (rule, g_ptr_array_index (expr->args, i));
  for (guint i = 0; expr->entries != NULL && i < expr->entries->len; i++)
    check_expr (rule, ((ZifuTableEntry *) g_ptr_array_index (expr->entries, i))->value);
}

static void
check_bands (const ZifuRule *rule)
{
  for (guint i = 0; i < rule->u.share.bands->len; i++)
    {
      const ZifuBand *band = &g_array_index (rule->u.share.bands, ZifuBand, i);

      check_expr (rule, band->upto);
      for (guint j = 0; j < band->pay->len; j++)
        check_expr (rule, g_array_index (band->pay, ZifuBandPay, j).ratio);
    }
}

/* Whatever a pack of the program gives as a reason can be said in Chinese. */
static void
check_reasons (const ZifuPack *pack)
{
  for (guint i = 0; i < pack->rules->len; i++)
    {
      const ZifuRule *rule = g_ptr_array_index (pack->rules, i);

      check_expr (rule, rule->value);
      if (rule->kind == ZIFU_RULE_SHARE)
        check_bands (rule);
      else if (rule->kind == ZIFU_RULE_LAYER)
        check_reason (rule, rule->u.layer.unknown, rule->u.layer.unknown_zh);
      else if (rule->kind == ZIFU_RULE_GATE && rule->title.zh == NULL)
        check_reason (rule, rule->u.gate.reason, NULL);
    }
}

static void
test_reasons (void)
{
  g_autoptr (ZifuPackLibrary) library = library_new ();
  g_autoptr (GDir) folder = g_dir_open (g_getenv ("ZIFU_POLICY_DIR"), 0, NULL);
  guint n = 0;

  speak ("zh_CN");
  for (const char *name = g_dir_read_name (folder); name != NULL; name = g_dir_read_name (folder))
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      g_autoptr (ZifuPack) pack = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      id = g_strndup (name, strlen (name) - strlen (".json"));
      pack = zifu_pack_library_load (library, id, &error);
      g_assert_no_error (error);
      check_reasons (pack);
      n++;
    }
  g_assert_cmpuint (n, >=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));
  g_test_add_func ("/words/money", test_money);
  g_test_add_func ("/words/ratio", test_ratio);
  g_test_add_func ("/words/days", test_days);
  g_test_add_func ("/words/periods", test_periods);
  g_test_add_func ("/words/texts", test_texts);
  g_test_add_func ("/words/errors", test_errors);
  g_test_add_func ("/words/names", test_names);
  g_test_add_func ("/words/confidence", test_confidence);
  g_test_add_func ("/words/rule", test_rule);
  g_test_add_func ("/words/reasons", test_reasons);
  return g_test_run ();
}
