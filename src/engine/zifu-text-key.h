/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define ZIFU_TEXT_KEY_LONG ((guint64) 1 << 63)

/**
 * zifu_text_key:
 * @text: a text
 *
 * A number for a text.  Up to eight bytes it is the text itself, so that equal numbers are equal texts; beyond, or where the eighth byte
 * is not ASCII, it is a hash with its first bit set, and texts with equal numbers are to be compared.
 *
 * Returns: the number
 */
static inline guint64
zifu_text_key (const char *text)
{
  guint64 key = 0, hash = 0xcbf29ce484222325u;
  gsize n = strlen (text);

  if (n < 8 || (n == 8 && (guchar) text[7] < 0x80))
    {
      memcpy (&key, text, n);
      return GUINT64_FROM_LE (key);
    }
  for (gsize i = 0; i < n; i++)
    hash = (hash ^ (guchar) text[i]) * 0x100000001b3u;
  return hash | ZIFU_TEXT_KEY_LONG;
}

/**
 * zifu_text_same:
 * @key: zifu_text_key() of both
 * @a: a text
 * @b: another text
 *
 * Returns: whether they are the same
 */
static inline gboolean
zifu_text_same (guint64 key, const char *a, const char *b)
{
  return (key & ZIFU_TEXT_KEY_LONG) == 0 || strcmp (a, b) == 0;
}

/**
 * zifu_same_name:
 * @a: a text
 * @b: another text, mostly with another beginning
 *
 * Returns: whether they are the same
 */
static inline gboolean
zifu_same_name (const char *a, const char *b)
{
  return a[0] == b[0] && strcmp (a, b) == 0;
}

/**
 * zifu_text_key_mix:
 * @key: zifu_text_key() of a text
 *
 * Returns: a place for it: short texts that are much alike lie far from one another
 */
static inline guint
zifu_text_key_mix (guint64 key)
{
  return (guint) ((key * 0x9e3779b97f4a7c15u) >> 40);
}

G_END_DECLS
