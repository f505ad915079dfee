/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-engine.h"

typedef struct {
  const char *text;
  ZifuMoney   amount; /* −1 = refused */
} Typed;

static const Typed typed[] = {
  { "1234.5", 123450 },          { "1,234.50", 123450 },          { "0", 0 },
  { "0.01", 1 },                 { "¥86", 8600 },                 { "￥86.00", 8600 },
  { "１２３４．５０", 123450 },  { "１，２３４", 123400 },        { " 12 ", 1200 },
  { "12元", 1200 },              { "1,000,000.00", 100000000 },   { "99999999999999.99", ZIFU_MONEY_MAX },
  { "", -1 },                    { " ", -1 },                     { "-1", -1 },
  { "+1", -1 },                  { "−1", -1 },                    { "1.234", -1 },
  { "1e3", -1 },                 { "1,23", -1 },                  { "12,34.00", -1 },
  { ",100", -1 },                { "1,000,00", -1 },              { ".5", -1 },
  { "1.2.3", -1 },               { "1.2,3", -1 },                 { "abc", -1 },
  { "三百", -1 },                { "0x10", -1 },                  { "100000000000000.00", -1 },
  { "99999999999999999999", -1 }, { "NaN", -1 },                  { "1 2", -1 },
};

static void
test_parse (gconstpointer data)
{
  const Typed *row = data;
  g_autoptr (GError) error = NULL;
  ZifuMoney amount = -7;
  gboolean done = zifu_money_parse (row->text, &amount, &error);

  if (row->amount >= 0)
    {
      g_assert_no_error (error);
      g_assert_true (done);
      g_assert_cmpint (amount, ==, row->amount);
    }
  else
    {
      g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
      g_assert_false (done);
      g_assert_cmpint (amount, ==, -7);
    }
}

static void
test_not_utf8 (void)
{
  g_autoptr (GError) error = NULL;
  ZifuMoney amount;

  g_assert_false (zifu_money_parse ("12\xff", &amount, &error));
  g_assert_error (error, ZIFU_ERROR, ZIFU_ERROR_INPUT);
}

static void
test_format (void)
{
  static const struct
  {
    ZifuMoney amount;
    const char *plain, *grouped;
  } rows[] = {
    { 0, "0.00", "0.00" },
    { 5, "0.05", "0.05" },
    { -5, "-0.05", "-0.05" },
    { 99999, "999.99", "999.99" },
    { 100000, "1000.00", "1,000.00" },
    { -123456789, "-1234567.89", "-1,234,567.89" },
    { ZIFU_MONEY_MAX, "99999999999999.99", "99,999,999,999,999.99" },
    { G_MININT64, "-92233720368547758.08", "-92,233,720,368,547,758.08" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *plain = zifu_money_format (rows[i].amount, ZIFU_MONEY_PLAIN);
      g_autofree char *grouped = zifu_money_format (rows[i].amount, ZIFU_MONEY_GROUPED);

      g_assert_cmpstr (plain, ==, rows[i].plain);
      g_assert_cmpstr (grouped, ==, rows[i].grouped);
    }
}

static void
test_round_trip (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      ZifuMoney amount = (ZifuMoney) g_test_rand_int_range (0, G_MAXINT32) * g_test_rand_int_range (1, 4000000), back = -1;
      g_autofree char *text = zifu_money_format (amount, i % 2 ? ZIFU_MONEY_GROUPED : ZIFU_MONEY_PLAIN);

      g_assert_true (zifu_money_parse (text, &back, NULL));
      g_assert_cmpint (back, ==, amount);
    }
}

static void
test_add (void)
{
  ZifuMoney sum = 3;

  g_assert_true (zifu_money_add (100, -250, &sum));
  g_assert_cmpint (sum, ==, -150);
  g_assert_false (zifu_money_add (G_MAXINT64, 1, &sum));
  g_assert_false (zifu_money_add (G_MININT64, -1, &sum));
  g_assert_cmpint (sum, ==, -150);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *path = g_strdup_printf ("/money/parse/%02u", i);

      g_test_add_data_func (path, &typed[i], test_parse);
    }
  g_test_add_func ("/money/parse/not-utf8", test_not_utf8);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/add", test_add);
  return g_test_run ();
}
