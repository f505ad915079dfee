/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"

static ZifuUint128
magnitude (ZifuInt128 x)
{
  return x < 0 ? -(ZifuUint128) x : (ZifuUint128) x;
}

static ZifuUint128
gcd (ZifuUint128 a, ZifuUint128 b)
{
  while ((a >> 64) != 0 || (b >> 64) != 0)
    {
      ZifuUint128 r;

      if (b == 0)
        return a;
      r = a % b;
      a = b;
      b = r;
    }
  guint64 x = (guint64) a, y = (guint64) b;
  while (y != 0)
    {
      guint64 r = x % y;

      x = y;
      y = r;
    }
  return x;
}

/**
 * zifu_rational_from_int:
 * @value: a whole number
 *
 * Returns: @value as a fraction
 */
ZifuRational
zifu_rational_from_int (gint64 value)
{
  return (ZifuRational){ value, 1 };
}

/**
 * zifu_rational_from_fen:
 * @fen: an amount, in fen
 *
 * Returns: the amount in yuan
 */
ZifuRational
zifu_rational_from_fen (ZifuMoney fen)
{
  ZifuInt128 g = (ZifuInt128) gcd (magnitude (fen), 100);

  return (ZifuRational){ fen / g, 100 / g };
}

/**
 * zifu_rational_new:
 * @num: numerator
 * @den: denominator, not 0
 * @out: (out): the reduced fraction
 *
 * Returns: %FALSE when @den is 0 or the fraction does not fit
 */
gboolean
zifu_rational_new (ZifuInt128 num, ZifuInt128 den, ZifuRational *out)
{
  ZifuUint128 g;

  if (den == 0)
    return FALSE;
  g = gcd (magnitude (num), magnitude (den));
  if (g > ((ZifuUint128) 1 << 126))
    return FALSE;
  num /= (ZifuInt128) g;
  den /= (ZifuInt128) g;
  if (den < 0)
    {
      if (__builtin_sub_overflow ((ZifuInt128) 0, num, &num) || __builtin_sub_overflow ((ZifuInt128) 0, den, &den))
        return FALSE;
    }
  *out = (ZifuRational){ num, den };
  return TRUE;
}

/* Reads up to 36 digits, so that the number surely fits. */
static gboolean
read_digits (const char **p, ZifuInt128 *value, int *n_digits)
{
  *n_digits = 0;
  for (; g_ascii_isdigit (**p); (*p)++)
    {
      if (++*n_digits > 36)
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }
  return *n_digits > 0;
}

/**
 * zifu_rational_parse:
 * @text: a number of a pack or a case: "0.85", "-3.00", "1/3", "12"
 * @out: (out): the number
 *
 * Reads an exact number: digits with at most six decimals, or a fraction.
 *
 * Returns: %FALSE when @text is not written in one of these forms
 */
gboolean
zifu_rational_parse (const char *text, ZifuRational *out)
{
  const char *p = text;
  gboolean negative;
  ZifuInt128 num = 0, den = 1;
  int n;

  g_return_val_if_fail (text != NULL && out != NULL, FALSE);

  negative = *p == '-';
  if (negative)
    p++;
  if (!read_digits (&p, &num, &n))
    return FALSE;
  if (*p == '.')
    {
      p++;
      if (n > 30 || !read_digits (&p, &num, &n) || n > 6)
        return FALSE;
      while (n-- > 0)
        den *= 10;
    }
  else if (*p == '/')
    {
      p++;
      den = 0;
      if (*p == '0' || !read_digits (&p, &den, &n))
        return FALSE;
    }
  return *p == '\0' && zifu_rational_new (negative ? -num : num, den, out);
}

static void
append_integer (GString *out, ZifuUint128 value)
{
  char digits[48];
  int n = 0;

  do
    {
      digits[n++] = '0' + (char) (value % 10);
      value /= 10;
    }
  while (value != 0);
  while (n > 0)
    g_string_append_c (out, digits[--n]);
}

/**
 * zifu_rational_format:
 * @value: a number
 *
 * Returns: (transfer full): the number as zifu_rational_parse() reads it, as a fraction unless it is whole
 */
