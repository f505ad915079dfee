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
  return (ZifuRational){ fen, 100 };
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

  value = zifu_rational_reduce (value);
  append_integer (out, magnitude (value.num));
  if (value.den != 1)
    {
      g_string_append_c (out, '/');
      append_integer (out, (ZifuUint128) value.den);
    }
  return g_string_free (out, FALSE);
}

/* Whether both halves fit 64 bits: then no product of two such numbers leaves 128. */
static inline gboolean
is_small (ZifuRational a)
{
  return a.num == (gint64) a.num && a.den == (gint64) a.den;
}

/* A result that fits 64 bits is left as it is: a common factor costs nothing there, finding it costs more than the sum. */
static inline void
keep (ZifuInt128 num, ZifuInt128 den, ZifuRational *out)
{
  *out = (ZifuRational){ num, den };
  if (G_UNLIKELY (!is_small (*out)))
    *out = zifu_rational_reduce (*out);
}

/**
 * zifu_rational_reduce:
 * @a: a number
 *
 * Returns: the same number with the smallest numerator and denominator
 */
ZifuRational
zifu_rational_reduce (ZifuRational a)
{
  ZifuInt128 g = (ZifuInt128) gcd (magnitude (a.num), (ZifuUint128) a.den);

  return g > 1 ? (ZifuRational){ a.num / g, a.den / g } : a;
}

static gboolean
add_large (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  ZifuInt128 g, x, y, num, den, h;

  a = zifu_rational_reduce (a);
  b = zifu_rational_reduce (b);
  g = (ZifuInt128) gcd ((ZifuUint128) a.den, (ZifuUint128) b.den);
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
  if (G_UNLIKELY (!is_small (a) || !is_small (b)))
    return add_large (a, b, out);
  if (a.den == b.den)
    keep (a.num + b.num, a.den, out);
  else if (a.num == 0)
    *out = b;
  else if (b.num == 0)
    *out = a;
  else if ((gint64) a.den % (gint64) b.den == 0)
    keep (a.num + b.num * ((gint64) a.den / (gint64) b.den), a.den, out);
  else if ((gint64) b.den % (gint64) a.den == 0)
    keep (a.num * ((gint64) b.den / (gint64) a.den) + b.num, b.den, out);
  else
    keep (a.num * b.den + b.num * a.den, a.den * b.den, out);
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

static gboolean
mul_large (ZifuRational a, ZifuRational b, ZifuRational *out)
{
  ZifuInt128 g, h, num, den;

  a = zifu_rational_reduce (a);
  b = zifu_rational_reduce (b);
  g = (ZifuInt128) gcd (magnitude (a.num), (ZifuUint128) b.den);
  h = (ZifuInt128) gcd (magnitude (b.num), (ZifuUint128) a.den);
  if (__builtin_mul_overflow (a.num / g, b.num / h, &num) || __builtin_mul_overflow (a.den / h, b.den / g, &den))
    return FALSE;
  *out = (ZifuRational){ num, den };
  return TRUE;
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
  if (a.num == 0 || b.num == 0)
    *out = ZIFU_RATIONAL_ZERO;
  else if (G_LIKELY (is_small (a) && is_small (b)))
    keep (a.num * b.num, a.den * b.den, out);
  else
    return mul_large (a, b, out);
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
  if (b.num == 0)
    return FALSE;
  if (b.num < 0 && (__builtin_sub_overflow ((ZifuInt128) 0, b.num, &b.num) || __builtin_sub_overflow ((ZifuInt128) 0, a.num, &a.num)))
    return FALSE;
  return zifu_rational_mul (a, (ZifuRational){ b.den, b.num }, out);
}

/* Digit by digit of their continued fractions, so that no product can overflow. */
static int
cmp_large (ZifuRational a, ZifuRational b)
{
  int way = 1;

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
 * zifu_rational_cmp:
 * @a: a number
 * @b: another number
 *
 * Compares two numbers exactly.
 *
 * Returns: below, equal to or above 0, as @a is below, equal to or above @b
 */
int
zifu_rational_cmp (ZifuRational a, ZifuRational b)
{
  ZifuInt128 x, y;

  if (a.den == b.den)
    return (a.num > b.num) - (a.num < b.num);
  if ((a.num < 0) != (b.num < 0))
    return a.num < 0 ? -1 : 1;
  if (G_UNLIKELY (!is_small (a) || !is_small (b)))
    return cmp_large (a, b);
  x = a.num * b.den;
  y = b.num * a.den;
  return (x > y) - (x < y);
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
  return zifu_rational_cmp (a, b) == 0;
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
  return a.num % a.den == 0;
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

/* An amount in units of @unit fen: whole units @q, and @r of @den parts of one more. */
static gboolean
to_units (ZifuRational yuan, gint32 unit, ZifuInt128 *q, ZifuInt128 *r, ZifuInt128 *den)
{
  ZifuRational y, scale;

  if (G_LIKELY (unit == 1 && is_small (yuan) && (gint64) yuan.den % 100 == 0))
    {
      gint64 per_fen = (gint64) yuan.den / 100;

      *q = (gint64) yuan.num / per_fen;
      *r = (gint64) yuan.num % per_fen;
      *den = per_fen;
      return TRUE;
    }
  if (G_LIKELY (is_small (yuan)))
    y = (ZifuRational){ yuan.num * 100, yuan.den * unit };
  else if (!zifu_rational_new (100, unit, &scale) || !zifu_rational_mul (yuan, scale, &y))
    return FALSE;
  if (G_LIKELY (is_small (y)))
    {
      *q = (gint64) y.num / (gint64) y.den;
      *r = (gint64) y.num % (gint64) y.den;
    }
  else
    {
      *q = y.num / y.den;
      *r = y.num % y.den;
    }
  *den = y.den;
  return TRUE;
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
  ZifuInt128 q, r, den, out;

  if (!to_units (yuan, mode.unit, &q, &r, &den))
    return FALSE;
  switch (mode.way)
    {
    case ZIFU_ROUND_NEAREST:
      if (r > 0 && r >= den - r)
        q++;
      else if (r < 0 && -r >= den + r)
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
