/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-retry.h"

/* 2026-11-26 16:00:00 UTC */
#define NOW G_GINT64_CONSTANT (1795708800)

static void
test_seconds (void)
{
  g_assert_cmpint (zifu_retry_parse_after (NULL, NOW), ==, -1);
  g_assert_cmpint (zifu_retry_parse_after ("", NOW), ==, -1);
  g_assert_cmpint (zifu_retry_parse_after ("0", NOW), ==, 0);
  g_assert_cmpint (zifu_retry_parse_after ("120", NOW), ==, 120);
  g_assert_cmpint (zifu_retry_parse_after (" 7 ", NOW), ==, 7);
  g_assert_cmpint (zifu_retry_parse_after ("3600", NOW), ==, 3600);
  g_assert_cmpint (zifu_retry_parse_after ("3601", NOW), ==, 3600);
  g_assert_cmpint (zifu_retry_parse_after ("99999999999999999999999999", NOW), ==, 3600);
  g_assert_cmpint (zifu_retry_parse_after ("-1", NOW), ==, -1);
  g_assert_cmpint (zifu_retry_parse_after ("1.5", NOW), ==, -1);
  g_assert_cmpint (zifu_retry_parse_after ("soon", NOW), ==, -1);
  g_assert_cmpint (zifu_retry_parse_after ("12 parsecs", NOW), ==, -1);
}

static void
test_dates (void)
{
  g_assert_cmpint (zifu_retry_parse_after ("Thu, 26 Nov 2026 16:00:30 GMT", NOW), ==, 30);
  g_assert_cmpint (zifu_retry_parse_after ("Thursday, 26-Nov-26 16:01:00 GMT", NOW), ==, 60);
  g_assert_cmpint (zifu_retry_parse_after ("Thu Nov 26 16:02:00 2026", NOW), ==, 120);
  g_assert_cmpint (zifu_retry_parse_after ("Thu, 26 Nov 2026 15:59:00 GMT", NOW), ==, 0);
  g_assert_cmpint (zifu_retry_parse_after ("Fri, 27 Nov 2026 16:00:00 GMT", NOW), ==, 3600);
  g_assert_cmpint (zifu_retry_parse_after ("Thu, 31 Feb 2026 99:00:00 GMT", NOW), ==, -1);
}

static void
test_waits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 least[ZIFU_RETRY_MAX_TRIES], most[ZIFU_RETRY_MAX_TRIES], wait;

  for (guint n = 0; n < ZIFU_RETRY_MAX_TRIES; n++)
    {
      gint64 base = 1000 << n;

      least[n] = G_MAXINT64;
      most[n] = 0;
      for (guint i = 0; i < 2000; i++)
        {
          g_assert_true (zifu_retry_get_wait (n, -1, random, &wait));
          g_assert_cmpint (wait, >=, base / 2);
          g_assert_cmpint (wait, <=, base * 3 / 2);
          least[n] = MIN (least[n], wait);
          most[n] = MAX (most[n], wait);
        }
      /* Spread over all of it, not gathered at one place. */
      g_assert_cmpint (least[n], <, base * 6 / 10);
      g_assert_cmpint (most[n], >, base * 14 / 10);
    }
  g_assert_false (zifu_retry_get_wait (ZIFU_RETRY_MAX_TRIES, -1, random, &wait));
  g_assert_false (zifu_retry_get_wait (G_MAXUINT, 1, random, &wait));
}

static void
test_wish (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 wait;

  g_assert_true (zifu_retry_get_wait (0, 4, random, &wait));
  g_assert_cmpint (wait, ==, 4000);
  g_assert_true (zifu_retry_get_wait (4, 4, random, &wait));
  g_assert_cmpint (wait, ==, 4000);
  g_assert_true (zifu_retry_get_wait (0, 86400, random, &wait));
  g_assert_cmpint (wait, ==, 3600 * 1000);
  /* "Now" is no reason to ask without a pause. */
  g_assert_true (zifu_retry_get_wait (0, 0, random, &wait));
  g_assert_cmpint (wait, >=, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/R40-seconds", test_seconds);
  g_test_add_func ("/retry/R40-dates", test_dates);
  g_test_add_func ("/retry/R40-waits", test_waits);
  g_test_add_func ("/retry/R40-wish-of-the-server", test_wish);
  return g_test_run ();
}
