/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "zifu-ledger-private.h"

#include <string.h>

/*
 * What a search text may mean: a part of an institution, a note or the name of a relative; an amount; a day, a month or a year.
 *
 * Texts are looked through in txt_d, where each stands once.  What was found is kept until another text is searched or the file changes, so
 * that the next page and the next million rows do not look again.
 */

/* What stands at @p as plain ASCII when it is a full-width letter, digit or sign (U+FF01 to U+FF5E) or the wide blank; 0 when not. */
static char
plain_of (const guchar *p)
{
  if (p[0] == 0xef && p[1] == 0xbc && p[2] >= 0x81 && p[2] <= 0xbf)
    return (char) (p[2] - 0x81 + 0x21);
  if (p[0] == 0xef && p[1] == 0xbd && p[2] >= 0x80 && p[2] <= 0x9e)
    return (char) (p[2] - 0x80 + 0x60);
  return p[0] == 0xe3 && p[1] == 0x80 && p[2] == 0x80 ? ' ' : 0;
}

/* The text with plain letters, digits and signs. */
static void
make_plain (GString *plain, const char *text, gsize length)
{
  g_string_truncate (plain, 0);
  for (gsize i = 0; i < length; i++)
    {
      char c = i + 2 < length ? plain_of ((const guchar *) text + i) : 0;

      g_string_append_c (plain, c != 0 ? c : text[i]);
      i += c != 0 ? 2 : 0;
    }
}

/* What is looked for: plain, in lower case, without blanks around it. */
static char *
make_needle (const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  make_plain (plain, text, strlen (text));
  return g_ascii_strdown (g_strstrip (plain->str), -1);
}

/*
 * _zifu_search_is_blank:
 *
 * Whether nothing is looked for at all.
 */
gboolean
_zifu_search_is_blank (const char *text)
{
  g_autofree char *needle = text != NULL ? make_needle (text) : NULL;

  return needle == NULL || *needle == '\0';
}

static gboolean
contains_plain (const char *text, gsize length, const char *needle, gsize needle_length, gboolean has_letters)
{
  if (!has_letters)
    return memmem (text, length, needle, needle_length) != NULL;

  for (gsize i = 0; i + needle_length <= length; i++)
    if (g_ascii_tolower (text[i]) == needle[0] && g_ascii_strncasecmp (text + i, needle, needle_length) == 0)
      return TRUE;
  return FALSE;
}

/* ASCII letters in both cases and in both widths are the same, so are digits and signs; everything else is compared as it is.  @plain is
 * room to work in. */
static gboolean
contains (const ZifuSearch *search, const char *text, gsize length, GString *plain)
{
  if (memchr (text, 0xef, length) != NULL || memmem (text, length, "\xe3\x80\x80", 3) != NULL)
    {
      make_plain (plain, text, length);
      text = plain->str;
      length = plain->len;
    }
  return contains_plain (text, length, search->needle, strlen (search->needle), search->has_letters);
}

static gboolean
read_digits (const char **text, guint max_digits, int *value)
{
  guint n = 0;

  for (*value = 0; g_ascii_isdigit (**text) && n < max_digits; (*text)++, n++)
    *value = *value * 10 + g_ascii_digit_value (**text);
  return n > 0 && !g_ascii_isdigit (**text);
}

static gboolean
skip (const char **text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (*text, words[i]))
      {
        *text += strlen (words[i]);
        return TRUE;
      }
  return FALSE;
}

static void
add_span (GArray *spans, ZifuDate first, ZifuDate last)
{
  ZifuSpan span = { first, last };

  if (first != 0 && last != 0)
    g_array_append_val (spans, span);
}

/* The days of a month, or one of them (day > 0), in each of @years. */
static void
add_every_year (GArray *spans, const GArray *years, int month, int day)
{
  for (guint i = 0; i < years->len; i++)
    {
      int year = g_array_index (years, int, i);

      if (day == 0)
        add_span (spans, zifu_date_new (year, month, 1), zifu_date_new (year, month, zifu_date_days_in_month (year, month)));
      else if (day <= zifu_date_days_in_month (year, month))
        add_span (spans, zifu_date_new (year, month, day), zifu_date_new (year, month, day));
    }
}

static const char *const year_marks[] = { "-", "/", ".", "年", NULL };
static const char *const month_marks[] = { "-", "/", ".", "月", NULL };
static const char *const month_ends[] = { "月", NULL };
static const char *const day_ends[] = { "日", "号", NULL };
static const char *const dashes[] = { "-", "/", NULL };