char *
zifu_rational_format (ZifuRational value)
{
  GString *out = g_string_new (value.num < 0 ? "-" : NULL);

  append_integer (out, magnitude (value.num));
  if (value.den != 1)
    {
      g_string_append_c (out, '/');
      append_integer (out, (ZifuUint128) value.den);
    }
  return g_string_free (out, FALSE);
}

/**
 * zifu_rational_add:
 * @a: a number
 * @b: another number
 * @out: (out): their sum
 *
 * Returns: %FALSE when the sum leaves the exact range; @out is then left alone
 */
gboolean
zifu_rational_add (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  ZifuInt128 g = (ZifuInt128) gcd ((ZifuUint128) a.den, (ZifuUint128) b.den);
  ZifuInt128 x, y, num, den, h;

  /* Denominators share most factors, so only what differs is multiplied; the common part is reduced before the product. */
  if (__builtin_mul_overflow (a.num, b.den / g, &x) || __builtin_mul_overflow (b.num, a.den / g, &y) || __builtin_add_overflow (x, y, &num))
    return FALSE;
  if (num == 0)
    {
      *out = ZIFU_RATIONAL_ZERO;
      return TRUE;
    }
  h = (ZifuInt128) gcd (magnitude (num), (ZifuUint128) g);
  if (__builtin_mul_overflow (a.den / g, b.den / h, &den))
    return FALSE;
  *out = (ZifuRational){ num / h, den };
  return TRUE;
}

/**
 * zifu_rational_sub:
 * @a: a number
 * @b: what is taken from it
 * @out: (out): the difference
 *
 * Returns: %FALSE when the difference leaves the exact range
 */
gboolean
zifu_rational_sub (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  if (__builtin_sub_overflow ((ZifuInt128) 0, b.num, &b.num))
    return FALSE;
  return zifu_rational_add (a, b, out);
}

/**
 * zifu_rational_mul:
 * @a: a number
 * @b: another number
 * @out: (out): their product
 *
 * Returns: %FALSE when the product leaves the exact range
 */
gboolean
zifu_rational_mul (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  ZifuInt128 g, h, num, den;

  if (a.num == 0 || b.num == 0)
    {
      *out = ZIFU_RATIONAL_ZERO;
      return TRUE;
    }
  g = (ZifuInt128) gcd (magnitude (a.num), (ZifuUint128) b.den);
  h = (ZifuInt128) gcd (magnitude (b.num), (ZifuUint128) a.den);
  if (__builtin_mul_overflow (a.num / g, b.num / h, &num) || __builtin_mul_overflow (a.den / h, b.den / g, &den))
    return FALSE;
  *out = (ZifuRational){ num, den };
  return TRUE;
}

/**
 * zifu_rational_div:
 * @a: a number
 * @b: what it is divided by
 * @out: (out): the quotient
 *
 * Returns: %FALSE when @b is 0 or the quotient leaves the exact range
 */
gboolean
zifu_rational_div (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  ZifuRational inverse;

  if (b.num == 0 || !zifu_rational_new (b.den, b.num, &inverse))
    return FALSE;
  return zifu_rational_mul (a, inverse, out);
}

/**
 * zifu_rational_cmp:
 * @a: a number
 * @b: another number
 *
 * Compares two numbers, digit by digit of their continued fractions, so that no product can overflow.
 *
 * Returns: below, equal to or above 0, as @a is below, equal to or above @b
 */
int
zifu_rational_cmp (ZifuRational a, ZifuRational b)
{
  int way = 1;

  if (a.den == b.den)
    return (a.num > b.num) - (a.num < b.num);
  if ((a.num < 0) != (b.num < 0))
    return a.num < 0 ? -1 : 1;
  for (;;)
    {
      ZifuInt128 qa = a.num / a.den, qb = b.num / b.den;
      ZifuInt128 ra = a.num % a.den, rb = b.num % b.den;

      /* Division that rounds down, so that both remainders are not negative. */
      if (ra < 0)
        {
          qa--;
          ra += a.den;
        }
      if (rb < 0)
        {
          qb--;
          rb += b.den;
        }
      if (qa != qb)
        return qa < qb ? -way : way;
      if (ra == 0 || rb == 0)
        return ra == rb ? 0 : ra == 0 ? -way : way;
      a = (ZifuRational){ a.den, ra };
      b = (ZifuRational){ b.den, rb };
      way = -way;
    }
}

