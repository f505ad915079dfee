/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "builder.h"

#include "zifu-pack-library.h"

/* Ranges in the regions whose rules we have: whatever the truth turns out to be, it lies inside. */

/* Payers are rounded one by one: a fen for each. */
#define ROUNDING 3

/* Some answer to a question: one of those given, or anything between the least and the greatest. */
static void
answer (const ZifuOpen *open, GRand *rand, ZifuVisit *bill, ZifuPerson *who)
{
  guint n = open->answers->len;
  const ZifuValue *one = g_ptr_array_index (open->answers, (guint) g_rand_int_range (rand, 0, (gint) n));
  ZifuMoney low = G_MAXINT64, high = 0, fen = 0;

  if (open->kind == ZIFU_OPEN_AXIS)
    {
      zifu_facts_take (bill->facts, open->name, zifu_value_copy (one));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      const ZifuValue *other = g_ptr_array_index (open->answers, i);

      g_assert_true (zifu_rational_round (other->number, ZIFU_ROUND_FEN, &fen));
      low = MIN (low, fen);
      high = MAX (high, fen);
    }
  g_assert_true (zifu_rational_round (one->number, ZIFU_ROUND_FEN, &fen));
  if (!g_str_equal (open->name != NULL ? open->name : "", "stays") && g_rand_boolean (rand))
    fen = low + (ZifuMoney) (g_rand_double (rand) * (double) (high - low));
  if (open->kind == ZIFU_OPEN_SPLIT)
    zifu_visit_set_parts (bill, fen, bill->over_limit, bill->prior);
  else
    zifu_person_add_counter (who, open->name, zifu_rational_from_fen (fen), 0);
}

static void
draw_region (GRand *rand, ZifuPerson **person, ZifuVisit **visit)
{
  static const char *const statuses[] = { "active", "retired", "flexible", "resident" };
  static const char *const cares[] = { "outpatient", "inpatient", "special", "pharmacy", "outpatient", "inpatient" };
  static const char *const levels[] = { "1", "2", "3", "community", NULL };

  const char *status = statuses[g_rand_int_range (rand, 0, 4)];

  *person = zifu_person_new ();
  zifu_facts_set_string ((*person)->facts, "insurance", g_str_equal (status, "resident") ? "390" : "310");
  zifu_facts_set_string ((*person)->facts, "status", status);
  zifu_facts_set_string ((*person)->facts, "plan", g_rand_boolean (rand) ? "1" : NULL);
  zifu_facts_set_int ((*person)->facts, "age", g_rand_int_range (rand, 18, 95));
  zifu_facts_set_int ((*person)->facts, "years_cover", g_rand_int_range (rand, 0, 30));
  zifu_facts_set_int ((*person)->facts, "months_cover", g_rand_int_range (rand, 0, 200));
  *visit = build_visit ("2025-03-01", cares[g_rand_int_range (rand, 0, G_N_ELEMENTS (cares))],
                        g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 500000 : 60000000), 0, 0);
  (*visit)->has_out = (*visit)->has_over_limit = (*visit)->has_prior = FALSE;
  zifu_facts_set_string ((*visit)->facts, "class", levels[g_rand_int_range (rand, 0, G_N_ELEMENTS (levels))]);
  zifu_facts_set_string ((*visit)->facts, "remote", "local");
  zifu_facts_set_boolean ((*visit)->facts, "designated", TRUE);
  zifu_facts_set_boolean ((*visit)->facts, "connected", TRUE);
  zifu_facts_set_boolean ((*visit)->facts, "chosen", TRUE);
}

/* R41, in every region whose rules we have: the answer for every completion lies in the range, and both ends are reached. */
static void
test_regions (gconstpointer data)
{
  g_autofree char *drafts = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "cases", "packs", NULL);
  g_autoptr (ZifuPackLibrary) library = zifu_pack_library_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260101);
  g_autoptr (ZifuPack) pack = NULL;
  guint checked = 0, outside = 0, refused = 0;

  zifu_pack_library_add_folder (library, drafts, FALSE);
  zifu_pack_library_add_folder (library, g_getenv ("ZIFU_POLICY_DIR"), FALSE);
  pack = zifu_pack_library_load (library, data, NULL);
  g_assert_nonnull (pack);
  for (guint i = 0; i < 150; i++)
    {
      g_autoptr (ZifuPerson) person = NULL;
      g_autoptr (ZifuVisit) visit = NULL;
      g_autoptr (ZifuRange) range = NULL;
      g_autoptr (GPtrArray) open = NULL;

      draw_region (rand, &person, &visit);
      open = zifu_open_questions (pack, person, visit);
      range = zifu_range_new (pack, person, visit, open, NULL);
      refused += range == NULL;
      for (guint k = 0; range != NULL && k < 60; k++)
        {
          g_autoptr (ZifuVisit) bill = zifu_visit_copy (visit);
          g_autoptr (ZifuPerson) who = zifu_person_copy (person);
          g_autoptr (ZifuSettlement) settlement = NULL;

          for (guint q = 0; q < open->len; q++)
            answer (g_ptr_array_index (open, q), rand, bill, who);
          settlement = zifu_settle (pack, who, bill, NULL);
          if (settlement == NULL)
            continue;
          checked++;
          if (settlement->person >= range->least->person - ROUNDING && settlement->person <= range->most->person + ROUNDING)
            continue;
          outside++;
          g_test_message ("visit %u: %" G_GINT64_FORMAT " outside %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, i, settlement->person,
                          range->least->person, range->most->person);
        }
    }
  g_test_message ("%u completions, %u visits refused", checked, refused);
  g_assert_cmpuint (outside, ==, 0);
  g_assert_cmpuint (checked, >, 500);
}

int
main (int argc, char *argv[])
{
  static const char *const regions[] = { "110000", "120000", "310000", "320100", "320500", "330100",
                                         "420100", "440100", "440300", "500000", "510100", "610100" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *path = g_strconcat ("/range/R41/regions/", regions[i], NULL);

      g_test_add_data_func (path, regions[i], test_regions);
    }
  return g_test_run ();
}
