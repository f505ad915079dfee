/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shape of a page: C0 and what each row must hold; every refusal says where (R40). */

#include "feed-support.h"

static char *
make_page (void)
{
  g_autoptr (Source) source = source_new (0);

  source_visit (source, "S1", "2026-01-09 10:00:00", 20000, 5000);
  source_move (source, "C1", "2026-02-05 09:00:00", "101", NULL, 24013);
  source_put (source, "clct_detl", "K1", "put",
              "{\"rid\": \"K1\", \"insutype\": \"310\", \"accrym_begn\": \"202601\", \"accrym_end\": \"202602\", \"clct_flag\": \"1\","
              " \"clct_type\": \"10\", \"revs_flag\": \"Z\"}");
  source_put (source, "insuinfo", "I1", "put",
              "{\"rid\": \"I1\", \"insutype\": \"310\", \"psn_type\": \"11\", \"psn_insu_stas\": \"1\", \"psn_insu_date\": \"2020-01-01\","
              " \"paus_insu_date\": null, \"cvlserv_flag\": \"0\", \"insuplc_admdvs\": \"110000\"}");
  source_put (source, "mulaid", "T1", "put", "{\"rid\": \"T1\", \"psn_name\": \"李强\", \"begndate\": \"2024-01-01\"}");
  source_put (source, "cum", "310-2026", "put", "{\"insutype\": \"310\", \"year\": \"2026\", \"cum_type_code\": \"X\", \"cum\": \"1.00\"}");
  source_put (source, "weather", "W1", "put", "{\"t\": 12.5, \"a\": [1, {\"b\": \"]}\"}]}");
  return source_page (source, NULL, 500);
}

#define ROW(n, field) "Row " n " of the account document: “" field "” is missing or is not as it must be. Nothing was read."
#define NOT_ONE "This JSON document is neither an account document nor one of ours."

static const struct {
  const char *from, *to, *message; /* message NULL: it is refused as no JSON */
} refusals[] = {
  { "\"setl_time\": ", "\"setl_tim\": ", ROW ("1", "setl_time") },
  { "10:00:00\", \"fix", "24:00:00\", \"fix", ROW ("1", "setl_time") },
  { "2026-01-09 10:00:00\", \"fix", "2026-02-30 10:00:00\", \"fix", ROW ("1", "setl_time") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": 200", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": 200.00", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"200.0\"", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"0200.00\"", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"2e2\"", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \" 200.00\"", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"-0.00\"", ROW ("1", "medfee_sumamt") },
  { "\"medfee_sumamt\": \"200.00\"", "\"medfee_sumamt\": \"123456789012345.00\"", ROW ("1", "medfee_sumamt") },
  { "\"refd_setl_flag\": \"0\"", "\"refd_setl_flag\": \"2\"", ROW ("1", "refd_setl_flag") },
  { "\"setl_id\": \"S1\"", "\"setl_id\": \"S2\"", ROW ("1", "setl_id") },
  { "\"fixmedins_name\": \"市第一医院\"", "\"fixmedins_name\": 1", ROW ("1", "fixmedins_name") },
  { "\"rid\": \"M-S1\"", "\"rid\": \"\"", ROW ("2", "rid") },
  { "\"rid\": \"C1\"", "\"rid\": \"C2\"", ROW ("3", "rid") },
  { "\"inc_sumamt\": \"240.13\"", "\"inc_sumamt\": null", ROW ("3", "inc_sumamt") },
  { "\"accrym_begn\": \"202601\"", "\"accrym_begn\": \"202613\"", ROW ("4", "accrym_begn") },
  { "\"accrym_begn\": \"202601\"", "\"accrym_begn\": \"202603\"", ROW ("4", "accrym_end") },
  { "\"psn_insu_date\": \"2020-01-01\"", "\"psn_insu_date\": \"2020-1-1\"", ROW ("5", "psn_insu_date") },
  { "\"cvlserv_flag\": \"0\"", "\"cvlserv_flag\": \"x\"", ROW ("5", "cvlserv_flag") },
  { "\"begndate\": \"2024-01-01\"", "\"begndate\": null", ROW ("6", "begndate") },
  { "\"cum\": \"1.00\"", "\"cum\": \"1\"", ROW ("7", "cum") },
  { "\"count\": 8", "\"count\": 7", "The account document does not hold as many rows as it says. Fetch it once more." },
  { "\"count\": 8", "\"count\": \"8\"", "The account document does not hold as many rows as it says. Fetch it once more." },
  { "\"prev_seq\": \"3\"", "\"prev_seq\": \"2\"", "Rows are missing before row 4 of the account document. Fetch it once more." },
  { "\"seq\": \"4\", \"prev_seq\": \"3\"", "\"seq\": 4, \"prev_seq\": \"3\"",
   "Row 4 of the account document is not one. Nothing was read." },
  { "\"op\": \"put\"", "\"op\": \"set\"", "Row 1 of the account document is not one. Nothing was read." },
  { "\"ver\": 1", "\"ver\": 0", "Row 1 of the account document is not one. Nothing was read." },
  { "\"has_more\": false", "\"has_more\": 0", NOT_ONE },
  { "\"state\": \"s8\"", "\"state\": \"\"", NOT_ONE },
  { "\"entries\"", "\"entry\"", NOT_ONE },
  { "\"checkpoint\": {", "\"checkpoint\": 1, \"other\": {", NOT_ONE },
  /* J1: what json-glib alone would take. */
  { "\"count\": 8", "\"count\": 8, \"count\": 8", NULL },
  { "\"count\": 8", "/* all */ \"count\": 8", NULL },
  { "\"count\": 8", "'count': 8", NULL },
  { "\"count\": 8", "\"count\": 08", NULL },
  { "\"count\": 8", "\"count\": 99999999999999999999", NULL },
  /* J3 */
  { "市第一医院", "\xff\xfe", NULL },
  { "市第一医院", "\\ud800", NULL },
};

