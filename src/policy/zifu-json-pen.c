/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-json-pen.h"

#include <string.h>

/* Whether one of eight bytes is below 0x20, a quotation mark or a backslash; bytes from 0x80 on are not. */
static inline gboolean
has_special (guint64 bytes)
{
  const guint64 ones = 0x0101010101010101u, tops = ones << 7;
  guint64 quotes = bytes ^ (ones * '"'), slashes = bytes ^ (ones * '\\');

  return (((bytes - ones * 0x20) | (quotes - ones) | (slashes - ones)) & ~bytes & tops) != 0;
}

static inline guint64
get_eight (const char *text)
{
  guint64 bytes;

  memcpy (&bytes, text, sizeof bytes);
  return bytes;
}

/* How many of the bytes from @text on stand for themselves.  Most texts do: eight bytes at a time, the last eight of them perhaps twice. */
static gsize
plain_length (const char *text)
{
  gsize length = strlen (text), n = 0;

  while (n + 8 <= length && !has_special (get_eight (text + n)))
    n += 8;
  if (length >= 8 && n + 8 > length && !has_special (get_eight (text + length - 8)))
    return length;
  while ((guchar) text[n] >= 0x20 && text[n] != '"' && text[n] != '\\')
    n++;
  return n;
}

/* Room for @n bytes at the end, to be filled; what is not used of it is given back with put_end(). */
static char *
put_room (GString *into, gsize n)
{
  gsize len = into->len;

  if (G_UNLIKELY (into->allocated_len - len <= n))
    {
      g_string_set_size (into, len + n);
      into->len = len;
    }
  return into->str + len;
}

static void
put_end (GString *into, char *end)
{
  *end = '\0';
  into->len = (gsize) (end - into->str);
}

static char *
put (char *at, const char *bytes, gsize n)
{
  memcpy (at, bytes, n);
  return at + n;
}

static void
append_escaped (GString *into, char c)
{
  static const char letters[] = "\"\\ntr", values[] = "\"\\\n\t\r";
  const char *found = strchr (values, c);

  if (found != NULL)
    {
      g_string_append_c (into, '\\');
      g_string_append_c (into, letters[found - values]);
    }
  else
    g_string_append_printf (into, "\\u%04x", (guint) c);
}

/**
 * zifu_json_append_text:
 * @into: where it goes
 * @text: a text
 *
 * Writes a text in quotation marks.  It stays UTF-8.
 */
void
zifu_json_append_text (GString *into, const char *text)
{
  gsize n = plain_length (text);
  char *at = put_room (into, n + 2);

  *at++ = '"';
  at = put (at, text, n);
  if (G_LIKELY (text[n] == '\0'))
    {
      *at++ = '"';
      put_end (into, at);
      return;
    }
  put_end (into, at);
  for (const char *p = text + n; *p != '\0'; p += n)
    {
      append_escaped (into, *p++);
      n = plain_length (p);
      g_string_append_len (into, p, (gssize) n);
    }
  g_string_append_c (into, '"');
}

static void
begin (ZifuJsonPen *pen, const char *name)
{
  gsize n = name != NULL ? plain_length (name) : 0;
  char *at = put_room (pen->into, n + 6);

  if (pen->follows)
    at = put (at, ", ", 2);
  pen->follows = TRUE;
  if (name != NULL && G_LIKELY (name[n] == '\0'))
    {
      *at++ = '"';
      at = put (at, name, n);
      at = put (at, "\": ", 3);
    }
  put_end (pen->into, at);
  if (name == NULL || name[n] == '\0')
    return;
  zifu_json_append_text (pen->into, name);
  g_string_append_len (pen->into, ": ", 2);
}

/**
 * zifu_json_pen_open:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @bracket: '{' or '['
 *
 * Begins an object or a list.
 */
void
zifu_json_pen_open (ZifuJsonPen *pen, const char *name, char bracket)
{
  begin (pen, name);
  g_string_append_c (pen->into, bracket);
  pen->follows = FALSE;
}

/**
 * zifu_json_pen_close:
 * @pen: a pen
 * @bracket: '}' or ']'
 *
 * Ends an object or a list.
 */
void
zifu_json_pen_close (ZifuJsonPen *pen, char bracket)
{
  g_string_append_c (pen->into, bracket);
  pen->follows = TRUE;
}

/**
 * zifu_json_pen_text:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @text: a text
 *
 * Writes a text.
 */
void
zifu_json_pen_text (ZifuJsonPen *pen, const char *name, const char *text)
{
  begin (pen, name);
  zifu_json_append_text (pen->into, text);
}

/**
 * zifu_json_pen_money:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @amount: an amount in fen
 *
 * Writes an amount as text with two decimals.
 */
void
zifu_json_pen_money (ZifuJsonPen *pen, const char *name, ZifuMoney amount)
{
  char *at;

  begin (pen, name);
  at = put_room (pen->into, ZIFU_MONEY_LENGTH + 2);
  *at++ = '"';
  at += zifu_money_print (amount, at);
  *at++ = '"';
  put_end (pen->into, at);
}

/**
 * zifu_json_pen_yuan:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @value: a number of yuan, or a count
 *
 * Writes it as text with two decimals, half up.
 */
void
zifu_json_pen_yuan (ZifuJsonPen *pen, const char *name, ZifuRational value)
{
  ZifuMoney fen;

  /* What a person states of a counter may be beyond any amount of money: then it is shown exactly. */
  if (zifu_rational_round (value, ZIFU_ROUND_FEN, &fen))
    zifu_json_pen_money (pen, name, fen);
  else
    zifu_json_pen_number (pen, name, value);
}

/**
 * zifu_json_pen_number:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @value: an exact number
 *
 * Writes a number as text, as a fraction unless it is whole.
 */
void
zifu_json_pen_number (ZifuJsonPen *pen, const char *name, ZifuRational value)
{
  g_autofree char *text = zifu_rational_format (value);

  zifu_json_pen_text (pen, name, text);
}

/**
 * zifu_json_pen_int:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @number: a number
 *
 * Writes a whole number.
 */
void
zifu_json_pen_int (ZifuJsonPen *pen, const char *name, gint64 number)
{
  begin (pen, name);
  g_string_append_printf (pen->into, "%" G_GINT64_FORMAT, number);
}

/**
 * zifu_json_pen_boolean:
 * @pen: a pen
 * @name: (nullable): name of the member
 * @truth: true or false
 *
 * Writes a truth value.
 */
void
zifu_json_pen_boolean (ZifuJsonPen *pen, const char *name, gboolean truth)
{
  begin (pen, name);
  g_string_append (pen->into, truth ? "true" : "false");
}

/**
 * zifu_json_pen_null:
 * @pen: a pen
 * @name: (nullable): name of the member
 *
 * Writes that there is nothing.
 */
void
zifu_json_pen_null (ZifuJsonPen *pen, const char *name)
{
  begin (pen, name);
  g_string_append (pen->into, "null");
}
