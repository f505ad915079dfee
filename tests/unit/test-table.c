/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows out of files of others: encodings, separators, workbooks, and files that are no table or mean harm. */

#include <sys/stat.h>

#include "test-import-common.h"
#include "zifu-table-private.h"
#include "zifu-words.h"

static void
assert_csv (Folder *fixture, const char *text, gssize length, const ZifuTableOptions *options, const char *expected)
{
  g_autofree char *path = write_bytes (fixture->folder, "a.csv", text, length);

  assert_rows (path, options, expected);
}

static void
test_csv (Folder *fixture, gconstpointer data)
{
  static const struct {
    const char *text, *rows;
  } cases[] = {
    { "a,b\n1,2\n", "1:a|b\n2:1|2\n" },
    { "a,b\r\n1,2", "1:a|b\n2:1|2\n" },
    { "a,b\r1,2\r", "1:a|b\n2:1|2\n" },
    { "a,b\n\n\n1,2\n", "1:a|b\n4:1|2\n" },
    { "a,b\n\"x\ny\",2\nz,3\n", "1:a|b\n2:x\ny|2\n4:z|3\n" },
    { "a,b\n\"x\r\ny\",2\n", "1:a|b\n2:x\r\ny|2\n" },
    { "a,b\n\"say \"\"hm\"\"\",2\n", "1:a|b\n2:say \"hm\"|2\n" },
    { "a,b\n5\" nail,2\n", "1:a|b\n2:5\" nail|2\n" },
    { "a,b\n\"x\" y,2\n", "1:a|b\n2:x y|2\n" },
    { "a,b\n,\n", "1:a|b\n2:|\n" },
    { "a,b,c\n1\n", "1:a|b|c\n2:1\n" },
    { "a;b\n1,5;2\n", "1:a|b\n2:1,5|2\n" },
    { "a\tb\n1,5\t2\n", "1:a|b\n2:1,5|2\n" },
    { "a|b\n1|2\n", "1:a|b\n2:1|2\n" },
    { "sep=;\r\na;b\r\n1;2\r\n", "2:a|b\n3:1|2\n" },
    { "only\nword\n", "1:only\n2:word\n" },
    { "a;b;c\n1,00;2,00;x\n3,00;4,00;\"y;,z\"\n", "1:a|b|c\n2:1,00|2,00|x\n3:3,00|4,00|y;,z\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_csv (fixture, cases[i].text, -1, NULL, cases[i].rows);
}

static void
test_encodings (Folder *fixture, gconstpointer data)
{
  static const char wide_rows[] = "1:日期|收入|支出|余额|备注\n2:2026年3月1日|１，２４０．００||￥1,240.00|划入\n"
                                  "3:2026年3月4日||(58.60)|￥1,181.40|药店\n";
  const ZifuTableOptions big5 = { .encoding = "BIG5" }, utf16 = { .encoding = "UTF-16" }, unknown = { .encoding = "KLINGON" };
  g_autofree char *gb = get_fixture ("gb18030.csv"), *wide = get_fixture ("utf16.csv"), *path = NULL;
  g_autoptr (ZifuTable) table = open_table (gb, NULL), other = open_table (wide, NULL);

  g_assert_cmpstr (zifu_table_get_encoding (table), ==, "GB18030");
  g_assert_cmpint (zifu_table_get_separator (table), ==, ',');
  g_assert_null (zifu_table_get_sheets (table));
  g_assert_null (zifu_table_get_sheet (table));
  g_assert_cmpuint (strlen (zifu_table_get_hash (table)), ==, 64);
  g_assert_cmpstr (zifu_table_get_encoding (other), ==, "UTF-16LE");
  g_assert_cmpint (zifu_table_get_separator (other), ==, '\t');
  assert_rows (gb, NULL,
               "1:个人账户收支明细||||\n2:交易日期|交易类型|发生额|余额|定点医药机构名称\n3:2026-03-01|账户划入|+1,240.00|1240.00|\n"
               "4:2026-03-04|药店购药|-58.60|1181.40|𠮷祥大药房（城东店）\n5:2026-03-09|门诊|-120.00|1061.40|市第二医院,门诊部\n");
  assert_rows (wide, NULL, wide_rows);
  assert_rows (wide, &utf16, wide_rows);

  assert_csv (fixture, "\xef\xbb\xbf日,额\n1,2\n", -1, NULL, "1:日|额\n2:1|2\n");
  assert_csv (fixture, "\xfe\xff\0a\0,\0b\0\n\0" "1\0,\0" "2\0\n", 18, NULL, "1:a|b\n2:1|2\n");
  /* Without a mark. */
  assert_csv (fixture, "a\0,\0b\0\n\0" "1\0,\0" "2\0\n\0", 16, NULL, "1:a|b\n2:1|2\n");
  assert_csv (fixture, "\0a\0,\0b\0\n\0" "1\0,\0" "2\0\n", 16, NULL, "1:a|b\n2:1|2\n");
  assert_csv (fixture, "\xa4\xe9,\xaa\xf7\n1,2\n", -1, &big5, "1:日|金\n2:1|2\n");

  path = write_bytes (fixture->folder, "k.csv", "a,b\n", -1);
  assert_refused (path, &unknown, ZIFU_EXCHANGE_ERROR_INPUT, "The encoding “KLINGON” is not known here, unlike UTF-8, GB18030 or UTF-16.");
}

/* Bytes that are no text are told where they are, and none of the others is lost. */
static void
test_bad_bytes (Folder *fixture, gconstpointer data)
{
  const ZifuTableOptions utf8 = { .encoding = "UTF-8" }, gb = { .encoding = "GB18030" };
  g_autoptr (GString) text = g_string_new ("医院,药店\n");
  g_autofree char *path = NULL, *rows = NULL;
  g_autoptr (ZifuTable) table = NULL;
  g_autoptr (GError) error = NULL;

  assert_csv (fixture, "a,b\nx\xffy,2\nz,3\n", -1, &utf8, "1:a|b\n2:x\xef\xbf\xbdy|2 !5\n3:z|3\n");
  assert_csv (fixture, "a,b\nx,\xc1\n", -1, &gb, "1:a|b\n2:x|\xef\xbf\xbd !6\n");
  /* Cut off in the middle of a character. */
  assert_csv (fixture, "a,b\nx,\xe5\x8c", -1, &utf8, "1:a|b\n2:x|\xef\xbf\xbd\xef\xbf\xbd !6\n");
  assert_csv (fixture, "a\0,\0b\0\n\0x\0,\0\0\xd8\n\0", 16, NULL, "1:a|b\n2:x|\xef\xbf\xbd !12\n");
  assert_csv (fixture, "a\0,\0b\0\n\0x\0,\0\0\0\n\0", 16, NULL, "1:a|b\n2:x|\xef\xbf\xbd !12\n");

  /* One broken byte does not make a Chinese text another encoding. */
  for (guint i = 0; i < 40; i++)
    g_string_append (text, "市医院,大药房\n");
  g_string_append (text, "x\xff,1\n");
  path = write_bytes (fixture->folder, "b.csv", text->str, -1);
  table = open_table (path, NULL);
  g_assert_cmpstr (zifu_table_get_encoding (table), ==, "UTF-8");
  rows = read_all (table, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (rows, "42:x\xef\xbf\xbd|1 !815\n"));
}

/* A character that lies across two pieces of the file. */
static void
test_pieces (Folder *fixture, gconstpointer data)
{
  for (guint shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) text = g_string_new ("abcd");
      g_autofree char *path = NULL;
      g_autoptr (ZifuTable) table = NULL;
      g_autoptr (GError) error = NULL;
      const ZifuTableRow *row;
      guint n = 0;

      g_string_truncate (text, shift);
      g_string_append (text, ",\"b\"\n");
      while (text->len < 300000)
        g_string_append (text, "\"市第一医院\n𠮷\"\"\",1\r\n");
      path = write_bytes (fixture->folder, "p.csv", text->str, -1);
      table = open_table (path, NULL);
      g_assert_true (zifu_table_read (table, &row, &error));
      while (zifu_table_read (table, &row, &error) && row != NULL)
        {
          g_assert_cmpint (row->line, ==, 2 + 2 * n++);
          g_assert_cmpuint (row->n_cells, ==, 2);
          g_assert_cmpstr (row->cells[0], ==, "市第一医院\n𠮷\"");
          g_assert_cmpstr (row->cells[1], ==, "1");
          g_assert_cmpint (row->bad_offset, ==, -1);
        }
      g_assert_no_error (error);
      g_assert_cmpuint (n, >, 9000);
    }
}

static void
test_workbook (Folder *fixture, gconstpointer data)
{
  const ZifuTableOptions second = { .sheet = "2" }, named = { .sheet = "账户明细" }, none = { .sheet = "七月" };
  g_autofree char *path = get_fixture ("sheets.xlsx");
  g_autoptr (ZifuTable) table = open_table (path, NULL), other = open_table (path, &named);
  const ZifuTableRow *titles = g_ptr_array_index (zifu_table_get_head (other), 1);

  g_assert_cmpstr (zifu_table_get_sheet (table), ==, "说明");
  g_assert_cmpstr (zifu_table_get_sheets (table)[1], ==, "账户明细");
  g_assert_cmpstr (zifu_table_get_sheets (table)[2], ==, "参数");
  g_assert_null (zifu_table_get_sheets (table)[3]);
  g_assert_null (zifu_table_get_encoding (table));
  g_assert_cmpint (zifu_table_get_separator (table), ==, 0);
  g_assert_cmpstr (zifu_table_get_sheet (other), ==, "账户明细");
  g_assert_cmpstr (titles->cells[2], ==, "金额(元)");
  assert_rows (path, NULL, "1:个人账户明细导出\n2:本表由演示数据生成\n");
  assert_rows (path, &second,
               "1:个人账户收支明细\n2:日期|金额(元)||余额|机构名称|摘要|流水号\n3:|收入|支出\n"
               "4:2026-01-05|240.1||1298.2||单位缴费划入 2026年1月|LS0001\n5:2026-01-09||58.35|1239.85|同仁堂药店|购药|LS0002\n"
               "6:2026-02-03 10:30:00||1058.1|181.75|市第一医院|门诊|LS0003\n7:2026-02-05|240.1||421.85||单位缴费划入 2026年2月|LS0004\n"
               "8:合计|480.2\n");
  assert_refused (path, &none, ZIFU_EXCHANGE_ERROR_INPUT, "The workbook has no sheet “七月”. It has: 说明, 账户明细, 参数");
}

/* Cells as programs write them that are not the one of the office. */
static void
test_cells (Folder *fixture, gconstpointer data)
{
  g_autofree char *path = write_workbook (
    fixture->folder,
    "<worksheet xmlns='m'><sheetData><row r='3'><c r='B3' t='inlineStr'><is><t>a</t><r><t>b</t></r><rPh><t>no</t></rPh></is></c>"
    "<c r='D3'><f>1+1</f><v>2</v></c></row><row><c><v>1058.0999999999999</v></c><c><v>-1.2E-2</v></c><c t='b'><v>1</v></c>"
    "<c t='e'><v>#N/A</v></c><c t='str'><v> x_x000D_</v></c><c s='9'/><c t='s'><v>7</v></c></row>"
    "<row r='9'/><row r='10'><c r='A10'><v>1</v></c><c r='A10'><v>2</v></c></row></sheetData></worksheet>");

  assert_rows (path, NULL, "3:|ab||2\n4:1058.1|-0.012|TRUE|#N/A| x\r||\n10:1\n");
}

/* Texts as spreadsheets keep them: once, in a part of their own.  How characters are read is no part of the text. */
static void
test_shared_strings (Folder *fixture, gconstpointer data)
{
  static const char strings[] =
    "<sst xmlns='m'><si><t>日期</t></si><si><t xml:space='preserve'> 金额 </t></si><si><r><rPr><b/></rPr><t>市第一</t></r><r><t>医院</t></r></si>"
    "<si><t>同仁堂</t><rPh sb='0' eb='3'><t>tongrentang</t></rPh><phoneticPr fontId='1'/></si><si/><si><t/></si><si><t>a&amp;b</t></si>"
    "<si><t>_x0041_x_x005F_x000D__xD800__x00_</t></si></sst>";
  static const char sheet[] =
    "<worksheet xmlns='m'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row><row r='2'>"
    "<c r='A2' t='s'><v>2</v></c><c r='B2' t='s'><v>3</v></c><c r='C2' t='s'><v>4</v></c><c r='D2' t='s'><v>5</v></c>"
    "<c r='E2' t='s'><v>6</v></c><c r='F2' t='s'><v>8</v></c><c r='G2' t='s'><v>-1</v></c><c r='H2' t='s'><v>0</v></c>"
    "<c r='I2' t='s'><v>7</v></c></row>"
    "</sheetData></worksheet>";
  const Part parts[] = { { "xl/workbook.xml", BOOK },
                         { "xl/_rels/workbook.xml.rels", RELATIONS },
                         { "xl/sharedStrings.xml", strings },
                         { "xl/worksheets/sheet1.xml", sheet } };
  g_autofree char *path = write_archive (fixture->folder, "book.xlsx", parts, G_N_ELEMENTS (parts));

  assert_rows (path, NULL, "1:日期| 金额 \n2:市第一医院|同仁堂|||a&b|||日期|Ax_x000D__xD800__x00_\n");
}

static void
test_numbers (void)
{
  static const struct {
    const char *value, *text;
  } numbers[] = {
    { "0", "0" }, { "-0", "0" }, { "12", "12" }, { "0.10", "0.1" }, { ".5", "0.5" }, { "1e3", "1000" }, { "1.5E+2", "150" },
    { "12.300000000000001", "12.3" }, { "0.99999999999999999", "1" }, { "999999999999999.9", "1000000000000000" },
    { "1e-70", "1e-70" }, { "1.2.3", "1.2.3" }, { "x", "x" }, { "", "" }, { "-", "-" }, { "1e", "1e" }, { "0.0000001", "0.0000001" },
    { "12345678901234567890123456789012345678901234567890", "12345678901234567890123456789012345678901234567890" },
  };
  static const struct {
    const char *value, *text;
    gboolean    from_1904;
  } days[] = {
    { "46350", "2026-11-24", FALSE }, { "46350.4375", "2026-11-24 10:30:00", FALSE }, { "44888", "2026-11-24", TRUE },
    { "60", "60", FALSE }, { "0.5", "0.5", FALSE }, { "9999999", "9999999", FALSE }, { "-5", "-5", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = _zifu_xlsx_number_text (numbers[i].value);

      g_assert_cmpstr (text, ==, numbers[i].text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *text = _zifu_xlsx_date_text (days[i].value, days[i].from_1904);

      g_assert_cmpstr (text, ==, days[i].text);
    }
  g_assert_true (_zifu_xlsx_is_date_format (14, NULL));
  g_assert_true (_zifu_xlsx_is_date_format (31, NULL));
  g_assert_false (_zifu_xlsx_is_date_format (2, NULL));
  g_assert_true (_zifu_xlsx_is_date_format (170, "yyyy\"年\"m\"月\""));
  g_assert_true (_zifu_xlsx_is_date_format (170, "[$-804]yyyy-mm-dd"));
  g_assert_false (_zifu_xlsx_is_date_format (170, "#,##0.00\"dym\""));
  g_assert_false (_zifu_xlsx_is_date_format (170, "[Red]0.00;d"));
  g_assert_false (_zifu_xlsx_is_date_format (170, "\\d0.00"));
}

static void
test_no_table (Folder *fixture, gconstpointer data)
{
  static const struct {
    const char *bytes;
    gssize      length;
    ZifuExchangeError code;
    const char *message;
  } cases[] = {
    { "", 0, ZIFU_EXCHANGE_ERROR_FORMAT, "“x.csv” is empty." },
    { "\r\n\r\n", 4, ZIFU_EXCHANGE_ERROR_FORMAT, "“x.csv” holds no rows." },
    { "\xef\xbb\xbf", 3, ZIFU_EXCHANGE_ERROR_FORMAT, "“x.csv” holds no rows." },
    { "%PDF-1.7 a", -1, ZIFU_EXCHANGE_ERROR_FORMAT,
      "“x.csv” is a PDF: it holds pages, not rows. Ask the source for a table (Excel or CSV)." },
    { "\xd0\xcf\x11\xe0\xa1", -1, ZIFU_EXCHANGE_ERROR_FORMAT,
      "“x.csv” is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx without a password, or as CSV." },
    { "SQLite format 3\0x", 17, ZIFU_EXCHANGE_ERROR_FORMAT,
      "“x.csv” is a database. Household data are opened or restored, not imported." },
    { "\x89PNG\r\n", -1, ZIFU_EXCHANGE_ERROR_FORMAT, "“x.csv” is a picture. A table (Excel or CSV) is needed." },
    { "\x1f\x8b\x08", -1, ZIFU_EXCHANGE_ERROR_FORMAT, "“x.csv” is packed. Unpack it first." },
    { "a\0b\1c\2d\3e\0f\0\0\0\0", 16, ZIFU_EXCHANGE_ERROR_FORMAT,
      "“x.csv” is not a table. A workbook (.xlsx) or text (CSV) is needed." },
    { "a,b\n\"1,2\n3,4\n", -1, ZIFU_EXCHANGE_ERROR_FORMAT, "A quotation mark in line 2 is never closed. Nothing was read." },
    { "PK\3\4garbage", -1, ZIFU_EXCHANGE_ERROR_DAMAGED, "The workbook “x.csv” is damaged. Open it in a spreadsheet and save it again." },
  };
  g_autofree char *nowhere = g_build_filename (fixture->folder, "none.csv", NULL);
  g_autofree char *said = g_strdup_printf ("“%s”: No such file or directory", nowhere);
  g_autofree char *folder_said = g_strdup_printf ("“%s”: Is a directory", fixture->folder);
  g_autofree char *pipe_path = g_build_filename (fixture->folder, "pipe", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_bytes (fixture->folder, "x.csv", cases[i].bytes, cases[i].length);

      assert_refused (path, NULL, cases[i].code, cases[i].message);
    }
  assert_refused (nowhere, NULL, ZIFU_EXCHANGE_ERROR_FILE, said);
  assert_refused (fixture->folder, NULL, ZIFU_EXCHANGE_ERROR_FILE, folder_said);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (pipe_path, NULL, ZIFU_EXCHANGE_ERROR_FILE, "“pipe” is no plain file. Save it to a file first.");
}

/* A line without an end: 2 GB of it with ZIFU_HUGE, some megabytes else. */
static void
test_huge_line (Folder *fixture, gconstpointer data)
{
  guint n = g_getenv ("ZIFU_HUGE") != NULL ? 2048 : 6;
  g_autofree char *path = write_bytes (fixture->folder, "huge.csv", "date,amount\n2026-01-01,\"", -1);
  g_autofree char *block = g_malloc (1 << 20);
  FILE *stream = g_fopen (path, "ab");

  memset (block, 'x', 1 << 20);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (fwrite (block, 1, 1 << 20, stream), ==, 1 << 20);
  fclose (stream);
  assert_refused (path, NULL, ZIFU_EXCHANGE_ERROR_LIMIT, "Line 2 of “huge.csv” is longer than a row of a table can be. Nothing was read.");

  /* Many short lines in one quoted cell are a long row, too. */
  stream = g_fopen (path, "wb");
  fputs ("date,amount\n2026-01-01,\"", stream);
  for (guint i = 0; i < 200000; i++)
    fputs ("xxxxxxxxx\n", stream);
  fclose (stream);
  assert_refused (path, NULL, ZIFU_EXCHANGE_ERROR_LIMIT,
                  "The row that begins in line 2 is longer than a row of a table can be. Nothing was read.");
}

static void
test_columns (Folder *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autofree char *path = NULL, *wider = NULL, *book = NULL;
  g_autoptr (ZifuTable) table = NULL;

  for (guint i = 1; i < ZIFU_TABLE_MAX_COLUMNS; i++)
    g_string_append (text, ",a");
  g_string_append_c (text, '\n');
  path = write_bytes (fixture->folder, "wide.csv", text->str, -1);
  table = open_table (path, NULL);
  g_string_prepend (text, "a,");
  wider = write_bytes (fixture->folder, "wider.csv", text->str, -1);
  assert_refused (wider, NULL, ZIFU_EXCHANGE_ERROR_LIMIT, "Line 1 has more than 1,000 columns. Nothing was read.");

  book = write_workbook (fixture->folder, "<worksheet><sheetData><row r='2'><c r='XFD2'><v>1</v></c></row></sheetData></worksheet>");
  assert_refused (book, NULL, ZIFU_EXCHANGE_ERROR_LIMIT, "Line 2 has more than 1,000 columns. Nothing was read.");
}

static void
test_bomb (Folder *fixture, gconstpointer data)
{
  g_autofree char *text = g_strdup_printf ("<row><c t='str'><v>%*s</v></c></row>", 4000, " ");
  const Part parts[] = {
    { "xl/workbook.xml", BOOK },
    { "xl/_rels/workbook.xml.rels", RELATIONS },
    { "xl/worksheets/sheet1.xml", text, 20000, "<worksheet><sheetData>" },
  };
  g_autofree char *path = write_archive (fixture->folder, "book.xlsx", parts, G_N_ELEMENTS (parts));

  assert_refused (path, NULL, ZIFU_EXCHANGE_ERROR_LIMIT,
                  "The workbook “book.xlsx” unpacks to far more than its own size. Nothing was read.");
}

#define DAMAGED "The workbook “book.xlsx” is damaged. Open it in a spreadsheet and save it again."
#define DEFINES "The workbook “book.xlsx” holds definitions that no workbook needs. It was not read."

/* Documents that no spreadsheet writes. */
static void
test_evil_xml (Folder *fixture, gconstpointer data)
{
  g_autoptr (GString) deep = g_string_new ("<worksheet>");
  g_autofree char *deep_path = NULL;
  static const struct {
    const char *sheet;
    ZifuExchangeError code;
    const char *message;
  } cases[] = {
    { "<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><worksheet><sheetData><row><c t='str'><v>&b;</v></c>"
      "</row></sheetData></worksheet>",
      ZIFU_EXCHANGE_ERROR_FORMAT, DEFINES },
    { "<!DOCTYPE w SYSTEM 'file:///etc/passwd'><worksheet><sheetData/></worksheet>", ZIFU_EXCHANGE_ERROR_FORMAT, DEFINES },
    { "<worksheet><sheetData><row>", ZIFU_EXCHANGE_ERROR_DAMAGED, DAMAGED },
    { "", ZIFU_EXCHANGE_ERROR_DAMAGED, DAMAGED },
    { "<worksheet><sheetData/></worksheet>", ZIFU_EXCHANGE_ERROR_FORMAT, "“book.xlsx” holds no rows." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_workbook (fixture->folder, cases[i].sheet);

      assert_refused (path, NULL, cases[i].code, cases[i].message);
    }
  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "<a>");
  for (guint i = 0; i < 100; i++)
    g_string_append (deep, "</a>");
  g_string_append (deep, "</worksheet>");
  deep_path = write_workbook (fixture->folder, deep->str);
  assert_refused (deep_path, NULL, ZIFU_EXCHANGE_ERROR_LIMIT, "The workbook “book.xlsx” is nested too deeply. Nothing was read.");
}

static void
test_no_workbook (Folder *fixture, gconstpointer data)
{
  const Part no_book[] = { { "mimetype", "x" }, { "content.xml", "<a/>" } };
  const Part no_sheet[] = { { "xl/workbook.xml", BOOK }, { "xl/_rels/workbook.xml.rels", RELATIONS } };
  g_autofree char *other = write_archive (fixture->folder, "other.ods", no_book, G_N_ELEMENTS (no_book));
  g_autofree char *half = write_archive (fixture->folder, "book.xlsx", no_sheet, G_N_ELEMENTS (no_sheet));

  assert_refused (other, NULL, ZIFU_EXCHANGE_ERROR_FORMAT,
                  "“other.ods” is packed, but it is no workbook (.xlsx) with a sheet. Unpack it first.");
  assert_refused (half, NULL, ZIFU_EXCHANGE_ERROR_DAMAGED, DAMAGED);
}

static void
assert_changed (ZifuTable *table)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = read_all (table, &error);

  g_assert_null (rows);
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_CHANGED);
  g_assert_cmpstr (error->message, ==, "“c.csv” changed while it was being read. Nothing was imported; try again.");
}

/* Another program goes on writing, or puts another file in the place of this one. */
static void
test_changed (Folder *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *path = NULL, *other = NULL;
  g_autoptr (ZifuTable) grown = NULL, replaced = NULL;
  FILE *stream;

  while (text->len < 200000)
    g_string_append (text, "2026-01-01,1.00\n");
  path = write_bytes (fixture->folder, "c.csv", text->str, -1);
  grown = open_table (path, NULL);
  stream = g_fopen (path, "ab");
  fputs ("2026-01-02,2.00\n", stream);
  fclose (stream);
  assert_changed (grown);

  replaced = open_table (path, NULL);
  other = write_bytes (fixture->folder, "d.csv", text->str, -1);
  g_assert_cmpint (g_rename (other, path), ==, 0);
  assert_changed (replaced);
}

static void
test_cancelled (Folder *fixture, gconstpointer data)
{
  g_autofree char *path = get_fixture ("sheets.xlsx"), *csv = get_fixture ("gb18030.csv");
  const char *paths[] = { path, csv };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuTable) table = zifu_table_open (paths[i], NULL, cancellable, &error);

      g_assert_null (table);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_progress (Folder *fixture, gconstpointer data)
{
  g_autofree char *path = get_fixture ("sheets.xlsx"), *csv = get_fixture ("gb18030.csv");
  const char *paths[] = { path, csv };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (ZifuTable) table = open_table (paths[i], NULL);
      g_autofree char *rows = read_all (table, NULL);
      gint64 done, total;

      zifu_table_get_progress (table, &done, &total);
      g_assert_cmpint (total, >, 0);
      g_assert_cmpint (done, ==, total);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  zifu_words_init (g_getenv ("ZIFU_LOCALE_DIR"));

#define ADD(path, function) g_test_add ("/table/" path, Folder, NULL, folder_set_up, function, folder_tear_down)
  ADD ("csv", test_csv);
  ADD ("encodings", test_encodings);
  ADD ("bad-bytes", test_bad_bytes);
  ADD ("pieces", test_pieces);
  ADD ("workbook", test_workbook);
  ADD ("cells", test_cells);
  ADD ("shared-strings", test_shared_strings);
  g_test_add_func ("/table/numbers", test_numbers);
  ADD ("no-table", test_no_table);
  ADD ("huge-line", test_huge_line);
  ADD ("columns", test_columns);
  ADD ("bomb", test_bomb);
  ADD ("evil-xml", test_evil_xml);
  ADD ("no-workbook", test_no_workbook);
  ADD ("changed", test_changed);
  ADD ("cancelled", test_cancelled);
  ADD ("progress", test_progress);
  return g_test_run ();
}
