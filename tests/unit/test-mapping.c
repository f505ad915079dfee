/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and amounts in all their forms, and columns by their titles. */

#include <sys/stat.h>

#include "test-import-common.h"
#include "zifu-cell-private.h"
#include "zifu-mapping-private.h"
#include "zifu-words.h"

static void
test_dates (void)
{
  static const struct {
    const char   *text;
    ZifuDateOrder order;
    ZifuCellFault fault;
    const char   *date;
  } cases[] = {
    { "2026-11-24", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026/11/24", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026.1.4", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-01-04" },
    { "20261124", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "20261124103000", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026年11月24日", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026 年 1 月 4 日 08:30", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-01-04" },
    { "２０２６－１１－２４", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { " '2026-11-24\t", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026-11-24 10:30:00", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026-11-24T10:30:00+08:00", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026-11-24T10:30:00Z", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026年11月24日星期二", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026-11-24 周二 下午3:05", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026年11月24日10时20分30秒", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "2026/11/24 上午10:30:00", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "24.11.2026", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "03.04.2026", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-04-03" },
    { "24/11/2026", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "11/24/2026", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-11-24" },
    { "03/03/2026", ZIFU_DATE_AUTO, ZIFU_CELL_FINE, "2026-03-03" },
    { "03/04/2026", ZIFU_DATE_AUTO, ZIFU_CELL_DAY_OR_MONTH, NULL },
    { "03/04/2026", ZIFU_DATE_DMY, ZIFU_CELL_FINE, "2026-04-03" },
    { "03/04/2026", ZIFU_DATE_MDY, ZIFU_CELL_FINE, "2026-03-04" },
    { "24/11/2026", ZIFU_DATE_MDY, ZIFU_CELL_NO_SUCH_DAY, NULL },
    { "", ZIFU_DATE_AUTO, ZIFU_CELL_EMPTY, NULL },
    { " ", ZIFU_DATE_AUTO, ZIFU_CELL_EMPTY, NULL },
    { "2026-02-30", ZIFU_DATE_AUTO, ZIFU_CELL_NO_SUCH_DAY, NULL },
    { "2026-13-01", ZIFU_DATE_AUTO, ZIFU_CELL_NO_SUCH_DAY, NULL },
    { "20211-01-01", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "24.11.26", ZIFU_DATE_AUTO, ZIFU_CELL_SHORT_YEAR, NULL },
    { "2026-11", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026-11-24 ~ 2026-11-30", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026-11/24", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026-11-241", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026年11月24日 2026年11月30日", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026-11-24 星期八", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "2026-11-24至今", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "昨天", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
    { "123456789", ZIFU_DATE_AUTO, ZIFU_CELL_NO_DATE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ZifuDate date;
      ZifuCellFault fault = _zifu_cell_parse_date (cases[i].text, cases[i].order, &date);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (fault, ==, cases[i].fault);
      g_assert_cmpint (date, ==, cases[i].date != NULL ? day (cases[i].date) : 0);
    }
}

static void
test_months (void)
{
  static const char *const good[] = { "202611", "2026-11", "2026/11", "2026年11月", "2026-11-01", "20261130", "２０２６１１" };
  static const char *const bad[] = { "2026", "202613", "11/2026", "2026-1x", "十一月" };
  ZifuMonth month;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_cmpint (_zifu_cell_parse_month (good[i], &month), ==, ZIFU_CELL_FINE);
      g_assert_cmpint (month, ==, zifu_month_new (2026, 11));
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (_zifu_cell_parse_month (bad[i], &month), ==, ZIFU_CELL_NO_MONTH);
  g_assert_cmpint (_zifu_cell_parse_month ("", &month), ==, ZIFU_CELL_EMPTY);
}

static void
test_money (void)
{
  static const struct {
    const char    *text;
    ZifuNumberForm form;
    ZifuCellFault  fault;
    ZifuMoney      amount;
  } cases[] = {
    { "1,234.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123450 },
    { "1234.5", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123450 },
    { "1,234,567.89", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123456789 },
    { "1 234.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123450 },
    { "1.234,50", ZIFU_NUMBER_COMMA, ZIFU_CELL_FINE, 123450 },
    { "1 234,50", ZIFU_NUMBER_COMMA, ZIFU_CELL_FINE, 123450 },
    { "1\u00a0234,50", ZIFU_NUMBER_COMMA, ZIFU_CELL_FINE, 123450 },
    { "12,5", ZIFU_NUMBER_COMMA, ZIFU_CELL_FINE, 1250 },
    { "１，２３４．５０", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123450 },
    { "￥1,234.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 123450 },
    { "¥ 12", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 1200 },
    { "人民币12.00元", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 1200 },
    { "-12.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "12.50-", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "−12.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "－１２．５０", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "(12.50)", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "（¥12.50）", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "+12.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 1250 },
    { "-¥12.50", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, -1250 },
    { "0", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 0 },
    { "12.3000", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, 1230 },
    { "99999999999999.99", ZIFU_NUMBER_POINT, ZIFU_CELL_FINE, ZIFU_MONEY_MAX },
    { "", ZIFU_NUMBER_POINT, ZIFU_CELL_EMPTY, 0 },
    { "-", ZIFU_NUMBER_POINT, ZIFU_CELL_EMPTY, 0 },
    { "—", ZIFU_NUMBER_POINT, ZIFU_CELL_EMPTY, 0 },
    { "¥", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "12.345", ZIFU_NUMBER_POINT, ZIFU_CELL_DECIMALS, 0 },
    { "100000000000000.00", ZIFU_NUMBER_POINT, ZIFU_CELL_TOO_LARGE, 0 },
    { "99999999999999999999999", ZIFU_NUMBER_POINT, ZIFU_CELL_TOO_LARGE, 0 },
    { "12,5", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1234.50", ZIFU_NUMBER_COMMA, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1,23,456", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1,234 567", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1234,567", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { ",50", ZIFU_NUMBER_COMMA, ZIFU_CELL_NO_AMOUNT, 0 },
    { "--5", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "(-5)", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1.2.3", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "1e5", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "$5", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "12..", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
    { "八十", ZIFU_NUMBER_POINT, ZIFU_CELL_NO_AMOUNT, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      ZifuMoney amount;
      ZifuCellFault fault = _zifu_cell_parse_money (cases[i].text, cases[i].form, &amount);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (fault, ==, cases[i].fault);
      if (fault == ZIFU_CELL_FINE)
        g_assert_cmpint (amount, ==, cases[i].amount);
    }
}

/* Which column is what, as a text: "date=0 amount=2". */
static char *
tell_columns (const ZifuMapping *mapping)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    if (mapping->columns[i] >= 0)
      g_string_append_printf (text, "%s%s=%d", text->len > 0 ? " " : "", zifu_field_get_name (i), mapping->columns[i]);
  return g_string_free (text, FALSE);
}

static ZifuMapping *
guess (Folder *fixture, const char *csv)
{
  g_autofree char *path = write_bytes (fixture->folder, "g.csv", csv, -1);
  g_autoptr (ZifuTable) table = open_table (path, NULL);

  return zifu_mapping_guess (table);
}

static void
test_guess (Folder *fixture, gconstpointer data)
{
  static const struct {
    const char *csv, *columns;
    guint       at_least, at_most;
  } cases[] = {
    { "交易日期,交易类型,发生额,余额,备注\n2026-01-01,门诊,-5.00,10.00,x\n", "date=0 amount=2 balance=3 kind=1 note=4", 90, 99 },
    { "Date;Money in;Money out;Balance;Memo\n2026-01-01;5,00;;5,00;x\n", "date=0 income=1 outlay=2 balance=3 note=4", 90, 99 },
    { "日期,收/支,金额(元),商户名称\n2026-01-01,支出,5.00,药店\n", "date=0 amount=2 direction=1 institution=3", 90, 99 },
    { "结算时间,医疗机构名称,个人账户支付金额,本年个人账户余额\n2026-01-01 10:00:00,医院,5.00,1.00\n",
      "date=0 outlay=2 balance=3 institution=1", 90, 99 },
    /* The kind is nothing but the direction. */
    { "日期,交易类型,金额\n2026-01-01,支出,5.00\n2026-01-02,收入,6.00\n", "date=0 amount=2 direction=1", 90, 99 },
    { "日期,交易类型,金额\n2026-01-01,支出,-5.00\n2026-01-02,门诊,-6.00\n", "date=0 amount=2 kind=1", 90, 99 },
    /* Nothing says which way the money went. */
    { "日期,金额\n2026-01-01,5.00\n2026-01-02,6.00\n", "date=0 amount=1", 0, 40 },
    /* Half of the rows are something else. */
    { "日期,支出\n2026-01-01,5.00\n?,6.00\n", "date=0 outlay=1", 40, 50 },
    /* Neither sums nor blank rows are entries. */
    { "日期,支出\n2026-01-01,5.00\n , \n合计,5.00\n", "date=0 outlay=1", 90, 99 },
    /* No titles. */
    { "2026-01-01,-5.00,95.00,药店,x\n2026-01-02,-6.00,89.00,医院,y\n", "date=0 amount=1 balance=2 institution=3 note=4", 40, 50 },
    { "a,2026-01-01,5.00,0.00,95.00\nb,2026-01-02,0.00,6.00,89.00\n", "date=1 income=2 outlay=3 balance=4 note=0", 40, 50 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ZifuMapping) mapping = guess (fixture, cases[i].csv);
      g_autofree char *columns = NULL;

      g_test_message ("%s", cases[i].csv);
      g_assert_nonnull (mapping);
      columns = tell_columns (mapping);
      g_assert_cmpstr (columns, ==, cases[i].columns);
      g_assert_cmpuint (mapping->confidence, >=, cases[i].at_least);
      g_assert_cmpuint (mapping->confidence, <=, cases[i].at_most);
    }
  g_assert_null (guess (fixture, "a,b\n1,2\n"));
  g_assert_null (guess (fixture, "日期,备注\n2026-01-01,x\n"));
}

static void
test_guess_forms (Folder *fixture, gconstpointer data)
{
  g_autoptr (ZifuMapping) comma = guess (fixture, "date;amount\n03/25/2026;-1.234,50\n04/03/2026;2,00\n");
  g_autoptr (ZifuMapping) minus = guess (fixture, "date,deposit,withdrawal\n25/03/2026,,-5.00\n03/04/2026,2.00,\n");
  g_autoptr (ZifuMapping) mixed = guess (fixture, "date,amount\n03/04/2026,-1.00\n");

  g_assert_cmpint (comma->number_form, ==, ZIFU_NUMBER_COMMA);
  g_assert_cmpint (comma->date_order, ==, ZIFU_DATE_MDY);
  g_assert_cmpint (minus->number_form, ==, ZIFU_NUMBER_POINT);
  g_assert_cmpint (minus->date_order, ==, ZIFU_DATE_DMY);
  g_assert_true (minus->outlay_is_negative);
  g_assert_cmpint (mixed->date_order, ==, ZIFU_DATE_AUTO);
}

static void
test_fixtures (void)
{
  static const struct {
    const char *file, *sheet, *columns;
    gint64      title_line;
  } cases[] = {
    { "gb18030.csv", NULL, "date=0 amount=2 balance=3 kind=1 institution=4", 2 },
    { "semicolon.csv", NULL, "date=0 income=1 outlay=2 balance=3 note=4", 1 },
    { "utf16.csv", NULL, "date=0 income=1 outlay=2 balance=3 note=4", 1 },
    { "sheets.xlsx", "2", "date=0 income=1 outlay=2 balance=3 institution=4 note=5 key=6", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ZifuTableOptions options = { .sheet = cases[i].sheet };
      g_autofree char *path = get_fixture (cases[i].file), *columns = NULL;
      g_autoptr (ZifuTable) table = open_table (path, &options);
      g_autoptr (ZifuMapping) mapping = zifu_mapping_guess (table);

      g_test_message ("%s", cases[i].file);
      g_assert_nonnull (mapping);
      columns = tell_columns (mapping);
      g_assert_cmpstr (columns, ==, cases[i].columns);
      g_assert_cmpint (mapping->title_line, ==, cases[i].title_line);
      g_assert_cmpuint (mapping->confidence, >=, 60);
    }
}

/* The titles by which a mapping is saved: no line above them slips in. */
static void
test_titles (void)
{
  const ZifuTableOptions options = { .sheet = "2" };
  g_autofree char *one = get_fixture ("gb18030.csv"), *two = get_fixture ("sheets.xlsx");
  g_autoptr (ZifuTable) first = open_table (one, NULL), second = open_table (two, &options);
  g_autoptr (ZifuMapping) in_one = zifu_mapping_guess (first), in_two = zifu_mapping_guess (second);

  g_assert_cmpstr (in_one->titles[ZIFU_FIELD_DATE], ==, "交易日期");
  g_assert_cmpstr (in_two->titles[ZIFU_FIELD_DATE], ==, "日期");
  g_assert_cmpstr (in_two->titles[ZIFU_FIELD_OUTLAY], ==, "金额(元) / 支出");
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    g_assert_cmpstr (zifu_field_get_words (i), !=, "");
  /* And it finds them again. */
  g_assert_true (zifu_mapping_bind (in_two, second, NULL));
  g_assert_cmpint (in_two->columns[ZIFU_FIELD_OUTLAY], ==, 2);
  g_assert_cmpint (in_two->title_line, ==, 3);
}

static void
test_kinds (void)
{
  static const struct {
    const char   *kind, *code, *institution, *note;
    ZifuMoney     amount;
    ZifuEntryKind expected;
  } cases[] = {
    { "pharmacy", "", "", "", -1, ZIFU_ENTRY_PHARMACY },
    { "药店购药", "", "", "", -1, ZIFU_ENTRY_PHARMACY },
    { "", "", "同仁堂大药房", "", -1, ZIFU_ENTRY_PHARMACY },
    { "", "", "市第一医院", "", -1, ZIFU_ENTRY_OUTPATIENT },
    { "", "", "市第一医院", "住院结算", -1, ZIFU_ENTRY_INPATIENT },
    { "", "", "", "单位缴费划入", 1, ZIFU_ENTRY_CREDIT },
    { "", "", "", "年度结息", 1, ZIFU_ENTRY_INTEREST },
    { "住院退费", "", "", "", 1, ZIFU_ENTRY_REFUND },
    { "", "107", "", "", 1, ZIFU_ENTRY_TRANSFER },
    { "", "201", "某大药房", "", -1, ZIFU_ENTRY_OUTPATIENT },
    { "", "", "", "", 1, ZIFU_ENTRY_CREDIT },
    { "", "", "", "", -1, ZIFU_ENTRY_OUTPATIENT },
    { "门诊", "", "", "", 1, ZIFU_ENTRY_REFUND },
    { "划账", "", "", "", -1, ZIFU_ENTRY_CORRECTION },
    { "Inpatient stay", "", "", "", -1, ZIFU_ENTRY_INPATIENT },
    { "", "", "社区（东）", "", -1, ZIFU_ENTRY_INPATIENT },
  };
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new ();

  zifu_mapping_add_rule (mapping, "社区（东", ZIFU_ENTRY_INPATIENT);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%u", i);
      g_assert_cmpint (_zifu_mapping_find_kind (mapping, cases[i].kind, cases[i].code, cases[i].institution, cases[i].note,
                                                cases[i].amount),
                       ==, cases[i].expected);
    }
  g_assert_cmpint (_zifu_mapping_find_direction ("支出"), ==, -1);
  g_assert_cmpint (_zifu_mapping_find_direction (" 收 "), ==, 1);
  g_assert_cmpint (_zifu_mapping_find_direction ("Credit"), ==, 1);
  g_assert_cmpint (_zifu_mapping_find_direction ("收支"), ==, 0);
  g_assert_cmpint (_zifu_mapping_find_direction (""), ==, 0);
}

static void
test_saved (Folder *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "data", "mappings", NULL);
  g_autofree char *text = NULL, *again = NULL, *file = g_build_filename (folder, "我的银行%2F%3F.json", NULL);
  g_autoptr (ZifuMapping) mapping = zifu_mapping_new (), copy = NULL, loaded = NULL, none = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_false (zifu_mapping_save (mapping, folder, &error));
  g_assert_cmpstr (error->message, ==, "A mapping needs a short name to be saved.");
  g_clear_error (&error);

  mapping->name = g_strdup ("我的银行/?");
  mapping->titles[ZIFU_FIELD_DATE] = g_strdup ("日期");
  mapping->columns[ZIFU_FIELD_AMOUNT] = 4;
  mapping->date_order = ZIFU_DATE_MDY;
  mapping->number_form = ZIFU_NUMBER_COMMA;
  mapping->plus_is_outlay = TRUE;
  mapping->outlay_is_negative = TRUE;
  mapping->title_line = 3;
  zifu_mapping_add_rule (mapping, "社区", ZIFU_ENTRY_OUTPATIENT);
  copy = zifu_mapping_copy (mapping);
  g_assert_true (zifu_mapping_save (copy, folder, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  loaded = zifu_mapping_load (folder, "我的银行/?", &error);
  g_assert_no_error (error);
  text = zifu_mapping_to_json (mapping);
  again = zifu_mapping_to_json (loaded);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (loaded->name, ==, "我的银行/?");
  names = zifu_mapping_list (folder);
  g_assert_cmpstr (names[0], ==, "我的银行/?");
  g_assert_null (names[1]);

  g_assert_true (zifu_mapping_remove (folder, "我的银行/?", &error));
  none = zifu_mapping_load (folder, "我的银行/?", &error);
  g_assert_null (none);
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_INPUT);
  g_assert_cmpstr (error->message, ==, "No mapping is saved under the name “我的银行/?”.");
  g_clear_error (&error);
  g_assert_false (zifu_mapping_remove (folder, "..", &error));
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_FILE);
}

static void
test_bad_json (void)
{
  static const char *const cases[] = {
    "",
    "[]",
    "{}",
    "{\"format\": \"other\", \"columns\": {}}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": []}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"colour\": 1}}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 0}}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": true}}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"dates\": \"ymd\"}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"numbers\": 5}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"more\": 5}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"title_line\": \"x\"}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"kinds\": {}}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"kinds\": [{\"contains\": \"a\"}]}",
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}, \"kinds\": [{\"contains\": \"a\", \"kind\": \"b\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuMapping) mapping = zifu_mapping_parse (cases[i], -1, "m.json", &error);

      g_assert_null (mapping);
      g_assert_nonnull (error);
    }
}

/* What somebody says of the columns counts, and is found by its titles in other files of the same source. */
static void
test_said (Folder *fixture, gconstpointer data)
{
  g_autofree char *path = write_bytes (fixture->folder, "a.csv", "日期,金额,余额,附注,附注\n2026-01-01,1.00,5.00,a,b\n", -1);
  g_autofree char *other_path = write_bytes (fixture->folder, "b.csv", "金额,日期,附注\n2.00,2026-01-02,c\n", -1);
  g_autoptr (ZifuTable) table = open_table (path, NULL), other = open_table (other_path, NULL);
  g_autoptr (ZifuMapping) mapping = zifu_mapping_guess (table);
  g_autofree char *columns = NULL, *moved = NULL, *untitled = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (mapping);
  for (guint i = 0; i < ZIFU_N_FIELDS; i++)
    zifu_mapping_set_column (mapping, i, -1, table);
  zifu_mapping_set_column (mapping, ZIFU_FIELD_DATE, 0, table);
  zifu_mapping_set_column (mapping, ZIFU_FIELD_AMOUNT, 1, table);
  /* A column is one thing only: the last that was said. */
  zifu_mapping_set_column (mapping, ZIFU_FIELD_OUTLAY, 1, table);
  zifu_mapping_set_column (mapping, ZIFU_FIELD_NOTE, 3, table);
  columns = tell_columns (mapping);
  g_assert_cmpstr (columns, ==, "date=0 outlay=1 note=3");
  g_assert_null (mapping->titles[ZIFU_FIELD_AMOUNT]);
  g_assert_cmpstr (mapping->titles[ZIFU_FIELD_OUTLAY], ==, "金额");
  g_assert_cmpstr (mapping->titles[ZIFU_FIELD_NOTE], ==, "附注");

  g_assert_true (zifu_mapping_bind (mapping, other, &error));
  g_assert_no_error (error);
  moved = tell_columns (mapping);
  g_assert_cmpstr (moved, ==, "date=1 outlay=0 note=2");

  /* A title that another column has as well finds the first of them: the second one is known by its place. */
  zifu_mapping_set_column (mapping, ZIFU_FIELD_NOTE, 4, table);
  g_assert_null (mapping->titles[ZIFU_FIELD_NOTE]);
  g_assert_cmpint (mapping->columns[ZIFU_FIELD_NOTE], ==, 4);

  /* Without titles the columns stay where they are. */
  zifu_mapping_set_title_line (mapping, 0, other);
  g_assert_null (mapping->titles[ZIFU_FIELD_DATE]);
  untitled = tell_columns (mapping);
  g_assert_cmpstr (untitled, ==, "date=1 outlay=0 note=4");
  zifu_mapping_set_title_line (mapping, 1, other);
  g_assert_cmpstr (mapping->titles[ZIFU_FIELD_OUTLAY], ==, "金额");
  g_assert_false (mapping->own);
}

/* A saved mapping finds its columns wherever they are, and says which one is missing. */
static void
test_bind (Folder *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuMapping) mapping = zifu_mapping_parse (
    "{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": \"那天\", \"amount\": \"多少（元）\"}}", -1, NULL, &error);
  g_autoptr (ZifuMapping) numbers = zifu_mapping_parse ("{\"format\": \"zifu-mapping-1\", \"columns\": {\"date\": 1}}", -1, NULL, NULL);
  g_autofree char *moved = write_bytes (fixture->folder, "a.csv", "x,y,z\n多少,备注,那天\n1,2,3\n", -1);
  g_autofree char *other = write_bytes (fixture->folder, "b.csv", "多少,备注\n1,2\n", -1);
  g_autoptr (ZifuTable) fits = open_table (moved, NULL), not = open_table (other, NULL);

  g_assert_no_error (error);
  g_assert_true (zifu_mapping_bind (mapping, fits, &error));
  g_assert_cmpint (mapping->columns[ZIFU_FIELD_DATE], ==, 2);
  g_assert_cmpint (mapping->columns[ZIFU_FIELD_AMOUNT], ==, 0);
  g_assert_cmpint (mapping->title_line, ==, 2);
  g_assert_false (zifu_mapping_bind (mapping, not, &error));
  g_assert_cmpstr (error->message, ==, "This file does not fit the mapping: it has no column “那天”. Choose another mapping or none.");
  g_clear_error (&error);
  g_assert_false (zifu_mapping_bind (numbers, fits, &error));
  g_assert_cmpstr (error->message, ==, "It is not known which column holds the amount. Say it in the mapping.");
  g_clear_error (&error);
  numbers->columns[ZIFU_FIELD_DATE] = -1;
  g_assert_false (zifu_mapping_check (numbers, &error));
  g_assert_cmpstr (error->message, ==, "It is not known which column holds the day. Say it in the mapping.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));

#define ADD(path, function) g_test_add ("/mapping/" path, Folder, NULL, folder_set_up, function, folder_tear_down)
  g_test_add_func ("/mapping/dates", test_dates);
  g_test_add_func ("/mapping/months", test_months);
  g_test_add_func ("/mapping/money", test_money);
  ADD ("guess", test_guess);
  ADD ("guess-forms", test_guess_forms);
  g_test_add_func ("/mapping/fixtures", test_fixtures);
  g_test_add_func ("/mapping/titles", test_titles);
  g_test_add_func ("/mapping/kinds", test_kinds);
  ADD ("saved", test_saved);
  g_test_add_func ("/mapping/bad-json", test_bad_json);
  ADD ("bind", test_bind);
  ADD ("said", test_said);
  return g_test_run ();
}
