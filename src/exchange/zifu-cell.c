/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-cell-private.h"

#include <string.h>

/* Days, months and amounts as they stand in files of others. */

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;
  return TRUE;
}

/*
 * _zifu_cell_plain:
 *
 * Returns: (transfer full): the text with full-width digits and signs as plain ones, without blanks around it and without the quote by
 *   which spreadsheets are told that something is text
 */
char *
_zifu_cell_plain (const char *text)
{
  char *plain = is_ascii (text) ? g_strdup (text) : g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);

  if (plain == NULL)
    return g_strdup ("");
  g_strstrip (plain);
  if (*plain == '\'')
    memmove (plain, plain + 1, strlen (plain));
  return g_strstrip (plain);
}

/* Up to @max digits; how many there were. */
static guint
read_digits (const char **text, guint max, int *value)
{
  guint n = 0;

  for (*value = 0; n < max && g_ascii_isdigit (**text); n++, (*text)++)
    *value = *value * 10 + (**text - '0');
  return n;
}

/* What stands between the parts of a day; 0 when nothing of the kind does. */
static char
read_separator (const char **text)
{
  static const struct {
    const char *sign;
    char        kind;
  } signs[] = { { "-", '-' }, { "/", '/' }, { ".", '.' }, { "年", 'y' }, { "月", 'y' } };
  char kind = 0;

  while (**text == ' ')
    (*text)++;
  for (guint i = 0; i < G_N_ELEMENTS (signs) && kind == 0; i++)
    if (g_str_has_prefix (*text, signs[i].sign))
      {
        *text += strlen (signs[i].sign);
        kind = signs[i].kind;
      }
  while (kind != 0 && **text == ' ')
    (*text)++;
  return kind;
}

/* Passes over one of @words; FALSE when none stands there. */
static gboolean
skip_word (const char **text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (*text, words[i]))
      {
        *text += strlen (words[i]);
        return TRUE;
      }
  return FALSE;
}

/* 星期三, 周三. */
static gboolean
skip_weekday (const char **text)
{
  static const char *const weeks[] = { "星期", "礼拜", "周", NULL };
  static const char *const days[] = { "一", "二", "三", "四", "五", "六", "日", "天", NULL };
  const char *p = *text;

  if (!skip_word (&p, weeks) || !skip_word (&p, days))
    return FALSE;
  *text = p;
  return TRUE;
}

/* Behind the day there may be a day of the week and a time, but no second day. */
static gboolean
is_time (const char *text)
{
  static const char *const parts[] = { "上午", "下午", "中午", "凌晨", "早上", "晚上", "时", "点", "分", "秒", NULL };
  const char *day = text + strspn (text, " ");
  gboolean apart = FALSE;

  if (g_str_has_prefix (day, "日"))
    {
      text = day + strlen ("日");
      apart = TRUE;
    }
  for (; *text != '\0'; apart = TRUE)
    {
      if (skip_weekday (&text) || skip_word (&text, parts))
        continue;
      if (*text != ' ' && *text != 'T' && *text != 't' &&
          (!apart || (!g_ascii_isdigit (*text) && strchr (":.+ZAPMapm", *text) == NULL)))
        return FALSE;
      text++;
    }
  return TRUE;
}

static ZifuCellFault
make_date (int year, int month, int day, ZifuDate *date)
{
  *date = year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? zifu_date_new (year, month, day) : 0;
  return *date != 0 ? ZIFU_CELL_FINE : ZIFU_CELL_NO_SUCH_DAY;
}

/* The year stands last: which of the other two is the day? */
static ZifuCellFault
make_late_date (int first, int second, int year, char separator, ZifuDateOrder order, ZifuDate *date)
{
  if (order == ZIFU_DATE_MDY)
    return make_date (year, first, second, date);
  if (order == ZIFU_DATE_DMY || separator == '.' || first > 12 || first == second)
    return make_date (year, second, first, date);
  if (second > 12)
    return make_date (year, first, second, date);
  return ZIFU_CELL_DAY_OR_MONTH;
}

/* 20261124, and 20261124103000. */
static ZifuCellFault
parse_digits (const char *text, gsize n, ZifuDate *date)
{
  int year, month, day;

  if (n != 8 && n != 12 && n != 14)
    return ZIFU_CELL_NO_DATE;
  read_digits (&text, 4, &year);
  read_digits (&text, 2, &month);
  read_digits (&text, 2, &day);
  return make_date (year, month, day, date);
}

/*
 * _zifu_cell_parse_date:
 * @order: what comes first when the year stands last
 *
 * 2026-11-24, 2026/11/24, 2026.11.24, 20261124, 2026年11月24日, 24.11.2026, 24/11/2026; with or without a day of the week and a time.
 */
ZifuCellFault
_zifu_cell_parse_date (const char *text, ZifuDateOrder order, ZifuDate *date)
{
  g_autofree char *plain = _zifu_cell_plain (text);
  const char *p = plain;
  int first, second, third;
  guint n_first, n_third;
  char separator;
  gsize n_digits = strspn (plain, "0123456789");

  *date = 0;
  if (*plain == '\0')
    return ZIFU_CELL_EMPTY;
  if (n_digits >= 8)
    return is_time (plain + n_digits) ? parse_digits (plain, n_digits, date) : ZIFU_CELL_NO_DATE;

  n_first = read_digits (&p, 4, &first);
  separator = n_first > 0 ? read_separator (&p) : 0;
  if (separator == 0 || read_digits (&p, 2, &second) == 0 || read_separator (&p) != separator)
    return ZIFU_CELL_NO_DATE;
  n_third = read_digits (&p, 4, &third);
  if (n_third == 0 || !is_time (p))
    return ZIFU_CELL_NO_DATE;
  if (n_first == 4 && n_third <= 2)
    return make_date (first, second, third, date);
  if (n_first <= 2 && n_third == 4)
    return make_late_date (first, second, third, separator, order, date);
  return n_first <= 2 && n_third <= 2 ? ZIFU_CELL_SHORT_YEAR : ZIFU_CELL_NO_DATE;
}

