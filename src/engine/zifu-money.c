/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-private.h"

/**
 * zifu_money_add:
 * @a: an amount, in fen
 * @b: another amount, in fen
 * @sum: (out): their sum, in fen
 *
 * Adds two amounts without wrapping.
 *
 * Returns: %FALSE when the sum does not fit; @sum is then left alone
 */
gboolean
zifu_money_add (ZifuMoney a, ZifuMoney b, ZifuMoney *sum)
{
  ZifuMoney out;

  g_return_val_if_fail (sum != NULL, FALSE);

  if (__builtin_add_overflow (a, b, &out))
    return FALSE;
  *sum = out;
  return TRUE;
}

/**
 * zifu_money_print:
 * @amount: an amount, in fen
 * @text: (out caller-allocates): room for %ZIFU_MONEY_LENGTH bytes
 *
 * Writes an amount in yuan with two decimals.
 *
 * Returns: the length of the text, which ends with a zero byte that is not counted
 */
gsize
zifu_money_print (ZifuMoney amount, char *text)
{
  guint64 size = amount < 0 ? -(guint64) amount : (guint64) amount;
  char digits[ZIFU_MONEY_LENGTH];
  gsize n = 0, length = 0;

  /* Backwards: two decimals, the point, at least one digit before it. */
  for (guint i = 0; i < 3 || size != 0; i++)
    {
      digits[n++] = (char) ('0' + size % 10);
      size /= 10;
      if (i == 1)
        digits[n++] = '.';
    }
  if (amount < 0)
    text[length++] = '-';
  while (n > 0)
    text[length++] = digits[--n];
  text[length] = '\0';
  return length;
}

/**
 * zifu_money_format:
 * @amount: an amount, in fen
 * @flags: how to write it
 *
 * Writes an amount in yuan with two decimals.  The form does not depend on the language.
 *
 * Returns: (transfer full): such as "1300.00" or "1,300.00"
 */
char *
zifu_money_format (ZifuMoney amount, ZifuMoneyFlags flags)
{
  char text[ZIFU_MONEY_LENGTH];
  gsize n = zifu_money_print (amount, text), whole = n - 3, sign = amount < 0;
  GString *out;

  if ((flags & ZIFU_MONEY_GROUPED) == 0)
    return g_strndup (text, n);
  out = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    {
      if (i > sign && i < whole && (whole - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}

/* Full-width forms that a Chinese input method leaves behind, and the characters that they stand for. */
static gunichar
to_ascii (gunichar c)
{
  if (c >= 0xFF10 && c <= 0xFF19)
    return '0' + (c - 0xFF10);
  if (c == 0xFF0C)
    return ',';
  if (c == 0xFF0E)
    return '.';
  if (c == 0xFFE5)
    return 0x00A5;
  if (c == 0x3000 || c == 0x00A0)
    return ' ';
  return c;
}

/* Copies @text as ASCII without surrounding blanks, yuan sign and the word for yuan. */
static char *
simplify (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = to_ascii (g_utf8_get_char (p));

      g_string_append_unichar (out, c);
    }
  g_strstrip (out->str);
  out->len = strlen (out->str);
  if (g_str_has_prefix (out->str, "¥"))
    g_string_erase (out, 0, strlen ("¥"));
  if (g_str_has_suffix (out->str, "元"))
    g_string_truncate (out, out->len - strlen ("元"));
  return g_strdup (g_strstrip (out->str));
}

/* Whether the commas of a whole part stand before every third digit, as people write them. */
static gboolean
grouping_is_sound (const char *whole, gsize n)
{
  gsize since = 0, groups = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (whole[i] != ',')
        {
          since++;
          continue;
        }
      if (since == 0 || (groups == 0 ? since > 3 : since != 3))
        return FALSE;
      groups++;
      since = 0;
    }
  return groups == 0 || since == 3;
}

static gboolean
refuse (GError **error, const char *template_, const char *text)
{
  zifu_error_set (error, ZIFU_ERROR_INPUT, NULL, template_, text, NULL, NULL);
  return FALSE;
}

/**
 * zifu_money_parse:
 * @text: what a person typed
 * @amount: (out): the amount, in fen
 * @error: return location: %ZIFU_ERROR with code %ZIFU_ERROR_INPUT
 *
 * Reads an amount as people write it: "1234.5", "1,234.50", full-width digits, a yuan sign.  More than two decimals,
 * exponents and signs are refused, as are amounts above %ZIFU_MONEY_MAX: a bill holds nothing of the kind.
 *
 * Returns: %FALSE when @text is no such amount
 */
gboolean
zifu_money_parse (const char *text, ZifuMoney *amount, GError **error)
{
  g_autofree char *plain = NULL;
  const char *point, *p;
  gsize n_whole;
  ZifuMoney out = 0;
  int decimals = 0;

  g_return_val_if_fail (text != NULL && amount != NULL, FALSE);

  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, N_ ("not a text that can be read"), NULL);
  plain = simplify (text);
  if (*plain == '\0')
    return refuse (error, N_ ("no amount"), NULL);
  if (*plain == '-' || *plain == '+' || g_str_has_prefix (plain, "−"))
    return refuse (error, N_ ("an amount has no sign here: “{1}”"), text);
  point = strchr (plain, '.');
  n_whole = point != NULL ? (gsize) (point - plain) : strlen (plain);
  if (n_whole == 0 || !grouping_is_sound (plain, n_whole))
    return refuse (error, N_ ("not an amount: “{1}”"), text);
  for (p = plain; *p != '\0'; p++)
    {
      if (p == point || (*p == ',' && (point == NULL || p < point)))
        continue;
      if (!g_ascii_isdigit (*p))
        return refuse (error, N_ ("not an amount: “{1}”"), text);
      if (point != NULL && p > point && ++decimals > 2)
        return refuse (error, N_ ("more than two decimals: “{1}”"), text);
      if (__builtin_mul_overflow (out, 10, &out) || __builtin_add_overflow (out, *p - '0', &out))
        return refuse (error, N_ ("too large an amount: “{1}”"), text);
    }
  for (; decimals < 2; decimals++)
    if (__builtin_mul_overflow (out, 10, &out))
      return refuse (error, N_ ("too large an amount: “{1}”"), text);
  if (out > ZIFU_MONEY_MAX)
    return refuse (error, N_ ("too large an amount: “{1}”"), text);
  *amount = out;
  return TRUE;
}
