/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "zifu-engine.h"

static void
test_parse (void)
{
  static const char *const bad[] = { "",           "2025-2-01",  "2025-02-29", "1900-02-29", "2025-13-01", "2025-00-10",
                                     "2025-04-31", "0000-01-01", "20250101",   "2025-01-01x", "2025/01/01" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_cmpint (zifu_date_parse (bad[i]), ==, 0);
  g_assert_cmpint (zifu_date_parse (NULL), ==, 0);
  g_assert_cmpint (zifu_date_parse ("0001-01-01"), ==, 1);
  g_assert_cmpint (zifu_date_parse ("2000-02-29"), >, 0);
}

/* Every day of four hundred years and more: taken apart and put together it is the same, and the next one follows. */
static void
test_round_trip (void)
{
  ZifuDate last = zifu_date_parse ("2401-01-01");

  for (ZifuDate d = zifu_date_parse ("1899-12-01"); d < last; d++)
    {
      int y, m, day;
      g_autofree char *text = NULL;

      zifu_date_split (d, &y, &m, &day);
      g_assert_cmpint (zifu_date_new (y, m, day), ==, d);
      if (d % 97 != 0)
        continue;
      text = zifu_date_format (d);
      g_assert_cmpint (zifu_date_parse (text), ==, d);
    }
}

/* The calendar of GLib agrees. */
static void
test_against_glib (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      ZifuDate d = g_test_rand_int_range (1, zifu_date_parse ("9999-12-31"));
      g_autoptr (GDate) date = g_date_new_julian ((guint32) d);
      int y, m, day;

      zifu_date_split (d, &y, &m, &day);
      g_assert_cmpint (y, ==, g_date_get_year (date));
      g_assert_cmpint (m, ==, (int) g_date_get_month (date));
      g_assert_cmpint (day, ==, g_date_get_day (date));
    }
}

static void
test_ages (void)
{
  static const struct
  {
    const char *born, *on;
    int years;
  } rows[] = {
    { "1955-03-10", "2025-03-09", 69 }, { "1955-03-10", "2025-03-10", 70 }, { "2000-02-29", "2001-02-28", 0 },
    { "2000-02-29", "2001-03-01", 1 },  { "2000-02-29", "2004-02-29", 4 },  { "2025-01-01", "2025-01-01", 0 },
    { "2025-12-31", "2026-01-01", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (zifu_date_full_years (zifu_date_parse (rows[i].born), zifu_date_parse (rows[i].on)), ==, rows[i].years);
}

static void
test_add_months (void)
{
  static const struct
  {
    const char *from;
    int months;
    const char *to;
  } rows[] = {
    { "2025-01-31", 1, "2025-02-28" },  { "2024-01-31", 1, "2024-02-29" },  { "2025-01-31", 3, "2025-04-30" },
    { "2025-11-30", 3, "2026-02-28" },  { "2024-02-29", 12, "2025-02-28" }, { "2025-03-31", -1, "2025-02-28" },
    { "2025-12-15", 1, "2026-01-15" },  { "2025-01-15", -1, "2024-12-15" }, { "2025-06-30", 0, "2025-06-30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (zifu_date_add_months (zifu_date_parse (rows[i].from), rows[i].months), ==, zifu_date_parse (rows[i].to));
  g_assert_cmpint (zifu_date_add_months (zifu_date_parse ("9999-12-01"), 1), ==, 0);
  g_assert_cmpint (zifu_date_add_months (zifu_date_parse ("0001-01-01"), -1), ==, 0);
}

static void
test_benefit_year (void)
{
  g_assert_cmpint (zifu_date_benefit_year (zifu_date_parse ("2025-06-30"), 7, 1), ==, 2024);
  g_assert_cmpint (zifu_date_benefit_year (zifu_date_parse ("2025-07-01"), 7, 1), ==, 2025);
  g_assert_cmpint (zifu_date_benefit_year (zifu_date_parse ("2025-12-31"), 1, 1), ==, 2025);
  g_assert_cmpint (zifu_date_benefit_year (zifu_date_parse ("2026-01-01"), 1, 1), ==, 2026);
}

static void
test_months (void)
{
  ZifuMonth month, other;
  g_autofree char *text = NULL;
  int y, m;

  g_assert_true (zifu_month_parse ("2025-12", &month));
  g_assert_true (zifu_month_parse ("2025-12-31", &other));
  g_assert_cmpint (month, ==, other);
  text = zifu_month_format (month + 1);
  g_assert_cmpstr (text, ==, "2026-01");
  zifu_month_split (month + 2, &y, &m);
  g_assert_cmpint (y, ==, 2026);
  g_assert_cmpint (m, ==, 2);
  g_assert_false (zifu_month_parse ("2025-13", &month));
  g_assert_false (zifu_month_parse ("2025", &month));
  g_assert_false (zifu_month_parse ("2025-02-30", &month));
  g_assert_false (zifu_month_parse (NULL, &month));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/parse", test_parse);
  g_test_add_func ("/date/round-trip", test_round_trip);
  g_test_add_func ("/date/against-glib", test_against_glib);
  g_test_add_func ("/date/ages", test_ages);
  g_test_add_func ("/date/add-months", test_add_months);
  g_test_add_func ("/date/benefit-year", test_benefit_year);
  g_test_add_func ("/date/months", test_months);
  return g_test_run ();
}