/*
 * _zifu_cell_parse_month:
 *
 * 202611, 2026-11, 2026/11, 2026年11月, or a day of it.
 */
ZifuCellFault
_zifu_cell_parse_month (const char *text, ZifuMonth *month)
{
  g_autofree char *plain = _zifu_cell_plain (text);
  const char *p = plain;
  ZifuDate date;
  int year, month_of_year;

  *month = 0;
  if (*plain == '\0')
    return ZIFU_CELL_EMPTY;
  if (_zifu_cell_parse_date (plain, ZIFU_DATE_AUTO, &date) == ZIFU_CELL_FINE)
    {
      *month = zifu_month_of (date);
      return ZIFU_CELL_FINE;
    }
  if (read_digits (&p, 4, &year) != 4)
    return ZIFU_CELL_NO_MONTH;
  read_separator (&p);
  if (read_digits (&p, 2, &month_of_year) == 0 || month_of_year < 1 || month_of_year > 12 || year < 1)
    return ZIFU_CELL_NO_MONTH;
  if (g_str_has_prefix (p, "月"))
    p += strlen ("月");
  if (*p != '\0')
    return ZIFU_CELL_NO_MONTH;
  *month = zifu_month_new (year, month_of_year);
  return ZIFU_CELL_FINE;
}

/* Takes signs and words of the currency away from both ends; @minus counts the signs that mean less. */
static char *
strip_signs (char *text, int *minus)
{
  static const struct {
    const char *sign;
    int         minus;
  } signs[] = {
    { "-", 1 }, { "−", 1 }, { "–", 1 }, { "—", 1 }, { "+", 0 },   { "¥", 0 },  { "人民币", 0 },
    { "元", 0 }, { "圆", 0 }, { "CNY", 0 }, { "RMB", 0 }, { " ", 0 },
  };
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
        {
          gsize length = strlen (signs[i].sign);

          if (g_str_has_prefix (text, signs[i].sign))
            text += length;
          else if (g_str_has_suffix (text, signs[i].sign))
            text[strlen (text) - length] = '\0';
          else
            continue;
          *minus += signs[i].minus;
          again = TRUE;
        }
      if (*text == '(' && g_str_has_suffix (text, ")"))
        {
          text[strlen (text) - 1] = '\0';
          text++;
          *minus += 1;
          again = TRUE;
        }
    }
  return text;
}

/* The whole part: groups of three behind the first, all with the same sign between them. */
static gboolean
read_whole (const char **text, char decimal, ZifuCellFault *fault, ZifuMoney *value)
{
  const char *groups = decimal == ',' ? ". '" : ", '";
  gboolean grouped = FALSE;
  char group = 0;
  guint n = 0;

  for (*value = 0; **text != '\0' && **text != decimal; (*text)++)
    {
      char c = **text;

      if (g_ascii_isdigit (c))
        {
          n++;
          if (__builtin_mul_overflow (*value, 10, value) || __builtin_add_overflow (*value, c - '0', value) || *value > ZIFU_MONEY_MAX)
            {
              *fault = ZIFU_CELL_TOO_LARGE;
              return FALSE;
            }
          continue;
        }
      if (strchr (groups, c) == NULL || (group != 0 && c != group) || n == 0 || n > 3 || (grouped && n != 3))
        return FALSE;
      group = c;
      grouped = TRUE;
      n = 0;
    }
  return n > 0 && (!grouped || n == 3);
}

static ZifuCellFault
parse_body (const char *text, char decimal, ZifuMoney *amount)
{
  ZifuCellFault fault = ZIFU_CELL_NO_AMOUNT;
  guint n = 0;
  gboolean more = FALSE;

  if (!read_whole (&text, decimal, &fault, amount))
    return fault;
  for (text += *text == decimal; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text))
        return ZIFU_CELL_NO_AMOUNT;
      if (n < 2)
        *amount = *amount * 10 + (*text - '0');
      else
        more = more || *text != '0';
      n++;
    }
  for (; n < 2; n++)
    *amount *= 10;
  if (*amount > ZIFU_MONEY_MAX)
    return ZIFU_CELL_TOO_LARGE;
  return more ? ZIFU_CELL_DECIMALS : ZIFU_CELL_FINE;
}

/*
 * _zifu_cell_parse_money:
 * @form: what stands before the fen
 *
 * 1,234.50 or 1.234,50 or 1 234,50; full-width digits; a yuan sign; a minus before or behind, or brackets.  A lone dash is an empty cell.
 */
ZifuCellFault
_zifu_cell_parse_money (const char *text, ZifuNumberForm form, ZifuMoney *amount)
{
  g_autofree char *plain = _zifu_cell_plain (text);
  ZifuCellFault fault;
  int minus = 0;
  char *body;

  *amount = 0;
  if (*plain == '\0')
    return ZIFU_CELL_EMPTY;
  body = strip_signs (plain, &minus);
  if (*body == '\0')
    return minus > 0 ? ZIFU_CELL_EMPTY : ZIFU_CELL_NO_AMOUNT;
  if (minus > 1)
    return ZIFU_CELL_NO_AMOUNT;

  fault = parse_body (body, form == ZIFU_NUMBER_COMMA ? ',' : '.', amount);
  if (fault != ZIFU_CELL_FINE)
    *amount = 0;
  else if (minus == 1)
    *amount = -*amount;
  return fault;
}