static void
test_refusals (void)
{
  g_autofree char *page = make_page ();
  g_autoptr (GError) fine = NULL;
  g_autoptr (ZifuFeed) feed = zifu_feed_parse_page (page, strlen (page), &fine);

  g_assert_no_error (fine);
  g_assert_cmpuint (feed->n_entries, ==, 8);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (GString) changed = g_string_new (page);
      g_autoptr (GError) error = NULL;
      g_autoptr (ZifuFeed) none = NULL;

      g_autofree char *to = g_utf8_make_valid (refusals[i].to, -1);

      g_test_message ("%s -> %s", refusals[i].from, to);
      g_assert_cmpuint (g_string_replace (changed, refusals[i].from, refusals[i].to, 1), ==, 1);
      none = zifu_feed_parse_page (changed->str, changed->len, &error);
      g_assert_null (none);
      g_assert_nonnull (error);
      if (refusals[i].message != NULL)
        g_assert_cmpstr (error->message, ==, refusals[i].message);
    }
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeed) feed = zifu_feed_parse_page (text, length, &error);

  g_assert_null (feed);
  g_assert_nonnull (error);
}

/* J1 to J3: documents that are none. */
static void
test_documents (void)
{
  g_autofree char *page = make_page ();
  g_autofree char *twice = g_strconcat (page, page, NULL), *marked = g_strconcat ("\xef\xbb\xbf", page, NULL);
  g_autofree char *declared = g_strconcat ("var x = ", page, ";", NULL), *listed = g_strconcat ("[", page, "]", NULL);
  g_autoptr (GString) deep = g_string_new ("{\"x\": "), wide = g_string_new (page);
  g_autofree char *nul = g_strdup (page);

  assert_refused ("", 0);
  assert_refused (" \n ", 3);
  assert_refused ("null", 4);
  assert_refused (twice, strlen (twice));
  assert_refused (marked, strlen (marked));
  assert_refused (declared, strlen (declared));
  assert_refused (listed, strlen (listed));
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep->str, deep->len);
  g_string_truncate (deep, 0);
  for (guint i = 0; i < 65; i++)
    g_string_append (deep, "{\"x\": ");
  g_string_append_c (deep, '1');
  for (guint i = 0; i < 65; i++)
    g_string_append_c (deep, '}');
  assert_refused (deep->str, deep->len);
  /* Cut at every place. */
  for (gsize n = 0; n < strlen (page); n += 7)
    {
      g_autofree char *cut = g_strndup (page, n);

      assert_refused (cut, n);
    }
  nul[strlen (page) / 2] = '\0';
  assert_refused (nul, strlen (page));
  while (wide->len <= ZIFU_FEED_MAX_BYTES)
    g_string_append (wide, "                                                                ");
  assert_refused (wide->str, wide->len);
}

static void
test_many_rows (void)
{
  g_autoptr (Source) source = source_new (0);
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ZifuFeed) feed = NULL;

  for (guint i = 0; i < 501; i++)
    {
      g_autofree char *id = g_strdup_printf ("M%u", i);

      source_move (source, id, "2026-01-01 00:00:00", "101", NULL, 1);
    }
  page = source_page (source, NULL, 501);
  feed = zifu_feed_parse_page (page, strlen (page), &error);
  g_assert_error (error, ZIFU_EXCHANGE_ERROR, ZIFU_EXCHANGE_ERROR_LIMIT);
}

/* What a row holds is kept to the letter, also what is not known. */
static void
test_raw (void)
{
  g_autofree char *page = make_page ();
  g_autoptr (ZifuFeed) feed = zifu_feed_parse_page (page, strlen (page), NULL);
  const ZifuFeedRow *row = g_ptr_array_index (feed->rows, 7);
  g_autofree char *raw = g_strndup (row->raw, row->raw_length);

  g_assert_cmpstr (row->type, ==, "weather");
  g_assert_cmpstr (raw, ==, "{\"t\": 12.5, \"a\": [1, {\"b\": \"]}\"}]}");
}

/* Amounts to the fen. */
static void
test_money (void)
{
  static const struct {
    const char *text;
    ZifuMoney   fen;
    gboolean    fine;
  } cases[] = {
    { "12.30", 1230, TRUE }, { "-0.05", -5, TRUE }, { "0.00", 0, TRUE }, { "99999999999999.99", 9999999999999999, TRUE },
    { "-99999999999999.99", -9999999999999999, TRUE }, { "12.3", 0, FALSE }, { "+1.00", 0, FALSE }, { ".50", 0, FALSE }, { "1,000.00", 0,
                                                                                                                          FALSE },
    { "00.00", 0, FALSE }, { "1.000", 0, FALSE }, { "", 0, FALSE }, { "-", 0, FALSE }, { "100000000000000.00", 0, FALSE }, { "-0.00", 0,
                                                                                                                            FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = json_object_new ();
      ZifuMoney amount = 0;

      json_object_set_string_member (object, "a", cases[i].text);
      g_assert_cmpint (zifu_feed_get_money (object, "a", &amount), ==, cases[i].fine);
      if (cases[i].fine)
        g_assert_cmpint (amount, ==, cases[i].fen);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/R40/refusals", test_refusals);
  g_test_add_func ("/feed/R40/documents", test_documents);
  g_test_add_func ("/feed/R40/many-rows", test_many_rows);
  g_test_add_func ("/feed/R40/raw", test_raw);
  g_test_add_func ("/feed/R40/money", test_money);
  return g_test_run ();
}
