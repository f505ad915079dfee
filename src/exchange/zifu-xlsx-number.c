/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-table-private.h"

#include "zifu-date.h"

#include <string.h>

/*
 * A workbook holds amounts as the shortest digits of a binary fraction, such as 1058.0999999999999.  Spreadsheets show 15 digits, so
 * the digits are rounded to 15 here, as digits: no binary fraction is made of them.
 */

#define SHOWN_DIGITS 15
#define MAX_DIGITS 40
#define MAX_SCALE 60

typedef struct {
  gboolean negative;
  char     digits[MAX_DIGITS + 2]; /* without leading zeros; "" = 0 */
  int      scale;                  /* digits behind the point */
} Decimal;

/* 12.5, -0.5, 1.2E-3; nothing else. */
static gboolean
parse_decimal (const char *text, Decimal *out)
{
  gboolean point = FALSE, any = FALSE;
  gint64 exponent = 0;
  guint n = 0;

  *out = (Decimal){ .negative = *text == '-' };
  text += *text == '-' || *text == '+';
  for (; g_ascii_isdigit (*text) || (*text == '.' && !point); text++)
    {
      if (*text == '.')
        {
          point = TRUE;
          continue;
        }
      any = TRUE;
      if (n == MAX_DIGITS)
        return FALSE;
      if (n > 0 || *text != '0')
        out->digits[n++] = *text;
      out->scale += point;
    }
  if (any && (*text == 'e' || *text == 'E'))
    {
      char *end;

      exponent = g_ascii_strtoll (text + 1, &end, 10);
      any = end != text + 1;
      text = end;
    }
  if (!any || *text != '\0' || exponent > MAX_SCALE || exponent < -MAX_SCALE || out->scale > MAX_SCALE)
    return FALSE;
  out->scale -= exponent;
  return TRUE;
}

/* To as many digits as a spreadsheet shows, half up. */
static void
round_digits (Decimal *d)
{
  gsize n = strlen (d->digits);

  if (n > SHOWN_DIGITS)
    {
      gboolean carry = d->digits[SHOWN_DIGITS] >= '5';

      d->scale -= n - SHOWN_DIGITS;
      d->digits[SHOWN_DIGITS] = '\0';
      for (int i = SHOWN_DIGITS - 1; i >= 0 && carry; i--)
        {
          carry = d->digits[i] == '9';
          d->digits[i] = carry ? '0' : d->digits[i] + 1;
        }
      if (carry)
        {
          memmove (d->digits + 1, d->digits, SHOWN_DIGITS + 1);
          d->digits[0] = '1';
        }
    }
  for (n = strlen (d->digits); n > 0 && d->digits[n - 1] == '0'; n--, d->scale--)
    d->digits[n - 1] = '\0';
}

static char *
print_decimal (const Decimal *d)
{
  GString *text = g_string_new (d->digits);

  if (text->len == 0)
    g_string_assign (text, "0");
  else if (d->scale < 0)
    for (int i = 0; i > d->scale; i--)
      g_string_append_c (text, '0');
  else if (d->scale > 0)
    {
      while (text->len <= (gsize) d->scale)
        g_string_prepend_c (text, '0');
      g_string_insert_c (text, text->len - d->scale, '.');
    }
  if (d->negative && d->digits[0] != '\0')
    g_string_prepend_c (text, '-');
  return g_string_free (text, FALSE);
}

/*
 * _zifu_xlsx_number_text:
 * @value: a number as it stands in the file
 *
 * Returns: (transfer full): the number as a spreadsheet would show all of it; @value as it is when it is no number
 */
char *
_zifu_xlsx_number_text (const char *value)
{
  Decimal d;

  if (!parse_decimal (value, &d))
    return g_strdup (value);
  round_digits (&d);
  return print_decimal (&d);
}

/* The fraction of a day as hh:mm:ss, NULL for none. */
static char *
time_text (const char *fraction)
{
  gint64 parts = 0, scale = 1, seconds;

  for (guint i = 0; i < 12 && fraction[i] != '\0'; i++)
    {
      parts = parts * 10 + (fraction[i] - '0');
      scale *= 10;
    }
  seconds = (parts * 86400 + scale / 2) / scale;
  return seconds == 0 || seconds >= 86400 ? NULL
                                          : g_strdup_printf (" %02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                                                             (int) (seconds % 60));
}

/*
 * _zifu_xlsx_date_text:
 * @value: a day as a workbook counts it: 1 = 1 January 1900, or 0 = 1 January 1904
 *
 * Returns: (transfer full): yyyy-MM-dd, with the time when there is one; the number when it is no day
 */
char *
_zifu_xlsx_date_text (const char *value, gboolean from_1904)
{
  g_autofree char *plain = _zifu_xlsx_number_text (value);
  g_autofree char *day = NULL, *time = NULL;
  const char *point = strchr (plain, '.');
  gint64 serial = g_ascii_strtoll (plain, NULL, 10);
  ZifuDate base = from_1904 ? zifu_date_new (1904, 1, 1) : zifu_date_new (1899, 12, 30);

  /* Below 61 stand the days before March 1900, which workbooks count wrongly, and times without a day. */
  if (!g_ascii_isdigit (*plain) || serial < 61 || serial > 2958465)
    return g_steal_pointer (&plain);
  day = zifu_date_format (base + (ZifuDate) serial);
  time = point != NULL ? time_text (point + 1) : NULL;
  return g_strconcat (day, time, NULL);
}

/*
 * _zifu_xlsx_is_date_format:
 * @id: number of a format; below 164 its meaning is fixed
 * @code: (nullable): the format, such as yyyy"年"m"月"
 */
gboolean
_zifu_xlsx_is_date_format (guint id, const char *code)
{
  gboolean quoted = FALSE;

  if (code == NULL)
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (*p == '\\' || *p == '_' || *p == '*')
        p += p[1] != '\0';
      else if (*p == '[' && !quoted)
        {
          /* A colour, a currency or a language; hours above 24 are no day either. */
          while (p[1] != '\0' && *p != ']')
            p++;
        }
      else if (!quoted && strchr ("yYmMdD", *p) != NULL)
        return g_ascii_strcasecmp (code, "General") != 0;
    }
  return FALSE;
}
