/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Files with a few bytes changed, what the tests by chance share. */

#include <glib.h>
#include <stdlib.h>

/* With sanitizers everything takes many times as long. */
#ifdef __SANITIZE_ADDRESS__
#define FUZZ_DIVISOR 10
#else
#define FUZZ_DIVISOR 1
#endif

/* How many rounds: what ZIFU_FUZZ_COUNT says, or @usual. */
static inline guint
fuzz_count (guint usual)
{
  const char *wanted = g_getenv ("ZIFU_FUZZ_COUNT");

  return wanted != NULL ? (guint) atoi (wanted) : usual / FUZZ_DIVISOR;
}

/* Bytes that mean something to one of the readers, more often than by chance. */
static inline char
pick_byte (GRand *random)
{
  static const char special[] = "\"',;\t|\r\n\0\xff\xfe\xef{}[]:<>&0123456789.-=+eE()日";

  return g_rand_boolean (random) ? special[g_rand_int_range (random, 0, sizeof special)] : (char) g_rand_int_range (random, 0, 256);
}

static inline void
mutate_times (GString *bytes, GRand *random, guint n)
{
  for (guint i = 0; i < n && bytes->len > 0; i++)
    {
      gsize at = g_rand_int_range (random, 0, (gint32) bytes->len), length = g_rand_int_range (random, 1, 12);

      switch (g_rand_int_range (random, 0, 5))
        {
        case 0:
          bytes->str[at] = pick_byte (random);
          break;
        case 1:
          g_string_insert_c (bytes, at, pick_byte (random));
          break;
        case 2:
          g_string_erase (bytes, at, MIN (length, bytes->len - at));
          break;
        case 3:
          g_string_truncate (bytes, at);
          break;
        default:
          {
            g_autofree char *piece = g_memdup2 (bytes->str + at, MIN (length, bytes->len - at));

            g_string_insert_len (bytes, g_rand_int_range (random, 0, (gint32) bytes->len + 1), piece, MIN (length, bytes->len - at));
          }
        }
    }
}

static inline void
mutate (GString *bytes, GRand *random)
{
  mutate_times (bytes, random, (guint) g_rand_int_range (random, 1, 6));
}
