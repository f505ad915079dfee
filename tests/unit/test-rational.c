/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-engine.h"

static ZifuRational
number (const char *text)
{
  ZifuRational out;

  g_assert_true (zifu_rational_parse (text, &out));
  return out;
}

static void
assert_number (ZifuRational value, const char *text)
{
  g_autofree char *shown = zifu_rational_format (value);

  g_assert_cmpstr (shown, ==, text);
}

static void
test_parse (void)
{
  static const char *const good[][2] = { { "0.85", "17/20" }, { "1/3", "1/3" },      { "-3.00", "-3" },       { "12", "12" },
                                         { "0", "0" },        { "2/4", "1/2" },      { "0.000001", "1/1000000" }, { "-1/2", "-1/2" } };
  static const char *const bad[] = { "",    ".5",  "5.",    "1.0000001", "1e3",   "1/0", "1/-2",
                                     "1/2/3", "abc", "1,000", "+1",        "0x10", " 1",  "9999999999999999999999999999999999999999" };
  ZifuRational out;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    assert_number (number (good[i][0]), good[i][1]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (zifu_rational_parse (bad[i], &out));
}

static void
test_arithmetic (void)
{
  ZifuRational out;

  g_assert_true (zifu_rational_add (number ("1/6"), number ("1/10"), &out));
  assert_number (out, "4/15");
  g_assert_true (zifu_rational_sub (number ("1/3"), number ("1/3"), &out));
  assert_number (out, "0");
  g_assert_true (zifu_rational_mul (number ("-2/3"), number ("9/4"), &out));
  assert_number (out, "-3/2");
  g_assert_true (zifu_rational_div (number ("1/2"), number ("-1/4"), &out));
  assert_number (out, "-2");
  g_assert_false (zifu_rational_div (number ("1"), ZIFU_RATIONAL_ZERO, &out));
  g_assert_true (zifu_rational_is_integer (number ("4/2")));
  g_assert_cmpint (zifu_rational_sign (number ("-1/9")), ==, -1);
}

/* A number outside of 128 bits is refused, never wrapped. */
static void
test_overflow (void)
{
  ZifuRational big = ZIFU_RATIONAL_ONE, fine = ZIFU_RATIONAL_ONE, out = number ("7");
  ZifuRational three = number ("3"), third = number ("1/3");
  guint n = 0;

  while (zifu_rational_mul (big, three, &big))
    n++;
  g_assert_cmpuint (n, ==, 80); /* 3^80 < 2^127 < 3^81 */
  while (zifu_rational_mul (fine, third, &fine))
    ;
  g_assert_false (zifu_rational_add (big, big, &out));
  g_assert_false (zifu_rational_add (fine, number ("1/2"), &out));
  assert_number (out, "7");
}

/* Comparing never overflows, however large the numbers. */
static void
test_compare (void)
{
  ZifuRational a = ZIFU_RATIONAL_ONE, b, c;

  g_assert_cmpint (zifu_rational_cmp (number ("1/3"), number ("0.333333")), >, 0);
  g_assert_cmpint (zifu_rational_cmp (number ("-1/3"), number ("-0.333333")), <, 0);
  g_assert_cmpint (zifu_rational_cmp (number ("-1/3"), number ("1/3")), <, 0);
  g_assert_cmpint (zifu_rational_cmp (number ("2/4"), number ("1/2")), ==, 0);
  g_assert_cmpint (zifu_rational_cmp (number ("-5"), number ("-4.999999")), <, 0);
  for (guint i = 0; i < 78; i++)
    g_assert_true (zifu_rational_mul (a, number ("3"), &a));
  b = (ZifuRational){ a.num, a.num - 1 };
  c = (ZifuRational){ a.num + 1, a.num };
  g_assert_cmpint (zifu_rational_cmp (b, c), >, 0);
  g_assert_cmpint (zifu_rational_cmp (c, b), <, 0);
  g_assert_cmpint (zifu_rational_cmp (b, b), ==, 0);
}

/* Random small fractions: order, sum and product agree with cross-multiplied integers. */
static void
test_random (void)
{
  for (guint i = 0; i < 50000; i++)
    {
      gint64 an = g_test_rand_int_range (-1000, 1000), ad = g_test_rand_int_range (1, 1000);
      gint64 bn = g_test_rand_int_range (-1000, 1000), bd = g_test_rand_int_range (1, 1000);
      ZifuRational a, b, sum, product;
      gint64 left = an * bd, right = bn * ad;

      g_assert_true (zifu_rational_new (an, ad, &a) && zifu_rational_new (bn, bd, &b));
      g_assert_cmpint (zifu_rational_cmp (a, b), ==, (left > right) - (left < right));
      g_assert_true (zifu_rational_add (a, b, &sum) && zifu_rational_mul (a, b, &product));
      g_assert_true (sum.num * (ad * bd) == (ZifuInt128) (left + right) * sum.den);
      g_assert_true (product.num * (ad * bd) == (ZifuInt128) (an * bn) * product.den);
    }
}

static void
test_round (void)
{
  static const struct
  {
    const char *yuan, *mode;
    ZifuMoney fen;
  } rows[] = {
    { "0.005", "fen", 1 },          { "0.004999", "fen", 0 },     { "-0.005", "fen", -1 },       { "1/3", "fen", 33 },
    { "3862.85", "yuan", 386300 },  { "3862.50", "yuan", 386300 }, { "3862.49", "yuan", 386200 }, { "4377.50", "yuan_down", 437700 },
    { "91/90", "yuan_up", 200 },    { "2", "yuan_up", 200 },      { "-1.50", "yuan_down", -100 }, { "12.34", "jiao", 1230 },
    { "12.35", "jiao", 1240 },      { "15", "ten", 2000 },        { "149.99", "hundred", 10000 }, { "500", "thousand", 100000 },
    { "0.01", "thousand_up", 100000 }, { "-0.01", "yuan_up", 0 }, { "999.99", "thousand_down", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      ZifuRound mode;
      ZifuMoney fen;

      g_assert_true (zifu_round_parse (rows[i].mode, &mode));
      g_assert_true (zifu_rational_round (number (rows[i].yuan), mode, &fen));
      g_assert_cmpint (fen, ==, rows[i].fen);
    }
}

static void
test_round_names (void)
{
  static const char *const bad[] = { "", "cent", "fen_", "yuan_side", "yuandown", "tens", "hundred_UP" };
  ZifuRound mode;
  ZifuMoney fen;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (zifu_round_parse (bad[i], &mode));
  g_assert_false (zifu_rational_round (number ("99999999999999999999"), ZIFU_ROUND_FEN, &fen));
}

/* The base bounds of a region with an average wage of 77,257 a year: 60 % and 300 % of a month, to the whole yuan. */
static void
test_r18_bounds (void)
{
  ZifuRational month, bound;
  ZifuRound yuan;
  ZifuMoney fen;

  g_assert_true (zifu_round_parse ("yuan", &yuan));
  g_assert_true (zifu_rational_div (number ("77257"), number ("12"), &month));
  g_assert_true (zifu_rational_mul (month, number ("0.6"), &bound) && zifu_rational_round (bound, yuan, &fen));
  g_assert_cmpint (fen, ==, 386300);
  g_assert_true (zifu_rational_mul (month, number ("3"), &bound) && zifu_rational_round (bound, yuan, &fen));
  g_assert_cmpint (fen, ==, 1931400);
}

static void
test_share (void)
{
  ZifuMoney out;

  g_assert_true (zifu_money_share (72030, number ("0.7"), ZIFU_ROUND_FEN, &out));
  g_assert_cmpint (out, ==, 50421);
  g_assert_true (zifu_money_share (1, number ("0.5"), ZIFU_ROUND_FEN, &out));
  g_assert_cmpint (out, ==, 1);
  g_assert_true (zifu_money_share (ZIFU_MONEY_MAX, ZIFU_RATIONAL_ONE, ZIFU_ROUND_FEN, &out));
  g_assert_cmpint (out, ==, ZIFU_MONEY_MAX);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rational/parse", test_parse);
  g_test_add_func ("/rational/arithmetic", test_arithmetic);
  g_test_add_func ("/rational/overflow", test_overflow);
  g_test_add_func ("/rational/compare", test_compare);
  g_test_add_func ("/rational/random", test_random);
  g_test_add_func ("/rational/round", test_round);
  g_test_add_func ("/rational/round-names", test_round_names);
  g_test_add_func ("/rational/R18-bounds", test_r18_bounds);
  g_test_add_func ("/rational/share", test_share);
  return g_test_run ();
}