/* 2026年, 2026-11, 2026年11月, 2026-11-24, 2026年11月24日. */
static void
parse_with_year (const char *text, int year, GArray *spans)
{
  int month, day;

  if (g_str_equal (text, "年"))
    {
      add_span (spans, zifu_date_new (year, 1, 1), zifu_date_new (year, 12, 31));
      return;
    }
  if (!skip (&text, year_marks) || !read_digits (&text, 2, &month) || month < 1 || month > 12)
    return;
  if (*text == '\0' || g_str_equal (text, "月"))
    {
      add_span (spans, zifu_date_new (year, month, 1), zifu_date_new (year, month, zifu_date_days_in_month (year, month)));
      return;
    }
  if (!skip (&text, month_marks) || !read_digits (&text, 2, &day) || day < 1 || day > zifu_date_days_in_month (year, month))
    return;
  skip (&text, day_ends);
  if (*text == '\0')
    add_span (spans, zifu_date_new (year, month, day), zifu_date_new (year, month, day));
}

/* 11月, 11月24日, 11-24. */
static void
parse_without_year (const char *text, int month, const GArray *years, GArray *spans)
{
  gboolean with_word = skip (&text, month_ends);
  int day = 0;

  if (month < 1 || month > 12 || (!with_word && !skip (&text, dashes)))
    return;
  if (*text != '\0')
    {
      if (!read_digits (&text, 2, &day) || day < 1 || day > 31)
        return;
      skip (&text, day_ends);
    }
  if (*text == '\0' && (with_word || day != 0))
    add_every_year (spans, years, month, day);
}

static void
parse_days (const char *text, const GArray *years, GArray *spans)
{
  const char *rest = text;
  int number;

  if (!read_digits (&rest, 4, &number))
    return;
  if (rest - text == 4 && number >= 1)
    parse_with_year (rest, number, spans);
  else if (rest - text <= 2)
    parse_without_year (rest, number, years, spans);
}

/* Digits before the point: 1058 or 1,058. */
static gboolean
read_yuan (const char **text, ZifuMoney *yuan)
{
  guint n = 0, n_group = 0;
  gboolean grouped = FALSE;

  for (*yuan = 0;; (*text)++)
    {
      if (g_ascii_isdigit (**text) && n < 14)
        {
          *yuan = *yuan * 10 + g_ascii_digit_value (**text);
          n++;
          n_group++;
        }
      else if (**text == ',' && n_group > 0 && (grouped ? n_group == 3 : n_group <= 3))
        {
          grouped = TRUE;
          n_group = 0;
        }
      else
        return n > 0 && !g_ascii_isdigit (**text) && (!grouped || n_group == 3);
    }
}

/* 1058 is every amount from 1,058.00 to 1,058.99, 1058.5 every one from 1,058.50 to 1,058.59. */
static gboolean
parse_amount (const char *text, ZifuMoney *from, ZifuMoney *to)
{
  static const char *const before[] = { "¥", "￥", "+", "-", "−", NULL };
  static const char *const after[] = { "元", NULL };
  ZifuMoney yuan, width = 100;

  while (skip (&text, before))
    continue;
  if (!read_yuan (&text, &yuan))
    return FALSE;
  *from = yuan * 100;
  if (*text == '.')
    for (text++; g_ascii_isdigit (*text) && width > 1; text++)
      {
        width /= 10;
        *from += width * g_ascii_digit_value (*text);
      }
  skip (&text, after);
  *to = *from + width - 1;
  return *text == '\0';
}

static gboolean
find_texts (ZifuLedger *self, ZifuSearch *search, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, "SELECT txt_id, txt FROM txt_d", "");
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      gint64 id;

      if (!row)
        return TRUE;
      if (!contains (search, (const char *) sqlite3_column_text (statement, 1), sqlite3_column_bytes (statement, 1), plain))
        continue;
      id = sqlite3_column_int64 (statement, 0);
      g_array_append_val (search->texts, id);
      search->bits->data[id / 8] |= 1 << (id % 8);
    }
  return FALSE;
}

static gboolean
find_relatives (ZifuLedger *self, ZifuSearch *search, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = _zifu_ledger_prepare (self, error, "SELECT psn_no, psn_name FROM psn_b", "");
  g_autoptr (GString) plain = g_string_new (NULL);
  gboolean row;

  if (statement == NULL)
    return FALSE;

  while (_zifu_ledger_step (self, statement, &row, error))
    {
      gint64 id;

      if (!row)
        return TRUE;
      id = sqlite3_column_int64 (statement, 0);
      if (contains (search, (const char *) sqlite3_column_text (statement, 1), sqlite3_column_bytes (statement, 1), plain))
        g_array_append_val (search->relatives, id);
    }
  return FALSE;
}

/* Only years that have entries: one entry of the last day of the calendar must not make spans of thousands of years. */
static gboolean
find_days (ZifuLedger *self, ZifuSearch *search, const char *text, GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
    _zifu_ledger_prepare (self, error, "SELECT DISTINCT CAST (substr (ym, 1, 4) AS INTEGER) FROM acct_mon_d ORDER BY 1", "");
  g_autoptr (GArray) years = g_array_new (FALSE, FALSE, sizeof (int));
  gboolean row;

  while (statement != NULL && _zifu_ledger_step (self, statement, &row, error))
    {
      int year = row ? sqlite3_column_int (statement, 0) : 0;

      if (row)
        {
          if (year >= 1)
            g_array_append_val (years, year);
          continue;
        }
      parse_days (text, years, search->spans);
      return TRUE;
    }
  return FALSE;
}