/**
 * zifu_rational_sign:
 * @a: a number
 *
 * Returns: −1, 0 or 1
 */
int
zifu_rational_sign (ZifuRational a)
{
  return (a.num > 0) - (a.num < 0);
}

/**
 * zifu_rational_equal:
 * @a: a number
 * @b: another number
 *
 * Returns: whether both are the same number
 */
gboolean
zifu_rational_equal (ZifuRational a, ZifuRational b)
{
  return a.num == b.num && a.den == b.den;
}

/**
 * zifu_rational_is_integer:
 * @a: a number
 *
 * Returns: whether @a is whole
 */
gboolean
zifu_rational_is_integer (ZifuRational a)
{
  return a.den == 1;
}

/**
 * zifu_round_parse:
 * @text: UNIT, UNIT_down or UNIT_up, where UNIT is fen, jiao, yuan, ten, hundred or thousand
 * @out: (out): the rounding mode
 *
 * Returns: %FALSE when @text is none of these
 */
gboolean
zifu_round_parse (const char *text, ZifuRound *out)
{
  static const struct
  {
    const char *name;
    gint32 unit;
  } units[] = { { "fen", 1 }, { "jiao", 10 }, { "yuan", 100 }, { "ten", 1000 }, { "hundred", 10000 }, { "thousand", 100000 } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const char *rest;

      if (!g_str_has_prefix (text, units[i].name))
        continue;
      rest = text + strlen (units[i].name);
      out->unit = units[i].unit;
      out->way = g_str_equal (rest, "_down") ? ZIFU_ROUND_DOWN : g_str_equal (rest, "_up") ? ZIFU_ROUND_UP : ZIFU_ROUND_NEAREST;
      if (out->way != ZIFU_ROUND_NEAREST || *rest == '\0')
        return TRUE;
    }
  return FALSE;
}

/**
 * zifu_rational_round:
 * @yuan: an exact amount, in yuan
 * @mode: unit and way
 * @fen: (out): the rounded amount, in fen
 *
 * Rounds once: to the nearest with halves away from zero, towards zero, or to the next higher unit.
 *
 * Returns: %FALSE when the amount does not fit
 */
gboolean
zifu_rational_round (ZifuRational yuan, ZifuRound mode, ZifuMoney *fen)
{
  ZifuRational y, scale;
  ZifuInt128 q, r;
  ZifuInt128 out;

  if (!zifu_rational_new (100, mode.unit, &scale) || !zifu_rational_mul (yuan, scale, &y))
    return FALSE;
  q = y.num / y.den;
  r = y.num % y.den;
  switch (mode.way)
    {
    case ZIFU_ROUND_NEAREST:
      if (r > 0 && r >= y.den - r)
        q++;
      else if (r < 0 && -r >= y.den + r)
        q--;
      break;
    case ZIFU_ROUND_UP:
      if (r > 0)
        q++;
      break;
    case ZIFU_ROUND_DOWN:
    default:
      break;
    }
  if (__builtin_mul_overflow (q, (ZifuInt128) mode.unit, &out) || out > G_MAXINT64 || out < G_MININT64)
    return FALSE;
  *fen = (ZifuMoney) out;
  return TRUE;
}

/**
 * zifu_money_share:
 * @amount: an amount, in fen
 * @ratio: the part that is taken of it
 * @mode: how the part is rounded
 * @out: (out): the part, in fen
 *
 * Returns: %FALSE when the part does not fit
 */
gboolean
zifu_money_share (ZifuMoney amount, ZifuRational ratio, ZifuRound mode, ZifuMoney *out)
{
  ZifuRational part;

  return zifu_rational_mul (zifu_rational_from_fen (amount), ratio, &part) && zifu_rational_round (part, mode, out);
}