/*
 * _zifu_search_free:
 *
 * Frees what was found.
 */
void
_zifu_search_free (ZifuSearch *search)
{
  g_free (search->needle);
  g_array_unref (search->texts);
  g_array_unref (search->relatives);
  g_array_unref (search->spans);
  g_byte_array_unref (search->bits);
  g_free (search);
}

static ZifuSearch *
search_new (const char *needle)
{
  ZifuSearch *search = g_new0 (ZifuSearch, 1);

  search->needle = g_strdup (needle);
  for (const char *p = search->needle; *p != '\0'; p++)
    search->has_letters = search->has_letters || g_ascii_isalpha (*p);
  search->texts = g_array_new (FALSE, FALSE, sizeof (gint64));
  search->relatives = g_array_new (FALSE, FALSE, sizeof (gint64));
  search->spans = g_array_new (FALSE, FALSE, sizeof (ZifuSpan));
  search->bits = g_byte_array_new ();
  return search;
}

/* A byte array grows with whatever lay there; what is new must be nothing. */
static void
clear_bits (GByteArray *bits, gint64 max_id)
{
  g_byte_array_set_size (bits, max_id / 8 + 1);
  memset (bits->data, 0, bits->len);
}

/*
 * _zifu_ledger_search:
 *
 * Looks for @text, unless that was done before and nothing has changed since.  What was found stands in @self->search.
 */
gboolean
_zifu_ledger_search (ZifuLedger *self, const char *text, GError **error)
{
  g_autofree char *needle = make_needle (text);
  gint64 data_version, max_id, changes = sqlite3_total_changes (self->db);
  ZifuSearch *search;

  if (!_zifu_ledger_get_int (self, &data_version, error, "PRAGMA data_version", "") ||
      !_zifu_ledger_get_int (self, &max_id, error, "SELECT MAX (txt_id) FROM txt_d", ""))
    return FALSE;
  if (self->search != NULL && self->search->data_version == data_version && self->search->changes == changes &&
      g_str_equal (self->search->needle, needle))
    return TRUE;

  g_clear_pointer (&self->search, _zifu_search_free);
  search = search_new (needle);
  search->data_version = data_version;
  search->changes = changes;
  clear_bits (search->bits, max_id);
  search->has_amount = parse_amount (needle, &search->amount_from, &search->amount_to);
  if (!find_texts (self, search, error) || !find_relatives (self, search, error) || !find_days (self, search, needle, error))
    {
      _zifu_search_free (search);
      return FALSE;
    }
  self->search = search;
  return TRUE;
}

static gboolean
has_text (const ZifuSearch *search, sqlite3_value *value)
{
  guint64 id = (guint64) sqlite3_value_int64 (value);

  return id / 8 < search->bits->len && (search->bits->data[id / 8] & (1 << (id % 8))) != 0;
}

static gboolean
has_relative (const ZifuSearch *search, gint64 id)
{
  for (guint i = 0; i < search->relatives->len; i++)
    if (g_array_index (search->relatives, gint64, i) == id)
      return TRUE;
  return FALSE;
}

static gboolean
has_day (const ZifuSearch *search, sqlite3_value *value)
{
  const char *text = search->spans->len > 0 ? (const char *) sqlite3_value_text (value) : NULL;
  ZifuDate date = text != NULL ? zifu_date_parse (text) : 0;

  for (guint i = 0; i < search->spans->len; i++)
    {
      const ZifuSpan *span = &g_array_index (search->spans, ZifuSpan, i);

      if (date >= span->first && date <= span->last)
        return TRUE;
    }
  return FALSE;
}

/* zifu_found (fixmedins_id, memo_id, relt_psn_no, amount, acct_modi_date): whether a row is among what was found. */
static void
found (sqlite3_context *context, int n, sqlite3_value **values)
{
  const ZifuSearch *search = ((ZifuLedger *) sqlite3_user_data (context))->search;
  ZifuMoney amount = sqlite3_value_int64 (values[3]);
  gboolean is_found = FALSE;

  if (search != NULL)
    is_found = has_text (search, values[0]) || has_text (search, values[1]) ||
               has_relative (search, sqlite3_value_int64 (values[2])) ||
               (search->has_amount && amount >= search->amount_from && amount <= search->amount_to) || has_day (search, values[4]);
  sqlite3_result_int (context, is_found);
}

/*
 * _zifu_ledger_add_functions:
 *
 * Makes what was found known to SQL.
 */
gboolean
_zifu_ledger_add_functions (ZifuLedger *self, GError **error)
{
  int code = sqlite3_create_function_v2 (self->db, "zifu_found", 5, SQLITE_UTF8 | SQLITE_DIRECTONLY, self, found, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    _zifu_ledger_set_error (self, code, error);
  return code == SQLITE_OK;
}
